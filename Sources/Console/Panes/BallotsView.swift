import Conference
import Ground
import Screen

extension BallotsPane {
  func draw(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    if let draft { return draft.draw(on: &surface, in: rect, scene) }
    guard let ballot = ballot(in: scene.session) else { return drawEmpty(on: &surface, in: rect, scene) }
    let isBeside = rect.columns >= 100
    // On a low screen the list gives way to the numbers.
    let listRows = rect.rows < 12 ? 0 : min(3, scene.session.ballots.count) + 2
    let places =
      isBeside
      ? rect.splitColumns([max(34, min(48, rect.columns / 4)), nil]) : rect.splitRows([listRows, nil])
    drawList(on: &surface, in: places[0], rowsEach: isBeside ? 2 : 1, scene)
    let title = ballot.title + " · " + scene.text(BallotTexts.state(ballot))
    surface.box(places[1], title: title, role: .borderFocus)
    let inner = places[1].inset()
    if ballot.isWithdrawn {
      surface.put(
        scene.text(BallotTexts.withdrawn), row: inner.row, column: inner.column, role: .dim,
        width: inner.columns)
      surface.cursor = (inner.row, inner.column)
    } else if ballot.isOpen {
      BallotFields(pane: self, ballot: ballot, scene: scene).draw(on: &surface, in: inner)
    } else {
      BallotResults(pane: self, ballot: ballot, scene: scene).draw(on: &surface, in: inner)
    }
  }

  /// Says what a vote is, and which keys begin one.
  private func drawEmpty(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    surface.box(rect, title: scene.text(BallotTexts.title(0)), role: .borderFocus)
    let inner = rect.inset()
    let isReplay = scene.replay != nil
    let lines = TextWidth.wrap(
      scene.text(isReplay ? BallotTexts.emptyReplay : BallotTexts.empty), columns: min(76, inner.columns - 2))
    var row = inner.row
    for line in lines.prefix(inner.rows) {
      surface.put(line, row: row, column: inner.column + 1, role: .text)
      row += 1
    }
    surface.cursor = (inner.row, inner.column + 1)
    guard !isReplay else { return }
    for id in [ConsoleCommand.ID.ballotPropositions, .ballotDots] {
      guard let command = ConsoleCommand.all.first(where: { $0.id == id }), row + 1 < inner.row + inner.rows
      else { continue }
      row += 1
      let place = Rect(row: row, column: inner.column, rows: 1, columns: inner.columns)
      surface.put("  \(command.keyNames(in: scene.language))", row: row, column: inner.column, role: .key)
      surface.put(
        command.help[scene.language], row: row, column: inner.column + 6, role: .text,
        width: inner.columns - 6)
      scene.mark(place, .command(id))
    }
  }

  /// The votes there were, the latest on top.
  private func drawList(on surface: inout Surface, in rect: Rect, rowsEach: Int, _ scene: Model.Scene) {
    guard rect.rows > 2 else { return }
    let ballots = scene.session.ballots
    surface.box(rect, title: scene.text(BallotTexts.title(ballots.count)), role: .border)
    let inner = rect.inset()
    let current = ballots.firstIndex { $0.id == ballot(in: scene.session)?.id } ?? ballots.count - 1
    let room = inner.rows / rowsEach
    let first = Scroll.first(selected: ballots.count - 1 - current, count: ballots.count, rows: room)
    for offset in 0..<room where first + offset < ballots.count {
      let index = ballots.count - 1 - first - offset
      let ballot = ballots[index]
      let row = inner.row + offset * rowsEach
      let place = Rect(row: row, column: inner.column, rows: rowsEach, columns: inner.columns)
      let role: Role = index == current ? .selected : ballot.isWithdrawn ? .dim : .text
      surface.fill(place, role: role)
      scene.mark(place, .ballot(index))
      let state = scene.text(BallotTexts.state(ballot))
      let kind = scene.text(BallotTexts.kind(ballot.kind))
      let time = scene.session.zone.clock(ballot.openedAt)
      let mark = index == current ? "›" : " "
      if rowsEach == 1 {
        surface.put(
          "\(mark)\(TextWidth.pad(state, to: 14))\(time)  \(TextWidth.pad(kind, to: 14))\(ballot.title)",
          row: row,
          column: inner.column, role: role, width: inner.columns)
      } else {
        surface.put(mark + ballot.title, row: row, column: inner.column, role: role, width: inner.columns)
        surface.put(
          "  \(time) \(state) · \(kind)", row: row + 1, column: inner.column,
          role: index == current ? role : .dim, width: inner.columns)
      }
    }
  }
}
