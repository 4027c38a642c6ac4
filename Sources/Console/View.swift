import Conference
import Ground
import Screen

extension Model {
  /// The smallest screen on which all panes fit.
  static let smallest = Size(rows: 12, columns: 40)

  /// Draws the whole screen.
  public func view() -> Surface { draw(scene()) }

  /// Returns what stands at a place of the screen for the mouse, with its rectangle; nil: nothing.
  ///
  /// It draws the screen once more, so that what one sees is what one hits.
  func target(row: Int, column: Int) -> (target: Target, rect: Rect)? {
    let targets = Targets()
    _ = draw(scene(targets: targets))
    return targets.all.last { $0.rect.contains(row: row, column: column) }.map { ($0.target, $0.rect) }
  }

  private func draw(_ scene: Scene) -> Surface {
    var surface = Surface(size: size)
    guard size.rows >= Model.smallest.rows, size.columns >= Model.smallest.columns else {
      surface.put(Texts.tooSmall[language], row: 0, column: 0, role: .warning)
      surface.put("\(size.columns)x\(size.rows) < 40x12", row: 1, column: 0, role: .dim)
      surface.cursor = (0, 0)
      return surface
    }
    let layout = Layout(
      size: size, focus: focus, isReplay: replay != nil, tables: session.tables.count,
      tourRows: tour?.rows(columns: size.columns, self) ?? 0)
    drawHeader(on: &surface, scene)
    ClockPane.draw(on: &surface, in: layout.clock, scene)
    for (focus, rect) in layout.panes {
      scene.mark(rect, .pane(focus))
      switch focus {
      case .agenda: agenda.draw(on: &surface, in: rect, scene)
      case .tables: tables.draw(on: &surface, in: rect, scene)
      case .contributions: contributions.draw(on: &surface, in: rect, scene)
      case .people: people.draw(on: &surface, in: rect, scene)
      case .seating: seating.draw(on: &surface, in: rect, chosen: tables.selected, scene)
      case .drawing: drawing?.draw(on: &surface, in: rect, scene)
      case .meetings: meetings.draw(on: &surface, in: rect, scene)
      case .note:
        let text = noteText(note.text(table: noteTable), kind: note.kind)
        note.draw(on: &surface, in: rect, table: noteTable, text: text, scene)
      case .known: tablePage.draw(on: &surface, in: rect, table: tables.number(in: session), scene)
      case .ballots: ballots.draw(on: &surface, in: rect, scene)
      }
    }
    if let place = layout.news { NewsPane.draw(on: &surface, in: place, scene) }
    if let place = layout.noteStrip { note.drawStrip(on: &surface, in: place, table: noteTable, scene) }
    if let tour, let place = layout.tour { tour.draw(on: &surface, in: place, self, scene) }
    if let place = layout.timeline { TimelinePane.draw(on: &surface, in: place, scene) }
    drawHints(on: &surface, scene)
    for layer in layers {
      scene.mark(Rect(size), .layer)
      draw(layer, on: &surface, scene)
    }
    return surface
  }

  // MARK: - The edges of the screen

  private func drawHeader(on surface: inout Surface, _ scene: Scene) {
    if let trouble { return drawTrouble(trouble, on: &surface) }
    // In a replay the zone is known from the start, and the day is told where there are several.
    let clock = replay?.clock(now, in: language) ?? session.zone.clock(scene.clock.now)
    // Before the start and after the end there is nothing to expect.
    let isRunning = session.flow.status == .running
    let end = Texts.expectedEnd(session.zone.clock(scene.clock.day.expectedEnd))[language]
    let wall = " \(isRunning ? "\(end) · " : "")\(clock) "
    let disk = isDiskNearlyFull ? " \(Texts.diskNearlyFull[language]) " : ""
    let state = replay.map { " \(Texts.replaying[language]) \($0.sign) \($0.speed)× " } ?? ""
    let unreadable =
      replay.map { $0.unreadable == 0 ? "" : " \(Texts.unreadable($0.unreadable)[language]) " } ?? ""
    let gaps = replay.flatMap { Texts.gaps($0.gaps) }.map { " ✗ \($0[language]) " } ?? ""
    surface.fill(Rect(row: 0, column: 0, rows: 1, columns: size.columns), role: .title)
    var column = surface.put(state, row: 0, column: 0, role: .paused)
    if let (text, role) = scene.hostText {
      column += surface.put(" \(text) ", row: 0, column: column, role: role)
    }
    column += surface.put(gaps, row: 0, column: column, role: .alarm)
    column += surface.put(unreadable, row: 0, column: column, role: .warning)
    column += surface.put(disk, row: 0, column: column, role: .alarm)
    let right = max(column, size.columns - TextWidth.width(wall))
    surface.put(
      " " + (session.plan?.title ?? "Beraad"), row: 0, column: column, role: .title,
      width: max(0, right - column - 1))
    surface.put(wall, row: 0, column: right, role: .title)
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
      let isRow = command.id == .chooseTable || command.id == .noteTable
      let keyName = isRow ? command.keyNames(in: language) : key.name(in: language)
      let name = command.name[language]
      guard column + TextWidth.width(keyName) + TextWidth.width(name) + 3 <= size.columns else { break }
      let start = column
      column += surface.put(" " + keyName, row: row, column: column, role: .key)
      column += surface.put(" " + name + " ", row: row, column: column, role: .hint)
      scene.mark(Rect(row: row, column: start, rows: 1, columns: column - start), .command(command.id))
    }
  }

  /// The commands worth a hint now: those of the pane in focus first, and none that cannot be done.
  private var hints: [ConsoleCommand] {
    let often: [ConsoleCommand.ID] =
      (mendHint.helps ? [.mendTables] : []) + [
        .help, .advance, .callTable, .note, .contributions, .ballots, .pause, .extendBy, .draw, .people,
        .message, .undo,
        .finishOnTime, .leave,
      ]
    let available = ConsoleCommand.available(in: self).filter { $0.whyNot(self) == nil }
    let particular = available.filter { ![.live, .everywhere].contains($0.place) }
    let general = often.compactMap { id in
      available.first { $0.id == id && [.live, .everywhere].contains($0.place) }
    }
    let first = general.first?.id == .mendTables ? 2 : 1
    // However many keys a page has, the one for help stays in sight.
    return Array(particular.prefix(6) + general.prefix(first)) + particular.dropFirst(6)
      + general.dropFirst(first)
  }
}

extension ConsoleCommand {
  /// The names of its keys, the row of digits as one.
  func keyNames(in language: Language) -> String {
    id == .chooseTable
      ? "1-9" : id == .noteTable ? "Alt-0-9" : keys.map { $0.name(in: language) }.joined(separator: " ")
  }
}

extension Key {
  /// Whether it types a character.
  var isText: Bool { if case .character = self { true } else { false } }

  /// Whether it types a digit.
  var isDigit: Bool { if case .character(let character) = self { "0"..."9" ~= character } else { false } }

  /// The key's name, where it differs by language.
  func name(in language: Language) -> String {
    self == .character(" ") ? Phrase(nl: "Spatie", en: "Space")[language] : name
  }
}
