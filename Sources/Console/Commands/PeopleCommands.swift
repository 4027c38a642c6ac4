import Conference
import Ground
import Screen

/// People and tables.
extension ConsoleCommand {
  /// Why there is nobody to check in: who presses Enter on a name that is not there means nobody else.
  private static let whyNobody: @Sendable (Model) -> Phrase? = { model in
    guard model.people.person(in: model.session) == nil else { return nil }
    return model.people.query.isEmpty ? Texts.noPeople : Texts.nobodyNamed
  }

  static let people: [ConsoleCommand] = [
    ConsoleCommand(
      .people, [.character("i")], in: .live, Phrase(nl: "inchecken", en: "check in"),
      Phrase(nl: "Toon de deelnemers, om hen in te checken.", en: "Show the participants, to check them in."),
      onlyLooks: true,
      action: { model in
        model.focus = .people
        return []
      }),
    ConsoleCommand(
      .checkIn, [.enter], in: .people, Phrase(nl: "aanwezig", en: "present"),
      Phrase(nl: "Zet de gekozen persoon op aanwezig.", en: "Check the chosen person in."),
      whyNot: whyNobody,
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
      whyNot: whyNobody,
      action: { model in
        guard let person = model.people.person(in: model.session) else { return [] }
        model.people.clear()
        return model.give(.leave(person.id))
      }),
    ConsoleCommand(
      .walkIn, [.control("n"), .insert], in: .people, Phrase(nl: "nieuw", en: "new"),
      Phrase(
        nl: "Voeg iemand toe die niet op de lijst staat.", en: "Add somebody who is not on the list."),
      action: { model in
        // Whoever is not found is added with what was typed.
        let typed = model.people.person(in: model.session) == nil ? model.people.query : ""
        model.people.clear()
        model.ask(
          Phrase(
            nl: "Nieuwe deelnemer: naam; organisatie; groep; gemeente",
            en: "New participant: name; organisation; group; municipality"), text: typed
        ) { _, text in
          let cells = text.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
          guard let name = cells.first, name.contains(where: \.isLetter) else {
            return .refuse(Phrase(nl: "Typ minstens een naam.", en: "Type a name at least."))
          }
          func cell(_ index: Int) -> String? { cells.indices.contains(index) ? cells[index] : nil }
          return .give(
            .register(name: name, organisation: cell(1), group: cell(2), municipality: cell(3)))
        }
        return []
      }),
    ConsoleCommand(
      .peopleLeave, [.escape], in: .people, Phrase(nl: "terug", en: "back"),
      Phrase(
        nl: "Wis wat er getypt is, of ga terug naar het programma.",
        en: "Clear what is typed, or go back to the agenda."), onlyLooks: true,
      action: { model in
        if model.people.query.isEmpty { model.focus = .agenda }
        model.people.clear()
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
      Phrase(
        nl: "Kies tafel 1 tot en met 9; twee cijfers na elkaar kiezen tafel 10 en hoger.",
        en: "Choose table 1 to 9; two digits after one another choose table 10 and up."), onlyLooks: true,
      action: { _ in [] }),
  ]
}
