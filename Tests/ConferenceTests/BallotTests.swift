import Conference
import Ground
import Testing

/// Votes by the whole room (S3.6), and what is hidden until they are closed.
@Suite struct BallotTests {
  private func ready() throws -> Run {
    var run = try Run()
    for text in ["Zorg begint thuis", "Eén loket is genoeg", "De wethouder belt"] {
      try run.say(text, kind: "proposition", table: nil)
    }
    return run
  }

  private func open(_ run: inout Run, _ kind: Ballot.Kind = .propositions, stack: Bool = false) throws {
    try run.send(
      .openBallot(
        NewBallot(kind: kind, title: "Stellingen", options: ["c1", "c2", "c3"], dots: 2, mayStack: stack)))
  }

  private func result(_ run: Run) throws -> [BallotResult]? {
    run.session.result(of: try #require(run.session.ballots.last))
  }

  @Test func theResultShowsWhenItIsClosed() throws {
    var run = try ready()
    try open(&run)
    try run.send(.count(ballot: "b1", option: "c2", group: "G1", Tally(agree: 2)))
    try run.send(.count(ballot: "b1", option: "c2", group: "G1", Tally(agree: 1, disagree: 1)))
    try run.send(.count(ballot: "b1", option: "c2", group: nil, Tally(abstain: 3)))
    #expect(try result(run) == nil)
    try run.send(.closeBallot(id: "b1"))
    let results = try #require(try result(run))
    #expect(results.map(\.option) == ["c1", "c2", "c3"])
    #expect(results[1].total == Tally(agree: 1, disagree: 1, abstain: 3))
    #expect(results[1].groups.map(\.name) == ["G1", nil])
    run.refuse(
      .count(ballot: "b1", option: "c1", group: nil, Tally(agree: 1)), .ballotClosed("b1"))
    run.refuse(.closeBallot(id: "b1"), .ballotClosed("b1"))
    // Undoing the closing hides it again.
    try run.send(.undo)
    #expect(try result(run) == nil)
    try run.send(.undo)
    try run.send(.closeBallot(id: "b1"))
    #expect(try result(run)?[1].total == Tally(agree: 1, disagree: 1))
    try run.send(.withdrawBallot(id: "b1"))
    #expect(try result(run) == nil)
    run.refuse(.withdrawBallot(id: "b1"), .unknownBallot("b1"))
  }

  @Test func dotsStandMostFirstWithThoseWithoutAny() throws {
    var run = try ready()
    try run.send(.addTheme(title: "Lokaal", body: nil))
    try run.send(
      .openBallot(NewBallot(kind: .dots, title: "Stippen", options: ["c1", "t1", "c3"], dots: 3)))
    try run.send(.count(ballot: "b1", option: "c3", group: nil, Tally(dots: 4)))
    try run.send(.count(ballot: "b1", option: "t1", group: nil, Tally(dots: 7)))
    try run.send(.closeBallot(id: "b1"))
    #expect(try result(run)?.map(\.option) == ["t1", "c3", "c1"])
  }

  @Test func whatCannotBePutToTheVote() throws {
    var run = try ready()
    func ballot(_ options: [String], _ kind: Ballot.Kind = .propositions, dots: Int = 1) -> Command {
      .openBallot(NewBallot(kind: kind, title: "x", options: options, dots: dots))
    }
    run.refuse(ballot([]), .noOptions)
    run.refuse(ballot(["c1", "c2", "c1"]), .optionTwice("c1"))
    run.refuse(ballot(["c9"]), .unknownContribution("c9"))
    run.refuse(ballot(["t1"], .dots), .unknownContribution("t1"))
    run.refuse(ballot(["c1"], .dots, dots: 0), .wrongDots)
    run.refuse(.openBallot(NewBallot(kind: .propositions, title: " ", options: ["c1"])), .emptyText)
    try run.send(.merge(id: "c2", into: "c1"))
    run.refuse(ballot(["c2"]), .isMerged("c2", into: "c1"))
    try run.send(.withdraw(id: "c3"))
    run.refuse(ballot(["c3"]), .isWithdrawn("c3"))
    try run.send(ballot(["c1"]))
    run.refuse(ballot(["c1"]), .ballotOpen("x"))
    // Whoever undoes a withdrawal opens no second one.
    try run.send(.withdrawBallot(id: "b1"))
    try run.send(ballot(["c1"]), by: "chair")
    run.refuse(.undo, .changedSince)
  }

  @Test func countsAreOfTheKindAndNotNegative() throws {
    var run = try ready()
    try open(&run)
    func count(_ tally: Tally, option: String = "c1", group: String? = nil) -> Command {
      .count(ballot: "b1", option: option, group: group, tally)
    }
    run.refuse(count(Tally(agree: -1)), .wrongVotes)
    run.refuse(count(Tally(dots: 1)), .wrongVotes)
    run.refuse(count(Tally()), .nothingChanges)
    run.refuse(count(Tally(agree: 1), option: "c9"), .unknownOption("c9"))
    run.refuse(
      count(Tally(agree: 1), group: "G9"), .unknownGroup("G9", known: run.session.groupNames))
  }

  @Test func moreVotesThanPeopleAreAskedAbout() throws {
    var run = try ready()
    try open(&run, .dots)
    // Where nobody was checked in there is nothing to hold it against.
    try run.send(.count(ballot: "b1", option: "c1", group: nil, Tally(dots: 40)))
    try run.send(.undo)
    for id in ["p1", "p2", "p4"] { try run.send(.arrive(id)) }
    func count(_ option: String, _ dots: Int, _ group: String? = nil, _ yes: Bool = false) -> Command {
      .count(ballot: "b1", option: option, group: group, Tally(dots: dots), deliberate: yes)
    }
    run.refuse(count("c1", 4), .tooManyVotes(votes: 4, allowed: 3, voters: 3))
    run.refuse(count("c1", 2, "G2"), .tooManyVotes(votes: 2, allowed: 1, voters: 1))
    try run.send(count("c1", 3))
    try run.send(count("c2", 3))
    run.refuse(count("c3", 1), .tooManyVotes(votes: 7, allowed: 6, voters: 3))
    #expect(Refusal.tooManyVotes(votes: 7, allowed: 6, voters: 3).wantsYes)
    try run.send(count("c3", 1, nil, true))
  }

  @Test(arguments: [
    ("Iedereen krijgt één loket.", []), ("Moet er één loket komen?", [PropositionAdvice.question]),
    ("Wij hebben geen loket nodig.", [.negation]), ("Zorg en vervoer horen bij elkaar.", [.twoSubjects]),
    ("We don’t need this and that?", [.question, .negation, .twoSubjects]),
    ("Niettemin is de engel een endossant.", []),
  ])
  func advisesOnAProposition(text: String, advice: [PropositionAdvice]) {
    #expect(PropositionAdvice.on(text) == advice)
  }
}
