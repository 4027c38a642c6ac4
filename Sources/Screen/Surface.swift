/// One cell of a surface.
public struct Cell: Hashable, Sendable {
  var glyph: Glyph
  /// What it means.
  public var role: Role

  /// One grapheme as curses can hold it: a base and at most four marks; empty in the right half of a wide one.
  public var text: String { glyph.text }

  /// Whether it is the right half of a wide grapheme.
  public var isRightHalf: Bool { glyph.isEmpty }

  /// Appends the values of its scalars.
  public func appendScalars(to scalars: inout [UInt32]) {
    var place = 0
    while place < 5, case let scalar = glyph[place], scalar != 0 {
      scalars.append(scalar)
      place += 1
    }
  }

  static let blank = Cell(glyph: .space, role: .text)
}

/// A grid of cells that a view writes and a terminal shows.
///
/// A wide grapheme takes two cells, the right one with an empty text. Whatever writes keeps such pairs
/// whole: half of a wide grapheme becomes a space.
public struct Surface: Sendable, Equatable {
  /// Its measure.
  public let size: Size
  /// The cell on which the hardware cursor stands; nil hides it.
  ///
  /// Screen readers and magnifiers follow it: put it on the focused thing, always.
  public var cursor: (row: Int, column: Int)?

  /// All cells, row after row.
  public private(set) var cells: [Cell]

  /// Creates a surface of spaces.
  public init(size: Size) {
    self.size = size
    cells = Array(repeating: .blank, count: size.rows * size.columns)
  }

  /// Whether two surfaces show the same, the place of the cursor included.
  public static func == (one: Surface, other: Surface) -> Bool {
    one.size == other.size && one.cursor?.row == other.cursor?.row
      && one.cursor?.column == other.cursor?.column && one.cells == other.cells
  }

  /// The cell at a place; a blank one outside the surface.
  public subscript(row: Int, column: Int) -> Cell {
    contains(row, column) ? cells[row * size.columns + column] : .blank
  }

  /// Writes one line of text and returns the columns it took.
  ///
  /// Writes at most `width` columns (default: to the right edge) and ends with "…" when the text does not
  /// fit. Control characters are shown as visible glyphs, so that no text can steer the terminal. Nothing is
  /// ever written outside the surface.
  @discardableResult public mutating func put(
    _ text: String, row: Int, column: Int, role: Role = .text, width: Int? = nil
  ) -> Int {
    guard row >= 0, row < size.rows, column < size.columns else { return 0 }
    let room = min(width ?? .max, size.columns - column)
    guard room > 0 else { return 0 }
    var used = 0
    for (glyph, columns) in TextWidth.clipped(text, to: room) {
      set(row, column + used, glyph, columns, role)
      used += columns
    }
    return used
  }

  /// Fills a rectangle with one character.
  public mutating func fill(_ rect: Rect, role: Role, text: Character = " ") {
    guard let (glyph, columns) = TextWidth.clipped(String(text), to: 2).first, columns > 0 else { return }
    for row in max(0, rect.row)..<max(0, rect.row, min(size.rows, rect.row + rect.rows)) {
      var column = rect.column
      while column < rect.column + rect.columns {
        let fits = column + columns <= rect.column + rect.columns
        set(row, column, fits ? glyph : .space, fits ? columns : 1, role)
        column += columns
      }
    }
  }

  /// Draws a border along the inside of a rectangle, with a title in its top side.
  public mutating func box(
    _ rect: Rect, title: String = "", role: Role = .border, titleRole: Role = .title
  ) {
    guard rect.rows > 1, rect.columns > 1 else { return }
    let line = String(repeating: "─", count: rect.columns - 2)
    write("┌" + line + "┐", rect.row, rect.column, role)
    for row in (rect.row + 1)..<(rect.row + rect.rows - 1) {
      write("│", row, rect.column, role)
      write("│", row, rect.column + rect.columns - 1, role)
    }
    write("└" + line + "┘", rect.row + rect.rows - 1, rect.column, role)
    // One column of border and a space stay on either side of the title.
    let title = TextWidth.clip(title, to: rect.columns - 6)
    if !title.isEmpty { put(" " + title + " ", row: rect.row, column: rect.column + 2, role: titleRole) }
  }

  /// Draws how far something is: `part` of `of`, in eighths of a cell.
  public mutating func bar(_ rect: Rect, part: Int, of whole: Int, role: Role) {
    let total = rect.columns * 8
    let part = min(max(part, 0), max(whole, 0))
    // Rounded down, so that only what is complete looks complete; what has begun is never invisible.
    var filled = whole > 0 ? Int((Double(part) / Double(whole) * Double(total)).rounded(.down)) : 0
    if part > 0 { filled = max(1, filled) }
    for row in rect.row..<(rect.row + rect.rows) {
      for column in 0..<rect.columns {
        let eighths = min(8, max(0, filled - column * 8))
        write(Self.eighths[eighths], row, rect.column + column, eighths == 0 ? .dim : role)
      }
    }
  }

  /// The rows joined by line feeds, trailing spaces cut; for snapshots.
  public var plainText: String {
    (0..<size.rows).map { row in
      var line = ""
      for column in 0..<size.columns { line += self[row, column].text }
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }

  private static let eighths = ["·", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]

  private func contains(_ row: Int, _ column: Int) -> Bool {
    row >= 0 && row < size.rows && column >= 0 && column < size.columns
  }

  /// Writes scalars of one column each, clipped on every side and without "…".
  private mutating func write(_ glyphs: String, _ row: Int, _ column: Int, _ role: Role) {
    for (offset, scalar) in glyphs.unicodeScalars.enumerated() {
      set(row, column + offset, Glyph(scalar), 1, role)
    }
  }

  private mutating func set(_ row: Int, _ column: Int, _ glyph: Glyph, _ columns: Int, _ role: Role) {
    // A wide grapheme over an edge leaves a space on the visible side.
    if columns == 2, column == -1 { return set(row, 0, .space, 1, role) }
    if columns == 2, column == size.columns - 1 { return set(row, column, .space, 1, role) }
    guard contains(row, column) else { return }
    let first = row * size.columns + column
    // What loses one half loses the other.
    if column > 0, cells[first].glyph.isEmpty { cells[first - 1].glyph = .space }
    let after = column + columns
    if after < size.columns, cells[first + columns].glyph.isEmpty { cells[first + columns].glyph = .space }
    cells[first] = Cell(glyph: glyph, role: role)
    if columns == 2 { cells[first + 1] = Cell(glyph: Glyph(), role: role) }
  }
}
