import Foundation
import Ground
import PTYKit
import Testing

/// The host dies, and another laptop goes on from its own copy (S4.8).
@Suite struct TakeOverJourney {
  @Test func anotherLaptopGoesOnWithWhatAllHave() throws {
    let place = try Place()
    let folder = place.path + "/dag"
    #expect(try place.beraad("new", folder, "--template", "werkconferentie").status == 0)
    let host = try HostProcess(place, folder)
    let code = host.codes["notulist van een tafel"] ?? ""
    func laptop(_ table: Int) -> [String: String] { ["XDG_STATE_HOME": "\(place.path)/laptop-\(table)"] }
    func note(_ table: Int, _ arguments: String...) throws -> PTY {
      try place.console(
        ["note", host.url, "--table", "\(table)"] + arguments, environment: laptop(table))
    }

    let first = try note(1, "--code", code)
    try first.waitFor("Tafel 1 · idee")
    first.send("van tafel een\r")
    try first.waitFor("c1     ✓")
    first.send("\u{03}y")
    #expect(try first.waitForExit() == 0)

    // What comes now laptop 1 does not have; and when the host is gone, table 2 goes on.
    let second = try note(2, "--code", code)
    try second.waitFor("Tafel 2 · idee")
    second.send("van tafel twee\rnog een\r")
    try second.waitFor("c3     ✓")
    host.kill()
    try second.waitFor("geen host sinds")
    second.send("zonder host\r")
    try second.waitFor("zonder host — hier bewaard")
    let before = try Data(contentsOf: URL(filePath: folder + "/record.jsonl"))

    let new = place.path + "/verder"
    let successor = try place.console(
      ["run", new, "--take-over", "--address", "127.0.0.1", "--port", "0"], environment: laptop(1))
    try successor.waitFor("druk op Enter")
    #expect(successor.text.contains("Deze laptop wordt de host"))
    let url = try #require(successor.text.firstMatch(of: /http:\/\/127\.0\.0\.1:\d+/)).output
    let newCode = try #require(successor.text.firstMatch(of: /([a-z]{4}-[a-z]{4})  notulist/)).output.1
    second.send("\u{1B}[24~")
    try second.waitFor("eerst het adres")
    second.send("\(url) \(newCode)\r")
    try successor.waitFor("notulist van tafel 2: 2 regels erbij")
    // Nothing was let in to the record yet but what stood in it.
    #expect(try Data(contentsOf: URL(filePath: new + "/record.jsonl")) == before)
    #expect(second.text.contains("zonder host — hier bewaard"))

    successor.send("\r")
    // Who is not in yet needs the address and the code.
    try successor.waitFor("Apparaten in de zaal")
    try successor.waitFor(String(url))
    try successor.press(.escape, hides: "Apparaten in de zaal")
    try second.waitFor("● verbonden")
    try second.waitFor("c4     ✓")
    let after = try Data(contentsOf: URL(filePath: new + "/record.jsonl"))
    #expect(after.starts(with: before))
    let lines = try String(decoding: after, as: UTF8.self).split(separator: "\n").map {
      try JSON(parsing: String($0))
    }
    let texts = lines.filter { $0["type"]?.string == "contribution.added" }
      .compactMap { $0["data"]?["text"]?.string }
    #expect(texts == ["van tafel een", "van tafel twee", "nog een", "zonder host"])
    let markers = lines.filter { $0["type"]?.string == "marker.set" }.compactMap {
      $0["data"]?["text"]?.string
    }
    #expect(markers == ["Een andere laptop werd de host; regels van notulist van tafel 2: 2"])
    // The facilitator goes on there, and the table sees it.
    successor.send(" ")
    try second.waitFor("Inloop")
    second.send("\u{03}y")
    #expect(try second.waitForExit() == 0)
    successor.send("qj")
    #expect(try successor.waitForExit() == 0)
    #expect(try place.beraad("check", new).status == 0)
  }

  @Test func withoutACopyItSaysWhatToDo() throws {
    let place = try Place()
    let console = try place.console(["run", place.path + "/niets", "--take-over"])
    #expect(try console.waitForExit() != 0)
    #expect(console.text.contains("staat geen kopie van een conferentie"))
    #expect(!FileManager.default.fileExists(atPath: place.path + "/niets"))
  }
}
