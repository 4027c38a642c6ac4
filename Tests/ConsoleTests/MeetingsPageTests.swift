import Conference
import Ground
import Screen
import Testing

@testable import Console

/// The whole series: who sits where in each round, and who never meets whom (issue 4, point 7).
@Suite struct MeetingsPageTests {
  @Test(arguments: SnapshotTests.sizes, Language.allCases)
  func everybodyInEveryRound(size: Size, language: Language) throws {
    var rig = try rig(size: size, language: language)
    rig.press(.character("s"), .character("r"), .down)
    try expectSnapshot(rig.screen, "meetings.\(language).\(size.columns)x\(size.rows)")
    rig.press(.enter)
    try expectSnapshot(rig.screen, "meetings-person.\(language).\(size.columns)x\(size.rows)")
  }

  @Test func typingFindsPeopleAndEscapeGoesBackStepByStep() throws {
    var rig = try rig()
    rig.press(.character("s"), .character("r"))
    rig.type("nummer17")
    #expect(rig.model.meetings.rows == ["P17"])
    #expect(rig.screen.contains("zoek: nummer17"))
    rig.press(.escape)
    // Words in any order, as wherever a name is looked for.
    rig.type("nummer17 mens")
    #expect(rig.model.meetings.rows == ["P17"])
    rig.press(.escape)
    #expect(rig.model.meetings.rows.count == Rig.people.count && rig.model.meetings.chosen == "P17")
    rig.press(.escape)
    #expect(rig.model.focus == .seating)
  }

  @Test func theRowsAreSortedByAnyColumn() throws {
    var rig = try rig()
    rig.press(.character("s"), .character("r"), .right)
    let reading = try #require(rig.model.meetings.reading)
    let tables = rig.model.meetings.rows.map { reading.tables(of: $0)[0] ?? 0 }
    #expect(tables == tables.sorted())
    rig.press(.left, .left)
    let counts = rig.model.meetings.rows.map { reading.count(of: $0) }
    #expect(counts == counts.sorted() && counts.first == reading.fewest)
  }

  @Test func itFollowsWhatChanges() throws {
    var rig = try rig()
    rig.press(.character("s"), .character("r"))
    let before = try #require(rig.model.meetings.reading).tables(of: "P1")
    try rig.give(.swap(round: 2, a: "P1", b: "P2", deliberate: true))
    #expect(rig.model.meetings.reading?.tables(of: "P1") != before)
  }

  @Test func withoutTablesItSaysWhy() throws {
    var rig = try Rig()
    rig.press(.character("s"), .character("r"))
    #expect(rig.model.focus == .seating && rig.screen.contains("nog geen ronde ingedeeld"))
  }

  @Test(arguments: [Size(rows: 12, columns: 40), Size(rows: 16, columns: 70)])
  func itFitsSmallScreens(size: Size) throws {
    var rig = try rig(size: size)
    rig.press(.character("s"), .character("r"))
    #expect(rig.screen.contains("Mens Nummer1"))
    #expect(rig.model.view().cursor != nil)
  }

  /// Two rounds dealt in different ways, of which the first runs.
  private func rig(size: Size = Size(rows: 36, columns: 120), language: Language = .nl) throws -> Rig {
    var rig = try Rig(size: size, language: language, plan: DrawingPageTests.twoRounds)
    try rig.give(.seat(DrawingPageTests.drawn(step: 0, cost: 152_300, rounds: 2)))
    for _ in 0..<3 { try rig.give(.advance) }
    return rig
  }
}
