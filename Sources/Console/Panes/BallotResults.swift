import Conference
import Ground
import Screen

/// The result of a closed vote: bars with words and numbers, per stakeholder group where that is known.
struct BallotResults {
  let pane: BallotsPane
  let ballot: Ballot
  let scene: Model.Scene

  private enum Row {
    /// The option's text; for dots with its bar.
    case head(Int)
    /// Agree, disagree and abstain of all together.
    case sides(Int)
    case group(BallotResult.Group)
  }

  func draw(on surface: inout Surface, in rect: Rect) {
    let results = scene.session.result(of: ballot) ?? []
    guard !results.isEmpty else { return }
    let selected = min(pane.row, results.count - 1)
    let parts = rect.splitRows([nil, rect.rows > 6 ? 1 : 0])
    var rows = rows(of: results, withGroups: true)
    // Per group where it fits anyway, or where one asks for it.
    if !pane.isSplit, rows.count > parts[0].rows { rows = self.rows(of: results, withGroups: false) }
    let chosen = rows.firstIndex { if case .head(selected) = $0 { true } else { false } } ?? 0
    let first = Scroll.first(selected: chosen, count: rows.count, rows: parts[0].rows)
    let most = max(1, results.map(\.total.dots).max() ?? 0)
    for offset in 0..<parts[0].rows where first + offset < rows.count {
      let place = Rect(row: rect.row + offset, column: rect.column, rows: 1, columns: rect.columns)
      switch rows[first + offset] {
      case .head(let index):
        scene.mark(place, .row(.ballots, index))
        if index == selected { surface.cursor = (place.row, place.column) }
        drawHead(results[index], isSelected: index == selected, most: most, on: &surface, in: place)
      case .sides(let index):
        scene.mark(place, .row(.ballots, index))
        if ballot.hasGroups {
          surface.put("   " + scene.text(BallotTexts.all), row: place.row, column: place.column)
        }
        drawSides(results[index].total, .bar, on: &surface, place.dropping(labelColumns(rect)))
      case .group(let group): draw(group, most: most, on: &surface, in: place)
      }
    }
    drawFoot(results, selected, on: &surface, in: parts[1])
  }

  private func rows(of results: [BallotResult], withGroups: Bool) -> [Row] {
    results.indices.flatMap { index -> [Row] in
      var rows: [Row] = ballot.kind == .dots ? [.head(index)] : [.head(index), .sides(index)]
      if withGroups, ballot.hasGroups { rows += results[index].groups.map { .group($0) } }
      return rows
    }
  }

  /// The columns left of the bars of one group: as wide as those of all together.
  private func labelColumns(_ rect: Rect) -> Int {
    ballot.kind == .dots ? rect.columns * 45 / 100 : ballot.hasGroups ? min(24, rect.columns / 4) : 3
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
    let words =
      String(repeating: " ", count: max(1, 4 - "\(dots)".count)) + "\(dots) "
      + scene.text(dots == 1 ? Phrase(nl: "stip", en: "dot") : Side.dots.name)
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
