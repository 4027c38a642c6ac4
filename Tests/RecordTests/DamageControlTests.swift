import Ground
import Testing

@testable import Record

/// Holes of zeros, and proof that the tests of cut, flipped and holed records (RecoveryTests) can fail.
@Suite struct DamageControlTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  /// Every hole of 4 KiB at every block: the lines in front of it stay, and nothing is accepted in silence.
  ///
  /// Near the end it looks like a batch that a crash tore off; further back it is damage, which nobody cuts.
  @Test func everyHoleOfZerosIsSeen() throws {
    let text = String(repeating: "x", count: 7000)
    let whole = Crafted.record(
      [.opened] + (1..<45).map { Crafted(seq: "\($0)", data: "{\"n\":\($0),\"text\":\"\(text)\"}") })
    let ends = Scan(whole).ends
    try #require(whole.count > Scan.maxBatch + 40_000)
    var (torn, refused) = (0, 0)
    for start in stride(from: 0, to: whole.count, by: 4096) {
      var copy = whole
      for index in start..<min(whole.count, start + 4096) { copy[index] = 0 }
      let scan = Scan(copy)
      #expect(scan.ends == Array(ends.prefix { $0 <= start }), "hole at \(start)")
      #expect(scan.damage != nil, "hole at \(start)")
      if scan.isTorn {
        torn += 1
        #expect(whole.count - scan.goodBytes <= Scan.maxBatch, "an old hole at \(start) would be cut")
      } else {
        refused += 1
      }
    }
    #expect(torn > 20 && refused > 5)
  }

  /// Flips whose chain is mended afterwards are accepted: a reader that looked at no hash would be found out.
  @Test func flipsAreSeenByTheChainAlone() throws {
    let heads = try sampleRecord().split(separator: 0x0A).map { Array($0.dropLast(Envelope.tailCount)) }
    var accepted = 0
    for bit in 0..<heads[1].count * 8 {
      var changed = heads
      changed[1][bit / 8] ^= 1 << UInt8(bit % 8)
      guard !changed[1].contains(0x0A) else { continue }
      // Without the seal, which sees it as well.
      if Scan(Crafted.record(heads: Array(changed.dropLast()))).damage == nil { accepted += 1 }
    }
    #expect(accepted > 300)
  }

  /// A writer that does not cut what was torn is found out by the check that follows every truncation.
  @Test func aTornBatchThatIsNotCutIsSeen() throws {
    let whole = try sampleRecord()
    var disk = Disk.unsynced
    disk.truncate = { _, _ in 0 }
    for count in stride(from: whole.count - 100, to: whole.count, by: 9) {
      let path = try folder.write(whole[..<count], to: "r\(count)")
      let (writer, _) = try RecordWriter.open(path: path, at: noon, knows: knowsAll, disk: disk)
      writer.close()
      #expect(try !RecordCheck.check(path: path).isGood)
    }
  }
}
