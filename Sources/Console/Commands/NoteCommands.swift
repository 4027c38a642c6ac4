import Conference
import Ground
import Screen

/// Taking notes.
extension ConsoleCommand {
  static let notes: [ConsoleCommand] = [
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
      .noteEditor, [.function(6)], in: .note, Phrase(nl: "eigen editor", en: "own editor"),
      Phrase(
        nl: "Schrijf verder in uw eigen editor ($EDITOR); de tekst komt hier terug.",
        en: "Write on in your own editor ($EDITOR); the text comes back here."),
      action: { [.edit($0.note.text(table: $0.noteTable))] }),
    ConsoleCommand(
      .noteLeave, [.escape], in: .note, Phrase(nl: "terug", en: "back"),
      Phrase(
        nl: "Verlaat het noteren; wat er staat blijft staan.",
        en: "Leave note-taking; what is typed stays."), action: { $0.leaveNote() }),
  ]
}
