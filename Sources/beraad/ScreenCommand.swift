import ArgumentParser
import Conference
import Console
import Device
import Foundation
import Ground
import Screen
import Synchronization
import Terminal

/// `beraad screen URL|DIR`: what the whole room sees on the big screen.
struct ScreenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "screen",
    abstract: say(
      nl: "Toon het zaalscherm: klok, vraag, tafels, wat getoond wordt, uitslagen.",
      en: "Show the room screen: clock, question, tables, what is shown, results."),
    discussion: example("beraad screen wmo-2026 --theme projector", "beraad screen https://192.168.1.10:7413")
  )

  @Argument(
    help: help(
      nl: "De map van de conferentie op dit apparaat, of het adres van de host.",
      en: "The conference's folder on this device, or the address of the host."))
  var source: String

  @Option(
    help: help(
      nl: "De code van het zaalscherm, bij de host met F6; anders wordt ernaar gevraagd.",
      en: "The room screen's code, at the host with F6; it is asked for otherwise."))
  var code: String?

  @OptionGroup var hostOption: FingerprintOption
  @OptionGroup var options: ScreenOptions

  func run() throws {
    let address = Self.isAddress(source) ? try hostAddress(source) : nil
    guard address != nil || exists(source) else {
      throw failure(
        .missing, nl: "Er is geen map of naslagwerk ‘\(source)’. Controleer de naam.",
        en: "There is no folder or record ‘\(source)’. Check the name.")
    }
    try requireTerminal(
      instead: Phrase(
        nl: "Zonder terminal kan wel: beraad replay MAP --state.",
        en: "Without a terminal there is: beraad replay FOLDER --state."))
    let theme = try options.chosenTheme().theme
    guard let address else {
      let feed = RecordFeed(path: recordPath(source))
      return try show(theme, RoomLink(now: { feed.now })) { program in feed.start { program.take($0) } }
    }
    let home = try DeviceHome(address, role: .screen, code: code, fingerprint: hostOption.fingerprint)
    let link = home.link
    let advice = Advice()
    try show(theme, RoomLink(now: { link.now() })) { program in
      program.take(.session(Session(folding: EventVersions.released.lifted(home.kept.lines)[...])))
      for trouble in home.kept.troubles { program.take(.trouble(trouble)) }
      link.start { news in
        if case .state(let state) = news { advice.phrase.withLock { $0 = state.advice } }
        DispatchQueue.main.async {
          MainActor.assumeIsolated { if let occurrence = RoomOccurrence(news) { program.take(occurrence) } }
        }
      }
    } onQuit: {
      link.close()
      if let advice = advice.phrase.withLock({ $0 }) { complain(advice[language]) }
    }
  }

  /// What to say once the screen was left.
  private final class Advice: Sendable {
    let phrase = Mutex<Phrase?>(nil)
  }

  /// Shows the screen until it is left; `onStart` begins to feed it.
  private func show(
    _ theme: Screen.Theme, _ link: RoomLink, onStart: @MainActor (RoomProgram) -> Void,
    onQuit: @escaping @MainActor () -> Void = {}
  ) throws {
    // The main thread is this one: everything of the screen happens on it.
    let program = MainActor.assumeIsolated {
      Result { () throws(TerminalError) in
        try RoomProgram(language: language, theme: theme, link: link) {
          onQuit()
          Foundation.exit(0)
        }
      }
    }
    switch program {
    case .success(let program):
      MainActor.assumeIsolated {
        program.start()
        onStart(program)
      }
      RunLoop.main.run()
    case .failure(let error): throw failure(.refused, nl: error.phrase.nl, en: error.phrase.en)
    }
  }

  /// Whether it is the address of a host: `http://…`, `https://…`, or any other scheme.
  static func isAddress(_ text: String) -> Bool { text.contains("://") }
}

extension RoomOccurrence {
  /// What a link's news is to the room; nil: nothing.
  fileprivate init?(_ news: LinkNews) {
    switch news {
    case .lines(let lines):
      let lines = EventVersions.released.lifted(lines)
      // A copy that begins anew is another conference's from its first line on.
      self = lines.first?.seq == 0 ? .session(Session(folding: lines[...])) : .lines(lines)
    case .state(let state): self = .trouble(state.phrase)
    case .trouble(let phrase): self = .trouble(phrase)
    case .command, .met: return nil
    }
  }
}
