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
    var parts: [(text: String, role: Role)] = [(scene.text(Words.count(index.standing)), .dim)]
    for words in filter.words(in: scene.session, scene.language) {
      parts += [(" · ", .dim), (words, .notice)]
    }
    if isSearching || !filter.search.isEmpty {
      let search = scene.text(Words.search(filter.search)) + (isSearching ? "▏" : "")
      parts += [(" · ", .dim), (search, .input)]
    }
    if filter != ContributionFilter() { parts.append((" → \(rows.count)", .strong)) }
    // How many are marked is never left out: what is done goes for all of them.
    let marks = marked.isEmpty ? "" : " \(scene.text(Words.marked(marked.count))) "
    let room = max(0, rect.columns - TextWidth.width(marks))
    var used = 0
    for part in parts {
      used += surface.put(
        part.text, row: rect.row, column: rect.column + used, role: part.role, width: max(0, room - used))
    }
    let order = " \(scene.text(order.name))"
    let hasOrder = used + TextWidth.width(order) <= room
    var column = rect.column + room - (hasOrder ? TextWidth.width(order) : 0)
    column += surface.put(marks, row: rect.row, column: column, role: .selected)
    if hasOrder { surface.put(order, row: rect.row, column: column, role: .dim) }
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
