import Crypto
import Foundation
import Ground
import Testing

@testable import Record

/// Small records with one thing wrong each, which stand in Golden/ and are read for ever.
///
/// Beside each stands what `beraad check --json` says of it, as NAME.check.json; a journey compares that. To add
/// one, add it here and run the tests with `BERAAD_UPDATE_SNAPSHOTS=1`; what stands there is never made anew.
enum GoldenDamage {
  /// The lines of a good record, of which all others are made.
  private static let base: [Crafted] = {
    let opened = Crafted(
      seq: "0", type: "record.opened", by: "host",
      data: #"{"format":1,"min_reader":1,"session":"proef","app":"0.2.0","chain":"sha256/128"}"#)
    let lines = [opened] + (1...5).map { marker($0) }
    return lines + [seal(6, over: lines)]
  }()

  private static func marker(_ seq: Int, _ text: String? = nil, at: String? = nil) -> Crafted {
    Crafted(
      seq: "\(seq)", at: at ?? "2026-11-21T12:00:0\(seq).000Z", type: "marker.set", by: "facilitator",
      cmd: String(repeating: "\(seq)", count: 32), data: text ?? #"{"text":"moment \#(seq)"}"#)
  }

  private static func seal(_ seq: Int, over lines: [Crafted]) -> Crafted {
    let digits = hexText(SHA256.hash(data: Crafted.record(lines)))
    return Crafted(
      seq: "\(seq)", at: "2026-11-21T12:00:0\(seq).000Z", type: "record.sealed", by: "host",
      cmd: String(repeating: "\(seq)", count: 32),
      data: #"{"upto":\#(lines.count - 1),"sha256":"\#(digits)"}"#)
  }

  /// The base with other lines from `seq` on.
  private static func record(upTo seq: Int, _ rest: Crafted...) -> [UInt8] {
    Crafted.record(base[..<seq] + rest)
  }

  private static func parts(_ bytes: [UInt8]) -> [[UInt8]] { bytes.split(separator: 10).map { $0 + [10] } }

  private static func changed(_ change: (inout [UInt8]) -> Void) -> [UInt8] {
    var bytes = Crafted.record(base)
    change(&bytes)
    return bytes
  }

  private static func moved(_ change: (inout [[UInt8]]) -> Void) -> [UInt8] {
    var lines = parts(Crafted.record(base))
    change(&lines)
    return Array(lines.joined())
  }

  private static func offset(of line: Int) -> Int {
    parts(Crafted.record(base))[..<line].reduce(0) { $0 + $1.count }
  }

  /// All of them by name.
  static let files: [String: [UInt8]] = [
    "good": Crafted.record(base),
    "empty": [],
    "torn": changed { $0.removeLast(20) },
    "torn-nul": changed { $0 += [UInt8](repeating: 0, count: 40) },
    "flipped-bit": changed { $0[offset(of: 3) + 140] ^= 4 },
    "flipped-end": changed { $0[$0.count - 1] ^= 1 },
    "hole": changed { bytes in for place in 400..<700 { bytes[place] = 0 } },
    "old-hole": {
      var bytes = Crafted.record(base[..<1] + (1...6).map { marker($0, at: "2026-11-21T12:0\($0):00.000Z") })
      for place in 400..<700 { bytes[place] = 0 }
      return bytes
    }(),
    "missing-line": moved { $0.remove(at: 3) },
    "swapped-lines": moved { $0.swapAt(2, 3) },
    "duplicate-line": moved { $0.insert($0[3], at: 3) },
    "first-line-gone": moved { $0.removeFirst() },
    "last-line-bad": moved { $0[6][100] ^= 1 },
    "two-places": moved { lines in
      lines[2][140] ^= 4
      lines[4][140] ^= 4
    },
    "bad-seal": record(
      upTo: 6, seal(6, over: Array(base[..<5] + [marker(5, #"{"text":"anders"}"#)])), marker(7)),
    "wrong-first-line": Crafted.record([marker(0)] + base[1...]),
    "byte-order-mark": Array("\u{FEFF}".utf8) + Crafted.record(base),
    "crlf": Array(
      moved { lines in for line in lines.indices { lines[line].insert(13, at: lines[line].count - 1) } }),
    "not-utf8": Crafted.record(
      heads: base[..<3].map(\.head) + [Array(marker(3).head.dropLast(3)) + [0xC3, 0x28] + Array(#""}"#.utf8)]
        + base[4...].map(\.head)),
    "time-back": record(
      upTo: 4, Crafted(seq: "4", at: "2026-11-21T12:00:01.000Z", type: "marker.set"), marker(5)),
    "seq-jump": record(upTo: 3, marker(4), marker(5)),
    "duplicate-key": record(upTo: 3, marker(3, #"{"text":"a","text":"b"}"#), marker(4)),
    "lone-surrogate": record(upTo: 3, marker(3, #"{"text":"\ud800"}"#), marker(4)),
    "unknown-type": record(upTo: 3, Crafted(seq: "3", at: later, type: "hologram.shown"), marker(4)),
    "newer-version": record(
      upTo: 3, Crafted(seq: "3", at: later, type: "marker.set", version: "\"v\":2,", data: "{}"), marker(4)),
    "foreign-type": record(
      upTo: 3,
      Crafted(seq: "3", at: later, type: "x.lamp", by: "lamp-2", version: "\"v\":7,", data: #"{"on": true}"#),
      marker(4)),
    "min-reader": Crafted.record([
      Crafted(
        seq: "0", type: "record.opened", by: "host",
        data: #"{"format":1,"min_reader":2,"session":"proef","app":"9.0.0","chain":"sha256/128"}"#),
      marker(1),
    ]),
    "recovered": record(
      upTo: 3, Crafted(seq: "3", at: later, type: "record.recovered", by: "host", data: #"{"bytes":137}"#),
      marker(4)),
    "redacted": Crafted.record(
      base + [
        Crafted(
          seq: "7", at: "2026-11-21T12:00:06.000Z", type: "record.redacted", by: "host",
          data: #"{"lines":7,"people":2,"when":"2026-12-01T09:00:00.000Z"}"#)
      ]),
  ]

  private static let later = "2026-11-21T12:00:03.000Z"

  static func path(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)").path
  }

  static let mayWrite = ProcessInfo.processInfo.environment["BERAAD_UPDATE_SNAPSHOTS"] == "1"
}

@Suite struct GoldenDamageTests {
  @Test func theFilesAreThoseThatAreMadeHere() throws {
    for (name, bytes) in GoldenDamage.files {
      let path = GoldenDamage.path(name + ".jsonl")
      if GoldenDamage.mayWrite, !FileManager.default.fileExists(atPath: path) {
        try Data(bytes).write(to: URL(filePath: path))
      }
      #expect(try Disk.real.contents(of: path) == bytes, "\(name)")
    }
    let there = try FileManager.default.contentsOfDirectory(atPath: GoldenDamage.path(""))
      .filter { $0.hasSuffix(".jsonl") }
    #expect(Set(there) == Set(GoldenDamage.files.keys.map { $0 + ".jsonl" }))
  }

  @Test(.enabled(if: CheckerTests.hasPython)) func theIndependentCheckerAgrees() throws {
    let names = GoldenDamage.files.keys.sorted()
    try CheckerTests.compare(names.map { GoldenDamage.files[$0] ?? [] }) { names[$0] }
  }

  /// What can be read of each: the numbers of the lines, and behind which of them how many are missing.
  @Test(
    arguments: [
      ("good", [0, 1, 2, 3, 4, 5, 6], []), ("torn", [0, 1, 2, 3, 4, 5], []),
      ("torn-nul", [0, 1, 2, 3, 4, 5, 6], []),
      ("hole", [0], []), ("old-hole", [0, 4, 5, 6], [(1, 3)]),
      ("flipped-bit", [0, 1, 2, 4, 5, 6], [(3, 1)]), ("missing-line", [0, 1, 2, 4, 5, 6], [(3, 1)]),
      ("first-line-gone", [1, 2, 3, 4, 5, 6], [(0, 1)]), ("last-line-bad", [0, 1, 2, 3, 4, 5], [(6, nil)]),
      ("two-places", [0, 1, 3, 5, 6], [(2, 1), (3, 1)]), ("duplicate-line", [0, 1, 2, 3, 4, 5, 6], [(4, 0)]),
      ("bad-seal", [0, 1, 2, 3, 4, 5, 6, 7], [(6, 0)]), ("time-back", [0, 1, 2, 3, 4, 5], [(4, 0)]),
      ("seq-jump", [0, 1, 2, 4, 5], [(3, 1)]), ("duplicate-key", [0, 1, 2, 4], [(3, 1)]),
      ("lone-surrogate", [0, 1, 2, 4], [(3, 1)]), ("byte-order-mark", [1, 2, 3, 4, 5, 6], [(0, 1)]),
      ("wrong-first-line", [0, 1, 2, 3, 4, 5, 6], [(0, 0)]), ("empty", [], [(0, nil)]),
      ("crlf", [], [(0, nil)]),
      ("unknown-type", [0, 1, 2, 3, 4], []), ("foreign-type", [0, 1, 2, 3, 4], []),
      ("flipped-end", [0, 1, 2, 3, 4, 5], [(6, nil)]),
    ] as [(String, [Int], [(Int, Int?)])])
  func allThatCanBeReadIs(name: String, seqs: [Int], gaps: [(position: Int, missing: Int?)]) throws {
    let salvage = RecordContents(try #require(GoldenDamage.files[name])).salvage
    #expect(salvage.lines.map(\.seq) == seqs)
    #expect(salvage.gaps.map(\.position) == gaps.map(\.position))
    #expect(salvage.gaps.map(\.missing) == gaps.map(\.missing))
    #expect(salvage.lines.map(\.at) == salvage.lines.map(\.at).sorted())
    #expect(salvage.gaps.allSatisfy { $0.offset < (GoldenDamage.files[name]?.count ?? 0) || name == "empty" })
  }

  /// With a copy of what was there each comes back, and no acknowledged line is dropped.
  @Test func aCopyMendsThem() throws {
    let good = try #require(GoldenDamage.files["good"])
    for name in [
      "empty", "torn", "flipped-bit", "flipped-end", "hole", "missing-line", "swapped-lines",
      "duplicate-line",
      "first-line-gone", "last-line-bad", "two-places",
    ] {
      let folder = try TemporaryFolder()
      let damaged = try #require(GoldenDamage.files[name])
      let path = try folder.write(damaged)
      let copy = try folder.write(good, to: "copy")
      let report = try RecordCheck.repair(path: path, from: [copy])
      #expect(try Disk.real.contents(of: path) == good, "\(name)")
      #expect(try Disk.real.contents(of: report?.damagedCopy ?? "") == damaged, "\(name)")
    }
  }
}
