import Foundation
import Glibc
import Ground
import PTYKit
import Testing

/// What is left when the program or its file is torn away in the middle of a conference.
@Suite(.serialized) struct CrashJourneys {
  static let breakout = "Ronde 1: ideeën uit de enquête verkennen"

  /// Starts the ROGPlus conference and goes on to its first breakout.
  static func breakout(_ place: Place, _ folder: String) throws -> PTY {
    let console = try place.console(["run", folder], rows: 36, columns: 120)
    try console.waitFor("Nog niet begonnen")
    let titles = (try place.state(folder)["agenda"]?.array ?? []).compactMap { $0["title"]?.string }
    try console.advance(until: breakout, over: titles)
    return console
  }

  /// Types a contribution for a table and waits until it is kept.
  static func note(_ text: String, table: Int, on console: PTY) throws {
    console.send("\(table)")
    try console.press("n", shows: "Tafel \(table) · ")
    let count = try console.number(after: "Tafel \(table) · ")
    console.send(text)
    try console.press(.enter, shows: "Tafel \(table) · \(count + 1) regel")
  }

  @Test func afterAKillTheItemRunsOn() throws {
    let place = try Place()
    let folder = try place.rogplus()
    let console = try Self.breakout(place, folder)
    try Self.note("Bewaard vóór de klap", table: 5, on: console)
    console.send("half getypt")
    try console.waitFor("half getypt")
    let before = try place.state(folder)
    console.signal(SIGKILL)
    #expect(try console.waitForExit() == 128 + SIGKILL)
    try place.expectGood(folder)

    let again = try place.console(["run", folder], rows: 36, columns: 120)
    // The line of the hall tells it again at once: nothing half typed is lost.
    try again.waitFor("half getypt")
    try again.waitFor("Bewaard vóór de klap")
    try again.waitFor("Net binnen · 1")
    try again.waitFor("\(Self.breakout) · uiteen in groepen")
    // Once the digits have moved a second went by, and the mark notes at what reading of the clock.
    try again.waitForIdle()
    let digits = again.screen[2...6]
    try again.waitUntil("the clock moves") { again.screen[2...6] != digits }
    try again.press("k", shows: "Markeer dit moment")
    try again.press("terug", shows: "terug")
    try again.press(.enter, shows: "✓ gemarkeerd")
    try again.leave()
    try place.expectGood(folder)
    let after = try place.state(folder)
    let elapsed = [before, after].map { $0["clock"]?["elapsed_seconds"]?.int ?? -1 }
    #expect(elapsed[0] >= 0 && elapsed[1] > elapsed[0])
    #expect(after["status"] == "running" && after["item"] == before["item"])
    #expect(after["contributions"] == before["contributions"])
    #expect(after["tables"] == before["tables"])
  }

  @Test func aTornLineIsPutAside() throws {
    let place = try Place()
    let folder = try place.rogplus()
    let console = try Self.breakout(place, folder)
    try Self.note("Heel gebleven", table: 2, on: console)
    try console.leaveNotes()
    try console.leave()

    let file = try #require(FileHandle(forWritingAtPath: folder + "/record.jsonl"))
    try file.seekToEnd()
    let half = #"{"seq":300,"at":"2026-11-21T12:00:03.4"#
    try file.write(contentsOf: Data(half.utf8))
    try file.close()
    let torn = try place.beraad("check", folder)
    #expect(torn.status == 1, "\(torn)")

    let again = try place.console(["run", folder], rows: 36, columns: 120)
    try again.waitFor("Heel gebleven")
    let said = String(decoding: again.transcript, as: UTF8.self)
    #expect(said.contains("Het naslagwerk eindigde midden in een regel (\(half.utf8.count) bytes)"))
    try again.leave()
    #expect(try String(contentsOfFile: folder + "/record.jsonl.torn", encoding: .utf8) == half)
    #expect(try Journal(folder).all("record.recovered") == [["bytes": .int(half.utf8.count)]])
    try place.expectGood(folder)
  }

  // MARK: Two programs, one record

  @Test func aSecondProgramIsRefused() throws {
    let place = try Place()
    let folder = try place.rogplus()
    let console = try place.console(["run", folder])
    try console.waitFor("Nog niet begonnen")
    let second = try place.console(["run", folder])
    #expect(try second.waitForExit() == 1)
    #expect(second.text.contains("al open in proces \(console.pid)"), "\(second.report)")
    #expect(second.modes == second.modesAtStart && second.lastIndex(of: "[?1049h") == nil)
    // The first one notices nothing, and readers need no lock.
    #expect(try place.state(folder)["status"] == "prepared")
    try console.advance(to: "Inloop met koffie")
    try console.leave()
    try place.expectGood(folder)
  }
}
