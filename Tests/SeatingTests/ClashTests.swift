import Ground
import Testing

@testable import Seating

/// S4.1: hard rules are met, or the smallest set of rules that clash is told.
@Suite struct ClashTests {
  private func tables(_ maxima: Int...) -> [SeatingProblem.Table] {
    maxima.map { .init(minimum: 0, maximum: $0) }
  }

  /// The problem with no other rules than `rules`, in one round.
  private func only(_ rules: [SeatingRule], of problem: SeatingProblem, round: Int) -> SeatingProblem {
    var reduced = problem
    (reduced.pins, reduced.keepApart, reduced.keepTogether, reduced.allowedTables) = ([], [], [], [:])
    for table in reduced.tables.indices { reduced.tables[table].minimum = 0 }
    for rule in rules {
      switch rule {
      case .pin(let person, let table): reduced.pins.append(.init(person: person, table: table))
      case .need(let person): reduced.allowedTables[person] = problem.allowedTables[person]
      case .together(let people): reduced.keepTogether.append(people)
      case .apart(let a, let b): reduced.keepApart.append([a, b])
      case .minimum(let table): reduced.tables[table].minimum = problem.tables[table].minimum
      }
    }
    return reduced
  }

  /// Every round that cannot be seated is told, and no other; without any one of its rules a clash is none.
  @Test func clashesAreTrueCompleteAndMinimal() {
    var random = SplitMix64(seed: 404)
    var (clear, clashing, entangled) = (0, 0, 0)
    for number in 0..<4000 {
      var problem = SeatingProblem.random(
        &random, people: 1 + random.below(6), tables: 1 + random.below(3), rounds: 1 + random.below(2))
      for _ in 0..<random.below(4) {
        problem.keepApart.append(distinct([random.below(problem.people), random.below(problem.people)]))
      }
      let possible = (0..<problem.rounds).allSatisfy { Seatings.exist(problem, round: $0) }
      let clashes = problem.clashes()
      #expect(clashes.isEmpty == possible, "case \(number): \(clashes)")
      for clash in clashes where !clash.rules.isEmpty {
        let round = clash.round
        #expect(Set(clash.rules).isSubset(of: problem.rules(in: round)), "case \(number)")
        #expect(!Seatings.exist(only(clash.rules, of: problem, round: round), round: round), "case \(number)")
        for place in clash.rules.indices {
          var fewer = clash.rules
          let rule = fewer.remove(at: place)
          #expect(
            Seatings.exist(only(fewer, of: problem, round: round), round: round),
            "case \(number): \(clash) does not need \(rule)")
        }
        if case .rulesClash = clash.conflict { entangled += 1 }
      }
      if possible { clear += 1 } else { clashing += 1 }
    }
    // The cases are worth something only while they are of all sorts.
    #expect(clear > 800 && clashing > 800 && entangled > 40, "\(clear) \(clashing) \(entangled)")
  }

  @Test func groupsThatDoNotPackAreProven() {
    // Three pairs at tables of 3: two chairs are left over, one at each table.
    let pairs: [SeatingRule] = [.together([0, 1]), .together([2, 3]), .together([4, 5])]
    let problem = SeatingProblem(
      people: 6, rounds: 2, tables: tables(3, 3), keepTogether: [[0, 1], [2, 3], [4, 5]])
    #expect(
      problem.clashes() == [SeatingClash(.rulesClash(round: 0, rules: pairs), rules: pairs)])
    #expect(throws: SeatingConflict.rulesClash(round: 0, rules: pairs)) {
      try Annealer().draw(problem, DrawingOrder(seed: 1, effort: 10))
    }
    // 31 groups of 3 at 15 tables of 8, among 120 people: one too many, and all alike.
    let many = SeatingProblem(
      people: 120, rounds: 3,
      tables: [SeatingProblem.Table](repeating: .init(minimum: 0, maximum: 8), count: 15),
      keepTogether: (0..<31).map { [$0 * 3, $0 * 3 + 1, $0 * 3 + 2] })
    #expect(many.clashes().map(\.rules.count) == [31])
  }

  @Test func aRingThatCannotBeParted() {
    // Five in a ring, each apart from the next, need three tables; two are not enough. The sixth is no part.
    let ring = (0..<5).map { [$0, ($0 + 1) % 5].sorted() }
    let problem = SeatingProblem(people: 6, rounds: 1, tables: tables(6, 6), keepApart: ring + [[0, 5]])
    let clashes = problem.clashes()
    #expect(clashes.count == 1)
    #expect(Set(clashes.first?.rules ?? []) == Set(ring.map { .apart($0[0], $0[1]) }))
    var three = problem
    three.tables = tables(6, 6, 6)
    #expect(three.clashes() == [])
  }

  @Test func onlyThoseWhoAreOneTooManyAreNamed() {
    let problem = SeatingProblem(
      people: 12, rounds: 1, tables: tables(8, 8), pins: (0..<12).map { .init(person: $0, table: 0) })
    let clashes = problem.clashes()
    #expect(clashes.map(\.rules.count) == [9])
    guard case .tooManyPins(0, 0, let people, 8)? = clashes.first?.conflict else {
      Issue.record("\(clashes)")
      return
    }
    #expect(people.count == 9)
  }

  @Test func separateClashesAreAllTold() {
    var problem = SeatingProblem(people: 9, rounds: 2, tables: tables(3, 3, 3))
    problem.pins = [.init(person: 0, table: 0), .init(person: 0, table: 1)]
    problem.keepTogether = [[1, 2], [3, 4, 5, 6]]
    problem.keepApart = [[1, 2]]
    problem.allowedTables = [8: []]
    #expect(
      problem.conflicts() == [
        .twoPins(person: 0, round: 0, tables: [0, 1]), .needUnmet(person: 8), .togetherAndApart([1, 2]),
        .groupTooLarge([3, 4, 5, 6], seats: 3),
      ])
  }

  @Test func whatAsksForPeopleIsARuleToo() {
    // Table 1 asks for two, and all but one need another table.
    var problem = SeatingProblem(people: 4, rounds: 1, tables: tables(4, 4))
    problem.tables[1].minimum = 2
    problem.pins = [0, 1, 2].map { .init(person: $0, table: 0) }
    let clash = problem.clashes().first
    #expect(clash?.conflict == .tooFewFittingPeople(round: 0, people: [3], tables: [1], minimum: 2))
    #expect(clash?.rules.contains(.minimum(table: 1)) == true)
    #expect(clash?.rules.count == 4)
  }

  @Test func oddHallsAreAnswered() {
    #expect(SeatingProblem(people: 1, rounds: 1, tables: tables(1)).clashes() == [])
    #expect(SeatingProblem(people: 0, rounds: 1, tables: tables(4)).clashes() == [])
    #expect(SeatingProblem(people: 3, rounds: 1, tables: tables(1, 1, 1, 1, 1)).clashes() == [])
    #expect(SeatingProblem(people: 3, rounds: 0, tables: tables(1)).clashes() == [])
    #expect(SeatingProblem(people: 3, rounds: 1, tables: []).conflicts() == [.noTables])
    #expect(
      SeatingProblem(people: 3, rounds: 2, tables: tables(0, 0)).conflicts()
        == [.tooFewSeats(round: 0, people: 3, seats: 0)])
    // A rule about oneself is none.
    #expect(
      SeatingProblem(people: 2, rounds: 1, tables: tables(2), keepApart: [[1, 1]], keepTogether: [[0, 0]])
        .clashes() == [])
  }
}

/// Seatings of one round by trying all.
enum Seatings {
  /// Whether there is one that meets every hard rule.
  static func exist(_ problem: SeatingProblem, round: Int) -> Bool {
    let present = problem.everyone.filter { !problem.misses($0, round: round) }
    let pins = problem.pins.filter { $0.rounds?.contains(round) ?? true }
    // For each person: the tables that fit, and those before them who must sit elsewhere, or here.
    let fitting = present.map { person in
      problem.tables.indices.map { table in
        pins.allSatisfy { $0.person != person || $0.table == table }
          && (problem.allowedTables[person]?.contains(table) ?? true)
      }
    }
    func before(_ place: Int, in groups: [[Int]]) -> [Int] {
      let all = Set(groups.filter { $0.contains(present[place]) }.joined())
      return (0..<place).filter { all.contains(present[$0]) }
    }
    let apart = present.indices.map { before($0, in: problem.keepApart) }
    let together = present.indices.map { before($0, in: problem.keepTogether) }
    var tableOf = [Int](repeating: -1, count: present.count)
    var sizes = [Int](repeating: 0, count: problem.tables.count)
    func fits(_ place: Int, _ table: Int) -> Bool {
      guard fitting[place][table], sizes[table] < problem.tables[table].maximum else { return false }
      for other in apart[place] where tableOf[other] == table { return false }
      for other in together[place] where tableOf[other] != table { return false }
      return true
    }
    func seat(_ place: Int) -> Bool {
      if place == present.count { return zip(sizes, problem.tables).allSatisfy { $0 >= $1.minimum } }
      for table in sizes.indices where fits(place, table) {
        tableOf[place] = table
        sizes[table] += 1
        if seat(place + 1) { return true }
        sizes[table] -= 1
      }
      return false
    }
    return seat(0)
  }
}
