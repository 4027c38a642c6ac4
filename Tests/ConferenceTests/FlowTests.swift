import Conference
import Ground
import Testing

@Suite struct FlowTests {
  @Test func aWholeDayInOrder() throws {
    var run = try Run()
    try run.draw()
    for item in Plan.sample.items {
      try run.send(.advance)
      #expect(run.session.currentItem?.id == item.id)
      run.wait(minutes: item.seconds / 60)
    }
    #expect(throws: Refusal.lastItem) { try run.send(.advance) }
    try run.send(.close(deliberate: false))
    #expect(run.session.flow.status == .closed)
    #expect(throws: Refusal.alreadyClosed) { try run.send(.advance) }
    #expect(throws: Refusal.alreadyClosed) { try run.send(.pause) }
  }

  @Test func nothingHappensBeforeTheOpening() throws {
    let session = Session()
    #expect(throws: Refusal.notOpen) {
      try session.decide(.advance, at: Moment(milliseconds: 0), by: "facilitator")
    }
  }

  @Test func aBreakoutWantsTables() throws {
    var run = try Run()
    try run.send(.advance)
    try run.send(.advance)
    #expect(throws: Refusal.notDrawn(round: 1)) { try run.send(.advance) }
    try run.draw()
    try run.send(.advance)
    #expect(run.session.shownSeating?.round == 1)
  }

  @Test func roundTwoKeepsItsTablesWhenThePlanSaysSo() throws {
    var run = try Run()
    try run.draw()
    #expect(run.session.seating(round: 2) == run.session.seating(round: 1))
    #expect(run.session.seating(round: 3) == nil)
  }

  @Test func leavingTheOrderAsksOnce() throws {
    var run = try Run()
    try run.draw()
    try run.send(.advance)
    let skip = Refusal.departure(.skip, to: "Ronde 1", skipped: ["Opening"])
    #expect(skip.wantsYes)
    #expect(throws: skip) { try run.send(.move(to: "i3", deliberate: false)) }
    let events = try run.send(.move(to: "i3", deliberate: true))
    #expect(events == [.phaseStarted(item: "i3", phase: .breakout, departure: .skip)])
    #expect(throws: Refusal.departure(.back, to: "Opening", skipped: [])) {
      try run.send(.move(to: "i2", deliberate: false))
    }
    try run.send(.move(to: "i2", deliberate: true))
    #expect(run.session.currentItem?.id == "i2")
    #expect(throws: Refusal.alreadyRuns("Opening")) { try run.send(.move(to: "i2", deliberate: true)) }
  }

  /// Every pair of main phases, against the table of docs/ARCHITECTURE.md.
  @Test func theTableOfPhases() {
    let main: [Phase] = [.plenary, .breakout, .reportBack, .closing]
    let allowed: [Phase: [Phase]] = [
      .plenary: [.plenary, .breakout, .closing], .breakout: [.breakout, .reportBack],
      .reportBack: [.plenary, .breakout, .closing], .closing: [],
    ]
    for from in main {
      for to in main {
        #expect(Phase.mayFollow(to, after: from) == (allowed[from] ?? []).contains(to), "\(from) \(to)")
      }
      #expect(!Phase.mayFollow(.arrival, after: from))
      #expect(Phase.mayFollow(.pause, after: from))
      #expect(Phase.mayFollow(.changeover, after: from) == (from != .closing))
    }
    #expect(!Phase.mayFollow(.reportBack, after: nil))
    #expect(!Phase.mayFollow(.closing, after: nil))
  }

  @Test func tablesReportBackInTurn() throws {
    var run = try Run()
    try run.draw()
    #expect(throws: Refusal.notRunning) { try run.send(.call(table: nil)) }
    for _ in 1...5 { try run.send(.advance) }
    #expect(throws: Refusal.notReportBack) { try run.send(.call(table: 1)) }
    try run.send(.advance)
    #expect(run.session.nextToReport == 1)
    try run.send(.call(table: nil))
    run.wait(minutes: 2)
    #expect(run.clock.slot?.table == 1)
    #expect(run.clock.slot?.remaining == 60_000)
    // The day's clock runs on behind the slot (wish 4).
    #expect(run.clock.item?.elapsed == 120_000)
    try run.send(.call(table: 3))
    run.wait(minutes: 4)
    #expect(run.clock.slot?.remaining == -60_000)
    try run.send(.call(table: nil))
    #expect(run.session.flow.slot?.table == 2)
    try run.send(.endSlot)
    #expect(throws: Refusal.everyTableReported) { try run.send(.call(table: nil)) }
    #expect(run.session.flow.reported[5] == [1, 3, 2])
  }

  @Test func closingEarlyAsksOnce() throws {
    var run = try Run()
    #expect(throws: (any Error).self) { try run.send(.close(deliberate: false)) }
    try run.send(.advance)
    try run.send(.pause)
    let events = try run.send(.close(deliberate: true))
    #expect(events == [.conferenceResumed, .conferenceClosed])
  }
}

@Suite struct UndoTests {
  @Test func undoingAnAdvanceKeepsWhatCameInMeanwhile() throws {
    var run = try Run()
    try run.draw()
    for _ in 1...3 { try run.send(.advance) }
    run.wait(minutes: 10)
    try run.send(.advance)
    run.wait(minutes: 1)
    try run.send(.contribute(NewContribution(table: 2, kind: "idea", text: "Blijft")), by: "note-2")
    try run.send(.undo)
    #expect(run.session.currentItem?.id == "i3")
    // The clock stands where it would have been without the slip (wish 12).
    #expect(run.clock.item?.elapsed == .minutes(11))
    #expect(run.session.contributions.map(\.isWithdrawn) == [false])
    try run.send(.redo)
    #expect(run.session.currentItem?.id == "i4")
  }

  @Test func everyoneUndoesTheirOwn() throws {
    var run = try Run()
    try run.send(.contribute(NewContribution(table: 1, kind: "idea", text: "Een")), by: "note-1")
    try run.send(.contribute(NewContribution(table: 2, kind: "idea", text: "Twee")), by: "note-2")
    try run.send(.undo, by: "note-1")
    #expect(run.session.contributions.map(\.isWithdrawn) == [true, false])
    #expect(throws: Refusal.nothingToUndo) { try run.send(.undo, by: "note-1") }
    try run.send(.redo, by: "note-1")
    #expect(run.session.contributions.map(\.isWithdrawn) == [false, false])
  }

  @Test func whatSomebodyElseChangedIsNotUndone() throws {
    var run = try Run()
    try run.send(.contribute(NewContribution(table: 1, kind: "idea", text: "Een")), by: "note-1")
    try run.send(.amend(id: "c1", text: "Eén", kind: "idea"), by: "note-1")
    try run.send(.show(id: "c1", true))
    #expect(throws: Refusal.changedSince) { try run.send(.undo, by: "note-1") }
    try run.send(.undo)
    try run.send(.undo, by: "note-1")
    #expect(run.session.contributions[0].text == "Een")
  }

  @Test func aNewCommandForgetsWhatWasUndone() throws {
    var run = try Run()
    try run.send(.mark("a"))
    try run.send(.undo)
    #expect(run.session.markers.isEmpty)
    try run.send(.mark("b"))
    #expect(throws: Refusal.nothingToRedo) { try run.send(.redo) }
  }

  @Test func closingCanBeUndone() throws {
    var run = try Run()
    try run.send(.advance)
    try run.send(.close(deliberate: true))
    run.wait(minutes: 3)
    try run.send(.undo)
    #expect(run.session.flow.status == .running)
    #expect(run.clock.item?.elapsed == .minutes(3))
  }

  @Test func theOpeningIsNobodysToUndo() throws {
    var run = try Run()
    #expect(throws: Refusal.nothingToUndo) { try run.send(.undo) }
    #expect(throws: Refusal.nothingToUndo) { try run.send(.undo, by: "host") }
  }
}

@Suite struct RememberedCommandTests {
  /// What was sent off never comes back, however much is undone of what is remembered.
  @Test func theLastTwoHundredAreRemembered() throws {
    var run = try Run()
    for number in 0..<1010 { try run.say("idee \(number)", table: nil) }
    #expect(run.session.history.done.count == 200)
    for _ in 0..<200 { try run.send(.undo) }
    #expect(run.session.history.done.isEmpty)
    run.refuse(.undo, .nothingToUndo)
    #expect(run.session.contributions.count { $0.isWithdrawn } == 200)
    for _ in 0..<200 { try run.send(.redo) }
    #expect(run.session.history.done.count == 200)
    #expect(run.session.contributions.allSatisfy { !$0.isWithdrawn })
  }
}
