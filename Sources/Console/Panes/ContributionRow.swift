import Conference
import Ground
import Screen

/// One contribution in one row: when, where from, its kind, its signs and its text.
struct ContributionRow {
  private let contribution: Contribution
  private let scene: Model.Scene
  private let listed: Listed?

  /// What only the page of the contributions tells of one.
  struct Listed {
    var isMarked: Bool
    /// How many were merged into it.
    var origins: Int
  }

  init(_ contribution: Contribution, _ scene: Model.Scene, listed: Listed? = nil) {
    self.contribution = contribution
    self.scene = scene
    self.listed = listed
  }

  func draw(on surface: inout Surface, _ rect: Rect, isSelected: Bool) {
    let base: Role = isSelected ? .selected : contribution.isWithdrawn ? .dim : .text
    surface.fill(rect, role: isSelected ? .selected : .text)
    var column = rect.column
    func put(_ text: String, _ role: Role, columns: Int) {
      surface.put(
        TextWidth.clip(text, to: columns - 1), row: rect.row, column: column,
        role: isSelected ? .selected : role, width: rect.column + rect.columns - column)
      column += columns
    }
    if let listed { put(listed.isMarked ? "✓" : isSelected ? "›" : "", .ok, columns: 2) }
    // The smallest screens leave out when it came in, for the text.
    if listed == nil || rect.columns >= 60 {
      put(scene.session.zone.clock(contribution.at), .dim, columns: 6)
    }
    put(place, .strong, columns: 6)
    // A narrow row has no room for the whole word.
    put(
      scene.session.usualKind(contribution.kind).map { scene.text($0.name) } ?? contribution.kind,
      scene.session.isSensitive(contribution) ? .sensitive : .hint,
      columns: rect.columns < 60 ? 6 : 13)
    if listed != nil {
      put(signsInPlace, .ok, columns: 4)
      // Once there are themes, and where there is room for them, so that one sees what is still to be themed.
      if rect.columns >= 100, scene.session.themes.contains(where: { !$0.isWithdrawn }) {
        put(scene.session.theme(of: contribution)?.title ?? "", .notice, columns: 20)
      }
    }
    surface.put(
      (listed == nil ? signs : "") + TextWidth.oneLine(contribution.text),
      row: rect.row, column: column, role: base, width: max(0, rect.column + rect.columns - column))
  }

  private var place: String {
    if let table = contribution.table { return "T\(table)" }
    guard let source = contribution.source else { return Phrase(nl: "plen.", en: "plen.")[scene.language] }
    return source.count <= 5 ? source : source.prefix(3) + "."
  }

  /// What happened to it, as signs: withdrawn, shown to the room, under a theme, changed.
  private var signs: String {
    (contribution.isWithdrawn ? "× " : "") + (contribution.isShown ? "◉ " : "")
      + (contribution.theme == nil ? "" : "# ") + (contribution.amendments > 0 ? "~ " : "")
  }

  /// The same with each sign in a place of its own: what became of it, the theme, merged or chosen.
  private var signsInPlace: String {
    let state =
      contribution.isWithdrawn ? "×" : contribution.isShown ? "◉" : contribution.wasShown ? "○" : " "
    let theme = scene.session.theme(of: contribution) == nil ? " " : "#"
    let rank =
      contribution.mergedInto != nil ? "→" : (listed?.origins ?? 0) > 0 ? "+" : contribution.isTop ? "★" : " "
    return state + theme + rank
  }
}
