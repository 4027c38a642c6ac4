import Foundation
import Ground
import PTYKit
import Testing

/// A whole dagdeel of three tables, each with a laptop of its own, and a screen in the room (S4.7, S4.8, S4.10).
@Suite(.serialized) struct TablesDayJourney {
  /// Words of a sensitivity that nobody releases.
  private static let secret = "bezuinigingsplan"

  @Test func everyTableItsOwnLaptopAndTheRoomItsScreen() throws {
    let hall = try Hall(address: "0.0.0.0")
    #expect(hall.host.url.hasPrefix("https://"))
    var facilitator = try hall.facilitator()
    let room = Room(screen: try hall.screen())
    var tables = try (1...3).map { try hall.table($0) }

    // The arrival and the tables.
    try facilitator.advance(to: "Inloop met koffie")
    try room.shows("Inloop met koffie")
    try facilitator.press("t", shows: "Enter neemt deze indeling.")
    try facilitator.press(.enter, shows: "De tafels zijn ingedeeld.")
    try room.shows("Zoek uw naam", names: true)
    for table in tables { try table.console.waitFor("Aan tafel: ") }
    try facilitator.advance(to: "Opening")
    try room.shows("Opening")

    // The first round.
    try facilitator.advance(to: "Ronde 1: verkennen")
    for table in tables { try table.console.waitFor("Wat kan beter?") }
    try room.shows("Zoek uw naam", names: true)
    try typeFirstRound(&tables)
    try changeALine(tables[0])
    try chooseThree(tables[1])
    try callForHelp(tables[2], facilitator)
    try facilitator.press("m", shows: "Bericht aan alle tafels")
    facilitator.send("Nog vijf minuten")
    try facilitator.press(.enter, shows: "Bericht: Nog vijf minuten")
    for table in tables { try table.console.waitFor("Nog vijf minuten") }
    try room.shows("» Bericht: Nog vijf minuten", names: true)

    // The facilitator goes away and comes back, with the address only.
    try facilitator.advance(to: "Pauze")
    try room.shows("Zoek uw naam", names: true)
    facilitator.send("q")
    try facilitator.waitFor("De conferentie loopt door op de host")
    facilitator.send("j")
    #expect(try facilitator.waitForExit() == 0)
    tables[0].type("terwijl de gespreksleider weg is")
    try tables[0].waitUntilKept()
    facilitator = try hall.facilitator(isBack: true)
    try facilitator.waitFor("terwijl de gespreksleider weg is")

    // The second round, at the same tables.
    try facilitator.advance(to: "Ronde 2: uitwerken")
    try room.shows("Wat is nodig?")
    for index in tables.indices {
      // A search takes its words in any order: no two lines have the same.
      for line in ["eerst", "daarna", "later"] {
        tables[index].type("uitwerking \(line) van \(index + 1)", kind: "s")
      }
    }
    for table in tables { try table.waitUntilKept() }
    #expect(!room.screen.text.contains("uitwerking"))

    // The report-back, with what table 1 wants to be seen.
    try facilitator.advance(to: "Terugkoppeling")
    for table in 1...3 {
      try facilitator.press("c", shows: "Tafel \(table) aan het woord")
      try room.shows("Tafel \(table) aan het woord")
      if table == 1 {
        try show("uitwerking daarna van 1", facilitator)
        try room.shows("“uitwerking daarna van 1” — tafel 1")
      }
    }
    try facilitator.advance(to: "Afsluiting en afspraken")
    try room.shows("Afsluiting en afspraken")
    try facilitator.press("S", shows: "Afgesloten")
    try room.shows("Dank u wel!")
    try room.shows("Het zegel van het naslagwerk")

    try expectTheSame(hall, tables, facilitator, room)
    try expectPapers(hall, tables)
    for table in tables { try table.leave() }
    try facilitator.leave()
    room.screen.send("qj")
    #expect(try room.screen.waitForExit() == 0)
    hall.endHost()
    try hall.expectRecord(of: tables)
    #expect(!String(decoding: room.screen.transcript, as: UTF8.self).contains(Self.secret))
  }

  // MARK: At the tables

  /// All at once: nobody waits for another.
  private func typeFirstRound(_ tables: inout [NoteTaker]) throws {
    let kinds: [Character] = ["i", "m", "v"]
    for (line, kind) in kinds.enumerated() {
      for index in tables.indices { tables[index].type("regel \(line + 1) van \(index + 1)", kind: kind) }
    }
    tables[0].type("De bus bellen", kind: "a", more: " @Kim >12-12")
    tables[1].type("“Ik mis de bus”", kind: "c")
    tables[2].type("Er ligt een \(Self.secret)", kind: "g")
    for table in tables { try table.waitUntilKept() }
    try tables[0].console.waitFor("→ Kim")
  }

  private func changeALine(_ table: NoteTaker) throws {
    table.chooseLine(2)
    try table.console.press(.enter, shows: "Enter bewaart de wijziging")
    table.console.send(" (aangevuld)")
    try table.console.press(.enter, shows: "regel 3 van 1 (aangevuld)")
    try table.console.waitFor("✓ in het naslagwerk · Tafel 1")
  }

  private func chooseThree(_ table: NoteTaker) throws {
    for count in 1...3 {
      table.chooseLine(count)
      try table.console.waitFor("* top drie")
      table.console.send("*")
      try table.console.waitUntil("\(count) lines are chosen, in the record") {
        table.console.screen.count { $0.contains("★ ✓") } == count
      }
      try table.console.press(.escape, shows: "Enter bewaart als")
    }
  }

  private func callForHelp(_ table: NoteTaker, _ facilitator: PTY) throws {
    try table.console.press("\u{07}", shows: "! HULP gevraagd")  // Ctrl-G
    try facilitator.waitFor("! HULP")
    facilitator.send("3")
    try facilitator.press("h", hides: "! HULP")
    try table.console.waitUntil("the table sees that help came") { !table.console.text.contains("! HULP") }
  }

  // MARK: The facilitator

  private func show(_ text: String, _ facilitator: PTY) throws {
    try facilitator.press("b", shows: "nieuwste eerst")
    facilitator.send("/")
    facilitator.send(text)
    try facilitator.waitUntil("one is found") { facilitator.screen.count { $0.contains("uitwerking") } > 0 }
    try facilitator.press(.enter, shows: text)
    try facilitator.press("z", shows: "◉")
    facilitator.send(.escape)
    try facilitator.waitForIdle()
    try facilitator.press(.escape, shows: "Net binnen")
  }

  // MARK: The room

  /// The screen in the room, looked at after every step.
  private struct Room {
    let screen: PTY

    /// Waits for what it must show; a name may stand in the seats only, and a sensitivity nowhere.
    func shows(_ text: String, names: Bool = false) throws {
      try screen.waitFor(text)
      let seen = screen.text
      #expect(!seen.contains(TablesDayJourney.secret), "\(screen.report)")
      if !names { for name in Hall.people { #expect(!seen.contains(name), "\(screen.report)") } }
    }
  }

  // MARK: At the end

  private func expectTheSame(_ hall: Hall, _ tables: [NoteTaker], _ facilitator: PTY, _ room: Room) throws {
    for table in tables { try hall.waitForCopy(of: table.laptop, on: table.console) }
    try hall.waitForCopy(of: "gespreksleider", on: facilitator)
    try hall.waitForCopy(of: "zaal", on: room.screen)
  }

  private func expectPapers(_ hall: Hall, _ tables: [NoteTaker]) throws {
    let state = try hall.place.state(hall.folder)
    #expect(state["status"] == "closed")
    let all = state["contributions"]?.array ?? []
    #expect(all.count == tables.reduce(0) { $0 + $1.typed.count })
    let action = all.first { $0["text"] == "De bus bellen" }
    #expect(action?["kind"] == "action" && action?["owner"] == "Kim" && action?["due"]?.string != nil)
    #expect(all.count { $0["top"]?.bool == true && $0["table"]?.int == 2 } == 3)
    #expect(all.contains { $0["text"] == "regel 3 van 1 (aangevuld)" })
    #expect(all.filter { $0["shown"]?.bool == true }.map { $0["text"] } == ["uitwerking daarna van 1"])
    let slots = try Journal(hall.folder).all("slot.started").compactMap { $0["table"]?.int }
    #expect(slots == [1, 2, 3])
    #expect(try Journal(hall.folder).all("help.asked").count == 1)
    let paper = try hall.place.beraad("export", hall.folder, "--format", "md")
    #expect(paper.status == 0, "\(paper)")
    for text in tables.flatMap(\.typed) {
      #expect(paper.output.contains(text) == !text.contains(Self.secret), "\(text) in \(paper)")
    }
  }
}
