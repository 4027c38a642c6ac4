import Conference
import Dispatch
import Ground
import Record
import Seating
import Synchronization

/// Why a command was not carried out.
public enum HostError: Error, Sendable {
  /// The session refuses it.
  case refused(Refusal)
  /// The tables cannot be drawn by these rules.
  case noSeating(SeatingRefusal)
  /// The record cannot be written.
  case record(RecordError)

  /// What is wrong and what to do about it.
  public var phrase: Phrase {
    switch self {
    case .refused(let refusal): refusal.phrase
    case .noSeating(let refusal):
      Phrase(
        nl: refusal.reasons.map(\.nl).joined(separator: " "),
        en: refusal.reasons.map(\.en).joined(separator: " "))
    case .record(let error): error.phrase
    }
  }

  /// Whether the same command, given deliberately, would be carried out.
  public var wantsYes: Bool { if case .refused(let refusal) = self { refusal.wantsYes } else { false } }
}

/// Owns the record of one conference: decides commands, appends their events, tells everyone.
///
/// Nobody is told anything before it is in the record. All methods may be called from any thread and none
/// waits for the disk.
public final class ConferenceHost: Sendable {
  /// The host's time.
  public let now: @Sendable () -> Moment
  /// Tells the lines of a command that is in the record, or why there are none.
  public typealias Completion = @Sendable (Result<[Line], HostError>) -> Void

  let engine: any SeatingEngine
  /// How far the machine's time of day is ahead of `now`, in milliseconds.
  private let ahead: @Sendable () -> Interval
  let state: Mutex<State>

  /// Below this the machine's clock is being kept right, not set: 2 s.
  private static let jump = Interval.seconds(2)

  struct State {
    var writer: RecordWriter
    /// With all that was decided, also what is not in the record yet: the next command builds on it.
    var decided: Session
    /// With what is in the record, and nothing else.
    var recorded: Session
    /// The commands in the record, so that one that comes twice counts once, each with the place of its last line.
    var commands: [CommandID: Int]
    /// The commands on their way to the record, with whoever gave them again meanwhile.
    var underway: [CommandID: [Completion]] = [:]
    var listeners: [@Sendable ([Line]) -> Void] = []
    /// The drawings that somebody looks at, by the command that began them.
    var searches: [CommandID: TableSearch] = [:]
    /// When the record was sealed, or opened, and the place of the last seal, also one on its way to the record.
    var sealedAt: Moment
    var lastSeal: Int
    /// How often what was decided turned out never to have happened.
    var setbacks = 0
    /// How far the machine's time of day is ahead, as the record has it or soon will.
    var ahead: Interval
  }

  /// Creates the host of a record that was opened, with the lines that are in it.
  public convenience init(writer: RecordWriter, lines: [Line], engine: any SeatingEngine, clock: HostClock) {
    self.init(writer: writer, lines: lines, engine: engine, now: { clock.now }, ahead: { clock.ahead })
  }

  /// Creates the host of a record that was opened, whose time is `now` and nothing else.
  public convenience init(
    writer: RecordWriter, lines: [Line], engine: any SeatingEngine, now: @escaping @Sendable () -> Moment
  ) {
    let ahead = lines.clockAhead
    self.init(writer: writer, lines: lines, engine: engine, now: now, ahead: { ahead })
  }

  private init(
    writer: RecordWriter, lines: [Line], engine: any SeatingEngine, now: @escaping @Sendable () -> Moment,
    ahead: @escaping @Sendable () -> Interval
  ) {
    // Opening a record refuses types that this version does not know; other programs' only count.
    let session = Session(folding: lines[...])
    self.engine = engine
    self.now = now
    // Where there is no seal yet the time counts from the first line.
    let seal = lines.last { $0.type == Self.sealType } ?? lines.first
    self.ahead = ahead
    state = Mutex(
      State(
        writer: writer, decided: session, recorded: session,
        commands: Dictionary(lines.map { ($0.cmd, $0.seq) }) { $1 },
        sealedAt: seal?.at ?? now(), lastSeal: seal?.seq ?? 0, ahead: lines.clockAhead))
  }

  /// The conference as the record has it.
  public var session: Session { state.withLock { $0.recorded } }

  /// What names the conference for as long as it is kept, wherever its record moves.
  public var id: CommandID { state.withLock { $0.writer.firstLine.cmd } }

  /// The record's name.
  public var path: String { state.withLock { $0.writer.path } }

  /// The number of lines in the record.
  public var count: Int { state.withLock { $0.recorded.lastSeq + 1 } }

  /// The bytes of lines of the record from `seq` on, as they stand in the file: whole lines, at most so many bytes
  /// but at least one line; empty where there are none.
  public func lines(from seq: Int, atMost limit: Int) -> ArraySlice<UInt8> {
    state.withLock { $0.writer }.lines(from: seq, atMost: limit)
  }

  /// The place in the record of the last line of a command, or nil where it is not in it.
  public func place(of cmd: CommandID) -> Int? { state.withLock { $0.commands[cmd] } }

  /// Why the record cannot be written any more, or nil.
  public var recordError: RecordError? { state.withLock { $0.writer.lastError } }

  /// Whether the disk is getting full: less than 64 MiB is free.
  public var isDiskNearlyFull: Bool { state.withLock { $0.writer.freeSpaceWarning } }

  /// Has `listener` called with all lines added to the record from now on, in order, on the writer's thread.
  public func listen(_ listener: @escaping @Sendable ([Line]) -> Void) {
    state.withLock { $0.listeners.append(listener) }
  }

  // MARK: - Commands

  /// Gives a command; `completion` is called when its lines are in the record, or with the reason why not.
  ///
  /// A command whose `cmd` was carried out before succeeds without lines, when the first one is in the
  /// record. Where a breakout begins whose tables were not drawn, they are drawn first; where they are being
  /// drawn at that moment, the best so far is taken.
  public func submit(
    _ command: Command, by: String, cmd: CommandID = .random(), completion: @escaping Completion
  ) {
    submit(command, by: by, cmd: cmd, mayDraw: true, completion: completion)
  }

  func submit(
    _ command: Command, by: String, cmd: CommandID, mayDraw: Bool, completion: @escaping Completion
  ) {
    noticeClock()
    if mayDraw, let search = searchBefore(command) {
      search.afterwards { [self] in submit(command, by: by, cmd: cmd, mayDraw: true, completion: completion) }
      return search.end(taking: true)
    }
    let outcome = state.withLock { state in
      Result { () throws(HostError) in
        try decide(command, by: by, cmd: cmd, in: &state, completion: completion)
      }
    }
    switch outcome {
    case .success(true): return
    case .success(false): completion(.success([]))
    case .failure(.refused(.notDrawn)) where mayDraw:
      draw(by: "host", cmd: .random()) { [self] drawn in
        switch drawn {
        case .success: submit(command, by: by, cmd: cmd, mayDraw: false, completion: completion)
        case .failure(let error): completion(.failure(error))
        }
      }
    case .failure(let error): completion(.failure(error))
    }
  }

  /// Returns whether `completion` will be called later; false: the command is in the record already.
  private func decide(
    _ command: Command, by: String, cmd: CommandID, in state: inout State,
    completion: @escaping Completion
  ) throws(HostError) -> Bool {
    guard state.commands[cmd] == nil else { return false }
    if state.underway[cmd] != nil {
      state.underway[cmd]?.append(completion)
      return true
    }
    let time = now()
    let events: [Event]
    do { events = try state.decided.decide(command, at: time, by: by) } catch { throw .refused(error) }
    let closing = events.contains(.conferenceClosed)
    let lines: [Line]
    do {
      lines = try state.writer.append(
        events.map(\.draft), at: time, by: by, cmd: cmd, closing: closing
      ) { [self] result in
        finish(result, of: cmd, completion)
      }
    } catch { throw .record(error) }
    for line in lines { try? state.decided.apply(line) }
    state.underway[cmd] = []
    return true
  }

  /// On the writer's thread: the lines are in the record, or they never will be.
  func finish(
    _ result: Result<[Line], RecordError>, of cmd: CommandID, _ completion: Completion
  ) {
    switch result {
    case .success(let lines):
      let (listeners, again) = state.withLock { state in
        for line in lines { try? state.recorded.apply(line) }
        state.commands[cmd] = lines.last?.seq ?? state.recorded.lastSeq
        return (state.listeners, state.underway.removeValue(forKey: cmd) ?? [])
      }
      for listener in listeners { listener(lines) }
      // Before anyone hears that it is closed, and closes the record.
      if lines.contains(where: { $0.type == "conference.closed" }) { seal(closing: true) }
      completion(.success(lines))
      for completion in again { completion(.success([])) }
    case .failure(let error):
      let again = state.withLock { state in
        // What was decided after the failure never happened.
        state.decided = state.recorded
        state.lastSeal = min(state.lastSeal, state.recorded.lastSeq)
        state.setbacks += 1
        return state.underway.removeValue(forKey: cmd) ?? []
      }
      completion(.failure(.record(error)))
      for completion in again { completion(.failure(.record(error))) }
    }
  }

  // MARK: - The record

  /// Goes on in a new file with everything that is in the record, after its disk failed.
  ///
  /// Throws `RecordError`; then another path can be tried.
  public func continueElsewhere(path: String) throws(RecordError) {
    let writer = state.withLock { $0.writer }
    let next = try writer.continueElsewhere(path: path)
    state.withLock { state in
      state.writer = next
      state.decided = state.recorded
      state.setbacks += 1
    }
  }

  /// Puts a jump of the machine's time of day in the record, once; to be asked for now and then.
  ///
  /// The clocks of the hall go on as if nothing had happened.
  public func noticeClock() {
    let ahead = ahead()
    let back: Interval = state.withLock { state in
      let back = state.ahead - ahead
      guard abs(back) >= Self.jump else { return 0 }
      state.ahead = ahead
      return back
    }
    if back != 0 { add(.clockJumped(back: back, ahead: ahead)) }
  }

  /// Adds a line of the host's own; gives none where the record takes none, and whoever writes next is told why.
  @discardableResult
  func add(_ draft: Draft, closing: Bool = true) -> Line? {
    let cmd = CommandID.random()
    return state.withLock { state in
      let lines = try? state.writer.append([draft], at: now(), by: "host", cmd: cmd, closing: closing) {
        [self] in finish($0, of: cmd) { _ in }
      }
      for line in lines ?? [] { try? state.decided.apply(line) }
      return lines?.last
    }
  }

  /// Waits until everything is in the record, then gives the file back.
  public func close() { state.withLock { $0.writer }.close() }
}
