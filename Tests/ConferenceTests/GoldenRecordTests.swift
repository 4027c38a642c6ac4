import Conference
import Ground
import Record
import Testing

/// Every released version's record means today what it meant then.
@Suite struct GoldenRecordTests {
  @Test(arguments: GoldenRecord.versions.indices) func everyLineIsRead(index: Int) throws {
    let record = try GoldenRecord.all[index].get()
    #expect(record.contents.damage == nil)
    #expect(record.contents.tornBytes == 0)
    try #require(record.contents.lines.count == record.text.count)
    for (line, text) in zip(record.contents.lines, record.text) where line.isEvent {
      let event = try Event(line)
      // A line of an older shape was lifted when it was read, and would be written in the newest one.
      guard line.version == EventType(rawValue: line.type)?.version else { continue }
      #expect(event.draft.type == line.type)
      #expect(text.contains("\"data\":\(event.draft.data.text),\"h\":"), "line \(line.seq)")
    }
  }

  @Test(arguments: GoldenRecord.versions.indices) func itFoldsToTheSameState(index: Int) throws {
    let record = try GoldenRecord.all[index].get()
    let expected = try record.expectedState().split(separator: "\n")
    let state = try record.state().split(separator: "\n")
    #expect(state.count == expected.count)
    for (number, (is_, should)) in zip(state, expected).enumerated() {
      #expect(is_ == should, "\(record.version).state.json:\(number + 1)")
    }
  }

  @Test(arguments: GoldenRecord.versions.indices) func otherProgramsLinesAreCounted(index: Int) throws {
    var session = Session()
    for line in try GoldenRecord.all[index].get().contents.lines { try session.apply(line) }
    #expect(session.unknownTypes == ["x.lamp": 1])
  }

  /// A new type, or a new version of one, wants a new golden record.
  @Test func theNewestHoldsEveryTypeInItsNewestVersion() throws {
    let newest = try #require(GoldenRecord.all.last).get()
    let lines = newest.contents.lines
    let events = lines.filter(\.isEvent).map { "\($0.type) v\($0.version)" }
    #expect(Set(events).isSuperset(of: EventType.allCases.map { "\($0.rawValue) v\($0.version)" }))
    #expect(
      Set(lines.filter { !$0.isEvent }.map(\.type)) == [
        "record.opened", "clock.adjusted", "record.sealed", "x.lamp",
      ])
  }
}

extension Line {
  /// Whether it is the conference's own, neither the record's nor another program's.
  var isEvent: Bool {
    !type.hasPrefix("record.") && !type.hasPrefix("x.") && type != "clock.adjusted"
  }
}
