/// Digits of block characters that are legible from two metres: seven segments, like a clock.
public enum BigDigits {
  /// Returns `height` rows (3, 5 or 7; others are rounded down) of equal width for digits, `:`, `-`, `+` and spaces.
  ///
  /// Any other character is a space.
  public static func rows(_ text: String, height: Int) -> [String] {
    let shape = Shape(height: height)
    let glyphs = text.map { shape.pixels($0) }
    let gap = String(repeating: " ", count: shape.gap)
    return (0..<shape.rows).map { row in
      glyphs.map { glyph in
        String((0..<(glyph.first?.count ?? 0)).map { shape.block(glyph, row: row, column: $0) })
      }.joined(separator: gap)
    }
  }

  /// Returns the columns of such rows.
  public static func width(_ text: String, height: Int) -> Int {
    let shape = Shape(height: height)
    return text.reduce(0) { $0 + shape.width($1) } + max(0, text.count - 1) * shape.gap
  }

  /// The measures of one height; low digits are drawn in half cells, so that all have five pixels at least.
  private struct Shape {
    let rows: Int
    let pixelRows: Int
    let digit: Int
    let stroke: Int
    let gap: Int

    init(height: Int) {
      (rows, pixelRows, digit, stroke, gap) =
        height < 5 ? (3, 5, 3, 1, 1) : height < 7 ? (5, 5, 6, 2, 2) : (7, 7, 8, 2, 2)
    }

    func width(_ character: Character) -> Int {
      switch character {
      case ":": stroke
      case " ": digit / 2
      default: digit
      }
    }

    func pixels(_ character: Character) -> [[Bool]] {
      var grid = Array(repeating: Array(repeating: false, count: width(character)), count: pixelRows)
      let middle = pixelRows / 2
      func paint(_ rows: ClosedRange<Int>, _ columns: Range<Int>) {
        for row in rows { for column in columns { grid[row][column] = true } }
      }
      switch character {
      case ":":
        paint(1...1, 0..<stroke)
        paint((pixelRows - 2)...(pixelRows - 2), 0..<stroke)
      case "+":
        paint(middle...middle, 0..<digit)
        paint((middle - 1)...(middle + 1), (digit - stroke) / 2..<(digit + stroke) / 2)
      default:
        let segments = BigDigits.segments[character] ?? ""
        let (left, right) = (0..<stroke, (digit - stroke)..<digit)
        if segments.contains("a") { paint(0...0, 0..<digit) }
        if segments.contains("b") { paint(0...middle, right) }
        if segments.contains("c") { paint(middle...(pixelRows - 1), right) }
        if segments.contains("d") { paint((pixelRows - 1)...(pixelRows - 1), 0..<digit) }
        if segments.contains("e") { paint(middle...(pixelRows - 1), left) }
        if segments.contains("f") { paint(0...middle, left) }
        if segments.contains("g") { paint(middle...middle, 0..<digit) }
      }
      return grid
    }

    func block(_ grid: [[Bool]], row: Int, column: Int) -> Character {
      guard rows < pixelRows else { return grid[row][column] ? "█" : " " }
      let upper = grid[row * 2][column]
      let lower = row * 2 + 1 < pixelRows && grid[row * 2 + 1][column]
      return upper ? (lower ? "█" : "▀") : (lower ? "▄" : " ")
    }
  }

  /// The lit segments, lettered as on every data sheet: a on top, then clockwise to f, g in the middle.
  private static let segments: [Character: String] = [
    "0": "abcdef", "1": "bc", "2": "abdeg", "3": "abcdg", "4": "bcfg", "5": "acdfg", "6": "acdefg",
    "7": "abc", "8": "abcdefg", "9": "abcdfg", "-": "g",
  ]
}
