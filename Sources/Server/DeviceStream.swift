import NIOCore
import NIOHTTP1
import Synchronization

/// The stream of events to one device, written on the event loop of its connection.
///
/// It holds no more than its place in the record: one write is under way at a time, and what waits for a slow device
/// is the record itself.
final class DeviceStream: Sendable {
  /// The device's number at the door.
  let device: Int

  private struct State {
    /// The line that is sent next.
    var seq: Int
    /// Since when the network has not taken what was written last.
    var writing: NIODeadline?
  }

  private let state: Mutex<State>
  private let feed: Feed
  private let channel: any Channel
  /// Behind what makes HTTP of a response: what is sent was made a chunk of HTTP once for all devices.
  private let exit: NIOLoopBound<ChannelHandlerContext>

  /// A device that takes nothing of what is due to it for so long is cut off, and comes back by itself.
  private static let patience = TimeAmount.seconds(20)

  /// Creates the stream that begins with line `seq`, on the channel's event loop, when the head of the response is on
  /// its way.
  ///
  /// Throws where the channel is closed.
  init(from seq: Int, to device: Int, on channel: any Channel, of feed: Feed) throws {
    self.device = device
    self.feed = feed
    self.channel = channel
    state = Mutex(State(seq: seq))
    exit = NIOLoopBound(
      try channel.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self),
      eventLoop: channel.eventLoop)
  }

  /// Sends what is due; on the event loop.
  func send() {
    let batch = state.withLock { state -> Feed.Batch? in
      guard state.writing == nil, let batch = feed.batch(from: state.seq) else { return nil }
      state.seq = batch.next
      state.writing = .now()
      return batch
    }
    if let batch { write(batch.chunk) }
  }

  /// Tells that the host is there, or cuts off a device that does not read; on the event loop.
  func beat(at now: NIODeadline) {
    let since = state.withLock { state -> NIODeadline? in
      defer { if state.writing == nil { state.writing = now } }
      return state.writing
    }
    guard let since else { return write(Feed.heartbeat) }
    if now - since > Self.patience { cut() }
  }

  /// Ends the connection at once, on any thread.
  func cut() { channel.close(promise: nil) }

  private func write(_ chunk: ByteBuffer) {
    let written = channel.eventLoop.makePromise(of: Void.self)
    written.futureResult.whenSuccess { [self] in
      let isBehind = state.withLock { state in
        state.writing = nil
        return state.seq < feed.told
      }
      // In a turn of its own, so that a device with a long way to go does not keep the others waiting.
      if isBehind { channel.eventLoop.execute { [self] in send() } }
    }
    exit.value.writeAndFlush(NIOAny(IOData.byteBuffer(chunk)), promise: written)
  }
}
