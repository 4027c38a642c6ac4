import ArgumentParser
import Conference
import Console
import Documents
import Ground
import Record

/// `beraad replay RECORD|DIR`: the conference as it was, on the screen or as data.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: say(
      nl: "Speel een conferentie terug, of toon hoe zij op een moment was.",
      en: "Play a conference back, or show how it was at a moment."),
    discussion: example(
      "beraad replay wmo-2026", "beraad replay wmo-2026 --at 14:35 --speed 120",
      "beraad replay wmo-2026 --at 14:35 --table 4", "beraad replay wmo-2026 --state --at 14:35"))

  @Argument(help: help(nl: "Het naslagwerk, of de map ervan.", en: "The record, or its folder."))
  var record: String

  @Flag(help: help(nl: "Schrijf de toestand als één JSON-object.", en: "Print the state as one JSON object."))
  var state = false

  @Option(
    help: help(
      nl: "Schrijf wat deze tafel toen wist, als tekst.", en: "Print what this table knew then, as text."))
  var table: Int?

  @Option(
    help: help(
      nl: "Het moment: 14:35, 'vr 14:35', 2026-11-21T13:35:00.000Z, of 50%.",
      en: "The moment: 14:35, 'fri 14:35', 2026-11-21T13:35:00.000Z, or 50%."))
  var at: String?

  @Option(help: help(nl: "Tot en met deze regel van het naslagwerk.", en: "Up to this line of the record."))
  var seq: Int?

  @Flag(help: help(nl: "Zonder namen van deelnemers.", en: "Without participants' names."))
  var withoutNames = false

  @Option(
    help: help(
      nl: "Hoeveel keer zo snel: \(speeds).", en: "How many times as fast: \(speeds)."))
  var speed = Replay.usualSpeed

  @Option(
    help: help(
      nl: "Het langste dat een stilte bij het kijken duurt, in seconden; 0: zo lang als ze was.",
      en: "The longest that a silence takes the viewer, in seconds; 0: as long as it was."))
  var idleLimit = Double(Replay.usualIdleLimit) / 1000

  @OptionGroup var options: ScreenOptions

  private static let speeds = Replay.speeds.map(String.init).joined(separator: ", ")

  func validate() throws {
    if state, table != nil {
      throw ValidationError(say(nl: "Kies --state of --table.", en: "Choose --state or --table."))
    }
    if !Replay.speeds.contains(speed) {
      throw ValidationError(
        say(nl: "--speed is een van \(Self.speeds).", en: "--speed is one of \(Self.speeds)."))
    }
    if !(0...86_400).contains(idleLimit) {
      throw ValidationError(
        say(
          nl: "--idle-limit is een aantal seconden, hoogstens 86400.",
          en: "--idle-limit is a number of seconds, 86400 at most."))
    }
    if at != nil, seq != nil {
      throw ValidationError(say(nl: "Kies --at of --seq.", en: "Choose --at or --seq."))
    }
    if !state, table == nil, seq != nil {
      throw ValidationError(
        say(nl: "--seq hoort bij --state of --table.", en: "--seq goes with --state or --table."))
    }
  }

  func run() throws {
    let path = recordPath(record)
    guard state || table != nil else {
      try requireTerminal(
        instead: Phrase(
          nl: "Zonder terminal kan wel: --state of --table.",
          en: "Without a terminal there is: --state or --table."))
      let found = try readLines(path)
      var replay = Replay(
        lines: found.lines, gaps: found.gaps, speed: speed, idleLimit: Interval(idleLimit * 1000))
      if let at { replay.go(to: try moment(at, in: replay)) }
      try runReplay(replay, options)
    }
    let reading = try readRecord(path)
    let (session, moment) = try stateAsked(reading)
    if let table {
      try output(try known(to: table, session, moment))
    } else {
      try output(StateDocument.json(session, at: moment, withNames: !withoutNames).printableText + "\n")
    }
    try reading.endWhereDamaged()
  }

  private func known(to table: Int, _ session: Session, _ moment: Moment) throws -> String {
    // Before the opening nobody knows which tables there are.
    guard session.tables.contains(where: { $0.number == table }) else {
      throw failure(
        .usage, nl: "Er was op dat moment geen tafel \(table).",
        en: "There was no table \(table) at that moment.")
    }
    return TableKnowledge(
      session, table: table, at: moment, in: language, withNames: !withoutNames
    ).text
  }

  private func stateAsked(_ reading: RecordReading) throws -> (Session, Moment) {
    let lines = reading.lines
    if let seq {
      // In a damaged record lines are missing, so that a line's number is not its place.
      guard let place = lines.firstIndex(where: { $0.seq == seq }) else {
        let last = lines.last?.seq ?? 0
        throw failure(
          .usage, nl: "Er is geen regel \(seq); het naslagwerk heeft 0 tot en met \(last).",
          en: "There is no line \(seq); the record has 0 to \(last).")
      }
      return (reading.session(upTo: place + 1), lines[place].at)
    }
    let whole = reading.session
    guard let at else { return (whole, whole.lastAt) }
    let moment = try moment(at, in: Replay(lines: lines))
    let count = lines.prefix { $0.at <= moment }.count
    return (reading.session(upTo: count), moment)
  }

  private func moment(_ text: String, in replay: Replay) throws -> Moment {
    if let moment = Moment(rfc3339: text) ?? replay.moment(text) { return moment }
    throw failure(
      .usage, nl: "‘\(text)’ is geen moment in dit naslagwerk.", en: "‘\(text)’ is no moment in this record.")
  }
}
