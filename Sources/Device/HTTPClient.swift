import Ground
import NIOCore
import NIOHTTP1
import NIOPosix

/// Where a host can be reached.
public struct HostAddress: Sendable, Hashable, CustomStringConvertible {
  /// A name or a number of the internet, without brackets.
  public var host: String
  /// The port.
  public var port: Int

  /// Creates an address.
  public init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// The address as it is written: `192.168.1.7:7413`, `[fe80::1]:7413`.
  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
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
  private var context: ChannelHandlerContext?
  private var answer: ((Piece) -> Void)?

  /// Whether a question can be asked.
  var isOpen: Bool { context != nil }

  private init(_ address: HostAddress) { self.address = address }

  /// Connects, and gives nil where that fails or takes longer than `patience` milliseconds.
  static func connect(
    to address: HostAddress, on loop: any EventLoop, patience: Interval,
    done: @escaping (HostConnection?) -> Void
  ) {
    ClientBootstrap(group: loop)
      .connectTimeout(.milliseconds(patience))
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          // A handler that makes the connection secret goes in here, in front of all others.
          try channel.pipeline.syncOperations.addHTTPClientHandlers()
          try channel.pipeline.syncOperations.addHandler(HostConnection(address))
        }
      }
      .connect(host: address.host, port: address.port)
      .assumeIsolated().whenComplete { outcome in
        done(try? outcome.get().pipeline.syncOperations.handler(type: HostConnection.self))
      }
  }

  /// Asks, and gives the answer in pieces.
  func ask(
    _ method: HTTPMethod, _ path: String, _ fields: [(String, String)] = [], body: [UInt8] = [],
    pieces: @escaping (Piece) -> Void
  ) {
    guard let context else { return pieces(.gone) }
    var headers = HTTPHeaders([("Host", "\(address)")] + fields)
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

  func channelInactive(context: ChannelHandlerContext) { end() }

  func handlerRemoved(context: ChannelHandlerContext) { end() }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { close() }
}
