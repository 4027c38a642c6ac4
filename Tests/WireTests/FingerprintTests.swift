import Ground
import Testing
import Wire

@Suite struct FingerprintTests {
  private let bytes = (0..<32).map { UInt8($0 * 8) }

  @Test func isWrittenAndReadAsDigits() throws {
    let fingerprint = try #require(Fingerprint(bytes: bytes))
    #expect(fingerprint.description.hasPrefix("000810") && fingerprint.description.hasSuffix("f8"))
    #expect(Fingerprint(fingerprint.description) == fingerprint)
    #expect(Fingerprint(fingerprint.description.uppercased()) == fingerprint)
    #expect(Fingerprint(bytes: bytes.dropLast()) == nil)
    for wrong in [
      "", "00", fingerprint.description + " ", fingerprint.description.replacing("f8", with: "g8"),
    ] {
      #expect(Fingerprint(wrong) == nil)
    }
  }

  /// The words are those of its first bytes in the lists of the seal.
  @Test func isKnownByItsWords() throws {
    let fingerprint = try #require(Fingerprint(bytes: bytes))
    #expect(
      fingerprint.words(in: .nl) == ["aap", "ananas", "balkon", "berg", "borstel", "camera", "deken", "duif"])
    #expect(fingerprint.words(in: .en).count == 8)
    for language in Language.allCases {
      #expect(fingerprint.isMeant(by: fingerprint.phrase[language]))
      #expect(
        fingerprint.isMeant(by: "  " + fingerprint.words(in: language).joined(separator: "-").uppercased()))
      #expect(!fingerprint.isMeant(by: fingerprint.words(in: language).dropLast().joined(separator: " ")))
      #expect(!fingerprint.isMeant(by: fingerprint.words(in: language).reversed().joined(separator: " ")))
    }
    #expect(fingerprint.isMeant(by: fingerprint.description))
    #expect(
      !fingerprint.isMeant(by: "") && !fingerprint.isMeant(by: String(fingerprint.description.dropLast())))
  }
}
