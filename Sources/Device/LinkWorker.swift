import Ground
import NIOCore
import NIOHTTP1
import Record
import Wire

/// The work of a link: finds the host, follows its stream, and has the outbox sent while it hears the host.
///
/// It and all it calls stay on its event loop. A visit is one try to be with the host: connect, read its card, follow
/// its stream; what still comes from an earlier visit is passed over.
final class LinkWorker {
  private let plan: LinkPlan
  private let loop: any EventLoop
  private let time: HostTime
  private let replica: Replica
  private let listener: Listener
  private let outbox: Outbox
  private let sender: OutboxSender

  private var addresses: [HostAddress]
  private var place = 0
  private var fingerprint: Fingerprint?
  private var token: String
  private var backoff: Backoff
  private var state = LinkState.connecting

  /// The commands whose lines are in the record and not in the copy yet.
  private var ahead: [(seq: Int, tell: () -> Void)] = []

  private var visit = 0
  private var stream: HostConnection?
  private var reader = EventReader()
  private var lastHeard: Interval
  private var watch: Scheduled<Void>?
  private var retry: Scheduled<Void>?

  init(
    _ plan: LinkPlan, _ loop: any EventLoop, _ time: HostTime, _ replica: Replica, _ outbox: Outbox,
    _ listener: Listener
  ) {
    self.plan = plan
    self.loop = loop
    self.time = time
    self.replica = replica
    self.listener = listener
    self.outbox = outbox
    addresses = plan.addresses
    fingerprint = plan.fingerprint
    lastHeard = time.steady()
    token = plan.token
    backoff = Backoff(plan.retry, random: plan.random)
    sender = OutboxSender(plan, loop, time, outbox)
    sender.onSettled = { [unowned self] key, state, report in settled(key, state, report) }
    // The host knows this device, or the conference, no longer: the stream's answer tells how that stands.
    sender.onNotLetIn = { [unowned self] in leave(.dropped) }
  }

  // MARK: - What the link asks

  func start() {
    listener.tell(.state(state))
    begin()
  }

  func use(addresses: [HostAddress]) {
    guard addresses != self.addresses else { return }
    self.addresses = addresses
    place = 0
    if state != .connected { beginAnew() }
  }

  func use(_ addresses: [HostAddress], _ fingerprint: Fingerprint?, _ token: String) {
    (self.addresses, self.fingerprint, self.token) = (addresses, fingerprint, token)
    place = 0
    beginAnew()
  }

  func tell(
    _ state: CommandState, of key: CommandID, _ report: @escaping @Sendable (CommandState) -> Void
  ) {
    listener.tell(.command(key, state))
    report(state)
    guard state == .kept else { return }
    sender.take(key, report)
  }

  func giveNow(_ entry: Outbox.Entry, _ report: @escaping @Sendable (CommandState) -> Void) {
    sender.takeNow(entry, report)
  }

  func ask(
    _ path: String, _ key: CommandID?, _ body: JSON?,
    _ answer: @escaping @Sendable (Result<JSONText, WireProblem>) -> Void
  ) {
    let noHost = WireProblem.refused(.noHostNow, wantsYes: false)
    guard state == .connected, !addresses.isEmpty else { return answer(.failure(noHost)) }
    let fields = [("Authorization", "Bearer \(token)")] + (key.map { [("Idempotency-Key", "\($0)")] } ?? [])
    HostConnection.connect(
      to: addresses[place % addresses.count], expecting: fingerprint, on: loop, patience: plan.patience
    ) { [loop, plan] outcome in
      guard case .success(let connection) = outcome else { return answer(.failure(noHost)) }
      let limit = loop.assumeIsolated().scheduleTask(in: .milliseconds(plan.silence)) { connection.close() }
      connection.ask(body == nil ? .GET : .POST, path, fields, body: body?.utf8 ?? []) { whole in
        limit.cancel()
        connection.close()
        guard let whole else { return answer(.failure(noHost)) }
        if let problem = whole.problem { return answer(.failure(problem)) }
        answer((try? JSONText(parsing: whole.body)).map { .success($0) } ?? .failure(noHost))
      }
    }
  }

  /// Tells how a command ended; that it is in the record only once its lines are told, whichever came first.
  private func settled(
    _ key: CommandID, _ state: CommandState, _ report: (@Sendable (CommandState) -> Void)?
  ) {
    let tell = { [listener] in
      listener.tell(.command(key, state))
      report?(state)
    }
    guard case .inRecord(let seq) = state else { return tell() }
    ahead.append((seq, tell))
    tellSettled()
  }

  private func tellSettled() {
    guard let mark = replica.mark else { return }
    let (due, rest) = (ahead.filter { $0.seq <= mark.seq }, ahead.filter { $0.seq > mark.seq })
    ahead = rest
    for one in due { one.tell() }
  }

  func stop() {
    endVisit()
    sender.onSettled = { _, _, _ in }
    sender.onNotLetIn = {}
  }

  // MARK: - A visit

  private enum Leaving {
    /// Nobody was there, or the connection ended.
    case dropped
    /// The host said why it does not let the device in.
    case problem(WireProblem)
    /// It is not the host that the device knows.
    case otherHost(Fingerprint)
    /// The record here is another than the host's.
    case diverged
  }

  private func beginAnew() {
    endVisit()
    backoff.reset()
    begin()
  }

  private func begin() {
    retry = nil
    guard !addresses.isEmpty else { return leave(.dropped) }
    visit += 1
    let (visit, address) = (visit, addresses[place % addresses.count])
    lastHeard = time.steady()
    watchOver()
    HostConnection.connect(to: address, expecting: fingerprint, on: loop, patience: plan.patience) {
      [weak self] outcome in
      guard let self, visit == self.visit else { return outcome.close() }
      switch outcome {
      case .success(let connection):
        stream = connection
        greet(connection, at: address, visit)
      case .failure(.otherHost(let seen)): leave(.otherHost(seen))
      case .failure(.noHost), .failure(.notSecret): leave(.dropped)
      }
    }
  }

  private func greet(_ connection: HostConnection, at address: HostAddress, _ visit: Int) {
    let asked = time.steady()
    connection.ask(.GET, Wire.root) { [weak self] answer in
      guard let self, visit == self.visit else { return }
      guard let answer, answer.status == 200, let json = try? JSONText(parsing: answer.body),
        let card = HostCard(json)
      else { return leave(.dropped) }
      guard card.conference == plan.conference else { return leave(.problem(.notHere)) }
      if fingerprint == nil, let seen = connection.fingerprint {
        fingerprint = seen
        listener.tell(.met(seen))
      }
      heard()
      learn(card.addresses, from: address)
      time.measured(card.now, asked: asked, received: lastHeard)
      follow(connection, at: address, visit)
    }
  }

  /// Takes up where else the host says it is; whether it is there is known by its certificate.
  private func learn(_ urls: [String], from address: HostAddress) {
    let others = urls.compactMap { HostAddress(url: $0) }.filter {
      $0.scheme == address.scheme && !addresses.contains($0)
    }
    addresses += others.prefix(max(0, Self.mostAddresses - addresses.count))
  }

  /// So many addresses of one host are looked at.
  private static let mostAddresses = 8

  private func follow(_ connection: HostConnection, at address: HostAddress, _ visit: Int) {
    let mark = replica.mark
    var fields = [("Authorization", "Bearer \(token)"), ("Accept", "text/event-stream")]
    if let mark { fields.append(("Last-Event-ID", "\(mark)")) }
    var refusal: HTTPAnswer?
    reader = EventReader()
    connection.ask(.GET, Wire.events(plan.conference), fields) { [weak self] piece in
      guard let self, visit == self.visit else { return }
      switch piece {
      case .head(200, _):
        show(.connected)
        sender.begin(at: address, fingerprint, token: token)
      case .head(let status, let headers):
        refusal = HTTPAnswer(status: status, headers: headers, body: [])
      case .body(let bytes):
        heard()
        if refusal == nil {
          take(bytes)
        } else {
          refusal?.body += bytes.readableBytesView
          if (refusal?.body.count ?? 0) > Wire.maxBody { leave(.dropped) }
        }
      case .end, .gone:
        guard let problem = refusal?.problem else { return leave(.dropped) }
        if case .behind(let end) = problem { return offer(linesAfter: end, at: address, visit) }
        leave(problem == .diverged && mark != nil ? .diverged : .problem(problem))
      }
    }
  }

  /// Gives a laptop that takes the conference over what it lacks and this device has.
  private func offer(linesAfter end: LineMark, at address: HostAddress, _ visit: Int) {
    // A record of another history is not for this copy to mend: that is told once the host goes on with it.
    guard let lines = replica.lines(after: end, atMost: Wire.maxLines), !lines.isEmpty else {
      return leave(.dropped)
    }
    stream?.close()
    HostConnection.connect(to: address, expecting: fingerprint, on: loop, patience: plan.patience) {
      [weak self] outcome in
      guard let self, visit == self.visit else { return outcome.close() }
      guard case .success(let connection) = outcome else { return leave(.dropped) }
      stream = connection
      let path = Wire.lines(plan.conference)
      connection.ask(.POST, path, [("Authorization", "Bearer \(token)")], body: lines) { [weak self] answer in
        guard let self, visit == self.visit else { return }
        if answer?.status == 200 { backoff.reset() }
        leave(.dropped)
      }
    }
  }

  private func take(_ bytes: ByteBuffer) {
    guard let events = reader.take(bytes.readableBytesView) else { return leave(.dropped) }
    var lines: [Line] = []
    var follows = true
    for event in events {
      switch event {
      case .heartbeat: backoff.reset()
      case .line(_, let bytes):
        do throws(DamageReason) {
          guard let line = try replica.take(bytes) else { continue }
          lines.append(line)
          backoff.reset()
        } catch {
          follows = false
        }
      }
      guard follows else { break }
    }
    if !lines.isEmpty {
      listener.tell(.lines(lines))
      tellSettled()
    }
    // On the way or at the host something is wrong; asked again from the last good line, it may come right.
    if !follows { leave(.dropped) }
  }

  /// Ends the visit, tells why, and sees to the next.
  private func leave(_ reason: Leaving) {
    let wasConnected = state == .connected
    endVisit()
    // Where it was found it is looked for first.
    if !wasConnected { place += 1 }
    var wait = backoff.next()
    switch reason {
    case .dropped: showAway()
    case .otherHost(let seen): show(.otherHost(seen))
    case .problem(.noPass), .problem(.notAllowed), .problem(.notHere):
      if case .problem(let problem) = reason { show(.notLetIn(problem)) }
    case .problem(let problem):
      if let after = problem.retryAfter { wait += Interval(min(max(after, 1), 60)) * plan.second }
      showAway()
    case .diverged:
      do throws(RecordError) {
        show(.diverged(oldCopy: try replica.startOver()))
        // The host's record lacks lines of the copy here, so perhaps also what this device brought in.
        outbox.sendAgain(at: time.now)
        // At the same address, which has a record to give.
        if !wasConnected { place -= 1 }
      } catch {
        listener.tell(.trouble(.copyStops(error)))
        showAway()
      }
    }
    retry = loop.assumeIsolated().scheduleTask(in: .milliseconds(wait)) { [weak self] in self?.begin() }
  }

  private func endVisit() {
    visit += 1
    retry?.cancel()
    retry = nil
    watch?.cancel()
    watch = nil
    stream?.close()
    stream = nil
    sender.end()
  }

  private func showAway() {
    // That another host was met stays to be seen until the right one is.
    if case .otherHost = state { return }
    if case .away = state { return }
    show(.away(since: time.now + (lastHeard - time.steady())))
  }

  private func show(_ state: LinkState) {
    guard state != self.state else { return }
    self.state = state
    listener.tell(.state(state))
  }

  // MARK: - Silence

  private func heard() { lastHeard = time.steady() }

  /// Leaves a host that is silent for too long.
  ///
  /// Looked at several times within that time, since timers stand still while a laptop sleeps.
  private func watchOver() {
    watch = loop.assumeIsolated().scheduleTask(in: .milliseconds(max(1, plan.silence / 5))) { [weak self] in
      guard let self else { return }
      if time.steady() - lastHeard >= plan.silence { leave(.dropped) } else { watchOver() }
    }
  }
}

extension Result<HostConnection, ConnectFailure> {
  /// Ends what came too late.
  func close() { if case .success(let connection) = self { connection.close() } }
}

extension HTTPAnswer {
  /// What the host says is the problem; nil where this is no answer of a host.
  var problem: WireProblem? {
    guard let json = try? JSONText(parsing: body) else { return nil }
    return WireProblem(json, after: headers.first(name: "Retry-After").flatMap { Int($0) })
  }
}
