import Ground

// Who came late, who stayed away, and at which tables.

/// Somebody and the table that is theirs in a round.
public struct SeatedPerson: Sendable, Equatable {
  /// The participant's id.
  public var person: String
  /// The table's number.
  public var table: Int
  /// Creates a person at a table.
  public init(person: String, table: Int) {
    self.person = person
    self.table = table
  }
}

extension Session {
  /// The round whose drawing holds in `round`: its own, or the one whose tables it keeps; nil where neither
  /// was drawn.
  func drawnRound(of round: Int) -> Int? {
    guard seating(round: round) != nil else { return nil }
    return (1...max(1, round)).last { $0 <= round && seatings[$0] != nil }
  }

  /// Returns who got a chair in `round` after the tables were drawn, with the table, in the order of the list.
  public func lateArrivals(round: Int) -> [SeatedPerson] {
    guard let source = drawnRound(of: round), let seating = seatings[source] else { return [] }
    let drawn = Set(drawnSeating(source, now: seating).tables.values.joined())
    return people(of: seating) { !drawn.contains($0) }
  }

  /// Returns who was drawn a chair in `round` and left it or never came, with the table drawn for them, in
  /// the order of the list.
  public func noShows(round: Int) -> [SeatedPerson] {
    guard let source = drawnRound(of: round), let seating = seatings[source] else { return [] }
    let here = Set(seating.tables.values.joined())
    return people(of: drawnSeating(source, now: seating)) {
      !here.contains($0) && presence(of: $0) == .absent
    }
  }

  /// Returns who has a chair in `round` and was not checked in yet, in the order of the list.
  ///
  /// Empty for rounds that are over, and where nobody is checked in at all: then no list is kept at the door.
  public func notCheckedIn(round: Int) -> [SeatedPerson] {
    guard round >= openRound, let seating = seating(round: round) else { return [] }
    guard presence.values.contains(.present) else { return [] }
    return people(of: seating) { presence(of: $0) == .expected }
  }

  /// The tables of a round as they were drawn.
  private func drawnSeating(_ round: Int, now: RoundSeating) -> RoundSeating {
    history.drawn[round]?.last { $0.seating.drawing == now.drawing }?.seating ?? now
  }

  private func people(of seating: RoundSeating, where isMeant: (String) -> Bool) -> [SeatedPerson] {
    seating.tables.flatMap { number, people in
      people.filter(isMeant).map { SeatedPerson(person: $0, table: number) }
    }.sorted { (places[$0.person] ?? .max, $0.table) < (places[$1.person] ?? .max, $1.table) }
  }
}
