import Conference
import Ground
import Screen
import Testing

@testable import Console

/// The console of plain lines: for screen readers, dumb terminals and scripts.
@Suite struct PlainTests {
  /// A plain console whose commands are carried out at once.
  struct PlainRig {
    var console: PlainConsole
    var rig: Rig
    var effects: [Effect] = []

    init(language: Language = .nl) throws {
      rig = try Rig(language: language)
      console = PlainConsole(rig.model)
      _ = console.lines()
    }

    /// Types a line and returns what is said.
    mutating func type(_ line: String) throws -> [String] {
      try carryOut(console.read(line))
      return console.lines()
    }

    mutating func hear(_ command: Command, by: String) throws -> [String] {
      let count = rig.lines.count
      try rig.give(command, by: by)
      try carryOut(console.update(.lines(Array(rig.lines[count...]))))
      return console.lines()
    }

    private mutating func carryOut(_ new: [Effect]) throws {
      for effect in new {
        effects.append(effect)
        guard case .submit(let id, let command) = effect else { continue }
        let count = rig.lines.count
        do {
          try rig.give(command, id: id)
          _ = console.update(.lines(Array(rig.lines[count...])))
          try carryOut(console.update(.answer(id, .inRecord)))
        } catch let refusal as Refusal {
          try carryOut(console.update(.answer(id, .refused(refusal.phrase, wantsYes: refusal.wantsYes))))
        }
      }
    }
  }

  /// Lines now and then, and a word that takes what there is (issue 4, point 7).
  @Test func tablesAreDrawnInLines() throws {
    var plain = try PlainRig()
    #expect(try plain.type("deel in").last == "De tafels worden ingedeeld. Typ genoeg om te nemen wat er is.")
    guard case .draw(let id)? = plain.effects.last else {
      Issue.record("nothing is drawn")
      return
    }
    #expect(plain.console.isWaiting && plain.console.isForDrawing(" Genoeg "))
    #expect(!plain.console.isForDrawing("volgende"))
    var said: [[String]] = []
    for (seconds, isDone) in [(0, false), (1, false), (6, false), (7, true)] {
      let best = DrawnTables(
        rounds: DrawingPageTests.drawn(step: 0, cost: 152_300), cost: 152_300, bound: 148_000,
        isOptimal: false)
      let picture = DrawingPicture(
        session: plain.rig.host, best: best, elapsed: .seconds(seconds), isDone: isDone)
      plain.effects += plain.console.update(.drawing(id, picture))
      said.append(plain.console.lines())
    }
    #expect(said.map(\.count) == [1, 0, 1, 1])
    #expect(said[0][0].hasPrefix("Tot nu toe: ") && said[3][0].hasPrefix("Klaar: "))
    // When it is done it is taken, for whoever did not say enough before.
    #expect(plain.effects.last == .endDrawing(id, taking: true))
    _ = plain.console.update(.answer(id, .inRecord))
    #expect(!plain.console.isWaiting)
  }

  @Test func enoughTakesTheBestSoFarAndIsNeverANote() throws {
    var plain = try PlainRig()
    _ = try plain.type("draw")
    guard case .draw(let id)? = plain.effects.last else {
      Issue.record("nothing is drawn")
      return
    }
    _ = try plain.type("enough")
    #expect(plain.effects.last == .endDrawing(id, taking: true))
    _ = plain.console.update(.answer(id, .inRecord))
    #expect(try plain.type("genoeg") == ["Er worden nu geen tafels ingedeeld."])
    #expect(plain.rig.host.contributions.isEmpty)
  }

  @Test func tablesAreMendedAfterAYes() throws {
    var rig = try PlainRig()
    #expect(try rig.type("herstel tafels") == ["De tafels voor ronde 1 zijn nog niet ingedeeld."])
    try rig.rig.draw()
    try rig.rig.give(.pin(person: "P1", table: 5))
    rig.rig.model.toast = nil
    rig.console = PlainConsole(rig.rig.model)
    _ = rig.console.lines()
    let before = rig.rig.host.seatings
    let said = try rig.type("herstel tafels")
    #expect(said.contains { $0.contains("tafel") && $0.contains("→") })
    #expect(said.last == "De tafels zo herstellen? j of n?")
    #expect(try rig.type("n") == ["Niet gedaan."])
    #expect(rig.rig.host.seatings == before)
    _ = try rig.type("mend tables")
    _ = try rig.type("j")
    #expect(rig.rig.host.seatings != before)
  }

  @Test func itGreetsAndTellsWhatToDo() throws {
    var console = PlainConsole(try Rig().model)
    #expect(
      console.lines() == [
        "Wat kan er beter?",
        "Typ wat er gezegd wordt en druk op Enter. Typ ? en Enter voor alle opdrachten.",
        "Het programma is nog niet begonnen; volgende begint het.", "U typt voor tafel 1, als idee.",
      ])
    #expect(console.prompt == "tafel 1, idee> ")
  }

  @Test func whatIsNoCommandIsKept() throws {
    var rig = try PlainRig()
    #expect(try rig.type("Eén loket") == ["c1 staat in het naslagwerk: idee, tafel 1."])
    #expect(try rig.type("tafel 3").last == "U typt voor tafel 3, als idee.")
    #expect(try rig.type("a: Zoë belt @Jan >12-12") == ["c2 staat in het naslagwerk: actie, tafel 3."])
    #expect(try rig.type("lijst") == ["c2, actie, Jan, 12 december 2026: Zoë belt"])
    #expect(try rig.type("i: stop") == ["c3 staat in het naslagwerk: idee, tafel 3."])
    #expect(try rig.type("soort mening") == [])
    #expect(try rig.type("tafel is te klein") == ["c4 staat in het naslagwerk: mening, tafel 3."])
    #expect(try rig.type("plenary").last == "U typt voor plenair, als mening.")
    #expect(try rig.type("iets\u{1B}[2J") == ["c5 staat in het naslagwerk: mening, plenair."])
    #expect(
      rig.rig.host.contributions.map(\.text) == [
        "Eén loket", "Zoë belt", "stop", "tafel is te klein", "iets[2J",
      ])
  }

  @Test func linesAreMendedByTheirNumber() throws {
    var rig = try PlainRig()
    for text in ["een", "twee"] { _ = try rig.type(text) }
    #expect(try rig.type("trek in 1") == ["Gedaan."])
    #expect(try rig.type("top c2") == ["Gedaan."])
    #expect(try rig.type("wijzig 2: twee, maar beter") == ["Gedaan."])
    #expect(try rig.type("trek in 9") == ["Er is geen bijdrage c9."])
    #expect(try rig.type("lijst") == ["c1, idee, ingetrokken: een", "c2, idee, top: twee, maar beter"])
    #expect(try rig.type("herstel 1") == ["Gedaan."])
    #expect(rig.rig.host.contributions.count == 2)
  }

  @Test func theClockIsToldInWords() throws {
    var rig = try PlainRig()
    #expect(try rig.type("next").first == "Inloop: nog 15 minuten.")
    #expect(try rig.type("+5") == ["Het onderdeel duurt nu 20 minuten."])
    #expect(try rig.type("pauze") == ["De klok staat stil."])
    #expect(try rig.type("verder") == ["De klok loopt weer."])
    rig.rig.now = rig.rig.now + .minutes(15)
    _ = rig.console.update(.tick(rig.rig.now))
    #expect(rig.console.lines() == ["nog 5 minuten: Inloop"])
    _ = rig.console.update(.tick(rig.rig.now + .seconds(1)))
    #expect(rig.console.lines().isEmpty)
    #expect(try rig.type("tijd").first == "Inloop: nog 4 minuten.")
  }

  @Test func questionsWantAYes() throws {
    var rig = try PlainRig()
    _ = try rig.type("volgende")
    #expect(try rig.type("hulp").first?.contains("bij tafel 1 vragen?") == true)
    #expect(try rig.type("nee") == ["Niet gedaan."])
    #expect(rig.rig.host.help.isEmpty)
    _ = try rig.type("hulp")
    #expect(try rig.type("ja") == ["Tafel 1 vraagt om hulp."])
    _ = try rig.type("hulp")
    // What is no answer is a line, and lost is nothing.
    #expect(try rig.type("een idee").last == "c1 staat in het naslagwerk: idee, tafel 1.")
    #expect(rig.rig.host.help.count == 1)
    _ = try rig.type("sluit af")
    #expect(try rig.type("j").contains("De conferentie is afgesloten."))
    _ = try rig.type("stop")
    #expect(rig.effects.last == .quit)
  }

  @Test func whatHappensElsewhereIsToldInOneLine() throws {
    var rig = try PlainRig()
    _ = try rig.type("volgende")
    let other = Command.contribute(NewContribution(table: 4, kind: "quote", text: "twee\nregels \u{1B}[2J"))
    #expect(try rig.hear(other, by: "note-4") == ["c1, tafel 4, citaat: twee regels �[2J"])
    #expect(try rig.hear(.message("Rond af", tables: []), by: "host") == ["Bericht: Rond af"])
    #expect(try rig.type("stil").count == 1)
    #expect(try rig.hear(other, by: "note-4").isEmpty)
    #expect(try rig.hear(.askHelp(table: 5), by: "note-5") == ["Tafel 5 vraagt om hulp."])
  }

  @Test func whatIsNotKeptIsOfferedAgain() throws {
    var rig = try PlainRig(language: .en)
    let effects = rig.console.read("m: important")
    #expect(rig.console.isWaiting)
    guard case .submit(let id, _)? = effects.first else { return #expect(Bool(false), "nothing was given") }
    _ = rig.console.update(.answer(id, .trouble(Phrase(same: "The disk is full."))))
    #expect(rig.console.lines().contains { $0.hasPrefix("Not kept: The disk is full.") })
    #expect(!rig.console.drafts.isEmpty)
    _ = rig.console.read("elsewhere /mnt/usb/record.jsonl")
    _ = rig.console.update(.answer(.random(), .inRecord))
    #expect(try rig.type("keep").last == "c1 is in the record: opinion, table 1.")
    #expect(rig.console.drafts.isEmpty)
    #expect(rig.rig.host.contributions.map(\.text) == ["important"])
  }

  @Test(arguments: Language.allCases) func everyWordOfTheHelpIsUnderstood(language: Language) throws {
    var rig = try PlainRig(language: language)
    _ = try rig.type("next")
    let count = rig.rig.host.contributions.count
    for word in [
      "?", "time", "tijd", "who", "wie", "list", "lijst", "agenda", "kinds", "soorten", "undo", "redo",
      "call",
    ] {
      #expect(!(try rig.type(word).isEmpty), "\(word)")
    }
    #expect(rig.rig.host.contributions.count == count)
  }
}
