internal import CCurses
import Screen

/// Hands a row's cells to curses, one call for each run of one look.
struct Painter {
  let theme: Theme
  let depth: ColourDepth
  /// Whether the terminal shows nothing but ASCII.
  let isASCII: Bool

  func paint(_ cells: ArraySlice<Cell>, row: Int) {
    var start = cells.startIndex
    while start < cells.endIndex {
      let look = theme[cells[start].role, depth]
      var end = start
      while end < cells.endIndex, cells[end].role == cells[start].role { end += 1 }
      paint(cells[start..<end], look, row: row, column: start - cells.startIndex)
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
        for scalar in cell.text.unicodeScalars { scalars.append(scalar.value) }
      }
    }
    if put(scalars, columns: run.count, look, row: row, column: column) { return }
    // This C library has another Unicode than ours: a sign of its own width for each that it disagrees on.
    for (offset, cell) in run.enumerated() where !cell.text.isEmpty {
      let next = run.startIndex + offset + 1
      let columns = next < run.endIndex && run[next].text.isEmpty ? 2 : 1
      if !put(
        cell.text.unicodeScalars.map(\.value), columns: columns, look, row: row, column: column + offset)
      {
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
