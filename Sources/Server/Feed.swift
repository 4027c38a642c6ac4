import Dispatch
import Ground
import Host
import NIOCore
import Synchronization
import Wire

/// Tells the streams of all devices that there is something to send, and makes it ready once for all of them.
///
/// A stream holds no more than its place in the record: what waits for a slow device is the record itself.
final class Feed: Sendable {
  /// Why a stream is woken.
  enum Wake: Sendable { case lines, heartbeat }

  private struct State {
    var streams: [Int: AsyncStream<Wake>.Continuation] = [:]
    var count = 0
    var isWaking = false
    /// What was made ready last: devices that keep up all ask for the same.
    var ready: (from: Int, bytes: ByteBuffer, next: Int)?
  }

  private let host: ConferenceHost
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "feed")
  // Only made here and cancelled at the end.
  private nonisolated(unsafe) let timer: any DispatchSourceTimer

  /// What comes within 4 ms goes out in one write: far below what anyone sees, and a write costs more than
  /// what it carries.
  private static let gathering = DispatchTimeInterval.milliseconds(4)
  /// The most that is sent at once to a device that has fallen behind.
  private static let chunk = 65_536

  init(_ host: ConferenceHost) {
    self.host = host
    timer = DispatchSource.makeTimerSource(queue: queue)
    let seconds = Int(Wire.heartbeat / 1000)
    timer.schedule(deadline: .now() + .seconds(seconds), repeating: .seconds(seconds))
    timer.setEventHandler { [weak self] in self?.wake(.heartbeat) }
    timer.resume()
    host.listen { [weak self] _ in self?.gather() }
  }

  deinit { timer.cancel() }

  /// Wakes the streams soon, once for all that comes until then; on the writer's thread, which it does not hold.
  private func gather() {
    let isFirst = state.withLock { state in
      defer { state.isWaking = true }
      return !state.isWaking
    }
    guard isFirst else { return }
    queue.asyncAfter(deadline: .now() + Self.gathering) { [weak self] in
      self?.state.withLock { $0.isWaking = false }
      self?.wake(.lines)
    }
  }

  /// Wakes all streams.
  func wake(_ wake: Wake) {
    let streams = state.withLock { Array($0.streams.values) }
    for stream in streams { stream.yield(wake) }
  }

  /// Adds a stream, which is woken whenever there may be something; a wake that was not taken up is not kept twice.
  func open() -> (number: Int, wakes: AsyncStream<Wake>) {
    let (wakes, continuation) = AsyncStream.makeStream(of: Wake.self, bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock { state in
      state.count += 1
      state.streams[state.count] = continuation
      return state.count
    }
    continuation.yield(.lines)
    return (number, wakes)
  }

  /// Takes a stream away.
  func close(_ number: Int) {
    state.withLock { $0.streams.removeValue(forKey: number) }?.finish()
  }

  /// What a stream sends that has sent all lines in front of `seq`, and the line it comes to with that; nil: nothing.
  func next(from seq: Int) -> (bytes: ByteBuffer, next: Int)? {
    let count = host.count
    guard seq < count else { return nil }
    if let ready = state.withLock({ $0.ready }), ready.from == seq, ready.next == count {
      return (ready.bytes, ready.next)
    }
    let lines = host.lines(from: seq, atMost: Self.chunk)
    guard !lines.isEmpty else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(lines.count + 1024)
    EventStream.append(lines: lines, to: &bytes)
    let next = seq + lines.count { $0 == 0x0A }
    let buffer = ByteBuffer(bytes: bytes)
    state.withLock { $0.ready = (seq, buffer, next) }
    return (buffer, next)
  }
}
