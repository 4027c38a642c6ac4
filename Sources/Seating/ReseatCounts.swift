/// One round's tables while they are mended, with the few counts from which the cost of any move follows.
struct ReseatRound {
  let rules: RoundRules
  /// Whether people may change tables.
  let freedom: Reseating.Freedom
  /// The table made known to each person, or -1.
  let known: [Int]
  /// Each person's table now, or -1.
  var tableOf: [Int]
  /// The people at each table, in no order.
  var seated: [[Int]]
  /// The sizes between which tables are as even as they can be.
  let even: [ClosedRange<Int>]
  /// How often each person met those at each table in other rounds: [person * tables + table]; empty where
  /// nobody may move.
  var met: [Int32]
  var mixes: [ReseatMix]

  init(_ problem: SeatingProblem, round: Int, _ freedom: Reseating.Freedom) {
    self.freedom = freedom
    rules = RoundRules(problem, round: round)
    var known = [Int](repeating: -1, count: problem.everyone.count)
    if problem.published.indices.contains(round) {
      for (table, people) in problem.published[round].prefix(problem.tables.count).enumerated() {
        for person in people where problem.everyone.contains(person) { known[person] = table }
      }
    }
    self.known = known
    tableOf = [Int](repeating: -1, count: known.count)
    let count = problem.tables.count
    seated = [[Int]](repeating: [], count: count)
    met = [Int32](repeating: 0, count: freedom == .held ? 0 : known.count * count)
    let present = rules.present
    mixes = freedom == .held ? [] : problem.attributes.map { ReseatMix($0, of: problem, present) }
    // As many as come to each table where they are shared out evenly, as far as the bounds allow.
    var level = 0
    let most = problem.tables.reduce(0) { max($0, $1.maximum) }
    func seats(at level: Int) -> Int {
      problem.tables.reduce(0) { $0 + min($1.maximum, max($1.minimum, level)) }
    }
    while level < most, seats(at: level + 1) <= present.count { level += 1 }
    let ceiling = seats(at: level) == present.count ? level : level + 1
    even = problem.tables.map { table in
      let low = max(0, min(table.maximum, max(table.minimum, level)))
      return low...max(low, min(table.maximum, ceiling))
    }
  }

  /// How many people are too many or too few at a table of `size`; a round of which nobody gets up has no
  /// minimum.
  func lack(_ table: Int, _ size: Int) -> Int {
    let bounds = rules.tables[table]
    return max(0, size - bounds.maximum) + (freedom == .open ? max(0, bounds.minimum - size) : 0)
  }

  /// How far a table of `size` is from an even one.
  func unevenness(_ table: Int, _ size: Int) -> Int {
    max(0, even[table].lowerBound - size, size - even[table].upperBound)
  }

  /// The units at `table` that `unit` is kept apart from.
  func apart(_ unit: Int, at table: Int) -> [Int] {
    if rules.apart[unit].isEmpty { return [] }
    return rules.apart[unit].filter { rules.units[$0].contains { tableOf[$0] == table } }
  }

  /// The table of a unit, or -1.
  func table(ofUnit unit: Int) -> Int { tableOf[rules.units[unit][0]] }

  /// Whether a unit's table may change.
  func mayMove(_ unit: Int) -> Bool { freedom == .open || rules.units[unit].allSatisfy { known[$0] < 0 } }

  /// How much more it costs when `person` moves to `table`; nobody is too many there.
  func change(_ person: Int, to table: Int, _ problem: SeatingProblem) -> Int {
    let (old, row) = (tableOf[person], person * seated.count)
    let meetings = Int(table < 0 ? 0 : met[row + table]) - Int(old < 0 ? 0 : met[row + old])
    let (sizeOld, sizeNew) = (old < 0 ? 0 : seated[old].count, table < 0 ? 0 : seated[table].count)
    var cost = problem.repeatWeight * 1000 * meetings + moved(person, to: table, problem)
    for mix in mixes.indices {
      cost += mixes[mix].change(person, from: old, sizeOld, to: table, sizeNew)
    }
    return cost
  }

  /// How much more it costs when `a` and `b` change seats; `both` is how often they met in other rounds.
  func swap(_ a: Int, _ b: Int, met both: Int, _ problem: SeatingProblem) -> Int {
    let (tableA, tableB, count) = (tableOf[a], tableOf[b], seated.count)
    let meetings =
      Int(
        met[a * count + tableB] - met[a * count + tableA] + met[b * count + tableA]
          - met[b * count + tableB]) - 2 * both
    let moves = moved(a, to: tableB, problem) + moved(b, to: tableA, problem)
    let (sizeA, sizeB) = (seated[tableA].count, seated[tableB].count)
    var cost = problem.repeatWeight * 1000 * meetings + moves
    for mix in mixes.indices { cost += mixes[mix].swap(a, at: tableA, sizeA, b, at: tableB, sizeB) }
    return cost
  }

  private func moved(_ person: Int, to table: Int, _ problem: SeatingProblem) -> Int {
    let place = known[person]
    // Who was told no table is not moved by any.
    if place < 0 { return 0 }
    let old = tableOf[person]
    return problem.moveWeight * 1000
      * ((table >= 0 && table != place ? 1 : 0) - (old >= 0 && old != place ? 1 : 0))
  }
}

/// The counts of one attribute in a round that is mended; an empty value has number 0.
struct ReseatMix {
  private let attribute: SeatingProblem.Attribute
  private let aloneWeight: Int
  private let values: [Int]
  private let width: Int
  private let neverAlone: [Bool]
  private let people: Int
  private let room: [Int]
  private let roomSquare: Int
  /// The people with each value at each table: [table * width + value].
  private var counts: [Int]
  /// For each table the sum of its squared counts, and of its counts times the room's.
  private var squares: [Int]
  private var products: [Int]
  /// For `mirror`: the sum of the squared deviations, each times the number of people.
  private var sum = 0
  /// What `sum` costs.
  private var cost = 0

  init(_ attribute: SeatingProblem.Attribute, of problem: SeatingProblem, _ present: [Int]) {
    self.attribute = attribute
    aloneWeight = problem.aloneWeight * 1000
    let values = problem.everyone.map { problem.value(attribute, of: $0) + 1 }
    self.values = values
    let width = (values.max() ?? 0) + 1
    self.width = width
    neverAlone = (0..<width).map { attribute.neverAlone.contains($0 - 1) }
    people = present.count
    var room = [Int](repeating: 0, count: width)
    for person in present { room[values[person]] += 1 }
    self.room = room
    roomSquare = room.reduce(0) { $0 + $1 * $1 }
    counts = [Int](repeating: 0, count: width * problem.tables.count)
    squares = [Int](repeating: 0, count: problem.tables.count)
    products = squares
  }

  /// The squared deviations of a table; that of a value is (count * people - size * room)².
  private func deviation(_ size: Int, squares: Int, products: Int) -> Int {
    people * people * squares - 2 * people * size * products + size * size * roomSquare
  }

  /// How much the deviations of `table` grow when `joins` comes and `leaves` goes; -1 is nobody.
  private func growth(_ table: Int, _ size: Int, joins: Int, leaves: Int) -> Int {
    let row = table * width
    var (newSize, newSquares, newProducts) = (size, squares[table], products[table])
    if leaves >= 0 {
      newSize -= 1
      newSquares -= 2 * counts[row + leaves] - 1
      newProducts -= room[leaves]
    }
    if joins >= 0 {
      newSize += 1
      newSquares += 2 * counts[row + joins] + 1
      newProducts += room[joins]
    }
    return deviation(newSize, squares: newSquares, products: newProducts)
      - deviation(size, squares: squares[table], products: products[table])
  }

  private func grown(_ growth: Int) -> Int {
    attribute.mirrorCost(sum + growth, people: max(1, people)) - cost
  }

  /// The cost of those alone with `value` at `table` when its count grows by `step`, and of pairs where they
  /// are to be spread.
  private func countCost(_ value: Int, at table: Int, _ step: Int) -> Int {
    let count = counts[table * width + value]
    var cost = 0
    if attribute.kind == .spread, value > 0 {
      cost += attribute.weight * 1000 * (step > 0 ? count : 1 - count)
    }
    if neverAlone[value] { cost += aloneWeight * ((count + step == 1 ? 1 : 0) - (count == 1 ? 1 : 0)) }
    return cost
  }

  func change(_ person: Int, from old: Int, _ sizeOld: Int, to new: Int, _ sizeNew: Int) -> Int {
    let value = values[person]
    var cost = (old < 0 ? 0 : countCost(value, at: old, -1)) + (new < 0 ? 0 : countCost(value, at: new, 1))
    if attribute.kind == .mirror {
      cost += grown(
        (old < 0 ? 0 : growth(old, sizeOld, joins: -1, leaves: value))
          + (new < 0 ? 0 : growth(new, sizeNew, joins: value, leaves: -1)))
    }
    return cost
  }

  func swap(_ a: Int, at tableA: Int, _ sizeA: Int, _ b: Int, at tableB: Int, _ sizeB: Int) -> Int {
    let (valueA, valueB) = (values[a], values[b])
    if valueA == valueB { return 0 }
    var cost = countCost(valueA, at: tableA, -1) + countCost(valueB, at: tableA, 1)
    cost += countCost(valueB, at: tableB, -1) + countCost(valueA, at: tableB, 1)
    if attribute.kind == .mirror {
      // One after the other at a table: the second's count is not touched by the first.
      cost += grown(
        growth(tableA, sizeA, joins: valueB, leaves: valueA)
          + growth(tableB, sizeB, joins: valueA, leaves: valueB))
    }
    return cost
  }

  mutating func move(_ person: Int, from old: Int, _ sizeOld: Int, to new: Int, _ sizeNew: Int) {
    let value = values[person]
    if old >= 0 {
      sum += growth(old, sizeOld, joins: -1, leaves: value)
      squares[old] -= 2 * counts[old * width + value] - 1
      products[old] -= room[value]
      counts[old * width + value] -= 1
    }
    if new >= 0 {
      sum += growth(new, sizeNew, joins: value, leaves: -1)
      squares[new] += 2 * counts[new * width + value] + 1
      products[new] += room[value]
      counts[new * width + value] += 1
    }
    if attribute.kind == .mirror { cost = attribute.mirrorCost(sum, people: max(1, people)) }
  }
}
