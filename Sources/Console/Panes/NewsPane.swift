import Conference
import Ground
import Screen

/// What came in last: contributions, messages and calls for help, the newest on top.
enum NewsPane {
  static func draw(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    let session = scene.session
    surface.box(rect, title: scene.text(Words.title(scene.activity.fromRoom)), role: .border)
    scene.mark(rect, .command(.contributions))
    let inner = rect.inset()
    // What the survey brought is no news.
    let news = session.contributions.lazy.reversed().filter { $0.source == nil && $0.stands }
    var row = 0
    for contribution in news.prefix(inner.rows) {
      ContributionRow(contribution, scene).draw(
        on: &surface, Rect(row: inner.row + row, column: inner.column, rows: 1, columns: inner.columns),
        isSelected: false)
      row += 1
    }
    guard row == 0 else { return }
    for (offset, line) in TextWidth.wrap(scene.text(Words.nothing), columns: inner.columns)
      .prefix(inner.rows).enumerated()
    {
      surface.put(line, row: inner.row + offset, column: inner.column, role: .dim)
    }
  }

  private enum Words {
    static func title(_ count: Int) -> Phrase {
      Phrase(nl: "Net binnen · \(count)", en: "Just in · \(count)")
    }
    static let nothing = Phrase(
      nl: "Nog niets uit de zaal. Met n typt u een bijdrage; b toont wat er al is.",
      en: "Nothing from the hall yet. Press n to type a contribution; b shows what is there.")
  }
}
