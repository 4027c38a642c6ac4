import Conference
import Ground
import Testing

/// Commands as devices send them.
@Suite struct CommandCodingTests {
  /// One of each type, with all members and with as few as there can be.
  static let commands: [Command] = [
    .advance, .move(to: "i3", deliberate: true), .move(to: "i3", deliberate: false), .pause, .resume,
    .extend(item: "i2", seconds: -300), .extend(item: nil, seconds: 60), .finishOnTime, .call(table: 3),
    .call(table: nil), .endSlot, .close(deliberate: true), .arrive("p1"), .leave("p2"),
    .register(name: "Mens \u{1B}[31m", organisation: "Org", group: "G", municipality: "M"),
    .register(name: "Mens", organisation: nil, group: nil, municipality: nil),
    .swap(round: 1, a: "p1", b: "p2", deliberate: true), .reseat(person: "p1", table: 2, round: 1),
    .mendTables([SeatMove(person: "p1", round: 1, from: nil, to: 2)], deliberate: true),
    .mendTables([SeatMove(person: "p1", round: 1, from: 3, to: 2)]), .pin(person: "p1", table: 1),
    .unpin(person: "p1"), .keepApart(["p1", "p2"]), .allowTogether(["p1", "p2"]), .askHelp(table: 1),
    .answerHelp(table: 1), .contribute(NewContribution(table: nil, kind: "idea", text: "é \"x\"\n\u{2028}")),
    .contribute(
      NewContribution(
        table: 4, kind: "action", text: "Bellen", parent: "c1", group: "G", owner: "Jan",
        due: CalendarDate("2026-12-01"))),
    .amend(id: "c1", text: "Anders", kind: "idea"), .withdraw(id: "c1"), .restore(id: "c1"),
    .show(id: "c1", true), .markSensitive(id: "c1", false),
    .quote(id: "c1", Quote(role: "wethouder", organisation: "Gemeente")), .quote(id: "c1", nil),
    .link(id: "c1", parent: "c2"), .link(id: "c1", parent: nil), .merge(id: "c1", into: "c2"),
    .merge(id: "c1", into: nil), .label(id: "c1", ladder: "l", rung: 2),
    .label(id: "c1", ladder: "l", rung: nil),
    .attribute(id: "c1", group: "G"), .attribute(id: "c1", group: nil), .reorder(id: "c1", before: "c2"),
    .reorder(id: "c1", before: nil), .top(id: "c1", true),
    .assignAction(id: "c1", owner: "Jan", due: CalendarDate("2026-12-01")),
    .assignAction(id: "c1", owner: nil, due: nil), .assign(id: "c1", theme: "t1"),
    .assign(id: "c1", theme: nil), .assignNew(id: "c1", title: "Thema", body: "Tekst"),
    .addTheme(title: "Thema", body: nil), .withdrawTheme(id: "t1"),
    .amendTheme(id: "t1", title: "Thema", body: "Tekst"),
    .openBallot(NewBallot(kind: .dots, title: "Stem", options: ["c1", "t1"], dots: 3, mayStack: true)),
    .openBallot(NewBallot(kind: .propositions, title: "Stem", options: ["c1"])),
    .count(ballot: "b1", option: "c1", group: "G", Tally(agree: 2, abstain: 1), deliberate: true),
    .closeBallot(id: "b1"), .withdrawBallot(id: "b1"), .message("Nog vijf minuten", tables: [1, 2]),
    .mark("Hier"), .undo, .redo,
  ]

  @Test func everyTypeComesBackAsItWas() throws {
    var types: Set<CommandType> = []
    for command in Self.commands {
      let (type, data) = try #require(command.wire)
      types.insert(type)
      let back = try Command(type, data: JSONText(parsing: data.utf8))
      #expect(back == command)
    }
    #expect(types == Set(CommandType.allCases))
  }

  @Test func whatOnlyTheHostDoesIsNotSent() {
    #expect(Command.seat([]).wire == nil)
    #expect(
      Command.open(Opening(plan: .sample, participants: [], survey: [], zone: Run.zone)).wire == nil)
  }

  /// What a device leaves out or writes otherwise is an error with the member's name.
  @Test func whatIsMissingIsNamed() throws {
    for command in Self.commands {
      let (type, data) = try #require(command.wire)
      for member in data.object ?? [] {
        let wrong = JSON.object(
          (data.object ?? []).map { $0.key == member.key ? .init($0.key, .array([.null])) : $0 })
        #expect(throws: EventError.self, "\(type) \(member.key)") {
          try Command(type, data: JSONText(wrong))
        }
      }
    }
    #expect(throws: EventError.malformed(type: "contribution.add", member: "kind")) {
      try Command(.contribute, data: JSONText(["text": "x"]))
    }
  }

  /// A note-taker works at the own table's notes; a screen asks nothing (S4.7).
  @Test func whoMayDoWhat() throws {
    var run = try Run()
    try run.say("Van tafel 1", table: 1)
    try run.say("Van tafel 2", table: 2)
    let note = DeviceRole.noteTaker(table: 1)
    func may(_ role: DeviceRole, _ command: Command) -> Bool { role.mayGive(command, in: run.session) }
    #expect(may(note, .contribute(NewContribution(table: 1, kind: "idea", text: "x"))))
    #expect(!may(note, .contribute(NewContribution(table: 2, kind: "idea", text: "x"))))
    #expect(!may(note, .contribute(NewContribution(table: nil, kind: "idea", text: "x"))))
    #expect(may(note, .amend(id: "c1", text: "y", kind: "idea")))
    #expect(!may(note, .amend(id: "c2", text: "y", kind: "idea")))
    #expect(may(note, .askHelp(table: 1)) && !may(note, .askHelp(table: 2)))
    #expect(may(note, .undo))
    for command in Self.commands {
      #expect(may(.facilitator, command))
      #expect(!may(.screen, command) && !may(.observer, command))
    }
    let forbidden: [Command] = [
      .advance, .pause, .close(deliberate: true), .show(id: "c1", true), .message("x", tables: []),
      .merge(id: "c1", into: nil), .leave("p1"), .closeBallot(id: "b1"),
    ]
    for command in forbidden { #expect(!may(note, command)) }
    #expect(!may(.facilitator, .seat([])))
  }

  @Test func rolesHaveNames() {
    for role in [DeviceRole.facilitator, .noteTaker(table: 12), .screen, .observer] {
      #expect(DeviceRole(name: role.name) == role)
    }
    for name in ["", "note-", "note-0", "note-01", "note--1", "note-+1", "host", "Screen"] {
      #expect(DeviceRole(name: name) == nil)
    }
  }
}
