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
    forEachCell(text) { result.append(($0.text, $1)) }
    return result
  }

  /// Returns the text if it fits in `columns`, else as much as fits with "…" after it.
  public static func clip(_ text: String, to columns: Int) -> String {
    isShortASCII(text, columns) ? text : joined(clipped(text, to: columns))
  }

  /// Returns the text clipped to `columns` and filled up with spaces.
  public static func pad(_ text: String, to columns: Int) -> String {
    if isShortASCII(text, columns) { return text + String(repeating: " ", count: columns - text.utf8.count) }
    let cells = clipped(text, to: columns)
    let used = cells.reduce(0) { $0 + $1.1 }
    return joined(cells) + String(repeating: " ", count: max(0, columns - used))
  }

  /// Returns the text as lines of at most `columns`, broken between words.
  ///
  /// Keeps the line feeds. A word that is longer than a line is cut. The spaces at a break are left out. At
  /// least one line comes back.
  public static func wrap(_ text: String, columns: Int) -> [String] {
    // No character takes more columns than bytes, so what is short in bytes fits.
    if text.utf8.count <= columns, isOneLine(text) { return [text] }
    let characters = Array(text)
    return TextLayout(characters, columns: columns).rows.map { row in
      var line = characters[row.range]
      // At the end of a paragraph the spaces are the writer's own.
      if row.isBroken { while line.last?.isWhitespace == true { line.removeLast() } }
      return String(line)
    }
  }

  /// Whether a text holds no line end, looked for in its bytes: that is much quicker than in its characters.
  public static func isOneLine(_ text: String) -> Bool {
    var before: (UInt8, UInt8) = (0, 0)
    for byte in text.utf8 {
      // All below the space counts, for simplicity; then U+0085, U+2028 and U+2029.
      if byte < 0x20 || (before.1 == 0xC2 && byte == 0x85) { return false }
      if before == (0xE2, 0x80), byte == 0xA8 || byte == 0xA9 { return false }
      before = (before.1, byte)
    }
    return true
  }

  /// Returns a text as one line: each line end becomes a sign.
  public static func oneLine(_ text: String) -> String {
    isOneLine(text) ? text : text.map { $0.isNewline ? " ⏎ " : String($0) }.joined()
  }

  static func clipped(_ text: String, to columns: Int) -> [(Glyph, Int)] {
    guard columns > 0 else { return [] }
    var result: [(Glyph, Int)] = []
    result.reserveCapacity(min(columns, text.utf8.count))
    var total = 0
    // How much would stay if "…" had to follow.
    var keep = 0
    var keptAll = true
    forEachCell(text) { glyph, width in
      guard keptAll else { return }
      total += width
      result.append((glyph, width))
      if total < columns { keep = result.count }
      if total > columns { keptAll = false }
    }
    if keptAll { return result }
    result.removeSubrange(keep...)
    result.append((Glyph("…"), 1))
    return result
  }

  private static func joined(_ cells: [(Glyph, Int)]) -> String {
    cells.reduce(into: "") { $0 += $1.0.text }
  }

  /// Whether a text is printable ASCII of at most so many columns, as most are.
  private static func isShortASCII(_ text: String, _ columns: Int) -> Bool {
    text.utf8.count <= columns && text.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
  }

  /// Returns the columns of one scalar that is not a control: 0, 1 or 2, as `wcwidth(3)` of glibc does.
  static func width(of scalar: Unicode.Scalar) -> Int {
    guard scalar.value >= 0x300 else { return 1 }
    return isMark(scalar) || isInvisible(scalar) ? 0 : isWide(scalar.value) ? 2 : 1
  }

  private static func forEachCell(_ text: some StringProtocol, _ body: (Glyph, Int) -> Void) {
    let scalars = text.unicodeScalars
    var index = scalars.startIndex
    while index < scalars.endIndex {
      let scalar = scalars[index]
      let next = scalars.index(after: index)
      if isPlain(scalar), next == scalars.endIndex || isPlain(scalars[next]) {
        body(Glyph(scalar), 1)
        index = next
      } else {
        forEachPiece(of: text[index], body)
        index = text.index(after: index)
      }
    }
  }

  /// Whether a scalar takes one column and makes no grapheme with another of its kind.
  ///
  /// To look for the ends of graphemes takes far longer than all else here, and nearly all text is letters of
  /// Latin, its signs, and the lines and blocks that screens are drawn with.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7F, 0xA1..<0xAD, 0xAE..<0x300, 0x2010...0x2027, 0x20AC, 0x2500...0x259F: true
    default: false
    }
  }

  private static func forEachPiece(of character: Character, _ body: (Glyph, Int) -> Void) {
    var glyph = Glyph()
    var columns = 0
    func flush() {
      if !glyph.isEmpty { body(glyph, columns) }
      glyph = Glyph()
    }
    scalars: for scalar in character.unicodeScalars {
      if let sign = visible(scalar) {
        flush()
        // A line break of two characters is one.
        if scalar == "\r", character == "\r\n" { continue }
        glyph.append(sign)
        columns = 1
        continue
      }
      switch scalar.value {
      case 0x200D where columns == 2:  // The rest of a joined emoji.
        break scalars
      case 0x1F3FB...0x1F3FF where !glyph.isEmpty:  // A skin tone.
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
        } else if glyph.isEmpty {
          glyph.append("◌")  // A mark alone needs something to stand on.
          columns = 1
        }
        glyph.append(scalar)
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
