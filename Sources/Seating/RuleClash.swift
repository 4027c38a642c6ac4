// Which rules clash, and only those: found before any search for a good plan.

extension SeatingProblem {
  /// Returns the contradictions among the rules, each with the smallest set of rules that makes it.
  ///
  /// No rule of a set can be missed: without it the others can be met. Sets that overlap with one that was
  /// told are not told. Rounds before `first` have been held and are not looked at; what clashes in several
  /// rounds is told for the first. Empty proves that there is a plan, unless the rules were too entangled for
  /// the check's limit.
  ///
  /// Source: QuickXplain (Junker 2004) over a complete check of each round.
  public func clashes(from first: Int = 0) -> [SeatingClash] {
    if tables.isEmpty { return [SeatingClash(.noTables)] }
    var found = tables.indices.filter { tables[$0].minimum > tables[$0].maximum || tables[$0].maximum < 0 }
      .map { SeatingClash(.tableBounds(table: $0)) }
    found += unknowns.map { SeatingClash($0) }
    if !found.isEmpty { return found }
    let seats = tables.reduce(0) { $0 + $1.maximum }
    let minimum = tables.reduce(0) { $0 + max(0, $1.minimum) }
    var seen: Set<RoundKey> = []
    var (isTooSmall, isTooLarge) = (false, false)
    var work = SeatingProblem.clashWork
    for round in first..<max(first, rounds) where seen.insert(RoundKey(self, round: round)).inserted {
      let people = attendance(round)
      if people > seats {
        if !isTooSmall {
          found.append(.init(.tooFewSeats(round: round, people: people, seats: seats), round: round))
        }
        isTooSmall = true
        continue
      }
      var rules = rules(in: round)
      if people < minimum {
        if !isTooLarge {
          found.append(.init(.tooFewPeople(round: round, people: people, minimum: minimum), round: round))
        }
        isTooLarge = true
        rules.removeAll { if case .minimum = $0 { true } else { false } }
      }
      // What was told clashes here too, where all of it holds.
      for clash in found where !clash.rules.isEmpty && Set(clash.rules).isSubset(of: rules) {
        rules.removeAll(where: clash.rules.contains)
      }
      var explanation = RuleExplanation(problem: self, people: people, work: work)
      while found.count < SeatingProblem.clashLimit, explanation.isImpossible(rules) {
        let clashing = explanation.smallest(of: rules)
        if clashing.isEmpty { break }
        found.append(SeatingClash(conflict(of: clashing, round: round), round: round, rules: clashing))
        rules.removeAll(where: clashing.contains)
      }
      work = explanation.work
    }
    return found
  }

  /// Returns the contradictions of `clashes`, without their rules.
  public func conflicts(from first: Int = 0) -> [SeatingConflict] { clashes(from: first).map(\.conflict) }

  /// The work that all checks together may do, in units and tables looked at: some 50 ms at most.
  private static let clashWork = 4_000_000
  /// The most contradictions that are told at once.
  private static let clashLimit = 12

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
}

/// What of a round differs from other rounds: two rounds with the same have the same contradictions.
private struct RoundKey: Hashable {
  let absent: [Int]
  let pins: [Int]

  init(_ problem: SeatingProblem, round: Int) {
    absent = problem.absent.filter { $0.value.contains(round) }.keys.sorted()
    pins = problem.pins.indices.filter { problem.pins[$0].rounds?.contains(round) ?? true }
  }
}

/// Finds the smallest set of rules that cannot be met in one round.
private struct RuleExplanation {
  let problem: SeatingProblem
  let people: Int
  /// The work that is left, see `RoundCheck`.
  var work: Int

  mutating func isImpossible(_ rules: [SeatingRule]) -> Bool {
    // Without work left nothing is proven, and what is not proven is not told.
    work > 0 && RoundCheck.answer(problem, people: people, rules: rules, work: &work) == .impossible
  }

  /// Returns a set of `rules`, which cannot be met, of which none can be missed.
  mutating func smallest(of rules: [SeatingRule]) -> [SeatingRule] {
    // Rules about the same people first: such a clash is smaller, and plainer, than one about the whole room.
    for circle in circles(rules) where isImpossible(circle) { return plainest(of: circle) }
    return plainest(of: rules)
  }

  /// Rules of few kinds first: "too many apart" is plainer than the same with people pinned among them.
  private mutating func plainest(of rules: [SeatingRule]) -> [SeatingRule] {
    let kinds: [Set<SeatingRule.Kind>] = [
      [.place], [.together], [.apart], [.place, .together], [.place, .apart], [.together, .apart],
      [.place, .together, .apart],
    ]
    for kinds in kinds {
      let some = rules.filter { kinds.contains($0.kind) }
      if some.count < rules.count && isImpossible(some) { return explain([], false, some) }
    }
    return explain([], false, rules)
  }

  /// The part of `candidates` that is needed with `background`; together they cannot be met.
  private mutating func explain(
    _ background: [SeatingRule], _ hasGrown: Bool, _ candidates: [SeatingRule]
  ) -> [SeatingRule] {
    if hasGrown && isImpossible(background) { return [] }
    if candidates.count < 2 { return candidates }
    let half = candidates.count / 2
    let (one, other) = (Array(candidates[..<half]), Array(candidates[half...]))
    let ofOther = explain(background + one, true, other)
    let ofOne = explain(background + ofOther, !ofOther.isEmpty, one)
    return ofOne + ofOther
  }

  /// The rules about people, parted so that no two parts name the same person.
  private func circles(_ rules: [SeatingRule]) -> [[SeatingRule]] {
    var joined = Joined(problem.people)
    for people in rules.map(\.people) {
      for person in people { joined.join(people[0], person) }
    }
    var place: [Int: Int] = [:]
    var parts: [[SeatingRule]] = []
    for rule in rules {
      guard let person = rule.people.first else { continue }
      let own = joined.lowest(with: person)
      if let known = place[own] {
        parts[known].append(rule)
      } else {
        place[own] = parts.count
        parts.append([rule])
      }
    }
    return parts
  }
}

extension SeatingRule {
  fileprivate enum Kind { case place, together, apart, minimum }

  fileprivate var kind: Kind {
    switch self {
    case .pin, .need: .place
    case .together: .together
    case .apart: .apart
    case .minimum: .minimum
    }
  }
}

// MARK: - What is wrong, by the rules that clash

extension SeatingProblem {
  /// Names what is wrong with `rules`, the smallest set that clashes in `round`.
  private func conflict(of rules: [SeatingRule], round: Int) -> SeatingConflict {
    let sets = RuleSets(self, rules)
    if !sets.minima.isEmpty { return lack(of: sets, rules, round: round) }
    if !sets.apart.isEmpty { return nearness(of: sets, rules, round: round) }
    let people = sets.units.joined().sorted()
    if let person = people.first, people.count == 1 {
      if sets.pins.count > 1 { return .twoPins(person: person, round: round, tables: sets.pins) }
      if let table = sets.pins.first {
        return rules.count > 1
          ? .pinAgainstNeed(person: person, table: table)
          : .tooManyPins(table: table, round: round, people: people, seats: tables[table].maximum)
      }
      return .needUnmet(person: person)
    }
    if sets.units.count == 1 {
      let largest = tables.reduce(0) { max($0, $1.maximum) }
      if rules.allSatisfy({ if case .together = $0 { true } else { false } }) {
        return .groupTooLarge(people, seats: largest)
      }
      if sets.fitting[0].isEmpty { return .groupTornApart(people) }
    }
    let union = Set(sets.fitting.joined()).sorted()
    let seats = union.reduce(0) { $0 + tables[$1].maximum }
    if let table = union.first, union.count == 1 {
      return .tooManyPins(table: table, round: round, people: people, seats: seats)
    }
    if people.count > seats {
      return .tooFewFittingSeats(round: round, people: people, tables: union, seats: seats)
    }
    return .rulesClash(round: round, rules: rules)
  }

  /// Names a clash in which people must be kept apart.
  private func nearness(of sets: RuleSets, _ rules: [SeatingRule], round: Int) -> SeatingConflict {
    let people = sets.units.joined().sorted()
    if sets.apart.count == 1 {
      if sets.units.count == 1 && sets.pins.isEmpty && sets.hasNoNeeds { return .togetherAndApart(people) }
      let union = Set(sets.fitting.joined())
      if let table = union.first, union.count == 1, sets.fitting.allSatisfy({ $0.count == 1 }) {
        return .pinnedAndApart(people, table: table, round: round)
      }
    }
    let open = tables.count { $0.maximum > 0 }
    if sets.apart.count == rules.count, rules.count == people.count * (people.count - 1) / 2 {
      return .tooManyApart(people, tables: open)
    }
    return .rulesClash(round: round, rules: rules)
  }

  /// Names a clash in which tables ask for people.
  private func lack(of sets: RuleSets, _ rules: [SeatingRule], round: Int) -> SeatingConflict {
    let minimum = sets.minima.reduce(0) { $0 + tables[$1].minimum }
    let elsewhere = zip(sets.units, sets.fitting).filter { Set(sets.minima).isDisjoint(with: $1) }
      .flatMap(\.0)
    let people = everyone.filter { !misses($0, round: round) && !elsewhere.contains($0) }
    if sets.apart.isEmpty, people.count < minimum {
      return .tooFewFittingPeople(round: round, people: people, tables: sets.minima, minimum: minimum)
    }
    return .rulesClash(round: round, rules: rules)
  }
}

/// A clash's rules by their kind.
private struct RuleSets {
  /// The people whom the rules name, those together in one, and the tables that fit each.
  var units: [[Int]] = []
  var fitting: [[Int]] = []
  var pins: [Int] = []
  var hasNoNeeds = true
  var apart: [[Int]] = []
  /// The tables that ask for people, in rising order.
  var minima: [Int] = []

  init(_ problem: SeatingProblem, _ rules: [SeatingRule]) {
    for rule in rules {
      var own = Set(rule.people)
      switch rule {
      case .together:
        for unit in units where !own.isDisjoint(with: unit) { own.formUnion(unit) }
        units.removeAll { !own.isDisjoint(with: $0) }
        units.append(own.sorted())
      case .pin(_, let table): pins = distinct(pins + [table])
      case .need: hasNoNeeds = false
      case .apart(let a, let b): apart.append([a, b])
      case .minimum(let table): minima.append(table)
      }
    }
    minima.sort()
    for person in distinct(rules.flatMap(\.people)) where !units.contains(where: { $0.contains(person) }) {
      units.append([person])
    }
    fitting = units.map { unit in
      problem.tables.indices.filter { table in
        problem.tables[table].maximum > 0
          && rules.allSatisfy { rule in
            switch rule {
            case .pin(let person, let own): own == table || !unit.contains(person)
            case .need(let person):
              !unit.contains(person) || (problem.allowedTables[person] ?? []).contains(table)
            case .together, .apart, .minimum: true
            }
          }
      }
    }
  }
}
