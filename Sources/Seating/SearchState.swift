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
  static let scale = 1 << 24

  let people: Int
  let tables: Int
  /// The rounds that may change; rounds held before count as meetings only.
  let rounds: [RoundRules]
  /// Attributes, and counted values of all attributes together.
  let attributes: Int
  let cells: Int
  /// Places per table in `members`.
  let stride: Int
  let repeatCost: Int
  let aloneCost: Int
  let moveCost: Int

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
  /// How often any two meet, history counted.
  let meetings: Meetings
  /// The sum of C2(m) over those a person meets: no move of that person alone can save more.
  let again: UnsafeMutablePointer<Int>
  /// Each person's cell per attribute, or -1: [person][attribute].
  let cellOf: UnsafeMutablePointer<Int32>
  /// The weight of a squared count and of a count per attribute.
  let square: UnsafeMutablePointer<Int>
  let line: UnsafeMutablePointer<Int>
  /// What one person of a value adds to the slope of a table: [round][cell].
  let cellSlope: UnsafeMutablePointer<Int>
  /// What a person adds to the slope of a table: [round][person].
  let slope: UnsafeMutablePointer<Int>
  /// The slopes of the people at a table: [round][table].
  let slopes: UnsafeMutablePointer<Int>
  /// The term in the size alone: [round].
  let sizeCost: UnsafeMutablePointer<Int>
  /// Whether nobody may be alone with the value of a cell: [cell].
  let neverAlone: UnsafeMutablePointer<Bool>
  let hasNeverAlone: Bool
  /// The table that was made known to each person, or -1: [round][person].
  let known: UnsafeMutablePointer<Int32>
  let hasKnown: Bool
  /// Each person's row of allowed tables: [round][person], and the rows [round's first row + row][table].
  let rowOf: UnsafeMutablePointer<Int32>
  let allowed: UnsafeMutablePointer<Bool>
  /// The people each person is kept apart from: a list after another, and where each begins.
  let apart: UnsafeMutablePointer<Int32>
  let apartStart: UnsafeMutablePointer<Int>
  /// Whether no rule says where a person sits, nor beside whom: [round][person].
  let isFree: UnsafeMutablePointer<Bool>
  /// Whether a person moves alone and has a choice of tables: [round][person].
  let isMover: UnsafeMutablePointer<Bool>

  /// The tables that are not as even as they can be.
  let uneven: Unevenness
  /// What the plan costs; pairs that must sit together are left out, as in the score.
  var cost = 0

  /// Makes a plan from the rules of the rounds to draw, the people at their tables, and the rounds held.
  init(_ problem: SeatingProblem, rules: [RoundRules], seated: [[[Int]]], held: [[[Int]]]) {
    let people = problem.people
    let tables = problem.tables.count
    self.people = people
    self.tables = tables
    rounds = rules
    repeatCost = problem.repeatWeight * SearchState.scale
    aloneCost = problem.aloneWeight * SearchState.scale
    moveCost = problem.moveWeight * SearchState.scale
    let numbering = Cells(problem)
    attributes = problem.attributes.count
    cells = numbering.count
    stride = max(1, min(people, problem.tables.reduce(0) { max($0, $1.maximum) }))
    let seats = rules.count * people
    tableOf = .filled(seats, -1)
    placeOf = .filled(seats, 0)
    members = .filled(rules.count * tables * stride, 0)
    sizes = .filled(rules.count * tables, 0)
    counts = .filled(rules.count * tables * cells, 0)
    meetings = Meetings(problem, held: held, free: rules.count)
    again = .filled(people, 0)
    cellOf = .copied(numbering.cellOf)
    square = .copied(numbering.square)
    line = .copied(numbering.line)
    neverAlone = .copied(numbering.neverAlone)
    hasNeverAlone = numbering.neverAlone.contains(true) && problem.aloneWeight > 0
    cellSlope = .filled(rules.count * cells, 0)
    slope = .filled(seats, 0)
    slopes = .filled(rules.count * tables, 0)
    sizeCost = .filled(rules.count, 0)
    known = .filled(seats, -1)
    rowOf = .filled(seats, 0)
    isFree = .filled(seats, false)
    isMover = .filled(seats, false)
    var rows: [Bool] = []
    var hasKnown = false
    for (round, own) in rules.enumerated() {
      let shares = numbering.shares(of: own.present, problem)
      sizeCost[round] = shares.sizeCost
      for cell in 0..<cells { cellSlope[round * cells + cell] = shares.cellSlope[cell] }
      let firstRow = rows.count / max(1, tables)
      rows += own.rows.joined()
      for person in own.present {
        let unit = own.unitOf[person]
        slope[round * people + person] = shares.slope[person]
        rowOf[round * people + person] = Int32(firstRow + own.rowOf[unit])
        isFree[round * people + person] = own.rowOf[unit] == 0 && own.apart[unit].isEmpty
        isMover[round * people + person] = own.units[unit].count == 1 && own.onlyTable(of: unit) == nil
      }
      let place = held.count + round
      guard problem.published.indices.contains(place) else { continue }
      for (table, here) in problem.published[place].enumerated() where table < tables {
        for person in here where person >= 0 && person < people {
          known[round * people + person] = Int32(table)
          hasKnown = true
        }
      }
    }
    self.hasKnown = hasKnown && problem.moveWeight > 0
    allowed = .copied(rows)
    var lists = [Set<Int>](repeating: [], count: people)
    for group in problem.keepApart {
      for a in group { lists[a].formUnion(group.filter { $0 != a }) }
    }
    apart = .copied(lists.flatMap { $0.sorted().map(Int32.init) })
    apartStart = .copied(lists.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) })
    for a in 0..<people { again[a] = meetings.again(a) }
    uneven = Unevenness(
      tables: tables, present: rules.map(\.present.count),
      totals: rules.map { numbering.totals(of: $0.present) }, isMirrored: numbering.isMirrored)
    for (round, seating) in seated.enumerated() {
      for (table, here) in seating.enumerated() {
        for person in here { cost += sit(person, at: table, in: round) }
      }
    }
    for place in 0..<(rules.count * tables) { judge(place) }
    for pair in problem.pairsTogether {
      let before = problem.timesMet(pair, in: held)
      let times = meetings.count(pair.a, pair.b)
      cost -= repeatCost * (times * (times - 1) / 2 - before * (before - 1) / 2)
    }
  }

  deinit {
    tableOf.deallocate()
    placeOf.deallocate()
    members.deallocate()
    sizes.deallocate()
    counts.deallocate()
    again.deallocate()
    cellOf.deallocate()
    square.deallocate()
    line.deallocate()
    neverAlone.deallocate()
    cellSlope.deallocate()
    slope.deallocate()
    slopes.deallocate()
    sizeCost.deallocate()
    known.deallocate()
    rowOf.deallocate()
    allowed.deallocate()
    isFree.deallocate()
    isMover.deallocate()
    apart.deallocate()
    apartStart.deallocate()
  }

  /// Each person's table in the rounds under search, or -1: [round][person].
  var seats: [Int32] { Array(UnsafeBufferPointer(start: tableOf, count: rounds.count * people)) }

  /// Seats everybody as in `seats`, a plan of the same people.
  func take(_ seats: [Int32]) {
    for round in rounds.indices { take(seats, in: round) }
  }

  /// Seats everybody as in `seats` in one round.
  func take(_ seats: [Int32], in round: Int) {
    let others = rounds[round].present.filter { seats[round * people + $0] != tableOf[round * people + $0] }
    var touched = [Bool](repeating: false, count: tables)
    for person in others {
      touched[Int(tableOf[round * people + person])] = true
      cost += rise(person, in: round)
    }
    for person in others { cost += sit(person, at: Int(seats[round * people + person]), in: round) }
    for person in others { touched[Int(tableOf[round * people + person])] = true }
    for table in 0..<tables where touched[table] { judge(round * tables + table) }
  }

  /// The plan in which everybody sits as in `seats`: each round's tables, in rising order.
  func seating(_ seats: [Int32]) -> [[[Int]]] {
    rounds.indices.map { round in
      var seated = [[Int]](repeating: [], count: tables)
      for person in rounds[round].present { seated[Int(seats[round * people + person])].append(person) }
      return seated
    }
  }

  /// Looks anew whether the table at `place` is as even as it can be.
  func judge(_ place: Int) { uneven.judge(place, size: sizes[place], counts + place * cells) }
}

extension UnsafeMutablePointer where Pointee: BitwiseCopyable {
  /// Memory for `count` values, each `value`.
  static func filled(_ count: Int, _ value: Pointee) -> Self {
    let memory = Self.allocate(capacity: max(1, count))
    memory.initialize(repeating: value, count: max(1, count))
    return memory
  }

  /// Memory with these values.
  static func copied(_ values: [Pointee]) -> Self {
    let memory = Self.allocate(capacity: max(1, values.count))
    for (place, value) in values.enumerated() { (memory + place).initialize(to: value) }
    return memory
  }
}

extension SeatingProblem {
  /// How often a pair met in the history and in the rounds held.
  fileprivate func timesMet(_ pair: Pair, in held: [[[Int]]]) -> Int {
    history.reduce(0) { $0 + (Pair($1.a, $1.b) == pair ? $1.times : 0) }
      + held.joined().count { $0.contains(pair.a) && $0.contains(pair.b) }
  }
}

/// Numbers for all values of all attributes, and what they weigh.
private struct Cells {
  var count = 0
  var cellOf: [Int32]
  var square: [Int] = []
  var line: [Int] = []
  var neverAlone: [Bool] = []
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
          neverAlone.append(attribute.neverAlone.contains(value))
        }
        cellOf[person * attributes + number] = cell
      }
      square.append(isMirror ? weight : weight / 2)
      line.append(isMirror ? 0 : -weight / 2)
    }
  }

  /// Whether the tables must mirror the room in each cell.
  var isMirrored: [Bool] { mirrorWeight.map { $0 > 0 } }

  /// How many of these people each cell has.
  func totals(of present: [Int]) -> [Int] {
    let attributes = square.count
    var totals = [Int](repeating: 0, count: count)
    for person in present {
      for number in 0..<attributes {
        let cell = Int(cellOf[person * attributes + number])
        if cell >= 0 { totals[cell] += 1 }
      }
    }
    return totals
  }

  /// Each person's and each value's slope and the weight of a table's squared size, in a round with these people.
  func shares(of present: [Int], _ problem: SeatingProblem) -> (
    slope: [Int], cellSlope: [Int], sizeCost: Int
  ) {
    let attributes = problem.attributes.count
    let share = totals(of: present).map { $0 * SearchState.scale / max(1, present.count) }
    let cellSlope = share.indices.map { -2 * mirrorWeight[$0] * share[$0] }
    var slope = [Int](repeating: 0, count: problem.people)
    for person in present {
      for number in 0..<attributes {
        let cell = Int(cellOf[person * attributes + number])
        if cell >= 0 { slope[person] += cellSlope[cell] }
      }
    }
    let sizeCost = share.indices.reduce(0) {
      $0 + mirrorWeight[$1] * (share[$1] * share[$1] / SearchState.scale)
    }
    return (slope, cellSlope, sizeCost)
  }
}
