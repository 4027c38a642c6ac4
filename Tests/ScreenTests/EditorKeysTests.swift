import Ground
import Screen
import Testing

/// The keys of the text field, as text → keys → text.
///
/// In the texts `|` is the cursor and `[` … `]` stand around the selection.
@Suite struct EditorKeysTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let start: String
    let keys: [Key]
    let end: String
    let clipboard: String?

    init(_ start: String, _ keys: Key..., to end: String, clipboard: String? = nil) {
      self.start = start
      self.keys = keys
      self.end = end
      self.clipboard = clipboard
    }

    var testDescription: String { start + " " + keys.map(\.name).joined(separator: " ") }
  }

  @Test(arguments: [
    // Moving.
    Case("een twee|", .wordLeft, to: "een |twee"),
    Case("een, (twee)|", .wordLeft, .wordLeft, to: "|een, (twee)"),
    Case("|één twee", .wordRight, to: "één| twee"),
    Case("|e\u{301}e\u{301}n", .wordRight, to: "e\u{301}e\u{301}n|"),
    Case("auto's|", .wordLeft, to: "|auto's"),
    Case("|漢字かなカナ abc", .wordRight, to: "漢字|かなカナ abc"),
    Case("|漢字かなカナ abc", .wordRight, .wordRight, .wordRight, to: "漢字かなカナ| abc"),
    Case("goed👍🏽👨‍👩‍👧|", .wordLeft, to: "goed|👍🏽👨‍👩‍👧"),
    Case("|❤️ja", .wordRight, to: "❤️|ja"),
    Case("een|\ntwee", .controlHome, to: "|een\ntwee"),
    Case("|een\ntwee", .controlEnd, to: "een\ntwee|"),
    Case("een\ntw|ee", .home, to: "een\n|twee"),
    Case("e|en\ntwee", .end, to: "een|\ntwee"),
    Case("lange regel|\nab\nnog een regel", .down, .down, to: "lange regel\nab\nnog een reg|el"),
    Case("lange|\nab\nlange", .down, .left, .down, to: "lange\nab\nl|ange"),
    // Selecting.
    Case("een| twee", .shift(.right), .shift(.right), to: "een[ t|]wee"),
    Case("een| twee", .shift(.left), to: "ee[|n] twee"),
    Case("een| twee", .shift(.right), .shift(.left), to: "een| twee"),
    Case("een |twee", .shift(.end), to: "een [twee|]"),
    Case("een |twee", .shift(.home), to: "[|een ]twee"),
    Case("een twee|", .shift(.wordLeft), .shift(.wordLeft), to: "[|een twee]"),
    Case("|een twee", .shift(.wordRight), to: "[een|] twee"),
    Case("een\ntw|ee", .shift(.up), to: "ee[|n\ntw]ee"),
    Case("een\ntw|ee", .shift(.controlHome), to: "[|een\ntw]ee"),
    Case("e|en\ntwee", .shift(.controlEnd), to: "e[en\ntwee|]"),
    Case("e|en", .alt("a"), to: "[een|]"),
    Case("|", .alt("a"), to: "|"),
    // Letting go.
    Case("een [twee|] drie", .left, to: "een |twee drie"),
    Case("een [twee|] drie", .right, to: "een twee| drie"),
    Case("een [|twee] drie", .right, to: "een twee| drie"),
    Case("een [|twee] drie", .home, to: "|een twee drie"),
    // Changing what is selected.
    Case("een [twee|] drie", .character("x"), to: "een x| drie"),
    Case("een [|twee] drie", .character("x"), to: "een x| drie"),
    Case("een [twee|] drie", .backspace, to: "een | drie"),
    Case("een [|twee] drie", .delete, to: "een | drie"),
    Case("een[ |]twee", .enter, to: "een\n|twee"),
    Case("een [twee|] drie", .backspace, .control("y"), to: "een twee| drie"),
    // Cutting, copying, putting back.
    Case("een twee|", .control("w"), to: "een |", clipboard: "twee"),
    Case("een twee|", .control("w"), .control("w"), .control("v"), to: "een twee|", clipboard: "een twee"),
    Case("een| twee", .control("k"), .control("v"), .control("v"), to: "een twee twee|"),
    Case("|een\ntwee", .control("k"), .control("k"), to: "|twee", clipboard: "een\n"),
    Case("een twee|", .control("u"), to: "|", clipboard: "een twee"),
    Case("een |twee", .alt("d"), to: "een |", clipboard: "twee"),
    Case("goed 👍🏽|", .control("w"), to: "goed |", clipboard: "👍🏽"),
    Case("een [twee|] drie", .control("w"), to: "een | drie", clipboard: "twee"),
    Case("een [|twee] drie", .control("k"), to: "een | drie", clipboard: "twee"),
    Case("een [twee|]", .alt("w"), .end, .control("v"), to: "een tweetwee|", clipboard: "twee"),
    Case("een|", .alt("w"), .control("v"), to: "een|", clipboard: ""),
    // Undo and redo.
    Case("een| twee", .control("k"), .control("_"), to: "een| twee"),
    Case("een|", .backspace, .backspace, .alt("u"), to: "een|"),
    Case("|", .character("a"), .character(" "), .character("b"), .control("y"), to: "a|"),
    Case("|", .character("a"), .enter, .control("y"), .control("y"), .control("r"), to: "a|"),
    Case("een|", .backspace, .control("y"), .character("x"), .control("r"), to: "eenx|"),
    Case("een|", .control("y"), .control("r"), to: "een|"),
    // Graphemes that meet.
    Case("e|\u{A9}", .character("\u{301}"), to: "é|\u{A9}"),
    Case("🇳|x🇱", .delete, to: "🇳🇱|"),
    Case("[🇳🇱|]", .character("e"), .character("\u{308}"), to: "ë|"),
  ]) func keysDoWhatTheyShould(_ test: Case) {
    var editor = marked(test.start)
    for key in test.keys {
      let isHandled = editor.apply(key)
      #expect(isHandled, "\(key.name)")
    }
    #expect(marks(editor) == test.end)
    if let clipboard = test.clipboard { #expect(editor.clipboard == clipboard) }
  }

  /// Makes a field from a text with marks, with nothing but keys.
  private func marked(_ text: String) -> TextEditor {
    let plain = text.filter { !"|[]".contains($0) }
    var editor = TextEditor(plain)
    _ = editor.apply(.controlHome)
    func count(before mark: Character) -> Int? {
      text.firstIndex(of: mark).map { text[..<$0].filter { !"|[]".contains($0) }.count }
    }
    let cursor = count(before: "|") ?? 0
    let ends = [count(before: "["), count(before: "]")].compactMap { $0 }
    let anchor = ends.first { $0 != cursor } ?? cursor
    for _ in 0..<anchor { _ = editor.apply(.right) }
    for _ in 0..<abs(cursor - anchor) { _ = editor.apply(.shift(cursor > anchor ? .right : .left)) }
    return editor
  }

  private func marks(_ editor: TextEditor) -> String {
    var result = ""
    for (index, character) in (editor.text.map(String.init) + [""]).enumerated() {
      let selection = editor.selection
      if index == selection?.lowerBound { result += "[" }
      if index == editor.cursor { result += "|" }
      if index == selection?.upperBound { result += "]" }
      result += character
    }
    return result
  }

  private static let keys: [Key] =
    "ab 日é\u{301}\u{200D}👍👩🇳🇱'\u{FE0F}".unicodeScalars.map { .character(Character($0)) }
    + [
      .enter, .backspace, .delete, .left, .right, .up, .down, .home, .end, .wordLeft, .wordRight,
      .controlHome,
      .shift(.left), .shift(.right), .shift(.up), .shift(.down), .shift(.wordLeft), .shift(.wordRight),
      .alt("a"), .alt("w"), .alt("d"), .control("w"), .control("k"), .control("u"), .control("v"),
    ]

  /// Whatever is typed, cursor and selection stand between whole graphemes, and all of it can be undone and
  /// done again.
  @Test func randomKeysKeepGraphemesWholeAndCanBeUndone() {
    for seed in UInt64(0)..<300 {
      var random = SplitMix64(seed: seed)
      let start = randomText(&random, length: 20)
      var editor = TextEditor(start)
      editor.wrapColumns = Bool.random(using: &random) ? 5 : nil
      for _ in 0..<60 {
        let key = Self.keys[Int.random(in: 0..<Self.keys.count, using: &random)]
        _ = editor.apply(key)
        let length = editor.text.count
        #expect((0...length).contains(editor.cursor), "seed \(seed), \(key.name)")
        let selection = editor.selection ?? 0..<0
        #expect(selection.upperBound <= length, "seed \(seed), \(key.name)")
        #expect(editor.selectedText == String(Array(editor.text)[selection]), "seed \(seed), \(key.name)")
      }
      let end = editor.text
      for _ in 0..<60 { _ = editor.apply(.control("y")) }
      #expect(editor.text == start, "seed \(seed)")
      for _ in 0..<60 { _ = editor.apply(.control("r")) }
      #expect(editor.text == end, "seed \(seed)")
    }
  }
}
