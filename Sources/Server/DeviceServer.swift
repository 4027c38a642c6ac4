import Ground
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import Wire

/// What devices in the hall can be let in to.
public protocol DeviceServer: Sendable {
  /// Who is let in.
  var door: Door { get }
  /// The conference.
  var conference: CommandID { get }

  /// Serves at an address until the program ends; `onRunning` is told the port, which for 0 is a free one.
  ///
  /// Over TLS with a certificate; without one all on the network can read along. Throws what the network throws,
  /// such as that the port is taken.
  func run(
    address: String, port: Int, certificate: HostCertificate?, onRunning: @escaping @Sendable (Int) -> Void
  ) async throws
}

extension DeviceServer {
  /// Serves these routes and the front page until the program ends, as `run`.
  ///
  /// A connection on which nothing is asked for `patience` milliseconds is closed; streams of events stay open.
  func serve(
    address: String, port: Int, certificate: HostCertificate?, patience: Interval = .minutes(1),
    onRunning: @escaping @Sendable (Int) -> Void, routes: (Router<DeviceContext>) -> Void
  ) async throws {
    let router = Router(context: DeviceContext.self)
    router.add(middleware: ProblemsInWords())
    let scheme = certificate == nil ? "http" : "https"
    router.get("/") { request, _ in Self.frontPage("\(scheme)://", request.head.authority) }
    routes(router)
    let configuration = try certificate?.configuration()
    // What goes wrong with one request is that device's; a log on the terminal would spoil the screen.
    let logger = Logger(label: "beraad") { _ in SwiftLogNoOpLogHandler() }
    let http = HTTPServerBuilder.http1(configuration: .init(idleTimeout: .milliseconds(patience)))
    let app = Application(
      router: router, server: try configuration.map { try .tls(http, tlsConfiguration: $0) } ?? http,
      configuration: .init(address: .hostname(address, port: port), serverName: "beraad"),
      onServerRunning: { channel in onRunning(channel.localAddress?.port ?? port) }, logger: logger)
    try await app.run()
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

  // MARK: - Requests

  /// Lets a device in with a code, as a note-taker only of a table that there is.
  func join(
    _ request: Request, _ context: DeviceContext, now: Moment, hasTable: (Int) -> Bool = { _ in true }
  ) async throws(WireProblem) -> Response {
    let asked = try await Self.message(request) { JoinRequest($0) }
    if let table = asked.table, !hasTable(table) { throw .malformed("table") }
    let (token, role) = try door.join(asked, from: context.address, now: now)
    return Self.json(Pass(token: token, role: role, conference: conference).json, .created)
  }

  /// The device that asks, by its token, where it asks for this conference.
  func admitted(
    _ request: Request, _ context: DeviceContext
  ) throws(WireProblem) -> (token: String, device: Door.Device) {
    let words = request.headers[.authorization]?.split(separator: " ") ?? []
    guard words.count == 2, words[0] == "Bearer" else { throw .noPass }
    let token = String(words[1])
    let device = try door.device(token)
    guard context.parameters.get("id") == conference.description else { throw .notHere }
    return (token, device)
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

  /// What is asked in a body of JSON.
  ///
  /// Throws `malformed` for any other body.
  static func message<Message>(
    _ request: Request, _ read: (JSONText) -> Message?
  ) async throws(WireProblem) -> Message {
    guard let body = try? JSONText(parsing: await body(request)), let message = read(body) else {
      throw .malformed("json")
    }
    return message
  }

  // MARK: - Responses

  /// Gives an answer, or tells in words why there is none.
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
