import Conference
import Ground
import Screen

// The chosen table in full, and those who came late or stayed away.

extension SeatingPane {
  func drawDetail(
    on surface: inout Surface, in rect: Rect, _ sheet: SeatingSheet, _ table: Int?, _ scene: Model.Scene
  ) {
    if part == .attendance { return drawAttendance(on: &surface, in: rect, sheet, scene) }
    guard let mix = mix(of: table) else { return }
    let isFocused = part == .people
    let index = sheet.mixes.firstIndex { $0.table == mix.table } ?? 0
    let name = scene.session.tables[index].name.map { " ‘\($0)’" } ?? ""
    let title =
      scene.text(Texts.table(mix.table)) + name + " · "
      + scene.text(Words.chairs(mix.people.count, of: sheet.chairs[index])) + marks(scene)
    surface.box(rect, title: title, role: isFocused ? .borderFocus : .border)
    let inner = rect.inset()
    let people = rows(of: mix.table, in: scene.session)
    let chosen = row(in: people)
    let texts = remarks(mix, person: isFocused && !people.isEmpty ? people[chosen] : nil, scene)
      .flatMap { remark in TextWidth.wrap(remark.text, columns: inner.columns).map { ($0, remark.role) } }
    // The people first: what does not fit of the words can be read on a larger screen.
    let places = inner.splitRows([min(max(1, people.count), max(1, inner.rows - min(3, texts.count))), nil])
    guard !people.isEmpty else {
      surface.put(scene.text(Words.nobody), row: inner.row, column: inner.column, role: .dim)
      if isFocused { surface.cursor = (inner.row, inner.column) }
      return
    }
    let first = Scroll.first(selected: chosen, count: people.count, rows: places[0].rows)
    for offset in 0..<places[0].rows where people.indices.contains(first + offset) {
      let place = Rect(
        row: places[0].row + offset, column: inner.column, rows: 1, columns: inner.columns)
      // The people's rows count on after those of the tables.
      scene.mark(place, .row(.seating, sheet.mixes.count + first + offset))
      let isChosen = isFocused && first + offset == chosen
      drawPerson(people[first + offset], mix, sheet, isChosen: isChosen, on: &surface, place, scene)
    }
    for (offset, line) in texts.prefix(places[1].rows).enumerated() {
      surface.put(
        line.0, row: places[1].row + offset, column: inner.column, role: line.1, width: inner.columns)
    }
  }

  /// How many people are marked, for the title.
  private func marks(_ scene: Model.Scene) -> String {
    marked.isEmpty ? "" : " · " + scene.text(Words.marked(marked.count))
  }

  private func drawPerson(
    _ id: String, _ mix: TableMix, _ sheet: SeatingSheet, isChosen: Bool, on surface: inout Surface,
    _ rect: Rect, _ scene: Model.Scene
  ) {
    let session = scene.session
    let person = session.participant(id)
    let isAway = mix.noShows.contains(id)
    let isMarked = marked.contains(id)
    let plain: Role = isChosen ? .selected : isAway ? .dim : isMarked ? .strong : .text
    if isChosen {
      surface.fill(rect, role: .selected)
      surface.cursor = (rect.row, rect.column)
    }
    let end = rect.column + rect.columns
    var column = rect.column
    func put(_ text: String, _ role: Role, width: Int) {
      surface.put(
        TextWidth.clip(text, to: width - 1), row: rect.row, column: column, role: isChosen ? .selected : role,
        width: max(0, end - column))
      column += width
    }
    let rules = session.plan?.mixing ?? MixingRules()
    let presence = session.presence(of: id)
    put(isMarked ? "+" : isChosen ? "›" : " ", .key, width: 2)
    put(
      presence == .present ? "✓" : presence == .absent ? "×" : "·",
      presence == .present ? .ok : presence == .absent ? .warning : .text, width: 2)
    put(rules.pin(of: id) == nil ? " " : "*", .key, width: 2)
    put(rules.apart(from: id).isEmpty ? " " : "≠", .key, width: 2)
    let group = sheet.group(of: person)
    put(group?.letter ?? "?", group?.role ?? .dim, width: 2)
    let room = max(0, end - column)
    let met = met(id, mix)
    put(person?.name ?? id, plain, width: room * 30 / 100)
    put(person?.group ?? "", isChosen ? plain : group?.role ?? .dim, width: room * 24 / 100)
    let state =
      isAway
      ? scene.text(Words.chairEmpty)
      : mix.lateArrivals.contains(id)
        ? scene.text(Words.late) : met.isEmpty ? "" : scene.text(Words.metCount(met.count))
    // Most have nothing to tell: their organisation gets the room.
    let rest = max(1, end - column)
    put(person?.organisation ?? "", plain, width: state.isEmpty ? rest : rest * 27 / 46)
    put(state, isAway || !met.isEmpty ? .warning : .dim, width: max(1, end - column))
  }

  /// Those at the table whom a person met at a table before.
  private func met(_ id: String, _ mix: TableMix) -> [(other: String, rounds: [Int], meetings: [Int])] {
    mix.repeats.filter { $0.a == id || $0.b == id }.map {
      ($0.a == id ? $0.b : $0.a, $0.rounds, Set($0.meetings).sorted())
    }
  }

  // MARK: - Words

  /// What there is to say of the chosen person and of the table, the most wanted first.
  func remarks(
    _ mix: TableMix, person: String?, _ scene: Model.Scene
  ) -> [(text: String, role: Role)] {
    var remarks: [(text: String, role: Role)] = []
    let rules = scene.session.plan?.mixing ?? MixingRules()
    func name(_ id: String) -> String { scene.session.participant(id)?.name ?? id }
    if let person {
      var facts: [String] = []
      if let table = rules.pin(of: person) { facts.append(scene.text(Words.pinned(table))) }
      let apart = rules.apart(from: person)
      if !apart.isEmpty { facts.append(scene.text(Words.apartFrom(apart.map(name)))) }
      let met = met(person, mix)
      if !met.isEmpty {
        let labels = scene.session.earlierLabels(scene.language)
        let meetings = met.map { $0.meetings.map { labels[$0] } }
        facts.append(
          scene.text(Words.met(zip(met, meetings).map { (name($0.other), $0.rounds, $1) })))
      }
      if !facts.isEmpty { remarks.append(("\(name(person)): \(facts.joined(separator: "; ")).", .strong)) }
    }
    if !mix.people.isEmpty {
      let flaws = mix.flaws.map(scene.text)
      remarks.append(
        flaws.isEmpty
          ? (scene.text(mix.phrase).sentence, .ok) : ("! " + flaws.joined(separator: "; ").sentence, .warning)
      )
    }
    for (group, why) in reasons?.lines ?? [] where reasons?.table == mix.table {
      remarks.append((([scene.text(Words.why(group))] + why.map(scene.text)).joined(separator: " "), .text))
    }
    if reasons?.table != mix.table, mix.shares.contains(where: { $0.name == "group" && !$0.lacking.isEmpty })
    {
      remarks.append((scene.text(Words.whyOnKey), .dim))
    }
    for same in mix.alike {
      remarks.append(("\(same.value): \(same.people.map(name).joined(separator: ", ")).", .text))
    }
    if !rules.pins.isEmpty || !rules.keepApart.isEmpty {
      remarks.append((scene.text(Words.holdsForNext), .dim))
    }
    return remarks
  }

  // MARK: - Late, away

  private func drawAttendance(
    on surface: inout Surface, in rect: Rect, _ sheet: SeatingSheet, _ scene: Model.Scene
  ) {
    let title = scene.text(
      Words.attendance(
        late: sheet.count(.late), away: sheet.count(.away), waiting: sheet.count(.notCheckedIn)))
    surface.box(rect, title: title, role: .borderFocus)
    let inner = rect.inset()
    surface.cursor = (inner.row, inner.column)
    guard !sheet.attendance.isEmpty else {
      for (offset, line) in TextWidth.wrap(scene.text(Words.allWhereDrawn), columns: inner.columns)
        .prefix(inner.rows).enumerated()
      {
        surface.put(line, row: inner.row + offset, column: inner.column, role: .dim)
      }
      return
    }
    let first = Scroll.first(selected: listed, count: sheet.attendance.count, rows: inner.rows)
    for offset in 0..<inner.rows where sheet.attendance.indices.contains(first + offset) {
      let row = sheet.attendance[first + offset]
      let place = Rect(row: inner.row + offset, column: inner.column, rows: 1, columns: inner.columns)
      scene.mark(place, .row(.seating, sheet.mixes.count + first + offset))
      let isChosen = first + offset == listed
      surface.fill(place, role: isChosen ? .selected : .text)
      if isChosen { surface.cursor = (place.row, place.column) }
      let name = scene.session.participant(row.place.person)?.name ?? row.place.person
      let sign = row.state == .away ? "×" : row.state == .late ? "✓" : "·"
      let width = place.columns * 2 / 5
      surface.put(
        "\(isChosen ? "›" : " ")\(sign) \(name)", row: place.row, column: place.column,
        role: isChosen ? .selected : .text, width: width - 1)
      surface.put(
        scene.text(Words.attendance(row.state, table: row.place.table)), row: place.row,
        column: place.column + width, role: isChosen ? .selected : row.state == .away ? .warning : .dim,
        width: place.columns - width)
    }
  }
}
