import Glibc

/// A file that this process alone appends to, and that a crash leaves with its first bytes whole.
///
/// For copies of a record; what is confirmed to a person goes through `RecordWriter`. All methods wait for the
/// disk, and those that write are called by one thread at a time.
public final class AppendFile: Sendable {
  /// The file's name.
  public let path: String

  private let disk: Disk
  private let file: Int32

  /// Opens the file, or makes an empty one, and takes its lock for as long as this lives.
  ///
  /// Throws `heldBy`, `notFound`, `noPermission`, `diskFull`, `writeFailed`.
  public convenience init(path: String) throws(RecordError) { try self.init(path: path, disk: .real) }

  init(path: String, disk: Disk) throws(RecordError) {
    self.path = path
    self.disk = disk
    file = try disk.opening(path, O_RDWR | O_APPEND | O_CREAT)
    try disk.locking(file, path: path)
    try disk.syncingFileAndFolder(file, path: path)
  }

  deinit { disk.close(file) }

  /// Reads it as a record.
  public func read() throws(RecordError) -> RecordContents {
    RecordContents(try disk.readAll(file, path: path))
  }

  /// Its bytes as they are.
  public func bytes() throws(RecordError) -> [UInt8] { try disk.readAll(file, path: path) }

  /// Appends bytes; until `sync` a power failure can take them away again.
  public func append(_ bytes: [UInt8]) throws(RecordError) { try disk.writeAll(file, bytes, path: path) }

  /// Makes what was appended durable; where that fails nothing more may be appended.
  public func sync() throws(RecordError) { try disk.syncingData(file, path: path) }

  /// Keeps the first `size` bytes only.
  public func cut(to size: Int) throws(RecordError) { try disk.cutting(file, to: size, path: path) }

  /// Makes a durable copy beside it, called `path` + `suffix`, or `.2`, `.3` … behind that, and returns its name.
  public func keepCopy(suffix: String) throws(RecordError) -> String {
    try disk.keepCopy(path + suffix, try disk.readAll(file, path: path))
  }

  /// Gives a file another name, durably; a file that had it is gone.
  public static func rename(_ path: String, to name: String) throws(RecordError) {
    let renamed = Disk.real.rename(path, name)
    guard renamed >= 0 else { throw RecordError(errno: -renamed, path: path) }
    try Disk.real.syncingFolder(of: name)
  }

  /// Removes a file, where there is one.
  public static func remove(_ path: String) throws(RecordError) {
    let removed = Disk.real.remove(path)
    guard removed >= 0 || removed == -Int(ENOENT) else { throw RecordError(errno: -removed, path: path) }
  }
}
