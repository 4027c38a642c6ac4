import Ground
import Testing

@testable import Record

/// A record written anew with other payloads is a good record that says where it came from.
@Suite struct RedactedRecordTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  /// A record with a note, a seal, a note and two seals, one of which reaches less far.
  private func original() throws -> RecordSource {
    let writer = try RecordWriter.create(path: folder.file(), session: "s", app: "0.1.0", at: noon)
    let early = writer.sealDraft()
    try writer.appendAndWait([note("Anna")], at: noon + 1, by: "note-4", cmd: someCommand)
    try writer.seal(at: noon + 2, cmd: someCommand)
    try writer.appendAndWait([note("Anna")], at: noon + 3, by: "note-4", cmd: someCommand)
    try writer.seal(at: noon + 4, cmd: someCommand)
    try writer.appendAndWait([early], at: noon + 5, by: "host", cmd: someCommand)
    writer.close()
    return try RecordSource(path: folder.file())
  }

  private func renamed(_ lines: [Line], _ name: String) -> [Line] {
    lines.map { line in
      guard line.type == "contribution.added" else { return line }
      return Line(
        seq: line.seq, at: line.at, type: line.type, by: line.by, cmd: line.cmd, data: note(name).data)
    }
  }

  private func write(_ lines: [Line], of source: RecordSource, to name: String = "new", isLinked: Bool = true)
    throws -> String
  {
    try RedactedRecord.write(
      lines, of: source, people: 1, when: noon + 99, isLinked: isLinked, to: folder.file(name))
    return folder.file(name)
  }

  @Test func chainAndSealsAreMadeAnew() throws {
    let source = try original()
    let before = try Disk.real.contents(of: folder.file())
    let new = try write(renamed(source.lines, "Deelnemer 12"), of: source)
    let check = try RecordCheck.check(path: new)
    #expect(check.isGood && check.notices.isEmpty && check.lines == source.lines.count + 1)
    #expect(try Disk.real.contents(of: folder.file()) == before)
    #expect(shell("stat -c %a '\(new)'").output == "600\n")
    #expect(shell("grep -c Anna '\(new)'").output == "0\n")
    #expect(shell("sha256sum < '\(folder.file())'").output.hasPrefix(source.sha256))

    let lines = try RecordReader.read(path: new).lines
    let told = try #require(lines.last)
    #expect(told.type == "record.redacted" && told.at == noon + 5 && told.by == "host")
    #expect(
      told.data == [
        "source": .string(source.sha256), "lines": 6, "sealed": source.lines[5].data, "people": 1,
        "when": .string((noon + 99).rfc3339),
      ])
    let alone = try write(source.lines, of: source, to: "alone", isLinked: false)
    #expect(
      try RecordReader.read(path: alone).lines.last?.data
        == ["lines": 6, "people": 1, "when": .string((noon + 99).rfc3339)])
    // The same seals over the same lines give what the original has.
    let same = try write(source.lines, of: source, to: "same")
    #expect(try Disk.real.contents(of: same).starts(with: before))
  }

  /// The conference can go on behind it, also in a program that opens it for writing.
  @Test func itCanBeOpenedForWriting() throws {
    let source = try original()
    let new = try write(renamed(source.lines, "Deelnemer 12"), of: source)
    let (writer, report) = try RecordWriter.open(
      path: new, at: noon + 200, knows: { type, _ in !type.hasPrefix("record.") })
    #expect(report.lines.last?.type == "record.redacted")
    try writer.appendAndWait([note("verder")], at: noon + 200, by: "host", cmd: someCommand)
    writer.close()
    #expect(try RecordCheck.check(path: new).isGood)
  }

  @Test func nothingIsWrittenOver() throws {
    let source = try original()
    let before = try Disk.real.contents(of: folder.file())
    #expect(throws: RecordError.exists(folder.file())) {
      try write(source.lines, of: source, to: "record.jsonl")
    }
    #expect(try Disk.real.contents(of: folder.file()) == before)
    #expect(throws: RecordError.lineTooLong(type: "contribution.added", bytes: 65_717)) {
      try write(renamed(source.lines, String(repeating: "a", count: 65_500)), of: source)
    }
    #expect(throws: RecordError.notFound(folder.file("new"))) {
      try Disk.real.contents(of: folder.file("new"))
    }
  }

  @Test func aDamagedOriginalIsRefusedAndATornEndLeftOut() throws {
    let source = try original()
    let bytes = try Disk.real.contents(of: folder.file())
    let torn = try RecordSource(path: folder.write(bytes + Array("{\"seq\":6".utf8), to: "torn"))
    #expect(torn.lines == source.lines && torn.sha256 == source.sha256 && torn.tornBytes == 8)
    var bad = bytes
    bad[300] ^= 1
    let damaged = try folder.write(bad, to: "damaged")
    #expect(throws: RecordError.self) { try RecordSource(path: damaged) }
  }
}
