import Conference
import Foundation
import Ground
import Record
import Testing

/// The table of event types in docs/RECORD.md says what the program does.
@Suite struct EventTableTests {
  private let known = Set(EventType.allCases.map(\.rawValue))

  @Test func hasEveryTypeAndNoOther() throws {
    let rows = try EventTable.rows()
    #expect(Set(rows.map(\.type)).subtracting(known) == [], "the program does not know them")
    #expect(known.subtracting(rows.map(\.type)) == [], "docs/RECORD.md lacks them")
    #expect(rows.count == Set(rows.map(\.type)).count, "a type has two rows")
    for row in rows { #expect(row.version == EventType(rawValue: row.type)?.version, "\(row.type)") }
  }

  /// A member that the table does not name would be a secret; one that is never written, a mistake.
  @Test func namesTheMembersThatAreWritten() throws {
    let written = Dictionary(grouping: Event.samples, by: \.draft.type).mapValues { events in
      Set(events.flatMap { ($0.draft.data.object ?? []).map(\.key) })
    }
    for row in try EventTable.rows() { #expect(row.members == written[row.type], "\(row.type)") }
  }

  @Test func tellsWhatCanBeUndone() throws {
    let rows = try EventTable.rows()
    let lines = try #require(GoldenRecord.all.last).get().contents.lines
    var session = Session()
    var undoable: Set<String> = []
    for line in lines {
      let before = session.history
      try session.apply(line)
      if session.history != before { undoable.insert(line.type) }
    }
    // These two move commands between what is done and what is undone; they are no command's change.
    undoable.subtract(["action.undone", "action.redone"])
    #expect(Set(rows.filter(\.isUndoable).map(\.type)) == undoable)
  }
}

/// The rows `| type | version | payload | meaning | undo |` between the marks in docs/RECORD.md.
private enum EventTable {
  struct Row {
    var type: String
    var version: Int
    var members: Set<String>
    var isUndoable: Bool
  }

  static func rows() throws -> [Row] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "docs/RECORD.md"), encoding: .utf8)
    let section = try #require(
      text.components(separatedBy: "<!-- event types: begin -->").last?
        .components(separatedBy: "<!-- event types: end -->").first)
    return try section.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      try #require(cells.count == 5, "\(line)")
      return Row(
        type: cells[0].trimmingCharacters(in: ["`"]), version: try #require(Int(cells[1])),
        members: Set(cells[2].matches(of: /`(\w+)\??`/).map { String($0.1) }),
        isUndoable: cells[4] == "yes")
    }
  }
}
