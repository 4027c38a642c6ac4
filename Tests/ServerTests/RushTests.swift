import Conference
import Foundation
import Ground
import Host
import NIOCore
import Testing
import Wire

@testable import Server

/// Many devices that come back at once, and devices that do not read (S4.7).
@Suite(.serialized) struct RushTests {
  private func idea(_ text: String, table: Int = 1) -> Command {
    .contribute(NewContribution(table: table, kind: "idea", text: text))
  }

  /// Lets devices in as the door does, without the network.
  private func letIn(_ hall: Hall, _ count: Int) throws -> [String] {
    let code = try #require(hall.server.door.code(for: .screen, now: hall.now)).description
    return try (0..<count).map { _ in
      try hall.server.door.join(JoinRequest(code: code), from: "127.0.0.1", now: hall.now).0
    }
  }

  @Test func fiveHundredComeBackAtOnce() async throws {
    let hall = try await Hall()
    let note = try await hall.join(.noteTaker, table: 1)
    let crowd = Crowd(hall, tokens: try letIn(hall, 500))
    for number in 0..<10 { #expect(await hall.give(idea("Voor \(number)")) == nil) }
    crowd.come()
    try await crowd.wait(lines: hall.host.count)
    for round in 0..<2 {
      try await crowd.leave()
      for number in 0..<10 { #expect(await hall.give(idea("Weg \(round) \(number)")) == nil) }
      crowd.come()
      // The host answers meanwhile.
      for number in 0..<20 {
        #expect(try await hall.post(idea("Terug \(round) \(number)"), token: note.token).status == 201)
      }
      try await crowd.wait(lines: hall.host.count)
    }
    let record = hall.record
    #expect(hall.host.session.contributions.count == 70)
    for member in crowd.members {
      // What was missing, all of it, and nothing twice.
      #expect(member.bytes == record && member.repeated == 0)
    }
    #expect(hall.server.door.devices.count { $0.streams > 0 } == 500)
    await crowd.close()
  }

  // MARK: - Who does not read

  /// A stream that nobody reads, with more due than the buffers on the way hold; `beat` is what the clock then does.
  private func stalled(
    _ hall: Hall, beat: (Feed) -> Void
  ) async throws -> (all: [UInt8], token: String, heard: [UInt8]) {
    let tokens = try letIn(hall, 2)
    let mark = try #require(hall.record.split(separator: 0x0A).last.flatMap { LineMark(line: $0) })
    let socket = try await hall.listen(token: tokens[0])
    defer { socket.close() }
    // It is there before anything is due.
    let first = await socket.read { Hall.lines($0).count { $0 == 0x0A } > mark.seq }
    let long = String(repeating: "Lange tekst é ", count: 250)
    for round in 0..<30 {
      await withTaskGroup(of: Void.self) { group in
        for number in 0..<50 {
          group.addTask { #expect(await hall.give(idea("\(round) \(number) \(long)")) == nil) }
        }
      }
    }
    // Whoever reads got all of it, and is not taken for one who does not.
    let reading = try await hall.listen(token: tokens[1])
    defer { reading.close() }
    let end = Array("\n\n\r\n".utf8)
    let last = try #require(hall.record.split(separator: 0x0A).last.flatMap { LineMark(line: $0) })
    let id = Array("id: \(last)\n".utf8)
    let all = await reading.read { $0.suffix(5000).firstRange(of: id) != nil && $0.suffix(4) == end[...] }
    #expect(Hall.lines(all) == hall.record)
    beat(hall.server.feed)
    #expect(await reading.read { $0.firstRange(of: Array(": hb".utf8)) != nil }.isEmpty == false)
    // Now it reads on, to the end of the record or of the connection.
    let rest = await socket.read { $0.suffix(5000).firstRange(of: id) != nil && $0.suffix(4) == end[...] }
    return (hall.record, tokens[0], Hall.lines(first + rest))
  }

  @Test func whoReadsNothingForTwentySecondsIsCutOff() async throws {
    let hall = try await Hall()
    let (all, token, heard) = try await stalled(hall) { $0.beat(at: .now() + .seconds(21)) }
    #expect(heard.count < all.count)
    // What it got is whole, and it goes on from there.
    #expect(all.starts(with: heard))
    let mark = try #require(heard.split(separator: 0x0A).last.flatMap { LineMark(line: $0) })
    let socket = try await Socket.connect(hall.port)
    defer { socket.close() }
    await socket.send(
      Array(
        "GET \(Wire.events(hall.host.id)) HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\nLast-Event-ID: \(mark)\r\n\r\n"
          .utf8))
    let last = try #require(all.split(separator: 0x0A).last.flatMap { LineMark(line: $0) })
    let id = Array("id: \(last)\n".utf8)
    let rest = Hall.lines(
      await socket.read {
        $0.suffix(5000).firstRange(of: id) != nil && $0.suffix(4) == Array("\n\n\r\n".utf8)[...]
      })
    #expect(heard + rest == all)
  }

  @Test func whoReadsALittleLateIsNot() async throws {
    let hall = try await Hall()
    let (all, _, heard) = try await stalled(hall) { $0.beat(at: .now() + .seconds(9)) }
    #expect(heard == all)
  }
}
