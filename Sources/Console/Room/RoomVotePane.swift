import Conference
import Ground
import Screen

/// A vote: what it is about while it is open, and bars with words and numbers once it is closed.
enum RoomVotePane {
  static func draw(
    _ vote: RoomSight.Vote, on surface: inout Surface, in rect: Rect, _ model: RoomModel,
    _ scene: RoomModel.Scene
  ) {
    let parts = rect.splitRows([1, 1, nil, 1, 1])
    let state = scene.text(vote.isOpen ? RoomTexts.voteOpen : RoomTexts.voteClosed)
    surface.put(
      "\(state) · \(TextWidth.oneLine(vote.title))", row: rect.row, column: rect.column, role: .title,
      width: rect.columns)
    let pages = pages(of: vote, columns: rect.columns, rows: parts[2].rows)
    let page = model.page(of: pages.count)
    // Few options stand further apart, in the middle.
    let used = pages[page].reduce(0) { $0 + $1.rows }
    let gap = max(1, min(3, (parts[2].rows - used) / max(1, pages[page].count)))
    let all = used + gap * max(0, pages[page].count - 1)
    var row = parts[2].row + max(0, parts[2].rows - all) / 2
    for block in pages[page] {
      draw(
        block, vote, on: &surface, in: Rect(row: row, column: rect.column, rows: 1, columns: rect.columns),
        scene)
      row += block.rows + gap
    }
    var foot: [String] = []
    if pages.count > 1 { foot.append(scene.text(RoomTexts.page(page + 1, of: pages.count))) }
    if vote.isOpen { foot += [ways(vote, scene), scene.text(RoomTexts.resultLater)] }
    surface.put(
      foot.joined(separator: " · "), row: parts[4].row, column: rect.column, role: .text, width: rect.columns)
  }

  /// What people can answer.
  private static func ways(_ vote: RoomSight.Vote, _ scene: RoomModel.Scene) -> String {
    vote.kind == .dots
      ? scene.text(RoomTexts.dots(vote.dots, mayStack: vote.mayStack))
      : [Side.agree, .disagree, .abstain].map { scene.text($0.name) }.joined(separator: " / ")
  }

  // MARK: - Pages

  /// One option as it stands on the screen.
  private struct Block {
    let option: RoomSight.Vote.Option
    let lines: [String]
    let bars: Int
    var rows: Int { lines.count + bars }
  }

  private static func pages(of vote: RoomSight.Vote, columns: Int, rows: Int) -> [[Block]] {
    var pages: [[Block]] = [[]]
    var used = 0
    for option in vote.options {
      let bars = vote.isOpen ? 0 : vote.kind == .dots ? 1 : 3
      let most = max(1, min(vote.isOpen ? 4 : 2, rows - bars))
      let block = Block(
        option: option, lines: RoomStack.lines(of: option.text, columns: columns - 5, rows: most), bars: bars)
      if used > 0, used + block.rows > rows {
        pages.append([])
        used = 0
      }
      pages[pages.count - 1].append(block)
      used += block.rows + 1
    }
    return pages
  }

  private static func draw(
    _ block: Block, _ vote: RoomSight.Vote, on surface: inout Surface, in rect: Rect,
    _ scene: RoomModel.Scene
  ) {
    let number = "\(block.option.number)"
    surface.put(number, row: rect.row, column: rect.column + max(0, 2 - number.count), role: .title)
    for (offset, line) in block.lines.enumerated() {
      surface.put(
        line, row: rect.row + offset, column: rect.column + 4, role: .strong, width: rect.columns - 4)
    }
    guard let tally = block.option.tally else { return }
    let sides: [Side] = vote.kind == .dots ? [.dots] : [.agree, .disagree, .abstain]
    // The longest bar of dots is that of the option with the most; sides are parts of all who voted.
    let most =
      vote.kind == .dots ? vote.options.compactMap { $0.tally?.dots }.max() ?? 0 : tally.total
    for (offset, side) in sides.enumerated() {
      let row = rect.row + block.lines.count + offset
      let words = TextWidth.pad(scene.text(side.name), to: 10)
      let count = "\(tally[side])"
      surface.put(words, row: row, column: rect.column + 4, role: .text)
      surface.put(count, row: row, column: rect.column + 14 + max(0, 4 - count.count), role: .strong)
      surface.bar(
        Rect(row: row, column: rect.column + 20, rows: 1, columns: rect.columns - 20), part: tally[side],
        of: max(1, most), role: .bar)
    }
  }
}
