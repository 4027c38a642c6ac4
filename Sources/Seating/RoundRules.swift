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
    // The lowest member names a unit, so that units stand in order of it.
    var joined = Joined(people)
    for group in groups {
      for person in group.dropFirst() {
        joined.join(group[0], person)
      }
    }
    var units: [[Int]] = []
    var unitOf = [Int](repeating: -1, count: max(0, people))
    for person in present {
      let first = joined.lowest(with: person)
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
