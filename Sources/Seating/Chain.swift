import Ground

/// One search: proposes moves, accepts those that cost little enough, and keeps the best plan.
///
/// Every plan it looks at meets all hard rules, and no move makes tables' sizes differ more.
///
/// Not safe to use from two threads at once; the search gives each chain to one at a time.
final class Chain: @unchecked Sendable {
  let state: SearchState
  private let bounds: [SeatingProblem.Table]
  private var random: SplitMix64
  /// What the best plan so far costs, and who sits where in it.
  private(set) var bestCost: Int
  private(set) var best: [Int32]

  /// The people who move alone and have a choice, round after round, and where each round's begin.
  private var movers: [Int32] = []
  private var moversStart: [Int] = [0]
  /// The groups that move as one and have a choice.
  private var groups: [(round: Int, people: [Int])] = []
  /// The people who may trade all their seats with one another.
  private var traders: [Int32] = []
  /// Whether trading all seats leaves the meetings as they are: nobody met anybody before, and all are there.
  private let tradesArePure: Bool
  /// Whether tables may differ in size.
  private let sizesVary: Bool
  /// Whether evener sizes are worth any cost: not where people were told their tables.
  private let wantsEven: Bool

  /// The plan as places that people trade, while only trades are weighed; the state then is behind.
  private var trades: Trades?

  /// The standard deviation of the cost in the last search.
  private(set) var spread = 0.0

  /// -ln(u) for evenly spread u, times 2^16.
  private static let thresholds: [Int] = (0..<4096).map { place in
    Int(-naturalLogarithm((Double(place) + 0.5) / 4096) * 65536)
  }

  init(_ state: SearchState, _ problem: SeatingProblem, held: Int, random: SplitMix64) {
    self.state = state
    self.random = random
    bounds = problem.tables
    sizesVary = problem.tables.contains { $0.minimum < $0.maximum } && problem.tables.count > 1
    wantsEven = problem.published.isEmpty
    var rounds = [Int](repeating: 0, count: state.people)
    for (round, rules) in state.rounds.enumerated() {
      for (unit, people) in rules.units.enumerated() where rules.onlyTable(of: unit) == nil {
        if people.count > 1 {
          groups.append((round, people))
        } else {
          movers.append(Int32(people[0]))
          rounds[people[0]] += 1
        }
      }
      moversStart.append(movers.count)
    }
    let bound = Set(problem.keepTogether.joined())
    if state.rounds.count > 1 {
      traders = problem.everyone.filter { rounds[$0] > 1 && !bound.contains($0) }.map { Int32($0) }
    }
    tradesArePure =
      held == 0 && problem.history.isEmpty && traders.allSatisfy { rounds[Int($0)] == state.rounds.count }
    bestCost = state.cost
    best = state.seats
  }

  /// Whether any two people can trade all their seats.
  var canTrade: Bool { traders.count > 1 }

  /// Whether anybody can move at all.
  var canMove: Bool { !movers.isEmpty || !groups.isEmpty }

  /// Begins anew from the best plan of this chain or another.
  func restart(from seats: [Int32]) {
    trades = nil
    state.take(seats)
    bestCost = state.cost
    best = seats
  }

  /// Weighs `count` proposals at a temperature in the unit of the weights; of 256 `trades` are trades.
  func search(_ count: Int, trades: Int, temperature: Double) {
    let heat = Int(temperature * Double(SearchState.scale))
    let tradeShare = canTrade ? trades : 0
    if tradeShare == 256 && tradesArePure {
      if self.trades == nil { self.trades = Trades(state, traders: traders) }
      if let trades = self.trades {
        searchTrades(trades, count, heat)
        return
      }
    }
    settle()
    var samples = Samples(first: state.cost)
    Chain.thresholds.withUnsafeBufferPointer { thresholds in
      movers.withUnsafeBufferPointer { movers in
        for number in 0..<count {
          let draw = random.next()
          let kind = Int(truncatingIfNeeded: draw & 255)
          let threshold = ((heat >> 8) &* thresholds[Int(truncatingIfNeeded: draw >> 52)]) >> 8
          if kind < tradeShare {
            trade(threshold)
          } else if kind > 247 && !groups.isEmpty {
            moveGroup(threshold)
          } else if kind > 231 && sizesVary {
            shift(threshold)
          } else {
            exchange(movers, draw, threshold)
          }
          if number & 31 == 0 { samples.take(state.cost) }
        }
      }
    }
    spread = samples.spread
    keepBest()
  }

  private func searchTrades(_ trades: Trades, _ count: Int, _ heat: Int) {
    var samples = Samples(first: trades.cost)
    Chain.thresholds.withUnsafeBufferPointer { thresholds in
      for number in 0..<count {
        let draw = random.next()
        trades.propose(draw, ((heat >> 8) &* thresholds[Int(truncatingIfNeeded: draw >> 52)]) >> 8)
        if number & 31 == 0 { samples.take(trades.cost) }
      }
    }
    spread = samples.spread
    if trades.bestCost < bestCost {
      bestCost = trades.bestCost
      best = trades.best
    }
  }

  /// Brings the state up to the trades that were made.
  func settle() {
    guard let trades else { return }
    self.trades = nil
    state.take(trades.seats)
  }

  /// Keeps the plan where it is the best so far.
  func keepBest() {
    guard state.cost < bestCost else { return }
    bestCost = state.cost
    best = state.seats
  }

  // MARK: - Moves

  /// Two people change seats in one round.
  @inline(__always)
  private func exchange(
    _ movers: UnsafeBufferPointer<Int32>, _ draw: UInt64, _ threshold: Int
  ) {
    if movers.isEmpty { return }
    let second = random.next()
    var round = 0
    var person: Int
    let pick = Int(truncatingIfNeeded: (draw >> 8) & 0xFFFF_FFFF)
    // Most proposals begin at a table that is not as even as it can be: that is where something can be won.
    if (draw >> 40) & 7 < 6 {
      round = (Int(truncatingIfNeeded: second & 0xFFFF) &* state.rounds.count) >> 16
      let tables = state.uneven.count(in: round)
      if tables == 0 { return }
      let table = state.uneven.table(((pick >> 12) &* tables) >> 20, in: round)
      let place = round &* state.tables &+ table
      person = Int(state.members[place &* state.stride &+ ((pick & 0xFFF) &* state.sizes[place]) >> 12])
      if !state.isMover[round &* state.people &+ person] { return }
    } else {
      let place = (pick &* movers.count) >> 32
      while place >= moversStart[round &+ 1] { round &+= 1 }
      person = Int(movers[place])
    }
    let own = moversStart[round]
    let size = moversStart[round &+ 1] &- own
    let other = Int(movers[own &+ (Int(truncatingIfNeeded: second >> 32) &* size) >> 32])
    consider(person, other, in: round, threshold)
  }

  @inline(__always)
  private func consider(_ a: Int, _ b: Int, in round: Int, _ threshold: Int) {
    let tableA = Int(state.tableOf[round &* state.people &+ a])
    let tableB = Int(state.tableOf[round &* state.people &+ b])
    guard tableA != tableB, state.maySwap(a, at: tableA, b, at: tableB, in: round) else { return }
    var delta = state.mixDelta(a, at: tableA, b, at: tableB, in: round)
    // Meetings are the long look: only where they could still save enough.
    if delta &- state.repeatCost &* (state.again[a] &+ state.again[b]) > threshold { return }
    delta &+= state.repeatCost &* state.repeatsDelta(a, at: tableA, b, at: tableB, in: round)
    if delta > threshold { return }
    state.swap(a, at: tableA, b, at: tableB, in: round)
    state.cost &+= delta
  }

  /// One person takes a free chair at a smaller table.
  private func shift(_ threshold: Int) {
    if movers.isEmpty { return }
    let place = random.below(movers.count)
    let person = Int(movers[place])
    let round = state.rounds.indices.first { place < moversStart[$0 + 1] } ?? 0
    let table = random.below(state.tables)
    let from = Int(state.tableOf[round * state.people + person])
    let (here, there) = (state.sizes[round * state.tables + from], state.sizes[round * state.tables + table])
    guard here > there, here > bounds[from].minimum, there < bounds[table].maximum,
      state.mayJoin(person, table, in: round, leaving: -1)
    else { return }
    let delta = state.rise(person, in: round) + state.sit(person, at: table, in: round)
    let isEvener = here >= there + 2
    if delta > threshold && !(isEvener && wantsEven) {
      _ = state.rise(person, in: round) + state.sit(person, at: from, in: round)
    } else {
      accept(delta, isEvener: isEvener, [round * state.tables + from, round * state.tables + table])
    }
  }

  /// A group changes seats with as many people of another table, or with one fewer or more.
  private func moveGroup(_ threshold: Int) {
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
      seat(group, at: from, others, at: table, in: round)
      return
    }
    delta += seat(group, at: table, others, at: from, in: round)
    if delta > threshold && !(uneven < 0 && wantsEven) {
      for person in group + others { _ = state.rise(person, in: round) }
      seat(group, at: from, others, at: table, in: round)
    } else {
      accept(delta, isEvener: uneven < 0, [round * state.tables + from, round * state.tables + table])
    }
  }

  @discardableResult
  private func seat(_ group: [Int], at one: Int, _ others: [Int], at other: Int, in round: Int) -> Int {
    group.reduce(0) { $0 + state.sit($1, at: one, in: round) }
      + others.reduce(0) { $0 + state.sit($1, at: other, in: round) }
  }

  /// Whole units at a table, `count` people together, or nil where the draw does not come out even.
  private func some(_ count: Int, at table: Int, in round: Int) -> [Int]? {
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

  /// Two people trade all their seats: where both are blank pages, nobody meets anybody more often.
  private func trade(_ threshold: Int) {
    let a = Int(traders[random.below(traders.count)])
    let b = Int(traders[random.below(traders.count)])
    guard a != b, var delta = tradeDelta(a, b) else { return }
    if tradesArePure {
      if delta > threshold { return }
      state.trade(a, b)
    } else {
      if delta - state.repeatCost * (state.again[a] + state.again[b]) > threshold { return }
      var swapped: [(round: Int, tableA: Int, tableB: Int)] = []
      for round in state.rounds.indices {
        let tableA = Int(state.tableOf[round * state.people + a])
        let tableB = Int(state.tableOf[round * state.people + b])
        if tableA == tableB || tableA < 0 || tableB < 0 { continue }
        delta += state.repeatCost * state.repeatsDelta(a, at: tableA, b, at: tableB, in: round)
        state.swap(a, at: tableA, b, at: tableB, in: round)
        swapped.append((round, tableA, tableB))
      }
      if delta > threshold {
        for (round, tableA, tableB) in swapped.reversed() {
          state.swap(a, at: tableB, b, at: tableA, in: round)
        }
        return
      }
    }
    state.cost += delta
  }

  /// What all but the meetings cost more when two people trade all their seats; nil where a rule forbids it.
  @inline(__always)
  private func tradeDelta(_ a: Int, _ b: Int) -> Int? {
    var delta = 0
    for round in 0..<state.rounds.count {
      let tableA = Int(state.tableOf[round &* state.people &+ a])
      let tableB = Int(state.tableOf[round &* state.people &+ b])
      if tableA == tableB || tableA < 0 || tableB < 0 { continue }
      guard state.maySwap(a, at: tableA, b, at: tableB, in: round) else { return nil }
      delta &+= state.mixDelta(a, at: tableA, b, at: tableB, in: round)
    }
    return delta
  }

  private func accept(_ delta: Int, isEvener: Bool, _ places: [Int]) {
    state.cost += delta
    for place in places { state.judge(place) }
    // A plan with evener tables is better whatever it costs; the sizes never grow apart again.
    if isEvener && wantsEven {
      bestCost = state.cost
      best = state.seats
    }
  }

  // MARK: - Passes

  /// Evens the tables' sizes as far as single moves reach, whatever it costs.
  func even() {
    guard sizesVary, wantsEven else { return }
    var hasMoved = true
    while hasMoved {
      hasMoved = false
      for round in state.rounds.indices {
        for place in moversStart[round]..<moversStart[round + 1] {
          let person = Int(movers[place])
          let from = Int(state.tableOf[round * state.people + person])
          let sizes = state.sizes + round * state.tables
          guard sizes[from] > bounds[from].minimum else { continue }
          let open = (0..<state.tables).filter {
            sizes[$0] + 2 <= sizes[from] && sizes[$0] < bounds[$0].maximum
              && state.mayJoin(person, $0, in: round, leaving: -1)
          }
          if let table = open.min(by: { sizes[$0] < sizes[$1] }) {
            state.cost += state.rise(person, in: round) + state.sit(person, at: table, in: round)
            state.judge(round * state.tables + from)
            state.judge(round * state.tables + table)
            hasMoved = true
          }
        }
      }
    }
    bestCost = state.cost
    best = state.seats
  }

  /// Tries all exchanges in turn and takes each that saves, until none does or `limit` were weighed.
  func descend(limit: Int) {
    trades?.descend(limit: limit)
    settle()
    var left = limit
    var before = state.cost + 1
    while state.cost < before && left > 0 {
      before = state.cost
      for round in state.rounds.indices {
        let own = moversStart[round]..<moversStart[round + 1]
        for place in own {
          left -= own.upperBound - place
          if left <= 0 { break }
          for other in (place + 1)..<max(place + 1, own.upperBound) {
            consider(Int(movers[place]), Int(movers[other]), in: round, -1)
          }
        }
      }
    }
    keepBest()
  }
}

/// Costs met in a search, for how much they differ.
private struct Samples {
  /// What the costs are counted from, so that their squares stay small.
  let first: Int
  private var (sum, squares, count) = (0.0, 0.0, 0.0)

  init(first: Int) { self.first = first }

  mutating func take(_ cost: Int) {
    let cost = Double(cost &- first)
    sum += cost
    squares += cost * cost
    count += 1
  }

  /// The standard deviation.
  var spread: Double {
    let mean = count > 0 ? sum / count : 0
    return count > 1 ? max(0, squares / count - mean * mean).squareRoot() : 0
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
