import Ground

// Commands that change tables by hand, and the rules for the next drawing.

extension Session {
  func decideSeating(_ command: Command) throws(Refusal) -> [Event] {
    switch command {
    case .swap(let round, let a, let b, let deliberate):
      return try swap(round: round, a, b, deliberate: deliberate)
    case .reseat(let person, let table, let round, let deliberate):
      return try reseat(person, table: table, round: round, deliberate: deliberate)
    case .mendTables(let moves, let deliberate): return try mend(moves, deliberate: deliberate)
    case .pin(let person, let table, let deliberate):
      return try pin(person, table: table, deliberate: deliberate)
    case .unpin(let person):
      guard participant(person) != nil else { throw .unknownPerson(person) }
      guard rules.pins.contains(where: { $0.person == person }) else { throw .nothingChanges }
      return [.personUnpinned(person)]
    case .keepApart(let people): return try keepApart(people)
    case .allowTogether(let people):
      guard rules.allowingTogether(try known(people)) != rules else { throw .nothingChanges }
      return [.peopleJoined(people)]
    default: throw .nothingChanges
    }
  }

  private var rules: MixingRules { plan?.mixing ?? MixingRules() }

  // MARK: - Tables

  private func swap(round: Int, _ a: String, _ b: String, deliberate: Bool) throws(Refusal) -> [Event] {
    let seating = try openSeating(round)
    let (tableOfA, tableOfB) = (try table(of: a, in: seating, round), try table(of: b, in: seating, round))
    guard tableOfA != tableOfB else { throw .nothingChanges }
    let events: [Event] = [
      .seatLeft(round: round, table: tableOfA, person: a),
      .seatLeft(round: round, table: tableOfB, person: b),
      .seatTaken(round: round, table: tableOfB, person: a),
      .seatTaken(
        round: round, table: tableOfA, person: b,
        change: change(round: round, to: [a: tableOfB, b: tableOfA], of: [a, b])),
    ]
    if !deliberate { try requireRules(round, for: [a, b], moved: [a: tableOfB, b: tableOfA]) }
    return events
  }

  private func reseat(
    _ id: String, table: Int, round: Int, deliberate: Bool
  ) throws(Refusal) -> [Event] {
    let seating = try openSeating(round)
    guard let person = participant(id) else { throw .unknownPerson(id) }
    guard presence(of: id) != .absent else { throw .notSeated(person.name, round: round) }
    try requireTable(table)
    let old = seating.table(of: id)
    guard old != table else { throw .nothingChanges }
    let seated = seating.tables.values.reduce(old == nil ? 1 : 0) { $0 + $1.count }
    let seats = tablesInUse(for: seated).first { $0.number == table }?.seats ?? 0
    let people = (seating.tables[table]?.count ?? 0) + 1
    guard people <= seats else { throw .tooFewSeats(table: table, people: people, seats: seats) }
    if !deliberate { try requireRules(round, for: [id], moved: [id: table]) }
    return (old.map { [.seatLeft(round: round, table: $0, person: id)] } ?? [])
      + [
        .seatTaken(
          round: round, table: table, person: id, change: change(round: round, to: [id: table], of: [id]))
      ]
  }

  /// Checks a proposal anew, since people may have come, gone or moved after it was made.
  private func mend(_ moves: [SeatMove], deliberate: Bool) throws(Refusal) -> [Event] {
    guard !moves.isEmpty else { throw .nothingChanges }
    var events: [Event] = []
    for round in Set(moves.map(\.round)).sorted() {
      let seating = try openSeating(round)
      let own = moves.filter { $0.round == round }
      var tableOf: [String: Int] = [:]
      for move in own {
        guard let person = participant(move.person) else { throw .unknownPerson(move.person) }
        guard presence(of: person.id) != .absent, seating.table(of: person.id) == move.from else {
          throw .movedSince(person.name, round: round)
        }
        try requireTable(move.to)
        guard move.from != move.to else { throw .nothingChanges }
        guard tableOf.updateValue(move.to, forKey: person.id) == nil else { throw .seatedTwice(person.name) }
      }
      let after = seating.tables.values.reduce(own.count { $0.from == nil }) { $0 + $1.count }
      for table in tablesInUse(for: after) {
        let now = seating.tables[table.number]?.count ?? 0
        let people =
          now + own.count { $0.to == table.number } - own.count { $0.from == table.number }
        guard people <= max(now, table.seats) else {
          throw .tooFewSeats(table: table.number, people: people, seats: table.seats)
        }
      }
      if !deliberate { try requireRules(round, for: own.map(\.person), moved: tableOf) }
      events += own.compactMap { move in
        move.from.map { .seatLeft(round: round, table: $0, person: move.person) }
      }
      events += own.map { .seatTaken(round: round, table: $0.to, person: $0.person) }
    }
    return events
  }

  /// The seating of a round that is drawn and not over.
  private func openSeating(_ round: Int) throws(Refusal) -> RoundSeating {
    guard (1...max(1, rounds)).contains(round) else { throw .unknownRound(round) }
    guard round >= openRound else { throw .roundHeld(round) }
    guard let seating = seatings[round] else { throw .notDrawn(round: round) }
    return seating
  }

  private func table(of id: String, in seating: RoundSeating, _ round: Int) throws(Refusal) -> Int {
    guard let person = participant(id) else { throw .unknownPerson(id) }
    guard let table = seating.table(of: id) else { throw .notSeated(person.name, round: round) }
    return table
  }

  /// Asks where the move would break a rule that holds now.
  private func requireRules(
    _ round: Int, for people: [String], moved: [String: Int]
  ) throws(Refusal) {
    let before = tableByPerson(round)
    let after = before.merging(moved) { _, new in new }
    let known = Set(broken(round, for: people, before).map(\.nl))
    let new = broken(round, for: people, after).filter { !known.contains($0.nl) }
    guard new.isEmpty else { throw .breaksRules(new) }
  }

  private func tableByPerson(_ round: Int) -> [String: Int] {
    var tableOf: [String: Int] = [:]
    for (table, people) in seatings[round]?.tables ?? [:] {
      for person in people { tableOf[person] = table }
    }
    return tableOf
  }

  /// The rules about `people` that the tables break, in words.
  private func broken(
    _ round: Int, for people: [String], _ tableOf: [String: Int]
  ) -> [Phrase] {
    func name(_ id: String) -> String { participant(id)?.name ?? id }
    var found: [Phrase] = []
    for person in people {
      guard let table = tableOf[person] else { continue }
      for pin in rules.pins
      where pin.person == person && pin.table != table && (pin.rounds.isEmpty || pin.rounds.contains(round)) {
        found.append(
          Phrase(
            nl: "\(name(person)) is vastgezet aan tafel \(pin.table)",
            en: "\(name(person)) is pinned to table \(pin.table)"))
      }
      for group in rules.keepApart where group.contains(person) {
        for other in group where other != person && tableOf[other] == table {
          found.append(apart(name(person), name(other)))
        }
      }
      for group in rules.keepTogether where group.contains(person) {
        for other in group where other != person && tableOf[other].map({ $0 != table }) == true {
          found.append(
            Phrase(
              nl: "\(name(person)) en \(name(other)) zitten bij elkaar",
              en: "\(name(person)) and \(name(other)) sit together"))
        }
      }
      found += needs(of: person, at: table)
    }
    return found
  }

  private func needs(of person: String, at table: Int) -> [Phrase] {
    let offered = tables.first { $0.number == table }?.features ?? []
    let missing = rules.needs.filter { $0.person == person }.flatMap(\.features)
      .filter { !offered.contains($0) }
    let name = participant(person)?.name ?? person
    return missing.map {
      Phrase(
        nl: "\(name) heeft \($0) nodig, en tafel \(table) heeft dat niet",
        en: "\(name) needs \($0), which table \(table) does not have")
    }
  }

  private func apart(_ a: String, _ b: String) -> Phrase {
    Phrase(nl: "\(a) en \(b) zitten uit elkaar", en: "\(a) and \(b) are kept apart")
  }

  // MARK: - Rules

  private func pin(_ id: String, table: Int, deliberate: Bool) throws(Refusal) -> [Event] {
    guard let person = participant(id) else { throw .unknownPerson(id) }
    try requireTable(table)
    let pinned = rules.pinning(id, to: table)
    guard pinned != rules else { throw .nothingChanges }
    if !deliberate {
      var clashes = needs(of: id, at: table)
      for other in pinned.pins where other.person != id {
        let name = participant(other.person)?.name ?? other.person
        let pair: Set = [id, other.person]
        if other.table == table, rules.keepApart.contains(where: pair.isSubset) {
          clashes.append(apart(person.name, name))
        }
        if other.table != table, rules.keepTogether.contains(where: pair.isSubset) {
          clashes.append(
            Phrase(
              nl: "\(person.name) hoort bij \(name), vastgezet aan tafel \(other.table)",
              en: "\(person.name) belongs with \(name), who is pinned to table \(other.table)"))
        }
      }
      guard clashes.isEmpty else { throw .breaksRules(clashes) }
    }
    return [.personPinned(id, table: table)]
  }

  private func keepApart(_ people: [String]) throws(Refusal) -> [Event] {
    let people = try known(people)
    guard !rules.keepApart.contains(where: { Set(people).isSubset(of: $0) }) else {
      throw .nothingChanges
    }
    for group in rules.keepTogether {
      let both = people.filter(group.contains)
      if both.count > 1 { throw .mustSitTogether(both.compactMap { participant($0)?.name }) }
    }
    return [.peopleParted(people)]
  }

  /// The ids of at least two people, each known and named once.
  private func known(_ people: [String]) throws(Refusal) -> [String] {
    for id in people where participant(id) == nil { throw .unknownPerson(id) }
    guard Set(people).count == people.count, people.count > 1 else { throw .nothingChanges }
    return people
  }
}

extension MixingRules {
  /// The rules with `person` pinned to `table` in all rounds, and nowhere else.
  func pinning(_ person: String, to table: Int) -> MixingRules {
    var rules = unpinning(person)
    rules.pins.append(Pin(person: person, table: table))
    return rules
  }

  func unpinning(_ person: String) -> MixingRules {
    var rules = self
    rules.pins.removeAll { $0.person == person }
    return rules
  }

  /// The rules without those that keep any two of `people` apart; what keeps them from others stays.
  func allowingTogether(_ people: [String]) -> MixingRules {
    var rules = self
    rules.keepApart = keepApart.flatMap { group -> [[String]] in
      let both = group.filter(people.contains)
      guard both.count > 1 else { return [group] }
      let others = group.filter { !both.contains($0) }
      return others.isEmpty ? [] : both.map { [$0] + others }
    }
    return rules
  }
}
