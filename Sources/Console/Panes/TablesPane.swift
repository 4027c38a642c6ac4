import Conference
import Ground
import Screen

/// The tables: who sits there, how many contributions came, who asks for help.
struct TablesPane: Sendable, Equatable {
  /// The chosen table's place in the plan.
  var selected = 0

  mutating func move(by step: Int, in session: Session) {
    guard !session.tables.isEmpty else { return }
    selected = (selected + step + session.tables.count) % session.tables.count
  }

  /// Returns the chosen table's number, or nil where there are no tables.
  func number(in session: Session) -> Int? {
    session.tables.indices.contains(selected) ? session.tables[selected].number : nil
  }

  func draw(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    let isFocused = scene.focus == .tables
    let round = scene.session.shownSeating?.round
    surface.box(
      rect, title: scene.text(round.map { Texts.tables(round: $0) } ?? Texts.tablesNotDrawn),
      role: isFocused ? .borderFocus : .border)
    let inner = rect.inset()
    guard !scene.session.tables.isEmpty else {
      surface.put(
        scene.text(Texts.noTables), row: inner.row, column: inner.column, role: .dim,
        width: inner.columns)
      return
    }
    guard inner.rows >= scene.session.tables.count else {
      return drawGrid(on: &surface, in: inner, scene)
    }
    // The list takes what it needs; the chosen table's people stand below it in what is left.
    let listRows = scene.session.tables.count
    let counts = contributionCounts(scene.session)
    for index in 0..<listRows {
      let place = Rect(row: inner.row + index, column: inner.column, rows: 1, columns: inner.columns)
      drawTable(index, counts, on: &surface, place, scene)
    }
    if isFocused { surface.cursor = (inner.row + selected, inner.column) }
    drawPeople(
      on: &surface,
      Rect(
        row: inner.row + listRows, column: inner.column, rows: inner.rows - listRows,
        columns: inner.columns), scene)
  }

  /// More tables than rows: a grid of numbers, people and contributions.
  private func drawGrid(on surface: inout Surface, in inner: Rect, _ scene: Model.Scene) {
    let session = scene.session
    let counts = contributionCounts(session)
    let columns = max(1, inner.columns / 16)
    let rows = (session.tables.count + columns - 1) / columns
    let first = Scroll.first(selected: selected / columns, count: rows, rows: inner.rows)
    for (index, table) in session.tables.enumerated() {
      let row = index / columns - first
      guard (0..<inner.rows).contains(row) else { continue }
      let place = (row: inner.row + row, column: inner.column + index % columns * 16)
      let people = session.shownSeating?.seating.tables[table.number]?.count ?? 0
      let asksHelp = session.help[table.number] != nil
      let isSelected = index == selected
      let text =
        "\(isSelected ? "›" : " ")\(table.number) \(people)/\(table.seats) ✎\(counts[table.number] ?? 0)"
        + (asksHelp ? " !" : "")
      surface.put(
        text, row: place.row, column: place.column,
        role: isSelected && scene.focus == .tables ? .selected : asksHelp ? .alarm : .text, width: 15)
      if isSelected, scene.focus == .tables { surface.cursor = place }
    }
  }

  private func drawTable(
    _ index: Int, _ counts: [Int: Int], on surface: inout Surface, _ rect: Rect, _ scene: Model.Scene
  ) {
    let table = scene.session.tables[index]
    let people = scene.session.shownSeating?.seating.tables[table.number] ?? []
    let role: Role = index == selected && scene.focus == .tables ? .selected : .text
    surface.fill(rect, role: role == .selected ? .selected : .text)
    let marker = index == selected ? "›" : " "
    let count = counts[table.number] ?? 0
    var column = rect.column
    let number = TextWidth.pad("\(marker)\(table.number)", to: 4)
    column += surface.put(number, row: rect.row, column: column, role: role == .selected ? role : .strong)
    column += surface.put(
      TextWidth.pad("\(people.count)/\(table.seats)", to: 6), row: rect.row, column: column, role: role)
    column += surface.put(
      TextWidth.pad(scene.text(Texts.contributionCount(count)), to: 15), row: rect.row, column: column,
      role: role)
    let silent = scene.silence(of: table.number)
    let help =
      scene.session.help[table.number] != nil
      ? scene.text(Texts.helpSign) : silent.map { scene.text(Texts.silent($0)) } ?? ""
    let room = rect.column + rect.columns - column - (help.isEmpty ? 0 : help.count + 1)
    let mix = groups(of: people, scene.session).map { "\($0.count) \($0.name)" }.joined(separator: ", ")
    surface.put(
      [table.name, mix].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ": "),
      row: rect.row, column: column, role: role == .selected ? role : .dim, width: max(0, room))
    surface.put(
      help, row: rect.row, column: rect.column + rect.columns - help.count,
      role: role == .selected ? role : scene.session.help[table.number] == nil ? .warning : .alarm)
  }

  private func drawPeople(on surface: inout Surface, _ rect: Rect, _ scene: Model.Scene) {
    guard rect.rows > 0, let number = number(in: scene.session),
      let people = scene.session.shownSeating?.seating.tables[number]
    else { return }
    let names = people.compactMap { id -> String? in
      guard let person = scene.session.participant(id) else { return nil }
      let absent = scene.session.presence(of: id) == .absent ? " (\(scene.text(Texts.absent)))" : ""
      return person.name + (person.group.map { " [\($0)]" } ?? "") + absent
    }
    let text = scene.text(Texts.table(number)) + ": " + names.joined(separator: ", ")
    for (offset, line) in TextWidth.wrap(text, columns: rect.columns).prefix(rect.rows).enumerated() {
      surface.put(line, row: rect.row + offset, column: rect.column, role: .text, width: rect.columns)
    }
  }

  /// How many contributions each table has brought in, withdrawn ones left out.
  private func contributionCounts(_ session: Session) -> [Int: Int] {
    session.contributions.reduce(into: [:]) { counts, contribution in
      if let table = contribution.table, !contribution.isWithdrawn { counts[table, default: 0] += 1 }
    }
  }

  private func groups(of people: [String], _ session: Session) -> [(name: String, count: Int)] {
    let names = people.compactMap { session.participant($0)?.group }
    let counts = Dictionary(grouping: names, by: { $0 }).mapValues(\.count)
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }
}

extension Model.Scene {
  /// After how many minutes without a contribution a table counts as silent.
  private static var patience: Interval { .minutes(5) }

  /// Returns for how many minutes a table has brought nothing in, or nil where it is not silent.
  func silence(of table: Int) -> Int? {
    guard session.currentItem?.phase == .breakout, session.flow.pausedSince == nil,
      let start = session.flow.visits.last?.started
    else { return nil }
    let last = session.contributions.last { $0.table == table }?.at ?? start
    let silence = clock.now - max(last, start)
    return silence >= Model.Scene.patience ? Int(silence / .minutes(1)) : nil
  }
}
