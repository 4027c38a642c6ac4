import Glibc
import Ground
import PTYKit
import Testing

/// The screen itself: the demo, themes, colours, sizes, and the shell in between.
@Suite(.serialized) struct ScreenJourneys {
  @Test func theDemoWritesByItself() throws {
    let place = try Place()
    let console = try place.console(["demo", "--no-tour", "--speed", "60"], rows: 36, columns: 120)
    try console.waitFor("Nog niet begonnen")
    let before = try console.number(after: "Net binnen · ")
    // Behind the agenda's title on this row stands what runs.
    while !console.screen[1].contains("uiteen in groepen") {
      let row = console.screen[1]
      console.send(" ")
      try console.waitUntil("another item runs") { console.screen[1] != row }
      // A frame can come in pieces.
      try console.waitForIdle()
    }
    try console.waitUntil("the tables write") {
      (console.shownNumber(after: "Net binnen · ") ?? 0) > before + 3
    }
    try console.press("?", shows: "De conferentie leiden")
    try console.press(.escape, hides: "De conferentie leiden")
    try console.press("q", shows: "Stoppen?")
    try console.press("n", hides: "Stoppen?")
    try console.leave()
    let said = String(decoding: console.transcript, as: UTF8.self)
    let path = try #require(said.firstMatch(of: /Het naslagwerk van deze demo: (\S+)/)?.1)
    try place.expectGood(String(path))
  }

  // MARK: Colours

  @Test(arguments: ["dark", "light", "projector", "colour-blind", "mono"]) func themesOpen(name: String)
    throws
  {
    let place = try Place()
    let console = try place.console(["run", try place.rogplus(), "--theme", name])
    try console.waitFor("Nog niet begonnen")
    try console.leave()
    #expect(colours(console).isEmpty == (name == "mono"))
  }

  @Test func withoutColourNoneIsSent() throws {
    let place = try Place()
    let console = try place.console(
      ["run", try place.rogplus(), "--theme", "dark"], environment: ["NO_COLOR": "1"])
    try console.waitFor("Nog niet begonnen")
    try console.advance(to: "Inloop met koffie")
    try console.press("?", shows: "De conferentie leiden")
    try console.press(.escape, hides: "De conferentie leiden")
    try console.leave()
    #expect(colours(console) == [])
  }

  @Test func anUnknownThemeIsRefused() throws {
    let place = try Place()
    let console = try place.console(["run", try place.rogplus(), "--theme", "zuurstok"], columns: 200)
    #expect(try console.waitForExit() == 66)
    #expect(console.text.contains("Er is geen thema ‘zuurstok’"), "\(console.report)")
    #expect(console.text.contains("colour-blind"))
  }

  @Test func aBrokenThemeIsNamedByItsLine() throws {
    let place = try Place()
    let theme = try place.write("# Mijn thema\ntext = default\nalarm = knalrood\n", to: "mijn.theme")
    let console = try place.console(["run", try place.rogplus(), "--theme", theme])
    try console.waitFor("Nog niet begonnen")
    let said = String(decoding: console.transcript, as: UTF8.self)
    #expect(said.contains("mijn.theme:3: "), "\(console.report)")
    try console.leave()
  }

  /// The parameters of all "select graphic rendition" sequences that name a colour; not the terminal's own.
  private func colours(_ console: PTY) -> [Int] {
    String(decoding: console.transcript, as: UTF8.self).matches(of: /\u{1B}\[([0-9;]*)m/)
      .flatMap { $0.1.split(separator: ";").compactMap { Int($0) } }.filter {
        $0 >= 30 && $0 != 39 && $0 != 49
      }
  }

  // MARK: Sizes

  @Test func aStormOfSizes() throws {
    let place = try Place()
    let console = try place.console(["run", try place.rogplus()])
    try console.waitFor("Nog niet begonnen")
    try console.advance(to: "Inloop met koffie")
    for _ in 1...20 {
      for (rows, columns) in [(60, 200), (12, 40), (3, 10), (1, 1), (24, 80)] {
        console.resize(rows: rows, columns: columns)
        console.send("??")
      }
    }
    for (rows, columns, word) in [
      (60, 200, "Inloop met koffie · inloop"), (12, 40, "Inloop met koffie"), (3, 10, "10x3"),
      (24, 80, "Inloop met koffie · inloop"),
    ] {
      console.resize(rows: rows, columns: columns)
      try console.waitFor(word)
      try console.waitForIdle()
    }
    #expect(console.screen.count == 24 && !console.text.contains("De conferentie leiden"))
    #expect(console.screen[0].contains("Wat kan er beter"), "\(console.report)")
    #expect(console.screen[23].contains("?"), "\(console.report)")
    try console.leave()
  }

  @Test func aWindowThatFlickersIsDrawnAnew() throws {
    let place = try Place()
    let console = try place.console(["run", try place.rogplus()])
    try console.waitFor("Nog niet begonnen")
    try console.waitForIdle()
    let before = console.screen
    console.flicker()
    #expect(console.screen != before, "the window lost nothing")
    try console.waitFor("Nog niet begonnen")
    try console.waitForIdle()
    // But for the time of day.
    #expect(zip(console.screen, before).count { $0 != $1 } < 8, "\(console.report)")
    try console.leave()
  }

  @Test func theShellTakesOverAndGivesBack() throws {
    let place = try Place()
    let shell = "set -m; \"$0\" \"$@\"; echo STOPPED; read line; fg >/dev/null; echo WOKEN $?"
    let console = try PTY(
      ["/bin/sh", "-c", shell, Program.beraad, "run", try place.rogplus(), "--language", "nl"],
      environment: place.environment)
    try console.waitFor("Nog niet begonnen")
    try console.advance(to: "Inloop met koffie")
    console.send(.controlZ)
    try console.waitFor("STOPPED")
    #expect(!console.isOnAlternateScreen && console.modes == console.modesAtStart)
    console.resize(rows: 30, columns: 100)
    try console.press(.enter, shows: "Inloop met koffie · inloop")
    try console.press("p", shows: "GEPAUZEERD")
    #expect(console.isOnAlternateScreen)
    try console.press("q", shows: "Stoppen?")
    try console.press("j", shows: "WOKEN 0")
    #expect(console.modes == console.modesAtStart)
  }
}
