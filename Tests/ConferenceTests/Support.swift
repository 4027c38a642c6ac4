import Conference
import Ground
import Testing

extension Moment {
  init(_ text: String) throws { self = try #require(Moment(rfc3339: text)) }
}

extension Plan {
  /// An afternoon from 13:00: arrival 15, plenary 20, breakout 30, break 15 (fixed at 14:10), breakout 30,
  /// report-back 21, closing 15; three tables of three.
  static let sample = Plan(
    title: "Proef", date: CalendarDate("2026-11-21"), startMinute: 13 * 60,
    items: [
      AgendaItem(id: "i1", phase: .arrival, title: "Inloop", seconds: 15 * 60),
      AgendaItem(id: "i2", phase: .plenary, title: "Opening", seconds: 20 * 60),
      AgendaItem(id: "i3", phase: .breakout, title: "Ronde 1", question: "Wat kan?", seconds: 30 * 60),
      AgendaItem(
        id: "i4", phase: .pause, title: "Pauze", seconds: 15 * 60,
        fixedStart: LocalTime(minute: 14 * 60 + 10)),
      AgendaItem(id: "i5", phase: .breakout, title: "Ronde 2", seconds: 30 * 60, seating: .keep),
      AgendaItem(id: "i6", phase: .reportBack, title: "Terug", seconds: 21 * 60, slotSeconds: 180),
      AgendaItem(id: "i7", phase: .closing, title: "Slot", seconds: 15 * 60),
    ],
    tables: (1...3).map { Table(number: $0, seats: 4) },
    ladders: [Ladder(id: "l", name: "Piramide", rungs: ["eigen kracht", "hulp", "maatwerk"])])
}

/// A conference in memory: commands are decided, and their events folded in, as the host does it.
struct Run {
  var session = Session()
  var now: Moment
  var lines: [Line] = []
  var nextCommand: UInt64 = 0

  static let zone = Zone(name: "Europe/Amsterdam", offset: 3600)
  static let people = (1...9).map {
    Participant(
      id: "p\($0)", name: "Mens \($0)", organisation: "Org \($0 % 4)", group: "G\($0 % 3)",
      municipality: "M\($0 % 2)")
  }

  init(
    _ start: String = "2026-11-21T12:00:00.000Z", plan: Plan = .sample, people: [Participant] = Run.people,
    survey: [SurveyAnswer] = []
  ) throws {
    now = try Moment(start)
    try send(
      .open(
        Opening(plan: plan, participants: people, survey: survey, zone: Run.zone)), by: "host")
  }

  /// Gives a command and returns its events as they came back from their text in the record.
  @discardableResult
  mutating func send(_ command: Command, by: String = "facilitator") throws -> [Event] {
    let events = try session.decide(command, at: now, by: by)
    nextCommand += 1
    for event in events {
      let draft = event.draft
      let line = Line(
        seq: lines.count, at: now, type: draft.type, by: by,
        cmd: CommandID(high: 0, low: nextCommand), version: draft.version,
        data: try JSON(parsing: draft.data.utf8))
      lines.append(line)
      try session.apply(line)
    }
    return events
  }

  mutating func wait(minutes: Int, seconds: Int = 0) {
    now = now + .minutes(minutes) + .seconds(seconds)
  }

  /// Keeps a contribution and returns its id.
  @discardableResult
  mutating func say(_ text: String, kind: String = "idea", table: Int? = 1) throws -> String {
    try send(
      .contribute(NewContribution(table: table, kind: kind, text: text)),
      by: table.map { "note-\($0)" } ?? "facilitator")
    return "c\(session.contributions.count)"
  }

  func contribution(_ id: String) throws -> Contribution {
    try #require(session.contributions.first { $0.id == id })
  }

  /// Expects that a command is refused.
  mutating func refuse(
    _ command: Command, by: String = "facilitator", _ refusal: Refusal,
    at place: SourceLocation = #_sourceLocation
  ) {
    #expect(throws: refusal, sourceLocation: place) { try session.decide(command, at: now, by: by) }
  }

  /// Draws tables by dealing people out, for tests that are not about seating.
  mutating func draw(round: Int = 1) throws {
    var tables: [Int: [String]] = [:]
    for (index, person) in Run.people.enumerated() {
      tables[index % 3 + 1, default: []].append(person.id)
    }
    let drawing = RoundSeating.Drawing(
      engine: "deal", seed: 1, effort: 0, score: [], rules: session.plan?.mixing ?? MixingRules())
    try send(.seat([DrawnRound(round: round, drawing: drawing, tables: tables)]))
  }

  var clock: ClockReading { session.clock(at: now) }
  var minutesLeft: Int? { clock.item.map { Int($0.remaining / 60_000) } }
}
