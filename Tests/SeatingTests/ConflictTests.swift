import Testing

@testable import Seating

@Suite struct ConflictTests {
  /// Six people, three rounds, tables of 3, 2 and 2.
  private func problem(_ change: (inout SeatingProblem) -> Void) -> SeatingProblem {
    var problem = SeatingProblem(
      people: 6, rounds: 3,
      tables: [.init(minimum: 0, maximum: 3), .init(minimum: 0, maximum: 2), .init(minimum: 0, maximum: 2)])
    change(&problem)
    return problem
  }

  @Test func eachContradictionIsNamed() {
    let cases: [(SeatingConflict, SeatingProblem)] = [
      (.noTables, problem { $0.tables = [] }),
      (.tableBounds(table: 1), problem { $0.tables[1].minimum = 3 }),
      (.tableBounds(table: 0), problem { $0.tables[0] = .init(minimum: -2, maximum: -1) }),
      (.tooFewSeats(round: 0, people: 6, seats: 5), problem { $0.tables[2].maximum = 0 }),
      (
        .tooFewPeople(round: 1, people: 5, minimum: 6),
        problem {
          $0.tables = [.init(minimum: 3, maximum: 6), .init(minimum: 3, maximum: 6)]
          $0.absent = [0: [1, 2]]
        }
      ),
      (
        .tooManyPins(table: 1, round: 0, people: [0, 1, 2], seats: 2),
        problem { $0.pins = [0, 1, 2].map { .init(person: $0, table: 1) } }
      ),
      (
        // Who must sit with somebody pinned is there too.
        .tooManyPins(table: 1, round: 0, people: [0, 1, 2], seats: 2),
        problem {
          $0.pins = [.init(person: 0, table: 1), .init(person: 2, table: 1)]
          $0.keepTogether = [[0, 1]]
        }
      ),
      (
        .twoPins(person: 4, round: 2, tables: [0, 1]),
        problem { $0.pins = [.init(person: 4, table: 0), .init(person: 4, table: 1, rounds: [2])] }
      ),
      (
        .pinAgainstNeed(person: 4, table: 0),
        problem {
          $0.pins = [.init(person: 4, table: 0)]
          $0.allowedTables = [4: [2]]
        }
      ),
      (
        .togetherAndApart([0, 1, 2]),
        problem {
          $0.keepTogether = [[0, 1], [1, 2]]
          $0.keepApart = [[2, 0]]
        }
      ),
      (
        .pinnedAndApart([3, 5], table: 0, round: 0),
        problem {
          $0.pins = [.init(person: 5, table: 0), .init(person: 3, table: 0)]
          $0.keepApart = [[5, 3]]
        }
      ),
      (
        .tooManyApart([0, 1, 2, 3], tables: 3),
        problem { $0.keepApart = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]] }
      ),
      (.groupTooLarge([0, 1, 2, 3], seats: 3), problem { $0.keepTogether = [[3, 2, 1, 0]] }),
      (
        .groupTornApart([0, 1]),
        problem {
          $0.keepTogether = [[0, 1]]
          $0.pins = [.init(person: 0, table: 0), .init(person: 1, table: 1)]
        }
      ),
      (.needUnmet(person: 5), problem { $0.allowedTables = [5: []] }),
      (
        .tooFewFittingSeats(round: 0, people: [0, 1, 2, 3, 4], tables: [1, 2], seats: 4),
        problem { problem in for person in 0..<5 { problem.allowedTables[person] = [1, 2] } }
      ),
      (
        .tooFewFittingPeople(round: 0, people: [5], tables: [1], minimum: 2),
        problem { problem in
          problem.tables[1].minimum = 2
          for person in 0..<5 { problem.allowedTables[person] = [0, 2] }
        }
      ),
      (.unknown(person: 6, table: nil), problem { $0.keepApart = [[0, 6]] }),
      (.unknown(person: -1, table: nil), problem { $0.history = [.init(a: -1, b: 0, times: 1)] }),
      (.unknown(person: nil, table: 3), problem { $0.pins = [.init(person: 0, table: 3)] }),
    ]
    for (expected, problem) in cases {
      #expect(problem.conflicts() == [expected])
      #expect(throws: expected) { try Annealer().draw(problem, DrawingOrder(seed: 1, effort: 10)) }
    }
  }

  @Test func whatHoldsOnlyInRoundsAlreadyHeldIsNoContradiction() {
    let problem = problem { $0.pins = [0, 1, 2].map { .init(person: $0, table: 1, rounds: [0]) } }
    #expect(problem.conflicts().count == 1)
    #expect(problem.conflicts(from: 1) == [])
  }

  @Test func rulesAboutPeopleWhoAreNotThereAreNoContradiction() {
    let problem = problem {
      $0.pins = [0, 1, 2].map { .init(person: $0, table: 1) }
      $0.absent = [2: [0, 1, 2]]
    }
    #expect(problem.conflicts() == [])
  }
}

@Suite struct PlacementTests {
  /// Two groups at three tables of 3; person 6 comes late.
  private var problem: SeatingProblem {
    SeatingProblem(
      people: 7, rounds: 1,
      tables: [SeatingProblem.Table](repeating: .init(minimum: 0, maximum: 3), count: 3),
      attributes: [.init(kind: .mirror, weight: 3, values: [0, 1, 1, 0, 1, 1, 1])])
  }
  private let seated = [[0], [1, 2], [3, 4]]

  @Test func theSmallestTableThatLacksTheGroup() throws {
    var problem = problem
    let placement = try SeatingPlacement.place(person: 6, in: seated, of: problem, round: 0)
    #expect(placement == SeatingPlacement(table: 0, reason: .lacksGroup))
    // A table that lacks the group comes before a smaller one that does not.
    let other = try SeatingPlacement.place(person: 6, in: [[1], [2, 4], [0, 3]], of: problem, round: 0)
    #expect(other == SeatingPlacement(table: 2, reason: .lacksGroup))
    problem.attributes[0].values = [1, 1, 1, 1, 1, 1, 1]
    let everywhere = try SeatingPlacement.place(person: 6, in: seated, of: problem, round: 0)
    #expect(everywhere == SeatingPlacement(table: 0, reason: .smallest))
  }

  @Test func rulesComeFirst() throws {
    var problem = problem
    problem.keepApart = [[6, 0]]
    #expect(try SeatingPlacement.place(person: 6, in: seated, of: problem, round: 0).table != 0)
    problem.keepTogether = [[6, 4]]
    #expect(
      try SeatingPlacement.place(person: 6, in: seated, of: problem, round: 0)
        == SeatingPlacement(table: 2, reason: .withGroup([4])))
    problem.keepTogether = []
    problem.pins = [.init(person: 6, table: 1)]
    #expect(
      try SeatingPlacement.place(person: 6, in: seated, of: problem, round: 0)
        == SeatingPlacement(table: 1, reason: .onlyTable))
  }

  @Test func noPlace() {
    var problem = problem
    func place(_ seated: [[Int]]) throws(SeatingConflict) -> SeatingPlacement {
      try SeatingPlacement.place(person: 6, in: seated, of: problem, round: 0)
    }
    #expect(throws: SeatingConflict.unknown(person: 7, table: nil)) {
      try SeatingPlacement.place(person: 7, in: seated, of: problem, round: 0)
    }
    problem.keepApart = [[6, 0], [6, 1], [6, 3]]
    #expect(throws: SeatingConflict.notFound(round: 0, people: [6, 0, 1, 3])) { try place(seated) }
    problem.allowedTables = [6: []]
    #expect(throws: SeatingConflict.needUnmet(person: 6)) { try place(seated) }
    problem.tables = [.init(minimum: 0, maximum: 1), .init(minimum: 0, maximum: 2)]
    #expect(throws: SeatingConflict.tooFewSeats(round: 0, people: 4, seats: 3)) { try place([[0], [1, 2]]) }
    problem.tables = []
    #expect(throws: SeatingConflict.noTables) { try place([]) }
  }

  @Test func amongEqualsTheOneWithTheFewestColleaguesThenThoseNotMetYet() throws {
    var problem = problem
    problem.attributes = [.init(kind: .spread, weight: 5, values: [0, 1, 2, 3, 4, 5, 0])]
    let seats = [[0], [1], [2]]
    #expect(try SeatingPlacement.place(person: 6, in: seats, of: problem, round: 1).table == 1)
    let earlier = [[[1, 6], [2], [0]]]
    #expect(
      try SeatingPlacement.place(person: 6, in: seats, of: problem, round: 1, earlier: earlier).table == 2)
  }
}
