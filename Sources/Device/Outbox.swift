import Conference
import Ground
import Record
import Synchronization

/// How far a command of this device is.
public enum CommandState: Sendable, Equatable {
  /// It is safely on this device's disk, and goes to the host as soon as it can.
  case kept
  /// It is in the record; its last line's place.
  case inRecord(seq: Int)
  /// It is not carried out, and why; `wantsYes`: given deliberately it would be.
  case refused(Phrase, wantsYes: Bool = false)
}

/// The commands of this device that are not in the record yet, on its disk, in the order they were given.
///
/// A record of its own (docs/RECORD.md), by the same writer: what it says is kept has been synced. Its types are
/// `cmd.queued`, `cmd.done`, `cmd.refused` and `cmd.forgotten`; a line's `cmd` is the command's key. All methods may
/// be called from any thread.
public final class Outbox: Sendable {
  /// A command that is kept here.
  public struct Entry: Sendable, Equatable {
    /// The key under which it goes to the host, however often.
    public var key: CommandID
    /// The body as it is sent.
    public var body: [UInt8]
    /// `kept` or `refused`.
    public var state: CommandState
  }

  /// The file's name.
  public let path: String

  private let writer: RecordWriter
  private let state: Mutex<State>

  private struct State {
    var entries: [Entry]
    /// Those that nobody was told of as kept; never sent, so that all hear of it in order.
    var untold: Set<CommandID> = []
  }

  /// Opens the outbox, or begins one; what is done is forgotten.
  ///
  /// Gives with it where an outbox that went bad was kept; what could be read of it is in. Throws `heldBy`,
  /// `notFound`, `noPermission`, `diskFull`, `writeFailed`, `needsNewerVersion`.
  public static func open(
    path: String, conference: CommandID, at: Moment
  ) throws(RecordError) -> (Outbox, damagedCopy: String?) {
    func create(_ path: String) throws(RecordError) -> RecordWriter {
      try RecordWriter.create(path: path, session: conference.description, app: "beraad device", at: at)
    }
    var damagedCopy: String?
    let old: RecordWriter?
    let lines: [Line]
    do throws(RecordError) {
      let (writer, report) = try RecordWriter.open(path: path, at: at) { type, version in
        version == 1 && types.contains(type)
      }
      (old, lines) = (writer, report.lines)
    } catch {
      switch error {
      case .notFound: (old, lines) = (nil, [])
      case .damaged(_, _, reason: .empty): (old, lines) = (nil, [])
      case .damaged:
        // Commands that had been done may come back with this: the host knows their keys.
        lines = try RecordReader.read(path: path).salvage.lines
        damagedCopy = try AppendFile(path: path).keepCopy(suffix: ".damaged")
        old = nil
      default: throw error
      }
    }
    let entries = entries(lines)
    if let old, !lines.contains(where: { settling.contains($0.type) }) {
      return (Outbox(old, entries), damagedCopy)
    }
    if old == nil, damagedCopy == nil { return (Outbox(try create(path), []), nil) }
    // A whole new file in its place, so that a crash at any moment leaves one of the two.
    let temporary = path + ".new"
    try AppendFile.remove(temporary)
    let new = try create(temporary)
    for entry in entries {
      try new.appendAndWait(drafts(entry), at: at, by: "device", cmd: entry.key)
    }
    new.close()
    try AppendFile.rename(temporary, to: path)
    old?.close()
    let (writer, _) = try RecordWriter.open(path: path, at: at) { _, _ in true }
    return (Outbox(writer, entries), damagedCopy)
  }

  init(_ writer: RecordWriter, _ entries: [Entry]) {
    path = writer.path
    self.writer = writer
    state = Mutex(State(entries: entries))
  }

  /// What is kept or was refused, in order.
  public var entries: [Entry] {
    state.withLock { state in state.entries.filter { !state.untold.contains($0.key) } }
  }

  /// The command that is to be sent now, or nil: the first that is kept, once it was released.
  public var next: Entry? {
    state.withLock { state in
      let first = state.entries.first { $0.state == .kept }
      return first.flatMap { state.untold.contains($0.key) ? nil : $0 }
    }
  }

  /// Keeps a command behind all others; returns at once.
  ///
  /// `done` is called, mostly on another thread, when it is safely on disk, or with why it is not kept; from then
  /// on it can be released.
  public func keep(
    _ body: JSON, key: CommandID, at: Moment, done: @escaping @Sendable (Result<Void, RecordError>) -> Void
  ) {
    let entry = Entry(key: key, body: body.utf8, state: .kept)
    let failure = state.withLock { state -> RecordError? in
      do throws(RecordError) {
        // Inside, so that the order in the file is that of the entries.
        try writer.append(Self.drafts(entry), at: at, by: "device", cmd: key) { [weak self] result in
          if case .failure = result { self?.drop(key) }
          done(result.map { _ in () })
        }
        state.entries.append(entry)
        state.untold.insert(key)
        return nil
      } catch {
        // What went wrong at first says more than that nothing is written since.
        return writer.lastError ?? error
      }
    }
    if let failure { done(.failure(failure)) }
  }

  private func drop(_ key: CommandID) {
    state.withLock { state in
      state.untold.remove(key)
      state.entries.removeAll { $0.key == key }
    }
  }

  /// Lets a command go out, since all were told that it is safely on disk.
  func release(_ key: CommandID) { state.withLock { state in _ = state.untold.remove(key) } }

  /// Notes what the host answered.
  ///
  /// Returns at once: were it lost, the command is sent again and the host answers the same.
  public func settle(_ key: CommandID, _ outcome: CommandState, at: Moment) {
    let draft: Draft
    switch outcome {
    case .kept: return
    case .inRecord(let seq): draft = Draft(type: "cmd.done", data: ["seq": .int(seq)])
    case .refused(let phrase, let wantsYes): draft = Self.refusal(phrase, wantsYes: wantsYes)
    }
    state.withLock { state in
      guard let place = state.entries.firstIndex(where: { $0.key == key }) else { return }
      if case .refused = outcome {
        state.entries[place].state = outcome
      } else {
        state.entries.remove(at: place)
      }
    }
    _ = try? writer.append([draft], at: at, by: "device", cmd: key) { _ in }
  }

  /// Forgets a command that was refused, once somebody saw why.
  public func forget(_ key: CommandID, at: Moment) {
    let wasRefused = state.withLock { state in
      guard let place = state.entries.firstIndex(where: { $0.key == key }),
        case .refused = state.entries[place].state
      else { return false }
      state.entries.remove(at: place)
      return true
    }
    guard wasRefused else { return }
    _ = try? writer.append([Draft(type: "cmd.forgotten", data: [:])], at: at, by: "device", cmd: key) { _ in }
  }

  /// Waits until all is on disk, and gives the file back.
  public func close() { writer.close() }

  // MARK: - In the file

  private static let types: Set<String> = ["cmd.queued", "cmd.done", "cmd.refused", "cmd.forgotten"]
  private static let settling: Set<String> = ["cmd.done", "cmd.forgotten"]

  private static func drafts(_ entry: Entry) -> [Draft] {
    // Read by `JSON` and written by it again, a body keeps its bytes.
    guard let body = try? JSON(parsing: entry.body) else { return [] }
    let queued = Draft(type: "cmd.queued", data: ["body": body])
    guard case .refused(let phrase, let wantsYes) = entry.state else { return [queued] }
    return [queued, refusal(phrase, wantsYes: wantsYes)]
  }

  private static func refusal(_ phrase: Phrase, wantsYes: Bool) -> Draft {
    Draft(
      type: "cmd.refused",
      data: .members([
        "nl": .string(phrase.nl), "en": .string(phrase.en), "wants_yes": wantsYes ? .bool(true) : nil,
      ]))
  }

  private static func entries(_ lines: [Line]) -> [Entry] {
    var entries: [Entry] = []
    for line in lines {
      switch line.type {
      case "cmd.queued":
        guard let body = line.payload["body"]?.json else { continue }
        entries.append(Entry(key: line.cmd, body: body.utf8, state: .kept))
      case "cmd.refused":
        guard let place = entries.firstIndex(where: { $0.key == line.cmd }) else { continue }
        let phrase = Phrase(nl: line.payload["nl"]?.string ?? "", en: line.payload["en"]?.string ?? "")
        entries[place].state = .refused(phrase, wantsYes: line.payload["wants_yes"]?.bool ?? false)
      case "cmd.done", "cmd.forgotten": entries.removeAll { $0.key == line.cmd }
      default: continue
      }
    }
    return entries
  }
}
