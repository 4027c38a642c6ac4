/// One hard rule as it holds in a round, by index: the smallest thing that can be taken away from a clash.
public enum SeatingRule: Sendable, Hashable {
  /// `person` sits at `table`.
  case pin(person: Int, table: Int)
  /// `person` needs what only some tables have.
  case need(person: Int)
  /// The people, all there in the round, share a table.
  case together([Int])
  /// The two do not share a table.
  case apart(Int, Int)
  /// `table` asks for a least number of people.
  case minimum(table: Int)

  /// The people whom the rule names.
  public var people: [Int] {
    switch self {
    case .pin(let person, _), .need(let person): [person]
    case .together(let people): people
    case .apart(let a, let b): [a, b]
    case .minimum: []
    }
  }
}

/// A contradiction with the rules that make it: taking any one of them away makes it go away.
public struct SeatingClash: Sendable, Equatable {
  /// What is wrong; the people in it are those of the rules.
  public var conflict: SeatingConflict
  /// The rules; empty where the room alone is too small, or where no rule of the round is to blame.
  public var rules: [SeatingRule]
  /// The first round in which it holds.
  public var round: Int
  /// Creates a clash.
  public init(_ conflict: SeatingConflict, round: Int = 0, rules: [SeatingRule] = []) {
    self.conflict = conflict
    self.round = round
    self.rules = rules
  }
}

extension SeatingProblem {
  /// The rules that hold in `round`, among those who are there.
  func rules(in round: Int) -> [SeatingRule] {
    func here(_ person: Int) -> Bool { !misses(person, round: round) }
    var rules: [SeatingRule] = []
    for pin in pins where here(pin.person) && pin.rounds?.contains(round) ?? true {
      rules.append(.pin(person: pin.person, table: pin.table))
    }
    rules += allowedTables.keys.filter(here).sorted().map { .need(person: $0) }
    for group in keepTogether {
      let present = distinct(group.filter(here))
      if present.count > 1 { rules.append(.together(present)) }
    }
    for group in keepApart {
      for (place, a) in group.enumerated() where here(a) {
        for b in group[(place + 1)...] where a != b && here(b) { rules.append(.apart(min(a, b), max(a, b))) }
      }
    }
    rules += tables.indices.filter { tables[$0].minimum > 0 }.map { .minimum(table: $0) }
    var seen: Set<SeatingRule> = []
    return rules.filter { seen.insert($0).inserted }
  }

  /// The number of people who are there in `round`.
  func attendance(_ round: Int) -> Int {
    everyone.count - absent.count { everyone.contains($0.key) && $0.value.contains(round) }
  }
}
