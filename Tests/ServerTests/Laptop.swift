import Conference
import Device
import Foundation
import Ground
import Record
import Synchronization
import Testing
import Wire

/// A device with a link to a host, and the commands that it gave.
final class Laptop: Sendable {
  let link: HostLink
  let folder: String
  let pass: Pass

  private struct State {
    var given: [(key: CommandID, text: String)] = []
    /// What was given beside notes.
    var asked: [CommandID] = []
    var kept: Set<CommandID> = []
    var settled: [CommandID: CommandState] = [:]
    var states: [LinkState] = []
  }

  private let state: Mutex<State>
  private let changed = NSCondition()

  /// Begins in a folder of its own, or goes on with what is in that, as another one did before.
  init(_ folder: String, _ pass: Pass, ports: [Int], seed: UInt64 = 1, goingOn earlier: Laptop? = nil) throws
  {
    (self.folder, self.pass) = (folder, pass)
    state = Mutex(earlier?.state.withLock { $0 } ?? State())
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var plan = LinkPlan(
      addresses: ports.map { HostAddress(host: "127.0.0.1", port: $0, scheme: .http) }, token: pass.token,
      conference: pass.conference, folder: folder)
    plan.retry = 1...8
    plan.second = 1
    // A network that says nothing is not what is looked for here, and the machine may be busy.
    plan.silence = .seconds(100)
    plan.patience = .seconds(100)
    plan.random = SplitMix64(seed: seed)
    (link, _) = try HostLink.open(plan)
    link.start { [weak self] news in self?.hear(news) }
  }

  private func hear(_ news: LinkNews) {
    changed.lock()
    defer { changed.unlock() }
    state.withLock { state in
      switch news {
      case .command(let key, .kept): state.kept.insert(key)
      case .command(let key, let outcome): state.settled[key] = outcome
      case .state(let link): state.states.append(link)
      default: break
      }
    }
    changed.broadcast()
  }

  /// Notes something down; returns its key.
  @discardableResult
  func note(_ text: String, table: Int, key: CommandID = .random()) -> CommandID {
    state.withLock { $0.given.append((key, text)) }
    return link.submit(.contribute(NewContribution(table: table, kind: "idea", text: text)), key: key)
  }

  /// Gives another command.
  func give(_ command: Command) {
    let key = CommandID.random()
    state.withLock { $0.asked.append(key) }
    link.submit(command, key: key)
  }

  /// What was noted down, in order.
  var given: [String] { state.withLock { $0.given.map(\.text) } }
  var settled: [CommandID: CommandState] { state.withLock { $0.settled } }
  var states: [LinkState] { state.withLock { $0.states } }
  /// Whether the host answered on all of it.
  var hasSettled: Bool {
    state.withLock { state in (state.given.map(\.key) + state.asked).allSatisfy { state.settled[$0] != nil } }
  }

  /// Whether all that was noted down is on its disk.
  var hasKept: Bool { state.withLock { state in state.given.allSatisfy { state.kept.contains($0.key) } } }

  /// Waits until it holds; fails where that lasts beyond all reason.
  func wait(_ what: String, until holds: @escaping @Sendable (Laptop) -> Bool) async throws {
    try await onThread { [self] in
      let deadline = Date(timeIntervalSinceNow: 240)
      changed.lock()
      defer { changed.unlock() }
      while !holds(self) {
        try #require(Date() < deadline, "\(what): \(states.suffix(3)) \(link.outbox.entries.count) kept")
        // Some conditions are about the host's side, of which nobody tells here.
        _ = changed.wait(until: Date(timeIntervalSinceNow: 0.02))
      }
    }
  }

  /// Ends it, and gives the bytes of its copy.
  func close() async -> [UInt8] {
    try? await onThread { [link] in link.close() }
    return Array(FileManager.default.contents(atPath: folder + "/record.jsonl") ?? Data())
  }
}

/// What a record says of the contributions in it.
struct Notes {
  let texts: [String]

  /// Reads a record and checks that it holds together.
  init(_ record: String) throws {
    let contents = try RecordReader.read(path: record)
    #expect(contents.damage == nil)
    let added = contents.lines.filter { $0.type == "contribution.added" }
    #expect(Set(added.map(\.cmd)).count == added.count)
    texts = added.compactMap { $0.payload["text"]?.string }
  }

  /// Those of one device, in the order of the record.
  func of(_ name: String) -> [String] { texts.filter { $0.hasPrefix(name + " ") } }
}
