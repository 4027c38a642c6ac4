import Conference
import Ground
import Screen

/// A drawing of tables that goes on: what it has found so far, in words, and the tables themselves.
struct DrawingPane: Sendable {
  /// The command that began it, and by which it is taken or given up.
  let id: CommandID
  /// Where the facilitator came from.
  let from: Model.Focus
  /// What was found so far; nil: nothing yet.
  private(set) var picture: DrawingPicture?
  /// What was asked of the host already: there is nothing more to choose.
  var isEnding = false
  /// The costs so far, the first first; no more than are shown.
  private var costs: [Int] = []
  /// What the first tables cost.
  private var firstCost: Int?
  /// The place among the rounds of the one that is shown, and of the table at which the list stands.
  private var round = 0
  private var table = 0

  init(id: CommandID, from: Model.Focus) {
    self.id = id
    self.from = from
  }

  mutating func show(_ picture: DrawingPicture) {
    self.picture = picture
    firstCost = firstCost ?? picture.cost
    costs = (costs + [picture.cost]).suffix(Self.curveColumns)
  }

  mutating func moveRound(_ step: Int) {
    round = max(0, min((picture?.sheets.count ?? 1) - 1, round + step))
  }

  mutating func move(by step: Int) {
    let count = picture?.sheets.first?.mixes.count ?? 0
    table = max(0, min(count - 1, table + step))
  }

  // MARK: - Drawing

  private static let curveColumns = 24

  func draw(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    let words = summary(scene.language)
    let wanted = words.count + (picture == nil ? 2 : 3)
    let parts = rect.splitRows([min(wanted, max(3, rect.rows - 5)), nil])
    surface.box(parts[0], title: scene.text(title), role: .borderFocus)
    let inner = parts[0].inset()
    for (offset, line) in words.prefix(inner.rows).enumerated() {
      surface.put(
        line.text, row: inner.row + offset, column: inner.column, role: line.role, width: inner.columns)
    }
    if picture != nil, inner.rows > words.count {
      drawNearness(
        on: &surface,
        in: Rect(row: inner.row + words.count, column: inner.column, rows: 1, columns: inner.columns), scene)
    }
    if let picture, picture.sheets.indices.contains(round), parts[1].rows > 2 {
      var pane = SeatingPane()
      (pane.part, pane.chosenRound) = (.people, picture.sheets[round].round)
      // These are the tables as they would be; nothing on them can be pressed.
      let tried = Model.Scene(
        session: picture.session, clock: scene.clock, activity: scene.activity, language: scene.language,
        focus: scene.focus, replay: scene.replay, targets: nil)
      pane.drawTables(on: &surface, in: parts[1], picture.sheets[round], table, tried)
    }
    surface.cursor = (inner.row, inner.column)
  }

  private var title: Phrase {
    guard let first = picture?.sheets.first?.round, let last = picture?.sheets.last?.round else {
      return Phrase(nl: "Tafels indelen", en: "Drawing tables")
    }
    return first == last
      ? Phrase(nl: "Tafels indelen · ronde \(first)", en: "Drawing tables · round \(first)")
      : Phrase(
        nl: "Tafels indelen · ronde \(first) tot en met \(last)",
        en: "Drawing tables · round \(first) to \(last)")
  }

  /// What was found so far, in words, the most wanted first; the plain console says the same.
  func summary(_ language: Language) -> [(text: String, role: Role)] {
    guard let picture else {
      return [
        (Phrase(nl: "Er wordt gezocht …", en: "Searching …")[language], .strong),
        (Self.untouched[language], .dim),
      ]
    }
    let (mixed, all) = picture.wellMixed
    let met = picture.meetings
    return [
      status(picture, language),
      (MeetingsPane.Words.again(met.pairsAgain)[language], met.pairsAgain == 0 ? .ok : .text),
      (
        Phrase(
          nl: "\(mixed) van \(all) tafels goed gemengd.", en: "\(mixed) of \(all) tables well mixed.")[
            language],
        mixed == all ? .ok : .text
      ),
      (MeetingsPane.Words.room(met)[language], .text),
    ]
  }

  private func status(_ picture: DrawingPicture, _ language: Language) -> (text: String, role: Role) {
    let seconds = Int(picture.elapsed / .seconds(1))
    guard picture.isDone else {
      return (
        Phrase(
          nl: "Wordt nog beter · \(seconds) s · Enter: goed genoeg · Esc: laat alles zoals het was",
          en: "Still improving · \(seconds) s · Enter: good enough · Esc: leave all as it was")[language],
        .strong
      )
    }
    return picture.isOptimal
      ? (
        Phrase(
          nl: "Klaar: beter kan niet. Enter neemt deze indeling.",
          en: "Done: it cannot be better. Enter takes these tables.")[language], .ok
      )
      : (
        Phrase(
          nl: "Klaar na \(seconds) s. Enter neemt deze indeling.",
          en: "Done after \(seconds) s. Enter takes these tables.")[language], .ok
      )
  }

  static let untouched = Phrase(
    nl: "De tafels blijven zoals ze zijn, tot u een indeling neemt.",
    en: "The tables stay as they are until you take a drawing.")

  /// How near to the best possible: in words, as a bar from the first tables to the bound, and as a curve.
  private func drawNearness(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    guard let picture else { return }
    let text = scene.text(nearness(picture))
    let used = surface.put(text, row: rect.row, column: rect.column, role: .text, width: rect.columns) + 1
    let room = rect.columns - used
    // Before it improved there is no way to show.
    guard room >= 10, let firstCost, firstCost > picture.cost || picture.isOptimal else { return }
    let bar = Rect(row: rect.row, column: rect.column + used, rows: 1, columns: min(24, room))
    surface.bar(
      bar, part: picture.isOptimal ? 1 : firstCost - picture.cost,
      of: picture.isOptimal ? 1 : firstCost - picture.bound, role: .bar)
    let curve = self.curve
    guard room >= 26 + curve.count, curve.count > 1 else { return }
    surface.put(curve, row: rect.row, column: bar.column + bar.columns + 2, role: .dim)
  }

  private func nearness(_ picture: DrawingPicture) -> Phrase {
    if picture.isOptimal {
      return Phrase(nl: "Zo goed als mogelijk is", en: "As good as is possible")
    }
    let tenths = picture.cost > 0 ? max(1, ((picture.cost - picture.bound) * 1000) / picture.cost) : 0
    return Phrase(
      nl: "Hoogstens \(tenths / 10),\(tenths % 10) % beter mogelijk",
      en: "At most \(tenths / 10).\(tenths % 10) % better is possible")
  }

  /// The costs of the last looks, from low to high.
  private var curve: String {
    let blocks = Array("▁▂▃▄▅▆▇█")
    guard let low = costs.min(), let high = costs.max(), high > low else { return "" }
    return String(costs.map { blocks[($0 - low) * (blocks.count - 1) / (high - low)] })
  }
}
