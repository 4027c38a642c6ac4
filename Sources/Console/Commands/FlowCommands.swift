import Conference
import Ground
import Screen

/// The agenda and its clocks.
extension ConsoleCommand {
  fileprivate static func whenRunning(_ model: Model) -> Phrase? {
    switch model.session.flow.status {
    case .prepared: Refusal.notRunning.phrase
    case .running: nil
    case .closed: Refusal.alreadyClosed.phrase
    }
  }

  static let flow: [ConsoleCommand] = [
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
        model.ask(
          Phrase(nl: "Hoeveel minuten erbij? (-5 kort in)", en: "How many minutes more? (-5 shortens)")
        ) { _, text in
          guard let minutes = Int(text.filter { $0 != " " && $0 != "+" }), minutes != 0, abs(minutes) <= 1440
          else {
            return .refuse(
              Phrase(nl: "Typ een getal, zoals 5 of -5.", en: "Type a number, such as 5 or -5."))
          }
          return .give(.extend(item: nil, seconds: minutes * 60))
        }
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
        nl: "Deel de tafels in voor alle rondes die nog komen; u ziet het beter worden en neemt wat goed is.",
        en: "Draw the tables of all rounds to come; you see them improve and take what is good."),
      whyNot: { model in
        if model.session.tables.isEmpty { return Texts.noTables }
        if model.session.flow.status == .closed { return Refusal.alreadyClosed.phrase }
        return model.session.reachedRound >= model.session.rounds ? Texts.noRounds : nil
      },
      action: { $0.openDrawing() }),
    ConsoleCommand(
      .message, [.character("m")], in: .live, Phrase(nl: "bericht", en: "message"),
      Phrase(nl: "Stuur een bericht aan alle tafels.", en: "Send a message to all tables."),
      action: { model in
        model.ask(Phrase(nl: "Bericht aan alle tafels", en: "Message to all tables")) { _, text in
          .give(.message(text, tables: []))
        }
        return []
      }),
    ConsoleCommand(
      .mark, [.character("k")], in: .live, Phrase(nl: "markeer", en: "mark"),
      Phrase(
        nl: "Markeer dit moment, om het later terug te vinden.",
        en: "Mark this moment, to find it back later."),
      action: { model in
        model.ask(Phrase(nl: "Markeer dit moment", en: "Mark this moment")) { _, text in .give(.mark(text)) }
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
        model.ask(
          Phrase(
            nl: "Verder in een nieuw bestand (op een andere schijf)",
            en: "Go on in a new file (on another disk)")
        ) { model, text in
          guard text.contains(where: { !$0.isWhitespace }) else {
            return .refuse(Phrase(nl: "Typ de naam van een bestand.", en: "Type the name of a file."))
          }
          model.elsewhere = text
          return .wait([.continueElsewhere(text)])
        }
        return []
      }),
  ]
}
