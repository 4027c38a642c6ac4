import Conference
import Ground
import Testing

@Suite struct ClosingSealTests {
  /// Seals come every quarter of an hour; the one for the hall is the first behind the closing.
  @Test func isTheFirstBehindTheClosing() throws {
    var run = try Run()
    try run.seal()
    #expect(run.session.closingSeal == nil)
    try run.send(.close(deliberate: true))
    #expect(run.session.closingSeal == nil)
    let upto = run.session.lastSeq
    try run.seal()
    try run.seal()
    let seal = try #require(run.session.closingSeal)
    #expect(seal.upto == upto)
    #expect(seal.command == "head -n \(upto + 1) record.jsonl | sha256sum")
    let groups = "01234567 89abcdef 01234567 89abcdef 01234567 89abcdef 01234567 89abcdef"
    #expect(seal.phrase.en == "Seal of the record: \(groups)")
  }

  /// Whoever closes by mistake, undoes it and closes again has a new seal, over all that came between.
  @Test func aSecondClosingHasItsOwn() throws {
    var run = try Run()
    try run.send(.close(deliberate: true))
    try run.seal()
    try run.send(.undo)
    #expect(run.session.closingSeal == nil)
    try run.send(.close(deliberate: true))
    #expect(run.session.closingSeal == nil)
    let upto = run.session.lastSeq
    try run.seal()
    #expect(run.session.closingSeal?.upto == upto)
  }
}

extension Run {
  /// Seals all lines so far, as the host does.
  fileprivate mutating func seal() throws {
    let line = Line(
      seq: lines.count, at: now, type: "record.sealed", by: "host", cmd: .random(),
      data: [
        "upto": .int(lines.count - 1), "sha256": .string(String(repeating: "0123456789abcdef", count: 4)),
      ])
    lines.append(line)
    try session.apply(line)
  }
}
