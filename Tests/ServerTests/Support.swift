import Conference
import Dispatch
import Foundation
import Ground
import Host
import Record
import Seating
import Server
import Synchronization
import Testing
import Wire

/// A host with three tables that serves on a free port of this machine until it goes.
final class Hall: Sendable {
  let folder: String
  let host: ConferenceHost
  let server: ConferenceServer
  let port: Int

  var path: String { folder + "/record.jsonl" }

  /// Over TLS with a certificate.
  init(certificate: HostCertificate? = nil, patience: Interval = .minutes(1)) async throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "beraad-hall-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    folder = url.path(percentEncoded: false)
    let start = Moment(milliseconds: 1_795_262_400_000)
    let clock = Clock(start)
    let writer = try RecordWriter.create(
      path: folder + "/record.jsonl", session: "proef", app: "test", at: start)
    host = ConferenceHost(
      writer: writer, lines: [writer.firstLine], engine: Annealer(), now: { clock.time.withLock { $0 } })
    time = clock
    server = ConferenceServer(host, patience: patience)
    port = try await Self.serve(server, certificate)
    #expect(await give(.open(Self.opening), by: "host") == nil)
  }

  /// Serves at a further port, and gives that.
  func serve(_ certificate: HostCertificate?) async throws -> Int {
    try await Self.serve(server, certificate)
  }

  private static func serve(
    _ server: ConferenceServer, _ certificate: HostCertificate?
  ) async throws -> Int {
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    Task {
      do {
        try await server.run(address: "127.0.0.1", port: 0, certificate: certificate) { port.yield($0) }
      } catch {}
      port.finish()
    }
    var iterator = ports.makeAsyncIterator()
    return try #require(await iterator.next())
  }

  deinit {
    // It serves until the tests end: a server that is cancelled while it takes a connection stops the program
    // (NIOAsyncWriter), and nothing but the end of the program ends it in earnest.
    host.close()
    try? FileManager.default.removeItem(atPath: folder)
  }

  private let time: Clock

  private final class Clock: Sendable {
    let time: Mutex<Moment>
    init(_ start: Moment) { time = Mutex(start) }
  }

  func wait(seconds: Int) { time.time.withLock { $0 = $0 + .seconds(seconds) } }
  var now: Moment { time.time.withLock { $0 } }

  /// Gives the host a command itself; returns why it was refused, or nil.
  func give(_ command: Command, by: String = "facilitator") async -> Phrase? {
    await withCheckedContinuation { answer in
      host.submit(command, by: by) { result in
        switch result {
        case .success: answer.resume(returning: nil)
        case .failure(let error): answer.resume(returning: error.phrase)
        }
      }
    }
  }

  /// The bytes of the record.
  var record: [UInt8] { Array(FileManager.default.contents(atPath: path) ?? Data()) }

  static let opening = Opening(
    plan: Plan(
      title: "Proef",
      items: [
        AgendaItem(id: "a", phase: .plenary, title: "Opening", seconds: 600),
        AgendaItem(id: "b", phase: .breakout, title: "Ronde 1", seconds: 1200),
        AgendaItem(id: "c", phase: .closing, title: "Slot", seconds: 600),
      ], tables: (1...3).map { Table(number: $0, seats: 5) }),
    participants: (1...9).map { Participant(id: "p\($0)", name: "Mens \($0)", group: "G\($0 % 3)") },
    survey: [], zone: Zone(name: "Europe/Amsterdam", offset: 3600))

  // MARK: - Asking

  /// Sends a request as it is written and reads to the end of the connection.
  func exchange(_ request: String) async throws -> Reply {
    let socket = try await Socket.connect(port)
    defer { socket.close() }
    await socket.send(Array(request.utf8))
    return try #require(Reply(await socket.read { _ in false }))
  }

  func ask(
    _ method: String, _ path: String, token: String? = nil, headers: [String: String] = [:], body: String = ""
  ) async throws -> Reply {
    var request = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    if let token { request += "Authorization: Bearer \(token)\r\n" }
    for (name, value) in headers { request += "\(name): \(value)\r\n" }
    if method == "POST" { request += "Content-Length: \(body.utf8.count)\r\n" }
    return try await exchange(request + "\r\n" + body)
  }

  func join(_ purpose: Door.Purpose, table: Int? = nil) async throws -> Pass {
    let code = try #require(server.door.code(for: purpose, now: now))
    let reply = try await ask(
      "POST", Wire.join, body: JoinRequest(code: code.description, table: table).json.text)
    #expect(reply.status == 201)
    return try #require(Pass(reply.json))
  }

  func post(
    _ command: Command, token: String, key: CommandID = .random()
  ) async throws -> Reply {
    let body = try #require(CommandBody.bytes(command))
    return try await ask(
      "POST", Wire.commands(host.id), token: token, headers: ["Idempotency-Key": key.description],
      body: String(decoding: body, as: UTF8.self))
  }

  /// Asks for the stream of events, of which nothing is read yet.
  func listen(token: String, after: LineMark? = nil) async throws -> Socket {
    let socket = try await Socket.connect(port)
    var request =
      "GET \(Wire.events(host.id)) HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(token)\r\n"
    if let after { request += "Last-Event-ID: \(after)\r\n" }
    await socket.send(Array((request + "\r\n").utf8))
    return socket
  }

  /// Follows the stream of events until `count` lines came; returns their bytes, each with its LF, as in the file.
  func follow(token: String, after: LineMark? = nil, count: Int) async throws -> [UInt8] {
    let socket = try await listen(token: token, after: after)
    defer { socket.close() }
    return Self.lines(await socket.read { Self.lines($0).count { $0 == 0x0A } >= count })
  }

  /// The lines in what came of a stream; the chunks of HTTP fall between fields, or are taken out.
  static func lines(_ bytes: [UInt8]) -> [UInt8] {
    var reader = EventReader()
    return (reader.take(Reply.unchunked(bytes)) ?? []).flatMap { event -> [UInt8] in
      if case .line(_, let line) = event { line + [0x0A] } else { [] }
    }
  }
}

/// What the server answered.
struct Reply {
  var status: Int
  var head: String
  var body: [UInt8]

  var json: JSONText { (try? JSONText(parsing: body)) ?? JSONText(.null) }
  var problem: String? { json["problem"]?.string }

  init?(_ bytes: [UInt8]) {
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
    let words = head.split(separator: " ")
    guard words.count > 1, let status = Int(words[1]) else { return nil }
    self.status = status
    body =
      head.lowercased().contains("transfer-encoding: chunked")
      ? Reply.unchunked(bytes) : Array(bytes[end.upperBound...])
  }

  /// The body of a response in chunks (RFC 9112, section 7.1), as far as it came.
  static func unchunked(_ bytes: [UInt8]) -> [UInt8] {
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return [] }
    var (rest, body) = (bytes[end.upperBound...], [UInt8]())
    while let line = rest.firstRange(of: Array("\r\n".utf8)),
      let size = Int(String(decoding: rest[..<line.lowerBound], as: UTF8.self), radix: 16), size > 0,
      rest.endIndex - line.upperBound >= size
    {
      body += rest[line.upperBound..<line.upperBound + size]
      rest = rest[(line.upperBound + size)...].dropFirst(2)
    }
    return body
  }
}

/// A connection to this machine; waiting for it happens on threads of its own, since the server under test needs
/// those of Swift's concurrency.
struct Socket: Sendable {
  let file: Int32

  static func connect(_ port: Int) async throws -> Socket {
    let file = try await onThread { () -> Int32 in
      let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = in_port_t(port).bigEndian
      address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
      let size = socklen_t(MemoryLayout<sockaddr_in>.size)
      let failed = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Foundation.connect(file, $0, size) }
      }
      var patience = timeval(tv_sec: 20, tv_usec: 0)
      setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
      return failed == 0 ? file : -1
    }
    try #require(file >= 0)
    return Socket(file: file)
  }

  func send(_ bytes: [UInt8]) async {
    _ = try? await onThread { Foundation.send(file, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }
  }

  /// Reads until `isEnough`, the end of the connection, or 20 s of silence.
  func read(_ isEnough: @escaping @Sendable ([UInt8]) -> Bool) async -> [UInt8] {
    let all = try? await onThread {
      var (all, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
      while !isEnough(all) {
        let count = recv(file, &buffer, buffer.count, 0)
        guard count > 0 else { break }
        all += buffer[..<count]
      }
      return all
    }
    return all ?? []
  }

  func close() { _ = Foundation.close(file) }
}

/// Does what waits on a thread of its own.
func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { answer in
    Thread.detachNewThread { answer.resume(with: Result { try body() }) }
  }
}
