import Ground
import Testing

@testable import Record

/// The lines that devices are sent are the bytes of the file.
@Suite struct AcknowledgedLinesTests {
  @Test func wholeLinesFromAnyPlace() throws {
    let folder = try TemporaryFolder()
    let path = folder.file()
    // More than one piece of the bytes that are kept, with batches of one and of many lines.
    var writer = try RecordWriter.create(path: path, session: "proef", app: "1", at: noon)
    for number in 0..<30 {
      let drafts = (0...(number % 5)).map { note(String(repeating: "\($0)é", count: 15_000)) }
      try writer.appendAndWait(drafts, at: noon, by: "host", cmd: someCommand)
    }
    try expectLines(writer, path)
    writer.close()
    // As they were read, with what comes behind them.
    (writer, _) = try RecordWriter.open(path: path, at: noon, knows: knowsAll)
    try writer.appendAndWait([note("on")], at: noon, by: "host", cmd: someCommand)
    try expectLines(writer, path)
    writer.close()
  }

  private func expectLines(_ writer: RecordWriter, _ path: String) throws {
    let file = try Disk.real.contents(of: path)
    #expect(file.count > 2 << 20)
    for limit in [0, 1, 5_000, 100_000, 10 << 20] {
      var (all, seq): ([UInt8], Int) = ([], 0)
      while true {
        let lines = writer.lines(from: seq, atMost: limit)
        if lines.isEmpty { break }
        let count = lines.count { $0 == 0x0A }
        #expect(lines.last == 0x0A && (count == 1 || lines.count <= limit))
        all += lines
        seq += count
      }
      #expect(all == file && seq == writer.acknowledgedCount, "limit \(limit)")
    }
    for seq in [-1, writer.acknowledgedCount, .max] { #expect(writer.lines(from: seq, atMost: 100).isEmpty) }
  }
}
