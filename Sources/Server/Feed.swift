import Dispatch
import Ground
import Host
import NIOCore
import Synchronization
import Wire

/// Sends what comes into the record to all devices, and makes it ready once for all of them.
final class Feed: Sendable {
  /// Lines of the record as they are sent.
  struct Batch: Sendable {
    /// The place of the first line, and that behind the last.
    let from, next: Int
    /// The events, as a chunk of HTTP.
    let chunk: ByteBuffer
  }

  /// The streams of one event loop.
  private struct Loop {
    let eventLoop: any EventLoop
    var streams: [Int: DeviceStream] = [:]
    /// Whether its streams are being sent what is due.
    var isAwake = false
  }

  private struct State {
    var loops: [ObjectIdentifier: Loop] = [:]
    var count = 0
    var isGathering = false
    var lastSent = DispatchTime(uptimeNanoseconds: 0)
    /// What was made ready last: devices that keep up all ask for the same.
    var ready: Batch?
  }

  private let host: ConferenceHost
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "feed")
  private let lines: Atomic<Int>
  // Only made here and cancelled at the end.
  private nonisolated(unsafe) let timer: any DispatchSourceTimer

  /// What comes within 4 ms of the last goes out in one write: far below what anyone sees, and a write costs more
  /// than what it carries.
  private static let gathering = DispatchTimeInterval.milliseconds(4)
  /// The most that is sent at once to a device that has fallen behind.
  private static let most = 65_536
  /// So many streams send in one turn of an event loop.
  private static let turn = 50
  /// Tells that the host is there.
  static let heartbeat = chunk(EventStream.heartbeat)

  /// So many lines were told of: streams send no others.
  var told: Int { lines.load(ordering: .acquiring) }

  init(_ host: ConferenceHost) {
    self.host = host
    lines = Atomic(host.count)
    timer = DispatchSource.makeTimerSource(queue: queue)
    let seconds = Int(Wire.heartbeat / 1000)
    timer.schedule(deadline: .now() + .seconds(seconds), repeating: .seconds(seconds))
    timer.setEventHandler { [weak self] in self?.beat(at: .now()) }
    timer.resume()
    host.listen { [weak self] _ in self?.gather() }
    // For what came before it listened.
    gather()
  }

  deinit { timer.cancel() }

  /// Has the streams send, at once or once for all that comes soon; on the writer's thread, which it does not hold.
  private func gather() {
    let due = state.withLock { state -> DispatchTime? in
      guard !state.isGathering else { return nil }
      state.isGathering = true
      return max(.now(), state.lastSent + Self.gathering)
    }
    guard let due else { return }
    queue.asyncAfter(deadline: due) { [weak self] in
      guard let self else { return }
      state.withLock { state in
        state.isGathering = false
        state.lastSent = .now()
      }
      let before = lines.exchange(host.count, ordering: .acquiringAndReleasing)
      // Ready before any stream asks, so that they do not make it at the same time.
      _ = batch(from: before)
      for loop in state.withLock({ Array($0.loops.keys) }) { wake(loop) }
    }
  }

  /// Has the streams of an event loop send; lines that come while it is at it wait for its next round.
  private func wake(_ id: ObjectIdentifier) {
    let loop = state.withLock { state -> Loop? in
      guard let loop = state.loops[id], !loop.isAwake else { return nil }
      state.loops[id]?.isAwake = true
      return loop
    }
    guard let loop else { return }
    loop.eventLoop.execute { [self] in send(told, Array(loop.streams.values)[...], id, loop.eventLoop) }
  }

  /// Has streams send in turns of some, between which their event loop answers those who gave commands.
  private func send(
    _ told: Int, _ streams: ArraySlice<DeviceStream>, _ id: ObjectIdentifier, _ eventLoop: any EventLoop
  ) {
    for stream in streams.prefix(Self.turn) { stream.send() }
    let rest = streams.dropFirst(Self.turn)
    guard rest.isEmpty else { return eventLoop.execute { [self] in send(told, rest, id, eventLoop) } }
    state.withLock { $0.loops[id]?.isAwake = false }
    if told != self.told { wake(id) }
  }

  /// Tells all devices that the host is there, and cuts off those that do not read.
  func beat(at now: NIODeadline) {
    for loop in state.withLock({ Array($0.loops.values) }) {
      loop.eventLoop.execute { for stream in loop.streams.values { stream.beat(at: now) } }
    }
  }

  /// Adds the stream of a device that sends from line `seq` on, when the head of the response is on its way; returns
  /// its number.
  ///
  /// Throws where the channel is closed.
  func open(from seq: Int, to device: Int, on channel: any Channel) async throws -> Int {
    let eventLoop = channel.eventLoop
    return try await eventLoop.submit { [self] in
      let stream = try DeviceStream(from: seq, to: device, on: channel, of: self)
      let number = state.withLock { state in
        state.count += 1
        state.loops[ObjectIdentifier(eventLoop), default: Loop(eventLoop: eventLoop)].streams[state.count] =
          stream
        return state.count
      }
      stream.send()
      return number
    }.get()
  }

  /// Takes a stream away.
  func close(_ number: Int, on channel: any Channel) {
    state.withLock { $0.loops[ObjectIdentifier(channel.eventLoop)]?.streams[number] = nil }
  }

  /// Cuts the streams of a device.
  func cut(_ device: Int) {
    let streams = state.withLock { state in state.loops.values.flatMap { $0.streams.values } }
    for stream in streams where stream.device == device { stream.cut() }
  }

  /// The lines from `seq` on, as many as are sent at once; nil: there are none, or none that was told of.
  func batch(from seq: Int) -> Batch? {
    let told = told
    guard seq < told else { return nil }
    if let ready = state.withLock({ $0.ready }), ready.from == seq, ready.next >= told { return ready }
    let lines = host.lines(from: seq, atMost: Self.most)
    var events: [UInt8] = []
    events.reserveCapacity(lines.count + 1024)
    EventStream.append(lines: lines, to: &events)
    // A chunk of nothing would end the response.
    guard !events.isEmpty else { return nil }
    let batch = Batch(from: seq, next: seq + lines.count { $0 == 0x0A }, chunk: Self.chunk(events))
    state.withLock { $0.ready = batch }
    return batch
  }

  /// A chunk of HTTP (RFC 9112, section 7.1).
  private static func chunk(_ bytes: [UInt8]) -> ByteBuffer {
    ByteBuffer(bytes: Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8))
  }
}
