import Conference
import Ground
import Synchronization
import Testing
import Wire

@testable import Device
@testable import Record

@Suite("What a device keeps on its disk")
struct FileTests {
  /// A record of some lines, as bytes with the offset behind each line.
  private static func record(_ folder: Folder) throws -> (bytes: [UInt8], ends: [Int]) {
    let writer = try RecordWriter.create(
      path: folder.file("source.jsonl"), session: "proef", app: "test", at: Hall.noon)
    for number in 1...3 {
      try writer.appendAndWait(
        [Draft(type: "x.test", data: ["n": .int(number)])], at: Hall.noon, by: "host", cmd: .random())
    }
    writer.close()
    let bytes = folder.read("source.jsonl")
    return (bytes, bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 })
  }

  private static func lines(_ bytes: [UInt8]) -> [[UInt8]] { bytes.split(separator: 0x0A).map { Array($0) } }

  @Test func aCopyCutAnywhereGoesOnFromItsLastWholeLine() throws {
    let folder = try Folder()
    let (bytes, ends) = try Self.record(folder)
    for size in 0...bytes.count {
      // Bytes that never landed read as NUL.
      for tail in [[], [UInt8](repeating: 0, count: 5)] {
        try folder.write("record.jsonl", bytes[..<size] + tail)
        let (replica, contents) = try Replica.open(path: folder.file("record.jsonl"))
        let whole = ends.count { $0 <= size }
        #expect(contents.lines.count == whole && contents.damagedCopy == nil, "\(size)")
        #expect(replica.mark?.seq == (whole == 0 ? nil : whole - 1))
        for line in Self.lines(bytes) { _ = try replica.take(line) }
        replica.flush()
        #expect(folder.read("record.jsonl") == bytes)
      }
    }
  }

  @Test func aCopyThatWentBadIsKeptAside() throws {
    let folder = try Folder()
    let (bytes, ends) = try Self.record(folder)
    var bad = bytes
    bad[ends[0] + 60] ^= 1
    try folder.write("record.jsonl", bad)
    let (replica, contents) = try Replica.open(path: folder.file("record.jsonl"))
    #expect(contents.lines.count == 1)
    #expect(contents.damagedCopy == folder.file("record.jsonl.damaged"))
    #expect(folder.read("record.jsonl.damaged") == bad)
    for line in Self.lines(bytes) { _ = try replica.take(line) }
    replica.flush()
    #expect(folder.read("record.jsonl") == bytes)
  }

  @Test func aCopyTakesNoLineWithAnyBitWrong() throws {
    let folder = try Folder()
    let lines = Self.lines(try Self.record(folder).bytes)
    let (replica, _) = try Replica.open(path: folder.file("record.jsonl"))
    _ = try replica.take(lines[0])
    for place in lines[1].indices {
      for bit in 0..<8 {
        var line = lines[1]
        line[place] ^= 1 << UInt8(bit)
        // A place in front of the end is one it has: passed over, not written.
        let taken = try? replica.take(line)
        #expect(taken == nil, "\(place).\(bit)")
      }
    }
    replica.flush()
    #expect(folder.read("record.jsonl") == lines[0] + [0x0A])
    #expect(throws: DamageReason.seq(expected: 1)) { try replica.take(lines[2]) }
  }

  @Test func aCopyOnAFullDiskStaysARecord() throws {
    let folder = try Folder()
    let bytes = try Self.record(folder).bytes
    let room = Mutex(1)
    var disk = Disk.real
    let write = disk.write
    disk.write = { file, bytes in
      let hasRoom = room.withLock { room in
        room -= 1
        return room >= 0
      }
      // What still fits is written, as a real disk does it.
      if hasRoom { return write(file, bytes) }
      return write(file, UnsafeRawBufferPointer(rebasing: bytes.prefix(7))) < 7 ? -1 : -28
    }
    let troubles = Mutex<[Phrase]>([])
    let (replica, _) = try Replica.open(
      AppendFile(path: folder.file("record.jsonl"), disk: disk)
    ) { trouble in troubles.withLock { $0.append(trouble) } }
    var given = 0
    for line in Self.lines(bytes) {
      if try replica.take(line) != nil { given += 1 }
      replica.flush()
    }
    // All lines are given; the file holds those that were safe.
    #expect(given == 4)
    #expect(folder.read("record.jsonl") == Self.lines(bytes)[0] + [0x0A])
    #expect(troubles.withLock { $0 } == [.copyStops(.diskFull)])
  }

  // MARK: The outbox

  private func open(_ folder: Folder) throws -> (Outbox, damagedCopy: String?) {
    try Outbox.open(path: folder.file("outbox.jsonl"), conference: Hall.conference, at: Hall.noon)
  }

  private func keep(_ outbox: Outbox, _ number: UInt64) {
    let id = CommandID(high: 0, low: number)
    let body: JSON = ["type": "marker.set", "data": ["text": .string("é\"\(number)")]]
    outbox.keep(body, key: id, at: Hall.noon) { _ in outbox.release(id) }
  }

  @Test func anOutboxCutAnywhereHoldsWhatWasConfirmed() throws {
    let folder = try Folder()
    let (outbox, _) = try open(folder)
    for number in 1...2 { keep(outbox, UInt64(number)) }
    outbox.settle(CommandID(high: 0, low: 1), .inRecord(seq: 9), at: Hall.noon)
    outbox.settle(CommandID(high: 0, low: 2), .refused(Phrase(nl: "n", en: "n")), at: Hall.noon)
    keep(outbox, 3)
    outbox.close()
    let bytes = folder.read("outbox.jsonl")
    let ends = bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
    // Behind each line: the keys that are kept, and those refused.
    let kept: [[UInt64]] = [[], [], [1], [1, 2], [2], [], [3]]
    let refused: [[UInt64]] = [[], [], [], [], [], [2], [2]]
    func keys(_ numbers: [UInt64]) -> [CommandID] { numbers.map { CommandID(high: 0, low: $0) } }
    for size in 0...bytes.count {
      try folder.write("outbox.jsonl", bytes[..<size])
      let whole = ends.count { $0 <= size }
      // Where it is opened a second time, nothing is torn any more.
      for _ in 0...(size.isMultiple(of: 50) ? 1 : 0) {
        let (outbox, damaged) = try open(folder)
        #expect(damaged == nil)
        let entries = outbox.entries
        #expect(entries.filter { $0.state == .kept }.map(\.key) == keys(kept[whole]))
        #expect(entries.filter { $0.state != .kept }.map(\.key) == keys(refused[whole]))
        #expect(outbox.next?.key == keys(kept[whole]).first)
        outbox.close()
      }
    }
  }

  @Test func anOutboxKeepsWhatIsDoneForAHostThatLostIt() throws {
    let folder = try Folder()
    let (outbox, _) = try open(folder)
    for number in 1...3 { keep(outbox, UInt64(number)) }
    let help = CommandID(high: 0, low: 4)
    outbox.keep(["type": "help.ask", "data": ["table": 3]], key: help, at: Hall.noon) { _ in
      outbox.release(help)
    }
    keep(outbox, 5)
    let keys = (1...5).map { CommandID(high: 0, low: $0) }
    for place in [0, 1, 3] { outbox.settle(keys[place], .inRecord(seq: place + 9), at: Hall.noon) }
    outbox.close()
    #expect(outbox.entries.map(\.key) == [keys[2], keys[4]])
    let (again, _) = try open(folder)
    #expect(again.entries.map(\.key) == [keys[2], keys[4]])
    again.sendAgain(at: Hall.noon)
    // In the order in which they were given, and without the call for help.
    #expect(again.entries.map(\.key) == [keys[0], keys[1], keys[2], keys[4]])
    #expect(again.next?.key == keys[0])
    again.close()
    let (last, _) = try open(folder)
    #expect(last.entries.map(\.key) == [keys[0], keys[1], keys[2], keys[4]])
    last.close()
  }

  @Test func anOutboxDoesNotGrowForEver() throws {
    let folder = try Folder()
    let (outbox, _) = try open(folder)
    for number in 1...2_500 {
      keep(outbox, UInt64(number))
      outbox.settle(CommandID(high: 0, low: UInt64(number)), .inRecord(seq: number), at: Hall.noon)
    }
    outbox.close()
    let size = folder.read("outbox.jsonl").count
    for _ in 1...3 { try open(folder).0.close() }
    #expect(folder.read("outbox.jsonl").count <= size)
    let (again, _) = try open(folder)
    again.sendAgain(at: Hall.noon)
    #expect(again.entries.map(\.key) == (501...2_500).map { CommandID(high: 0, low: UInt64($0)) })
    again.close()
  }

  @Test func anOutboxForgetsWhatIsDone() throws {
    let folder = try Folder()
    let (outbox, _) = try open(folder)
    for number in 1...3 { keep(outbox, UInt64(number)) }
    outbox.settle(CommandID(high: 0, low: 1), .inRecord(seq: 9), at: Hall.noon)
    outbox.settle(CommandID(high: 0, low: 2), .refused(Phrase(nl: "nee", en: "no")), at: Hall.noon)
    outbox.close()
    let (again, _) = try open(folder)
    #expect(again.entries.map(\.state) == [.refused(Phrase(nl: "nee", en: "no")), .kept])
    again.forget(CommandID(high: 0, low: 2), at: Hall.noon)
    // What is kept cannot be forgotten.
    again.forget(CommandID(high: 0, low: 3), at: Hall.noon)
    #expect(again.entries.map(\.key) == [CommandID(high: 0, low: 3)])
    again.close()
    let (last, _) = try open(folder)
    last.close()
    let types = try RecordReader.read(path: folder.file("outbox.jsonl")).lines.map(\.type)
    #expect(types == ["record.opened", "cmd.queued", "cmd.done", "cmd.queued"])
    #expect(folder.names == ["outbox.jsonl"])
  }

  @Test func anOutboxThatWentBadGivesWhatCanBeRead() throws {
    let folder = try Folder()
    let (outbox, _) = try open(folder)
    for number in 1...4 { keep(outbox, UInt64(number)) }
    outbox.close()
    var bytes = folder.read("outbox.jsonl")
    let ends = bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
    bytes[ends[1] + 60] ^= 1
    try folder.write("outbox.jsonl", bytes)
    let (again, damagedCopy) = try open(folder)
    #expect(damagedCopy == folder.file("outbox.jsonl.damaged"))
    #expect(again.entries.map(\.key) == [1, 3, 4].map { CommandID(high: 0, low: $0) })
    again.close()
    #expect(try RecordReader.read(path: folder.file("outbox.jsonl")).damage == nil)
  }

  @Test(arguments: [(-28, RecordError.diskFull), (-5, .writeFailed(errorText(5)))])
  func anOutboxThatCannotWriteDoesNotPretend(number: Int, error: RecordError) throws {
    let folder = try Folder()
    var disk = Disk.real
    let fails = Mutex(false)
    let write = disk.write
    disk.write = { file, bytes in fails.withLock { $0 } ? number : write(file, bytes) }
    let writer = try RecordWriter.create(
      path: folder.file("outbox.jsonl"), session: "x", app: "test", at: Hall.noon, disk: disk)
    let outbox = Outbox(writer, [])
    keep(outbox, 1)
    let outcomes = Mutex<[String]>([])
    func keepNow(_ number: UInt64) {
      let id = CommandID(high: 0, low: number)
      outbox.keep(["type": "marker.set", "data": [:]], key: id, at: Hall.noon) { result in
        if case .failure(let error) = result { outcomes.withLock { $0.append(Phrase.notKept(error).en) } }
      }
    }
    // Whoever waits for a line of the same writer has waited for those in front of it.
    try writer.appendAndWait([], at: Hall.noon, by: "device", cmd: .random())
    fails.withLock { $0 = true }
    keepNow(2)
    keepNow(3)
    outbox.close()
    keepNow(4)
    #expect(outbox.entries.map(\.key) == [CommandID(high: 0, low: 1)])
    // Those behind the first are refused with it, or by a writer that writes no more, whichever comes first.
    let words = outcomes.withLock { $0 }
    #expect(words.count == 3 && words.contains(Phrase.notKept(error).en))
    let later = [Phrase.notKept(error).en, Phrase.notKept(.poisoned(errorText(-number))).en]
    #expect(words.allSatisfy(later.contains), "\(words)")
    let lines = try RecordReader.read(path: folder.file("outbox.jsonl")).lines
    #expect(lines.map(\.type) == ["record.opened", "cmd.queued"])
  }

  @Test func waitsLongerAndLongerByLot() {
    func waits(_ seed: UInt64) -> [Interval] {
      var backoff = Backoff(1000...30_000, random: SplitMix64(seed: seed))
      return (0..<200).map { _ in backoff.next() }
    }
    #expect(waits(1) == waits(1))
    #expect(waits(1) != waits(2))
    for seed in 0..<20 as Range<UInt64> {
      let all = waits(seed)
      #expect(all[0] == 0)
      #expect(all.dropFirst().allSatisfy { (1000...30_000).contains($0) })
      #expect(all[1] <= 2000 && all[2] <= 4000 && all[3] <= 8000)
    }
    #expect(waits(3).max().map { $0 > 25_000 } == true)
    var backoff = Backoff(1000...30_000, random: SplitMix64(seed: 1))
    _ = [backoff.next(), backoff.next()]
    backoff.reset()
    #expect(backoff.next() == 0)
  }
}
