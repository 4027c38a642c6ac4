import Conference
import Glibc
import Ground
import Host
import Server
import Testing
import Wire

/// What devices may ask of a host, and what they get (S4.7, S4.8).
@Suite(.serialized) struct ServerTests {
  private func idea(_ text: String, table: Int = 1) -> Command {
    .contribute(NewContribution(table: table, kind: "idea", text: text))
  }

  @Test func tellsWhichConferenceItHolds() async throws {
    let hall = try await Hall()
    let reply = try await hall.ask("GET", "/v1")
    #expect(reply.status == 200)
    #expect(HostCard(reply.json) == HostCard(conference: hall.host.id, now: hall.now))
  }

  @Test func aCommandIsInTheRecordOnceHoweverOftenItComes() async throws {
    let hall = try await Hall()
    let pass = try await hall.join(.noteTaker, table: 2)
    #expect(pass.role == .noteTaker(table: 2))
    let key = CommandID.random()
    let replies = [
      try await hall.post(idea("Bus 5 \u{1B}[31m", table: 2), token: pass.token, key: key),
      try await hall.post(idea("Bus 5 \u{1B}[31m", table: 2), token: pass.token, key: key),
    ]
    for reply in replies { #expect(reply.status == 201, "\(reply)") }
    #expect(replies[0].body == replies[1].body)
    let answer = try #require(CommandAnswer(replies[0].json))
    let last = try #require(hall.record.split(separator: 0x0A).last)
    #expect(answer.seq == hall.host.count - 1)
    #expect(LineMark(line: last) == LineMark(seq: answer.seq, hash: String(answer.hash.prefix(8))))
    #expect(hall.host.session.contributions.map(\.by) == ["note-2"])
    // The same number for something else is a mistake of the device.
    let other = try await hall.post(idea("Bus 6", table: 2), token: pass.token, key: key)
    #expect(other.status == 422 && other.problem == "other-command")
  }

  @Test func aHundredAtOnceWithTenKeys() async throws {
    let hall = try await Hall()
    let pass = try await hall.join(.noteTaker, table: 1)
    let keys = (0..<10).map { _ in CommandID.random() }
    try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<100 {
        group.addTask {
          try await hall.post(idea("Idee \(number % 10)"), token: pass.token, key: keys[number % 10]).status
        }
      }
      for try await status in group { #expect(status == 201) }
    }
    #expect(hall.host.session.contributions.count == 10)
    #expect(Set(hall.host.session.contributions.map(\.text)).count == 10)
  }

  @Test func everyRefusalHasItsStatusAndWords() async throws {
    let hall = try await Hall()
    let note = try await hall.join(.noteTaker, table: 1)
    let screen = try await hall.join(.screen)
    let chief = try await hall.join(.facilitator)
    #expect(screen.role == .screen && chief.role == .facilitator)
    let empty = try await hall.post(idea(" "), token: note.token)
    #expect(empty.status == 409 && empty.problem == "refused" && empty.json["nl"]?.string?.isEmpty == false)
    let early = try await hall.post(.close(deliberate: false), token: chief.token)
    #expect(early.status == 409)
    #expect(try await hall.post(.advance, token: chief.token).status == 201)
    let asked = try await hall.post(.close(deliberate: false), token: chief.token)
    #expect(asked.status == 409 && asked.json["wants_yes"]?.bool == true, "\(asked)")
    for (token, command) in [
      (note.token, idea("x", table: 2)), (note.token, .advance), (screen.token, idea("x")),
      (screen.token, .askHelp(table: 1)),
    ] {
      let reply = try await hall.post(command, token: token)
      #expect(reply.status == 403 && reply.problem == "not-allowed", "\(command)")
    }
    for token in ["", "x", String(note.token.dropLast()), note.token.uppercased() + "0"] {
      let reply = try await hall.post(idea("x"), token: token)
      #expect(reply.status == 401 && reply.problem == "no-pass", "\(token)")
    }
    let path = Wire.commands(hall.host.id)
    for (path, headers, body, status) in [
      (path, [:], "{}", 400), (path, ["Idempotency-Key": "1"], "{}", 400),
      (path, ["Idempotency-Key": CommandID.random().description], "{", 400),
      (path, ["Idempotency-Key": CommandID.random().description], #"{"type":"x","data":{}}"#, 400),
      (
        path, ["Idempotency-Key": CommandID.random().description],
        String(repeating: " ", count: Wire.maxBody + 1), 413
      ),
      (Wire.commands(CommandID(high: 0, low: 1)), [:], "{}", 404), ("/v1/nothing", [:], "", 404),
    ] as [(String, [String: String], String, Int)] {
      let reply = try await hall.ask("POST", path, token: note.token, headers: headers, body: body)
      #expect(reply.status == status, "\(path) \(body.prefix(20)) \(reply)")
      #expect(reply.json["en"]?.string?.isEmpty == false, "\(path) \(reply)")
    }
    #expect(hall.host.session.contributions.isEmpty)
  }

  // MARK: - The stream

  @Test func theStreamIsTheFileByteByByte() async throws {
    let hall = try await Hall()
    let pass = try await hall.join(.screen)
    for number in 0..<40 { #expect(await hall.give(idea("Idee \(number) — é\n\"x\"")) == nil) }
    let whole = try await hall.follow(token: pass.token, count: hall.host.count)
    #expect(whole == hall.record)
    // On from any line, without gap or repeat.
    let lines = hall.record.split(separator: 0x0A)
    for seq in [0, 1, lines.count / 2, lines.count - 2] {
      let mark = try #require(LineMark(line: lines[seq]))
      let rest = try await hall.follow(token: pass.token, after: mark, count: lines.count - seq - 1)
      #expect(rest == Array(lines[(seq + 1)...].joined(separator: [0x0A])) + [0x0A], "\(mark)")
    }
  }

  @Test func whatHappensReachesEverybody() async throws {
    let hall = try await Hall()
    let pass = try await hall.join(.noteTaker, table: 1)
    let before = hall.host.count
    let mark = try #require(hall.record.split(separator: 0x0A).last.flatMap { LineMark(line: $0) })
    async let streams = withThrowingTaskGroup(of: [UInt8].self) { group in
      for table in [1, 2, 3] {
        let pass = try await hall.join(.noteTaker, table: table)
        group.addTask { try await hall.follow(token: pass.token, after: mark, count: 25) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for number in 0..<25 {
      #expect(try await hall.post(idea("Idee \(number)"), token: pass.token).status == 201)
    }
    let news = hall.record.split(separator: 0x0A)[before...].joined(separator: [0x0A]) + [0x0A]
    for stream in try await streams { #expect(stream == Array(news)) }
  }

  @Test func anotherHistoryIsToldFromOurs() async throws {
    let hall = try await Hall()
    let pass = try await hall.join(.observer)
    for (mark, status) in [
      ("0.00000000", 409), ("9999.01234567", 409), ("x", 400), ("-1.01234567", 400),
    ] {
      let reply = try await hall.ask(
        "GET", Wire.events(hall.host.id), token: pass.token, headers: ["Last-Event-ID": mark])
      #expect(reply.status == status, "\(mark)")
    }
    #expect(try await hall.ask("GET", Wire.events(hall.host.id)).status == 401)
  }

  @Test func whoDoesNotReadHoldsNobodyUp() async throws {
    let hall = try await Hall()
    let chief = try await hall.join(.facilitator)
    let mark = try #require(hall.record.split(separator: 0x0A).last.flatMap { LineMark(line: $0) })
    var stalled: [Socket] = []
    for _ in 0..<20 {
      let pass = try await hall.join(.screen)
      let socket = try await Socket.connect(hall.port)
      stalled.append(socket)
      await socket.send(
        Array(
          "GET \(Wire.events(hall.host.id)) HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(pass.token)\r\n\r\n"
            .utf8))
    }
    defer { for socket in stalled { socket.close() } }
    // More than the buffers of a connection hold, so that the writes to all of them stand still.
    let long = String(repeating: "Lange tekst é ", count: 250)
    let (count, pass) = (200, try await hall.join(.screen))
    async let stream = hall.follow(token: pass.token, after: mark, count: count)
    for number in 0..<count {
      #expect(try await hall.post(idea("\(number) \(long)"), token: chief.token).status == 201)
    }
    #expect(try await stream == Array(hall.record.suffix(try await stream.count)))
    #expect(hall.host.session.contributions.count == count)
  }

  /// Whatever comes in, the answer is one of HTTP or the end of the connection, and the host goes on.
  @Test func garbageIsAnsweredOrCut() async throws {
    let hall = try await Hall()
    let pass = try await hall.join(.facilitator)
    let commands = Wire.commands(hall.host.id)
    let requests = [
      "\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{16}\u{3}\u{1}\u{0}garbage\r\n\r\n",
      "GET /v1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: \(String(repeating: "a", count: 200_000))\r\n\r\n",
      "POST \(commands) HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
      "POST \(commands) HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\nConnection: close\r\n\r\nabcdef",
      "POST \(commands) HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n",
      "GET /v1/../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
      "GET /v1/conferences/%00/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
      "DELETE /v1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
      "GET /v1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \r\nConnection: close\r\n\r\n",
    ]
    for request in requests {
      let socket = try await Socket.connect(hall.port)
      await socket.send(Array(request.utf8))
      shutdown(socket.file, Int32(SHUT_WR))
      let reply = await socket.read { _ in false }
      socket.close()
      #expect(reply.isEmpty || reply.starts(with: "HTTP/1.1 ".utf8), "\(request.prefix(60))")
    }
    var random = SplitMix64(seed: 6)
    let body = String(decoding: CommandBody.bytes(idea("Goed")) ?? [], as: UTF8.self)
    for _ in 0..<300 {
      var bytes = Array(body.utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0x20...0x7E, using: &random)
      }
      let reply = try await hall.ask(
        "POST", commands, token: pass.token, headers: ["Idempotency-Key": CommandID.random().description],
        body: String(decoding: bytes, as: UTF8.self))
      #expect([201, 400, 409].contains(reply.status), "\(String(decoding: bytes, as: UTF8.self)) \(reply)")
    }
    #expect(try await hall.ask("GET", "/v1").status == 200)
  }

  // MARK: - The door

  @Test func aWrongCodeIsTriedAFewTimesOnly() async throws {
    let hall = try await Hall()
    func join(_ code: String) async throws -> Reply {
      try await hall.ask("POST", Wire.join, body: JoinRequest(code: code, table: 1).json.text)
    }
    for _ in 0..<5 { #expect(try await join("bado-kitu").status == 403) }
    let code = try #require(hall.server.door.code(for: .noteTaker, now: hall.now)).description
    let barred = try await join(code)
    #expect(barred.status == 429 && barred.head.lowercased().contains("retry-after: 60"))
    hall.wait(seconds: 60)
    #expect(try await join(code.uppercased()).status == 201)
    // A table that is not there, and one that is left out.
    for body in [JoinRequest(code: code, table: 9).json.text, JoinRequest(code: code).json.text, "[]"] {
      #expect(try await hall.ask("POST", Wire.join, body: body).status == 400)
    }
    hall.wait(seconds: 4 * 3600)
    #expect(try await join(code).status == 403)
    #expect(hall.server.door.code(for: .noteTaker, now: hall.now) == nil)
  }

  @Test func aPassThatWasTakenBackEndsItsStream() async throws {
    let hall = try await Hall()
    let pass = try await hall.join(.noteTaker, table: 1)
    let socket = try await hall.listen(token: pass.token)
    defer { socket.close() }
    let all = hall.host.count
    let first = await socket.read { Hall.lines($0).count { $0 == 0x0A } >= all }
    #expect(Hall.lines(first) == hall.record)
    let device = try #require(hall.server.door.devices.first)
    #expect(device.role == .noteTaker(table: 1) && device.address == "127.0.0.1" && device.streams == 1)
    hall.server.revoke(device.number)
    // To the end of the connection.
    _ = await socket.read { _ in false }
    #expect(await hall.give(idea("Later")) == nil)
    #expect(try await hall.post(idea("x"), token: pass.token).status == 401)
    #expect(hall.server.door.devices.isEmpty)
  }

  @Test func oneDeviceCannotFloodTheRecord() async throws {
    let hall = try await Hall()
    let pass = try await hall.join(.noteTaker, table: 1)
    var statuses: [Int] = []
    for _ in 0..<610 { statuses.append(try await hall.post(.undo, token: pass.token).status) }
    #expect(statuses.prefix(600).allSatisfy { $0 == 409 })
    #expect(statuses.dropFirst(600).allSatisfy { $0 == 429 })
    hall.wait(seconds: 60)
    #expect(try await hall.post(.undo, token: pass.token).status == 409)
  }
}
