import Conference
import Ground
import Rehearsal
import Seating
import Testing

/// A conference in memory with the simulated people in it; time moves on by a step and never by itself.
struct Hall {
  var session = Session()
  var now: Moment
  var rehearsal: Rehearsal
  var events: [(at: Moment, by: String, event: Event)] = []
  var lines: [Line] = []
  var refusals: [(by: String, command: Command, refusal: Refusal)] = []
  var commands = 0
  /// Draws the tables where a test is about them; else people are dealt out.
  var engine: (any SeatingEngine)?
  /// Commands that are dropped before they are decided, as when the host fails.
  var drops: (Command, Int) -> Bool = { _, _ in false }

  static let step = Interval.seconds(15)

  init(
    _ plan: Plan, people: Int = 50, survey: [SurveyAnswer] = [], earlier: [EarlierMeeting] = [],
    ids: String = "p", seed: UInt64 = 1, language: Language = .nl
  ) throws {
    now = try #require(Moment(rfc3339: "2026-11-21T12:00:00.000Z"))
    rehearsal = Rehearsal(seed: seed, language: language)
    let participants = (0..<people).map {
      Participant(
        id: "\(ids)\($0)", name: "Mens \($0)", organisation: "Org \($0 % 9)", group: "Groep \($0 % 4)",
        municipality: "Plaats \($0 % 3)")
    }
    let opening = Opening(
      plan: plan, participants: participants, survey: survey, earlier: earlier,
      zone: Zone(name: "Europe/Amsterdam", offset: 3600))
    try carryOut(.open(opening), by: "host")
  }

  /// Lets the people act until the conference is closed or `limit` of simulated time has passed.
  mutating func play(limit: Interval = .minutes(12 * 60), step: Interval = step) throws {
    let end = now + limit
    while now < end, let acts = rehearsal.facilitator(session, at: now) {
      for act in acts { try give(act) }
      let next = now + step
      let notes = rehearsal.notes(session, from: now, to: next)
      now = next
      for act in notes { try give(act) }
    }
  }

  mutating func give(_ act: Rehearsal.Act) throws {
    commands += 1
    if drops(act.command, commands) { return }
    do {
      do {
        try carryOut(act.command, by: act.by)
      } catch Refusal.notDrawn(let round) {
        try draw(round: round)
        try carryOut(act.command, by: act.by)
      }
    } catch let refusal as Refusal {
      refusals.append((act.by, act.command, refusal))
    }
  }

  mutating func carryOut(_ command: Command, by: String) throws {
    let cmd = CommandID(high: 0, low: UInt64(lines.count + 1))
    for event in try session.decide(command, at: now, by: by) {
      let draft = event.draft
      let line = Line(
        seq: lines.count, at: now, type: draft.type, by: by, cmd: cmd, version: draft.version,
        data: draft.data)
      lines.append(line)
      events.append((now, by, event))
      try session.apply(line)
    }
  }

  /// Deals out whoever is not absent, or draws with `engine`.
  mutating func draw(round: Int) throws {
    if let engine {
      let drawn = try session.draw(with: engine, DrawingOrder(seed: 7, effort: 20_000))
      return try carryOut(.seat(drawn.rounds), by: "host")
    }
    var tables: [Int: [String]] = [:]
    let people = session.participants.filter { session.presence(of: $0.id) != .absent }
    for (index, person) in people.enumerated() {
      tables[session.tables[index % session.tables.count].number, default: []].append(person.id)
    }
    let drawing = RoundSeating.Drawing(
      engine: "deal", seed: 1, effort: 0, score: [], rules: session.plan?.mixing ?? MixingRules())
    try carryOut(.seat([DrawnRound(round: round, drawing: drawing, tables: tables)]), by: "host")
  }

  var contributions: [Contribution] { session.contributions.filter { $0.source == nil } }

  func count(_ isWanted: (Event) -> Bool) -> Int { events.count { isWanted($0.event) } }
}

extension Plan {
  /// An afternoon for 50 people at 7 tables with two rounds.
  static let dagdeel = Plan(
    title: "Wat kan er beter binnen de Wmo?", date: CalendarDate("2026-11-21"), startMinute: 13 * 60,
    end: LocalTime(minute: 16 * 60 + 40),
    items: [
      AgendaItem(id: "i1", phase: .arrival, title: "Inloop", seconds: 30 * 60),
      AgendaItem(id: "i2", phase: .plenary, title: "Opening", seconds: 10 * 60),
      AgendaItem(id: "i3", phase: .plenary, title: "Resultaten enquête", seconds: 20 * 60),
      AgendaItem(id: "i4", phase: .changeover, title: "Wisselen", seconds: 5 * 60),
      AgendaItem(id: "i5", phase: .breakout, title: "Ronde 1", seconds: 40 * 60),
      AgendaItem(
        id: "i6", phase: .pause, title: "Pauze", seconds: 15 * 60,
        fixedStart: LocalTime(minute: 14 * 60 + 50)),
      AgendaItem(id: "i7", phase: .breakout, title: "Ronde 2", seconds: 40 * 60),
      AgendaItem(id: "i8", phase: .changeover, title: "Wisselen", seconds: 5 * 60),
      AgendaItem(id: "i9", phase: .reportBack, title: "Terugkoppeling", seconds: 21 * 60, slotSeconds: 180),
      AgendaItem(id: "i10", phase: .closing, title: "Afsluiting", seconds: 15 * 60),
    ],
    tables: (1...7).map { Table(number: $0, seats: 10) })

  /// A plan of these phases, each of so many minutes.
  static func of(_ phases: [Phase], minutes: Int = 12, tables: Int = 3, kinds: [Kind] = Kind.defaults) -> Plan
  {
    Plan(
      title: "Proef",
      items: phases.enumerated().map {
        AgendaItem(id: "i\($0)", phase: $1, title: "Onderdeel \($0)", seconds: minutes * 60)
      },
      tables: (0..<tables).map { Table(number: $0 + 1, seats: 60) }, kinds: kinds)
  }
}
