import Conference
import Foundation
import Ground
import Host
import Server
import Testing
import Wire
import Yams

/// Whatever comes in, the answer is one of docs/openapi.yaml or the end of the connection; nothing of it gets into the
/// record, and the host goes on (S4.7).
///
/// `BERAAD_SEEDS=500` mutates by that many seeds in place of the gate's dozen.
@Suite(.serialized) struct MalformedTests {
  /// What a path may answer, by its method and path in the page.
  private let statuses: [String: Set<Int>]

  init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/openapi.yaml")
    let document = try #require(
      try Yams.load(yaml: String(contentsOf: file, encoding: .utf8)) as? [String: Any])
    var statuses: [String: Set<Int>] = [:]
    for (path, methods) in try #require(document["paths"] as? [String: [String: Any]]) {
      for (method, operation) in methods {
        let responses = try #require((operation as? [String: Any])?["responses"] as? [String: Any])
        statuses["\(method.uppercased()) \(path)"] = Set(responses.keys.compactMap { Int($0) })
      }
    }
    self.statuses = statuses
  }

  /// What is asked of a host, with its path in the page.
  private struct Question {
    var method: String
    var path: String
    var page: String
    var headers: [(String, String)]
    var body: [UInt8]

    var bytes: [UInt8] {
      var text = "\(method) \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
      for (name, value) in headers { text += "\(name): \(value)\r\n" }
      if method == "POST" { text += "Content-Length: \(body.count)\r\n" }
      return Array((text + "\r\n").utf8) + body
    }
  }

  /// One good question of each path.
  private static func questions(_ id: CommandID, _ token: String) -> [Question] {
    let (pass, key) = (
      ("Authorization", "Bearer \(token)"), ("Idempotency-Key", CommandID.random().description)
    )
    let idea = Command.contribute(NewContribution(table: 1, kind: "idea", text: "Bus 5 é", owner: "Jan"))
    func page(_ path: String) -> String { path.replacing(id.description, with: "{id}") }
    func get(_ path: String) -> Question {
      Question(method: "GET", path: path, page: page(path), headers: [pass], body: [])
    }
    func post(_ path: String, _ body: [UInt8]) -> Question {
      Question(method: "POST", path: path, page: page(path), headers: [pass, key], body: body)
    }
    var drawing = get(Wire.drawing(CommandID(high: 0, low: 7), id))
    drawing.page = page(Wire.drawings(id)) + "/{key}"
    return [
      get("/"), get(Wire.root), get(Wire.events(id)), get(Wire.devices(id)), drawing,
      post(Wire.join, JoinRequest(code: "bado-kitu", table: 1).json.utf8),
      post(Wire.commands(id), CommandBody.bytes(idea) ?? []), post(Wire.door(id), DoorChange.renew.json.utf8),
      post(Wire.drawings(id), DrawingRequest.drop.json.utf8),
    ]
  }

  /// Sends bytes and nothing more, and reads the head of the answer; nil: the connection ended without one.
  private func send(_ bytes: [UInt8], to hall: Hall) async throws -> Reply? {
    let socket = try await Socket.connect(hall.port)
    defer { socket.close() }
    await socket.send(bytes)
    shutdown(socket.file, Int32(SHUT_WR))
    // A stream of events has no end.
    let end = Array("\r\n\r\n".utf8)
    let answer = await socket.read { bytes in
      bytes.firstRange(of: end).map {
        bytes[..<$0.lowerBound].firstRange(of: Array("text/event-stream".utf8)) != nil
      } ?? false
    }
    #expect(
      answer.isEmpty || answer.starts(with: "HTTP/1.1 ".utf8), "\(String(decoding: answer, as: UTF8.self))")
    var reply = Reply(answer)
    // What followed on the same connection is an answer to the rest.
    let length = reply?.head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length: ") }
    if let length = length.flatMap({ Int($0.dropFirst(16)) }), let body = reply?.body {
      reply?.body = Array(body.prefix(length))
    }
    return reply
  }

  /// What the page allows, or what the reader of HTTP itself says of what is no HTTP.
  private func isAllowed(_ reply: Reply, on page: String) -> Bool {
    if reply.status == 400, reply.body.isEmpty { return true }
    // The question may have become another one.
    guard let allowed = statuses[page] else { return reply.status == 404 }
    let isWords = reply.status < 300 || reply.json["en"]?.string?.isEmpty == false
    return (allowed.contains(reply.status) || reply.status == 404) && isWords
  }

  // MARK: - Members of commands

  /// One of each type, with all members.
  private static let commands: [Command] = [
    .advance, .move(to: "i3", deliberate: true), .pause, .resume, .extend(item: "i2", seconds: -300),
    .finishOnTime, .call(table: 3), .endSlot, .close(deliberate: true), .arrive("p1"), .leave("p2"),
    .register(name: "Mens", organisation: "Org", group: "G", municipality: "M"),
    .swap(round: 1, a: "p1", b: "p2", deliberate: true),
    .reseat(person: "p1", table: 2, round: 1, deliberate: true),
    .mendTables([SeatMove(person: "p1", round: 1, from: 3, to: 2)], deliberate: true),
    .pin(person: "p1", table: 1, deliberate: true), .unpin(person: "p1"), .keepApart(["p1", "p2"]),
    .allowTogether(["p1", "p2"]), .askHelp(table: 1), .answerHelp(table: 1),
    .contribute(
      NewContribution(
        table: 1, kind: "action", text: "Bellen", parent: "c1", group: "G", owner: "Jan",
        due: CalendarDate("2026-12-01"))),
    .amend(id: "c1", text: "Anders", kind: "idea"), .withdraw(id: "c1"), .restore(id: "c1"),
    .show(id: "c1", true), .markSensitive(id: "c1", false),
    .quote(id: "c1", Quote(role: "wethouder", organisation: "Gemeente")), .link(id: "c1", parent: "c2"),
    .merge(id: "c1", into: "c2"), .label(id: "c1", ladder: "l", rung: 2), .attribute(id: "c1", group: "G"),
    .reorder(id: "c1", before: "c2"), .top(id: "c1", true),
    .assignAction(id: "c1", owner: "Jan", due: CalendarDate("2026-12-01")), .assign(id: "c1", theme: "t1"),
    .assignNew(id: "c1", title: "Thema", body: "Tekst"), .addTheme(title: "Thema", body: "Tekst"),
    .withdrawTheme(id: "t1"), .amendTheme(id: "t1", title: "Thema", body: "Tekst"),
    .openBallot(NewBallot(kind: .dots, title: "Stem", options: ["c1"], dots: 3, mayStack: true)),
    .count(ballot: "b1", option: "c1", group: "G", Tally(agree: 2, abstain: 1), deliberate: true),
    .closeBallot(id: "b1"), .withdrawBallot(id: "b1"), .message("Nog vijf", tables: [1]), .mark("Hier"),
    .undo,
    .redo,
  ]

  /// Values of every type that are not of this one's.
  private static func wrong(for value: JSON) -> [JSON] {
    let all: [(kind: Int, value: JSON)] = [
      (0, true), (1, 7), (2, "x\u{0}\u{1B}[2J"), (3, [.null]), (4, ["text": ["text": 1]]),
    ]
    let kind =
      switch value {
      case .bool: 0
      case .int: 1
      case .string: 2
      case .array: 3
      default: 4
      }
    // What is in a list is itself of one type.
    return all.filter { $0.kind != kind || $0.value == [.null] }.map(\.value)
  }

  /// Every member of every command, with values of every other type, at any depth, is refused (400).
  @Test func noMemberOfAnotherTypeIsTaken() async throws {
    #expect(Set(Self.commands.compactMap { $0.wire?.type }) == Set(CommandType.allCases))
    let hall = try await Hall()
    let before = hall.record
    var bodies: [JSON] = []
    for command in Self.commands {
      let (type, data) = try #require(command.wire)
      for place in data.places {
        for wrong in Self.wrong(for: data[place: place]) {
          bodies.append(["type": .string(type.rawValue), "data": data.replacing(place, with: wrong)])
        }
      }
      for wrong in Self.wrong(for: data) { bodies.append(["type": .string(type.rawValue), "data": wrong]) }
    }
    for wrong in Self.wrong(for: "") { bodies.append(["type": wrong, "data": [:]]) }
    for body in [JSON.null, 7, "x", [], [[[]]], [:], ["data": [:]], ["type": "agenda.advance"]] {
      bodies.append(body)
    }
    #expect(bodies.count > 400)
    let passes = try await withThrowingTaskGroup(of: Pass.self) { group in
      for _ in 0..<4 { group.addTask { try await hall.join(.facilitator) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (worker, pass) in passes.enumerated() {
        let mine = stride(from: worker, to: bodies.count, by: passes.count).map { bodies[$0].text }
        group.addTask {
          for body in mine {
            let reply = try await hall.ask(
              "POST", Wire.commands(hall.host.id), token: pass.token,
              headers: ["Idempotency-Key": CommandID.random().description], body: body)
            #expect(reply.status == 400 && reply.problem == "malformed", "\(body) \(reply)")
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(hall.record == before)
  }

  // MARK: - Requests

  /// What is wrong in itself, with each question that is asked of a host.
  private static func spoilt(_ question: Question) -> [(kind: String, bytes: [UInt8])] {
    let good = question.bytes
    let (line, body) = ("\(question.method) \(question.path)", question.body)
    func http(_ line: String, _ head: String, _ body: [UInt8] = []) -> [UInt8] {
      let headers = question.headers.map { "\($0.0): \($0.1)\r\n" }.joined()
      return Array("\(line)\r\nHost: x\r\nConnection: close\r\n\(headers)\(head)\r\n".utf8) + body
    }
    let deep = Array(String(repeating: "[", count: 30_000).utf8)
    let wide = Array("{\(String(repeating: "\"a\":[{}],", count: 6000))\"type\":\"x\"}".utf8)
    func sized(_ body: [UInt8]) -> [UInt8] {
      http("\(line) HTTP/1.1", "Content-Length: \(body.count)\r\n", body)
    }
    return [
      ("no version", http(line, "")), ("version 9", http("\(line) HTTP/9.9", "")),
      ("version 1.0", http("\(line) HTTP/1.0", "")), ("no path", http("\(question.method)  HTTP/1.1", "")),
      ("other method", http("BREW \(question.path) HTTP/1.1", "")),
      ("absolute path", http("\(question.method) http://x\(question.path) HTTP/1.1", "")),
      ("dots", http("\(question.method) /..\(question.path)/../../etc/passwd HTTP/1.1", "")),
      ("percent", http("\(question.method) \(question.path)%00%ff%zz HTTP/1.1", "")),
      ("long path", http("\(line)?\(String(repeating: "a", count: 100_000)) HTTP/1.1", "")),
      ("header without name", http("\(line) HTTP/1.1", ": x\r\n")),
      ("header without colon", http("\(line) HTTP/1.1", "broken\r\n")),
      ("huge header", http("\(line) HTTP/1.1", "X: \(String(repeating: "a", count: 300_000))\r\n")),
      ("many headers", http("\(line) HTTP/1.1", String(repeating: "X: y\r\n", count: 5000))),
      ("control in header", http("\(line) HTTP/1.1", "X: a\u{0}b\u{1B}[2J\r\n")),
      ("negative length", http("\(line) HTTP/1.1", "Content-Length: -1\r\n", body)),
      ("two lengths", http("\(line) HTTP/1.1", "Content-Length: 3\r\nContent-Length: 4\r\n", body)),
      ("length of letters", http("\(line) HTTP/1.1", "Content-Length: abc\r\n", body)),
      ("vast length", http("\(line) HTTP/1.1", "Content-Length: 99999999999999999999\r\n", body)),
      (
        "length and chunks",
        http("\(line) HTTP/1.1", "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", body)
      ),
      ("chunk of letters", http("\(line) HTTP/1.1", "Transfer-Encoding: chunked\r\n", Array("zz\r\n".utf8))),
      (
        "vast chunk",
        http("\(line) HTTP/1.1", "Transfer-Encoding: chunked\r\n", Array("ffffffffffffffff\r\nx".utf8))
      ),
      ("cut chunk", http("\(line) HTTP/1.1", "Transfer-Encoding: chunked\r\n", Array("40\r\n{".utf8))),
      ("unknown coding", http("\(line) HTTP/1.1", "Transfer-Encoding: gzip\r\n", body)),
      ("cut head", Array(good.prefix(good.count - body.count - 3))), ("cut body", Array(good.dropLast())),
      ("too long body", sized([UInt8](repeating: 0x20, count: Wire.maxBody + 1))),
      ("invalid UTF-8", sized([0x7B, 0x22, 0xFF, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0x22, 0x7D])),
      ("deep JSON", sized(deep)), ("wide JSON", sized(wide)), ("number", sized(Array("1e99999".utf8))),
      ("twice the same member", sized(Array(#"{"code":"a","code":"b"}"#.utf8))),
      ("lone surrogate", sized(Array(#"{"code":"\ud800"}"#.utf8))), ("empty", sized([])),
    ].filter { question.method == "POST" || !["cut body", "empty"].contains($0.0) }
  }

  @Test func whatIsNoRequestIsAnsweredOrCut() async throws {
    let hall = try await Hall()
    let pass = try await hall.join(.facilitator)
    let note = try await hall.join(.noteTaker, table: 2)
    let before = hall.record
    var answers = 0
    for question in Self.questions(hall.host.id, pass.token) {
      for (kind, bytes) in Self.spoilt(question) {
        // Wrong codes are soon waited for, which says nothing of what is asked.
        if question.path == Wire.join { hall.wait(seconds: 60) }
        guard let reply = try await send(bytes, to: hall) else { continue }
        answers += 1
        #expect(
          isAllowed(reply, on: "\(question.method) \(question.page)"), "\(question.page) \(kind): \(reply)")
      }
      #expect(hall.record == before, "\(question.page)")
    }
    #expect(answers > 100)
    #expect(
      try await hall.post(
        .contribute(NewContribution(table: 2, kind: "idea", text: "Wij wel")), token: note.token
      ).status == 201)
  }

  /// Good requests with some bytes changed, left out or doubled: what is taken is in the record once, and nothing else.
  @Test(arguments: ProxyTests.seeds) func changedBytesAreAnsweredOrCut(seed: UInt64) async throws {
    let hall = try await Hall()
    let pass = try await hall.join(.facilitator)
    let note = try await hall.join(.noteTaker, table: 2)
    var random = SplitMix64(seed: seed)
    var taken = Set<[UInt8]>()
    for _ in 0..<6 {
      for question in Self.questions(hall.host.id, pass.token) {
        if question.path == Wire.join { hall.wait(seconds: 60) }
        var bytes = question.bytes
        // With some seeds nothing is left before all is done.
        for _ in 0...random.below(3) where !bytes.isEmpty {
          let place = random.below(bytes.count)
          switch random.below(5) {
          case 0: bytes[place] = UInt8(random.below(256))
          case 1: bytes[place] ^= 1 << UInt8(random.below(8))
          case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(9)))
          case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 9)], at: place)
          default: bytes = Array(bytes.prefix(place + 1))
          }
        }
        guard let reply = try await send(bytes, to: hall) else { continue }
        let page = "\(question.method) \(question.page)"
        // Another character in a path or method asks for something else.
        let isOther = !bytes.starts(with: "\(question.method) \(question.path) ".utf8)
        #expect(
          isOther ? reply.status < 500 : isAllowed(reply, on: page),
          "seed \(seed) \(String(decoding: bytes, as: UTF8.self)) \(reply)")
        if reply.status == 201, question.path == Wire.commands(hall.host.id) { taken.insert(reply.body) }
      }
    }
    #expect(hall.host.session.contributions.count == taken.count)
    #expect(
      try await hall.post(
        .contribute(NewContribution(table: 2, kind: "idea", text: "Wij wel")), token: note.token
      ).status == 201)
    _ = try Notes(hall.path)
  }
}

extension JSON {
  /// Where something stands in it: the keys and numbers on the way there.
  fileprivate var places: [[String]] {
    switch self {
    case .object(let members):
      members.flatMap { member in [[member.key]] + member.value.places.map { [member.key] + $0 } }
    case .array(let values):
      values.enumerated().flatMap { index, value in [["\(index)"]] + value.places.map { ["\(index)"] + $0 } }
    default: []
    }
  }

  fileprivate subscript(place place: [String]) -> JSON {
    guard let first = place.first else { return self }
    let next = array.flatMap { values in Int(first).map { values[$0] } } ?? self[first] ?? .null
    return next[place: Array(place.dropFirst())]
  }

  fileprivate func replacing(_ place: [String], with value: JSON) -> JSON {
    guard let first = place.first else { return value }
    let rest = Array(place.dropFirst())
    switch self {
    case .object(let members):
      return .object(
        members.map { $0.key == first ? .init($0.key, $0.value.replacing(rest, with: value)) : $0 })
    case .array(let values):
      return .array(
        values.enumerated().map { "\($0)" == first ? $1.replacing(rest, with: value) : $1 })
    default: return value
    }
  }
}
