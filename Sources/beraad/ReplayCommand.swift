import ArgumentParser
import Conference
import Console
import Documents
import Ground

/// `beraad replay RECORD|DIR`: the conference as it was, on the screen or as data.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: say(
      nl: "Speel een conferentie terug, of toon hoe zij op een moment was.",
      en: "Play a conference back, or show how it was at a moment."),
    discussion: example("beraad replay wmo-2026", "beraad replay wmo-2026 --state --at 14:35"))

  @Argument(help: help(nl: "Het naslagwerk, of de map ervan.", en: "The record, or its folder."))
  var record: String

  @Flag(help: help(nl: "Schrijf de toestand als één JSON-object.", en: "Print the state as one JSON object."))
  var state = false

  @Option(
    help: help(
      nl: "Het moment: 14:35, 2026-11-21T13:35:00.000Z, of 50%.",
      en: "The moment: 14:35, 2026-11-21T13:35:00.000Z, or 50%."))
  var at: String?

  @Option(help: help(nl: "Tot en met deze regel van het naslagwerk.", en: "Up to this line of the record."))
  var seq: Int?

  @Flag(help: help(nl: "Zonder namen van deelnemers.", en: "Without participants' names."))
  var withoutNames = false

  @OptionGroup var options: ScreenOptions

  func validate() throws {
    if at != nil, seq != nil {
      throw ValidationError(say(nl: "Kies --at of --seq.", en: "Choose --at or --seq."))
    }
    if !state, at != nil || seq != nil {
      throw ValidationError(
        say(nl: "--at en --seq horen bij --state.", en: "--at and --seq go with --state."))
    }
  }

  func run() throws {
    let path = recordPath(record)
    guard state else {
      try requireTerminal(
        instead: Phrase(nl: "Zonder terminal kan wel: --state.", en: "Without a terminal there is: --state."))
      try runReplay(try readRecord(path).lines, options)
    }
    let reading = try readRecord(path)
    let (session, moment) = try stateAsked(reading)
    try output(StateDocument.json(session, at: moment, withNames: !withoutNames).printableText + "\n")
    try reading.endWhereDamaged()
  }

  private func stateAsked(_ reading: RecordReading) throws -> (Session, Moment) {
    let lines = reading.lines
    if let seq {
      guard lines.indices.contains(seq) else {
        throw failure(
          .usage, nl: "Er is geen regel \(seq); het naslagwerk heeft 0 tot en met \(lines.count - 1).",
          en: "There is no line \(seq); the record has 0 to \(lines.count - 1).")
      }
      return (reading.session(upTo: seq + 1), lines[seq].at)
    }
    let whole = reading.session
    guard let at else { return (whole, whole.lastAt) }
    guard let moment = moment(at, in: lines, zone: whole.zone) else {
      throw failure(
        .usage, nl: "‘\(at)’ is geen moment in dit naslagwerk.", en: "‘\(at)’ is no moment in this record.")
    }
    let count = lines.prefix { $0.at <= moment }.count
    return (reading.session(upTo: count), moment)
  }

  private func moment(_ text: String, in lines: [Line], zone: Zone) -> Moment? {
    Moment(rfc3339: text) ?? Replay.moment(text, in: lines, zone: zone)
  }
}
