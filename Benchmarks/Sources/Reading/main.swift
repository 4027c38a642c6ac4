// How fast a record opens, beside Foundation's reader in the same run: `Reading RECORD`.
import Conference
import Foundation
import Ground
import Record

/// A line as Foundation's JSONDecoder reads it, with the members of a contribution: the peer.
struct Foreign: Decodable {
  struct Payload: Decodable {
    var id: String?
    var table: Int?
    var kind: String?
    var text: String?
    var into: String?
    var owner: String?
  }
  var seq: Int
  var at: String
  var type: String
  var by: String
  var cmd: String
  var data: Payload
  var h: String
}

/// Seconds of processor time that this process has used.
func used() -> Double {
  var usage = rusage()
  getrusage(RUSAGE_SELF, &usage)
  return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
}

/// Prints the least that `runs` runs of `body` took and gives it, in seconds on the clock.
@discardableResult
func measure(_ what: String, bytes: Int, events: Int, runs: Int = 3, _ body: () throws -> Void) rethrows
  -> Double
{
  var (clock, processor) = (Double.infinity, Double.infinity)
  for _ in 0..<runs {
    let before = used()
    let begin = ContinuousClock.now
    try body()
    let duration = (ContinuousClock.now - begin).components
    clock = min(clock, Double(duration.seconds) + Double(duration.attoseconds) / 1e18)
    processor = min(processor, used() - before)
  }
  print(
    "  \(what.padding(toLength: 44, withPad: " ", startingAt: 0))"
      + String(
        format: "%8.3f s %8.3f s CPU %8.0f MB/s %8.0f k events/s", clock, processor,
        Double(bytes) / 1e6 / clock,
        Double(events) / 1e3 / clock))
  return clock
}

guard CommandLine.arguments.count == 2 else {
  print("usage: Reading RECORD")
  exit(64)
}
let path = CommandLine.arguments[1]
let contents = try RecordReader.read(path: path)
let (bytes, events) = (contents.size, contents.lines.count)
print("\nReading \(events) events, \(bytes / 1_000_000) MB")
// A part is enough for a peer that takes seconds.
let part = Array(try Data(contentsOf: URL(filePath: path)).prefix(30_000_000)).split(separator: 0x0A)
  .dropLast()
let partBytes = part.reduce(part.count) { $0 + $1.count }
let foundation = try measure("Foundation JSONDecoder, typed", bytes: partBytes, events: part.count, runs: 1) {
  let decoder = JSONDecoder()
  for line in part { _ = try decoder.decode(Foreign.self, from: Data(line)) }
}
let load = try measure("Beraad: load and verify", bytes: bytes, events: events) {
  _ = try RecordReader.read(path: path)
}
try measure("Beraad: events from the lines", bytes: bytes, events: events) {
  for line in contents.lines { _ = try? Event(line) }
}
try measure("Beraad: load, verify and fold", bytes: bytes, events: events) {
  var session = Session()
  for line in try RecordReader.read(path: path).lines { try? session.apply(line) }
}
try measure("Beraad: check", bytes: bytes, events: events) { _ = try RecordCheck.check(path: path) }
var usage = rusage()
getrusage(RUSAGE_SELF, &usage)
let ratio = foundation / Double(partBytes) / (load / Double(bytes))
print(
  String(
    format: "  Beraad loads %.1f times as fast as JSONDecoder; at most %d MB", ratio, usage.ru_maxrss / 1024))
