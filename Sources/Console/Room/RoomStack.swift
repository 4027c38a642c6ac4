import Screen

/// A few large things below one another, in the middle of the screen, with air around them.
///
/// What does not fit is left out from the least important on, never drawn smaller than a letter.
struct RoomStack {
  /// One of the things.
  enum Part {
    /// Digits as high as there is room for.
    case digits(String, Role)
    /// Words over as many rows as they need, at most `rows`; with a bar of their role behind them where `isBar`.
    case text(String, Role, rows: Int, isBar: Bool)
    /// Empty rows.
    case air(Int)
  }

  private var parts: [(part: Part, isSpare: Bool)] = []

  mutating func add(digits: String, _ role: Role) { parts.append((.digits(digits, role), false)) }

  /// Adds words; `spare` ones are left out where there is no room.
  mutating func add(
    _ text: String, _ role: Role = .strong, rows: Int = 1, isBar: Bool = false, spare: Bool = false
  ) {
    guard !text.isEmpty else { return }
    parts.append((.text(text, role, rows: rows, isBar: isBar), spare))
  }

  mutating func air(_ rows: Int = 1) { parts.append((.air(rows), true)) }

  // MARK: - Drawing

  /// One row of words, or the digits.
  private enum Block {
    case line(String, Role, isBar: Bool)
    case digits(String, Role)
    case air
  }

  func draw(on surface: inout Surface, in rect: Rect) {
    guard !rect.isEmpty else { return }
    // Words stand within a column that an eye can follow, also on a wide screen.
    let columns = min(rect.columns, max(76, rect.columns * 3 / 4))
    var chosen = parts
    while rows(of: chosen, columns) + minimumDigits(chosen) > rect.rows,
      let spare = chosen.lastIndex(where: \.isSpare)
    {
      chosen.remove(at: spare)
    }
    let blocks = chosen.flatMap { self.blocks(of: $0.part, columns) }
    let wordRows = rows(of: chosen, columns)
    let height = max(0, rect.rows - wordRows)
    let digitRows =
      blocks.compactMap { block -> Int? in
        if case .digits(let text, _) = block {
          return RoomDigits.rows(of: text, in: Size(rows: height, columns: rect.columns))
        }
        return nil
      }.first ?? 0
    var row = rect.row + max(0, rect.rows - wordRows - digitRows) / 2
    for block in blocks {
      guard row < rect.row + rect.rows else { return }
      switch block {
      case .air: row += 1
      case .line(let text, let role, let isBar):
        let width = TextWidth.width(text)
        if isBar {
          surface.fill(
            Rect(row: row, column: rect.column, rows: 1, columns: rect.columns), role: role)
        }
        surface.put(
          text, row: row, column: rect.column + max(0, rect.columns - width) / 2, role: role,
          width: rect.columns)
        row += 1
      case .digits(let text, let role):
        let place = Rect(row: row, column: rect.column, rows: digitRows, columns: rect.columns)
        RoomDigits.draw(text, role, on: &surface, in: place)
        row += digitRows
      }
    }
  }

  private func rows(of parts: [(part: Part, isSpare: Bool)], _ columns: Int) -> Int {
    parts.reduce(0) { sum, part in
      sum
        + blocks(of: part.part, columns).count { if case .digits = $0 { false } else { true } }
    }
  }

  private func minimumDigits(_ parts: [(part: Part, isSpare: Bool)]) -> Int {
    parts.contains { if case .digits = $0.part { true } else { false } } ? 5 : 0
  }

  private func blocks(of part: Part, _ columns: Int) -> [Block] {
    switch part {
    case .air(let rows): return Array(repeating: .air, count: rows)
    case .digits(let text, let role): return [.digits(text, role)]
    case .text(let text, let role, let rows, let isBar):
      return RoomStack.lines(of: text, columns: columns, rows: rows).map { .line($0, role, isBar: isBar) }
    }
  }

  /// Returns a text in at most so many rows; the last ends in "…" where there is more.
  static func lines(of text: String, columns: Int, rows: Int) -> [String] {
    let lines = TextWidth.wrap(text, columns: max(1, columns)).filter { !$0.isEmpty }
    guard lines.count > rows, rows > 0 else { return lines }
    let rest = lines[(rows - 1)...].prefix(2).joined(separator: " ")
    return lines.prefix(rows - 1) + [TextWidth.clip(rest, to: max(1, columns))]
  }
}

/// Digits as large as a place allows: the highest shape, and that again in whole multiples.
enum RoomDigits {
  /// Returns the rows that digits take in a place of this size; 1 where no shape fits.
  static func rows(of text: String, in size: Size) -> Int {
    let (height, times) = shape(of: text, in: size)
    return height * times
  }

  static func draw(_ text: String, _ role: Role, on surface: inout Surface, in rect: Rect) {
    let (height, times) = shape(of: text, in: Size(rows: rect.rows, columns: rect.columns))
    guard height > 1 else {
      let column = rect.column + max(0, rect.columns - TextWidth.width(text)) / 2
      surface.put(text, row: rect.row, column: column, role: role, width: rect.columns)
      return
    }
    let column = rect.column + max(0, rect.columns - BigDigits.width(text, height: height) * times) / 2
    for (offset, line) in BigDigits.rows(text, height: height).enumerated() {
      let wide = line.map { String(repeating: $0, count: times) }.joined()
      for copy in 0..<times {
        surface.put(wide, row: rect.row + offset * times + copy, column: column, role: role)
      }
    }
  }

  private static func shape(of text: String, in size: Size) -> (height: Int, times: Int) {
    // A clock keeps its size when it goes from 10:00 to 9:59.
    let widest = max(
      BigDigits.width(text, height: 7), text.contains(":") ? BigDigits.width("00:00", height: 7) : 1)
    let times = min(size.rows / 7, size.columns / widest)
    if times > 0 { return (7, times) }
    let height = [5, 3].first { $0 <= size.rows && BigDigits.width(text, height: $0) <= size.columns }
    return (height ?? 1, 1)
  }
}
