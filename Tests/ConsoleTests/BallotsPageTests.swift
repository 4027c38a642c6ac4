import Conference
import Ground
import Screen
import Testing

@testable import Console

/// Votes by the whole room: entered by one person, hidden until closed (S3.6, wish 13).
@Suite struct BallotsPageTests {
  static let texts = [
    "Eén loket per wijk is genoeg", "De wijkverpleegkundige hoort bij het loket",
    "Wij vragen inwoners niet tweemaal hetzelfde",
  ]

  /// A console with propositions, themes and people who are here.
  private func ready(size: Size = Size(rows: 36, columns: 120), language: Language = .nl) throws -> Rig {
    var rig = try Rig(size: size, language: language)
    for text in Self.texts {
      try rig.give(.contribute(NewContribution(table: nil, kind: "proposition", text: text)))
    }
    for title in ["Toegang", "Vervoer", "Mantelzorg", "Wonen", "Geld", "Jeugd"] {
      try rig.give(.addTheme(title: title, body: nil))
    }
    for person in Rig.people.prefix(40) { try rig.give(.arrive(person.id)) }
    rig.press(.character("v"))
    return rig
  }

  /// An open vote over the three propositions; the first field is chosen.
  private func propositions(size: Size = Size(rows: 36, columns: 120), language: Language = .nl) throws -> Rig
  {
    var rig = try ready(size: size, language: language)
    rig.press(.character("s"), .enter, .enter)
    return rig
  }

  private func dots(size: Size = Size(rows: 36, columns: 120), language: Language = .nl) throws -> Rig {
    var rig = try ready(size: size, language: language)
    rig.press(.character("d"), .enter, .enter, .enter)
    return rig
  }

  // MARK: - Whole votes by keys

  @Test func aWholeVoteOverPropositions() throws {
    var rig = try propositions()
    #expect(rig.host.openBallot?.options == ["c1", "c2", "c3"])
    for number in ["21", "12", "5", "30", "2", "0", "6", "31", "3"] {
      rig.type(number)
      rig.press(.enter)
    }
    #expect(rig.host.openBallot?.counts["c1"] == ["": Tally(agree: 21, disagree: 12, abstain: 5)])
    #expect(rig.host.openBallot?.counts["c2"] == ["": Tally(agree: 30, disagree: 2)])
    // Behind the last field stands the line that closes it, and it asks first.
    rig.press(.enter)
    #expect(rig.host.openBallot != nil)
    rig.press(.character("j"))
    #expect(rig.host.openBallot == nil)
    let screen = rig.screen
    for words in [
      "eens 21", "oneens 12", "onthouden 5", "eerst aan het woord: oneens", "eerst aan het woord: eens",
    ] {
      #expect(screen.contains(words), "\(words)")
    }
  }

  @Test func aWholeDotVoteAndAgainOnTheTopHalf() throws {
    var rig = try dots()
    let ballot = try #require(rig.host.openBallot)
    #expect(ballot.options == ["t1", "t2", "t3", "t4", "t5", "t6"])
    #expect(ballot.dots == 2 && !ballot.mayStack)
    for number in ["7", "", "19", "8", "8", "1"] {
      rig.type(number)
      rig.press(.enter)
    }
    rig.press(.character("a"), .character("j"))
    let lines = rig.screen.split(separator: "\n").map(String.init)
    let order = ["Mantelzorg", "Wonen", "Geld", "Toegang", "Jeugd", "Vervoer"].compactMap { title in
      lines.firstIndex { $0.contains(title) && ($0.contains("stippen") || $0.contains("1 stip")) }
    }
    #expect(order.count == 6 && order == order.sorted())
    #expect(rig.screen.contains("0 stippen") && rig.screen.contains("1 zonder stippen"))
    rig.press(.character("r"), .enter, .enter)
    #expect(rig.host.openBallot?.options == ["t3", "t4", "t5"])
    #expect(rig.host.ballots.map(\.title) == ["Thema’s", "Thema’s, opnieuw"])
  }

  @Test func aPropositionIsTypedOnTheSpotAndAdvised() throws {
    var rig = try ready()
    rig.press(.character("s"), .character("n"))
    rig.type("Wonen en zorg horen niet bij elkaar?")
    rig.press(.enter)
    #expect(rig.host.contributions.last?.kind == "proposition" && rig.host.contributions.last?.table == nil)
    #expect(rig.screen.contains("4 van 4 gekozen"))
    for advice in PropositionAdvice.allCases { #expect(rig.screen.contains(advice.phrase.nl)) }
    // Advice is no refusal, and what it says can be mended at once.
    rig.press(.character("w"), .control("u"))
    rig.type("Wonen hoort bij zorg")
    rig.press(.enter)
    #expect(rig.host.contributions.last?.text.contains("Wonen hoort bij zorg") == true)
    rig.press(.up, .character(" "), .enter, .enter)
    #expect(rig.host.openBallot?.options == ["c1", "c2", "c4"])
    #expect(rig.model.layers.isEmpty && rig.model.ballots.draft == nil)
  }

  @Test func anEmptyPropositionStaysInItsPrompt() throws {
    var rig = try ready()
    rig.press(.character("s"), .character("n"), .enter)
    #expect(rig.screen.contains(Refusal.emptyText.phrase.nl) && rig.model.layers.count == 1)
  }

  @Test func dotsAndStackingCanBeChanged() throws {
    var rig = try ready()
    rig.press(.character("d"), .enter, .right, .right, .left, .character("o"), .enter, .enter)
    #expect(rig.host.openBallot?.dots == 3 && rig.host.openBallot?.mayStack == true)
  }

  @Test(arguments: [(1, 1), (2, 1), (3, 1), (4, 1), (5, 2), (7, 2), (8, 3), (12, 4)])
  func aThirdOfTheOptions(options: Int, dots: Int) {
    #expect(BallotDraft.proposal(options: options) == dots)
  }

  // MARK: - Hidden until closed

  @Test func onlyTheFieldBeingTypedShowsItsNumber() throws {
    var rig = try propositions()
    let numbers = ["37", "29", "38"]
    for number in numbers {
      rig.type(number)
      #expect(rig.screen.contains(number))
      rig.press(.down)
      for number in numbers { #expect(!rig.screen.contains(number), "\(number)") }
    }
    #expect(rig.host.openBallot?.countedOptions == 3)
    #expect(rig.screen.contains("✓ bij 3 van 3 ingevoerd"))
    // Whoever goes back into a field sees what stands there, and no other.
    rig.press(.up)
    #expect(rig.screen.contains("38") && !rig.screen.contains("29") && !rig.screen.contains("37"))
  }

  @Test func noSumTellsASingleHiddenNumber() throws {
    var rig = try dots()
    rig.type("33")
    rig.press(.enter)
    #expect(!rig.screen.contains("33") && !rig.screen.contains("samen"))
    rig.type("13")
    rig.press(.enter)
    #expect(rig.screen.contains("samen 46") && rig.screen.contains("40 aanwezig, hoogstens 80 stippen"))
  }

  @Test func aReplayShowsWhatWasKnownThen() throws {
    var rig = try propositions()
    rig.type("37")
    rig.press(.enter, .character("a"), .character("j"))
    var model = Model(replaying: rig.lines, size: Size(rows: 36, columns: 120), language: .nl)
    func press(_ keys: Key...) { for key in keys { #expect(model.update(.input(.key(key))).isEmpty) } }
    press(.character("v"))
    #expect(model.view().plainText.contains("eens 37"))
    press(.left)
    #expect(model.session.openBallot != nil)
    #expect(!model.view().plainText.contains("37"))
    press(.character("5"), .enter, .character("x"), .character("d"), .character("a"))
    #expect(model.layers.isEmpty && model.ballots.draft == nil && model.ballots.typed.isEmpty)
    press(.home)
    #expect(model.view().plainText.contains("nog geen stemming"))
  }

  // MARK: - Entering

  @Test func noCommandFiresAndNoTableIsChosenWhileANumberIsTyped() throws {
    var rig = try propositions()
    rig.type("3q uSxap1?:")
    #expect(rig.model.layers.isEmpty && rig.host.flow.status == .prepared && rig.model.tables.selected == 0)
    #expect(rig.screen.contains("✎ nog niet in het naslagwerk"))
    #expect(rig.host.openBallot?.counts.isEmpty == true)
    rig.press(.backspace, .tab)
    #expect(rig.host.openBallot?.counts["c1"]?[""] == Tally(agree: 3))
    rig.type("4")
    rig.press(.escape)
    #expect(rig.model.focus == .ballots && rig.model.ballots.typed.isEmpty)
    rig.press(.escape)
    #expect(rig.model.focus == .agenda)
  }

  @Test func aWrongNumberIsTypedAgainOrUndone() throws {
    var rig = try propositions()
    rig.type("12")
    rig.press(.enter, .left)
    rig.type("21")
    rig.press(.enter)
    #expect(rig.host.openBallot?.counts["c1"]?[""] == Tally(agree: 21))
    rig.press(.character("u"))
    #expect(rig.host.openBallot?.counts["c1"]?[""] == Tally(agree: 12))
    rig.press(.character("u"))
    #expect(rig.host.openBallot?.counts["c1"]?.isEmpty ?? true)
    rig.press(.character("U"))
    #expect(rig.host.openBallot?.counts["c1"]?[""] == Tally(agree: 12))
  }

  @Test func moreThanPossibleAsksOnceAndANoLeavesItInItsField() throws {
    var rig = try propositions()
    rig.type("41")
    rig.press(.enter)
    #expect(rig.screen.contains("met 40 aanwezigen zijn het er hoogstens 40"))
    rig.press(.character("n"))
    #expect(rig.host.openBallot?.counts.isEmpty == true)
    #expect(rig.model.ballots.typed.values.sorted() == ["41"] && rig.screen.contains("41"))
    rig.press(.enter, .character("j"))
    #expect(rig.host.openBallot?.counts["c1"]?[""] == Tally(agree: 41))
    #expect(rig.model.ballots.typed.isEmpty && rig.model.ballots.column == 1)
  }

  /// The disk may be slow: the next number builds on the one that is not in the record yet.
  @Test func aSlowDiskMixesNothingUp() throws {
    var rig = try propositions()
    rig.type("9")
    let (first, one) = try rig.hold(.enter)
    #expect(rig.screen.contains("…"))
    rig.type("8")
    let (second, two) = try rig.hold(.enter)
    try rig.give(one)
    rig.update(.answer(first, .inRecord))
    try rig.give(two)
    rig.update(.answer(second, .inRecord))
    #expect(rig.host.openBallot?.counts["c1"]?[""] == Tally(agree: 9, disagree: 8))
    rig.type("7")
    let (third, _) = try rig.hold(.enter)
    rig.update(.answer(third, .trouble(Phrase(same: "no disk"))))
    #expect(rig.model.ballots.typed.values.sorted() == ["7"] && rig.model.ballots.underway.isEmpty)
  }

  @Test func countsPerGroup() throws {
    var rig = try propositions()
    rig.press(.character("o"))
    rig.type("5")
    rig.press(.enter)
    let group = try #require(rig.host.groupNames.first)
    #expect(rig.host.openBallot?.counts["c1"] == [group: Tally(agree: 5)])
    // In totals they would be counted twice.
    rig.press(.character("o"))
    #expect(rig.screen.contains(BallotTexts.hasGroups.nl))
    rig.press(.down)
    rig.type("9")
    rig.press(.enter)
    #expect(rig.screen.contains("hoogstens 8"))
    rig.press(.character("n"), .escape, .character("a"), .character("j"), .character("o"))
    #expect(rig.screen.contains(group))
  }

  @Test func aVoteIsWithdrawnAndComesBack() throws {
    var rig = try propositions()
    rig.press(.character("x"), .character("j"))
    #expect(rig.host.openBallot == nil && rig.screen.contains("ingetrokken"))
    rig.press(.character("u"))
    #expect(rig.host.openBallot?.id == "b1")
    rig.press(.character("d"))
    #expect(rig.screen.contains(Refusal.ballotOpen("Stellingen").phrase.nl))
  }

  @Test func theMouseChoosesRowsAndVotes() throws {
    var rig = try dots()
    rig.press(.character("a"), .character("j"), .character("s"), .enter, .enter)
    func press(_ text: String, column: Int = 2) throws {
      let lines = rig.screen.split(separator: "\n", omittingEmptySubsequences: false)
      let row = try #require(lines.firstIndex { $0.contains(text) })
      rig.update(.input(.mouse(Mouse(row: row, column: column, kind: .press))))
    }
    try press(Self.texts[1], column: 40)
    #expect(rig.model.ballots.field(in: rig.host)?.option == "c2")
    try press("Thema’s")
    #expect(rig.model.ballots.ballot(in: rig.host)?.kind == .dots)
  }

  // MARK: - Pictures

  @Test(arguments: SnapshotTests.sizes, Language.allCases)
  func thePage(size: Size, language: Language) throws {
    let name = "\(language).\(size.columns)x\(size.rows)"
    var rig = try Rig(size: size, language: language)
    rig.press(.character("v"))
    try expectSnapshot(rig.screen, "votes-empty.\(name)")

    rig = try ready(size: size, language: language)
    rig.press(.character("s"), .down, .down)
    try expectSnapshot(rig.screen, "votes-new.\(name)")
    rig.press(.enter, .enter)
    for number in ["21", "12", "5", "30", "2"] {
      rig.type(number)
      rig.press(.enter)
    }
    rig.type("8")
    try expectSnapshot(rig.screen, "votes-open.\(name)")
    rig.press(.enter, .character("a"), .character("j"))
    try expectSnapshot(rig.screen, "votes-result.\(name)")

    rig.press(.character("d"), .enter, .enter, .enter, .character("o"))
    for number in ["7", "3", "5", "", "8", "2"] {
      rig.type(number)
      rig.press(.enter)
    }
    try expectSnapshot(rig.screen, "votes-groups.\(name)")
    rig.press(.character("a"), .character("j"))
    try expectSnapshot(rig.screen, "votes-dots.\(name)")
  }
}
