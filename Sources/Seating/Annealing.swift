import Ground

/// One search: proposes moves, accepts those that cost little enough, cools down, keeps the best.
struct Annealing {
  private let state: SearchState
  private let bounds: [SeatingProblem.Table]
  private var random: SplitMix64
  /// What the plan costs, against the plan the search began with.
  private(set) var cost = 0
  private var bestCost = 0
  /// The best plan so far.
  private(set) var best: [[[Int]]] = []

  /// The people who move alone and have a choice, round after round, and where each round's begin.
  private var movers: [(round: Int, person: Int)] = []
  private var moversStart: [Int] = [0]
  /// The groups that move as one and have a choice.
  private var groups: [(round: Int, people: [Int])] = []
  /// The people who may trade all their seats with one another.
  private var traders: [Int] = []
  /// Whether some table's size may differ from round to round or plan to plan.
  private let sizesVary: Bool

  /// -ln(u) for evenly spread u, times `SearchState.scale`.
  private static let thresholds: [Int] = (0..<4096).map { place in
    Int(-naturalLogarithm((Double(place) + 0.5) / 4096) * Double(SearchState.scale))
  }

  init(_ state: SearchState, _ problem: SeatingProblem, mayRelabel: Bool, random: SplitMix64) {
    self.state = state
    self.random = random
    bounds = problem.tables
    sizesVary = problem.tables.contains { $0.minimum < $0.maximum } && problem.tables.count > 1
    for (round, rules) in state.rounds.enumerated() {
      for (unit, people) in rules.units.enumerated() where rules.onlyTable(of: unit) == nil {
        if people.count > 1 {
          groups.append((round, people))
        } else {
          movers.append((round, people[0]))
        }
      }
      moversStart.append(movers.count)
    }
    // Trading all seats keeps the number of meetings only where everybody is a blank page.
    if mayRelabel && problem.history.isEmpty && state.rounds.count > 1 && !problem.attributes.isEmpty {
      var rounds = [Int](repeating: 0, count: state.people)
      for mover in movers { rounds[mover.person] += 1 }
      let bound = Set(problem.keepTogether.joined())
      traders = problem.everyone.filter { rounds[$0] == state.rounds.count && !bound.contains($0) }
    }
    best = state.seating
  }

  /// Searches with `effort` proposals, from the temperature `hot` down to `cold`, then without any.
  mutating func run(effort: Int, hot: Double, cold: Double) {
    guard !movers.isEmpty || !groups.isEmpty else { return }
    let scale = Double(SearchState.scale)
    var temperatures: [Int] = []
    var next = hot
    while next > cold {
      temperatures.append(Int(next * scale))
      next *= 0.99
    }
    for (step, temperature) in temperatures.enumerated() {
      let share = effort * (step + 1) / temperatures.count - effort * step / temperatures.count
      for _ in 0..<share { propose(temperature) }
      keepBest()
    }
    if effort > 0 { descend(effort: effort / 4) }
    keepBest()
  }

  private mutating func keepBest() {
    guard cost < bestCost else { return }
    bestCost = cost
    best = state.seating
  }

  private mutating func propose(_ temperature: Int) {
    let draw = random.next()
    // The lowest bits choose the kind of move, the highest the threshold.
    let kind = Int(truncatingIfNeeded: draw & 31)
    let threshold =
      temperature &* Annealing.thresholds[Int(truncatingIfNeeded: draw >> 52)] / SearchState.scale
    if kind < 3 && traders.count > 1 {
      trade(threshold)
    } else if kind == 3 && !groups.isEmpty {
      moveGroup(threshold)
    } else if kind > 27 && sizesVary && !movers.isEmpty {
      shift(threshold)
    } else if movers.count > 1 {
      exchange(threshold)
    } else if !groups.isEmpty {
      moveGroup(threshold)
    }
  }

  // MARK: - Moves

  /// Two people change seats in one round.
  private mutating func exchange(_ threshold: Int) {
    let one = movers[random.below(movers.count)]
    let first = moversStart[one.round]
    let other = movers[first + random.below(moversStart[one.round + 1] - first)]
    consider(one.person, other.person, in: one.round, threshold)
  }

  @inline(__always)
  private mutating func consider(_ a: Int, _ b: Int, in round: Int, _ threshold: Int) {
    let tableA = Int(state.tableOf[round &* state.people &+ a])
    let tableB = Int(state.tableOf[round &* state.people &+ b])
    guard tableA != tableB, state.mayJoin(a, tableB, in: round, leaving: b),
      state.mayJoin(b, tableA, in: round, leaving: a)
    else { return }
    var delta = state.mixDelta(a, b, in: round)
    // Meetings are the long look: only where they could still save enough.
    if delta &- state.repeatCost &* (state.again[a] &+ state.again[b]) > threshold { return }
    delta &+= state.repeatCost &* state.repeatsDelta(a, b, in: round)
    if delta > threshold { return }
    state.swap(a, b, in: round)
    cost &+= delta
  }

  /// One person takes a free chair at a smaller table.
  private mutating func shift(_ threshold: Int) {
    let (round, person) = movers[random.below(movers.count)]
    let table = random.below(state.tables)
    let from = Int(state.tableOf[round * state.people + person])
    let (here, there) = (state.sizes[round * state.tables + from], state.sizes[round * state.tables + table])
    guard here > there, here > bounds[from].minimum, there < bounds[table].maximum,
      state.mayJoin(person, table, in: round, leaving: -1)
    else { return }
    let delta = state.rise(person, in: round) + state.sit(person, at: table, in: round)
    // Sizes that come closer are worth any cost.
    if delta > threshold && here < there + 2 {
      state.rise(person, in: round)
      state.sit(person, at: from, in: round)
    } else {
      accept(delta, isEvener: here >= there + 2)
    }
  }

  /// A group changes seats with as many people of another table, or with one fewer or more.
  private mutating func moveGroup(_ threshold: Int) {
    let (round, group) = groups[random.below(groups.count)]
    let table = random.below(state.tables)
    let from = Int(state.tableOf[round * state.people + group[0]])
    guard table != from else { return }
    let (here, there) = (state.sizes[round * state.tables + from], state.sizes[round * state.tables + table])
    let back = group.count - (sizesVary ? random.below(min(group.count, max(0, here - there)) + 1) : 0)
    let (sizeHere, sizeThere) = (here - group.count + back, there + group.count - back)
    let uneven = sizeHere * sizeHere + sizeThere * sizeThere - here * here - there * there
    guard uneven <= 0, sizeHere >= bounds[from].minimum, sizeHere <= bounds[from].maximum,
      sizeThere >= bounds[table].minimum, sizeThere <= bounds[table].maximum,
      let others = some(back, at: table, in: round)
    else { return }
    var delta = 0
    for person in group + others { delta += state.rise(person, in: round) }
    guard group.allSatisfy({ state.mayJoin($0, table, in: round, leaving: -1) }),
      others.allSatisfy({ state.mayJoin($0, from, in: round, leaving: -1) })
    else {
      for person in group { state.sit(person, at: from, in: round) }
      for person in others { state.sit(person, at: table, in: round) }
      return
    }
    for person in group { delta += state.sit(person, at: table, in: round) }
    for person in others { delta += state.sit(person, at: from, in: round) }
    if delta > threshold && uneven == 0 {
      for person in group + others { state.rise(person, in: round) }
      for person in group { state.sit(person, at: from, in: round) }
      for person in others { state.sit(person, at: table, in: round) }
    } else {
      accept(delta, isEvener: uneven < 0)
    }
  }

  /// Whole units at a table, `count` people together, or nil where the draw does not come out even.
  private mutating func some(_ count: Int, at table: Int, in round: Int) -> [Int]? {
    let rules = state.rounds[round]
    let first = (round * state.tables + table) * state.stride
    var units: [Int] = []
    for place in 0..<state.sizes[round * state.tables + table] {
      let person = Int(state.members[first + place])
      let unit = rules.unitOf[person]
      if rules.units[unit][0] == person && rules.onlyTable(of: unit) == nil { units.append(unit) }
    }
    random.shuffle(&units)
    var people: [Int] = []
    for unit in units where people.count + rules.units[unit].count <= count { people += rules.units[unit] }
    return people.count == count ? people : nil
  }

  /// Two people trade all their seats: who meets how often stays the same, only the mix changes.
  private mutating func trade(_ threshold: Int) {
    let a = traders[random.below(traders.count)]
    let b = traders[random.below(traders.count)]
    guard a != b else { return }
    var delta = 0
    for round in state.rounds.indices {
      let tableA = Int(state.tableOf[round * state.people + a])
      let tableB = Int(state.tableOf[round * state.people + b])
      if tableA == tableB { continue }
      guard state.mayJoin(a, tableB, in: round, leaving: b), state.mayJoin(b, tableA, in: round, leaving: a)
      else { return }
      delta += state.mixDelta(a, b, in: round)
    }
    if delta > threshold { return }
    for round in state.rounds.indices
    where state.tableOf[round * state.people + a] != state.tableOf[round * state.people + b] {
      state.swap(a, b, in: round)
    }
    cost += delta
  }

  private mutating func accept(_ delta: Int, isEvener: Bool) {
    cost += delta
    // A plan with evener tables is better whatever it costs; the sizes never grow apart again.
    if isEvener {
      bestCost = cost
      best = state.seating
    }
  }

  // MARK: - Passes

  /// Evens the tables' sizes as far as single moves reach, whatever it costs.
  mutating func even() {
    guard sizesVary else { return }
    var hasMoved = true
    while hasMoved {
      hasMoved = false
      for (round, person) in movers {
        let from = Int(state.tableOf[round * state.people + person])
        let sizes = state.sizes + round * state.tables
        guard sizes[from] > bounds[from].minimum else { continue }
        let open = (0..<state.tables).filter {
          sizes[$0] + 2 <= sizes[from] && sizes[$0] < bounds[$0].maximum
            && state.mayJoin(person, $0, in: round, leaving: -1)
        }
        if let table = open.min(by: { sizes[$0] < sizes[$1] }) {
          cost += state.rise(person, in: round) + state.sit(person, at: table, in: round)
          hasMoved = true
        }
      }
    }
    bestCost = cost
    best = state.seating
  }

  /// Tries all exchanges in turn and takes each that saves, until none does or `effort` is spent.
  private mutating func descend(effort: Int) {
    var left = effort
    var before = cost + 1
    while cost < before {
      before = cost
      for round in state.rounds.indices {
        let own = movers[moversStart[round]..<moversStart[round + 1]]
        for (place, one) in own.enumerated() {
          left -= own.count - place
          if left < 0 { return }
          for other in own.dropFirst(place + 1) { consider(one.person, other.person, in: round, -1) }
        }
      }
    }
  }
}

/// The natural logarithm, 0 < x <= 1: the same to the last bit on every machine.
///
/// The standard library has none, and the system's differs between machines. Halves are counted off, then
/// ln y = 2 artanh((y - 1) / (y + 1)) as a series.
func naturalLogarithm(_ x: Double) -> Double {
  let ln2 = 0.693_147_180_559_945_3
  var rest = x
  var halves = 0.0
  while rest < 0.5 {
    rest *= 2
    halves += 1
  }
  let z = (rest - 1) / (rest + 1)
  var power = z
  var sum = 0.0
  for odd in stride(from: 1.0, through: 41, by: 2) {
    sum += power / odd
    power *= z * z
  }
  return 2 * sum - halves * ln2
}
