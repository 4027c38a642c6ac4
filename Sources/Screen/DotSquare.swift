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

  /// The square with its margin, in half blocks; it is only right where they are dark on a light ground.
  public var lines: [String] {
    func isDark(_ row: Int, _ column: Int) -> Bool {
      dots.indices.contains(row) && dots.indices.contains(column) && dots[row][column]
    }
    return (0..<size.rows).map { line in
      let row = 2 * line - Self.margin
      return String(
        (-Self.margin..<dots.count + Self.margin).map { column in
          switch (isDark(row, column), isDark(row + 1, column)) {
          case (true, true): "█"
          case (true, false): "▀"
          case (false, true): "▄"
          case (false, false): " "
          }
        } as [Character])
    }
  }
}
