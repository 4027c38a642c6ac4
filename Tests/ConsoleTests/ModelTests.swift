import Conference
import Ground
import Screen
import Testing

@testable import Console

@Suite struct ModelTests {
  @Test func aWholeDayByKeys() throws {
    var rig = try Rig()
    try rig.draw()
    for item in Rig.plan.items {
      rig.press(.character(" "))
      #expect(rig.host.currentItem?.id == item.id)
      rig.wait(minutes: item.seconds / 60)
    }
    rig.press(.character(" "))
    #expect(rig.host.flow.status == .running)
    rig.press(.character("j"))
    #expect(rig.host.flow.status == .closed)
    #expect(rig.screen.contains("Afgesloten"))
  }

  @Test func aNoteIsKeptForTheChosenTable() throws {
    var rig = try Rig()
    rig.press(.character("3"), .character("n"))
    rig.type("Eén idee — “zó”")
    #expect(rig.host.contributions.isEmpty)
    rig.press(.enter)
    #expect(rig.host.contributions.map(\.text) == ["Eén idee — “zó”"])
    #expect(rig.host.contributions.map(\.table) == [3])
    #expect(rig.screen.contains("✓ in het naslagwerk · Tafel 3"))
    #expect(rig.model.note.drafts[3] == nil)
  }

  /// Wish 12: keys must not fire while typing.
  @Test func noCommandFiresWhileTyping() throws {
    var rig = try Rig()
    rig.press(.character("n"))
    rig.type("q p S u x t 123 ?")
    #expect(rig.host.flow.status == .prepared)
    #expect(rig.model.layers.isEmpty)
    #expect(rig.effects.allSatisfy { if case .submit = $0 { false } else { true } })
    rig.press(.enter)
    #expect(rig.host.contributions.map(\.text) == ["q p S u x t 123 ?"])
  }

  @Test func switchingTablesLosesNothing() throws {
    var rig = try Rig()
    rig.press(.character("1"), .character("n"))
    rig.type("voor een")
    rig.press(.tab)
    rig.type("voor twee")
    rig.press(.backTab)
    #expect(rig.screen.contains("voor een"))
    rig.press(.escape)
    rig.press(.character("2"), .character("n"), .enter)
    #expect(rig.host.contributions.map(\.text) == ["voor twee"])
    rig.press(.backTab, .enter)
    #expect(rig.host.contributions.map(\.table) == [2, 1])
  }

  @Test func kindsAreChosenByKey() throws {
    var rig = try Rig()
    rig.press(.character("n"), .alt("g"))
    rig.type("gevoelig")
    rig.press(.enter, .control("t"))
    rig.type("stelling")
    rig.press(.enter)
    #expect(rig.host.contributions.map(\.kind) == ["sensitivity", "proposition"])
  }

  @Test func anEmptyNoteIsRefusedInWords() throws {
    var rig = try Rig()
    rig.press(.character("n"), .enter)
    #expect(rig.screen.contains("niet bewaard: Er staat nog geen tekst."))
  }

  /// The field is emptied only when the line is in the record.
  @Test func aRefusedNoteStaysInTheField() throws {
    var rig = try Rig()
    rig.press(.character("n"))
    rig.update(.input(.paste(String(repeating: "lang ", count: 3000))))
    rig.press(.enter)
    #expect(rig.host.contributions.isEmpty)
    #expect(rig.screen.contains("te lang"))
    #expect(rig.model.note.drafts[1]?.text.count == 15_000)
  }

  @Test func aFullDiskIsSaidAndTheTextStays() throws {
    var rig = try Rig()
    rig.press(.character("n"))
    rig.type("belangrijk")
    let (id, _) = try rig.hold(.enter)
    rig.update(.answer(id, .trouble(Phrase(nl: "De schijf is vol.", en: "The disk is full."))))
    #expect(rig.screen.contains("!! De schijf is vol."))
    #expect(rig.screen.contains("belangrijk"))
    rig.press(.escape, .function(9))
    rig.type("/mnt/usb/record.jsonl")
    rig.press(.enter)
    #expect(rig.effects.contains(.continueElsewhere("/mnt/usb/record.jsonl")))
    rig.update(.answer(.random(), .refused(Phrase(same: "Dat bestaat al."), wantsYes: false)))
    #expect(rig.screen.contains("Dat bestaat al."))
    rig.update(.answer(.random(), .inRecord))
    #expect(!rig.screen.contains("!!"))
    rig.press(.character("n"), .enter)
    #expect(rig.host.contributions.map(\.text) == ["belangrijk"])
  }

  @Test func anyCommandThatWorksEndsTheAlarm() throws {
    var rig = try Rig()
    rig.update(.answer(.random(), .trouble(Phrase(same: "bijna vol"))))
    rig.press(.character(" "))
    #expect(rig.model.trouble == nil)
  }

  @Test func aDoubleEnterKeepsOnce() throws {
    var rig = try Rig()
    rig.press(.character("n"))
    rig.type("eerste")
    let (id, command) = try rig.hold(.enter)
    rig.effects = []
    rig.press(.enter)
    #expect(rig.effects.isEmpty)
    rig.type("tweede")
    try rig.give(command)
    rig.update(.answer(id, .inRecord))
    #expect(rig.model.note.drafts[1]?.text == "tweede")
    #expect(rig.host.contributions.map(\.text) == ["eerste"])
  }

  @Test func changingAContributionTouchesNoDraft() throws {
    var rig = try Rig()
    try rig.give(.contribute(NewContribution(table: 1, kind: "quote", text: "oud")))
    rig.press(.character("n"))
    rig.type("half getypt")
    rig.press(.escape)
    rig.model.focus = .contributions
    rig.press(.enter)
    rig.type("er")
    let (id, command) = try rig.hold(.enter)
    rig.press(.escape, .character("n"))
    try rig.give(command)
    rig.update(.answer(id, .inRecord))
    #expect(rig.host.contributions[0].text == "ouder")
    #expect(rig.model.note.drafts[1]?.text == "half getypt")
    #expect(rig.model.note.kind == "idea")
    #expect(rig.model.focus == .note)
  }

  @Test func leavingWithTextThatWasNotKeptAsks() throws {
    var rig = try Rig()
    rig.press(.character("n"))
    rig.type("niet bewaard")
    rig.press(.escape, .character("q"))
    #expect(!rig.effects.contains(.quit))
    #expect(rig.screen.contains("Tafel 1"))
  }

  @Test func aKeyThatBouncesStartsOneItem() throws {
    var rig = try Rig()
    let (first, command) = try rig.hold(.character(" "))
    let (second, again) = try rig.hold(.character(" "))
    #expect(first != second && command == again)
    try rig.give(command)
    #expect(throws: Refusal.self) { try rig.give(again) }
    #expect(rig.host.flow.visits.count == 1)
  }

  /// A slip with `u` must not throw a hall of fifty back to an earlier item.
  @Test func anUndoThatMovesTheAgendaAsks() throws {
    var rig = try Rig()
    rig.press(.character(" "), .character(" "), .character("u"))
    #expect(rig.host.currentItem?.id == "i2")
    #expect(rig.screen.contains("terug naar ‘Inloop’"))
    rig.press(.character("n"), .character("u"), .character("j"))
    #expect(rig.host.currentItem?.id == "i1")
    rig.press(.character("+"), .character("u"))
    #expect(rig.model.layers.isEmpty)
    #expect(rig.host.plannedLength(of: 0) == .minutes(15))
  }

  @Test func enterIsNoYes() throws {
    var rig = try Rig()
    rig.press(.character(" "), .down, .down, .down, .enter, .enter)
    #expect(rig.host.flow.current == 0)
    #expect(rig.screen.contains("overslaan"))
  }

  @Test func aRefusedPromptKeepsItsText() throws {
    var rig = try Rig()
    rig.press(.character("i"), .control("n"))
    rig.type("Mens Nummer1; Organisatie 1")
    rig.press(.enter)
    #expect(rig.screen.contains("staat al op de lijst"))
    #expect(rig.screen.contains("Mens Nummer1; Organisatie 1"))
    rig.type(" BV")
    rig.press(.enter)
    #expect(rig.model.layers.isEmpty)
    #expect(rig.host.participants.count == 51)
  }

  @Test func leavingTheOrderAsksAndANoChangesNothing() throws {
    var rig = try Rig()
    rig.press(.character(" "), .down, .down, .down, .enter)
    #expect(rig.screen.contains("overslaan"))
    rig.press(.character("n"))
    #expect(rig.host.currentItem?.id == "i1")
    rig.press(.enter, .character("j"))
    #expect(rig.host.currentItem?.id == "i4")
  }

  @Test func escapeAlwaysGoesBack() throws {
    var rig = try Rig()
    rig.press(.character("?"), .escape, .character("m"), .escape, .character("i"), .escape)
    #expect(rig.model.layers.isEmpty)
    #expect(rig.model.focus == .agenda)
    #expect(rig.host.lastSeq == rig.model.session.lastSeq)
  }

  @Test func extendPauseMessageAndUndo() throws {
    var rig = try Rig()
    rig.press(.character(" "), .character("e"))
    rig.type("vijf")
    rig.press(.enter)
    #expect(rig.screen.contains("Typ een getal"))
    rig.press(.control("u"))
    rig.type("5")
    rig.press(.enter)
    #expect(rig.host.plannedLength(of: 0) == .minutes(20))
    rig.press(.character("p"))
    #expect(rig.screen.contains("‖ GEPAUZEERD"))
    rig.press(.character("p"), .character("+"), .character("-"), .character("m"))
    rig.type("Nog even")
    rig.press(.enter)
    #expect(rig.host.messages.map(\.text) == ["Nog even"])
    rig.press(.character("u"), .character("u"))
    #expect(rig.host.plannedLength(of: 0) == .minutes(20))
    rig.press(.character("U"))
    #expect(rig.host.plannedLength(of: 0) == .minutes(21))
  }

  @Test func checkingPeopleIn() throws {
    var rig = try Rig()
    rig.press(.character("i"), .enter, .enter, .control("x"), .control("n"))
    rig.type("Nieuw Mens; Eigen Zaak; cliënt; Noorddam")
    rig.press(.enter)
    #expect(rig.host.presence(of: "P1") == .present)
    #expect(rig.host.presence(of: "P3") == .absent)
    #expect(rig.host.participants.last?.organisation == "Eigen Zaak")
    // Wish 12: what one types looks a name up here, whatever it holds.
    rig.effects = []
    rig.type("nummer41")
    #expect(rig.effects.isEmpty && rig.model.layers.isEmpty)
    #expect(rig.model.people.person(in: rig.host)?.id == "P41")
    rig.press(.enter)
    #expect(rig.host.presence(of: "P41") == .present)
    rig.type("jan de vries-2?q")
    rig.press(.escape, .escape)
    #expect(rig.model.focus == .agenda)
  }

  /// At the door a name is typed in a hurry: who presses Enter means that person and nobody else.
  @Test func aNameThatIsNotThereChecksNobodyIn() throws {
    var rig = try Rig()
    rig.press(.character("i"), .down)
    rig.type("nummer7zz")
    #expect(rig.screen.contains("niemand gevonden"))
    let before = rig.host
    rig.press(.enter, .control("x"))
    #expect(rig.host == before)
    #expect(rig.screen.contains("Niemand heet zo"))
    // Who is not there is added with what was typed.
    rig.press(.control("n"), .enter)
    #expect(rig.host.participants.last?.name == "nummer7zz")
    #expect(rig.model.people.query.isEmpty)
  }

  @Test func aNameIsFoundWithoutItsAccentsAndInAnyOrder() throws {
    var rig = try Rig()
    for name in ["Jan Roodé", "Zoë van Çelik", "Rob Anders", "Anna Zoeteman"] {
      try rig.give(.register(name: name, organisation: nil, group: nil, municipality: nil))
    }
    func chosen(_ query: String) -> String? {
      rig.press(.escape)
      if rig.model.focus != .people { rig.press(.character("i")) }
      rig.type(query)
      return rig.model.people.person(in: rig.host)?.name
    }
    rig.press(.character("i"), .character("x"))
    #expect(chosen("roode") == "Jan Roodé")
    #expect(chosen("CEL zo") == "Zoë van Çelik")
    // A word that begins so goes before a part of one.
    #expect(chosen("an") == "Rob Anders")
    #expect(rig.screen.contains("· 4 gevonden"))
    // The arrows go to the others that have it.
    #expect(chosen("zo") == "Zoë van Çelik")
    #expect(rig.screen.contains("2 gevonden"))
    rig.press(.down)
    #expect(rig.model.people.person(in: rig.host)?.name == "Anna Zoeteman")
    rig.press(.down)
    #expect(rig.model.people.person(in: rig.host)?.name == "Anna Zoeteman")
    rig.press(.up, .control("x"))
    #expect(
      rig.host.participants.filter { rig.host.presence(of: $0.id) == .absent }.map(\.name) == [
        "Zoë van Çelik"
      ])
    // What a scanner or the clipboard gives counts as typed.
    rig.update(.input(.paste("ÇELIK\n")))
    #expect(rig.model.people.person(in: rig.host)?.name == "Zoë van Çelik")
  }

  @Test func warningsRingAndFlashOnce() throws {
    var rig = try Rig()
    rig.press(.character(" "))
    rig.effects = []
    rig.wait(minutes: 10)
    rig.wait(minutes: 0, seconds: 1)
    #expect(rig.effects == [.bell])
    rig.wait(minutes: 5)
    rig.wait(minutes: 0, seconds: 1)
    #expect(rig.effects == [.bell, .bell, .flash])
    #expect(rig.screen.contains("tijd is om"))
  }

  @Test func themesAreMadeByName() throws {
    var rig = try Rig()
    rig.press(.character("n"))
    rig.type("een")
    rig.press(.enter)
    rig.type("twee")
    rig.press(.enter, .escape, .character("b"), .character("#"))
    rig.type("Samenwerken")
    rig.press(.enter, .down, .character("#"))
    rig.type("samenwerken")
    rig.press(.enter)
    #expect(rig.host.themes.map(\.title) == ["Samenwerken"])
    #expect(rig.host.contributions.map(\.theme) == ["t1", "t1"])
  }

  @Test func finishingOnTimeProposesAndDoesItOnAYes() throws {
    var rig = try Rig()
    rig.press(.character(" "))
    rig.wait(minutes: 45)
    rig.press(.character("f"))
    #expect(rig.screen.contains("Op tijd eindigen"))
    rig.press(.character("n"))
    #expect(rig.host.flow.extensions.isEmpty)
    rig.press(.character("f"), .character("j"))
    #expect(!rig.host.flow.extensions.isEmpty)
  }

  @Test func leavingWhileItRunsAsks() throws {
    var rig = try Rig()
    rig.press(.character(" "), .character("q"))
    #expect(!rig.effects.contains(.quit))
    rig.press(.character("j"))
    #expect(rig.effects.contains(.quit))
  }

  /// The hardware cursor stands on the focused item, always.
  @Test func theCursorFollowsTheFocus() throws {
    var rig = try Rig()
    try rig.draw()
    for _ in 0..<5 {
      #expect(rig.model.view().cursor != nil, "\(rig.model.focus)")
      rig.press(.tab)
    }
    rig.press(.escape)
    for key in ["i", "?", "m", "q"] {
      rig.press(.escape, .character(Character(key)))
      #expect(rig.model.view().cursor != nil, "\(key)")
    }
  }

  @Test func anyKeysInAnyOrderNeverLoseAKeptLine() throws {
    let keys: [Key] = [
      .enter, .escape, .tab, .backTab, .up, .down, .left, .right, .pageUp, .pageDown, .home, .end,
      .backspace, .delete, .control("t"), .control("r"), .control("k"), .alt("m"), .function(1),
    ]
    for seed in UInt64(1)...8 {
      var random = SplitMix64(seed: seed)
      var rig = try Rig(size: Size(rows: 24, columns: 80))
      try rig.draw()
      var kept = 0
      for step in 0..<200 {
        if Int.random(in: 0..<40, using: &random) == 0 { rig.wait(minutes: 3) }
        let letter = Character(UnicodeScalar(UInt8.random(in: 32...126, using: &random)))
        rig.press(
          Bool.random(using: &random)
            ? .character(letter) : keys.randomElement(using: &random) ?? .escape)
        #expect(rig.host.contributions.count >= kept, "seed \(seed) step \(step)")
        kept = rig.host.contributions.count
        #expect(rig.model.view().size == rig.model.size)
      }
      #expect(rig.model.session == rig.host, "seed \(seed)")
    }
  }
}
