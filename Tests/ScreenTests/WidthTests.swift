import Ground
import Screen
import Testing

@Suite struct WidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("😀", 2), ("👨‍👩‍👧", 2), ("👍🏽", 2), ("🇳🇱", 2),
    ("❤️", 1), ("1️⃣", 1), ("한글", 4), ("नमस्ते", 4), ("─│█", 3), ("\u{301}", 1), ("a\tb", 3), ("\u{1B}[31m", 5),
    ("a\u{200D}b", 2), ("\r\n", 1), ("\u{200B}", 0),
  ]) func widthOfText(text: String, columns: Int) {
    #expect(TextWidth.width(text) == columns)
    #expect(TextWidth.cells(text).reduce(0) { $0 + $1.1 } == columns)
  }

  @Test(arguments: [
    ("\u{1B}[2J", "␛[2J"), ("a\nb", "a␊b"), ("\r\n", "␊"), ("\u{7F}\u{9B}", "␡\u{FFFD}"), ("\u{0}", "␀"),
    ("\u{202E}abc", "\u{FFFD}abc"), ("👨‍👩‍👧!", "👨!"), ("👍🏽", "👍"),
    ("a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}", "a\u{300}\u{301}\u{302}\u{303}"),
  ]) func nothingSteersTheTerminal(text: String, shown: String) {
    #expect(TextWidth.cells(text).map(\.0).joined() == shown)
  }

  @Test func everyCellIsOneThatCursesCanHold() {
    for value in UInt32(0)..<0x2_0000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for (piece, columns) in TextWidth.cells("x\(scalar)y") {
        #expect((1...2).contains(columns) && (1...5).contains(piece.unicodeScalars.count), "U+\(value)")
        #expect(!piece.unicodeScalars.contains { $0.properties.generalCategory == .control }, "U+\(value)")
      }
    }
  }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abcdef", 0, ""), ("日本語", 5, "日本…"),
    ("日本語", 4, "日…"), ("a日", 2, "a…"), ("日", 1, "…"),
  ]) func clips(text: String, columns: Int, clipped: String) {
    #expect(TextWidth.clip(text, to: columns) == clipped)
  }

  @Test func paddingIsExact() {
    for columns in 0..<12 {
      for text in ["", "abc", "日本語", "a日b本c語", "e\u{301}é", "👨‍👩‍👧 gezin"] {
        #expect(TextWidth.width(TextWidth.pad(text, to: columns)) == columns)
      }
    }
  }

  @Test(arguments: [
    ("een twee drie", 8, ["een twee", "drie"]), ("een twee drie", 7, ["een", "twee", "drie"]),
    ("abcdefghij", 4, ["abcd", "efgh", "ij"]), ("a\n\nb", 10, ["a", "", "b"]), ("", 5, [""]),
    ("日本語", 4, ["日本", "語"]), ("een   twee", 4, ["een", "twee"]), ("ab cdefgh", 4, ["ab", "cdef", "gh"]),
    ("  ingesprongen", 20, ["  ingesprongen"]), ("日", 1, ["日"]),
  ]) func wraps(text: String, columns: Int, lines: [String]) {
    #expect(TextWidth.wrap(text, columns: columns) == lines)
  }

  @Test func wrappedLinesFitAndLoseOnlySpaces() {
    for seed in UInt64(0)..<300 {
      var random = SplitMix64(seed: seed)
      let text = randomText(&random, length: 60)
      let columns = Int.random(in: 2...20, using: &random)
      let lines = TextWidth.wrap(text, columns: columns)
      for line in lines where !line.hasSuffix(" ") {
        #expect(TextWidth.width(line) <= columns, "seed \(seed)")
      }
      #expect(lines.joined().filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace }, "seed \(seed)")
    }
  }
}

func randomText(_ random: inout SplitMix64, length: Int) -> String {
  let alphabet: [Character] = ["a", "b", " ", " ", "é", "日", "😀", "e\u{301}", "\n", "'", "x", "-"]
  let count = Int.random(in: 0...length, using: &random)
  return String((0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] })
}
