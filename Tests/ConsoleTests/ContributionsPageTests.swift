import Conference
import Ground
import Screen
import Testing

@testable import Console

/// The page of the contributions: finding some among hundreds (S4.3).
@Suite struct ContributionsPageTests {
  // MARK: - Pictures

  @Test(arguments: SnapshotTests.sizes, Language.allCases)
  func fiveHundredContributions(size: Size, language: Language) throws {
    var rig = try Rig.full(size: size, language: language)
    rig.press(.character("b"), .down, .down)
    try expectSnapshot(rig.screen, "contributions.\(language).\(size.columns)x\(size.rows)")
  }

  @Test(arguments: SnapshotTests.sizes, Language.allCases)
  func aPartOfThem(size: Size, language: Language) throws {
    var rig = try Rig.full(size: size, language: language)
    rig.press(.character("b"), .character("3"), .character("v"), .character("v"), .character("/"))
    rig.type("vervoer")
    try expectSnapshot(rig.screen, "contributions-part.\(language).\(size.columns)x\(size.rows)")
  }

  /// Who was not heard yet, per group and per table (S4.10).
  @Test(arguments: SnapshotTests.sizes, Language.allCases)
  func whoWasHeard(size: Size, language: Language) throws {
    var rig = try Rig.full(size: size, language: language)
    rig.press(.character("N"))
    try expectSnapshot(rig.screen, "hearing.\(language).\(size.columns)x\(size.rows)")
  }

  @Test(arguments: [Size(rows: 12, columns: 40), Size(rows: 16, columns: 60)])
  func smallScreens(size: Size) throws {
    var rig = try Rig.full(size: size)
    rig.press(.character("b"), .character("f"))
    rig.type("tafel 4")
    rig.press(.enter)
    try expectSnapshot(rig.screen, "contributions-small.\(size.columns)x\(size.rows)")
  }

  @Test func theTextKeeps45Columns() throws {
    var rig = try Rig(size: Size(rows: 24, columns: 80))
    let text = String(repeating: "X", count: 70)
    try rig.give(.contribute(NewContribution(table: 7, kind: "sensitivity", text: text)))
    rig.press(.character("b"))
    let row = try #require(rig.screen.split(separator: "\n").first { $0.contains("gevoeligheid") })
    #expect(row.count { $0 == "X" } >= 44)
  }

  // MARK: - Filters

  @Test func aDigitListsATableAndAgainAll() throws {
    var rig = try Rig.full()
    rig.press(.character("b"), .character("3"))
    #expect(rig.listed.count > 0 && rig.listed.allSatisfy { $0.table == 3 })
    #expect(rig.screen.contains("tafel 3 → \(rig.listed.count)"))
    rig.wait(minutes: 1)
    rig.press(.character("3"))
    #expect(rig.listed.count == 500)
  }

  @Test(arguments: [
    ("mening", "soort"), ("zonder thema", "thema"), ("groep: cliënt", "groep"), ("uit de enquête", "bron"),
    ("uit de zaal", "bron"), ("plenair", "plaats"), ("ingetrokken", "stand"), ("gevoelig", "gevoelig"),
    ("nog niet getoond", "getoond"),
  ])
  func theMenuFilters(value: String, part: String) throws {
    var rig = try Rig.full()
    try rig.give(.withdraw(id: "c9"))
    try rig.give(.show(id: "c10", true))
    rig.press(.character("b"), .character("f"))
    let index = try #require(rig.menu?.entries.firstIndex { $0.text.hasSuffix("  " + value) })
    let count = rig.menu?.entries[index].detail
    for _ in 0..<index { rig.press(.down) }
    rig.press(.enter)
    let isListed: (Contribution) -> Bool = { one in
      switch part {
      case "soort": one.stands && one.kind == "opinion"
      case "thema": one.stands && one.theme == nil
      case "groep": one.stands && rig.host.group(of: one) == "cliënt"
      case "bron": one.stands && (one.source == nil) == (value == "uit de zaal")
      case "plaats": one.stands && one.table == nil && one.source == nil
      case "stand": one.isWithdrawn
      case "gevoelig": one.stands && one.kind == "sensitivity"
      default: one.stands && !one.wasShown
      }
    }
    let wanted = rig.host.contributions.filter(isListed)
    #expect(wanted.count > 0 && rig.listed.map(\.id) == wanted.map(\.id).reversed())
    #expect(count == "\(wanted.count)")
    #expect(rig.screen.contains("\(value) → \(wanted.count)"))
    // The same choice lets it go again.
    rig.press(.character("f"))
    for _ in 0..<index { rig.press(.down) }
    rig.press(.enter)
    #expect(!rig.model.contributions.filter.isFiltering)
  }

  @Test func filtersCombineAndEscTakesThemAwayOneStepAtATime() throws {
    var rig = try Rig.full()
    rig.press(.character("b"), .character("2"), .character("w"), .character("Z"), .character("v"))
    rig.press(.character("/"))
    rig.type("bus")
    rig.press(.enter)
    let filter = rig.model.contributions.filter
    #expect(filter.place == .table(2) && filter.theme == ContributionFilter.Under.none && filter.isUnshown)
    #expect(filter.search == "bus")
    rig.press(.escape)
    #expect(rig.model.contributions.filter.search.isEmpty && !rig.model.contributions.marked.isEmpty)
    rig.press(.escape)
    #expect(rig.model.contributions.marked.isEmpty && rig.model.contributions.filter.isFiltering)
    rig.press(.escape)
    #expect(!rig.model.contributions.filter.isFiltering && rig.model.focus == .contributions)
    rig.press(.escape)
    #expect(rig.model.focus == .agenda)
  }

  @Test func whatLeavesNothingSaysHowToGoOn() throws {
    var rig = try Rig.full()
    rig.press(.character("b"), .character("/"))
    rig.type("qqq")
    #expect(rig.screen.contains("Esc wist de zoekterm"))
    rig.press(.enter)
    #expect(rig.screen.contains("Backspace wist alle filters"))
    rig.press(.backspace)
    #expect(rig.listed.count == 500)
  }

  // MARK: - Searching

  @Test func wordsAreFoundInAnyOrderWithoutAccentsOrCapitals() throws {
    var rig = try Rig()
    for text in ["Eén loket voor VERVOER", "Vervoer naar het loket", "Een bankje"] {
      try rig.give(.contribute(NewContribution(table: 1, kind: "idea", text: text)))
    }
    rig.press(.character("b"), .character("/"))
    rig.type("vervoer één")
    #expect(rig.listed.map(\.id) == ["c1"])
    for _ in 0..<4 { rig.press(.backspace) }
    #expect(rig.listed.map(\.id) == ["c2", "c1"])
  }

  @Test func noCommandFiresWhileOneSearches() throws {
    var rig = try Rig.full()
    let before = rig.lines.count
    rig.press(.character("b"), .character("/"))
    rig.type("xz#MPS! *\"pu+-b?:q")
    #expect(rig.lines.count == before && rig.model.layers.isEmpty && rig.model.focus == .contributions)
    rig.update(.input(.paste("twee\nregels")))
    #expect(rig.model.contributions.filter.search.hasSuffix("tweeregels"))
    rig.press(.escape)
    #expect(rig.model.contributions.filter.search.isEmpty && !rig.model.contributions.isSearching)
  }

  /// What comes in is not hit instead of what was chosen, and the search holds for it too.
  @Test func theListFollowsTheRecord() throws {
    var rig = try Rig.full()
    rig.press(.character("b"), .character("/"))
    rig.type("vervoer")
    rig.press(.enter, .down)
    let chosen = rig.chosen?.id
    try rig.give(.contribute(NewContribution(table: 5, kind: "idea", text: "Vervoer op maat")))
    try rig.give(.contribute(NewContribution(table: 5, kind: "idea", text: "Iets anders")))
    #expect(rig.listed.first?.text == "Vervoer op maat" && rig.chosen?.id == chosen)
  }

  @Test(arguments: ContributionsPane.Order.allCases)
  func ordersKeepEveryContribution(order: ContributionsPane.Order) throws {
    var rig = try Rig.full()
    try rig.give(.merge(id: "c30", into: "c20"))
    rig.press(.character("b"))
    while rig.model.contributions.order != order { rig.press(.character("o")) }
    #expect(Set(rig.listed.map(\.id)) == Set(rig.host.standing.map(\.id)))
    #expect(rig.screen.contains(order.name[.nl]))
    switch order {
    case .newest: #expect(rig.listed.first?.id == "c500")
    case .table: #expect(rig.listed.compactMap(\.table) == rig.listed.compactMap(\.table).sorted())
    case .theme: #expect(rig.listed.first?.theme == "t1" && rig.listed.last?.theme == nil)
    case .merged: #expect(rig.listed.first?.id == "c20")
    }
  }

  @Test func theMouseChoosesARowOfTheList() throws {
    var rig = try Rig.full()
    rig.press(.character("b"))
    let cursor = try #require(rig.model.view().cursor)
    rig.update(.input(.mouse(Mouse(row: cursor.row + 3, column: 20, kind: .press))))
    #expect(rig.chosen?.id == "c497")
    rig.update(.input(.mouse(Mouse(row: cursor.row, column: 20, kind: .wheelDown))))
    #expect(rig.chosen?.id == "c496")
    #expect(rig.model.view().cursor?.row == cursor.row + 4)
  }

  // MARK: - Nog niet gehoord

  @Test func aGroupThatWasNotHeardIsToldAndListed() throws {
    var rig = try Rig()
    try rig.draw()
    try rig.give(.contribute(NewContribution(table: 1, kind: "idea", text: "een", group: "cliënt")))
    rig.press(.character("N"))
    let menu = try #require(rig.menu)
    let texts = menu.entries.map(\.text)
    #expect(texts.filter { $0.contains("nog niet gehoord") && !$0.contains("Tafel") }.count == 4)
    #expect(texts.first { $0.contains("cliënt") }?.contains("1 bijdrage") == true)
    rig.type("cliënt")
    rig.press(.enter)
    #expect(rig.model.focus == .contributions && rig.listed.map(\.id) == ["c1"])
  }
}

extension Rig {
  /// A conference with 500 contributions: 60 answers to a survey, and the tables' and the plenary's.
  static func full(
    size: Size = Size(rows: 36, columns: 120), language: Language = .nl, plan: Plan = Rig.plan
  ) throws -> Rig {
    let texts = [
      "Het vervoer naar de dagbesteding kan samen met het leerlingenvervoer",
      "Eén loket voor alle vragen, met mensen die doorvragen",
      "De bus rijdt ’s avonds niet meer; wie geen auto heeft blijft thuis",
      "Mantelzorgers willen een vaste contactpersoon, die ook eens uit zichzelf belt en weet wat er speelt",
      "Een buurthuis dat open is als mensen tijd hebben",
      "Minder formulieren: vraag niet wat de gemeente al weet",
      "Laat vrijwilligers en beroepskrachten samen leren",
    ]
    let kinds = ["idea", "opinion", "sensitivity", "question", "action"]
    let survey = (0..<60).map { number in
      SurveyAnswer(
        text: "\(texts[number % 7]) (\(number))", kind: "idea", source: "enquête",
        origin: [Participant.Attribute(name: "groep", value: ["cliënt", "Wmo-raad"][number % 2])])
    }
    var rig = try Rig(size: size, language: language, plan: plan, survey: survey)
    try rig.draw()
    for _ in 0..<3 { try rig.give(.advance) }
    for number in 60..<500 {
      if number % 20 == 0 { rig.wait(minutes: 1) }
      try rig.give(
        .contribute(
          NewContribution(
            table: number % 8 == 0 ? nil : number % 8, kind: kinds[number % 5],
            text: "\(texts[number % 7]) (\(number))", group: number % 9 == 0 ? "zorgaanbieder" : nil)))
    }
    try rig.give(.assignNew(id: "c499", title: "Vervoer", body: "Samen rijden is de norm."))
    for number in 1...30 { try rig.give(.assign(id: "c\(number * 16)", theme: "t1")) }
    return rig
  }

  /// The contributions that are listed, from the top.
  var listed: [Contribution] { model.contributions.rows.map { model.session.contributions[$0] } }

  /// The chosen contribution.
  var chosen: Contribution? { model.contributions.contribution(in: model.session) }

  /// The menu on top, or nil.
  var menu: Menu? {
    if case .menu(let menu) = model.layers.last { menu } else { nil }
  }
}
