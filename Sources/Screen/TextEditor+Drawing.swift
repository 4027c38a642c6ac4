extension TextEditor {
  /// Draws the text with a soft wrap in a rectangle and puts the surface's cursor in it.
  ///
  /// When it does not fit, the rows around the cursor are shown. What is selected has the role `selected`.
  public func draw(on surface: inout Surface, in rect: Rect, role: Role = .input) {
    guard !rect.isEmpty else { return }
    surface.fill(rect, role: role)
    let characters = characters
    let layout = TextLayout(characters, columns: rect.columns)
    let place = place(in: layout, characters, columns: rect.columns)
    let first = firstRow(place.row, rows: rect.rows)
    for (offset, row) in layout.rows.dropFirst(first).prefix(rect.rows).enumerated() {
      var column = 0
      func put(_ piece: String, _ width: Int, at index: Int) {
        guard column + width <= rect.columns else { return }
        let isSelected = selection?.contains(index) ?? false
        column += surface.put(
          piece, row: rect.row + offset, column: rect.column + column,
          role: isSelected ? .selected : role, width: width)
      }
      for index in row.range {
        for (piece, width) in TextWidth.cells(String(characters[index])) { put(piece, width, at: index) }
      }
      // A selected line end shows as one cell, else an empty line would look left out.
      if !row.isBroken, selection?.contains(row.range.upperBound) ?? false {
        put(" ", 1, at: row.range.upperBound)
      }
    }
    surface.cursor = (rect.row + place.row - first, rect.column + place.column)
  }

  /// Puts the cursor where the mouse points, in a rectangle as `draw` has it; `selecting` while it drags.
  public mutating func point(at mouse: Mouse, in rect: Rect, selecting: Bool = false) {
    guard !rect.isEmpty else { return }
    streak = nil
    let characters = characters
    let layout = TextLayout(characters, columns: rect.columns)
    let shown = place(in: layout, characters, columns: rect.columns).row
    let row = firstRow(shown, rows: rect.rows) + mouse.row - rect.row
    let target = layout.rows[min(max(0, row), layout.rows.count - 1)]
    move(
      to: index(inRow: target, column: max(0, mouse.column - rect.column), characters), selecting: selecting)
  }

  /// The row and column of the cursor; at the end of a full row it stands on that row's last column.
  func place(
    in layout: TextLayout, _ characters: [Character], columns: Int
  ) -> (row: Int, column: Int) {
    let row = layout.rows.lastIndex { $0.range.lowerBound <= cursor } ?? 0
    let start = layout.rows[row].range.lowerBound
    return (row, min(TextWidth.width(String(characters[start..<cursor])), columns - 1))
  }

  /// The character at a column of a row, or behind its last one.
  func index(inRow row: TextLayout.Row, column: Int, _ characters: [Character]) -> Int {
    // A broken row ends before its last character: behind it the cursor would stand on the next row.
    let end = row.isBroken ? max(row.range.lowerBound, row.range.upperBound - 1) : row.range.upperBound
    var used = 0
    var index = row.range.lowerBound
    while index < end {
      used += TextWidth.width(String(characters[index]))
      guard used <= column else { break }
      index += 1
    }
    return index
  }

  /// The first row that is shown: the cursor's stands at the bottom when those above it do not fit.
  private func firstRow(_ cursorRow: Int, rows: Int) -> Int { max(0, cursorRow - rows + 1) }
}

extension TextEditor {
  /// The number of rows that the text takes with a soft wrap at so many columns; at least 1.
  public func rowCount(columns: Int) -> Int { TextLayout(characters, columns: columns).rows.count }
}
