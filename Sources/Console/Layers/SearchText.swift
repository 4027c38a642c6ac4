/// A text as it is searched: in lower case, without marks.
///
/// As bytes, since thousands of texts are looked through for each letter that one types.
struct SearchText: Sendable, Equatable {
  let source: String
  private let bytes: [UInt8]

  init(_ text: String) {
    source = text
    bytes = Fuzzy.bytes(text)
  }

  /// Returns the words of a search.
  static func words(_ search: String) -> [[UInt8]] {
    Fuzzy.bytes(search).split { $0 == 0x20 || $0 == 0x0A }.map(Array.init)
  }

  /// The words that say something about a text: those of four letters and more.
  var longWords: [ArraySlice<UInt8>] {
    bytes.split { !Self.isOfWord($0) }.filter { $0.count >= 4 }
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
  }

  /// Whether all words of a search stand in the text, in any order.
  func holds(_ words: [[UInt8]]) -> Bool { words.allSatisfy { bytes.firstPlace(of: $0) != nil } }
}

extension [UInt8] {
  /// Returns where `wanted`, which is not empty, stands first.
  func firstPlace(of wanted: [UInt8]) -> Int? {
    withUnsafeBufferPointer { text in
      wanted.withUnsafeBufferPointer { wanted in
        guard let first = wanted.first, text.count >= wanted.count else { return nil }
        for start in 0...(text.count - wanted.count) where text[start] == first {
          var length = 1
          while length < wanted.count, text[start + length] == wanted[length] { length += 1 }
          if length == wanted.count { return start }
        }
        return nil
      }
    }
  }
}
