import Conference
import Ground
import Screen

/// The console as plain lines, for screen readers and for terminals that can do no more.
///
/// The same model and the same commands as those of the screen: `read` takes in a line that a person typed,
/// `update` what happens, and `lines` is what is to be said. It looks at no clock and no file.
public struct PlainConsole: Sendable {
  var model: Model
  /// What is to be said, each a line of its own.
  private var said: [String] = []
  /// Whether what other tables bring in is not told.
  var isQuiet = false
  private var drawing: Set<CommandID> = []
  /// How far the drawing was when that was told last.
  private var toldDrawing: Interval?

  /// Creates a console and greets.
  public init(_ model: Model) {
    self.model = model
    say(model.session.plan?.title ?? "Beraad")
    say(PlainTexts.welcome)
    for line in now { say(line) }
    tellUnkept()
  }

  /// What the drafts' store keeps.
  public var drafts: [String: String] { model.drafts }

  /// Whether the host has not answered yet; the next line waits until it has.
  public var isWaiting: Bool { !model.underway.isEmpty || !drawing.isEmpty }

  /// What stands before what one types: the place, and the kind if nothing else is said.
  public var prompt: String { "\(place(model.noteTable)), \(kindName(model.note.kind))> " }

  /// Returns what is to be said and forgets it.
  public mutating func lines() -> [String] {
    defer { said = [] }
    return said
  }

  mutating func say(_ phrase: Phrase) { say(phrase[model.language]) }

  /// Says one line; what could steer a terminal is shown instead.
  mutating func say(_ text: String) {
    said.append(
      String(
        text.map { character in
          if character.isNewline { return " " }
          return character.unicodeScalars.first?.properties.generalCategory == .control ? "�" : character
        }))
  }

  // MARK: - What happens

  /// Takes in what happened and answers with what must be done outside.
  public mutating func update(_ occurrence: Occurrence) -> [Effect] {
    guard case .lines(let lines) = occurrence else { return tell(occurrence) }
    // One by one, so that each can be told.
    return lines.flatMap { tell(.lines([$0]), line: $0) }
  }

  private mutating func tell(_ occurrence: Occurrence, line: Line? = nil) -> [Effect] {
    let before = model
    var given: Command?
    if case .drawing(let id, let picture) = occurrence, drawing.contains(id) { tell(picture) }
    if case .answer(let id, _) = occurrence {
      given = model.underway[id]
      drawing.remove(id)
    }
    let effects = model.update(occurrence)
    if let line { tell(line, before) }
    if case .answer(_, let outcome) = occurrence { tell(outcome, to: given) }
    tellClock(before)
    return follow(effects)
  }

  /// Says what the model says, and asks what it asks.
  mutating func follow(_ effects: [Effect]) -> [Effect] {
    for case .draw(let id) in effects {
      drawing.insert(id)
      toldDrawing = nil
      // Nobody looks at a page: what is found is taken when the search is done.
      model.focus = .agenda
      say(PlainTexts.drawing)
    }
    // Each table's line tells that tables were drawn: once is enough.
    if let toast = model.toast, said.last != toast.text { say(toast.text) }
    model.toast = nil
    if case .question(let question) = model.layers.last, !isAsked {
      isAsked = true
      say(question.text[model.language] + " " + PlainTexts.yesOrNo[model.language])
    }
    return effects
  }

  /// Whether the question on top was told.
  private var isAsked = false

  private mutating func tell(_ line: Line, _ before: Model) {
    let session = model.session
    switch line.type {
    case "contribution.added":
      guard let one = session.contributions.last else { break }
      if before.note.sent.contains(where: { $0.id == line.cmd }) {
        say(PlainTexts.kept(one.id, kindName(one.kind), place(one.table)))
      } else if !isQuiet {
        say("\(one.id), \(place(one.table)), \(kindName(one.kind)): \(one.text)")
      }
    case "phase.started", "conference.closed":
      model.toast = nil
      for line in now { say(line) }
    case "record.sealed" where before.session.closingSeal == nil:
      if let seal = session.closingSeal {
        say(seal.phrase)
        say(ClosingSeal.purpose)
      }
    default: break
    }
    for table in session.help.keys.sorted() where before.session.help[table] == nil {
      say(PlainTexts.asksHelp(table))
    }
    for table in before.session.help.keys.sorted() where session.help[table] == nil {
      say(PlainTexts.wasHelped(table))
    }
    if let slot = session.flow.slot?.table, before.session.flow.slot?.table != slot {
      say(PlainTexts.hasTheFloor(slot))
    }
    if (session.flow.pausedSince == nil) != (before.session.flow.pausedSince == nil) {
      say(session.flow.pausedSince == nil ? PlainTexts.clockRuns : PlainTexts.clockStands)
    }
    if session.flow.current == before.session.flow.current, let index = session.flow.current,
      session.plannedLength(of: index) != before.session.plannedLength(of: index)
    {
      say(PlainTexts.takesNow(Int(session.plannedLength(of: index) / .minutes(1))))
    }
  }

  private mutating func tell(_ outcome: ConsoleLink.Outcome, to command: Command?) {
    switch outcome {
    case .kept: break
    case .inRecord:
      switch command {
      case nil, .contribute, .advance, .move, .pause, .resume, .extend, .askHelp, .answerHelp, .message: break
      default: say(PlainTexts.done)
      }
    case .refused(let why, _):
      if command?.isNote == true { say(PlainTexts.notKept(why)) }
    case .trouble(let why):
      say(command?.isNote == true ? PlainTexts.notKept(why) : why)
      say(PlainTexts.elsewhere)
    }
  }

  /// Tells at the start, every five seconds and at the end how far a drawing is.
  private mutating func tell(_ picture: DrawingPicture) {
    if let toldDrawing, !picture.isDone, picture.elapsed - toldDrawing < .seconds(5) { return }
    toldDrawing = picture.elapsed
    var pane = DrawingPane(id: .random(), from: .agenda)
    pane.show(picture)
    // The first line is about keys.
    let facts = pane.summary(model.language).dropFirst().map(\.text).joined(separator: " ")
    say((picture.isDone ? PlainTexts.drawingDone : PlainTexts.drawingGoesOn)[model.language] + " " + facts)
  }

  private mutating func tellClock(_ before: Model) {
    guard let warning = model.lastWarning, warning != before.lastWarning else { return }
    say("\(warning.phrase[model.language]): \(model.session.currentItem?.title ?? "")")
  }

  // MARK: - What a person types

  /// Whether a line is about the drawing that goes on, so that it need not wait for its end.
  func isForDrawing(_ line: String) -> Bool {
    !drawing.isEmpty && Self.enough.contains(line.trimmed.lowercased())
  }

  /// Takes in a line that was typed.
  public mutating func read(_ typed: String) -> [Effect] {
    let line = TextEditor(typed).text.trimmed
    if isAsked {
      isAsked = false
      let isYes = ["j", "ja", "y", "yes"].contains(line.lowercased())
      let effects = follow(model.updateLayer(.character(isYes ? "y" : "n")))
      model.layers = []
      if isYes { return effects }
      say(PlainTexts.notDone)
      // What is neither yes nor no is a line like any other.
      if ["n", "nee", "no", ""].contains(line.lowercased()) { return effects }
    }
    return follow(carryOut(line))
  }

  /// What is not in the record yet, so that nobody forgets it.
  mutating func tellUnkept() {
    let texts = model.note.drafts.values.map(\.text) + model.note.sent.map(\.typed)
    for text in texts where !text.trimmed.isEmpty { say(PlainTexts.unkept(text)) }
  }

  func place(_ table: Int?) -> String {
    (table.map(Texts.table) ?? Phase.plenary.name)[model.language].lowercased()
  }

  func kindName(_ kind: String) -> String {
    model.session.usualKind(kind)?.name[model.language] ?? kind
  }
}
