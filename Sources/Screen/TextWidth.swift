/// How text is laid out in the cells of a terminal, as curses will do it.
///
/// Curses lays out scalars, not graphemes. A cell holds a base and at most four marks of no width; every
/// other scalar gets a cell of its own (flags, Devanagari). A joined emoji shows its first part only, and
/// selectors and skin tones are left out: curses cannot make one cell of them, and a row with a width that
/// nobody agrees on would break the screen.
public enum TextWidth {
  /// Returns the columns that a line of text takes.
  public static func width(_ text: some StringProtocol) -> Int {
    var total = 0
    forEachCell(text) { total += $1 }
    return total
  }

  /// Returns a line of text as cells: each with its text and its one or two columns.
  ///
  /// Control characters come out as visible glyphs (␛, ␊), so that no text can steer the terminal; a tab is
  /// a space; what changes the direction of text shows as �.
  public static func cells(_ text: some StringProtocol) -> [(String, Int)] {
    var result: [(String, Int)] = []
    forEachCell(text) { result.append(($0, $1)) }
    return result
  }

  /// Returns the text if it fits in `columns`, else as much as fits with "…" after it.
  public static func clip(_ text: String, to columns: Int) -> String {
    clipped(text, to: columns).map(\.0).joined()
  }

  /// Returns the text clipped to `columns` and filled up with spaces.
  public static func pad(_ text: String, to columns: Int) -> String {
    let cells = clipped(text, to: columns)
    let used = cells.reduce(0) { $0 + $1.1 }
    return cells.map(\.0).joined() + String(repeating: " ", count: max(0, columns - used))
  }

  /// Returns the text as lines of at most `columns`, broken between words.
  ///
  /// Keeps the line feeds. A word that is longer than a line is cut. The spaces at a break are left out. At
  /// least one line comes back.
  public static func wrap(_ text: String, columns: Int) -> [String] {
    let characters = Array(text)
    return TextLayout(characters, columns: columns).rows.map { row in
      var line = characters[row.range]
      // At the end of a paragraph the spaces are the writer's own.
      if row.isBroken { while line.last?.isWhitespace == true { line.removeLast() } }
      return String(line)
    }
  }

  static func clipped(_ text: String, to columns: Int) -> [(String, Int)] {
    guard columns > 0 else { return [] }
    var result: [(String, Int)] = []
    var total = 0
    // How much would stay if "…" had to follow.
    var keep = 0
    var keptAll = true
    forEachCell(text) { piece, width in
      guard keptAll else { return }
      total += width
      result.append((piece, width))
      if total < columns { keep = result.count }
      if total > columns { keptAll = false }
    }
    return keptAll ? result : result.prefix(keep) + [("…", 1)]
  }

  /// Returns the columns of one scalar that is not a control: 0, 1 or 2, as `wcwidth(3)` of glibc does.
  static func width(of scalar: Unicode.Scalar) -> Int {
    guard scalar.value >= 0x300 else { return 1 }
    return isMark(scalar) || isInvisible(scalar) ? 0 : isWide(scalar.value) ? 2 : 1
  }

  private static let marksPerCell = 4

  private static func forEachCell(_ text: some StringProtocol, _ body: (String, Int) -> Void) {
    for character in text {
      if let ascii = character.asciiValue, ascii >= 0x20, ascii < 0x7F {
        body(String(character), 1)
      } else {
        forEachPiece(of: character, body)
      }
    }
  }

  private static func forEachPiece(of character: Character, _ body: (String, Int) -> Void) {
    var piece = String.UnicodeScalarView()
    var columns = 0
    func flush() {
      if !piece.isEmpty { body(String(piece), columns) }
      piece = .init()
    }
    scalars: for scalar in character.unicodeScalars {
      if let glyph = visible(scalar) {
        flush()
        // A line break of two characters is one.
        if scalar == "\r", character == "\r\n" { continue }
        piece.append(glyph)
        columns = 1
        continue
      }
      switch scalar.value {
      case 0x200D where columns == 2:  // The rest of a joined emoji.
        break scalars
      case 0x1F3FB...0x1F3FF where !piece.isEmpty:  // A skin tone.
        continue
      case 0xFE00...0xFE0F, 0xE0100...0xE01EF:  // Selectors of a variant: curses cannot change a width.
        continue
      default:
        // Joiners, marks of direction and other invisible ones: curses would leak them into other cells.
        if isInvisible(scalar) { continue }
        let width = width(of: scalar)
        if width > 0 {
          flush()
          columns = width
        } else if piece.isEmpty {
          piece.append("◌")  // A mark alone needs something to stand on.
          columns = 1
        } else if piece.count > marksPerCell {
          continue
        }
        piece.append(scalar)
      }
    }
    flush()
  }

  /// Returns the glyph that stands for a scalar that could steer the terminal or the reading order.
  private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x09: " "
    case 0x00...0x1F: Unicode.Scalar(0x2400 + scalar.value)
    case 0x7F: "␡"
    case 0x80...0x9F, 0x202A...0x202E, 0x2066...0x2069: "\u{FFFD}"
    case 0x2028, 0x2029: "␊"
    default: nil
    }
  }

  /// Whether a scalar is drawn on the one before it.
  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    // The later parts of a Hangul syllable stand under the first.
    if (0x1160...0x11FF).contains(scalar.value) || (0xD7B0...0xD7FB).contains(scalar.value) { return true }
    let category = scalar.properties.generalCategory
    return category == .nonspacingMark || category == .enclosingMark
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xAD: false  // A soft hyphen is a hyphen to a terminal.
    // Arabic, Syriac and Kaithi signs that hold the digits after them.
    case 0x0600...0x0605, 0x06DD, 0x070F, 0x0890...0x0891, 0x08E2, 0x110BD, 0x110CD: false
    default: scalar.properties.generalCategory == .format
    }
  }

  private static func isWide(_ value: UInt32) -> Bool {
    guard value >= 0x1100 else { return false }
    var low = 0
    var high = wideRanges.count
    while low < high {
      let middle = (low + high) / 2
      if wideRanges[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < wideRanges.count && wideRanges[low].contains(value)
  }
}
