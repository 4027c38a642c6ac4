import Conference
import Ground
import Seating
import Testing

/// Clashes in words, who is never alone, weights and organisations that are the same.
@Suite struct SeatingRulesWordsTests {
  private func person(_ number: Int, _ organisation: String? = nil, group: String? = nil) -> Participant {
    Participant(id: "p\(number)", name: "Mens \(number)", organisation: organisation, group: group)
  }

  private func request(
    _ people: Int, seats: [Int], _ change: (inout SeatingRequest) -> Void
  ) -> SeatingRequest {
    var request = SeatingRequest(
      participants: (1...people).map { person($0) },
      tables: seats.enumerated().map {
        Table(number: $0 + 1, seats: $1, features: $0 == 0 ? ["ringleiding"] : [])
      }, rounds: 1)
    change(&request)
    return request
  }

  private func told(_ request: SeatingRequest) -> [String] {
    do {
      _ = try request.problem()
      return []
    } catch {
      return error.reasons.map { $0[.nl] }
    }
  }

  @Test func theRulesThatClashAreListed() {
    #expect(
      told(
        request(6, seats: [3, 3]) { $0.rules.keepTogether = [["p1", "p2"], ["p3", "p4"], ["p5", "p6"]] })
        == [
          "In ronde 1 kunnen deze regels niet samen: Mens 1 en Mens 2 bij elkaar; Mens 3 en Mens 4 bij elkaar; "
            + "Mens 5 en Mens 6 bij elkaar. Haal er een weg of zet een stoel of tafel bij."
        ])
    #expect(
      told(
        request(6, seats: [3, 3]) {
          $0.rules.keepTogether = [["p1", "p2"]]
          $0.rules.pins = [.init(person: "p1", table: 2)]
          $0.rules.needs = [.init(person: "p2", features: ["ringleiding"])]
        }) == [
          "Mens 1 en Mens 2 moeten bij elkaar zitten, maar geen tafel past bij hen allemaal: ze zijn vastgezet "
            + "aan, of hebben nodig, verschillende tafels; haal een van die regels weg. De regels: Mens 1 zit "
            + "vast aan tafel 2; Mens 2 heeft ringleiding nodig; Mens 1 en Mens 2 bij elkaar."
        ])
  }

  @Test func aFullTableNamesThoseWhoMustSitThere() {
    let request = request(6, seats: [2, 6]) {
      $0.rules.pins = (1...4).map { .init(person: "p\($0)", table: 1) }
    }
    #expect(
      told(request) == [
        "Tafel 1 heeft 2 stoelen, maar in ronde 1 moeten er 3 mensen zitten: Mens 1, Mens 2 en Mens 3 (en nog "
          + "1); haal een regel weg of zet een stoel bij."
      ])
  }

  @Test func pairsOfOneRuleAreOneLine() {
    let request = request(4, seats: [2, 2]) {
      $0.rules.keepApart = [["p1", "p2", "p3"]]
      $0.tables[0].minimumSeats = 2
      $0.tables[1].minimumSeats = 2
    }
    #expect(
      request.lines([.apart(0, 1), .apart(0, 2), .apart(1, 2), .minimum(table: 0), .minimum(table: 1)])
        .map(\.nl) == ["Mens 1, Mens 2 en Mens 3 uit elkaar", "minstens 2 mensen aan tafel 1 en 2"])
    #expect(
      request.lines([.apart(0, 1), .apart(0, 2)]).map(\.en)
        == ["Mens 1 and Mens 2 apart", "Mens 1 and Mens 3 apart"])
    // Rules of odd indices have words, too.
    #expect(!request.lines([.need(person: 99), .pin(person: -1, table: 7)]).isEmpty)
  }

  @Test func whatWasNotFoundIsNotCalledImpossible() {
    let words = SeatingConflict.notFound(round: 0, people: [0]).phrase(request(1, seats: [1]) { _ in })
    #expect(words[.nl].contains("dat bewijst niet dat het niet kan"))
    #expect(words[.en].contains("does not prove that there are none"))
  }

  @Test func namesWithCommasAndBlankValuesAreNothingSpecial() throws {
    var request = request(4, seats: [2, 2]) { _ in }
    request.participants[0].name = "Jansen, Jan"
    request.participants[0].organisation = "Zorg, Welzijn & Co"
    request.participants[1].organisation = ""
    request.participants[1].group = " "
    let problem = try request.problem()
    #expect(problem.attributes[0].values == [0, -1, -1, -1])
    #expect(request.notices == [])
  }

  // MARK: - Never alone and weights

  @Test func theProblemKnowsWhoIsNeverAloneAndWhatMovesWeigh() throws {
    var request = request(4, seats: [2, 2]) { _ in }
    for (place, group) in ["ambtenaar", "cliënt", "cliënt", "ambtenaar"].enumerated() {
      request.participants[place].group = group
    }
    request.rules.attributes = [
      .init(name: "group", kind: .mirror, weight: 0, neverAlone: ["cliënt", "wethouder"])
    ]
    request.rules.moveWeight = 7
    request.rules.aloneWeight = 30
    let problem = try request.problem()
    #expect(problem.attributes == [.init(kind: .mirror, weight: 0, values: [0, 1, 1, 0], neverAlone: [1])])
    #expect(problem.moveWeight == 7 && problem.aloneWeight == 30)
    let score = problem.score(SeatingPlan(rounds: [[[0, 1], [2, 3]]]))
    #expect(score.total == 60_000 && score.aloneSeats == 2)
    #expect(problem.score(SeatingPlan(rounds: [[[0, 3], [1, 2]]])).total == 0)
    request.rules.moveWeight = 1001
    request.rules.aloneWeight = -1
    #expect(told(request).count == 2)
  }

  @Test func theOnlyOneOfAKindIsTold() {
    var request = request(4, seats: [2, 2]) { _ in }
    request.participants[2].group = "cliënt"
    request.rules.attributes = [.init(name: "group", kind: .mirror, weight: 3, neverAlone: ["cliënt", "x"])]
    #expect(
      request.notices.map(\.phrase.nl) == [
        "Er is maar één cliënt: die zit alleen (Mens 3); nodig er nog een uit, of haal cliënt weg bij “nooit "
          + "alleen”."
      ])
  }

  // MARK: - Organisations

  private func alike(_ names: String...) -> [[String]] {
    OrganisationNames.alike(names.enumerated().map { person($0, $1) }, rules: MixingRules())
      .map { [$0.isSure ? "sure" : "maybe"] + $0.names.map { "\($0.name) \($0.people)" } }
  }

  @Test func spellingsOfOneOrganisation() {
    #expect(
      alike("Gem. Breda", "Gemeente Breda", "gemeente  breda", "Gemeente Breda")
        == [["sure", "Gemeente Breda 2", "Gem. Breda 1", "gemeente  breda 1"]])
    #expect(alike("Zorg & Co B.V.", "zorg en co", "Zorg en Co BV", "Zorg en Co b v").map(\.count) == [5])
    #expect(alike("St. Élan", "Stichting Elan") == [["sure", "St. Élan 1", "Stichting Elan 1"]])
    #expect(alike("Thuis-Zorg", "Thuiszorg", "Thuis zorg").map(\.count) == [4])
  }

  @Test func whatMerelyLooksAlikeIsMarked() {
    #expect(alike("Rijnstaete", "Rijnstate") == [["maybe", "Rijnstaete 1", "Rijnstate 1"]])
    #expect(alike("Stichting MEE", "MEE") == [["maybe", "Stichting MEE 1", "MEE 1"]])
    #expect(alike("Amarnat", "Amarant") == [["maybe", "Amarnat 1", "Amarant 1"]])
    // Short names, numbers, and names that differ more are no offer.
    #expect(alike("Team 1 Noord", "Team 2 Noord", "GGD", "GGZ", "Amaris", "Amarant", "", "B.V.") == [])
  }

  @Test func whatIsMergedCountsAsOne() throws {
    var request = request(4, seats: [2, 2]) { _ in }
    for (place, name) in ["Gem. Breda", "Gemeente Breda", "Amarant", "gem breda"].enumerated() {
      request.participants[place].organisation = name
    }
    #expect(request.notices.count == 1)
    #expect(try request.problem().attributes[0].values == [0, 1, 2, 3])
    request.rules.sameOrganisations = [["Gemeente Breda", "Gem. Breda", "gem breda"]]
    request.rules.attributes[0].neverAlone = ["Gem. Breda"]
    #expect(request.notices == [])
    let attribute = try request.problem().attributes[0]
    #expect(attribute.values == [0, 0, 1, 0] && attribute.neverAlone == [0])
    let quality = request.quality(of: [SeatedTable(number: 1, people: ["p1", "p4"])])
    #expect(quality[0].colleagues == ["Gemeente Breda"])
  }
}
