import Conference
import Ground
import Screen

// The list at the left or on top, the chosen one whole at the right or at the bottom.

extension ContributionsPane {
  func draw(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    let chosen = contribution(in: scene.session)
    guard rect.columns >= 140, let chosen else {
      surface.box(rect, title: scene.text(Words.title), role: .borderFocus)
      let inner = rect.inset()
      // Of one height, so that the list stands still while one goes through it.
      let detailRows = chosen == nil ? 0 : inner.rows < 10 ? 2 : (inner.rows - 1) / 3
      let parts = inner.splitRows([1, nil, detailRows])
      drawFilter(on: &surface, in: parts[0], scene)
      drawList(on: &surface, in: parts[1], scene)
      guard let chosen, detailRows > 0 else { return }
      let line = Rect(row: parts[2].row, column: rect.column, rows: 1, columns: rect.columns)
      surface.fill(line, role: .borderFocus, text: "─")
      surface.put("├", row: line.row, column: line.column, role: .borderFocus)
      surface.put("┤", row: line.row, column: line.column + line.columns - 1, role: .borderFocus)
      let detail = ContributionDetail(chosen, index, scene)
      surface.put(
        " \(TextWidth.clip(detail.heading, to: line.columns - 6)) ", row: line.row, column: line.column + 2,
        role: .title)
      detail.draw(on: &surface, in: parts[2].splitRows([1, nil])[1], isWide: false)
      return
    }
    let halves = rect.splitColumns([nil, rect.columns * 2 / 5])
    surface.box(halves[0], title: scene.text(Words.title), role: .borderFocus)
    let parts = halves[0].inset().splitRows([1, nil])
    drawFilter(on: &surface, in: parts[0], scene)
    drawList(on: &surface, in: parts[1], scene)
    let detail = ContributionDetail(chosen, index, scene)
    surface.box(halves[1], title: detail.heading)
    detail.draw(on: &surface, in: halves[1].inset(), isWide: true)
  }

  /// Says in words what is listed, and of how many.
  private func drawFilter(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    scene.mark(rect, .command(.filter))
    let marks = marked.isEmpty ? "" : " \(scene.text(Words.marked(marked.count))) "
    let order = " \(scene.text(order.name))"
    let right = rect.column + rect.columns
    let orderColumn = right - TextWidth.width(order)
    let marksColumn = orderColumn - TextWidth.width(marks)
    var column = rect.column
    func put(_ text: String, _ role: Role) {
      column += surface.put(
        text, row: rect.row, column: column, role: role, width: max(0, marksColumn - column))
    }
    put(scene.text(Words.count(index.standing)), .dim)
    for part in filter.words(in: scene.session, scene.language) {
      put(" · ", .dim)
      put(part, .notice)
    }
    if isSearching || !filter.search.isEmpty {
      put(" · ", .dim)
      put(scene.text(Words.search(filter.search)) + (isSearching ? "▏" : ""), .input)
    }
    if filter != ContributionFilter() { put(" → \(rows.count)", .strong) }
    surface.put(marks, row: rect.row, column: max(rect.column, marksColumn), role: .selected)
    surface.put(order, row: rect.row, column: max(rect.column, orderColumn), role: .dim)
  }

  private func drawList(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    let contributions = scene.session.contributions
    surface.cursor = (rect.row, rect.column)
    guard !rows.isEmpty else {
      let text =
        contributions.isEmpty ? Texts.noContributions : isSearching ? Words.notFound : Words.allFiltered
      for (offset, line) in TextWidth.wrap(scene.text(text), columns: rect.columns).prefix(rect.rows)
        .enumerated()
      {
        surface.put(line, row: rect.row + offset, column: rect.column, role: .notice)
      }
      return
    }
    let first = Scroll.first(selected: row, count: rows.count, rows: rect.rows)
    for offset in 0..<rect.rows where rows.indices.contains(first + offset) {
      let place = Rect(row: rect.row + offset, column: rect.column, rows: 1, columns: rect.columns)
      scene.mark(place, .row(.contributions, first + offset))
      guard contributions.indices.contains(rows[first + offset]) else { continue }
      let one = contributions[rows[first + offset]]
      let listed = ContributionRow.Listed(
        isMarked: marked.contains(one.id), origins: index.origins[one.id]?.count ?? 0)
      ContributionRow(one, scene, listed: listed).draw(
        on: &surface, place, isSelected: first + offset == row)
    }
    surface.cursor = (rect.row + row - first, rect.column)
  }

  enum Words {
    static let title = Phrase(nl: "Bijdragen", en: "Contributions")
    static let allFiltered = Phrase(
      nl: "Niets voldoet hieraan. Backspace wist alle filters.",
      en: "Nothing is left. Backspace clears all filters.")
    static let notFound = Phrase(
      nl: "Niets gevonden. Esc wist de zoekterm.", en: "Nothing found. Esc clears the search.")

    static func count(_ count: Int) -> Phrase {
      Phrase(
        nl: count == 1 ? "1 bijdrage" : "\(count) bijdragen",
        en: count == 1 ? "1 contribution" : "\(count) contributions")
    }
    static func marked(_ count: Int) -> Phrase { Phrase(nl: "✓ \(count) gemerkt", en: "✓ \(count) marked") }
    static func search(_ text: String) -> Phrase { Phrase(nl: "zoek: \(text)", en: "find: \(text)") }
  }
}

extension ContributionsPane.Order {
  var name: Phrase {
    switch self {
    case .newest: Phrase(nl: "nieuwste eerst", en: "newest first")
    case .table: Phrase(nl: "per tafel", en: "by table")
    case .theme: Phrase(nl: "per thema", en: "by theme")
    case .merged: Phrase(nl: "meest samengevoegd", en: "most merged")
    }
  }
}
