import Ground

/// Simulated annealing from a designed start: the engine that seats people.
///
/// Two chains search at the same time. In a small hall each has a plan of its own and the better one counts;
/// in a large one they work on different rounds of the same plan. How hot to begin is found by short
/// searches at several temperatures, of which the best go on longer. All goes by the number of proposals,
/// never by a clock or the number of cores.
public struct Annealer: SeatingEngine {
  /// The engine's name and version.
  public let name = "annealer/2"

  /// Creates an engine.
  public init() {}

  /// The number of proposals that gives a very good plan in a second or two.
  ///
  /// It grows with the seats to fill, for small conferences as well as for 5,000 people.
  public static func recommendedEffort(people: Int, rounds: Int) -> Int {
    let seats = max(0, people).multipliedReportingOverflow(by: max(0, rounds))
    return seats.overflow ? 40_000_000 : min(40_000_000, 4_000_000 + min(seats.partialValue, 10_000) * 6_000)
  }

  /// Draws tables; see `SeatingEngine`.
  ///
  /// Returns as many rounds as the problem has. An effort of 0 gives the start plan. Throws the first
  /// contradiction that the rules hold, or `notFound`.
  public func draw(
    _ problem: SeatingProblem, _ order: DrawingOrder, on workers: SeatingWorkers,
    report: (SeatingDrawing) -> Bool
  ) throws(SeatingConflict) -> SeatingDrawing {
    let held = Array(order.fixed.prefix(max(0, problem.rounds)))
    if let conflict = problem.conflicts(from: held.count).first { throw conflict }
    for table in held.joined() {
      for person in table where !problem.everyone.contains(person) {
        throw .unknown(person: person, table: nil)
      }
    }
    guard held.count < problem.rounds else { return drawing(problem, held, order, proposals: 0) }
    // Somebody who was told a table and must get up weighs double while there is a choice: few moves are worth
    // more to a hall than the last point of the mix.
    var weighed = problem
    weighed.moveWeight *= 2
    let rules = (held.count..<problem.rounds).map { RoundRules(problem, round: $0) }
    let mended = mended(problem, held: held.count)
    var chains: [Chain] = []
    for number in 0..<Search.chains {
      var random = SplitMix64(seed: order.seed)
      for _ in 0..<number { random = SplitMix64(seed: random.next()) }
      let seated: [[[Int]]]
      if let mended {
        seated = mended
      } else {
        let wishes = Starts.wishes(problem, random: &random)
        var rounds: [[[Int]]] = []
        for own in rules {
          var start = RoundStart(own, wishes: wishes[own.round], random: SplitMix64(seed: random.next()))
          rounds.append(try start.seat())
        }
        seated = rounds
      }
      let state = SearchState(weighed, rules: rules, seated: seated, held: held)
      let chain = Chain(state, problem, held: held.count, random: random)
      chain.even()
      chains.append(chain)
    }
    var search = Search(problem, held: held, chains: chains, order: order, workers: workers)
    search.run(report)
    return search.drawing
  }

  /// The rounds to come as they were made known, with the fewest moves that rules and people ask for; nil where
  /// nothing was made known, or it cannot be mended.
  private func mended(_ problem: SeatingProblem, held: Int) -> [[[Int]]]? {
    guard problem.published.count == problem.rounds else { return nil }
    let freedom = (0..<problem.rounds).map { $0 < held ? Reseating.Freedom.held : .open }
    return (try? Reseating.mend(problem, freedom)).map { Array($0.rounds.dropFirst(held)) }
  }

  private func drawing(
    _ problem: SeatingProblem, _ rounds: [[[Int]]], _ order: DrawingOrder, proposals: Int
  ) -> SeatingDrawing {
    let plan = SeatingPlan(rounds: rounds)
    return SeatingDrawing(
      plan: plan, score: problem.score(plan), bound: problem.bound(of: plan), proposals: proposals,
      effort: order.effort)
  }
}
