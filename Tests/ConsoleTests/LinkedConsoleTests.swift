import Conference
import Ground
import Screen
import Testing

@testable import Console

/// A console whose host is another laptop: the page of a table's note-taker (S4.7, S4.8).
@Suite struct LinkedConsoleTests {
  /// A laptop of table 3 with a host that answers when the test says so.
  struct Laptop {
    var host: Rig
    var model: Model
    /// What the laptop kept, in order, and did not bring to the host.
    var outbox: [(id: CommandID, command: Command)] = []
    var forgotten: [CommandID] = []
    var effects: [Effect] = []
    private var seen = 0

    init(size: Size = Size(rows: 24, columns: 80), language: Language = .nl) throws {
      host = try Rig(size: size, language: language)
      try host.draw()
      for id in ["i1", "i2", "i3"] { try host.give(.move(to: id, deliberate: true)) }
      model = Model(
        as: .noteTaker(table: 3), session: Session(), now: host.now, size: size, language: language)
      hear()
      take(.host(.connected(ahead: 0)))
    }

    /// Takes in all that the host has and the laptop has not.
    mutating func hear() {
      let new = Array(host.lines[seen...])
      seen = host.lines.count
      take(.lines(new))
    }

    mutating func take(_ occurrence: Occurrence) {
      for effect in model.update(occurrence) {
        effects.append(effect)
        switch effect {
        case .submit(let id, let command):
          outbox.append((id, command))
          take(.answer(id, .kept))
        case .forget(let id): forgotten.append(id)
        default: break
        }
      }
    }

    /// Brings the outbox to the host, as the link does once it hears it.
    mutating func deliver() throws {
      for (id, command) in outbox {
        do {
          try host.give(command, by: "note-3", id: id)
          hear()
          take(.answer(id, .inRecord))
        } catch let refusal as Refusal {
          take(.answer(id, .refused(refusal.phrase, wantsYes: refusal.wantsYes)))
        }
      }
      outbox = []
    }

    mutating func press(_ keys: Key...) { for key in keys { take(.input(.key(key))) } }
    mutating func type(_ text: String) { for character in text { press(.character(character)) } }
    var screen: String { model.view().plainText }
    func line(_ text: String) -> String {
      screen.split(separator: "\n").last { $0.contains(text) }.map(String.init) ?? ""
    }
  }

  @Test(arguments: [Size(rows: 24, columns: 80), Size(rows: 36, columns: 120)], Language.allCases)
  func thePage(size: Size, language: Language) throws {
    var laptop = try Laptop(size: size, language: language)
    laptop.type("In het naslagwerk")
    laptop.press(.enter)
    laptop.type("Ook daarin")
    laptop.press(.enter)
    try laptop.deliver()
    laptop.take(.host(.away(since: laptop.host.now)))
    laptop.type("m: Zonder netwerk getypt")
    laptop.press(.enter, .controlUp, .up, .enter)
    laptop.type(", en gewijzigd")
    laptop.press(.enter)
    laptop.type("nog half")
    try expectSnapshot(laptop.screen, "laptop.\(language).\(size.columns)x\(size.rows)")
  }

  @Test func aLineHasThreeHonestStates() throws {
    var laptop = try Laptop()
    laptop.take(.host(.away(since: laptop.host.now)))
    laptop.type("Goed idee")
    laptop.press(.enter)
    #expect(laptop.line("Goed idee").contains("▪") && laptop.line("Goed idee").contains("hier bewaard"))
    #expect(laptop.screen.contains("geen host sinds"))
    #expect(laptop.model.note.text(table: 3).isEmpty)
    laptop.take(.host(.connected(ahead: 0)))
    try laptop.deliver()
    #expect(laptop.line("Goed idee").contains("✓") && laptop.line("Goed idee").contains("c1"))
    #expect(!laptop.screen.contains("▪"))
    #expect(laptop.screen.contains("✓ in het naslagwerk · Tafel 3"))
  }

  /// A note-taker is told of nothing that only the facilitator's console has.
  @Test(arguments: Language.allCases) func theWholePageSpeaksOfOneTable(language: Language) throws {
    let host = try Rig(size: Size(rows: 60, columns: 200), language: language)
    var model = Model(
      as: .noteTaker(table: 3), session: Session(), now: host.now, size: host.model.size, language: language)
    for occurrence in [Occurrence.lines(host.lines), .host(.connected(ahead: 0))] {
      _ = model.update(occurrence)
    }
    let screen = model.view().plainText
    #expect(screen.contains(language == .nl ? "Noteren kan al" : "Notes can be taken already"))
    for word in ["Tab ", "Alt-0", "(i)", "Spatie", "Space"] {
      #expect(!screen.contains(word), "\(word)")
    }
    try expectSnapshot(screen, "laptop.\(language).200x60")
  }

  @Test func nothingIsGivenBeforeTheKindsAreKnown() throws {
    let rig = try Rig()
    var model = Model(
      as: .noteTaker(table: 3), session: Session(), now: rig.now, size: Size(rows: 24, columns: 80),
      language: .nl)
    for key in [Key.character("a"), .character("b"), .enter] {
      #expect(model.update(.input(.key(key))).isEmpty)
    }
    #expect(model.note.text(table: 3) == "ab" && model.note.sent.isEmpty)
    #expect(model.view().plainText.contains("Het programma komt nog van de host"))
    #expect(model.update(.input(.paste("\nc\nd"))).isEmpty && model.layers.isEmpty)
    for _ in 0..<4 { _ = model.update(.input(.key(.backspace))) }
    _ = model.update(.lines(rig.lines))
    guard case .submit(_, .contribute(let new))? = model.update(.input(.key(.enter))).first else {
      Issue.record("nothing given")
      return
    }
    #expect(new.text == "ab" && new.kind == "idea")
  }

  @Test func whatIsRefusedLaterStaysAndCanBeTakenUp() throws {
    var laptop = try Laptop()
    laptop.type("Te laat")
    laptop.press(.enter)
    laptop.type("iets nieuws")
    let id = try #require(laptop.outbox.first?.id)
    laptop.take(.answer(id, .refused(Refusal.alreadyClosed.phrase, wantsYes: false)))
    #expect(laptop.line("Te laat").contains("×") && laptop.line("Te laat").contains("niet bewaard"))
    #expect(laptop.model.note.text(table: 3) == "iets nieuws")
    #expect(laptop.forgotten.isEmpty)
    // Offered anew it is kept before the old one is forgotten.
    laptop.effects = []
    laptop.press(.control("l"))
    guard case .submit(let new, _)? = laptop.effects.first else {
      Issue.record("not offered again")
      return
    }
    #expect(laptop.effects.last == .forget(id) && new != id)
    #expect(laptop.line("Te laat").contains("hier bewaard"))
  }

  @Test func changesThatAreKeptAreSeenAndBuiltUpon() throws {
    var laptop = try Laptop()
    laptop.type("Een")
    laptop.press(.enter)
    try laptop.deliver()
    laptop.take(.host(.away(since: laptop.host.now)))
    laptop.press(.controlUp, .enter)
    laptop.type(" twee")
    laptop.press(.enter)
    #expect(laptop.line("Een twee").contains("wijziging hier bewaard"))
    laptop.press(.controlUp, .enter)
    #expect(laptop.model.note.text(table: 3) == "Een twee")
    laptop.type(" drie")
    laptop.press(.enter)
    laptop.press(.controlUp, .character("*"))
    laptop.press(.escape)
    laptop.press(.control("g"))
    #expect(laptop.screen.contains("HULP gevraagd"))
    #expect(laptop.model.session.contributions[0].text == "Een")
    #expect(laptop.model.keptCount == 4)
    try laptop.deliver()
    let contribution = laptop.host.host.contributions[0]
    #expect(contribution.text == "Een twee drie" && contribution.isTop)
    #expect(laptop.host.host.help[3] != nil)
    #expect(laptop.model.keptCount == 0 && laptop.model.station.expected == nil)
    #expect(laptop.line("Een twee drie").contains("✓"))
  }

  @Test func aChangeThatIsRefusedLaterKeepsItsText() throws {
    var laptop = try Laptop()
    laptop.type("Een")
    laptop.press(.enter)
    try laptop.deliver()
    laptop.press(.controlUp, .enter)
    laptop.type(" die weggaat")
    laptop.press(.enter)
    let (id, _) = try #require(laptop.outbox.last)
    laptop.take(.answer(id, .refused(Phrase(nl: "Ingetrokken.", en: "Withdrawn."), wantsYes: false)))
    #expect(laptop.line("die weggaat").contains("niet bewaard: Ingetrokken."))
    #expect(laptop.line("Een die weggaat").contains("×"))
    laptop.press(.controlUp, .enter)
    #expect(laptop.model.note.edit?.editor.text == "Een die weggaat")
    #expect(laptop.forgotten == [id])
  }

  @Test func whatTheLaptopKeptComesBack() throws {
    var laptop = try Laptop()
    laptop.type("Een")
    laptop.press(.enter)
    try laptop.deliver()
    let contribute = NewContribution(
      table: 3, kind: "action", text: "Bel de gemeente", owner: "Jan", due: CalendarDate("2026-12-12"))
    let (a, b, c, d) = (CommandID.random(), CommandID.random(), CommandID.random(), CommandID.random())
    var again = Model(
      as: .noteTaker(table: 3), session: laptop.model.session, now: laptop.host.now,
      size: Size(rows: 24, columns: 80), language: .nl)
    let refusal = Refusal.alreadyClosed.phrase
    let done = again.restore(kept: [
      KeptCommand(id: a, command: .contribute(contribute), refusal: nil),
      KeptCommand(id: b, command: .amend(id: "c1", text: "Twee", kind: "idea"), refusal: nil),
      KeptCommand(id: c, command: .contribute(contribute), refusal: refusal),
      KeptCommand(id: d, command: .askHelp(table: 3), refusal: refusal),
    ])
    #expect(done == [d])
    laptop.model = again
    #expect(laptop.line("Twee").contains("wijziging hier bewaard"))
    #expect(laptop.screen.contains("Bel de gemeente @Jan >2026-12-12 — hier bewaard"))
    #expect(laptop.screen.contains("niet bewaard: De conferentie is afgesloten"))
    // A draft of the same line, written before the laptop kept it, does not come twice.
    laptop.model.restore(drafts: [
      "sent 0000 table-3 action": "Bel de gemeente @Jan >2026-12-12", "table-3": "half",
    ])
    #expect(laptop.model.note.sent.count == 2 && laptop.model.note.text(table: 3) == "half")
    laptop.outbox = [(a, .contribute(contribute)), (b, .amend(id: "c1", text: "Twee", kind: "idea"))]
    try laptop.deliver()
    #expect(laptop.host.host.contributions.map(\.text) == ["Twee", "Bel de gemeente"])
    #expect(laptop.model.keptCount == 0)
  }

  @Test func keptLinesAreNoDrafts() throws {
    var laptop = try Laptop()
    laptop.type("Veilig")
    laptop.press(.enter)
    laptop.type("half")
    #expect(laptop.model.drafts == ["table-3": "half"])
  }

  @Test func itStaysAtTheOwnTable() throws {
    var laptop = try Laptop()
    laptop.press(.escape, .tab, .backTab, .alt("1"), .alt("0"))
    #expect(laptop.model.focus == .note && laptop.model.noteTable == 3)
    for command in ConsoleCommand.available(in: laptop.model) {
      #expect(
        [.note, .noteLine, .everywhere].contains(command.place) || [.undo, .redo].contains(command.id))
    }
    laptop.type("x")
    laptop.press(.enter)
    guard case .contribute(let new)? = laptop.outbox.last?.command else {
      Issue.record("nothing given")
      return
    }
    #expect(new.table == 3)
    #expect(!laptop.screen.contains("Tab "))
  }

  @Test func whatItMayGiveTheHostTakes() throws {
    // Each command that the page gives is one that the host takes of a note-taker.
    var laptop = try Laptop()
    laptop.type("Een")
    laptop.press(.enter)
    laptop.type("a: Twee")
    laptop.press(.enter)
    try laptop.deliver()
    laptop.press(.control("g"))
    laptop.press(.controlUp, .character("*"), .control("x"), .controlUp, .controlDown, .enter)
    laptop.type("!")
    laptop.press(.enter)
    laptop.press(.controlUp, .control("o"))
    laptop.type("Piet > 1-2")
    laptop.press(.enter)
    let role = DeviceRole.noteTaker(table: 3)
    #expect(laptop.outbox.count >= 5)
    for (_, command) in laptop.outbox { #expect(role.mayGive(command, in: laptop.host.host)) }
    #expect(laptop.model.layers.isEmpty)
  }

  @Test func aWrongClockIsToldAndTheHostsTimeCounts() throws {
    var laptop = try Laptop()
    let host = laptop.host.now
    laptop.take(.tick(host + .minutes(61)))
    laptop.take(.host(.connected(ahead: .minutes(61))))
    #expect(laptop.screen.contains("De klok van deze laptop loopt 61 min voor"))
    laptop.take(.tick(host + .seconds(1)))
    #expect(laptop.model.now == host + .seconds(1))
    laptop.take(.host(.connected(ahead: .seconds(2))))
    laptop.take(.tick(host + .seconds(20)))
    #expect(!laptop.screen.contains("De klok van deze laptop"))
  }

  @Test func shutOutItAsksForACodeAndTypingGoesOn() throws {
    var laptop = try Laptop()
    laptop.take(.host(.shutOut(Phrase(nl: "Niet meer toegelaten.", en: "Not let in any more."))))
    laptop.type("gaat door")
    laptop.press(.enter)
    #expect(laptop.screen.contains("niet toegelaten: F12"))
    #expect(laptop.line("gaat door").contains("hier bewaard"))
    laptop.press(.function(12))
    laptop.type("bado-kitu")
    laptop.press(.enter)
    #expect(laptop.effects.last == .join("bado-kitu"))
    laptop.take(.joined(Phrase(nl: "Die code klopt niet.", en: "That code is wrong.")))
    #expect(laptop.screen.contains("Die code klopt niet."))
    laptop.take(.joined(nil))
    #expect(laptop.model.layers.isEmpty)
    laptop.take(.host(.connected(ahead: 0)))
    laptop.press(.function(12))
    #expect(laptop.model.layers.isEmpty && laptop.screen.contains("geen code nodig"))
  }

  @Test func anotherRecordBeginsAnew() throws {
    var laptop = try Laptop()
    laptop.type("Blijft hier")
    laptop.press(.enter)
    let other = try Rig()
    laptop.take(.anew(other.host))
    #expect(laptop.model.session.flow.current == nil)
    #expect(laptop.line("Blijft hier").contains("hier bewaard"))
  }

  @Test func leavingTellsWhatIsOnlyHere() throws {
    var laptop = try Laptop()
    laptop.press(.control("c"))
    #expect(laptop.screen.contains("Alles van deze tafel staat in het naslagwerk."))
    laptop.press(.escape)
    laptop.type("Een")
    laptop.press(.enter, .control("c"))
    #expect(laptop.screen.contains("1 staat alleen nog op deze laptop"))

    var console = Model(
      as: .facilitator, session: laptop.host.host, now: laptop.host.now, size: Size(rows: 24, columns: 80),
      language: .nl)
    _ = console.update(.input(.key(.character("q"))))
    #expect(console.view().plainText.contains("De conferentie loopt door op de host"))
  }
}
