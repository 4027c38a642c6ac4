/// What no plan with tables of the same sizes can cost less than, by term, in thousandths like the score.
///
/// Each term's bound is exact for that term alone; that all are reached in one plan is not promised.
public struct SeatingBound: Sendable, Equatable {
  /// The least cost of pairs that meet again.
  public var repeats: Int
  /// The least cost of each attribute, in the problem's order.
  public var attributes: [Int]
  /// The sum of all terms.
  public var total: Int { attributes.reduce(repeats, +) }
  /// Creates a bound.
  public init(repeats: Int, attributes: [Int]) {
    self.repeats = repeats
    self.attributes = attributes
  }
}

extension SeatingProblem {
  /// Returns what no plan with tables of the sizes of `plan` can cost less than.
  ///
  /// Mirror: in each round every value's people are dealt where one more costs least, which is exact for a
  /// separable convex cost. Spread: the people of a value dealt evenly, and pairs that must sit together.
  /// Repeats: the larger of what all meetings spread over all pairs leave, and of the pigeonhole bound for
  /// each two rounds: people of one table dealt evenly over the tables of the other.
  public func bound(of plan: SeatingPlan) -> SeatingBound {
    let rounds = plan.rounds.map { round in
      round.prefix(tables.count).map { $0.filter(everyone.contains) }
    }
    let together = pairsTogether
    return SeatingBound(
      repeats: repeatWeight * 1000 * repeatsBound(rounds, together),
      attributes: attributes.map { attribute in
        switch attribute.kind {
        case .mirror: rounds.reduce(0) { $0 + mirrorBound(attribute, in: $1) }
        case .spread: attribute.weight * 1000 * spreadBound(attribute, rounds, together)
        }
      })
  }

  private func mirrorBound(_ attribute: Attribute, in round: [[Int]]) -> Int {
    let sizes = round.map(\.count)
    let people = sizes.reduce(0, +)
    guard people > 0 else { return 0 }
    var sum = 0
    for (_, total) in counts(attribute, of: round.joined()) {
      var here = [Int](repeating: 0, count: sizes.count)
      // Tables by what one more person there costs: (2c + 1)n² - 2snk grows with c only, so a heap would do;
      // the tables of one size fill level by level, so the sizes are few and a plain scan is enough.
      var open: [Int: [Int]] = [:]
      for (table, size) in sizes.enumerated() where size > 0 { open[size, default: []].append(table) }
      let kinds = open.keys.sorted()
      var level = Dictionary(uniqueKeysWithValues: kinds.map { ($0, 0) })
      var filled = Dictionary(uniqueKeysWithValues: kinds.map { ($0, 0) })
      for _ in 0..<total {
        let best = kinds.filter { (level[$0] ?? 0) < $0 }.min {
          (2 * (level[$0] ?? 0) + 1) * people - 2 * $0 * total
            < (2 * (level[$1] ?? 0) + 1) * people - 2 * $1 * total
        }
        guard let best, let tables = open[best], let next = filled[best] else { break }
        here[tables[next]] += 1
        filled[best] = (next + 1) % tables.count
        if next + 1 == tables.count { level[best, default: 0] += 1 }
      }
      for (table, size) in sizes.enumerated() {
        let deviation = here[table] * people - size * total
        sum += deviation * deviation
      }
    }
    return attribute.mirrorCost(sum, people: people)
  }

  private func spreadBound(_ attribute: Attribute, _ rounds: [[[Int]]], _ together: Set<Pair>) -> Int {
    let dealt = rounds.reduce(0) { sum, round in
      sum
        + counts(attribute, of: round.joined()).reduce(0) {
          $0 + ($1.key < 0 ? 0 : pairsDealt($1.value, over: round.count))
        }
    }
    // Pairs that must sit together and share the value cannot be helped.
    let forced = rounds.reduce(0) { sum, round in
      let here = Set(round.joined())
      return sum
        + together.count { pair in
          here.contains(pair.a) && here.contains(pair.b) && value(attribute, of: pair.a) >= 0
            && value(attribute, of: pair.a) == value(attribute, of: pair.b)
        }
    }
    return max(dealt, forced)
  }

  private func repeatsBound(_ rounds: [[[Int]]], _ together: Set<Pair>) -> Int {
    let sizes = rounds.map { $0.map(\.count) }
    let meetings = sizes.joined().reduce(0) { $0 + $1 * ($1 - 1) / 2 }
    let pairs = people * (people - 1) / 2
    let all = pairsDealt(meetings, over: pairs)
    var byRounds = 0
    for (place, one) in sizes.enumerated() {
      for other in sizes[..<place] {
        byRounds += max(
          one.reduce(0) { $0 + pairsDealt($1, over: other.count) },
          other.reduce(0) { $0 + pairsDealt($1, over: one.count) })
      }
    }
    var tableOf: [[Int: Int]] = []
    for round in rounds where !together.isEmpty {
      var own: [Int: Int] = [:]
      for (table, here) in round.enumerated() { for person in here { own[person] = table } }
      tableOf.append(own)
    }
    let forced = together.reduce(0) { sum, pair in
      let times = tableOf.count { $0[pair.a] != nil && $0[pair.a] == $0[pair.b] }
      return sum + times * (times - 1) / 2
    }
    return max(0, max(all, byRounds) - forced)
  }

  private func counts(_ attribute: Attribute, of people: some Sequence<Int>) -> [Int: Int] {
    people.reduce(into: [:]) { $0[value(attribute, of: $1), default: 0] += 1 }
  }
}

/// The pairs within `boxes` boxes when `things` are dealt evenly over them.
private func pairsDealt(_ things: Int, over boxes: Int) -> Int {
  guard boxes > 0 else { return 0 }
  let (each, rest) = things.quotientAndRemainder(dividingBy: boxes)
  return rest * (each + 1) * each / 2 + (boxes - rest) * each * (each - 1) / 2
}
