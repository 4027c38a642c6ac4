import ArgumentParser
import Conference
import Console
import Documents
import Device
import Dossier
import Ground
import Terminal

/// `beraad run DIR`: the conference itself.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: say(nl: "Leid een conferentie, of ga ermee verder.", en: "Run a conference, or go on with it."),
    discussion: example("beraad run wmo-2026"))

  @Argument(
    help: help(
      nl: "De map van de conferentie, of een naslagwerk dat elders verderging.",
      en: "The conference's folder, or a record that went on elsewhere."))
  var folder: String?

  @Option(
    help: help(
      nl: "Leid een conferentie die op een andere laptop loopt (beraad host): het adres van de host.",
      en: "Run a conference that another laptop holds (beraad host): the address of the host."))
  var attach: String?

  @Flag(
    help: help(
      nl: "De host is uitgevallen: word zelf de host, met de kopie op deze laptop, en ga verder in de map.",
      en: "The host died: become the host, with the copy on this laptop, and go on in the folder."))
  var takeOver = false

  @Option(
    help: help(
      nl: "Bij --attach: de code voor de gespreksleider; anders wordt ernaar gevraagd.",
      en: "With --attach: the code for the facilitator; it is asked for otherwise."))
  var code: String?

  @Flag(
    help: help(
      nl: "Laat meteen apparaten in de zaal toe (F6 toont de codes).",
      en: "Let devices in the hall in at once (F6 shows the codes)."))
  var serve = false

  @OptionGroup var hostOption: FingerprintOption
  @OptionGroup var serving: ServeOptions
  @OptionGroup var plain: PlainOption
  @OptionGroup var options: ScreenOptions

  func validate() throws {
    guard (folder == nil) != (attach == nil) else {
      throw ValidationError(
        say(
          nl: "Geef de map van de conferentie, of met --attach het adres van een host.",
          en: "Give the conference’s folder, or with --attach the address of a host."))
    }
    guard attach == nil || !takeOver else {
      throw ValidationError(
        say(nl: "--attach gaat niet samen met --take-over.", en: "--attach does not go with --take-over."))
    }
    guard attach == nil || !plain.isWanted && !serve else {
      throw ValidationError(
        say(
          nl: "--attach gaat niet samen met --accessible of --serve.",
          en: "--attach does not go with --accessible or --serve."))
    }
    guard code == nil || attach != nil else {
      throw ValidationError(
        say(nl: "--code hoort bij --attach.", en: "--code belongs to --attach."))
    }
  }

  func run() throws {
    if let attach { return try runAttached(hostAddress(attach)) }
    guard let folder else { return }
    if takeOver {
      try requireTerminal(
        instead: Phrase(nl: "Overnemen kan alleen in een terminal.", en: "Taking over needs a terminal."))
      return try TakeOver(folder: folder, serving: serving, arguments: options.arguments).run()
    }
    try requireConference(folder)
    if plain.isWanted {
      let (host, notice) = try openConference(folder: folder)
      runPlain(host, notice: Phrase(joining: [notice, noticeOfChange(host, folder: folder)]))
    }
    try requireTerminal(
      instead: Phrase(
        nl: "Zonder terminal kan wel: beraad run \(quotedForShell(folder)) --accessible.",
        en: "Without a terminal there is: beraad run \(quotedForShell(folder)) --accessible."))
    // First what can be wrong about the screen: opening a conference keeps its plan for good.
    let (theme, trouble) = try options.chosenTheme()
    do throws(TerminalError) {
      try Terminal.check()
    } catch {
      throw failure(.refused, nl: error.phrase.nl, en: error.phrase.en)
    }
    let (host, notice) = try openConference(folder: folder)
    try runConsole(
      host, theme: theme, mouse: options.wantsMouse, notice: Phrase(joining: [trouble, notice]),
      lateNotice: { noticeOfChange(host, folder: folder) }, serving: Serving(host, serving),
      serves: serve)
  }

  private func runAttached(_ address: HostAddress) throws {
    try requireTerminal(
      instead: Phrase(
        nl: "--attach kan alleen in een terminal.", en: "--attach needs a terminal."))
    let home = try DeviceHome(address, role: .facilitator, code: code, fingerprint: hostOption.fingerprint)
    let (theme, trouble) = try options.chosenTheme()
    try runConsole(
      linked: home, as: .facilitator, theme: theme, mouse: options.wantsMouse, notice: trouble)
  }
}

/// `beraad export RECORD --format json|csv|md`: the conference for other programs and for readers.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: say(
      nl: "Schrijf een conferentie als JSON, CSV of Markdown.",
      en: "Write a conference as JSON, CSV or Markdown."),
    discussion: example("beraad export wmo-2026 --format md > verslag.md"))

  @Argument(help: help(nl: "Het naslagwerk, of de map ervan.", en: "The record, or its folder."))
  var record: String

  @Option(help: help(nl: "json, csv of md.", en: "json, csv or md."))
  var format: ExportFormat

  @Flag(
    help: help(
      nl: "Met namen van deelnemers; anders blijven ze eruit.",
      en: "With participants' names; else they stay out."))
  var withNames = false

  @Flag(
    help: help(
      nl: "Met gevoeligheden; anders blijven ze eruit.", en: "With sensitivities; else they stay out."))
  var withSensitive = false

  @OptionGroup var languageOption: LanguageOption

  func run() throws {
    let reading = try readRecord(recordPath(record))
    let session = reading.session
    let export = Export(
      session: session, reading: session.clock(at: session.lastAt), language: language,
      withNames: withNames, withSensitive: withSensitive,
      foreign: reading.lines.filter { $0.type.hasPrefix("x.") })
    if export.heldBack > 0 {
      complain(
        say(
          nl: "\(export.heldBack) gevoelige bijdragen zijn weggelaten (--with-sensitive neemt ze mee).",
          en: "\(export.heldBack) sensitive contributions were left out (--with-sensitive takes them in)."))
    }
    try output(export.text(format))
    try reading.endWhereDamaged()
  }
}

extension ExportFormat: ExpressibleByArgument {}

/// The record that is meant by a record's name or its folder's.
func recordPath(_ path: String) -> String { isFolder(path) ? path + "/" + Dossier.recordFile : path }
