import Screen

extension Model {
  /// Takes in what the mouse did: it presses, chooses and scrolls what the screen shows there.
  mutating func point(_ mouse: Mouse) -> [Effect] {
    guard let (target, rect) = target(row: mouse.row, column: mouse.column) else { return [] }
    switch mouse.kind {
    case .wheelUp: return wheel(-1, on: target)
    case .wheelDown: return wheel(1, on: target)
    case .press: return press(target, mouse, in: rect)
    case .drag:
      // Only the timeline can be dragged; where else the mouse goes while pressed means nothing.
      return target == .timeline ? press(target, mouse, in: rect) : []
    case .release: return []
    }
  }

  private mutating func wheel(_ step: Int, on target: Target) -> [Effect] {
    if !layers.isEmpty { return updateLayer(step < 0 ? .up : .down) }
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
      return inReplay { $0.go(toPart: mouse.column - rect.column, of: max(1, rect.columns - 1)) }
    case .layer: break
    }
    return []
  }

  private mutating func select(_ index: Int, in pane: Focus) {
    switch pane {
    case .agenda: agenda.selected = index
    case .tables: tables.selected = index
    case .contributions: contributions.select(row: index, in: session)
    case .people: people.selected = index
    case .note: break
    }
  }
}
