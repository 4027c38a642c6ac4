/// Where a copy of a record ends: the last line's place and the beginning of its hash.
///
/// The `id` of an event on the wire, `1042.2f9a8024`. Two records that agree in it agree in all lines in front.
public struct LineMark: Sendable, Hashable, CustomStringConvertible {
  /// The line's place.
  public let seq: Int
  /// The first eight digits of the line's hash.
  public let hash: String

  /// Creates the mark of a line.
  public init(seq: Int, hash: String) {
    self.seq = seq
    self.hash = hash
  }

  /// Reads a mark, or gives nil.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let seq = Int(parts[0]), seq >= 0, String(seq) == parts[0],
      parts[1].utf8.count == 8, parts[1].utf8.allSatisfy(Self.isHexDigit)
    else { return nil }
    self.init(seq: seq, hash: String(parts[1]))
  }

  /// Reads the mark of a line of a record, without its LF, or gives nil.
  ///
  /// Only the two members are looked at: whether the line is whole and follows is for `Record` to say.
  public init?(line: some BidirectionalCollection<UInt8>) {
    // {"seq":1042, … ,"h":"2f9a8024…"}
    let digits = line.dropFirst(7).prefix { (0x30...0x39).contains($0) }
    let hash = line.suffix(34).prefix(8)
    guard line.starts(with: "{\"seq\":".utf8), let seq = Int(String(decoding: digits, as: UTF8.self)),
      hash.count == 8, hash.allSatisfy(Self.isHexDigit)
    else { return nil }
    self.init(seq: seq, hash: String(decoding: hash, as: UTF8.self))
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }

  /// The mark as it is sent.
  public var description: String { "\(seq).\(hash)" }
}
