import Conference
import Ground
import Screen

/// Something that a key does on the console.
///
/// The table below is the only place that knows keys: what they do, the hints, the help and docs/KEYS.md all
/// come from it.
struct ConsoleCommand: Sendable {
  let id: ID
  var keys: [Key]
  /// One or two words for the hint at the bottom.
  let name: Phrase
  /// One sentence for the help.
  let help: Phrase
  /// Where it works.
  let place: Place
  /// Why it cannot be done now, or nil.
  let whyNot: @Sendable (Model) -> Phrase?
  let action: @Sendable (inout Model) -> [Effect]

  enum ID: String, Sendable, CaseIterable {
    case advance, goTo, pause, extend, shorten, extendBy, finishOnTime, callTable, endSlot, close
    case draw, answerHelp, note, noteKeep, noteNextTable, noteBackTable, noteNextKind, noteBackKind
    case noteLeave, edit, withdraw, show, theme, message, mark, people, checkIn, checkOut, walkIn, peopleLeave
    case chooseTable, plenary, undo, redo, focusNext, focusBack, up, down, help, leave
    case play, forward, back, nextPhase, previousPhase, faster, slower, first, last, goToTime
    case suspend, elsewhere
  }

  /// Where a command works.
  enum Place: Sendable, CaseIterable {
    /// Wherever no text is typed.
    case live
    /// With the agenda in focus.
    case agenda
    /// With the contributions in focus.
    case contributions
    /// In the list of people.
    case people
    /// While typing a contribution.
    case note
    /// In a replay.
    case replay
    /// Everywhere, also in a replay.
    case everywhere

    var title: Phrase {
      switch self {
      case .live: Phrase(nl: "De conferentie leiden", en: "Running the conference")
      case .agenda: Phrase(nl: "In het programma", en: "In the agenda")
      case .contributions: Phrase(nl: "Bij de bijdragen", en: "With the contributions")
      case .people: Phrase(nl: "Bij de deelnemers", en: "With the participants")
      case .note: Phrase(nl: "Tijdens het noteren", en: "While taking notes")
      case .replay: Phrase(nl: "Bij het terugspelen", en: "In a replay")
      case .everywhere: Phrase(nl: "Overal", en: "Everywhere")
      }
    }
  }

  init(
    _ id: ID, _ keys: [Key], in place: Place, _ name: Phrase, _ help: Phrase,
    whyNot: @escaping @Sendable (Model) -> Phrase? = { _ in nil },
    action: @escaping @Sendable (inout Model) -> [Effect]
  ) {
    self.id = id
    self.keys = keys
    self.place = place
    self.name = name
    self.help = help
    self.whyNot = whyNot
    self.action = action
  }
}

extension ConsoleCommand {
  /// The one table of commands.
  static let all: [ConsoleCommand] = flow + people + notes + contributions + replay + everywhere

  /// Returns the command that `key` gives in this state of the console, or nil.
  static func find(_ key: Key, in model: Model) -> ConsoleCommand? {
    available(in: model).first { $0.keys.contains(key) }
  }

  /// Returns the commands that have meaning now, the most particular first, each with the keys left to it.
  static func available(in model: Model) -> [ConsoleCommand] {
    var taken: Set<Key> = []
    return places(in: model).flatMap { place in all.filter { $0.place == place } }.compactMap { command in
      var command = command
      command.keys.removeAll { taken.contains($0) || (model.focus == .people && $0.isText) }
      taken.formUnion(command.keys)
      return command.keys.isEmpty ? nil : command
    }
  }

  private static func places(in model: Model) -> [Place] {
    if model.replay != nil { return [.replay, .everywhere] }
    return switch model.focus {
    case .note: [.note]
    // What one types looks a name up here, so that no command can fire while one types a name.
    case .people: [.people, .everywhere, .live]
    case .agenda: [.agenda, .everywhere, .live]
    case .contributions: [.contributions, .everywhere, .live]
    case .tables: [.everywhere, .live]
    }
  }

  // MARK: - The agenda and its clocks

  private static func whenRunning(_ model: Model) -> Phrase? {
    switch model.session.flow.status {
    case .prepared: Refusal.notRunning.phrase
    case .running: nil
    case .closed: Refusal.alreadyClosed.phrase
    }
  }

  private static let flow: [ConsoleCommand] = [
    ConsoleCommand(
      .advance, [.character(" ")], in: .live, Phrase(nl: "volgende", en: "next"),
      Phrase(nl: "Start het volgende onderdeel, of het eerste.", en: "Start the next item, or the first."),
      whyNot: { $0.session.flow.status == .closed ? Refusal.alreadyClosed.phrase : nil },
      action: { $0.startNext() }),
    ConsoleCommand(
      .goTo, [.enter], in: .agenda, Phrase(nl: "ga naar", en: "go to"),
      Phrase(
        nl: "Start het gekozen onderdeel, ook buiten de volgorde (vraagt dan eerst).",
        en: "Start the chosen item, out of order too (asks first then)."),
      whyNot: { $0.session.flow.status == .closed ? Refusal.alreadyClosed.phrase : nil },
      action: { model in
        let items = model.session.items
        guard items.indices.contains(model.agenda.selected) else { return [] }
        return model.give(.move(to: items[model.agenda.selected].id, deliberate: false))
      }),
    ConsoleCommand(
      .pause, [.character("p")], in: .live, Phrase(nl: "pauzeer", en: "pause"),
      Phrase(
        nl: "Zet de klok van het onderdeel stil, of laat hem weer lopen.",
        en: "Let the item's clock stand still, or run again."),
      whyNot: whenRunning,
      action: { $0.give($0.session.flow.pausedSince == nil ? .pause : .resume) }),
    ConsoleCommand(
      .extend, [.character("+"), .character("=")], in: .live, Phrase(nl: "+1 min", en: "+1 min"),
      Phrase(nl: "Geef het onderdeel een minuut meer.", en: "Give the item a minute more."),
      whyNot: whenRunning, action: { $0.give(.extend(item: nil, seconds: 60)) }),
    ConsoleCommand(
      .shorten, [.character("-")], in: .live, Phrase(nl: "−1 min", en: "−1 min"),
      Phrase(nl: "Neem een minuut van het onderdeel af.", en: "Take a minute off the item."),
      whyNot: whenRunning, action: { $0.give(.extend(item: nil, seconds: -60)) }),
    ConsoleCommand(
      .extendBy, [.character("e")], in: .live, Phrase(nl: "verleng", en: "extend"),
      Phrase(
        nl: "Verleng of verkort het onderdeel met een aantal minuten.",
        en: "Extend or shorten the item by a number of minutes."),
      whyNot: whenRunning,
      action: { model in
        model.open(.extend)
        return []
      }),
    ConsoleCommand(
      .finishOnTime, [.character("f")], in: .live, Phrase(nl: "op tijd", en: "on time"),
      Phrase(
        nl: "Stel kortere onderdelen voor, zodat de dag op tijd eindigt.",
        en: "Propose shorter items, so that the day ends on time."),
      whyNot: whenRunning, action: { $0.proposeToFinishOnTime() }),
    ConsoleCommand(
      .callTable, [.character("c")], in: .live, Phrase(nl: "roep tafel", en: "call table"),
      Phrase(
        nl: "Geef de volgende tafel het woord in de terugkoppeling.",
        en: "Give the next table the floor in the report-back."),
      whyNot: {
        $0.session.currentItem?.phase == .reportBack ? nil : Refusal.notReportBack.phrase
      }, action: { $0.give(.call(table: nil)) }),
    ConsoleCommand(
      .endSlot, [.character("C")], in: .live, Phrase(nl: "einde beurt", en: "end turn"),
      Phrase(
        nl: "Beëindig de beurt van de tafel die aan het woord is.",
        en: "End the turn of the table that has the floor."),
      whyNot: { $0.session.flow.slot == nil ? Texts.nobodySpeaks : nil },
      action: { $0.give(.endSlot) }),
    ConsoleCommand(
      .draw, [.character("t")], in: .live, Phrase(nl: "deel in", en: "draw tables"),
      Phrase(
        nl: "Deel de tafels in voor alle rondes die nog komen.",
        en: "Draw the tables of all rounds to come."),
      whyNot: { model in
        if model.session.tables.isEmpty { return Texts.noTables }
        if model.session.flow.status == .closed { return Refusal.alreadyClosed.phrase }
        return model.session.reachedRound >= model.session.rounds ? Texts.noRounds : nil
      },
      action: { model in
        model.say(Texts.drawing)
        return [.draw(CommandID.random())]
      }),
    ConsoleCommand(
      .message, [.character("m")], in: .live, Phrase(nl: "bericht", en: "message"),
      Phrase(nl: "Stuur een bericht aan alle tafels.", en: "Send a message to all tables."),
      action: { model in
        model.open(.message)
        return []
      }),
    ConsoleCommand(
      .mark, [.character("k")], in: .live, Phrase(nl: "markeer", en: "mark"),
      Phrase(
        nl: "Markeer dit moment, om het later terug te vinden.",
        en: "Mark this moment, to find it back later."),
      action: { model in
        model.open(.marker)
        return []
      }),
    ConsoleCommand(
      .close, [.character("S")], in: .live, Phrase(nl: "sluit af", en: "close"),
      Phrase(nl: "Sluit de conferentie af.", en: "Close the conference."),
      whyNot: { $0.session.flow.status == .closed ? Refusal.alreadyClosed.phrase : nil },
      action: { $0.give(.close(deliberate: false)) }),
    ConsoleCommand(
      .elsewhere, [.function(9)], in: .everywhere, Phrase(nl: "andere schijf", en: "other disk"),
      Phrase(
        nl: "Ga verder op een andere schijf, als deze niet meer te schrijven is.",
        en: "Go on on another disk, when this one can no longer be written."),
      whyNot: { $0.trouble == nil ? Texts.noTrouble : nil },
      action: { model in
        model.open(.elsewhere)
        return []
      }),
  ]

  // MARK: - People and tables

  private static let people: [ConsoleCommand] = [
    ConsoleCommand(
      .people, [.character("i")], in: .live, Phrase(nl: "inchecken", en: "check in"),
      Phrase(nl: "Toon de deelnemers, om hen in te checken.", en: "Show the participants, to check them in."),
      action: { model in
        model.focus = .people
        return []
      }),
    ConsoleCommand(
      .checkIn, [.enter], in: .people, Phrase(nl: "aanwezig", en: "present"),
      Phrase(nl: "Zet de gekozen persoon op aanwezig.", en: "Check the chosen person in."),
      action: { model in
        guard let person = model.people.person(in: model.session) else { return [] }
        model.people.next(in: model.session)
        return model.give(.arrive(person.id))
      }),
    ConsoleCommand(
      .checkOut, [.control("x"), .delete], in: .people, Phrase(nl: "afwezig", en: "absent"),
      Phrase(
        nl: "Zet de gekozen persoon op afwezig; niemand anders verschuift.",
        en: "Note that the chosen person is absent; nobody else moves."),
      action: { model in
        guard let person = model.people.person(in: model.session) else { return [] }
        model.people.query = ""
        return model.give(.leave(person.id))
      }),
    ConsoleCommand(
      .walkIn, [.control("n"), .insert], in: .people, Phrase(nl: "nieuw", en: "new"),
      Phrase(
        nl: "Voeg iemand toe die niet op de lijst staat.", en: "Add somebody who is not on the list."),
      action: { model in
        model.open(.walkIn)
        return []
      }),
    ConsoleCommand(
      .peopleLeave, [.escape], in: .people, Phrase(nl: "terug", en: "back"),
      Phrase(
        nl: "Wis wat er getypt is, of ga terug naar het programma.",
        en: "Clear what is typed, or go back to the agenda."),
      action: { model in
        if model.people.query.isEmpty { model.focus = .agenda }
        model.people.query = ""
        return []
      }),
    ConsoleCommand(
      .answerHelp, [.character("h")], in: .live, Phrase(nl: "hulp", en: "help"),
      Phrase(
        nl: "Meld dat de gekozen tafel hulp vraagt, of dat er iemand is geweest.",
        en: "Note that the chosen table asks for help, or that somebody came."),
      whyNot: { $0.tables.number(in: $0.session) == nil ? Texts.noTables : nil },
      action: { model in
        guard let table = model.tables.number(in: model.session) else { return [] }
        return model.give(
          model.session.help[table] == nil ? .askHelp(table: table) : .answerHelp(table: table))
      }),
    ConsoleCommand(
      .chooseTable, (1...9).map { .character(Character("\($0)")) }, in: .live,
      Phrase(nl: "tafel", en: "table"),
      Phrase(nl: "Kies tafel 1 tot en met 9.", en: "Choose table 1 to 9."), action: { _ in [] }),
  ]

  // MARK: - Taking notes

  private static let notes: [ConsoleCommand] = [
    ConsoleCommand(
      .note, [.character("n")], in: .live, Phrase(nl: "noteer", en: "take notes"),
      Phrase(
        nl: "Typ bijdragen voor de gekozen tafel.", en: "Type contributions for the chosen table."),
      action: { model in
        model.focus = .note
        return []
      }),
    ConsoleCommand(
      .plenary, [.character("0")], in: .live, Phrase(nl: "plenair", en: "plenary"),
      Phrase(
        nl: "Typ bijdragen uit de plenaire zaal, bij geen tafel.",
        en: "Type contributions from the plenary, of no table."),
      action: { model in
        model.isPlenaryNote = true
        model.focus = .note
        return []
      }),
    ConsoleCommand(
      .noteKeep, [.enter], in: .note, Phrase(nl: "bewaar", en: "keep"),
      Phrase(nl: "Bewaar de bijdrage.", en: "Keep the contribution."), action: { $0.keepNote() }),
    ConsoleCommand(
      .noteNextTable, [.tab], in: .note, Phrase(nl: "volgende tafel", en: "next table"),
      Phrase(
        nl: "Ga naar de volgende tafel; wat er staat blijft staan.",
        en: "Go to the next table; what is typed stays."), action: { $0.noteTable(1) }),
    ConsoleCommand(
      .noteBackTable, [.backTab], in: .note, Phrase(nl: "vorige tafel", en: "table before"),
      Phrase(nl: "Ga naar de vorige tafel.", en: "Go to the table before."), action: { $0.noteTable(-1) }),
    ConsoleCommand(
      .noteNextKind, [.control("t"), .pageDown], in: .note, Phrase(nl: "soort", en: "kind"),
      Phrase(
        nl: "Kies het volgende soort bijdrage; Alt met een letter kiest er een (Alt-M is mening).",
        en: "Choose the next kind of contribution; Alt with a letter chooses one (Alt-M is opinion)."),
      action: { model in
        model.note.nextKind(1, in: model.session)
        return []
      }),
    ConsoleCommand(
      .noteBackKind, [.pageUp], in: .note, Phrase(nl: "vorig soort", en: "kind before"),
      Phrase(nl: "Kies het vorige soort bijdrage.", en: "Choose the kind before."),
      action: { model in
        model.note.nextKind(-1, in: model.session)
        return []
      }),
    ConsoleCommand(
      .noteLeave, [.escape], in: .note, Phrase(nl: "terug", en: "back"),
      Phrase(
        nl: "Verlaat het noteren; wat er staat blijft staan.",
        en: "Leave note-taking; what is typed stays."), action: { $0.leaveNote() }),
  ]

  // MARK: - Contributions

  private static func whenChosen(_ model: Model) -> Phrase? {
    model.contributions.contribution(in: model.session) == nil ? Texts.nothingYet : nil
  }

  private static let contributions: [ConsoleCommand] = [
    ConsoleCommand(
      .edit, [.enter], in: .contributions, Phrase(nl: "wijzig", en: "change"),
      Phrase(nl: "Wijzig tekst of soort van de bijdrage.", en: "Change the contribution's text or kind."),
      whyNot: whenChosen, action: { $0.editContribution() }),
    ConsoleCommand(
      .withdraw, [.character("x")], in: .contributions, Phrase(nl: "trek in", en: "withdraw"),
      Phrase(
        nl: "Trek de bijdrage in, of neem haar weer op; zij blijft in het naslagwerk.",
        en: "Withdraw the contribution, or take it up again; it stays in the record."),
      whyNot: whenChosen,
      action: { model in
        guard let chosen = model.contributions.contribution(in: model.session) else { return [] }
        return model.give(chosen.isWithdrawn ? .restore(id: chosen.id) : .withdraw(id: chosen.id))
      }),
    ConsoleCommand(
      .show, [.character("z")], in: .contributions, Phrase(nl: "zaalscherm", en: "room screen"),
      Phrase(
        nl: "Toon de bijdrage op het zaalscherm, of verberg haar.",
        en: "Show the contribution on the room's screen, or hide it."),
      whyNot: whenChosen,
      action: { model in
        guard let chosen = model.contributions.contribution(in: model.session) else { return [] }
        return model.give(.show(id: chosen.id, !chosen.isShown))
      }),
    ConsoleCommand(
      .theme, [.character("#")], in: .contributions, Phrase(nl: "thema", en: "theme"),
      Phrase(nl: "Zet de bijdrage onder een thema.", en: "Put the contribution under a theme."),
      whyNot: whenChosen,
      action: { model in
        guard let chosen = model.contributions.contribution(in: model.session) else { return [] }
        let title = chosen.theme.flatMap { model.session.themeIndex($0) }.map {
          model.session.themes[$0].title
        }
        model.open(.theme(contribution: chosen.id), text: title ?? "")
        return []
      }),
  ]

  // MARK: - Replay

  private static let replay: [ConsoleCommand] = [
    ConsoleCommand(
      .play, [.character(" ")], in: .replay, Phrase(nl: "speel", en: "play"),
      Phrase(nl: "Speel af, of sta stil.", en: "Play, or stand still."),
      action: { $0.inReplay { $0.isPlaying.toggle() } }),
    ConsoleCommand(
      .forward, [.right, .character(".")], in: .replay, Phrase(nl: "vooruit", en: "forward"),
      Phrase(nl: "Een gebeurtenis verder.", en: "One event forward."),
      action: { $0.inReplay { $0.step(1) } }),
    ConsoleCommand(
      .back, [.left, .character(",")], in: .replay, Phrase(nl: "achteruit", en: "back"),
      Phrase(nl: "Een gebeurtenis terug.", en: "One event back."),
      action: { $0.inReplay { $0.step(-1) } }),
    ConsoleCommand(
      .nextPhase, [.character("]")], in: .replay, Phrase(nl: "volgende fase", en: "next phase"),
      Phrase(nl: "Naar het begin van het volgende onderdeel.", en: "To the start of the next item."),
      action: { $0.inReplay { $0.stepPhase(1) } }),
    ConsoleCommand(
      .previousPhase, [.character("[")], in: .replay, Phrase(nl: "vorige fase", en: "phase before"),
      Phrase(nl: "Naar het begin van het vorige onderdeel.", en: "To the start of the item before."),
      action: { $0.inReplay { $0.stepPhase(-1) } }),
    ConsoleCommand(
      .faster, [.character("+"), .character("="), .character(">")], in: .replay,
      Phrase(nl: "sneller", en: "faster"),
      Phrase(nl: "Speel tweemaal zo snel, tot 600×.", en: "Play twice as fast, up to 600×."),
      action: { $0.inReplay { $0.speed = min(600, $0.speed * 2) } }),
    ConsoleCommand(
      .slower, [.character("-"), .character("<")], in: .replay, Phrase(nl: "langzamer", en: "slower"),
      Phrase(nl: "Speel half zo snel, tot 1×.", en: "Play half as fast, down to 1×."),
      action: { $0.inReplay { $0.speed = max(1, $0.speed / 2) } }),
    ConsoleCommand(
      .first, [.home], in: .replay, Phrase(nl: "begin", en: "start"),
      Phrase(nl: "Naar het begin.", en: "To the start."), action: { $0.inReplay { $0.goToStart() } }),
    ConsoleCommand(
      .last, [.end], in: .replay, Phrase(nl: "einde", en: "end"),
      Phrase(nl: "Naar het einde.", en: "To the end."),
      action: { $0.inReplay { $0.go(to: $0.lines.count) } }),
    ConsoleCommand(
      .goToTime, [.character("g")], in: .replay, Phrase(nl: "ga naar", en: "go to"),
      Phrase(nl: "Naar een tijd of een percentage.", en: "To a time or a percentage."),
      action: { model in
        model.open(.goToTime)
        return []
      }),
  ]

  // MARK: - Everywhere

  private static let everywhere: [ConsoleCommand] = [
    ConsoleCommand(
      .up, [.up], in: .everywhere, Phrase(nl: "omhoog", en: "up"),
      Phrase(nl: "Kies de regel erboven.", en: "Choose the line above."), action: { $0.moveSelection(-1) }),
    ConsoleCommand(
      .down, [.down], in: .everywhere, Phrase(nl: "omlaag", en: "down"),
      Phrase(nl: "Kies de regel eronder.", en: "Choose the line below."), action: { $0.moveSelection(1) }),
    ConsoleCommand(
      .focusNext, [.tab], in: .everywhere, Phrase(nl: "volgend vak", en: "next pane"),
      Phrase(nl: "Ga naar het volgende vak.", en: "Go to the next pane."), action: { $0.moveFocus(1) }),
    ConsoleCommand(
      .focusBack, [.backTab], in: .everywhere, Phrase(nl: "vorig vak", en: "pane before"),
      Phrase(nl: "Ga naar het vorige vak.", en: "Go to the pane before."), action: { $0.moveFocus(-1) }),
    ConsoleCommand(
      .undo, [.character("u")], in: .live, Phrase(nl: "ongedaan", en: "undo"),
      Phrase(nl: "Maak de laatste handeling ongedaan.", en: "Undo the last action."),
      whyNot: {
        $0.session.history.lastDone(by: Model.operatorName) == nil ? Refusal.nothingToUndo.phrase : nil
      }, action: { $0.undo() }),
    ConsoleCommand(
      .redo, [.character("U"), .control("r")], in: .live, Phrase(nl: "opnieuw", en: "redo"),
      Phrase(
        nl: "Doe opnieuw wat ongedaan was gemaakt.", en: "Do again what was undone."),
      whyNot: {
        $0.session.history.lastUndone(by: Model.operatorName) == nil ? Refusal.nothingToRedo.phrase : nil
      }, action: { $0.give(.redo) }),
    ConsoleCommand(
      .help, [.character("?"), .function(1)], in: .everywhere, Phrase(nl: "hulp", en: "help"),
      Phrase(nl: "Toon alle toetsen van dit moment.", en: "Show all keys of this moment."),
      action: { model in
        model.layers.append(.help(scroll: 0))
        return []
      }),
    ConsoleCommand(
      .suspend, [.control("z")], in: .everywhere, Phrase(nl: "opschorten", en: "suspend"),
      Phrase(
        nl: "Zet het programma even opzij (fg haalt het terug).",
        en: "Set the program aside for a while (fg brings it back)."), action: { _ in [.suspend] }),
    ConsoleCommand(
      .leave, [.character("q"), .control("c")], in: .everywhere, Phrase(nl: "stop", en: "leave"),
      Phrase(
        nl: "Verlaat het programma; de conferentie kan daarna verder met run.",
        en: "Leave the program; the conference can go on with run."), action: { $0.askToLeave() }),
  ]
}
