import Conference
import Ground
import Screen

// The page of who sits where: all tables at a glance, and the chosen one in full.

extension SeatingPane {
  /// The columns that a table takes where several stand side by side.
  private static let tileColumns = 38

  func draw(on surface: inout Surface, in rect: Rect, chosen: Int, _ scene: Model.Scene) {
    guard let sheet, !sheet.mixes.isEmpty else { return drawNothing(on: &surface, in: rect, scene) }
    let table = scene.session.tables.indices.contains(chosen) ? scene.session.tables[chosen].number : nil
    // On a small screen what the arrows move through fills the page.
    if rect.columns < 60 || rect.rows < 14 {
      return part == .tables
        ? drawTables(on: &surface, in: rect, sheet, chosen, scene)
        : drawDetail(on: &surface, in: rect, sheet, table, scene)
    }
    let places =
      rect.columns >= 110
      ? rect.splitColumns([max(48, rect.columns * 2 / 5), nil])
      : rect.splitRows([wantedRows(sheet, table, in: rect, scene), nil])
    drawTables(on: &surface, in: places[0], sheet, chosen, scene)
    drawDetail(on: &surface, in: places[1], sheet, table, scene)
  }

  /// As many rows as the tables take, but leaving the people of the chosen one theirs.
  private func wantedRows(_ sheet: SeatingSheet, _ table: Int?, in rect: Rect, _ scene: Model.Scene) -> Int {
    let across = max(1, (rect.columns - 2) / Self.tileColumns)
    let tables = (sheet.mixes.count + across - 1) / across
    let legend = self.legend(sheet, columns: rect.columns - 2, scene).count
    let people = max(4, rows(of: table, in: scene.session).count)
    let cost = drawnRound(in: scene.session).flatMap { scene.session.seatings[$0] }.flatMap(Words.cost)
    return max(
      5, min(tables + legend + (cost == nil ? 2 : 3), rect.rows - min(people + 5, rect.rows * 2 / 3)))
  }

  private func drawNothing(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    let round = round(in: scene.session)
    surface.box(rect, title: scene.text(Words.title(round, of: scene.session.rounds)), role: .borderFocus)
    let inner = rect.inset()
    let text =
      scene.session.tables.isEmpty
      ? Texts.noTables : scene.session.rounds == 0 ? Words.noRounds : Words.notDrawn(round)
    for (offset, line) in TextWidth.wrap(scene.text(text), columns: inner.columns).prefix(inner.rows)
      .enumerated()
    {
      surface.put(line, row: inner.row + offset, column: inner.column, role: .text)
    }
    surface.cursor = (inner.row, inner.column)
  }

  // MARK: - All tables

  func drawTables(
    on surface: inout Surface, in rect: Rect, _ sheet: SeatingSheet, _ chosen: Int, _ scene: Model.Scene
  ) {
    let title =
      scene.text(Words.title(sheet.round, of: scene.session.rounds)) + " · "
      + scene.text(Words.wellMixed(sheet.wellMixed, of: sheet.mixes.count { !$0.people.isEmpty }))
    surface.box(rect, title: title, role: part == .tables ? .borderFocus : .border)
    let inner = rect.inset()
    let legend = legend(sheet, columns: inner.columns, scene)
    let cost = drawnRound(in: scene.session).flatMap { scene.session.seatings[$0] }.flatMap(Words.cost)
    let parts = inner.splitRows([
      max(1, inner.rows - legend.count - (cost == nil ? 0 : 1)), legend.count, nil,
    ])
    drawLegend(legend, on: &surface, in: parts[1])
    if let cost {
      surface.put(
        scene.text(cost), row: parts[2].row, column: inner.column, role: .dim,
        width: parts[2].rows > 0 ? inner.columns : 0)
    }
    let (place, count) = (parts[0], sheet.mixes.count)
    let across = count <= place.rows ? 1 : max(1, place.columns / Self.tileColumns)
    // Column after column, as a list of names is read; with several a page at a time.
    let screenful = place.rows * across
    let first =
      across == 1
      ? Scroll.first(selected: chosen, count: count, rows: place.rows) : chosen / screenful * screenful
    let columns = place.columns / across
    let glyphs = min(12, sheet.mixes.map { max($0.people.count + $0.noShows.count, 4) }.max() ?? 8)
    for index in first..<min(count, first + screenful) {
      let tile = Rect(
        row: place.row + (index - first) % place.rows,
        column: place.column + (index - first) / place.rows * columns, rows: 1,
        columns: columns - (across > 1 ? 1 : 0))
      scene.mark(tile, .row(.seating, index))
      drawTable(sheet, index, isChosen: index == chosen, glyphs: glyphs, on: &surface, tile, scene)
    }
  }

  private func drawTable(
    _ sheet: SeatingSheet, _ index: Int, isChosen: Bool, glyphs: Int, on surface: inout Surface,
    _ rect: Rect, _ scene: Model.Scene
  ) {
    let mix = sheet.mixes[index]
    let isSelected = isChosen && part == .tables
    if isSelected {
      surface.fill(rect, role: .selected)
      surface.cursor = (rect.row, rect.column)
    }
    let end = rect.column + rect.columns
    var column = rect.column
    func put(_ text: String, _ role: Role, width: Int) {
      surface.put(
        text, row: rect.row, column: column, role: isSelected ? .selected : role,
        width: max(0, min(width, end - column)))
      column += width
    }
    let digits = max(2, String(sheet.mixes.last?.table ?? 0).count)
    put((isChosen ? "›" : " ") + String(mix.table), .strong, width: digits + 2)
    put("\(mix.people.count)/\(sheet.chairs[index])", .text, width: 6)
    for (place, glyph) in self.glyphs(sheet, mix, chairs: sheet.chairs[index], scene).prefix(glyphs)
      .enumerated()
    {
      surface.put(
        glyph.text, row: rect.row, column: column + place, role: isSelected ? .selected : glyph.role,
        width: max(0, end - column - place))
    }
    column += glyphs + 1
    let mood: Role = mix.people.isEmpty ? .dim : mix.isWellMixed ? .ok : .warning
    put((mix.isWellMixed ? "" : "! ") + scene.text(mix.phrase), mood, width: end - column)
  }

  /// One glyph for each person by group, each who stayed away, and each free chair.
  private func glyphs(
    _ sheet: SeatingSheet, _ mix: TableMix, chairs: Int, _ scene: Model.Scene
  ) -> [(text: String, role: Role)] {
    let people = sheet.sorted(mix.people, in: scene.session).map { id in
      sheet.group(of: scene.session.participant(id)).map { ($0.letter, $0.role) } ?? ("?", Role.dim)
    }
    let away = min(mix.noShows.count, max(0, chairs - people.count))
    let free = max(0, chairs - people.count - away)
    return people + Array(repeating: ("×", .warning), count: away)
      + Array(repeating: ("_", .dim), count: free)
  }

  /// The letters with their groups, as rows of a width; at most four rows.
  private func legend(
    _ sheet: SeatingSheet, columns: Int, _ scene: Model.Scene
  ) -> [[(sign: String, role: Role, word: String)]] {
    let signs: [(sign: String, role: Role, word: String)] =
      sheet.groups.map { ($0.letter, $0.role, $0.name) }
      + [("×", .warning, scene.text(Words.away)), ("_", .dim, scene.text(Words.free))]
    var lines: [[(sign: String, role: Role, word: String)]] = [[]]
    var used = 0
    for sign in signs {
      let width = TextWidth.width(sign.word) + 4
      if used + width > columns, used > 0 {
        lines.append([])
        used = 0
      }
      lines[lines.count - 1].append(sign)
      used += width
    }
    return Array(lines.prefix(4))
  }

  private func drawLegend(
    _ lines: [[(sign: String, role: Role, word: String)]], on surface: inout Surface, in rect: Rect
  ) {
    for (offset, line) in lines.prefix(rect.rows).enumerated() {
      var column = rect.column
      for sign in line {
        let room = rect.column + rect.columns - column
        surface.put(sign.sign, row: rect.row + offset, column: column, role: sign.role, width: room)
        let word = surface.put(
          sign.word, row: rect.row + offset, column: column + 2, role: .dim, width: room - 2)
        column += word + 4
      }
    }
  }
}
