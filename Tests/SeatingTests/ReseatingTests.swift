import Conference
import Foundation
import Ground
import Testing

@testable import Seating

/// Mending tables after late arrivals and no-shows: few moves, every rule met, rounds held untouched.
@Suite struct ReseatingTests {
  /// Eight no-shows and five late arrivals after the first of three rounds (236.5 with one person moved).
  @Test func theCaseOfTheBrooszIsMendedByAlmostNoMoves() throws {
    let problem = try reseatCase("broosz-reseat")
    let plan = try Reseating.mend(problem, [.held, .open, .open])
    #expect(problem.violations(plan) == [])
    #expect(plan.rounds[0] == problem.published[0].map { $0.sorted() })
    let score = problem.score(plan)
    #expect(score.total <= 236_500 && score.movedSeats <= 1 && score.repeats == 0)
  }

  /// Random rules, leavers and newcomers: what comes out is legal, or no tables at all could be found.
  @Test func everyHardRuleHoldsAndNothingGetsDearerThanPlacing() throws {
    var random = SplitMix64(seed: 4)
    var mended = 0
    for _ in 0..<600 {
      guard let (problem, freedom) = published(&random) else { continue }
      do {
        let plan = try Reseating.mend(problem, freedom)
        mended += 1
        for (round, allowed) in freedom.enumerated() where allowed == .held {
          #expect(plan.rounds[round] == problem.published[round])
        }
        #expect(
          problem.violations(plan).filter { violation in
            // In the round that runs nobody gets up, so a table stays too small and a chair may lack.
            switch violation {
            case .tooFew(let round, _, _), .unseated(let round, _), .notTogether(let round, _):
              return freedom[round] == .open
            default: return true
            }
          } == [])
        var placing = ReseatSearch(ReseatTables(problem, freedom))
        try placing.start()
        #expect(problem.score(plan).total <= problem.score(placing.tables.plan).total)
        #expect(try Reseating.mend(problem, freedom) == plan)
      } catch {
        guard problem.conflicts(from: freedom.firstIndex(of: .open) ?? 0).isEmpty else { continue }
        // Not a single legal seating of the round where it got stuck, or a round in which nobody gets up.
        guard case .notFound(let round, _) = error, freedom[round] == .open else { continue }
        var start = RoundStart(
          RoundRules(problem, round: round), wishes: problem.everyone.map { _ in 0 }, random: random)
        #expect(throws: SeatingConflict.self) { try start.seat() }
      }
    }
    #expect(mended > 200)
  }

  @Test func nobodyMovesForSmallGains() throws {
    var random = SplitMix64(seed: 9)
    var checked = 0
    for _ in 0..<200 {
      guard let (base, freedom) = published(&random) else { continue }
      var problem = base
      problem.moveWeight = 1000
      guard let plan = try? Reseating.mend(problem, freedom) else { continue }
      // Whoever sat legally without those who left, and without the newcomers, keeps their chair.
      var before = ReseatSearch(ReseatTables(problem, freedom))
      try before.start()
      guard problem.score(before.tables.plan).movedSeats == 0 else { continue }
      checked += 1
      #expect(problem.score(plan).movedSeats == 0)
    }
    #expect(checked > 50)
  }

  @Test func whoSitsInTheRoundThatRunsKeepsTheirChair() throws {
    var problem = try reseatCase("broosz-reseat")
    problem.moveWeight = 0
    let plan = try Reseating.mend(problem, [.held, .placing, .open])
    let known = ReseatRound(problem, round: 1, .placing).known
    for (table, people) in plan.rounds[1].enumerated() {
      for person in people where known[person] >= 0 { #expect(known[person] == table) }
    }
    #expect(problem.violations(plan).allSatisfy { if case .tooFew(1, _, _) = $0 { true } else { false } })
  }

  /// The counts follow every move, so that a change is exactly the difference of two scores.
  @Test func changesAreDifferencesOfScores() throws {
    var random = SplitMix64(seed: 1)
    for _ in 0..<60 {
      guard let (base, freedom) = published(&random) else { continue }
      var problem = base
      problem.attributes[0].neverAlone = [1]
      problem.attributes[1].neverAlone = [0, 2]
      var tables = ReseatTables(problem, freedom)
      for round in tables.rounds.indices where freedom[round] != .held {
        for person in tables.rounds[round].rules.present {
          tables.move(person, to: random.below(problem.tables.count), in: round)
        }
      }
      for _ in 0..<40 {
        let round = random.below(problem.rounds)
        let present = tables.rounds[round].rules.present
        guard freedom[round] != .held, !present.isEmpty else { continue }
        let (one, other) = (present[random.below(present.count)], present[random.below(present.count)])
        let before = problem.score(tables.plan).total
        let counts = tables.rounds[round]
        if random.below(2) == 0, counts.tableOf[one] != counts.tableOf[other] {
          let change = counts.swap(one, other, met: tables.meetings(one, other, besides: round), problem)
          tables.move(one, to: counts.tableOf[other], in: round)
          tables.move(other, to: counts.tableOf[one], in: round)
          #expect(problem.score(tables.plan).total == before + change)
        } else {
          let table = random.below(problem.tables.count)
          let change = table == counts.tableOf[one] ? 0 : counts.change(one, to: table, problem)
          tables.move(one, to: table, in: round)
          #expect(problem.score(tables.plan).total == before + change)
        }
      }
    }
  }

  @Test func aTableThatGotTooSmallIsFilledByOneMove() throws {
    var problem = SeatingProblem(
      people: 12, rounds: 1,
      tables: [.init(minimum: 3, maximum: 5), .init(minimum: 3, maximum: 5), .init(minimum: 3, maximum: 5)])
    problem.published = [[[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]]
    problem.absent = [0: [0], 1: [0]]
    let plan = try Reseating.mend(problem, [.open])
    #expect(problem.violations(plan) == [])
    #expect(problem.score(plan).movedSeats == 1)
    problem.absent = [0: [0], 1: [0], 4: [0], 8: [0], 9: [0]]
    #expect(throws: SeatingConflict.self) { try Reseating.mend(problem, [.open]) }
    // The round that runs stays as it is.
    #expect(try Reseating.mend(problem, [.placing]).rounds == [[[2, 3], [5, 6, 7], [10, 11]]])
  }

  /// A problem whose tables are made known without the newcomers and with those who left after.
  private func published(_ random: inout SplitMix64) -> (SeatingProblem, [Reseating.Freedom])? {
    let (people, tables, rounds) = (8 + random.below(9), 3 + random.below(2), 1 + random.below(3))
    var problem = SeatingProblem.random(&random, people: people, tables: tables, rounds: rounds)
    let held = random.below(rounds)
    let freedom = (0..<rounds).map { round -> Reseating.Freedom in
      round < held ? .held : round == held && random.below(3) == 0 ? .placing : .open
    }
    let newcomers = (0..<random.below(4)).map { _ in random.below(people) }
    let leavers = (0..<random.below(4)).map { _ in random.below(people) }
    var known = problem
    for person in newcomers { known.absent[person] = Set(0..<rounds) }
    for round in 0..<rounds {
      var start = RoundStart(
        RoundRules(known, round: round), wishes: (0..<people).map { _ in random.below(tables) },
        random: random)
      guard known.conflicts().isEmpty, let seated = try? start.seat() else { return nil }
      problem.published.append(seated)
    }
    for person in newcomers { problem.absent[person, default: []].formUnion(0..<held) }
    for person in leavers where !newcomers.contains(person) {
      problem.absent[person, default: []].formUnion(held..<rounds)
    }
    return (problem, freedom)
  }
}

/// The problem of a re-seating case, with its earlier answer as the tables made known.
private func reseatCase(_ name: String) throws -> SeatingProblem {
  try seatingCase(name).request.problem()
}
