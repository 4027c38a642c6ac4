import Conference
import Ground
import Screen
import Testing

@testable import Console

/// Mending the tables: before and after are shown, and nothing happens without a yes (S4.9).
@Suite struct MendTests {
  @Test(arguments: SnapshotTests.sizes, Language.allCases)
  func theProposal(size: Size, language: Language) throws {
    var rig = try rig(size: size, language: language)
    rig.press(.character("s"), .character("H"))
    try expectSnapshot(rig.screen, "mend.\(language).\(size.columns)x\(size.rows)")
  }

  @Test(arguments: Language.allCases)
  func theHintOnBothScreens(language: Language) throws {
    var rig = try rig(language: language)
    let hint = language == .nl ? "H herstel tafels" : "H mend tables"
    #expect(!rig.screen.contains(hint))
    rig.wait(minutes: 0, seconds: 10)
    #expect(rig.screen.contains(hint))
    rig.press(.character("s"))
    #expect(rig.screen.contains(hint))
    rig.press(.character("H"), .enter)
    rig.wait(minutes: 0, seconds: 10)
    #expect(!rig.screen.contains(hint))
  }

  @Test func aNoLeavesAllAsItIs() throws {
    var rig = try rig()
    let before = rig.host.seatings
    for key in [Key.escape, .character("n")] {
      rig.press(.character("H"), key)
      #expect(rig.host.seatings == before && rig.model.layers.isEmpty)
    }
  }

  @Test func aYesMovesThemAndOneUndoBringsThemBack() throws {
    var rig = try rig()
    let before = rig.host.seatings
    let moves = try #require(try rig.host.reseatProposal()).moves
    rig.press(.character("H"))
    for move in moves {
      let name = try #require(rig.host.participant(move.person)).name
      #expect(rig.screen.contains(name))
    }
    rig.press(.enter)
    #expect(moves.allSatisfy { rig.host.seatings[$0.round]?.table(of: $0.person) == $0.to })
    #expect(rig.screen.contains("hersteld"))
    rig.press(.character("u"))
    #expect(rig.host.seatings == before)
  }

  @Test func theRoundThatRunsChangesOnlyWhenChosen() throws {
    var rig = try rig()
    rig.press(.character("H"))
    #expect(!rig.screen.contains("r deze ronde ook"))
    rig.press(.escape)
    while rig.host.runningDrawnRound == nil { try rig.give(.advance) }
    rig.press(.character("H"))
    #expect(rig.screen.contains("alleen voor de rondes die komen"))
    rig.press(.character("r"))
    #expect(rig.screen.contains("de ronde die nu loopt"))
    rig.press(.character("r"))
    #expect(rig.screen.contains("alleen voor de rondes die komen"))
  }

  @Test func withoutTablesItSaysWhy() throws {
    var rig = try Rig()
    rig.press(.character("H"))
    #expect(rig.screen.contains("nog niet ingedeeld"))
    #expect(rig.model.layers.isEmpty)
  }

  /// Some who stay away, two who were not on the list, and somebody who must sit elsewhere since.
  private func rig(size: Size = Size(rows: 36, columns: 120), language: Language = .nl) throws -> Rig {
    var rig = try Rig(size: size, language: language)
    try rig.draw()
    for person in ["P3", "P4", "P5", "P9", "P12"] { try rig.give(.leave(person)) }
    for name in ["Laat van Dalen", "Ook te Laat"] {
      try rig.give(.register(name: name, organisation: nil, group: "cliënt", municipality: nil))
    }
    try rig.give(.pin(person: "P1", table: 5))
    return rig
  }
}
