import Ground

/// Checks line by line that what comes from elsewhere follows on what there is, for a copy of a record.
///
/// As strict as reading a whole record, but for seals: whether one fits the bytes in front of it is seen when the
/// copy is read.
public struct ChainFollower: Sendable {
  /// The place of the next line.
  public private(set) var nextSeq = 0
  /// The hash of the last line, 32 hexadecimal digits; zeros in front of the first.
  public var hash: String { lastHash.text }

  private var lastHash = ChainHash.zero
  /// The last line's time as it is written; its order is that of its bytes.
  private var lastAt: [UInt8] = []

  /// Creates a follower in front of the first line of a record.
  public init() {}

  /// Creates a follower behind the lines of a record that hold together.
  public init(after contents: RecordContents) {
    guard let last = contents.lines.last else { return }
    nextSeq = last.seq + 1
    lastHash = contents.lastHash
    lastAt = Array(last.at.rfc3339.utf8)
  }

  /// Takes a line, without its LF, where it is whole and follows on the one before, and gives it read.
  ///
  /// Throws what is wrong with it; then nothing has changed.
  public mutating func take(_ text: [UInt8]) throws(DamageReason) -> Line {
    let outcome = text.withUnsafeBytes { bytes in
      Result { () throws(DamageReason) -> (Line, ChainHash) in try check(bytes, of: text) }
    }
    let (line, hash) = try outcome.get()
    nextSeq += 1
    lastHash = hash
    lastAt = Array(line.at.rfc3339.utf8)
    return line
  }

  private func check(
    _ bytes: UnsafeRawBufferPointer, of text: [UInt8]
  ) throws(DamageReason) -> (Line, ChainHash) {
    // Between the members of a payload JSON allows an LF, the format does not.
    guard !bytes.contains(0x0A) else { throw .form }
    let outcome = lastAt.withUnsafeBytes { last in
      Result { () throws(DamageReason) -> Envelope in
        var json = JSONCheck()
        return try Stretch.check(
          RawLine(bytes), nextSeq, after: lastHash, last.isEmpty ? nil : last, &json)
      }
    }
    let envelope = try outcome.get()
    var names = Names()
    do throws(Unreadable) {
      let line = try Line(envelope, of: bytes, in: text, from: 0, names: &names)
      try Seal.checkMeaning(of: line)
      return (line, envelope.hash)
    } catch {
      throw .unreadable(error.why)
    }
  }
}
