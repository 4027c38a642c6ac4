import Conference
import Ground
import Screen

/// What the tables bring in, the newest on top.
struct ContributionsPane: Sendable, Equatable {
  /// The chosen contribution's id; nil until the pane had the keys: the newest, whichever that is.
  var selected: String?

  /// Returns the chosen contribution, or nil where there is none.
  func contribution(in session: Session) -> Contribution? {
    selected.flatMap { session.contributionIndex($0) }.map { session.contributions[$0] }
      ?? session.contributions.last
  }

  mutating func move(by step: Int, in session: Session) {
    guard let chosen = contribution(in: session), let index = session.contributionIndex(chosen.id)
    else { return }
    // Down is older: the newest stands on top.
    let target = max(0, min(session.contributions.count - 1, index - step))
    selected = session.contributions[target].id
  }

  /// Chooses the newest for good, so that one that comes in later is not hit instead of it.
  mutating func pin(in session: Session) {
    if selected == nil { selected = session.contributions.last?.id }
  }

  func draw(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    let isFocused = scene.focus == .contributions
    let session = scene.session
    let count = session.contributions.count { !$0.isWithdrawn }
    surface.box(
      rect, title: scene.text(Texts.contributions(count)), role: isFocused ? .borderFocus : .border)
    let inner = rect.inset()
    guard let chosen = contribution(in: session), let chosenIndex = session.contributionIndex(chosen.id)
    else {
      for (offset, line) in TextWidth.wrap(scene.text(Texts.noContributions), columns: inner.columns)
        .prefix(inner.rows).enumerated()
      {
        surface.put(line, row: inner.row + offset, column: inner.column, role: .dim)
      }
      if isFocused { surface.cursor = (inner.row, inner.column) }
      return
    }
    let selectedRow = session.contributions.count - 1 - chosenIndex
    // The chosen one is shown whole below the list, as far as it fits.
    let detail = isFocused ? TextWidth.wrap(chosen.text, columns: inner.columns) : []
    let detailRows = min(detail.count > 1 ? detail.count : 0, inner.rows / 3)
    let listRows = inner.rows - detailRows
    let first = Scroll.first(selected: selectedRow, count: session.contributions.count, rows: listRows)
    for row in 0..<listRows where first + row < session.contributions.count {
      let contribution = session.contributions[session.contributions.count - 1 - first - row]
      let isSelected = isFocused && first + row == selectedRow
      drawRow(
        contribution, isSelected: isSelected, on: &surface,
        Rect(row: inner.row + row, column: inner.column, rows: 1, columns: inner.columns), scene)
    }
    if isFocused { surface.cursor = (inner.row + selectedRow - first, inner.column) }
    for (offset, line) in detail.prefix(detailRows).enumerated() {
      surface.put(
        line, row: inner.row + listRows + offset, column: inner.column, role: .strong,
        width: inner.columns)
    }
  }

  private func drawRow(
    _ contribution: Contribution, isSelected: Bool, on surface: inout Surface, _ rect: Rect,
    _ scene: Model.Scene
  ) {
    let base: Role = isSelected ? .selected : contribution.isWithdrawn ? .dim : .text
    surface.fill(rect, role: isSelected ? .selected : .text)
    let place =
      contribution.table.map { "T\($0)" } ?? contribution.source ?? scene.text(Phase.plenary.name)
    let kind = scene.session.kind(contribution.kind)
    var column = rect.column
    column += surface.put(
      "\(scene.session.zone.clock(contribution.at)) ", row: rect.row, column: column,
      role: isSelected ? base : .dim)
    column += surface.put(
      TextWidth.pad(TextWidth.clip(place, to: 8), to: place.hasPrefix("T") ? 4 : 9), row: rect.row,
      column: column, role: isSelected ? base : .strong)
    let kindName = kind.map { scene.text($0.name) } ?? contribution.kind
    surface.put(
      kindName, row: rect.row, column: column,
      role: isSelected ? base : kind?.isSensitive == true ? .sensitive : .hint, width: 12)
    column += 13
    let signs =
      (contribution.isWithdrawn ? "× " : "") + (contribution.isShown ? "◉ " : "")
      + (contribution.theme == nil ? "" : "# ") + (contribution.amendments > 0 ? "~ " : "")
    let text = signs + contribution.text.map { $0.isNewline ? " ⏎ " : String($0) }.joined()
    surface.put(
      text, row: rect.row, column: column, role: base,
      width: max(0, rect.column + rect.columns - column))
  }
}
