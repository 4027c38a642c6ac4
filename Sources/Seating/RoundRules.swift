/// The hard rules of one round, worked out: who is there, who moves as one, and where each unit may sit.
struct RoundRules {
  let round: Int
  /// The bounds and names of the tables.
  let tables: [SeatingProblem.Table]
  /// Who is there, in rising order.
  let present: [Int]
  /// People who move as one: a group that sits together, or a single person.
  ///
  /// In order of the lowest member.
  let units: [[Int]]
  /// Each person's unit, or -1 for those who are not there.
  let unitOf: [Int]
  /// Each unit's row in `rows`.
  let rowOf: [Int]
  /// The distinct sets of tables at which a unit may sit; row 0 is every table with a chair.
  let rows: [[Bool]]
  /// For each unit: the units it is kept apart from, in rising order.
  ///
  /// It holds the unit's own number where two of its people must be kept apart.
  let apart: [[Int]]

  init(_ problem: SeatingProblem, round: Int) {
    self.round = round
    tables = problem.tables
    present = problem.everyone.filter { !problem.misses($0, round: round) }
    let here = Set(present)
    (units, unitOf) = RoundRules.units(
      problem.keepTogether.map { $0.filter(here.contains) }, present: present, people: problem.people)
    let open = tables.map { $0.maximum > 0 }
    var pinned: [Int: [Int]] = [:]
    for pin in problem.pins where pin.rounds?.contains(round) ?? true {
      pinned[pin.person, default: []].append(pin.table)
    }
    var rows = [open]
    var numbers = [open: 0]
    rowOf = units.map { unit in
      guard unit.contains(where: { problem.allowedTables[$0] != nil || pinned[$0] != nil }) else { return 0 }
      var row = open
      for person in unit {
        let fitting = problem.allowedTables[person]
        let places = pinned[person]
        for table in row.indices where row[table] {
          row[table] =
            (fitting?.contains(table) ?? true) && (places?.allSatisfy { $0 == table } ?? true)
        }
      }
      if let number = numbers[row] { return number }
      numbers[row] = rows.count
      rows.append(row)
      return rows.count - 1
    }
    self.rows = rows
    var apart = [Set<Int>](repeating: [], count: units.count)
    for group in problem.keepApart {
      for (place, a) in group.enumerated() {
        for b in group[(place + 1)...] where a != b && here.contains(a) && here.contains(b) {
          apart[unitOf[a]].insert(unitOf[b])
          apart[unitOf[b]].insert(unitOf[a])
        }
      }
    }
    self.apart = apart.map { $0.sorted() }
  }

  /// Joins the groups that share a member.
  private static func units(
    _ groups: [[Int]], present: [Int], people: Int
  ) -> (units: [[Int]], unitOf: [Int]) {
    var parent = Array(0..<max(0, people))
    func root(_ person: Int) -> Int {
      var person = person
      while parent[person] != person { person = parent[person] }
      return person
    }
    for group in groups {
      for person in group.dropFirst() {
        let (a, b) = (root(group[0]), root(person))
        // The lowest member is the root, so that units stand in order of it.
        parent[max(a, b)] = min(a, b)
      }
    }
    var units: [[Int]] = []
    var unitOf = [Int](repeating: -1, count: max(0, people))
    for person in present {
      let first = root(person)
      if first == person {
        unitOf[person] = units.count
        units.append([person])
      } else {
        unitOf[person] = unitOf[first]
        units[unitOf[first]].append(person)
      }
    }
    return (units, unitOf)
  }

  /// Whether `unit` may sit at `table` as far as pins and needs go.
  func allows(_ unit: Int, at table: Int) -> Bool { rows[rowOf[unit]][table] }

  /// The only table at which `unit` may sit, or nil where it has another number of them.
  func onlyTable(of unit: Int) -> Int? {
    let row = rows[rowOf[unit]]
    guard let first = row.firstIndex(of: true), row.lastIndex(of: true) == first else { return nil }
    return first
  }
}

// MARK: - Contradictions

extension RoundRules {
  /// The contradictions in this round that can be named without a search.
  var conflicts: [SeatingConflict] {
    let seats = tables.reduce(0) { $0 + $1.maximum }
    let minimum = tables.reduce(0) { $0 + max(0, $1.minimum) }
    var found: [SeatingConflict] = []
    if present.count > seats {
      found.append(.tooFewSeats(round: round, people: present.count, seats: seats))
    }
    if present.count < minimum {
      found.append(.tooFewPeople(round: round, people: present.count, minimum: minimum))
    }
    let largest = tables.reduce(0) { max($0, $1.maximum) }
    for (unit, people) in units.enumerated() {
      if apart[unit].contains(unit) { found.append(.togetherAndApart(people)) }
      if people.count > 1, people.count > largest {
        found.append(.groupTooLarge(people, seats: largest))
      } else if !rows[rowOf[unit]].contains(true) {
        found.append(.groupTornApart(people))
      }
    }
    found += conflictsOfPins + conflictsOfApart
    // The flows find every lack of seats, the plainer ones too: told only when nothing plainer was.
    return found.isEmpty ? conflictsOfFit : found
  }

  private var conflictsOfPins: [SeatingConflict] {
    var found: [SeatingConflict] = []
    var pinned = [[Int]](repeating: [], count: tables.count)
    for unit in units.indices where rowOf[unit] > 0 {
      if let table = onlyTable(of: unit) { pinned[table].append(unit) }
    }
    for (table, here) in pinned.enumerated() {
      let people = here.flatMap { units[$0] }.sorted()
      if people.count > tables[table].maximum {
        found.append(
          .tooManyPins(table: table, round: round, people: people, seats: tables[table].maximum))
      }
      for unit in here {
        for other in apart[unit] where other > unit && here.contains(other) {
          found.append(.pinnedAndApart(units[unit] + units[other], table: table, round: round))
        }
      }
    }
    return found
  }

  /// People who are all kept apart from one another, more than there are tables.
  ///
  /// The largest such set is hard to find; growing one from each unit finds those that people write.
  private var conflictsOfApart: [SeatingConflict] {
    let open = rows[0].count { $0 }
    for unit in units.indices where apart[unit].count >= open {
      var all = [unit]
      for other in apart[unit].sorted(by: { apart[$0].count > apart[$1].count })
      where all.allSatisfy({ apart[other].contains($0) }) { all.append(other) }
      if all.count > open { return [.tooManyApart(all.map { units[$0][0] }.sorted(), tables: open)] }
    }
    return []
  }

  /// Pins and needs that together leave too few seats for people, or too few people for tables.
  private var conflictsOfFit: [SeatingConflict] {
    var members = [[Int]](repeating: [], count: rows.count)
    for (unit, people) in units.enumerated() { members[rowOf[unit]] += people }
    let supply = members.map(\.count)
    var found: [SeatingConflict] = []
    if let lack = Transport.shortfall(
      supply: supply, capacity: tables.map(\.maximum), fits: { rows[$0][$1] })
    {
      found.append(
        .tooFewFittingSeats(
          round: round, people: lack.sources.flatMap { members[$0] }.sorted(), tables: lack.sinks,
          seats: lack.sinks.reduce(0) { $0 + tables[$1].maximum }))
    }
    if let lack = Transport.shortfall(
      supply: tables.map { max(0, $0.minimum) }, capacity: supply, fits: { rows[$1][$0] })
    {
      found.append(
        .tooFewFittingPeople(
          round: round, people: lack.sinks.flatMap { members[$0] }.sorted(), tables: lack.sources,
          minimum: lack.sources.reduce(0) { $0 + tables[$1].minimum }))
    }
    return found
  }
}
