/// A hard rule that a plan breaks, and where; rounds and tables count from 0.
public enum SeatingViolation: Sendable, Equatable {
  /// The plan has another number of rounds than was asked.
  case rounds(Int)
  /// The plan has a table or a person that does not exist.
  case unknown(round: Int, table: Int?, person: Int?)
  /// Somebody has more than one chair.
  case seatedTwice(round: Int, person: Int)
  /// Somebody has a chair in a round they miss.
  case seatedWhileAbsent(round: Int, person: Int)
  /// Somebody has no chair.
  case unseated(round: Int, person: Int)
  /// A table has more people than chairs.
  case tooMany(round: Int, table: Int, people: Int)
  /// A table has fewer people than it asks.
  case tooFew(round: Int, table: Int, people: Int)
  /// Two who must be kept apart share a table.
  case notApart(round: Int, table: Int, people: [Int])
  /// A group that must sit together does not.
  case notTogether(round: Int, people: [Int])
  /// Somebody does not sit at the table they are pinned to.
  case notAtPin(round: Int, person: Int, table: Int)
  /// Somebody sits at a table that does not fit their needs.
  case needUnmet(round: Int, person: Int, table: Int)
}

extension SeatingProblem {
  /// Returns every hard rule that `plan` breaks, round by round; empty: the plan is legal.
  public func violations(_ plan: SeatingPlan) -> [SeatingViolation] {
    var found: [SeatingViolation] = []
    if plan.rounds.count != max(0, rounds) { found.append(.rounds(plan.rounds.count)) }
    for (round, seated) in plan.rounds.enumerated() {
      let tableOf = seats(seated, round: round, &found)
      for person in everyone where tableOf[person] == nil && !misses(person, round: round) {
        found.append(.unseated(round: round, person: person))
      }
      for pair in keepApart {
        for (place, a) in pair.enumerated() {
          for b in pair[(place + 1)...] where a != b {
            if let table = tableOf[a], table == tableOf[b] {
              found.append(.notApart(round: round, table: table, people: [a, b]))
            }
          }
        }
      }
      for group in keepTogether {
        let seatedOf = group.filter { tableOf[$0] != nil }
        if Set(seatedOf.map { tableOf[$0] }).count > 1 {
          found.append(.notTogether(round: round, people: seatedOf))
        }
      }
      for pin in pins where pin.rounds?.contains(round) ?? true {
        if let table = tableOf[pin.person], table != pin.table {
          found.append(.notAtPin(round: round, person: pin.person, table: pin.table))
        }
      }
      for person in everyone {
        if let fitting = allowedTables[person], let table = tableOf[person], !fitting.contains(table) {
          found.append(.needUnmet(round: round, person: person, table: table))
        }
      }
    }
    return found
  }

  /// Returns each person's table in a round, and notes what is wrong with the tables themselves.
  private func seats(
    _ seated: [[Int]], round: Int, _ found: inout [SeatingViolation]
  ) -> [Int: Int] {
    var tableOf: [Int: Int] = [:]
    for (table, people) in seated.enumerated() {
      guard tables.indices.contains(table) else {
        found.append(.unknown(round: round, table: table, person: nil))
        continue
      }
      if people.count > tables[table].maximum {
        found.append(.tooMany(round: round, table: table, people: people.count))
      }
      if people.count < tables[table].minimum {
        found.append(.tooFew(round: round, table: table, people: people.count))
      }
      for person in people {
        if !everyone.contains(person) {
          found.append(.unknown(round: round, table: nil, person: person))
        } else if tableOf.updateValue(table, forKey: person) != nil {
          found.append(.seatedTwice(round: round, person: person))
        } else if misses(person, round: round) {
          found.append(.seatedWhileAbsent(round: round, person: person))
        }
      }
    }
    // A plan may leave out the tables at its end that stay empty.
    for table in tables.indices.dropFirst(seated.count) where tables[table].minimum > 0 {
      found.append(.tooFew(round: round, table: table, people: 0))
    }
    return tableOf
  }
}
