import Conference
import Ground
import Testing

/// A conference in memory with tables as the test says, for reading them.
struct Hall {
  var session = Session()
  private var seq = 0

  /// Nine people, three tables of four, two rounds that are drawn and a third that keeps its tables.
  ///
  /// p1 to p3 are cliënten, the others ambtenaren; p1 and p4 share an organisation, and so do p5 and p8.
  static let people = zip(1...9, ["A", "B", "C", "A", "D", "E", "F", "D", "G"]).map { number, organisation in
    Participant(
      id: "p\(number)", name: "Mens \(number)", organisation: "Org \(organisation)",
      group: number <= 3 ? "cliënt" : "ambtenaar")
  }

  static func plan(mixing: MixingRules = MixingRules(), tables: [Table]? = nil) -> Plan {
    func round(_ number: Int, _ seating: AgendaItem.SeatingMode) -> AgendaItem {
      AgendaItem(
        id: "i\(number)", phase: .breakout, title: "Ronde \(number)", seconds: 600, seating: seating)
    }
    return Plan(
      title: "Proef", items: [round(1, .draw), round(2, .draw), round(3, .keep)],
      tables: tables ?? (1...3).map { Table(number: $0, seats: 4) }, mixing: mixing)
  }

  /// In round 1 every table has one cliënt; in round 2 table 1 has two and table 2 none.
  static let seats: [[Int: [String]]] = [
    [1: ["p1", "p4", "p7"], 2: ["p2", "p5", "p8"], 3: ["p3", "p6", "p9"]],
    [1: ["p1", "p2", "p4"], 2: ["p5", "p6", "p7"], 3: ["p3", "p8", "p9"]],
  ]

  init(
    _ plan: Plan = Hall.plan(), people: [Participant] = Hall.people, earlier: [EarlierMeeting] = []
  ) throws {
    try send(
      .open(Opening(plan: plan, participants: people, survey: [], earlier: earlier, zone: .utc)), by: "host")
  }

  /// The hall with both rounds drawn by the host.
  static func drawn(
    _ mixing: MixingRules = MixingRules(), earlier: [EarlierMeeting] = []
  ) throws -> Hall {
    var hall = try Hall(Hall.plan(mixing: mixing), earlier: earlier)
    try hall.seat(Hall.seats, by: "host")
    return hall
  }

  mutating func send(_ command: Command, by: String = "facilitator") throws {
    let moment = try #require(Moment(rfc3339: "2026-11-21T12:00:00.000Z"))
    let cmd = CommandID(high: 1, low: UInt64(seq))
    for event in try session.decide(command, at: moment, by: by) {
      session.apply(event, Stamp(seq: seq, at: moment, by: by, cmd: cmd))
      seq += 1
    }
  }

  mutating func seat(_ rounds: [[Int: [String]]], seed: Int = 1, by: String = "facilitator") throws {
    let drawing = RoundSeating.Drawing(
      engine: "test", seed: seed, effort: 0, score: [], rules: session.plan?.mixing ?? MixingRules())
    let drawn = rounds.enumerated().map { DrawnRound(round: $0 + 1, drawing: drawing, tables: $1) }
    try send(.seat(drawn), by: by)
  }
}
