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
      .noteLeave, [.escape], in: .note, Phrase(nl: "terug", en: "back"),
      Phrase(
        nl: "Verlaat het noteren; wat er staat blijft staan.",
        en: "Leave note-taking; what is typed stays."),
      whyNot: { $0.station.table != nil && $0.note.edit == nil ? Texts.tablePage : nil },
      action: { $0.leaveNote() }),
    ConsoleCommand(
      .noteNextTable, [.tab], in: .note, Phrase(nl: "tafel", en: "table"),
      Phrase(
        nl: "Ga naar de volgende tafel; wat er staat blijft staan.",
        en: "Go to the next table; what is typed stays."), action: { $0.noteTable(1) }),
    ConsoleCommand(
      .noteNextKind, [.control("t"), .pageDown], in: .note, Phrase(nl: "soort", en: "kind"),
      Phrase(
        nl: "Kies het volgende soort; Alt-M kiest mening, en zo elke letter. Of typ het ervoor: ‘m: …’.",
        en: "Choose the next kind; Alt-M chooses opinion, and so each letter. Or type it first: ‘m: …’."),
      action: { model in
        model.note.nextKind(1, in: model.session)
        return []
      }),
    ConsoleCommand(
      .noteLines, [.controlUp], in: .note, Phrase(nl: "regels", en: "lines"),
      Phrase(
        nl: "Kies een regel van de tafel, om hem te wijzigen; ↑ aan het begin van het veld doet dat ook.",
        en: "Choose a line of the table, to change it; so does ↑ at the start of the field."),
      whyNot: { $0.noteLines.isEmpty ? Texts.nothingYet : nil },
      action: { model in
        model.chooseLine(-1)
        return []
      }),
    ConsoleCommand(
      .noteHelp, [.control("g")], in: .note, Phrase(nl: "vraag hulp", en: "call for help"),
      Phrase(
        nl: "Vraag de procesbegeleider aan deze tafel, of meld dat er iemand is geweest.",
        en: "Ask the facilitator to come to this table, or say that somebody came."),
      whyNot: { $0.noteTable == nil ? Texts.noTableHere : nil },
      action: { model in
        guard let table = model.noteTable else { return [] }
        return model.give(
          model.expected.help[table] == nil ? .askHelp(table: table) : .answerHelp(table: table))
      }),
    ConsoleCommand(
      .noteTable, (0...9).map { .alt(Character("\($0)")) }, in: .note,
      Phrase(nl: "kies tafel", en: "choose table"),
      Phrase(
        nl: "Ga naar tafel 1 tot en met 9, of met 0 naar de plenaire zaal.",
        en: "Go to table 1 to 9, or with 0 to the plenary."), action: { _ in [] }),
    ConsoleCommand(
      .noteNewLine, [.alt("\r"), .control("j")], in: .note, Phrase(nl: "nieuwe regel", en: "new line"),
      Phrase(
        nl: "Begin een nieuwe regel in dezelfde bijdrage.", en: "Begin a new line in the same contribution."),
      action: { model in
        model.typeNote(.control("j"))
        return []
      }),
    ConsoleCommand(
      .noteOwner, [.control("o")], in: .note, Phrase(nl: "wie en wanneer", en: "who and when"),
      Phrase(
        nl: "Vraag wie een actie doet en wanneer; u kunt ook typen: ‘a: Jan belt @Jan >12-12’.",
        en: "Ask who does an action and by when; or type it: ‘a: Jan calls @Jan >12-12’."),
      whyNot: { model in
        let kind =
          model.chosenNote?.kind
          ?? model.noteText(model.note.text(table: model.noteTable), kind: model.note.kind).kind
        return NoteText.takesOwner(kind) && model.note.edit == nil ? nil : Texts.noAction
      }, action: { $0.askOwner() }),
    ConsoleCommand(
      .noteAgain, [.control("l")], in: .note, Phrase(nl: "nog eens", en: "once more"),
      Phrase(
        nl: "Bied alle regels opnieuw aan die niet bewaard zijn (×).",
        en: "Offer all lines again that were not kept (×)."),
      whyNot: { model in model.note.sent.contains { $0.failure != nil } ? nil : Texts.allKept },
      action: { $0.offerAgain() }),
    ConsoleCommand(
      .noteBackTable, [.backTab], in: .note, Phrase(nl: "vorige tafel", en: "table before"),
      Phrase(nl: "Ga naar de vorige tafel.", en: "Go to the table before."), action: { $0.noteTable(-1) }),
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
  ]

  /// What is done with a line that was kept, or was not.
  static let noteLines: [ConsoleCommand] = [
    ConsoleCommand(
      .lineEdit, [.enter], in: .noteLine, Phrase(nl: "wijzig", en: "change"),
      Phrase(
        nl: "Wijzig de regel; een die niet bewaard is (×) komt terug in het veld.",
        en: "Change the line; one that was not kept (×) comes back to the field."), action: { $0.editLine() }),
    ConsoleCommand(
      .lineLeave, [.escape], in: .noteLine, Phrase(nl: "naar het veld", en: "to the field"),
      Phrase(
        nl: "Ga terug naar het veld; letters typen doet dat ook.", en: "Go back to the field; so does typing."
      ),
      action: { model in
        model.note.line = nil
        return []
      }),
    ConsoleCommand(
      .lineTop, [.character("*")], in: .noteLine, Phrase(nl: "top drie", en: "top three"),
      Phrase(
        nl: "Zet de regel in de top drie van de tafel (★), of haal hem eruit.",
        en: "Put the line in the table's top three (★), or take it out."), whyNot: whenKept,
      action: { model in model.chosenNote.map { model.give(.top(id: $0.id, !$0.isTop)) } ?? [] }),
    ConsoleCommand(
      .lineWithdraw, [.control("x"), .delete], in: .noteLine, Phrase(nl: "trek in", en: "withdraw"),
      Phrase(
        nl: "Trek de regel in, of neem hem weer op; hij blijft in het naslagwerk.",
        en: "Withdraw the line, or take it up again; it stays in the record."), whyNot: whenKept,
      action: { model in
        model.chosenNote.map { model.give($0.isWithdrawn ? .restore(id: $0.id) : .withdraw(id: $0.id)) } ?? []
      }),
    ConsoleCommand(
      .lineUp, [.controlUp], in: .noteLine, Phrase(nl: "hoger", en: "up"),
      Phrase(nl: "Zet de regel een plaats hoger.", en: "Move the line one place up."), whyNot: whenKept,
      action: { $0.moveLine(-1) }),
    ConsoleCommand(
      .lineDown, [.controlDown], in: .noteLine, Phrase(nl: "lager", en: "down"),
      Phrase(nl: "Zet de regel een plaats lager.", en: "Move the line one place down."), whyNot: whenKept,
      action: { $0.moveLine(1) }),
    ConsoleCommand(
      .lineBack, [.up], in: .noteLine, Phrase(nl: "erboven", en: "above"),
      Phrase(nl: "Kies de regel erboven.", en: "Choose the line above."),
      action: { model in
        model.chooseLine(-1)
        return []
      }),
    ConsoleCommand(
      .lineOn, [.down], in: .noteLine, Phrase(nl: "eronder", en: "below"),
      Phrase(
        nl: "Kies de regel eronder; onder de laatste is het veld.",
        en: "Choose the line below; below the last one is the field."),
      action: { model in
        model.chooseLine(1)
        return []
      }),
  ]

  private static func whenKept(_ model: Model) -> Phrase? {
    model.chosenNote == nil ? Texts.notKeptYet : nil
  }
}
