import Conference
import Ground
import NIOCore
import NIOPosix
import Record
import Synchronization
import Wire

/// How a device stands with its host.
public enum LinkState: Sendable, Equatable {
  /// It looks for the host for the first time.
  case connecting
  /// It hears the host.
  case connected
  /// It heard the host for the last time at this moment, in the host's time, and looks for it.
  case away(since: Moment)
  /// The host is there but does not let it in, and why; it goes on asking now and then.
  case notLetIn(WireProblem)
  /// At an address of the host is one with this certificate, which is not the one that the device knows.
  ///
  /// Nothing was sent to it, and nothing will be; the device goes on looking for its own host.
  case otherHost(Fingerprint)
  /// The host's record is another one: the copy here begins anew, and the old one is kept under this name.
  ///
  /// From here on lines begin at 0 again.
  case diverged(oldCopy: String)
}

/// What a link tells its listener, in order and always on the same thread.
public enum LinkNews: Sendable, Equatable {
  /// The next lines of the record.
  case lines([Line])
  /// The host was met for the first time, and has this fingerprint: from now on no other is spoken to.
  ///
  /// To be kept for `LinkPlan.fingerprint`, and shown to a person.
  case met(Fingerprint)
  /// It stands with the host in another way now.
  case state(LinkState)
  /// A command of this device, from this run or an earlier one, is further; that it is in the record comes after its
  /// lines.
  case command(CommandID, CommandState)
  /// Something is wrong on this device, to be shown to a person.
  case trouble(Phrase)
}

/// What a device needs to know to keep in touch with its host.
public struct LinkPlan: Sendable {
  /// Where the host may be, the likeliest first.
  public var addresses: [HostAddress]
  /// What the host's certificate is known by; nil until it was met over TLS.
  public var fingerprint: Fingerprint?
  /// What the device was let in with.
  public var token: String
  /// The conference.
  public var conference: CommandID
  /// An existing folder of the device's own for this conference: `record.jsonl`, `outbox.jsonl`.
  public var folder: String
  /// Waits between tries, in milliseconds.
  public var retry: ClosedRange<Interval> = .seconds(1)...(.seconds(10))
  /// A host that is silent for so many milliseconds is gone.
  public var silence = Wire.silence
  /// The longest wait for a connection, in milliseconds.
  public var patience = Interval.seconds(5)
  /// What a host calls a second when it asks to wait, in milliseconds.
  public var second = Interval.seconds(1)
  /// The lot for the waits.
  public var random = SplitMix64(seed: .random(in: .min ... .max))

  /// Creates a plan with the usual waits.
  public init(
    addresses: [HostAddress], fingerprint: Fingerprint? = nil, token: String, conference: CommandID,
    folder: String
  ) {
    self.addresses = addresses
    self.fingerprint = fingerprint
    self.token = token
    self.conference = conference
    self.folder = folder
  }
}

/// A device's link with its host: the copy of the record that grows, and the commands that go out.
///
/// It finds the host again by itself, whatever happens to either. All methods may be called from any thread; the work
/// is done on a thread of its own.
public final class HostLink: Sendable {
  /// The host's time, which the clocks on this device go by.
  public let time: HostTime
  /// The commands of this device that are kept or were refused.
  public let outbox: Outbox
  /// The copy of the record.
  public let replica: Replica

  private let group: MultiThreadedEventLoopGroup
  private let loop: any EventLoop
  private let listener: Listener
  private let worker: NIOLoopBoundBox<LinkWorker>
  private let isClosed = Mutex(false)

  /// What the device kept of an earlier run.
  public struct Kept: Sendable {
    /// The lines of the copy, to fold.
    public var lines: [Line]
    /// What went wrong meanwhile, to be shown to a person.
    public var troubles: [Phrase]
  }

  /// Opens what the device keeps on its disk; nothing is sent or received before `start`.
  ///
  /// Throws `heldBy` where another program keeps this folder, and the errors of the disk.
  public static func open(
    _ plan: LinkPlan, time: HostTime = HostTime()
  ) throws(RecordError) -> (HostLink, Kept) {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let loop = group.next()
    let listener = Listener()
    do {
      let (outbox, damagedOutbox) = try Outbox.open(
        path: plan.folder + "/outbox.jsonl", conference: plan.conference, at: time.now)
      let (replica, contents) = try Replica.open(path: plan.folder + "/record.jsonl") { trouble in
        loop.execute { listener.tell(.trouble(trouble)) }
      }
      let worker = NIOLoopBoundBox.makeBoxSendingValue(
        LinkWorker(plan, loop, time, replica, outbox, listener), eventLoop: loop)
      let link = HostLink(time, outbox, replica, group, loop, listener, worker)
      let damaged = [contents.damagedCopy, damagedOutbox].compactMap { $0 }
      return (link, Kept(lines: contents.lines, troubles: damaged.map { .wasDamaged(keptAs: $0) }))
    } catch {
      group.shutdownGracefully { _ in }
      throw error
    }
  }

  private init(
    _ time: HostTime, _ outbox: Outbox, _ replica: Replica, _ group: MultiThreadedEventLoopGroup,
    _ loop: any EventLoop, _ listener: Listener, _ worker: NIOLoopBoundBox<LinkWorker>
  ) {
    self.time = time
    self.outbox = outbox
    self.replica = replica
    self.group = group
    self.loop = loop
    self.listener = listener
    self.worker = worker
  }

  /// Looks for the host from now on, and tells `listener` all that happens; once.
  public func start(_ listener: @escaping @Sendable (LinkNews) -> Void) {
    onLoop { [known = self.listener] worker in
      known.set(listener)
      worker.start()
    }
  }

  /// The host's time now.
  public func now() -> Moment { time.now }

  /// Gives a command that is for now or never: it is kept on no disk, and refused where the host is not heard.
  ///
  /// Refused in the middle of its way, it may have been carried out all the same; the words say so. `report` is told
  /// once, like the listener and after it.
  public func submitNow(
    _ command: Command, key: CommandID = .random(),
    report: @escaping @Sendable (CommandState) -> Void = { _ in }
  ) {
    guard let body = CommandBody.bytes(command) else { return tell(.refused(.onlyTheHost), of: key, report) }
    guard body.count <= Wire.maxBody else {
      return tell(.refused(WireProblem.tooLong.phrase), of: key, report)
    }
    onLoop { $0.giveNow(Outbox.Entry(key: key, body: body, state: .kept), report) }
  }

  /// Gives a command: keeps it on this device's disk and brings it to the host when that is there.
  ///
  /// Returns its key at once. `report` is told, like the listener and after it: kept, and then in the record or
  /// refused; or refused at once, where it cannot be kept.
  @discardableResult
  public func submit(
    _ command: Command, key: CommandID = .random(),
    report: @escaping @Sendable (CommandState) -> Void = { _ in }
  ) -> CommandID {
    guard let body = CommandBody.bytes(command), let json = try? JSON(parsing: body) else {
      tell(.refused(.onlyTheHost), of: key, report)
      return key
    }
    guard body.count <= Wire.maxBody else {
      tell(.refused(WireProblem.tooLong.phrase), of: key, report)
      return key
    }
    outbox.keep(json, key: key, at: time.now) { result in
      switch result {
      case .success: self.tell(.kept, of: key, report)
      case .failure(let error): self.tell(.refused(.notKept(error)), of: key, report)
      }
    }
    return key
  }

  /// Asks the host something beside commands, once, and tells what it answers, or why there is no answer.
  ///
  /// `path` is one of `Wire`; without a `body` it is only looked at. `answer` is called on the link's own thread.
  public func ask(
    _ path: String, key: CommandID? = nil, body: JSON? = nil,
    answer: @escaping @Sendable (Result<JSONText, WireProblem>) -> Void
  ) {
    onLoop { $0.ask(path, key, body, answer) }
  }

  /// Looks for the host at these addresses, by this fingerprint and with this token from now on, since the device was
  /// let in by another laptop.
  public func use(addresses: [HostAddress], fingerprint: Fingerprint?, token: String) {
    onLoop { $0.use(addresses, fingerprint, token) }
  }

  /// Ends it, with all that was taken in safely on disk; every link is to be closed in the end.
  ///
  /// Waits for the disk, so that the listener must not call it.
  public func close() {
    let wasClosed = isClosed.withLock { isClosed in
      defer { isClosed = true }
      return isClosed
    }
    guard !wasClosed else { return }
    try? loop.submit { [worker] in worker.value.stop() }.wait()
    outbox.close()
    replica.close()
    try? group.syncShutdownGracefully()
  }

  private func tell(
    _ state: CommandState, of key: CommandID, _ report: @escaping @Sendable (CommandState) -> Void
  ) {
    // A loop that ended takes nothing any more.
    if isClosed.withLock({ $0 }) { return report(state) }
    onLoop { $0.tell(state, of: key, report) }
  }

  private func onLoop(_ body: @escaping @Sendable (LinkWorker) -> Void) {
    loop.execute { [worker] in body(worker.value) }
  }
}

/// Who is told; what happens before there is somebody waits.
///
/// It tells on the link's event loop only, in order.
final class Listener: Sendable {
  private let state = Mutex(State())

  private struct State {
    var hear: (@Sendable (LinkNews) -> Void)?
    var waiting: [LinkNews] = []
  }

  func set(_ hear: @escaping @Sendable (LinkNews) -> Void) {
    let waiting = state.withLock { state in
      defer { state = State(hear: hear) }
      return state.waiting
    }
    for news in waiting { hear(news) }
  }

  func tell(_ news: LinkNews) {
    let hear = state.withLock { state in
      if state.hear == nil { state.waiting.append(news) }
      return state.hear
    }
    hear?(news)
  }
}
