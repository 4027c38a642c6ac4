import Conference
import Ground
import Screen

/// The pictures of the room screen that are a few large words and a clock.
enum RoomWords {
  static func draw(_ stack: RoomStack, on surface: inout Surface, in rect: Rect) {
    stack.draw(on: &surface, in: rect)
  }

  static func words(of scene: RoomModel.Scene, shown: [RoomSight.Shown]) -> RoomStack {
    switch scene.sight.picture {
    case .notOpen: notOpen(scene)
    case .welcome, .seats, .ballot: welcome(scene)
    case .item: item(scene, shown)
    case .question: question(scene, shown)
    case .report: report(scene, shown)
    case .closed: closed(scene)
    }
  }

  // MARK: - Before

  private static func notOpen(_ scene: RoomModel.Scene) -> RoomStack {
    var stack = RoomStack()
    stack.add(scene.text(RoomTexts.notOpen), rows: 2)
    stack.air()
    stack.add(scene.text(RoomTexts.notOpenHint), .text, rows: 2, spare: true)
    return stack
  }

  private static func welcome(_ scene: RoomModel.Scene) -> RoomStack {
    var stack = RoomStack()
    stack.add(scene.text(RoomTexts.welcome), .strong)
    stack.air()
    stack.add(scene.sight.title, .title, rows: 2)
    if let motto = scene.sight.text { stack.add(motto, .text, rows: 2, spare: true) }
    stack.air()
    stack.add(digits: scene.sight.wall, .digits)
    stack.air(2)
    if let next = scene.sight.next { stack.add(scene.text(next), .strong, spare: true) }
    return stack
  }

  // MARK: - While it runs

  private static func item(_ scene: RoomModel.Scene, _ shown: [RoomSight.Shown]) -> RoomStack {
    var stack = RoomStack()
    stack.add(scene.sight.heading, .strong, rows: 2)
    stack.air()
    addClock(to: &stack, scene)
    stack.air()
    add(shown, to: &stack, scene)
    if let next = scene.sight.next { stack.add(scene.text(next), .text, rows: 2, spare: true) }
    return stack
  }

  private static func question(_ scene: RoomModel.Scene, _ shown: [RoomSight.Shown]) -> RoomStack {
    var stack = RoomStack()
    // The question is what people look up for: it comes first, and the clock takes what room there is.
    if let question = scene.sight.text {
      stack.add(scene.sight.heading, .text, spare: true)
      stack.air()
      stack.add(question, .title, rows: shown.isEmpty ? 6 : 3)
    } else {
      stack.add(scene.sight.heading, .title, rows: 2)
    }
    stack.air(2)
    addClock(to: &stack, scene)
    stack.air()
    add(shown, to: &stack, scene)
    return stack
  }

  private static func report(_ scene: RoomModel.Scene, _ shown: [RoomSight.Shown]) -> RoomStack {
    var stack = RoomStack()
    if let table = scene.sight.table {
      stack.add(scene.text(RoomTexts.speaks(table)), .title)
    } else {
      stack.add(scene.sight.heading, .title, rows: 2)
    }
    stack.air()
    addClock(to: &stack, scene)
    stack.air()
    // What the table shows comes before what others showed earlier.
    let own = shown.filter { $0.table == scene.sight.table }
    add(own.isEmpty ? shown : own, to: &stack, scene)
    if let next = scene.sight.next { stack.add(scene.text(next), .text, spare: true) }
    return stack
  }

  private static func addClock(to stack: inout RoomStack, _ scene: RoomModel.Scene) {
    guard let clock = scene.sight.clock else { return }
    stack.add(digits: clock.left, clock.digitRole)
    stack.air()
    let isState = clock.role != .digits
    stack.add(
      scene.text(clock.state), isState ? clock.role : .text, isBar: isState)
  }

  private static func add(
    _ shown: [RoomSight.Shown], to stack: inout RoomStack, _ scene: RoomModel.Scene
  ) {
    for one in shown {
      let origin = one.table.map { " — " + scene.text(RoomTexts.table($0)) } ?? ""
      stack.air()
      stack.add("“\(TextWidth.oneLine(one.text))”\(origin)", .strong, rows: shown.count == 1 ? 5 : 3)
    }
    if !shown.isEmpty { stack.air() }
  }

  // MARK: - After

  private static func closed(_ scene: RoomModel.Scene) -> RoomStack {
    var stack = RoomStack()
    guard let closing = scene.sight.closing else { return stack }
    stack.add(scene.text(RoomTexts.thanks), .title)
    stack.air(2)
    stack.add(
      scene.text(
        RoomTexts.figures(closing.contributions, tables: closing.tables, people: closing.people)), .strong,
      rows: 2)
    guard let seal = closing.seal else { return stack }
    stack.air(2)
    stack.add(scene.text(RoomTexts.seal), .text)
    stack.air()
    let words = seal.words(in: scene.language)
    for line in stride(from: 0, to: words.count, by: 4) {
      stack.add(words[line..<min(line + 4, words.count)].joined(separator: "   "), .strong)
      if line == 0 { stack.air() }
    }
    stack.air()
    stack.add(seal.groups, .text, rows: 2, spare: true)
    stack.air()
    stack.add(scene.text(RoomTexts.sealHint), .text, rows: 3, spare: true)
    return stack
  }

  // MARK: - For whoever sits at the keyboard

  static func leaving(_ scene: RoomModel.Scene) -> RoomStack {
    var stack = RoomStack()
    stack.add(scene.text(RoomTexts.leave), .title)
    stack.air()
    stack.add(scene.text(Texts.yesNo), .strong)
    return stack
  }

  static func help(_ scene: RoomModel.Scene) -> RoomStack {
    var stack = RoomStack()
    stack.add(scene.text(RoomTexts.keys), .title)
    stack.air()
    for key in RoomKey.all {
      stack.add("\(scene.text(key.keys)) · \(scene.text(key.help))", .strong, rows: 2)
    }
    return stack
  }
}

/// A key of the room screen with what it does: for its help and for docs/KEYS.md.
struct RoomKey: Sendable {
  let keys: Phrase
  let help: Phrase

  static let all: [RoomKey] = [
    RoomKey(
      keys: Phrase(nl: "letters of /", en: "letters or /"),
      help: Phrase(nl: "een naam zoeken: aan welke tafel?", en: "look a name up: at which table?")),
    RoomKey(
      keys: Phrase(same: "← →"),
      help: Phrase(
        nl: "bladeren; anders gaan de bladen vanzelf verder", en: "turn pages; else they turn by themselves")),
    RoomKey(keys: Phrase(same: "Esc"), help: Phrase(nl: "terug", en: "back")),
    RoomKey(keys: Phrase(same: "?"), help: Phrase(nl: "deze toetsen", en: "these keys")),
    RoomKey(keys: Phrase(same: "q"), help: Phrase(nl: "sluiten", en: "close")),
  ]
}
