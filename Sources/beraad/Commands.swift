import ArgumentParser
import Conference
import Documents
import Dossier
import Ground
import Record
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
  var folder: String

  @OptionGroup var plain: PlainOption
  @OptionGroup var options: ScreenOptions

  func run() throws {
    guard exists(folder) else {
      throw failure(
        .missing,
        nl: "Er is geen map ‘\(folder)’. Maak er een met: beraad new \(quotedForShell(folder))",
        en: "There is no folder ‘\(folder)’. Make one with: beraad new \(quotedForShell(folder))")
    }
    if plain.isWanted {
      let (host, notice) = try openConference(folder: folder, now: systemMoment)
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
    let (host, notice) = try openConference(folder: folder, now: systemMoment)
    let folder = folder
    try runConsole(
      host, theme: theme, mouse: options.wantsMouse, notice: Phrase(joining: [trouble, notice]),
      lateNotice: { noticeOfChange(host, folder: folder) })
  }
}

/// `beraad check RECORD`: whether a record holds together.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: say(
      nl: "Controleer of een naslagwerk heel is.", en: "Check whether a record holds together."),
    discussion: example(
      "beraad check wmo-2026/record.jsonl", "beraad check record.jsonl --repair --from copy.jsonl",
      "beraad check wmo-2026 --redraw"))

  @Argument(help: help(nl: "Het naslagwerk, of de map ervan.", en: "The record, or its folder."))
  var record: String

  @Flag(help: help(nl: "Haal ontbrekende regels uit een kopie.", en: "Fetch missing lines from a copy."))
  var repair = false

  @Option(help: help(nl: "De kopie, byte voor byte gelijk.", en: "The copy, identical byte by byte."))
  var from: String?

  @Flag(
    help: help(
      nl: "Deel alle tafels opnieuw in en vergelijk ze met het naslagwerk.",
      en: "Draw all tables once more and compare them with the record."))
  var redraw = false

  @OptionGroup var languageOption: LanguageOption

  func validate() throws {
    if repair != (from != nil) {
      throw ValidationError(
        say(nl: "--repair en --from horen bij elkaar.", en: "--repair and --from go together."))
    }
  }

  func run() throws {
    let path = recordPath(record)
    if !exists(path), isFolder(record) { return try checkDossier() }
    do {
      if let from, let report = try RecordCheck.repair(path: path, from: from) {
        complain(
          say(
            nl:
              "\(report.fetched) regels zijn teruggehaald; het beschadigde bestand staat in \(report.damagedCopy).",
            en: "\(report.fetched) lines were fetched; the damaged file stands in \(report.damagedCopy)."))
      }
      let report = try RecordCheck.check(path: path)
      for notice in report.notices { complain(describe(notice)) }
      guard report.isGood else {
        if let damage = report.damage { complain(describe(damage)) }
        for island in report.islands {
          complain(
            say(
              nl: "Vanaf regel \(island.firstLine) sluiten weer \(island.lines.count) regels op elkaar aan.",
              en: "From line \(island.firstLine) on \(island.lines.count) lines chain again."))
        }
        throw ExitCode(Ending.refused.rawValue)
      }
      try output(
        say(
          nl: "\(report.lines) regels sluiten aan tot \(report.hash)\n",
          en: "\(report.lines) lines chain to \(report.hash)\n"))
      try tellTraject(of: path)
      if redraw { try checkDrawings(path) }
    } catch let error as RecordError {
      throw failure(error)
    }
  }

  /// A conference that was not opened yet has no record, but its plan can be read, and the records that it
  /// names.
  private func checkDossier() throws {
    let (dossier, traject): (Dossier, Traject)
    do throws(DossierError) {
      dossier = try Dossier.read(folder: record)
      traject = try Traject(dossier.earlier, folder: record, ours: dossier.participants)
    } catch {
      throw failure(error)
    }
    for notice in dossier.notices { complain(notice.text(language)) }
    traject.tell()
    try output(
      say(
        nl: "Het dossier is goed; het is nog niet geopend.\n",
        en: "The dossier is good; it was not opened yet.\n"))
  }

  /// Tells the earlier meetings that stand in a record, where there are any.
  private func tellTraject(of path: String) throws {
    let lines = try RecordReader.read(path: path).lines
    guard lines.contains(where: { $0.type == "traject.taken" }) else { return }
    let session = RecordReading(lines: lines, isDamaged: false).session
    let meetings = session.earlierMeetings.map { $0.line(of: session.participants.count)[language] + "\n" }
    try output(say(nl: "Eerdere bijeenkomsten:\n", en: "Earlier meetings:\n") + meetings.joined())
  }

  private func describe(_ damage: Damage) -> String {
    say(
      nl: "regel \(damage.line), byte \(damage.offset): \(damage.reason.phrase.nl)",
      en: "line \(damage.line), byte \(damage.offset): \(damage.reason.phrase.en)")
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
      withNames: withNames, withSensitive: withSensitive)
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
