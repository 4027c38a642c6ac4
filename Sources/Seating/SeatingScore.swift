/// What a plan costs, by term, in thousandths of the unit of the weights: integers, so that they are the
/// same on every machine.
public struct SeatingScore: Sendable, Equatable {
  /// The cost of pairs that meet again.
  public var repeats: Int
  /// The cost of each attribute, in the problem's order.
  public var attributes: [Int]
  /// The cost of people who are alone at a table with a value of `neverAlone`.
  public var alone: Int
  /// The cost of people who sit elsewhere than was made known.
  public var moves: Int
  /// Pairs that share a table in this plan and meet more than once, history counted.
  public var repeatedPairs: Int
  /// How often, over all rounds, somebody is alone at a table with a value of `neverAlone`.
  public var aloneSeats: Int
  /// How often, over all rounds, somebody sits elsewhere than was made known.
  public var movedSeats: Int
  /// The sum of all terms.
  public var total: Int { attributes.reduce(repeats + alone + moves, +) }
  /// Creates a score.
  public init(
    repeats: Int, attributes: [Int], alone: Int = 0, moves: Int = 0, repeatedPairs: Int, aloneSeats: Int = 0,
    movedSeats: Int = 0
  ) {
    self.repeats = repeats
    self.attributes = attributes
    self.alone = alone
    self.moves = moves
    self.repeatedPairs = repeatedPairs
    self.aloneSeats = aloneSeats
    self.movedSeats = movedSeats
  }
}

extension SeatingProblem {
  /// Returns what `plan` costs; hard rules do not count in it.
  ///
  /// Repeats: the weight times C2(m) - C2(m0) over pairs, m0 meetings before and m in all; pairs that must
  /// sit together are excepted. `spread`: pairs with the same value at one table. `mirror`: the squared
  /// deviation of each table's number from its even share, rounded to a thousandth in each round. People
  /// and tables that do not exist are left out.
  public func score(_ plan: SeatingPlan) -> SeatingScore {
    let rounds = plan.rounds.map { round in
      round.prefix(tables.count).map { $0.filter(everyone.contains) }
    }
    let again = repeats(rounds)
    let costs = attributes.map { attribute in
      let values = Values(attribute, of: self)
      return rounds.reduce(0) { $0 + cost(of: attribute, in: $1, values) }
    }
    let aloneSeats = attributes.reduce(0) { sum, attribute in
      sum + rounds.joined().reduce(0) { $0 + alone(in: attribute, at: $1) }
    }
    let movedSeats = moved(rounds)
    return SeatingScore(
      repeats: repeatWeight * 1000 * again.cost, attributes: costs, alone: aloneWeight * 1000 * aloneSeats,
      moves: moveWeight * 1000 * movedSeats, repeatedPairs: again.pairs, aloneSeats: aloneSeats,
      movedSeats: movedSeats)
  }

  /// How many people at a table are the only one there with a value of `neverAlone`.
  private func alone(in attribute: Attribute, at table: [Int]) -> Int {
    if attribute.neverAlone.isEmpty { return 0 }
    var here: [Int: Int] = [:]
    for person in table { here[value(attribute, of: person), default: 0] += 1 }
    return attribute.neverAlone.count { here[$0] == 1 }
  }

  /// How many seats are at another table than the one made known.
  private func moved(_ rounds: [[[Int]]]) -> Int {
    zip(rounds, published).reduce(0) { sum, pair in
      var known: [Int: Int] = [:]
      for (table, people) in pair.1.enumerated() { for person in people { known[person] = table } }
      return sum
        + pair.0.enumerated().reduce(0) { sum, here in
          sum + here.element.count { known[$0].map { $0 != here.offset } ?? false }
        }
    }
  }

  /// The sum of C2(m) - C2(m0) over the pairs, and the number of pairs met in the plan with m at least 2.
  private func repeats(_ rounds: [[[Int]]]) -> (cost: Int, pairs: Int) {
    let excepted = pairsTogether
    var before: [Pair: Int] = [:]
    before.reserveCapacity(history.count)
    for met in history where met.a != met.b { before[Pair(met.a, met.b), default: 0] += max(0, met.times) }
    // Every meeting as one number: sorted, those of a pair stand side by side.
    var meetings: [Int] = []
    for table in rounds.joined() {
      for (place, a) in table.enumerated() {
        for b in table[(place + 1)...] { meetings.append(min(a, b) * people + max(a, b)) }
      }
    }
    meetings.sort()
    var cost = 0
    var pairs = 0
    var next = 0
    while next < meetings.count {
      let first = next
      while next < meetings.count && meetings[next] == meetings[first] { next += 1 }
      let times = next - first
      if times == 1 && before.isEmpty { continue }
      let pair = Pair(meetings[first] / people, meetings[first] % people)
      if excepted.contains(pair) { continue }
      let old = before[pair] ?? 0
      // C2(old + times) - C2(old)
      cost += times * (times - 1) / 2 + times * old
      if old + times > 1 { pairs += 1 }
    }
    return (cost, pairs)
  }

  /// What one round costs for one attribute, in thousandths.
  private func cost(of attribute: Attribute, in round: [[Int]], _ values: Values) -> Int {
    var room = [Int](repeating: 0, count: values.count)
    for person in round.joined() { room[values.of[person]] += 1 }
    let people = round.reduce(0) { $0 + $1.count }
    guard people > 0 else { return 0 }
    var sum = 0
    var here = [Int](repeating: 0, count: values.count)
    // What values that nobody at a table has would cost there, per squared size.
    let absent = room.reduce(0) { $0 + $1 * $1 }
    for table in round {
      for person in table { here[values.of[person]] += 1 }
      if attribute.kind == .mirror { sum += table.count * table.count * absent }
      for person in table {
        let value = values.of[person]
        let count = here[value]
        here[value] = 0
        if count == 0 { continue }
        switch attribute.kind {
        case .spread: if value != values.empty { sum += count * (count - 1) / 2 }
        case .mirror:
          let share = table.count * room[value]
          sum += (count * people - share) * (count * people - share) - share * share
        }
      }
    }
    guard attribute.kind == .mirror else { return attribute.weight * 1000 * sum }
    return attribute.mirrorCost(sum, people: people)
  }
}

/// The values of an attribute, numbered from 0 without gaps.
struct Values {
  /// Each person's number.
  private(set) var of: [Int] = []
  /// How many there are.
  private(set) var count = 0
  /// The number of the empty value, or -1.
  private(set) var empty = -1

  init(_ attribute: SeatingProblem.Attribute, of problem: SeatingProblem) {
    var numbers: [Int: Int] = [:]
    of.reserveCapacity(problem.people)
    for person in problem.everyone {
      let value = problem.value(attribute, of: person)
      let number = numbers[value] ?? count
      if number == count {
        numbers[value] = number
        count += 1
        if value < 0 { empty = number }
      }
      of.append(number)
    }
  }
}

extension SeatingProblem.Attribute {
  /// What squared deviations, each times `people`, cost together in thousandths.
  func mirrorCost(_ sum: Int, people: Int) -> Int {
    // Whole and rest apart, so that nothing overflows.
    let square = people * people
    let (whole, rest) = sum.quotientAndRemainder(dividingBy: square)
    return weight * 1000 * whole + (weight * 1000 * rest + square / 2) / square
  }
}
