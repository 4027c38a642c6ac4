import Conference
import Ground
import Screen
import Testing

@testable import Console

/// Find your name: pages that turn, a search, long names and large halls (S0.5, S4.9).
@Suite struct RoomSeatsTests {
  /// A room screen before the start of a conference for so many people.
  private func hall(
    people count: Int, tables: Int, size: Size = Size(rows: 24, columns: 80), name: (Int) -> String
  ) throws -> RoomModel {
    var plan = Rig.plan
    plan.tables = (1...tables).map { Table(number: $0, seats: 12) }
    let people = (1...count).map { Participant(id: "P\($0)", name: name($0), organisation: "Org \($0 % 5)") }
    let start = try #require(Moment(rfc3339: "2026-11-21T12:00:00.000Z"))
    var session = Session()
    func give(_ command: Command, by: String) throws {
      for event in try session.decide(command, at: start, by: by) {
        let draft = event.draft
        try session.apply(
          Line(
            seq: session.lastSeq + 1, at: start, type: draft.type, by: by, cmd: CommandID(high: 1, low: 1),
            data: draft.data))
      }
    }
    let zone = Zone(name: "Europe/Amsterdam", offset: 3600)
    try give(.open(Opening(plan: plan, participants: people, survey: [], zone: zone)), by: "host")
    let drawing = RoundSeating.Drawing(engine: "deal", seed: 1, effort: 0, score: [], rules: MixingRules())
    let seats = Dictionary(grouping: people.indices, by: { $0 % tables + 1 }).mapValues {
      $0.map { people[$0].id }
    }
    try give(.seat([DrawnRound(round: 1, drawing: drawing, tables: seats)]), by: "facilitator")
    return RoomModel(session: session, now: start, size: size, language: .nl)
  }

  /// All that stands on the pages, one after the other.
  private func pages(_ room: RoomModel, count: Int) -> [String] {
    (0..<count).map { page in
      var room = room
      _ = room.update(.tick(room.now, watched: Interval(page) * RoomModel.pageTime))
      return room.view().plainText
    }
  }

  @Test func everyNameIsOnOnePageAndThePagesTurnByThemselves() throws {
    let room = try hall(people: 120, tables: 15) { "Voornaam\($0) Achternaam\($0)x" }
    let pages = pages(room, count: 4)
    #expect(pages[0].contains("blad 1 van 4") && pages[3].contains("blad 4 van 4"))
    for number in 1...120 {
      #expect(pages.count { $0.contains("Achternaam\(number)x, Voornaam\(number)") } == 1, "\(number)")
    }
  }

  @Test func arrowsTurnPagesBothWaysAndTheyGoOnByThemselves() throws {
    var room = try hall(people: 120, tables: 15) { "Voornaam\($0) Achternaam\($0)" }
    _ = room.update(.input(.key(.right)))
    #expect(room.view().plainText.contains("blad 2 van 4"))
    _ = room.update(.input(.key(.left)))
    _ = room.update(.input(.key(.left)))
    #expect(room.view().plainText.contains("blad 4 van 4"))
    // By hand stays twice as long.
    _ = room.update(.tick(room.now, watched: RoomModel.pageTime * 2 - 1))
    #expect(room.view().plainText.contains("blad 4 van 4"))
    _ = room.update(.tick(room.now, watched: RoomModel.pageTime * 2))
    #expect(room.view().plainText.contains("blad 1 van 4"))
  }

  @Test func aNameThatIsTypedShowsItsTable() throws {
    var room = try hall(people: 5_000, tables: 500) { "Zoë\($0) van der Ëlst\($0)" }
    for character in "zoe4711" { _ = room.update(.input(.key(.character(character)))) }
    let screen = room.view().plainText
    #expect(screen.contains("van der Ëlst4711, Zoë4711"))
    #expect(screen.contains("tafel 211"))
    _ = room.update(.input(.key(.escape)))
    #expect(room.query == nil)
    // One who walks away leaves the screen to the hall.
    for character in "/elst" { _ = room.update(.input(.key(.character(character)))) }
    #expect(room.view().plainText.contains("typ verder"))
    _ = room.update(.tick(room.now, watched: RoomModel.touchTime + 1))
    #expect(room.query == nil && room.view().plainText.contains("Zoek uw naam · Tafels voor ronde 1"))
  }

  @Test func aNameThatIsNotThereIsToldAndQIsAQuestion() throws {
    var room = try hall(people: 9, tables: 1) { "Quinten\($0) Bos" }
    #expect(room.update(.input(.key(.character("q")))) == [])
    #expect(room.view().plainText.contains("sluiten?"))
    for character in "ui" { _ = room.update(.input(.key(.character(character)))) }
    #expect(room.query == "qui")
    for character in "zz" { _ = room.update(.input(.key(.character(character)))) }
    #expect(room.view().plainText.contains("Niet gevonden"))
    _ = room.update(.input(.key(.escape)))
    _ = room.update(.input(.key(.character("q"))))
    #expect(room.update(.input(.key(.character("j")))) == [.quit])
  }

  @Test func longNamesPeopleOfOneNameAndStrangeTextsStayInTheirPlaces() throws {
    let long = String(repeating: "Wolfeschlegelstein", count: 3) + "hausen"
    let names = [long + " A", "Jan Jansen", "Jan Jansen", "\u{1B}[31mRood", "山田 太郎"]
    let room = try hall(people: 5, tables: 2) { names[$0 - 1] }
    let screen = room.view().plainText
    #expect(screen.contains("…"))
    #expect(screen.contains("Jansen, Jan (Org 2)") && screen.contains("Jansen, Jan (Org 3)"))
    #expect(!screen.contains("\u{1B}"))
    #expect(screen.contains("太郎"))
  }

  /// Without seats there is nothing to look up, and it is told.
  @Test func withoutSeatsThereIsNothingToFind() throws {
    var room = try Rig().room()
    for character in "/jan" { _ = room.update(.input(.key(.character(character)))) }
    #expect(room.view().plainText.contains("nog niet ingedeeld"))
  }

  @Test func helpAndTroubleAreInWords() throws {
    var room = try Rig.room(at: 1).room()
    _ = room.update(.input(.key(.character("?"))))
    for key in RoomKey.all { #expect(room.view().plainText.contains(key.help.nl.prefix(20))) }
    _ = room.update(.input(.key(.character("?"))))
    #expect(!room.view().plainText.contains("Toetsen van"))
    _ = room.update(.trouble(Phrase(nl: "Het naslagwerk is weg.", en: "The record is gone.")))
    #expect(room.view().plainText.contains("!! Het naslagwerk is weg."))
    _ = room.update(.trouble(nil))
    #expect(!room.view().plainText.contains("!!"))
  }
}
