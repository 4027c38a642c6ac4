import Conference
import Ground
import Screen

/// The result of a closed vote: bars with words and numbers, per stakeholder group where that is known.
struct BallotResults {
  let pane: BallotsPane
  let ballot: Ballot
  let scene: Model.Scene

  func draw(on surface: inout Surface, in rect: Rect) {
    let results = scene.session.result(of: ballot) ?? []
    guard !results.isEmpty else { return }
    let selected = min(pane.row, results.count - 1)
    let parts = rect.splitRows([nil, rect.rows > 6 ? 1 : 0])
    let plain = ballot.kind == .dots ? 1 : 2
    let mostGroups = results.map(\.groups.count).max() ?? 0
    // Per group where it fits anyway, or where one asks for it.
    let showsGroups =
      ballot.hasGroups && (pane.isSplit || results.count * (plain + mostGroups) <= parts[0].rows)
    let height = plain + (showsGroups ? mostGroups : 0)
    let room = max(1, parts[0].rows / height)
    let first = Scroll.first(selected: selected, count: results.count, rows: room)
    let most = max(1, results.map(\.total.dots).max() ?? 0)
    for offset in 0..<room where first + offset < results.count {
      let index = first + offset
      let place = Rect(
        row: rect.row + offset * height, column: rect.column,
        rows: min(height, parts[0].rows - offset * height),
        columns: rect.columns)
      scene.mark(place, .row(.ballots, index))
      if index == selected { surface.cursor = (place.row, place.column) }
      drawHead(results[index], isSelected: index == selected, most: most, on: &surface, in: place)
      guard showsGroups else { continue }
      for (line, group) in results[index].groups.enumerated() where plain + line < place.rows {
        let row = Rect(row: place.row + plain + line, column: rect.column, rows: 1, columns: rect.columns)
        draw(group, most: most, on: &surface, in: row)
      }
    }
    drawFoot(results, selected, on: &surface, in: parts[1])
  }

  /// The columns left of the bars of one group: as wide as those of all together.
  private func labelColumns(_ rect: Rect) -> Int {
    ballot.kind == .dots ? rect.columns * 45 / 100 : ballot.hasGroups ? min(22, rect.columns / 5) : 3
  }

  private func drawHead(
    _ result: BallotResult, isSelected: Bool, most: Int, on surface: inout Surface, in rect: Rect
  ) {
    let number = (ballot.options.firstIndex(of: result.option) ?? 0) + 1
    let text = "\(isSelected ? "›" : " ")\(number) \(scene.session.optionText(result.option))"
    let role: Role = isSelected ? .selected : .strong
    guard ballot.kind == .propositions else {
      let columns = labelColumns(rect)
      surface.put(text, row: rect.row, column: rect.column, role: role, width: columns - 1)
      return drawDots(result.total.dots, most, .bar, on: &surface, rect.dropping(columns))
    }
    let word = result.total.smallerSide.map { scene.text(BallotTexts.discussFirst($0)) } ?? ""
    let width = TextWidth.width(word)
    surface.put(text, row: rect.row, column: rect.column, role: role, width: max(0, rect.columns - width - 2))
    surface.put(word, row: rect.row, column: rect.column + rect.columns - width, role: .notice)
    guard rect.rows > 1 else { return }
    let row = Rect(row: rect.row + 1, column: rect.column, rows: 1, columns: rect.columns)
    if ballot.hasGroups {
      surface.put("   " + scene.text(BallotTexts.all), row: row.row, column: row.column, role: .text)
    }
    drawSides(result.total, .bar, on: &surface, row.dropping(labelColumns(rect)))
  }

  private func draw(
    _ group: BallotResult.Group, most: Int, on surface: inout Surface, in rect: Rect
  ) {
    let columns = labelColumns(rect)
    surface.put(
      "   " + (group.name ?? scene.text(BallotTexts.others)), row: rect.row, column: rect.column, role: .dim,
      width: columns - 1)
    let place = group.name.flatMap { scene.session.groupNames.firstIndex(of: $0) }
    let role = place.map { Role.group($0) } ?? .dim
    if ballot.kind == .dots {
      drawDots(group.tally.dots, most, role, on: &surface, rect.dropping(columns))
    } else {
      drawSides(group.tally, role, on: &surface, rect.dropping(columns))
    }
  }

  private func drawDots(_ dots: Int, _ most: Int, _ role: Role, on surface: inout Surface, _ rect: Rect) {
    let words = " \(dots) " + scene.text(dots == 1 ? Phrase(nl: "stip", en: "dot") : Side.dots.name)
    let columns = max(0, rect.columns - 13)
    surface.bar(
      Rect(row: rect.row, column: rect.column, rows: 1, columns: columns), part: dots, of: most, role: role)
    surface.put(words, row: rect.row, column: rect.column + columns, role: dots == 0 ? .dim : .text)
  }

  private func drawSides(_ tally: Tally, _ role: Role, on surface: inout Surface, _ rect: Rect) {
    for (side, place) in zip(ballot.sides, rect.splitColumns(ballot.sides.map { _ in nil }, gap: 2)) {
      let words = "\(scene.text(side.name)) \(tally[side]) "
      // All bars of a column begin at the same place, so that they can be compared.
      let columns = max(TextWidth.width(words), TextWidth.width(scene.text(side.name)) + 5)
      surface.put(words, row: rect.row, column: place.column, role: .text, width: place.columns)
      surface.bar(
        Rect(row: rect.row, column: place.column + columns, rows: 1, columns: place.columns - columns),
        part: tally[side], of: tally.total, role: role)
    }
  }

  /// The chosen option's whole text, or what to look at besides.
  private func drawFoot(
    _ results: [BallotResult], _ selected: Int, on surface: inout Surface, in rect: Rect
  ) {
    guard rect.rows > 0 else { return }
    let text = scene.session.optionText(results[selected].option)
    let without = results.count { $0.total.total == 0 }
    if TextWidth.width(text) + 4 > labelColumns(rect), ballot.kind == .dots {
      surface.put(text, row: rect.row, column: rect.column, role: .strong, width: rect.columns)
    } else if ballot.kind == .dots, without > 0 {
      surface.put(
        scene.text(BallotTexts.noVotes(without)), row: rect.row, column: rect.column, role: .notice,
        width: rect.columns)
    }
  }
}

extension Rect {
  /// Returns the rectangle without so many columns at its left.
  fileprivate func dropping(_ columns: Int) -> Rect {
    Rect(row: row, column: column + columns, rows: rows, columns: self.columns - columns)
  }
}
