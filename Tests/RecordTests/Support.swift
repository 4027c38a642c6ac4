import Glibc
import Ground
import Testing

@testable import Record

/// A folder for one test, removed with what is in it.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    var name = Array("/tmp/beraad-record-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else { throw RecordError.noPermission("/tmp") }
    path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { _ = shell("rm -rf '\(path)'") }

  func file(_ name: String = "record.jsonl") -> String { "\(path)/\(name)" }

  /// Writes a file whole, in place of what stood there.
  func write(_ bytes: some Sequence<UInt8>, to name: String = "record.jsonl") throws -> String {
    _ = unlink(file(name))
    try Disk.real.createFile(file(name), bytes)
    return file(name)
  }
}

/// Runs a shell command; returns its output and its exit code.
func shell(_ command: String) -> (output: String, code: Int32) {
  guard let stream = popen(command, "r") else { return ("", -1) }
  var bytes: [UInt8] = []
  while case let byte = fgetc(stream), byte >= 0 { bytes.append(UInt8(byte)) }
  return (String(decoding: bytes, as: UTF8.self), pclose(stream) >> 8 & 0xFF)
}

let noon = Moment(milliseconds: 1_795_262_400_000)
let someCommand = CommandID(high: 1, low: 2)

func knowsAll(_: String, _: Int) -> Bool { true }

/// A draft as a note-taker makes them.
func note(_ text: String, number: Int = 1) -> Draft {
  Draft(
    type: "contribution.added",
    data: ["id": .string("c\(number)"), "table": 4, "kind": "idea", "text": .string(text)])
}

/// A line as text, so that a test can write what the writer never would.
struct Crafted {
  var seq: String
  var at = "2026-11-21T12:00:00.000Z"
  var type = "contribution.added"
  var by = "note-4"
  var cmd = String(repeating: "a", count: 32)
  var version = ""
  var data = "{}"

  static let opened = Crafted(
    seq: "0", type: "record.opened", by: "host", data: #"{"format":1,"min_reader":1}"#)

  var head: [UInt8] {
    Array(
      "{\"seq\":\(seq),\"at\":\"\(at)\",\"type\":\"\(type)\",\"by\":\"\(by)\",\"cmd\":\"\(cmd)\",\(version)\"data\":\(data)"
        .utf8)
  }

  /// Chains heads to a record.
  static func record(heads: [[UInt8]]) -> [UInt8] {
    var bytes: [UInt8] = []
    var hash = ChainHash.zero
    for head in heads {
      hash = head.withUnsafeBytes { ChainHash(after: hash, $0) }
      bytes += head + Array(",\"h\":\"".utf8) + hash.hex + Array("\"}\n".utf8)
    }
    return bytes
  }

  static func record(_ lines: [Crafted]) -> [UInt8] { record(heads: lines.map(\.head)) }
}

/// A small record as the program writes it, with all that a record may hold.
func sampleRecord() throws -> [UInt8] {
  let folder = try TemporaryFolder()
  let writer = try RecordWriter.create(path: folder.file(), session: "rogplus-2015", app: "0.1.0", at: noon)
  try writer.appendAndWait(
    [note("Een huis voor é, 😀 en \"aanhalingen\"\n"), Draft(type: "x.lamp", version: 2, data: ["on": true])],
    at: noon + 3412, by: "note-4", cmd: someCommand)
  try writer.appendAndWait(
    [note("tweede idee  @ met spaties")], at: noon + 12, by: "note-5", cmd: someCommand)
  try writer.seal(at: noon + 5000, cmd: someCommand)
  writer.close()
  return try Disk.real.contents(of: folder.file())
}

extension Disk {
  /// The real disk without its syncs, for tests that open thousands of files and cut no power.
  static let unsynced: Disk = {
    var disk = real
    disk.syncData = { _ in 0 }
    disk.sync = { _ in 0 }
    return disk
  }()
}

/// A disk that is the real one but for one call.
struct FaultyDisk {
  /// What was called, in order.
  final class Log: Sendable {
    private let state = Monitor<(calls: [String], failed: Bool)>(([], false))
    var calls: [String] { state.access { $0.calls } }
    var failed: Bool { state.access { $0.failed } }

    /// Notes a call; tells whether it is the one that fails.
    func note(_ name: String, _ index: Int, repeatedly: Bool) -> Bool {
      state.access { state in
        state.calls.append(name)
        let fails = state.calls.count == index || repeatedly && state.calls.count > index
        if fails { state.failed = true }
        return fails
      }
    }
  }

  let log = Log()

  /// Fails the call number `index` (from 1), or from it on, with an error number; a write may land in part.
  func disk(failing index: Int, with error: Int32, repeatedly: Bool = false, landing part: Int = 0) -> Disk {
    let real = Disk.unsynced
    let log = log
    var disk = real
    @Sendable func call(_ name: String, _ body: () -> Int) -> Int {
      log.note(name, index, repeatedly: repeatedly) ? -Int(error) : body()
    }
    disk.open = { path, flags in call("open") { real.open(path, flags) } }
    disk.lock = { file in call("lock") { real.lock(file) } }
    disk.read = { file, buffer, offset in call("read") { real.read(file, buffer, offset) } }
    disk.write = { file, bytes in
      guard log.note("write", index, repeatedly: repeatedly) else { return real.write(file, bytes) }
      if part > 0 { _ = real.write(file, UnsafeRawBufferPointer(rebasing: bytes.prefix(part))) }
      return -Int(error)
    }
    disk.truncate = { file, size in call("truncate") { real.truncate(file, size) } }
    disk.syncData = { file in call("syncData") { real.syncData(file) } }
    disk.sync = { file in call("sync") { real.sync(file) } }
    return disk
  }
}
