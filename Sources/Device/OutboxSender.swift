import Ground
import NIOCore
import NIOHTTP1
import Wire

/// Brings the commands of an outbox to the host, in order and one at a time.
///
/// Each is sent under the same key until the host has answered it: so it is in the record once, however often the
/// way there or back fails. It and all it calls stay on its event loop.
final class OutboxSender {
  /// What the host answered on a command, and who asked to be told.
  var onSettled: (CommandID, CommandState, (@Sendable (CommandState) -> Void)?) -> Void = { _, _, _ in }
  /// The host takes nothing of this device.
  var onNotLetIn: () -> Void = {}

  private let plan: LinkPlan
  private let loop: any EventLoop
  private let time: HostTime
  private let outbox: Outbox
  private var backoff: Backoff
  /// The commands that are for now or never: on no disk, and gone with the host.
  private var fleeting: [Outbox.Entry] = []
  private var reports: [CommandID: @Sendable (CommandState) -> Void] = [:]

  /// Where the host is, while it is heard.
  private var host: (address: HostAddress, fingerprint: Fingerprint?, token: String)?
  private var connection: HostConnection?
  /// Whether a command is under way, or waits to be tried again.
  private var isBusy = false
  private var retry: Scheduled<Void>?
  /// Counts up each time the host is found or lost; what comes from before is passed over.
  private var round = 0

  init(_ plan: LinkPlan, _ loop: any EventLoop, _ time: HostTime, _ outbox: Outbox) {
    self.plan = plan
    self.loop = loop
    self.time = time
    self.outbox = outbox
    var random = plan.random
    backoff = Backoff(plan.retry, random: SplitMix64(seed: random.next()))
  }

  /// The host is heard at this address.
  func begin(at address: HostAddress, _ fingerprint: Fingerprint?, token: String) {
    end()
    host = (address, fingerprint, token)
    backoff.reset()
    send()
  }

  /// The host is not heard any more.
  func end() {
    round += 1
    host = nil
    isBusy = false
    retry?.cancel()
    retry = nil
    connection?.close()
    connection = nil
    // An hour later nobody wants them any more.
    let lost = fleeting
    fleeting = []
    for entry in lost {
      onSettled(entry.key, .refused(.cutOff), reports.removeValue(forKey: entry.key))
    }
  }

  /// Sends a command in its turn, where the host is heard now, and tells `report` how it ends.
  func takeNow(_ entry: Outbox.Entry, _ report: @escaping @Sendable (CommandState) -> Void) {
    guard host != nil else { return onSettled(entry.key, .refused(.noHostNow), report) }
    reports[entry.key] = report
    fleeting.append(entry)
    send()
  }

  /// Sends a command that was told of as kept, in its turn, and tells `report` how it ends.
  func take(_ key: CommandID, _ report: @escaping @Sendable (CommandState) -> Void) {
    reports[key] = report
    outbox.release(key)
    send()
  }

  /// Sends the next command, where there is one and none is under way.
  private func send() {
    guard let host, !isBusy, let entry = fleeting.first ?? outbox.next else { return }
    isBusy = true
    if let connection, connection.isOpen { return post(entry, on: connection, host.token) }
    let round = round
    HostConnection.connect(
      to: host.address, expecting: host.fingerprint, on: loop, patience: plan.patience
    ) { [weak self] outcome in
      guard let self, round == self.round else { return outcome.close() }
      guard case .success(let connection) = outcome else { return tryAgain(in: backoff.next()) }
      self.connection = connection
      post(entry, on: connection, host.token)
    }
  }

  private func post(_ entry: Outbox.Entry, on connection: HostConnection, _ token: String) {
    let round = round
    let patience = loop.assumeIsolated().scheduleTask(in: .milliseconds(plan.silence)) { connection.close() }
    connection.ask(
      .POST, Wire.commands(plan.conference),
      [("Authorization", "Bearer \(token)"), ("Idempotency-Key", "\(entry.key)")], body: entry.body
    ) { [weak self] answer in
      patience.cancel()
      guard let self, round == self.round else { return }
      read(answer, on: entry.key)
    }
  }

  private func read(_ answer: HTTPAnswer?, on key: CommandID) {
    if let answer, answer.status == 201 || answer.status == 200,
      let done = (try? JSONText(parsing: answer.body)).flatMap({ CommandAnswer($0) })
    {
      return settle(key, .inRecord(seq: done.seq))
    }
    // What is no answer of a host comes from something on the way; the host may never have seen the command.
    guard let problem = answer?.problem, problem != .diverged else {
      connection?.close()
      return tryAgain(in: backoff.next())
    }
    if let after = problem.retryAfter {
      return tryAgain(in: Interval(min(max(after, 1), 60)) * plan.second)
    }
    if case .refused(let phrase, let wantsYes) = problem {
      return settle(key, .refused(phrase, wantsYes: wantsYes))
    }
    settle(key, .refused(problem.phrase), goesOn: problem != .noPass && problem != .notHere)
  }

  private func tryAgain(in wait: Interval) {
    retry = loop.assumeIsolated().scheduleTask(in: .milliseconds(wait)) { [weak self] in
      self?.retry = nil
      self?.isBusy = false
      self?.send()
    }
  }

  private func settle(_ key: CommandID, _ state: CommandState, goesOn: Bool = true) {
    if fleeting.first?.key == key { fleeting.removeFirst() } else { outbox.settle(key, state, at: time.now) }
    backoff.reset()
    isBusy = false
    onSettled(key, state, reports.removeValue(forKey: key))
    if goesOn { send() } else { onNotLetIn() }
  }
}
