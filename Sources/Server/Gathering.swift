import Conference
import Ground
import Hummingbird
import Record
import Synchronization
import Wire

/// Gathers what the devices have of a record beyond the copy here, before this laptop goes on with it as the host.
///
/// The chain tells whether lines belong to the same history; only those that follow are taken, as they are. Devices
/// are let in as by `ConferenceServer`, and wait. Source: docs/openapi.yaml.
public final class Gathering: DeviceServer {
  /// A device that was heard, and how many lines it gave.
  public struct Heard: Sendable, Equatable {
    /// What the device is for.
    public let role: DeviceRole
    /// The lines that it gave.
    public internal(set) var lines = 0
  }

  /// Who is let in.
  public let door: Door
  /// The conference.
  public let conference: CommandID

  private struct State {
    /// Nil once it is closed.
    var file: AppendFile?
    var follower: ChainFollower
    /// By the device's number.
    var heard: [Int: Heard] = [:]
  }

  private let state: Mutex<State>
  private let now: @Sendable () -> Moment
  private let onHeard: @Sendable (Heard, _ total: Int) -> Void

  /// Opens a copy of a record, and cuts off a line that is not whole; nothing is served before `run`.
  ///
  /// `kept` and `keep` are those of `Door`. `onHeard` is told of a device when it was heard for the first time, and
  /// when it gave lines, with how many lines there are then. Throws `heldBy`, `damaged`, and the errors of the disk.
  public init(
    path: String, kept: [String: String] = [:],
    keep: @escaping @Sendable ([String: String]) -> Void = { _ in },
    now: @escaping @Sendable () -> Moment, onHeard: @escaping @Sendable (Heard, _ total: Int) -> Void
  ) throws(RecordError) {
    let file = try AppendFile(path: path)
    let contents = try file.read()
    if let damage = contents.damage {
      throw .damaged(line: damage.line, offset: damage.offset, reason: damage.reason)
    }
    guard let first = contents.lines.first else { throw .damaged(line: 0, offset: 0, reason: .empty) }
    if contents.tornBytes > 0 {
      try file.cut(to: contents.size - contents.tornBytes)
      try file.sync()
    }
    conference = first.cmd
    door = Door(now: now(), kept: kept, keep: keep)
    state = Mutex(State(file: file, follower: ChainFollower(after: contents)))
    self.now = now
    self.onHeard = onHeard
  }

  /// The number of lines that there are.
  public var count: Int { state.withLock { $0.follower.nextSeq } }

  /// Serves at an address until the program ends, as `DeviceServer` says.
  public func run(
    address: String, port: Int, certificate: HostCertificate? = nil,
    onRunning: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws {
    try await serve(
      address: address, port: port, certificate: certificate, onRunning: onRunning, routes: addRoutes)
  }

  /// Ends it: nothing is taken any more, and the file is given back.
  ///
  /// Returns who was heard, by role.
  public func close() -> [Heard] {
    state.withLock { state in
      state.file = nil
      return state.heard.values.sorted { $0.role.name < $1.role.name }
    }
  }

  private func addRoutes(_ router: Router<DeviceContext>) {
    router.get("v1") { [self] _, _ in
      Self.json(HostCard(conference: conference, now: now()).json)
    }
    router.post("v1/join") { [self] request, context in
      await Self.respond { () async throws(WireProblem) in
        try await join(request, context, now: now())
      }
    }
    router.get("v1/conferences/:id/events") { [self] request, context in
      await Self.respond { () async throws(WireProblem) in
        let device = try admitted(request, context).device
        let mark = try Self.mark(request)
        let end = state.withLock { state in
          LineMark(seq: state.follower.nextSeq - 1, hash: String(state.follower.hash.prefix(8)))
        }
        if let mark, mark.seq > end.seq { throw .behind(end) }
        heard(device, lines: 0)
        throw .notYet
      }
    }
    router.post("v1/conferences/:id/commands") { [self] request, context in
      await Self.respond { () async throws(WireProblem) in
        _ = try admitted(request, context)
        throw .notYet
      }
    }
    router.post("v1/conferences/:id/lines") { [self] request, context in
      await Self.respond { () async throws(WireProblem) in
        let device = try admitted(request, context).device
        let bytes = try await Self.body(request, atMost: Wire.maxLines)
        let count = try take(bytes)
        heard(device, lines: count)
        return Self.json(["lines": .int(count)])
      }
    }
  }

  /// Appends the lines that follow on what there is, and returns how many; those that are there already are passed
  /// over.
  private func take(_ bytes: [UInt8]) throws(WireProblem) -> Int {
    let outcome = state.withLock { state in
      Result { () throws(WireProblem) -> Int in
        guard let file = state.file else { throw .notYet }
        var follower = state.follower
        var new: [UInt8] = []
        for line in bytes.split(separator: 0x0A) {
          if let seq = LineMark(line: line)?.seq, seq < follower.nextSeq { continue }
          do throws(DamageReason) { _ = try follower.take(Array(line)) } catch { throw .diverged }
          new += line
          new.append(0x0A)
        }
        do throws(RecordError) {
          try file.append(new)
          try file.sync()
        } catch {
          // What stands behind the last good line now is cut off when the record is opened.
          state.file = nil
          throw .disk(error.phrase)
        }
        defer { state.follower = follower }
        return follower.nextSeq - state.follower.nextSeq
      }
    }
    return try outcome.get()
  }

  private func heard(_ device: Door.Device, lines: Int) {
    let (heard, total, isNews) = state.withLock { state in
      let before = state.heard[device.number]
      var heard = before ?? Heard(role: device.role)
      heard.lines += lines
      state.heard[device.number] = heard
      return (heard, state.follower.nextSeq, before != heard)
    }
    if isNews { onHeard(heard, total) }
  }
}
