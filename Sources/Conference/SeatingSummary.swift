import Ground
import Seating

/// A plan in figures and words: who meets how many, who meets again, the worst tables, the cost by term.
public struct SeatingSummary: Sendable, Equatable {
  /// The fewest other people that somebody meets.
  public var fewestMet: Int
  /// The most.
  public var mostMet: Int
  /// The mean of those numbers, in tenths.
  public var meanMetTenths: Int
  /// What nobody can have more of with tables of these sizes.
  public var mostPossible: Int
  /// The pairs that share a table and meet more than once; pairs that must sit together are left out.
  public var again: [Again]
  /// For each attribute of which tables mirror the room: where it is furthest off, unless all are even.
  public var lopsided: [Lopsided]
  /// For each attribute to spread: the table with the most people of one value, where there are two.
  public var alike: [Alike]
  /// What the plan costs by term.
  public var terms: [Term]

  /// Two people who meet more than once.
  public struct Again: Sendable, Equatable {
    /// The one's id.
    public var a: String
    /// The other's.
    public var b: String
    /// How often they meet, earlier meetings of the series counted.
    public var times: Int
  }

  /// A table that mirrors the room badly.
  public struct Lopsided: Sendable, Equatable {
    /// What the attribute is called.
    public var word: Phrase
    /// The round, from 1.
    public var round: Int
    /// The table's number.
    public var table: Int
    /// The value of which there are too many or too few; nil is an empty cell.
    public var value: String?
    /// How many at the table have it.
    public var here: Int
    /// How many sit at the table.
    public var size: Int
    /// How many in the room have it.
    public var room: Int
    /// How many are in the room.
    public var people: Int
  }

  /// A table with several people of one value.
  public struct Alike: Sendable, Equatable {
    /// What the attribute is called.
    public var word: Phrase
    /// The round, from 1.
    public var round: Int
    /// The table's number.
    public var table: Int
    /// The value that they share.
    public var value: String
    /// How many they are.
    public var people: Int
    /// The pairs with the same value at one table, in all rounds.
    public var pairs: Int
  }

  /// One term of the cost, in thousandths of the unit of the weights.
  public struct Term: Sendable, Equatable {
    /// What it is about.
    public var word: Phrase
    /// What it costs.
    public var cost: Int
    /// What it costs at least; nil where none is known.
    public var bound: Int?
  }
}

extension SeatingRequest {
  /// Returns a drawing of this request in figures.
  public func summary(of drawing: SeatingDrawing) -> SeatingSummary {
    let rounds = drawing.plan.rounds.map {
      $0.prefix(tables.count).map { $0.filter(participants.indices.contains) }
    }
    let meetings = Meetings(rounds, people: participants.count)
    let apart = Set(rules.keepTogether.map(Set.init))
    func mustSitTogether(_ a: Int, _ b: Int) -> Bool {
      apart.contains { $0.contains(participants[a].id) && $0.contains(participants[b].id) }
    }
    var before: [Meetings.Pair: Int] = [:]
    let index = Dictionary(
      zip(participants.map(\.id), participants.indices), uniquingKeysWith: { first, _ in first })
    for met in history {
      if let a = index[met.a], let b = index[met.b], a != b {
        before[.init(a, b), default: 0] += max(0, met.times)
      }
    }
    let again = meetings.times.map { (pair: $0.key, times: $0.value + (before[$0.key] ?? 0)) }
      .filter { $0.times > 1 && !mustSitTogether($0.pair.a, $0.pair.b) }
      .sorted { ($1.times, $0.pair.a, $0.pair.b) < ($0.times, $1.pair.a, $1.pair.b) }
    // Whoever misses every round meets nobody, and says nothing of the plan.
    let met = Set(rounds.joined().joined()).sorted().map { meetings.met[$0] }
    let sum = met.reduce(0, +)
    return SeatingSummary(
      fewestMet: met.min() ?? 0, mostMet: met.max() ?? 0,
      meanMetTenths: met.isEmpty ? 0 : (sum * 10 + met.count / 2) / met.count,
      mostPossible: min(
        max(0, participants.count - 1),
        rounds.reduce(0) { $0 + max(0, ($1.map(\.count).max() ?? 0) - 1) }),
      again: again.map {
        .init(a: participants[$0.pair.a].id, b: participants[$0.pair.b].id, times: $0.times)
      },
      lopsided: rules.attributes.filter { $0.kind == .mirror && $0.weight > 0 }.compactMap {
        lopsided($0, rounds)
      },
      alike: rules.attributes.filter { $0.kind == .spread && $0.weight > 0 }.compactMap { alike($0, rounds) },
      terms: terms(drawing))
  }

  private func terms(_ drawing: SeatingDrawing) -> [SeatingSummary.Term] {
    let (score, bound) = (drawing.score, drawing.bound)
    var terms = [
      SeatingSummary.Term(
        word: Phrase(nl: "herhaalde ontmoetingen", en: "repeated meetings"), cost: score.repeats,
        bound: bound.repeats)
    ]
    for (place, rule) in rules.attributes.enumerated() where rule.weight > 0 {
      terms.append(.init(word: rule.word, cost: score.attributes[place], bound: bound.attributes[place]))
    }
    if score.alone > 0 {
      terms.append(.init(word: Phrase(nl: "alleen aan tafel", en: "alone at a table"), cost: score.alone))
    }
    if !published.isEmpty {
      terms.append(
        .init(
          word: Phrase(
            nl: "\(score.movedSeats) keer een andere tafel dan bekendgemaakt",
            en: "\(score.movedSeats) times another table than was made known"), cost: score.moves))
    }
    return terms
  }

  /// The people of each table by their value of an attribute.
  private func counts(_ rule: MixingRules.Attribute, _ people: [Int]) -> [String?: Int] {
    people.reduce(into: [:]) { counts, person in
      counts[participants[person].value(of: rule.name).flatMap { $0.isEmpty ? nil : $0 }, default: 0] += 1
    }
  }

  private func lopsided(_ rule: MixingRules.Attribute, _ rounds: [[[Int]]]) -> SeatingSummary.Lopsided? {
    var worst: (off: Int, table: SeatingSummary.Lopsided)?
    for (round, seated) in rounds.enumerated() {
      let room = counts(rule, seated.flatMap { $0 })
      let people = seated.reduce(0) { $0 + $1.count }
      let values = room.keys.sorted { ($0 ?? "") < ($1 ?? "") }
      for (place, table) in seated.enumerated() where !table.isEmpty {
        let here = counts(rule, table)
        for value in values {
          let (own, all) = (here[value] ?? 0, room[value] ?? 0)
          // In hundredths of a person, so that rounds of different sizes compare.
          let off = abs(own * people - table.count * all) * 100 / people
          // Within one person of the even share a table cannot be blamed.
          guard off >= 100, off > worst?.off ?? 0 else { continue }
          worst = (
            off,
            .init(
              word: rule.word, round: round + 1, table: tables[place].number, value: value, here: own,
              size: table.count, room: all, people: people)
          )
        }
      }
    }
    return worst?.table
  }

  private func alike(_ rule: MixingRules.Attribute, _ rounds: [[[Int]]]) -> SeatingSummary.Alike? {
    var worst: SeatingSummary.Alike?
    var pairs = 0
    for (round, seated) in rounds.enumerated() {
      for (place, table) in seated.enumerated() {
        for (value, count) in counts(rule, table).sorted(by: { ($0.key ?? "") < ($1.key ?? "") }) {
          guard let value, count > 1 else { continue }
          pairs += count * (count - 1) / 2
          guard count > worst?.people ?? 1 else { continue }
          worst = .init(
            word: rule.word, round: round + 1, table: tables[place].number, value: value, people: count,
            pairs: 0)
        }
      }
    }
    worst?.pairs = pairs
    return worst
  }
}

/// Who shares a table with whom in a plan, and how often.
struct Meetings {
  /// Two people, the lower number first.
  struct Pair: Hashable {
    let a: Int
    let b: Int
    init(_ one: Int, _ other: Int) {
      a = min(one, other)
      b = max(one, other)
    }
  }

  /// How often each pair that meets does so.
  private(set) var times: [Pair: Int] = [:]
  /// How many others each person meets.
  private(set) var met: [Int]

  init(_ rounds: [[[Int]]], people: Int) {
    met = [Int](repeating: 0, count: people)
    times.reserveCapacity(rounds.joined().reduce(0) { $0 + $1.count * ($1.count - 1) / 2 })
    for table in rounds.joined() {
      for (place, a) in table.enumerated() {
        for b in table[(place + 1)...] { times[Pair(a, b), default: 0] += 1 }
      }
    }
    for pair in times.keys {
      met[pair.a] += 1
      met[pair.b] += 1
    }
  }
}
