import Conference
import Ground
import Screen

/// The whole series: everybody's table in each round, and whom one met, meets and never meets.
struct MeetingsPane: Sendable {
  /// The part of a name that was typed.
  private(set) var query = ""
  /// The place of the column by which the rows are sorted: the list itself, each round, the number met.
  private(set) var column = 0
  /// The chosen row.
  private var selected = 0
  /// The ids of those in sight, sorted.
  private(set) var rows: [String] = []
  private(set) var reading: MeetingReading?
  private var groups: [SeatGroup] = []
  /// What all was read from, and the place of the record's line up to which it is known to hold.
  private var source: Source?
  private var seq = -1

  /// All that the page is read from.
  private struct Source: Equatable, Sendable {
    var seatings: [Int: RoundSeating]
    var people: [Participant]
    var presence: [String: Presence]
    var held: [Int]
    var rules: MixingRules?
  }

  /// The id of the chosen person, or nil.
  var chosen: String? { rows.indices.contains(selected) ? rows[selected] : nil }

  /// Reads the tables anew where they changed.
  mutating func follow(_ session: Session) {
    guard seq != session.lastSeq || reading == nil else { return }
    seq = session.lastSeq
    let new = Source(
      seatings: session.seatings, people: session.participants, presence: session.presence,
      held: session.heldRounds, rules: session.plan?.mixing)
    guard new != source else { return }
    source = new
    reading = MeetingReading(session)
    groups = SeatGroup.all(of: session.participants)
    sort(session)
  }

  mutating func type(_ key: Key, in session: Session) {
    switch key {
    case .character(let character): query.append(character)
    case .backspace: _ = query.popLast()
    default: return
    }
    sort(session)
  }

  mutating func clear(in session: Session) {
    query = ""
    sort(session)
  }

  mutating func move(by step: Int) { selected = max(0, min(rows.count - 1, selected + step)) }
  mutating func choose(row: Int) { selected = row }

  mutating func moveColumn(_ step: Int, in session: Session) {
    let columns = (reading?.rounds.count ?? 0) + 2
    column = (column + step + columns) % columns
    sort(session)
  }

  /// Finds and sorts the rows; whoever was chosen stays so.
  private mutating func sort(_ session: Session) {
    guard let reading else { return }
    let chosen = chosen
    let words = SearchText.words(query)
    rows = reading.people.filter { id in
      words.isEmpty || SearchText(session.participant(id)?.name ?? id).holds(words)
    }
    if column > 0 {
      let round = column - 1
      // By table, and last by who meets the fewest: those to look after come first.
      let keys = rows.map { id -> Int in
        reading.rounds.indices.contains(round) ? reading.tables(of: id)[round] ?? .max : reading.count(of: id)
      }
      rows = zip(keys, rows).enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }
        .map(\.element.1)
    }
    selected = chosen.flatMap { rows.firstIndex(of: $0) } ?? 0
  }

  // MARK: - Drawing

  func draw(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    guard let reading else { return }
    let parts =
      rect.columns >= 110
      ? rect.splitColumns([max(56, rect.columns / 2), nil])
      : rect.splitRows([max(8, rect.rows * 3 / 5), nil])
    let title =
      scene.text(Words.title) + " · " + scene.text(query.isEmpty ? Texts.searchHint : Texts.search(query))
    surface.box(parts[0], title: title, role: .borderFocus)
    let inner = parts[0].inset()
    let words = TextWidth.wrap(
      scene.text(Words.room(reading)) + " " + scene.text(Words.again(reading.pairsAgain)),
      columns: inner.columns
    ).prefix(2)
    for (offset, line) in words.enumerated() {
      surface.put(line, row: inner.row + offset, column: inner.column, role: .text, width: inner.columns)
    }
    let list = inner.splitRows([words.count, 1, nil])
    drawHeading(on: &surface, in: list[1], reading, scene)
    surface.cursor = (list[1].row, list[1].column)
    let first = Scroll.first(selected: selected, count: rows.count, rows: list[2].rows)
    for offset in 0..<list[2].rows where rows.indices.contains(first + offset) {
      let row = Rect(row: list[2].row + offset, column: inner.column, rows: 1, columns: inner.columns)
      scene.mark(row, .row(.meetings, first + offset))
      drawRow(rows[first + offset], isChosen: first + offset == selected, on: &surface, row, reading, scene)
    }
    if rows.isEmpty {
      surface.put(scene.text(Texts.noMatch), row: list[2].row, column: inner.column, role: .dim)
    }
    drawPerson(on: &surface, in: parts[1], scene)
  }

  /// Where the columns stand: the name takes what the tables leave.
  private func columns(_ rect: Rect) -> (name: Int, rounds: Int) {
    let count = reading?.rounds.count ?? 0
    let rounds = min(count, max(1, (rect.columns - 30) / Self.tableColumns))
    return (max(12, rect.columns - rounds * Self.tableColumns - 10), rounds)
  }

  private static let tableColumns = 5

  private func drawHeading(
    on surface: inout Surface, in rect: Rect, _ reading: MeetingReading, _ scene: Model.Scene
  ) {
    let (name, rounds) = columns(rect)
    func put(_ text: String, _ place: Int, column: Int, width: Int) {
      surface.put(
        (self.column == place ? "↓" : "") + text, row: rect.row, column: rect.column + column,
        role: self.column == place ? .key : .dim, width: width)
    }
    put(scene.text(Words.name), 0, column: 2, width: name - 2)
    for place in 0..<rounds {
      put("R\(reading.rounds[place])", place + 1, column: name + place * Self.tableColumns, width: 5)
    }
    put(
      scene.text(Words.meets), reading.rounds.count + 1, column: name + rounds * Self.tableColumns, width: 10)
  }

  private func drawRow(
    _ id: String, isChosen: Bool, on surface: inout Surface, _ rect: Rect, _ reading: MeetingReading,
    _ scene: Model.Scene
  ) {
    let person = scene.session.participant(id)
    let plain: Role = isChosen ? .selected : .text
    if isChosen {
      surface.fill(rect, role: .selected)
      surface.cursor = (rect.row, rect.column)
    }
    let (name, rounds) = columns(rect)
    let group = groups.first { $0.name == person?.group }
    surface.put(isChosen ? "›" : " ", row: rect.row, column: rect.column, role: plain)
    surface.put(
      person?.name ?? id, row: rect.row, column: rect.column + 2, role: plain, width: max(1, name - 5))
    surface.put(
      group?.letter ?? "?", row: rect.row, column: rect.column + name - 2,
      role: isChosen ? plain : group?.role ?? .dim)
    let tables = reading.tables(of: id)
    for place in 0..<rounds {
      let isHeld = scene.session.reachedRound >= reading.rounds[place]
      surface.put(
        tables[place].map(String.init) ?? "–", row: rect.row,
        column: rect.column + name + place * Self.tableColumns,
        role: isChosen ? plain : isHeld ? .dim : .text, width: 4)
    }
    let count = reading.count(of: id)
    // More than one short of the mean: those to look after.
    let isLow = count * 10 < reading.meanTenths - 10
    surface.put(
      String(count), row: rect.row, column: rect.column + name + rounds * Self.tableColumns,
      role: isChosen ? plain : isLow ? .warning : .text, width: 5)
  }

  private func drawPerson(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    guard let chosen, rect.rows > 2 else { return }
    surface.box(rect, title: scene.session.participant(chosen)?.name.onOneLine ?? chosen, role: .border)
    let inner = rect.inset()
    let lines = story(of: chosen, in: scene.session, limit: 40, scene.language).flatMap {
      TextWidth.wrap($0, columns: inner.columns)
    }
    for (offset, line) in lines.prefix(inner.rows).enumerated() {
      surface.put(line, row: inner.row + offset, column: inner.column, role: .text, width: inner.columns)
    }
    guard lines.count > inner.rows else { return }
    surface.put(
      " \(scene.text(Words.readOn)) ", row: rect.row + rect.rows - 1, column: rect.column + 2, role: .hint,
      width: max(0, rect.columns - 4))
  }
}
