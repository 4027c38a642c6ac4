/// Where somebody who comes late sits, and why; nobody else moves.
///
/// Somebody who does not come needs no counterpart: they are taken from their table and all others stay.
public struct SeatingPlacement: Sendable, Equatable {
  /// The table.
  public var table: Int
  /// Why there.
  public var reason: Reason

  /// Why a table was chosen.
  public enum Reason: Sendable, Equatable {
    /// The person is pinned there, or it is the only table that fits what they need.
    case onlyTable
    /// The people with whom they must sit are there.
    case withGroup([Int])
    /// It is the smallest of the tables where nobody has their value of the attribute.
    case lacksGroup
    /// Every table has somebody with their value; it is the smallest, with the fewest of them.
    case smallest
  }

  /// Returns the smallest table that lacks the person's group and meets every rule, in one round.
  ///
  /// `seated` holds the people at each table now, the person not among them; the problem counts the person,
  /// whether or not they were known to be absent. A table where nobody sits comes last. `group` is the attribute that counts as group; nil: the
  /// first to be mirrored. Among equals: fewest of the same value, then fewest who were met before, in
  /// `earlier` rounds or the history, then the lowest number. Throws `tooFewSeats`, `needUnmet`, or
  /// `notFound` with those who stand in the way.
  ///
  /// Source: "smallest table lacking that group", field practice of facilitators (docs/SEATING.md).
  public static func place(
    person: Int, in seated: [[Int]], of problem: SeatingProblem, round: Int, group: Int? = nil,
    earlier: [[[Int]]] = []
  ) throws(SeatingConflict) -> SeatingPlacement {
    guard problem.everyone.contains(person) else { throw .unknown(person: person, table: nil) }
    guard !problem.tables.isEmpty else { throw .noTables }
    let tables = problem.tables.indices.map { seated.indices.contains($0) ? seated[$0] : [] }
    let open = tables.indices.filter { tables[$0].count < problem.tables[$0].maximum }
    if open.isEmpty {
      throw .tooFewSeats(
        round: round, people: tables.reduce(1) { $0 + $1.count },
        seats: problem.tables.reduce(0) { $0 + $1.maximum })
    }

    let pinned = problem.pins.filter { $0.person == person && ($0.rounds?.contains(round) ?? true) }
    let fitting = problem.tables.indices.filter { table in
      problem.tables[table].maximum > 0 && pinned.allSatisfy { $0.table == table }
        && (problem.allowedTables[person]?.contains(table) ?? true)
    }
    if fitting.isEmpty { throw .needUnmet(person: person) }
    let mates = Set(problem.keepTogether.filter { $0.contains(person) }.joined()).subtracting([person])
    let apart = Set(problem.keepApart.filter { $0.contains(person) }.joined()).subtracting([person])
    let here = mates.intersection(tables.joined())
    let possible = fitting.filter { table in
      open.contains(table) && here.isSubset(of: tables[table]) && apart.isDisjoint(with: tables[table])
    }
    if possible.isEmpty {
      let inTheWay = here.union(apart.intersection(fitting.flatMap { tables[$0] }))
      throw .notFound(round: round, people: [person] + inTheWay.sorted())
    }

    if let table = possible.first, fitting.count == 1 {
      return SeatingPlacement(table: table, reason: .onlyTable)
    }
    if let table = possible.first, !here.isEmpty {
      return SeatingPlacement(table: table, reason: .withGroup(here.sorted()))
    }
    let mirrored = group ?? problem.attributes.firstIndex { $0.kind == .mirror }
    func alike(_ table: Int, _ attribute: SeatingProblem.Attribute) -> Int {
      let own = problem.value(attribute, of: person)
      return own < 0 ? 0 : tables[table].count { problem.value(attribute, of: $0) == own }
    }
    let before = problem.metBefore(person, in: earlier)
    func rank(_ table: Int) -> [Int] {
      let ofGroup =
        mirrored.flatMap {
          problem.attributes.indices.contains($0) ? alike(table, problem.attributes[$0]) : nil
        } ?? 0
      let colleagues = problem.attributes.reduce(0) { $0 + ($1.kind == .spread ? alike(table, $1) : 0) }
      let met = tables[table].reduce(0) { $0 + (before[$1] ?? 0) }
      // Nobody sits alone at a table that is not in use while another has a chair.
      let isUnused = tables[table].isEmpty ? 1 : 0
      return [isUnused, ofGroup > 0 ? 1 : 0, tables[table].count, ofGroup, colleagues, met, table]
    }
    let best = possible.map { (table: $0, rank: rank($0)) }
      .min { $0.rank.lexicographicallyPrecedes($1.rank) }
    guard let best else { throw .notFound(round: round, people: [person]) }
    return SeatingPlacement(table: best.table, reason: best.rank[1] == 0 ? .lacksGroup : .smallest)
  }
}

extension SeatingProblem {
  /// How often `person` met each other person, in the history and in `rounds`.
  fileprivate func metBefore(_ person: Int, in rounds: [[[Int]]]) -> [Int: Int] {
    var times: [Int: Int] = [:]
    for met in history where met.a == person || met.b == person {
      times[met.a == person ? met.b : met.a, default: 0] += met.times
    }
    for table in rounds.joined() where table.contains(person) {
      for other in table where other != person { times[other, default: 0] += 1 }
    }
    return times
  }
}
