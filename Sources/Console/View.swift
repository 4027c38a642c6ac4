import Conference
import Ground
import Screen

extension Model {
  /// The smallest screen on which all panes fit.
  static let smallest = Size(rows: 12, columns: 40)

  /// Draws the whole screen.
  public func view() -> Surface {
    var surface = Surface(size: size)
    guard size.rows >= Model.smallest.rows, size.columns >= Model.smallest.columns else {
      surface.put(Texts.tooSmall[language], row: 0, column: 0, role: .warning)
      surface.put("\(size.columns)x\(size.rows) < 40x12", row: 1, column: 0, role: .dim)
      surface.cursor = (0, 0)
      return surface
    }
    let scene = scene
    drawHeader(on: &surface, scene)
    ClockPane.draw(on: &surface, in: clockPlace, scene)
    let panes = panes()
    for (focus, rect) in panes {
      switch focus {
      case .agenda: agenda.draw(on: &surface, in: rect, scene)
      case .tables: tables.draw(on: &surface, in: rect, scene)
      case .contributions: contributions.draw(on: &surface, in: rect, scene)
      case .people: people.draw(on: &surface, in: rect, scene)
      case .note: note.draw(on: &surface, in: rect, table: noteTable, scene)
      }
    }
    drawHints(on: &surface, scene)
    for layer in layers { draw(layer, on: &surface, scene) }
    return surface
  }

  // MARK: - Places

  private var isNarrow: Bool { size.columns < 72 || size.rows < 20 }

  private var body: Rect {
    Rect(row: 1, column: 0, rows: size.rows - 2 - noteRows, columns: size.columns)
  }

  private var noteRows: Int {
    if replay != nil || (isNarrow && focus != .note) { return 0 }
    return size.rows < 30 ? 3 : 5
  }

  private var agendaColumns: Int { max(30, min(48, size.columns * 3 / 10)) }

  private var clockPlace: Rect {
    let rows = min(body.rows, ClockPane.wantedRows(rows: size.rows))
    return isNarrow
      ? Rect(row: body.row, column: 0, rows: min(5, body.rows), columns: size.columns)
      : Rect(
        row: body.row, column: agendaColumns, rows: rows, columns: size.columns - agendaColumns)
  }

  /// Returns where each pane stands; a narrow screen shows the clock and the pane in focus.
  func panes() -> [Focus: Rect] {
    var places: [Focus: Rect] = [:]
    if noteRows > 0 {
      places[.note] = Rect(
        row: size.rows - 1 - noteRows, column: 0, rows: noteRows, columns: size.columns)
    }
    let below = Rect(
      row: clockPlace.row + clockPlace.rows, column: clockPlace.column,
      rows: body.rows - clockPlace.rows, columns: clockPlace.columns)
    if isNarrow {
      if focus != .note { places[focus] = below }
      return places
    }
    places[.agenda] = Rect(
      row: body.row, column: 0, rows: body.rows, columns: agendaColumns)
    if focus == .people {
      places[.people] = below
    } else if below.columns >= 110 {
      let halves = below.splitColumns([nil, nil])
      places[.tables] = halves[0]
      places[.contributions] = halves[1]
    } else {
      // The tables with the people of one of them, or half of the room.
      let rows = below.splitRows([min(session.tables.count + 4, (below.rows + 1) / 2), nil])
      places[.tables] = rows[0]
      places[.contributions] = rows[1]
    }
    return places
  }

  // MARK: - The edges of the screen

  private func drawHeader(on surface: inout Surface, _ scene: Scene) {
    if let trouble { return drawTrouble(trouble, on: &surface) }
    let clock = scene.clock
    let wall = session.zone.clock(clock.now)
    let drift = clock.day.driftPhrase(in: session)[language]
    let cause =
      size.columns >= 100
      ? clock.day.causePhrase(in: session).map { " " + TextWidth.clip($0[language], to: 40) } ?? "" : ""
    let end = Texts.expectedEnd(session.zone.clock(clock.day.expectedEnd))[language]
    let disk = isDiskNearlyFull ? " \(Texts.diskNearlyFull[language]) " : ""
    let state = replay.map { " \(Texts.replaying[language]) \($0.isPlaying ? "▶" : "‖") \($0.speed)× " } ?? ""
    let isRunning = session.flow.status == .running
    let long = isNarrow ? drift : "\(drift)\(cause) · \(end)"
    let right = isRunning ? "\(long) · \(wall) " : "\(wall) "
    let width = TextWidth.width(right)
    let role: Role = clock.day.drift > .minutes(1) && isRunning ? .warning : .ok
    surface.fill(Rect(row: 0, column: 0, rows: 1, columns: size.columns), role: .title)
    var column = surface.put(state, row: 0, column: 0, role: .paused)
    column += surface.put(disk, row: 0, column: column, role: .alarm)
    column += surface.put(
      " " + (session.plan?.title ?? "Beraad"), row: 0, column: column, role: .title,
      width: max(0, size.columns - width - column - 1))
    surface.put(right, row: 0, column: max(column, size.columns - width), role: isRunning ? role : .title)
  }

  /// Nothing is more urgent than a record that cannot be written: it takes the whole first row.
  private func drawTrouble(_ trouble: String, on surface: inout Surface) {
    let mend = ConsoleCommand.all.first { $0.id == .elsewhere }
    let key = mend.map { " · \($0.keyNames(in: language)) \($0.name[language]) " } ?? ""
    let width = TextWidth.width(key)
    surface.fill(Rect(row: 0, column: 0, rows: 1, columns: size.columns), role: .alarm)
    surface.put("!! \(trouble)", row: 0, column: 0, role: .alarm, width: max(0, size.columns - width))
    surface.put(key, row: 0, column: max(0, size.columns - width), role: .alarm)
  }

  private func drawHints(on surface: inout Surface, _ scene: Scene) {
    let row = size.rows - 1
    if let toast {
      surface.put(" \(toast.text)", row: row, column: 0, role: toast.role)
      return
    }
    var column = 0
    for command in hints {
      guard let key = command.keys.first else { continue }
      let keyName = command.id == .chooseTable ? "1-9" : key.name(in: language)
      let name = command.name[language]
      guard column + TextWidth.width(keyName) + TextWidth.width(name) + 3 <= size.columns else { break }
      column += surface.put(" " + keyName, row: row, column: column, role: .key)
      column += surface.put(" " + name + " ", row: row, column: column, role: .hint)
    }
  }

  /// The commands worth a hint now: those of the pane in focus first, and none that cannot be done.
  private var hints: [ConsoleCommand] {
    let often: [ConsoleCommand.ID] = [
      .help, .advance, .note, .pause, .callTable, .extendBy, .draw, .message, .people, .undo, .finishOnTime,
      .leave,
    ]
    let available = ConsoleCommand.available(in: self).filter { $0.whyNot(self) == nil }
    let particular = available.filter { ![.live, .everywhere].contains($0.place) }
    return particular
      + often.compactMap { id in
        available.first { $0.id == id && [.live, .everywhere].contains($0.place) }
      }
  }

  // MARK: - Layers

  private func draw(_ layer: Layer, on surface: inout Surface, _ scene: Scene) {
    switch layer {
    case .help(let scroll): drawHelp(on: &surface, scroll: scroll)
    case .confirm(let question, _):
      drawPopup([question[language]], footer: Texts.yesNo, on: &surface)
    case .leave(let question): drawPopup([question[language]], footer: Texts.yesNo, on: &surface)
    case .prompt(let prompt):
      let lines = [prompt.title[language]] + (prompt.complaint.map { [$0[language]] } ?? [])
      let place = drawPopup(lines, footer: Texts.fillIn, extraRows: 2, on: &surface)
      prompt.editor.draw(
        on: &surface,
        in: Rect(
          row: place.row + place.rows - 3, column: place.column + 2, rows: 2,
          columns: place.columns - 4))
    }
  }

  /// Draws a question in the middle of the screen and returns its place.
  @discardableResult
  private func drawPopup(
    _ paragraphs: [String], footer: Phrase, extraRows: Int = 0, on surface: inout Surface
  ) -> Rect {
    let columns = min(size.columns - 2, 70)
    let lines = paragraphs.flatMap { TextWidth.wrap($0, columns: columns - 4) }
    let rows = min(size.rows, lines.count + 3 + extraRows)
    let place = Rect(
      row: (size.rows - rows) / 2, column: (size.columns - columns) / 2, rows: rows, columns: columns)
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
    for place in ConsoleCommand.Place.allCases {
      let commands = ConsoleCommand.available(in: self).filter { $0.place == place }
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

extension ConsoleCommand {
  /// The names of its keys, the row of digits as one.
  func keyNames(in language: Language) -> String {
    id == .chooseTable ? "1-9" : keys.map { $0.name(in: language) }.joined(separator: " ")
  }
}

extension Key {
  /// Whether it types a character.
  var isText: Bool { if case .character = self { true } else { false } }

  /// The key's name, where it differs by language.
  func name(in language: Language) -> String {
    self == .character(" ") ? Phrase(nl: "Spatie", en: "Space")[language] : name
  }
}
