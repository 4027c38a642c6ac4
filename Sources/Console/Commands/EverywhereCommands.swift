import Conference
import Ground
import Screen

/// What works everywhere.
extension ConsoleCommand {
  static let everywhere: [ConsoleCommand] = [
    ConsoleCommand(
      .up, [.up], in: .everywhere, Phrase(nl: "omhoog", en: "up"),
      Phrase(nl: "Kies de regel erboven.", en: "Choose the line above."), action: { $0.moveSelection(-1) }),
    ConsoleCommand(
      .down, [.down], in: .everywhere, Phrase(nl: "omlaag", en: "down"),
      Phrase(nl: "Kies de regel eronder.", en: "Choose the line below."), action: { $0.moveSelection(1) }),
    ConsoleCommand(
      .pageUp, [.pageUp], in: .everywhere, Phrase(nl: "blad terug", en: "page up"),
      Phrase(nl: "Tien regels hoger.", en: "Ten lines up."), action: { $0.moveSelection(-10) }),
    ConsoleCommand(
      .pageDown, [.pageDown], in: .everywhere, Phrase(nl: "blad verder", en: "page down"),
      Phrase(nl: "Tien regels lager.", en: "Ten lines down."), action: { $0.moveSelection(10) }),
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
        $0.session.history.lastDone(by: $0.role.name) == nil ? Refusal.nothingToUndo.phrase : nil
      }, action: { $0.undo() }),
    ConsoleCommand(
      .redo, [.character("U"), .control("r")], in: .live, Phrase(nl: "opnieuw", en: "redo"),
      Phrase(
        nl: "Doe opnieuw wat ongedaan was gemaakt.", en: "Do again what was undone."),
      whyNot: {
        $0.session.history.lastUndone(by: $0.role.name) == nil ? Refusal.nothingToRedo.phrase : nil
      }, action: { $0.give(.redo) }),
    ConsoleCommand(
      .help, [.character("?"), .function(1)], in: .everywhere, Phrase(nl: "hulp", en: "help"),
      Phrase(nl: "Toon alle toetsen van dit moment.", en: "Show all keys of this moment."),
      action: { model in
        model.layers.append(.help(scroll: 0))
        return []
      }),
    ConsoleCommand(
      .palette, [.function(2), .character(":")], in: .everywhere, Phrase(nl: "opdrachten", en: "commands"),
      Phrase(
        nl: "Zoek een opdracht op naam en voer haar uit.", en: "Find a command by its name and carry it out."),
      action: { model in
        model.openPalette()
        return []
      }),
    ConsoleCommand(
      .bell, [.function(4)], in: .everywhere, Phrase(nl: "bel aan of uit", en: "bell on or off"),
      Phrase(
        nl: "Zet de bel en de flits bij waarschuwingen uit, of weer aan.",
        en: "Turn the bell and the flash of the warnings off, or on again."),
      action: { model in
        model.isSilent.toggle()
        model.say(model.isSilent ? Texts.bellOff : Texts.bellOn)
        return [.remember("bell", model.isSilent ? "off" : "on")]
      }),
    ConsoleCommand(
      .mouse, [.function(3)], in: .everywhere, Phrase(nl: "muis aan of uit", en: "mouse on or off"),
      Phrase(
        nl: "Zet de muis uit, zodat de terminal zelf tekst kan selecteren, of weer aan.",
        en: "Turn the mouse off, so that the terminal itself can select text, or on again."),
      action: { model in
        model.isMouseOn.toggle()
        model.say(model.isMouseOn ? Texts.mouseOn : Texts.mouseOff)
        return [.mouse(model.isMouseOn), .remember("mouse", model.isMouseOn ? "on" : "off")]
      }),
    ConsoleCommand(
      .colours, [.function(5)], in: .everywhere, Phrase(nl: "kleuren", en: "colours"),
      Phrase(
        nl: "Kies de kleuren van het scherm; u ziet ze meteen.",
        en: "Choose the colours of the screen; you see them at once."),
      whyNot: { $0.themes.isEmpty ? Texts.nothingYet : nil },
      action: { model in
        model.chooseColours()
        return []
      }),
    ConsoleCommand(
      .devices, [.function(6)], in: .live, Phrase(nl: "apparaten", en: "devices"),
      Phrase(
        nl: "Laat laptops van tafels en het scherm in de zaal toe, toon de codes, of weer een apparaat.",
        en: "Let the tables’ laptops and the screen in the room in, show the codes, or put a device out."),
      action: { _ in [.devices(.look)] }),
    ConsoleCommand(
      .join, [.function(12)], in: .everywhere, Phrase(nl: "code", en: "code"),
      Phrase(
        nl: "Typ een nieuwe code, of het adres van een andere host en zijn code.",
        en: "Type a new code, or the address of another host and its code."),
      whyNot: { model in
        if case .connected = model.station.host { Texts.noCodeNeeded } else { nil }
      },
      action: { model in
        model.ask(Texts.askCode) { _, code in .wait([.join(code)]) }
        return []
      }),
    ConsoleCommand(
      .tourOn, [.function(7)], in: .everywhere, Phrase(nl: "verder", en: "on"),
      Phrase(nl: "Ga naar de volgende stap van de rondleiding.", en: "Go to the next step of the tour."),
      whyNot: { $0.tour == nil ? Texts.noTour : nil },
      action: { model in
        model.tour?.skip()
        if model.tour?.isOver == true { model.tour = nil }
        return []
      }),
    ConsoleCommand(
      .tourLeave, [.function(8)], in: .everywhere, Phrase(nl: "stop rondleiding", en: "leave tour"),
      Phrase(nl: "Verlaat de rondleiding.", en: "Leave the guided tour."),
      whyNot: { $0.tour == nil ? Texts.noTour : nil },
      action: { model in
        model.tour = nil
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
