import ArgumentParser
import Dossier
import Ground

/// `beraad` alone: a welcome, and a choice of what to do.
struct StartCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start",
    abstract: say(nl: "Begroet, en laat kiezen wat u wilt doen.", en: "Greets, and offers what to do."),
    usage: "beraad <subcommand>",
    shouldDisplay: false)

  @Argument(help: .hidden) var words: [String] = []

  @OptionGroup var options: ScreenOptions

  func validate() throws {
    guard let word = words.first else { return }
    let commands = Beraad.configuration.subcommands.map { $0.configuration }
    let names = commands.filter { $0.shouldDisplay }.compactMap { $0.commandName }
    let list = names.joined(separator: ", ")
    guard exists(word) else {
      throw ValidationError(
        say(
          nl: "‘\(word)’ is geen opdracht. Kies uit: \(list).",
          en: "‘\(word)’ is no command. Choose from: \(list)."))
    }
    throw ValidationError(
      say(
        nl: "Wat wilt u met \(word)? Bijvoorbeeld: beraad run \(word)",
        en: "What shall be done with \(word)? For example: beraad run \(word)"))
  }

  func run() throws {
    guard hasTerminal else { throw CleanExit.helpRequest(Beraad.self) }
    try Dialogue.tell(
      say(
        nl:
          "Welkom bij Beraad. Hiermee leidt u een werkconferentie vanuit de terminal: de agenda, de tijd, de\n"
          + "tafels en wat de mensen inbrengen, en alles blijft bewaard.",
        en:
          "Welcome to Beraad. With it you run a working conference from the terminal: the agenda, the time,\n"
          + "the tables and what people bring forward, and all of it is kept."))
    do {
      while try takeChoice() {}
    } catch is Dialogue.Left {}
  }

  private enum Choice: String, CaseIterable {
    case demo = "1", new = "2", goOn = "3", replay = "4", leave = "q"
  }

  /// Offers the choices and does what was chosen; returns whether to offer them again.
  private func takeChoice() throws -> Bool {
    let found = FoundConference.here()
    try Dialogue.tell(
      "",
      say(
        nl: "  1  De demo bekijken: een voorbeeldconferentie, met rondleiding",
        en: "  1  See the demo: an example conference, with a guided tour"),
      say(nl: "  2  Een nieuwe conferentie maken", en: "  2  Make a new conference"),
      say(
        nl: "  3  Verder met een conferentie in deze map (\(found.isEmpty ? "nog geen" : "\(found.count)"))",
        en: "  3  Go on with a conference in this folder (\(found.isEmpty ? "none yet" : "\(found.count)"))"),
      say(nl: "  4  Een conferentie terugspelen", en: "  4  Play a conference back"),
      say(nl: "  q  Stoppen", en: "  q  Leave"))
    let choice: Choice = try Dialogue.ask(
      Phrase(nl: "Uw keuze", en: "Your choice"), usual: found.isEmpty ? "1" : "3"
    ) { typed in
      Choice(rawValue: typed.lowercased()).map { .success($0) }
        ?? .failure(.init(nl: "Typ 1, 2, 3, 4 of q, en dan Enter.", en: "Type 1, 2, 3, 4 or q, and Enter."))
    }
    do {
      switch choice {
      case .leave: return false
      case .demo: try DemoCommand.parse(options.arguments).run()
      case .new: try NewConference.make(options: options)
      case .goOn:
        if let folder = try choose(found) {
          try RunCommand.parse([folder] + options.arguments).run()
        }
      case .replay:
        if let folder = try choose(found.filter(\.hasRecord)) {
          try ReplayCommand.parse([folder] + options.arguments).run()
        }
      }
    } catch is ExitCode {
      // Why was said already; there is still a choice.
    } catch is Dialogue.Left {
      // Out of a question, back to the choice.
    }
    return true
  }

  /// Lets one conference be chosen, or says what to do where there is none.
  private func choose(_ found: [FoundConference]) throws -> String? {
    guard !found.isEmpty else {
      try Dialogue.tell(
        say(
          nl: "  Die is er in deze map nog niet. Kies 2 om er een te maken, of 1 voor de demo.",
          en: "  There is none in this folder yet. Choose 2 to make one, or 1 for the demo."))
      return nil
    }
    try Dialogue.tell("")
    for (place, conference) in found.enumerated() {
      try Dialogue.tell("  \(place + 1)  \(conference.description)")
    }
    let place = try Dialogue.number(
      Phrase(nl: "Welke (Ctrl-D: terug)", en: "Which one (Ctrl-D: back)"), usual: 1, in: 1...found.count)
    return found[place - 1].folder
  }
}
