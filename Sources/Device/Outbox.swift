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

/// The commands of this device on its disk, in the order they were given: those that are not in the record yet, and
/// the latest of those that are, should the host lose them.
///
/// A record of its own (docs/RECORD.md), by the same writer: what it says is kept has been synced. Its types are
/// `cmd.queued`, `cmd.done`, `cmd.again`, `cmd.refused` and `cmd.forgotten`; a line's `cmd` is the command's key. All
/// methods may be called from any thread.
public final class Outbox: Sendable {
  /// A command that is kept here.
  public struct Entry: Sendable, Equatable {
    /// The key under which it goes to the host, however often.
    public var key: CommandID
    /// The body as it is sent.
    public var body: [UInt8]
    /// How far it is.
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
    let all = entries(lines)
    let entries = withoutOldest(all)
    if let old, entries.count == all.count, !lines.contains(where: { $0.type == "cmd.forgotten" }) {
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
    state.withLock { state in
      state.entries.filter { entry in
        if case .inRecord = entry.state { false } else { !state.untold.contains(entry.key) }
      }
    }
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
    case .inRecord(let seq): draft = Self.done(seq)
    case .refused(let phrase, let wantsYes): draft = Self.refusal(phrase, wantsYes: wantsYes)
    }
    state.withLock { state in
      guard let place = state.entries.firstIndex(where: { $0.key == key }) else { return }
      state.entries[place].state = outcome
    }
    _ = try? writer.append([draft], at: at, by: "device", cmd: key) { _ in }
  }

  /// Keeps all that is in the record to be sent again, since the host may have lost the end of it.
  ///
  /// What the host still has it answers as before, by the key. A call for help is not made again: it was answered, or
  /// is long over.
  public func sendAgain(at: Moment) {
    let keys = state.withLock { state -> [CommandID] in
      var keys: [CommandID] = []
      for place in state.entries.indices {
        guard case .inRecord = state.entries[place].state, !state.entries[place].isAboutHelp else { continue }
        state.entries[place].state = .kept
        keys.append(state.entries[place].key)
      }
      return keys
    }
    for key in keys {
      _ = try? writer.append([Draft(type: "cmd.again", data: [:])], at: at, by: "device", cmd: key) { _ in }
    }
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

  private static let types: Set<String> = [
    "cmd.queued", "cmd.done", "cmd.again", "cmd.refused", "cmd.forgotten",
  ]
  /// So many commands that are in the record stay when the program begins again: more than anybody types in a day.
  private static let doneLimit = 2_000

  private static func withoutOldest(_ entries: [Entry]) -> [Entry] {
    var surplus = entries.count { if case .inRecord = $0.state { true } else { false } } - doneLimit
    return entries.filter { entry in
      guard surplus > 0, case .inRecord = entry.state else { return true }
      surplus -= 1
      return false
    }
  }

  private static func drafts(_ entry: Entry) -> [Draft] {
    // Read by `JSON` and written by it again, a body keeps its bytes.
    guard let body = try? JSON(parsing: entry.body) else { return [] }
    let queued = Draft(type: "cmd.queued", data: ["body": body])
    switch entry.state {
    case .kept: return [queued]
    case .inRecord(let seq): return [queued, done(seq)]
    case .refused(let phrase, let wantsYes): return [queued, refusal(phrase, wantsYes: wantsYes)]
    }
  }

  private static func done(_ seq: Int) -> Draft { Draft(type: "cmd.done", data: ["seq": .int(seq)]) }

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
      case "cmd.done":
        guard let place = entries.firstIndex(where: { $0.key == line.cmd }) else { continue }
        entries[place].state = .inRecord(seq: line.payload["seq"]?.int ?? 0)
      case "cmd.again":
        guard let place = entries.firstIndex(where: { $0.key == line.cmd }) else { continue }
        entries[place].state = .kept
      case "cmd.forgotten": entries.removeAll { $0.key == line.cmd }
      default: continue
      }
    }
    return entries
  }
}

extension Outbox.Entry {
  /// Whether it calls for help or says that somebody came.
  fileprivate var isAboutHelp: Bool {
    ((try? JSONText(parsing: body))?["type"]?.string).map { $0.hasPrefix("help.") } ?? false
  }
}
