import Conference
import Documents
import Ground
import Testing

/// What documents tell of marks, merges, quotes, ladders, actions and votes, and what they hold back.
@Suite struct YieldTests {
  private static let plan: Plan = {
    var plan = Plan.sample
    plan.ladders = [Ladder(id: "piramide", name: "Piramide", rungs: ["eigen kracht", "maatwerk"])]
    return plan
  }()

  /// c1 and c2 from the survey, c3 an idea of table 1, c4 one of table 2, c5 a proposition.
  private func ready() throws -> Run {
    var run = try Run(plan: Self.plan)
    try run.say("Eén loket", table: 1)
    try run.say("Ook een loket", table: 2)
    try run.say("De zorg begint thuis", kind: "proposition")
    return run
  }

  @Test func whatWasMarkedSensitiveStaysInTheRoom() throws {
    var run = try ready()
    try run.send(.markSensitive(id: "c3", true))
    for format in ExportFormat.allCases {
      #expect(!run.export().text(format).contains("Eén loket"))
      #expect(run.export(sensitive: true).text(format).contains("Eén loket"))
    }
    #expect(run.export().heldBack == 1)
  }

  /// A merged one counts once, and its text and table can still be read (S0.12).
  @Test func aMergedOneStandsBelowAnother() throws {
    var run = try ready()
    try run.send(.merge(id: "c4", into: "c3"))
    let text = run.export().text(.md)
    #expect(text.contains("- Eén loket (c3)\n  - Ook een loket (tafel 2, 13:00, c4)"))
    #expect(text.contains("Bijdragen uit de zaal: 2"))
    #expect(text.contains("Tafels met inbreng: 2 van 2"))
    try run.send(.markSensitive(id: "c4", true))
    #expect(!run.export().text(.md).contains("Ook een loket"))
  }

  @Test func aQuoteNamesARoleAndAnOwnerOnlyWithNames() throws {
    var run = try ready()
    try run.send(.quote(id: "c3", Quote(role: "Projectleider", organisation: "Gemeente <Oost>")))
    try run.send(.assignAction(id: "c4", owner: "Dirk Smit", due: CalendarDate("2026-12-12")))
    #expect(run.export().text(.md).contains("(c3, Projectleider, Gemeente &lt;Oost&gt;)"))
    #expect(run.export().text(.md).contains("(c4, uiterlijk 12 december 2026)"))
    #expect(run.export(names: true).text(.md).contains("(c4, door Dirk Smit, uiterlijk 12 december 2026)"))
    for format in ExportFormat.allCases {
      #expect(!run.export().text(format).contains("Dirk Smit"))
      #expect(run.export(names: true).text(format).contains("Dirk Smit"))
    }
  }

  @Test func laddersAndGroupsAreCounted() throws {
    var run = try ready()
    try run.send(.label(id: "c3", ladder: "piramide", rung: 0))
    try run.send(.attribute(id: "c3", group: "cliënten"))
    let text = run.export().text(.md)
    #expect(text.contains("### Piramide\n\n1. eigen kracht: 1\n2. maatwerk: 0"))
    #expect(text.contains("| cliënten | 1 | 0 |"))
    #expect(run.export().text(.csv).contains("eigen kracht"))
  }

  /// Nothing tells how an open vote stands (S3.6).
  @Test func anOpenVoteTellsNothing() throws {
    var run = try ready()
    try run.send(
      .openBallot(NewBallot(kind: .propositions, title: "Stelling", options: ["c5", "c3"])))
    let state = run.state["ballots"]
    try run.send(.count(ballot: "b1", option: "c5", group: "cliënten", Tally(agree: 12, disagree: 5)))
    #expect(run.state["ballots"] == state)
    #expect(run.state["ballots"]?.array?.first?["result"] == .null)
    for format in ExportFormat.allCases { #expect(!run.export().text(format).contains("12, oneens")) }
    #expect(!run.export().text(.md).contains("## Stemmingen"))
    try run.send(.closeBallot(id: "b1"))
    let result = run.state["ballots"]?.array?.first?["result"]?.array?.first
    #expect(result?["agree"] == 12)
    #expect(run.export().text(.md).contains("eens 12, oneens 5, onthouden 0"))
    #expect(run.export().text(.md).contains("| De zorg begint thuis | 12 | 5 | 0 | cliënten 12/5/0 |"))
    try run.send(.markSensitive(id: "c3", true))
    #expect(run.export().json["ballots"]?.array?.first?["held_back"] == 1)
    #expect(!run.export().text(.json).contains("Eén loket"))
  }
}
