import Conference
import Documents
import Ground
import Testing

extension Plan {
  /// An afternoon from 13:00 with two rounds at two tables.
  static let sample = Plan(
    title: "Passende ondersteuning | met minder", motto: "Wat kan er *beter* binnen de Wmo?",
    sessionType: "werkconferentie",
    facts: [
      Fact(name: "Opdrachtgever", value: "ROG Plus"), Fact(name: "Locatie", value: "Vlaardingen\nZaal <2>"),
    ], date: CalendarDate("2026-11-21"), startMinute: 13 * 60,
    items: [
      AgendaItem(id: "i1", phase: .arrival, title: "Inloop", seconds: 15 * 60),
      AgendaItem(
        id: "i2", phase: .plenary, title: "Opening", seconds: 20 * 60, speaker: "W. de Wit, wethouder"),
      AgendaItem(id: "i3", phase: .breakout, title: "Ronde 1", question: "Wat kan anders?", seconds: 30 * 60),
      AgendaItem(id: "i4", phase: .pause, title: "Pauze", seconds: 15 * 60),
      AgendaItem(id: "i5", phase: .breakout, title: "Ronde 2", question: "Wie doet wat?", seconds: 30 * 60),
      AgendaItem(id: "i6", phase: .reportBack, title: "Terugkoppeling", seconds: 10 * 60, slotSeconds: 180),
      AgendaItem(id: "i7", phase: .closing, title: "Afsluiting", seconds: 15 * 60),
    ],
    tables: [Table(number: 1, seats: 4), Table(number: 2, name: "Jeugd", seats: 4)],
    groups: ["cliënten", "zorgaanbieders", "wethouders", "Wmo-raad"])
}

/// A conference in memory: commands are decided, and their events folded in, as the host does it.
struct Run {
  var session = Session()
  var now: Moment
  var seq = 0

  static let people = [
    Participant(
      id: "p1", name: "Anna Bos", organisation: "Aafje", group: "zorgaanbieders", municipality: "Schiedam",
      attributes: [.init(name: "e-mail", value: "anna@example.org")]),
    Participant(id: "p2", name: "Bram Kok", organisation: "Minters", group: "zorgaanbieders"),
    Participant(id: "p3", name: "Carla Vis", group: "cliënten", municipality: "Maassluis"),
    Participant(id: "p4", name: "Dirk Smit", organisation: "Gemeente <Schiedam>", group: "wethouders"),
    Participant(id: "p5", name: "Els de Wit", organisation: "Wmo-raad Vlaardingen", group: "Wmo-raad"),
  ]
  static let survey = [
    SurveyAnswer(
      text: "Meer samenwerken", kind: "idea", source: "enquête",
      origin: [.init(name: "nummer", value: "17"), .init(name: "stemmen", value: "3")]),
    SurveyAnswer(text: "Minder regels; meer zorg", kind: "opinion", source: "enquête"),
  ]

  init(at moment: Moment) { now = moment }

  init(plan: Plan = .sample) throws {
    self.init(at: try #require(Moment(rfc3339: "2026-11-21T12:00:00.000Z")))
    let zone = Zone(name: "Europe/Amsterdam", offset: 3600)
    try send(
      .open(Opening(plan: plan, participants: Run.people, survey: Run.survey, zone: zone)), by: "host")
  }

  mutating func send(_ command: Command, by: String = "facilitator") throws {
    let cmd = CommandID(high: 0, low: UInt64(seq))
    for event in try session.decide(command, at: now, by: by) {
      session.apply(event, Stamp(seq: seq, at: now, by: by, cmd: cmd))
      seq += 1
    }
  }

  mutating func wait(_ minutes: Int, seconds: Int = 0) { now = now + .minutes(minutes) + .seconds(seconds) }

  mutating func say(_ text: String, kind: String = "idea", table: Int? = nil, parent: String? = nil) throws {
    let by = table.map { "note-\($0)" } ?? "facilitator"
    try send(.contribute(NewContribution(table: table, kind: kind, text: text, parent: parent)), by: by)
  }

  mutating func seat(round: Int, _ tables: [Int: [String]]) throws {
    let drawing = RoundSeating.Drawing(engine: "test", seed: 7, effort: 0, score: [], rules: MixingRules())
    try send(.seat([DrawnRound(round: round, drawing: drawing, tables: tables)]))
  }

  var clock: ClockReading { session.clock(at: now) }
  var state: JSON { StateDocument.json(session, at: now, withNames: true) }

  func export(_ language: Language = .nl, names: Bool = false, sensitive: Bool = false) -> Export {
    Export(session: session, reading: clock, language: language, withNames: names, withSensitive: sensitive)
  }
}

extension Run {
  /// Up to the middle of round 1, at 13:51: 4 minutes over in the opening, people absent and late.
  static func untilRound1() throws -> Run {
    var run = try Run()
    try run.seat(round: 1, [1: ["p1", "p3"], 2: ["p2", "p4"]])
    try run.seat(round: 2, [1: ["p1", "p4"], 2: ["p2", "p3"]])
    for id in ["p1", "p2", "p3", "p4"] { try run.send(.arrive(id)) }
    try run.send(.leave("p5"))
    try run.send(.advance)
    run.wait(15)
    try run.send(.advance)
    try run.say("Zorg begint bij luisteren", kind: "quote")
    run.wait(24)
    try run.send(.advance)
    run.wait(3)
    try run.say("Eén loket\nvoor alle vragen", table: 1)
    try run.say("=HYPERLINK(\"http://x\";\"klik\")", table: 1)
    try run.say("De wachttijd doet pijn", kind: "sensitivity", table: 1)
    try run.say("<script>alert(1)</script> [klik](javascript:alert(2))", kind: "proposition", table: 2)
    try run.say("# Geen kop | geen tabel\n- geen lijst\u{1B}[31m", table: 2, parent: "c1")
    run.wait(9, seconds: 30)
    return run
  }

  /// The whole afternoon, closed.
  static func whole() throws -> Run {
    var run = try untilRound1()
    try run.send(.message("Nog *vijf* minuten", tables: [2]))
    try run.send(.pause)
    run.wait(3)
    try run.send(.resume)
    try run.send(.extend(item: nil, seconds: 120))
    run.wait(16)
    try run.send(.advance)
    run.wait(15)
    try run.send(.advance)
    try run.say("Wie betaalt dit?", kind: "question", table: 1)
    try run.say("Loket openen voor 1 mei", kind: "action", table: 1)
    try run.say("Per ongeluk", table: 2)
    try run.send(.undo, by: "note-2")
    try run.send(.mark("Applaus"))
    run.wait(30)
    try run.send(.advance)
    try run.send(.call(table: nil))
    run.wait(4)
    try run.send(.call(table: nil))
    run.wait(5)
    try run.send(.addTheme(title: "Sluit aan bij het _lokale_", body: "Begin klein.\nGroei daarna."))
    try run.send(.assign(id: "c1", theme: "t1"))
    try run.send(.assign(id: "c4", theme: "t1"))
    try run.send(.advance)
    run.wait(10)
    try run.send(.close(deliberate: false))
    return run
  }
}
