import Conference
import Ground
import Screen

/// What runs now, with the time left in digits that are legible from two metres.
enum ClockPane {
  /// Returns the height of the digits that fits a screen of so many rows.
  static func digitHeight(rows: Int) -> Int { rows >= 44 ? 7 : rows >= 28 ? 5 : 3 }

  /// Returns the rows that the pane wants on a screen of so many rows: the digits, the bar, two rows for the
  /// question and the border.
  static func wantedRows(rows: Int) -> Int { digitHeight(rows: rows) + 5 }

  static func draw(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    guard let item = scene.session.currentItem, let reading = scene.clock.item else {
      return drawAtRest(on: &surface, in: rect, scene)
    }
    surface.box(rect, title: heading(item, reading, scene), role: .border, titleRole: .strong)
    let inner = rect.inset()
    let height = digitHeight(rows: surface.size.rows)
    let digits = minutesAndSeconds(left: reading.remaining)
    let role = role(of: reading)
    for (offset, line) in BigDigits.rows(digits, height: height).enumerated() where offset < inner.rows {
      surface.put(line, row: inner.row + offset, column: inner.column + 1, role: role)
    }
    let beside = inner.column + 3 + BigDigits.width(digits, height: height)
    for (offset, (text, role)) in words(item, reading, scene).prefix(height).enumerated()
    where offset < inner.rows {
      surface.put(
        text, row: inner.row + offset, column: beside, role: role,
        width: max(0, inner.column + inner.columns - beside))
    }
    let barRow = inner.row + height
    guard barRow < inner.row + inner.rows else { return }
    surface.bar(
      Rect(row: barRow, column: inner.column, rows: 1, columns: inner.columns),
      part: Int(clamping: reading.elapsed), of: Int(clamping: reading.planned), role: .bar)
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

  private static func words(
    _ item: AgendaItem, _ reading: ItemReading, _ scene: Model.Scene
  ) -> [(String, Role)] {
    var lines: [(String, Role)] = []
    if reading.isPaused {
      lines.append((scene.text(Texts.paused), .paused))
    } else if let warning = reading.warning {
      lines.append((scene.text(warning.phrase), role(of: reading)))
    } else {
      lines.append((scene.text(Texts.remaining), .dim))
    }
    if let slot = scene.clock.slot {
      let state = slot.remaining < 0 ? Role.alarm : slot.remaining <= .seconds(30) ? .warning : .strong
      lines.append((scene.text(Texts.slot(slot.table, minutesAndSeconds(left: slot.remaining))), state))
    } else if let next = scene.session.nextToReport {
      lines.append((scene.text(Texts.nextTable(next)), .notice))
    }
    let extra = scene.session.flow.extensions[reading.index] ?? 0
    let planned = Int(reading.planned / .minutes(1))
    lines.append((scene.text(Texts.ofMinutes(planned, extra: extra / 60)), .dim))
    lines.append((next(after: reading.index, scene), .text))
    return lines
  }

  private static func next(after index: Int, _ scene: Model.Scene) -> String {
    guard scene.session.items.indices.contains(index + 1) else { return scene.text(Texts.nothingNext) }
    let start = scene.session.zone.clock(scene.clock.day.items[index + 1].start)
    return scene.text(Texts.next(scene.session.items[index + 1].title, at: start))
  }

  private static func drawAtRest(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    let isClosed = scene.session.flow.status == .closed
    surface.box(rect, title: scene.text(isClosed ? Texts.closed : Texts.prepared), titleRole: .strong)
    let inner = rect.inset()
    let height = digitHeight(rows: surface.size.rows)
    let time = scene.session.zone.clock(scene.clock.now)
    for (offset, line) in BigDigits.rows(time, height: height).enumerated() where offset < inner.rows {
      surface.put(line, row: inner.row + offset, column: inner.column + 1, role: .digits)
    }
    let text =
      isClosed
      ? scene.text(Texts.closedHint)
      : scene.text(Texts.startHint(scene.session.items.first?.title ?? ""))
    for (offset, line) in TextWidth.wrap(text, columns: inner.columns).enumerated()
    where height + 1 + offset < inner.rows {
      surface.put(line, row: inner.row + height + 1 + offset, column: inner.column, role: .notice)
    }
  }
}
