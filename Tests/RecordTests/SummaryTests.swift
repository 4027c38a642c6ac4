import Glibc
import Ground
import Testing

@testable import Record

struct SummaryTests {
  private let folder: TemporaryFolder
  private let record: String
  private let summary: JSON = ["title": "Wat kan er beter?", "status": "closed"]

  init() throws {
    folder = try TemporaryFolder()
    record = try folder.write(try sampleRecord())
  }

  private func keep() throws { RecordSummary.write(summary, of: record, try RecordReader.read(path: record)) }

  @Test func isReadBackAsItWasKept() throws {
    #expect(RecordSummary.read(record) == nil)
    try keep()
    #expect(RecordSummary.read(record)?.json == summary)
    try keep()
    #expect(shell("ls '\(folder.path)'").output == "record.jsonl\nrecord.jsonl.snap\n")
  }

  /// What was written since, cut off since, or put in its place: the summary is of another record.
  @Test func holdsForThisRecordOnly() throws {
    let whole = try Disk.real.contents(of: record)
    try keep()
    let shorter = try #require(Scan(whole).ends.dropLast().last)
    _ = try folder.write(whole[..<shorter])
    #expect(RecordSummary.read(record) == nil)
    _ = try folder.write(Crafted.record([.opened, Crafted(seq: "1")]))
    #expect(RecordSummary.read(record) == nil)
    _ = try folder.write(whole + [0x7B])
    #expect(RecordSummary.read(record) == nil)
    _ = try folder.write([])
    #expect(RecordSummary.read(record) == nil)
    _ = try folder.write(whole)
    #expect(RecordSummary.read(record)?.json == summary)
  }

  @Test func everyFlippedBitAndEveryCutIsRefused() throws {
    try keep()
    let kept = try Disk.real.contents(of: RecordSummary.path(of: record))
    for place in kept.indices {
      for bit in 0..<8 {
        var bytes = kept
        bytes[place] ^= 1 << UInt8(bit)
        _ = try folder.write(bytes, to: "record.jsonl.snap")
        #expect(RecordSummary.read(record) == nil, "bit \(bit) of byte \(place)")
      }
      _ = try folder.write(kept[..<place], to: "record.jsonl.snap")
      #expect(RecordSummary.read(record) == nil, "cut to \(place)")
    }
    _ = try folder.write(kept + kept, to: "record.jsonl.snap")
    #expect(RecordSummary.read(record) == nil)
  }

  @Test func aDamagedRecordGetsNone() throws {
    var bytes = try Disk.real.contents(of: record)
    bytes[bytes.count / 2] ^= 1
    _ = try folder.write(bytes)
    try keep()
    #expect(RecordSummary.read(record) == nil)
    #expect(shell("ls '\(folder.path)'").output == "record.jsonl\n")
  }

  /// A full disk or a folder of somebody else is no reason to trouble anybody.
  @Test func whatCannotBeKeptIsLeft() throws {
    var disk = Disk.real
    disk.write = { _, _ in -Int(ENOSPC) }
    RecordSummary.write(summary, of: record, try RecordReader.read(path: record), disk: disk)
    #expect(RecordSummary.read(record) == nil)
    #expect(shell("ls '\(folder.path)'").output == "record.jsonl\n")
  }
}
