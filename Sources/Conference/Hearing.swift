import Ground

/// Who was heard so far, per stakeholder group and per table (S4.10).
public struct Hearing: Sendable, Equatable {
  /// The groups, in their order.
  public var groups: [Group]
  /// The tables, in order.
  public var tables: [Table]
  /// The number of contributions from the room of which no group is known.
  public var unattributed: Int

  /// How a stakeholder group takes part.
  public struct Group: Sendable, Equatable {
    /// The group's name.
    public var name: String
    /// How many of its people are present.
    public var present: Int
    /// How many of its people are on the list and not absent, those present among them.
    public var expected: Int
    /// How many contributions from the room are attributed to it, merged ones among them.
    public var contributions: Int
    /// How many answers to a survey are attributed to it.
    public var answers: Int
    /// The tables at which its people sit now, in order.
    public var tables: [Int]
    /// Whether it was heard in the room; a survey alone is no hearing.
    public var isHeard: Bool { contributions > 0 }
  }

  /// How much a table brought forward, merged contributions among it.
  public struct Table: Sendable, Equatable {
    /// The table's number.
    public var number: Int
    /// The number of its contributions in the round that is shown.
    public var inRound: Int
    /// The number of its contributions in all rounds.
    public var inAll: Int
  }

  /// The groups to which no contribution from the room is attributed.
  public var unheard: [Group] { groups.filter { !$0.isHeard } }
}

extension Session {
  /// Reads who was heard so far; what was withdrawn does not count.
  public func hearing() -> Hearing {
    let seated = shownSeating
    let round = seated?.round ?? max(1, reachedRound)
    var groups = groupNames.map {
      Hearing.Group(name: $0, present: 0, expected: 0, contributions: 0, answers: 0, tables: [])
    }
    let places = Dictionary(uniqueKeysWithValues: zip(groups.map(\.name), groups.indices))
    for person in participants {
      guard let index = person.group.flatMap({ places[$0] }), presence(of: person.id) != .absent else {
        continue
      }
      groups[index].expected += 1
      if presence(of: person.id) == .present { groups[index].present += 1 }
    }
    for number in seated?.seating.tables.keys.sorted() ?? [] {
      let here = (seated?.seating.tables[number] ?? []).compactMap { participant($0)?.group }
      for index in Set(here).compactMap({ places[$0] }) { groups[index].tables.append(number) }
    }
    var unattributed = 0
    var counts: [Int: (inRound: Int, inAll: Int)] = [:]
    for contribution in contributions where !contribution.isWithdrawn {
      if let index = group(of: contribution).flatMap({ places[$0] }) {
        if contribution.source == nil { groups[index].contributions += 1 } else { groups[index].answers += 1 }
      } else if contribution.source == nil {
        unattributed += 1
      }
      guard contribution.source == nil, let table = contribution.table else { continue }
      counts[table, default: (0, 0)].inAll += 1
      if self.round(of: contribution) == round { counts[table, default: (0, 0)].inRound += 1 }
    }
    let tables = self.tables.map { table in
      let count = counts[table.number] ?? (0, 0)
      return Hearing.Table(number: table.number, inRound: count.inRound, inAll: count.inAll)
    }
    return Hearing(groups: groups, tables: tables, unattributed: unattributed)
  }
}
