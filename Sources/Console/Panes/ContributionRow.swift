import Conference
import Ground
import Screen

/// One contribution in one row: when, where from, its kind, its signs and its text.
struct ContributionRow {
  private let contribution: Contribution
  private let scene: Model.Scene

  init(_ contribution: Contribution, _ scene: Model.Scene) {
    self.contribution = contribution
    self.scene = scene
  }

  func draw(on surface: inout Surface, _ rect: Rect, isSelected: Bool) {
    let base: Role = isSelected ? .selected : contribution.isWithdrawn ? .dim : .text
    surface.fill(rect, role: isSelected ? .selected : .text)
    let kind = scene.session.kind(contribution.kind)
    var column = rect.column
    func put(_ text: String, _ role: Role, columns: Int) {
      surface.put(
        TextWidth.clip(text, to: columns - 1), row: rect.row, column: column,
        role: isSelected ? .selected : role, width: rect.column + rect.columns - column)
      column += columns
    }
    put(scene.session.zone.clock(contribution.at), .dim, columns: 6)
    put(place, .strong, columns: place.first == "T" ? 4 : 9)
    // A narrow row has no room for the whole word.
    put(
      kind.map { scene.text($0.name) } ?? contribution.kind,
      scene.session.isSensitive(contribution) ? .sensitive : .hint,
      columns: rect.columns < 60 ? 6 : 13)
    surface.put(
      signs + contribution.text.map { $0.isNewline ? " ⏎ " : String($0) }.joined(), row: rect.row,
      column: column, role: base, width: max(0, rect.column + rect.columns - column))
  }

  private var place: String {
    contribution.table.map { "T\($0)" } ?? contribution.source ?? scene.text(Phase.plenary.name)
  }

  /// What happened to it, as signs: withdrawn, shown to the room, under a theme, changed.
  private var signs: String {
    (contribution.isWithdrawn ? "× " : "") + (contribution.isShown ? "◉ " : "")
      + (contribution.theme == nil ? "" : "# ") + (contribution.amendments > 0 ? "~ " : "")
  }
}
