import Conference
import Ground
import Seating
import Testing

/// Faults that a review found, each as the test that showed it.
@Suite struct ReviewTests {
  @Test func aSlotCalledDuringAPauseRunsWhenThePauseEnds() throws {
    var run = try Run()
    try run.draw()
    for _ in 0..<6 {
      try run.send(.advance)
      run.wait(minutes: 1)
    }
    try run.send(.pause)
    run.wait(minutes: 5)
    try run.send(.call(table: nil))
    run.wait(minutes: 1)
    try run.send(.resume)
    run.wait(minutes: 2)
    #expect(run.clock.slot?.elapsed == .minutes(2))
  }

  /// Wish 1: the item that caused it, not one whose delay the slack took up.
  @Test func whatSlackAbsorbedIsNoCause() throws {
    let plan = Plan(
      title: "x", date: CalendarDate("2026-11-21"), startMinute: 13 * 60,
      items: [
        AgendaItem(id: "a", phase: .plenary, title: "A", seconds: 3600),
        AgendaItem(
          id: "b", phase: .pause, title: "B", seconds: 900, fixedStart: LocalTime(minute: 14 * 60 + 30)),
        AgendaItem(id: "c", phase: .plenary, title: "C", seconds: 1800),
        AgendaItem(id: "d", phase: .closing, title: "D", seconds: 600),
      ])
    var run = try Run(plan: plan)
    try run.send(.advance)
    run.wait(minutes: 90)
    try run.send(.advance)
    run.wait(minutes: 20)
    #expect(run.clock.day.drift == .minutes(5))
    #expect(run.clock.day.cause == .item(1))
  }

  @Test func aKeptRoundHasASeatingOfItsOwn() throws {
    var run = try Run()
    try run.draw()
    for _ in 0..<5 {
      try run.send(.advance)
      run.wait(minutes: 1)
    }
    #expect(run.session.currentItem?.id == "i5")
    let first = run.session.seatings[1]
    try run.send(.leave("p1"))
    try run.send(.register(name: "Laat", organisation: nil, group: "G1", municipality: nil))
    #expect(run.session.seating(round: 2)?.table(of: "p1") == nil)
    #expect(run.session.seating(round: 2)?.table(of: "W10") != nil)
    #expect(run.session.seatings[1] == first)
  }

  @Test func whoCameBetweenTheRoundsSitsInTheKeptOne() throws {
    var run = try Run()
    try run.draw()
    for _ in 0..<4 { try run.send(.advance) }
    try run.send(.register(name: "Laat", organisation: nil, group: "G1", municipality: nil))
    try run.send(.leave("p2"))
    try run.send(.advance)
    #expect(run.session.seating(round: 2)?.table(of: "W10") != nil)
    #expect(run.session.seating(round: 2)?.table(of: "p2") == nil)
  }

  @Test func aDrawingSettlesWhoCameAndWentMeanwhile() throws {
    var run = try Run()
    let drawn = try run.session.draw(with: Annealer(), DrawingOrder(seed: 1, effort: 1000))
    try run.send(.register(name: "Laat", organisation: nil, group: "G1", municipality: nil))
    try run.send(.leave("p1"))
    try run.send(.seat(drawn.rounds))
    #expect(run.session.seatings[1]?.table(of: "W10") != nil)
    #expect(run.session.seatings[1]?.table(of: "p1") == nil)
  }

  /// S4.12: who sat with whom stays as it was.
  @Test func aHeldRoundIsNotDrawnAgain() throws {
    var plan = Plan.sample
    plan.items[4].seating = .draw
    var run = try Run(plan: plan)
    try run.draw(round: 1)
    try run.draw(round: 2)
    for _ in 0..<5 { try run.send(.advance) }
    try run.send(.move(to: "i3", deliberate: true))
    #expect(throws: Refusal.roundHeld(2)) { try run.draw(round: 2) }
  }

  @Test func theFirstRoundIsDrawnWhateverThePlanSays() throws {
    var plan = Plan.sample
    plan.items[2].seating = .keep
    var run = try Run(plan: plan)
    try run.send(.seat(try run.session.draw(with: Annealer(), DrawingOrder(seed: 1, effort: 1000)).rounds))
    for _ in 0..<3 { try run.send(.advance) }
    #expect(run.session.shownSeating?.round == 1)
  }

  @Test func aThemeThatWasUndoneIsGone() throws {
    var run = try Run()
    try run.send(.contribute(NewContribution(table: 1, kind: "idea", text: "x")))
    try run.send(.addTheme(title: "T", body: nil))
    try run.send(.undo)
    #expect(throws: Refusal.unknownTheme("t1")) { try run.send(.assign(id: "c1", theme: "t1")) }
    #expect(throws: Refusal.unknownTheme("t1")) {
      try run.send(.amendTheme(id: "t1", title: "U", body: nil))
    }
  }

  @Test func nobodyWaitsForAWalkInThatWasUndone() throws {
    var run = try Run()
    try run.send(.register(name: "Tikfout", organisation: nil, group: nil, municipality: nil))
    #expect(run.session.seatingRequest.participants.count == 10)
    try run.send(.undo)
    #expect(run.session.seatingRequest.participants.count == 9)
  }

  @Test func afterTheClosingTheDayIsOver() throws {
    var run = try Run()
    try run.send(.advance)
    try run.send(.contribute(NewContribution(table: 1, kind: "idea", text: "x")))
    try run.send(.close(deliberate: true))
    #expect(throws: Refusal.alreadyClosed) { try run.draw() }
    for command: Command in [.arrive("p1"), .leave("p1"), .askHelp(table: 1), .message("x", tables: [])] {
      #expect(throws: Refusal.alreadyClosed) { try run.send(command) }
    }
    // S1.11: what was said can still be mended and themed.
    try run.send(.amend(id: "c1", text: "y", kind: "idea"))
  }

  @Test func drinksAfterTheClosingDoNotCount() throws {
    var plan = Plan.sample
    plan.items.append(AgendaItem(id: "i8", phase: .pause, title: "Borrel", seconds: 1800))
    var run = try Run(plan: plan)
    let end = run.clock.day.plannedEnd
    try run.send(.advance)
    #expect(end == run.clock.day.items[6].plannedEnd)
    #expect(run.clock.day.expectedEnd == end)
    #expect(run.session.proposalToFinishOnTime(at: run.now).shorten.isEmpty)
  }

  @Test func afterGoingBackWhatIsDoneHasEnded() throws {
    var run = try Run()
    try run.draw()
    for _ in 0..<4 {
      try run.send(.advance)
      run.wait(minutes: 20)
    }
    try run.send(.move(to: "i2", deliberate: true))
    for forecast in run.clock.day.items where forecast.state == .done { #expect(forecast.end <= run.now) }
  }

  /// A record that chains may still say anything: it must never bring the program down.
  @Test(arguments: [Int.max, .min, 1 << 53, -(1 << 53), 86_401])
  func extremeLengths(seconds: Int) throws {
    var run = try Run()
    try run.send(.advance)
    #expect(throws: Refusal.self) { try run.send(.extend(item: nil, seconds: seconds)) }
    let line = Line(
      seq: run.lines.count, at: run.now, type: "item.extended", by: "facilitator",
      cmd: .init(high: 9, low: 9), data: ["item": "i1", "seconds": .int(seconds)])
    for _ in 0..<3 { try? run.session.apply(line) }
    #expect(run.clock.day.items.count == 7)
  }

  @Test func anEditedPlanCanBeOpenedAnewBeforeAnythingHappened() throws {
    var run = try Run()
    var plan = Plan.sample
    plan.title = "Anders"
    let opening = Opening(plan: plan, participants: Run.people, survey: [], zone: Run.zone)
    try run.send(.open(opening), by: "host")
    #expect(run.session.plan?.title == "Anders")
    #expect(run.session.items.count == 7 && run.session.participants.count == 9)
    try run.send(.arrive("p1"))
    #expect(throws: Refusal.alreadyOpen) { try run.send(.open(opening), by: "host") }
  }

  /// 500 items: the proposal is made while the hall waits.
  @Test func finishOnTimeForALongAgenda() throws {
    var plan = Plan.sample
    plan.items =
      (1...499).map { AgendaItem(id: "x\($0)", phase: .plenary, title: "\($0)", seconds: 300) }
      + [AgendaItem(id: "x500", phase: .closing, title: "Slot", seconds: 300)]
    var run = try Run(plan: plan)
    try run.send(.advance)
    run.wait(minutes: 200)
    let proposal = run.session.proposalToFinishOnTime(at: run.now)
    #expect(proposal.missing == 0)
    #expect(proposal.shorten.reduce(0) { $0 + $1.seconds } == 195 * 60)
    try run.send(.finishOnTime)
    #expect(run.clock.day.expectedEnd == run.clock.day.plannedEnd)
  }
}
