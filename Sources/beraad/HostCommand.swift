import ArgumentParser
import Dispatch
import Foundation
import Glibc
import Ground
import Host
import Screen
import Server

/// `beraad host DIR`: holds a conference without a console, for devices that attach to it.
struct HostCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "host",
    abstract: say(
      nl: "Bewaar een conferentie voor de apparaten in de zaal, zonder zelf een scherm te tonen.",
      en: "Hold a conference for the devices in the hall, without a screen of its own."),
    discussion: example("beraad host wmo-2026", "curl -k https://127.0.0.1:7413/v1"))

  @Argument(
    help: help(
      nl: "De map van de conferentie, of een naslagwerk dat elders verderging.",
      en: "The conference's folder, or a record that went on elsewhere."))
  var folder: String

  @OptionGroup var serving: ServeOptions
  @OptionGroup var languageOption: LanguageOption

  func run() throws {
    try requireConference(folder)
    let (host, notice) = try openConference(folder: folder)
    if let notice { complain(notice[language]) }
    host.keepSealed()
    let server = ConferenceServer.knowingItsDevices(host)
    let signals = endOnSignals(host)
    serve(server, serving) { place in
      switch place {
      case .success(let place):
        server.announce(place.elsewhere)
        tell(place, server, host)
      case .failure(let trouble):
        complain("beraad: " + trouble.phrase[language])
        host.close()
        Foundation.exit(Ending.refused.rawValue)
      }
    }
    withExtendedLifetime(signals) { RunLoop.main.run() }
  }
}

/// Writes where the host is and how devices get in.
private func tell(_ place: ServedPlace, _ server: ConferenceServer, _ host: ConferenceHost) {
  if let notice = place.notice { complain(notice[language]) }
  var lines = place.lines(server.door, now: host.now())
  lines.append(
    say(
      nl: "De codes gelden vier uur. Ctrl-C stopt; alles staat dan in het naslagwerk.",
      en: "The codes hold for four hours. Ctrl-C stops; everything is in the record by then."))
  if isatty(STDOUT_FILENO) == 1, let square = place.square {
    // Black and white whatever the terminal's own colours are.
    lines += square.lines.map { line in
      line.map { ($0.isDark ? "\u{1B}[97;40m" : "\u{1B}[30;107m") + String($0.sign) }.joined() + "\u{1B}[0m"
    }
  }
  try? output(lines.joined(separator: "\n") + "\n")
}

/// Ends the program in good order when somebody asks for it; the sources must be kept.
private func endOnSignals(_ host: ConferenceHost) -> [any DispatchSourceSignal] {
  [SIGINT, SIGTERM, SIGHUP].map { number in
    // The source tells of it all the same; the default would end the program at once.
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .main)
    source.setEventHandler {
      host.close()
      Foundation.exit(0)
    }
    source.resume()
    return source
  }
}
