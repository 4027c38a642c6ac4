import Conference
import Testing

@testable import Seating

/// Figures of the cases' own scorer, an independent program, for plans by formula.
@Suite struct ScoreTests {
  /// What the scorer prints: C2 of repeats, hard violations, and each attribute before its weight.
  struct Figures: Sendable {
    var name: String
    var isTurned: Bool
    var hard: Int
    var repeats: Int
    var attributes: [Double]
  }

  static let figures = [
    Figures(name: "rogplus", isTurned: true, hard: 28, repeats: 3, attributes: [27, 101.216, 102.019]),
    Figures(name: "rogplus", isTurned: false, hard: 51, repeats: 477, attributes: [18, 77.04, 95.568]),
    Figures(name: "broosz", isTurned: true, hard: 23, repeats: 0, attributes: [30, 287.2, 254]),
    Figures(name: "broosz", isTurned: false, hard: 66, repeats: 1293, attributes: [24, 255.927, 223.417]),
    Figures(name: "kirkman-5-3-7", isTurned: true, hard: 0, repeats: 30, attributes: []),
    Figures(name: "kirkman-5-3-7", isTurned: false, hard: 0, repeats: 315, attributes: []),
  ]

  @Test(arguments: figures) func agreesWithTheScorer(_ expected: Figures) throws {
    let problem = try seatingCase(expected.name).request.problem()
    let count = problem.tables.count
    let plan = problem.plan { person, round in
      (expected.isTurned ? person % count + round * (person / count) : person * 7 + person / 3) % count
    }
    let score = problem.score(plan)
    #expect(score.repeats == expected.repeats * problem.repeatWeight * 1000)
    for (place, value) in expected.attributes.enumerated() {
      // The scorer prints three decimals, ours rounds in each round.
      let wanted = Double(problem.attributes[place].weight) * value * 1000
      #expect(abs(Double(score.attributes[place]) - wanted) <= 6, "\(problem.attributes[place].kind)")
    }
    // The scorer counts every person over a bound, ours every table.
    let hard = problem.violations(plan).reduce(0) { sum, violation in
      switch violation {
      case .tooMany(_, let table, let people): sum + people - problem.tables[table].maximum
      case .tooFew(_, let table, let people): sum + problem.tables[table].minimum - people
      default: sum + 1
      }
    }
    #expect(hard == expected.hard)
  }

  @Test func repeatsCountWhatCameBeforeButNotTheGroupsThatMustSitTogether() {
    var problem = SeatingProblem(
      people: 4, rounds: 2, tables: [.init(minimum: 0, maximum: 2), .init(minimum: 0, maximum: 2)])
    let plan = SeatingPlan(rounds: [[[0, 1], [2, 3]], [[0, 1], [2, 3]]])
    #expect(problem.score(plan) == SeatingScore(repeats: 20_000, attributes: [], repeatedPairs: 2))
    problem.keepTogether = [[0, 1]]
    #expect(problem.score(plan).repeats == 10_000)
    // C2(5) - C2(3) = 7 for the pair that met three times.
    problem.history = [.init(a: 3, b: 2, times: 3)]
    #expect(problem.score(plan) == SeatingScore(repeats: 70_000, attributes: [], repeatedPairs: 1))
  }

  @Test func anEmptyValueIsNobodysForSpreadAndAValueForMirror() {
    let values = [-1, -1, 0, 0]
    let problem = SeatingProblem(
      people: 4, rounds: 1, tables: [.init(minimum: 0, maximum: 2), .init(minimum: 0, maximum: 2)],
      attributes: [
        .init(kind: .spread, weight: 1, values: values), .init(kind: .mirror, weight: 1, values: values),
      ])
    #expect(problem.score(SeatingPlan(rounds: [[[0, 1], [2, 3]]])).attributes == [1000, 4000])
    #expect(problem.score(SeatingPlan(rounds: [[[0, 2], [1, 3]]])).attributes == [0, 0])
  }

  @Test func everyBrokenRuleIsNamed() {
    let problem = SeatingProblem(
      people: 5, rounds: 1, tables: [.init(minimum: 2, maximum: 2), .init(minimum: 0, maximum: 1)],
      keepApart: [[0, 1]], keepTogether: [[0, 2]], pins: [.init(person: 0, table: 1)],
      allowedTables: [1: [1]], absent: [3: [0]])
    let plan = SeatingPlan(rounds: [[[0, 1, 3], [2, 2], [9]], []])
    #expect(
      problem.violations(plan) == [
        .rounds(2), .tooMany(round: 0, table: 0, people: 3), .seatedWhileAbsent(round: 0, person: 3),
        .tooMany(round: 0, table: 1, people: 2), .seatedTwice(round: 0, person: 2),
        .unknown(round: 0, table: 2, person: nil), .unseated(round: 0, person: 4),
        .notApart(round: 0, table: 0, people: [0, 1]), .notTogether(round: 0, people: [0, 2]),
        .notAtPin(round: 0, person: 0, table: 1), .needUnmet(round: 0, person: 1, table: 0),
        .tooFew(round: 1, table: 0, people: 0), .unseated(round: 1, person: 0),
        .unseated(round: 1, person: 1), .unseated(round: 1, person: 2), .unseated(round: 1, person: 3),
        .unseated(round: 1, person: 4),
      ])
  }
}
