import Conference
import Crypto
import Ground
import Synchronization
import Wire

/// Lets devices in: who knows a join code gets a pass for what that code is for.
///
/// A code is only good until it expires, and whoever guesses is soon made to wait; passes last as long as the
/// door, or until they are taken back. Of a pass only the digest of its token is kept. A host that begins again
/// with what was kept knows its devices, and they need not type anything.
public final class Door: Sendable {
  /// What a code is for; which table a note-taker writes for is said when joining.
  public enum Purpose: String, Sendable, CaseIterable { case noteTaker, screen, observer, facilitator }

  /// A device that was let in.
  public struct Device: Sendable, Equatable {
    /// Counts the devices from 1, in the order in which they came.
    public let number: Int
    /// What it may do.
    public let role: DeviceRole
    /// The network address from which it came in.
    public let address: String
    /// When it came in.
    public let since: Moment
    /// How many streams of events it has open.
    public internal(set) var streams = 0
    /// The commands it gave in the minute that began at `minute`.
    var commands = 0
    var minute = Moment(milliseconds: 0)
  }

  fileprivate struct State {
    var codes: [Purpose: JoinCode] = [:]
    var expires = Moment(milliseconds: 0)
    var devices: [String: Device] = [:]
    var count = 0
    /// When codes were tried that are wrong, the latest last, with the address.
    var misses: [(at: Moment, address: String)] = []
    /// What a later door is opened with, changed with each device: to make all of it anew for each of a hall would
    /// keep the others waiting.
    var kept: [String: String] = [:]
  }

  private let state = Mutex(State())
  private let keep: @Sendable ([String: String]) -> Void

  /// How long a code can be used: 4 hours.
  static let lifetime = Interval.minutes(240)
  /// So many wrong codes a minute are looked at from one address, and from all together.
  static let misses = (address: 5, all: 20)
  /// So many commands a minute are taken from one device: more than people type, and a paste besides.
  static let commandsAMinute = 600
  /// So many streams one device may have open: its own, and old ones whose end was not noticed yet.
  static let streams = 4

  /// Opens the door for those whom `kept` names, with its codes or new ones, good from `now` on.
  ///
  /// `keep` is given what a later door should be opened with, whenever that changes; it must not wait.
  public init(
    now: Moment, kept: [String: String] = [:], keep: @escaping @Sendable ([String: String]) -> Void = { _ in }
  ) {
    self.keep = keep
    let hasCodes = state.withLock { state in
      state = State(kept)
      return state.codes.count == Purpose.allCases.count && state.expires > now
    }
    if !hasCodes { renew(now: now) }
  }

  /// Makes new codes; the old ones are good no more, the passes are.
  public func renew(now: Moment) {
    var random = SystemRandomNumberGenerator()
    var codes: [Purpose: JoinCode] = [:]
    for purpose in Purpose.allCases { codes[purpose] = JoinCode(using: &random) }
    state.withLock { [codes] state in
      state.codes = codes
      state.expires = now + Self.lifetime
      state.keepAll()
      keep(state.kept)
    }
  }

  /// The code with which a device gets in, or nil where it has expired.
  public func code(for purpose: Purpose, now: Moment) -> JoinCode? {
    state.withLock { $0.expires > now ? $0.codes[purpose] : nil }
  }

  /// The devices that were let in, in the order in which they came.
  public var devices: [Device] {
    state.withLock { $0.devices.values.sorted { $0.number < $1.number } }
  }

  // MARK: - Passes

  /// Lets a device in; returns its token and role.
  ///
  /// Throws `wrongCode`, `malformed` for a note-taker without a table, and `tooMany` after wrong codes.
  func join(_ request: JoinRequest, from address: String, now: Moment) throws(WireProblem) -> (
    String, DeviceRole
  ) {
    let token = CommandID.random().description
    let outcome = state.withLock { state in
      Result { () throws(WireProblem) in
        try Self.checkMisses(&state, from: address, now: now)
        let code = JoinCode(request.code)
        guard let purpose = state.codes.first(where: { $0.value == code })?.key, state.expires > now else {
          state.misses.append((now, address))
          throw .wrongCode
        }
        let role = try Self.role(purpose, table: request.table)
        state.count += 1
        state.add(
          Device(number: state.count, role: role, address: address, since: now), Self.digest(token))
        keep(state.kept)
        return role
      }
    }
    return (token, try outcome.get())
  }

  private static func role(_ purpose: Purpose, table: Int?) throws(WireProblem) -> DeviceRole {
    switch purpose {
    case .facilitator: return .facilitator
    case .screen: return .screen
    case .observer: return .observer
    case .noteTaker:
      guard let table else { throw .malformed("table") }
      return .noteTaker(table: table)
    }
  }

  private static func checkMisses(
    _ state: inout State, from address: String, now: Moment
  ) throws(WireProblem) {
    // A clock that was set back must not keep anyone out.
    state.misses.removeAll { now - $0.at >= .minutes(1) || $0.at > now }
    let fromHere = state.misses.count { $0.address == address }
    guard fromHere < misses.address, state.misses.count < misses.all else { throw .tooMany(after: 60) }
  }

  /// The digest of a token, 64 hexadecimal digits.
  private static func digest(_ token: String) -> String {
    hexText(SHA256.hash(data: Array(token.utf8)))
  }

  /// The device with this token.
  ///
  /// Throws `noPass` where there is none.
  func device(_ token: String) throws(WireProblem) -> Device {
    guard let device = state.withLock({ $0.devices[Self.digest(token)] }) else { throw .noPass }
    return device
  }

  /// Takes the pass of a device back; its streams end at the next thing that happens.
  public func revoke(_ number: Int) {
    state.withLock { state in
      guard let digest = state.devices.first(where: { $0.value.number == number })?.key else { return }
      state.remove(digest)
      keep(state.kept)
    }
  }

  /// Whether the device with this number is still let in.
  func isIn(_ number: Int) -> Bool {
    state.withLock { $0.devices.values.contains { $0.number == number } }
  }

  // MARK: - Limits

  /// Counts a command of a device.
  ///
  /// Throws `tooMany` where it gives more than one a device can mean, and `noPass`.
  func countCommand(_ token: String, now: Moment) throws(WireProblem) {
    try change(token) { (device) throws(WireProblem) in
      if now - device.minute >= .minutes(1) || device.minute > now {
        device.minute = now
        device.commands = 0
      }
      guard device.commands < Self.commandsAMinute else { throw .tooMany(after: 10) }
      device.commands += 1
    }
  }

  /// Counts a stream that a device opens.
  ///
  /// Throws `tooMany` where it has too many, and `noPass`.
  func openStream(_ token: String) throws(WireProblem) {
    try change(token) { (device) throws(WireProblem) in
      guard device.streams < Self.streams else { throw .tooMany(after: 5) }
      device.streams += 1
    }
  }

  /// Counts the end of a stream.
  func closeStream(_ token: String) {
    try? change(token) { $0.streams -= 1 }
  }

  private func change(
    _ token: String, _ body: (inout Device) throws(WireProblem) -> Void
  ) throws(WireProblem) {
    let outcome = state.withLock { state in
      Result { () throws(WireProblem) in
        guard var device = state.devices[Self.digest(token)] else { throw .noPass }
        try body(&device)
        state.devices[Self.digest(token)] = device
      }
    }
    try outcome.get()
  }
}

// MARK: - What is kept

extension Door.State {
  /// Lets a device in, known by the digest of its token.
  fileprivate mutating func add(_ device: Door.Device, _ digest: String) {
    devices[digest] = device
    kept["count"] = String(count)
    kept["device." + digest] =
      "\(device.number) \(device.role.name) \(device.since.rfc3339) \(device.address)"
  }

  fileprivate mutating func remove(_ digest: String) {
    devices[digest] = nil
    kept["device." + digest] = nil
  }

  /// Keeps codes by their purpose, when they expire, and of each device by the digest of its token its number, role
  /// and when it came, its address last.
  fileprivate mutating func keepAll() {
    kept = ["expires": expires.rfc3339, "count": String(count)]
    for (purpose, code) in codes { kept["code." + purpose.rawValue] = code.description }
    for (digest, device) in devices { add(device, digest) }
  }

  /// Reads what was kept; what cannot be read lets nobody in.
  fileprivate init(_ kept: [String: String]) {
    expires = kept["expires"].flatMap { Moment(rfc3339: $0) } ?? Moment(milliseconds: 0)
    for purpose in Door.Purpose.allCases {
      codes[purpose] = kept["code." + purpose.rawValue].flatMap { JoinCode($0) }
    }
    for (name, text) in kept where name.hasPrefix("device.") {
      let words = text.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
      guard words.count == 4, let number = Int(words[0]), let role = DeviceRole(name: words[1]),
        let since = Moment(rfc3339: words[2])
      else { continue }
      devices[String(name.dropFirst(7))] = Door.Device(
        number: number, role: role, address: words[3], since: since)
    }
    count = max(kept["count"].flatMap { Int($0) } ?? 0, devices.values.map(\.number).max() ?? 0)
    keepAll()
  }
}
