import Conference
import Ground
import Screen
import Testing

@testable import Console

/// What is done with contributions, one or many at once: themes, merging, parents, ladders, marks.
@Suite struct ContributionActionTests {
  private func rig(_ texts: [String], plan: Plan = Rig.plan) throws -> Rig {
    var rig = try Rig(plan: plan)
    for (number, text) in texts.enumerated() {
      try rig.give(.contribute(NewContribution(table: number % 7 + 1, kind: "idea", text: text)))
    }
    rig.press(.character("b"))
    return rig
  }

  // MARK: - Themes (S2.6)

  @Test func allMarkedGoUnderANewThemeAndTheRestFollows() throws {
    var rig = try rig(["een", "twee", "drie", "vier"])
    rig.press(.character("v"), .character("v"), .character("v"), .character("#"))
    #expect(rig.screen.contains("3 bijdragen: onder welk thema?"))
    rig.type("Samen rijden")
    rig.press(.enter)
    #expect(rig.host.themes.map(\.title) == ["Samen rijden"])
    #expect(rig.host.contributions.map(\.theme) == [nil, "t1", "t1", "t1"])
    #expect(rig.model.contributions.marked.isEmpty)
  }

  /// One new headline is one action: undo takes it away whole.
  @Test func aNewThemeIsUndoneAtOnce() throws {
    var rig = try rig(["een"])
    rig.press(.character("#"))
    rig.type("Samen")
    rig.press(.enter, .character("u"))
    #expect(rig.host.contributions[0].theme == nil && rig.host.themes.allSatisfy(\.isWithdrawn))
  }

  /// What gets a theme leaves the list of those without, and the next one is at hand.
  @Test func themingGoesThroughAListThatGetsShorter() throws {
    var rig = try rig(["een", "twee", "drie"])
    try rig.give(.addTheme(title: "Samen", body: nil))
    rig.press(.character("w"))
    for left in [2, 1, 0] {
      rig.press(.character("#"), .enter)
      #expect(rig.listed.count == left)
    }
    #expect(rig.host.contributions.allSatisfy { $0.theme == "t1" })
  }

  @Test func aThemeHasAHeadlineAndAText() throws {
    var rig = try rig(["een"])
    rig.press(.character("T"))
    rig.type("Vervoer")
    rig.press(.enter)
    #expect(rig.host.themes.map(\.title) == ["Vervoer"])
    // The list is there again, with the new one in it.
    rig.press(.enter)
    rig.type("tekst")
    rig.press(.enter)
    rig.type("Samen rijden is de norm.")
    rig.press(.control("j"))
    rig.type("Dat scheelt.")
    rig.press(.enter)
    #expect(rig.host.themes.first?.body == "Samen rijden is de norm.\nDat scheelt.")
    rig.press(.character("T"), .enter)
    rig.type("kop")
    rig.press(.enter)
    rig.type(" op maat")
    rig.press(.enter)
    #expect(rig.host.themes.first?.title == "Vervoer op maat" && rig.model.layers.isEmpty)
    #expect(rig.host.themes.first?.body?.isEmpty == false)
    rig.press(.character("T"), .enter)
    rig.type("trek")
    rig.press(.enter, .character("j"))
    #expect(rig.host.themes.first?.isWithdrawn == true)
  }

  // MARK: - Merging

  @Test func theLikeliestDuplicateComesFirst() throws {
    var rig = try rig([
      "Een bankje in het park", "Het vervoer naar de dagbesteding samen regelen", "Minder formulieren",
      "Vervoer en dagbesteding: samen regelen",
    ])
    rig.press(.character("M"))
    #expect(rig.menu?.entries.first?.id == "c2")
    rig.press(.enter)
    #expect(rig.host.contributions[3].mergedInto == "c2")
    #expect(rig.listed.map(\.id) == ["c3", "c2", "c1"])
    rig.press(.down)
    #expect(rig.screen.contains("+ samengevoegd: tafel 4 · 13:00 · Vervoer en dagbesteding"))
    rig.press(.character("D"), .enter)
    #expect(rig.host.contributions[3].mergedInto == nil)
  }

  @Test func allMarkedMergeIntoTheChosenOneAfterAYes() throws {
    var rig = try rig(["een", "twee", "drie", "vier"])
    rig.press(.character("v"), .character("v"), .character("M"))
    #expect(rig.screen.contains("2 bijdragen samenvoegen met ‘twee’?"))
    rig.press(.character("j"))
    #expect(rig.host.contributions.map(\.mergedInto) == [nil, nil, "c2", "c2"])
    rig.press(.character("u"))
    #expect(rig.host.contributions.map(\.mergedInto).compactMap(\.self).count == 1)
  }

  // MARK: - What is known of one

  /// A contribution keeps the link to the one that it elaborates (S4.6).
  @Test func aParentIsChosenAndLetGo() throws {
    var rig = try rig(["een idee uit de enquête", "zo werken we dat uit"])
    rig.press(.character("P"), .enter)
    #expect(rig.host.contributions[1].parent == "c1")
    #expect(rig.screen.contains("↑ werkt uit: tafel 1"))
    rig.press(.down)
    #expect(rig.screen.contains("↓ uitgewerkt in: tafel 2"))
    rig.press(.up, .character("P"))
    rig.type("geen")
    rig.press(.enter)
    #expect(rig.host.contributions[1].parent == nil)
  }

  /// The labels of a ladder are the plan's own (S1.8).
  @Test func aLadderIsClimbedInTwoSteps() throws {
    var plan = Rig.plan
    plan.ladders = [
      Ladder(id: "kracht", name: "Eigen kracht", rungs: ["zelf", "informeel", "algemeen", "maatwerk"])
    ]
    var rig = try rig(["een", "twee"], plan: plan)
    rig.press(.character("V"), .character("L"))
    rig.type("informeel")
    rig.press(.enter)
    #expect(rig.host.rungCounts(of: "kracht") == [0, 2, 0, 0])
    #expect(rig.screen.contains("Eigen kracht: 2 informeel"))
    var without = try self.rig(["een"])
    without.press(.character("L"))
    #expect(without.screen.contains("Het plan heeft geen ladder."))
  }

  /// Somebody is quoted by role, never by name (S0.13).
  @Test func aQuoteHasARole() throws {
    var rig = try rig(["een"])
    rig.press(.character("\""))
    rig.type("Beleidsmedewerker Welzijn; Gemeente Noorddam")
    rig.press(.enter)
    #expect(
      rig.host.contributions[0].quote
        == Quote(role: "Beleidsmedewerker Welzijn", organisation: "Gemeente Noorddam"))
    rig.press(.character("\""), .control("a"), .control("k"), .enter)
    #expect(rig.host.contributions[0].quote == nil)
  }

  @Test func anActionHasAnOwnerAndADay() throws {
    var rig = try rig(["een"])
    rig.press(.character("A"))
    rig.type("Wmo-raad; ooit")
    rig.press(.enter)
    #expect(rig.screen.contains("Dat is geen dag."))
    for _ in 0..<4 { rig.press(.backspace) }
    rig.type("12 december")
    rig.press(.enter)
    #expect(rig.host.contributions[0].owner == "Wmo-raad")
    #expect(rig.host.contributions[0].due == CalendarDate(year: 2026, month: 12, day: 12))
  }

  @Test func marksGoForAllThatAreMarked() throws {
    var rig = try rig(["een", "twee", "drie"])
    rig.press(.character("v"), .insert, .character("!"))
    #expect(rig.host.contributions.map { rig.host.isSensitive($0) } == [false, true, true])
    rig.press(.character("V"), .character("G"))
    rig.type("cliënt")
    rig.press(.enter, .character("V"), .character("K"))
    rig.type("vraag")
    rig.press(.enter)
    #expect(rig.host.contributions.allSatisfy { $0.group == "cliënt" && $0.kind == "question" })
  }

  @Test func aSensitiveOneIsShownOnlyAfterAYes() throws {
    var rig = try rig(["een"])
    rig.press(.character("!"), .character("z"))
    #expect(!rig.host.contributions[0].isShown && rig.model.layers.count == 1)
    rig.press(.character("j"))
    #expect(rig.host.contributions[0].isShown)
    rig.press(.character("z"))
    #expect(!rig.host.contributions[0].isShown)
  }

  @Test func whatIsWithdrawnIsFoundByItsFilterAndComesBack() throws {
    var rig = try rig(["een", "twee"])
    rig.press(.character("x"))
    #expect(rig.listed.map(\.id) == ["c1"])
    rig.press(.character("f"))
    rig.type("ingetrokken")
    rig.press(.enter, .character("x"))
    #expect(rig.host.contributions.allSatisfy { !$0.isWithdrawn })
  }

  @Test func theTopThreeIsOfTheRoomOnly() throws {
    var rig = try Rig.full()
    rig.press(.character("b"), .character("*"))
    #expect(rig.chosen?.isTop == true)
    rig.press(.end, .character("*"))
    #expect(rig.chosen?.source != nil && rig.chosen?.isTop == false)
  }

  /// All that is known stands together, and can be read in whole.
  @Test func everythingIsReadOnACard() throws {
    var rig = try rig([String(repeating: "Een heel lang verhaal over vervoer. ", count: 12), "twee"])
    try rig.give(.link(id: "c2", parent: "c1"))
    rig.press(.down)
    #expect(rig.screen.contains("regels (l)") || rig.screen.contains("uitgewerkt in"))
    rig.press(.right)
    #expect(rig.screen.contains("↓ uitgewerkt in: tafel 2 · 13:00 · twee"))
    rig.press(.escape)
    #expect(rig.model.focus == .contributions && rig.model.layers.isEmpty)
  }

  @Test func aReplayLooksButDoesNothing() throws {
    var rig = try Rig.full()
    rig.press(.character("b"))
    var model = Model(replaying: rig.lines, size: Size(rows: 36, columns: 120), language: .nl)
    func press(_ keys: Key...) -> [Effect] { keys.flatMap { model.update(.input(.key($0))) } }
    #expect(press(.character("b"), .character("/")).isEmpty)
    for letter in "vervoer" { _ = press(.character(letter)) }
    #expect(press(.enter, .character("#"), .character("x"), .character("M"), .character("!")).isEmpty)
    let count = model.contributions.rows.count
    #expect(count > 0 && count < 500 && model.layers.isEmpty)
    _ = press(.character(","))
    #expect(model.contributions.index.standing == 500)
  }
}
