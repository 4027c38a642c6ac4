import Glibc
import Ground

/// Reads and writes the small files of a person's own.
enum UserFile {
  /// No settings and no theme are larger.
  private static let limit = 1 << 20

  /// Why a file could not be used, as the system says it.
  struct Failure: Error, Equatable {
    var code: Int32
    var reason: String { String(cString: strerror(code)) }
    var isMissing: Bool { code == ENOENT || code == ENOTDIR }
  }

  /// Returns the text of a file; bytes that are no UTF-8 become replacement characters.
  static func read(_ path: String) throws(Failure) -> String {
    // O_NONBLOCK: opening a named pipe must not wait for ever.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw Failure(code: errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw Failure(code: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw Failure(code: EISDIR) }
    guard status.st_size <= limit else { throw Failure(code: EFBIG) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while bytes.count <= limit {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure(code: errno) }
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Puts a text in the place of a file: whoever reads it sees the old one or the new one, never a part.
  ///
  /// The folder is made where it is not there. A link keeps pointing to what it points to.
  static func write(_ text: String, to path: String) throws(Failure) {
    let target = resolved(path)
    let folder = target.lastIndex(of: "/").map { String(target[..<$0]) } ?? "."
    try makeFolder(folder)
    let draft = "\(target).\(getpid())"
    let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw Failure(code: errno) }
    var rest = Array(text.utf8)[...]
    var code: Int32 = 0
    while !rest.isEmpty, code == 0 {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { code = errno }
      rest = rest.dropFirst(max(0, count))
    }
    if code == 0, fsync(file) != 0 { code = errno }
    close(file)
    if code == 0, rename(draft, target) != 0 { code = errno }
    guard code == 0 else {
      unlink(draft)
      throw Failure(code: code)
    }
  }

  /// The names in a folder that end in `suffix`, without it, in order; none where it cannot be read.
  static func names(in folder: String, endingIn suffix: String) -> [String] {
    guard let entries = opendir(folder) else { return [] }
    defer { closedir(entries) }
    var names: [String] = []
    while let entry = readdir(entries) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(suffix), name.first != ".", name.count > suffix.count {
        names.append(String(name.dropLast(suffix.count)))
      }
    }
    return names.sorted()
  }

  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func makeFolder(_ path: String) throws(Failure) {
    guard !path.isEmpty, mkdir(path, 0o700) != 0, errno != EEXIST else { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/") else { throw Failure(code: errno) }
    try makeFolder(String(path[..<slash]))
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw Failure(code: errno) }
  }
}
