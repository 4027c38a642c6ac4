import Foundation
import PTYKit
import Testing

/// The room screen beside a conference on the same laptop: a second window that only reads.
@Suite struct RoomScreenJourney {
  @Test func followsAConferenceFromBeforeItsOpeningToItsSeal() throws {
    let place = try Place()
    let day = try Day(in: place)
    let folder = place.path + "/zaal"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let screen = try place.console(["screen", folder])
    try screen.waitFor("De conferentie is nog niet geopend.")

    let record = Growing(folder + "/record.jsonl")
    try record.append(day.lines[...day.index(of: "conference.opened")])
    try screen.waitFor("Welkom")
    #expect(screen.text.contains("Wat kan er beter binnen de Wmo?"))

    // Up to the first round; half of its line is on disk: nothing of it shows before the rest is there.
    let start = day.index(of: "\"phase\":\"breakout\"")
    try record.append(day.lines[(day.index(of: "conference.opened") + 1)..<start])
    try screen.waitFor("Zoek uw naam · Tafels voor ronde 1")
    try record.append(text: String(day.lines[start].prefix(100)))
    try screen.waitForIdle()
    #expect(!screen.text.contains("Ronde 1:"))
    try record.append(text: String(day.lines[start].dropFirst(100)) + "\n")
    try screen.waitUntil("the round's clock stands beside the tables") {
      screen.screen[2].contains(/\d:\d\d/)
    }

    // Somebody looks a name up, and turns the pages.
    try screen.press("/janss", shows: "Zoek uw naam: janss")
    try screen.press(.escape, hides: "janss")

    let report = day.index(of: "slot.started")
    try record.append(day.lines[(start + 1)...report])
    try screen.waitFor("Tafel 1 aan het woord")
    try record.append(day.lines[(report + 1)...])
    try screen.waitFor("Dank u wel!")
    try screen.waitFor("Het zegel van het naslagwerk")

    let bytes = try Data(contentsOf: URL(filePath: record.path))
    screen.send("q")
    try screen.waitFor("Het zaalscherm sluiten?")
    screen.send("j")
    #expect(try screen.waitForExit() == 0)
    #expect(screen.modes == screen.modesAtStart && !screen.isOnAlternateScreen)
    #expect(try Data(contentsOf: URL(filePath: record.path)) == bytes)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["record.jsonl"])
  }

  /// A screen that stands still is worse than one that says why.
  @Test func saysWhenTheRecordIsGoneDamagedOrAnother() throws {
    let place = try Place()
    let day = try Day(in: place)
    let folder = place.path + "/zaal"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let record = Growing(folder + "/record.jsonl")
    let opened = day.index(of: "conference.opened")
    try record.append(day.lines[...opened])
    let screen = try place.console(["screen", folder], environment: ["NO_COLOR": "1"])
    try screen.waitFor("Welkom")
    try FileManager.default.moveItem(atPath: record.path, toPath: folder + "/weg")
    try screen.waitFor("!! Het naslagwerk is weg.")
    try FileManager.default.moveItem(atPath: folder + "/weg", toPath: record.path)
    try screen.waitUntil("it is there again") { !screen.text.contains("!!") }
    try record.append(text: day.lines[opened + 1].replacing("phase.started", with: "phase.sterted") + "\n")
    try screen.waitFor("!! Het naslagwerk is beschadigd vanaf regel \(opened + 2).")
    #expect(screen.text.contains("Welkom"))
    try FileManager.default.removeItem(atPath: record.path)
    try record.append(day.lines[...])
    try screen.waitFor("Dank u wel!")
    #expect(!screen.text.contains("!!"))
    screen.send("qj")
    #expect(try screen.waitForExit() == 0)
  }

  @Test func refusesWhatItCannotFollow() throws {
    let place = try Place()
    for text in [
      "ftp://192.0.2.1", "httpss://192.0.2.1", "http://", "https://", "http://192.0.2.1:99999",
      "http://192.0.2.1:x",
      "http://[::1]x", "http://een host:7413",
    ] {
      let address = try place.beraad("screen", text)
      #expect(
        address.status == 64 && address.errors.contains("geen adres van een host"), "\(text): \(address)")
    }
    for text in [
      "https://192.0.2.1", "http://192.0.2.1", "http://192.0.2.1:7413/", "http://[::1]:7413",
      "http://laptop.local",
    ] {
      let address = try place.beraad("screen", text)
      #expect(address.status == 64 && address.errors.contains("terminal"), "\(text): \(address)")
    }
    let nothing = try place.beraad("screen", place.path + "/nergens")
    #expect(nothing.status == 66 && nothing.errors.contains("nergens"))
    let piped = try place.beraad("screen", place.path)
    #expect(piped.status == 64 && piped.errors.contains("terminal"))
  }

  /// A whole rehearsed day, by its lines.
  private struct Day {
    let lines: [String]

    init(in place: Place) throws {
      let folder = place.path + "/demo"
      let ending = try place.beraad("demo", "--headless", "--speed", "0", "--dir", folder)
      try #require(ending.status == 0, "\(ending)")
      lines = try String(contentsOfFile: folder + "/record.jsonl", encoding: .utf8)
        .split(separator: "\n").map(String.init)
    }

    func index(of text: String) -> Int {
      lines.firstIndex { $0.contains(text) && !$0.contains("item.planned") } ?? 0
    }
  }

  /// A file that grows, as a host writes it.
  private struct Growing {
    let path: String

    init(_ path: String) { self.path = path }

    func append(_ lines: ArraySlice<String>) throws {
      try append(text: lines.map { $0 + "\n" }.joined())
    }

    func append(text: String) throws {
      if !FileManager.default.fileExists(atPath: path) {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
      }
      let file = try FileHandle(forWritingTo: URL(filePath: path))
      defer { try? file.close() }
      try file.seekToEnd()
      try file.write(contentsOf: Data(text.utf8))
    }
  }
}
