import Conference
import Ground
import Screen
import Testing

@testable import Console

extension Rig {
  /// The room screen of the conference as it is now.
  func room(size: Size = Size(rows: 24, columns: 80), language: Language = .nl) -> RoomModel {
    RoomModel(session: host, now: now, size: size, language: language)
  }

  /// A conference with drawn tables whose agenda stands at an item, from 0; before the start where nil.
  static func room(at item: Int?, plan: Plan = Rig.plan) throws -> Rig {
    var rig = try Rig(plan: plan)
    try rig.draw()
    if let item { try rig.give(.move(to: plan.items[item].id, deliberate: true)) }
    return rig
  }

  /// Brings in a contribution of a table, and shows it to the room where asked.
  mutating func bring(_ text: String, table: Int? = 3, kind: String = "idea", isShown: Bool = false) throws {
    try give(.contribute(NewContribution(table: table, kind: kind, text: text)))
    if isShown { try give(.show(id: "c\(host.contributions.count)", true)) }
  }

  /// Opens a vote over two propositions that nobody was shown before.
  mutating func openVote(_ kind: Ballot.Kind = .propositions) throws {
    try bring("Eén loket per wijk is genoeg", table: nil, kind: "proposition")
    try bring("De wijkverpleegkundige hoort bij het loket", table: nil, kind: "proposition")
    try give(
      .openBallot(
        NewBallot(
          kind: kind, title: "Het loket", options: ["c1", "c2"], dots: kind == .dots ? 3 : 0, mayStack: true))
    )
  }
}

/// What the room sees on the big screen (S4.8, S4.10).
@Suite struct RoomScreenTests {
  static let sizes = SnapshotTests.sizes

  // MARK: - Which thing is on the screen when

  @Test func beforeItIsOpen() throws {
    let room = RoomModel(now: Moment(milliseconds: 0), size: Size(rows: 24, columns: 80), language: .nl)
    #expect(room.sight.picture == .notOpen)
    #expect(room.view().plainText.contains("nog niet geopend"))
  }

  @Test func beforeTheStartPeopleFindTheirTablesOnceTheyAreDrawn() throws {
    var rig = try Rig()
    #expect(rig.room().sight.picture == .welcome)
    try rig.draw()
    #expect(rig.room().sight.picture == .seats(round: 1))
  }

  /// Item by item, right at its start and after four minutes.
  ///
  /// The second round keeps its tables.
  @Test(arguments: [
    (0, RoomPicture.seats(round: 1), RoomPicture.seats(round: 1)),
    (1, .item, .item),
    (2, .seats(round: 1), .question),
    (3, .seats(round: 2), .seats(round: 2)),
    (4, .question, .question),
    (5, .report, .report),
    (6, .item, .item),
  ])
  func anItemHasItsPicture(item: Int, atFirst: RoomPicture, later: RoomPicture) throws {
    var rig = try Rig.room(at: item)
    #expect(rig.room().sight.picture == atFirst)
    rig.wait(minutes: 4)
    #expect(rig.room().sight.picture == later)
  }

  @Test func aShortRoundShowsSeatsForAFifthOfIt() throws {
    var plan = Rig.plan
    plan.items[2].seconds = 300
    var rig = try Rig.room(at: 2, plan: plan)
    rig.wait(minutes: 0, seconds: 59)
    #expect(rig.room().sight.picture == .seats(round: 1))
    rig.wait(minutes: 0, seconds: 1)
    #expect(rig.room().sight.picture == .question)
  }

  @Test func aVoteTakesTheScreenAndItsResultStaysAWhile() throws {
    var rig = try Rig.room(at: 1)
    try rig.openVote()
    #expect(rig.room().sight.picture == .ballot(id: "b1"))
    rig.wait(minutes: 30)
    #expect(rig.room().sight.picture == .ballot(id: "b1"))
    try rig.give(.closeBallot(id: "b1"))
    rig.wait(minutes: 2, seconds: 59)
    #expect(rig.room().sight.picture == .ballot(id: "b1"))
    rig.wait(minutes: 0, seconds: 1)
    #expect(rig.room().sight.picture == .item)
  }

  @Test func theNextItemAndAWithdrawalEndAVotesTime() throws {
    var rig = try Rig.room(at: 1)
    try rig.openVote()
    try rig.give(.closeBallot(id: "b1"))
    rig.wait(minutes: 0, seconds: 5)
    try rig.give(.move(to: "i3", deliberate: true))
    #expect(rig.room().sight.picture == .seats(round: 1))
    var other = try Rig.room(at: 1)
    try other.openVote()
    try other.give(.closeBallot(id: "b1"))
    try other.give(.withdrawBallot(id: "b1"))
    #expect(other.room().sight.picture == .item)
  }

  @Test func theClosingComesBeforeAll() throws {
    var rig = try Rig.room(at: 6)
    try rig.bring("Laatste woord", isShown: true)
    try rig.give(.message("Vergeet uw jas niet", tables: []))
    try rig.give(.close(deliberate: true))
    let screen = rig.room().view().plainText
    #expect(rig.room().sight.picture == .closed)
    #expect(screen.contains("Dank u wel"))
    #expect(!screen.contains("Laatste woord") && !screen.contains("jas"))
  }

  @Test func aMessageToAllIsThereForAWhile() throws {
    var rig = try Rig.room(at: 1)
    try rig.give(.message("De koffie staat klaar", tables: []))
    #expect(rig.room().view().plainText.contains("Bericht: De koffie staat klaar"))
    rig.wait(minutes: 0, seconds: 90)
    #expect(!rig.room().view().plainText.contains("koffie"))
  }

  @Test func aPauseAndTheEndOfTimeAreWords() throws {
    var rig = try Rig.room(at: 1)
    try rig.give(.pause)
    #expect(rig.room().view().plainText.contains("GEPAUZEERD"))
    try rig.give(.resume)
    rig.wait(minutes: 21)
    #expect(rig.room().view().plainText.contains("DE TIJD IS OM"))
  }

  // MARK: - What nobody may see

  /// What goes on without the room changes not one cell of its screen.
  @Test(arguments: [1, 2, 5])
  func whatIsNotReleasedChangesNothing(item: Int) throws {
    var rig = try Rig.room(at: item)
    rig.wait(minutes: 5)
    try rig.bring("Getoond aan de zaal", isShown: true)
    try rig.bring("Nog niet getoond")
    let before = rig.room().view()
    #expect(before.plainText.contains("Getoond aan de zaal"))
    try rig.bring("De wethouder luistert niet", kind: "sensitivity")
    try rig.bring("Piet belt de huisarts", kind: "action")
    try rig.give(.assignAction(id: "c1", owner: "Mens Nummer7", due: nil))
    try rig.give(.quote(id: "c1", Quote(role: "wethouder", organisation: "Noorddam")))
    try rig.give(.markSensitive(id: "c1", true))
    try rig.give(.attribute(id: "c1", group: "cliënt"))
    try rig.give(.message("Alleen voor tafel 2", tables: [2]))
    try rig.give(.askHelp(table: 4))
    try rig.give(.mark("Onrust"))
    try rig.give(.addTheme(title: "Wantrouwen", body: nil))
    #expect(rig.room().view() == before)
    #expect(RoomSight(rig.host, at: rig.now) == rig.room().sight)
  }

  @Test func anOpenVoteHidesItsCounts() throws {
    for kind in [Ballot.Kind.propositions, .dots] {
      var rig = try Rig.room(at: 1)
      try rig.openVote(kind)
      let before = rig.room().view()
      let tally = kind == .dots ? Tally(dots: 33) : Tally(agree: 33, disagree: 4, abstain: 2)
      try rig.give(.count(ballot: "b1", option: "c2", group: nil, tally, deliberate: true))
      #expect(rig.room().view() == before)
      try rig.give(.closeBallot(id: "b1"))
      #expect(rig.room().view().plainText.contains("33"))
    }
  }

  @Test func whatWasHiddenWithdrawnOrMergedIsGone() throws {
    var rig = try Rig.room(at: 1)
    for number in 1...3 { try rig.bring("Bijdrage nummer \(number)", isShown: true) }
    #expect(rig.room().sight.shown.count == 3)
    try rig.give(.show(id: "c1", false))
    try rig.give(.withdraw(id: "c2"))
    try rig.bring("Doel")
    try rig.give(.merge(id: "c3", into: "c4"))
    #expect(rig.room().sight.shown.isEmpty)
    #expect(!rig.room().view().plainText.contains("Bijdrage"))
  }

  @Test func whoIsAbsentStandsInNoList() throws {
    var rig = try Rig.room(at: nil)
    #expect(rig.room().seats?.find("nummer7").map(\.table) == [7])
    try rig.give(.leave("P7"))
    #expect(rig.room().seats?.find("nummer7") == [])
  }

  // MARK: - Snapshots

  @Test(arguments: sizes, Language.allCases)
  func mainStates(size: Size, language: Language) throws {
    func expect(_ rig: Rig, _ name: String) throws {
      let screen = rig.room(size: size, language: language).view().plainText
      try expectSnapshot(screen, "room-\(name).\(language).\(size.columns)x\(size.rows)")
    }
    try expect(Rig(), "welcome")
    try expect(.room(at: nil), "seats")
    var rig = try Rig.room(at: 1)
    rig.wait(minutes: 8)
    try rig.bring("De wijkverpleegkundige kent de mensen en weet wat er speelt", isShown: true)
    try rig.give(.message("Over vijf minuten gaan wij naar de tafels.", tables: []))
    try expect(rig, "plenary")
    rig = try .room(at: 2)
    rig.wait(minutes: 36)
    try expect(rig, "question")
    rig = try .room(at: 5)
    try rig.bring("Eén vast gezicht voor iedere cliënt", table: 4, isShown: true)
    try rig.give(.call(table: 4))
    rig.wait(minutes: 2, seconds: 40)
    try expect(rig, "report")
    try rig.give(.pause)
    try expect(rig, "paused")
    rig = try .room(at: 1)
    try rig.openVote()
    try expect(rig, "vote")
    for (option, agree) in [("c1", 31), ("c2", 12)] {
      try rig.give(
        .count(
          ballot: "b1", option: option, group: nil, Tally(agree: agree, disagree: 9, abstain: 3),
          deliberate: true))
    }
    try rig.give(.closeBallot(id: "b1"))
    try expect(rig, "result")
    try rig.give(.close(deliberate: true))
    rig.seal()
    try expect(rig, "closed")
  }

  @Test(arguments: [Size(rows: 12, columns: 40), Size(rows: 16, columns: 60), Size(rows: 5, columns: 20)])
  func smallScreens(size: Size) throws {
    var rig = try Rig.room(at: 5)
    try rig.give(.call(table: 4))
    try expectSnapshot(rig.room(size: size).view().plainText, "room-small.\(size.columns)x\(size.rows)")
    for item in 0...6 {
      let surface = try Rig.room(at: item).room(size: size).view()
      #expect(surface.size == size)
      #expect(!surface.plainText.isEmpty)
    }
  }
}

extension Rig {
  /// Seals all lines so far, as the host does after the closing.
  fileprivate mutating func seal() {
    let sha256 = String(repeating: "d1a98d66f182e59e", count: 4)
    let line = Line(
      seq: lines.count, at: now, type: "record.sealed", by: "host", cmd: CommandID(high: 2, low: 0),
      data: ["upto": .int(lines.count - 1), "sha256": .string(sha256)])
    try? host.apply(line)
  }
}
