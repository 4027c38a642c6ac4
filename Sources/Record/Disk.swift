import Glibc

/// The calls to the operating system that the record makes, so that a test can let each of them fail.
///
/// Every call gives a result of 0 or more, or an error number below 0.
struct Disk: Sendable {
  var open: @Sendable (_ path: String, _ flags: Int32) -> Int
  var close: @Sendable (_ file: Int32) -> Void
  /// Takes the lock for as long as the file is open, or gives `-EWOULDBLOCK` at once.
  var lock: @Sendable (_ file: Int32) -> Int
  /// Gives the process that holds the lock, 0 where that is unknown.
  var lockHolder: @Sendable (_ file: Int32) -> Int
  /// Gives the size in bytes; `-EISDIR` for anything that is no regular file.
  var size: @Sendable (_ file: Int32) -> Int
  var read: @Sendable (_ file: Int32, _ buffer: UnsafeMutableRawBufferPointer, _ offset: Int) -> Int
  var write: @Sendable (_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int
  var truncate: @Sendable (_ file: Int32, _ size: Int) -> Int
  /// Makes the bytes and the size durable.
  var syncData: @Sendable (_ file: Int32) -> Int
  /// Makes everything about the file durable, also the entries of a folder.
  var sync: @Sendable (_ file: Int32) -> Int
  var rename: @Sendable (_ from: String, _ to: String) -> Int
  var remove: @Sendable (_ path: String) -> Int
  /// Gives the bytes that an ordinary user can still write on the file's disk.
  var freeBytes: @Sendable (_ file: Int32) -> Int
  /// Tells whether the file lies on another machine, where neither lock nor sync can be relied on.
  var isRemote: @Sendable (_ file: Int32) -> Bool
  /// Has the writer's work done from now on, beside all that goes on.
  var start: @Sendable (_ loop: WriterLoop) -> Void
}

extension Disk {
  /// The disks of this machine.
  static let real = Disk(
    open: { path, flags in result(Int(Glibc.open(path, flags | O_CLOEXEC, 0o600))) },
    close: {
      // A child that was just forked shares the lock until it becomes another program; unlocking ends it for all.
      _ = flock($0, LOCK_UN)
      _ = Glibc.close($0)
    },
    lock: { result(Int(flock($0, LOCK_EX | LOCK_NB))) },
    lockHolder: findLockHolder,
    size: { file in
      var status = stat()
      guard fstat(file, &status) == 0 else { return -Int(errno) }
      return status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : -Int(EISDIR)
    },
    read: { result(pread($0, $1.baseAddress, $1.count, $2)) },
    write: { result(Glibc.write($0, $1.baseAddress, $1.count)) },
    truncate: { result(Int(ftruncate($0, $1))) },
    syncData: { result(Int(fdatasync($0))) },
    sync: { result(Int(fsync($0))) },
    rename: { result(Int(Glibc.rename($0, $1))) },
    remove: { result(Int(unlink($0))) },
    freeBytes: { file in
      var status = statvfs()
      guard fstatvfs(file, &status) == 0 else { return -Int(errno) }
      return Int(clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).0)
    },
    isRemote: isOnRemoteFileSystem,
    start: { loop in startThread { loop.run() } })

  private static func result(_ value: Int) -> Int { value < 0 ? -Int(errno) : value }
}

// MARK: - Whole actions

extension Disk {
  /// Opens a file; throws what a person can do something about.
  func opening(_ path: String, _ flags: Int32) throws(RecordError) -> Int32 {
    let file = again { open(path, flags) }
    guard file >= 0 else { throw RecordError(errno: -file, path: path) }
    return Int32(truncatingIfNeeded: file)
  }

  /// Takes the lock, or throws `heldBy`.
  func locking(_ file: Int32, path: String) throws(RecordError) {
    let locked = again { lock(file) }
    if locked == -Int(EWOULDBLOCK) {
      let holder = lockHolder(file)
      throw .heldBy(pid: holder > 0 ? holder : nil)
    }
    guard locked >= 0 else { throw RecordError(errno: -locked, path: path) }
  }

  /// Reads the whole file; one of many megabytes on all processors, since memory that is new to a process is dear.
  func readAll(_ file: Int32, path: String) throws(RecordError) -> [UInt8] {
    let size = size(file)
    guard size >= 0 else { throw RecordError(errno: -size, path: path) }
    let part = max(Self.partSize, (size + processors - 1) / processors)
    let parts = stride(from: 0, to: size, by: part).map { $0..<min(size, $0 + part) }
    var failure = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      // Each part is a place of its own.
      nonisolated(unsafe) let place = UnsafeMutableRawBufferPointer(buffer)
      let got = atOnce(parts.count) { read(file, into: place, parts[$0]) }
      for (part, got) in zip(parts, got) {
        if got < 0 { failure = -got }
        count += max(0, got)
        // A file that became shorter meanwhile ends there.
        if got < part.count { break }
      }
    }
    guard failure == 0 else { throw .readFailed(errorText(failure)) }
    return bytes
  }

  /// A file up to this size is read in one part.
  private static let partSize = 8 << 20

  /// Reads a range of the file into its place; gives the number of bytes, fewer where the file ends before, or an
  /// error number below 0.
  private func read(_ file: Int32, into place: UnsafeMutableRawBufferPointer, _ range: Range<Int>) -> Int {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let rest = UnsafeMutableRawBufferPointer(rebasing: place[offset..<range.upperBound])
      let got = again { read(file, rest, offset) }
      guard got >= 0 else { return got }
      guard got > 0 else { break }
      offset += got
    }
    return offset - range.lowerBound
  }

  /// Opens a file for reading only and reads it whole.
  func contents(of path: String) throws(RecordError) -> [UInt8] {
    let file = try opening(path, O_RDONLY)
    defer { close(file) }
    return try readAll(file, path: path)
  }

  /// Writes all bytes, going on after a short write; throws at the first error.
  func writeAll(_ file: Int32, _ bytes: some Sequence<UInt8>, path: String) throws(RecordError) {
    let bytes = Array(bytes)
    var failure = 0
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let put = again { write(file, UnsafeRawBufferPointer(rebasing: buffer[written...])) }
        guard put > 0 else {
          failure = put == 0 ? Int(EIO) : -put
          return
        }
        written += put
      }
    }
    guard failure == 0 else { throw RecordError(errno: failure, path: path) }
  }

  /// Cuts the file to a size.
  func cutting(_ file: Int32, to size: Int, path: String) throws(RecordError) {
    let cut = again { truncate(file, size) }
    guard cut >= 0 else { throw RecordError(errno: -cut, path: path) }
  }

  /// Makes bytes and size durable; a failure is final, since after it the page cache lies.
  func syncingData(_ file: Int32, path: String) throws(RecordError) {
    let synced = syncData(file)
    guard synced >= 0 else { throw RecordError(errno: -synced, path: path) }
  }

  /// Makes a file durable, and the entry of its name in its folder.
  func syncingFileAndFolder(_ file: Int32, path: String) throws(RecordError) {
    let synced = sync(file)
    guard synced >= 0 else { throw RecordError(errno: -synced, path: path) }
    try syncingFolder(of: path)
  }

  /// Makes the entries of the folder of `path` durable.
  func syncingFolder(of path: String) throws(RecordError) {
    let folder = folder(of: path)
    let handle = try opening(folder, O_RDONLY | O_DIRECTORY)
    defer { close(handle) }
    let synced = sync(handle)
    // Some file systems know no sync of folders and say EINVAL: there is nothing more to be done there.
    guard synced >= 0 || synced == -Int(EINVAL) else { throw RecordError(errno: -synced, path: folder) }
  }

  /// Writes a new file whole and makes it durable; removes it again where that fails.
  func createFile(_ path: String, _ bytes: some Sequence<UInt8>) throws(RecordError) {
    let file = try opening(path, O_WRONLY | O_CREAT | O_EXCL)
    defer { close(file) }
    do {
      try writeAll(file, bytes, path: path)
      try syncingFileAndFolder(file, path: path)
    } catch {
      _ = remove(path)
      throw error
    }
  }

  /// Writes `bytes` to `path`, or where that exists to `path.2`, `path.3` …, and returns the name taken.
  func keepCopy(_ path: String, _ bytes: some Sequence<UInt8>) throws(RecordError) -> String {
    var name = path
    var number = 1
    while true {
      do {
        try createFile(name, bytes)
        return name
      } catch .exists {
        number += 1
        name = "\(path).\(number)"
      }
    }
  }

  private func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Repeats a call that a signal cut short.
  func again(_ call: () -> Int) -> Int {
    while true {
      let result = call()
      if result != -Int(EINTR) { return result }
    }
  }
}

/// The operating system's words for an error number.
func errorText(_ number: Int) -> String {
  var text = [CChar](repeating: 0, count: 256)
  guard strerror_r(Int32(truncatingIfNeeded: number), &text, text.count) == 0 else {
    return "error \(number)"
  }
  return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
