import Conference
import Ground

/// The record of a long conference, made by commands as people give them; the same count, the same lines.
struct GeneratedRecord {
  private(set) var lines: [Line] = []
  private var session = Session()
  private var now: Moment
  private var bits: UInt64 = 0x5EED

  static let begin = Moment(milliseconds: 1_794_484_800_000)  // Thu 2026-11-12T12:00:00Z

  /// Makes a record of at least so many lines, over some days of four hours.
  init(lines count: Int, days: Int = 1, tables: Int = 7) throws {
    now = GeneratedRecord.begin
    var plan = Plan(
      title: "Wat kan er beter?", date: CalendarDate("2026-11-12"), startMinute: 13 * 60, items: [],
      tables: (1...tables).map { Table(number: $0, seats: 8) })
    plan.items.append(AgendaItem(id: "i0", phase: .plenary, title: "Opening", seconds: 1200))
    for round in 1...6 {
      plan.items.append(
        AgendaItem(
          id: "i\(round)", phase: .breakout, title: "Ronde \(round)",
          question: "Wat kan er beter in \(round)?",
          seconds: 2400, seating: round == 1 ? .draw : .keep))
    }
    plan.items.append(AgendaItem(id: "i7", phase: .reportBack, title: "Terugkoppeling", seconds: 1200))
    plan.items.append(AgendaItem(id: "i8", phase: .closing, title: "Afsluiting", seconds: 900))
    let people = (1...120).map {
      Participant(id: "P\($0)", name: "Mens Nummer\($0)", group: ["cliënt", "wethouder", "Wmo-raad"][$0 % 3])
    }
    let zone = Zone(name: "Europe/Amsterdam", offset: 3600)
    try give(.open(Opening(plan: plan, participants: people, survey: [], zone: zone)), by: "host")
    let drawing = RoundSeating.Drawing(
      engine: "deal", seed: 1, effort: 0, score: [], rules: MixingRules())
    let seats = Dictionary(grouping: people.indices, by: { $0 % tables + 1 }).mapValues {
      $0.map { people[$0].id }
    }
    try give(.seat([DrawnRound(round: 1, drawing: drawing, tables: seats)]), by: "facilitator")
    let step = max(1, Interval(days) * .minutes(240) / Interval(max(1, count - lines.count)))
    var item = 0
    var day = 1
    while lines.count < count {
      now = now + step
      if lines.count * 9 / count >= item, item < plan.items.count {
        try give(.move(to: plan.items[item].id, deliberate: true), by: "facilitator")
        item += 1
      } else if days > 1, lines.count * days / count >= day {
        day += 1
        now = now + .minutes(20 * 60)
      }
      try act(tables: tables)
    }
  }

  private mutating func act(tables: Int) throws {
    let table = pick(tables) + 1
    let id = "c\(pick(max(1, session.contributions.count)) + 1)"
    do {
      switch pick(40) {
      case 0: try give(.amend(id: id, text: text(), kind: "idea"), by: "note-\(table)")
      case 1: try give(.withdraw(id: id), by: "facilitator")
      case 2: try give(.show(id: id, true), by: "facilitator")
      case 3: try give(.message("Nog \(pick(30)) minuten", tables: []), by: "facilitator")
      case 4: try give(.mark("Moment \(lines.count)"), by: "facilitator")
      case 5: try give(.askHelp(table: table), by: "note-\(table)")
      case 6 where pick(4) == 0: try give(.undo, by: "facilitator")
      case 7: try give(.arrive("P\(pick(120) + 1)"), by: "facilitator")
      default:
        try give(
          .contribute(
            NewContribution(table: table, kind: ["idea", "opinion", "question"][pick(3)], text: text())),
          by: "note-\(table)")
      }
    } catch is Refusal {
      // What cannot be done now is not done: the record goes on with something else.
    }
  }

  private static let words = [
    "wijkverpleegkundige", "loket", "vervoer", "één", "mantelzorg", "buurt", "geld", "samen", "cliënten",
    "ondersteuning", "huisarts", "jeugd",
  ]

  private mutating func text() -> String {
    (0...(3 + pick(9))).map { _ in GeneratedRecord.words[pick(GeneratedRecord.words.count)] }
      .joined(separator: " ") + " \(lines.count)"
  }

  /// A number below `count` (the generator of Knuth's MMIX).
  private mutating func pick(_ count: Int) -> Int {
    bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((bits >> 33) % UInt64(count))
  }

  private mutating func give(_ command: Command, by: String) throws {
    let cmd = CommandID(high: 2, low: UInt64(lines.count))
    for event in try session.decide(command, at: now, by: by) {
      let draft = event.draft
      let line = Line(
        seq: lines.count, at: now, type: draft.type, by: by, cmd: cmd, data: draft.data)
      try session.apply(line)
      lines.append(line)
    }
  }
}
