/// How the chains share the proposals: short searches of several kinds first, the best of them go on longer.
struct Search {
  /// The number of chains: fixed, so that the outcome does not depend on the machine.
  static let chains = 2
  /// The parts of the proposals for the first tries, for the better half of them, for the best.
  private static let parts = [0.15, 0.2, 0.35]
  /// How often the best plan is warmed up again with the rest of the proposals.
  private static let reheats = 6
  /// From each temperature to the next.
  private static let cooling = 0.98
  /// At least as many proposals at each temperature.
  private static let least = 2000

  private let problem: SeatingProblem
  private let held: [[[Int]]]
  private let chains: [Chain]
  private let order: DrawingOrder
  private let workers: SeatingWorkers
  private var bestCost: Int
  private var best: [Int32]
  private var proposals = 0
  /// The bound in the chains' unit, and the tables' sizes that it goes by.
  private var bound = 0
  private var boundSizes: [[Int]] = []
  private var toldCost = Int.max
  private var nextReport = 0
  /// The best so far.
  private(set) var drawing: SeatingDrawing

  init(
    _ problem: SeatingProblem, held: [[[Int]]], chains: [Chain], order: DrawingOrder, workers: SeatingWorkers
  ) {
    self.problem = problem
    self.held = held
    self.chains = chains
    self.order = order
    self.workers = workers
    let first = chains.indices.min { chains[$0].bestCost < chains[$1].bestCost } ?? 0
    bestCost = chains[first].bestCost
    best = chains[first].best
    let plan = SeatingPlan(rounds: held + chains[0].state.seating(best))
    drawing = SeatingDrawing(
      plan: plan, score: problem.score(plan), bound: problem.bound(of: plan), proposals: 0,
      effort: max(0, order.effort))
    boundSizes = plan.rounds.map { $0.map(\.count) }
    bound = drawing.bound.total * SearchState.scale / 1000
  }

  /// A kind of search: by which moves, from which temperature, and what it came to in each chain.
  private struct Try {
    /// Of 256 proposals, how many are trades.
    var trades: Int
    var hot: Double
    /// How long to stay at each temperature, after the first time: longer where the costs differ more.
    var pace: [Double] = []
    var cost = 0
    var seats: [[Int32]]
  }

  /// Searches until all proposals were weighed, nothing can be better, or `report` answers false.
  mutating func run(_ report: (SeatingDrawing) -> Bool) {
    guard report(drawing), !drawing.isOptimal, min(order.effort, order.brokenOffAt ?? .max) > 0,
      chains.contains(where: \.canMove)
    else {
      return
    }
    var tries = tries
    var begin = 0.0
    for part in Search.parts {
      for number in tries.indices {
        let end = begin + part * Double(number + 1) / Double(tries.count)
        for (chain, seats) in zip(chains, tries[number].seats) { chain.restart(from: seats) }
        guard anneal(&tries[number], until: Int(end * Double(order.effort)), report) else { return }
      }
      begin += part
      tries.sort { $0.cost < $1.cost }
      tries.removeLast(tries.count / 2)
    }
    // The rest warms the best plan up again and again, half as much as at first.
    let begins = proposals
    for number in 0..<Search.reheats {
      var again = tries[0]
      again.hot /= 2
      again.pace = []
      for chain in chains { chain.restart(from: best) }
      let end = begins + (order.effort - begins) * (number + 1) / Search.reheats
      guard anneal(&again, until: end, report) else { return }
    }
    proposals = order.effort
    _ = keepBest(report)
  }

  /// What one person in the wrong place costs, by term: where the weight of the term is not 0.
  private var steps: [Int] {
    (problem.attributes.map { $0.kind == .mirror ? 2 * $0.weight : $0.weight } + [problem.repeatWeight])
      .filter { $0 > 0 }
  }

  /// The kinds of search worth a try, the coolest first: those soon show something good.
  ///
  /// Temperatures go by what a step costs. Tables that were made known are kept but for what is worth a move.
  private var tries: [Try] {
    let starts = chains.map(\.best)
    let unit = Double(steps.reduce(0, +)) / Double(max(1, steps.count))
    func search(_ trades: Int, _ heat: Double) -> Try { Try(trades: trades, hot: heat * unit, seats: starts) }
    if !problem.published.isEmpty { return [search(0, 0.1), search(0, 0.3)] }
    let rounds = Double(chains[0].state.rounds.count)
    // A design in which nobody meets twice is worth keeping: trades do. One trade changes a table in each
    // round, and as many random steps come to the root of their number.
    if rounds > 2, chains[0].canTrade, !problem.attributes.isEmpty,
      drawing.score.repeats <= drawing.bound.repeats
    {
      let root = rounds.squareRoot()
      if rounds <= 5 { return [search(128, 0.2), search(256, 0.5 * root), search(256, 0.55 * root)] }
      // In a long series an exchange in one round makes people meet twice for certain; and trades need so many
      // proposals to settle that a short search is better spent on one temperature.
      let isShort = order.effort < 50_000 * problem.people * chains[0].state.rounds.count
      return (isShort ? [0.5] : [0.4, 0.5, 0.6]).map { search(256, $0 * root) }
    }
    return [search(40, 0.15), search(128, 0.3), search(128, 0.6)]
  }

  /// The temperature at which hardly any exchange passes that costs anything.
  private var cold: Double { 0.15 * Double(steps.min() ?? 1) }

  /// Cools down while the proposals last; false where the search is over.
  private mutating func anneal(
    _ search: inout Try, until end: Int, _ report: (SeatingDrawing) -> Bool
  ) -> Bool {
    let begin = proposals
    let descent = (end - begin) / 16
    let cold = cold
    var heats = [search.hot]
    while let last = heats.last, last > cold { heats.append(last * Search.cooling) }
    // In a short search fewer temperatures, so that there is time for something at each.
    let skipped = max(1, heats.count * Search.least / max(1, end - begin))
    heats = heats.indices.filter { $0 % skipped == 0 }.map { heats[$0] }
    let pace = heats.indices.map {
      search.pace.isEmpty ? 1 : search.pace[min(search.pace.count - 1, $0 * skipped)]
    }
    let whole = pace.reduce(0, +)
    var gone = 0.0
    var next: [Double] = []
    for (heat, share) in zip(heats, pace) {
      gone += share
      let until = begin + Int(Double(end - begin - descent) * gone / whole)
      guard step(until - proposals, search.trades, heat, report) else { return false }
      // Time in proportion to the spread of the costs against the temperature: where much is decided.
      next.append(chains.reduce(0.0) { $0 + $1.spread } / heat)
    }
    search.pace = Search.smoothed(next).flatMap { [Double](repeating: $0, count: skipped) }
    guard step(descent, search.trades, nil, report) else { return false }
    proposals = end
    search.cost = chains.map(\.bestCost).min() ?? 0
    search.seats = chains.map(\.best)
    return true
  }

  /// The mean of each value and its neighbours, and at least a tenth of the mean of all.
  private static func smoothed(_ values: [Double]) -> [Double] {
    let least = max(1e-9, 0.1 * values.reduce(0, +) / Double(max(1, values.count)))
    return values.indices.map { place in
      let around = values[max(0, place - 3)...min(values.count - 1, place + 3)]
      return least + around.reduce(0, +) / Double(around.count)
    }
  }

  /// Weighs `count` proposals at one temperature, or without one downhill; false where the search is over.
  private mutating func step(
    _ count: Int, _ trades: Int, _ heat: Double?, _ report: (SeatingDrawing) -> Bool
  ) -> Bool {
    let chains = chains
    workers.perform(chains.count) { number in
      let own = count * (number + 1) / chains.count - count * number / chains.count
      if let heat {
        chains[number].search(own, trades: trades, temperature: heat)
      } else {
        chains[number].descend(limit: own)
      }
    }
    proposals += count
    return keepBest(report)
  }

  /// Notes the best so far, and tells it every now and then; false where the search is over.
  private mutating func keepBest(_ report: (SeatingDrawing) -> Bool) -> Bool {
    for chain in chains where chain.bestCost < bestCost {
      bestCost = chain.bestCost
      best = chain.best
    }
    let isOver = proposals >= min(order.effort, order.brokenOffAt ?? .max)
    let seemsOptimal = bestCost <= bound + SearchState.scale / 100
    let isTime = proposals >= nextReport
    guard isOver || seemsOptimal || isTime else { return true }
    if isTime { nextReport = proposals + order.effort / 128 }
    drawing.proposals = proposals
    if seemsOptimal || bestCost < toldCost {
      toldCost = bestCost
      let plan = SeatingPlan(rounds: held + chains[0].state.seating(best))
      // The bound goes by the tables' sizes alone.
      let sizes = plan.rounds.map { $0.map(\.count) }
      if sizes != boundSizes {
        boundSizes = sizes
        drawing.bound = problem.bound(of: plan)
        bound = drawing.bound.total * SearchState.scale / 1000
      }
      drawing.plan = plan
      drawing.score = problem.score(plan)
    }
    return report(drawing) && !drawing.isOptimal && !isOver
  }
}
