import Glibc
import Ground

/// A record that was read whole, to be written anew with other payloads.
public struct RecordSource: Sendable {
  /// All lines.
  public let lines: [Line]
  /// The SHA-256 of their bytes, 64 hexadecimal digits: what a seal over all of them would say.
  public let sha256: String
  /// Bytes at the end that belong to no whole line, and are in neither.
  public let tornBytes: Int

  /// Reads the record at `path`, and throws `damaged` where it does not hold together.
  public init(path: String) throws(RecordError) {
    let bytes = try Disk.real.contents(of: path)
    let contents = RecordContents(bytes)
    if let damage = contents.damage { throw damage.error }
    guard !contents.lines.isEmpty else { throw .damaged(line: 1, offset: 0, reason: .empty) }
    lines = contents.lines
    tornBytes = contents.tornBytes
    var hasher = SHA256Hasher()
    bytes.withUnsafeBytes {
      hasher.update(UnsafeRawBufferPointer(rebasing: $0.dropLast(contents.tornBytes)))
    }
    sha256 = hasher.text
  }
}

/// Writes records whose names were replaced.
public enum RedactedRecord {
  /// Writes `lines`, which are those of `source` with other payloads, to a new file, and makes it durable.
  ///
  /// Chain and seals are made anew. The last line, `record.redacted`, tells of the original: its lines and
  /// their SHA-256 and its last seal where it `isLinked`, how many `people` were redacted, and `when`. Throws `exists`, `lineTooLong`
  /// and the errors of the disk, and then there is no new file.
  public static func write(
    _ lines: [Line], of source: RecordSource, people: Int, when: Moment, isLinked: Bool, to path: String
  ) throws(RecordError) {
    var chain = Chain()
    for line in lines { try chain.add(line) }
    if let last = lines.last {
      let seal = source.lines.last { $0.type == "record.sealed" }
      try chain.add(
        Line(
          // The conference did not go on: the line repeats the last time, as clock.adjusted does.
          seq: last.seq + 1, at: last.at, type: "record.redacted", by: "host", cmd: .random(),
          data: .members([
            "source": isLinked ? .string(source.sha256) : nil, "lines": .int(source.lines.count),
            "sealed": isLinked ? seal?.data : nil,
            "people": .int(people), "when": .string(when.rfc3339),
          ])))
    }
    try Disk.real.createFile(path, chain.bytes)
  }

  /// The bytes of lines that are chained and sealed anew.
  private struct Chain {
    private(set) var bytes: [UInt8] = []
    /// The offset behind each line.
    private var ends: [Int] = []
    private var hash = ChainHash.zero
    private var hasher = SHA256Hasher()
    private var hashed = 0

    mutating func add(_ line: Line) throws(RecordError) {
      let start = bytes.count
      hash = sealedAnew(line).write(to: &bytes, after: hash)
      guard bytes.count - start <= Scan.maxLine else {
        throw .lineTooLong(type: line.type, bytes: bytes.count - start)
      }
      ends.append(bytes.count)
    }

    private mutating func sealedAnew(_ line: Line) -> Line {
      guard line.type == "record.sealed", let upto = line.data["upto"]?.int, ends.indices.contains(upto)
      else {
        return line
      }
      let digits = sha256(upTo: ends[upto])
      let members = (line.data.object ?? []).map { member in
        member.key == "sha256" ? JSON.Member("sha256", .string(digits)) : member
      }
      return Line(
        seq: line.seq, at: line.at, type: line.type, by: line.by, cmd: line.cmd, version: line.version,
        data: .object(members))
    }

    /// Goes on from the last seal; one that reaches less far, which nobody writes, starts over.
    private mutating func sha256(upTo end: Int) -> String {
      if end < hashed { (hasher, hashed) = (SHA256Hasher(), 0) }
      bytes.withUnsafeBytes {
        hasher.update(UnsafeRawBufferPointer(rebasing: $0[hashed..<end]))
      }
      hashed = end
      return hasher.text
    }
  }
}
