import Ground
import Seating

/// Why a plan is as it is: for each table, for each person, and for two people who do not meet.
///
/// A pure reading of a request and a plan, whether it was drawn just now or years ago.
public struct SeatingExplanation: Sendable {
  let request: SeatingRequest
  let plan: SeatingPlan
  let problem: SeatingProblem
  private let score: SeatingScore
  private let boards: [SeatingBoard]
  private let indexOf: [String: Int]
  /// Each person's table by round, or -1: [round][person].
  private let tableOf: [[Int]]
  private let before: [Meetings.Pair: Int]

  /// With more people the best swap of every table is not looked for: all pairs would have to be weighed.
  public static let mostToImprove = 1500

  /// Creates the explanation; nil where the request cannot be drawn at all.
  public init?(_ request: SeatingRequest, _ plan: SeatingPlan) {
    guard let problem = request.problemToRead else { return nil }
    self.request = request
    self.plan = plan
    self.problem = problem
    score = problem.score(plan)
    let boards = plan.rounds.indices.map { SeatingBoard(request, problem, plan, round: $0) }
    self.boards = boards
    let indexOf = Dictionary(
      zip(request.participants.map(\.id), request.participants.indices),
      uniquingKeysWith: { first, _ in first })
    self.indexOf = indexOf
    tableOf = plan.rounds.map { seated in
      var tables = [Int](repeating: -1, count: request.participants.count)
      for (table, people) in seated.prefix(request.tables.count).enumerated() {
        for person in people where tables.indices.contains(person) { tables[person] = table }
      }
      return tables
    }
    before = request.history.reduce(into: [:]) { before, met in
      guard let a = indexOf[met.a], let b = indexOf[met.b], a != b else { return }
      before[.init(a, b), default: 0] += max(0, met.times)
    }
  }

  /// How often two people met at earlier meetings, and the rounds before this one in which they did.
  private func earlier(_ a: Int, _ b: Int, round: Int) -> Bool {
    before[.init(a, b)] ?? 0 > 0
      || (0..<round).contains { tableOf[$0][a] >= 0 && tableOf[$0][a] == tableOf[$0][b] }
  }

  private func isHeld(_ round: Int) -> Bool { round < request.heldRounds.count }
}

// MARK: - A person

extension SeatingExplanation {
  /// Somebody's place in one round, and why.
  public struct PersonRound: Sendable, Equatable {
    /// The round, from 1.
    public var round: Int
    /// The table's number; nil: not there in this round.
    public var table: Int?
    /// The rules that put them there, in words; empty: no rule did.
    public var rules: [Phrase]
    /// The ids of those they meet for the first time.
    public var first: [String]
    /// The ids of those at the table whom they met before.
    public var again: [String]
  }

  /// Returns where somebody sits in each round and why; empty for an id that is not on the list.
  public func person(_ id: String) -> [PersonRound] {
    guard let person = indexOf[id] else { return [] }
    return plan.rounds.indices.map { round in
      guard tableOf[round][person] >= 0 else {
        return PersonRound(round: round + 1, table: nil, rules: [], first: [], again: [])
      }
      let table = tableOf[round][person]
      let others = plan.rounds[round][table].filter {
        $0 != person && request.participants.indices.contains($0)
      }
      let again = others.filter { earlier(person, $0, round: round) }
      let first = others.filter { !again.contains($0) }
      return PersonRound(
        round: round + 1, table: request.tables[table].number, rules: rules(person, table, round),
        first: first.map { request.participants[$0].id }, again: again.map { request.participants[$0].id })
    }
  }

  private func rules(_ person: Int, _ table: Int, _ round: Int) -> [Phrase] {
    if isHeld(round) {
      return [Phrase(nl: "de ronde is al gehouden", en: "the round has been held already")]
    }
    var rules: [Phrase] = []
    if problem.pins.contains(where: {
      $0.person == person && $0.table == table && $0.rounds?.contains(round) ?? true
    }) {
      rules.append(Phrase(nl: "vastgezet aan deze tafel", en: "pinned to this table"))
    }
    if let fitting = problem.allowedTables[person], fitting.count < request.tables.count {
      let numbers = request.numbers(fitting.sorted())
      let needs = request.needs(of: person)
      rules.append(
        Phrase(
          nl: "heeft iets nodig\(needs) dat alleen tafel \(numbers.nl) heeft",
          en: "needs something\(needs) that only table \(numbers.en) has"))
    }
    let mates = Set(problem.keepTogether.filter { $0.contains(person) }.joined())
    let here = plan.rounds[round][table].filter { $0 != person && mates.contains($0) }
    if !here.isEmpty {
      let with = request.list(here)
      rules.append(Phrase(nl: "moet bij \(with.nl) zitten", en: "must sit with \(with.en)"))
    }
    return rules
  }
}

// MARK: - Two people

extension SeatingExplanation {
  /// Why two people do or do not share a table in one round.
  public struct Meeting: Sendable, Equatable {
    /// The round, from 1.
    public var round: Int
    /// What is the case.
    public var reason: Reason

    /// Why they do or do not.
    public enum Reason: Sendable, Equatable {
      /// They share the table with this number.
      case together(table: Int)
      /// This person is not there in the round.
      case missing(String)
      /// The round was held before this drawing.
      case held
      /// A rule keeps them apart.
      case apart
      /// The cheapest swap that would bring them together; where it has violations, no swap may.
      case swap(SwapReading)
      /// Nobody else sits at either table, so no swap can bring them together.
      case noSwap
    }
  }

  /// Returns for each round why `a` and `b` do not meet; empty where one is not on the list.
  public func whyNot(_ a: String, _ b: String) -> [Meeting] {
    guard let one = indexOf[a], let other = indexOf[b], one != other else { return [] }
    return plan.rounds.indices.map { Meeting(round: $0 + 1, reason: reason(one, other, $0)) }
  }

  private func reason(_ a: Int, _ b: Int, _ round: Int) -> Meeting.Reason {
    let (tableA, tableB) = (tableOf[round][a], tableOf[round][b])
    for (person, table) in [(a, tableA), (b, tableB)] where table < 0 {
      return .missing(request.participants[person].id)
    }
    if tableA == tableB { return .together(table: request.tables[tableA].number) }
    if isHeld(round) { return .held }
    if problem.keepApart.contains(where: { $0.contains(a) && $0.contains(b) }) { return .apart }
    let board = boards[round]
    guard let swaps = board.swaps else { return .noSwap }
    let pairs =
      plan.rounds[round][tableB].filter { $0 != b }.map { (a: a, b: $0) }
      + plan.rounds[round][tableA].filter { $0 != a }.map { (a: b, b: $0) }
    if let best = board.best(of: pairs, swaps).first {
      return .swap(board.reading(best.a, best.b, best.change, swaps, now: score))
    }
    // None is allowed: the one that breaks the fewest rules tells why.
    let broken = pairs.compactMap { pair in
      swaps.change(pair.a, pair.b).map { (pair, $0, swaps.broken(pair.a, pair.b).count) }
    }.min { ($0.2, $0.1.total, $0.0.a, $0.0.b) < ($1.2, $1.1.total, $1.0.a, $1.0.b) }
    guard let broken else { return .noSwap }
    return .swap(board.reading(broken.0.a, broken.0.b, broken.1, swaps, now: score))
  }
}

// MARK: - A table

extension SeatingExplanation {
  /// One table in one round against the room.
  public struct TableRound: Sendable, Equatable {
    /// The round, from 1.
    public var round: Int
    /// The table's number.
    public var table: Int
    /// The ids of those who sit here.
    public var people: [String]
    /// For each attribute of which tables mirror the room: who is here.
    public var shares: [Share]
    /// Those who share what should be spread, such as an organisation.
    public var alike: [TableMix.Alike]
    /// The pairs who met before, the pairs that must sit together left out; rounds from 1, none: another day.
    public var repeats: [TableMix.Repeat]
    /// The swap with somebody at this table that helps the whole most.
    public var improvement: Improvement

    /// An attribute at the table.
    public struct Share: Sendable, Equatable {
      /// What it is called.
      public var word: Phrase
      /// The values here and those that are due here, in the order of the list.
      public var values: [Value]
    }

    /// A value at the table; nil is an empty cell.
    public struct Value: Sendable, Equatable {
      /// The value.
      public var value: String?
      /// How many have it here.
      public var here: Int
      /// How many would by the room's share, in tenths of a person.
      public var fairTenths: Int
    }

    /// What one swap could do for a table.
    public enum Improvement: Sendable, Equatable {
      /// The best swap that breaks no rule and costs less than now.
      case swap(SwapReading)
      /// No single swap makes the whole better.
      case none
      /// The round was held, or there are too many people to weigh all swaps.
      case notSought
    }
  }

  /// Returns every table of a round, from 1, at which somebody sits.
  public func tables(round: Int) -> [TableRound] {
    let round = round - 1
    guard plan.rounds.indices.contains(round) else { return [] }
    let seated = plan.rounds[round].prefix(request.tables.count).map {
      $0.filter(request.participants.indices.contains)
    }
    let best = isHeld(round) ? nil : improvements(seated, round)
    let room = Room(request, seated.flatMap { $0 })
    return seated.indices.filter { !seated[$0].isEmpty }.map { table in
      TableRound(
        round: round + 1, table: request.tables[table].number,
        people: seated[table].map { request.participants[$0].id }, shares: room.shares(seated[table]),
        alike: room.alike(seated[table]), repeats: repeats(seated[table], round),
        improvement: best.map { best in best[table].map { .swap($0) } ?? .none } ?? .notSought)
    }
  }

  private func repeats(_ people: [Int], _ round: Int) -> [TableMix.Repeat] {
    people.indices.flatMap { place in
      people[(place + 1)...].compactMap { other -> TableMix.Repeat? in
        let one = people[place]
        guard earlier(one, other, round: round),
          !problem.keepTogether.contains(where: { $0.contains(one) && $0.contains(other) })
        else { return nil }
        let rounds = (0..<round).filter { tableOf[$0][one] >= 0 && tableOf[$0][one] == tableOf[$0][other] }
        return .init(
          a: request.participants[one].id, b: request.participants[other].id, rounds: rounds.map { $0 + 1 })
      }
    }
  }

  /// The best swap of each table by index, where one helps; nil where there are too many people.
  private func improvements(_ seated: [[Int]], _ round: Int) -> [Int: SwapReading]? {
    guard request.participants.count <= SeatingExplanation.mostToImprove, let swaps = boards[round].swaps
    else { return nil }
    var best: [Int: (a: Int, b: Int, change: SeatingChange)] = [:]
    for one in seated.indices {
      for other in seated.indices.dropFirst(one + 1) {
        for a in seated[one] {
          for b in seated[other] {
            guard let change = swaps.change(a, b) else { continue }
            let helps = [one, other].filter { change.total < best[$0]?.change.total ?? 0 }
            guard !helps.isEmpty, swaps.broken(a, b).isEmpty else { continue }
            for table in helps { best[table] = (a, b, change) }
          }
        }
      }
    }
    return best.mapValues { boards[round].reading($0.a, $0.b, $0.change, swaps, now: score) }
  }
}

/// The values of the people of one round.
private struct Room {
  let request: SeatingRequest
  let people: Int
  private let counts: [(rule: MixingRules.Attribute, values: [String?], count: [String?: Int])]

  init(_ request: SeatingRequest, _ people: [Int]) {
    self.request = request
    self.people = people.count
    counts = request.rules.attributes.filter { $0.kind == .mirror }.map { rule in
      var values: [String?] = []
      var count: [String?: Int] = [:]
      for person in people.sorted() {
        let value = Room.value(request.participants[person], rule)
        if count[value] == nil { values.append(value) }
        count[value, default: 0] += 1
      }
      return (rule, values, count)
    }
  }

  static func value(_ person: Participant, _ rule: MixingRules.Attribute) -> String? {
    person.value(of: rule.name).flatMap { $0.isEmpty ? nil : $0 }
  }

  func shares(_ table: [Int]) -> [SeatingExplanation.TableRound.Share] {
    counts.map { rule, values, count in
      let here = table.reduce(into: [String?: Int]()) {
        $0[Room.value(request.participants[$1], rule), default: 0] += 1
      }
      return .init(
        word: rule.word,
        values: values.compactMap { value in
          let fair = ((count[value] ?? 0) * table.count * 20 + people) / (2 * max(1, people))
          // Of a value with few people most tables have none: only what is here or due here is told.
          return here[value] == nil && fair < 5
            ? nil : .init(value: value, here: here[value] ?? 0, fairTenths: fair)
        })
    }
  }

  func alike(_ table: [Int]) -> [TableMix.Alike] {
    request.rules.attributes.filter { $0.kind == .spread }.flatMap { rule -> [TableMix.Alike] in
      let groups = Dictionary(grouping: table) { Room.value(request.participants[$0], rule) }
      return groups.sorted { ($0.value.first ?? 0) < ($1.value.first ?? 0) }.compactMap { value, people in
        guard let value, people.count > 1 else { return nil }
        return .init(
          name: rule.name, word: rule.word, value: value, people: people.map { request.participants[$0].id })
      }
    }
  }
}
