import Conference
import Ground
import Host
import Server
import Testing
import Wire

/// What a facilitator's console on another laptop asks beside commands.
@Suite(.serialized) struct FacilitatorTests {
  private func card(_ hall: Hall, _ key: CommandID, _ pass: Pass) async throws -> DrawingCard? {
    DrawingCard(try await hall.ask("GET", Wire.drawing(key, hall.host.id), token: pass.token).json)
  }

  private func ask(_ hall: Hall, _ request: DrawingRequest, _ key: CommandID, _ pass: Pass) async throws
    -> Reply
  {
    try await hall.ask(
      "POST", Wire.drawings(hall.host.id), token: pass.token, headers: ["Idempotency-Key": "\(key)"],
      body: request.json.text)
  }

  /// Looks at a drawing until it is so far.
  private func card(
    _ hall: Hall, _ key: CommandID, _ pass: Pass, until isSoFar: (DrawingCard) -> Bool
  ) async throws -> DrawingCard {
    while true {
      let card = try #require(try await card(hall, key, pass))
      if isSoFar(card) { return card }
    }
  }

  @Test func tablesAreDrawnLookedAtAndTaken() async throws {
    let hall = try await Hall()
    let pass = try await hall.join(.facilitator)
    let key = CommandID.random()
    #expect(try await ask(hall, .begin, key, pass).status == 202)
    let found = try await card(hall, key, pass) { if case .found = $0 { true } else { false } }
    guard case .found(let rounds, let cost, let bound, _, _, _) = found else { return }
    #expect(rounds.map(\.round) == [1])
    #expect(Set(rounds[0].tables.values.joined()) == Set((1...9).map { "p\($0)" }))
    #expect(cost >= bound)
    // Begun again it is the same one.
    #expect(try await ask(hall, .begin, key, pass).status == 202)
    #expect(hall.host.session.seatings.isEmpty)
    #expect(try await ask(hall, .take, key, pass).status == 202)
    _ = try await card(hall, key, pass) { $0 == .taken }
    #expect(hall.host.session.seatings.keys.sorted() == [1])
    let seated = hall.record.split(separator: 0x0A)
      .filter { String(decoding: $0, as: UTF8.self).contains("table.seated") }
    #expect(!seated.isEmpty)
    #expect(seated.allSatisfy { String(decoding: $0, as: UTF8.self).contains("\"by\":\"facilitator\"") })
  }

  @Test func aDrawingThatIsGivenUpChangesNothing() async throws {
    let hall = try await Hall()
    let pass = try await hall.join(.facilitator)
    let key = CommandID.random()
    _ = try await ask(hall, .begin, key, pass)
    #expect(try await ask(hall, .drop, key, pass).status == 202)
    // The next one does not wait for it.
    let next = CommandID.random()
    _ = try await ask(hall, .begin, next, pass)
    _ = try await card(hall, next, pass) { if case .found = $0 { true } else { false } }
    _ = try await ask(hall, .take, next, pass)
    _ = try await card(hall, next, pass) { $0 == .taken }
    #expect(try await card(hall, key, pass) != .taken)
  }

  @Test func whyThereAreNoTablesIsTold() async throws {
    let hall = try await Hall()
    for (a, b) in [("p1", "p2"), ("p1", "p3"), ("p1", "p4"), ("p1", "p5"), ("p1", "p6")] {
      _ = await hall.give(.keepApart([a, b]))
    }
    for person in (1...9).dropFirst(6) { _ = await hall.give(.keepApart(["p1", "p\(person)"])) }
    for person in 2...9 { _ = await hall.give(.pin(person: "p\(person)", table: person % 3 + 1)) }
    let pass = try await hall.join(.facilitator)
    let key = CommandID.random()
    _ = try await ask(hall, .begin, key, pass)
    let refused = try await card(hall, key, pass) {
      if case .begun = $0 { false } else { true }
    }
    guard case .refused(let why) = refused else {
      Issue.record("not refused: \(refused)")
      return
    }
    #expect(!why.nl.isEmpty && !why.en.isEmpty)
  }

  @Test func theDoorIsLookedAtAndChanged() async throws {
    let hall = try await Hall()
    let pass = try await hall.join(.facilitator)
    let note = try await hall.join(.noteTaker, table: 2)
    let reply = try await hall.ask("GET", Wire.devices(hall.host.id), token: pass.token)
    let card = try #require(DoorCard(reply.json))
    #expect(card.devices.map(\.role) == [.facilitator, .noteTaker(table: 2)])
    #expect(card.codes.map(\.purpose) == Door.Purpose.allCases.map(\.rawValue))
    let renewed = try await hall.ask(
      "POST", Wire.door(hall.host.id), token: pass.token, body: DoorChange.renew.json.text)
    #expect(try #require(DoorCard(renewed.json)).codes != card.codes)
    let revoked = try await hall.ask(
      "POST", Wire.door(hall.host.id), token: pass.token, body: DoorChange.revoke(2).json.text)
    #expect(try #require(DoorCard(revoked.json)).devices.map(\.number) == [1])
    #expect(try await hall.post(.askHelp(table: 2), token: note.token).status == 401)
  }

  @Test(arguments: [Door.Purpose.noteTaker, .screen, .observer])
  func nobodyElseMay(purpose: Door.Purpose) async throws {
    let hall = try await Hall()
    let pass = try await hall.join(purpose, table: purpose == .noteTaker ? 1 : nil)
    let key = CommandID.random()
    let codes = Door.Purpose.allCases.map { hall.server.door.code(for: $0, now: hall.now)?.description }
    #expect(try await ask(hall, .begin, key, pass).status == 403)
    for (method, path, body) in [
      ("GET", Wire.drawing(key, hall.host.id), ""), ("GET", Wire.devices(hall.host.id), ""),
      ("POST", Wire.door(hall.host.id), DoorChange.renew.json.text),
    ] {
      #expect(try await hall.ask(method, path, token: pass.token, body: body).status == 403)
    }
    #expect(Door.Purpose.allCases.map { hall.server.door.code(for: $0, now: hall.now)?.description } == codes)
  }
}
