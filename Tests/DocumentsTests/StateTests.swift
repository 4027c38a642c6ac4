import Conference
import Documents
import Ground
import Testing

@Suite struct StateTests {
  @Test func beforeTheOpeningNothingIsInIt() throws {
    let state = StateDocument.json(Session(), at: Moment(milliseconds: 0), withNames: true)
    #expect(state["seq"] == -1)
    #expect(state["status"] == "prepared")
    #expect(state["item"] == .null)
    #expect(state["clock"]?["planned_seconds"] == .null)
    #expect(state["tables"] == [])
  }

  @Test func theClockCountsDownAndOver() throws {
    var run = try Run.untilRound1()
    #expect(run.clockNumbers == [1800, 750, 1050])
    run.wait(12, seconds: 30)
    #expect(run.state["clock"]?["warning"]?["stage"] == "left")
    #expect(run.state["clock"]?["warning"]?["seconds"] == 300)
    #expect(run.state["clock"]?["warning"]?["words"]?["nl"] == "nog 5 minuten")
    run.now = run.now + 300_400
    // What is begun of a second is left out, also when it is over.
    #expect(run.clockNumbers == [1800, 1800, 0])
    #expect(run.state["clock"]?["over"] == false)
    run.now = run.now + 61_000
    #expect(run.clockNumbers == [1800, 1861, -61])
    #expect(run.state["clock"]?["over"] == true)
    #expect(run.state["clock"]?["day"]?["drift_seconds"] == 301)
  }

  @Test func aPauseIsSeen() throws {
    var run = try Run.untilRound1()
    try run.send(.pause)
    run.wait(3)
    #expect(run.state["clock"]?["paused"] == true)
    #expect(run.clockNumbers == [1800, 750, 1050])
    let item = run.state["agenda"]?.array?[2]
    #expect(item?["actual_seconds"] == 930)
    #expect(item?["paused_seconds"] == 180)
    #expect(run.state["clock"]?["day"]?["cause"] == ["kind": "item", "item": "i2"])
  }

  @Test func aTableReportsBackInItsSlot() throws {
    var run = try Run.untilRound1()
    try run.send(.move(to: "i6", deliberate: true))
    try run.send(.call(table: 2))
    run.wait(3, seconds: 5)
    let slot = try #require(run.state["clock"]?["slot"])
    #expect(
      slot
        == [
          "table": 2, "planned_seconds": 180, "elapsed_seconds": 185, "remaining_seconds": -5, "over": true,
        ])
    #expect(run.clockNumbers == [600, 185, 415])
    #expect(run.state["agenda"]?.array?[4]["state"] == "skipped")
    #expect(run.state["agenda"]?.array?[4]["expected_start"] == .null)
  }

  @Test func tablesKnowTheirPeopleAndWhomTheyLack() throws {
    var run = try Run.untilRound1()
    try run.send(.askHelp(table: 2), by: "note-2")
    let tables = try #require(run.state["tables"]?.array)
    #expect(run.state["seated_round"] == 1)
    #expect(tables[0]["contributions"] == 3)
    #expect(tables[0]["missing_groups"] == ["wethouders", "Wmo-raad"])
    #expect(tables[0]["help_asked_at"] == .null)
    #expect(tables[1]["help_asked_at"] == "2026-11-21T12:51:30.000Z")
    #expect(
      tables[0]["members"]?.array?.first
        == [
          "id": "p1", "name": "Anna Bos", "group": "zorgaanbieders", "organisation": "Aafje",
          "presence": "present",
        ])
  }

  @Test func namesAndOriginCanBeLeftOut() throws {
    let run = try Run.untilRound1()
    let text = StateDocument.json(run.session, at: run.now, withNames: false).text
    for person in Run.people { #expect(!text.contains(person.name)) }
    #expect(!text.contains("stemmen"))
    #expect(run.state.text.contains("Anna Bos"))
    #expect(run.state.text.contains("stemmen"))
    #expect(text.contains("De wachttijd doet pijn"))
  }

  @Test func participantsAreCountedPerGroup() throws {
    let counts = try #require(try Run.untilRound1().state["participants"])
    #expect(counts["total"] == 5)
    #expect(counts["present"] == 4)
    #expect(counts["absent"] == 1)
    let groups = try #require(counts["groups"]?.array)
    #expect(groups.map { $0["group"]?.string } == ["cliënten", "zorgaanbieders", "wethouders", "Wmo-raad"])
    #expect(groups.map { $0["present"]?.int } == [1, 2, 1, 0])
  }

  @Test func localTimeFollowsTheZone() throws {
    let run = try Run.untilRound1()
    #expect(run.state["local_time"] == "2026-11-21T13:51:30+01:00")
    var west = Run(at: run.now)
    let zone = Zone(name: "America/St_Johns", offset: -12_600)
    try west.send(.open(Opening(plan: .sample, participants: [], survey: [], zone: zone)), by: "host")
    #expect(west.state["local_time"] == "2026-11-21T09:21:30-03:30")
  }
}

extension Run {
  /// Planned, elapsed and remaining seconds of the item that runs.
  var clockNumbers: [Int?] {
    ["planned", "elapsed", "remaining"].map { state["clock"]?["\($0)_seconds"]?.int }
  }
}
