import Glibc
import Ground
import Testing

@testable import Record

@Suite struct RecoveryTests {
  let folder: TemporaryFolder
  let whole: [UInt8]
  /// The offset behind each line of the sample, 0 in front.
  let ends: [Int]
  init() throws {
    folder = try TemporaryFolder()
    whole = try sampleRecord()
    ends = [0] + whole.indices.filter { [whole] in whole[$0] == 10 }.map { $0 + 1 }
  }

  func open(_ path: String) throws -> (RecordWriter, OpenReport) {
    try RecordWriter.open(path: path, at: noon + 60_000, knows: knowsAll, disk: .unsynced)
  }

  /// The lines of the sample that lie whole in its first `count` bytes.
  func wholeLines(_ count: Int) -> Int { ends.count { $0 <= count } - 1 }

  @Test func everyTruncationKeepsAllWholeLinesAndTheRecordGoesOn() throws {
    for count in 1..<whole.count {
      let path = try folder.write(whole[..<count], to: "r\(count)")
      let lines = wholeLines(count)
      guard lines > 0 else {
        #expect(throws: RecordError.damaged(line: 1, offset: 0, reason: .empty)) { try open(path) }
        continue
      }
      let (writer, report) = try open(path)
      let torn = count - ends[lines]
      #expect(report.recovered?.bytes == (torn == 0 ? nil : torn))
      #expect(report.lines.count == lines + (torn == 0 ? 0 : 1))
      if torn > 0 {
        #expect(
          report.lines.last?.type == "record.recovered" && report.lines.last?.data == ["bytes": .int(torn)])
        #expect(try Disk.real.contents(of: path + ".torn") == Array(whole[ends[lines]..<count]))
      }
      try writer.appendAndWait([note("on")], at: noon, by: "host", cmd: someCommand)
      writer.close()
      #expect(try Disk.real.contents(of: path).starts(with: whole[..<ends[lines]]))
      #expect(try RecordCheck.check(path: path).isGood)
    }
  }

  /// No single flipped bit is accepted in silence, and none makes the program cut an acknowledged line.
  @Test func everyFlippedBitIsRefusedAndNothingIsCut() throws {
    for bit in 0..<whole.count * 8 {
      var copy = whole
      copy[bit / 8] ^= 1 << UInt8(bit % 8)
      let scan = Scan(copy)
      guard scan.damage == nil || scan.isTorn else { continue }
      Issue.record("bit \(bit): \(String(describing: scan.damage))")
    }
    // The last line feed, and a space that becomes NUL, look like a torn batch.
    var endless = whole
    endless[whole.count - 1] = 0x0B
    let space = try #require(whole.lastIndex(of: 0x20))
    var nul = whole
    nul[space] = 0
    for damaged in [endless, nul] {
      let path = try folder.write(damaged)
      let error = #expect(throws: RecordError.self) { try open(path) }
      guard case .damaged(_, _, .flippedBit)? = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(try Disk.real.contents(of: path) == damaged)
    }
  }

  @Test func aBatchWithHolesIsPutAsideOnlyWithinReachOfACrash() throws {
    let batch = Crafted.record((0..<9).map { Crafted(seq: "\($0)") })
    for (filling, isTorn) in [(0, true), (250_000, true), (262_144, false)] {
      var tail = Array(batch)
      for index in 40..<90 { tail[index] = 0 }
      tail += [UInt8](repeating: 0x61, count: filling) + [10]
      let path = try folder.write(whole + tail)
      guard isTorn else {
        #expect(throws: RecordError.damaged(line: ends.count, offset: whole.count, reason: .nul)) {
          try open(path)
        }
        continue
      }
      let (writer, report) = try open(path)
      #expect(report.recovered == .init(bytes: tail.count, path: path + ".torn"))
      writer.close()
      _ = unlink(path + ".torn")
    }
    for tail in [[0], [UInt8](repeating: 0, count: 400_000), Array("{\"seq\":".utf8)] as [[UInt8]] {
      let path = try folder.write(whole + tail)
      let (writer, report) = try open(path)
      #expect(report.recovered?.bytes == tail.count)
      writer.close()
      _ = unlink(path + ".torn")
    }
  }

  @Test func anEarlierTornCopyIsKept() throws {
    for (number, name) in [(1, ".torn"), (2, ".torn.2"), (3, ".torn.3")] {
      let path = try folder.write(whole + [UInt8](repeating: 0x61, count: number))
      #expect(try open(path).1.recovered == .init(bytes: number, path: path + name))
    }
  }

  @Test func damageFurtherBackIsNamedAndTheRestStaysReadable() throws {
    var copy = whole
    copy[ends[1] + 100] ^= 1
    let path = try folder.write(copy)
    #expect(throws: RecordError.damaged(line: 2, offset: ends[1], reason: .chain)) { try open(path) }
    let contents = try RecordReader.read(path: path)
    #expect(contents.damage == Damage(line: 2, offset: ends[1], reason: .chain))
    #expect(contents.lines.map(\.seq) == [0])
    // The line behind the damaged one follows from the hash that the damaged one still bears.
    #expect(contents.islands.map { $0.lines.map(\.seq) } == [[2, 3, 4, 5]])
    #expect(contents.islands.first?.isHeadProven == true)
    #expect(contents.islands.first?.firstLine == 3)
    #expect(try Disk.real.contents(of: path) == copy)
  }

  @Test func linesThatAreMissingTwiceThereOrSwapped() throws {
    func line(_ number: Int) -> ArraySlice<UInt8> { whole[ends[number]..<ends[number + 1]] }
    let missing = try folder.write(line(0) + line(2) + line(3) + line(4), to: "missing")
    #expect(throws: RecordError.damaged(line: 2, offset: ends[1], reason: .seq(expected: 1))) {
      try open(missing)
    }
    let islands = try RecordReader.read(path: missing).islands
    #expect(islands.map { $0.lines.map(\.seq) } == [[2, 3, 4]])
    #expect(islands.first?.isHeadProven == false)
    let twice = try folder.write(line(0) + line(1) + line(1) + line(2) + line(3), to: "twice")
    #expect(throws: RecordError.damaged(line: 3, offset: ends[2], reason: .seq(expected: 2))) {
      try open(twice)
    }
    let swapped = try folder.write(line(0) + line(2) + line(1) + line(3), to: "swapped")
    #expect(throws: RecordError.damaged(line: 2, offset: ends[1], reason: .seq(expected: 1))) {
      try open(swapped)
    }
  }

  @Test func aRecordOfANewerVersionIsReadOnly() throws {
    let newer = Crafted(seq: "0", type: "record.opened", data: #"{"format":1,"min_reader":2}"#)
    let path = try folder.write(Crafted.record([newer]))
    #expect(throws: RecordError.needsNewerVersion("min_reader 2")) { try open(path) }
    #expect(try RecordReader.read(path: path).lines.count == 1)
  }

  @Test func unknownTypesMakeARecordReadOnlyAndForeignOnesAreCounted() throws {
    let path = try folder.write(whole)
    let (writer, report) = try open(path)
    #expect(report.foreignLines == 1)
    writer.close()
    for (knows, what) in [
      ({ type, _ in type != "contribution.added" }, "contribution.added v1"),
      ({ _, _ in false }, "contribution.added v1"),
    ] as [((String, Int) -> Bool, String)] {
      #expect(throws: RecordError.needsNewerVersion(what, madeBy: "0.1.0")) {
        try RecordWriter.open(path: path, at: noon, knows: knows)
      }
    }
    let versioned = try folder.write(
      Crafted.record([.opened, Crafted(seq: "1", version: "\"v\":2,")]), to: "versioned")
    #expect(throws: RecordError.needsNewerVersion("contribution.added v2")) {
      try RecordWriter.open(path: versioned, at: noon, knows: { $1 == 1 })
    }
    let own = try folder.write(
      Crafted.record([.opened, Crafted(seq: "1", type: "clock.adjusted", version: "\"v\":2,")]), to: "own")
    #expect(throws: RecordError.needsNewerVersion("clock.adjusted v2")) { try open(own) }
  }

  @Test func aSealThatDoesNotFitIsDamage() throws {
    let bad = Crafted(
      seq: "2", type: "record.sealed",
      data: "{\"upto\":1,\"sha256\":\"\(String(repeating: "0", count: 64))\"}")
    let front = Crafted.record([.opened, Crafted(seq: "1")])
    let path = try folder.write(Crafted.record([.opened, Crafted(seq: "1"), bad, Crafted(seq: "3")]))
    #expect(throws: RecordError.damaged(line: 3, offset: front.count, reason: .seal)) { try open(path) }
    let contents = try RecordReader.read(path: path)
    #expect(contents.lines.count == 2)
    #expect(contents.hash == String(decoding: front.suffix(35).prefix(32), as: UTF8.self))
  }
}

@Suite struct RepairTests {
  let folder: TemporaryFolder
  let lines: [[UInt8]]
  let whole: [UInt8]
  init() throws {
    folder = try TemporaryFolder()
    whole = Crafted.record([.opened] + (1..<20).map { Crafted(seq: "\($0)", data: "{\"n\":\($0)}") })
    lines = whole.split(separator: 10).map { Array($0) + [10] }
  }

  func repair(_ damaged: [UInt8], with copy: [UInt8]) throws -> RepairReport? {
    _ = shell("rm -f '\(folder.path)'/*")
    return try RecordCheck.repair(
      path: try folder.write(damaged), from: [try folder.write(copy, to: "copy")])
  }

  func joined(_ parts: [[UInt8]]) -> [UInt8] { Array(parts.joined()) }

  @Test func aCopyBringsEveryDamagedRecordBackByteForByte() throws {
    var holed = whole
    for index in 300..<2200 { holed[index] = 0 }
    var flipped = whole
    flipped[joined(Array(lines[..<7])).count + 60] ^= 4
    for damaged in [
      holed, flipped, joined(Array(lines[..<5] + lines[6...])), joined(Array(lines[..<5] + lines[4...])),
      Array(whole[..<1000]), [], [0], joined(lines.reversed()),
    ] {
      let report = try repair(damaged, with: whole)
      #expect(report?.lines == 20)
      #expect(try Disk.real.contents(of: folder.file()) == whole)
      #expect(try Disk.real.contents(of: report?.damagedCopy ?? "") == damaged)
    }
  }

  @Test func aShorterCopyServesWhereItBridgesTheDamage() throws {
    var flipped = whole
    flipped[joined(Array(lines[..<7])).count + 60] ^= 4
    #expect(try repair(flipped, with: joined(Array(lines[..<8])))?.fetched == 1)
    #expect(try Disk.real.contents(of: folder.file()) == whole)
    #expect(try repair(flipped, with: joined(Array(lines[..<12])) + [1, 2])?.fetched == 1)
    #expect(try Disk.real.contents(of: folder.file()) == whole)
    #expect(throws: RecordError.copyTooShort(lines: 7)) {
      try repair(flipped, with: joined(Array(lines[..<7])))
    }
    #expect(try Disk.real.contents(of: folder.file()) == flipped)
    // Two damaged places, and a copy that reaches the first only: lines would be lost.
    flipped[joined(Array(lines[..<15])).count + 60] ^= 4
    #expect(throws: RecordError.copyTooShort(lines: 15)) {
      try repair(flipped, with: joined(Array(lines[..<9])))
    }
    #expect(try Disk.real.contents(of: folder.file()) == flipped)
  }

  @Test func aCopyOfAnotherConferenceOrADamagedOneIsRefused() throws {
    var flipped = whole
    flipped[joined(Array(lines[..<7])).count + 60] ^= 4
    let other = Crafted.record(
      [.opened] + (1..<20).map { Crafted(seq: "\($0)", data: "{\"n\":\($0 / 5 * 6)}") })
    #expect(throws: RecordError.copyDiffers(line: 2)) { try repair(flipped, with: other) }
    let fork = Crafted.record(
      [.opened] + (1..<20).map { Crafted(seq: "\($0)", data: "{\"n\":\($0 == 7 ? 0 : $0)}") })
    #expect(throws: RecordError.copyDiffers(line: 9)) { try repair(flipped, with: fork) }
    #expect(throws: RecordError.copyDamaged(line: 8)) { try repair(flipped, with: flipped) }
    #expect(try Disk.real.contents(of: folder.file()) == flipped)
  }

  @Test func aGoodRecordIsLeftAlone() throws {
    #expect(try repair(whole, with: whole) == nil)
    #expect(try repair(whole + [1], with: whole) == nil)
  }
}
