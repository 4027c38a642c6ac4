import Foundation
import Ground
import PTYKit
import Testing

/// `beraad seat` as a program among programs: what it reads, answers and refuses.
@Suite struct SeatJourneys {
  private static let people = #"""
    id,name,organisation,role
    P1,"Dam, Eva ""E""",Org1,a
    P2,=Jan,Org1,b
    P3,Kim,Org2,a
    P4,Lou,Org3,b
    P5,Max,"Org, 4",a
    P6,Noa,,b
    """#

  private static func rules(_ more: String = "", tables: Int = 2, attribute: String = "role") -> String {
    let list = (1...max(1, tables)).prefix(tables).map {
      "{\"id\":\"T\($0)\",\"seats_min\":0,\"seats_max\":3}"
    }
    return """
      {"participants":"people.csv","rounds":2,"tables":[\(list.joined(separator: ","))],
       "attributes":[{"name":"organisation","kind":"spread","weight":5},
                     {"name":"\(attribute)","kind":"mirror","weight":3}],
       "weights":{"repeat":10,"move":5}\(more)}
      """
  }

  private func place(_ rules: String = rules(), _ people: String = people) throws -> Place {
    let place = try Place()
    _ = try place.write(rules, to: "case.json")
    _ = try place.write(people, to: "people.csv")
    return place
  }

  private func seat(_ place: Place, _ arguments: String...) throws -> Program.Ending {
    try Program.run(
      [Program.beraad, "seat", "--rules", place.path + "/case.json", "--language", "nl"] + arguments,
      environment: place.environment)
  }

  // MARK: Answers

  /// The cost is counted again from the answer alone, by other means.
  @Test func theAnswerAgreesWithACountOfItsOwn() throws {
    let ending = try seat(try place(), "--json", "--count", "2000")
    #expect(ending.status == 0, "\(ending)")
    let answer = try JSON(parsing: ending.output)
    let role = ["P1": "a", "P2": "b", "P3": "a", "P4": "b", "P5": "a", "P6": "b"]
    let organisation = ["P1": "1", "P2": "1", "P3": "2", "P4": "3", "P5": "4", "P6": "6"]
    var met: [Set<String>: Int] = [:]
    var cost = 0.0
    for round in try #require(answer["rounds"]?.array) {
      let tables = (round.object ?? []).map { ($0.value.array ?? []).compactMap(\.string) }
      #expect(tables.map(\.count) == [3, 3] && Set(tables.joined()).count == 6)
      for table in tables {
        for value in ["a", "b"] {
          let deviation = Double(table.count { role[$0] == value }) - 1.5
          cost += 3 * deviation * deviation
        }
        for (place, one) in table.enumerated() {
          for other in table[(place + 1)...] {
            met[[one, other], default: 0] += 1
            if organisation[one] == organisation[other] { cost += 5 }
          }
        }
      }
    }
    cost += met.values.reduce(0) { $0 + 10 * Double($1 * ($1 - 1) / 2) }
    guard case .number(let told) = answer["cost"] ?? .null else {
      #expect(answer["cost"]?.int.map(Double.init) == cost, "\(ending)")
      return
    }
    #expect(Double(told) == cost, "\(ending)")
  }

  @Test func theSameSeedAndCountAreTheSameBytes() throws {
    let place = try place()
    let answers = try (0..<2).map { _ in try seat(place, "--json", "--seed", "5", "--count", "1000").output }
    #expect(answers[0] == answers[1] && !answers[0].isEmpty)
    #expect(try JSON(parsing: answers[0])["count"] == 1000)
    #expect(try JSON(parsing: answers[0])["seed"] == 5)
  }

  @Test func aTimeGivesAnAnswerThatComesOutAgain() throws {
    let place = try place()
    let ending = try seat(place, "--json", "--seconds", "0.2")
    #expect(ending.status == 0, "\(ending)")
    let answer = try JSON(parsing: ending.output)
    var arguments = ["--count", "\(answer["count"]?.int ?? 0)"]
    if let stop = answer["stopped_at"]?.int { arguments += ["--stop-at", "\(stop)"] }
    let again = try Program.run(
      [Program.beraad, "seat", "--rules", place.path + "/case.json", "--json"] + arguments,
      environment: place.environment)
    #expect(again.output == ending.output)
  }

  @Test func textTellsTheWholeInWords() throws {
    let ending = try seat(try place(), "--count", "1000")
    #expect(ending.status == 0 && ending.errors.isEmpty, "\(ending)")
    for words in [
      "Ronde 2\n  tafel 1: P", "P1 Dam, Eva \"E\"", "Iedereen ontmoet ", "Kosten ", "Startgetal 1, 1000 ",
    ] {
      #expect(ending.output.contains(words), "\(words) in \(ending)")
    }
  }

  @Test func rowsForASpreadsheet() throws {
    let place = try place()
    let bare = try seat(place, "--csv", "--count", "100")
    #expect(bare.status == 0 && bare.output.contains("id;ronde 1;ronde 2\r\nP1;T"), "\(bare)")
    #expect(!bare.output.contains("Kim"))
    let named = try seat(place, "--csv", "--names", "--count", "100")
    #expect(
      named.output.contains("P1;\"Dam, Eva \"\"E\"\"\";T") && named.output.contains("P2;'=Jan;T"), "\(named)")
  }

  @Test func cardsToCut() throws {
    let place = try place()
    let text = try seat(place, "--cards", "--count", "100")
    #expect(
      text.status == 0 && text.output.contains("TAFEL 2") && text.output.contains("Dam, Eva"), "\(text)")
    let html = try seat(place, "--cards", "--html", "--count", "100")
    #expect(html.output.matches(of: /<section class="card">/).count == 4)
    #expect(html.output.contains("Dam, Eva &quot;E&quot;") || html.output.contains("Dam, Eva \"E\""))
  }

  @Test func whyIsExplained() throws {
    let place = try place()
    let all = try seat(place, "--explain", "--count", "1000")
    #expect(
      all.status == 0 && all.output.contains("met het eerlijke deel: ") && all.output.contains("P6 Noa\n"))
    let two = try seat(place, "--explain", "--person", "P1", "--person", "P2", "--count", "1000")
    #expect(
      two.status == 0 && two.output.contains("Waarom P1 Dam, Eva \"E\" niet bij P2 =Jan\n  Ronde 1: "),
      "\(two)")
    #expect(!two.output.contains("P6 Noa\n"))
    let stranger = try seat(place, "--explain", "--person", "P9")
    #expect(stranger.status == 64 && stranger.output.isEmpty, "\(stranger)")
  }

  /// The plan of a dossier brings its own list; an answer of before is what was made known.
  @Test func aDossierIsDrawnAndDrawnAgain() throws {
    let place = try Place()
    let folder = try place.rogplus()
    let first = try place.beraad("seat", "--rules", folder + "/plan.yaml", "--json", "--count", "500")
    #expect(first.status == 0, "\(first)")
    let answer = try place.write(first.output, to: "answer.json")
    let again = try place.beraad(
      "seat", "--rules", folder + "/plan.yaml", "--previous", answer, "--json", "--count", "0")
    #expect(again.status == 0, "\(again)")
    #expect(try JSON(parsing: again.output)["terms"]?["move"] != nil)
  }

  @Test func heldRoundsStayAsTheyWere() throws {
    let place = try place(Self.rules(",\"previous\":\"before.json\",\"fixed_rounds\":[0]"))
    let before = #"{"T1":["P1","P2","P3"],"T2":["P4","P5","P6"]}"#
    let lacking = try seat(place, "--json", "--count", "10")
    #expect(lacking.status == 66 && lacking.errors.contains("before.json"), "\(lacking)")
    _ = try place.write("{\"rounds\":[\(before),\(before)]}", to: "before.json")
    let ending = try seat(place, "--json", "--count", "1000")
    #expect(ending.status == 0, "\(ending)")
    #expect(try JSON(parsing: ending.output)["rounds"]?.array?.first?.text == before)
  }

  // MARK: Bad input

  @Test func theMissingColumnIsNamed() throws {
    let ending = try seat(try place(Self.rules(attribute: "rol")), "--json")
    #expect(ending.status == 1 && ending.output.isEmpty && ending.errors.contains("rol"), "\(ending)")
  }

  @Test func onePersonGetsAChair() throws {
    let ending = try seat(try place(Self.rules(), "id,organisation,role\nP1,x,y\n"), "--json")
    #expect(ending.status == 0, "\(ending)")
    #expect(try JSON(parsing: ending.output)["optimal"] == true)
    #expect(ending.errors.contains("Beter kan niet."))
  }

  @Test(arguments: [
    (rules(tables: 0), people, "Er zijn geen tafels"),
    (rules(), "id,organisation,role\n", "niemand op de lijst"),
    ("{\"rounds\":", people, "geen JSON vanaf byte"), (rules(tables: 1), people, "zet 3 stoelen bij"),
  ]) func whatCannotBeDrawnIsTold(rules: String, people: String, words: String) throws {
    let ending = try seat(try place(rules, people))
    #expect(ending.status == 1 && ending.output.isEmpty && ending.errors.contains(words), "\(ending)")
  }

  @Test func anAbsurdNumberOfRoundsIsRefused() throws {
    let ending = try seat(try place(), "--rounds", "9223372036854775807", "--seconds", "1")
    #expect(ending.status == 1 && ending.errors.contains("kies een aantal van 1 tot 100"), "\(ending)")
  }

  @Test(arguments: [
    ["--json", "--csv"], ["--names"], ["--html"], ["--person", "P1"], ["--seconds", "1", "--count", "5"],
    ["--seconds", "0.01"], ["--seconds", "nan"], ["--count", "-1"], ["--stop-at", "-1"],
    ["--explain", "--cards"],
  ]) func flagsThatDoNotGoTogetherAreRefused(flags: [String]) throws {
    let place = try place()
    let ending = try Program.run(
      [Program.beraad, "seat", "--rules", place.path + "/case.json"] + flags, environment: place.environment)
    #expect(ending.status == 64 && ending.output.isEmpty && !ending.errors.isEmpty, "\(ending)")
  }
}
