import Conference
import Device
import Foundation
import Ground
import Record
import Synchronization
import Testing
import Wire

/// A folder that is gone with the test.
final class Folder: Sendable {
  let path: String

  init() throws {
    // In memory, where there is such a folder: files are cut and opened again thousands of times here.
    let memory = URL(filePath: "/dev/shm")
    let isThere = FileManager.default.isWritableFile(atPath: memory.path(percentEncoded: false))
    let url = (isThere ? memory : FileManager.default.temporaryDirectory)
      .appending(path: "beraad-device-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path(percentEncoded: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { "\(path)/\(name)" }
  func read(_ name: String) -> [UInt8] { [UInt8](FileManager.default.contents(atPath: file(name)) ?? Data()) }
  func write(_ name: String, _ bytes: some Sequence<UInt8>) throws {
    try Data(bytes).write(to: URL(filePath: file(name)))
  }
  var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
}

/// What a listener heard, to wait for more of it.
final class Heard: Sendable {
  private let news = Mutex<[LinkNews]>([])
  private let changed = NSCondition()

  func tell(_ piece: LinkNews) {
    changed.lock()
    news.withLock { $0.append(piece) }
    changed.broadcast()
    changed.unlock()
  }

  var all: [LinkNews] { news.withLock { $0 } }
  var lines: [Line] {
    all.flatMap { news -> [Line] in if case .lines(let lines) = news { lines } else { [] } }
  }
  var states: [LinkState] { all.compactMap { if case .state(let state) = $0 { state } else { nil } } }
  func states(of key: CommandID) -> [CommandState] {
    all.compactMap { if case .command(key, let state) = $0 { state } else { nil } }
  }

  /// Waits until it holds; false where that lasts beyond all reason.
  func wait(until holds: (Heard) -> Bool) -> Bool {
    let deadline = Date(timeIntervalSinceNow: 120)
    changed.lock()
    defer { changed.unlock() }
    while !holds(self) {
      // Some conditions are about the host's side, of which nobody tells here.
      if Date() > deadline { return false }
      _ = changed.wait(until: min(deadline, Date(timeIntervalSinceNow: 0.02)))
    }
    return true
  }
}

/// A device in a folder of its own.
final class Laptop {
  let folder: Folder
  let link: HostLink
  let heard = Heard()
  let kept: HostLink.Kept

  init(
    _ folder: Folder, ports: [Int], token: String = "good", silence: Interval = .seconds(60),
    time: HostTime = HostTime()
  ) throws {
    self.folder = folder
    var plan = LinkPlan(
      addresses: ports.map { HostAddress(host: "127.0.0.1", port: $0, scheme: .http) }, token: token,
      conference: Hall.conference, folder: folder.path)
    plan.retry = 1...4
    plan.second = 1
    plan.silence = silence
    plan.random = SplitMix64(seed: 1)
    (link, kept) = try HostLink.open(plan, time: time)
  }

  func start() { link.start { [heard] in heard.tell($0) } }

  /// Waits until the copy has as many lines as the hall's record.
  func hasAll(_ hall: Hall) -> Bool { heard.wait { _ in link.replica.mark?.seq == hall.lineCount - 1 } }

  /// Ends the link and gives the bytes of the copy.
  func close() -> [UInt8] {
    link.close()
    return folder.read("record.jsonl")
  }
}
