import Glibc
import Ground
import Testing

@testable import Record

/// The verdict of `check` against that of the independent checker, which knows nothing of this code.
@Suite struct CheckerTests {
  static let here = String(#filePath.dropLast("/CheckerTests.swift".count))
  static let hasPython = shell("python3 -c ''").code == 0

  /// Asks the independent checker for its verdict over each file.
  static func judge(_ files: [[UInt8]]) throws -> [Bool] {
    let folder = try TemporaryFolder()
    var pack: [UInt8] = []
    for file in files {
      withUnsafeBytes(of: UInt64(file.count).littleEndian) { pack += $0 }
      pack += file
    }
    let path = try folder.write(pack, to: "pack")
    let answer = shell("python3 '\(here)/judge.py' '\(here)/verify-record' '\(path)'").output
    let verdicts = answer.utf8.filter { $0 != UInt8(ascii: "\n") }.map { $0 == UInt8(ascii: "0") }
    try #require(verdicts.count == files.count)
    return verdicts
  }

  /// Compares the verdicts over many files; names the first that differs.
  static func compare(_ files: [[UInt8]], _ name: (Int) -> String = { "file \($0)" }) throws {
    let judged = try judge(files)
    #expect(judged.contains(true) && judged.contains(false), "one verdict for all shows nothing")
    for (index, verdict) in judged.enumerated() {
      let ours = CheckReport(files[index])
      // What is skimmed is good; the rest is left to the check of the whole.
      if Skim(files[index], pieceSize: Scan.maxLine) != nil { #expect(verdict, "\(name(index)): skimmed") }
      guard ours.isGood != verdict else { continue }
      let text = String(decoding: files[index].prefix(3000), as: UTF8.self)
      Issue.record(
        "\(name(index)): ours \(ours.isGood) \(String(describing: ours.damage)), theirs \(verdict)\n\(text)")
      return
    }
  }

  @Test(.enabled(if: hasPython)) func everyTruncation() throws {
    let whole = try sampleRecord()
    try Self.compare((0...whole.count).map { Array(whole[..<$0]) })
  }

  /// That ours refuses them all is shown without Python, in `RecoveryTests`.
  @Test(.enabled(if: hasPython)) func everyBitFlip() throws {
    let whole = try sampleRecord()
    let verdicts = try Self.judge(
      (0..<whole.count * 8).map { bit in
        var copy = whole
        copy[bit / 8] ^= 1 << UInt8(bit % 8)
        return copy
      })
    #expect(!verdicts.contains(true))
  }

  @Test(.enabled(if: hasPython)) func zeroHolesAndMovedLines() throws {
    let whole = try sampleRecord()
    var files: [[UInt8]] = []
    for start in stride(from: 0, to: whole.count, by: 7) {
      for length in [1, 16, 300] {
        var copy = whole
        for index in start..<min(whole.count, start + length) { copy[index] = 0 }
        files.append(copy)
        files.append(whole[..<start] + Array(repeating: 0, count: length))
      }
    }
    let lines = whole.split(separator: 10, omittingEmptySubsequences: true).map { Array($0) + [10] }
    for line in lines.indices {
      files.append(Array((lines[..<line] + lines[(line + 1)...]).joined()))
      files.append(Array((lines[...line] + lines[line...]).joined()))
      for other in lines.indices {
        var swapped = lines
        swapped.swapAt(line, other)
        files.append(Array(swapped.joined()))
      }
    }
    try Self.compare(files)
  }

  /// Lines that chain well but say something odd: here the two readers of JSON must agree in every corner.
  @Test(.enabled(if: hasPython)) func wellChainedOddities() throws {
    let long = { (count: Int, text: String) in String(repeating: text, count: count) }
    let values = [
      "1", "-0", "01", "1.", ".5", "1.5", "1e5", "1E+5", "1e", "-", "+1", "NaN", "-NaN", "Infinity",
      "-Infinity", "nan",
      "1e999", long(4300, "1"), long(4301, "1"), "-" + long(4300, "1"), "-" + long(4301, "1"),
      long(4301, "1") + ".0", long(4301, "1") + "e1", "true", "tru", "null", "nul", "True", "''",
      #""\ud800""#, #""\udc00""#, #""\ud83d\ude00""#, #""\uD83D\u0041""#, #""\u00g0""#, #""\u+123""#,
      #""\u123""#,
      #""\x""#, #""\/""#, #""\b\f\n\r\t""#, #""\""#, "\"\u{7f}\"", "\"\u{1}\"", "\"\u{2028}\"",
      "\"\u{FEFF}\"",
      "[]", "[ ]", "[1 , 2]", "[1,]", "[,]", "[1 2]", "{\t}", "{\r\"a\" :1 }", "{\"a\":1,}", "{,}", "{a:1}",
      "{\"a\"}",
      "{\"a\":1,\"a\":2}", "{\"a\":1}{", "[", "]", "\u{a0}1", "\u{b}1", "\u{c}1", "\"a\"x", "1 1", "",
    ]
    var lines = values.map { Crafted(seq: "1", data: "{\"k\":\($0)}") }
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
      for depth in [62, 63, 64, 200, 991, 992, 993, 994, 1200, 9000] {
        let inner = open == "[" ? "" : "1"
        lines.append(
          Crafted(seq: "1", data: "{\"k\":" + long(depth, open) + inner + long(depth, close) + "}"))
      }
    }
    for data in [
      "{", "}", "{}}", "{{}", "{}{}", "{ }", "{} ", " {}", "[]", "{\"a\":1},\"x\":{\"b\":2}",
      "{}\",\"h\":\"{}",
    ] {
      lines.append(Crafted(seq: "1", data: data))
    }
    for at in [
      "2026-13-45T99:99:99.999Z", "2026-11-21T11:59:59.999Z", "2026-11-21T12:00:00.00Z",
      "9999-99-99T99:99:99.999Z",
      "2026-11-21 12:00:00.000Z", "2026-11-21T12:00:00.000z", "2026-11-21T12:00:00.000Z ",
      "２026-11-21T12:00:00.000Z",
    ] { lines.append(Crafted(seq: "1", at: at)) }
    for by in [
      "", " ", "Anna", "é", #"\u0041"#, #"a\"#, #"a\\"#, #"\x"#, "a\tb", "{}", #"a\","cmd":"b"#, "\u{7f}",
      #"\ud800"#,
    ] { lines.append(Crafted(seq: "1", by: by)) }
    for type in ["", "a", "A", "a_b", "a.b-9", "x.", "é", "record.opened"] {
      lines.append(Crafted(seq: "1", type: type))
    }
    for cmd in [long(31, "a"), long(33, "a"), long(32, "A"), long(32, "g"), ""] {
      lines.append(Crafted(seq: "1", cmd: cmd))
    }
    for version in [
      "\"v\":0,", "\"v\":2,", "\"v\":02,", "\"v\":-1,", "\"v\":,", "\"v\":2, ", "\"v\":1,\"v\":2,",
      "\"v\":\(long(4300, "9")),", "\"v\":\(long(4301, "9")),", "\"v\":2.0,",
    ] { lines.append(Crafted(seq: "1", version: version)) }
    for seq in ["01", "2", "0", "-1", "1.0", " 1", "1 ", long(5000, "0") + "1", long(30, "9"), "x", "", "１"] {
      lines.append(Crafted(seq: seq))
    }
    for size in 65_536 - 3...65_536 + 3 {
      let rest = Crafted.record([Crafted(seq: "1", data: "{\"k\":\"\"}")]).count
      lines.append(Crafted(seq: "1", data: "{\"k\":\"\(long(size - rest, "a"))\"}"))
    }
    var files = lines.map { Crafted.record([.opened, $0]) }
    for bytes: [UInt8] in [
      [0x80], [0xC0, 0x80], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x9F, 0x98, 0x80], [0xE0, 0x80, 0x80], [0xC3, 0x22],
      [0xF8, 0x88, 0x80, 0x80, 0x80],
      [0xEF, 0xBF, 0xBF], [0xC2, 0x80],
    ] {
      let parts = String(decoding: Crafted(seq: "1", data: "{\"k\":\"#\"}").head, as: UTF8.self).split(
        separator: "#")
      files.append(
        Crafted.record(heads: [Crafted.opened.head, Array(parts[0].utf8) + bytes + Array(parts[1].utf8)]))
      files.append(
        Crafted.record(heads: [
          Crafted.opened.head,
          Array("{\"seq\":1,\"at\":\"2026-11-21T12:00:00.000Z\",\"type\":\"a\",\"by\":\"".utf8) + bytes
            + Array("\",\"cmd\":\"\(long(32, "0"))\",\"data\":{}".utf8),
        ]))
    }
    for data in [
      "{\"format\":1}", "{\"format\":1.0}", "{\"format\":true}", "{\"format\":10e-1}", "{\"format\":\"1\"}",
      "{\"format\":2}", "{\"format\":null}", "{}", "{\"format\":2,\"format\":1}",
      "{\"format\":1,\"format\":2}",
      #"{"\u0066ormat":1}"#, #"{"f\ormat":1}"#, "{\"format\":1.0000000000000000001}", "{\"format\":[1]}",
      "{\"a\":{\"format\":1}}", "{\"format\":-1}", "{\"format\":1e0}", "{\"format\":NaN}",
    ] { files.append(Crafted.record([Crafted(seq: "0", type: "record.opened", data: data)])) }
    files += [
      [], [10], [10, 10], Array("\u{FEFF}".utf8) + Crafted.record([.opened]),
      Crafted.record([.opened]) + [10],
      Crafted.record([Crafted(seq: "0")]),
      Crafted.record([Crafted(seq: "1", type: "record.opened", data: "{\"format\":1}")]),
      Array(String(decoding: Crafted.record([.opened]), as: UTF8.self).replacing("\n", with: "\r\n").utf8),
    ]
    try Self.compare(files)
  }

  @Test(.enabled(if: hasPython)) func sealsOfEveryKind() throws {
    let before = [Crafted.opened, Crafted(seq: "1")]
    let path = try TemporaryFolder()
    func sum(_ lines: [Crafted]) throws -> String {
      let file = try path.write(Crafted.record(lines), to: "sum")
      return String(shell("sha256sum '\(file)'").output.prefix(64))
    }
    let (first, second) = (try sum([before[0]]), try sum(before))
    let escaped = "\\u00" + String(try #require(first.utf8.first), radix: 16) + first.dropFirst()
    let payloads = [
      ("0", "\"\(first)\""), ("1", "\"\(second)\""), ("0", "\"\(second)\""), ("2", "\"\(second)\""),
      ("0", "null"),
      ("true", "\"\(second)\""), ("false", "\"\(first)\""), ("1.0", "\"\(second)\""), ("-0", "\"\(first)\""),
      ("-0.0", "\"\(first)\""), ("1e0", "\"\(second)\""), ("0.5", "\"\(first)\""), ("null", "null"),
      ("null", "\"\""),
      ("7", "null"), ("7", "\"\(first)\""), ("-1", "\"\(first)\""), ("\"0\"", "\"\(first)\""),
      ("\"0\"", "null"),
      ("[0]", "null"), ("{}", "null"), ("NaN", "null"), ("1", "\"\(second.uppercased())\""),
      ("1", "\"\(second) \""),
      ("0", "\"\(escaped)\""), ("1", "1"), ("1", "[\"\(second)\"]"), ("9223372036854775808", "null"),
    ]
    var files = payloads.map { upto, sha in
      Crafted.record(
        before + [
          Crafted(seq: "2", type: "record.sealed", data: "{\"upto\":\(upto),\"sha256\":\(sha)}"),
          Crafted(seq: "3"),
        ])
    }
    for data in [
      "{}", "{\"upto\":0}", "{\"sha256\":null}", "{\"sha256\":\"\"}",
      "{\"upto\":1,\"upto\":0,\"sha256\":\"\(first)\"}",
      "{\"sha256\":\"\(first)\",\"sha256\":\"x\",\"upto\":0}",
    ] { files.append(Crafted.record(before + [Crafted(seq: "2", type: "record.sealed", data: data)])) }
    let good = Crafted(seq: "2", type: "record.sealed", data: "{\"upto\":1,\"sha256\":\"\(second)\"}")
    let bad = Crafted(seq: "3", type: "record.sealed", data: "{\"upto\":0,\"sha256\":\"\(second)\"}")
    files += [
      Crafted.record(before + [good, bad, Crafted(seq: "4")]),
      Crafted.record(before + [good, Crafted(seq: "3")]),
    ]
    try Self.compare(files)
  }

  /// Random damage of several places at once, and random JSON text in well-chained lines.
  @Test(.enabled(if: hasPython), arguments: [1, 2, 3] as [UInt64]) func randomDamage(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let whole = try sampleRecord()
    let alphabet = Array("{}[]\":,\\u0123456789eE+-.truefalsn dNI \t\r\u{7f}é".utf8)
    let files = (0..<1500).map { round in
      if round % 3 == 0 {
        var copy = whole
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          copy[Int.random(in: 0..<copy.count, using: &random)] = .random(in: 0...255, using: &random)
        }
        return copy
      }
      // Small changes to valid JSON hit the grammar's edges far oftener than noise does.
      var data = Array(#"{"a":[1,-2.5e3,"x\u00e9\n",{"b":null}],"c":true}"#.utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 1..<data.count - 1, using: &random)
        let byte = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
        if Bool.random(using: &random) { data[place] = byte } else { data.insert(byte, at: place) }
      }
      let head = Crafted(seq: "1", data: "").head
      return Crafted.record(heads: [Crafted.opened.head, head + data])
    }
    try Self.compare(files) { "seed \(seed), round \($0)" }
  }

  @Test func whatIsAcceptedButHasNoSingleMeaningIsNoticed() throws {
    for (line, why) in [
      (Crafted(seq: "1", data: "{\"a\":1,\"a\":2}"), "data: duplicateKey"),
      (Crafted(seq: "1", data: "{\"a\":NaN}"), "data: syntax"),
      (Crafted(seq: "1", data: #"{"a":"\ud800"}"#), "data: syntax"),
      (Crafted(seq: "1", at: "2026-13-01T00:00:00.000Z"), "at"),
      (Crafted(seq: "1", by: "Anna B"), "by"), (Crafted(seq: "1", version: "\"v\":0,"), "v"),
      (Crafted(seq: "1", type: "record.sealed"), "upto"),
    ] {
      let bytes = Crafted.record([.opened, line, Crafted(seq: "2", at: "2026-13-01T00:00:00.000Z")])
      let report = CheckReport(bytes)
      #expect(report.isGood)
      let expected = Damage(line: 2, offset: Crafted.record([.opened]).count, reason: .unreadable(why))
      #expect(report.notices.first == expected)
      let folder = try TemporaryFolder()
      let path = try folder.write(bytes)
      #expect(throws: expected.error) { try RecordWriter.open(path: path, at: noon, knows: knowsAll) }
      #expect(try Disk.real.contents(of: path) == bytes)
    }
  }
}
