/// What it would cost when two people of a round change seats, found from the few counts that change.
///
/// One change takes time in the size of two tables and not of the room, so that all partners of a person
/// can be weighed at once. The costs are exactly those of `SeatingProblem.score`.
public struct SeatSwaps: Sendable {
  private let problem: SeatingProblem
  private let round: Int
  private let seated: [[Int]]
  /// Each person's table by round, or -1: [round][person].
  private let tableOf: [[Int]]
  private let history: [Pair: Int]
  private let together: Set<Pair>
  private let mixes: [Mix]
  /// Each person's table in the round as it was made known.
  private let known: [Int: Int]

  /// Creates the readings for `round` of `plan`, from 0; nil where the plan has no such round.
  ///
  /// People and tables that do not exist are left out, as in the score.
  public init?(_ problem: SeatingProblem, plan: SeatingPlan, round: Int) {
    guard plan.rounds.indices.contains(round) else { return nil }
    self.problem = problem
    self.round = round
    let rounds = plan.rounds.map { seated in
      seated.prefix(problem.tables.count).map { $0.filter(problem.everyone.contains) }
    }
    seated = rounds[round]
    tableOf = rounds.map { seated in
      var tables = [Int](repeating: -1, count: max(0, problem.people))
      for (table, people) in seated.enumerated() { for person in people { tables[person] = table } }
      return tables
    }
    var history: [Pair: Int] = [:]
    history.reserveCapacity(problem.history.count)
    for met in problem.history where met.a != met.b {
      history[Pair(met.a, met.b), default: 0] += max(0, met.times)
    }
    self.history = history
    together = problem.pairsTogether
    var known: [Int: Int] = [:]
    if problem.published.indices.contains(round) {
      for (table, people) in problem.published[round].enumerated() {
        for person in people { known[person] = table }
      }
    }
    self.known = known
    let seated = seated
    mixes = problem.attributes.map { Mix($0, of: problem, seated) }
  }

  /// Returns the table of `person` in the round, or nil.
  public func table(of person: Int) -> Int? {
    guard tableOf[round].indices.contains(person), tableOf[round][person] >= 0 else { return nil }
    return tableOf[round][person]
  }

  /// Returns what changes when `a` and `b` change seats; nil unless both sit, at different tables.
  public func change(_ a: Int, _ b: Int) -> SeatingChange? {
    guard let tableA = table(of: a), let tableB = table(of: b), tableA != tableB else { return nil }
    var change = SeatingChange(repeats: 0, attributes: [], repeatMeetings: 0)
    var weighed = 0
    func meet(_ one: Int, _ others: [Int], without leaver: Int, sign: Int) {
      for other in others where other != leaver && other != one {
        let pair = Pair(one, other)
        guard !together.contains(pair) else { continue }
        // One meeting more of a pair with k others costs C2(k + 1) - C2(k) = k.
        let others = otherMeetings(pair)
        weighed += sign * others
        if others > 0 { change.repeatMeetings += sign }
      }
    }
    meet(a, seated[tableA], without: a, sign: -1)
    meet(b, seated[tableB], without: b, sign: -1)
    meet(a, seated[tableB], without: b, sign: 1)
    meet(b, seated[tableA], without: a, sign: 1)
    change.repeats = problem.repeatWeight * 1000 * weighed
    change.attributes = mixes.map { $0.change(a, at: tableA, b, at: tableB) }
    let alone = mixes.reduce(0) { $0 + $1.aloneChange(a, at: tableA, b, at: tableB) }
    change.alone = problem.aloneWeight * 1000 * alone
    let moved = movedChange(a, from: tableA, to: tableB) + movedChange(b, from: tableB, to: tableA)
    change.moves = problem.moveWeight * 1000 * moved
    return change
  }

  /// Returns the hard rules that hold now and would not when `a` and `b` change seats.
  public func broken(_ a: Int, _ b: Int) -> [SeatingViolation] {
    guard let tableA = table(of: a), let tableB = table(of: b), tableA != tableB else { return [] }
    return broken(a, from: tableA, to: tableB, without: b) + broken(b, from: tableB, to: tableA, without: a)
  }

  private func broken(_ person: Int, from old: Int, to new: Int, without leaver: Int) -> [SeatingViolation] {
    var found: [SeatingViolation] = []
    for pin in problem.pins
    where pin.person == person && pin.table == old && pin.rounds?.contains(round) ?? true {
      found.append(.notAtPin(round: round, person: person, table: pin.table))
    }
    if let fitting = problem.allowedTables[person], fitting.contains(old), !fitting.contains(new) {
      found.append(.needUnmet(round: round, person: person, table: new))
    }
    for group in problem.keepApart where group.contains(person) {
      for other in group where other != person && other != leaver && table(of: other) == new {
        found.append(.notApart(round: round, table: new, people: [person, other]))
      }
    }
    for group in problem.keepTogether where group.contains(person) {
      let here = group.filter { table(of: $0) != nil }
      if here.count > 1, here.allSatisfy({ table(of: $0) == old }) {
        found.append(.notTogether(round: round, people: here))
      }
    }
    return found
  }

  /// 1 where somebody leaves the table that was made known for them, -1 where they come to it.
  private func movedChange(_ person: Int, from old: Int, to new: Int) -> Int {
    known[person].map { $0 == old ? 1 : $0 == new ? -1 : 0 } ?? 0
  }

  /// How often a pair meets in the history and in the plan's other rounds.
  private func otherMeetings(_ pair: Pair) -> Int {
    var times = history.isEmpty ? 0 : history[pair] ?? 0
    for other in tableOf.indices where other != round {
      let table = tableOf[other][pair.a]
      if table >= 0, table == tableOf[other][pair.b] { times += 1 }
    }
    return times
  }
}

/// How much more a plan costs after a change, by term, in thousandths of the unit of the weights.
public struct SeatingChange: Sendable, Equatable {
  /// The change in the cost of pairs that meet again.
  public var repeats: Int
  /// The change in the cost of each attribute, in the problem's order.
  public var attributes: [Int]
  /// How many more meetings are not the first of their pair.
  public var repeatMeetings: Int
  /// The change in the cost of people who are alone with a value of `neverAlone`.
  public var alone = 0
  /// The change in the cost of people who sit elsewhere than was made known.
  public var moves = 0
  /// The sum of all terms.
  public var total: Int { attributes.reduce(repeats + alone + moves, +) }
}

/// The counts of one attribute in a round.
private struct Mix {
  let attribute: SeatingProblem.Attribute
  let values: [Int]
  let people: Int
  let room: [Int: Int]
  let sizes: [Int]
  let counts: [[Int: Int]]
  /// For `mirror`: the sum of the squared deviations, each times the number of people.
  let sum: Int

  init(_ attribute: SeatingProblem.Attribute, of problem: SeatingProblem, _ seated: [[Int]]) {
    self.attribute = attribute
    let values = problem.everyone.map { problem.value(attribute, of: $0) }
    self.values = values
    sizes = seated.map(\.count)
    people = sizes.reduce(0, +)
    counts = seated.map { table in table.reduce(into: [:]) { $0[values[$1], default: 0] += 1 } }
    room = counts.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
    var sum = 0
    for table in seated.indices where attribute.kind == .mirror {
      for (value, total) in room {
        let deviation = (counts[table][value] ?? 0) * people - sizes[table] * total
        sum += deviation * deviation
      }
    }
    self.sum = sum
  }

  func change(_ a: Int, at tableA: Int, _ b: Int, at tableB: Int) -> Int {
    let (valueA, valueB) = (values[a], values[b])
    guard valueA != valueB else { return 0 }
    switch attribute.kind {
    case .spread:
      // Whoever joins c others of their value makes c pairs; whoever leaves c + 1, themselves counted, c.
      var pairs = 0
      if valueA >= 0 { pairs += (counts[tableB][valueA] ?? 0) - ((counts[tableA][valueA] ?? 0) - 1) }
      if valueB >= 0 { pairs += (counts[tableA][valueB] ?? 0) - ((counts[tableB][valueB] ?? 0) - 1) }
      return attribute.weight * 1000 * pairs
    case .mirror:
      let more =
        squares(tableA, valueA, -1) + squares(tableA, valueB, 1) + squares(tableB, valueA, 1)
        + squares(tableB, valueB, -1)
      return attribute.mirrorCost(sum + more, people: people) - attribute.mirrorCost(sum, people: people)
    }
  }

  /// How many more people are the only one at their table with a value of `neverAlone`.
  func aloneChange(_ a: Int, at tableA: Int, _ b: Int, at tableB: Int) -> Int {
    let (valueA, valueB) = (values[a], values[b])
    guard !attribute.neverAlone.isEmpty, valueA != valueB else { return 0 }
    func more(_ table: Int, _ value: Int, _ step: Int) -> Int {
      guard attribute.neverAlone.contains(value) else { return 0 }
      let count = counts[table][value] ?? 0
      return (count + step == 1 ? 1 : 0) - (count == 1 ? 1 : 0)
    }
    return more(tableA, valueA, -1) + more(tableA, valueB, 1) + more(tableB, valueA, 1)
      + more(tableB, valueB, -1)
  }

  /// How much a squared deviation grows when `step` people with a value come to a table.
  private func squares(_ table: Int, _ value: Int, _ step: Int) -> Int {
    let deviation = (counts[table][value] ?? 0) * people - sizes[table] * (room[value] ?? 0)
    let after = deviation + step * people
    return after * after - deviation * deviation
  }
}
