import Glibc
import Ground
import Testing

@testable import Record

@Suite struct WriterTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  func create(_ name: String = "record.jsonl") throws -> RecordWriter {
    try RecordWriter.create(path: folder.file(name), session: "s", app: "0.1.0", at: noon)
  }

  @Test func theFirstLineIsOfTheFormat() throws {
    let writer = try create()
    let text = String(decoding: try Disk.real.contents(of: folder.file()), as: UTF8.self)
    #expect(
      text.hasPrefix(
        #"{"seq":0,"at":"2026-11-21T12:00:00.000Z","type":"record.opened","by":"host","cmd":"\#(writer.firstLine.cmd)","#
          + #""data":{"format":1,"min_reader":1,"session":"s","app":"0.1.0","chain":"sha256/128"},"h":""#))
    #expect(text.hasSuffix("\"}\n"))
    #expect(writer.acknowledgedHash == String(text.suffix(35).prefix(32)))
    #expect(shell("stat -c %a '\(folder.file())'").output == "600\n")
  }

  @Test func whatIsAppendedReadsBack() throws {
    let writer = try create()
    let drafts = [note("é😀\u{1}\"\\"), Draft(type: "x.a", version: 7, data: [:])]
    let lines = try writer.appendAndWait(drafts, at: noon + 5, by: "note-4", cmd: someCommand)
    #expect(lines.map(\.seq) == [1, 2])
    #expect(lines.map(\.data) == drafts.map(\.data))
    #expect(lines.map(\.version) == [1, 7])
    #expect(lines.allSatisfy { $0.at == noon + 5 && $0.cmd == someCommand && $0.by == "note-4" })
    // A reader needs no lock, also while the writer has the file.
    let contents = try RecordReader.read(path: folder.file())
    #expect(contents.lines == [writer.firstLine] + lines)
    #expect(contents.hash == writer.acknowledgedHash)
    #expect(contents.damage == nil)
    #expect(writer.acknowledgedBytes == (try Disk.real.contents(of: folder.file())))
    #expect(writer.acknowledgedCount == 3)
  }

  @Test func completionsComeInOrderAndAfterTheLinesAreInTheFile() throws {
    let writer = try create()
    let seen = Monitor<[Int]>([])
    let path = folder.file()
    for number in 0..<300 {
      try writer.append([note("\(number)")], at: noon, by: "host", cmd: someCommand) { result in
        guard case .success(let lines) = result, let seq = lines.last?.seq else { return }
        let inFile = number % 50 > 0 || ((try? RecordReader.read(path: path))?.lines.last?.seq ?? 0) >= seq
        seen.access { $0.append(inFile ? seq : -1) }
      }
    }
    writer.close()
    #expect(seen.access { $0 } == Array(1...300))
  }

  /// What comes in during a sync is written by the next one: far fewer syncs than commands.
  @Test func commandsThatArriveDuringASyncShareTheNext() throws {
    let gate = Monitor(false)
    let log = FaultyDisk()
    var disk = log.disk(failing: 0, with: 0)
    let syncData = disk.syncData
    disk.syncData = { file in
      gate.wait { $0 ? true : nil }
      return syncData(file)
    }
    let writer = try RecordWriter.create(path: folder.file(), session: "s", app: "0", at: noon, disk: disk)
    for number in 0..<100 {
      try writer.append([note("\(number)")], at: noon, by: "host", cmd: someCommand) { _ in }
    }
    gate.access { $0 = true }
    writer.close()
    #expect(log.log.calls.count { $0 == "syncData" } <= 2)
    #expect(try RecordReader.read(path: folder.file()).lines.count == 101)
  }

  @Test func noWriteIsLargerThanABatchAndNoneDividesALine() throws {
    let sizes = Monitor<[Int]>([])
    var disk = Disk.real
    disk.write = { file, bytes in
      sizes.access { $0.append(bytes.last == 10 ? bytes.count : -1) }
      return Disk.real.write(file, bytes)
    }
    let writer = try RecordWriter.create(path: folder.file(), session: "s", app: "0", at: noon, disk: disk)
    let long = String(repeating: "a", count: 50_000)
    try writer.appendAndWait((0..<23).map { note(long, number: $0) }, at: noon, by: "host", cmd: someCommand)
    for _ in 0..<30 { try writer.append([note(long)], at: noon, by: "host", cmd: someCommand) { _ in } }
    writer.close()
    #expect(sizes.access { $0 }.allSatisfy { (1...262_144).contains($0) })
    #expect(try RecordReader.read(path: folder.file()).lines.count == 54)
  }

  @Test func aLineHas64KiBAtMostAndATooLongOneChangesNothing() throws {
    let writer = try create()
    let rest = try #require(try writer.appendAndWait([note("")], at: noon, by: "h", cmd: someCommand).first)
    var bytes: [UInt8] = []
    _ = rest.write(to: &bytes, after: .zero)
    let fits = String(repeating: "a", count: 65_536 - bytes.count)
    try writer.appendAndWait([note(fits)], at: noon, by: "h", cmd: someCommand)
    let before = try Disk.real.contents(of: folder.file())
    #expect(throws: RecordError.lineTooLong(type: "contribution.added", bytes: 65_537)) {
      try writer.appendAndWait([note("short"), note(fits + "a")], at: noon, by: "h", cmd: someCommand)
    }
    #expect(try Disk.real.contents(of: folder.file()) == before)
    #expect(try writer.appendAndWait([note("on")], at: noon, by: "h", cmd: someCommand).first?.seq == 3)
  }

  @Test(arguments: [
    Draft(type: "", data: [:]), Draft(type: "Upper", data: [:]), Draft(type: "a", data: []),
    Draft(type: "a", version: 0, data: [:]), Draft(type: "a", data: ["n": .int(1 << 53 + 1)]),
    Draft(type: "a", data: ["n": .number("NaN")]), Draft(type: "a", data: ["n": .number("1,\"h\":2")]),
    Draft(type: "a", data: ["a": 1, "a": 2]),
    Draft(type: "a", data: (0..<63).reduce([:]) { inner, _ in ["a": inner] }),
  ]) func draftsThatCouldNotBeReadBackAreRefused(draft: Draft) throws {
    let writer = try create()
    #expect(throws: RecordError.self) {
      try writer.appendAndWait([note("good"), draft], at: noon, by: "host", cmd: someCommand)
    }
    #expect(try RecordReader.read(path: folder.file()).lines.count == 1)
  }

  @Test(arguments: ["", "Anna B", "a\"b", "é", "a\n"]) func namesThatCouldNotBeReadBackAreRefused(by: String)
    throws
  {
    let writer = try create()
    #expect(throws: RecordError.invalidDraft(type: "contribution.added", "by")) {
      try writer.appendAndWait([note("good")], at: noon, by: by, cmd: someCommand)
    }
    #expect(throws: RecordError.invalidDraft(type: "contribution.added", "at")) {
      try writer.appendAndWait(
        [note("good")], at: Moment(milliseconds: 253_402_300_800_000), by: "a", cmd: someCommand)
    }
  }

  /// The times that fit the form are those that read back.
  @Test(arguments: [-62_167_219_200_000, 253_402_300_799_999, 0] as [Int64])
  func theFirstAndLastTimesReadBack(milliseconds: Int64) throws {
    let writer = try RecordWriter.create(
      path: folder.file(), session: "s", app: "0", at: Moment(milliseconds: -62_167_219_200_000))
    let at = Moment(milliseconds: milliseconds)
    try writer.appendAndWait([note("x")], at: at, by: "host", cmd: someCommand)
    #expect(try RecordReader.read(path: folder.file()).lines.last?.at == at)
    for beyond in [-62_167_219_200_001, 253_402_300_800_000] as [Int64] {
      #expect(throws: RecordError.invalidDraft(type: "contribution.added", "at")) {
        try writer.appendAndWait(
          [note("x")], at: Moment(milliseconds: beyond), by: "host", cmd: someCommand)
      }
    }
  }

  @Test func theDeepestPayloadThatIsTakenReadsBack() throws {
    let writer = try create()
    let deep: JSON = (0..<62).reduce(["leaf": 1]) { inner, _ in ["a": inner] }
    try writer.appendAndWait([Draft(type: "a", data: deep)], at: noon, by: "host", cmd: someCommand)
    #expect(try RecordReader.read(path: folder.file()).lines.last?.data == deep)
  }

  @Test func noDraftsAreAcknowledgedWithoutALine() throws {
    let writer = try create()
    #expect(try writer.appendAndWait([], at: noon, by: "host", cmd: someCommand) == [])
    #expect(writer.acknowledgedCount == 1)
  }

  @Test func aClockThatJumpsBackIsSaidOnceAndTimeStandsStill() throws {
    let writer = try create()
    func append(_ at: Moment) throws -> [Line] {
      try writer.appendAndWait([note("x")], at: at, by: "note-1", cmd: someCommand)
    }
    #expect(try append(noon + 5000).map(\.at) == [noon + 5000])
    let jumped = try append(noon + 2000)
    #expect(jumped.map(\.type) == ["clock.adjusted", "contribution.added"])
    #expect(jumped.map(\.at) == [noon + 5000, noon + 5000])
    #expect(jumped.map(\.by) == ["host", "note-1"])
    #expect(jumped.first?.data == ["back": 3000])
    // The clock goes on from where it jumped to: no second jump, until it passes the last time written.
    #expect(try append(noon + 3000).map(\.at) == [noon + 5000])
    #expect(try append(noon + 6000).map(\.at) == [noon + 6000])
    writer.close()
    let (again, report) = try RecordWriter.open(path: folder.file(), at: noon, knows: knowsAll)
    #expect(report.lines.count == 6)
    #expect(
      try again.appendAndWait([note("x")], at: noon + 100, by: "host", cmd: someCommand).map(\.type)
        == ["clock.adjusted", "contribution.added"])
  }

  @Test func sealsHoldForTheIndependentTool() throws {
    let writer = try create()
    for number in 0..<5 {
      try writer.appendAndWait([note("\(number)")], at: noon, by: "host", cmd: someCommand)
      let seal = try #require(try writer.seal(at: noon, cmd: someCommand).first)
      let upto = try #require(seal.data["upto"]?.int)
      #expect(upto == seal.seq - 1)
      let sum = shell("head -n \(upto + 1) '\(folder.file())' | sha256sum").output.prefix(64)
      #expect(seal.data["sha256"]?.string == String(sum))
    }
    #expect(try RecordCheck.check(path: folder.file()).isGood)
  }

  @Test func aRecordIsNeverOverwritten() throws {
    let path = try folder.write([1, 2, 3])
    #expect(throws: RecordError.exists(path)) { try create() }
    #expect(try Disk.real.contents(of: path) == [1, 2, 3])
  }

  @Test func pathsThatCannotBe() throws {
    let file = try folder.write([1])
    // A path below a regular file: no user, not even root, can write there.
    for path in ["\(file)/record.jsonl", folder.file("none/record.jsonl")] {
      #expect(throws: RecordError.notFound(path)) {
        try RecordWriter.create(path: path, session: "s", app: "0", at: noon)
      }
      #expect(throws: RecordError.notFound(path)) { try RecordReader.read(path: path) }
      #expect(throws: RecordError.notFound(path)) {
        try RecordWriter.open(path: path, at: noon, knows: knowsAll)
      }
    }
    #expect(throws: RecordError.self) { try RecordReader.read(path: folder.path) }
  }

  @Test func aClosedWriterTakesNothing() throws {
    let writer = try create()
    writer.close()
    writer.close()
    #expect(throws: RecordError.closed) {
      try writer.appendAndWait([note("x")], at: noon, by: "host", cmd: someCommand)
    }
  }

  /// Some wait and may write themselves, the others leave it to the writer's thread.
  @Test func manyAppendersAtOnceGetOneRecordWithoutGaps() throws {
    let calls = Monitor<[String]>([])
    let writer = try RecordWriter.create(
      path: folder.file(), session: "s", app: "0", at: noon,
      disk: watched { name in calls.access { $0.append(name) } })
    calls.access { $0 = [] }
    let done = Monitor(0)
    let told = Monitor<[Int]>([])
    for thread in 0..<8 {
      startThread {
        for number in 0..<50 {
          let drafts = [note("\(thread)/\(number)")]
          if thread % 2 == 0 {
            _ = try? writer.appendAndWait(drafts, at: noon, by: "t\(thread)", cmd: .random())
          } else {
            _ = try? writer.append(drafts, at: noon, by: "t\(thread)", cmd: .random()) { result in
              if case .success(let lines) = result { told.access { $0 += lines.map(\.seq) } }
            }
          }
        }
        done.access { $0 += 1 }
      }
    }
    done.wait { $0 == 8 ? true : nil }
    writer.close()
    let contents = try RecordReader.read(path: folder.file())
    #expect(contents.lines.map(\.seq) == Array(0...400))
    for thread in 0..<8 {
      let texts = contents.lines.filter { $0.by == "t\(thread)" }.compactMap { $0.data["text"]?.string }
      #expect(texts == (0..<50).map { "\(thread)/\($0)" })
    }
    #expect(told.access { $0.count } == 200)
    #expect(told.access { $0 == $0.sorted() })
    // One thread at a time: a write is never followed by another before its sync.
    let names = calls.access { $0 }
    #expect(names.enumerated().allSatisfy { $1 == ($0 % 2 == 0 ? "write" : "sync") })
  }

  /// The real disk, with each write and sync of bytes told to `tell` before it.
  private func watched(_ tell: @escaping @Sendable (String) -> Void) -> Disk {
    var disk = Disk.real
    disk.write = { file, bytes in
      tell("write")
      return Disk.real.write(file, bytes)
    }
    disk.syncData = { file in
      tell("sync")
      return Disk.real.syncData(file)
    }
    return disk
  }

  /// The thread that draws the screen appends and goes on; it must never meet the disk.
  @Test func whoWaitsWritesItselfAndWhoDoesNotNeverDoes() throws {
    let threads = Monitor<[pthread_t]>([])
    let disk = watched { _ in threads.access { $0.append(pthread_self()) } }
    let writer = try RecordWriter.create(path: folder.file(), session: "s", app: "0", at: noon, disk: disk)
    threads.access { $0 = [] }
    try writer.appendAndWait([note("waits")], at: noon, by: "host", cmd: someCommand)
    #expect(threads.access { $0 } == [pthread_self(), pthread_self()])
    threads.access { $0 = [] }
    try writer.append([note("goes on")], at: noon, by: "host", cmd: someCommand) { _ in }
    writer.close()
    #expect(threads.access { $0.count } == 2)
    #expect(threads.access { !$0.contains(pthread_self()) })
  }

  @Test func whatComesInWhileOneThatWaitsWritesFollowsIt() throws {
    let syncs = Monitor((begun: 0, mayEnd: false))
    var disk = Disk.real
    disk.syncData = { file in
      syncs.access { $0.begun += 1 }
      syncs.wait { $0.mayEnd ? true : nil }
      return Disk.real.syncData(file)
    }
    let writer = try RecordWriter.create(path: folder.file(), session: "s", app: "0", at: noon, disk: disk)
    let told = Monitor<[Int]>([])
    @Sendable func tell(_ result: Result<[Line], RecordError>) {
      guard case .success(let lines) = result else { return }
      told.access { $0 += lines.map(\.seq) }
    }
    startThread {
      _ = try? writer.appendAndWait([note("first")], at: noon, by: "host", cmd: someCommand)
    }
    syncs.wait { $0.begun == 1 ? true : nil }
    for number in 2...3 {
      try writer.append([note("\(number)")], at: noon, by: "host", cmd: someCommand, completion: tell)
    }
    startThread {
      tell(
        Result { () throws(RecordError) in
          try writer.appendAndWait([note("4")], at: noon, by: "host", cmd: someCommand)
        })
    }
    while writer.state.quietly({ $0.nextSeq }) < 5 { sched_yield() }
    #expect(writer.acknowledgedCount == 1)
    #expect(told.access { $0.isEmpty })
    syncs.access { $0.mayEnd = true }
    told.wait { $0.count == 3 ? true : nil }
    writer.close()
    #expect(told.access { $0 } == [2, 3, 4])
    // Those that came during the first sync share the second.
    #expect(syncs.access { $0.begun } == 2)
    #expect(try RecordReader.read(path: folder.file()).lines.map(\.seq) == Array(0...4))
  }
}
