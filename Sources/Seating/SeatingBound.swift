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
        rounds.enumerated().reduce(0) {
          switch attribute.kind {
          case .mirror: $0 + mirrorBound(attribute, in: $1.element, number: $1.offset)
          case .spread:
            $0 + attribute.weight * 1000 * spreadBound(attribute, in: $1.element, number: $1.offset)
          }
        }
      })
  }

  private func mirrorBound(_ attribute: Attribute, in round: [[Int]], number: Int) -> Int {
    let sizes = round.map(\.count).filter { $0 > 0 }.sorted(by: >)
    let people = sizes.reduce(0, +)
    guard people > 0, let largest = sizes.first, let smallest = sizes.last else { return 0 }
    let clusters = clusters(attribute, of: round.joined(), round: number)
    var sum = 0
    for (value, total) in counts(attribute, of: round.joined()) {
      // Where sizes differ by more than one, people who sit together may well be two groups at one table.
      let own = largest - smallest <= 1 ? clusters[value] ?? [] : []
      let here = dealt(total, clusters: own, tables: sizes.count) { table, count in
        count < sizes[table] ? (2 * count + 1) * people - 2 * sizes[table] * total : Int.max
      }
      for (table, size) in sizes.enumerated() {
        let deviation = here[table] * people - size * total
        sum += deviation * deviation
      }
    }
    return attribute.mirrorCost(sum, people: people)
  }

  private func spreadBound(_ attribute: Attribute, in round: [[Int]], number: Int) -> Int {
    let clusters = clusters(attribute, of: round.joined(), round: number)
    return counts(attribute, of: round.joined()).reduce(0) { sum, entry in
      guard entry.key >= 0 else { return sum }
      let here = dealt(entry.value, clusters: clusters[entry.key] ?? [], tables: round.count) { $1 }
      return sum + here.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
    }
  }

  /// Deals `count` people of a value over tables, each where one more costs least: `cost(table, those there)`.
  ///
  /// A cluster's people sit at one table whatever it costs: the largest at the first table, and so on; more
  /// clusters than tables are dealt as single people.
  private func dealt(
    _ count: Int, clusters: [Int], tables: Int, cost: (_ table: Int, _ there: Int) -> Int
  ) -> [Int] {
    var here = [Int](repeating: 0, count: tables)
    let fixed = clusters.sorted(by: >).prefix(tables)
    for (table, size) in fixed.enumerated() { here[table] = size }
    // A heap of tables by what one more there costs.
    var heap = Heap(here.indices.map { (cost($0, here[$0]), $0) })
    for _ in 0..<max(0, count - fixed.reduce(0, +)) {
      guard let (least, table) = heap.first, least < Int.max else { break }
      here[table] += 1
      heap.replaceFirst((cost(table, here[table]), table))
    }
    return here
  }

  /// For each value, how many of its people the rules put at one table: those who must sit together, and
  /// those who are pinned to one; only two and more.
  private func clusters(
    _ attribute: Attribute, of people: some Sequence<Int>, round: Int
  ) -> [Int: [Int]] {
    let here = Set(people)
    var groups = keepTogether.map { $0.filter(here.contains) }
    var pinned: [Int: [Int]] = [:]
    for pin in pins where here.contains(pin.person) && pin.rounds?.contains(round) ?? true {
      pinned[pin.table, default: []].append(pin.person)
    }
    groups += pinned.sorted { $0.key < $1.key }.map(\.value)
    var joined = Joined(self.people)
    for group in groups { for person in group { joined.join(group[0], person) } }
    var sizes: [[Int]: Int] = [:]
    for person in Set(groups.joined()) {
      sizes[[value(attribute, of: person), joined.lowest(with: person)], default: 0] += 1
    }
    return sizes.reduce(into: [:]) { if $1.value > 1 { $0[$1.key[0], default: []].append($1.value) } }
  }

  private func repeatsBound(_ rounds: [[[Int]]], _ together: Set<Pair>) -> Int {
    let sizes = rounds.map { $0.map(\.count) }
    let meetings = sizes.joined().reduce(0) { $0 + $1 * ($1 - 1) / 2 }
    let pairs = people * (people - 1) / 2
    let all = pairsDealt(meetings, over: pairs)
    // Of two rounds only those count who are there in both.
    let present = rounds.map { Set($0.joined()) }
    var byRounds = 0
    for one in rounds.indices {
      for other in 0..<one {
        let both = present[one].intersection(present[other]).count
        byRounds += max(
          pigeonholes(both, from: sizes[one], to: sizes[other]),
          pigeonholes(both, from: sizes[other], to: sizes[one]))
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

  /// The pairs that must meet again when `people` sit in one round at tables of the sizes `from`, as evenly as
  /// they go, and in another at `to`: those of one table dealt evenly over the tables of the other.
  private func pigeonholes(_ people: Int, from: [Int], to: [Int]) -> Int {
    let here = dealt(people, clusters: [], tables: from.count) { table, count in
      count < from[table]
        ? pairsDealt(count + 1, over: to.count) - pairsDealt(count, over: to.count) : Int.max
    }
    return here.reduce(0) { $0 + pairsDealt($1, over: to.count) }
  }

  /// How many of these people have each value, in rising order of the values.
  private func counts(_ attribute: Attribute, of people: some Sequence<Int>) -> [(key: Int, value: Int)] {
    people.reduce(into: [Int: Int]()) { $0[value(attribute, of: $1), default: 0] += 1 }.sorted {
      $0.key < $1.key
    }
  }
}

/// The pairs within `boxes` boxes when `things` are dealt evenly over them.
private func pairsDealt(_ things: Int, over boxes: Int) -> Int {
  guard boxes > 0 else { return 0 }
  let (each, rest) = things.quotientAndRemainder(dividingBy: boxes)
  return rest * (each + 1) * each / 2 + (boxes - rest) * each * (each - 1) / 2
}

/// The least of some costs, each with its table; among equals the table with the lowest number.
private struct Heap {
  private var nodes: [(cost: Int, table: Int)]

  init(_ nodes: [(cost: Int, table: Int)]) {
    self.nodes = nodes.sorted { ($0.cost, $0.table) < ($1.cost, $1.table) }
  }

  var first: (cost: Int, table: Int)? { nodes.first }

  /// Replaces the least.
  mutating func replaceFirst(_ node: (cost: Int, table: Int)) {
    var place = 0
    while true {
      var child = 2 * place + 1
      if child >= nodes.count { break }
      if child + 1 < nodes.count,
        (nodes[child + 1].cost, nodes[child + 1].table) < (nodes[child].cost, nodes[child].table)
      {
        child += 1
      }
      if (node.cost, node.table) <= (nodes[child].cost, nodes[child].table) { break }
      nodes[place] = nodes[child]
      place = child
    }
    nodes[place] = node
  }
}
