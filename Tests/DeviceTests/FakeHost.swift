import Conference
import Ground
import NIOCore
import NIOHTTP1
import NIOPosix
import Record
import Synchronization
import Wire

/// The record of a conference with what a host knows of it; hosts at several ports can share it.
final class Hall: Sendable {
  /// What a host does with the next command.
  enum Fault {
    case dropBefore, dropAfter, garbage
    case problem(WireProblem)
  }

  /// What a host does with the next stream.
  enum StreamFault {
    /// Ends it after so many bytes.
    case cut(Int)
    /// Begins so many lines earlier than asked.
    case repeating(Int)
    /// Sends these lines first.
    case first([[UInt8]])
    /// Says nothing after the head.
    case silent
  }

  struct State {
    var lines: [[UInt8]] = []
    var answers: [CommandID: CommandAnswer] = [:]
    var faults: [Fault] = []
    var streamFaults: [StreamFault] = []
    var received: [(key: CommandID, body: [UInt8])] = []
    var token = "good"
    /// Where the host says that it can be found.
    var addresses: [String] = []
    var streams: [ObjectIdentifier: (any Channel, next: Int)] = [:]
  }

  static let conference = CommandID(high: 7, low: 7)
  static let noon = Moment(milliseconds: 1_795_262_400_000)

  let writer: RecordWriter
  let state = Mutex(State())

  init(path: String) throws {
    writer = try RecordWriter.create(path: path, session: "proef", app: "test", at: Self.noon)
    state.withLock { $0.lines = [Array(writer.acknowledgedBytes.dropLast())] }
  }

  var bytes: [UInt8] { writer.acknowledgedBytes }
  var lineCount: Int { state.withLock { $0.lines.count } }
  func fail(_ faults: Hall.Fault...) { state.withLock { $0.faults += faults } }
  func failStreams(_ faults: [Hall.StreamFault]) { state.withLock { $0.streamFaults += faults } }

  /// Appends a line, as if it came from another device, and sends it to all streams.
  @discardableResult
  func append(_ text: String, cmd: CommandID = .random()) throws -> CommandAnswer {
    try state.withLock { state in
      let before = writer.acknowledgedBytes.count
      let lines = try writer.appendAndWait(
        [Draft(type: "x.test", data: ["text": .string(text)])], at: Self.noon, by: "host", cmd: cmd)
      state.lines.append(Array(writer.acknowledgedBytes[before...].dropLast()))
      let answer = CommandAnswer(seq: lines[0].seq, hash: writer.acknowledgedHash)
      state.answers[cmd] = answer
      for (id, stream) in state.streams {
        Self.send(state.lines[stream.next...], to: stream.0)
        state.streams[id]?.next = state.lines.count
      }
      return answer
    }
  }

  static func send(_ lines: some Sequence<[UInt8]>, to channel: any Channel) {
    var bytes: [UInt8] = []
    for line in lines { EventStream.append(lines: line, to: &bytes) }
    guard !bytes.isEmpty else { return }
    channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: bytes))), promise: nil)
  }
}

/// A small host on loopback that does what a test tells it to do wrong.
final class FakeHost: Sendable {
  let port: Int
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

  init(_ hall: Hall) throws {
    let server = try ServerBootstrap(group: group)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          try channel.pipeline.syncOperations.addHandler(Visitor(hall))
        }
      }
      .bind(host: "127.0.0.1", port: 0).wait()
    port = server.localAddress?.port ?? 0
  }

  /// Ends it, with all its connections.
  func stop() { try? group.syncShutdownGracefully() }
}

private final class Visitor: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let hall: Hall
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []

  init(_ hall: Hall) { self.hall = hall }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): (self.head, body) = (head, [])
    case .body(let bytes): body += bytes.readableBytesView
    case .end: if let head { answer(head, context) }
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    let id = ObjectIdentifier(context.channel)
    hall.state.withLock { state in _ = state.streams.removeValue(forKey: id) }
  }

  private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    let token = hall.state.withLock { $0.token }
    switch (head.method, head.uri) {
    case (.GET, Wire.root):
      reply(
        context, 200,
        HostCard(
          conference: Hall.conference, now: Hall.noon, addresses: hall.state.withLock { $0.addresses }
        ).json)
    case (.POST, Wire.join):
      let request = (try? JSONText(parsing: body)).flatMap { JoinRequest($0) }
      guard request?.code == "bado-kitu" else { return reply(context, .wrongCode) }
      let role = request?.table.map { DeviceRole.noteTaker(table: $0) } ?? .screen
      reply(context, 201, Pass(token: token, role: role, conference: Hall.conference).json)
    case _ where head.headers.first(name: "Authorization") != "Bearer \(token)": reply(context, .noPass)
    case (.GET, Wire.events(Hall.conference)): stream(head, context)
    case (.POST, Wire.commands(Hall.conference)): take(head, context)
    default: reply(context, .notHere)
    }
  }

  private func stream(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    let channel = context.channel
    var ends = false
    let problem: WireProblem? = hall.state.withLock { state in
      var start = 0
      if let text = head.headers.first(name: "Last-Event-ID") {
        guard let mark = LineMark(text), mark.seq < state.lines.count,
          LineMark(line: state.lines[mark.seq]) == mark
        else { return .diverged }
        start = mark.seq + 1
      }
      let fault = state.streamFaults.isEmpty ? nil : state.streamFaults.removeFirst()
      context.write(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .ok))), promise: nil)
      var bytes = EventStream.opening
      switch fault {
      case .cut(let count):
        for line in state.lines[start...] { EventStream.append(lines: line, to: &bytes) }
        let cut = ByteBuffer(bytes: bytes.prefix(count))
        // An empty piece of a body would end it.
        if count > 0 { context.write(wrapOutboundOut(.body(.byteBuffer(cut))), promise: nil) }
        context.flush()
        ends = true
        return nil
      case .repeating(let count): start = max(0, start - count)
      case .first(let lines): for line in lines { EventStream.append(lines: line, to: &bytes) }
      case .silent:
        context.flush()
        return nil
      case nil: break
      }
      context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: bytes)))), promise: nil)
      Hall.send(state.lines[start...], to: channel)
      state.streams[ObjectIdentifier(channel)] = (channel, state.lines.count)
      return nil
    }
    if let problem { reply(context, problem) }
    if ends { context.close(promise: nil) }
  }

  private func take(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    guard let key = head.headers.first(name: "Idempotency-Key").flatMap({ CommandID($0) }) else {
      return reply(context, .malformed("Idempotency-Key"))
    }
    let (fault, known) = hall.state.withLock { state in
      state.received.append((key, body))
      return (state.faults.isEmpty ? nil : state.faults.removeFirst(), state.answers[key])
    }
    switch fault {
    case .dropBefore: return context.close(promise: nil)
    case .garbage: return reply(context, 502, ["what": "is this"])
    case .problem(let problem): return reply(context, problem)
    case .dropAfter, nil: break
    }
    guard let answer = try? known ?? hall.append(String(decoding: body, as: UTF8.self), cmd: key) else {
      return reply(context, .disk(Phrase(same: "disk")))
    }
    if case .dropAfter = fault { return context.close(promise: nil) }
    reply(context, 201, answer.json)
  }

  private func reply(_ context: ChannelHandlerContext, _ problem: WireProblem) {
    reply(context, problem.status.number, problem.json, retryAfter: problem.retryAfter)
  }

  private func reply(_ context: ChannelHandlerContext, _ status: Int, _ json: JSON, retryAfter: Int? = nil) {
    let bytes = json.utf8
    var headers = HTTPHeaders([("Content-Length", "\(bytes.count)")])
    if let retryAfter { headers.add(name: "Retry-After", value: "\(retryAfter)") }
    let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: bytes)))), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }
}
