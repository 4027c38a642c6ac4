import Conference
import Ground
import Testing
import Wire

@Suite struct MessageTests {
  private let conference = CommandID(high: 1, low: 2)

  @Test func comeBackAsTheyWere() throws {
    var card = HostCard(conference: conference, now: Moment(milliseconds: 1_795_000_000_123))
    #expect(HostCard(JSONText(card.json)) == card)
    card.addresses = ["https://10.0.0.7:7413", "https://[fe80::1]:7413"]
    #expect(HostCard(JSONText(card.json)) == card)
    for table in [nil, 4] {
      let request = JoinRequest(code: "bado-kitu", table: table)
      #expect(JoinRequest(JSONText(request.json)) == request)
    }
    let pass = Pass(token: "abc", role: .noteTaker(table: 4), conference: conference)
    #expect(Pass(JSONText(pass.json)) == pass)
    let answer = CommandAnswer(seq: 7, hash: "2f9a802456789abcdef0123456789abc")
    #expect(CommandAnswer(JSONText(answer.json)) == answer)
    let problems: [WireProblem] = [
      .malformed("data.text"), .noPass, .wrongCode, .notAllowed, .notHere, .diverged,
      .behind(LineMark(seq: 12, hash: "2f9a8024")), .notYet,
      .refused(Phrase(nl: "Nee", en: "No"), wantsYes: true),
      .refused(Phrase(nl: "Nee", en: "No"), wantsYes: false), .otherCommand, .tooLong, .tooMany(after: 3),
      .disk(Phrase(nl: "Vol", en: "Full")),
    ]
    for problem in problems {
      #expect(WireProblem(JSONText(problem.json), after: problem.retryAfter) == problem)
      #expect(!problem.phrase.nl.isEmpty && !problem.phrase.en.isEmpty)
      #expect((400..<600).contains(problem.status.number))
    }
    #expect(WireProblem(JSONText(["problem": "new"]), after: nil) == nil)
  }

  @Test func whatAFacilitatorAsksComesBackAsItWas() throws {
    let door = DoorCard(
      codes: [DoorCard.Code(code: "bado-kitu", purpose: "screen")],
      devices: [
        DoorCard.Device(
          number: 3, role: .noteTaker(table: 4), address: "10.0.0.7",
          since: Moment(milliseconds: 1_795_000_000_123), isConnected: true)
      ])
    #expect(DoorCard(JSONText(door.json)) == door)
    for change in [DoorChange.renew, .revoke(3)] { #expect(DoorChange(JSONText(change.json)) == change) }
    #expect(DoorChange(JSONText(["renew": false])) == nil)
    for request in [DrawingRequest.begin, .take, .drop] {
      #expect(DrawingRequest(JSONText(request.json)) == request)
    }
    let drawing = RoundSeating.Drawing(engine: "", seed: 0, effort: 0, score: [], rules: MixingRules())
    let rounds = [DrawnRound(round: 2, drawing: drawing, tables: [1: ["p1", "p2"], 3: []])]
    for card in [
      DrawingCard.begun, .taken, .refused(Phrase(nl: "Nee", en: "No")),
      .found(rounds: rounds, cost: 7, bound: 5, isOptimal: false, elapsed: 1200, isDone: false),
      .found(rounds: [], cost: 5, bound: 5, isOptimal: true, elapsed: 0, isDone: true),
    ] {
      #expect(DrawingCard(JSONText(card.json)) == card)
    }
    #expect(DrawingCard(JSONText(["state": "new"])) == nil)
  }

  @Test func commands() throws {
    let command = Command.contribute(NewContribution(table: 4, kind: "idea", text: "Bus 5"))
    let bytes = try #require(CommandBody.bytes(command))
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == #"{"type":"contribution.add","data":{"table":4,"kind":"idea","text":"Bus 5"}}"#)
    #expect(try CommandBody.command(bytes) == command)
    #expect(CommandBody.bytes(.seat([])) == nil)
    for (text, part) in [
      ("", "json"), ("[]", "json"), ("{}", "type"), (#"{"type":"conference.open","data":{}}"#, "type"),
      (#"{"type":"contribution.add"}"#, "data"), (#"{"type":"contribution.add","data":3}"#, "data"),
      (#"{"type":"contribution.add","data":{"kind":"idea"}}"#, "data.text"),
      (#"{"type":"undo","type":"redo","data":{}}"#, "json"),
    ] {
      #expect(throws: WireProblem.malformed(part), "\(text)") { try CommandBody.command(Array(text.utf8)) }
    }
  }
}
