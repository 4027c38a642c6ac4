import CSQLite
import Glibc

/// What can make bytes durable, one append after another.
protocol Engine: AnyObject {
  var name: String { get }
  /// Returns when the bytes are safely on disk, with the microseconds on the clock at which it knew.
  func append(_ bytes: [UInt8]) throws -> Double
}

struct Failed: Error, CustomStringConvertible {
  let description: String
  init(_ what: String) { description = "\(what): \(String(cString: strerror(errno)))" }
}

/// `write` and `fdatasync`, and nothing else: what the disk takes.
final class Bare: Engine {
  let name = "write + fdatasync"
  private let file: Int32

  init(_ path: String) throws {
    file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw Failed(path) }
  }

  func append(_ bytes: [UInt8]) throws -> Double {
    guard write(file, bytes, bytes.count) == bytes.count, fdatasync(file) == 0 else { throw Failed(name) }
    return microseconds()
  }
}

/// SQLite with a write-ahead log that is synced at every commit.
final class SQLite: Engine {
  let name = "SQLite WAL, synchronous=FULL"
  private var database: OpaquePointer?
  private var insert: OpaquePointer?

  init(_ path: String) throws {
    try check(sqlite3_open(path, &database))
    for text in [
      "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
      "CREATE TABLE record (seq INTEGER PRIMARY KEY, line BLOB NOT NULL)",
    ] {
      try check(sqlite3_exec(database, text, nil, nil, nil))
    }
    try check(sqlite3_prepare_v2(database, "INSERT INTO record (line) VALUES (?)", -1, &insert, nil))
  }

  func append(_ bytes: [UInt8]) throws -> Double {
    // No destructor: the bytes outlive the step.
    try check(sqlite3_bind_blob(insert, 1, bytes, Int32(bytes.count), nil))
    try check(sqlite3_step(insert), SQLITE_DONE)
    try check(sqlite3_reset(insert))
    return microseconds()
  }

  private func check(_ result: Int32, _ wanted: Int32 = SQLITE_OK) throws {
    if result != wanted { throw Failed("SQLite gives \(result)") }
  }
}

/// A Redis server with `appendfsync always`, over its socket.
final class Redis: Engine {
  let name = "Redis XADD, appendfsync always"
  private let socket: Int32

  init(_ path: String) throws {
    socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard connected == 0 else { throw Failed(path) }
  }

  func append(_ bytes: [UInt8]) throws -> Double {
    var request = Array("*5\r\n$4\r\nXADD\r\n$3\r\nlog\r\n$1\r\n*\r\n$1\r\nd\r\n$\(bytes.count)\r\n".utf8)
    request += bytes
    request += [13, 10]
    guard send(socket, request, request.count, 0) == request.count else { throw Failed(name) }
    // The answer is the entry's number, `$15\r\n1700000000000-0\r\n`: two ends of line.
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 256)
    while answer.count(where: { $0 == 10 }) < 2 {
      let got = recv(socket, &buffer, buffer.count, 0)
      guard got > 0 else { throw Failed(name) }
      answer += buffer[..<got]
      if answer.first != UInt8(ascii: "$") { throw Failed(String(decoding: answer, as: UTF8.self)) }
    }
    return microseconds()
  }
}
