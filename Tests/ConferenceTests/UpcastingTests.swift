import Conference
import Documents
import Foundation
import Ground
import Record
import Testing

/// An older shape of a type is lifted when it is read, all the way from a file to what is made of it.
///
/// No released type has a second version yet, so that these invent an older shape of two that are there.
@Suite struct UpcastingTests {
  /// In which markers were notes once, and before that a list of words; and contributions spoke of a `desk`.
  static let invented = EventVersions(
    newest: [.markerSet: 3, .contributionAdded: 2],
    lifts: [
      .init(.markerSet, 1): { data in
        let words = data["words"]?.array?.compactMap(\.string) ?? []
        return ["note": .string(words.joined(separator: " "))]
      },
      .init(.markerSet, 2): { data in ["text": data["note"] ?? ""] },
      .init(.contributionAdded, 1): { data in
        .object((data.object ?? []).map { $0.key == "desk" ? .init("table", $0.value) : $0 })
      },
    ])

  private static let moment = Moment(milliseconds: 1_795_262_400_000)

  /// A record with lines of every version, as three releases would have written them.
  private func record(_ folder: URL) throws -> String {
    let path = folder.appending(path: "record.jsonl").path
    let start = try GoldenRecord.all[0].get().contents.lines.prefix { $0.type != "phase.started" }
    let writer = try RecordWriter.create(path: path, session: "s", app: "0.1.0", at: Self.moment)
    let opening = start.filter(\.isEvent).map { Draft(type: $0.type, version: $0.version, data: $0.data) }
    let count = opening.count { $0.type == "contribution.added" }
    for drafts in [
      opening.map { draft in
        draft.type == "contribution.added" ? Draft(type: draft.type, version: 2, data: draft.data) : draft
      },
      [Draft(type: "marker.set", data: ["words": ["drie", "oude", "woorden"]])],
      [Draft(type: "marker.set", version: 2, data: ["note": "een notitie"])],
      [Draft(type: "marker.set", version: 3, data: ["text": "een moment"])],
      [
        Draft(
          type: "contribution.added",
          data: ["id": .string("c\(count + 1)"), "desk": 2, "kind": "idea", "text": "oud"])
      ],
      [
        Draft(
          type: "contribution.added", version: 2,
          data: ["id": .string("c\(count + 2)"), "table": 1, "kind": "idea", "text": "nieuw"])
      ],
    ] {
      try writer.appendAndWait(drafts, at: Self.moment, by: "facilitator", cmd: .random())
    }
    writer.close()
    return path
  }

  @Test func fromTheFileToTheDocuments() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "beraad-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = try record(folder)
    let bytes = try Data(contentsOf: URL(filePath: path))

    // It is opened for writing by who knows the versions, and by nobody else.
    #expect(throws: RecordError.self) {
      try RecordWriter.open(path: path, at: Self.moment, knows: Event.knows(type:version:))
    }
    let (writer, report) = try RecordWriter.open(
      path: path, at: Self.moment, knows: Self.invented.knows(type:version:))
    writer.close()

    let lines = try RecordReader.read(path: path).lines
    #expect(lines == report.lines)
    var session = Session()
    for line in lines { try session.apply(line, in: Self.invented) }
    // Lines that were lifted beforehand, as readers of payloads want them, fold to the same.
    var lifted = Session()
    for line in Self.invented.lifted(lines) { try lifted.apply(line, in: Self.invented) }
    #expect(lifted == session)
    #expect(session.markers.map(\.text) == ["drie oude woorden", "een notitie", "een moment"])
    #expect(session.contributions.suffix(2).map(\.table) == [2, 1])
    #expect(session.unknownTypes.isEmpty)

    let state = StateDocument.json(session, at: session.lastAt, withNames: false)
    #expect(state["markers"]?.array?.first?["text"] == "drie oude woorden")
    let export = Export(
      session: session, reading: session.clock(at: session.lastAt), language: .nl, withNames: false,
      withSensitive: true)
    #expect(export.text(.md).contains("drie oude woorden"))
    #expect(export.text(.csv).contains("oud"))

    // The file keeps the shapes in which it was written.
    #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
    #expect(String(decoding: bytes, as: UTF8.self).contains(#""words":["drie","oude","woorden"]"#))
  }

  /// What this program does not know stays as it is.
  @Test func onlyKnownTypesAreLifted() throws {
    for (type, version) in [("x.lamp", 1), ("hologram.shown", 1), ("marker.set", 4), ("theme.added", 1)] {
      let line = Line(
        seq: 1, at: Self.moment, type: type, by: "host", cmd: .random(), version: version, data: ["words": []]
      )
      #expect(Self.invented.lifted(line) == line)
    }
  }

  /// A new version without its function would make old records unreadable.
  @Test func whatIsReleasedCanBeLifted() {
    #expect(EventVersions.released.isComplete)
    #expect(Self.invented.isComplete)
    #expect(!EventVersions(newest: [.markerSet: 2], lifts: [:]).isComplete)
  }
}
