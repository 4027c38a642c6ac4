import Conference
import Ground

/// What a host's certificate is known by: the SHA-256 of its DER form.
///
/// Devices keep it and give nothing to a host that shows another one; people compare it as words.
public struct Fingerprint: Sendable, Hashable, CustomStringConvertible {
  /// 32 bytes.
  public let bytes: [UInt8]

  /// Creates it from 32 bytes, or gives nil.
  public init?(bytes: some Sequence<UInt8>) {
    self.bytes = Array(bytes)
    guard self.bytes.count == 32 else { return nil }
  }

  /// Reads 64 hexadecimal digits, or gives nil.
  public init?(_ text: String) {
    let digits = text.compactMap(\.hexDigitValue)
    guard digits.count == 64, text.utf8.count == 64 else { return nil }
    self.init(
      bytes: stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
  }

  /// 64 hexadecimal digits.
  public var description: String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Its first bytes as eight words that can be read aloud, those of the closing seal.
  ///
  /// Whoever wants a certificate with the same words has to make some 2⁶⁴ of them.
  public func words(in language: Language) -> [String] {
    let list = SealWords.list(in: language)
    return bytes.prefix(ClosingSeal.wordCount).map { list[Int($0)] }
  }

  /// The words in each language, with spaces between them.
  public var phrase: Phrase {
    Phrase(nl: words(in: .nl).joined(separator: " "), en: words(in: .en).joined(separator: " "))
  }

  /// Whether somebody means this one by a text: its digits, or its words in either language.
  public func isMeant(by text: String) -> Bool {
    if let other = Fingerprint(text) { return other == self }
    let words = text.lowercased().split { !$0.isLetter }.map(String.init)
    return Language.allCases.contains { self.words(in: $0) == words }
  }
}
