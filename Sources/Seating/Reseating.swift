import Ground

/// Mends tables that were made known when people came late, stayed away or left: the change that costs least
/// and moves fewest.
///
/// It is quick and takes no chances: 120 people in three rounds take a few thousandths of a second, and the
/// same problem gives the same tables everywhere. What a long search would find besides, it leaves.
public enum Reseating {
  /// What may change in a round.
  public enum Freedom: Sendable {
    /// Nothing: it was held.
    case held
    /// Those without a chair get one as far as there are any, and nobody gets up: it runs.
    case placing
    /// Everything.
    case open
  }

  /// Returns the tables of all rounds as mended, `published` being those made known.
  ///
  /// Everybody who is still there keeps their chair, newcomers take the one that costs least, broken rules
  /// are mended, and then people move only where the plan gains more than twice `moveWeight` for each. Tables get
  /// no less even in size, unless a bound asks for it. `freedom` is by round; a round that it lacks is held.
  /// Throws the rules that cannot be met together.
  public static func mend(
    _ problem: SeatingProblem, _ freedom: [Freedom]
  ) throws(SeatingConflict) -> SeatingPlan {
    let first = freedom.firstIndex { $0 != .held } ?? problem.rounds
    // What contradicts can be told at once; a round that runs is taken as it is.
    if let open = freedom.firstIndex(of: .open), let conflict = problem.conflicts(from: open).first {
      throw conflict
    }
    guard first < problem.rounds else { return ReseatTables(problem, freedom).plan }
    // Nobody gets up for a gain that is only just worth it: each who does must bring it twice over.
    var problem = problem
    problem.moveWeight *= 2
    var search = ReseatSearch(ReseatTables(problem, freedom))
    try search.start()
    search.improve()
    return search.tables.plan
  }
}

/// The steps of mending, each over all rounds that may change.
struct ReseatSearch {
  var tables: ReseatTables

  /// Up to how many people all pairs of a round are weighed; beyond it those at tables that changed.
  static let everyPair = 400
  init(_ tables: ReseatTables) { self.tables = tables }

  private var openRounds: [Int] { tables.rounds.indices.filter { tables.rounds[$0].freedom != .held } }

  // MARK: - Keep, place, mend

  /// Keeps everybody where they were told to sit, places newcomers, and mends what breaks a rule.
  mutating func start() throws(SeatingConflict) {
    for round in openRounds { keep(round) }
    for round in openRounds {
      let isPlaced = place(round)
      while let mending = bestChain(in: [round], .mending, depth: 1) ?? bestChain(in: [round], .mending) {
        carryOut(mending)
      }
      if !isPlaced || lack(round) > 0 { try seatAnew(round) }
    }
  }

  private mutating func keep(_ round: Int) {
    let counts = tables.rounds[round]
    if counts.freedom == .placing {
      for person in counts.rules.present where counts.known[person] >= 0 {
        tables.move(person, to: counts.known[person], in: round)
      }
    }
    for (unit, people) in counts.rules.units.enumerated() {
      let told = people.map { counts.known[$0] }.filter { $0 >= 0 }
      // A group goes where most of it sits.
      let most = told.max { a, b in
        let (countA, countB) = (told.count { $0 == a }, told.count { $0 == b })
        return (countA, b) < (countB, a)
      }
      guard let most, counts.rules.allows(unit, at: most),
        tables.rounds[round].apart(unit, at: most).isEmpty
      else { continue }
      for person in people
      where tables.rounds[round].tableOf[person] < 0
        && (counts.freedom == .open
          || tables.rounds[round].seated[most].count < counts.rules.tables[most].maximum)
      {
        tables.move(person, to: most, in: round)
      }
    }
  }

  /// Gives everybody without a chair the one that costs least, the hardest to place first; false where the
  /// rules left somebody none.
  private mutating func place(_ round: Int) -> Bool {
    let rules = tables.rounds[round].rules
    func choice(_ unit: Int) -> Int { rules.rows[rules.rowOf[unit]].count { $0 } }
    let homeless = rules.units.indices.filter {
      tables.rounds[round].table(ofUnit: $0) < 0 && tables.rounds[round].mayMove($0)
    }
    .sorted { (choice($0), -rules.units[$0].count, $0) < (choice($1), -rules.units[$1].count, $1) }
    for unit in homeless {
      let size = rules.units[unit].count
      var best: (rank: (Int, Int, Int), table: Int)?
      for table in rules.tables.indices
      where rules.allows(unit, at: table) && tables.rounds[round].apart(unit, at: table).isEmpty {
        let counts = tables.rounds[round]
        let now = counts.seated[table].count
        // Too many at a table can be mended, but not where nobody gets up.
        if counts.freedom == .placing, now + size > rules.tables[table].maximum { continue }
        let rank = (
          counts.lack(table, now + size) - counts.lack(table, now),
          counts.unevenness(table, now + size) - counts.unevenness(table, now),
          tables.change(unit: unit, to: table, in: round)
        )
        if best.map({ rank < $0.rank }) ?? true { best = (rank, table) }
      }
      guard let best else {
        if tables.rounds[round].freedom == .open { return false }
        continue
      }
      tables.move(unit: unit, to: best.table, in: round)
    }
    return true
  }

  func lack(_ round: Int) -> Int {
    let counts = tables.rounds[round]
    return counts.seated.indices.reduce(0) { $0 + counts.lack($1, counts.seated[$1].count) }
  }

  /// Where a few moves do not do, a search for any legal tables, which keeps people where it can.
  private mutating func seatAnew(_ round: Int) throws(SeatingConflict) {
    let counts = tables.rounds[round]
    // Nobody gets up in a round that runs: what it lacks, it keeps.
    guard counts.freedom == .open else { return }
    let wishes = counts.tableOf.map { max(0, $0) }
    var start = RoundStart(counts.rules, wishes: wishes, random: SplitMix64(seed: 0))
    let seated = try start.seat()
    for (table, people) in seated.enumerated() {
      for person in people { tables.move(person, to: table, in: round) }
    }
  }

  // MARK: - Improve

  /// Moves people as long as that costs less: one, two who change seats, then up to three in a row.
  mutating func improve() {
    while let best = bestSwap() ?? bestChain(in: openRounds, .gaining) {
      carryOut(best)
    }
  }

  private mutating func carryOut(_ chain: Chain) {
    for move in chain.moves { tables.move(unit: move.unit, to: move.to, in: chain.round) }
  }

  /// The best change of seats by two people, or nil.
  private func bestSwap() -> Chain? {
    var best: Chain?
    for round in openRounds {
      let counts = tables.rounds[round]
      let rules = counts.rules
      let single = rules.units.indices.filter {
        rules.units[$0].count == 1 && counts.mayMove($0) && counts.table(ofUnit: $0) >= 0
      }
      let changed = touched(round)
      for (place, one) in single.enumerated() {
        let (a, tableA) = (rules.units[one][0], counts.table(ofUnit: one))
        for other in single[(place + 1)...] {
          let (b, tableB) = (rules.units[other][0], counts.table(ofUnit: other))
          guard tableA != tableB, changed[tableA] || changed[tableB] else { continue }
          guard rules.allows(one, at: tableB), rules.allows(other, at: tableA) else { continue }
          let cost = counts.swap(a, b, met: tables.meetings(a, b, besides: round), tables.problem)
          guard cost < best?.cost ?? 0, counts.apart(one, at: tableB).allSatisfy({ $0 == other }),
            counts.apart(other, at: tableA).allSatisfy({ $0 == one })
          else { continue }
          best = Chain(
            round: round, moves: [(one, tableA, tableB), (other, tableB, tableA)], cost: cost)
        }
      }
    }
    return best
  }

  /// The tables where people are moved from and to: all, or in a large hall those that changed.
  func touched(_ round: Int) -> [Bool] {
    let counts = tables.rounds[round]
    if counts.rules.present.count <= Self.everyPair { return counts.seated.map { _ in true } }
    var changed = counts.seated.map { _ in false }
    for person in tables.problem.everyone where counts.tableOf[person] != counts.known[person] {
      for table in [counts.tableOf[person], counts.known[person]] where table >= 0 { changed[table] = true }
    }
    return changed
  }
}
