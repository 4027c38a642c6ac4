import Conference
import Ground
import Screen
import Testing

@testable import Console

/// The traject so far, on the page of who sits where (S0.4, S1.1).
@Suite struct EarlierMeetingsTests {
  /// Two meetings: at the first everyone but P50, at the second ten people; P1 met P8 at both.
  private static let meetings = [
    EarlierMeeting(
      id: "a", title: "Ontwerpatelier", date: CalendarDate("2026-05-16"), lines: 900, hash: "h",
      rounds: (1...2).map { round in
        .init(
          number: round,
          tables: (1...7).map { table in
            SeatedTable(
              number: table,
              people: (1...49).filter { ($0 * round + $0 / 7) % 7 + 1 == table }.map { "P\($0)" })
          })
      }),
    EarlierMeeting(
      id: "b", title: "Ontwerpatelier", date: CalendarDate("2026-06-04"), lines: 900, hash: "h",
      rounds: [
        .init(
          number: 1,
          tables: [
            SeatedTable(number: 1, people: ["P1", "P8", "P15", "P22"]),
            SeatedTable(number: 2, people: ["P2"]),
          ])
      ]),
  ]

  private func rig(
    size: Size = Size(rows: 36, columns: 120), language: Language = .nl,
    earlier: [EarlierMeeting] = EarlierMeetingsTests.meetings
  ) throws -> Rig {
    var rig = try Rig(size: size, language: language, earlier: earlier)
    try rig.draw()
    rig.press(.character("s"))
    return rig
  }

  @Test(arguments: SnapshotTests.sizes, Language.allCases)
  func theMeetingsAndWhomThePersonMet(size: Size, language: Language) throws {
    var rig = try rig(size: size, language: language)
    rig.press(.right, .character("E"))
    try expectSnapshot(rig.screen, "earlier.\(language).\(size.columns)x\(size.rows)")
  }

  @Test func withoutAPersonItSaysHowToChooseOne() throws {
    var rig = try rig()
    rig.press(.character("E"))
    #expect(rig.screen.contains("· Ontwerpatelier · 16 mei 2026 · 49 van 50 zaten er aan tafel · 2 rondes"))
    #expect(rig.screen.contains("Kies bij de zitplaatsen een mens"))
    rig.press(.escape)
    #expect(rig.model.layers.isEmpty)
  }

  @Test func whoWasNotThereAndWhoMetNobody() throws {
    let met = EarlierMeeting(
      id: "a", title: "Atelier", date: nil, lines: 1, hash: "h",
      rounds: [.init(number: 1, tables: [.init(number: 1, people: ["P1"])])])
    for (person, words) in [
      ("P1", "Atelier: niemand van vandaag"), ("P8", "Atelier: zat daar niet aan tafel"),
    ] {
      var rig = try rig(earlier: [met])
      rig.press(.character("1"), .right)
      rig.model.seating.person = person
      rig.press(.character("E"))
      #expect(rig.screen.contains(words))
    }
  }

  @Test func aConferenceByItselfSaysSo() throws {
    var rig = try rig(earlier: [])
    rig.press(.character("E"))
    #expect(rig.model.layers.isEmpty)
    #expect(rig.screen.contains("Er zijn geen eerdere bijeenkomsten ingelezen"))
  }

  /// The page itself counts them too, and says where it was.
  @Test func thePageNamesTheMeetingAtWhichPeopleMet() throws {
    var rig = try rig(earlier: [Self.meetings[1]])
    rig.press(.character("1"), .right)
    rig.model.seating.person = "P1"
    #expect(rig.screen.contains("trof er 3"))
    #expect(rig.screen.contains("trof eerder Mens Nummer8"))
    #expect(rig.screen.contains("(Ontwerpatelier)."))
  }

  @Test func meetingsOfOneTitleAreToldApart() throws {
    let rig = try rig()
    #expect(
      rig.host.earlierLabels(.nl) == ["Ontwerpatelier, 16 mei 2026", "Ontwerpatelier, 4 juni 2026"])
    var twins = Self.meetings
    twins[1].date = twins[0].date
    #expect(
      try self.rig(earlier: twins).host.earlierLabels(.en) == ["Ontwerpatelier, 1", "Ontwerpatelier, 2"])
  }
}
