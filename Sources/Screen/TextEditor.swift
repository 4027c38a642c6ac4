/// A field with text of one or more lines, a cursor, a selection and an undo.
///
/// A value like any other: give it keys with `apply`, show it with `draw`. Its keys are in
/// TextEditor+Keys.swift.
public struct TextEditor: Sendable, Equatable {
  /// The columns at which it is drawn, so that ↑ and ↓ go by rows of the screen; nil: by lines of the text.
  public var wrapColumns: Int?
  /// What was cut or copied last; whoever has several fields hands it on from one to the other.
  public var clipboard = ""

  // The text stands on either side of the cursor: no index can ever point past it.
  private var content: Content
  /// The end of the selection that stays when the cursor moves; nil without a selection.
  private var anchor: Int?
  private var past: [Content] = []
  private var future: [Content] = []
  /// What the last key began and the next may go on with.
  var streak: Streak?

  struct Content: Sendable, Equatable {
    var before: [Character] = []
    var after: [Character] = []
  }

  /// Keys of one kind in a row, which count as one.
  enum Streak: Sendable, Equatable {
    /// Words are undone as a whole.
    case typing
    /// So is a held Backspace.
    case erasing
    /// What is cut in a row is one text on the clipboard.
    case cutting
    /// Through a short row ↑ and ↓ keep to the column that they came from.
    case rows(column: Int)
  }

  private static let undoSteps = 100

  /// Creates a field with the cursor after the text.
  public init(_ text: String = "") {
    content = Content(before: Array(Self.clean(text)))
  }

  // MARK: What is in it

  /// The whole text; setting it puts the cursor at its end and forgets what can be undone.
  public var text: String {
    get { String(characters) }
    set {
      let (columns, clipboard) = (wrapColumns, clipboard)
      self = TextEditor(newValue)
      wrapColumns = columns
      self.clipboard = clipboard
    }
  }

  /// The place of the cursor: the number of characters (graphemes) before it.
  public var cursor: Int { content.before.count }

  /// Whether there is no text.
  public var isEmpty: Bool { content.before.isEmpty && content.after.isEmpty }

  /// The places of the selected characters; nil without a selection.
  public var selection: Range<Int>? {
    guard let anchor, anchor != cursor else { return nil }
    return min(anchor, cursor)..<max(anchor, cursor)
  }

  /// The text that is selected; empty without a selection.
  public var selectedText: String { selection.map { String(characters[$0]) } ?? "" }

  var before: [Character] { content.before }
  var after: [Character] { content.after }
  var characters: [Character] { content.before + content.after }

  // MARK: Selecting

  /// Selects the whole text; the cursor goes to its end.
  public mutating func selectAll() {
    move(to: 0)
    move(to: characters.count, selecting: true)
  }

  /// Lets the selection go; the cursor stays.
  public mutating func deselect() { anchor = nil }

  /// Moves the cursor, at most to an end of the text, and with `selecting` the selection along with it.
  mutating func move(to target: Int, selecting: Bool = false) {
    let start = anchor ?? cursor
    let all = characters
    let target = min(max(0, target), all.count)
    content = Content(before: Array(all[..<target]), after: Array(all[target...]))
    anchor = selecting ? start : nil
  }

  // MARK: Changing

  /// Writes text at the cursor, in the place of the selection.
  ///
  /// All line endings become line feeds; other control characters but tabs are left out.
  public mutating func insert(_ text: String) {
    let text = Self.clean(text)
    guard !text.isEmpty else { return }
    streak = nil
    remember()
    replaceSelection(with: text)
  }

  /// Writes a character that was typed; a word is one step of undo.
  mutating func type(_ character: Character, after streak: Streak?) {
    let text = Self.clean(String(character))
    guard !text.isEmpty else { return }
    if streak != .typing || character.isWhitespace || selection != nil { remember() }
    replaceSelection(with: text)
    self.streak = .typing
  }

  /// Erases the selection, or where there is none some characters on either side of the cursor.
  mutating func erase(back: Int = 0, forth: Int = 0, after streak: Streak? = nil) {
    guard selection != nil || back + forth > 0 else { return }
    // Before anything moves: undo puts the cursor back where it stood.
    if selection != nil || streak != .erasing { remember() }
    if selection == nil {
      anchor = cursor - back
      if forth > 0 { move(to: cursor + forth, selecting: true) }
    }
    replaceSelection(with: "")
    self.streak = .erasing
  }

  /// Erases as `erase` does, and puts what goes on the clipboard.
  mutating func cut(back: Int = 0, forth: Int = 0, after streak: Streak?) {
    let size = cursor
    let cut =
      selection != nil
      ? selectedText : String(characters[(size - back)..<(size + forth)])
    guard !cut.isEmpty else { return }
    erase(back: back, forth: forth)
    clipboard = streak != .cutting ? cut : back > 0 ? cut + clipboard : clipboard + cut
    self.streak = .cutting
  }

  mutating func undo() {
    guard let last = past.popLast() else { return }
    future.append(content)
    (content, anchor) = (last, nil)
  }

  mutating func redo() {
    guard let next = future.popLast() else { return }
    past.append(content)
    (content, anchor) = (next, nil)
  }

  private mutating func remember() {
    past.append(content)
    if past.count > Self.undoSteps { past.removeFirst() }
    future = []
  }

  private mutating func replaceSelection(with text: String) {
    let all = characters
    let hole = selection ?? cursor..<cursor
    anchor = nil
    // Marks, flags and joined emoji meet new neighbours at either side, so that the graphemes are counted anew.
    let head = String(all[..<hole.lowerBound]) + text
    let tail = String(all[hole.upperBound...])
    let whole = Array(head + tail)
    var left = head.utf8.count
    // Behind the grapheme that the new text ends in.
    let place = whole.firstIndex { character in
      if left <= 0 { return true }
      left -= character.utf8.count
      return false
    }
    let split = place ?? whole.count
    content = Content(before: Array(whole[..<split]), after: Array(whole[split...]))
  }

  private static func clean(_ text: String) -> String {
    var result = ""
    for character in text {
      if character.isNewline {
        result.append("\n")
      } else if character == "\t" || character.unicodeScalars.first?.properties.generalCategory != .control {
        result.append(character)
      }
    }
    return result
  }
}
