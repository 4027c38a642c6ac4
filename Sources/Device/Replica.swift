import Dispatch
import Ground
import Record
import Synchronization
import Wire

/// The device's copy of the record, byte for byte: its screens are folded from it, and a host can be begun anew
/// with it.
///
/// All methods may be called from any thread. Lines are checked when they are taken and written by a queue of its
/// own, as many at a time as came while the disk was busy.
public final class Replica: Sendable {
  /// The file's name.
  public let path: String

  private let queue = DispatchQueue(label: "beraad.replica")
  private let state: Mutex<State>
  private let onTrouble: @Sendable (Phrase) -> Void

  private struct State {
    /// Nil once it is closed.
    var file: AppendFile?
    var follower: ChainFollower
    /// Taken, but not yet taken up by the queue.
    var waiting: [UInt8] = []
    /// Whether the queue has yet to come to what waits.
    var isDue = false
    /// The bytes that are safely in the file.
    var size: Int
    /// Whether writing failed; then the copy stays as short as it is.
    var hasFailed = false
  }

  /// What stood in a copy when it was opened.
  public struct Contents: Sendable {
    /// Its lines, to fold.
    public var lines: [Line]
    /// Where a copy that went bad was kept, before what is bad in it was cut off.
    public var damagedCopy: String?
  }

  /// Opens the copy, or begins one, and cuts off what does not hold together: the host has it all.
  ///
  /// `onTrouble` is called at most once, on any thread, where nothing more can be written; the lines that come are
  /// given all the same. Throws `heldBy`, `notFound`, `noPermission`, `diskFull`, `writeFailed`.
  public static func open(
    path: String, onTrouble: @escaping @Sendable (Phrase) -> Void = { _ in }
  ) throws(RecordError) -> (Replica, Contents) {
    try open(AppendFile(path: path), onTrouble: onTrouble)
  }

  static func open(
    _ file: AppendFile, onTrouble: @escaping @Sendable (Phrase) -> Void = { _ in }
  ) throws(RecordError) -> (Replica, Contents) {
    let found = try file.read()
    var contents = Contents(lines: found.lines)
    var size = found.size - found.tornBytes
    if let damage = found.damage {
      size = found.lines.isEmpty ? 0 : damage.offset
      // What lies behind a bad place may be all that is left of it, should the host be gone.
      if !found.isStillborn, found.size > 0 { contents.damagedCopy = try file.keepCopy(suffix: ".damaged") }
    }
    if size < found.size {
      try file.cut(to: size)
      try file.sync()
    }
    let replica = Replica(file, ChainFollower(after: found), size: size, onTrouble: onTrouble)
    return (replica, contents)
  }

  private init(
    _ file: AppendFile, _ follower: ChainFollower, size: Int, onTrouble: @escaping @Sendable (Phrase) -> Void
  ) {
    path = file.path
    self.onTrouble = onTrouble
    state = Mutex(State(file: file, follower: follower, size: size))
  }

  /// Where it ends, to go on from there; nil where it is empty.
  public var mark: LineMark? {
    let follower = state.withLock { $0.follower }
    guard follower.nextSeq > 0 else { return nil }
    return LineMark(seq: follower.nextSeq - 1, hash: String(follower.hash.prefix(8)))
  }

  /// Takes a line, without its LF, where it follows; nil for one that it has already.
  ///
  /// Throws what is wrong with a line that does not follow; it is not written.
  public func take(_ line: [UInt8]) throws(DamageReason) -> Line? {
    let seq = LineMark(line: line)?.seq
    let (taken, isFirst) = try state.withLock { (state) throws(DamageReason) -> (Line?, Bool) in
      if let seq, seq < state.follower.nextSeq { return (nil, false) }
      let taken = try state.follower.take(line)
      guard !state.hasFailed else { return (taken, false) }
      state.waiting += line
      state.waiting.append(0x0A)
      defer { state.isDue = true }
      return (taken, !state.isDue)
    }
    if isFirst { queue.async { self.writeWaiting() } }
    return taken
  }

  /// The lines behind this mark as they stand in the copy, each with its LF, no more than so many bytes of them; nil
  /// where the mark is not in the copy.
  func lines(after mark: LineMark, atMost limit: Int) -> [UInt8]? {
    queue.sync {
      writeWaiting()
      guard let bytes = try? state.withLock({ $0.file })?.bytes() else { return nil }
      var isBehind = false
      var found: [UInt8] = []
      for line in bytes.split(separator: 0x0A) {
        if isBehind {
          guard found.count + line.count < limit else { break }
          found += line
          found.append(0x0A)
        } else if LineMark(line: line) == mark {
          isBehind = true
        }
      }
      return isBehind ? found : nil
    }
  }

  /// Begins anew with an empty copy, since the host's record is another one; gives the name of the old copy.
  ///
  /// Throws `diskFull`, `writeFailed`; then the old copy is as it was.
  public func startOver() throws(RecordError) -> String {
    // By hand, since `sync` does not keep the type of what is thrown.
    let outcome = queue.sync { () -> Result<String, RecordError> in
      writeWaiting()
      let file = state.withLock { $0.file }
      return Result { () throws(RecordError) -> String in
        guard let file else { throw .closed }
        let copy = try file.keepCopy(suffix: ".old")
        try file.cut(to: 0)
        try file.sync()
        state.withLock {
          $0.follower = ChainFollower()
          $0.size = 0
        }
        return copy
      }
    }
    return try outcome.get()
  }

  /// Waits until all that was taken is safely on disk.
  public func flush() { queue.sync { writeWaiting() } }

  /// Waits until all that was taken is safely on disk, and gives the file back; nothing more is written.
  public func close() {
    queue.sync {
      writeWaiting()
      state.withLock { $0.file = nil }
    }
  }

  // MARK: - On the queue

  private func writeWaiting() {
    let (file, bytes) = state.withLock { state in
      defer {
        state.waiting = []
        state.isDue = false
      }
      return (state.file, state.waiting)
    }
    guard let file, !bytes.isEmpty else { return }
    do throws(RecordError) {
      try file.append(bytes)
      try file.sync()
      state.withLock { $0.size += bytes.count }
    } catch {
      let size = state.withLock { state in
        state.hasFailed = true
        state.waiting = []
        return state.size
      }
      // Best effort: opening it cuts off a torn end as well.
      try? file.cut(to: size)
      onTrouble(.copyStops(error))
    }
  }
}
