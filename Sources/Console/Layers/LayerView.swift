import Ground
import Screen

extension Model {
  func draw(_ layer: Layer, on surface: inout Surface, _ scene: Scene) {
    switch layer {
    case .help(let scroll): drawHelp(on: &surface, scroll: scroll)
    case .card(let card): draw(card, on: &surface)
    case .question(let question): draw(question, on: &surface, scene)
    case .prompt(let prompt):
      let lines = [prompt.title[language]] + (prompt.complaint.map { [$0[language]] } ?? [])
      let place = drawPopup(lines, footer: Texts.fillIn, extraRows: prompt.rows, on: &surface)
      prompt.editor.draw(
        on: &surface,
        in: Rect(
          row: place.row + place.rows - 1 - prompt.rows, column: place.column + 2, rows: prompt.rows,
          columns: place.columns - 4))
    case .menu(let menu): draw(menu, on: &surface, scene)
    }
  }

  private func draw(_ question: Question, on surface: inout Surface, _ scene: Scene) {
    let place = drawPopup([question.text[language]], footer: Texts.yesNo, on: &surface)
    // The footer's words can be pressed: yes stands before no.
    let footer = Rect(row: place.row + place.rows - 1, column: place.column, rows: 1, columns: place.columns)
    let halves = footer.splitColumns([2 + TextWidth.width(Texts.yesNo[language]) / 3, nil])
    scene.mark(halves[0], .answer(true))
    scene.mark(halves[1], .answer(false))
  }

  private func draw(_ card: Card, on surface: inout Surface) {
    let columns = min(size.columns - 2, 76)
    var lines = card.paragraphs.flatMap { $0.isEmpty ? [""] : TextWidth.wrap($0, columns: columns - 4) }
    if let square = card.square {
      if square.size.rows + lines.count + 2 <= size.rows, square.size.columns + 2 <= columns {
        return draw(card, square, lines, columns: columns, on: &surface)
      }
      lines = TextWidth.wrap(Texts.squareTooLarge(square.size)[language], columns: columns - 4) + [""] + lines
    }
    let rows = min(size.rows - 2, lines.count + 2)
    let place = popupPlace(rows: rows, columns: columns)
    surface.fill(place, role: .popup)
    surface.box(place, title: card.title[language], role: .borderFocus)
    let first = max(0, min(card.scroll, lines.count - (rows - 2)))
    for (offset, line) in lines.dropFirst(first).prefix(rows - 2).enumerated() {
      surface.put(line, row: place.row + 1 + offset, column: place.column + 2, role: .popup)
    }
    let footer = card.footer ?? (lines.count > rows - 2 ? Texts.anyKey : Texts.closeCard)
    surface.put(
      " \(footer[language]) ", row: place.row + rows - 1, column: place.column + 2, role: .hint,
      width: columns - 4)
    surface.cursor = (place.row + 1, place.column + 2)
  }

  private func draw(
    _ card: Card, _ square: DotSquare, _ lines: [String], columns: Int, on surface: inout Surface
  ) {
    let place = popupPlace(rows: square.size.rows + lines.count + 2, columns: columns)
    surface.fill(place, role: .popup)
    surface.box(place, title: card.title[language], role: .borderFocus)
    let left = place.column + (columns - square.size.columns) / 2
    for (offset, line) in square.lines.enumerated() {
      for (column, cell) in line.enumerated() {
        surface.put(
          String(cell.sign), row: place.row + 1 + offset, column: left + column,
          role: cell.isDark ? .dotsDark : .dots)
      }
    }
    for (offset, line) in lines.enumerated() {
      let column = place.column + (columns - TextWidth.width(line)) / 2
      surface.put(line, row: place.row + 1 + square.size.rows + offset, column: column, role: .popup)
    }
    surface.put(
      " \((card.footer ?? Texts.closeCard)[language]) ", row: place.row + place.rows - 1,
      column: place.column + 2, role: .hint, width: columns - 4)
    surface.cursor = (place.row + 1 + square.size.rows, place.column + 2)
  }

  private func draw(_ menu: Menu, on surface: inout Surface, _ scene: Scene) {
    let columns = min(size.columns - 2, 76)
    let matches = menu.matches
    // Counted once: the menu would look through all entries again for every row.
    let count = matches.count + (menu.newText == nil ? 0 : 1)
    // As high as all entries, so that the box stands still while one types.
    let wanted = menu.source == nil ? menu.entries.count + (menu.takesText ? 1 : 0) : size.rows
    let rows = max(5, min(size.rows - 2, wanted + 4, 30))
    let place = popupPlace(rows: rows, columns: columns)
    surface.fill(place, role: .popup)
    surface.box(place, title: menu.title[language], role: .borderFocus)
    let field = Rect(row: place.row + 1, column: place.column + 2, rows: 1, columns: columns - 4)
    let listRows = rows - 3
    let selected = max(0, min(count - 1, menu.selected))
    let first = Scroll.first(selected: selected, count: count, rows: listRows)
    for offset in 0..<listRows where first + offset < count {
      let row = Rect(row: place.row + 2 + offset, column: place.column + 1, rows: 1, columns: columns - 2)
      scene.mark(row, .entry(first + offset))
      draw(menu, matches, first + offset, isSelected: first + offset == selected, on: &surface, row)
    }
    if count == 0 {
      surface.put(
        Texts.noMatch[language], row: place.row + 2, column: place.column + 2, role: .dim, width: columns - 4)
    }
    let remove = menu.remove.map { "   Del = " + $0.words[language] } ?? ""
    surface.put(
      " \(Texts.chooseEntry[language] + remove) ", row: place.row + rows - 1, column: place.column + 2,
      role: .hint,
      width: columns - 4)
    menu.query.draw(on: &surface, in: field)
  }

  private func draw(
    _ menu: Menu, _ matches: [Menu.Entry], _ index: Int, isSelected: Bool, on surface: inout Surface,
    _ row: Rect
  ) {
    let entry =
      matches.indices.contains(index)
      ? matches[index] : Menu.Entry(id: "", text: Texts.newEntry(menu.newText ?? "")[language])
    let role: Role = isSelected ? .selected : entry.whyNot == nil ? .popup : .dim
    surface.fill(row, role: role)
    let detail = entry.detail
    let width = TextWidth.width(detail)
    let why = entry.whyNot.map { " — \($0[language])" } ?? ""
    surface.put(
      (isSelected ? "›" : " ") + entry.text + why, row: row.row, column: row.column, role: role,
      width: max(0, row.columns - width - 2))
    surface.put(
      detail, row: row.row, column: row.column + row.columns - width - 1, role: isSelected ? role : .key)
  }

  private func popupPlace(rows: Int, columns: Int) -> Rect {
    Rect(row: (size.rows - rows) / 2, column: (size.columns - columns) / 2, rows: rows, columns: columns)
  }

  /// Draws a question in the middle of the screen and returns its place.
  private func drawPopup(
    _ paragraphs: [String], footer: Phrase, extraRows: Int = 0, on surface: inout Surface
  ) -> Rect {
    let columns = min(size.columns - 2, 70)
    let lines = paragraphs.flatMap { TextWidth.wrap($0, columns: columns - 4) }
    let rows = min(size.rows, lines.count + 3 + extraRows)
    let place = popupPlace(rows: rows, columns: columns)
    surface.fill(place, role: .popup)
    surface.box(place, role: .borderFocus)
    for (offset, line) in lines.prefix(rows - 2 - extraRows).enumerated() {
      surface.put(line, row: place.row + 1 + offset, column: place.column + 2, role: .popup)
    }
    surface.put(
      " \(footer[language]) ", row: place.row + rows - 1, column: place.column + 2, role: .hint,
      width: columns - 4)
    surface.cursor = (place.row + 1, place.column + 2)
    return place
  }

  private func drawHelp(on surface: inout Surface, scroll: Int) {
    let place = Rect(row: 0, column: 0, rows: size.rows, columns: size.columns).inset(
      size.columns >= 100 ? 2 : 0)
    surface.fill(place, role: .popup)
    surface.box(place, title: Texts.help[language], role: .borderFocus)
    let inner = place.inset()
    let lines = helpLines(columns: inner.columns)
    let first = max(0, min(scroll, lines.count - inner.rows))
    for (offset, line) in lines.dropFirst(first).prefix(inner.rows).enumerated() {
      surface.put(
        line.text, row: inner.row + offset, column: inner.column + 1, role: line.role,
        width: inner.columns - 1)
    }
    surface.put(
      " \(Texts.anyKey[language]) ", row: place.row + place.rows - 1, column: place.column + 2,
      role: .hint)
    surface.cursor = (inner.row, inner.column)
  }

  private func helpLines(columns: Int) -> [(text: String, role: Role)] {
    var lines: [(String, Role)] = []
    let available = ConsoleCommand.available(in: self)
    for place in ConsoleCommand.Place.allCases {
      let commands = available.filter { $0.place == place }
      guard !commands.isEmpty else { continue }
      lines.append((place.title[language], .title))
      for command in commands {
        let keys = command.keyNames(in: language)
        let why = command.whyNot(self).map { " — \($0[language])" } ?? ""
        let text = TextWidth.wrap(command.help[language] + why, columns: max(10, columns - 17))
        for (number, line) in text.enumerated() {
          let first = number == 0 ? TextWidth.pad(keys, to: 14) : TextWidth.pad("", to: 14)
          lines.append(("  \(first)\(line)", why.isEmpty ? .popup : .dim))
        }
      }
    }
    return lines
  }
}
