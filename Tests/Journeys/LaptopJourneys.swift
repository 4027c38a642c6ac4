import Foundation
import Glibc
import Ground
import PTYKit
import Testing

/// What goes wrong in a hall while people type, with real processes on terminals (S4.7, S4.8, S4.10).
@Suite(.serialized) struct LaptopJourneys {
  // MARK: The wifi

  /// Table 2 loses its wifi during the report-back, and its program is killed before the wifi is back.
  @Test func theWifiIsOffAtOneTableDuringReportBack() throws {
    let hall = try Hall()
    let relay = try Relay(to: hall.host.port)
    let facilitator = try hall.facilitator()
    let wifi = "http://127.0.0.1:\(relay.port)"
    var (one, two) = (try hall.table(1), try hall.table(2, url: wifi))
    two.type("voor het weg was")
    try two.waitUntilKept()
    try facilitator.advance(until: "Terugkoppeling", over: Hall.agenda)
    try facilitator.press("c", shows: "Tafel 1 aan het woord")
    try two.console.waitFor("Terugkoppeling")

    // First nobody notices; what is typed is kept here, and nothing says more than that.
    relay.be(.silent)
    two.type("zonder wifi één")
    try two.waitForKeptHere(1)
    relay.be(.shut)
    try two.console.waitFor("geen host sinds")
    two.type("zonder wifi twee", kind: "m")
    two.type("zonder wifi drie", kind: "a", more: " @Kim >12-12")
    try two.waitForKeptHere(3)
    // A change of a line that the record has, too.
    two.chooseLine(4)
    try two.console.press(.enter, shows: "Enter bewaart de wijziging")
    two.console.send(", gewijzigd")
    try two.console.press(.enter, shows: "wijziging hier bewaard")
    try two.console.waitFor("4 hier bewaard")
    try expectClockGoesOn(two.console)

    // The others go on unhindered.
    one.type("tafel een gaat door")
    try one.waitUntilKept()
    try facilitator.press("c", shows: "Tafel 2 aan het woord")

    // The laptop falls; what was kept stands there before the wifi is back.
    two.console.send("half getypt")
    try two.console.waitFor("half getypt")
    try waitForDraft("half getypt", hall, two)
    two.console.signal(SIGKILL)
    #expect(try two.console.waitForExit() == 128 + SIGKILL)
    let typed = two.typed
    let again = try hall.table(2, url: wifi, isBack: true)
    two = NoteTaker(console: again.console, table: 2, laptop: again.laptop, typed: typed)
    try two.console.waitFor("4 hier bewaard")
    for text in ["zonder wifi één", "zonder wifi twee", "zonder wifi drie", "half getypt"] {
      try two.console.waitFor(text)
    }
    try two.console.waitFor("geen host sinds")
    #expect(two.console.text.contains("Tafel 2 · 1 regel"), "\(two.console.report)")

    relay.be(.open)
    try two.console.waitFor("● verbonden")
    try two.waitUntilKept()
    try two.console.waitFor("voor het weg was, gewijzigd")
    #expect(two.console.text.contains("half getypt"))
    try two.console.press("\u{15}", hides: "half getypt")
    try hall.waitForCopy(of: two.laptop, on: two.console)
    try hall.waitForCopy(of: one.laptop, on: one.console)
    try hall.expectRecord(of: [one, two])
    #expect(try Journal(hall.folder).all("contribution.amended").count == 1)
    try two.leave()
    try one.leave()
  }

  /// The time that is left on a note-taker's screen is another than it was.
  private func expectClockGoesOn(_ console: PTY) throws {
    func clock() -> String { console.screen.prefix(6).joined(separator: "\n") }
    let before = clock()
    #expect(before.contains(/\d:\d\d/), "\(console.report)")
    try console.waitUntil("the clock goes on without a host") { clock() != before }
    #expect(console.text.contains("geen host sinds"))
  }

  /// What is typed is on disk a moment after the screen shows it.
  private func waitForDraft(_ text: String, _ hall: Hall, _ laptop: NoteTaker) throws {
    try laptop.console.waitUntil("the draft is on disk") {
      let files = FileManager.default.enumerator(atPath: hall.place.path + "/.laptops/" + laptop.laptop)
      return (files?.allObjects as? [String] ?? []).contains {
        let file = hall.place.path + "/.laptops/\(laptop.laptop)/\($0)"
        return $0.hasSuffix(".json")
          && (try? String(contentsOfFile: file, encoding: .utf8))?.contains(text) == true
      }
    }
  }

  // MARK: The host

  /// Killed while three tables type: nothing is lost or doubled, and nobody types a code.
  @Test func theHostIsKilledAndResumedWhileThreeTablesType() throws {
    let hall = try Hall(address: "0.0.0.0")
    let facilitator = try hall.facilitator()
    var tables = try (1...3).map { try hall.table($0) }
    try facilitator.advance(until: "Ronde 1: verkennen", over: Hall.agenda)
    func all(_ text: String) {
      for index in tables.indices { tables[index].type("\(text) van \(index + 1)") }
    }
    all("eerste")
    for table in tables { try table.waitUntilKept() }
    // These may be on their way when it dies.
    all("tweede")
    all("derde")
    hall.killHost()
    all("vierde")
    for table in tables {
      try table.console.waitFor("geen host sinds")
      try table.console.waitFor("vierde van")
      // No line is said to be in the record that is not.
      let recorded = try Journal(hall.folder).lines
        .filter { $0["by"]?.string == "note-\(table.table)" }.compactMap { $0["data"]?["text"]?.string }
      for text in table.typed
      where table.console.screen.contains(where: { $0.contains("✓") && $0.contains(text) }) {
        #expect(recorded.contains(text))
      }
      // What was on its way is kept here only once the host is known to be gone.
      try table.console.waitUntil("as many lines as it says, one at least, are kept here") {
        let waiting = table.console.screen.count { $0.contains("— hier bewaard") }
        return waiting >= 1 && table.console.text.contains("\(waiting) hier bewaard")
      }
    }
    try facilitator.waitFor("geen host sinds")
    // What moves the hall on is for now or never.
    facilitator.send("p")
    try facilitator.waitUntil("the facilitator hears that it cannot be done now") {
      facilitator.text.contains("geen host") && !facilitator.text.contains("GEPAUZEERD")
    }
    try hall.resumeHost()
    for table in tables {
      try table.console.waitFor("● verbonden")
      try table.waitUntilKept()
    }
    all("vijfde")
    for table in tables {
      try table.waitUntilKept()
      try hall.waitForCopy(of: table.laptop, on: table.console)
    }
    try facilitator.waitFor("● verbonden")
    try facilitator.press("p", shows: "GEPAUZEERD")
    try hall.expectRecord(of: tables)
    for table in tables { try table.leave() }
    try facilitator.leave()
  }

  // MARK: The table

  @Test func aSecondLaptopAtTheSameTableJustWorks() throws {
    let hall = try Hall()
    var one = try hall.table(2)
    one.type("getypt op de eerste laptop")
    try one.waitUntilKept()
    var two = try hall.table(2, laptop: "tafel-2-tweede")
    try two.console.waitFor("getypt op de eerste laptop")
    two.type("getypt op de tweede laptop", kind: "v")
    try two.waitUntilKept(others: 1)
    try one.console.waitFor("getypt op de tweede laptop")
    // Each may mend what the other typed.
    one.chooseLine()
    try one.console.press(.enter, shows: "Enter bewaart de wijziging")
    one.console.send("?")
    try one.console.press(.enter, shows: "getypt op de tweede laptop?")
    try two.console.waitFor("getypt op de tweede laptop?")
    try two.console.press("\u{07}", shows: "! HULP gevraagd")  // Ctrl-G
    try one.console.waitFor("! HULP gevraagd")
    try one.console.press("\u{07}", hides: "! HULP gevraagd")
    try two.console.waitUntil("the help was answered here, too") { !two.console.text.contains("! HULP") }
    // At the same moment.
    one.type("tegelijk een")
    two.type("tegelijk twee")
    try one.waitUntilKept(others: 2)
    try two.waitUntilKept(others: 2)
    for laptop in [one, two] { try hall.waitForCopy(of: laptop.laptop, on: laptop.console) }
    try hall.expectRecord(of: [one, two])
    try one.leave()
    try two.leave()
  }

  // MARK: The door

  /// A laptop that the facilitator puts out says so, goes on, and comes in again with a new code.
  @Test func aLaptopThatIsPutOutLosesNothing() throws {
    let hall = try Hall(address: "0.0.0.0")
    let facilitator = try hall.facilitator()
    var (one, two) = (try hall.table(1), try hall.table(2))
    two.type("binnen")
    try two.waitUntilKept()
    let old = try #require(hall.host.codes["notulist van een tafel"])

    try facilitator.press(.f6, shows: "Apparaten in de zaal")
    try facilitator.waitFor("3 apparaten binnen, waarvan 3 nu verbonden.")
    // What the tables compare with is here, too, though the host is elsewhere.
    let words = try #require(hall.host.words)
    for word in words.split(separator: " ") {
      #expect(facilitator.text.contains(word), "\(facilitator.report)")
    }
    try facilitator.press(.enter, shows: "Welk apparaat weren?")
    try facilitator.waitFor("›gespreksleider")
    try facilitator.press(.down, shows: "›notulist van tafel 1")
    try facilitator.press(.down, shows: "›notulist van tafel 2")
    try facilitator.press(.enter, shows: "weren? Het kan alleen")
    facilitator.send("j")
    try facilitator.waitFor("2 apparaten binnen")

    try two.console.waitFor("niet toegelaten: F12")
    two.type("buiten een")
    two.type("buiten twee")
    try two.waitForKeptHere(2)
    one.type("de ander merkt er niets van")
    try one.waitUntilKept()

    // The old code is good no more.
    try facilitator.press("n", hides: old)
    let row = try #require(facilitator.screen.first { $0.contains("notulist van een tafel") })
    let code = try #require(row.firstMatch(of: /[a-z]{4}-[a-z]{4}/)).0
    try two.console.press("\u{1B}[24~", shows: "De code van de gespreksleider")  // F12
    two.console.send(old)
    two.console.send(.enter)
    try two.console.waitFor("Deze code klopt niet")
    try two.console.press("\u{15}", hides: old)
    two.console.send(String(code))
    two.console.send(.enter)
    try two.console.waitFor("● verbonden")
    try two.waitUntilKept()
    two.type("weer binnen")
    try two.waitUntilKept()
    for laptop in [one, two] { try hall.waitForCopy(of: laptop.laptop, on: laptop.console) }
    try hall.expectRecord(of: [one, two])
    try one.leave()
    try two.leave()
    try facilitator.press(.escape, hides: "Apparaten in de zaal")
    try facilitator.leave()
  }
}
