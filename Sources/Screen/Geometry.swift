/// The measure of a screen in character cells.
public struct Size: Hashable, Sendable {
  /// The number of rows.
  public var rows: Int
  /// The number of columns.
  public var columns: Int

  /// Creates a size; a negative measure becomes 0.
  public init(rows: Int, columns: Int) {
    self.rows = max(0, rows)
    self.columns = max(0, columns)
  }
}

/// A rectangle of character cells; its corner counts from 0 at the top left.
public struct Rect: Hashable, Sendable {
  /// The first row.
  public var row: Int
  /// The first column.
  public var column: Int
  /// The number of rows.
  public var rows: Int
  /// The number of columns.
  public var columns: Int

  /// Creates a rectangle; a negative measure becomes 0.
  public init(row: Int, column: Int, rows: Int, columns: Int) {
    self.row = row
    self.column = column
    self.rows = max(0, rows)
    self.columns = max(0, columns)
  }

  /// Creates the rectangle that covers a whole screen.
  public init(_ size: Size) {
    self.init(row: 0, column: 0, rows: size.rows, columns: size.columns)
  }

  /// Whether not one cell lies in it.
  public var isEmpty: Bool { rows == 0 || columns == 0 }

  /// Returns whether a cell lies in it.
  public func contains(row: Int, column: Int) -> Bool {
    row >= self.row && row < self.row + rows && column >= self.column && column < self.column + columns
  }

  /// Returns the rectangle without `by` cells on every side; empty when nothing is left.
  public func inset(_ by: Int = 1) -> Rect {
    Rect(row: row + by, column: column + by, rows: rows - 2 * by, columns: columns - 2 * by)
  }

  /// Returns one rectangle for each height, from the top down.
  ///
  /// `nil` shares what the others leave. What does not fit is cut off at the bottom: the last rectangles
  /// become lower or empty, and none ever lies outside this one.
  public func splitRows(_ heights: [Int?]) -> [Rect] {
    var top = row
    return Self.share(rows, among: heights, gap: 0).map { height in
      defer { top += height }
      return Rect(row: top, column: column, rows: height, columns: columns)
    }
  }

  /// Returns one rectangle for each width, from the left, with `gap` columns between them.
  ///
  /// `nil` shares what the others leave. What does not fit is cut off at the right.
  public func splitColumns(_ widths: [Int?], gap: Int = 0) -> [Rect] {
    var left = column
    return Self.share(columns, among: widths, gap: gap).map { width in
      defer { left = min(left + width + gap, column + columns) }
      return Rect(row: row, column: left, rows: rows, columns: width)
    }
  }

  private static func share(_ total: Int, among wishes: [Int?], gap: Int) -> [Int] {
    let fixed = wishes.reduce(gap * max(0, wishes.count - 1)) { $0 + max(0, $1 ?? 0) }
    let sharers = wishes.count { $0 == nil }
    let free = max(0, total - fixed)
    var left = total
    var served = 0
    return wishes.map { wish in
      var length = max(0, wish ?? 0)
      if wish == nil {
        // The first ones take the cells that do not divide.
        length = free / sharers + (served < free % sharers ? 1 : 0)
        served += 1
      }
      length = min(length, left)
      left = max(0, left - length - gap)
      return length
    }
  }
}
