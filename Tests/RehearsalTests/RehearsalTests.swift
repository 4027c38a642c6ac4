import Conference
import Ground
import Rehearsal
import Testing

/// A whole afternoon passes as in a real hall.
@Suite struct RehearsalTests {
  @Test(arguments: [1, 2, 3] as [UInt64], Language.allCases)
  func aDagdeelHasAllThatHappensInAHall(seed: UInt64, language: Language) throws {
    var hall = try Hall(.dagdeel, seed: seed, language: language)
    try hall.play()
    let session = hall.session
    #expect(session.flow.status == .closed, "seed \(seed)")
    #expect(session.flow.visits.map(\.item) == Array(0..<10), "seed \(seed)")

    #expect(hall.count { $0 == .conferencePaused } == 1, "seed \(seed)")
    #expect(hall.count { $0 == .conferenceResumed } == 1, "seed \(seed)")
    #expect(hall.count { $0 == .itemExtended(item: "i5", seconds: 300) } == 1, "seed \(seed)")
    #expect(hall.count { if case .actionUndone = $0 { true } else { false } } == 1, "seed \(seed)")
    #expect(session.themes.count == 4, "seed \(seed)")
    #expect(hall.contributions.count { $0.theme != nil } > 50, "seed \(seed)")
    #expect(session.messages.contains { $0.tables.isEmpty }, "seed \(seed)")
    #expect(session.messages.contains { $0.tables.count == 1 }, "seed \(seed)")
    #expect(hall.count { if case .helpAsked = $0 { true } else { false } } > 0, "seed \(seed)")
    #expect(session.help.isEmpty, "seed \(seed)")
    #expect(session.markers.count == 1, "seed \(seed)")
    #expect(hall.count { if case .contributionShown(_, true) = $0 { true } else { false } } > 3)
    #expect(session.contributions.allSatisfy { !$0.isShown }, "seed \(seed)")
    #expect(session.flow.reported[8]?.sorted() == Array(1...7), "seed \(seed)")
    #expect(hall.contributions.contains { $0.table == nil && $0.kind == "proposition" }, "seed \(seed)")
    #expect(hall.contributions.contains { $0.table == nil && $0.kind == "quote" }, "seed \(seed)")
    #expect(hall.contributions.contains { $0.amendments > 0 }, "seed \(seed)")
    #expect(hall.contributions.contains { $0.isWithdrawn }, "seed \(seed)")

    // 47 of 50 come, one is not on the list.
    #expect(session.participants.count == 51, "seed \(seed)")
    #expect(session.participants.count { session.presence(of: $0.id) == .present } == 48, "seed \(seed)")
    #expect(session.participants.count { session.presence(of: $0.id) == .absent } == 3, "seed \(seed)")
    let round = try #require(session.flow.visits.first { $0.item == 4 })
    let late = hall.events.count {
      if case .participantArrived = $0.event { $0.at >= round.started } else { false }
    }
    #expect(late == 4, "seed \(seed)")
    #expect(Double(hall.refusals.count) < 0.02 * Double(hall.commands), "\(seed): \(hall.refusals)")
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func tablesDifferAndNobodyRepeatsAnother(seed: UInt64) throws {
    var hall = try Hall(.dagdeel, seed: seed)
    try hall.play()
    let perTable = (1...7).map { table in hall.contributions.count { $0.table == table } }
    let (least, most) = (perTable.min() ?? 0, perTable.max() ?? 0)
    #expect(least > 5 && most > 2 * least, "seed \(seed): \(perTable)")
    #expect((200...500).contains(hall.contributions.count), "seed \(seed): \(perTable)")
    #expect(Set(hall.contributions.map(\.kind)) == Set(Kind.defaults.map(\.id)), "seed \(seed)")
    let texts = hall.contributions.map(\.text)
    #expect(Set(texts).count == texts.count, "seed \(seed)")
    // Several tables at the same time (S4.8).
    let busy = Dictionary(grouping: hall.contributions, by: \.at).values.map { Set($0.compactMap(\.table)) }
    #expect(busy.contains { $0.count > 2 }, "seed \(seed)")
  }

  @Test func itemsRunOverAndUnderAndTheDayEndsNearItsTime() throws {
    for seed in 1...5 as ClosedRange<UInt64> {
      var hall = try Hall(.dagdeel, seed: seed)
      try hall.play()
      let session = hall.session
      let over = session.flow.visits.map { visit in
        session.flow.elapsed(visit.item, at: hall.now) - session.plannedLength(of: visit.item)
      }
      #expect(over.contains { $0 > .seconds(20) } && over.contains { $0 < -.seconds(20) }, "seed \(seed)")
      let closed = try #require(session.flow.closedAt)
      #expect(abs(closed - session.targetEnd(at: closed)) < .minutes(20), "seed \(seed)")
    }
  }

  @Test func finishesOnTimeWhenBehindBeforeTheLastRound() throws {
    var plan = Plan.dagdeel
    plan.end = LocalTime(minute: 16 * 60 + 5)
    var hall = try Hall(plan)
    try hall.play()
    let round = try #require(hall.session.flow.visits.first { $0.item == 6 })
    let shortened = hall.events.filter {
      if case .itemExtended(_, let seconds) = $0.event { seconds < 0 } else { false }
    }
    #expect(!shortened.isEmpty)
    #expect(Set(shortened.map(\.at)).count == 1 && shortened.allSatisfy { $0.at <= round.started })
  }

  @Test func theSameSeedGivesTheSameLinesAndAnotherSeedOthers() throws {
    func lines(_ seed: UInt64) throws -> [Line] {
      var hall = try Hall(.dagdeel, seed: seed)
      try hall.play()
      return hall.lines
    }
    let first = try lines(7)
    #expect(try lines(7) == first)
    #expect(try lines(8) != first)
  }

  @Test func surveyAnswersAreElaborated() throws {
    let survey = (1...60).map { SurveyAnswer(text: "Antwoord \($0)", kind: "idea", source: "enquête") }
    var hall = try Hall(.dagdeel, survey: survey)
    try hall.play()
    let parents = Set(hall.contributions.compactMap(\.parent))
    #expect(!parents.isDisjoint(with: (1...60).map { "c\($0)" }))
  }
}

/// The simulated note-takers by themselves: in the interactive demo a person is the facilitator.
@Suite struct NoteTakerTests {
  @Test func theyWriteOnlyWhileABreakoutRuns() throws {
    var hall = try Hall(.of([.plenary, .breakout, .reportBack], minutes: 20))
    func notes(_ hall: inout Hall, minutes: Int) throws -> [Rehearsal.Act] {
      var all: [Rehearsal.Act] = []
      for _ in 0..<(4 * minutes) {
        let acts = hall.rehearsal.notes(hall.session, from: hall.now, to: hall.now + Hall.step)
        hall.now = hall.now + Hall.step
        for act in acts { try hall.give(act) }
        all += acts
      }
      return all
    }
    let facilitator = { Rehearsal.Act(by: "facilitator", command: $0) }
    #expect(try notes(&hall, minutes: 5).isEmpty)
    try hall.give(facilitator(.advance))
    #expect(try notes(&hall, minutes: 5).isEmpty)
    try hall.give(facilitator(.advance))
    let written = try notes(&hall, minutes: 8)
    #expect(!written.isEmpty && written.allSatisfy { ["note-1", "note-2", "note-3"].contains($0.by) })
    try hall.give(facilitator(.pause))
    #expect(try notes(&hall, minutes: 30).isEmpty)
    try hall.give(facilitator(.resume))
    // The pause is not made up for.
    #expect(try notes(&hall, minutes: 1).count <= 6)
    #expect(try !notes(&hall, minutes: 8).isEmpty)
    try hall.give(facilitator(.advance))
    #expect(try notes(&hall, minutes: 5).isEmpty)
  }

  @Test func aNightInWhichTheLaptopSleptIsNotMadeUpFor() throws {
    var hall = try Hall(.of([.breakout], minutes: 20))
    try hall.give(Rehearsal.Act(by: "facilitator", command: .advance))
    let begin = hall.now
    _ = hall.rehearsal.notes(hall.session, from: begin, to: begin + .minutes(3))
    let acts = hall.rehearsal.notes(hall.session, from: begin + .minutes(3), to: begin + .minutes(600))
    #expect(acts.count < 60)
  }

  @Test func nobodyWritesAtAnEmptyTable() throws {
    var hall = try Hall(.of([.breakout, .plenary], minutes: 30, tables: 6), people: 3)
    try hall.play()
    #expect(!hall.contributions.isEmpty)
    let seating = try #require(hall.session.seating(round: 1))
    let empty = (1...6).filter { (seating.tables[$0] ?? []).isEmpty }
    #expect(!empty.isEmpty && hall.contributions.allSatisfy { !empty.contains($0.table ?? 0) })
  }
}

/// Any valid plan comes to its end.
@Suite struct OddPlanTests {
  static let plans: [(name: String, plan: Plan, people: Int)] = [
    ("no tables", .of([.arrival, .plenary, .breakout, .reportBack, .closing], tables: 0), 9),
    ("nobody", .of([.arrival, .breakout, .reportBack, .closing]), 0),
    ("one person", .of([.arrival, .breakout, .reportBack, .closing]), 1),
    ("one plenary", .of([.plenary]), 9),
    ("one arrival", .of([.arrival]), 9),
    ("one breakout", .of([.breakout]), 9),
    ("no report-back", .of([.arrival, .plenary, .breakout, .breakout]), 9),
    ("no arrival", .of([.plenary, .breakout, .reportBack, .closing, .pause]), 9),
    ("an order that wants a yes", .of([.closing, .reportBack, .arrival, .breakout]), 9),
    ("seconds", .of([.arrival, .plenary, .breakout, .reportBack, .closing], minutes: 0), 9),
    ("too few seats", tooFewSeats, 40),
    (
      "other kinds", .of([.plenary, .breakout, .plenary], kinds: [Kind(id: "x", name: Phrase(same: "x"))]), 9
    ),
    ("no kinds", .of([.plenary, .breakout, .plenary], kinds: []), 9),
    ("fixed on another day", fixedElsewhere, 9),
    ("100 tables", .of([.arrival, .breakout, .reportBack, .closing], minutes: 5, tables: 100), 400),
  ]

  static var tooFewSeats: Plan {
    var plan = Plan.of([.arrival, .plenary, .breakout, .reportBack, .closing])
    for index in plan.tables.indices { plan.tables[index].seats = 2 }
    return plan
  }

  static var fixedElsewhere: Plan {
    var plan = Plan.dagdeel
    plan.date = CalendarDate("2031-01-01")
    return plan
  }

  @Test(arguments: plans.map(\.name))
  func comesToItsEnd(name: String) throws {
    let (_, plan, people) = try #require(Self.plans.first { $0.name == name })
    var hall = try Hall(plan, people: people)
    try hall.play()
    #expect(hall.session.flow.status == .closed, "\(hall.session.flow)")
    #expect(hall.refusals.count <= max(6, hall.commands / 20), "\(hall.refusals)")
  }

  @Test func anAgendaOf500ItemsComesToItsEnd() throws {
    let round: [Phase] = [.plenary, .breakout, .reportBack, .pause, .plenary]
    let phases = (0..<500).map { round[$0 % 5] }
    var hall = try Hall(.of(phases, minutes: 1, tables: 2), people: 6)
    try hall.play(limit: .minutes(2000), step: .seconds(30))
    #expect(hall.session.flow.status == .closed)
    #expect(Set(hall.session.flow.visits.map(\.item)).count == 500)
  }

  /// Whatever is refused, the facilitator goes on, and gives up in the end.
  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func survivesAHostThatFails(seed: UInt64) throws {
    var hall = try Hall(.dagdeel, seed: seed)
    hall.drops = { _, count in count % 7 < Int(seed) }
    try hall.play(limit: .minutes(20 * 60))
    #expect(hall.session.flow.status == .closed, "seed \(seed)")
  }

  @Test func givesUpOnAHostThatRefusesEverything() throws {
    var hall = try Hall(.dagdeel)
    hall.drops = { _, _ in true }
    try hall.play()
    #expect(hall.session.flow.status == .prepared)
    #expect(hall.rehearsal.facilitator(hall.session, at: hall.now) == nil)
    #expect(hall.commands < 100)
  }

  @Test func aConferenceThatIsNotOpenIsLeftAlone() {
    var rehearsal = Rehearsal(seed: 1)
    let moment = Moment(milliseconds: 0)
    #expect(rehearsal.facilitator(Session(), at: moment) == nil)
    #expect(rehearsal.notes(Session(), from: moment, to: moment + .minutes(5)).isEmpty)
  }
}

/// What the people write is text as people write it.
@Suite struct TextTests {
  @Test(arguments: Language.allCases)
  func textsAreWholeShortAndVaried(language: Language) throws {
    var hall = try Hall(.dagdeel, seed: 3, language: language)
    try hall.play()
    let texts = hall.contributions.map(\.text)
    for text in texts {
      #expect(!text.isEmpty && text.utf8.count <= 600 && text.utf8.count <= Session.textLimit)
      #expect(!text.contains("{") && !text.contains("}") && !text.contains("  "), "\(text)")
    }
    let lengths = texts.map(\.count)
    #expect(lengths.contains { $0 < 40 } && lengths.contains { $0 > 80 })
    let all = texts.joined()
    for piece in ["€", "“"] + (language == .nl ? ["é", "ë", "ï"] : ["é"]) {
      #expect(all.contains(piece), "\(piece)")
    }
    #expect(all.unicodeScalars.contains { $0.properties.isEmojiPresentation })
    // A word that only one of the two languages has.
    #expect(all.contains(language == .nl ? " een " : " the "))
    #expect(!all.contains(language == .nl ? " the " : " een "))
  }
}
