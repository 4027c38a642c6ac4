import Conference
import Documents
import Foundation
import Ground
import Record

/// The record that a released version left in Golden/; it is read for ever and never written anew.
///
/// A version gets its record once: add it to `versions` and run the tests with `BERAAD_UPDATE_SNAPSHOTS=1`.
/// What stands there already is not touched, whatever is set. Until a version is released its record may be
/// deleted and made again.
struct GoldenRecord: Sendable {
  /// All versions that left a record, the newest last.
  static let versions = ["0.1.0", "0.2.0"]

  /// Read once, and in the order of `versions`.
  static let all = versions.map { version in Result { try GoldenRecord(version: version) } }

  let version: String
  let contents: RecordContents
  /// The lines as they stand in the file, their line feeds left out.
  let text: [Substring]

  private init(version: String) throws {
    let path = GoldenRecord.path("\(version).jsonl")
    if GoldenRecord.mayWrite, !FileManager.default.fileExists(atPath: path) {
      try GoldenScript.write(to: path, version: version)
    }
    self.version = version
    contents = try RecordReader.read(path: path)
    text = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
  }

  /// The state after the last line.
  func state() throws -> String {
    var session = Session()
    for line in contents.lines { try session.apply(line) }
    return StateDocument.json(session, at: session.lastAt, withNames: true).printableText + "\n"
  }

  /// The state as it was put beside the record; written anew where that is asked for.
  func expectedState() throws -> String {
    let path = GoldenRecord.path("\(version).state.json")
    if GoldenRecord.mayWrite { try state().write(toFile: path, atomically: true, encoding: .utf8) }
    return try String(contentsOfFile: path, encoding: .utf8)
  }

  private static let mayWrite = ProcessInfo.processInfo.environment["BERAAD_UPDATE_SNAPSHOTS"] == "1"

  private static func path(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)").path
  }
}

/// A short conference in which every type of event happens at least once.
private struct GoldenScript {
  let writer: RecordWriter
  var session = Session()
  var now: Moment
  var commands: UInt64 = 0

  static func write(to path: String, version: String) throws {
    let start = try Moment("2026-11-21T12:00:00.000Z")
    let writer = try RecordWriter.create(path: path, session: "proef-2026", app: version, at: start)
    var script = GoldenScript(writer: writer, now: start)
    try script.prepare()
    try script.workAtTables()
    try script.reportBackAndClose()
    try writer.seal(at: script.now, cmd: CommandID(high: 1, low: script.commands + 1))
    writer.close()
  }

  private mutating func send(_ command: Command, by: String = "facilitator") throws {
    try append(session.decide(command, at: now, by: by).map(\.draft), by: by)
  }

  private mutating func append(_ drafts: [Draft], by: String) throws {
    commands += 1
    let id = CommandID(high: 1, low: commands)
    for line in try writer.appendAndWait(drafts, at: now, by: by, cmd: id) { try session.apply(line) }
  }

  private mutating func wait(_ minutes: Int) { now = now + .minutes(minutes) + 250 }

  private mutating func say(_ text: String, kind: String, table: Int?, parent: String? = nil) throws {
    try send(
      .contribute(NewContribution(table: table, kind: kind, text: text, parent: parent)),
      by: table.map { "note-\($0)" } ?? "facilitator")
  }

  private mutating func prepare() throws {
    let zone = Zone(
      name: "Europe/Amsterdam", offset: 7200,
      changes: [.init(at: try Moment("2026-10-25T01:00:00.000Z"), offset: 3600)])
    try send(
      .open(
        Opening(
          plan: .golden, participants: Participant.golden, survey: SurveyAnswer.golden,
          earlier: EarlierMeeting.golden, zone: zone)),
      by: "host")
    let drawing = RoundSeating.Drawing(
      engine: "deal-1", seed: 2026, effort: 1000,
      score: [.init(name: "total", value: "12000"), .init(name: "repeats", value: "0")],
      rules: Plan.golden.mixing)
    try send(
      .seat([DrawnRound(round: 1, drawing: drawing, tables: [1: ["p1", "p3"], 2: ["p2", "p4", "p5"]])]))
    try send(.swap(round: 1, a: "p3", b: "p5", deliberate: true))
    try send(.reseat(person: "p3", table: 1, round: 1))
    try send(.pin(person: "p3", table: 1))
    try send(.unpin(person: "p3"))
    try send(.keepApart(["p4", "p5"]))
    try send(.allowTogether(["p4", "p5"]))
    for id in ["p1", "p2", "p3"] { try send(.arrive(id)) }
    try send(.leave("p5"))
    try send(
      .register(name: "Fleur Walraven", organisation: nil, group: "cliënt", municipality: "Oostdorp"))
    try send(.advance)
    wait(10)
    try say("Wie luistert, hoort het al", kind: "quote", table: nil)
    try send(.message("Nog vijf minuten, dan naar de tafels", tables: []))
    try send(.pause)
    wait(2)
    try send(.resume)
    try send(.extend(item: nil, seconds: 300))
    wait(8)
  }

  private mutating func workAtTables() throws {
    try send(.advance)
    try send(.askHelp(table: 2), by: "note-2")
    wait(1)
    try send(.answerHelp(table: 2))
    try say("Eén loket,\nook op zaterdag; “echt” waar \\ altijd", kind: "idea", table: 1)
    try say("De wachttijd doet pijn", kind: "sensitivity", table: 2)
    try say("Met koffie ☕", kind: "dream", table: 1, parent: "c4")
    try send(.amend(id: "c4", text: "Eén loket, ook op zaterdag", kind: "proposition"), by: "note-1")
    try send(.withdraw(id: "c5"), by: "note-2")
    try send(.restore(id: "c5"), by: "note-2")
    try send(.show(id: "c4", true))
    try send(.undo)
    try send(.redo)
    wait(20)
    try send(.mark("Applaus"))
    // The host's clock is set right: times in the record never go back.
    now = now + -4_000
    try say("Wie belt er terug?", kind: "question", table: 2)
    try append([Draft(type: "x.lamp", version: 2, data: ["on": true])], by: "lamp")
    wait(1)
  }

  private mutating func reportBackAndClose() throws {
    try send(.move(to: "terug", deliberate: true))
    try send(.call(table: nil))
    wait(3)
    try send(.call(table: nil))
    wait(3)
    try send(.endSlot)
    try send(.addTheme(title: "Eén ingang", body: nil))
    try send(.amendTheme(id: "t1", title: "Eén ingang voor iedereen", body: "Begin klein."))
    try send(.assign(id: "c4", theme: "t1"))
    try send(.assign(id: "c6", theme: "t1"))
    try send(.assign(id: "c6", theme: nil))
    try mend()
    try vote()
    try send(.advance)
    wait(5)
    try send(.close(deliberate: false))
  }
}

extension GoldenScript {
  /// What is known of contributions, beside their text.
  private mutating func mend() throws {
    try send(.markSensitive(id: "c5", false))
    try send(.quote(id: "c3", Quote(role: "Beleidsmedewerker", organisation: "Gemeente Oostdorp")))
    try send(.link(id: "c4", parent: "c1"))
    try send(.merge(id: "c7", into: "c4"))
    try send(.label(id: "c4", ladder: "piramide", rung: 1))
    try send(.attribute(id: "c4", group: "cliënt"))
    try send(.reorder(id: "c6", before: "c4"), by: "note-1")
    try send(.top(id: "c4", true), by: "note-1")
    try send(.assignAction(id: "c4", owner: "Dirk Smit", due: CalendarDate("2026-12-12")))
    try send(.assignNew(id: "c5", title: "Wachten", body: nil))
    try send(.withdrawTheme(id: "t2"))
  }

  private mutating func vote() throws {
    try send(.openBallot(NewBallot(kind: .propositions, title: "Stelling", options: ["c4"])))
    try send(
      .count(ballot: "b1", option: "c4", group: "cliënt", Tally(agree: 2), deliberate: true))
    try send(.count(ballot: "b1", option: "c4", group: nil, Tally(agree: 1, disagree: 1)))
    try send(.closeBallot(id: "b1"))
    let dots = NewBallot(kind: .dots, title: "Stippen", options: ["c4", "t1"], dots: 3, mayStack: true)
    try send(.openBallot(dots))
    try send(.count(ballot: "b2", option: "t1", group: nil, Tally(dots: 5)))
    try send(.withdrawBallot(id: "b2"))
  }
}

// MARK: - What the conference starts from; all people are made up

extension Plan {
  fileprivate static let golden = Plan(
    title: "Proef: \"één\" loket", motto: "Samen aan tafel", sessionType: "werkconferentie",
    facts: [Fact(name: "Opdrachtgever", value: "Gemeente Voorbeeld"), Fact(name: "Doel", value: "Ideeën")],
    date: CalendarDate("2026-11-21"), startMinute: 13 * 60, end: LocalTime(minute: 15 * 60),
    items: [
      AgendaItem(id: "opening", phase: .plenary, title: "Opening", seconds: 900, speaker: "de dagvoorzitter"),
      AgendaItem(
        id: "ronde-1", phase: .breakout, title: "Ronde 1", question: "Wat kan beter?", seconds: 1800,
        warnings: Warnings(halfTime: false, before: [120, 0], overEvery: nil)),
      AgendaItem(
        id: "pauze", phase: .pause, title: "Pauze", seconds: 900,
        fixedStart: LocalTime(day: 0, minute: 13 * 60 + 50)),
      AgendaItem(id: "ronde-2", phase: .breakout, title: "Ronde 2", seconds: 1800, seating: .keep),
      AgendaItem(id: "terug", phase: .reportBack, title: "Terugkoppeling", seconds: 600, slotSeconds: 180),
      AgendaItem(id: "slot", phase: .closing, title: "Afsluiting", seconds: 600),
    ],
    tables: [
      Table(number: 1, name: "Vervoer", minimumSeats: 2, seats: 4, features: ["drempelvrij"]),
      Table(number: 2, seats: 4),
    ],
    mixing: MixingRules(
      keepApart: [["p1", "p2"]], keepTogether: [["p2", "p4"]], pins: [.init(person: "p1", table: 1)],
      needs: [.init(person: "p3", features: ["drempelvrij"])],
      absences: [.init(person: "p4", rounds: [2])], seed: 2026),
    kinds: Kind.defaults + [
      Kind(id: "dream", name: Phrase(nl: "droom", en: "dream"), key: "r", isSensitive: true)
    ],
    ladders: [Ladder(id: "piramide", name: "Piramide", rungs: ["eigen kracht", "informele steun"])],
    groups: ["cliënt", "zorgaanbieder", "wethouder"])
}

extension Participant {
  fileprivate static let golden = [
    Participant(
      id: "p1", name: "Anna Bos", organisation: "Zorgcentrum De Linde", group: "zorgaanbieder",
      municipality: "Oostdorp", attributes: [.init(name: "dieet", value: "geen noten")]),
    Participant(id: "p2", name: "Bram Kok", organisation: "Zorgcentrum De Linde", group: "zorgaanbieder"),
    Participant(id: "p3", name: "Carla Vis", group: "cliënt", municipality: "Westdorp"),
    Participant(id: "p4", name: "Dirk Smit", organisation: "Gemeente Oostdorp", group: "wethouder"),
    Participant(id: "p5", name: "Els de Wit"),
  ]
}

extension EarlierMeeting {
  fileprivate static let golden = [
    EarlierMeeting(
      id: "00000000000000010000000000000002", title: "Proef: de eerste", date: CalendarDate("2026-10-03"),
      lines: 911, hash: "e7f13480cc46d0af45ff747f954e676b",
      rounds: [
        Round(
          number: 1,
          tables: [SeatedTable(number: 1, people: ["p1", "p2"]), SeatedTable(number: 2, people: ["p4"])]),
        Round(number: 3, tables: [SeatedTable(number: 1, people: ["p1", "p2", "p4"])]),
      ]),
    EarlierMeeting(
      id: "00000000000000010000000000000003", title: "x", date: nil, lines: 9, hash: "0", rounds: []),
  ]
}

extension SurveyAnswer {
  fileprivate static let golden = [
    SurveyAnswer(
      text: "Meer samenwerken", kind: "idea", source: "enquête", origin: [.init(name: "nummer", value: "17")]),
    SurveyAnswer(text: "Minder formulieren", kind: "opinion", source: "enquête"),
  ]
}
