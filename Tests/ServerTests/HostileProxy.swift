import Ground
import NIOCore
import NIOPosix

/// A network between devices and a host that does what networks do wrong, by lot.
///
/// Its lot goes by requests, bytes and turns. A turn is a piece that came from anywhere; where all wait for each other
/// turns pass by themselves, so that it never stands still.
final class HostileProxy: Sendable {
  /// What happens to a request, or to its answer.
  enum Fate: CaseIterable {
    /// It is cut at any byte on its way to the host, or its answer on the way back.
    case cutGoing, cutComing
    /// Something in between answers in place of the host.
    case garbage
    /// It comes twice: at once, or the second time much later; then the device may already be further.
    case double, doubleLater
    /// The device takes it for lost and comes anew, and then it arrives after all.
    case late
    /// It, or its answer, waits until others passed.
    case waitGoing, waitComing
    /// It arrives on another connection first, and on its own when that was answered.
    case overtaken
  }

  /// What all requests meet.
  enum Mood: Sendable {
    /// Of so many in a hundred the lot decides; the others pass.
    case foul(Int)
    /// Nothing passes until the mood is another, and nobody is told.
    case shut
  }

  let port: Int
  private let group: MultiThreadedEventLoopGroup
  private let loop: any EventLoop
  private let road: NIOLoopBoundBox<Road>

  /// Opens one on a free port in front of the host at a port of this machine.
  static func open(to host: Int, seed: UInt64, _ mood: Mood = .foul(50)) async throws -> HostileProxy {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let loop = group.next()
    let road = NIOLoopBoundBox.makeBoxSendingValue(Road(loop, host, seed, mood), eventLoop: loop)
    let channel = try await ServerBootstrap(group: group)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Traveller(road.value))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    loop.scheduleRepeatedTask(initialDelay: .milliseconds(1), delay: .milliseconds(1)) { _ in
      road.value.pass()
    }
    return HostileProxy(channel.localAddress?.port ?? 0, group, loop, road)
  }

  private init(
    _ port: Int, _ group: MultiThreadedEventLoopGroup, _ loop: any EventLoop, _ road: NIOLoopBoundBox<Road>
  ) {
    (self.port, self.group, self.loop, self.road) = (port, group, loop, road)
  }

  /// Another mood from now on; what was shut in goes its way.
  func become(_ mood: Mood) { loop.execute { [road] in road.value.become(mood) } }

  /// From now on the host is at this port.
  func aim(at host: Int) { loop.execute { [road] in road.value.host = host } }

  /// Cuts all connections at once.
  func cutAll() { loop.execute { [road] in road.value.cutAll() } }

  /// Waits until all that was held or doubled has arrived and was answered.
  func rest() async throws {
    try await loop.flatSubmit { [loop, road] in
      let quiet = loop.makePromise(of: Void.self)
      road.value.resting.append(quiet)
      return quiet.futureResult
    }.get()
  }

  /// How often what happened.
  func tally() async throws -> [Fate: Int] { try await loop.submit { [road] in road.value.tally }.get() }

  func close() async { try? await group.shutdownGracefully() }
}

/// What all connections of a proxy share; on its event loop only.
private final class Road {
  typealias Fate = HostileProxy.Fate

  let loop: any EventLoop
  var host: Int
  var random: SplitMix64
  var tally: [Fate: Int] = [:]
  var resting: [EventLoopPromise<Void>] = []

  private var mood: HostileProxy.Mood
  private var turn = 0
  private var due: [(turn: Int, action: () -> Void)] = []
  private var shutIn: [() -> Void] = []
  private var travellers: [ObjectIdentifier: Traveller] = [:]
  private var strays = 0

  init(_ loop: any EventLoop, _ host: Int, _ seed: UInt64, _ mood: HostileProxy.Mood) {
    (self.loop, self.host, self.mood) = (loop, host, mood)
    random = SplitMix64(seed: seed)
  }

  func come(_ traveller: Traveller) { travellers[ObjectIdentifier(traveller)] = traveller }
  func go(_ traveller: Traveller) { travellers[ObjectIdentifier(traveller)] = nil }

  /// A turn passes.
  func pass() {
    turn += 1
    let now = due.filter { $0.turn <= turn }
    due.removeAll { $0.turn <= turn }
    for one in now { one.action() }
    guard due.isEmpty, strays == 0 else { return }
    for one in resting { one.succeed(()) }
    resting = []
  }

  func later(_ most: Int, _ action: @escaping () -> Void) {
    due.append((turn + 1 + random.below(most), action))
  }

  func become(_ mood: HostileProxy.Mood) {
    self.mood = mood
    let waiting = shutIn
    shutIn = []
    for action in waiting { action() }
  }

  func cutAll() { for traveller in travellers.values { traveller.cut() } }

  /// Deals with a request of a connection.
  func take(_ request: [UInt8], of traveller: Traveller) {
    guard case .foul(let percent) = mood else {
      return shutIn.append { [self] in take(request, of: traveller) }
    }
    guard random.below(100) < percent else { return traveller.send(request) }
    let fate = Fate.allCases[random.below(Fate.allCases.count)]
    tally[fate, default: 0] += 1
    switch fate {
    case .cutGoing:
      traveller.send(Array(request.prefix(random.below(request.count + 1))))
      traveller.cut()
    case .cutComing:
      // Of a stream some lines may come first.
      traveller.bytesLeft = random.below(request.starts(with: "POST".utf8) ? 300 : 4000)
      traveller.send(request)
    case .garbage: traveller.answer(Self.garbage[random.below(Self.garbage.count)])
    case .double:
      traveller.send(request)
      sendAstray(request)
    case .doubleLater:
      traveller.send(request)
      later(200) { self.sendAstray(request) }
    case .late:
      traveller.cut()
      later(100) { self.sendAstray(request) }
    case .waitGoing: later(40) { traveller.send(request) }
    case .waitComing:
      traveller.holdAnswers()
      traveller.send(request)
      later(40) { traveller.releaseAnswers() }
    case .overtaken: sendAstray(request) { traveller.send(request) }
    }
  }

  private static let garbage = [
    "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 20\r\n\r\n<html>No way</html>\r\n",
    "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 100000\r\n\r\nshort",
    "HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\nWelcome to wifi!",
    "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}",
    "HTTP/1.1 302 Found\r\nLocation: http://portal.invalid/\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 503 Service Unavailable\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "\u{0}\u{1}\u{2} garbage\r\n\r\n", "",
  ].map { Array($0.utf8) }

  /// Sends a request on a connection of its own, on which nobody hears the answer.
  private func sendAstray(_ request: [UInt8], then answered: @escaping () -> Void = {}) {
    strays += 1
    connect { [self] channel in
      let stray = Stray { [self] in
        strays -= 1
        answered()
      }
      guard let channel, (try? channel.pipeline.syncOperations.addHandler(stray)) != nil else {
        return stray.end()
      }
      channel.writeAndFlush(ByteBuffer(bytes: request), promise: nil)
    }
  }

  /// Connects to the host, where that is there.
  func connect(_ done: @escaping ((any Channel)?) -> Void) {
    ClientBootstrap(group: loop).connect(host: "127.0.0.1", port: host)
      .assumeIsolated().whenComplete { done(try? $0.get()) }
  }
}

/// A connection of a device, with that to the host which goes with it.
private final class Traveller: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  /// So many bytes still come back before it is cut; nil: all.
  var bytesLeft: Int?

  private let road: Road
  private var near: (any Channel)?
  private var far: (any Channel)?
  private var inbox: [UInt8] = []
  /// What goes to the host once that is reached.
  private var going: [UInt8] = []
  private var isConnecting = false
  private var isCut = false
  private var isHeld = false
  private var held: [UInt8] = []

  init(_ road: Road) { self.road = road }

  func channelActive(context: ChannelHandlerContext) {
    near = context.channel
    road.come(self)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    inbox += unwrapInboundIn(data).readableBytesView
    road.pass()
    while let request = nextRequest() { road.take(request, of: self) }
  }

  func channelInactive(context: ChannelHandlerContext) {
    near = nil
    cut()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { cut() }

  /// Takes a whole request out of what came.
  private func nextRequest() -> [UInt8]? {
    guard let end = inbox.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let head = String(decoding: inbox[..<end.lowerBound], as: UTF8.self).lowercased()
    let length = head.split(separator: "\r\n").first { $0.hasPrefix("content-length: ") }
      .flatMap { Int($0.dropFirst(16)) }
    let count = end.upperBound + (length ?? 0)
    guard inbox.count >= count else { return nil }
    defer { inbox.removeFirst(count) }
    return Array(inbox[..<count])
  }

  func send(_ bytes: [UInt8]) {
    guard !isCut else { return }
    if let far { return far.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil) }
    going += bytes
    guard !isConnecting else { return }
    isConnecting = true
    road.connect { [self] channel in
      guard let channel, (try? channel.pipeline.syncOperations.addHandler(Back(self))) != nil else {
        return cut()
      }
      // What was cut off on its way arrives as far as it came.
      channel.writeAndFlush(ByteBuffer(bytes: going), promise: nil)
      if isCut { channel.close(promise: nil) } else { far = channel }
    }
  }

  /// Something came from the host.
  func receive(_ bytes: [UInt8]) {
    road.pass()
    if isHeld { held += bytes } else { pass(bytes) }
  }

  private func pass(_ bytes: [UInt8]) {
    guard let left = bytesLeft, left <= bytes.count else {
      bytesLeft = bytesLeft.map { $0 - bytes.count }
      near?.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
      return
    }
    answer(Array(bytes.prefix(left)))
  }

  func holdAnswers() { isHeld = true }

  func releaseAnswers() {
    isHeld = false
    let bytes = held
    held = []
    if !bytes.isEmpty { pass(bytes) }
  }

  /// Answers in place of the host, and ends.
  func answer(_ bytes: [UInt8]) {
    near?.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
    cut()
  }

  func cut() {
    isCut = true
    near?.close(promise: nil)
    far?.close(promise: nil)
    (near, far) = (nil, nil)
    road.go(self)
  }
}

/// What the host says to a device.
private final class Back: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  private let traveller: Traveller

  init(_ traveller: Traveller) { self.traveller = traveller }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    traveller.receive(Array(unwrapInboundIn(data).readableBytesView))
  }

  func channelInactive(context: ChannelHandlerContext) { traveller.cut() }
  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

/// A request whose answer nobody hears.
private final class Stray: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  private var ended: (() -> Void)?

  init(_ ended: @escaping () -> Void) { self.ended = ended }

  func end() {
    ended?()
    ended = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) { context.close(promise: nil) }
  func channelInactive(context: ChannelHandlerContext) { end() }
  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
