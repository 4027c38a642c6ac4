import PTYKit
import Testing

/// The parts of a dagdeel as a facilitator lives through them, with what must come of each on the screen.
struct Day {
  let console: PTY
  /// What was noted, in the order of the record.
  private(set) var notes: [DayJourney.Note] = []
  /// How many contributions from the room the hall counts; what was withdrawn is not in it.
  private(set) var shown = 0

  static let noShow = "Elif Notenboom"

  init(console: PTY) { self.console = console }

  // MARK: Before the start

  mutating func welcomePeople() throws {
    try console.press("i", shows: "Deelnemers · 0 van 50 aanwezig")
    for count in 1...4 { try console.press(.enter, shows: "Deelnemers · \(count) van 50 aanwezig") }
    // The fifth on the list stays away.
    try console.press("\u{18}", shows: "× afwezig")  // Ctrl-X
    try console.press("\u{0E}", shows: "Nieuwe deelnemer")  // Ctrl-N
    console.send("Wil van Buiten; Buurthuis De Ster; vrijwilliger; Schiedam")
    try console.press(.enter, shows: "Deelnemers · 5 van 51 aanwezig")
    // What one types looks a name up.
    try console.press("zandbergen", shows: "zoek: zandbergen")
    try console.press(.enter, shows: "Deelnemers · 6 van 51 aanwezig")
    try console.press(.escape, hides: "Deelnemers ·")
  }

  func drawTables() throws {
    try console.waitFor("Tafels (nog niet ingedeeld)")
    try console.press("t", shows: "Enter neemt deze indeling.")
    try console.press(.enter, shows: "De tafels zijn ingedeeld.")
    try console.waitFor("Tafels · ronde 1")
  }

  // MARK: The clock

  func playWithTheClock(_ title: String) throws {
    try console.press("+", shows: "(+1)")
    try console.press("=", shows: "(+2)")
    try console.press("-", shows: "(+1)")
    try console.press("e", shows: "Hoeveel minuten erbij?")
    console.send("veel")
    try console.press(.enter, shows: "Typ een getal")
    console.send("\u{15}4")
    try console.press(.enter, shows: "(+5)")
    try console.press("u", hides: "(+5)")
    try console.waitFor("(+1)")
    try console.press("U", shows: "(+5)")
    try console.press("p", shows: "GEPAUZEERD")
    try console.press("p", hides: "GEPAUZEERD")
    try console.press(" ", shows: "✓ Opening")
    // Back to where it was, and forth again: the record keeps both.
    try console.press("u", shows: "Ongedaan maken: terug naar")
    try console.press("j", shows: "\(title) · inloop")
    try console.press("U", shows: "Opening · plenair")
    try console.press("u", shows: "Ongedaan maken: terug naar")
    try console.press("j", shows: "\(title) · inloop")
    try console.press("m", shows: "Bericht aan alle tafels")
    console.send("Nog vijf minuten – “rond af”")
    try console.press(.enter, shows: "Bericht: Nog vijf minuten – “rond af”")
    console.send("f")
    try console.waitUntil("finishing on time is proposed or refused") {
      ["Op tijd eindigen", "Inkorten:", "Het programma eindigt al op tijd"].contains {
        console.text.contains($0)
      }
    }
    // A question is answered with no; a mere message has no answer.
    if !console.text.contains("al op tijd") { try console.press("n", hides: "Doen?") }
  }

  // MARK: Notes

  /// Every table notes something of its own kind; the texts are those that break programs.
  mutating func takeNotes(round: String) throws {
    let first = notes.isEmpty
    let texts = [
      (1, "i", "idea", "Buurtbus rijdt ook ’s avonds, één keer per uur"),
      (2, "m", "opinion", "Geen “loket” maar een mens 🙂 zegt 日本"),
      (3, "g", "sensitivity", "Buurgemeente dreigt met vertrek; \\niet\\ doorvertellen\\"),
      (4, "s", "proposition", "{\"seq\":1} is geen regel, \"quotes\" wél"),
      (5, "v", "question", "Wie betaalt dat? <b>nu</b> | straks & later, ;\tpuntkomma"),
      (6, "a", "action", "Zoë belt; 100% zeker? `code` $HOME \\0"),
      (7, "c", "quote", "“Ik word eindelijk gehoord” 👩‍👩‍👧 e\u{301}"),
    ]
    console.send("1")
    try console.press("n", shows: "Tafel 1 · ")
    for (table, letter, kind, text) in texts {
      try console.waitFor("Tafel \(table) · ")
      console.send("\u{1B}\(letter)")
      // A tab is what goes to the next table; one can only be pasted.
      if text.contains("\t") { console.paste(text) } else { console.send(text) }
      try keep(DayJourney.Note(table: table, kind: kind, text: text))
      console.send(.tab)
    }
    try console.waitFor("Tafel 1 · ")
    if first {
      let lines = "Drie regels in één keer:\n- vervoer op maat\n- een vast aanspreekpunt"
      console.paste(lines)
      // Many lines at once: one contribution each, or all in one.
      try console.waitFor("U plakt 3 regels.")
      console.send(.down)
      try console.press(.enter, hides: "U plakt 3 regels.")
      try keep(DayJourney.Note(table: 1, kind: "quote", text: lines))
      try refuseNothing()
      try mendNotes()
      try askForHelp()
    } else {
      try console.leaveNotes()
      try notePlenary()
    }
  }

  private mutating func keep(_ note: DayJourney.Note) throws {
    notes.append(note)
    shown += 1
    let place = note.table.map { "Tafel \($0)" } ?? "plenair"
    let count = notes.count { $0.table == note.table && !$0.isWithdrawn }
    try console.press(.enter, shows: "\(place) · \(count) regel")
  }

  /// An empty field is refused in words, and what is typed stays at its table.
  private func refuseNothing() throws {
    try console.press(.enter, shows: "× niet bewaard: Er staat nog geen tekst.")
    try console.press("halve zin van tafel een", shows: "halve zin van tafel een")
    try console.press(.tab, hides: "halve zin van tafel een")
    try console.press(.backTab, shows: "halve zin van tafel een")
    try console.press("\u{15}", hides: "halve zin van tafel een")
    try console.leaveNotes()
  }

  /// Changes, groups, shows and withdraws on the page of the contributions.
  private mutating func mendNotes() throws {
    let newest = notes.count - 1
    try console.press("b", shows: "nieuwste eerst")
    try console.press(.enter, shows: "Bijdrage c")
    console.send(" (aangevuld)")
    try console.press(.enter, shows: "nieuwste eerst")
    try console.waitFor("aanspreekpunt (aangevuld)")
    try console.press("#", shows: "Onder welk thema?")
    console.send("Vervoer")
    try console.press(.enter, shows: "thema: Vervoer")
    notes[newest].text += " (aangevuld)"

    try console.press(.down, shows: "thema: –")
    try console.press("#", shows: "Onder welk thema?")
    console.send("VERVOER")
    try console.press(.enter, shows: "thema: Vervoer")
    try console.press(.down, shows: "thema: –")
    try console.press("z", shows: "◉")
    try console.press("x", hides: "Zoë belt")
    shown -= 1
    notes[newest - 2].isWithdrawn = true
    try console.press(.escape, shows: "Net binnen · \(shown)")
  }

  private func askForHelp() throws {
    console.send("3")
    try console.press("h", shows: "! HULP")
    try console.press("h", hides: "! HULP")
  }

  private mutating func notePlenary() throws {
    try console.press("0", shows: "plenair · citaat")
    console.send("\u{1B}v")
    try console.waitFor("plenair · vraag")
    console.send("Vanuit de zaal: wanneer horen we meer?")
    try keep(DayJourney.Note(table: nil, kind: "question", text: "Vanuit de zaal: wanneer horen we meer?"))
    try console.leaveNotes()
  }

  // MARK: The report-back

  func hearTheTables() throws {
    try console.waitFor("geeft tafel")
    var heard: Set<Int> = []
    while heard.count < 7 {
      console.send("c")
      try console.waitUntil("another table than \(heard.sorted()) has the floor") {
        speaker.map { !heard.contains($0) } ?? false
      }
      if let speaker { heard.insert(speaker) }
    }
    try console.press("c", shows: "Alle tafels zijn aan het woord geweest.")
    try console.press("C", hides: "aan het woord:")
  }

  /// The table that has the floor, as the screen says it.
  private var speaker: Int? {
    console.text.firstMatch(of: /Tafel (\d) aan het woord/).flatMap { Int($0.1) }
  }
}
