import Conference
import Ground
import Screen

/// An open vote: for each option the fields in which the counts are typed.
///
/// A number shows only in the field in which one types; all others tell no more than that there is one.
struct BallotFields {
  let pane: BallotsPane
  let ballot: Ballot
  let scene: Model.Scene

  private enum Row {
    case option(Int)
    case group(option: Int, place: Int)
    case close
  }

  private var session: Session { scene.session }
  private var groups: [String?] { pane.groups(of: ballot, in: session) }
  private var isSplit: Bool { groups.count > 1 }
  /// The field in which one types; nobody types in a replay.
  private var current: BallotsPane.Field? { scene.replay == nil ? pane.field(in: session) : nil }

  func draw(on surface: inout Surface, in rect: Rect) {
    let chosen = pane.option(of: ballot, in: session)
    let detail =
      chosen.map { TextWidth.wrap(session.optionText(ballot.options[$0]), columns: rect.columns) } ?? []
    let detailRows = min(detail.count, 3, max(0, rect.rows - 6))
    let parts = rect.splitRows([1, nil, detailRows, rect.rows > 4 ? 1 : 0])
    drawHeading(on: &surface, in: parts[0])
    var rows: [Row] = []
    var selected = 0
    for option in ballot.options.indices {
      if option == chosen { selected = rows.count + (isSplit ? 1 + pane.row % groups.count : 0) }
      rows.append(.option(option))
      if isSplit, option == chosen { rows += groups.indices.map { .group(option: option, place: $0) } }
    }
    if chosen == nil { selected = rows.count }
    if scene.replay == nil { rows.append(.close) }
    selected = min(selected, rows.count - 1)
    let first = Scroll.first(selected: selected, count: rows.count, rows: parts[1].rows)
    for offset in 0..<parts[1].rows where first + offset < rows.count {
      let place = Rect(row: parts[1].row + offset, column: rect.column, rows: 1, columns: rect.columns)
      if first + offset == selected { surface.cursor = (place.row, place.column) }
      draw(rows[first + offset], isSelected: first + offset == selected, on: &surface, in: place)
    }
    for (offset, line) in detail.prefix(detailRows).enumerated() {
      surface.put(
        line, row: parts[2].row + offset, column: rect.column, role: .strong, width: rect.columns)
    }
    drawStatus(on: &surface, in: parts[3])
  }

  // MARK: - Rows

  private func fieldColumns(_ rect: Rect) -> Int { rect.columns < 60 ? 8 : 11 }

  private func drawHeading(on surface: inout Surface, in rect: Rect) {
    let columns = fieldColumns(rect)
    let about =
      ballot.kind == .dots
      ? BallotTexts.dots(ballot.dots, mayStack: ballot.mayStack) : BallotTexts.kind(ballot.kind)
    let start = rect.column + rect.columns - columns * ballot.sides.count
    surface.put(
      scene.text(about), row: rect.row, column: rect.column, role: .dim,
      width: max(0, start - rect.column - 1))
    for (index, side) in ballot.sides.enumerated() {
      surface.put(
        scene.text(side.name), row: rect.row, column: start + index * columns, role: .dim, width: columns - 1)
    }
  }

  private func draw(_ row: Row, isSelected: Bool, on surface: inout Surface, in rect: Rect) {
    let start = rect.column + rect.columns - fieldColumns(rect) * ballot.sides.count
    let columns = max(0, start - rect.column - 1)
    switch row {
    case .option(let option):
      let id = ballot.options[option]
      scene.mark(rect, .row(.ballots, option * groups.count))
      let counted = isSplit ? groups.count { ballot.counts[id]?[$0 ?? ""] != nil } : 0
      let sign = counted > 0 ? scene.text(BallotTexts.groupsCounted(counted, of: groups.count)) : ""
      let signColumn = rect.column + rect.columns - TextWidth.width(sign)
      surface.put(
        "\(isSelected ? "›" : " ")\(option + 1) \(session.optionText(id))", row: rect.row,
        column: rect.column,
        role: isSelected ? .strong : .text, width: min(columns, signColumn - rect.column - 1))
      surface.put(sign, row: rect.row, column: signColumn, role: .ok)
      if !isSplit { drawFields(of: id, group: nil, isSelected: isSelected, on: &surface, in: rect) }
    case .group(let option, let place):
      scene.mark(rect, .row(.ballots, option * groups.count + place))
      let name = groups[place] ?? scene.text(BallotTexts.others)
      surface.put(
        "   \(isSelected ? "›" : " ")\(name)", row: rect.row, column: rect.column,
        role: isSelected ? .strong : .dim, width: columns)
      drawFields(
        of: ballot.options[option], group: groups[place], isSelected: isSelected, on: &surface, in: rect)
    case .close:
      let close = ConsoleCommand.all.first { $0.id == .ballotClose }
      surface.fill(rect, role: isSelected ? .selected : .text)
      surface.put(
        "\(isSelected ? "›" : " ")\(close?.keyNames(in: scene.language) ?? "")  \(scene.text(BallotTexts.closeLine))",
        row: rect.row, column: rect.column, role: isSelected ? .selected : .hint, width: rect.columns)
      scene.mark(rect, .command(.ballotClose))
    }
  }

  private func drawFields(
    of option: String, group: String?, isSelected: Bool, on surface: inout Surface, in rect: Rect
  ) {
    let columns = fieldColumns(rect)
    let start = rect.column + rect.columns - columns * ballot.sides.count
    let isCounted = ballot.counts[option]?[group ?? ""] != nil
    for (index, side) in ballot.sides.enumerated() {
      let field = BallotsPane.Field(ballot: ballot.id, option: option, group: group, side: side)
      let place = start + index * columns
      let known = pane.tally(of: field, in: session)[side]
      let isOnItsWay = pane.underway.values.contains { $0.field == field }
      guard field == current else {
        // Where one types the row tells field by field what is in; elsewhere not even that a side has no votes.
        let isIn = isSelected && current != nil ? known > 0 : isCounted
        let (sign, role): (String, Role) =
          if pane.typed[field] != nil { ("✎", .warning) } else if isOnItsWay { ("…", .notice) } else if isIn {
            ("✓", .ok)
          } else { ("·", .dim) }
        surface.put("   \(sign)", row: rect.row, column: place, role: role, width: columns - 1)
        continue
      }
      let text = pane.typed[field] ?? (isCounted || known > 0 ? "\(known)" : "")
      let width = min(6, columns - 2)
      surface.put(
        String(repeating: " ", count: max(0, width - text.count)) + text + " ", row: rect.row, column: place,
        role: .input)
      let sign = pane.typed[field] != nil ? "✎" : isOnItsWay ? "…" : ""
      surface.put(sign, row: rect.row, column: place + width + 1, role: .notice)
      surface.cursor = (rect.row, place + width)
    }
  }

  // MARK: - Below

  private func drawStatus(on surface: inout Surface, in rect: Rect) {
    guard rect.rows > 0 else { return }
    var column = rect.column
    func put(_ text: String, _ role: Role) {
      column += surface.put(
        text, row: rect.row, column: column, role: role, width: max(0, rect.column + rect.columns - column))
    }
    guard let field = current else {
      put(scene.text(BallotTexts.counted(ballot.countedOptions, of: ballot.options.count)), .ok)
      return put(" · " + scene.text(BallotTexts.hidden), .dim)
    }
    let voters = session.voters(group: field.group ?? "")
    let dots = ballot.kind == .dots ? ballot.dots : nil
    put(scene.text(BallotTexts.present(voters, group: field.group, dots: dots)), .text)
    if let sum = sum(around: field) {
      let most = voters.map { $0 * (dots ?? 1) } ?? .max
      put(" · " + scene.text(BallotTexts.sum(sum)) + (sum > most ? " !" : ""), sum > most ? .warning : .text)
    }
    if pane.typed[field] != nil { put(" · " + scene.text(BallotTexts.notInRecord), .notice) }
  }

  /// Returns all votes that one amount of people gave: on the proposition, or all dots; nil while a single hidden
  /// number could be told from it.
  private func sum(around field: BallotsPane.Field) -> Int? {
    let options = ballot.kind == .dots ? ballot.options : [field.option]
    var numbers: [Int] = []
    for option in options {
      for side in ballot.sides {
        let other = BallotsPane.Field(ballot: ballot.id, option: option, group: field.group, side: side)
        if other != field { numbers.append(pane.tally(of: other, in: session)[side]) }
      }
    }
    guard numbers.count(where: { $0 > 0 }) > 1 else { return nil }
    let own = pane.typed[field].flatMap { Int($0) } ?? pane.tally(of: field, in: session)[field.side]
    return numbers.reduce(own, +)
  }
}
