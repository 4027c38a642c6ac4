internal import CCurses
import Screen

/// Hands cells to curses, one call for each run of one look.
struct Painter {
  let theme: Theme
  /// Whether the terminal shows nothing but ASCII.
  private let isASCII: Bool
  private let looks: [Role: Look]

  init(theme: Theme, depth: ColourDepth, isASCII: Bool) {
    self.theme = theme
    self.isASCII = isASCII
    // A colour of the theme is brought to the nearest that there is: once, not for each run of each frame.
    looks = Dictionary(uniqueKeysWithValues: Role.allCases.map { ($0, theme[$0, depth]) })
  }

  /// Paints cells of one row from `column` on.
  func paint(_ cells: ArraySlice<Cell>, row: Int, column: Int) {
    var start = cells.startIndex
    while start < cells.endIndex {
      let role = cells[start].role
      var end = start
      while end < cells.endIndex, cells[end].role == role { end += 1 }
      paint(
        cells[start..<end], looks[role] ?? Look(), row: row, column: column + start - cells.startIndex)
      start = end
    }
  }

  private func paint(_ run: ArraySlice<Cell>, _ look: Look, row: Int, column: Int) {
    var scalars: [UInt32] = []
    scalars.reserveCapacity(run.count)
    for cell in run {
      if isASCII {
        scalars += asciiSigns(for: cell.text).utf8.map { UInt32($0) }
      } else {
        cell.appendScalars(to: &scalars)
      }
    }
    if put(scalars, columns: run.count, look, row: row, column: column) { return }
    // This C library has another Unicode than ours: a sign of its own width for each that it disagrees on.
    for (offset, cell) in run.enumerated() where !cell.isRightHalf {
      let next = run.startIndex + offset + 1
      let columns = next < run.endIndex && run[next].isRightHalf ? 2 : 1
      var scalars: [UInt32] = []
      cell.appendScalars(to: &scalars)
      if !put(scalars, columns: columns, look, row: row, column: column + offset) {
        let sign = Array(repeating: UInt32(0x3F), count: columns)
        _ = put(sign, columns: columns, look, row: row, column: column + offset)
      }
    }
  }

  private func put(_ scalars: [UInt32], columns: Int, _ look: Look, row: Int, column: Int) -> Bool {
    var attributes = 0
    if look.bold { attributes |= CCURSES_BOLD }
    if look.dim { attributes |= CCURSES_DIM }
    if look.reverse { attributes |= CCURSES_REVERSE }
    if look.underline { attributes |= CCURSES_UNDERLINE }
    return ccurses_put(
      Int32(row), Int32(column), scalars, Int32(scalars.count), Int32(columns), Int32(attributes),
      Int32(look.foreground ?? -1), Int32(look.background ?? -1))
  }
}
