import Conference
import Ground
import Seating
import Synchronization
import Testing

/// A drawing within a time, on a clock that the engine itself moves on: no test here waits for anything.
@Suite struct DrawingBudgetTests {
  private let request = SeatingRequest(
    participants: [Participant(id: "a", name: "a")], tables: [Table(number: 1, seats: 1)], rounds: 1)

  private func draw(
    _ engine: CountingEngine, within time: Int64, report: (SeatingDrawing) -> Bool = { _ in true }
  ) throws -> OrderedDrawing {
    let begin = engine.clock.now
    return try request.draw(
      with: engine, seed: 7, within: DrawingBudget(deadline: begin + time) { engine.clock.now },
      report: report)
  }

  /// From 50 ms to a minute, slow machines and fast ones, starts that take long: done in time, and the time used.
  @Test(arguments: [50_000_000, 200_000_000, 1_000_000_000, 60_000_000_000] as [Int64], [20, 300, 5_000])
  func theTimeIsUsedAndKept(time: Int64, proposal: Int64) throws {
    for starting in [0, time / 100, time / 5] {
      let engine = CountingEngine(starting: starting, proposal: proposal)
      let drawn = try draw(engine, within: time)
      let used = engine.clock.now
      #expect(used <= time, "\(starting): \(used)")
      // A third at least, where starting takes a fifth of the time and must be done twice.
      let weighed = drawn.order.brokenOffAt ?? drawn.order.effort
      #expect(weighed * Int(proposal) > Int(time) / 3, "\(starting): \(weighed)")
      // A main search has the larger part behind it where the deadline breaks it off.
      #expect(weighed >= drawn.order.effort / 2 && drawn.order.seed == 7)
    }
  }

  @Test func whatNeverEndsInTimeIsBrokenOffAndComesOutAgain() throws {
    // The longer drawing is, the slower the machine: what was measured promised too much.
    let engine = CountingEngine(starting: 0, proposal: 100, slowerAfter: 20_000)
    let drawn = try draw(engine, within: 100_000_000)
    #expect(engine.clock.now <= 110_000_000)
    let stop = try #require(drawn.order.brokenOffAt)
    #expect(stop < drawn.order.effort && stop == drawn.drawing.proposals)
    #expect(try engine.draw(request.problem(), drawn.order) == drawn.drawing)
  }

  @Test func aStartThatTakesTooLongStillGivesAPlan() throws {
    let drawn = try draw(CountingEngine(starting: 500_000_000, proposal: 100), within: 50_000_000)
    #expect(drawn.order.brokenOffAt == 0 && drawn.drawing.plan.rounds == [[[0]]])
  }

  @Test func nothingIsDrawnAfterTheBestThereIs() throws {
    let engine = CountingEngine(starting: 1_000_000, proposal: 100, bound: 1_000_000)
    let drawn = try draw(engine, within: 10_000_000_000)
    #expect(drawn.drawing.isOptimal && drawn.order.brokenOffAt == nil)
    #expect(engine.clock.now < 100_000_000)
  }

  @Test func whoeverBreaksOffGetsTheBestSoFar() throws {
    var told: [Int] = []
    let engine = CountingEngine(starting: 0, proposal: 100)
    let drawn = try draw(engine, within: 10_000_000_000) { soFar in
      told.append(soFar.proposals)
      return told.count < 3
    }
    #expect(told.count == 3)
    #expect(drawn.order.brokenOffAt == drawn.drawing.proposals)
    #expect(engine.clock.now < 100_000_000)
  }
}

private final class FakeClock: Sendable {
  private let time = Atomic<Int64>(0)
  var now: Int64 { time.load(ordering: .relaxed) }
  func pass(_ nanoseconds: Int64) { time.add(nanoseconds, ordering: .relaxed) }
}

/// An engine that only counts its proposals: the more there were, the lower the cost.
private struct CountingEngine: SeatingEngine {
  let name = "counting/1"
  let clock = FakeClock()
  let starting: Int64
  let proposal: Int64
  var slowerAfter = Int.max
  var bound = 0

  func draw(
    _ problem: SeatingProblem, _ order: DrawingOrder, on workers: SeatingWorkers,
    report: (SeatingDrawing) -> Bool
  ) throws(SeatingConflict) -> SeatingDrawing {
    clock.pass(starting)
    var done = 0
    while report(drawing(done, order)) {
      let stop = min(order.effort, order.brokenOffAt ?? .max)
      guard done < stop, !drawing(done, order).isOptimal else { break }
      let next = min(1 + order.effort / 500, stop - done)
      clock.pass(Int64(next) * proposal * (done >= slowerAfter ? 10 : 1))
      done += next
    }
    return drawing(done, order)
  }

  private func drawing(_ done: Int, _ order: DrawingOrder) -> SeatingDrawing {
    SeatingDrawing(
      plan: SeatingPlan(rounds: [[[0]]]),
      score: SeatingScore(repeats: max(bound, 1_000_000_000 / (1 + done)), attributes: [], repeatedPairs: 0),
      bound: SeatingBound(repeats: bound, attributes: []), proposals: done, effort: order.effort)
  }
}
