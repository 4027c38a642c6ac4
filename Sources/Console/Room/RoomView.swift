import Conference
import Ground
import Screen

extension RoomModel {
  /// What a pane needs to draw.
  struct Scene {
    let sight: RoomSight
    let language: Language

    func text(_ phrase: Phrase) -> String { phrase[language] }
  }

  /// Draws the whole screen.
  public func view() -> Surface {
    var surface = Surface(size: size)
    guard size.rows >= Model.smallest.rows, size.columns >= Model.smallest.columns else {
      surface.put(Texts.tooSmall[language], row: 0, column: 0, role: .warning)
      surface.put("\(size.columns)x\(size.rows) < 40x12", row: 1, column: 0, role: .dim)
      return surface
    }
    let scene = Scene(sight: sight, language: language)
    drawHeader(on: &surface, scene)
    let banner = bannerLines(scene)
    let foot = trouble == nil ? 0 : 1
    let rows = Rect(row: 1, column: 0, rows: size.rows - 1, columns: size.columns)
      .splitRows([nil, banner.isEmpty ? 0 : banner.count + 2, foot])
    let margin = size.columns >= 100 ? 4 : 2
    let air = size.rows >= 20 ? 1 : 0
    let body = Rect(
      row: rows[0].row + air, column: margin, rows: rows[0].rows - 2 * air, columns: size.columns - 2 * margin
    )
    drawBody(on: &surface, in: body, scene)
    drawBanner(banner, on: &surface, in: rows[1])
    drawTrouble(on: &surface, in: rows[2])
    return surface
  }

  private func drawBody(on surface: inout Surface, in body: Rect, _ scene: Scene) {
    if isLeaving { return RoomWords.draw(RoomWords.leaving(scene), on: &surface, in: body) }
    if isHelpShown { return RoomWords.draw(RoomWords.help(scene), on: &surface, in: body) }
    if let query { return RoomSearchPane.draw(query, seats, on: &surface, in: body, scene) }
    switch scene.sight.picture {
    case .seats:
      guard let seats else { fallthrough }
      RoomSeatsPane.draw(seats, on: &surface, in: body, self, scene)
    case .notOpen, .welcome, .item, .question, .report, .closed:
      RoomWords.draw(RoomWords.words(of: scene, shown: shownNow), on: &surface, in: body)
    case .ballot:
      guard let vote = scene.sight.vote else { return }
      RoomVotePane.draw(vote, on: &surface, in: body, self, scene)
    }
  }

  /// The shown contributions that are on the screen together: three, and where there are more they take turns.
  private var shownNow: [RoomSight.Shown] {
    let all = sight.shown
    let pages = max(1, (all.count + 2) / 3)
    let first = page(of: pages) * 3
    return Array(all.dropFirst(first).prefix(3))
  }

  // MARK: - The edges of the screen

  private func drawHeader(on surface: inout Surface, _ scene: Scene) {
    surface.fill(Rect(row: 0, column: 0, rows: 1, columns: size.columns), role: .title)
    let wall = " \(scene.sight.wall)  "
    let right = size.columns - TextWidth.width(wall)
    let title = scene.sight.title.isEmpty ? "Beraad" : TextWidth.oneLine(scene.sight.title)
    surface.put("  " + title, row: 0, column: 0, role: .title, width: max(0, right - 1))
    surface.put(wall, row: 0, column: right, role: .title)
  }

  private func bannerLines(_ scene: Scene) -> [String] {
    guard let banner = scene.sight.banner else { return [] }
    let text = "» \(scene.text(RoomTexts.message)): \(TextWidth.oneLine(banner))"
    return RoomStack.lines(of: text, columns: size.columns - 8, rows: size.rows >= 20 ? 3 : 2)
  }

  private func drawBanner(_ lines: [String], on surface: inout Surface, in rect: Rect) {
    guard !lines.isEmpty else { return }
    // A ground of its own in every theme, and without colours too.
    surface.fill(rect, role: .selected)
    for (offset, line) in lines.enumerated() where offset + 1 < rect.rows {
      surface.put(line, row: rect.row + 1 + offset, column: 4, role: .selected, width: size.columns - 8)
    }
  }

  private func drawTrouble(on surface: inout Surface, in rect: Rect) {
    guard let trouble, !rect.isEmpty else { return }
    surface.fill(rect, role: .alarm)
    surface.put("  !! \(trouble[language])", row: rect.row, column: 0, role: .alarm, width: size.columns)
  }
}
