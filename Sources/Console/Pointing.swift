import Screen

extension Model {
  /// Takes in what the mouse did: it presses, chooses and scrolls what the screen shows there.
  mutating func point(_ mouse: Mouse) -> [Effect] {
    // A drag that began on the timeline goes on over the whole screen; nothing is drawn to find that out.
    if mouse.kind == .drag {
      // So does one that began in the field, and selects.
      if let heldField { pointInNote(mouse, heldField, selecting: true) }
      return isTimelineHeld ? goOnTimeline(toColumn: mouse.column) : []
    }
    (isTimelineHeld, heldField) = (false, nil)
    guard let (target, rect) = target(row: mouse.row, column: mouse.column) else { return [] }
    switch mouse.kind {
    case .wheelUp: return wheel(-1, on: target)
    case .wheelDown: return wheel(1, on: target)
    case .press: return press(target, mouse, in: rect)
    case .drag, .release: return []
    }
  }

  private mutating func wheel(_ step: Int, on target: Target) -> [Effect] {
    if !layers.isEmpty { return updateLayer(step < 0 ? .up : .down) }
    if target == .timeline { return jump { $0.go(to: $0.position + step) } }
    switch target {
    case .pane(let pane) where pane != focus, .row(let pane, _) where pane != focus:
      if !pane.isPage { focus = pane }
    default: break
    }
    return moveSelection(step)
  }

  private mutating func press(_ target: Target, _ mouse: Mouse, in rect: Rect) -> [Effect] {
    switch target {
    case .pane(let pane): focus = pane
    case .row(let pane, let index):
      focus = pane
      select(index, in: pane)
    case .command(let id):
      guard let command = ConsoleCommand.available(in: self).first(where: { $0.id == id }) else { return [] }
      toast = nil
      return perform(command)
    case .entry(let row):
      guard case .menu(let menu) = layers.last else { return [] }
      // The first press chooses, a press on what is chosen takes it.
      return menu.selected == row ? pick(menu) : choose(row, in: menu)
    case .answer(let isYes): return updateLayer(.character(isYes ? "y" : "n"))
    case .timeline:
      isTimelineHeld = true
      return goOnTimeline(toColumn: mouse.column)
    case .ballot(let index): return keepCount { $0.choose(ballot: index, in: $1) }
    case .noteField:
      heldField = rect
      pointInNote(mouse, rect)
    case .layer: break
    }
    return []
  }

  private mutating func pointInNote(_ mouse: Mouse, _ rect: Rect, selecting: Bool = false) {
    var editor = note.editor(table: noteTable)
    editor.point(at: mouse, in: rect, selecting: selecting)
    note.setEditor(editor, table: noteTable)
    note.line = nil
  }

  private mutating func select(_ index: Int, in pane: Focus) {
    switch pane {
    case .agenda: agenda.selected = index
    case .tables: tables.selected = index
    case .contributions: contributions.select(row: index, in: session)
    case .people: people.choose(row: index)
    case .ballots: ballots.choose(row: index, in: session)
    case .seating: selectInSeating(index)
    case .meetings: meetings.choose(row: index)
    case .known, .drawing: break
    case .note:
      let lines = noteLines
      if lines.indices.contains(index), note.edit == nil { note.line = lines[index] }
    }
  }
}

extension [InputEvent] {
  /// The events without the drags that another one follows at once: only where the mouse is now counts.
  var withoutPassedDrags: [InputEvent] {
    enumerated().filter { !($0.element.isDrag && $0.offset + 1 < count && self[$0.offset + 1].isDrag) }
      .map(\.element)
  }
}

extension InputEvent {
  fileprivate var isDrag: Bool { if case .mouse(let mouse) = self { mouse.kind == .drag } else { false } }
}
