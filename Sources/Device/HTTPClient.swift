import Ground
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOTLS
import Wire

/// Where a host can be reached.
public struct HostAddress: Sendable, Hashable, CustomStringConvertible {
  /// How what is said is carried: over TLS, or for all on the network to read.
  public enum Scheme: String, Sendable { case https, http }

  /// How it is spoken to.
  public var scheme: Scheme
  /// A name or a number of the internet, without brackets.
  public var host: String
  /// The port.
  public var port: Int

  /// Creates an address.
  public init(host: String, port: Int, scheme: Scheme = .https) {
    self.scheme = scheme
    self.host = host
    self.port = port
  }

  /// The address without how it is spoken to: `192.168.1.7:7413`, `[fe80::1]:7413`.
  var authority: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// The address as it is written: `https://192.168.1.7:7413`.
  public var description: String { "\(scheme)://\(authority)" }
}

/// Why there is no connection with a host.
enum ConnectFailure: Error {
  /// Nobody is there.
  case noHost
  /// Somebody is there, who does not speak TLS.
  case notSecret
  /// The host shows this certificate, which is not the expected one.
  case otherHost(Fingerprint)
}

/// A whole answer of a host.
struct HTTPAnswer {
  var status: Int
  var headers: HTTPHeaders
  var body: [UInt8]
}

/// One connection to a host, on which one question at a time is asked.
///
/// It and all it calls stay on its event loop.
final class HostConnection: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundOut = HTTPClientRequestPart

  /// What comes back on a question; after `end` or `gone` nothing more.
  enum Piece {
    case head(status: Int, HTTPHeaders)
    case body(ByteBuffer)
    case end
    case gone
  }

  /// The longest answer that is taken in whole; the stream of events has no end and is not.
  private static let maxAnswer = 1 << 23

  private let address: HostAddress
  private let shown: Secrecy.Shown
  private var context: ChannelHandlerContext?
  private var answer: ((Piece) -> Void)?
  /// Who waits for the handshake.
  private var waiting: ((HostConnection?) -> Void)?

  /// Whether a question can be asked.
  var isOpen: Bool { context != nil }

  /// What the host's certificate is known by; nil where the connection is not secret.
  var fingerprint: Fingerprint? { shown.fingerprint }

  private init(_ address: HostAddress, _ shown: Secrecy.Shown) {
    self.address = address
    self.shown = shown
  }

  /// Connects to a host, and over TLS only to one with this fingerprint where one is expected.
  ///
  /// It fails where either the connection or the handshake takes longer than `patience` milliseconds.
  static func connect(
    to address: HostAddress, expecting: Fingerprint?, on loop: any EventLoop, patience: Interval,
    done: @escaping (Result<HostConnection, ConnectFailure>) -> Void
  ) {
    let shown = Secrecy.Shown()
    ClientBootstrap(group: loop)
      .connectTimeout(.milliseconds(patience))
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if address.scheme == .https {
            try pipeline.addHandler(try Secrecy.handler(expecting: expecting, shown))
          }
          try pipeline.addHTTPClientHandlers()
          try pipeline.addHandler(HostConnection(address, shown))
        }
      }
      .connect(host: address.host, port: address.port)
      .assumeIsolated().whenComplete { outcome in
        guard
          let connection = try? outcome.get().pipeline.syncOperations.handler(type: HostConnection.self)
        else { return done(.failure(.noHost)) }
        guard address.scheme == .https else { return done(.success(connection)) }
        let limit = loop.assumeIsolated().scheduleTask(in: .milliseconds(patience)) { connection.close() }
        connection.waiting = { connection in
          limit.cancel()
          if let connection { return done(.success(connection)) }
          guard let seen = shown.fingerprint, let expecting, seen != expecting else {
            return done(.failure(.notSecret))
          }
          done(.failure(.otherHost(seen)))
        }
      }
  }

  /// Asks, and gives the answer in pieces.
  func ask(
    _ method: HTTPMethod, _ path: String, _ fields: [(String, String)] = [], body: [UInt8] = [],
    pieces: @escaping (Piece) -> Void
  ) {
    guard let context else { return pieces(.gone) }
    var headers = HTTPHeaders([("Host", address.authority)] + fields)
    if method == .POST {
      headers.add(name: "Content-Type", value: "application/json")
      headers.add(name: "Content-Length", value: "\(body.count)")
    }
    answer = pieces
    let head = HTTPRequestHead(version: .http1_1, method: method, uri: path, headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if !body.isEmpty {
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }

  /// Asks, and gives the answer whole, or nil where none came.
  func ask(
    _ method: HTTPMethod, _ path: String, _ fields: [(String, String)] = [], body: [UInt8] = [],
    done: @escaping (HTTPAnswer?) -> Void
  ) {
    var answer = HTTPAnswer(status: 0, headers: [:], body: [])
    ask(method, path, fields, body: body) { [weak self] piece in
      switch piece {
      case .head(let status, let headers): (answer.status, answer.headers) = (status, headers)
      case .body(let bytes):
        answer.body += bytes.readableBytesView
        if answer.body.count > Self.maxAnswer { self?.close() }
      case .end: done(answer)
      case .gone: done(nil)
      }
    }
  }

  /// Ends it; a question that is open gets `gone`.
  func close() {
    context?.close(promise: nil)
    end()
  }

  private func end() {
    context = nil
    let pieces = answer
    answer = nil
    pieces?(.gone)
    endWaiting(nil)
  }

  private func endWaiting(_ connection: HostConnection?) {
    let waiting = waiting
    self.waiting = nil
    waiting?(connection)
  }

  // MARK: - What the network calls

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): answer?(.head(status: Int(head.status.code), head.headers))
    case .body(let bytes): answer?(.body(bytes))
    case .end:
      let pieces = answer
      answer = nil
      pieces?(.end)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .handshakeCompleted(_)? = event as? TLSUserEvent { endWaiting(self) }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) { end() }

  func handlerRemoved(context: ChannelHandlerContext) { end() }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { close() }
}
