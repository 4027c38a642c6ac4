import Conference
import Ground
import Testing

@Suite struct ClockTests {
  @Test func itemTimeIsComputedFromMoments() throws {
    var run = try Run()
    #expect(run.clock.item == nil)
    try run.send(.advance)
    run.wait(minutes: 4)
    #expect(run.minutesLeft == 11)
    try run.send(.extend(item: nil, seconds: 300))
    #expect(run.minutesLeft == 16)
    try run.send(.extend(item: nil, seconds: -600))
    #expect(run.minutesLeft == 6)
    run.wait(minutes: 8)
    #expect(run.clock.item?.remaining == -.minutes(2))
  }

  @Test func aPauseStopsTheItemButNotTheDay() throws {
    var run = try Run()
    try run.send(.advance)
    run.wait(minutes: 5)
    try run.send(.pause)
    #expect(throws: Refusal.alreadyPaused) { try run.send(.pause) }
    run.wait(minutes: 10)
    #expect(run.minutesLeft == 10)
    #expect(run.clock.item?.isPaused == true)
    #expect(run.clock.day.drift == .minutes(10))
    try run.send(.resume)
    #expect(throws: Refusal.notPaused) { try run.send(.resume) }
    run.wait(minutes: 10)
    #expect(run.minutesLeft == 0)
  }

  @Test func advancingOutOfAPauseEndsIt() throws {
    var run = try Run()
    try run.send(.advance)
    run.wait(minutes: 5)
    try run.send(.pause)
    run.wait(minutes: 10)
    #expect(try run.send(.advance).first == .conferenceResumed)
    #expect(run.session.flow.elapsed(0, at: run.now) == .minutes(5))
    #expect(run.clock.item?.isPaused == false)
  }

  @Test func slackBeforeAFixedItemAbsorbsDelay() throws {
    // Planned: 13:00 arrival, 13:15 plenary, 13:35 round 1, 14:05 free, 14:10 break (fixed).
    var run = try Run()
    try run.draw()
    try run.send(.advance)
    run.wait(minutes: 19)
    try run.send(.advance)
    #expect(run.clock.day.drift == .minutes(4))
    #expect(run.clock.day.cause == .item(0))
    // Four minutes late now, yet on time from the break on (wish 2).
    #expect(run.clock.day.expectedEnd == run.clock.day.plannedEnd)
    #expect(run.clock.day.items[3].start == run.clock.day.items[3].plannedStart)
    run.wait(minutes: 30)
    #expect(run.clock.day.drift == .minutes(14))
    #expect(run.clock.day.cause == .item(1))
    #expect(run.clock.day.expectedEnd - run.clock.day.plannedEnd == .minutes(9))
  }

  @Test func startingLateIsACause() throws {
    var run = try Run("2026-11-21T12:10:00.000Z")
    try run.send(.advance)
    #expect(run.clock.day.drift == .minutes(10))
    #expect(run.clock.day.cause == .start)
  }

  /// Trying a plan out in the evening does not make it nine hours late.
  @Test func aPlanWithoutDateMovesToTheHourAtWhichItStarts() throws {
    var plan = Plan.sample
    plan.date = nil
    var run = try Run("2026-11-21T21:30:00.000Z", plan: plan)
    try run.send(.advance)
    #expect(run.clock.day.drift == 0)
    // The fixed break moves along: 14:10 is 70 minutes after the start.
    #expect(run.clock.day.items[3].start == run.now + .minutes(70))
    var late = try Run("2026-11-21T13:30:00.000Z", plan: plan)
    try late.send(.advance)
    #expect(late.clock.day.drift == .minutes(90))
  }

  @Test func goingFasterIsAhead() throws {
    var run = try Run()
    try run.send(.advance)
    run.wait(minutes: 5)
    try run.send(.advance)
    #expect(run.clock.day.drift == -.minutes(10))
    #expect(run.clock.day.cause == .item(0))
  }

  @Test func finishOnTimeShortensWhatIsAhead() throws {
    var run = try Run()
    try run.draw()
    try run.send(.advance)
    #expect(throws: Refusal.onTime) { try run.send(.finishOnTime) }
    run.wait(minutes: 40)
    try run.send(.advance)
    let late = run.clock.day.expectedEnd - run.clock.day.plannedEnd
    #expect(late == .minutes(20))
    let proposal = run.session.proposalToFinishOnTime(at: run.now)
    #expect(proposal.missing == 0)
    try run.send(.finishOnTime)
    #expect(run.clock.day.expectedEnd == run.clock.day.plannedEnd)
    for index in run.session.items.indices {
      #expect(run.session.plannedLength(of: index) * 2 >= .seconds(run.session.items[index].seconds))
    }
    // It is one command, so it is undone at once.
    try run.send(.undo)
    #expect(run.clock.day.expectedEnd - run.clock.day.plannedEnd == late)
  }

  @Test func finishOnTimeSaysWhatIsMissing() throws {
    var run = try Run()
    try run.send(.advance)
    run.wait(minutes: 200)
    #expect(run.session.proposalToFinishOnTime(at: run.now).missing > 0)
  }

  @Test(
    arguments: [
      (60, 0, nil), (60, 29, nil), (60, 30, WarningStage.halfTime), (60, 54, .halfTime), (60, 55, .left(300)),
      (60, 59, .left(60)), (60, 60, .end), (60, 64, .end), (60, 65, .over(300)), (60, 71, .over(600)),
      (10, 4, nil), (10, 5, .left(300)), (8, 4, .halfTime), (8, 7, .left(60)), (1, 1, .end), (0, 0, .end),
    ] as [(Int, Int, WarningStage?)])
  func warningsComeInStages(planned: Int, elapsed: Int, stage: WarningStage?) {
    #expect(
      Warnings.standard.stage(planned: .minutes(planned), elapsed: .minutes(elapsed)) == stage)
  }

  @Test func warningsCanBeTurnedOff() {
    let silent = Warnings(halfTime: false, before: [], overEvery: nil)
    #expect(silent.stage(planned: .minutes(30), elapsed: .minutes(45)) == nil)
  }

  /// S3.1: Thursday 13 to Friday 14 June, and the night in which summer time ends.
  @Test(
    arguments: [
      ("2019-06-13", 7200, nil, 7200), ("2026-10-24", 7200, "2026-10-25T01:00:00.000Z", 3600),
      ("2026-03-28", 3600, "2026-03-29T01:00:00.000Z", 7200),
    ] as [(String, Int, String?, Int)])
  func overNightAndOverSummerTime(date: String, before: Int, change: String?, after: Int) throws {
    let plan = Plan(
      title: "24-uurs", date: CalendarDate(date), startMinute: 22 * 60,
      items: [
        AgendaItem(id: "a", phase: .plenary, title: "Avond", seconds: 7200),
        AgendaItem(
          id: "b", phase: .plenary, title: "Ochtend", seconds: 3600,
          fixedStart: LocalTime(day: 1, minute: 9 * 60)),
        AgendaItem(id: "c", phase: .closing, title: "Slot", seconds: 600),
      ])
    let zone = Zone(
      name: "Europe/Amsterdam", offset: before,
      changes: try change.map { [.init(at: try Moment($0), offset: after)] } ?? [])
    var session = Session()
    let day = try #require(CalendarDate(date))
    let start = zone.moment(date: day, minute: 22 * 60)
    var seq = 0
    func send(_ command: Command, at now: Moment, _ session: inout Session) throws {
      for event in try session.decide(command, at: now, by: "facilitator") {
        session.apply(
          event, Stamp(seq: seq, at: now, by: "facilitator", cmd: CommandID(high: 0, low: UInt64(seq))))
        seq += 1
      }
    }
    try send(
      .open(Opening(plan: plan, participants: [], survey: [], zone: zone)), at: start, &session)
    try send(.advance, at: start, &session)
    let morning = session.clock(at: start + .minutes(60)).day.items[1].start
    #expect(zone.clock(morning) == "09:00")
    #expect(zone.local(morning).date.daysSince1970 == day.daysSince1970 + 1)
    // Elapsed time is real time, whatever the clock on the wall does meanwhile.
    #expect(session.clock(at: start + .minutes(600)).item?.elapsed == .minutes(600))
  }

  @Test func aClockReadBeforeTheLastEventDoesNotGoBack() throws {
    var run = try Run()
    try run.send(.advance)
    run.wait(minutes: 5)
    try run.send(.mark("hier"))
    let before = run.session.clock(at: run.now + -.minutes(60))
    #expect(before.item?.elapsed == .minutes(5))
  }
}
