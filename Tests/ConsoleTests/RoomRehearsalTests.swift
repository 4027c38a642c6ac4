import Conference
import Ground
import Rehearsal
import Screen
import Testing

@testable import Console

/// A whole rehearsed conference, looked at every quarter of a minute: what is not released is never on the screen.
@Suite struct RoomRehearsalTests {
  private static let people = (1...30).map {
    Participant(
      id: "P\($0)", name: "Voornaam\($0)x Achternaam\($0)x", group: ["cliënt", "wethouder"][$0 % 2])
  }

  @Test(arguments: [UInt64(1), 2015]) func nothingUnreleasedIsEverShown(seed: UInt64) throws {
    var rehearsal = Rehearsal(seed: seed)
    var day = Day()
    let zone = Zone(name: "Europe/Amsterdam", offset: 3600)
    try day.give(
      .open(Opening(plan: Rig.plan, participants: Self.people, survey: [], zone: zone)), by: "host")
    var shown: Set<String> = []
    var pictures: Set<String> = []
    var namesSeen = 0
    while let acts = rehearsal.facilitator(day.session, at: day.now) {
      for act in acts { day.obey(act) }
      let next = day.now + .seconds(15)
      for act in rehearsal.notes(day.session, from: day.now, to: next) { day.obey(act) }
      day.now = next
      let room = RoomModel(
        session: day.session, now: day.now, size: Size(rows: 24, columns: 80), language: .nl)
      let text = words(of: room.view().plainText)
      let picture = room.sight.picture
      pictures.insert("\(picture)")
      // A text that is part of one that is shown is seen with it.
      let released = day.session.contributions.filter(\.isShown).map { words(of: $0.text) }
      for one in day.session.contributions {
        let own = String(words(of: one.text).prefix(30))
        if one.isShown {
          if text.contains(own) { shown.insert(one.id) }
        } else if !released.contains(where: { $0.contains(own) }) {
          #expect(!text.contains(own), "\(one.id) at \(day.now.rfc3339)")
        }
      }
      #expect(!text.contains("gevoelig"))
      if case .seats = picture {
        namesSeen += 1
        #expect(text.contains("Achternaam"))
      } else {
        #expect(!text.contains("Achternaam") && !text.contains("Voornaam"), "\(picture)")
      }
    }
    // The search would find them: there was much to keep back, and something was shown.
    #expect(day.session.contributions.count > 100)
    #expect(!shown.isEmpty)
    #expect(namesSeen > 0)
    #expect(pictures.isSuperset(of: ["item", "question", "report"]), "\(pictures)")
  }

  /// The text without what lines and places add to it.
  private func words(of text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

/// A conference in memory in which commands that cannot be carried out are dropped.
private struct Day {
  var session = Session()
  var now = Moment(milliseconds: 1_795_262_400_000)
  private var count: UInt64 = 0

  mutating func give(_ command: Command, by: String) throws {
    count += 1
    for event in try session.decide(command, at: now, by: by) {
      let draft = event.draft
      try session.apply(
        Line(
          seq: session.lastSeq + 1, at: now, type: draft.type, by: by, cmd: CommandID(high: 7, low: count),
          version: draft.version, data: draft.data))
    }
  }

  mutating func obey(_ act: Rehearsal.Act) {
    do {
      try give(act.command, by: act.by)
    } catch Refusal.notDrawn(let round) {
      deal(round)
      try? give(act.command, by: act.by)
    } catch {
      // A simulated person shrugs at a refusal.
    }
  }

  private mutating func deal(_ round: Int) {
    let tables = Dictionary(grouping: session.participants.indices, by: { $0 % session.tables.count + 1 })
      .mapValues { $0.map { session.participants[$0].id } }
    let drawing = RoundSeating.Drawing(engine: "deal", seed: 1, effort: 0, score: [], rules: MixingRules())
    try? give(.seat([DrawnRound(round: round, drawing: drawing, tables: tables)]), by: "host")
  }
}
