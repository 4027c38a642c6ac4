import Ground

/// Simulated annealing from a dealt and rotated start: the first engine.
///
/// Every plan it looks at meets all hard rules, and no move makes tables' sizes differ more. Cooling goes by
/// the number of proposals, never by a clock.
public struct LocalSearch: SeatingEngine {
  /// The engine's name and version.
  public let name = "local-search/1"

  /// The highest temperature, in units of the weights.
  var hot = 4.0
  /// The lowest temperature: below it nearly nothing is accepted that costs more.
  var cold = 0.4

  /// Creates an engine.
  public init() {}

  /// The number of proposals that gives a good plan well within half a second.
  ///
  /// It grows with the seats to fill, for small conferences as well as for 5,000 people.
  public static func recommendedEffort(people: Int, rounds: Int) -> Int {
    let seats = max(0, people).multipliedReportingOverflow(by: max(0, rounds))
    return seats.overflow ? 20_000_000 : min(20_000_000, 1_000_000 + min(seats.partialValue, 10_000) * 3_000)
  }

  /// Draws tables; see `SeatingEngine`.
  ///
  /// Returns as many rounds as the problem has. An effort of 0 gives the start plan. Throws the first
  /// contradiction that the rules hold, or `notFound`.
  public func draw(
    _ problem: SeatingProblem, _ order: DrawingOrder, on workers: SeatingWorkers,
    report: (SeatingDrawing) -> Bool
  ) throws(SeatingConflict) -> SeatingDrawing {
    let plan = try draw(problem, order)
    return SeatingDrawing(
      plan: plan, score: problem.score(plan), bound: problem.bound(of: plan), proposals: order.effort,
      effort: order.effort)
  }

  private func draw(
    _ problem: SeatingProblem, _ order: DrawingOrder
  ) throws(SeatingConflict) -> SeatingPlan {
    let held = Array(order.fixed.prefix(max(0, problem.rounds)))
    if let conflict = problem.conflicts(from: held.count).first { throw conflict }
    for table in held.joined() {
      for person in table where !problem.everyone.contains(person) {
        throw .unknown(person: person, table: nil)
      }
    }
    guard held.count < problem.rounds else { return SeatingPlan(rounds: held) }
    var random = SplitMix64(seed: order.seed)
    let wishes = Rotation.wishes(problem, random: &random)
    var rules: [RoundRules] = []
    var seated: [[[Int]]] = []
    for round in held.count..<problem.rounds {
      let own = RoundRules(problem, round: round)
      var start = RoundStart(own, wishes: wishes[round], random: SplitMix64(seed: random.next()))
      seated.append(try start.seat())
      rules.append(own)
    }
    let state = SearchState(problem, rules: rules, seated: seated, held: held)
    var annealing = Annealing(state, problem, mayRelabel: held.isEmpty, random: random)
    annealing.even()
    annealing.run(effort: max(0, order.effort), hot: hot, cold: cold)
    return SeatingPlan(rounds: held + annealing.best)
  }
}
