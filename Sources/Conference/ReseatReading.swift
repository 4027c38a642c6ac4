import Ground
import Seating

/// The change that mends the tables when people came late, stayed away or left, before anybody says yes.
public struct ReseatProposal: Sendable, Equatable {
  /// Which rounds may change.
  public enum Reach: Sendable, CaseIterable {
    /// The rounds to come; in the one that runs only those without a chair get one.
    case toCome
    /// The round that runs as well.
    case thisToo
  }

  /// The seats that change, by round and then in the order of the list.
  public var moves: [SeatMove]
  /// What is counted, before and after; what stays the same is left out.
  public var counts: [Count]
  /// What all tables cost now, in thousandths of the unit of the weights, moves left out.
  public var before: Int
  /// What they would cost.
  public var after: Int

  /// Something of which fewer is better.
  public struct Count: Sendable, Equatable {
    /// What is counted, in the plural: `paren die elkaar eerder troffen`.
    public var word: Phrase
    /// How many there are now.
    public var before: Int
    /// How many there would be.
    public var after: Int
  }
}

/// Somebody who goes to another table in a round.
public struct SeatMove: Sendable, Hashable {
  /// The participant's id.
  public var person: String
  /// The round, from 1.
  public var round: Int
  /// The table where they sit now; nil: they have no chair.
  public var from: Int?
  /// The table where they would sit.
  public var to: Int
  /// Creates a move.
  public init(person: String, round: Int, from: Int?, to: Int) {
    self.person = person
    self.round = round
    self.from = from
    self.to = to
  }
}

extension Session {
  /// The round that runs and whose own tables it uses, or nil.
  public var runningDrawnRound: Int? {
    guard let round = flow.current.flatMap(self.round(of:)), seatings[round] != nil else { return nil }
    return round
  }

  /// Whether somebody came late to a round that is not over, or has an empty chair in it.
  public var seatsHaveChanged: Bool {
    seatings.keys.contains { round in
      round >= openRound && (!lateArrivals(round: round).isEmpty || !noShows(round: round).isEmpty)
    }
  }

  /// Returns the change that costs least and moves fewest, or nil where nothing gets better.
  ///
  /// Rounds that are over never change. It takes some hundredths of a second for 120 people, so it is not
  /// asked for at every key. Throws the rules that cannot be met.
  public func reseatProposal(
    _ reach: ReseatProposal.Reach = .toCome
  ) throws(SeatingRefusal) -> ReseatProposal? {
    let drawn = plan?.drawnRounds ?? []
    let rounds = drawn.filter { $0 >= openRound && seatings[$0] != nil }
    guard let first = rounds.first, var board = SeatingBoard(self, round: first) else { return nil }
    board.keepChairs(in: drawn.indices.filter { rounds.contains(drawn[$0]) })
    let mended: SeatingPlan
    do {
      mended = try Reseating.mend(
        board.problem,
        drawn.map { round -> Reseating.Freedom in
          guard rounds.contains(round) else { return .held }
          return round == runningDrawnRound && reach == .toCome ? .placing : .open
        })
    } catch {
      throw SeatingRefusal(reasons: [error.phrase(board.request)])
    }
    let moves = drawn.indices.filter { rounds.contains(drawn[$0]) }.flatMap { place in
      board.moves(to: mended, place: place, round: drawn[place])
    }
    guard !moves.isEmpty else { return nil }
    var after = self
    for move in moves {
      if let from = move.from { after.seatings[move.round]?.tables[from]?.removeAll { $0 == move.person } }
      after.seatings[move.round]?.tables[move.to, default: []].append(move.person)
    }
    return ReseatProposal(
      moves: moves, counts: board.counts(mended, before: self, after: after, rounds: rounds),
      before: board.problem.score(board.plan).total, after: board.cost(of: mended))
  }
}

extension SeatingBoard {
  /// Makes the tables as they stand those made known; chairs on which people sit do not count as lacking.
  fileprivate mutating func keepChairs(in places: [Int]) {
    problem.published = plan.rounds
    for table in problem.tables.indices {
      let most = places.reduce(0) { max($0, plan.rounds[$1][table].count) }
      problem.tables[table].maximum = max(problem.tables[table].maximum, most)
    }
  }

  fileprivate func moves(to mended: SeatingPlan, place: Int, round: Int) -> [SeatMove] {
    func tables(_ seated: [[Int]]) -> [Int: Int] {
      var tableOf: [Int: Int] = [:]
      for (table, people) in seated.enumerated() { for person in people { tableOf[person] = table } }
      return tableOf
    }
    let (before, after) = (tables(plan.rounds[place]), tables(mended.rounds[place]))
    return request.participants.indices.compactMap { person in
      guard let table = after[person], before[person] != table else { return nil }
      return SeatMove(
        person: request.participants[person].id, round: round,
        from: before[person].map { request.tables[$0].number }, to: request.tables[table].number)
    }
  }

  fileprivate func cost(of plan: SeatingPlan) -> Int {
    let score = problem.score(plan)
    return score.total - score.moves
  }

  /// What is counted before and after, the hardest first, without what stays the same.
  fileprivate func counts(
    _ mended: SeatingPlan, before: Session, after: Session, rounds: [Int]
  ) -> [ReseatProposal.Count] {
    var counts: [ReseatProposal.Count] = []
    func count(_ nl: String, _ en: String, _ number: (SeatingPlan, Session) -> Int) {
      let (now, then) = (number(plan, before), number(mended, after))
      if now != then { counts.append(.init(word: Phrase(nl: nl, en: en), before: now, after: then)) }
    }
    count("mensen zonder stoel", "people without a chair") { plan, _ in
      broken(plan).count { if case .unseated = $0 { true } else { false } }
    }
    count("tafels met te weinig mensen", "tables with too few people") { plan, _ in
      broken(plan).count { if case .tooFew = $0 { true } else { false } }
    }
    count("gebroken regels", "rules broken") { plan, _ in
      broken(plan).count {
        switch $0 {
        case .notApart, .notTogether, .notAtPin, .needUnmet: true
        default: false
        }
      }
    }
    count("paren die elkaar vaker treffen", "pairs who meet again") { plan, _ in
      problem.score(plan).repeatedPairs
    }
    for (place, rule) in request.rules.attributes.enumerated() {
      switch rule.kind {
      case .spread:
        count(
          "paren van dezelfde \(rule.word.nl) aan één tafel", "pairs of the same \(rule.word.en) at a table"
        ) {
          plan, _ in problem.score(plan).attributes[place] / max(1, rule.weight * 1000)
        }
      case .mirror:
        count("tafels die een \(rule.word.nl) missen", "tables that lack a \(rule.word.en)") { _, session in
          rounds.reduce(0) { sum, round in
            sum
              + session.mixes(round: round).count { mix in
                mix.shares.contains { $0.name == rule.name && !$0.lacking.isEmpty }
              }
          }
        }
      }
    }
    return counts
  }

  /// The rules broken in rounds that may still change.
  private func broken(_ plan: SeatingPlan) -> [SeatingViolation] {
    let held = Set(plan.rounds.indices.filter { $0 < round })
    return problem.violations(plan).filter { violation in
      switch violation {
      case .unseated(let round, _), .tooFew(let round, _, _), .notApart(let round, _, _),
        .notTogether(let round, _), .notAtPin(let round, _, _), .needUnmet(let round, _, _):
        !held.contains(round)
      default: false
      }
    }
  }
}
