import Glibc
import Ground

@testable import Record

/// A disk in memory whose power can be cut before any call.
///
/// What was written is on the live plane until it is synced; only what is on the durable plane is certain to
/// outlive a cut. That holds for the bytes of a file and, apart from them, for the entry of its name in its
/// folder. What was not synced survives in any way that the seed draws: not, whole, in part, as NUL bytes, or
/// in sectors of any order. One thread only; unchecked, since `Disk` is made of functions that any thread may
/// call.
final class SimulatedDisk: @unchecked Sendable {
  /// What a call does in place of its work.
  enum Fault { case error(Int32), short }

  private var random: SplitMix64
  private var files: [Stored] = []
  private var live: [String: Int] = [:]
  private var durable: [String: Int] = [:]
  /// What a name stood for since its folder was synced; nil: there was no such name.
  private var former: [String: [Int?]] = [:]
  private var handles: [Int32: Handle] = [:]
  private var nextHandle: Int32 = 3
  private var failedSyncs: Set<Int32> = []

  /// How many calls changed something or made it durable.
  private(set) var calls = 0
  /// The call before which the power is cut; nil: never.
  var cut: Int?
  /// The call that fails, whether all later ones fail too, and how.
  var fault: (at: Int, repeatedly: Bool, how: Fault)?
  private(set) var isOff = false
  /// Whether a call failed for good; an interrupted one is to be repeated, unless it is a sync.
  var hasFailed = false
  /// What the program did that it must never do.
  private(set) var sins: [String] = []
  /// Takes the place of the writer's thread.
  private(set) var loop: WriterLoop?
  /// What happened, in order, where somebody asks; nil otherwise, since it takes time.
  var story: [String]?

  /// Adds to the story.
  func note(_ text: @autoclosure () -> String) { if story != nil { story?.append(text()) } }

  private struct Stored {
    var bytes: [UInt8] = []
    /// The states that the bytes had since they were synced, the synced one first.
    var versions: [[UInt8]] = [[]]
    /// What a sync failed to make durable: the system takes these bytes for clean, so that no later sync does.
    var lie = 0..<0
  }

  private struct Handle {
    /// The file's number; nil for a folder.
    var file: Int?
    var path: String
    var hasLock = false
  }

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  // MARK: For the model

  /// The bytes that reading `path` gives, nil where there is no such file.
  func bytes(of path: String) -> [UInt8]? { live[path].map { files[$0].bytes } }

  /// The names of all files.
  var paths: [String] { live.keys.sorted() }

  /// Whether a file seems to hold bytes that a sync failed to make durable: nobody who opens it can know.
  func isLying(_ path: String) -> Bool { live[path].map { !files[$0].lie.isEmpty } ?? false }

  /// Puts a file on the durable plane, as if it had always been there.
  func put(_ bytes: [UInt8], at path: String) {
    let number = live[path] ?? add(path)
    files[number] = Stored(bytes: bytes, versions: [bytes])
    durable[path] = number
    former[path] = nil
  }

  /// Ends the program: its files are closed, and both planes stay as they are.
  func kill() {
    note("the program ends")
    handles = [:]
    failedSyncs = []
    loop = nil
  }

  /// Cuts the power now, and gives it back: only what survived is there.
  func restart() {
    kill()
    for (path, numbers) in former.sorted(by: { $0.key < $1.key }) {
      let states = numbers + [live[path]]
      durable[path] = states[random.below(states.count)]
    }
    former = [:]
    live = durable
    for number in files.indices { files[number] = survivor(of: files[number]) }
    note("the power is back: \(live.keys.sorted().map { "\($0) \(bytes(of: $0)?.count ?? 0)" })")
    (cut, fault, isOff, hasFailed, calls) = (nil, nil, false, false, 0)
  }

  private func survivor(of file: Stored) -> Stored {
    guard file.versions.count > 1 || file.versions[0] != file.bytes else { return file }
    let all = file.versions + [file.bytes]
    let reached = 1 + random.below(all.count - 1)
    let latest = all[reached]
    // The size and the blocks of a file change together: a cut that did not last took nothing away.
    let states = all.indices.filter { $0 <= reached || all[$0].count >= latest.count }.map { all[$0] }
    var bytes: [UInt8]
    switch random.below(6) {
    case 0: bytes = states[0]
    case 1: bytes = latest
    case 2: bytes = Array(latest.prefix(between(states[0].count, latest.count)))
    case 3:
      // The size was made durable before the bytes were.
      let landed = between(states[0].count, latest.count)
      bytes = Array(latest.prefix(landed))
      bytes += [UInt8](repeating: 0, count: max(0, latest.count - bytes.count))
    default: bytes = sectors(of: states, size: random.below(3) == 0 ? between(0, latest.count) : latest.count)
    }
    // Bytes that were synced and not written since cannot change.
    let certain = states.reduce(states[0].count) { min($0, $1.count) }
    if bytes.count < certain { bytes = Array(states[0].prefix(certain)) }
    return Stored(bytes: bytes, versions: [bytes])
  }

  /// Takes each sector from any of the states that it had.
  private func sectors(of states: [[UInt8]], size: Int) -> [UInt8] {
    let sector = random.below(2) == 0 ? 512 : 4096
    var bytes: [UInt8] = []
    while bytes.count < size {
      let end = min(size, bytes.count + sector)
      bytes += states[random.below(states.count)].dropFirst(bytes.count).prefix(end - bytes.count)
      bytes += [UInt8](repeating: 0, count: end - bytes.count)
    }
    return bytes
  }

  private func between(_ one: Int, _ other: Int) -> Int {
    min(one, other) + random.below(abs(one - other) + 1)
  }

  // MARK: For the program

  /// The calls as the record makes them.
  var disk: Disk {
    Disk(
      open: { self.open($0, $1) }, close: { self.handles[$0] = nil }, lock: { self.lock($0) },
      lockHolder: { _ in 0 },
      size: { file in self.number(file).map { self.files[$0].bytes.count } ?? -Int(EBADF) },
      read: { self.read($0, $1, $2) }, write: { self.write($0, $1) }, truncate: { self.truncate($0, $1) },
      syncData: { self.sync($0) }, sync: { self.sync($0) }, rename: { self.rename($0, $1) },
      remove: { self.remove($0) }, freeBytes: { _ in 1 << 40 }, isRemote: { _ in false },
      start: { self.loop = $0 })
  }

  /// Whether a handle is that of a folder.
  func isFolder(_ file: Int32) -> Bool { handles[file].map { $0.file == nil } ?? false }

  private func name(_ file: Int32) -> String { handles[file]?.path ?? "?" }

  private func number(_ file: Int32) -> Int? { isOff ? nil : handles[file]?.file }

  /// Counts a call that changes something; gives an error number below 0 where it does not come to pass.
  ///
  /// `body` still happens where the power goes at that very moment, or not.
  private func change(_ what: @autoclosure () -> String, _ body: () -> Int) -> Int {
    if isOff { return -Int(EIO) }
    calls += 1
    note("  \(calls) \(what())\(calls == cut ? ", the power is cut" : isFaulty ? ", which fails" : "")")
    if calls == cut {
      if random.below(2) == 0 { _ = body() }
      isOff = true
      return -Int(EIO)
    }
    guard let number = failure else { return body() }
    if number != EINTR { hasFailed = true }
    return -Int(number)
  }

  private var isFaulty: Bool {
    guard let fault else { return false }
    return calls == fault.at || fault.repeatedly && calls > fault.at
  }

  private var failure: Int32? {
    guard isFaulty, case .error(let number)? = fault?.how else { return nil }
    return number
  }

  private func add(_ path: String) -> Int {
    files.append(Stored())
    former[path, default: []].append(live[path])
    live[path] = files.count - 1
    return files.count - 1
  }

  private func open(_ path: String, _ flags: Int32) -> Int {
    if isOff { return -Int(EIO) }
    var file: Int?
    if flags & O_DIRECTORY == 0 {
      if flags & O_CREAT != 0 {
        guard live[path] == nil else { return -Int(EEXIST) }
        let made = change("makes \(path)") { add(path) }
        guard made >= 0 else { return made }
      }
      guard let number = live[path] else { return -Int(ENOENT) }
      file = number
    }
    nextHandle += 1
    handles[nextHandle] = Handle(file: file, path: path)
    return Int(nextHandle)
  }

  private func lock(_ file: Int32) -> Int {
    guard let number = number(file) else { return -Int(EIO) }
    let isTaken = handles.contains { $0.key != file && $0.value.file == number && $0.value.hasLock }
    guard !isTaken else { return -Int(EWOULDBLOCK) }
    handles[file]?.hasLock = true
    return 0
  }

  private func read(_ file: Int32, _ buffer: UnsafeMutableRawBufferPointer, _ offset: Int) -> Int {
    guard let number = number(file) else { return -Int(EIO) }
    let part = files[number].bytes.dropFirst(offset).prefix(buffer.count)
    buffer.copyBytes(from: part)
    return part.count
  }

  /// Always at the end of the file, as with O_APPEND.
  private func write(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    guard let number = number(file) else { return -Int(EIO) }
    return change("writes \(bytes.count) bytes to \(name(file))") {
      var part = bytes[...]
      if isFaulty, case .short? = fault?.how { part = part.prefix(1 + random.below(bytes.count)) }
      alter(number) { $0 += part }
      return part.count
    }
  }

  private func truncate(_ file: Int32, _ size: Int) -> Int {
    guard let number = number(file) else { return -Int(EIO) }
    return change("cuts \(name(file)) to \(size)") {
      alter(number) { $0 = Array($0.prefix(size)) }
      return 0
    }
  }

  private func alter(_ number: Int, _ body: (inout [UInt8]) -> Void) {
    if files[number].versions.last != files[number].bytes {
      files[number].versions.append(files[number].bytes)
    }
    body(&files[number].bytes)
    let count = files[number].bytes.count
    files[number].lie = files[number].lie.clamped(to: 0..<count)
  }

  private func sync(_ file: Int32) -> Int {
    guard !isOff, let handle = handles[file] else { return -Int(EIO) }
    // The power may go in the middle of a sync: that is as if it had not begun.
    guard calls + 1 != cut else { return change("syncs \(handle.path)") { 0 } }
    guard let number = handle.file else {
      let synced = change("syncs \(handle.path)/") { syncEntries(in: handle.path) }
      if synced < 0 { hasFailed = true }
      return synced
    }
    if failedSyncs.contains(file) { sins.append("a sync that failed was tried again") }
    let synced = change("syncs \(handle.path)") { 0 }
    if synced < 0 {
      hasFailed = true
      failedSyncs.insert(file)
      files[number].lie =
        files[number].versions[0].count..<max(files[number].versions[0].count, files[number].bytes.count)
    } else {
      var bytes = files[number].bytes
      for index in files[number].lie { bytes[index] = 0 }
      files[number].versions = [bytes]
    }
    return synced
  }

  private func syncEntries(in folder: String) -> Int {
    for path in former.keys where path.hasPrefix(folder + "/") {
      former[path] = nil
      durable[path] = live[path]
    }
    return 0
  }

  private func rename(_ from: String, _ to: String) -> Int {
    guard !isOff, let number = live[from] else { return -Int(ENOENT) }
    let renamed = change("renames \(from) to \(to)") {
      former[from, default: []].append(number)
      former[to, default: []].append(live[to])
      live[from] = nil
      live[to] = number
      return 0
    }
    // No local disk lets a signal break this off: it is no call that is repeated.
    if renamed < 0 { hasFailed = true }
    return renamed
  }

  private func remove(_ path: String) -> Int {
    guard !isOff, let number = live[path] else { return -Int(ENOENT) }
    return change("removes \(path)") {
      former[path, default: []].append(number)
      live[path] = nil
      return 0
    }
  }
}
