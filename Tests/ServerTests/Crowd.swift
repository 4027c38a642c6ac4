import Foundation
import Ground
import Host
import NIOCore
import NIOPosix
import Synchronization
import Testing
import Wire

/// Many devices that follow a host, as cheaply as can be: two threads for all of them.
final class Crowd: Sendable {
  let members: [Member]
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
  private let port: Int
  private let path: String

  init(_ hall: Hall, tokens: [String]) {
    port = hall.port
    path = Wire.events(hall.host.id)
    members = tokens.map { Member(token: $0) }
  }

  /// Has all of them connect at once, each from the line behind its last.
  func come() {
    for member in members {
      let channel = ClientBootstrap(group: group)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(Ear(member))
          }
        }
        .connect(host: "127.0.0.1", port: port)
      member.begin(channel, path)
    }
  }

  /// Cuts all of their connections, and waits until they are.
  func leave() async throws {
    for member in members { try await member.channel?.close().get() }
  }

  /// Waits until each has so many lines.
  func wait(lines count: Int) async throws {
    try await onThread { [members] in
      let changed = NSCondition()
      let deadline = Date(timeIntervalSinceNow: 900)
      changed.lock()
      defer { changed.unlock() }
      while let slow = members.first(where: { $0.lineCount < count }) {
        try #require(Date() < deadline, "\(slow.lineCount) of \(count) lines")
        _ = changed.wait(until: Date(timeIntervalSinceNow: 0.01))
      }
    }
  }

  func close() async { try? await group.shutdownGracefully() }

  /// A device.
  final class Member: Sendable {
    private struct State {
      var channel: (any Channel)?
      var reader = EventReader()
      var bytes: [UInt8] = []
      var lineCount = 0
      var mark: LineMark?
      /// What came again although it was there.
      var repeated = 0
    }

    private let token: String
    private let state = Mutex(State())

    init(token: String) { self.token = token }

    var channel: (any Channel)? { state.withLock { $0.channel } }
    /// Its copy of the record.
    var bytes: [UInt8] { state.withLock { $0.bytes } }
    var lineCount: Int { state.withLock { $0.lineCount } }
    var repeated: Int { state.withLock { $0.repeated } }

    fileprivate func begin(_ connecting: EventLoopFuture<any Channel>, _ path: String) {
      let mark = state.withLock { state in
        state.reader = EventReader()
        return state.mark
      }
      var request = "GET \(path) HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\n"
      if let mark { request += "Last-Event-ID: \(mark)\r\n" }
      let bytes = ByteBuffer(string: request + "\r\n")
      connecting.whenSuccess { [self] channel in
        state.withLock { $0.channel = channel }
        channel.writeAndFlush(bytes, promise: nil)
      }
    }

    /// The chunks of HTTP begin and end between events: their sizes are fields that a reader does not know.
    fileprivate func hear(_ bytes: ByteBufferView) {
      state.withLock { state in
        for case .line(let mark, let line) in state.reader.take(bytes) ?? [] {
          guard mark.seq == state.lineCount else {
            state.repeated += 1
            continue
          }
          state.bytes += line + [0x0A]
          state.lineCount += 1
          state.mark = mark
        }
      }
    }
  }

  private final class Ear: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let member: Member
    init(_ member: Member) { self.member = member }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      member.hear(unwrapInboundIn(data).readableBytesView)
    }
  }
}
