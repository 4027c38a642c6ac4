import Conference
import Device
import Foundation
import Ground
import Host
import Record
import Server
import Synchronization
import Testing
import Wire

/// Another laptop takes a conference over from its own copy, with what the devices have beyond it.
@Suite(.serialized) struct GatheringTests {
  /// The record of a conference that went on for a while, and folders with copies of its beginning.
  private final class Past {
    let folder: String
    let bytes: [UInt8]
    let lines: [[UInt8]]
    let conference: CommandID

    init(_ count: Int) throws {
      let url = FileManager.default.temporaryDirectory.appending(path: "beraad-past-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      folder = url.path(percentEncoded: false)
      let writer = try RecordWriter.create(
        path: folder + "/record.jsonl", session: "proef", app: "test", at: Past.noon)
      for number in 1..<count {
        let text = String(repeating: "é", count: number % 7 * 300)
        try writer.appendAndWait(
          [Draft(type: "x.test", data: ["text": .string("\(number)\(text)")])], at: Past.noon, by: "host",
          cmd: .random())
      }
      bytes = writer.acknowledgedBytes
      conference = writer.firstLine.cmd
      lines = bytes.split(separator: 0x0A).map { Array($0) + [0x0A] }
      writer.close()
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    static let noon = Moment(milliseconds: 1_795_262_400_000)

    /// A folder with the first lines of the record as a device's copy.
    func copy(_ name: String, _ count: Int) throws -> String {
      let place = folder + "/" + name
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
      try Data(lines.prefix(count).joined()).write(to: URL(filePath: place + "/record.jsonl"))
      return place
    }
  }

  /// A laptop that takes over, from a copy in a folder.
  private final class Successor: Sendable {
    let gathering: Gathering
    let port: Int
    let heard: Heard

    final class Heard: Sendable {
      private let all = Mutex<[(Gathering.Heard, Int)]>([])
      private let news: AsyncStream<Void>
      private let tell: AsyncStream<Void>.Continuation
      init() { (news, tell) = AsyncStream.makeStream(of: Void.self) }
      func add(_ heard: Gathering.Heard, _ total: Int) {
        all.withLock { $0.append((heard, total)) }
        tell.yield()
      }
      func wait(until holds: ([(Gathering.Heard, Int)]) -> Bool) async {
        for await _ in news where holds(all.withLock { $0 }) { return }
      }
    }

    init(_ folder: String) async throws {
      let heard = Heard()
      self.heard = heard
      let gathering = try Gathering(path: folder + "/record.jsonl", now: { Past.noon }) { heard.add($0, $1) }
      self.gathering = gathering
      let (ports, port) = AsyncStream.makeStream(of: Int.self)
      Task { try await gathering.run(address: "127.0.0.1", port: 0, certificate: nil) { port.yield($0) } }
      var iterator = ports.makeAsyncIterator()
      self.port = try #require(await iterator.next())
    }

    func device(_ past: Past, _ folder: String, table: Int) async throws -> HostLink {
      let address = HostAddress(host: "127.0.0.1", port: port, scheme: .http)
      let code = try #require(gathering.door.code(for: .noteTaker, now: Past.noon))
      let request = JoinRequest(code: code.description, table: table)
      // On a thread of its own: the server needs those of the tests.
      let (_, pass) = try await onThread {
        try HostAddress.join(request, at: [address], patience: .seconds(100))
      }
      var plan = LinkPlan(
        addresses: [address], token: pass.token, conference: past.conference, folder: folder)
      plan.retry = 1...20
      plan.second = 1
      return try HostLink.open(plan).0
    }
  }

  @Test func takesWhatDevicesHaveMore() async throws {
    let past = try Past(40)
    let successor = try await Successor(try past.copy("host", 20))
    let links = [
      try await successor.device(past, past.copy("a", 31), table: 1),
      try await successor.device(past, past.copy("b", 12), table: 2),
      try await successor.device(past, past.copy("c", 40), table: 3),
      try await successor.device(past, past.copy("d", 0), table: 4),
    ]
    for link in links {
      link.submit(.mark("wacht"))
      link.start { _ in }
    }
    await successor.heard.wait { all in
      Set(all.map(\.0.role)).count == 4 && all.contains { $0.1 == 40 }
    }
    let heard = successor.gathering.close()
    #expect(heard.map(\.role) == (1...4).map { .noteTaker(table: $0) })
    #expect(heard.map(\.lines).reduce(0, +) == 20)
    #expect(heard[1].lines == 0 && heard[3].lines == 0 && heard[2].lines >= 9)
    for link in links { link.close() }
    #expect(try RecordReader.bytes(path: past.folder + "/host/record.jsonl") == past.bytes)
  }

  @Test func takesALongTailInPieces() async throws {
    let past = try Past(1_400)
    #expect(past.bytes.count > 2 * Wire.maxLines)
    let successor = try await Successor(try past.copy("host", 3))
    let link = try await successor.device(past, past.copy("a", 1_400), table: 1)
    link.start { _ in }
    await successor.heard.wait { all in all.contains { $0.1 == 1_400 } }
    #expect(successor.gathering.close().map(\.lines) == [1_397])
    link.close()
    #expect(try RecordReader.bytes(path: past.folder + "/host/record.jsonl") == past.bytes)
  }

  @Test func takesNothingThatDoesNotFollow() async throws {
    let past = try Past(30)
    let other = try Past(30)
    let folder = try past.copy("host", 20)
    let before = try RecordReader.bytes(path: folder + "/record.jsonl")
    let successor = try await Successor(folder)
    func ask(_ path: String, _ body: [UInt8], token: String?, mark: String? = nil) async throws -> Int {
      var request = "\(body.isEmpty ? "GET" : "POST") \(path) HTTP/1.1\r\nHost: localhost\r\n"
      request += "Connection: close\r\nContent-Length: \(body.count)\r\n"
      if let token { request += "Authorization: Bearer \(token)\r\n" }
      if let mark { request += "Last-Event-ID: \(mark)\r\n" }
      let socket = try await Socket.connect(successor.port)
      defer { socket.close() }
      await socket.send(Array((request + "\r\n").utf8) + body)
      return try #require(Reply(await socket.read { _ in false })).status
    }
    let code = try #require(successor.gathering.door.code(for: .screen, now: Past.noon)).description
    let address = HostAddress(host: "127.0.0.1", port: successor.port, scheme: .http)
    let (_, pass) = try await onThread {
      try HostAddress.join(JoinRequest(code: code), at: [address], patience: .seconds(100))
    }
    let lines = Wire.lines(past.conference)
    let tail = Array(past.lines[20...].joined())
    #expect(try await ask(lines, tail, token: nil) == 401)
    #expect(try await ask(lines, tail, token: "none") == 401)
    #expect(try await ask(Wire.lines(other.conference), tail, token: pass.token) == 404)
    // Of another history; one letter changed; with a hole; no lines at all; too many at once.
    #expect(try await ask(lines, Array(other.lines[20...].joined()), token: pass.token) == 409)
    var changed = tail
    changed[changed.count / 2] ^= 1
    #expect(try await ask(lines, changed, token: pass.token) == 409)
    #expect(try await ask(lines, Array(past.lines[21...].joined()), token: pass.token) == 409)
    #expect(try await ask(lines, Array("{}\n".utf8), token: pass.token) == 409)
    #expect(
      try await ask(lines, [UInt8](repeating: 0x0A, count: Wire.maxLines + 1), token: pass.token) == 413)
    #expect(try await ask(Wire.events(past.conference), [], token: pass.token) == 503)
    #expect(try await ask(Wire.events(past.conference), [], token: pass.token, mark: "29.00000000") == 409)
    #expect(try await ask(Wire.commands(past.conference), Array("{}".utf8), token: pass.token) == 503)
    #expect(try RecordReader.bytes(path: folder + "/record.jsonl") == before)
    #expect(try await ask(lines, tail, token: pass.token) == 200)
    // Given twice they are there once.
    #expect(try await ask(lines, tail, token: pass.token) == 200)
    #expect(try RecordReader.bytes(path: folder + "/record.jsonl") == past.bytes)
    _ = successor.gathering.close()
    #expect(try await ask(lines, tail, token: pass.token) == 503)
  }

  @Test func beginsWithTheWholeLinesOfACopy() async throws {
    let past = try Past(10)
    let folder = try past.copy("host", 10)
    let path = folder + "/record.jsonl"
    try Data(past.bytes.dropLast(5)).write(to: URL(filePath: path))
    let gathering = try Gathering(path: path, now: { Past.noon }) { _, _ in }
    #expect(gathering.count == 9 && gathering.conference == past.conference)
    #expect(throws: RecordError.self) { try Gathering(path: path, now: { Past.noon }) { _, _ in } }
    _ = gathering.close()
    #expect(try RecordReader.bytes(path: path) == Array(past.lines.dropLast().joined()))
    var bad = past.bytes
    bad[past.lines[0].count + 30] ^= 1
    try Data(bad).write(to: URL(filePath: path))
    #expect(throws: RecordError.self) { try Gathering(path: path, now: { Past.noon }) { _, _ in } }
    #expect(try RecordReader.bytes(path: path) == bad)
  }
}
