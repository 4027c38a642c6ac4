// How long a durable append takes, beside peers in the same run on the same disk.
//
//   Writing FOLDER [--appends N] [--redis SOCKET] [--behind RECORD] [--only one|many|sqlite]
//
// Prints `name TAB appends TAB value …`: for one appender its microseconds, sorted; for many the total.
import Dispatch
import Glibc
import Ground
import Record
import Synchronization

/// Microseconds on a clock that never jumps.
func microseconds() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return Double(now.tv_sec) * 1e6 + Double(now.tv_nsec) / 1e3
}

/// The moment that all lines bear.
let moment = Moment(milliseconds: 1_795_262_400_000)

/// A contribution whose line has some 300 bytes.
func draft(_ number: Int) -> Draft {
  Draft(
    type: "contribution.added",
    data: [
      "id": .string("c\(number)"), "table": .int(number % 7 + 1), "kind": "idea",
      "text": "Eén telefoonnummer voor alle vragen over de Wmo, ook ’s avonds en in het weekend, en familie",
    ])
}

/// Beraad's own writer, from the draft of a line to its acknowledgement.
class Acknowledged: Engine {
  let name: String
  let writer: RecordWriter
  /// Made before, as the bytes of the peers are.
  private let made = [draft(1)]
  private var number: UInt64 = 0

  init(_ name: String, _ writer: RecordWriter) {
    self.name = name
    self.writer = writer
  }

  var next: (drafts: [Draft], cmd: CommandID) {
    number += 1
    return (made, CommandID(high: 1, low: number))
  }

  /// Known on the writer's thread, as the host of a conference does, and shown to people from there.
  func append(_: [UInt8]) throws -> Double {
    let known = Known()
    let (drafts, cmd) = next
    try writer.append(drafts, at: moment, by: "note-4", cmd: cmd) { _ in
      known.at.withLock { $0 = microseconds() }
      known.done.signal()
    }
    known.done.wait()
    return known.at.withLock { $0 }
  }

  private final class Known: Sendable {
    let at = Mutex(0.0)
    let done = DispatchSemaphore(value: 0)
  }
}

/// The same on a thread that waits, and so may write the line itself, as the callers of the peers do.
final class Waiting: Acknowledged {
  override func append(_: [UInt8]) throws -> Double {
    let (drafts, cmd) = next
    try writer.appendAndWait(drafts, at: moment, by: "note-4", cmd: cmd)
    return microseconds()
  }
}

/// Runs `body` on `count` threads at once and returns when all are done.
func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
  final class Context: Sendable {
    let number: Int
    let body: @Sendable (Int) -> Void
    init(_ number: Int, _ body: @escaping @Sendable (Int) -> Void) {
      self.number = number
      self.body = body
    }
  }
  var threads: [pthread_t] = []
  for number in 0..<count {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(Context(number, body))
    let failed = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        let taken = Unmanaged<Context>.fromOpaque(context).takeRetainedValue()
        taken.body(taken.number)
        return nil
      }, context.toOpaque())
    precondition(failed == 0, "the system gives no thread")
    threads.append(thread)
  }
  for thread in threads { pthread_join(thread, nil) }
}

/// Appends `each` lines on each of 32 threads; returns the microseconds that all of them took.
func crowd(_ writer: RecordWriter, each: Int) -> Double {
  let start = microseconds()
  onThreads(32) { thread in
    for number in 0..<each {
      do {
        try writer.appendAndWait([draft(number)], at: moment, by: "note-\(thread)", cmd: .random())
      } catch {
        print("beraad: \(error)")
        exit(1)
      }
    }
  }
  return microseconds() - start
}

var arguments = Array(CommandLine.arguments.dropFirst())
@MainActor func option(_ name: String) -> String? {
  guard let index = arguments.firstIndex(of: name), index + 1 < arguments.count else { return nil }
  defer { arguments.removeSubrange(index...index + 1) }
  return arguments[index + 1]
}
let appends = option("--appends").flatMap { Int($0) } ?? 2000
let redis = option("--redis")
let behind = option("--behind")
let only = option("--only")
guard let folder = arguments.first, arguments.count == 1 else {
  print("usage: Writing FOLDER [--appends N] [--redis SOCKET] [--behind RECORD] [--only one|many|sqlite]")
  exit(64)
}

let writer = try RecordWriter.create(
  path: "\(folder)/record.jsonl", session: "writing", app: "0", at: moment)
let alone = Waiting("Beraad, one that waits", writer)

// The peers append what Beraad appends: a line as it stands in the file.
_ = try alone.append([])
let payload = Array(writer.acknowledgedBytes.split(separator: 10, omittingEmptySubsequences: true)[1]) + [10]

switch only {
case "one": for _ in 0..<appends { _ = try alone.append([]) }
case "many": _ = crowd(writer, each: appends / 32)
case "sqlite":
  let sqlite = try SQLite("\(folder)/record.sqlite")
  for _ in 0..<appends { _ = try sqlite.append(payload) }
default:
  var engines: [any Engine] = [
    try Bare("\(folder)/bare"), Acknowledged("Beraad, one that goes on", writer), alone,
    try SQLite("\(folder)/record.sqlite"),
  ]
  if let redis { engines.append(try Redis(redis)) }
  if let behind {
    let start = microseconds()
    let (large, report) = try RecordWriter.open(path: behind, at: moment) { _, _ in true }
    print("open\t\(report.lines.count)\t\(microseconds() - start)")
    engines.append(Acknowledged("Beraad, behind a long record", large))
  }
  // In blocks by turns: what else the machine does, it does to all of them.
  let block = 50
  var times = engines.map { _ in [Double]() }
  var crowded = 0.0
  for round in 0..<max(1, appends / block) {
    // Each begins as often as the others: the first of a round has the disk for itself.
    for turn in engines.indices {
      let index = (turn + round) % engines.count
      let engine = engines[index]
      for _ in 0..<block {
        let start = microseconds()
        times[index].append(try engine.append(payload) - start)
      }
    }
    crowded += crowd(writer, each: 10)
  }
  for (engine, times) in zip(engines, times) {
    print(([engine.name, "\(times.count)"] + times.sorted().map { "\($0)" }).joined(separator: "\t"))
  }
  print("Beraad, 32 appenders\t\(max(1, appends / block) * 320)\t\(crowded)")
  print("bytes\t\(payload.count)")
}
writer.close()
