import Conference
import Ground
import Seating
import Testing

/// What stands in a record can be drawn again, and swaps by hand keep their cost (issue 4, point 6).
@Suite struct RedrawTests {
  /// A run in which much happened between the moment of a drawing and its lines.
  private func eventful(_ engine: any SeatingEngine = Annealer(), stopAt: Int? = nil) throws -> Run {
    var plan = Plan.sample
    plan.items[4].seating = .draw
    var run = try Run(plan: plan)
    func draw(seed: UInt64) throws -> DrawnTables {
      try run.session.draw(with: engine, DrawingOrder(seed: seed, effort: 3000)) { best in
        stopAt.map { best().rounds[0].drawing.proposals ?? 0 < $0 } ?? true
      }
    }
    try run.send(.leave("p2"))
    try run.send(.pin(person: "p3", table: 2))
    let first = try draw(seed: 7)
    try run.send(.register(name: "Laat", organisation: nil, group: "G1", municipality: nil))
    try run.send(.unpin(person: "p3"))
    try run.send(.leave("p1"))
    try run.send(.seat(first.rounds))
    for _ in 0..<3 { try run.send(.advance) }
    let people = try #require(run.session.seatings[1]?.tables)
    let (a, b) = (try #require(people[1]?.first), try #require(people[2]?.first))
    try run.send(.swap(round: 1, a: a, b: b, deliberate: true))
    // The round that runs is held: it stays, and who met there counts.
    let second = try draw(seed: 8)
    try run.send(.arrive("p1"))
    try run.send(.seat(second.rounds))
    return run
  }

  @Test func everyDrawingOfARecordComesOutTheSame() throws {
    let run = try eventful()
    let checks = DrawingCheck.all(in: run.lines, with: Annealer())
    #expect(checks.map(\.rounds) == [[1, 2], [2]])
    #expect(checks.map(\.verdict) == [.same, .same])
    #expect(checks.map(\.drawing.seed) == [7, 8])
    #expect(checks.allSatisfy { $0.drawing.brokenOffAt == nil && $0.drawing.proposals ?? 0 <= 3000 })
  }

  @Test func soDoesOneThatWasTakenEarly() throws {
    let run = try eventful(SteppedEngine(), stopAt: 1500)
    let checks = DrawingCheck.all(in: run.lines, with: SteppedEngine())
    #expect(checks.map(\.verdict) == [.same, .same])
    #expect(checks.map(\.drawing.brokenOffAt) == [1500, 1500])
  }

  @Test func otherTablesAreNoticed() throws {
    let run = try eventful()
    // Somebody sat down elsewhere, by an editor of text.
    let place = try #require(run.lines.firstIndex { $0.type == "table.seated" })
    guard case .tableSeated(let round, let table, let people) = try Event(run.lines[place]) else {
      throw EventError.unknown(type: "table.seated", version: 1)
    }
    var lines = run.lines
    lines[place] = Line(
      seq: lines[place].seq, at: lines[place].at, type: "table.seated", by: lines[place].by,
      cmd: lines[place].cmd,
      data: Event.tableSeated(round: round, table: table, people: Array(people.dropFirst())).draft.data)
    #expect(DrawingCheck.all(in: lines, with: Annealer()).first?.verdict == .differs(rounds: [1]))
  }

  @Test func anotherEngineIsNotCompared() throws {
    let checks = DrawingCheck.all(in: try eventful().lines, with: SteppedEngine())
    #expect(checks.map(\.verdict) == [.otherEngine, .otherEngine])
  }

  /// Records of before that was kept.
  @Test func aDrawingThatDoesNotTellItsStartIsNotBlamed() throws {
    var run = try Run()
    var drawn = try run.session.draw(with: Annealer(), DrawingOrder(seed: 7, effort: 1000)).rounds
    for index in drawn.indices { drawn[index].drawing.after = nil }
    var late = run
    try run.send(.seat(drawn))
    #expect(DrawingCheck.all(in: run.lines, with: Annealer()).map(\.verdict) == [.same])
    try late.send(.leave("p5"))
    try late.send(.seat(drawn))
    #expect(DrawingCheck.all(in: late.lines, with: Annealer()).map(\.verdict) == [.unknownStart])
  }

  @Test func aDrawingKeepsItsCostAndBoundByTerm() throws {
    let run = try eventful()
    let drawing = try #require(run.session.seatings[2]?.drawing)
    let attributes = drawing.rules.attributes.map { "mix:\($0.name)" }
    #expect(drawing.score.map(\.name) == ["total", "repeats"] + attributes)
    #expect(drawing.bound.map(\.name) == ["total", "repeats"] + attributes)
    for (cost, bound) in zip(drawing.score, drawing.bound) {
      #expect(try #require(Int(cost.value)) >= #require(Int(bound.value)), "\(cost.name)")
    }
    #expect(drawing.isOptimal == (drawing.score.first == drawing.bound.first))
  }

  // MARK: - By hand

  @Test func aSwapKeepsItsCostAndAnUndoTakesItAway() throws {
    var run = try Run()
    try run.draw()
    let tables = try #require(run.session.seatings[1]?.tables)
    let (a, b) = (try #require(tables[1]?.first), try #require(tables[2]?.last))
    let reading = try #require(run.session.swapCost(round: 1, a: a, b: b))
    try run.send(.swap(round: 1, a: a, b: b, deliberate: true))
    let change = try #require(run.session.seatings[1]?.changes.first)
    #expect(change.people == [a, b])
    #expect(change.costs == reading.change)
    #expect(change.before.thousandths("total") == reading.before)
    for term in reading.terms {
      let name = term.name == "repeats" ? term.name : "mix:\(term.name)"
      #expect(change.after.thousandths(name) == term.after)
    }
    try run.send(.undo)
    #expect(run.session.seatings[1]?.changes.isEmpty == true)
  }

  @Test func aMoveToAFreeChairKeepsItsCost() throws {
    var run = try Run()
    try run.draw()
    let person = try #require(run.session.seatings[1]?.tables[1]?.first)
    try run.send(.reseat(person: person, table: 2, round: 1, deliberate: true))
    let change = try #require(run.session.seatings[1]?.changes.first)
    #expect(change.people == [person] && change.costs != nil)
    // The next change begins where this one ended.
    try run.send(.reseat(person: person, table: 1, round: 1, deliberate: true))
    let changes = try #require(run.session.seatings[1]?.changes)
    #expect(changes.count == 2 && changes[1].before == changes[0].after)
    #expect(changes.compactMap(\.costs).reduce(0, +) == 0)
  }
}

/// The first engine in steps of 500 proposals, so that it can be broken off.
struct SteppedEngine: SeatingEngine {
  let name = "stepped/1"

  func draw(
    _ problem: SeatingProblem, _ order: DrawingOrder, on workers: SeatingWorkers,
    report: (SeatingDrawing) -> Bool
  ) throws(SeatingConflict) -> SeatingDrawing {
    var proposals = 0
    while true {
      var step = order
      step.effort = proposals
      var drawing = try Annealer().draw(problem, step)
      (drawing.proposals, drawing.effort) = (proposals, order.effort)
      let goesOn = report(drawing)
      if !goesOn || proposals >= order.effort || order.brokenOffAt.map({ proposals >= $0 }) ?? false {
        return drawing
      }
      proposals += 500
    }
  }
}
