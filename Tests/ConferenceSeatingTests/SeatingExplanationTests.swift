import Conference
import Ground
import Seating
import Testing

/// Why a plan is as it is, and the plan in figures (issue 4, point 6).
@Suite struct SeatingExplanationTests {
  /// The request of `Hall`, with its two drawn rounds as a plan by index.
  private func request(_ rules: MixingRules = MixingRules()) -> SeatingRequest {
    SeatingRequest(
      participants: Hall.people, tables: (1...3).map { Table(number: $0, seats: 4) }, rules: rules, rounds: 2)
  }

  private let plan = SeatingPlan(
    rounds: Hall.seats.map { round in
      (1...3).map { table in (round[table] ?? []).compactMap { Int($0.dropFirst()).map { $0 - 1 } } }
    })

  private func explanation(_ rules: MixingRules = MixingRules()) throws -> SeatingExplanation {
    try #require(SeatingExplanation(request(rules), plan))
  }

  private func drawing(_ request: SeatingRequest) throws -> SeatingDrawing {
    let problem = try request.problem()
    return SeatingDrawing(
      plan: plan, score: problem.score(plan), bound: problem.bound(of: plan), proposals: 1, effort: 2)
  }

  // MARK: People

  @Test func aPersonsRoundsTellWhomTheyMeet() throws {
    let rounds = try explanation().person("p1")
    #expect(rounds.map(\.table) == [1, 1])
    #expect(rounds.map(\.first) == [["p4", "p7"], ["p2"]])
    #expect(rounds.map(\.again) == [[], ["p4"]])
    #expect(rounds.flatMap(\.rules).isEmpty)
    #expect(
      rounds[1].phrase { $0 }[.nl]
        == "Ronde 2: tafel 1; geen regel, gekozen voor het geheel. Ontmoet voor het eerst: p2; opnieuw: p4.")
    #expect(try explanation().person("zz").isEmpty)
  }

  @Test func rulesAreTheReason() throws {
    var request = request(
      MixingRules(
        keepTogether: [["p1", "p4"]], pins: [.init(person: "p4", table: 1, rounds: [1])],
        needs: [.init(person: "p1", features: ["ringleiding"])]))
    request.tables[0].features = ["ringleiding"]
    let reading = try #require(SeatingExplanation(request, plan))
    #expect(
      reading.person("p4").map { $0.rules.map { $0[.nl] } } == [
        ["vastgezet aan deze tafel", "moet bij Mens 1 zitten"], ["moet bij Mens 1 zitten"],
      ])
    #expect(
      reading.person("p1")[0].phrase { $0 }[.en]
        == "Round 1: table 1; needs something (ringleiding) that only table 1 has and must sit with Mens 4. "
        + "Meets for the first time: p4, p7.")
    request.heldRounds = [Hall.seats[0]]
    let later = try #require(SeatingExplanation(request, plan))
    #expect(later.person("p4")[0].rules.map { $0[.nl] } == ["de ronde is al gehouden"])
  }

  @Test func earlierMeetingsOfTheSeriesCountAsMet() throws {
    var request = request()
    request.history = [.init(a: "p7", b: "p1", times: 1)]
    let reading = try #require(SeatingExplanation(request, plan))
    #expect(reading.person("p1")[0].again == ["p7"])
    let repeats = reading.tables(round: 1)[0].repeats
    #expect(repeats.map { [$0.a, $0.b] } == [["p1", "p7"]] && repeats[0].rounds.isEmpty)
  }

  // MARK: Two people

  /// The swap told is the cheapest of all that bring the two together, each scored from nothing.
  @Test func theCheapestSwapIsTold() throws {
    let reading = try explanation()
    let problem = try request().problem()
    let now = problem.score(plan).total
    for a in 0..<9 {
      for b in 0..<9 where a != b {
        for (round, meeting) in reading.whyNot("p\(a + 1)", "p\(b + 1)").enumerated() {
          let seated = plan.rounds[round]
          let (tableA, tableB) = (seated.firstIndex { $0.contains(a) }, seated.firstIndex { $0.contains(b) })
          guard tableA != tableB else {
            #expect(meeting.reason == .together(table: (tableA ?? 9) + 1))
            continue
          }
          let swaps =
            seated[tableB ?? 0].filter { $0 != b }.map { (a, $0) }
            + seated[tableA ?? 0].filter { $0 != a }.map { (b, $0) }
          let costs = swaps.map { one, other in
            var swapped = plan
            swapped.rounds[round] = seated.map { $0.map { $0 == one ? other : $0 == other ? one : $0 } }
            return problem.score(swapped).total - now
          }
          guard case .swap(let swap) = meeting.reason else {
            Issue.record("p\(a + 1), p\(b + 1): \(meeting)")
            continue
          }
          #expect(swap.change == costs.min() && swap.violations.isEmpty)
        }
      }
    }
  }

  @Test func rulesForbidAMeeting() throws {
    let apart = try explanation(MixingRules(keepApart: [["p1", "p5"]])).whyNot("p1", "p5")
    #expect(apart.map(\.reason) == [.apart, .apart])
    #expect(apart[0].phrase { $0 }[.nl] == "Ronde 1: een regel houdt hen uit elkaar.")
    let pins = (1...9).map { MixingRules.Pin(person: "p\($0)", table: ($0 - 1) % 3 + 1, rounds: [1]) }
    let pinned = try explanation(MixingRules(pins: pins)).whyNot("p1", "p2")[0]
    #expect(
      pinned.phrase { $0 }[.nl]
        == "Ronde 1: geen ruil mag; p1 (tafel 1) ruilen met p8 (tafel 2) breekt een regel: "
        + "Mens 1 is vastgezet aan tafel 1. Mens 8 is vastgezet aan tafel 2.")
    var missing = plan
    missing.rounds[0][0] = [3, 6]
    let reading = try #require(SeatingExplanation(request(), missing))
    #expect(reading.whyNot("p1", "p2")[0].reason == .missing("p1"))
    #expect(try explanation().whyNot("p1", "p1").isEmpty)
  }

  // MARK: Tables

  @Test func aTableIsComparedWithTheRoom() throws {
    let tables = try explanation().tables(round: 2)
    #expect(tables.map(\.table) == [1, 2, 3])
    let groups = tables[0].shares[0].values
    #expect(groups.map(\.value) == ["cliënt", "ambtenaar"])
    #expect(groups.map(\.here) == [2, 1] && groups.map(\.fairTenths) == [10, 20])
    #expect(tables[0].alike.map(\.people) == [["p1", "p4"]])
    #expect(tables[0].repeats.map { [$0.a, $0.b] } == [["p1", "p4"]] && tables[0].repeats[0].rounds == [1])
    let words = tables[0].phrases { $0 }.map { $0[.nl] }
    #expect(words[0] == "groep, met het eerlijke deel: 2 cliënt (1), 1 ambtenaar (2).")
    #expect(words.contains("p1 en p4 zijn van dezelfde organisatie: Org A."))
    #expect(words.contains("p1 en p4 zaten al samen in ronde 1."))
    #expect(words.last?.hasPrefix("Het kan beter: ") == true)
    #expect(try explanation().tables(round: 3).isEmpty)
  }

  /// No swap with anyone at the table is better than the one told.
  @Test func theImprovementIsTheBestThereIs() throws {
    let problem = try request().problem()
    let now = problem.score(plan).total
    for round in 0..<2 {
      for (place, table) in try explanation().tables(round: round + 1).enumerated() {
        let seated = plan.rounds[round]
        var best = 0
        for one in seated[place] {
          for other in 0..<9 where !seated[place].contains(other) {
            var swapped = plan
            swapped.rounds[round] = seated.map { $0.map { $0 == one ? other : $0 == other ? one : $0 } }
            best = min(best, problem.score(swapped).total - now)
          }
        }
        switch table.improvement {
        case .swap(let swap): #expect(swap.change == best && swap.violations.isEmpty)
        case .none: #expect(best == 0)
        case .notSought: Issue.record("not sought")
        }
      }
    }
  }

  // MARK: Figures

  @Test func thePlanInFigures() throws {
    let request = request()
    let summary = try request.summary(of: drawing(request))
    #expect((summary.fewestMet, summary.mostMet, summary.mostPossible) == (3, 4, 4))
    #expect(summary.meanMetTenths == 36)
    #expect(summary.again.map { [$0.a, $0.b] } == [["p1", "p4"], ["p3", "p9"]])
    #expect(summary.alike.map { [$0.round, $0.table, $0.people, $0.pairs] } == [[1, 1, 2, 3]])
    #expect(summary.alike.map(\.value) == ["Org A"])
    #expect(
      summary.lopsided.map { [$0.round, $0.table, $0.here, $0.size, $0.room, $0.people] } == [
        [2, 1, 1, 3, 6, 9]
      ])
    let words = summary.phrases { $0 }.map { $0[.nl] }
    #expect(words[0] == "Iedereen ontmoet 3 tot 4 anderen, gemiddeld 3,6; meer dan 4 kan niet.")
    #expect(words[1] == "2 paar ontmoet elkaar vaker dan één keer: p1 en p4, p3 en p9.")
    #expect(words[3] == "groep: het scheefst is tafel 1 in ronde 2: 1 van 3 ambtenaar, in de zaal 67 %.")
    #expect(
      words.last == "Kosten 47: herhaalde ontmoetingen 20 (minstens 0), organisatie 15 (minstens 0), "
        + "groep 12 (minstens 0), gemeente 0. Ondergrens 0.")
  }

  @Test func theAnswerTellsWhatItCosts() throws {
    var request = request()
    request.published = [[1: ["p1", "p4", "p8", "weg"], 2: ["p2"]]]
    request.rules.attributes[1].name = "move"
    let order = DrawingOrder(seed: 3, effort: 2, brokenOffAt: 1)
    let answer = request.answer(try drawing(request), order: order, engine: "test/1")
    #expect(
      answer.object?.map(\.key) == [
        "rounds", "cost", "terms", "bound", "bounds", "optimal", "repeats", "engine", "seed", "count",
        "stopped_at",
      ])
    #expect(answer["cost"] == .number("40") && answer["stopped_at"] == 1 && answer["repeats"] == 2)
    #expect(
      answer["terms"]?.text
        == #"{"repeat":20,"organisation":15,"mix:move":0,"municipality":0,"alone":0,"move":5}"#)
    #expect(try JSON(parsing: answer.answerText)["rounds"] == request.answer(plan)["rounds"])
    #expect(answer.answerText.hasPrefix("{\"rounds\":[\n{\"T1\":[\"p1\",\"p4\",\"p7\"],"))
  }

  /// An answer is read back as the tables that were made known; whoever left since is told.
  @Test func anEarlierAnswerIsWhatWasMadeKnown() throws {
    var request = request()
    let answer = request.answer(plan)
    request.participants.removeAll { $0.id == "p9" }
    #expect(try request.publish(answer, held: 1) == ["p9"])
    #expect(request.heldRounds.count == 1 && request.published.count == 2)
    #expect(request.published[1][3] == ["p3", "p8"])
    let problem = try request.problem()
    #expect(problem.published[0] == [[0, 3, 6], [1, 4, 7], [2, 5]] && problem.moveWeight == 5)
    #expect(throws: SeatingRefusal.self) { try request.publish(["rounds": [["T1": ["zz"]]]]) }
    #expect(throws: SeatingRefusal.self) { try request.publish(["rounds": [["T9": ["p1"]]]]) }
  }

  @Test(arguments: [
    (0, "0"), (4, "0"), (5, "0.01"), (221_604, "221.6"), (221_605, "221.61"), (1_000, "1"),
    (-12_340, "-12.34"),
    (100_000, "100"), (1_050, "1.05"),
  ]) func costsAreWrittenFromIntegers(thousandths: Int, text: String) {
    #expect(costInWords(thousandths).en == text)
    #expect(costInWords(thousandths).nl == text.replacing(".", with: ","))
  }
}
