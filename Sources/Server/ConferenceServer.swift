import Conference
import Ground
import Host
import Hummingbird
import NIOCore
import Record
import Synchronization
import Wire

/// Serves a conference to the devices in the hall: the record's lines as they come, and commands to the host.
///
/// Source: docs/openapi.yaml.
public final class ConferenceServer: DeviceServer {
  /// Who is let in.
  public let door: Door
  /// The conference.
  public var conference: CommandID { host.id }

  let host: ConferenceHost
  let feed: Feed
  private let patience: Interval
  let drawings = WatchedDrawings()
  private let addresses = Mutex<[String]>([])
  private let seen = SeenCommands()

  /// Creates the server of a host; nothing is served before `run`.
  ///
  /// `kept` and `keep` are those of `Door`: with them devices come back to a host that begins again. A connection on
  /// which nothing is asked for `patience` milliseconds is closed, also in the middle of a handshake or a question.
  public init(
    _ host: ConferenceHost, kept: [String: String] = [:], patience: Interval = .minutes(1),
    keep: @escaping @Sendable ([String: String]) -> Void = { _ in }
  ) {
    self.host = host
    self.patience = patience
    door = Door(now: host.now(), kept: kept, keep: keep)
    feed = Feed(host)
  }

  /// Serves at an address until the program ends, as `DeviceServer` says.
  public func run(
    address: String, port: Int, certificate: HostCertificate? = nil,
    onRunning: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws {
    try await serve(
      address: address, port: port, certificate: certificate, patience: patience, onRunning: onRunning,
      routes: addRoutes)
  }

  /// Tells devices from now on where else the host can be found, should the network on which they found it fail.
  public func announce(_ addresses: [String]) { self.addresses.withLock { $0 = addresses } }

  /// Takes the pass of a device back, which ends its streams.
  public func revoke(_ device: Int) {
    door.revoke(device)
    feed.cut(device)
  }

  private func addRoutes(_ router: Router<DeviceContext>) {
    router.get("v1") { [self] _, _ in
      Self.json(
        HostCard(conference: conference, now: host.now(), addresses: addresses.withLock { $0 }).json)
    }
    router.post("v1/join") { [self] request, context in
      await Self.respond { () async throws(WireProblem) in
        try await join(request, context, now: host.now()) { table in
          host.session.tables.contains { $0.number == table }
        }
      }
    }
    router.get("v1/conferences/:id/events") { [self] request, context in
      await Self.respond { () async throws(WireProblem) in try stream(request, context) }
    }
    router.post("v1/conferences/:id/commands") { [self] request, context in
      await Self.respond { () async throws(WireProblem) in try await take(request, context) }
    }
    addFacilitatorRoutes(router)
  }

  // MARK: - Commands

  private func take(_ request: Request, _ context: DeviceContext) async throws(WireProblem) -> Response {
    let (token, device) = try admitted(request, context)
    let key = try Self.key(request)
    let bytes = try await Self.body(request)
    let command = try CommandBody.command(bytes)
    guard device.role.mayGive(command, in: host.session) else { throw .notAllowed }
    try door.countCommand(token, now: host.now())
    do throws(WireProblem) { try seen.see(key, bytes) } catch {
      // Of two that came at once the second may not have been refused.
      guard case .refused = error, host.place(of: key) != nil else { throw error }
    }
    let result = await withCheckedContinuation { continuation in
      host.submit(command, by: device.role.name, cmd: key) { continuation.resume(returning: $0) }
    }
    switch result {
    case .success:
      guard let seq = host.place(of: key) else { throw .disk(RecordError.closed.phrase) }
      let hash = host.lines(from: seq, atMost: 1).dropLast().suffix(34).prefix(32)
      return Self.json(CommandAnswer(seq: seq, hash: String(decoding: hash, as: UTF8.self)).json, .created)
    case .failure(let error):
      let problem = WireProblem(error)
      seen.refuse(key, problem)
      throw problem
    }
  }

  // MARK: - The stream

  private func stream(_ request: Request, _ context: DeviceContext) throws(WireProblem) -> Response {
    let (token, device) = try admitted(request, context)
    let start = try place(after: Self.mark(request))
    try door.openStream(token)
    let channel = context.channel
    let body = ResponseBody { [self] writer in
      defer { door.closeStream(token) }
      try await writer.write(ByteBuffer(bytes: EventStream.opening))
      let number = try await feed.open(from: start, to: device.number, on: channel)
      defer { feed.close(number, on: channel) }
      // Its pass may have been taken back just before.
      if !door.isIn(device.number) { feed.cut(device.number) }
      let (never, end) = AsyncStream.makeStream(of: Never.self)
      defer { end.finish() }
      try await request.body.consumeWithCancellationOnInboundClose { _ in for await _ in never {} }
      // A stream of events has no end of its own: where the server ends, it is cut.
      throw CancellationError()
    }
    return Response(
      status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"], body: body)
  }

  /// The line with which a stream goes on: the first, or that behind the mark of a device's copy.
  private func place(after mark: LineMark?) throws(WireProblem) -> Int {
    guard let mark else { return 0 }
    let line = host.lines(from: mark.seq, atMost: 1).dropLast()
    guard LineMark(line: line) == mark else { throw .diverged }
    return mark.seq + 1
  }
}

extension WireProblem {
  /// Why the host did not carry a command out.
  fileprivate init(_ error: HostError) {
    switch error {
    case .record(.lineTooLong): self = .tooLong
    case .record(.invalidDraft): self = .malformed("data")
    case .record(let error): self = .disk(error.phrase)
    case .refused, .noSeating: self = .refused(error.phrase, wantsYes: error.wantsYes)
    }
  }
}
