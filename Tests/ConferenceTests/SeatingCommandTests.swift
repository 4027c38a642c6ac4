import Conference
import Ground
import Testing

/// Tables changed by hand, and the rules for the next drawing.
@Suite struct SeatingCommandTests {
  /// Nine people dealt out over three tables: p1, p4, p7 at 1; p2, p5, p8 at 2; p3, p6, p9 at 3.
  private func drawn(_ change: (inout MixingRules) -> Void = { _ in }) throws -> Run {
    var plan = Plan.sample
    change(&plan.mixing)
    var run = try Run(plan: plan)
    try run.draw()
    return run
  }

  private func tables(_ run: Run) -> [Int: Set<String>] {
    (run.session.seatings[1]?.tables ?? [:]).mapValues { Set($0) }
  }

  @Test func twoPeopleChangePlaces() throws {
    var run = try drawn()
    let before = tables(run)
    try run.send(.swap(round: 1, a: "p1", b: "p2"))
    #expect(tables(run) == [1: ["p2", "p4", "p7"], 2: ["p1", "p5", "p8"], 3: ["p3", "p6", "p9"]])
    run.refuse(.swap(round: 1, a: "p1", b: "p5"), .nothingChanges)
    run.refuse(.swap(round: 1, a: "p1", b: "p99"), .unknownPerson("p99"))
    run.refuse(.swap(round: 2, a: "p1", b: "p2"), .notDrawn(round: 2))
    run.refuse(.swap(round: 7, a: "p1", b: "p2"), .unknownRound(7))
    try run.send(.undo)
    #expect(tables(run) == before)
    try run.send(.leave("p1"))
    run.refuse(.swap(round: 1, a: "p1", b: "p2"), .notSeated("Mens 1", round: 1))
  }

  @Test func aRoundThatIsOverStays() throws {
    var run = try drawn()
    for _ in 0..<4 { try run.send(.advance) }
    run.refuse(.swap(round: 1, a: "p1", b: "p2"), .roundHeld(1))
    run.refuse(.reseat(person: "p1", table: 2, round: 1), .roundHeld(1))
  }

  @Test func somebodyMovesWhereAChairIsFree() throws {
    var run = try drawn()
    try run.send(.reseat(person: "p1", table: 2, round: 1))
    #expect(tables(run)[2] == ["p1", "p2", "p5", "p8"])
    run.refuse(
      .reseat(person: "p4", table: 2, round: 1), .tooFewSeats(table: 2, people: 5, seats: 4))
    run.refuse(.reseat(person: "p1", table: 2, round: 1), .nothingChanges)
    run.refuse(.reseat(person: "p1", table: 9, round: 1), .unknownTable(9))
    try run.send(.undo)
    #expect(tables(run)[1] == ["p1", "p4", "p7"])
  }

  @Test func aBrokenRuleIsAskedAbout() throws {
    var run = try drawn {
      $0.keepApart = [["p1", "p5"]]
      $0.keepTogether = [["p4", "p7"]]
      $0.pins = [.init(person: "p3", table: 3)]
      $0.needs = [.init(person: "p9", features: ["ringleiding"])]
    }
    for command in [
      Command.swap(round: 1, a: "p1", b: "p2"), .reseat(person: "p4", table: 2, round: 1),
      .reseat(person: "p3", table: 1, round: 1), .reseat(person: "p9", table: 1, round: 1),
    ] {
      let refusal = #expect(throws: Refusal.self) {
        try run.session.decide(command, at: run.now, by: "facilitator")
      }
      #expect(refusal?.wantsYes == true)
      #expect(refusal?.phrase.nl.hasPrefix("Tegen de regels: ") == true)
    }
    try run.send(.swap(round: 1, a: "p1", b: "p2", deliberate: true))
    // The rule is broken already: moving somebody else asks nothing.
    try run.send(.swap(round: 1, a: "p8", b: "p6"))
  }

  @Test func pinsChangeTheRulesOfTheNextDrawing() throws {
    var run = try drawn { $0.keepApart = [["p1", "p2"]] }
    try run.send(.pin(person: "p1", table: 2))
    try run.send(.pin(person: "p1", table: 3))
    #expect(run.session.seatingRequest.rules.pins == [.init(person: "p1", table: 3)])
    run.refuse(.pin(person: "p1", table: 3), .nothingChanges)
    let refusal = #expect(throws: Refusal.self) {
      try run.session.decide(.pin(person: "p2", table: 3), at: run.now, by: "facilitator")
    }
    #expect(refusal?.wantsYes == true)
    try run.send(.undo)
    #expect(run.session.plan?.mixing.pins == [.init(person: "p1", table: 2)])
    try run.send(.unpin(person: "p1"))
    #expect(run.session.plan?.mixing.pins == [])
    run.refuse(.unpin(person: "p1"), .nothingChanges)
  }

  @Test func peopleAreKeptApartAndLetTogetherAgain() throws {
    var run = try drawn {
      $0.keepApart = [["p1", "p2", "p3"]]
      $0.keepTogether = [["p4", "p5"]]
    }
    run.refuse(.keepApart(["p1", "p3"]), .nothingChanges)
    run.refuse(.keepApart(["p4", "p5"]), .mustSitTogether(["Mens 4", "Mens 5"]))
    run.refuse(.keepApart(["p4"]), .nothingChanges)
    try run.send(.keepApart(["p4", "p6"]))
    try run.send(.allowTogether(["p1", "p2"]))
    #expect(run.session.plan?.mixing.keepApart == [["p1", "p3"], ["p2", "p3"], ["p4", "p6"]])
    try run.send(.allowTogether(["p4", "p6"]))
    #expect(run.session.plan?.mixing.keepApart == [["p1", "p3"], ["p2", "p3"]])
    try run.send(.undo)
    try run.send(.undo)
    #expect(run.session.plan?.mixing.keepApart == [["p1", "p2", "p3"], ["p4", "p6"]])
  }
}
