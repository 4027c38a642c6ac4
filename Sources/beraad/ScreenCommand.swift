import ArgumentParser
import Console
import Foundation
import Ground
import Terminal

/// `beraad screen URL|DIR`: what the whole room sees on the big screen.
struct ScreenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "screen",
    abstract: say(
      nl: "Toon het zaalscherm: klok, vraag, tafels, wat getoond wordt, uitslagen.",
      en: "Show the room screen: clock, question, tables, what is shown, results."),
    discussion: example("beraad screen wmo-2026", "beraad screen wmo-2026 --theme projector"))

  @Argument(
    help: help(
      nl: "De map van de conferentie op dit apparaat, of het adres van de host.",
      en: "The conference's folder on this device, or the address of the host."))
  var source: String

  @OptionGroup var options: ScreenOptions

  func run() throws {
    guard !Self.isAddress(source) else {
      throw failure(
        .usage,
        nl: "Een adres kan dit zaalscherm nog niet volgen. Geef de map van de conferentie op dit apparaat.",
        en: "This room screen cannot follow an address yet. Give the conference's folder on this device.")
    }
    guard exists(source) else {
      throw failure(
        .missing, nl: "Er is geen map of naslagwerk ‘\(source)’. Controleer de naam.",
        en: "There is no folder or record ‘\(source)’. Check the name.")
    }
    try requireTerminal(
      instead: Phrase(
        nl: "Zonder terminal kan wel: beraad replay \(quotedForShell(source)) --state.",
        en: "Without a terminal there is: beraad replay \(quotedForShell(source)) --state."))
    let theme = try options.chosenTheme().theme
    let feed = RecordFeed(path: recordPath(source))
    // The main thread is this one: everything of the screen happens on it.
    let program = MainActor.assumeIsolated {
      Result { () throws(TerminalError) in
        try RoomProgram(language: language, theme: theme, link: RoomLink(now: { feed.now })) {
          Foundation.exit(0)
        }
      }
    }
    switch program {
    case .success(let program):
      MainActor.assumeIsolated {
        program.start()
        feed.start { program.take($0) }
      }
      RunLoop.main.run()
    case .failure(let error): throw failure(.refused, nl: error.phrase.nl, en: error.phrase.en)
    }
  }

  /// Whether it is the address of a host: `http://…`, `https://…`, or any other scheme.
  static func isAddress(_ text: String) -> Bool { text.contains("://") }
}
