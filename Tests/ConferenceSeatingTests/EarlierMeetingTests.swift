import Conference
import Ground
import Seating
import Testing

/// The earlier meetings of a traject: who was there, who met whom, and what it counts for (S0.4, S1.1).
@Suite struct EarlierMeetingTests {
  // MARK: - Who is who

  private func person(_ id: String, _ name: String, _ organisation: String? = nil) -> Participant {
    Participant(id: id, name: name, organisation: organisation)
  }

  @Test func theSameIDIsTheSamePersonWhereTheNameAgrees() {
    let match = PeopleMatch(
      today: [person("P1", "Anna Bos", "De Linde"), person("P2", "Bram Kok")],
      then: [person("P1", "anna  bos", "Elders"), person("P2", "Carla Vis")])
    #expect(match.idOf == ["P1": "P1"])
    #expect(match.ambiguous.isEmpty && match.elsewhere.isEmpty)
  }

  @Test(arguments: [
    ("Zoë ’t Hart", "ZOE 'T HART", "Wmo-raad Oostdorp", "WMO raad  Oostdorp"),
    ("Łukasz Müller", "lukasz muller", "", ""), ("A. de Vries", "A de Vries", "Café Één", "cafe een"),
    ("Ren\u{65}\u{301}e", "Renée", "x", "X"),
  ])
  func caseAccentsAndSpacesDoNotCount(now: String, then: String, ours: String, theirs: String) {
    let match = PeopleMatch(today: [person("P9", now, ours)], then: [person("a", then, theirs)])
    #expect(match.idOf == ["a": "P9"])
  }

  @Test func aNameThatSeveralPeopleShareIsNobody() {
    let today = [
      person("P1", "Jan de Vries", "Org"), person("P2", "Jan de Vries", "Org"), person("P3", "Els"),
    ]
    let then = [person("a", "Jan de Vries", "org"), person("b", "Els"), person("c", "els")]
    let match = PeopleMatch(today: today, then: then)
    #expect(match.idOf.isEmpty)
    #expect(match.ambiguous == ["Jan de Vries", "Els"])
    // The same id tells them apart again.
    let known = PeopleMatch(today: today, then: then.map { $0.id == "a" ? person("P2", $0.name, "Org") : $0 })
    #expect(known.idOf == ["P2": "P2"])
  }

  @Test func anotherOrganisationIsToldAndDoesNotCount() {
    let match = PeopleMatch(
      today: [person("P1", "Anna Bos", "De Linde")],
      then: [person("a", "Anna Bos", "De Beuk"), person("b", "Niemand Hier")])
    #expect(match.idOf.isEmpty && match.ambiguous.isEmpty)
    #expect(match.elsewhere == ["Anna Bos"])
  }

  // MARK: - What is taken

  private func taken(_ hall: Hall, _ today: [Participant] = Hall.people) -> EarlierMeeting {
    EarlierMeeting(
      hall.session, id: "m1", lines: 10, hash: "h",
      match: PeopleMatch(today: today, then: hall.session.participants))
  }

  /// Swapped, moved, late and gone: the tables as they stood when the round was over.
  @Test func theTablesAreThoseThatStoodAtTheEndOfEachRound() throws {
    var hall = try Hall.drawn()
    try hall.send(.swap(round: 1, a: "p4", b: "p5", deliberate: true))
    try hall.send(.advance)
    try hall.send(.leave("p9"))
    try hall.send(.register(name: "Laat", organisation: nil, group: nil, municipality: nil))
    let late = try #require(hall.session.participants.last)
    #expect(taken(hall).rounds.map(\.number) == [1])
    try hall.send(.advance)
    try hall.send(.advance)
    let meeting = taken(hall, Hall.people + [Participant(id: "x", name: "laat")])
    // Round 3 keeps the tables of round 2: nobody meets anew but whoever joins in it.
    #expect(meeting.rounds.map(\.number) == [1, 2])
    try hall.send(.arrive("p9"))
    let joined = try #require(hall.session.seatings[3]?.table(of: "p9"))
    let grown = taken(hall)
    #expect(grown.rounds.map(\.number) == [1, 2])
    #expect(!meeting.rounds[1].tables.contains { $0.people.contains("p9") })
    #expect(grown.rounds[1].tables.first { $0.number == joined }?.people.contains("p9") == true)
    let first = Dictionary(
      uniqueKeysWithValues: meeting.rounds[0].tables.map { ($0.number, Set($0.people)) })
    let now = try #require(hall.session.seatings[1]?.tables)
    #expect(first == now.mapValues { Set($0.map { $0 == late.id ? "x" : $0 }) })
    #expect(first[1]?.contains("p5") == true && first[2]?.contains("p4") == true)
    #expect(meeting.people == Set((1...8).map { "p\($0)" } + ["x"]))
    #expect(meeting.title == "Proef")
    #expect(meeting.date == CalendarDate("2026-11-21"))
  }

  @Test func aRoundThatWasOnlyDrawnIsNoMeeting() throws {
    #expect(taken(try Hall.drawn()).rounds.isEmpty)
  }

  @Test func onlyTodaysPeopleAreTaken() throws {
    var hall = try Hall.drawn()
    try hall.send(.advance)
    let today = [Participant(id: "q", name: "Mens 7", organisation: "Org F"), Hall.people[0]]
    #expect(
      taken(hall, today).rounds == [.init(number: 1, tables: [.init(number: 1, people: ["p1", "q"])])])
  }

  // MARK: - In the record

  private static func meeting(_ id: String, _ rounds: [[[String]]], title: String = "Atelier")
    -> EarlierMeeting
  {
    EarlierMeeting(
      id: id, title: title, date: nil, lines: 1, hash: "h",
      rounds: rounds.enumerated().map { round, tables in
        .init(
          number: round + 1,
          tables: tables.enumerated().map { SeatedTable(number: $0 + 1, people: $1) })
      })
  }

  private func events(_ meetings: [EarlierMeeting], _ people: [Participant]) throws -> [Event] {
    let opening = Opening(plan: Hall.plan(), participants: people, survey: [], earlier: meetings, zone: .utc)
    return try Session().decide(.open(opening), at: Moment(milliseconds: 0), by: "host")
  }

  @Test func theRecordAloneIsEnough() throws {
    let meetings = [
      Self.meeting("a", [[["p1", "p2"], ["p3"]], [["p4", "p1"]]]), Self.meeting("b", [[], [["p2", "p1"]]]),
    ]
    let hall = try Hall(earlier: meetings)
    #expect(hall.session.earlierMeetings == meetings)
    #expect(hall.session.isUntouched)
    #expect(hall.session.earlierMeetings(of: "p2", and: "p1") == [0, 1])
    #expect(hall.session.earlierMeetings(of: "p2", and: "p3") == [])
    #expect(hall.session.met(by: "p1", at: 0).map(\.person) == ["p2", "p4"])
    #expect(hall.session.met(by: "p1", at: 0).map(\.rounds) == [[1], [2]])
    #expect(try events([], Hall.people).allSatisfy { !$0.draft.type.hasPrefix("traject.") })
  }

  /// 5000 people with ids of any length and with signs that take six bytes each, at small tables and large.
  @Test(arguments: [
    ("P", 10), ("\u{1}\u{2}\u{3}", 10), ("lang-id-van-een-bureau-", 400), ("één-van-velen-", 5000),
  ])
  func noLineExceedsTheLimit(prefix: String, size: Int) throws {
    let people = (0..<5000).map { Participant(id: "\(prefix)\($0)", name: "Mens \($0)") }
    let tables = stride(from: 0, to: 5000, by: size).map { start in
      people[start..<min(5000, start + size)].map(\.id)
    }
    let meeting = Self.meeting("a", [tables, tables.reversed()])
    let events = try events([meeting], people)
    let seated = events.filter { $0.draft.type == "traject.seated" }
    #expect(seated.count > 2)
    for event in seated { #expect(event.draft.data.text.utf8.count < 60_000) }
    var session = Session()
    for (seq, event) in events.enumerated() {
      session.apply(
        event, Stamp(seq: seq, at: Moment(milliseconds: 0), by: "host", cmd: CommandID(high: 0, low: 1)))
    }
    #expect(session.earlierMeetings == [meeting])
  }

  /// Lines that refer to nothing, or come too late, change nothing.
  @Test func strayLinesChangeNothing() throws {
    var session = try Hall(earlier: [Self.meeting("a", [[["p1", "p2"]]])]).session
    let before = session.earlierMeetings
    let stamp = Stamp(seq: 99, at: Moment(milliseconds: 0), by: "host", cmd: CommandID(high: 0, low: 1))
    session.apply(.trajectTaken(Self.meeting("b", [[["p1"]]])), stamp)
    session.apply(.trajectSeated(meeting: "a", round: 1, tables: [.init(number: 2, people: ["p3"])]), stamp)
    #expect(session.earlierMeetings == before)
    var fresh = Session()
    fresh.apply(.trajectSeated(meeting: "a", round: 1, tables: [.init(number: 2, people: ["p3"])]), stamp)
    #expect(fresh.earlierMeetings.isEmpty)
  }

  // MARK: - What it counts for

  @Test func meetingsBecomeTheHistoryOfTheProblem() throws {
    let hall = try Hall(
      earlier: [
        Self.meeting("a", [[["p2", "p1", "gone"], ["p9"]], [["p1", "p2", "p9"]]]),
        Self.meeting("b", [[["p2", "p1"]]]),
      ])
    let problem = try hall.session.seatingRequest.problem()
    #expect(
      problem.history == [
        .init(a: 0, b: 1, times: 3), .init(a: 0, b: 8, times: 1), .init(a: 1, b: 8, times: 1),
      ])
    #expect(try Hall().session.seatingRequest.problem().history == [])
  }

  /// Who did not come today met nobody who matters; the others' meetings stay.
  @Test func theAbsentAreLeftOut() throws {
    var hall = try Hall(earlier: [Self.meeting("a", [[["p1", "p2", "p3"]]])])
    try hall.send(.leave("p1"))
    #expect(try hall.session.seatingRequest.problem().history == [.init(a: 0, b: 1, times: 1)])
  }

  /// Three tables of three, twice: everyone can meet four others, and eight are there to be met.
  @Test(arguments: 1...8) func aDrawingMeetsNewPeople(seed: Int) throws {
    let before = [[["p1", "p2", "p3"], ["p4", "p5", "p6"], ["p7", "p8", "p9"]]]
    let plan = Hall.plan(mixing: MixingRules(attributes: []))
    var hall = try Hall(plan, earlier: [Self.meeting("a", before)])
    let order = DrawingOrder(seed: UInt64(seed), effort: 20_000)
    try hall.send(.seat(try hall.session.draw(with: Annealer(), order).rounds), by: "host")
    for round in 1...2 {
      for mix in hall.session.mixes(round: round) { #expect(mix.repeats == [], "seed \(seed)") }
    }
    let tables = try #require(hall.session.seatings[1]?.tables)
    let reading = try #require(
      hall.session.swapCost(round: 1, a: tables[1]?.first ?? "", b: tables[2]?.first ?? ""))
    // Every change of seats would bring people together again.
    #expect(reading.before == 0 && reading.after > 0)
  }

  @Test func pairsWhoMetAtAnEarlierMeetingAreRepeats() throws {
    let hall = try Hall.drawn(
      earlier: [Self.meeting("a", [[["p7", "p1"]]]), Self.meeting("b", [[["p1", "p2"], ["p5", "p8"]]])])
    let first = hall.session.mixes(round: 1).flatMap(\.repeats)
    #expect(first.map { "\($0.a) \($0.b) \($0.rounds) \($0.meetings)" } == ["p1 p7 [] [0]", "p5 p8 [] [1]"])
    let second = try #require(hall.session.mix(table: 1, round: 2)?.repeats)
    #expect(second.map { "\($0.a) \($0.b) \($0.rounds) \($0.meetings)" } == ["p1 p2 [] [1]", "p1 p4 [1] []"])
    #expect(
      hall.session.mix(table: 1, round: 1)?.flaws.contains { $0.nl == "1 herhaalde ontmoeting" } == true)
  }

  /// Of two tables that serve equally well the late one gets that with people never met.
  @Test func aLateArrivalIsPlacedWithNewPeople() throws {
    let people = ["a", "b", "c", "d", "e"].map { Participant(id: $0, name: $0) }
    let plan = Hall.plan(tables: [Table(number: 1, seats: 3), Table(number: 2, seats: 3)])
    for (known, table) in [("a", 2), ("c", 1)] {
      var hall = try Hall(plan, people: people, earlier: [Self.meeting("m", [[[known, "e"]]])])
      try hall.send(.leave("e"))
      try hall.seat([[1: ["a", "b"], 2: ["c", "d"]]])
      try hall.send(.arrive("e"))
      #expect(hall.session.seatings[1]?.table(of: "e") == table)
    }
  }
}
