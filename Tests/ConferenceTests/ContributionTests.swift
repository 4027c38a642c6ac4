import Ground
import Testing

@testable import Conference

/// What is done with contributions after they came in, with what is refused and undone.
@Suite struct ContributionTests {
  @Test func aMarkCountsOverTheKind() throws {
    var run = try Run()
    let idea = try run.say("Een naam")
    let pain = try run.say("Het doet pijn", kind: "sensitivity")
    #expect(!run.session.isSensitive(try run.contribution(idea)))
    #expect(run.session.isSensitive(try run.contribution(pain)))
    try run.send(.markSensitive(id: idea, true))
    try run.send(.markSensitive(id: pain, false))
    #expect(run.session.isSensitive(try run.contribution(idea)))
    #expect(!run.session.isSensitive(try run.contribution(pain)))
    run.refuse(.markSensitive(id: idea, true), .nothingChanges)
    try run.send(.undo)
    #expect(run.session.isSensitive(try run.contribution(pain)))
  }

  /// A mark from when it was an idea does not release what somebody calls a sensitivity later.
  @Test func callingItASensitivityTakesTheMarkAlong() throws {
    var run = try Run()
    let id = try run.say("Een naam")
    try run.send(.markSensitive(id: id, true))
    try run.send(.markSensitive(id: id, false))
    try run.send(.amend(id: id, text: "Een naam", kind: "sensitivity"))
    #expect(run.session.isSensitive(try run.contribution(id)))
  }

  @Test func quotesByRole() throws {
    var run = try Run()
    let id = try run.say("Wie luistert, hoort het al")
    try run.send(.quote(id: id, Quote(role: " Projectleider ", organisation: " ")))
    #expect(try run.contribution(id).quote == Quote(role: "Projectleider"))
    run.refuse(.quote(id: id, Quote(role: " ")), .emptyText)
    try run.send(.undo)
    #expect(try run.contribution(id).quote == nil)
  }

  @Test func linksToAParent() throws {
    var run = try Run()
    let (a, b, c) = (try run.say("a"), try run.say("b"), try run.say("c"))
    try run.send(.link(id: b, parent: a))
    try run.send(.link(id: c, parent: b))
    run.refuse(.link(id: a, parent: a), .ownParent(a))
    run.refuse(.link(id: a, parent: c), .parentInCircle(a, parent: c))
    run.refuse(.link(id: a, parent: "c9"), .unknownContribution("c9"))
    try run.send(.undo)
    #expect(try run.contribution(c).parent == nil)
    try run.send(.merge(id: b, into: a))
    run.refuse(.link(id: c, parent: b), .isMerged(b, into: a))
    // A note-taker who writes meanwhile loses no line over it.
    try run.send(.contribute(NewContribution(table: 1, kind: "idea", text: "d", parent: b)), by: "note-1")
    #expect(run.session.contributions.last?.parent == a)
  }

  @Test func mergesWithoutLosingOrigin() throws {
    var run = try Run()
    let (a, b, c) = (try run.say("a"), try run.say("b", table: 2), try run.say("c", table: 3))
    try run.send(.merge(id: b, into: a))
    try run.send(.merge(id: c, into: b))
    #expect(try run.contribution(c).mergedInto == a)
    #expect(run.session.merged(into: a).map(\.id) == [b, c])
    #expect(run.session.merged(into: a).map(\.table) == [2, 3])
    #expect(run.session.standing.map(\.id) == [a])
    run.refuse(.merge(id: a, into: a), .mergedIntoItself(a))
    run.refuse(.merge(id: a, into: c), .mergedIntoItself(a))
    run.refuse(.withdraw(id: a), .holdsMerged(a, origins: [b, c]))
    try run.send(.merge(id: b, into: nil))
    #expect(run.session.standing.map(\.id) == [a, b])
    run.refuse(.merge(id: b, into: nil), .nothingChanges)
    try run.send(.undo)
    #expect(run.session.merged(into: a).map(\.id) == [b, c])
    try run.send(.withdraw(id: b), by: "note-2")
    run.refuse(.merge(id: b, into: c), .isWithdrawn(b))
  }

  @Test func nothingIsMergedIntoWhatWasWithdrawn() throws {
    var run = try Run()
    let (a, b) = (try run.say("a"), try run.say("b"))
    try run.send(.withdraw(id: a))
    run.refuse(.merge(id: b, into: a), .isWithdrawn(a))
    run.refuse(.merge(id: a, into: b), .isWithdrawn(a))
  }

  /// Who undoes their own line, or their own split, leaves nobody else's line without a place.
  @Test func anUndoMakesNoCircleAndHidesNobody() throws {
    var run = try Run()
    let (a, b) = (try run.say("a"), try run.say("b", table: 2))
    try run.send(.merge(id: b, into: a))
    run.refuse(.undo, by: "note-1", .changedSince)
    try run.send(.merge(id: b, into: nil))
    try run.send(.merge(id: a, into: b), by: "chair")
    run.refuse(.undo, .changedSince)
  }

  @Test func standsOnARungOfALadder() throws {
    var run = try Run()
    let (a, b) = (try run.say("a"), try run.say("b"))
    try run.send(.label(id: a, ladder: "l", rung: 0))
    try run.send(.label(id: b, ladder: "l", rung: 2))
    #expect(run.session.rungCounts(of: "l") == [1, 0, 1])
    run.refuse(.label(id: a, ladder: "l", rung: 3), .unknownRung(3, ladder: "Piramide", rungs: 3))
    run.refuse(.label(id: a, ladder: "m", rung: 0), .unknownLadder("m"))
    run.refuse(.label(id: a, ladder: "l", rung: 0), .nothingChanges)
    try run.send(.label(id: a, ladder: "l", rung: nil))
    #expect(run.session.rungCounts(of: "l") == [0, 0, 1])
    try run.send(.undo)
    #expect(run.session.rungCounts(of: "l") == [1, 0, 1])
  }

  @Test func keepsTheOrderOfItsTable() throws {
    var run = try Run()
    let (a, b, c) = (try run.say("a"), try run.say("b"), try run.say("c"))
    let other = try run.say("d", table: 2)
    try run.send(.reorder(id: c, before: a), by: "note-1")
    #expect(run.session.contributions(ofTable: 1).map(\.id) == [c, a, b])
    #expect(run.session.contributions.map(\.id) == [a, b, c, other])
    let new = try run.say("e")
    #expect(run.session.contributions(ofTable: 1).map(\.id) == [c, a, b, new])
    run.refuse(.reorder(id: a, before: other), .otherTable(a, other))
    run.refuse(.reorder(id: c, before: a), .nothingChanges)
    run.refuse(.reorder(id: a, before: a), .nothingChanges)
    try run.send(.reorder(id: c, before: nil), by: "note-1")
    #expect(run.session.contributions(ofTable: 1).map(\.id) == [a, b, new, c])
    try run.send(.undo, by: "note-1")
    #expect(run.session.contributions(ofTable: 1).map(\.id) == [c, a, b, new])
  }

  @Test func choosesThreeOfATableInAnItem() throws {
    var run = try Run()
    let ids = try (1...4).map { try run.say("tekst \($0)") }
    for id in ids.prefix(3) { try run.send(.top(id: id, true)) }
    let refusal = #expect(throws: Refusal.self) {
      try run.session.decide(.top(id: "c4", true), at: run.now, by: "note-1")
    }
    for id in ids.prefix(3) { #expect(refusal?.phrase.nl.contains(id) == true) }
    #expect(refusal?.phrase.nl.contains("tekst 2") == true)
    // What is withdrawn gives its place away, and does not take it back.
    try run.send(.withdraw(id: "c1"))
    try run.send(.top(id: "c4", true))
    try run.send(.restore(id: "c1"))
    #expect(try run.contribution("c1").isTop == false)
    #expect(run.session.top(with: try run.contribution("c4")).map(\.id) == ["c2", "c3", "c4"])
    // Another item has its own three.
    try run.send(.advance)
    let next = try run.say("later")
    try run.send(.top(id: next, true))
    try run.send(.undo)
    #expect(try run.contribution(next).isTop == false)
  }

  @Test func givesAnActionToSomebody() throws {
    var run = try Run()
    try run.send(
      .contribute(
        NewContribution(
          table: 1, kind: "action", text: "Loket openen", group: "G1", owner: " Dirk ",
          due: CalendarDate("2026-12-12"))))
    #expect(try run.contribution("c1").owner == "Dirk")
    #expect(try run.contribution("c1").due == CalendarDate("2026-12-12"))
    #expect(try run.contribution("c1").group == "G1")
    try run.send(.assignAction(id: "c1", owner: " ", due: nil))
    #expect(try run.contribution("c1").owner == nil)
    try run.send(.undo)
    #expect(try run.contribution("c1").owner == "Dirk")
  }

  @Test func whatWasShownWasShown() throws {
    var run = try Run()
    let id = try run.say("a")
    try run.send(.show(id: id, true))
    try run.send(.undo)
    #expect(try run.contribution(id).isShown == false)
    #expect(try run.contribution(id).wasShown)
    // Being shown is no change of the note: its writer can still take it back.
    try run.send(.undo, by: "note-1")
    #expect(try run.contribution(id).isWithdrawn)
  }

  @Test func aNewThemeTakesTheContributionInOneStep() throws {
    var run = try Run()
    let id = try run.say("a")
    try run.send(.assignNew(id: id, title: "Lokaal", body: nil))
    #expect(run.session.theme(of: try run.contribution(id))?.title == "Lokaal")
    try run.send(.withdrawTheme(id: "t1"))
    #expect(run.session.theme(of: try run.contribution(id)) == nil)
    run.refuse(.withdrawTheme(id: "t1"), .unknownTheme("t1"))
    try run.send(.undo)
    try run.send(.undo)
    #expect(run.session.theme(of: try run.contribution(id)) == nil)
    #expect(try run.contribution(id).theme == nil)
    #expect(run.session.themes.filter { !$0.isWithdrawn }.isEmpty)
  }
}

/// Who was heard (S4.10).
@Suite struct HearingTests {
  @Test func isReadPerGroupAndTable() throws {
    var run = try Run()
    try run.draw()
    for id in ["p1", "p2", "p4"] { try run.send(.arrive(id)) }
    try run.send(.leave("p7"))
    #expect(run.session.groupNames == ["G1", "G2", "G0"])
    let id = try run.say("a", table: 2)
    try run.say("b", table: 2)
    run.refuse(.attribute(id: id, group: "G9"), .unknownGroup("G9", known: ["G1", "G2", "G0"]))
    try run.send(.attribute(id: id, group: "G1"))
    let hearing = run.session.hearing()
    let first = try #require(hearing.groups.first)
    #expect(first.name == "G1" && first.isHeard)
    #expect([first.present, first.expected, first.contributions, first.answers] == [2, 2, 1, 0])
    #expect(first.tables == [1])
    #expect(hearing.unheard.map(\.name) == ["G2", "G0"])
    #expect(hearing.unattributed == 1)
    #expect(hearing.tables.map(\.inAll) == [0, 2, 0])
    #expect(hearing.tables.map(\.inRound) == [0, 2, 0])
    try run.send(.undo)
    #expect(run.session.hearing().unheard.count == 3)
  }

  @Test func aSurveyTellsItsGroupByItsColumn() throws {
    var run = Session()
    let answers = ["g2 ", "Jan"].map {
      SurveyAnswer(text: "a", kind: "idea", source: "enquête", origin: [.init(name: "Groep", value: $0)])
    }
    let opening = Opening(plan: .sample, participants: Run.people, survey: answers, zone: Run.zone)
    let now = try Moment("2026-11-21T12:00:00.000Z")
    for (seq, event) in try run.decide(.open(opening), at: now, by: "host").enumerated() {
      run.apply(event, Stamp(seq: seq, at: now, by: "host", cmd: Event.sampleCommand))
    }
    // What is no group's name is nobody's business: it may well be a person's.
    #expect(run.contributions.map(run.group) == ["G2", nil])
    let group = run.hearing().groups.first { $0.name == "G2" }
    #expect(group?.answers == 1)
    #expect(group?.isHeard == false)
  }
}
