/// A plan under search: who sits where, how often all met, and what changing seats would cost.
///
/// Flat memory, because this is where all the time goes: arrays of arrays and dictionaries cost a bounds
/// check, a retain or a hash for every look. All costs are integers in units of 1 / `scale`, so a long
/// search cannot drift and is the same on every machine.
///
/// For one table of s people, of whom c have a value with share P / scale of the room, an attribute costs
///
///     mirror   w sum (c - s P)^2  =  w sum c^2  -  2 s sum w P c  +  s^2 sum w P^2
///     spread   w sum c(c-1)/2     =  w/2 sum c^2  -  w/2 sum c
///
/// that is, a square, a slope that every person carries with them, and a term in s alone: moving a person
/// touches two counts per attribute.
final class SearchState {
  static let scale = 1 << 16

  let people: Int
  let tables: Int
  /// The rounds that may change; rounds held before count as meetings only.
  let rounds: [RoundRules]
  let repeatCost: Int
  /// Attributes, and counted values of all attributes together.
  let attributes: Int
  let cells: Int
  /// Places per table in `members`.
  let stride: Int

  /// Each person's table per round, or -1: [round][person].
  let tableOf: UnsafeMutablePointer<Int32>
  /// Each person's place at the table: [round][person].
  let placeOf: UnsafeMutablePointer<Int32>
  /// The people at a table: [round][table][place].
  let members: UnsafeMutablePointer<Int32>
  /// The number of people at a table: [round][table].
  let sizes: UnsafeMutablePointer<Int>
  /// The number of people with a value at a table: [round][table][cell].
  let counts: UnsafeMutablePointer<Int32>
  /// How often two people meet, history counted: [person][person].
  let met: UnsafeMutablePointer<UInt16>
  /// The sum of C2(m) over those a person meets: no move of that person alone can save more.
  let again: UnsafeMutablePointer<Int>
  /// Each person's cell per attribute, or -1: [person][attribute].
  let cellOf: UnsafeMutablePointer<Int32>
  /// The weight of a squared count and of a count per attribute.
  let square: UnsafeMutablePointer<Int>
  let line: UnsafeMutablePointer<Int>
  /// What a person adds to the slope of a table: [round][person].
  let slope: UnsafeMutablePointer<Int>
  /// The slopes of the people at a table: [round][table].
  let slopes: UnsafeMutablePointer<Int>
  /// The term in the size alone: [round].
  let sizeCost: UnsafeMutablePointer<Int>
  /// Each person's row of allowed tables: [round][person], and the rows [round's first row + row][table].
  let rowOf: UnsafeMutablePointer<Int32>
  let allowed: UnsafeMutablePointer<Bool>
  /// Whether a person moves alone: [round][person].
  let isSingle: UnsafeMutablePointer<Bool>
  /// The people each person is kept apart from: a list after another, and where each begins.
  let apart: UnsafeMutablePointer<Int32>
  let apartStart: UnsafeMutablePointer<Int>

  /// Makes a plan from the rules of the rounds to draw, the people at their tables, and the rounds held.
  init(_ problem: SeatingProblem, rules: [RoundRules], seated: [[[Int]]], held: [[[Int]]]) {
    let people = problem.people
    let tables = problem.tables.count
    self.people = people
    self.tables = tables
    rounds = rules
    repeatCost = problem.repeatWeight * SearchState.scale
    let numbering = Cells(problem)
    attributes = problem.attributes.count
    cells = numbering.count
    stride = max(1, min(people, problem.tables.reduce(0) { max($0, $1.maximum) }))
    let seats = rules.count * people
    tableOf = SearchState.filled(seats, -1)
    placeOf = SearchState.filled(seats, 0)
    members = SearchState.filled(rules.count * tables * stride, 0)
    sizes = SearchState.filled(rules.count * tables, 0)
    counts = SearchState.filled(rules.count * tables * cells, 0)
    met = SearchState.filled(people * people, 0)
    again = SearchState.filled(people, 0)
    cellOf = SearchState.copied(numbering.cellOf)
    square = SearchState.copied(numbering.square)
    line = SearchState.copied(numbering.line)
    slope = SearchState.filled(seats, 0)
    slopes = SearchState.filled(rules.count * tables, 0)
    sizeCost = SearchState.filled(rules.count, 0)
    rowOf = SearchState.filled(seats, 0)
    isSingle = SearchState.filled(seats, false)
    var rows: [Bool] = []
    for (round, own) in rules.enumerated() {
      let shares = numbering.shares(of: own.present, problem)
      sizeCost[round] = shares.sizeCost
      let firstRow = rows.count / max(1, tables)
      rows += own.rows.joined()
      for person in own.present {
        let unit = own.unitOf[person]
        slope[round * people + person] = shares.slope[person]
        rowOf[round * people + person] = Int32(firstRow + own.rowOf[unit])
        isSingle[round * people + person] = own.units[unit].count == 1
      }
    }
    allowed = SearchState.copied(rows)
    var lists = [Set<Int>](repeating: [], count: people)
    for group in problem.keepApart {
      for a in group { lists[a].formUnion(group.filter { $0 != a }) }
    }
    apart = SearchState.copied(lists.flatMap { $0.sorted().map(Int32.init) })
    apartStart = SearchState.copied(lists.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) })
    meet(problem.history, held)
    for (round, seating) in seated.enumerated() {
      for (table, here) in seating.enumerated() {
        for person in here { sit(person, at: table, in: round) }
      }
    }
  }

  deinit {
    tableOf.deallocate()
    placeOf.deallocate()
    members.deallocate()
    sizes.deallocate()
    counts.deallocate()
    met.deallocate()
    again.deallocate()
    cellOf.deallocate()
    square.deallocate()
    line.deallocate()
    slope.deallocate()
    slopes.deallocate()
    sizeCost.deallocate()
    rowOf.deallocate()
    allowed.deallocate()
    isSingle.deallocate()
    apart.deallocate()
    apartStart.deallocate()
  }

  private static func filled<Element: BitwiseCopyable>(
    _ count: Int, _ value: Element
  ) -> UnsafeMutablePointer<Element> {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, count))
    memory.initialize(repeating: value, count: max(1, count))
    return memory
  }

  private static func copied<Element: BitwiseCopyable>(_ values: [Element]) -> UnsafeMutablePointer<Element> {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, values.count))
    for (place, value) in values.enumerated() { (memory + place).initialize(to: value) }
    return memory
  }

  /// Counts the meetings before this drawing; more than 1000 of one pair weigh no more.
  private func meet(_ history: [SeatingProblem.Met], _ held: [[[Int]]]) {
    func add(_ a: Int, _ b: Int, _ times: Int) {
      guard a != b else { return }
      let sum = min(1000, Int(met[a * people + b]) + min(1000, max(0, times)))
      met[a * people + b] = UInt16(sum)
      met[b * people + a] = UInt16(sum)
    }
    for past in history { add(past.a, past.b, past.times) }
    for table in held.joined() {
      for (place, a) in table.enumerated() { for b in table[(place + 1)...] { add(a, b, 1) } }
    }
    for a in 0..<people {
      for b in 0..<people {
        let times = Int(met[a * people + b])
        again[a] += times * (times - 1) / 2
      }
    }
  }

  /// The plan's rounds under search, each table in rising order.
  var seating: [[[Int]]] {
    rounds.indices.map { round in
      (0..<tables).map { table in
        let first = (round * tables + table) * stride
        return (0..<sizes[round * tables + table]).map { Int(members[first + $0]) }.sorted()
      }
    }
  }
}

/// Numbers for all values of all attributes, and what they weigh.
private struct Cells {
  var count = 0
  var cellOf: [Int32]
  var square: [Int] = []
  var line: [Int] = []
  private var mirrorWeight: [Int] = []

  init(_ problem: SeatingProblem) {
    let attributes = problem.attributes.count
    cellOf = [Int32](repeating: -1, count: problem.people * attributes)
    for (number, attribute) in problem.attributes.enumerated() {
      let weight = attribute.weight * SearchState.scale
      let isMirror = attribute.kind == .mirror
      var cells: [Int: Int32] = [:]
      for person in problem.everyone {
        let value = problem.value(attribute, of: person)
        if value < 0 && !isMirror { continue }
        let cell = cells[value] ?? Int32(count)
        if cells.updateValue(cell, forKey: value) == nil {
          count += 1
          mirrorWeight.append(isMirror ? attribute.weight : 0)
        }
        cellOf[person * attributes + number] = cell
      }
      square.append(isMirror ? weight : weight / 2)
      line.append(isMirror ? 0 : -weight / 2)
    }
  }

  /// Each person's slope and the weight of a table's squared size, in a round with these people.
  func shares(of present: [Int], _ problem: SeatingProblem) -> (slope: [Int], sizeCost: Int) {
    let attributes = problem.attributes.count
    var totals = [Int](repeating: 0, count: count)
    for person in present {
      for number in 0..<attributes {
        let cell = Int(cellOf[person * attributes + number])
        if cell >= 0 { totals[cell] += 1 }
      }
    }
    let share = totals.map { $0 * SearchState.scale / max(1, present.count) }
    var slope = [Int](repeating: 0, count: problem.people)
    for person in present {
      for number in 0..<attributes {
        let cell = Int(cellOf[person * attributes + number])
        if cell >= 0 { slope[person] -= 2 * mirrorWeight[cell] * share[cell] }
      }
    }
    let sizeCost = share.indices.reduce(0) {
      $0 + mirrorWeight[$1] * share[$1] * share[$1] / SearchState.scale
    }
    return (slope, sizeCost)
  }
}
