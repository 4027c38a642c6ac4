import Conference
import Ground
import Screen

/// Who sits where.
extension ConsoleCommand {
  static let seating: [ConsoleCommand] = [
    ConsoleCommand(
      .seating, [.character("s")], in: .live, Phrase(nl: "zitplaatsen", en: "seating"),
      Phrase(
        nl: "Toon wie waar zit, hoe elke tafel gemengd is, en wissel mensen.",
        en: "Show who sits where and how each table is mixed, and swap people."), onlyLooks: true,
      action: { $0.openSeating() }),
    ConsoleCommand(
      .mendTables, [.character("H")], in: .live, Phrase(nl: "herstel tafels", en: "mend tables"),
      Phrase(
        nl: "Herstel de tafels na laatkomers en wegblijvers met zo min mogelijk verhuizen; vraagt eerst.",
        en: "Mend the tables after people came late or stayed away, moving as few as possible; asks first."),
      whyNot: { $0.whyNoMending }, action: { $0.openMending() }),
    ConsoleCommand(
      .seatingMark, [.enter], in: .seating, Phrase(nl: "kies", en: "choose"),
      Phrase(
        nl: "Ga naar de mensen van de tafel; daar: markeer de gekozen persoon, of niet meer.",
        en: "Go to the people of the table; there: mark the chosen person, or no longer."), onlyLooks: true,
      action: { $0.markSeated() }),
    ConsoleCommand(
      .seatingSwap, [.character("w")], in: .seating, Phrase(nl: "ruil", en: "swap"),
      Phrase(
        nl: "Ruil de gemarkeerde en de gekozen persoon, of kies uit de beste ruilen; vraagt eerst.",
        en: "Swap the marked and the chosen person, or choose among the best swaps; asks first."),
      whyNot: { $0.whyNoSeatChange ?? $0.whyNobodyToSwap }, action: { $0.swapSeats() }),
    ConsoleCommand(
      .seatingMove, [.character("v")], in: .seating, Phrase(nl: "verplaats", en: "move"),
      Phrase(
        nl: "Verplaats de gekozen persoon naar een vrije stoel.",
        en: "Move the chosen person to a free chair."),
      whyNot: { $0.whyNoSeatChange ?? $0.whyNobodyChosen }, action: { $0.moveSeat() }),
    ConsoleCommand(
      .seatingPin, [.character("*")], in: .seating, Phrase(nl: "zet vast", en: "pin"),
      Phrase(
        nl: "Zet de gekozen persoon vast aan deze tafel, of maak los; geldt vanaf de volgende indeling.",
        en: "Pin the chosen person to this table, or unpin; holds from the next drawing on."),
      whyNot: { $0.whyNoRuleChange ?? $0.whyNobodyChosen }, action: { $0.pinSeated() }),
    ConsoleCommand(
      .seatingApart, [.character("a")], in: .seating, Phrase(nl: "uit elkaar", en: "apart"),
      Phrase(
        nl: "Houd wie gemarkeerd zijn uit elkaar, of niet meer; geldt vanaf de volgende indeling.",
        en: "Keep those marked apart, or no longer; holds from the next drawing on."),
      whyNot: { model in
        model.whyNoRuleChange ?? (model.pickedPeople.count < 2 ? SeatingPane.Words.markTwo : nil)
      }, action: { $0.keepSeatedApart() }),
    ConsoleCommand(
      .seatingArrive, [.character("y"), .character("j")], in: .seating, Phrase(nl: "is er", en: "is here"),
      Phrase(nl: "Zet de gekozen persoon op aanwezig.", en: "Check the chosen person in."),
      whyNot: { model in
        model.whyNobodyChosen
          ?? model.chosenSeated.flatMap { person in
            model.session.presence(of: person.id) == .present ? Refusal.isPresent(person.name).phrase : nil
          }
      },
      action: { model in model.chosenSeated.map { model.give(.arrive($0.id)) } ?? [] }),
    ConsoleCommand(
      .seatingAway, [.character("x"), .control("x"), .delete], in: .seating,
      Phrase(nl: "is er niet", en: "is not here"),
      Phrase(
        nl: "Zet de gekozen persoon op afwezig; de stoel blijft leeg en niemand verschuift.",
        en: "Note that the chosen person is absent; the chair stays empty and nobody moves."),
      whyNot: { model in
        model.whyNobodyChosen
          ?? model.chosenSeated.flatMap { person in
            model.session.presence(of: person.id) == .absent ? Refusal.isAbsent(person.name).phrase : nil
          }
      },
      action: { model in model.chosenSeated.map { model.give(.leave($0.id)) } ?? [] }),
    ConsoleCommand(
      .seatingAttendance, [.character("l")], in: .seating, Phrase(nl: "laat, weg", en: "late, away"),
      Phrase(
        nl: "Toon wie te laat kwam, wegbleef of nog niet is ingecheckt.",
        en: "Show who came late, stayed away or was not checked in yet."), onlyLooks: true,
      action: { model in
        model.seating.part = model.seating.part == .attendance ? .people : .attendance
        return []
      }),
    ConsoleCommand(
      .seatingFind, [.character("/")], in: .seating, Phrase(nl: "zoek", en: "find"),
      Phrase(
        nl: "Zoek iemand op naam en ga naar de tafel.", en: "Find somebody by name and go to the table."),
      onlyLooks: true,
      whyNot: { $0.session.participants.isEmpty ? Texts.noPeople : nil }, action: { $0.findSeated() }),
    ConsoleCommand(
      .seatingNextRound, [.character("]"), .character("}")], in: .seating,
      Phrase(nl: "ronde verder", en: "next round"),
      Phrase(nl: "Toon de volgende ronde.", en: "Show the next round."), onlyLooks: true,
      action: { $0.moveSeatingRound(1) }),
    ConsoleCommand(
      .seatingBackRound, [.character("["), .character("{")], in: .seating,
      Phrase(nl: "ronde terug", en: "round before"),
      Phrase(nl: "Toon de vorige ronde.", en: "Show the round before."), onlyLooks: true,
      action: { $0.moveSeatingRound(-1) }),
    ConsoleCommand(
      .seatingWhy, [.character("o")], in: .seating, Phrase(nl: "uitleg", en: "explain"),
      Phrase(
        nl: "Lees alles over de gekozen tafel: wat er mist en waarom.",
        en: "Read all about the chosen table: what is amiss and why."), onlyLooks: true,
      action: { $0.explainTable() }),
    ConsoleCommand(
      .seatingSeries, [.character("r")], in: .seating, Phrase(nl: "hele reeks", en: "whole series"),
      Phrase(
        nl: "Toon voor ieder de tafel in elke ronde, en wie wie nooit treft.",
        en: "Show everybody's table in each round, and who never meets whom."), onlyLooks: true,
      whyNot: { $0.whyNoSeries }, action: { $0.openMeetings() }),
    ConsoleCommand(
      .seatingEarlier, [.character("E")], in: .seating, Phrase(nl: "eerder", en: "earlier"),
      Phrase(
        nl: "Toon het traject: de eerdere bijeenkomsten, en wie de gekozen persoon daar trof.",
        en: "Show the series: the earlier meetings, and whom the chosen person met there."),
      onlyLooks: true, whyNot: { $0.whyNoEarlierMeetings },
      action: { model in
        model.showEarlierMeetings()
        return []
      }),
    ConsoleCommand(
      .seatingPapers, [.character("d")], in: .seating, Phrase(nl: "tafelkaarten", en: "table cards"),
      Phrase(
        nl: "Schrijf tafelkaarten en namenlijst, als tekst en om af te drukken, in de map documents.",
        en: "Write table cards and the list of names, as text and to print, into the folder documents."),
      whyNot: { model in
        let isDrawn = (1...max(1, model.session.rounds)).contains { model.session.seating(round: $0) != nil }
        return isDrawn ? nil : SeatingPane.Words.notDrawn(model.seatingRound)
      },
      action: { _ in [.writePapers] }),
    ConsoleCommand(
      .seatingPeople, [.right], in: .seating, Phrase(nl: "mensen", en: "people"),
      Phrase(nl: "Naar de mensen van de gekozen tafel.", en: "To the people of the chosen table."),
      onlyLooks: true,
      action: { model in
        model.seating.part = .people
        return []
      }),
    ConsoleCommand(
      .seatingTables, [.left], in: .seating, Phrase(nl: "tafels", en: "tables"),
      Phrase(nl: "Naar de tafels.", en: "To the tables."), onlyLooks: true,
      action: { model in
        model.seating.part = .tables
        return []
      }),
    ConsoleCommand(
      .seatingLeave, [.escape], in: .seating, Phrase(nl: "terug", en: "back"),
      Phrase(
        nl: "Wis de markering, of ga terug naar de zaal.", en: "Clear the marks, or go back to the hall."),
      onlyLooks: true, action: { $0.leaveSeating() }),
  ]
}
