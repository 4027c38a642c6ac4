import Conference
import Ground
import HTTPTypes
import Host
import Hummingbird
import HummingbirdTLS
import Logging
import NIOCore
import Record
import Synchronization
import Wire

/// What devices in the hall can be let in to.
public protocol DeviceServer: Sendable {
  /// Who is let in.
  var door: Door { get }

  /// Serves at an address until the program ends; `onRunning` is told the port, which for 0 is a free one.
  ///
  /// Over TLS with a certificate; without one all on the network can read along. Throws what the network throws,
  /// such as that the port is taken.
  func run(
    address: String, port: Int, certificate: HostCertificate?, onRunning: @escaping @Sendable (Int) -> Void
  ) async throws
}

/// Serves a conference to the devices in the hall: the record's lines as they come, and commands to the host.
///
/// Source: docs/openapi.yaml.
public final class ConferenceServer: DeviceServer {
  /// Who is let in.
  public let door: Door

  let host: ConferenceHost
  let feed: Feed
  let drawings = WatchedDrawings()
  private let addresses = Mutex<[String]>([])
  private let seen = SeenCommands()

  /// Creates the server of a host; nothing is served before `run`.
  ///
  /// `kept` and `keep` are those of `Door`: with them devices come back to a host that begins again.
  public init(
    _ host: ConferenceHost, kept: [String: String] = [:],
    keep: @escaping @Sendable ([String: String]) -> Void = { _ in }
  ) {
    self.host = host
    door = Door(now: host.now(), kept: kept, keep: keep)
    feed = Feed(host)
  }

  /// Serves at an address until the program ends, as `DeviceServer` says.
  public func run(
    address: String, port: Int, certificate: HostCertificate? = nil,
    onRunning: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws {
    try await Self.serve(
      address: address, port: port, certificate: certificate, onRunning: onRunning, routes: addRoutes)
  }

  /// Serves these routes and the front page until the program ends.
  static func serve(
    address: String, port: Int, certificate: HostCertificate?, onRunning: @escaping @Sendable (Int) -> Void,
    routes: (Router<DeviceContext>) -> Void
  ) async throws {
    let router = Router(context: DeviceContext.self)
    router.add(middleware: ProblemsInWords())
    let scheme = certificate == nil ? "http" : "https"
    router.get("/") { request, _ in Self.frontPage("\(scheme)://", request.head.authority) }
    routes(router)
    let configuration = try certificate?.configuration()
    // What goes wrong with one request is that device's; a log on the terminal would spoil the screen.
    let logger = Logger(label: "beraad") { _ in SwiftLogNoOpLogHandler() }
    let app = Application(
      router: router, server: try configuration.map { try .tls(.http1(), tlsConfiguration: $0) } ?? .http1(),
      configuration: .init(address: .hostname(address, port: port), serverName: "beraad"),
      onServerRunning: { channel in onRunning(channel.localAddress?.port ?? port) }, logger: logger)
    try await app.run()
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
        HostCard(conference: host.id, now: host.now(), addresses: addresses.withLock { $0 }).json)
    }
    router.post("v1/join") { [self] request, context in
      await Self.respond { () async throws(WireProblem) in
        guard let body = try? JSONText(parsing: await Self.body(request)), let asked = JoinRequest(body)
        else {
          throw .malformed("json")
        }
        if let table = asked.table, !host.session.tables.contains(where: { $0.number == table }) {
          throw .malformed("table")
        }
        let (token, role) = try door.join(asked, from: context.address, now: host.now())
        return Self.json(Pass(token: token, role: role, conference: host.id).json, .created)
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

  /// What somebody reads who opens the address in a browser, such as from the QR code; nothing of the conference.
  private static func frontPage(_ scheme: String, _ authority: String?) -> Response {
    // It comes from whoever asks: no more of it than an address has.
    let isAddress = authority.map { text in
      text.utf8.count <= 100 && !text.isEmpty
        && text.unicodeScalars.allSatisfy {
          $0.isASCII && ($0.properties.isAlphabetic || "0123456789.-:[]".unicodeScalars.contains($0))
        }
    }
    let url = scheme + (isAddress == true ? authority ?? "" : "ADDRESS")
    let text = """
      Beraad

      Dit is de host van een werkconferentie. Typ op een laptop met Beraad:

          beraad note \(url) --table N      de notulist van tafel N
          beraad screen \(url)              het scherm in de zaal

      De code, en de woorden waaraan de host te herkennen is, geeft de gespreksleider.

      This is the host of a working conference. On a laptop with Beraad, type:

          beraad note \(url) --table N      the note-taker of table N
          beraad screen \(url)              the screen in the room

      The code, and the words by which the host is known, come from the facilitator.

      """
    return Response(
      status: .ok, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
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

  // MARK: - Requests and responses

  /// The device that asks, by its token, where it asks for this conference.
  func admitted(
    _ request: Request, _ context: DeviceContext
  ) throws(WireProblem) -> (token: String, device: Door.Device) {
    let (token, device) = try Self.admitted(request, door)
    guard context.parameters.get("id") == host.id.description else { throw .notHere }
    return (token, device)
  }

  /// The device that asks, by its token.
  static func admitted(
    _ request: Request, _ door: Door
  ) throws(WireProblem) -> (token: String, device: Door.Device) {
    let words = request.headers[.authorization]?.split(separator: " ") ?? []
    guard words.count == 2, words[0] == "Bearer" else { throw .noPass }
    let token = String(words[1])
    return (token, try door.device(token))
  }

  /// The mark of the line with which a device's copy ends, or nil where it has none.
  static func mark(_ request: Request) throws(WireProblem) -> LineMark? {
    guard let header = request.headers[.lastEventID] else { return nil }
    guard let mark = LineMark(header) else { throw .malformed("Last-Event-ID") }
    return mark
  }

  /// The number of what is asked.
  static func key(_ request: Request) throws(WireProblem) -> CommandID {
    guard let key = request.headers[.idempotencyKey].flatMap({ CommandID($0) }) else {
      throw .malformed("Idempotency-Key")
    }
    return key
  }

  static func body(_ request: Request, atMost limit: Int = Wire.maxBody) async throws(WireProblem) -> [UInt8]
  {
    do {
      var request = request
      return Array(buffer: try await request.collectBody(upTo: limit))
    } catch { throw .tooLong }
  }

  static func respond(_ body: () async throws(WireProblem) -> Response) async -> Response {
    do throws(WireProblem) { return try await body() } catch { return problem(error) }
  }

  fileprivate static func problem(_ problem: WireProblem) -> Response {
    var response = json(problem.json, .init(code: problem.status.number))
    if let seconds = problem.retryAfter { response.headers[.retryAfter] = String(seconds) }
    if problem == .noPass { response.headers[.wwwAuthenticate] = "Bearer" }
    return response
  }

  static func json(_ value: JSON, _ status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: value.utf8)))
  }
}

/// Tells in our own words what the router itself refuses.
private struct ProblemsInWords: RouterMiddleware {
  func handle(
    _ request: Request, context: DeviceContext, next: (Request, DeviceContext) async throws -> Response
  ) async throws -> Response {
    do { return try await next(request, context) } catch let error as HTTPError {
      return ConferenceServer.problem(
        error.status == .notFound ? .notHere : .malformed(error.status.description))
    }
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

extension HTTPField.Name {
  /// The key of a command (draft-ietf-httpapi-idempotency-key-header-07).
  fileprivate static let idempotencyKey = field("Idempotency-Key")
  /// The mark of the line with which a device's copy ends.
  fileprivate static let lastEventID = field("Last-Event-ID")

  private static func field(_ name: String) -> HTTPField.Name {
    guard let field = HTTPField.Name(name) else { preconditionFailure("not a name: \(name)") }
    return field
  }
}

/// A request with the connection on which it came.
struct DeviceContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }

  /// The network address of the device.
  var address: String { channel.remoteAddress?.ipAddress ?? "" }
}
