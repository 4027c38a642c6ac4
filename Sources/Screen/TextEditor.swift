/// A field with text of one or more lines, a cursor and an undo.
///
/// A value like any other: give it keys with `apply`, show it with `draw`.
public struct TextEditor: Sendable, Equatable {
  /// The columns at which it is drawn, so that ↑ and ↓ go by rows of the screen; nil: by lines of the text.
  public var wrapColumns: Int?

  // The text stands on either side of the cursor: no index can ever point past it.
  private var before: [Character]
  private var after: [Character] = []
  private var past: [Snapshot] = []
  private var isTyping = false

  private struct Snapshot: Sendable, Equatable {
    var before: [Character]
    var after: [Character]
  }

  private static let undoSteps = 100

  /// Creates a field with the cursor after the text.
  public init(_ text: String = "") {
    before = Array(Self.clean(text))
  }

  /// The whole text; setting it puts the cursor at its end and forgets what can be undone.
  public var text: String {
    get { String(before + after) }
    set {
      let columns = wrapColumns
      self = TextEditor(newValue)
      wrapColumns = columns
    }
  }

  /// The place of the cursor: the number of characters (graphemes) before it.
  public var cursor: Int { before.count }

  /// Whether there is no text.
  public var isEmpty: Bool { before.isEmpty && after.isEmpty }

  /// Writes text at the cursor.
  ///
  /// All line endings become line feeds; other control characters but tabs are left out.
  public mutating func insert(_ text: String) {
    let text = Self.clean(text)
    guard !text.isEmpty else { return }
    remember()
    write(text)
  }

  /// Does what a key asks and returns whether the key had a meaning here.
  ///
  /// Enter and Ctrl-J begin a new line: a caller for whom Enter means "done" keeps it to itself. Undo is
  /// Ctrl-Y, Ctrl-_ or Alt-U.
  public mutating func apply(_ key: Key) -> Bool {
    let wasTyping = isTyping
    isTyping = false
    switch key {
    case .character(let character):
      if !wasTyping || character.isWhitespace { remember() }
      write(Self.clean(String(character)))
      isTyping = true
    case .enter, .control("j"): insert("\n")
    case .backspace, .control("h"): erase(back: before.isEmpty ? 0 : 1)
    case .delete, .control("d"): erase(forth: after.isEmpty ? 0 : 1)
    case .control("w"), .alt("\u{7F}"): erase(back: before.count - wordStart)
    case .alt("d"): erase(forth: wordEnd)
    case .control("u"): erase(back: before.count - lineStart)
    case .control("k"): erase(forth: lineEnd == 0 && !after.isEmpty ? 1 : lineEnd)
    case .control("y"), .control("_"), .alt("u"): undo()
    case .left, .control("b"): move(to: cursor - 1)
    case .right, .control("f"): move(to: cursor + 1)
    case .wordLeft, .alt("b"): move(to: wordStart)
    case .wordRight, .alt("f"): move(to: cursor + wordEnd)
    case .home, .control("a"): move(to: lineStart)
    case .end, .control("e"): move(to: cursor + lineEnd)
    case .up, .control("p"): moveRows(-1)
    case .down, .control("n"): moveRows(1)
    default: return false
    }
    return true
  }

  /// Draws the text with a soft wrap in a rectangle and puts the surface's cursor in it.
  ///
  /// When it does not fit, the rows around the cursor are shown.
  public func draw(on surface: inout Surface, in rect: Rect, role: Role = .input) {
    guard !rect.isEmpty else { return }
    surface.fill(rect, role: role)
    let characters = before + after
    let layout = TextLayout(characters, columns: rect.columns)
    let place = place(in: layout, characters, columns: rect.columns)
    // The cursor's row stands at the bottom when the rows above it do not fit.
    let first = max(0, place.row - rect.rows + 1)
    for (offset, row) in layout.rows.dropFirst(first).prefix(rect.rows).enumerated() {
      var column = 0
      for (piece, width) in TextWidth.cells(String(characters[row.range])) {
        guard column + width <= rect.columns else { break }
        column += surface.put(
          piece, row: rect.row + offset, column: rect.column + column, role: role, width: width)
      }
    }
    surface.cursor = (rect.row + place.row - first, rect.column + place.column)
  }

  // MARK: Where things are

  private var lineStart: Int { before.lastIndex(of: "\n").map { $0 + 1 } ?? 0 }

  /// The number of characters from the cursor to the end of its line.
  private var lineEnd: Int { after.firstIndex(of: "\n") ?? after.count }

  private var wordStart: Int {
    let end = before.lastIndex { $0.isPartOfWord } ?? -1
    return before[..<(end + 1)].lastIndex { !$0.isPartOfWord }.map { $0 + 1 } ?? 0
  }

  /// The number of characters from the cursor to the end of the next word.
  private var wordEnd: Int {
    let start = after.firstIndex { $0.isPartOfWord } ?? after.count
    return after[start...].firstIndex { !$0.isPartOfWord } ?? after.count
  }

  /// The row and column of the cursor; at the end of a full row it stands on that row's last column.
  private func place(
    in layout: TextLayout, _ characters: [Character], columns: Int
  ) -> (row: Int, column: Int) {
    let row =
      layout.rows.lastIndex { $0.range.lowerBound <= cursor } ?? 0
    let start = layout.rows[row].range.lowerBound
    return (row, min(TextWidth.width(String(characters[start..<cursor])), columns - 1))
  }

  // MARK: Changes

  private mutating func write(_ text: String) {
    // A mark joins the character before the cursor, so that the graphemes are counted anew.
    let join = before.popLast().map(String.init) ?? ""
    before += Array(join + text)
    settle()
  }

  private mutating func erase(back: Int = 0, forth: Int = 0) {
    guard back + forth > 0 else { return }
    remember()
    before.removeLast(back)
    after.removeFirst(forth)
    settle()
  }

  /// Makes one character of a letter and a mark that met at the cursor.
  private mutating func settle() {
    while let last = before.last, let first = after.first, (String(last) + String(first)).count == 1 {
      before[before.count - 1] = Character(String(last) + String(first))
      after.removeFirst()
    }
  }

  private mutating func move(to target: Int) {
    let all = before + after
    let target = min(max(0, target), all.count)
    before = Array(all[..<target])
    after = Array(all[target...])
  }

  private mutating func moveRows(_ step: Int) {
    let all = before + after
    let columns = wrapColumns ?? .max
    let layout = TextLayout(all, columns: columns)
    let place = place(in: layout, all, columns: columns)
    let target = place.row + step
    guard layout.rows.indices.contains(target) else { return move(to: step < 0 ? 0 : all.count) }
    let row = layout.rows[target]
    // A broken row ends before its last character: behind it the cursor would stand on the next row.
    let end = row.isBroken ? max(row.range.lowerBound, row.range.upperBound - 1) : row.range.upperBound
    var column = 0
    var index = row.range.lowerBound
    while index < end {
      let width = TextWidth.width(String(all[index]))
      guard column + width <= place.column else { break }
      column += width
      index += 1
    }
    move(to: index)
  }

  private mutating func remember() {
    past.append(Snapshot(before: before, after: after))
    if past.count > Self.undoSteps { past.removeFirst() }
  }

  private mutating func undo() {
    guard let last = past.popLast() else { return }
    (before, after) = (last.before, last.after)
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

extension Character {
  fileprivate var isPartOfWord: Bool { isLetter || isNumber || self == "_" || self == "'" }
}
