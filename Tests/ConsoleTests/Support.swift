import Conference
import Foundation
import Ground
import Screen
import Testing

@testable import Console

/// A console over a conference in memory: keys go in, and what it wants done is done at once.
struct Rig {
  var model: Model
  var host: Session
  var now: Moment
  var effects: [Effect] = []
  private(set) var lines: [Line] = []

  static let plan = Plan(
    title: "Wat kan er beter?", date: CalendarDate("2026-11-21"), startMinute: 13 * 60,
    items: [
      AgendaItem(id: "i1", phase: .arrival, title: "Inloop", seconds: 900),
      AgendaItem(id: "i2", phase: .plenary, title: "Opening en resultaten van de enquête", seconds: 1200),
      AgendaItem(
        id: "i3", phase: .breakout, title: "Ronde 1",
        question: "Hoe bieden we passende ondersteuning met minder middelen?", seconds: 2400),
      AgendaItem(
        id: "i4", phase: .pause, title: "Pauze", seconds: 900, fixedStart: LocalTime(minute: 860)),
      AgendaItem(id: "i5", phase: .breakout, title: "Ronde 2", seconds: 2400, seating: .keep),
      AgendaItem(id: "i6", phase: .reportBack, title: "Terugkoppeling", seconds: 1260, slotSeconds: 180),
      AgendaItem(id: "i7", phase: .closing, title: "Afsluiting", seconds: 900),
    ],
    tables: (1...7).map { Table(number: $0, seats: 8) })

  static let people = (1...50).map { number in
    let group = ["zorgaanbieder", "beleidsambtenaar", "cliënt", "Wmo-raad", "wethouder"][number % 5]
    return Participant(
      id: "P\(number)", name: "Mens Nummer\(number)", organisation: "Organisatie \(number % 12)",
      group: group, municipality: ["Noorddam", "Westveen"][number % 2])
  }

  init(
    size: Size = Size(rows: 36, columns: 120), language: Language = .nl, plan: Plan = Rig.plan,
    survey: [SurveyAnswer] = [], earlier: [EarlierMeeting] = []
  ) throws {
    now = try #require(Moment(rfc3339: "2026-11-21T12:00:00.000Z"))
    host = Session()
    model = Model(session: Session(), now: now, size: size, language: language)
    try give(
      .open(
        Opening(
          plan: plan, participants: Rig.people, survey: survey, earlier: earlier,
          zone: Zone(name: "Europe/Amsterdam", offset: 3600))), by: "host")
    model = Model(session: host, now: now, size: size, language: language)
  }

  /// Decides a command as the host does and shows the console what is in the record then.
  mutating func give(_ command: Command, by: String = "facilitator", id: CommandID? = nil) throws {
    let cmd = id ?? CommandID(high: 1, low: UInt64(lines.count))
    var new: [Line] = []
    for event in try host.decide(command, at: now, by: by) {
      let draft = event.draft
      new.append(
        Line(
          seq: lines.count + new.count, at: now, type: draft.type, by: by, cmd: cmd, data: draft.data))
    }
    for line in new { try host.apply(line) }
    lines += new
    effects += model.update(.lines(new))
  }

  /// Deals the people out over the tables of round 1.
  mutating func draw() throws {
    let tables = Dictionary(grouping: Rig.people.enumerated(), by: { $0.offset % 7 + 1 }).mapValues {
      $0.map(\.element.id)
    }
    let drawing = RoundSeating.Drawing(
      engine: "deal", seed: 1, effort: 0, score: [], rules: MixingRules())
    try give(.seat([DrawnRound(round: 1, drawing: drawing, tables: tables)]))
  }

  mutating func press(_ keys: Key...) {
    for key in keys { update(.input(.key(key))) }
  }

  /// Presses a key and keeps the command that it gives from the host, as if the disk were slow.
  mutating func hold(_ key: Key) throws -> (CommandID, Command) {
    let given = model.update(.input(.key(key))).compactMap { effect -> (CommandID, Command)? in
      if case .submit(let id, let command) = effect { (id, command) } else { nil }
    }
    return try #require(given.first)
  }

  mutating func type(_ text: String) {
    for character in text { press(.character(character)) }
  }

  mutating func wait(minutes: Int, seconds: Int = 0) {
    now = now + .minutes(minutes) + .seconds(seconds)
    update(.tick(now))
  }

  mutating func update(_ occurrence: Occurrence) {
    perform(model.update(occurrence))
  }

  /// Does what the console wants done, and what it wants when that is answered.
  private mutating func perform(_ wanted: [Effect]) {
    for effect in wanted {
      effects.append(effect)
      guard case .submit(let id, let command) = effect else { continue }
      do {
        try give(command, id: id)
        perform(model.update(.answer(id, .inRecord)))
      } catch let refusal as Refusal {
        perform(model.update(.answer(id, .refused(refusal.phrase, wantsYes: refusal.wantsYes))))
      } catch {
        Issue.record(error)
      }
    }
  }

  var screen: String { model.view().plainText }
}

/// Compares a screen with its snapshot; BERAAD_UPDATE_SNAPSHOTS=1 writes it anew.
func expectSnapshot(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots/\(name).txt")
  if ProcessInfo.processInfo.environment["BERAAD_UPDATE_SNAPSHOTS"] != nil {
    try Data((text + "\n").utf8).write(to: file)
    return
  }
  let expected = try String(contentsOf: file, encoding: .utf8)
  #expect(text + "\n" == expected, "\(name)", sourceLocation: sourceLocation)
}
