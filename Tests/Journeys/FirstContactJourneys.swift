import Foundation
import PTYKit
import Testing

/// What somebody meets who starts the program for the first time.
@Suite struct FirstContactJourneys {
  /// Starts the program in the place's own folder.
  private func start(_ arguments: [String] = [], in place: Place, language: String = "nl") throws -> PTY {
    try PTY(
      ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", place.path, Program.beraad] + arguments
        + ["--language", language], rows: 50, columns: 80, environment: place.environment)
  }

  /// What is in the place's folder but for what begins with a dot.
  private func names(in place: Place) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: place.path).filter { !$0.hasPrefix(".") }.sorted()
  }

  @Test(arguments: ["q\r", "\u{4}"]) func itGreetsAndLetsOneLeave(way: String) throws {
    let place = try Place()
    let console = try start(in: place)
    try console.waitFor("Uw keuze [1]:")
    #expect(console.text.contains("Welkom bij Beraad."))
    try console.press("iets anders\r", shows: "Typ 1, 2, 3, 4 of q")
    try console.press("3\r", shows: "Die is er in deze map nog niet.")
    console.send(way)
    #expect(try console.waitForExit() == 0)
    #expect(console.modes == console.modesAtStart)
    #expect(try names(in: place) == [])
  }

  @Test func itSpeaksEnglish() throws {
    let place = try Place()
    let console = try start(in: place, language: "en")
    try console.waitFor("Your choice [1]:")
    try console.press("2\r", shows: "The conference's title [My working conference]:")
    // Out of the questions, back to the choice; out of the choice, out of the program.
    try console.press("\u{4}", shows: "none yet")
    console.send("q\r")
    #expect(try console.waitForExit() == 0)
    #expect(try names(in: place) == [])
  }

  /// Enter to everything makes a conference and opens it; the next start offers to go on with it.
  @Test func aConferenceStandsByEnterAlone() throws {
    let place = try Place()
    let console = try start(in: place)
    try console.waitFor("Uw keuze [1]:")
    try console.press("2\r", shows: "De titel van de conferentie [Mijn werkconferentie]:")
    let questions = [
      "Soort [1]:", "De datum:", "Hoe laat begint het [13:00]:", "Hoeveel mensen verwacht u [50]:",
      "Hoeveel mensen aan een tafel [7]:", "Hoeveel uur duurt het [4]:", "De vraag voor de eerste ronde",
      "De map ervoor [mijn-werkconferentie]:", "Nu openen [j]:",
    ]
    for question in questions { try console.press(.enter, shows: question) }
    #expect(console.text.contains("met een plan voor 7 tafels en 50 verzonnen deelnemers"))
    #expect(console.text.contains("beraad run mijn-werkconferentie"))
    try console.press(.enter, shows: "Mijn werkconferentie")
    try console.waitUntil("the screen is there") { console.isOnAlternateScreen }
    try console.waitFor("Inloop met ko")
    try console.leave()
    try place.expectGood(place.path + "/mijn-werkconferentie")

    let again = try start(in: place)
    try again.waitFor("Uw keuze [3]:")
    try again.press("3\r", shows: "1  Mijn werkconferentie · mijn-werkconferentie · nog niet begonnen")
    try again.press("2\r", shows: "Typ een getal van 1 tot en met 1.")
    try again.press(.enter, shows: "Inloop met ko")
    try again.leave()
  }

  @Test func wrongAnswersAreHelpedAndTheRightOnesTaken() throws {
    let place = try Place()
    let console = try start(["new", "--title", "Wijkgesprek: Oost één"], in: place)
    try console.waitFor("Soort [1]:")
    try console.press("9\r", shows: "Typ een getal van 1 tot en met 4.")
    try console.press("2\r", shows: "De datum:")
    try console.press("31-2-2031\r", shows: "Die dag bestaat niet.")
    try console.press("1-2-2003\r", shows: "Die dag is al voorbij")
    try console.press("12/3/2091\r", shows: "Hoe laat begint het [14:00]:")
    try console.press("laat\r", shows: "Typ een tijd, zoals 13:30.")
    try console.press("9\r", shows: "Hoeveel mensen verwacht u [24]:")
    try console.press("30\r", shows: "Hoeveel mensen aan een tafel [4]:")
    try console.press("5\r", shows: "Dat worden 6 tafels van 4 tot 6 mensen.")
    try console.press("0,5\r", shows: "Dat is te kort:")
    try console.press("2u30\r", shows: "De vraag voor de eerste ronde")
    try console.press("Wie? En \"hoe\"?\r", shows: "De map ervoor [wijkgesprek-oost-een]:")
    try console.press("er/is/niets\r", shows: "de map waarin dit moet komen bestaat niet")
    try console.press("\r", shows: "Nu openen [j]:")
    console.send("n\r")
    #expect(try console.waitForExit() == 0)
    let plan = try String(contentsOfFile: place.path + "/wijkgesprek-oost-een/plan.yaml", encoding: .utf8)
    for line in [
      #"titel: "Wijkgesprek: Oost één""#, "datum: 2091-03-12", #"start: "09:00""#, #"einde: "11:30""#,
      "  aantal: 6", #"    vraag: "Wie? En \"hoe\"?""#,
    ] { #expect(plan.contains("\n\(line)\n"), "\(line)") }
  }

  /// Ctrl-C in the middle: nothing half made, and the terminal as it was.
  @Test(arguments: ["\u{3}", "\u{4}"]) func whoStopsLeavesNothingBehind(way: String) throws {
    let place = try Place()
    let console = try start(["new"], in: place)
    try console.press("Half\r", shows: "Soort [1]:")
    try console.press("\r", shows: "De datum:")
    console.send(way)
    let status = try console.waitForExit()
    #expect(status == (way == "\u{4}" ? 0 : 128 + 2))
    #expect(console.modes == console.modesAtStart)
    #expect(try names(in: place) == [])
  }

  @Test func aFolderThatIsNotThereSaysWhatToDo() throws {
    let place = try Place()
    let run = try place.beraad("run", place.path + "/mijn zaal")
    #expect(run.status == 66 && run.errors.contains("beraad new '\(place.path)/mijn zaal'"), "\(run)")
    let word = try place.beraad("rnu")
    #expect(word.status == 64 && word.errors.contains("demo, new, run"), "\(word)")
    let bare = try Program.run([Program.beraad], environment: place.environment)
    #expect(bare.status == 0 && bare.output.contains("SUBCOMMANDS"), "\(bare)")
  }

  // MARK: Themes and settings

  private func configure(_ place: Place, _ files: [String: String]) throws {
    try FileManager.default.createDirectory(
      atPath: place.path + "/.config/beraad/themes", withIntermediateDirectories: true)
    for (name, text) in files { _ = try place.write(text, to: ".config/beraad/" + name) }
  }

  @Test func aBrokenThemeIsToldAndTheUsualOneUsed() throws {
    let place = try Place()
    try configure(
      place, ["themes/zaal.theme": "text = red\nalarm = rood\n", "settings": "mouse = misschien\n"])
    let console = try place.console(["demo", "--theme", "zaal"], rows: 40, columns: 120)
    try console.waitFor("Inloop")
    let written = String(decoding: console.transcript, as: UTF8.self)
    let told = written.contains("/.config/beraad/themes/zaal.theme:2: Onbekende kleur rood")
    #expect(told)
    let toldOfSettings = written.contains("/.config/beraad/settings:1: mouse is ja of nee.")
    #expect(toldOfSettings)
    // And on the screen itself.
    try console.waitFor("settings:1: mouse is ja of nee.")
    try console.leave()
  }

  @Test func anUnknownThemeNamesThemAll() throws {
    let place = try Place()
    try configure(place, ["themes/zaal.theme": "text = red\n"])
    let console = try place.console(["demo", "--theme", "bestaatniet"], columns: 200)
    #expect(try console.waitForExit() == 66)
    #expect(console.text.contains("colour-blind, mono, zaal"), "\(console.report)")
  }

  /// The settings are read at the start, and the command line goes before them.
  @Test func settingsCount() throws {
    let place = try Place()
    try configure(place, ["settings": "# what I like\ntheme = mono\n"])
    // A ground of one of the 256 colours, which the theme without colour never asks for.
    let ground = Array("48;5;".utf8)
    let chosen = try place.console(["demo"])
    try chosen.waitFor("Inloop")
    #expect(chosen.transcript.firstRange(of: ground) == nil)
    try chosen.leave()
    let other = try place.console(["demo", "--theme", "dark"])
    try other.waitFor("Inloop")
    #expect(other.transcript.firstRange(of: ground) != nil)
    try other.leave()
  }
}
