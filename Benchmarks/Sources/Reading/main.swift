// One part of reading a record, timed in a process of its own: `Reading PART RECORD`.
//
// Prints `SECONDS CPU_SECONDS BYTES EVENTS`; `record_bench.py` makes a table of them and adds the memory.
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

/// Seconds that a clock of the system shows.
func seconds(_ clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// What was read, which stays alive until the clocks have been looked at, as it does in a program.
struct Outcome {
  var bytes: Int
  var events: Int
  var kept: Any
}

/// Runs `body` once and prints what it took.
func measure(_ body: () throws -> Outcome) rethrows {
  let (clock, processor) = (seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID))
  let outcome = try body()
  withExtendedLifetime(outcome) {
    print(
      seconds(CLOCK_MONOTONIC) - clock, seconds(CLOCK_PROCESS_CPUTIME_ID) - processor, outcome.bytes,
      outcome.events)
  }
}

guard CommandLine.arguments.count == 3 else {
  print("usage: Reading foundation|load|events|fold|check RECORD")
  exit(64)
}
let path = CommandLine.arguments[2]
switch CommandLine.arguments[1] {
case "foundation":
  // A part is enough for a peer that takes seconds.
  let part = Array(try Data(contentsOf: URL(filePath: path)).prefix(30_000_000)).split(separator: 0x0A)
    .dropLast()
  try measure {
    let decoder = JSONDecoder()
    let lines = try part.map { try decoder.decode(Foreign.self, from: Data($0)) }
    return Outcome(bytes: part.reduce(part.count) { $0 + $1.count }, events: lines.count, kept: lines)
  }
case "load":
  try measure {
    let contents = try RecordReader.read(path: path)
    return Outcome(bytes: contents.size, events: contents.lines.count, kept: contents)
  }
case "events":
  let contents = try RecordReader.read(path: path)
  measure {
    let events = contents.lines.count { (try? Event($0)) != nil }
    return Outcome(bytes: contents.size, events: events, kept: events)
  }
case "fold":
  try measure {
    let contents = try RecordReader.read(path: path)
    let session = Session(folding: contents.lines[...])
    return Outcome(bytes: contents.size, events: session.lastSeq + 1, kept: (contents, session))
  }
case "check":
  try measure {
    let report = try RecordCheck.check(path: path)
    let size = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped).count
    return Outcome(bytes: size, events: report.lines, kept: report)
  }
default:
  print("Reading: no part named '\(CommandLine.arguments[1])'")
  exit(64)
}
