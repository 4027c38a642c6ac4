import Seating

/// The time in which a drawing must be done, on a machine whose speed is not known beforehand.
///
/// Engines cool by a number of proposals that is fixed when they start, never by a clock. So short drawings
/// come first, to measure how many proposals a second the engine weighs, and the last one gets as many as
/// fit, or a few more. Any of them comes out the same again by its order; the best counts.
public struct DrawingBudget {
  /// When the drawing must be done, in nanoseconds on the clock.
  let deadline: Int64
  /// A clock that never goes back, in nanoseconds.
  let now: () -> Int64

  /// The effort of the first measurement: a few milliseconds for any hall.
  static let firstEffort = 2_000
  /// The largest effort: beyond it counts would come near the largest integers.
  public static let mostEffort = 1 << 50

  /// Creates a budget; both times in nanoseconds.
  public init(deadline: Int64, now: @escaping () -> Int64) {
    self.deadline = deadline
    self.now = now
  }
}

/// A drawing with the order by which it comes out the same again.
public struct OrderedDrawing: Sendable, Equatable {
  /// What was drawn.
  public var drawing: SeatingDrawing
  /// How it was drawn.
  public var order: DrawingOrder
  /// Creates a drawing with its order.
  public init(drawing: SeatingDrawing, order: DrawingOrder) {
    self.drawing = drawing
    self.order = order
  }
}

extension SeatingRequest {
  /// Draws the best tables that the time allows; the rounds already held stay as they were.
  ///
  /// `report` gets the best so far of the drawing that is under way, and breaks off by answering false; the
  /// outcome then is the best until there. Throws the reasons why the rules cannot be met.
  public func draw(
    with engine: any SeatingEngine, seed: UInt64, within budget: DrawingBudget,
    on workers: SeatingWorkers = .oneByOne, report: (SeatingDrawing) -> Bool = { _ in true }
  ) throws(SeatingRefusal) -> OrderedDrawing {
    let problem = try problem()
    let begin = budget.now()
    var order = DrawingOrder(seed: seed, effort: DrawingBudget.firstEffort, fixed: fixed)
    var run = try timed(engine, problem, order, budget, workers, report)
    var best = run.outcome
    var before: TimedDrawing?
    while !run.isOver, let next = budget.nextEffort(after: run, before, since: begin) {
      order.effort = next
      before = run
      run = try timed(engine, problem, order, budget, workers, report)
      if run.outcome.drawing.score.total < best.drawing.score.total { best = run.outcome }
    }
    return best
  }

  /// One drawing, with the time it took to start and to search.
  private func timed(
    _ engine: any SeatingEngine, _ problem: SeatingProblem, _ order: DrawingOrder, _ budget: DrawingBudget,
    _ workers: SeatingWorkers, _ report: (SeatingDrawing) -> Bool
  ) throws(SeatingRefusal) -> TimedDrawing {
    let begin = budget.now()
    var searchBegan: Int64?
    var isBrokenOff = false
    let drawing: SeatingDrawing
    do {
      drawing = try engine.draw(problem, order, on: workers) { soFar in
        let now = budget.now()
        // What the engine tells first is the plan that it starts from.
        if searchBegan == nil { searchBegan = now }
        // The next report may be a while away.
        let goesOn = report(soFar) && now + (now - begin) / 100 < budget.deadline
        if !goesOn { isBrokenOff = true }
        return goesOn
      }
    } catch {
      throw SeatingRefusal(reasons: [error.phrase(self)])
    }
    var told = order
    if isBrokenOff && !drawing.isOptimal { told.brokenOffAt = drawing.proposals }
    let searchBegin = searchBegan ?? begin
    return TimedDrawing(
      outcome: OrderedDrawing(drawing: drawing, order: told), starting: searchBegin - begin,
      searching: budget.now() - searchBegin, isOver: isBrokenOff || drawing.isOptimal)
  }
}

/// A drawing and the time that it took, in nanoseconds.
private struct TimedDrawing {
  var outcome: OrderedDrawing
  /// Until there was a plan to start from.
  var starting: Int64
  /// From there to the end.
  var searching: Int64
  /// Whether it was broken off, or nothing can be better.
  var isOver: Bool
}

extension DrawingBudget {
  /// The effort of the drawing after this one; nil: no longer one fits.
  ///
  /// A search takes some time whatever its effort. So the speed is that of what `run` did more than the run
  /// before it, where there was one.
  fileprivate func nextEffort(after run: TimedDrawing, _ before: TimedDrawing?, since begin: Int64) -> Int? {
    let effort = run.outcome.order.effort
    let left = deadline - now()
    // Measure until it is long enough to be told apart from the clock's ticks and from chance, yet short
    // against the whole.
    if run.searching < max(2_000_000, (deadline - begin) / 20), run.starting + 5 * run.searching < left / 8 {
      return effort * 4
    }
    var speed = Double(effort) / Double(max(1, run.searching))
    if let before, run.searching > before.searching, effort > before.outcome.order.effort {
      let marginal =
        Double(effort - before.outcome.order.effort) / Double(run.searching - before.searching)
      speed = min(2 * speed, max(speed, marginal))
    }
    // Rather too much: short runs look slower than they are, and an engine does its main work first.
    let more = Double(left - run.starting) * 1.4 - Double(run.searching)
    let fitting = Double(effort) + more * speed
    // The whole time is used by one drawing; only where the measurement was far off, another one follows.
    guard fitting > 1.3 * Double(effort) else { return nil }
    return Int(min(fitting, Double(DrawingBudget.mostEffort)))
  }
}
