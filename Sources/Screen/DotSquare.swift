/// A square of dark and light dots, such as a QR code.
public struct DotSquare: Sendable, Equatable {
  /// The rows of dots, true where dark, all of the same length.
  public let dots: [[Bool]]

  /// How many light dots lie around it: a camera finds a QR code by them.
  ///
  /// Source: ISO/IEC 18004, section 9.1.
  static let margin = 4

  /// Creates a square, or gives nil where the rows are not as many as each is long.
  public init?(dots: [[Bool]]) {
    guard !dots.isEmpty, dots.allSatisfy({ $0.count == dots.count }) else { return nil }
    self.dots = dots
  }

  /// How much room it takes with its margin: one column for each dot, one row for every two.
  public var size: Size {
    let width = dots.count + 2 * Self.margin
    return Size(rows: (width + 1) / 2, columns: width)
  }

  /// Two dots above each other as one cell: the upper is its ground, and the lower its sign.
  public struct Cell: Sendable, Equatable {
    /// A half block at the bottom where the dots differ, in the colour that the ground does not have.
    public let sign: Character
    /// Whether the ground is dark.
    public let isDark: Bool

    init(upper: Bool, lower: Bool) {
      sign = upper == lower ? " " : "▄"
      isDark = upper
    }
  }

  /// The square with its margin, line by line.
  ///
  /// By the ground rather than in blocks alone: many a font leaves a gap above a block, and a gap in the dark is what
  /// a camera stumbles over.
  public var lines: [[Cell]] {
    func isDark(_ row: Int, _ column: Int) -> Bool {
      dots.indices.contains(row) && dots.indices.contains(column) && dots[row][column]
    }
    return (0..<size.rows).map { line in
      let row = 2 * line - Self.margin
      return (-Self.margin..<dots.count + Self.margin).map {
        Cell(upper: isDark(row, $0), lower: isDark(row + 1, $0))
      }
    }
  }
}
