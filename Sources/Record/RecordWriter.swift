import Glibc
import Ground
import Synchronization

/// The one writer of a record: it alone has the lock, and a line that it acknowledges is never lost.
///
/// All methods may be called from any thread. The lock is held until `close()` or the end of the process.
public final class RecordWriter: Sendable {
  /// The file's name.
  public let path: String
  /// The record's first line, `record.opened`.
  public let firstLine: Line

  let loop: WriterLoop
  var state: Monitor<WriterState> { loop.state }
  private let sealHash = Mutex(SealHash())

  /// Below this much free space the user is warned: 64 MiB.
  static let warningSpace = 64 << 20
  /// Below this much free space only closing lines are taken: 1 MiB holds 16 lines of the greatest length.
  static let reserve = 1 << 20

  init(file: Int32, path: String, firstLine: Line, acknowledged: Acknowledged, disk: Disk) {
    self.path = path
    self.firstLine = firstLine
    let state = Monitor(
      WriterState(
        nextSeq: acknowledged.seq + 1, lastAt: acknowledged.at, hash: acknowledged.hash,
        lastClock: acknowledged.at, acknowledged: acknowledged, freeBytes: disk.freeBytes(file)))
    loop = WriterLoop(state: state, disk: disk, file: file, path: path)
    disk.start(loop)
  }

  deinit { state.access { $0.isClosing = true } }

  // MARK: Appending

  /// Numbers, times and queues the drafts as lines, and returns the lines at once.
  ///
  /// `completion` is called on the thread that writes when they are safely on disk, or with the reason why they
  /// are not; only then may they be shown to anyone. `closing` lines may use the space kept in reserve. Where
  /// the host's clock jumped back, a `clock.adjusted` stands in front. Throws `lineTooLong`, `invalidDraft`,
  /// `diskNearlyFull`, `poisoned` and `closed`, and then nothing is written.
  @discardableResult
  public func append(
    _ drafts: [Draft], at: Moment, by: String, cmd: CommandID, closing: Bool = false,
    completion: @escaping @Sendable (Result<[Line], RecordError>) -> Void
  ) throws(RecordError) -> [Line] {
    for draft in drafts { try draft.check(at: at, by: by) }
    return try state.access { (state) throws(RecordError) in
      let entry = try Self.take(
        drafts, at: at, by: by, cmd: cmd, closing: closing, into: &state, completion: completion)
      state.queue.append(entry)
      return entry.lines
    }
  }

  /// Appends the drafts and waits until they are safely on disk; never call it from a completion.
  ///
  /// Where nobody writes, the thread that calls does so itself, and calls no completion but its own. Throws as
  /// `append` does, and `writeFailed` or `diskFull`.
  @discardableResult
  public func appendAndWait(
    _ drafts: [Draft], at: Moment, by: String, cmd: CommandID, closing: Bool = false
  ) throws(RecordError) -> [Line] {
    let outcome = Monitor<Result<[Line], RecordError>?>(nil)
    for draft in drafts { try draft.check(at: at, by: by) }
    let turn: (entry: Entry, start: Int)?
    do {
      turn = try state.quietly { (state) throws(RecordError) in
        let entry = try Self.take(
          drafts, at: at, by: by, cmd: cmd, closing: closing, into: &state,
          completion: { result in outcome.access { $0 = result } })
        guard !state.isWriting, state.queue.isEmpty else {
          // Whoever writes looks at the queue afterwards.
          state.queue.append(entry)
          return nil
        }
        state.isWriting = true
        return (entry, state.acknowledged.count)
      }
    } catch {
      // A refusal for want of space asks the writer's thread to measure again.
      state.wake()
      throw error
    }
    if let turn { loop.write([turn.entry], from: turn.start) }
    return try outcome.wait { $0 }.get()
  }

  /// Numbers and times the drafts as lines that follow on what was taken before; throws as `append` does.
  private static func take(
    _ drafts: [Draft], at: Moment, by: String, cmd: CommandID, closing: Bool, into state: inout WriterState,
    completion: @escaping @Sendable (Result<[Line], RecordError>) -> Void
  ) throws(RecordError) -> Entry {
    if let failure = state.failure { throw failure.asPoison }
    guard !state.isClosing else { throw .closed }
    // Below 0 the system does not say how much is free.
    guard closing || state.freeBytes < 0 || state.freeBytes >= reserve else {
      state.wantsFreeBytes = true
      throw .diskNearlyFull
    }
    let entry = try entry(drafts, at: at, by: by, cmd: cmd, after: state, completion: completion)
    if let last = entry.lines.last {
      state.nextSeq = last.seq + 1
      state.lastAt = last.at
      state.lastClock = at
      state.hash = entry.hash
    }
    return entry
  }

  private static func entry(
    _ drafts: [Draft], at: Moment, by: String, cmd: CommandID, after state: WriterState,
    completion: @escaping @Sendable (Result<[Line], RecordError>) -> Void
  ) throws(RecordError) -> Entry {
    var entry = Entry(hash: state.hash, completion: completion)
    // Most lines have less than this.
    entry.bytes.reserveCapacity(drafts.count * 512)
    func add(_ draft: Draft, by: String) throws(RecordError) {
      let line = Line(
        seq: state.nextSeq + entry.lines.count, at: max(at, state.lastAt), type: draft.type, by: by, cmd: cmd,
        version: draft.version, data: draft.data)
      let start = entry.bytes.count
      entry.hash = line.write(to: &entry.bytes, after: entry.hash)
      entry.lines.append(line)
      entry.ends.append(entry.bytes.count)
      guard entry.bytes.count - start <= Scan.maxLine else {
        throw .lineTooLong(type: draft.type, bytes: entry.bytes.count - start)
      }
    }
    if at < state.lastClock, !drafts.isEmpty {
      try add(.clockAdjusted(back: state.lastClock - at), by: "host")
    }
    for draft in drafts { try add(draft, by: by) }
    return entry
  }

  // MARK: Sealing

  /// The last acknowledged line and the SHA-256 of all bytes up to and including it, 64 hexadecimal digits.
  ///
  /// The first time all of them are read, which takes a moment; nobody who appends waits for that.
  public var sealed: (upto: Int, sha256: String) {
    sealHash.withLock { hash in
      let acknowledged = state.quietly { $0.acknowledged }
      return (acknowledged.seq, hash.text(of: acknowledged))
    }
  }

  /// Appends a seal over all lines acknowledged so far and waits until it is safely on disk.
  ///
  /// Throws as `appendAndWait` does.
  @discardableResult
  public func seal(at: Moment, cmd: CommandID) throws(RecordError) -> [Line] {
    try appendAndWait([sealDraft()], at: at, by: "host", cmd: cmd, closing: true)
  }

  /// The seal over all lines acknowledged so far, for who wants to append it without waiting.
  public func sealDraft() -> Draft {
    let sealed = sealed
    return Draft(
      type: "record.sealed", data: ["upto": .int(sealed.upto), "sha256": .string(sealed.sha256)])
  }

  // MARK: State

  /// The hash of the last acknowledged line, 32 hexadecimal digits.
  public var acknowledgedHash: String { state.quietly { $0.acknowledged.hash.text } }
  /// The number of acknowledged lines.
  public var acknowledgedCount: Int { state.quietly { $0.acknowledged.seq + 1 } }
  /// The bytes of all acknowledged lines, as they stand in the file.
  public var acknowledgedBytes: [UInt8] { state.quietly { $0.acknowledged }.bytes }
  /// The bytes of acknowledged lines from `seq` on, as they stand in the file: whole lines, at most so many bytes
  /// but at least one line; empty where there are none.
  public func lines(from seq: Int, atMost limit: Int) -> ArraySlice<UInt8> {
    state.quietly { $0.acknowledged.lines(from: seq, atMost: limit) }
  }
  /// Whether a write failed, so that nothing more is written to this file.
  public var isPoisoned: Bool { lastError != nil }
  /// The failure that poisoned the writer.
  public var lastError: RecordError? { state.quietly { $0.failure } }

  /// Whether less than 64 MiB is free, as measured after the last write or shortly after the last question.
  public var freeSpaceWarning: Bool {
    state.access { state in
      // Measured by the thread that may wait for the disk; this one may be the one that draws the screen.
      state.wantsFreeBytes = !state.isClosing
      return state.freeBytes >= 0 && state.freeBytes < Self.warningSpace
    }
  }

  /// Waits until all that was appended is written, then gives the file and its lock back.
  ///
  /// Never call it from a completion.
  public func close() {
    state.access { $0.isClosing = true }
    state.wait { $0.isClosed ? true : nil }
  }

  /// Lets the process survive a write beyond the file size limit or to a closed pipe, as an error.
  ///
  /// Call it once, before the first record is opened; programs started from this one inherit it.
  public static func ignoreWriteSignals() {
    signal(SIGXFSZ, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
  }
}

extension RecordError {
  /// How an earlier failure looks to those who come later.
  var asPoison: RecordError {
    switch self {
    case .poisoned: self
    case .writeFailed(let reason): .poisoned(reason)
    case .diskFull: .poisoned(errorText(Int(ENOSPC)))
    default: .poisoned(phrase.en)
    }
  }
}

extension Draft {
  /// The host's clock jumped back by `back` milliseconds.
  static func clockAdjusted(back: Interval) -> Draft {
    Draft(type: "clock.adjusted", data: ["back": .int(Int(back))])
  }
}
