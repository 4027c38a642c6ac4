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

  /// Chooses the row that stands so far from the top.
  mutating func select(row: Int, in session: Session) {
    let index = session.contributions.count - 1 - row
    guard session.contributions.indices.contains(index) else { return }
    selected = session.contributions[index].id
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
      let place = Rect(row: inner.row + row, column: inner.column, rows: 1, columns: inner.columns)
      scene.mark(place, .row(.contributions, first + row))
      ContributionRow(contribution, scene).draw(on: &surface, place, isSelected: isSelected)
    }
    if isFocused { surface.cursor = (inner.row + selectedRow - first, inner.column) }
    for (offset, line) in detail.prefix(detailRows).enumerated() {
      surface.put(
        line, row: inner.row + listRows + offset, column: inner.column, role: .strong,
        width: inner.columns)
    }
  }
}
