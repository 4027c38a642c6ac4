/// Rules that cannot be met together; rounds, people and tables count from 0.
public enum SeatingConflict: Error, Sendable, Equatable {
  /// There are no tables.
  case noTables
  /// A table asks for more people than it has chairs, or has less than none.
  case tableBounds(table: Int)
  /// `people` must sit in `round`, but all tables together have only `seats` chairs.
  case tooFewSeats(round: Int, people: Int, seats: Int)
  /// The tables ask for at least `minimum` people in `round`; only `people` are there.
  case tooFewPeople(round: Int, people: Int, minimum: Int)
  /// More people are pinned to `table` in `round` than it has chairs.
  case tooManyPins(table: Int, round: Int, people: [Int], seats: Int)
  /// `person` is pinned to two tables in `round`.
  case twoPins(person: Int, round: Int, tables: [Int])
  /// `person` is pinned to `table`, which does not fit what they need.
  case pinAgainstNeed(person: Int, table: Int)
  /// The people must sit both together and apart.
  case togetherAndApart([Int])
  /// The people are pinned to `table` in `round` and must be kept apart.
  case pinnedAndApart([Int], table: Int, round: Int)
  /// More people must all be kept apart from one another than there are tables.
  case tooManyApart([Int], tables: Int)
  /// A group that must sit together is larger than any table.
  case groupTooLarge([Int], seats: Int)
  /// The people who must sit together are pinned to, or need, different tables.
  case groupTornApart([Int])
  /// No table fits what `person` needs.
  case needUnmet(person: Int)
  /// Pins and needs leave `people` only `tables` in `round`, which have too few chairs together.
  case tooFewFittingSeats(round: Int, people: [Int], tables: [Int], seats: Int)
  /// Pins and needs leave `tables` only `people` in `round`, fewer than the `minimum` they ask together.
  case tooFewFittingPeople(round: Int, people: [Int], tables: [Int], minimum: Int)
  /// A rule names a person or a table that does not exist.
  case unknown(person: Int?, table: Int?)
  /// The rules pass every single check, yet no seating of `round` was found; the `people` are where it stuck.
  case notFound(round: Int, people: [Int])
}

extension SeatingProblem {
  /// Returns the contradictions among the rules that can be named without a search.
  ///
  /// Empty does not prove that there is a plan: packing groups at tables while keeping others apart is as
  /// hard as the hardest problems, and what is left shows as `notFound`. Rounds before `first` have been
  /// held and are not looked at. A contradiction that holds in several rounds is told once, for the first.
  public func conflicts(from first: Int = 0) -> [SeatingConflict] {
    if tables.isEmpty { return [.noTables] }
    var found = tables.indices.filter { tables[$0].minimum > tables[$0].maximum || tables[$0].maximum < 0 }
      .map { SeatingConflict.tableBounds(table: $0) }
    found += unknowns
    if !found.isEmpty { return found }
    found += contradictedPeople(from: first)
    if !found.isEmpty { return found }
    // Each kind once: the same lack in every round is one lack to the facilitator.
    var seen: Set<String> = []
    for round in first..<max(first, rounds) {
      for conflict in RoundRules(self, round: round).conflicts where seen.insert(conflict.key).inserted {
        found.append(conflict)
      }
    }
    return found
  }

  private var unknowns: [SeatingConflict] {
    var people: [Int] = keepApart.flatMap { $0 } + keepTogether.flatMap { $0 }
    people += pins.map(\.person)
    people += allowedTables.keys.sorted() + absent.keys.sorted()
    people += history.flatMap { [$0.a, $0.b] }
    let named = pins.map(\.table) + Set(allowedTables.values.joined()).sorted()
    let strangers = distinct(people.filter { !everyone.contains($0) })
    let noTables = distinct(named.filter { !tables.indices.contains($0) })
    return strangers.map { .unknown(person: $0, table: nil) }
      + noTables.map { .unknown(person: nil, table: $0) }
  }

  /// What is wrong with one person's pins and needs.
  private func contradictedPeople(from first: Int) -> [SeatingConflict] {
    var found: [SeatingConflict] = []
    for (person, fitting) in allowedTables.sorted(by: { $0.key < $1.key }) {
      let isThere = (first..<max(first, rounds)).contains { !misses(person, round: $0) }
      if isThere && !fitting.contains(where: { tables[$0].maximum > 0 }) {
        found.append(.needUnmet(person: person))
      }
    }
    for person in distinct(pins.map(\.person)) {
      let own = pins.filter { $0.person == person }
      let drawn = (first..<max(first, rounds)).filter { !misses(person, round: $0) }
      for round in drawn {
        let pinned = distinct(own.filter { $0.rounds?.contains(round) ?? true }.map(\.table))
        if pinned.count > 1 {
          found.append(.twoPins(person: person, round: round, tables: pinned))
          break
        }
        if let table = pinned.first, let fitting = allowedTables[person], !fitting.isEmpty,
          !fitting.contains(table)
        {
          found.append(.pinAgainstNeed(person: person, table: table))
          break
        }
      }
    }
    return found
  }
}

extension SeatingConflict {
  /// What stays the same when the same lack shows in another round.
  fileprivate var key: String {
    switch self {
    case .tooFewSeats(_, _, let seats): "seats \(seats)"
    case .tooFewPeople(_, _, let minimum): "people \(minimum)"
    case .tooManyPins(let table, _, let people, _): "pins \(table) \(people)"
    case .pinnedAndApart(let people, let table, _): "pinned apart \(people) \(table)"
    case .tooFewFittingSeats(_, let people, let tables, _): "fitting seats \(people) \(tables)"
    case .tooFewFittingPeople(_, let people, let tables, _): "fitting people \(people) \(tables)"
    default: "\(self)"
    }
  }
}

/// The elements without those that came before, in their order.
func distinct(_ elements: [Int]) -> [Int] {
  var seen: Set<Int> = []
  return elements.filter { seen.insert($0).inserted }
}
