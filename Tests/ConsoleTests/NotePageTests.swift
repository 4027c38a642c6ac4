import Conference
import Ground
import Screen
import Testing

@testable import Console

/// The page on which somebody takes notes who never saw the program (S4.7).
@Suite struct NotePageTests {
  @Test(arguments: SnapshotTests.sizes, Language.allCases)
  func thePage(size: Size, language: Language) throws {
    var rig = try Self.table(size: size, language: language)
    try rig.give(.message("Nog vijf minuten: rond af", tables: []))
    try rig.give(.leave("P9"))
    try rig.give(.top(id: "c2", true))
    try rig.give(.withdraw(id: "c3"))
    try rig.give(.assignAction(id: "c4", owner: "Zoë de Ruyter", due: CalendarDate("2026-12-12")))
    rig.press(.character("n"))
    rig.type("niet te bewaren")
    let (id, _) = try rig.hold(.enter)
    rig.type("a: Eén loket, e\u{301}n dat 🙂 geldt ook voor 日本 en 👩‍👩‍👧; het is langer dan een rij ")
    rig.update(.answer(id, .trouble(Phrase(nl: "De schijf is vol.", en: "The disk is full."))))
    rig.type("van een klein scherm @Jan van Buiten >12-12")
    try expectSnapshot(rig.screen, "note.\(language).\(size.columns)x\(size.rows)")
  }

  @Test(arguments: SnapshotTests.sizes, Language.allCases)
  func aLineIsChosen(size: Size, language: Language) throws {
    var rig = try Self.table(size: size, language: language)
    rig.press(.character("n"), .up, .up)
    try expectSnapshot(rig.screen, "note-line.\(language).\(size.columns)x\(size.rows)")
  }

  @Test(arguments: Language.allCases)
  func anEmptyPageExplainsItself(language: Language) throws {
    var rig = try Rig(size: Size(rows: 24, columns: 80), language: language)
    rig.press(.character("n"))
    try expectSnapshot(rig.screen, "note-empty.\(language).80x24")
    // The way out stands at the bottom, whatever else is there.
    let hints = try #require(rig.screen.split(separator: "\n").last)
    #expect(hints.contains("Esc") && hints.contains("Enter"))
  }

  @Test(arguments: [Size(rows: 12, columns: 40), Size(rows: 12, columns: 200), Size(rows: 60, columns: 40)])
  func theFieldIsAlwaysThere(size: Size) throws {
    var rig = try Self.table(size: size)
    rig.press(.character("n"))
    for _ in 0..<30 { rig.type("veel tekst ") }
    let cursor = try #require(rig.model.view().cursor)
    #expect(rig.model.target(row: cursor.row, column: cursor.column)?.target == .noteField)
    #expect(rig.screen.contains("Tafel 3 · idee"))
  }

  // MARK: - Kinds, owners, dates

  @Test(arguments: [
    ("a: Jan belt morgen", "action", "Jan belt morgen"), ("Idee: meer bussen", "idea", "meer bussen"),
    ("question:wie?", "question", "wie?"), ("GEVOELIGHEID: stil", "sensitivity", "stil"),
    ("Vanuit de zaal: wanneer?", "idea", "Vanuit de zaal: wanneer?"), ("a://b", "idea", "a://b"),
    ("i:: dubbel", "idea", "i:: dubbel"), ("8:30 begint het", "idea", "8:30 begint het"),
  ])
  func aPrefixChoosesTheKind(typed: String, kind: String, text: String) throws {
    var rig = try Rig()
    rig.press(.character("n"))
    rig.type(typed)
    rig.press(.enter)
    #expect(rig.host.contributions.map(\.kind) == [kind])
    #expect(rig.host.contributions.map(\.text) == [text])
    // It is for this line only.
    #expect(rig.model.note.kind == "idea")
  }

  @Test func aPrefixAloneIsNoText() throws {
    var rig = try Rig()
    rig.press(.character("n"))
    rig.type("a: ")
    rig.press(.enter)
    #expect(rig.screen.contains("Er staat nog geen tekst."))
    #expect(rig.host.contributions.isEmpty && rig.model.note.text(table: 1) == "a: ")
  }

  /// S1.13: actions with owner and date.
  @Test(arguments: [
    ("a: belt @Jan >12-12", "belt", "Jan", "2026-12-12"),
    ("a: belt @Jan de Vries >12 december 2027", "belt", "Jan de Vries", "2027-12-12"),
    ("a: belt @Jan", "belt", "Jan", nil), ("a: belt >1-2", "belt", nil, "2027-02-01"),
    ("a: mail naar jan@x.nl", "mail naar jan@x.nl", nil, nil),
    ("a: 3 > 2 of niet", "3 > 2 of niet", nil, nil),
    ("a: @Jan", "@Jan", nil, nil), ("i: belt @Jan >12-12", "belt @Jan >12-12", nil, nil),
  ])
  func actionsHaveAnOwnerAndADate(typed: String, text: String, owner: String?, due: String?) throws {
    var rig = try Rig()
    rig.press(.character("n"))
    rig.type(typed)
    rig.press(.enter)
    let one = try #require(rig.host.contributions.first)
    #expect(one.text == text && one.owner == owner && one.due?.text == due)
  }

  @Test func theOwnerCanBeAsked() throws {
    var rig = try Rig()
    rig.press(.character("n"), .alt("a"))
    rig.type("bellen")
    rig.press(.control("o"))
    rig.type("Jan > morgen")
    rig.press(.enter)
    #expect(rig.screen.contains("Dat is geen datum"))
    rig.press(.control("u"))
    rig.type("Jan > 12 december")
    rig.press(.enter)
    #expect(rig.screen.contains("wie: Jan · wanneer: 12 december 2026"))
    rig.press(.enter)
    #expect(rig.host.contributions.map(\.owner) == ["Jan"])
    // Of a line that was kept as well.
    rig.press(.up, .control("o"), .control("u"))
    rig.type("Piet")
    rig.press(.enter)
    #expect(rig.host.contributions.map(\.owner) == ["Piet"])
    #expect(rig.host.contributions.map(\.due) == [nil])
  }

  // MARK: - Lines

  @Test func linesAreChangedWithdrawnMovedAndChosen() throws {
    var rig = try Rig()
    rig.press(.character("n"))
    for text in ["een", "twee", "drie"] {
      rig.type(text)
      rig.press(.enter)
    }
    rig.type("half")
    rig.press(.controlUp, .enter)
    rig.type(" anders")
    rig.press(.enter)
    #expect(rig.host.contributions.map(\.text) == ["een", "twee", "drie anders"])
    #expect(rig.model.focus == .note && rig.model.note.text(table: 1) == "half")
    rig.press(.controlUp, .up, .character("*"), .control("x"))
    #expect(rig.host.contributions[1].isTop && rig.host.contributions[1].isWithdrawn)
    rig.press(.delete, .controlUp)
    #expect(!rig.host.contributions[1].isWithdrawn)
    #expect(rig.host.contributions(ofTable: 1).map(\.id) == ["c2", "c1", "c3"])
    rig.press(.controlDown, .controlDown)
    #expect(rig.host.contributions(ofTable: 1).map(\.id) == ["c1", "c3", "c2"])
    // Who types is back in the field; Esc only leaves the line.
    rig.type("!")
    #expect(rig.model.note.text(table: 1) == "half!" && rig.model.note.line == nil)
    rig.press(.controlUp, .escape)
    #expect(rig.model.focus == .note && rig.model.note.line == nil)
    rig.press(.controlUp, .down)
    #expect(rig.model.note.line == nil)
  }

  @Test func aChangeThatIsLeftCanBePutBack() throws {
    var rig = try Rig()
    try rig.give(.contribute(NewContribution(table: 1, kind: "idea", text: "oud")))
    rig.press(.character("n"), .up, .enter)
    rig.type(" en nieuw")
    rig.press(.escape, .control("v"))
    #expect(rig.model.note.text(table: 1) == "oud en nieuw")
    #expect(rig.host.contributions.map(\.text) == ["oud"])
  }

  @Test func helpIsAskedFromThePage() throws {
    var rig = try Rig()
    rig.press(.character(" "), .character("4"), .character("n"), .control("g"))
    #expect(rig.host.help[4] != nil)
    #expect(rig.screen.contains("! HULP gevraagd"))
    rig.press(.control("g"))
    #expect(rig.host.help.isEmpty)
    rig.press(.alt("0"), .control("g"))
    #expect(rig.host.help.isEmpty)
  }

  @Test func oneKeyGoesToATable() throws {
    var rig = try Rig()
    rig.press(.character("n"))
    rig.type("een")
    rig.press(.alt("6"))
    rig.type("zes")
    rig.press(.enter, .alt("0"))
    rig.type("zaal")
    rig.press(.enter, .alt("9"), .alt("1"))
    #expect(rig.host.contributions.map(\.table) == [6, nil])
    #expect(rig.model.note.text(table: rig.model.noteTable) == "een")
  }

  @Test func newLinesAndTheClipboard() throws {
    var rig = try Rig()
    rig.press(.character("n"))
    rig.type("een")
    rig.press(.alt("\r"))
    rig.type("twee")
    rig.press(.control("j"), .backspace, .shift(.controlHome), .alt("w"), .tab, .control("v"))
    #expect(rig.model.note.text(table: 1) == "een\ntwee")
    #expect(rig.model.note.text(table: 2) == "een\ntwee")
    rig.press(.enter)
    #expect(rig.host.contributions.map(\.text) == ["een\ntwee"])
  }

  // MARK: - The mouse

  @Test func theMouseSetsTheCursorAndSelects() throws {
    var rig = try Rig(size: Size(rows: 24, columns: 80))
    rig.press(.character("n"))
    rig.type("een twee")
    let cursor = try #require(rig.model.view().cursor)
    rig.update(.input(.mouse(Mouse(row: cursor.row, column: cursor.column - 8, kind: .press))))
    rig.update(.input(.mouse(Mouse(row: cursor.row, column: cursor.column - 4, kind: .drag))))
    rig.type("t")
    #expect(rig.model.note.text(table: 1) == "ttwee")
  }

  // MARK: - Pastes

  @Test func aPasteBecomesAContributionForEachLine() throws {
    var rig = try Rig()
    rig.press(.character("n"))
    rig.type("half")
    rig.update(.input(.paste("- een\r\n\n2. a: twee\u{1B}[31m\n• drie\n1.5 euro")))
    #expect(rig.screen.contains("Elke regel een bijdrage: 4 bijdragen"))
    rig.press(.enter)
    #expect(rig.host.contributions.map(\.text) == ["een", "twee[31m", "drie", "1.5 euro"])
    #expect(rig.host.contributions.map(\.kind) == ["idea", "action", "idea", "idea"])
    #expect(rig.model.note.text(table: 1) == "half")
  }

  @Test func aPasteCanStayOneAndIsNeverLost() throws {
    var rig = try Rig()
    rig.press(.character("n"))
    rig.update(.input(.paste("een\r\ntwee\u{1B}[31m\ndrie")))
    rig.press(.down, .enter, .enter)
    #expect(rig.host.contributions.map(\.text) == ["een\ntwee[31m\ndrie"])
    rig.update(.input(.paste("vier\nvijf")))
    rig.press(.escape, .control("v"))
    #expect(rig.model.note.text(table: 1) == "vier\nvijf")
  }

  @Test func aHundredLinesOfWhichOneIsRefused() throws {
    var rig = try Rig()
    rig.press(.character("n"))
    let lines = (1...100).map { $0 == 42 ? String(repeating: "lang ", count: 3000) + "42" : "regel \($0)" }
    rig.update(.input(.paste(lines.joined(separator: "\n"))))
    rig.press(.enter)
    #expect(rig.host.contributions.map(\.text) == lines.filter { $0.count < 100 })
    #expect(rig.model.note.text(table: 1) == lines[41])
    #expect(rig.screen.contains("niet bewaard: De tekst is te lang"))
  }

  // MARK: - The truth about each line

  @Test func answersComeLateAndInAnyOrder() throws {
    var rig = try Rig()
    rig.press(.character("n"))
    var given: [(CommandID, Command)] = []
    for text in ["een", "twee", "drie"] {
      rig.type(text)
      given.append(try rig.hold(.enter))
    }
    #expect(rig.screen.contains("… 3 onderweg"))
    rig.type("vier")
    rig.update(.answer(given[2].0, .refused(Phrase(same: "daarom"), wantsYes: false)))
    #expect(rig.screen.contains("drie — niet bewaard: daarom"))
    #expect(rig.model.note.text(table: 1) == "vier")
    // The line is in the record before its answer: it stands there once.
    try rig.give(given[1].1, id: given[1].0)
    #expect(rig.model.noteLines.count == 3)
    try rig.give(given[0].1, id: given[0].0)
    rig.update(.answer(given[0].0, .inRecord))
    rig.update(.answer(given[1].0, .inRecord))
    #expect(rig.host.contributions.map(\.text) == ["twee", "een"])
    #expect(!rig.screen.contains("onderweg"))
    rig.press(.control("l"))
    #expect(rig.host.contributions.map(\.text) == ["twee", "een", "drie"])
    #expect(rig.model.note.sent.isEmpty)
  }

  @Test func aRefusedTextComesBackToAFieldThatIsFree() throws {
    var rig = try Rig()
    rig.press(.character("n"), .alt("m"))
    rig.type("eerste")
    let (id, _) = try rig.hold(.enter)
    rig.press(.alt("i"))
    rig.update(.answer(id, .refused(Phrase(same: "nee"), wantsYes: false)))
    // The kind that it had comes back with it.
    #expect(rig.model.note.text(table: 1) == "mening: eerste")
    rig.press(.enter)
    #expect(rig.host.contributions.map(\.kind) == ["opinion"])
  }

  @Test func aLineThatWasNotKeptComesBackByHand() throws {
    var rig = try Rig()
    rig.press(.character("n"))
    rig.type("eerste")
    let (id, _) = try rig.hold(.enter)
    rig.type("tweede")
    rig.update(.answer(id, .trouble(Phrase(same: "vol"))))
    rig.press(.controlUp, .enter)
    #expect(rig.model.note.text(table: 1) == "eerste\ntweede")
    rig.press(.escape, .character("q"))
    #expect(rig.screen.contains("Tafel 1"))
  }

  // MARK: - Drafts

  @Test func whatIsHalfTypedComesBackAndWhatWasKeptDoesNot() throws {
    var rig = try Rig()
    rig.press(.character("n"))
    rig.type("a: bewaard @Jan")
    let typed = rig.model.drafts
    let (id, command) = try rig.hold(.enter)
    let sent = rig.model.drafts
    #expect(sent == ["sent 0000 table-1 idea": "a: bewaard @Jan"])
    rig.press(.tab)
    rig.type("half")
    let half = rig.model.drafts
    var lost = rig.model
    lost = Model(session: rig.host, now: rig.now, size: rig.model.size, language: .nl)
    lost.restore(drafts: half)
    #expect(lost.note.text(table: 2) == "half")
    #expect(lost.note.sent.map(\.typed) == ["a: bewaard @Jan"])
    try rig.give(command, id: id)
    rig.update(.answer(id, .inRecord))
    #expect(rig.model.drafts == ["table-2": "half"])
    // Killed between the record and the drafts: the old drafts meet the new record.
    for old in [typed, sent] {
      var again = Model(session: rig.host, now: rig.now, size: rig.model.size, language: .nl)
      again.restore(drafts: old)
      #expect(again.drafts.isEmpty, "\(old)")
    }
  }

  /// Whatever is pressed and however the host answers: a line is in the record, on its way, or in sight.
  @Test func randomKeysNeverLoseALine() throws {
    let keys: [Key] = [
      .escape, .tab, .backTab, .up, .down, .controlUp, .controlDown, .control("x"),
      .control("l"), .alt("2"), .alt("0"), .alt("g"), .control("t"), .control("g"),
      .character("*"), .character("n"),
    ]
    for seed in UInt64(1)...6 {
      var random = SplitMix64(seed: seed)
      var rig = try Rig(size: Size(rows: 24, columns: 80))
      var waiting: [(CommandID, Command)] = []
      var typed: [String] = []
      rig.press(.character("n"))
      for step in 0..<150 {
        if Int.random(in: 0..<3, using: &random) == 0, rig.model.focus == .note, rig.model.layers.isEmpty,
          rig.model.note.edit == nil
        {
          rig.model.note.line = nil
          let text = "regel \(seed).\(step)."
          rig.press(.controlEnd)
          rig.type(text)
          typed.append(text)
          let effects = rig.model.update(.input(.key(.enter)))
          for case .submit(let id, let command) in effects { waiting.append((id, command)) }
        } else {
          let key = keys.randomElement(using: &random) ?? .escape
          // In the field a character would stand between those of a line that came back.
          let isTyping = rig.model.focus == .note && rig.model.note.line == nil
          if case .character = key, isTyping { continue }
          rig.press(key)
        }
        if !waiting.isEmpty, Bool.random(using: &random) {
          let (id, command) = waiting.remove(at: Int.random(in: 0..<waiting.count, using: &random))
          if Int.random(in: 0..<3, using: &random) == 0 {
            rig.update(.answer(id, .trouble(Phrase(same: "vol"))))
          } else {
            try rig.give(command, id: id)
            rig.update(.answer(id, .inRecord))
          }
        }
        let kept = rig.host.contributions.map(\.text)
        let seen = (kept + rig.model.drafts.values).joined(separator: "\n")
        for text in typed { #expect(seen.contains(text), "\(text) lost: seed \(seed), step \(step)") }
      }
    }
  }

  // MARK: -

  /// Table 3 in its first breakout, with lines of every sort.
  private static func table(size: Size, language: Language = .nl) throws -> Rig {
    var rig = try Rig(size: size, language: language)
    try rig.draw()
    for _ in 0..<3 { try rig.give(.advance) }
    rig.wait(minutes: 6)
    let texts = [
      (
        "idea",
        "De wijkverpleegkundige kent de mensen en weet wat er speelt; geef haar de ruimte om te doen wat nodig is"
      ),
      ("opinion", "Geen “loket” maar een mens 🙂 zegt 日本"), ("sensitivity", "Buurgemeente dreigt met vertrek"),
      ("action", "Zoë belt de gemeente"), ("quote", "Ik word eindelijk\ngehoord 👩‍👩‍👧 e\u{301}"),
    ]
    for (kind, text) in texts { try rig.give(.contribute(NewContribution(table: 3, kind: kind, text: text))) }
    rig.press(.character("3"))
    return rig
  }
}
