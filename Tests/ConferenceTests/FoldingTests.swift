import Ground
import Testing

@testable import Conference

/// A record folded as a whole is what it is folded line by line.
@Suite struct FoldingTests {
  /// Folds lines one at a time.
  private func oneByOne(_ lines: ArraySlice<Line>) -> Session {
    var session = Session()
    for line in lines { try? session.apply(line) }
    return session
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func anySequenceOfCommands(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var run = try Run()
    // Enough that most is forgotten, and undone in all depths.
    for step in 0..<900 {
      run.now = run.now + 1000
      let by = ["facilitator", "note-1", "note-2"].randomElement(using: &random) ?? "facilitator"
      let command: Command
      if seed % 3 == 0, step % 300 > 240 {
        command = step % 3 == 2 ? .redo : .undo
      } else {
        command = PropertyTests.command(run.session, using: &random)
      }
      if case .close = command { continue }
      do {
        if case .seat = command { try run.draw(round: Int.random(in: 1...2, using: &random)) }
        try run.send(command, by: by)
      } catch is Refusal {}
    }
    #expect(run.session.history.done.count > History.limit / 2)
    #expect(Session(folding: run.lines[...]) == run.session, "seed \(seed)")
    for _ in 0..<8 {
      let count = Int.random(in: 0...run.lines.count, using: &random)
      #expect(
        Session(folding: run.lines.prefix(count)) == oneByOne(run.lines.prefix(count)),
        "seed \(seed), \(count) lines")
    }
  }

  @Test func manyCommandsThatChangeNothing() throws {
    var run = try Run()
    for number in 0..<30 { try run.say("Bijdrage \(number)") }
    // Written by nobody's `decide`: what is taken back already is taken back again, with a command each time.
    for number in 0..<900 {
      run.nextCommand += 1
      run.lines.append(
        Line(
          seq: run.lines.count, at: run.now, type: "contribution.withdrawn", by: "note-1",
          cmd: CommandID(high: 1, low: run.nextCommand), version: 1,
          data: ["id": .string("c\(number % 30 + 1)")]))
    }
    let folded = Session(folding: run.lines[...])
    #expect(folded == oneByOne(run.lines[...]))
    #expect(folded.history.done.count == 60)
    #expect(folded.history.done.allSatisfy { !$0.parts.isEmpty })
  }

  @Test func aRecordThatIsOpenedTwiceOrHoldsNothing() throws {
    #expect(Session(folding: []) == Session())
    var run = try Run()
    let opening = run.lines.prefix(3)
    try run.say("Blijft")
    let lines = Array(opening + run.lines)
    #expect(Session(folding: lines[...]) == oneByOne(lines[...]))
  }

  @Test func whatComesAfterGoesOnTheSame() throws {
    var run = try Run()
    for number in 0..<300 { try run.say("Bijdrage \(number)", table: nil) }
    var folded = run
    folded.session = Session(folding: run.lines[...])
    for _ in 0..<5 {
      let (one, other) = (try run.send(.undo), try folded.send(.undo))
      #expect(one == other)
    }
    try run.send(.redo)
    try folded.send(.redo)
    try run.say("Nieuw", table: nil)
    try folded.say("Nieuw", table: nil)
    #expect(run.session == folded.session)
  }
}
