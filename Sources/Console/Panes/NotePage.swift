import Conference
import Ground
import Screen

/// The page of note-taking, from the question at the top to the field at the bottom.
struct NotePage {
  let note: NotePane
  let table: Int?
  let text: NoteText
  let scene: Model.Scene

  /// From so many columns on people and kinds stand in a column of their own at the right.
  private static let wideColumns = 140

  private var session: Session { scene.session }
  private var kinds: [Kind] { session.plan?.kinds ?? [] }

  func draw(on surface: inout Surface, in rect: Rect) {
    let isWide = rect.columns >= Self.wideColumns
    let columns = rect.splitColumns(isWide ? [nil, 48] : [nil], gap: 2)
    let main = columns[0]
    let question = TextWidth.wrap(questionText, columns: main.columns - 2)
    var heights = [
      min(question.count, main.rows >= 16 ? 3 : 1),
      isWide && table != nil ? 0 : main.rows >= 18 ? min(3, peopleRows(main.columns - 2, limit: 3).count) : 1,
      message == nil ? 0 : 1,
      1,
      0,
      2 + min(max(1, main.rows / 3), max(1, note.editor(table: table).rowCount(columns: main.columns - 2))),
      1,
      isWide || main.rows < 14 ? 0 : min(2, legendRows(main.columns - 2).count),
    ]
    // On a low screen what explains goes first, the field never.
    for part in [7, 2, 1, 3, 6] where heights.reduce(0, +) > main.rows { heights[part] = 0 }
    heights[4] = max(0, main.rows - heights.reduce(0, +))
    let rows = main.splitRows(heights.map { $0 })
    for (offset, line) in question.prefix(rows[0].rows).enumerated() {
      let isCut = offset == rows[0].rows - 1 && question.count > rows[0].rows
      surface.put(
        isCut ? line + " …" : line, row: rows[0].row + offset, column: main.column + 1, role: .strong,
        width: main.columns - 2)
    }
    let people = peopleRows(main.columns - 2, limit: rows[1].rows)
    for (offset, line) in people.enumerated() {
      surface.put(
        line, row: rows[1].row + offset, column: main.column + 1, role: .dim, width: main.columns - 2)
    }
    if let message, rows[2].rows > 0 {
      surface.put(message, row: rows[2].row, column: main.column + 1, role: .notice, width: main.columns - 2)
    }
    if rows[3].rows > 0 { drawRule(on: &surface, rows[3]) }
    NoteList(note: note, table: table, scene: scene).draw(on: &surface, in: rows[4])
    drawField(on: &surface, rows[5])
    if rows[6].rows > 0 {
      surface.put(hint, row: rows[6].row, column: main.column + 1, role: .hint, width: main.columns - 2)
    }
    for (offset, line) in legendRows(main.columns - 2).prefix(rows[7].rows).enumerated() {
      drawKinds(line, on: &surface, row: rows[7].row + offset, column: main.column + 1)
    }
    if isWide { drawSide(on: &surface, columns[1]) }
  }

  // MARK: - Above the field

  private var questionText: String {
    guard let item = session.currentItem else { return session.plan?.title ?? "" }
    return item.question ?? item.title
  }

  /// The people at the table, each with their group, and the absent ones marked.
  private var people: [String] {
    guard let table else { return [] }
    return (session.shownSeating?.seating.tables[table] ?? []).compactMap { id in
      guard let person = session.participant(id) else { return nil }
      let isAbsent = session.presence(of: id) == .absent
      let facts = [person.group, isAbsent ? scene.text(Texts.absent) : nil].compactMap { $0 }
      return (isAbsent ? "× " : "") + person.name
        + (facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))")
    }
  }

  /// Who sits here, in at most so many rows; the last one tells how many more there are.
  private func peopleRows(_ columns: Int, limit: Int) -> [String] {
    guard limit > 0 else { return [] }
    guard table != nil else { return [scene.text(Texts.plenaryPlace)] }
    let people = people
    guard !people.isEmpty else {
      return [scene.text(session.shownSeating == nil ? Texts.notSeated : Texts.nobodySits)]
    }
    var rows = [scene.text(Texts.atTable)]
    for (index, person) in people.enumerated() {
      let more = people.count - index - 1
      let isFirst = rows[rows.count - 1].isEmpty || index == 0
      let joined = rows[rows.count - 1] + (isFirst ? "" : " · ") + person
      let room = columns - (rows.count == limit && more > 0 ? " +\(more)".count : 0)
      if TextWidth.width(joined) <= room || index == 0 {
        rows[rows.count - 1] = joined
      } else if rows.count < limit {
        rows.append(person)
      } else {
        rows[rows.count - 1] += " +\(more + 1)"
        break
      }
    }
    return rows
  }

  /// The last message of the facilitator to this table, for ten minutes.
  private var message: String? {
    let here = session.messages.last { $0.tables.isEmpty || table.map($0.tables.contains) ?? false }
    guard let here, scene.clock.now - here.at < .minutes(10) else { return nil }
    return scene.text(Texts.messageAt(session.zone.clock(here.at), here.text.filter { !$0.isNewline }))
  }

  private func drawRule(on surface: inout Surface, _ rect: Rect) {
    surface.fill(rect, role: .border, text: "─")
    let count = scene.expected.contributions(ofTable: table).count { $0.stands }
    var column = rect.column + 2
    let place = table.map { scene.text(Texts.table($0)) } ?? scene.text(Phase.plenary.name)
    column += surface.put(" \(place) · ", row: rect.row, column: column, role: .title)
    column += surface.put(
      scene.text(Texts.lines(count)) + " ", row: rect.row, column: column, role: .hint,
      width: max(0, rect.columns - column))
    if let table, scene.expected.help[table] != nil {
      surface.put(" \(scene.text(Texts.callsForHelp)) ", row: rect.row, column: column, role: .alarm)
    }
  }

  // MARK: - The field

  private func drawField(on surface: inout Surface, _ rect: Rect) {
    let isChoosing = note.line != nil
    surface.box(
      rect, title: note.title(table, kind: text.kind, scene), role: isChoosing ? .border : .borderFocus,
      titleRole: .strong)
    if let (text, role) = note.stateText(scene) {
      surface.put(
        " \(text) ", row: rect.row + rect.rows - 1, column: rect.column + 2, role: role,
        width: max(0, rect.columns - 4))
    }
    let field = rect.inset()
    scene.mark(field, .noteField)
    let cursor = surface.cursor
    note.editor(table: table).draw(on: &surface, in: field)
    // Where a line is chosen the cursor stands there.
    if isChoosing { surface.cursor = cursor }
  }

  private var hint: String {
    if note.edit != nil { return scene.text(Texts.editingHint) }
    if note.line != nil { return scene.text(Texts.lineHint) }
    let kind = session.kind(text.kind)?.name ?? Phrase(same: text.kind)
    guard NoteText.takesOwner(text.kind) else { return scene.text(Texts.enterKeeps(kind)) }
    return scene.text(
      Texts.enterKeeps(kind, owner: text.owner, due: text.due, strange: text.strangeDate))
  }

  // MARK: - The kinds

  private func legendRows(_ columns: Int) -> [[Kind]] {
    var rows: [[Kind]] = [[]]
    var used = 0
    for kind in kinds where kind.key != nil {
      let width = TextWidth.width(scene.text(kind.name)) + 4
      if used + width > columns, used > 0 {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append(kind)
      used += width
    }
    return rows
  }

  private func drawKinds(_ kinds: [Kind], on surface: inout Surface, row: Int, column: Int) {
    var column = column
    for kind in kinds {
      let isChosen = kind.id == text.kind
      column += surface.put(
        (isChosen ? "›" : " ") + String(kind.key ?? " ") + ":", row: row, column: column, role: .key)
      column +=
        surface.put(scene.text(kind.name), row: row, column: column, role: isChosen ? .strong : .hint) + 1
    }
  }

  // MARK: - At the side

  /// On a wide screen there is room to tell it all: who sits here, the kinds, the keys.
  private func drawSide(on surface: inout Surface, _ rect: Rect) {
    var row = rect.row
    func put(_ text: String, _ role: Role, indent: Int = 0) {
      for line in TextWidth.wrap(text, columns: rect.columns - indent - 1) where row < rect.row + rect.rows {
        surface.put(line, row: row, column: rect.column + indent, role: role, width: rect.columns - indent)
        row += 1
      }
    }
    if let table {
      put(scene.text(Texts.table(table)), .title)
      let people = people
      if people.isEmpty { peopleRows(rect.columns, limit: 1).forEach { put($0, .dim, indent: 1) } }
      for person in people { put(person, .text, indent: 1) }
      row += 1
    }
    put(scene.text(Texts.kinds), .title)
    for kind in kinds where kind.key != nil && row < rect.row + rect.rows {
      drawKinds([kind], on: &surface, row: row, column: rect.column)
      row += 1
    }
    row += 1
    put(scene.text(Texts.keys), .title)
    let commands = (note.line == nil ? ConsoleCommand.notes : ConsoleCommand.noteLines)
      .filter { $0.place != .live && (scene.station.table == nil || $0.isOfATable) }
    let names = commands.map { $0.keyNames(in: scene.language) }
    let width = min(20, names.map { TextWidth.width($0) }.max() ?? 0)
    for (command, name) in zip(commands, names) {
      guard row < rect.row + rect.rows else { return }
      surface.put(name, row: row, column: rect.column + 1, role: .key, width: width)
      put(scene.text(command.help), .hint, indent: width + 2)
    }
  }
}

extension NotePane {
  func draw(
    on surface: inout Surface, in rect: Rect, table: Int?, text: NoteText, _ scene: Model.Scene
  ) {
    NotePage(note: self, table: table, text: text, scene: scene).draw(on: &surface, in: rect)
  }

  /// Draws the row of the hall that says for whom is typed, what was typed and what became of it.
  func drawStrip(on surface: inout Surface, in rect: Rect, table: Int?, _ scene: Model.Scene) {
    scene.mark(rect, .command(.note))
    let editor = editor(table: table)
    var column = rect.column
    column += surface.put(
      " \(title(table, kind: kind, scene)) ", row: rect.row, column: column, role: .strong,
      width: rect.columns)
    // What was typed stays in sight, so that nobody forgets it.
    let text = editor.isEmpty ? scene.text(Texts.noteHint) : editor.text.filter { !$0.isNewline }
    let state = stateText(scene)
    let room = max(0, rect.column + rect.columns - column - (state.map { TextWidth.width($0.0) + 2 } ?? 0))
    column += surface.put(
      text, row: rect.row, column: column, role: editor.isEmpty ? .dim : .input, width: room)
    if let (text, role) = state { surface.put(" \(text) ", row: rect.row, column: column + 1, role: role) }
  }

  func title(_ table: Int?, kind: String, _ scene: Model.Scene) -> String {
    let shown = edit == nil ? kind : self.kind
    let name = scene.session.kind(shown).map { scene.text($0.name) } ?? shown
    let place = table.map { scene.text(Texts.table($0)) } ?? scene.text(Phase.plenary.name)
    return edit.map { scene.text(Texts.changing($0.id)) + " · \(name)" } ?? "\(place) · \(name)"
  }

  func stateText(_ scene: Model.Scene) -> (String, Role)? {
    switch state {
    case nil: nil
    case .underway: (scene.text(Texts.underway(sent.count { $0.stage == .underway })), .notice)
    case .kept: (scene.text(Texts.kept(scene.keptCount)), .notice)
    case .inRecord(let table): (scene.text(Texts.inRecord(table)), .ok)
    case .refused(let phrase): (scene.text(Texts.refused(phrase)), .alarm)
    }
  }
}
