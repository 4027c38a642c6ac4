import Conference
import Documents
import Ground
import Testing

@Suite struct ExportTests {
  /// What points to a person stays in the house unless asked for (S0.14).
  @Test func noFormNamesPeopleUnlessAsked() throws {
    let run = try Run.whole()
    for format in ExportFormat.allCases {
      let (without, with) = (run.export().text(format), run.export(names: true).text(format))
      for secret in Run.people.map(\.name) + ["anna@example.org", "stemmen", "W. de Wit"] {
        #expect(!without.contains(secret), "\(secret) in \(format)")
      }
      #expect(with.contains(format == .csv ? "stemmen" : "Anna Bos"))
    }
  }

  @Test func sensitiveContributionsAreHeldBackAndCounted() throws {
    let run = try Run.whole()
    #expect(run.export().heldBack == 1)
    #expect(run.export(sensitive: true).heldBack == 0)
    #expect(run.export().json["held_back"] == 1)
    for format in ExportFormat.allCases {
      #expect(!run.export().text(format).contains("wachttijd"), "\(format)")
      #expect(run.export(sensitive: true).text(format).contains("wachttijd"), "\(format)")
    }
    #expect(run.export(.nl).text(.md).contains("1 gevoelige bijdrage is weggelaten."))
  }

  @Test func aKindThatThePlanLacksKeepsItsSensitivity() throws {
    var plan = Plan.sample
    plan.kinds = [Kind(id: "idea", name: Phrase(nl: "idee", en: "idea"))]
    var run = Run(at: try #require(Moment(rfc3339: "2026-11-21T12:00:00.000Z")))
    let survey = [SurveyAnswer(text: "Stil", kind: "sensitivity", source: "enquête")]
    try run.send(.open(Opening(plan: plan, participants: [], survey: survey, zone: .utc)), by: "host")
    #expect(run.export().heldBack == 1)
    #expect(run.export().json["conference"]?["kinds"]?.array?.count == 2)
  }

  /// Nothing is deleted (S4.14): what was withdrawn is marked for programs and left out for readers.
  @Test func withdrawnContributionsAreMarked() throws {
    let run = try Run.whole()
    let marked = run.export().json["contributions"]?.array?.filter { $0["withdrawn"] == true }
    #expect(marked?.map { $0["text"]?.string } == ["Per ongeluk"])
    #expect(!run.export().text(.md).contains("Per ongeluk"))
    #expect(run.export(.en).text(.md).contains("1 contribution was withdrawn and not shown here."))
    #expect(run.export().text(.csv).contains("Per ongeluk;;;;ja"))
  }

  /// The numbers of the report (S0.12), with the survey apart (S4.1).
  @Test func figures() throws {
    let counts = try #require(try Run.whole().export().json["counts"])
    #expect(counts["contributions"] == 8)
    #expect(counts["survey_answers"] == 2)
    #expect(counts["withdrawn"] == 1)
    #expect(counts["per_kind"]?["idea"] == 3)
    #expect(counts["per_table"]?.array?.map { $0["contributions"]?.int } == [5, 2])
    #expect(counts["groups_heard"] == ["cliënten", "zorgaanbieders", "wethouders"])
  }

  /// A group is heard only through a table in the round in which it brought something forward.
  @Test func aSilentTableHearsNobody() throws {
    var run = try Run()
    try run.seat(round: 1, [1: ["p3"], 2: ["p4"]])
    try run.seat(round: 2, [1: ["p4"], 2: ["p3"]])
    for id in ["i1", "i2", "i3"] { try run.send(.move(to: id, deliberate: true)) }
    try run.say("Uit ronde 1", table: 1)
    #expect(run.export().json["counts"]?["groups_heard"] == ["cliënten"])
    try run.send(.move(to: "i6", deliberate: true))
    try run.say("Nog iets uit ronde 2", table: 1)
    #expect(run.export().json["counts"]?["groups_heard"] == ["cliënten", "wethouders"])
    try run.send(.withdraw(id: "c4"))
    #expect(run.export().json["counts"]?["groups_heard"] == ["cliënten"])
  }

  @Test func theSummaryKeepsSurveysApart() throws {
    let run = try Run.whole()
    let json = Summary(session: run.session, reading: run.clock).json
    #expect(json["contributions"] == 8)
    #expect(json["survey_answers"] == 2)
    let places = try #require(json["places"]?.array)
    #expect(places.map { $0["place"]?.string } == ["table", "table", "plenary", "enquête"])
    #expect(places.map { $0["contributions"]?.int } == [5, 2, 1, 2])
    #expect(places.map { $0["survey"]?.bool } == [false, false, false, true])
  }

  /// Every cell is what somebody wrote, whatever separators, quotes and formulas are in it.
  @Test(arguments: Language.allCases, [UInt64](1...40)) func csvBringsEveryTextBack(
    language: Language, seed: UInt64
  ) throws {
    var random = SplitMix64(seed: seed)
    let pieces = ["\"", ";", ",", "\n", "=", "+", "-", "@", "'", "een", "é", " ", "\"\"", "\u{301}"]
    var run = try Run.whole()
    for _ in 0..<20 {
      let text = (0..<6).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }.joined()
      if !text.allSatisfy(\.isWhitespace) { try run.say(text, table: 1) }
    }
    let text = run.export(language, sensitive: true).text(.csv)
    let table = try rows(csv: text, separator: language == .nl ? ";" : ",").dropFirst()
    let written = run.session.contributions.map { contribution in
      // The text of c8 holds an escape character, which shows as its picture.
      let text = contribution.text.split(separator: "\u{1B}").joined(separator: "␛")
      let first = text.unicodeScalars.first { !$0.properties.isWhitespace } ?? " "
      return ("=+-@".unicodeScalars.contains(first) ? "'" : "") + text
    }
    #expect(table.map { $0[5] } == written, "seed \(seed)")
    #expect(table.map { $0[0] } == run.session.contributions.map(\.id))
    #expect(table.map { $0[3] } == run.session.contributions.map { $0.table.map(String.init) ?? "" })
  }

  @Test func aDayThatCrossesMidnightSaysSo() throws {
    var plan = Plan(
      title: "24 uur",
      items: [
        AgendaItem(id: "i1", phase: .plenary, title: "Diner", seconds: 3 * 3600),
        AgendaItem(id: "i2", phase: .closing, title: "Slot", seconds: 3600),
      ])
    plan.startMinute = 22 * 60
    var run = Run(at: try #require(Moment(rfc3339: "2019-06-13T22:00:00.000Z")))
    try run.send(.open(Opening(plan: plan, participants: [], survey: [], zone: .utc)), by: "host")
    try run.send(.advance)
    run.wait(180)
    try run.send(.advance)
    run.wait(60)
    try run.send(.close(deliberate: false))
    let text = run.export(.nl).text(.md)
    #expect(text.contains("Verslag van de werkconferentie van 13 juni 2019."))
    #expect(text.contains("| Diner | plenair | 22:00–01:00 (+1) | 22:00–01:00 (+1) | 180 | 180 | 0 |"))
    #expect(text.contains("werkelijk einde 02:00 (+1): op tijd klaar."))
  }

  /// A record that holds no more than its opening, or not even that, still makes every document.
  @Test(arguments: Language.allCases) func documentsOfNothing(language: Language) throws {
    let session = Session()
    let reading = session.clock(at: Moment(milliseconds: 0))
    let export = Export(
      session: session, reading: reading, language: language, withNames: true, withSensitive: true)
    #expect(export.text(.md).hasPrefix("# "))
    #expect(try rows(csv: export.text(.csv), separator: language == .nl ? ";" : ",").count == 1)
    #expect(export.json["conference"] == .null)
    #expect(!Summary(session: session, reading: reading).text(language).isEmpty)
    #expect(try Run().export(language).text(.md).contains("- Participants: 5") == (language == .en))
  }
}
