import Foundation
import Glibc
import Ground
import PTYKit
import Testing

/// Note-taking with the real program: pastes, a crash with a half-typed line, and plain lines.
@Suite(.serialized) struct NoteJourneys {
  private func texts(_ place: Place, _ folder: String) throws -> [String] {
    // Answers to the survey were there before anybody typed.
    try Journal(folder).all("contribution.added").compactMap { $0["text"]?.string }
  }

  @Test func aHalfTypedLineSurvivesAKill() throws {
    let place = try Place()
    let folder = try place.rogplus()
    let console = try place.console(["run", folder])
    try console.waitFor("Nog niet begonnen")
    console.send("2")
    try console.press("n", shows: "Tafel 2 · ")
    console.send("eerst dit, en bewaard")
    try console.press(.enter, shows: "✓ in het naslagwerk")
    console.send("half getypt é 日本")
    try console.waitFor("half getypt é 日本")
    // The draft is on disk a moment after the screen shows it.
    try console.waitUntil("the draft is on disk") {
      let drafts = place.path + "/.state/beraad/drafts"
      let names = (try? FileManager.default.contentsOfDirectory(atPath: drafts)) ?? []
      return names.contains { name in
        ((try? String(contentsOfFile: drafts + "/" + name, encoding: .utf8)) ?? "").contains("日本")
      }
    }
    console.signal(SIGKILL)
    #expect(try console.waitForExit() == 128 + SIGKILL)

    let again = try place.console(["run", folder])
    try again.waitFor("Wat half getypt was staat er weer.")
    again.send("2")
    try again.press("n", shows: "half getypt é 日本")
    #expect(!again.screen.suffix(6).joined().contains("eerst dit"))
    try again.press(.enter, shows: "✓ in het naslagwerk · Tafel 2")
    try again.leaveNotes()
    try again.leave()
    #expect(try texts(place, folder).suffix(2) == ["eerst dit, en bewaard", "half getypt é 日本"])
    try place.expectGood(folder)

    // What was kept does not come back.
    let third = try place.console(["run", folder])
    try third.waitFor("Nog niet begonnen")
    try third.waitForIdle()
    #expect(!third.text.contains("Wat half getypt was"))
    third.send("2")
    try third.press("n", shows: "2 regels")
    #expect(!third.screen.suffix(6).joined().contains("half getypt"), "\(third.report)")
    try third.leaveNotes()
    try third.leave()
  }

  @Test func aPasteOfAHundredLines() throws {
    let place = try Place()
    let folder = try place.rogplus()
    let console = try place.console(["run", folder], rows: 36, columns: 120)
    try console.waitFor("Nog niet begonnen")
    console.send("4")
    try console.press("n", shows: "Tafel 4 · ")
    let lines = (1...100).map { "regel \($0) “é” 日本" }
    console.paste(lines.map { "- " + $0 }.joined(separator: "\n"))
    try console.waitFor("Elke regel een bijdrage: 100 bijdragen")
    try console.press(.enter, shows: "✓ in het naslagwerk · Tafel 4")
    try console.waitFor("100 regels")
    try console.waitFor("regel 100 “é”")
    try console.leaveNotes()
    try console.leave()
    #expect(try texts(place, folder).suffix(100) == lines[...])
    try place.expectGood(folder)
  }

  @Test func aScriptDrivesThePlainConsole() throws {
    let place = try Place()
    let folder = try place.rogplus()
    let script = """
      ?
      volgende
      tafel 3
      Eén loket \u{1B}[31mrood
      a: Zoë belt @Jan >12-12
      wijzig 9999: niets
      hulp
      j
      tijd
      wie
      lijst
      onzin 12
      """
    let file = try place.write(script, to: "script.txt")
    let ending = try Program.run(
      [
        "/bin/sh", "-c", "\"$0\" run \"$1\" --accessible --language nl < \"$2\"", Program.beraad, folder,
        file,
      ], environment: place.environment.merging(["TERM": "dumb"]) { $1 })
    #expect(ending.status == 0, "\(ending)")
    #expect(!ending.output.contains("\u{1B}"))
    for words in [
      "staat in het naslagwerk: idee, tafel 3.", "staat in het naslagwerk: actie, tafel 3.",
      "Tafel 3 vraagt om hulp.", "U typt voor tafel 3",
    ] {
      #expect(ending.output.contains(words), "\(words) in \(ending)")
    }
    #expect(
      try texts(place, folder).suffix(4) == [
        "Eén loket [31mrood", "Zoë belt", "wijzig 9999: niets", "onzin 12",
      ])
    try place.expectGood(folder)
    let state = try place.state(folder)
    #expect(state["status"] == "running")
  }

  /// Issue 4, point 6: anyone can have the tables of a record drawn again.
  @Test func tablesDrawnInPlainLinesComeOutTheSameAgain() throws {
    let place = try Place()
    let folder = try place.rogplus()
    let file = try place.write("deel in\ngenoeg\nvolgende\ndeel in\n", to: "script.txt")
    let ending = try Program.run(
      [
        "/bin/sh", "-c", "\"$0\" run \"$1\" --accessible --language nl < \"$2\"", Program.beraad, folder,
        file,
      ], environment: place.environment.merging(["TERM": "dumb"]) { $1 })
    #expect(ending.status == 0, "\(ending)")
    let check = try place.beraad("check", folder, "--redraw", "--language", "en")
    #expect(check.status == 0, "\(check)")
    #expect(check.output.split(separator: "\n").count { $0.hasSuffix("drawn again, the same tables") } == 2)
  }
}
