import Conference
import Ground
import Screen
import Testing

@testable import Console

/// The page of who sits where (S4.9, S0.7, S0.8, S4.12).
@Suite struct SeatingPageTests {
  @Test(arguments: SnapshotTests.sizes, Language.allCases)
  func theTablesAndTheirPeople(size: Size, language: Language) throws {
    var rig = try rig(size: size, language: language)
    rig.press(.character("s"), .character("3"), .right, .down)
    try expectSnapshot(rig.screen, "seating.\(language).\(size.columns)x\(size.rows)")
  }

  @Test(arguments: SnapshotTests.sizes, Language.allCases)
  func theQuestionBeforeASwap(size: Size, language: Language) throws {
    var rig = try rig(size: size, language: language)
    rig.press(
      .character("s"), .character("2"), .right, .enter, .left, .character("4"), .right, .character("w"))
    try expectSnapshot(rig.screen, "seating-swap.\(language).\(size.columns)x\(size.rows)")
  }

  @Test(arguments: SnapshotTests.sizes, Language.allCases)
  func thoseLateAndAway(size: Size, language: Language) throws {
    var rig = try rig(size: size, language: language)
    rig.press(.character("s"), .character("l"))
    try expectSnapshot(rig.screen, "seating-late.\(language).\(size.columns)x\(size.rows)")
  }

  @Test(arguments: [Size(rows: 12, columns: 40), Size(rows: 16, columns: 70)])
  func smallScreensShowOnePartAtATime(size: Size) throws {
    var rig = try rig(size: size)
    rig.press(.character("s"))
    #expect(rig.screen.contains("Ronde 1 van 2"))
    rig.press(.right)
    #expect(rig.screen.contains("Tafel 1 ·"))
  }

  /// Tables with everything: somebody late, somebody away, somebody pinned, two kept apart.
  private func rig(size: Size = Size(rows: 36, columns: 120), language: Language = .nl) throws -> Rig {
    var rig = try Rig(size: size, language: language)
    try rig.draw()
    try rig.give(.arrive("P1"))
    try rig.give(.leave("P3"))
    try rig.give(.register(name: "Laat van Dalen", organisation: nil, group: "cliënt", municipality: nil))
    try rig.give(.pin(person: "P10", table: 3))
    try rig.give(.keepApart(["P17", "P24"]))
    return rig
  }

  // MARK: - Swapping

  @Test func aSwapAsksFirstAndANoChangesNothing() throws {
    var rig = try rig()
    let before = rig.host.seatings
    rig.press(.character("s"), .character("2"), .right, .enter, .left, .character("4"), .right)
    let one = try #require(rig.model.seating.marked.first)
    let other = try #require(rig.model.chosenSeated?.id)
    rig.press(.character("w"))
    let reading = try #require(rig.host.swapCost(round: 1, a: one, b: other))
    #expect(rig.screen.contains(reading.change < 0 ? "Beter" : reading.change > 0 ? "Slechter" : "Even goed"))
    for term in reading.terms where term.before != term.after {
      #expect(rig.screen.contains("· \(term.word.nl): \(SeatingPane.Words.points(term.before, ",")) →"))
    }
    rig.press(.character("n"))
    #expect(rig.host.seatings == before)
    rig.press(.character("w"), .character("j"))
    #expect(rig.host.seatings[1]?.table(of: one) == 4)
    #expect(rig.host.seatings[1]?.table(of: other) == 2)
    #expect(rig.model.seating.marked.isEmpty)
    rig.press(.character("u"))
    #expect(rig.host.seatings == before)
  }

  /// One question is enough: it names the rules, and its yes is deliberate.
  @Test func aSwapAgainstTheRulesNamesThemInItsQuestion() throws {
    var rig = try rig()
    rig.press(.character("s"), .character("3"), .right)
    rig.model.seating.person = "P10"
    rig.press(.enter, .left, .character("1"), .right, .character("w"))
    #expect(rig.screen.contains("Mens Nummer10 is vastgezet aan tafel 3."))
    #expect(rig.screen.contains("Toch doen?"))
    rig.press(.character("j"))
    #expect(rig.host.seatings[1]?.table(of: "P10") == 1)
    #expect(rig.model.layers.isEmpty)
  }

  @Test func theBestSwapsAreOfferedWithTheirGain() throws {
    var rig = try rig()
    rig.press(.character("s"), .right)
    // The first at some table whom a swap helps.
    let person = try #require(
      rig.host.participants.first { !rig.host.bestSwaps(for: $0.id, round: 1).isEmpty })
    rig.model.showSeated(person.id)
    rig.press(.character("w"))
    let best = try #require(rig.host.bestSwaps(for: person.id, round: 1).first)
    #expect(rig.screen.contains(SeatingPane.Words.points(best.change, ",")))
    rig.press(.enter, .character("j"))
    #expect(rig.host.seatings[1]?.table(of: person.id) == best.second.table)
    #expect(rig.host.seatings[1]?.table(of: best.second.person) == best.first.table)
  }

  @Test func twoAtOneTableCannotSwap() throws {
    var rig = try rig()
    rig.press(.character("s"), .right, .enter, .down, .character("w"))
    #expect(rig.screen.contains("al aan dezelfde tafel"))
    #expect(rig.model.layers.isEmpty)
  }

  /// S4.9: in place of the one who stayed away.
  @Test func somebodyMovesToAFreeChair() throws {
    var rig = try rig()
    rig.press(.character("s"), .right)
    let person = try #require(rig.model.chosenSeated?.id)
    rig.press(.character("v"))
    rig.type("Tafel 3")
    rig.press(.enter)
    #expect(rig.host.seatings[1]?.table(of: person) == 3)
    rig.press(.character("u"))
    #expect(rig.host.seatings[1]?.table(of: person) == 1)
  }

  /// The round whose tables a later one keeps is the one that changes.
  @Test func aRoundThatKeepsItsTablesChangesThoseOfTheOneBefore() throws {
    var rig = try rig()
    rig.press(.character("s"), .character("]"), .right, .enter, .left, .character("4"), .right)
    #expect(rig.screen.contains("Ronde 2 van 2"))
    let one = try #require(rig.model.seating.marked.first)
    rig.press(.character("w"), .character("j"))
    #expect(rig.host.seatings[1]?.table(of: one) == 4)
  }

  @Test func aRoundThatWasHeldSaysWhyItStays() throws {
    var rig = try rig()
    for _ in 1...4 { try rig.give(.advance) }
    let before = rig.host.seatings
    rig.press(
      .character("s"), .character("["), .right, .enter, .left, .character("4"), .right, .character("w"))
    #expect(rig.screen.contains("Ronde 1 is al gehouden"))
    #expect(rig.host.seatings == before)
  }

  @Test func aRoundThatIsNotDrawnSaysHow() throws {
    var rig = try Rig()
    rig.press(.character("s"))
    #expect(rig.screen.contains("Ronde 1 is nog niet ingedeeld. Druk op t"))
    rig.press(.character("w"))
    #expect(rig.host.seatings.isEmpty && rig.model.layers.isEmpty)
  }

  // MARK: - Rules for the next drawing

  @Test func aPinIsSetAndTakenAwayByOneKey() throws {
    var rig = try rig()
    rig.press(.character("s"), .character("5"), .right)
    let person = try #require(rig.model.chosenSeated?.id)
    rig.press(.character("*"))
    #expect(rig.host.plan?.mixing.pin(of: person) == 5)
    #expect(rig.screen.contains("vanaf de volgende indeling (t)"))
    rig.press(.character("*"))
    #expect(rig.host.plan?.mixing.pin(of: person) == nil)
    rig.press(.character("u"))
    #expect(rig.host.plan?.mixing.pin(of: person) == 5)
  }

  @Test func thoseMarkedAreKeptApartAndAllowedTogether() throws {
    var rig = try rig()
    rig.press(.character("s"), .character("6"), .right, .character("a"))
    #expect(rig.screen.contains("Markeer eerst twee of meer mensen"))
    rig.press(.enter, .down, .enter)
    let pair = rig.model.seating.marked
    rig.press(.character("a"))
    #expect(rig.host.plan?.mixing.keepApart.contains(pair) == true)
    rig.press(.up, .enter, .down, .enter, .character("a"))
    #expect(rig.host.plan?.mixing.keepApart.contains(pair) == false)
    rig.press(.character("u"))
    #expect(rig.host.plan?.mixing.keepApart.contains(pair) == true)
  }

  // MARK: - Late and away

  @Test func whoComesLateIsCheckedInFromHere() throws {
    var rig = try rig()
    rig.press(.character("s"), .character("l"))
    #expect(rig.screen.contains("Laat 1 · niet gekomen 1"))
    #expect(rig.screen.contains("kwam later: kreeg tafel"))
    let row = try #require(rig.model.seating.sheet?.attendance.firstIndex { $0.state == .away })
    for _ in 0..<row { rig.press(.down) }
    #expect(rig.model.chosenSeated?.id == "P3")
    rig.press(.character("y"))
    #expect(rig.host.presence(of: "P3") == .present)
    #expect(rig.screen.contains("Laat 1 · niet gekomen 0"))
    rig.press(.character("u"))
    #expect(rig.host.presence(of: "P3") == .absent)
  }

  @Test func whoLeavesLeavesTheChairEmpty() throws {
    var rig = try rig()
    rig.press(.character("s"), .right)
    let person = try #require(rig.model.chosenSeated)
    rig.press(.character("x"))
    #expect(rig.host.presence(of: person.id) == .absent)
    #expect(rig.screen.contains("stoel leeg"))
    #expect(rig.model.seating.mix(of: 1)?.noShows == [person.id])
    rig.press(.character("u"))
    #expect(rig.host.seatings[1]?.table(of: person.id) == 1)
  }

  // MARK: - What is amiss

  /// S0.8: a table of one group, that meets again, tells so and why.
  @Test(arguments: SnapshotTests.sizes, Language.allCases)
  func aBadDrawingTellsWhatIsAmissAndWhy(size: Size, language: Language) throws {
    var plan = Rig.plan
    plan.items[4].seating = .draw
    var rig = try Rig(size: size, language: language, plan: plan)
    let people = Rig.people.sorted { ($0.group ?? "", $0.id) < ($1.group ?? "", $1.id) }
    let tables = Dictionary(grouping: people.enumerated(), by: { $0.offset / 8 + 1 }).mapValues {
      $0.map(\.element.id)
    }
    let drawing = RoundSeating.Drawing(engine: "list", seed: 1, effort: 0, score: [], rules: MixingRules())
    try rig.give(.seat([1, 2].map { DrawnRound(round: $0, drawing: drawing, tables: tables) }))
    rig.press(.character("s"), .character("]"), .character("2"), .right)
    let why = rig.host.whyLacking(group: "wethouder", table: 2, round: 2)
    #expect(rig.model.seating.reasons?.lines.first { $0.group == "wethouder" }?.why == why)
    #expect(rig.model.seating.mix(of: 2)?.repeats.isEmpty == false)
    rig.press(.character("o"))
    #expect(rig.model.layers.count == 1)
    rig.press(.enter)
    try expectSnapshot(rig.screen, "seating-amiss.\(language).\(size.columns)x\(size.rows)")
  }

  // MARK: - Looking

  @Test func aNameIsFoundAsOneTypes() throws {
    var rig = try rig()
    rig.press(.character("s"), .character("/"))
    rig.type("nummer19")
    #expect(rig.model.tables.number(in: rig.model.session) == 5)
    rig.press(.escape)
    #expect(rig.model.tables.number(in: rig.model.session) == 1)
    rig.press(.character("/"))
    rig.type("nummer19")
    rig.press(.enter)
    #expect(rig.model.chosenSeated?.id == "P19")
  }

  @Test func escapeClearsTheMarksAndThenLeaves() throws {
    var rig = try rig()
    rig.press(.character("s"), .enter, .enter)
    #expect(rig.model.seating.marked.count == 1)
    rig.press(.escape)
    #expect(rig.model.seating.marked.isEmpty && rig.model.focus == .seating)
    rig.press(.escape)
    #expect(rig.model.focus == .agenda)
  }

  /// Without colours every group still has a letter of its own.
  @Test func groupsHaveLettersOfTheirOwn() {
    let names = ["cliënt", "cluster", "CL", "l", "", "12"] + (1...20).map { "c\($0)" }
    let groups = SeatGroup.all(of: names.map { Participant(id: $0, name: $0, group: $0) })
    #expect(groups.map(\.name) == names)
    #expect(Set(groups.map(\.letter)).count == groups.count)
    #expect(groups.prefix(2).map(\.letter) == ["C", "L"])
  }

  /// What only adds notes does not make the tables be weighed again.
  @Test func aNoteLeavesTheReadingAsItIs() throws {
    var rig = try rig()
    rig.press(.character("s"))
    var sheet = try #require(rig.model.seating.sheet)
    try rig.give(.contribute(NewContribution(table: 1, kind: "idea", text: "Eén loket")))
    let holdsAfterANote = sheet.holds(for: rig.host, round: 1)
    try rig.give(.leave("P9"))
    let holdsAfterALeave = sheet.holds(for: rig.host, round: 1)
    #expect(holdsAfterANote && !holdsAfterALeave)
    #expect(rig.model.seating.sheet?.count(.away) == 2)
  }

  @Test func thePapersAreAskedForAndTold() throws {
    var rig = try rig()
    rig.press(.character("s"), .character("d"))
    #expect(rig.effects.contains(.writePapers))
    rig.update(
      .papers(
        .written(
          folder: "wmo/documents", files: [("tafelkaarten.html", Phrase(nl: "om af te drukken", en: ""))])))
    #expect(
      rig.screen.contains("wmo/documents") && rig.screen.contains("tafelkaarten.html: om af te drukken"))
    rig.press(.escape)
    rig.update(.papers(.failed(Phrase(nl: "Geen toestemming.", en: "Denied."))))
    #expect(rig.screen.contains("Geen toestemming."))
  }

  @Test func aReplayShowsTheTablesOfThenAndChangesNothing() throws {
    var rig = try rig()
    let lines = rig.lines
    try rig.give(.swap(round: 1, a: "P1", b: "P2", deliberate: true))
    for (shown, table) in [(lines, 1), (rig.lines, 2)] {
      var model = Model(replaying: shown, size: Size(rows: 36, columns: 120), language: .nl)
      _ = model.update(.input(.key(.character("s"))))
      #expect(model.seating.sheet?.mixes.first { $0.people.contains("P1") }?.table == table)
      for key: Key in [.tab, .enter, .character("*"), .character("w"), .character("x"), .character("d")] {
        #expect(model.update(.input(.key(key))).isEmpty)
      }
      #expect(model.layers.isEmpty)
      #expect(!model.view().plainText.contains("ruil"))
    }
  }

  @Test func thePersonThatIsPressedIsChosen() throws {
    var rig = try rig()
    rig.press(.character("s"))
    let rows = rig.model.seating.rows(of: 1, in: rig.model.session)
    let name = try #require(rig.model.session.participant(rows[2])?.name)
    let screen = rig.screen.split(separator: "\n", omittingEmptySubsequences: false)
    let row = try #require(screen.firstIndex { $0.contains(name + " ") })
    rig.update(.input(.mouse(Mouse(row: row, column: 90, kind: .press))))
    #expect(rig.model.chosenSeated?.id == rows[2])
  }

  /// Five tables or five hundred: the chosen one is in sight, wherever it stands.
  @Test(arguments: SnapshotTests.sizes)
  func aHallOfFiveHundredTablesIsShown(size: Size) throws {
    var plan = Rig.plan
    plan.tables = (1...500).map { Table(number: $0, seats: 8) }
    var rig = try Rig(size: size, plan: plan)
    try rig.draw()
    rig.press(.character("s"))
    for index in [0, 250, 499] {
      rig.model.tables.selected = index
      rig.press(.left)
      #expect(rig.screen.contains("›\(index + 1) "))
      #expect(rig.model.view().cursor != nil)
    }
  }
}
