import Glibc
import Ground

/// What a record comes to in short, kept beside it so that a list of records need not read them.
///
/// One line in the form of the record's own, in `record.jsonl.snap`, and the one that would come next in it:
/// its hash follows from that of the record's last line. So it is known to be of no other record, to be of the
/// whole of it, and not to have gone bad. It may be deleted at any time and is made again. Whether the lines
/// of the record themselves are still good it does not tell.
public enum RecordSummary {
  private static let type = "record.summarised"
  /// A summary is short; a longer file is something else.
  private static let longest = 65_536

  /// Where the summary of the record at `path` is kept.
  public static func path(of path: String) -> String { path + ".snap" }

  /// Gives the summary of the record at `path` as it is now, or nil where there is none of it.
  public static func read(_ path: String) -> JSONText? { read(path, disk: .real) }

  static func read(_ path: String, disk: Disk) -> JSONText? {
    guard let last = lastHash(path, disk), let bytes = try? disk.contents(of: Self.path(of: path)),
      bytes.count <= longest
    else { return nil }
    return bytes.withUnsafeBytes { raw in
      let line = RawLine(raw, from: 0)
      guard line.isWhole, line.end == raw.count, let envelope = try? Envelope(checking: line),
        envelope.flaw == nil, envelope.hash == line.hash(after: last),
        line.text[envelope.type].elementsEqual(type.utf8)
      else { return nil }
      return JSONText(checked: bytes, envelope.data)
    }
  }

  /// Keeps the summary of a record that was read whole; where it cannot be kept it is made anew next time.
  public static func write(_ summary: JSON, of path: String, _ contents: RecordContents) {
    write(summary, of: path, contents, disk: .real)
  }

  static func write(_ summary: JSON, of path: String, _ contents: RecordContents, disk: Disk) {
    guard contents.damage == nil, contents.tornBytes == 0, let last = contents.lines.last else { return }
    let line = Line(
      seq: last.seq + 1, at: last.at, type: type, by: "host", cmd: last.cmd, data: summary)
    var bytes: [UInt8] = []
    _ = line.write(to: &bytes, after: contents.lastHash)
    // Under another name first: whoever reads meanwhile finds the old one or the new one.
    let new = Self.path(of: path) + ".new"
    _ = disk.remove(new)
    guard (try? disk.createFile(new, bytes)) != nil else { return }
    _ = disk.rename(new, Self.path(of: path))
  }

  /// The hash at the end of a record, read from there.
  private static func lastHash(_ path: String, _ disk: Disk) -> ChainHash? {
    guard let file = try? disk.opening(path, O_RDONLY) else { return nil }
    defer { disk.close(file) }
    let size = disk.size(file)
    let count = Envelope.tailCount + 1
    guard size >= count else { return nil }
    var tail = [UInt8](repeating: 0, count: count)
    guard tail.withUnsafeMutableBytes({ disk.read(file, $0, size - count) }) == count,
      tail.last == UInt8(ascii: "\n")
    else { return nil }
    return tail.dropLast().withUnsafeBytes { Envelope.hash(atEndOf: $0) }
  }
}
