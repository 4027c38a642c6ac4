import Ground
import Screen
import Testing

@Suite struct TextEditorTests {
  /// Returns a field with some text after some keys, all of which it must know.
  func editor(_ text: String, _ keys: Key...) -> TextEditor {
    var editor = TextEditor(text)
    for key in keys { press(key, in: &editor) }
    return editor
  }

  /// Gives a key that the field must know; `#expect` itself cannot change what it is given.
  func press(_ key: Key, in editor: inout TextEditor) {
    let isHandled = editor.apply(key)
    #expect(isHandled, "\(key.name)")
  }

  @Test func writesAtTheCursor() {
    let editor = editor("tafl", .left, .character("e"), .end, .character("s"))
    #expect(editor.text == "tafels" && editor.cursor == 6)
  }

  @Test func erasesWholeGraphemes() {
    #expect(editor("e\u{301}👨‍👩‍👧", .backspace).text == "e\u{301}")
    #expect(editor("ab", .home, .delete).text == "b")
    #expect(editor("", .backspace, .delete).text == "")
  }

  @Test func aMarkJoinsTheLetterBeforeIt() {
    let editor = editor("e", .character("\u{301}"))
    #expect(editor.text == "é" && editor.cursor == 1)
  }

  @Test func movesByWords() {
    #expect(editor("een twee, drie", .wordLeft, .wordLeft).cursor == 4)
    #expect(editor("een twee, drie", .home, .wordRight, .wordRight).cursor == 8)
    #expect(editor("", .wordLeft, .wordRight).cursor == 0)
    #expect(editor("?!", .wordLeft).cursor == 0)
  }

  @Test func erasesWordsAndLines() {
    #expect(editor("een twee drie ", .control("w")).text == "een twee ")
    #expect(editor("een\ntwee drie", .wordLeft, .control("u")).text == "een\ndrie")
    #expect(editor("een\ntwee", .home, .control("k")).text == "een\n")
    #expect(editor("een\ntwee", .up, .end, .control("k")).text == "eentwee")
  }

  @Test func goesUpAndDownByLinesOfTheText() {
    let up = editor("lange regel\nab", .up)
    #expect(up.cursor == 2)
    #expect(editor("ab\nlange regel", .up).cursor == 2)
    #expect(editor("ab\ncd", .up, .up).cursor == 0)
    #expect(editor("ab\ncd", .down).cursor == 5)
  }

  @Test func goesUpAndDownByRowsOfTheScreen() {
    var editor = TextEditor("een twee drie")
    editor.wrapColumns = 5
    press(.up, in: &editor)
    #expect(editor.cursor == 8)
    press(.up, in: &editor)
    #expect(editor.cursor == 3)
    // Through the shorter row it keeps to its column.
    press(.down, in: &editor)
    press(.down, in: &editor)
    #expect(editor.cursor == 13)
  }

  @Test func undoGoesByWordsAndBigSteps() {
    var editor = TextEditor("")
    for character in "een twee" { press(.character(character), in: &editor) }
    editor.insert("\nplak\n")
    press(.control("y"), in: &editor)
    #expect(editor.text == "een twee")
    press(.control("y"), in: &editor)
    #expect(editor.text == "een")
    press(.control("y"), in: &editor)
    press(.control("y"), in: &editor)
    #expect(editor.text == "")
  }

  @Test func pasteIsCleaned() {
    var editor = TextEditor("")
    editor.insert("een\r\ntwee\rdrie\u{1B}[2J\u{7}\tvier")
    #expect(editor.text == "een\ntwee\ndrie[2J\tvier")
  }

  @Test func whatHasNoMeaningIsSaid() {
    var editor = TextEditor("a")
    for key in [Key.escape, .tab, .function(2), .control("c"), .pageUp] {
      let isHandled = editor.apply(key)
      #expect(!isHandled)
    }
    #expect(editor.text == "a")
  }

  @Test func drawsWithASoftWrapAndFollowsTheCursor() {
    var surface = Surface(size: Size(rows: 4, columns: 8))
    let editor = TextEditor("een twee drie vier vijf zes")
    editor.draw(on: &surface, in: Rect(row: 1, column: 1, rows: 2, columns: 6), role: .input)
    #expect(surface.plainText == "\n vijf\n zes\n")
    #expect(surface.cursor?.row == 2 && surface.cursor?.column == 4)
    #expect(surface[1, 1].role == .input && surface[0, 0].role == .text)
  }

  @Test func drawsTheSelection() {
    var surface = Surface(size: Size(rows: 3, columns: 8))
    let editor = editor("een\n\ntwee", .wordLeft, .right, .shift(.controlHome))
    editor.draw(on: &surface, in: Rect(Size(rows: 3, columns: 8)), role: .input)
    let selected = (0..<3).map { row in (0..<8).filter { surface[row, $0].role == .selected } }
    // A selected line end is one cell, so that an empty line is seen to be selected.
    #expect(selected == [[0, 1, 2, 3], [0], [0]])
    #expect(surface.cursor?.row == 0 && surface.cursor?.column == 0)
  }

  @Test func theMousePointsAndDrags() {
    var editor = TextEditor("een twee drie vier vijf zes")
    let rect = Rect(row: 1, column: 1, rows: 2, columns: 6)
    // " vijf" and " zes" are shown.
    editor.point(at: Mouse(row: 1, column: 3, kind: .press), in: rect)
    #expect(editor.cursor == 21 && editor.selection == nil)
    editor.point(at: Mouse(row: 9, column: 99, kind: .drag), in: rect, selecting: true)
    #expect(editor.cursor == 27 || editor.cursor == 23, "\(editor.cursor)")
    #expect(!editor.selectedText.isEmpty)
  }

  @Test func theCursorAlwaysStandsInTheField() {
    let keys: [Key] = [
      .left, .right, .up, .down, .home, .end, .wordLeft, .wordRight, .backspace, .delete, .enter,
      .control("w"), .control("u"), .control("k"), .control("y"), .character("a"), .character("日"),
      .character(" "), .character("\u{301}"), .character("👍🏽"), .shift(.left), .shift(.down), .alt("a"),
    ]
    for seed in UInt64(0)..<200 {
      var random = SplitMix64(seed: seed)
      var editor = TextEditor(randomText(&random, length: 30))
      let rect = Rect(
        row: 1, column: 1, rows: .random(in: 1...4, using: &random),
        columns: .random(in: 1...9, using: &random))
      editor.wrapColumns = Bool.random(using: &random) ? rect.columns : nil
      for _ in 0..<40 {
        _ = editor.apply(keys[Int.random(in: 0..<keys.count, using: &random)])
        var surface = Surface(size: Size(rows: 6, columns: 11))
        editor.draw(on: &surface, in: rect, role: .input)
        let cursor = surface.cursor ?? (-1, -1)
        #expect(rect.contains(row: cursor.row, column: cursor.column), "seed \(seed)")
        #expect((0...editor.text.count).contains(editor.cursor), "seed \(seed)")
      }
    }
  }
}
