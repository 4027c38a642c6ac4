import Glibc
import Ground

/// Returns the value of an environment variable, or nil where it is not set or empty.
func environment(_ name: String) -> String? {
  guard let value = getenv(name), value.pointee != 0 else { return nil }
  return String(cString: value)
}

/// Returns a file's bytes, or nil where it cannot be read.
func readBytes(_ path: String) -> [UInt8]? {
  guard let file = fopen(path, "rb") else { return nil }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&buffer, 1, buffer.count, file)
    guard count > 0 else { break }
    bytes += buffer[..<count]
  }
  return ferror(file) == 0 ? bytes : nil
}

/// Returns a file's text, or nil where it cannot be read or is not UTF-8.
func readText(_ path: String) -> String? {
  readBytes(path).flatMap { String(validating: $0, as: UTF8.self) }
}

/// Whether there is something at `path`.
func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

/// Whether `path` is a folder.
func isFolder(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// The last part of a path, slashes at its end left out.
func lastPart(_ path: String) -> String {
  path.split(separator: "/").last.map(String.init) ?? path
}

/// Writes text to stdout, whole.
///
/// Throws the error that ends the program where it cannot be written, such as to a full disk.
func output(_ text: String) throws {
  guard writeAll(text, to: STDOUT_FILENO) else {
    let reason = String(cString: strerror(errno))
    throw failure(
      .cannotWrite, nl: "De uitvoer kon niet geschreven worden: \(reason).",
      en: "The output could not be written: \(reason).")
  }
}

/// Writes text to a descriptor and returns whether all of it could be.
func writeAll(_ text: String, to descriptor: Int32) -> Bool {
  var rest = Array(text.utf8)[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { return false }
    rest = rest.dropFirst(count)
  }
  return true
}

/// The system's time.
func systemMoment() -> Moment {
  var time = timespec()
  clock_gettime(CLOCK_REALTIME, &time)
  return Moment(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
}

/// A name in the folder for temporary files, for `mkdtemp` and its like to complete.
func temporaryTemplate(_ suffix: String = "") -> [CChar] {
  Array(((environment("TMPDIR") ?? "/tmp") + "/beraad-XXXXXX" + suffix).utf8CString)
}

/// The path that a completed template holds.
func completed(_ template: [CChar]) -> String {
  String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
