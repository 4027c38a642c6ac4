/// A short code that can be spoken across a hall, `bado-kitu`, with which a device is let in.
///
/// Four syllables out of 16 consonants and 5 vowels: 40,960,000 codes, none of whose letters sound alike.
public struct JoinCode: Sendable, Hashable, CustomStringConvertible {
  /// The eight letters, without the hyphen.
  private let letters: [UInt8]

  private static let consonants = Array("bdfghjklmnprstvz".utf8)
  private static let vowels = Array("aeiou".utf8)

  /// How many different codes there are.
  public static let count = 16 * 5 * 16 * 5 * 16 * 5 * 16 * 5

  /// Creates a code by lot.
  public init(using random: inout some RandomNumberGenerator) {
    letters = (0..<4).flatMap { _ in
      [
        Self.consonants[Int.random(in: 0..<Self.consonants.count, using: &random)],
        Self.vowels[Int.random(in: 0..<Self.vowels.count, using: &random)],
      ]
    }
  }

  /// Reads a code as somebody types it: in either case, with or without the hyphen, spaces aside.
  public init?(_ text: String) {
    let letters = text.lowercased().utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: " ") }
    guard letters.count == 8,
      letters.enumerated().allSatisfy({ place, letter in
        (place.isMultiple(of: 2) ? Self.consonants : Self.vowels).contains(letter)
      })
    else { return nil }
    self.letters = letters
  }

  /// The code as it is shown: two halves with a hyphen.
  public var description: String {
    String(decoding: letters[..<4], as: UTF8.self) + "-" + String(decoding: letters[4...], as: UTF8.self)
  }
}
