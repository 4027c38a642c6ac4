import Ground

/// How one table is mixed in one round, compared with the room.
public struct TableMix: Sendable, Equatable {
  /// The table's number.
  public var table: Int
  /// The ids of those who sit here, in the order of their chairs.
  public var people: [String]
  /// The attributes of which each table mirrors the room, in the order of the rules.
  public var shares: [Share]
  /// Those who share what should be apart, such as an organisation.
  public var alike: [Alike]
  /// The pairs who met at a table in an earlier round or meeting; pairs that must sit together are left out.
  public var repeats: [Repeat]
  /// Who was drawn here and is not there: absent, or gone.
  public var noShows: [String]
  /// Who sits here on paper and was not checked in yet.
  public var notCheckedIn: [String]
  /// Who got a chair here after the tables were drawn.
  public var lateArrivals: [String]

  /// A mirrored attribute at the table.
  public struct Share: Sendable, Equatable {
    /// The attribute's name: `group`, `municipality`, or a column of the list.
    public var name: String
    /// What it is called.
    public var word: Phrase
    /// Each value in the room, in the order of the list; nil is an empty cell.
    public var values: [Value]
    /// The values nobody has here though there are enough people for every table.
    public var lacking: [String] { values.filter { $0.balance == .lacking }.compactMap(\.value) }
    /// The values of which more people sit here than is fair.
    public var over: [String] { values.filter { $0.balance == .over }.compactMap(\.value) }
  }

  /// How many people with one value sit at the table.
  public struct Value: Sendable, Equatable {
    /// The value, or nil for those without one.
    public var value: String?
    /// How many sit here.
    public var here: Int
    /// How many are in the room in this round.
    public var room: Int
    /// The whole numbers around the fair share, which is the room's part of this table's chairs.
    public var fair: ClosedRange<Int>
    /// How `here` compares to that.
    public var balance: Balance
  }

  /// How a number compares to the fair share.
  public enum Balance: Sendable {
    /// Nobody, though there are as many as tables in use, or the share is a whole person.
    case lacking
    /// Some, but fewer than is fair.
    case few
    /// A fair share.
    case fair
    /// More than is fair.
    case over
  }

  /// People at the table with the same value of an attribute that should be spread.
  public struct Alike: Sendable, Equatable {
    /// The attribute's name: `organisation`.
    public var name: String
    /// What it is called.
    public var word: Phrase
    /// The value that they share.
    public var value: String
    /// Their ids, at least two.
    public var people: [String]
    /// The number of pairs among them.
    public var pairs: Int { people.count * (people.count - 1) / 2 }
  }

  /// Two people who met before.
  public struct Repeat: Sendable, Equatable {
    /// The one's id.
    public var a: String
    /// The other's.
    public var b: String
    /// The earlier rounds in which they shared a table, from 1.
    public var rounds: [Int]
    /// The places in `Session.earlierMeetings` at which they did, one for each time.
    public var meetings: [Int] = []
  }

  /// Whether nothing is amiss.
  public var isWellMixed: Bool { flaws.isEmpty }

  /// The table in a few words, the worst first: `goed gemengd`, `mist cliënt`, `2 van dezelfde organisatie`.
  public var phrase: Phrase {
    if people.isEmpty { return Phrase(nl: "leeg", en: "empty") }
    return flaws.first ?? Phrase(nl: "goed gemengd", en: "well mixed")
  }

  /// All that is amiss in words, the worst first.
  public var flaws: [Phrase] {
    guard !people.isEmpty else { return [] }
    let group = shares.first { $0.name == "group" }
    let others = shares.filter { $0.name != "group" }
    var flaws: [Phrase] = []
    // A table of one group is what mixing is there to prevent (S0.8).
    if let group, people.count > 1, let only = group.values.first(where: { $0.here == people.count }),
      let value = only.value, only.balance == .over
    {
      flaws.append(Phrase(nl: "alleen \(value)", en: "only \(value)"))
    }
    flaws += [group].compactMap { $0 }.filter { !$0.lacking.isEmpty }.map(TableMix.lacks)
    for same in alike.sorted(by: { $0.people.count > $1.people.count }) {
      flaws.append(
        Phrase(
          nl: "\(same.people.count) van dezelfde \(same.word.nl)",
          en: "\(same.people.count) of the same \(same.word.en)"))
    }
    if !repeats.isEmpty {
      flaws.append(
        Phrase(
          nl: repeats.count == 1 ? "1 herhaalde ontmoeting" : "\(repeats.count) herhaalde ontmoetingen",
          en: repeats.count == 1 ? "1 repeated meeting" : "\(repeats.count) repeated meetings"))
    }
    flaws += others.filter { !$0.lacking.isEmpty }.map(TableMix.lacks)
    flaws += shares.filter { !$0.over.isEmpty }.map {
      Phrase(nl: "veel \(joined($0.over, "en"))", en: "many \(joined($0.over, "and"))")
    }
    return flaws
  }

  private static func lacks(_ share: Share) -> Phrase {
    Phrase(nl: "mist \(joined(share.lacking, "en"))", en: "lacks \(joined(share.lacking, "and"))")
  }
}

extension Session {
  /// Returns how `table` is mixed in `round`, from 1; nil where the round was not drawn or there is no such
  /// table.
  public func mix(table: Int, round: Int) -> TableMix? {
    RoomReading(self, round: round).flatMap { room in
      tables.contains { $0.number == table } ? room.mix(table) : nil
    }
  }

  /// Returns how every table is mixed in `round`, from 1, in the order of the plan; empty where the round was
  /// not drawn.
  public func mixes(round: Int) -> [TableMix] {
    RoomReading(self, round: round).map { room in tables.map { room.mix($0.number) } } ?? []
  }
}

/// One round's room, counted once for all its tables.
struct RoomReading {
  let session: Session
  let seating: RoundSeating
  /// The tables where somebody sits.
  let inUse: Int
  let people: Int
  private let rules: MixingRules
  private let counts: [Counts]
  /// Each person's table by earlier round.
  private let earlier: [(round: Int, tableOf: [String: Int])]
  private let together: [String: Set<String>]
  private let noShows: [Int: [String]]
  private let notCheckedIn: [Int: [String]]
  private let lateArrivals: [Int: [String]]

  /// The values of a mirrored attribute in the room, in the order of the list.
  private struct Counts {
    let rule: MixingRules.Attribute
    var values: [String?] = []
    var room: [String?: Int] = [:]
  }

  init?(_ session: Session, round: Int) {
    guard let source = session.drawnRound(of: round), let seating = session.seatings[source] else {
      return nil
    }
    self.session = session
    self.seating = seating
    inUse = seating.tables.count { !$0.value.isEmpty }
    people = seating.tables.reduce(0) { $0 + $1.value.count }
    let rules = session.plan?.mixing ?? MixingRules()
    self.rules = rules
    let seated = Set(seating.tables.values.joined())
    let here = session.participants.filter { seated.contains($0.id) }
    // A weight of 0 asks for no mirror: such a column is there for those who are never alone.
    counts = rules.attributes.filter { $0.kind == .mirror && $0.weight > 0 }.map { rule in
      var counts = Counts(rule: rule)
      for person in here {
        let value = rules.value(of: person, for: rule.name)
        if counts.room[value] == nil { counts.values.append(value) }
        counts.room[value, default: 0] += 1
      }
      return counts
    }
    earlier = session.seatings.keys.filter { $0 < source }.sorted().map { round in
      var tableOf: [String: Int] = [:]
      for (number, people) in session.seatings[round]?.tables ?? [:] {
        for person in people { tableOf[person] = number }
      }
      return (round, tableOf)
    }
    var together: [String: Set<String>] = [:]
    for group in rules.keepTogether { for person in group { together[person, default: []].formUnion(group) } }
    self.together = together
    func byTable(_ people: [SeatedPerson]) -> [Int: [String]] {
      Dictionary(grouping: people, by: \.table).mapValues { $0.map(\.person) }
    }
    noShows = byTable(session.noShows(round: round))
    notCheckedIn = byTable(session.notCheckedIn(round: round))
    lateArrivals = byTable(session.lateArrivals(round: round))
  }

  func mix(_ table: Int) -> TableMix {
    let people = seating.tables[table] ?? []
    let known = people.compactMap { session.participant($0) }
    return TableMix(
      table: table, people: people, shares: counts.map { share($0, of: known) }, alike: alike(known),
      repeats: repeats(people), noShows: noShows[table] ?? [], notCheckedIn: notCheckedIn[table] ?? [],
      lateArrivals: lateArrivals[table] ?? [])
  }

  private func share(_ counts: Counts, of known: [Participant]) -> TableMix.Share {
    var here: [String?: Int] = [:]
    for person in known { here[rules.value(of: person, for: counts.rule.name), default: 0] += 1 }
    let values = counts.values.map { value -> TableMix.Value in
      let (own, room) = (here[value] ?? 0, counts.room[value] ?? 0)
      // Whole people: the share's floor and ceiling.
      let (low, rest) = (known.count * room).quotientAndRemainder(dividingBy: max(1, people))
      let fair = low...(rest > 0 ? low + 1 : low)
      let balance: TableMix.Balance =
        switch own {
        case 0 where !known.isEmpty && (low > 0 || room >= inUse): .lacking
        case ..<low: .few
        case (fair.upperBound + 1)...: .over
        default: .fair
        }
      return TableMix.Value(value: value, here: own, room: room, fair: fair, balance: balance)
    }
    return TableMix.Share(name: counts.rule.name, word: counts.rule.word, values: values)
  }

  private func alike(_ known: [Participant]) -> [TableMix.Alike] {
    rules.attributes.filter { $0.kind == .spread }.flatMap { rule -> [TableMix.Alike] in
      var order: [String] = []
      var people: [String: [String]] = [:]
      for person in known {
        guard let value = rules.value(of: person, for: rule.name) else { continue }
        if people[value] == nil { order.append(value) }
        people[value, default: []].append(person.id)
      }
      return order.compactMap { value in
        guard let same = people[value], same.count > 1 else { return nil }
        return TableMix.Alike(name: rule.name, word: rule.word, value: value, people: same)
      }
    }
  }

  private func repeats(_ people: [String]) -> [TableMix.Repeat] {
    people.indices.flatMap { place in
      people[(place + 1)...].compactMap { other -> TableMix.Repeat? in
        let one = people[place]
        guard together[one]?.contains(other) != true else { return nil }
        let rounds = earlier.filter { round in
          round.tableOf[one].map { $0 == round.tableOf[other] } ?? false
        }.map(\.round)
        let meetings = session.earlierMeetings(of: one, and: other)
        guard !(rounds.isEmpty && meetings.isEmpty) else { return nil }
        return TableMix.Repeat(a: one, b: other, rounds: rounds, meetings: meetings)
      }
    }
  }
}
