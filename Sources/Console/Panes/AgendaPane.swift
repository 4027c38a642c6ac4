import Conference
import Ground
import Screen

/// The agenda with its times: what was, what runs, what comes.
struct AgendaPane: Sendable, Equatable {
  /// The chosen item's index.
  var selected = 0

  mutating func move(by step: Int, in session: Session) {
    selected = max(0, min(session.items.count - 1, selected + step))
  }

  /// Chooses the item that runs, so that the screen keeps up by itself.
  mutating func follow(_ session: Session) {
    if let current = session.flow.current { selected = current }
  }

  func draw(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    let isFocused = scene.focus == .agenda
    surface.box(
      rect, title: scene.text(Texts.agenda), role: isFocused ? .borderFocus : .border)
    let inner = rect.inset()
    let first = Scroll.first(selected: selected, count: scene.session.items.count, rows: inner.rows)
    for row in 0..<inner.rows {
      let index = first + row
      guard scene.session.items.indices.contains(index) else { break }
      scene.mark(
        Rect(row: inner.row + row, column: inner.column, rows: 1, columns: inner.columns),
        .row(.agenda, index))
      drawItem(
        index, on: &surface,
        Rect(
          row: inner.row + row, column: inner.column, rows: 1, columns: inner.columns), scene)
    }
    if isFocused { surface.cursor = (inner.row + selected - first, inner.column) }
  }

  private func drawItem(_ index: Int, on surface: inout Surface, _ rect: Rect, _ scene: Model.Scene) {
    let item = scene.session.items[index]
    let forecast = scene.clock.day.items[index]
    let (glyph, role): (String, Role) =
      switch forecast.state {
      case .done: ("✓", .dim)
      case .running: (scene.session.flow.pausedSince == nil ? "▶" : "‖", .strong)
      case .ahead: ("·", .text)
      case .skipped: ("×", .dim)
      }
    let isSelected = index == selected && scene.focus == .agenda
    let shown = isSelected ? Role.selected : role
    surface.fill(rect, role: shown == .selected ? .selected : .text)
    let minutes = Int(
      (scene.session.plannedLength(of: index) + .seconds(30)) / .minutes(1))
    // A fixed start is marked: it does not move with the day.
    let fixed = item.fixedStart == nil ? " " : "="
    // What is over tells by how much it ran longer or shorter than planned (wish 1).
    let over = forecast.state == .done ? overrun(of: index, scene) : 0
    let times = "\(glyph) \(scene.session.zone.clock(forecast.start))\(fixed)"
    var column = rect.column
    column += surface.put(times, row: rect.row, column: column, role: shown)
    let length = TextWidth.pad("", to: max(0, 4 - String(minutes).count)) + "\(minutes)′ "
    column += surface.put(length, row: rect.row, column: column, role: isSelected ? .selected : .dim)
    let overText = over == 0 ? "" : " \(over > 0 ? "+" : "−")\(abs(over))"
    let room = rect.column + rect.columns - column - overText.count
    surface.put(
      TextWidth.clip(item.title, to: max(0, room)), row: rect.row, column: column, role: shown)
    surface.put(
      overText, row: rect.row, column: rect.column + rect.columns - overText.count,
      role: isSelected ? .selected : over > 0 ? .warning : .ok)
  }
}

extension AgendaPane {
  /// Returns by how many whole minutes an item that is over took more than was planned.
  private func overrun(of index: Int, _ scene: Model.Scene) -> Int {
    let session = scene.session
    let taken = session.flow.elapsed(index, at: scene.clock.now)
    return Int((taken - .seconds(session.items[index].seconds)).rounded(to: .minutes(1)) / .minutes(1))
  }
}

/// Which rows of a list are in sight.
enum Scroll {
  /// Returns the first row to show, so that the selected one is in sight with some around it.
  ///
  /// It moves by half a screen at a time: a list that moved with every key would be sent whole for each.
  static func first(selected: Int, count: Int, rows: Int) -> Int {
    guard count > rows, rows > 0 else { return 0 }
    let (half, quarter) = (max(1, rows / 2), max(rows / 4, rows > 2 ? 1 : 0))
    return min(count - rows, max(0, selected - quarter) / half * half)
  }
}

extension Interval {
  /// Returns the multiple of `unit` that lies nearest.
  func rounded(to unit: Interval) -> Interval {
    (self + unit / 2).floorDivided(by: unit) * unit
  }
}
