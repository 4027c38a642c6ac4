import Conference
import Ground
import Screen

/// A guided tour of the console: each step asks for one thing, and goes on when that was done.
///
/// It lies over nothing and takes no keys but its own two, so one can do something else, or leave it.
public struct Tour: Sendable, Equatable {
  private var step = 0

  /// Creates a tour at its first step.
  public init() {}

  /// Whether all steps are done.
  var isOver: Bool { !Step.all.indices.contains(step) }

  mutating func skip() { step += 1 }

  fileprivate mutating func follow(_ model: Model) {
    while Step.all.indices.contains(step), Step.all[step].isDone(model) { step += 1 }
  }

  /// Returns the rows that the step takes at a width, borders included.
  func rows(columns: Int, _ model: Model) -> Int {
    isOver ? 0 : min(4, TextWidth.wrap(Step.all[step].text[model.language], columns: columns - 4).count) + 2
  }

  func draw(on surface: inout Surface, in rect: Rect, _ model: Model, _ scene: Model.Scene) {
    guard !isOver, rect.rows > 2 else { return }
    let title = scene.text(
      Phrase(
        nl: "Rondleiding \(step + 1) van \(Step.all.count)",
        en: "Guided tour \(step + 1) of \(Step.all.count)"))
    surface.fill(rect, role: .popup)
    surface.box(rect, title: title, role: .borderFocus, titleRole: .notice)
    let lines = TextWidth.wrap(scene.text(Step.all[step].text), columns: rect.columns - 4)
    for (offset, line) in lines.prefix(rect.rows - 2).enumerated() {
      surface.put(line, row: rect.row + 1 + offset, column: rect.column + 2, role: .popup)
    }
    let footer = scene.text(
      Phrase(nl: " F7 volgende stap   F8 stop de rondleiding ", en: " F7 next step   F8 leave the tour "))
    surface.put(
      footer, row: rect.row + rect.rows - 1, column: rect.column + 2, role: .hint, width: rect.columns - 4)
  }

  /// Something to do, and how one sees that it was done.
  private struct Step: Sendable {
    var text: Phrase
    var isDone: @Sendable (Model) -> Bool

    static let all = [
      Step(
        text: Phrase(
          nl:
            "Welkom! U leidt een werkconferentie van 50 mensen aan 7 tafels. Druk op Spatie: het eerste onderdeel begint.",
          en:
            "Welcome! You run a working conference of 50 people at 7 tables. Press Space: the first item begins."
        ),
        isDone: { $0.session.flow.status != .prepared }),
      Step(
        text: Phrase(
          nl:
            "De grote cijfers zijn de tijd die rest. Links staat het programma met de tijden zoals ze nu verwacht worden. Druk weer op Spatie voor het volgende onderdeel.",
          en:
            "The large digits are the time left. On the left stands the agenda with the times as they are expected now. Press Space again for the next item."
        ),
        isDone: { ($0.session.flow.current ?? 0) > 0 }),
      Step(
        text: Phrase(
          nl:
            "Wie is er? Druk op i, typ een stukje van een naam, en Enter zet die persoon op aanwezig. Esc gaat altijd een stap terug.",
          en:
            "Who is here? Press i, type a part of a name, and Enter checks that person in. Esc always goes one step back."
        ),
        isDone: { model in
          model.session.participants.contains { model.session.presence(of: $0.id) == .present }
            && !model.focus.isPage
        }),
      Step(
        text: Phrase(
          nl:
            "Ga met Spatie door tot ‘Ronde 1’. De tafels worden dan ingedeeld, en de schrijvers aan de tafels beginnen.",
          en:
            "Go on with Space until ‘Ronde 1’. The tables are drawn then, and the note-takers at the tables begin."
        ),
        isDone: { $0.session.currentItem?.phase == .breakout }),
      Step(
        text: Phrase(
          nl:
            "Rechts ziet u welke tafel schrijft (✎), welke stil is (○) en welke hulp vraagt (!). Druk op b voor alles wat de tafels inbrengen.",
          en:
            "On the right you see which table writes (✎), which is silent (○) and which asks for help (!). Press b for all that the tables bring in."
        ),
        isDone: { $0.focus == .contributions }),
      Step(
        text: Phrase(
          nl: "Esc gaat terug naar de zaal. Typ nu zelf iets: n, dan uw tekst, dan Enter.",
          en: "Esc goes back to the hall. Now type something yourself: n, then your text, then Enter."),
        isDone: { $0.session.contributions.contains { $0.by == DeviceRole.facilitator.name } }),
      Step(
        text: Phrase(
          nl:
            "Esc gaat terug. + geeft een minuut extra, p zet de klok stil. Vergist u zich? u maakt ongedaan. Probeer het.",
          en: "Esc goes back. + gives a minute more, p stops the clock. A slip? u undoes it. Try it."),
        isDone: { $0.session.history.lastUndone(by: DeviceRole.facilitator.name) != nil }),
      Step(
        text: Phrase(
          nl:
            "Dat was het. F2 vindt elke opdracht op naam, ? toont alle toetsen. Alles wat gebeurde staat in het naslagwerk; terugzien kan met ‘beraad replay’.",
          en:
            "That is all. F2 finds every command by its name, ? shows all keys. All that happened stands in the record; look back at it with ‘beraad replay’."
        ),
        isDone: { _ in false }),
    ]
  }
}

extension Model {
  /// Lets the tour go on when its step was done.
  mutating func followTour() {
    guard var tour else { return }
    tour.follow(self)
    self.tour = tour.isOver ? nil : tour
  }
}
