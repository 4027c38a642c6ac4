// What happens within the program, without a terminal: `InProcess RECORD`.
import Conference
import Console
import Glibc
import Ground
import Screen

/// Reads the lines of a record without its hashes: what is measured here comes after reading.
func lines(of path: String) throws -> [Line] {
  guard let file = fopen(path, "rb") else { throw CannotRead(path: path) }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
  return try bytes.split(separator: UInt8(ascii: "\n")).enumerated().map { number, text in
    let line = try JSON(parsing: text)
    guard let at = line["at"]?.string.flatMap({ Moment(rfc3339: $0) }), let type = line["type"]?.string,
      let by = line["by"]?.string, let cmd = line["cmd"]?.string.flatMap({ CommandID($0) }),
      let data = line["data"]
    else { throw CannotRead(path: "\(path):\(number + 1)") }
    return Line(seq: number, at: at, type: type, by: by, cmd: cmd, data: data)
  }
}

struct CannotRead: Error { let path: String }

/// Runs `body` and returns its nanoseconds.
func nanoseconds(_ body: () -> Void) -> Double {
  let duration = ContinuousClock().measure(body)
  return Double(duration.components.seconds) * 1e9 + Double(duration.components.attoseconds) / 1e9
}

/// Prints the median and the 99th percentile of what `count` runs of `body` took.
func measure(_ what: String, count: Int, budget: Double? = nil, _ body: (Int) -> Void) {
  for index in 0..<max(1, count / 10) { body(index) }
  let times = (0..<count).map { index in nanoseconds { body(index) } / 1e6 }.sorted()
  func fixed(_ value: Double) -> String {
    let thousandths = Int((value * 1000).rounded())
    return "\(thousandths / 1000)." + String(String(1000 + thousandths % 1000).dropFirst())
  }
  let (median, high) = (times[count / 2], times[min(count - 1, count * 99 / 100)])
  let verdict = budget.map { "   budget \(fixed($0))   \(high <= $0 ? "met" : "not met")" } ?? ""
  print("  \(TextWidth.pad(what, to: 46)) p50 \(fixed(median)) ms   p99 \(fixed(high)) ms\(verdict)")
}

/// The same numbers in every run (Knuth's 64-bit generator), so that runs can be compared.
struct Numbers: RandomNumberGenerator {
  var state: UInt64 = 2015
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 33
  }
}

guard CommandLine.arguments.count == 2, let all = try? lines(of: CommandLine.arguments[1]) else {
  print("usage: InProcess RECORD")
  exit(64)
}
print("\nWithin the program, \(all.count) events")

measure("fold", count: 5) { _ in
  var session = Session()
  for line in all { try? session.apply(line) }
}
var session = Session()
for line in all { try? session.apply(line) }

for size in [Size(rows: 24, columns: 80), Size(rows: 30, columns: 100), Size(rows: 60, columns: 200)] {
  var model = Model(session: session, now: session.lastAt, size: size, language: .nl)
  for _ in 0..<2 { _ = model.update(.input(.key(.tab))) }
  let name = "\(size.columns)x\(size.rows)"
  let count = all.count > 5_000 ? 50 : 500
  measure("key and frame, list, \(name)", count: count) { index in
    _ = model.update(.input(.key(index % 300 < 150 ? .down : .up)))
    _ = model.view()
  }
  measure("frame alone, list, \(name)", count: count) { _ in _ = model.view() }
}

var replay = Replay(lines: all)
var numbers = Numbers()
let places = (0..<200).map { _ in Int.random(in: 0...all.count, using: &numbers) }
measure("seek in a replay", count: 200, budget: 50) { replay.go(to: places[$0]) }
