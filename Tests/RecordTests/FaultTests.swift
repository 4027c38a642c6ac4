import Glibc
import Ground
import Testing

@testable import Record

@Suite struct FaultTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  /// A short life of a record; returns the lines acknowledged and the first error.
  func live(_ disk: Disk, _ path: String) -> (acknowledged: [Line], error: RecordError?) {
    var lines: [Line] = []
    var open: RecordWriter?
    defer { open?.close() }
    do {
      var writer = try RecordWriter.create(path: path, session: "s", app: "0", at: noon, disk: disk)
      open = writer
      lines.append(writer.firstLine)
      for number in 0..<3 {
        lines += try writer.appendAndWait(
          [note("\(number)"), note("é")], at: noon, by: "host", cmd: someCommand)
      }
      writer.close()
      let report: OpenReport
      (writer, report) = try RecordWriter.open(path: path, at: noon, knows: knowsAll, disk: disk)
      open = writer
      #expect(report.lines == lines)
      lines += try writer.appendAndWait([note("later")], at: noon, by: "host", cmd: someCommand)
      lines += try writer.seal(at: noon, cmd: someCommand)
      return (lines, nil)
    } catch {
      return (lines, error)
    }
  }

  /// Whatever call fails: what was acknowledged is there, what is there is a record, and it can go on.
  @Test(arguments: [EIO, ENOSPC, EDQUOT, EFBIG], [0, 110]) func everyCallFailsOnce(error: Int32, part: Int)
    throws
  {
    for repeatedly in [false, true] {
      var index = 1
      while true {
        let path = folder.file("r\(index)-\(repeatedly)")
        let faulty = FaultyDisk()
        let (lines, failure) = live(
          faulty.disk(failing: index, with: error, repeatedly: repeatedly, landing: part), path)
        guard faulty.log.failed else {
          #expect(failure == nil && lines.count == 9 && index == 21)
          break
        }
        #expect(failure != nil, "call \(index) failed and nobody said so")
        guard !lines.isEmpty else {
          #expect(throws: RecordError.notFound(path)) { try RecordReader.read(path: path) }
          index += 1
          continue
        }
        let found = try RecordReader.read(path: path)
        #expect(found.damage == nil)
        #expect(Array(found.lines.prefix(lines.count)) == lines, "call \(index)")
        let (writer, report) = try RecordWriter.open(path: path, at: noon, knows: knowsAll, disk: .unsynced)
        #expect(report.lines.starts(with: lines))
        try writer.appendAndWait([note("on")], at: noon, by: "host", cmd: someCommand)
        writer.close()
        #expect(try RecordCheck.check(path: path).isGood)
        index += 1
      }
    }
  }

  @Test func interruptedCallsAreRepeatedButNeverASync() throws {
    var index = 1
    while true {
      let faulty = FaultyDisk()
      let (lines, failure) = live(faulty.disk(failing: index, with: EINTR), folder.file("r\(index)"))
      guard faulty.log.failed else { return }
      let call = faulty.log.calls[index - 1]
      if call.hasPrefix("sync") {
        #expect(failure != nil)
      } else {
        #expect(failure == nil && lines.count == 9, "call \(index), \(call): \(String(describing: failure))")
      }
      index += 1
    }
  }

  @Test func anInterruptedCutIsRepeated() throws {
    let path = try folder.write(try sampleRecord() + [0x7B])
    let interruptions = Monitor(3)
    var disk = Disk.unsynced
    disk.truncate = { file, size in
      let isInterrupted = interruptions.access { left in
        left -= 1
        return left >= 0
      }
      return isInterrupted ? -Int(EINTR) : Disk.real.truncate(file, size)
    }
    let (writer, report) = try RecordWriter.open(path: path, at: noon, knows: knowsAll, disk: disk)
    #expect(report.recovered?.bytes == 1)
    writer.close()
  }

  /// A kill or a power cut between making the file and its first line must not keep anyone from beginning.
  @Test func aCreationThatACrashCutShortCanBeDoneAgain() throws {
    let first = try sampleRecord().prefix { $0 != 10 }
    for (number, stump) in [
      [], [0], [UInt8](repeating: 0, count: 300), Array(first.prefix(90)), Array(first),
      Array(first.prefix(4)),
      Array(first.prefix(4)) + [0, 0],
    ]
    .enumerated() {
      let path = try folder.write(stump, to: "r\(number)")
      let writer = try RecordWriter.create(path: path, session: "s", app: "0", at: noon)
      try writer.appendAndWait([note("on")], at: noon, by: "host", cmd: someCommand)
      writer.close()
      #expect(try RecordCheck.check(path: path).lines == 2)
      guard !stump.isEmpty else { continue }
      #expect(try Disk.real.contents(of: path + ".torn") == stump)
    }
    for (number, other) in [
      Array("hello".utf8), Array(first) + [10], Array(first) + [11], Array(first.prefix(4)) + [0, 65],
      [0, 65],
    ].enumerated() {
      let path = try folder.write(other, to: "o\(number)")
      #expect(throws: RecordError.exists(path)) {
        try RecordWriter.create(path: path, session: "s", app: "0", at: noon)
      }
      #expect(try Disk.real.contents(of: path) == other)
    }
  }

  @Test func shortWritesGoOn() throws {
    var disk = Disk.real
    disk.write = { file, bytes in Disk.real.write(file, UnsafeRawBufferPointer(rebasing: bytes.prefix(7))) }
    disk.read = { file, buffer, offset in
      Disk.real.read(file, UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(13)), offset)
    }
    let (lines, failure) = live(disk, folder.file())
    #expect(failure == nil)
    #expect(try RecordReader.read(path: folder.file()).lines == lines)
  }

  @Test(arguments: ["write", "syncData"]) func aFailurePoisonsForGoodAndIsCutOff(call: String) throws {
    let fails = Monitor(false)
    let calls = Monitor<[String]>([])
    var disk = Disk.real
    disk.write = { file, bytes in
      calls.access { $0.append("write") }
      guard call == "write", fails.access({ $0 }) else { return Disk.real.write(file, bytes) }
      // Part of it lands first, as on a full disk.
      _ = Disk.real.write(file, UnsafeRawBufferPointer(rebasing: bytes.prefix(20)))
      return -Int(ENOSPC)
    }
    disk.syncData = { file in
      calls.access { $0.append("syncData") }
      return call == "syncData" && fails.access { $0 } ? -Int(EIO) : Disk.real.syncData(file)
    }
    let writer = try RecordWriter.create(path: folder.file(), session: "s", app: "0", at: noon, disk: disk)
    let kept = try writer.appendAndWait([note("kept")], at: noon, by: "host", cmd: someCommand)
    let bytes = try Disk.real.contents(of: folder.file())
    let hash = writer.acknowledgedHash
    fails.access { $0 = true }
    #expect(throws: call == "write" ? RecordError.diskFull : .writeFailed("Input/output error")) {
      try writer.appendAndWait([note("lost")], at: noon, by: "host", cmd: someCommand)
    }
    let before = calls.access { $0 }
    fails.access { $0 = false }
    #expect(writer.isPoisoned)
    #expect(writer.lastError != nil)
    for _ in 0..<3 {
      let error = #expect(throws: RecordError.self) {
        try writer.appendAndWait([note("never")], at: noon, by: "host", cmd: someCommand)
      }
      guard case .poisoned? = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
    #expect(calls.access { $0 } == before)
    #expect(try Disk.real.contents(of: folder.file()) == bytes)
    #expect(writer.acknowledgedHash == hash)

    // The way out: a new file with all that was acknowledged, in which the record goes on.
    let other = folder.file("elsewhere.jsonl")
    let next = try writer.continueElsewhere(path: other)
    #expect(try Disk.real.contents(of: other) == bytes)
    let more = try next.appendAndWait([note("on")], at: noon, by: "host", cmd: someCommand)
    #expect(more.map(\.seq) == [kept.count + 1])
    next.close()
    #expect(try RecordCheck.check(path: other).isGood)
  }

  @Test func allThatWaitAreToldOfTheFailure() throws {
    let gate = Monitor(false)
    var disk = Disk.real
    disk.syncData = { _ in
      gate.wait { $0 ? true : nil }
      return -Int(EIO)
    }
    let writer = try RecordWriter.create(path: folder.file(), session: "s", app: "0", at: noon, disk: disk)
    let failures = Monitor(0)
    for number in 0..<20 {
      try writer.append([note("\(number)")], at: noon, by: "host", cmd: someCommand) { result in
        if case .failure = result { failures.access { $0 += 1 } }
      }
    }
    gate.access { $0 = true }
    writer.close()
    #expect(failures.access { $0 } == 20)
    #expect(try RecordReader.read(path: folder.file()).lines.count == 1)
  }

  @Test func continuingElsewhereCanBeTriedAgain() throws {
    let writer = try RecordWriter.create(path: folder.file(), session: "s", app: "0", at: noon)
    try writer.appendAndWait([note("kept")], at: noon, by: "host", cmd: someCommand)
    let path = folder.file("elsewhere")
    let faulty = FaultyDisk()
    #expect(throws: RecordError.diskFull) {
      try writer.continueElsewhere(path: path, disk: faulty.disk(failing: 3, with: ENOSPC))
    }
    let next = try writer.continueElsewhere(path: path, disk: .real)
    #expect(next.acknowledgedBytes == writer.acknowledgedBytes)
  }

  @Test func aNearlyFullDiskKeepsRoomForTheClosingLines() throws {
    let free = Monitor(1 << 30)
    var disk = Disk.real
    disk.freeBytes = { _ in free.access { $0 } }
    let writer = try RecordWriter.create(path: folder.file(), session: "s", app: "0", at: noon, disk: disk)
    func append(closing: Bool = false) throws {
      try writer.appendAndWait([note("x")], at: noon, by: "host", cmd: someCommand, closing: closing)
    }
    /// Reads the warning, and waits for the measurement that this asks for.
    func warning() -> Bool {
      defer { writer.state.wait { $0.wantsFreeBytes ? nil : true } }
      return writer.freeSpaceWarning
    }
    #expect(!warning())
    free.access { $0 = 63 << 20 }
    try append()
    #expect(warning())
    free.access { $0 = 1 << 19 }
    try append()
    #expect(throws: RecordError.diskNearlyFull) { try append() }
    #expect(!writer.isPoisoned)
    try append(closing: true)
    try writer.seal(at: noon, cmd: someCommand)
    // Space was made: the next question or refusal asks for a new measurement.
    free.access { $0 = 1 << 30 }
    #expect(throws: RecordError.diskNearlyFull) { try append() }
    writer.state.wait { $0.wantsFreeBytes ? nil : true }
    try append()
    #expect(!warning())
    #expect(try RecordReader.read(path: folder.file()).lines.count == 6)
  }

  /// A large file is read by several threads, each a part of it; where one finds nothing, the file ends for all.
  @Test(arguments: [nil, 0..<20_000_000, 5_000_001..<5_000_002, 15_000_000..<20_000_000] as [Range<Int>?])
  func aLargeFileIsReadAsFarAsItReaches(gone: Range<Int>?) throws {
    // A prime number of bytes that come back, so that no two parts begin alike.
    let page = (0..<4099).map { UInt8(truncatingIfNeeded: $0 * $0 >> 3) }
    var whole: [UInt8] = []
    while whole.count < 20_000_000 { whole += page }
    let file = whole
    var disk = Disk.real
    disk.size = { _ in file.count }
    // Less at a time than was asked for, and a file that may have changed since its size was told.
    disk.read = { _, buffer, offset in
      var end = min(offset + buffer.count, offset + (1 << 20) + 3, file.count)
      if let gone, offset < gone.upperBound, end > gone.lowerBound { end = max(offset, gone.lowerBound) }
      file.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<end])) }
      return end - offset
    }
    #expect(try disk.readAll(3, path: "large") == Array(file[..<(gone?.lowerBound ?? file.count)]))
  }

  @Test func aLargeFileThatCannotBeReadSomewhereIsNotRead() {
    var disk = Disk.real
    disk.size = { _ in 40 << 20 }
    disk.read = { _, buffer, offset in
      if (30 << 20..<31 << 20).contains(offset) { return -Int(EIO) }
      return min(buffer.count, 1 << 20)
    }
    #expect(throws: RecordError.readFailed(errorText(Int(EIO)))) { try disk.readAll(3, path: "large") }
  }

  @Test func aFileSizeLimitIsAnErrorAndNotTheEnd() throws {
    RecordWriter.ignoreWriteSignals()
    var action = sigaction()
    sigaction(SIGXFSZ, nil, &action)
    // SIG_IGN is the address 1.
    #expect(unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1)
    sigaction(SIGPIPE, nil, &action)
    #expect(unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1)
  }

  @Test func everyErrorSaysWhatToDoInBothLanguages() {
    let errors: [RecordError] = [
      .notFound("p"), .exists("p"), .noPermission("p"), .heldBy(pid: 7), .heldBy(pid: nil),
      .damaged(line: 3, offset: 99, reason: .chain), .needsNewerVersion("x v2"),
      .lineTooLong(type: "t", bytes: 70_000),
      .invalidDraft(type: "t", "v"), .diskNearlyFull, .diskFull, .readFailed("EIO"), .writeFailed("EIO"),
      .poisoned("EIO"),
      .closed, .copyDiffers(line: 3), .copyDamaged(line: 3), .copyTooShort(lines: 3),
    ]
    #expect(Set(errors.map(\.phrase.nl)).count == errors.count)
    #expect(Set(errors.map(\.phrase.en)).count == errors.count)
    // What is wrong, then what to do: two sentences at least.
    for text in errors.flatMap({ [$0.phrase.nl, $0.phrase.en] }) {
      #expect(text.hasSuffix(".") && text.contains { ".;,".contains($0) } && text.count > 40, "\(text)")
    }
  }
}

@Suite struct LockTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  @Test func aSecondWriterInThisProcessIsRefused() throws {
    let writer = try RecordWriter.create(path: folder.file(), session: "s", app: "0", at: noon)
    #expect(throws: RecordError.heldBy(pid: Int(getpid()))) {
      try RecordWriter.open(path: folder.file(), at: noon, knows: knowsAll)
    }
    #expect(throws: RecordError.heldBy(pid: Int(getpid()))) {
      try RecordCheck.repair(path: folder.file(), from: [folder.file()])
    }
    // The refused attempt leaves the first writer and its lock alone.
    try writer.appendAndWait([note("x")], at: noon, by: "host", cmd: someCommand)
    #expect(shell("flock -n '\(folder.file())' true").code == 1)
    writer.close()
    #expect(shell("flock -n '\(folder.file())' true").code == 0)
    #expect(try RecordWriter.open(path: folder.file(), at: noon, knows: knowsAll).1.lines.count == 2)
  }

  @Test func aWriterInAnotherProcessIsNamed() throws {
    try RecordWriter.create(path: folder.file(), session: "s", app: "0", at: noon).close()
    var pipes: [Int32] = [0, 0]
    try #require(pipe(&pipes) == 0)
    // The shell holds the lock until its input ends, and says so through the pipe.
    let other = popen(
      "exec 9<'\(folder.file())'; flock -n 9 && echo $$ > /dev/fd/\(pipes[1]); cat > /dev/null", "w")
    try #require(other != nil)
    var answer = [UInt8](repeating: 0, count: 20)
    let count = read(pipes[0], &answer, answer.count)
    let pid = try #require(Int(String(decoding: answer[..<max(0, count - 1)], as: UTF8.self)))
    let error = #expect(throws: RecordError.self) {
      try RecordWriter.open(path: folder.file(), at: noon, knows: knowsAll)
    }
    // The lock was taken by the child `flock`, whose number the kernel keeps; it may be gone by now.
    guard case .heldBy(let holder)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(holder != nil && holder != Int(getpid()) && pid > 0)
    #expect(try RecordReader.read(path: folder.file()).lines.count == 1)
    if let other { pclose(other) }
    close(pipes[0])
    close(pipes[1])
    let (writer, _) = try RecordWriter.open(path: folder.file(), at: noon, knows: knowsAll)
    writer.close()
  }

  /// A child that the program starts must not keep the lock alive.
  @Test func aChildDoesNotInheritTheFile() throws {
    let writer = try RecordWriter.create(path: folder.file(), session: "s", app: "0", at: noon)
    #expect(shell("ls -l /proc/self/fd").output.contains("record.jsonl") == false)
    writer.close()
  }
}
