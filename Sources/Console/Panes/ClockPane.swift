import Conference
import Ground
import Screen

/// What runs now, with the time left in digits that are legible from two metres, and what it means for the
/// day.
enum ClockPane {
  /// Returns the height of the digits for a pane of so many rows, borders and bar included.
  private static func digitHeight(paneRows: Int) -> Int { paneRows >= 10 ? 7 : paneRows >= 8 ? 5 : 3 }

  /// Returns the rows that the pane wants: in the hall high digits, the bar and the question; above a page
  /// low digits, or one row where the screen is low.
  static func wantedRows(size: Size, isPage: Bool) -> Int {
    if isPage { return size.rows >= 30 ? 5 : 1 }
    if Layout.isNarrow(size) { return size.rows >= 16 ? 5 : 3 }
    return size.rows >= 34 ? 12 : size.rows >= 24 ? 9 : 6
  }

  static func draw(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    guard let item = scene.session.currentItem, let reading = scene.clock.item else {
      return rect.rows < 3
        ? drawRestStrip(on: &surface, in: rect, scene) : drawAtRest(on: &surface, in: rect, scene)
    }
    guard rect.rows >= 3 else { return drawStrip(item, reading, on: &surface, in: rect, scene) }
    let role = role(of: reading)
    let isOver = role == .alarm
    surface.box(
      rect, title: heading(item, reading, scene), role: isOver ? .alarm : .border, titleRole: .strong)
    let inner = rect.inset()
    let height = min(inner.rows, digitHeight(paneRows: rect.rows))
    let digits = minutesAndSeconds(left: reading.remaining)
    for (offset, line) in BigDigits.rows(digits, height: height).enumerated() where offset < inner.rows {
      surface.put(line, row: inner.row + offset, column: inner.column + 1, role: digitRole(role))
    }
    let beside = inner.column + 4 + BigDigits.width(digits, height: height)
    let lines = words(item, reading, scene)
    // Where there is room, a blank row sets the state of the clock apart from that of the day.
    for (offset, (text, role)) in lines.prefix(height).enumerated() {
      surface.put(
        text, row: inner.row + offset, column: beside, role: role,
        width: max(0, inner.column + inner.columns - beside))
    }
    let barRow = inner.row + height
    guard barRow < inner.row + inner.rows else { return }
    let bar = Rect(row: barRow, column: inner.column, rows: 1, columns: inner.columns)
    if isOver {
      drawOver(item, reading, on: &surface, in: bar, scene)
    } else {
      surface.bar(bar, part: Int(clamping: reading.elapsed), of: Int(clamping: reading.planned), role: .bar)
    }
    let question = item.question ?? item.speaker ?? ""
    let rows = TextWidth.wrap(question, columns: inner.columns)
    for (offset, line) in rows.prefix(max(0, inner.rows - height - 1)).enumerated() {
      surface.put(line, row: barRow + 1 + offset, column: inner.column, role: .strong, width: inner.columns)
    }
  }

  private static func heading(
    _ item: AgendaItem, _ reading: ItemReading, _ scene: Model.Scene
  ) -> String {
    let phase = scene.text(item.phase.name)
    guard let round = scene.session.round(of: reading.index) else { return "\(item.title) · \(phase)" }
    return "\(item.title) · \(phase) · \(scene.text(Texts.round(round, of: scene.session.rounds)))"
  }

  /// The state in a role; the words beside the digits say the same.
  static func role(of reading: ItemReading) -> Role {
    if reading.isPaused { return .paused }
    switch reading.warning {
    case .end, .over: return .alarm
    case .left: return .warning
    default: return .digits
    }
  }

  /// The role of digits that are drawn of blocks: a ground would only blur them.
  private static func digitRole(_ role: Role) -> Role {
    switch role {
    case .alarm: .digitsAlarm
    case .warning: .digitsWarning
    case .paused: .digitsPaused
    default: role
    }
  }

  /// What stands beside the digits, the most urgent first.
  private static func words(
    _ item: AgendaItem, _ reading: ItemReading, _ scene: Model.Scene
  ) -> [(String, Role)] {
    var lines: [(String, Role)] = []
    let extra = scene.session.flow.extensions[reading.index] ?? 0
    let length = scene.text(Texts.ofMinutes(Int(reading.planned / .minutes(1)), extra: extra / 60))
    if reading.isPaused {
      lines.append((scene.text(Texts.paused), .paused))
    } else if let warning = reading.warning {
      lines.append(("\(scene.text(warning.phrase)) · \(length)", role(of: reading)))
    } else {
      lines.append(("\(scene.text(Texts.remaining)) \(length)", .dim))
    }
    if let slot = scene.clock.slot {
      let state = slot.remaining < 0 ? Role.alarm : slot.remaining <= .seconds(30) ? .warning : .strong
      lines.append((scene.text(Texts.slot(slot.table, minutesAndSeconds(left: slot.remaining))), state))
    } else if let next = scene.session.nextToReport {
      lines.append((scene.text(Texts.nextTable(next)), .notice))
    }
    lines += day(scene)
    lines.append((next(after: reading.index, scene), .text))
    return lines + tables(scene)
  }

  /// How the day stands: ahead or behind, and because of what.
  private static func day(_ scene: Model.Scene) -> [(String, Role)] {
    let day = scene.clock.day
    let drift = scene.text(day.driftPhrase(in: scene.session))
    let cause = day.causePhrase(in: scene.session).map { " " + scene.text($0) } ?? ""
    return [(drift + cause, day.drift > .minutes(1) ? .warning : .ok)]
  }

  /// Which tables ask for help and which are silent, in one line each.
  private static func tables(_ scene: Model.Scene) -> [(String, Role)] {
    var help: [Int] = []
    var silent: [Int] = []
    for table in scene.session.tables {
      switch scene.activity.state(of: table.number) {
      case .asksHelp: help.append(table.number)
      case .silent: silent.append(table.number)
      case .writes, .calm: break
      }
    }
    return (help.isEmpty ? [] : [(scene.text(Texts.helpAt(help)), .alarm)])
      + (silent.isEmpty ? [] : [(scene.text(Texts.silentAt(silent)), .warning)])
  }

  private static func next(after index: Int, _ scene: Model.Scene) -> String {
    guard scene.session.items.indices.contains(index + 1) else { return scene.text(Texts.nothingNext) }
    let start = scene.session.zone.clock(scene.clock.day.items[index + 1].start)
    return scene.text(Texts.next(scene.session.items[index + 1].title, at: start))
  }

  /// The end cannot be missed: a row in words over the whole width.
  private static func drawOver(
    _ item: AgendaItem, _ reading: ItemReading, on surface: inout Surface, in rect: Rect, _ scene: Model.Scene
  ) {
    surface.fill(rect, role: .alarm)
    let items = scene.session.items
    let next = items.indices.contains(reading.index + 1) ? items[reading.index + 1].title : nil
    let text = TextWidth.clip(scene.text(Texts.timeIsUp(next)), to: rect.columns)
    surface.put(
      text, row: rect.row, column: rect.column + (rect.columns - TextWidth.width(text)) / 2, role: .alarm)
  }

  // MARK: - One row

  private static func drawStrip(
    _ item: AgendaItem, _ reading: ItemReading, on surface: inout Surface, in rect: Rect, _ scene: Model.Scene
  ) {
    let role = role(of: reading)
    let state: Phrase =
      reading.isPaused ? Texts.paused : reading.warning?.phrase ?? Texts.remaining
    let left = " \(minutesAndSeconds(left: reading.remaining)) \(scene.text(state)) "
    surface.fill(rect, role: role == .digits ? .title : role)
    let width = surface.put(left, row: rect.row, column: rect.column, role: role)
    let drift = scene.text(scene.clock.day.driftPhrase(in: scene.session)) + " "
    let right = rect.column + rect.columns - TextWidth.width(drift)
    surface.put(
      " \(item.title)", row: rect.row, column: rect.column + width, role: role == .digits ? .title : role,
      width: max(0, right - rect.column - width - 1))
    if right > rect.column + width {
      surface.put(drift, row: rect.row, column: right, role: role == .digits ? .dim : role)
    }
  }

  private static func drawRestStrip(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    let isClosed = scene.session.flow.status == .closed
    surface.fill(rect, role: .title)
    surface.put(
      " " + scene.text(isClosed ? Texts.closed : Texts.prepared), row: rect.row, column: rect.column,
      role: .title, width: rect.columns)
  }

  // MARK: - Before the start and after the end

  private static func drawAtRest(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    let session = scene.session
    let isClosed = session.flow.status == .closed
    surface.box(rect, title: scene.text(isClosed ? Texts.closed : Texts.prepared), titleRole: .strong)
    let inner = rect.inset()
    let height = min(inner.rows, digitHeight(paneRows: rect.rows))
    let time = session.zone.clock(scene.clock.now)
    for (offset, line) in BigDigits.rows(time, height: height).enumerated() {
      surface.put(line, row: inner.row + offset, column: inner.column + 1, role: .digits)
    }
    let beside = Rect(
      row: inner.row, column: inner.column + 4 + BigDigits.width(time, height: height), rows: inner.rows,
      columns: inner.columns - 4 - BigDigits.width(time, height: height))
    let lines = isClosed ? whatIsClosed(scene) : whatIsPrepared(scene)
    var row = beside.row
    for (text, role) in lines {
      let wrapped = TextWidth.wrap(text, columns: max(1, beside.columns))
      // Half an explanation explains nothing.
      if role == .dim, row + wrapped.count > beside.row + beside.rows { continue }
      for line in wrapped where row < beside.row + beside.rows {
        surface.put(line, row: row, column: beside.column, role: role)
        row += 1
      }
    }
  }

  private static func whatIsClosed(_ scene: Model.Scene) -> [(String, Role)] {
    let hint = scene.station.table == nil ? Texts.closedHint : Texts.closedAtTable
    guard let seal = scene.session.closingSeal else { return [(scene.text(hint), .notice)] }
    return [
      (scene.text(hint), .notice), (scene.text(seal.phrase), .text), (scene.text(ClosingSeal.purpose), .dim),
    ]
  }

  private static func whatIsPrepared(_ scene: Model.Scene) -> [(String, Role)] {
    let session = scene.session
    guard scene.station.table == nil else { return [(scene.text(Texts.preparedAtTable), .notice)] }
    let here = session.participants.count { session.presence(of: $0.id) == .present }
    return [
      (scene.text(Texts.startHint(session.items.first?.title ?? "")), .notice),
      (scene.text(Texts.checkedIn(here, of: session.participants.count)), .text),
    ]
  }
}
