import Conference
import Ground
import Screen

/// The tables: who sits there, how many contributions came, who asks for help.
struct TablesPane: Sendable, Equatable {
  /// The chosen table's place in the plan.
  var selected = 0

  /// The digits typed last, and when: a second one soon after makes a number of two digits.
  private var typed = ""
  private var typedAt = Moment(milliseconds: 0)

  /// Takes a digit in and returns the table's number that is meant, or nil.
  mutating func type(_ digit: Character, at now: Moment) -> Int? {
    typed = now - typedAt <= .seconds(2) ? typed + String(digit) : String(digit)
    typedAt = now
    return Int(typed)
  }

  /// Forgets the digits typed before, so that the next one begins a number.
  mutating func forgetDigits() { typed = "" }

  mutating func move(by step: Int, in session: Session) {
    guard !session.tables.isEmpty else { return }
    selected = (selected + step + session.tables.count) % session.tables.count
  }

  /// Returns the chosen table's number, or nil where there are no tables.
  func number(in session: Session) -> Int? {
    session.tables.indices.contains(selected) ? session.tables[selected].number : nil
  }

  // MARK: - Drawing

  /// The columns of a tile: the number, the chairs, the contributions and the state in words.
  private static let tileColumns = 24
  /// The columns of a tile where there are so many tables that the state is a sign only.
  private static let smallTileColumns = 13

  /// Returns the rows that it wants beside so much room: a row for each table where that leaves room for
  /// the news, else as few as its tiles take.
  static func wantedRows(tables: Int, in rect: Rect) -> Int {
    if tables + 7 <= rect.rows { return min(tables + 4, rect.rows - 5) }
    let inner = max(1, rect.columns - 2)
    for columns in [tileColumns, smallTileColumns] {
      let tiles = max(1, inner / columns)
      let rows = (tables + tiles - 1) / tiles + 2
      if rows <= rect.rows * 2 / 3 { return max(3, rows) }
    }
    return rect.rows * 2 / 3
  }

  func draw(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    let isFocused = scene.focus == .tables
    let round = scene.session.shownSeating?.round
    let inner = rect.inset()
    let count = scene.session.tables.count
    // A tile has no room for the words behind its numbers: the title tells what they are.
    let legend = inner.rows >= count ? "" : " · \(scene.text(Texts.tileLegend))"
    surface.box(
      rect, title: scene.text(round.map { Texts.tables(round: $0) } ?? Texts.tablesNotDrawn) + legend,
      role: isFocused ? .borderFocus : .border)
    guard count > 0 else {
      if isFocused { surface.cursor = (inner.row, inner.column) }
      surface.put(
        scene.text(Texts.noTables), row: inner.row, column: inner.column, role: .dim,
        width: inner.columns)
      return
    }
    guard inner.rows >= count else { return drawTiles(on: &surface, in: inner, scene) }
    // The list takes what it needs; the chosen table's people stand below it in what is left.
    let rows = inner.splitRows([count, nil])
    for index in 0..<count {
      drawTable(
        index, on: &surface,
        Rect(row: inner.row + index, column: inner.column, rows: 1, columns: inner.columns),
        scene)
    }
    if isFocused { surface.cursor = (inner.row + selected, inner.column) }
    drawPeople(on: &surface, rows[1], scene)
  }

  private func drawTiles(on surface: inout Surface, in inner: Rect, _ scene: Model.Scene) {
    let count = scene.session.tables.count
    func rows(_ columns: Int) -> Int {
      (count + max(1, inner.columns / columns) - 1) / max(1, inner.columns / columns)
    }
    let isSmall = rows(Self.tileColumns) > inner.rows
    let columns = isSmall ? Self.smallTileColumns : Self.tileColumns
    let across = max(1, inner.columns / columns)
    let first = Scroll.first(selected: selected / across, count: rows(columns), rows: inner.rows)
    for index in (first * across)..<max(first * across, min(count, (first + inner.rows) * across)) {
      let place = Rect(
        row: inner.row + index / across - first, column: inner.column + index % across * columns, rows: 1,
        columns: min(columns, inner.columns) - 1)
      drawTile(index, isSmall: isSmall, on: &surface, place, scene)
    }
  }

  private func drawTile(
    _ index: Int, isSmall: Bool, on surface: inout Surface, _ rect: Rect, _ scene: Model.Scene
  ) {
    let table = scene.session.tables[index]
    scene.mark(rect, .row(.tables, index))
    let state = scene.activity.state(of: table.number)
    let isSelected = index == selected
    let role: Role = isSelected && scene.focus == .tables ? .selected : .text
    surface.fill(rect, role: role)
    let people = scene.session.shownSeating?.seating.tables[table.number]?.count ?? 0
    let count = scene.activity.count(of: table.number)
    let sign = scene.text(state.phrase)
    let start = "\(isSelected ? "›" : " ")\(table.number)"
    let facts = isSmall ? " \(count)" : " \(people)/\(table.seats) \(count)"
    var column = rect.column
    column += surface.put(
      TextWidth.pad(start, to: 3), row: rect.row, column: column, role: role == .selected ? role : .strong)
    column += surface.put(
      TextWidth.pad(facts, to: isSmall ? 5 : 9), row: rect.row, column: column, role: role)
    surface.put(
      isSmall ? String(sign.prefix(1)) : sign, row: rect.row, column: column,
      role: role == .selected ? role : state.role, width: max(0, rect.column + rect.columns - column))
    if isSelected, scene.focus == .tables { surface.cursor = (rect.row, rect.column) }
  }

  private func drawTable(
    _ index: Int, on surface: inout Surface, _ rect: Rect, _ scene: Model.Scene
  ) {
    let table = scene.session.tables[index]
    scene.mark(rect, .row(.tables, index))
    let people = scene.session.shownSeating?.seating.tables[table.number] ?? []
    let role: Role = index == selected && scene.focus == .tables ? .selected : .text
    surface.fill(rect, role: role == .selected ? .selected : .text)
    let marker = index == selected ? "›" : " "
    let state = scene.activity.state(of: table.number)
    var column = rect.column
    func put(_ text: String, _ plain: Role, columns: Int) {
      surface.put(
        TextWidth.clip(text, to: columns - 1), row: rect.row, column: column,
        role: role == .selected ? role : plain)
      column += columns
    }
    put("\(marker)\(table.number)", .strong, columns: 4)
    put("\(people.count)/\(table.seats)", .text, columns: 6)
    put(scene.text(Texts.contributionCount(scene.activity.count(of: table.number))), .text, columns: 14)
    put(scene.text(state.phrase), state.role, columns: 12)
    let mix = groups(of: people, scene.session).map { "\($0.count) \($0.name)" }.joined(separator: ", ")
    surface.put(
      [table.name, mix].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ": "),
      row: rect.row, column: column, role: role == .selected ? role : .dim,
      width: max(0, rect.column + rect.columns - column))
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

  private func groups(of people: [String], _ session: Session) -> [(name: String, count: Int)] {
    let names = people.compactMap { session.participant($0)?.group }
    let counts = Dictionary(grouping: names, by: { $0 }).mapValues(\.count)
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }
}
