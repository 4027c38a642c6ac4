import Conference
import Ground
import Screen
import Testing

@testable import Console

/// Tables that improve on the screen while they are drawn, and may be taken at any moment (issue 4, point 7).
@Suite struct DrawingPageTests {
  @Test(arguments: SnapshotTests.sizes, Language.allCases)
  func itImprovesOnTheScreen(size: Size, language: Language) throws {
    var (rig, id) = try begun(size: size, language: language)
    for (step, cost) in [412_000, 260_400, 152_300].enumerated() {
      rig.update(.drawing(id, picture(rig, step: step, cost: cost)))
    }
    try expectSnapshot(rig.screen, "drawing.\(language).\(size.columns)x\(size.rows)")
  }

  @Test(arguments: SnapshotTests.sizes, Language.allCases)
  func itSaysWhenItCannotBeBetter(size: Size, language: Language) throws {
    var (rig, id) = try begun(size: size, language: language)
    rig.update(.drawing(id, picture(rig, step: 0, cost: 412_000)))
    rig.update(.drawing(id, picture(rig, step: 3, cost: 148_000, isDone: true)))
    try expectSnapshot(rig.screen, "drawing-done.\(language).\(size.columns)x\(size.rows)")
  }

  @Test func enterTakesItAndGoesBack() throws {
    var (rig, id) = try begun()
    rig.update(.drawing(id, picture(rig, step: 1, cost: 200_000)))
    rig.press(.enter, .enter)
    #expect(rig.effects.suffix(1) == [.endDrawing(id, taking: true)])
    #expect(rig.effects.count { $0 == .endDrawing(id, taking: true) } == 1)
    try rig.draw()
    rig.update(.answer(id, .inRecord))
    #expect(rig.model.focus == .agenda && rig.model.drawing == nil)
    #expect(rig.screen.contains("De tafels zijn ingedeeld."))
  }

  @Test func escapeGivesItUpAndAsksNothing() throws {
    var (rig, id) = try begun()
    let before = rig.host
    rig.press(.escape)
    #expect(rig.effects.last == .endDrawing(id, taking: false))
    #expect(rig.model.layers.isEmpty && rig.model.focus == .agenda && rig.host == before)
    // What was still on its way changes nothing.
    rig.update(.drawing(id, picture(rig, step: 1, cost: 1000, isDone: true)))
    #expect(rig.model.drawing == nil && rig.effects.last == .endDrawing(id, taking: false))
  }

  /// What was found would be lost, also before the opening, when leaving asks nothing else.
  @Test func leavingMeanwhileAsks() throws {
    var (rig, id) = try begun()
    rig.update(.drawing(id, picture(rig, step: 0, cost: 412_000)))
    rig.press(.character("q"))
    #expect(!rig.effects.contains(.quit))
    #expect(rig.screen.contains("nog niet overgenomen"))
    rig.press(.character("n"), .escape, .character("q"))
    #expect(rig.effects.contains(.quit))
  }

  /// Whoever does something else meanwhile gets the tables all the same.
  @Test func leftToItselfItIsTakenWhenItIsDone() throws {
    var (rig, id) = try begun()
    rig.press(.character("n"))
    #expect(rig.model.focus == .note)
    rig.update(.drawing(id, picture(rig, step: 1, cost: 200_000)))
    #expect(rig.effects.last != .endDrawing(id, taking: true))
    rig.update(.drawing(id, picture(rig, step: 2, cost: 150_000, isDone: true)))
    #expect(rig.effects.last == .endDrawing(id, taking: true))
    rig.update(.answer(id, .inRecord))
    #expect(rig.model.focus == .note && rig.model.drawing == nil)
  }

  @Test func theSameKeyGoesBackToIt() throws {
    var (rig, id) = try begun()
    rig.press(.character("s"))
    #expect(rig.model.focus == .seating)
    rig.press(.character("t"))
    #expect(rig.model.focus == .drawing && rig.model.drawing?.id == id)
    #expect(rig.effects.count { if case .draw = $0 { true } else { false } } == 1)
  }

  /// Rules that clash are told on a card, to be read in full.
  @Test func whyThereAreNoTablesStaysToBeRead() throws {
    var (rig, id) = try begun()
    let why = Phrase(nl: "Tafel 2 heeft 5 plaatsen, 6 mensen moeten er zitten.", en: "Too few.")
    rig.update(.answer(id, .refused(why, wantsYes: false)))
    #expect(rig.screen.contains("Tafel 2 heeft 5 plaatsen") && rig.screen.contains("niet ingedeeld"))
    rig.press(.escape)
    #expect(rig.model.focus == .agenda && rig.model.drawing == nil)
  }

  @Test(arguments: [Size(rows: 12, columns: 40), Size(rows: 16, columns: 70)])
  func smallScreensShowTheWordsFirst(size: Size) throws {
    var (rig, id) = try begun(size: size)
    rig.update(.drawing(id, picture(rig, step: 1, cost: 200_000)))
    #expect(rig.screen.contains("Wordt nog beter"))
    #expect(rig.model.view().cursor != nil)
  }

  @Test func otherRoundsAndTablesCanBeLookedAt() throws {
    var (rig, id) = try begun(plan: Self.twoRounds)
    rig.update(.drawing(id, picture(rig, step: 1, cost: 200_000, rounds: 2)))
    #expect(rig.screen.contains("Tafels indelen · ronde 1 tot en met 2"))
    #expect(rig.screen.contains("Ronde 1 van 2"))
    rig.press(.right, .right, .down)
    #expect(rig.screen.contains("Ronde 2 van 2"))
    rig.press(.character("["))
    #expect(rig.screen.contains("Ronde 1 van 2"))
  }

  // MARK: - The record of it on the seating page

  @Test(arguments: SnapshotTests.sizes, Language.allCases)
  func thePageTellsHowARoundWasDrawn(size: Size, language: Language) throws {
    var rig = try Rig(size: size, language: language)
    try rig.give(.seat(Self.drawn(step: 0, cost: 152_300)))
    try rig.give(.swap(round: 1, a: "P1", b: "P2", deliberate: true))
    rig.press(.character("s"))
    try expectSnapshot(rig.screen, "seating-drawn.\(language).\(size.columns)x\(size.rows)")
    rig.press(.character("o"))
    try expectSnapshot(rig.screen, "seating-explained.\(language).\(size.columns)x\(size.rows)")
  }

  // MARK: - Support

  static let twoRounds: Plan = {
    var plan = Rig.plan
    plan.items[4].seating = .draw
    return plan
  }()

  /// A console on which a drawing has begun.
  private func begun(
    size: Size = Size(rows: 36, columns: 120), language: Language = .nl, plan: Plan = Rig.plan
  ) throws -> (Rig, CommandID) {
    var rig = try Rig(size: size, language: language, plan: plan)
    rig.press(.character("t"))
    guard case .draw(let id)? = rig.effects.last else {
      Issue.record("nothing is drawn")
      return (rig, .random())
    }
    return (rig, id)
  }

  /// Tables dealt in another way for each step.
  static func drawn(step: Int, cost: Int, rounds: Int = 1) -> [DrawnRound] {
    var drawing = RoundSeating.Drawing(
      engine: "deal/1", seed: 2026, effort: 90_000,
      score: [
        .init(name: "total", value: String(cost)), .init(name: "repeats", value: "20000"),
        .init(name: "mix:group", value: String(cost - 20_000)),
      ], rules: MixingRules())
    drawing.bound = [
      .init(name: "total", value: "148000"), .init(name: "repeats", value: "0"),
      .init(name: "mix:group", value: "128000"),
    ]
    drawing.isOptimal = cost <= 148_000
    return (1...rounds).map { round in
      let tables = Dictionary(grouping: Rig.people.enumerated()) {
        ($0.offset * (step + round) + $0.offset / 7) % 7 + 1
      }
      .mapValues { $0.map(\.element.id) }
      return DrawnRound(round: round, drawing: drawing, tables: tables)
    }
  }

  private func picture(
    _ rig: Rig, step: Int, cost: Int, isDone: Bool = false, rounds: Int = 1
  ) -> DrawingPicture {
    DrawingPicture(
      session: rig.host,
      best: DrawnTables(
        rounds: Self.drawn(step: step, cost: cost, rounds: rounds), cost: cost, bound: 148_000,
        isOptimal: cost <= 148_000),
      elapsed: .seconds(step + 1), isDone: isDone)
  }
}
