import Crypto
import Foundation
import Ground
import PTYKit
import Testing

/// A damaged record is refused for writing, and everything that only reads it shows what is left and where the
/// gap is.
@Suite struct GapJourneys {
  /// A conference that is over, and its lines.
  private func held(_ place: Place) throws -> (folder: String, lines: [String]) {
    let folder = place.path + "/demo"
    let lines = try Self.demo.get()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try write(lines, folder)
    return (folder, lines)
  }

  /// The lines of a demo, played once for all tests.
  private static let demo: Result<[String], any Error> = Result {
    let place = try Place()
    let folder = place.path + "/demo"
    try #require(place.beraad("demo", "--headless", "--speed", "0", "--dir", folder).status == 0)
    let text = try String(contentsOfFile: folder + "/record.jsonl", encoding: .utf8)
    return text.split(separator: "\n").map { $0 + "\n" }
  }

  private func write(_ lines: [String], _ folder: String) throws {
    try lines.joined().write(toFile: folder + "/record.jsonl", atomically: false, encoding: .utf8)
  }

  private func contributions(_ lines: [String]) -> [Int] {
    lines.indices.filter {
      lines[$0].contains("\"type\":\"contribution.added\"") && !lines[$0].contains("\"source\"")
    }
  }

  private func id(_ line: String) throws -> String {
    try #require(JSON(parsing: line)["data"]?["id"]?.string)
  }

  @Test func exportsHoldWhatStandsBehindTheGapAndTellOfIt() throws {
    let place = try Place()
    let (folder, lines) = try held(place)
    let room = contributions(lines)
    // The twentieth contribution from the room, and the line behind it.
    let lost = room[20]
    try write(Array(lines[..<lost] + lines[(lost + 2)...]), folder)
    let gone = try Set([lost, lost + 1].filter { room.contains($0) }.map { try id(lines[$0]) })

    let json = try place.beraad("export", folder, "--format", "json", "--with-sensitive")
    #expect(json.status == 1 && json.errors.contains("hier ontbreken 2 regels"), "\(json.errors)")
    let export = try JSON(parsing: json.output)
    #expect(export["gaps"]?.array?.first?["missing"] == 2)
    #expect(export["gaps"]?.array?.first?["reason"] == "seq")
    let told = Set((export["contributions"]?.array ?? []).compactMap { $0["id"]?.string })
    #expect(told.isDisjoint(with: gone))
    // All that was added behind the gap, less what the gap took.
    let added = try Set(
      lines.filter { $0.contains("\"type\":\"contribution.added\"") }.map { try id($0) })
    #expect(told == added.subtracting(gone))
    #expect(export["status"] == "closed")

    let csv = try place.beraad("export", folder, "--format", "csv", "--with-sensitive")
    #expect(csv.status == 1)
    let rows = csv.output.split(separator: "\r\n")
    let gap = try #require(rows.firstIndex { $0.contains("GAT") && $0.contains("hier ontbreken 2 regels") })
    let before = try id(lines[room[19]])
    #expect(rows[gap - 1].contains(before), "\(rows[gap - 1])")

    let english = try place.beraad("export", folder, "--format", "md", "--language", "en")
    #expect(english.status == 1)
    #expect(english.output.contains("## Note: the record is damaged"))
    let notes = english.output.split(separator: "\n").filter { $0.contains("2 lines are missing here") }
    #expect(notes.count == 3, "in front, in the agenda and in the yield: \(notes)")
    let dutch = try place.beraad("export", folder, "--format", "md")
    #expect(dutch.output.contains("## Let op: het naslagwerk is beschadigd"))
  }

  /// What was withdrawn or marked behind a gap stays withdrawn and marked.
  @Test func laterLinesFindTheirContributions() throws {
    let place = try Place()
    let (folder, lines) = try held(place)
    let whole = try place.state(folder)
    let lost = contributions(lines)[3]
    try write(Array(lines[..<lost] + lines[(lost + 1)...]), folder)
    let read = try place.beraad("replay", folder, "--state")
    #expect(read.status == 1)
    let id = try id(lines[lost])
    let expected = whole["contributions"]?.array?.filter {
      $0["id"]?.string != id && $0["parent"]?.string != id
    }
    let found = try JSON(parsing: read.output)["contributions"]?.array?.filter { $0["parent"]?.string != id }
    #expect(found == expected)
  }

  @Test func aLineOfABadRecordIsFoundByItsNumber() throws {
    let place = try Place()
    let (folder, lines) = try held(place)
    try write(Array(lines[..<100] + lines[103...]), folder)
    let there = try place.beraad("replay", folder, "--state", "--seq", "103")
    #expect(try JSON(parsing: there.output)["seq"] == 103)
    let gone = try place.beraad("replay", folder, "--state", "--seq", "101")
    #expect(gone.status == 64 && gone.output.isEmpty, "\(gone)")
  }

  /// The first lines, the last, all but islands of one line, and a line without a single meaning.
  @Test func damageAnywhereLeavesTheRest() throws {
    let place = try Place()
    let (folder, lines) = try held(place)
    func spoil(_ numbers: some Sequence<Int>) -> [String] {
      var changed = lines
      for number in numbers { changed[number] = "#" + changed[number].dropFirst() }
      return changed
    }
    for (changed, gaps) in [
      (spoil([0]), 1), (spoil([1]), 1), (spoil([lines.count - 1]), 1),
      (spoil(stride(from: 30, to: 60, by: 2)), 15),
      (spoil([0, 40, lines.count - 1]), 3),
    ] {
      try write(changed, folder)
      for format in ["md", "csv", "json"] {
        let ending = try place.beraad("export", folder, "--format", format, "--language", "en")
        #expect(ending.status == 1 && !ending.output.isEmpty, "\(ending.errors)")
        #expect(ending.errors.contains("damaged from line"), "\(ending.errors)")
      }
      let state = try JSON(parsing: place.beraad("replay", folder, "--state").output)
      #expect(state["gaps"]?.array?.count == gaps)
      let left = contributions(lines).filter { changed[$0] == lines[$0] }.count
      #expect((state["contributions"]?.array ?? []).filter { $0["source"] == .null }.count == left)
    }
  }

  @Test func aReplayShowsTheGapAndFindsWhatStandsBehindIt() throws {
    let place = try Place()
    let (folder, lines) = try held(place)
    let room = contributions(lines)
    let lost = room[room.count / 2]
    try write(Array(lines[..<lost] + lines[(lost + 1)...]), folder)
    let console = try place.console(["replay", folder], rows: 36, columns: 120)
    try console.waitFor("✗ 1 regel ontbreekt")
    try console.waitFor("Afgesloten")
    try console.press("/", shows: "Zoek in het hele naslagwerk")
    console.send("ontbreekt")
    try console.waitFor("✗ hier ontbreekt 1 regel")
    try console.press(.enter, hides: "Zoek in het hele naslagwerk")
    try console.waitFor("regel \(lost + 1) van het bestand")
    let last = try #require(room.last)
    let text = try #require(JSON(parsing: lines[last])["data"]?["text"]?.string)
    try console.press("/", shows: "Zoek in het hele naslagwerk")
    console.send(String(text.prefix(24)))
    try console.waitFor(String(text.prefix(24)))
    console.send("\u{1B}")
    try console.waitForIdle()
    try console.leave()
  }

  /// The lines of other programs stay as they are, to the byte: in the export, in a redacted record, in a
  /// record that was mended.
  @Test func linesOfOtherProgramsSurvive() throws {
    let place = try Place()
    let (folder, lines) = try held(place)
    let foreign = try chained(
      #""type":"x.lamp","by":"lamp-2""#, #""v":7,"data":{"on": true , "é":1.50}"#, to: lines)
    try write(lines + [foreign], folder)
    try place.expectGood(folder)
    let data = #"{"on": true , "é":1.50}"#

    let export = try place.beraad("export", folder, "--format", "json", "--with-names", "--with-sensitive")
    let told = try JSON(parsing: export.output)["foreign"]?.array
    #expect(
      told?.count == 1 && told?.first?["data"]?.string == data && told?.first?["v"] == 7, "\(export.errors)")
    let careful = try JSON(parsing: place.beraad("export", folder, "--format", "json").output)
    #expect(careful["foreign"]?.array?.first?["data"] == .null)

    let new = place.path + "/new.jsonl"
    #expect(try place.beraad("redact", folder, "--all-names", "-o", new).status == 0)
    #expect(try String(contentsOfFile: new, encoding: .utf8).contains("\"v\":7,\"data\":\(data),\"h\":"))

    let copy = try place.write((lines + [foreign]).joined(), to: "copy.jsonl")
    try write(Array(lines[..<200]), folder)
    #expect(try place.beraad("check", folder, "--repair", "--from", copy).status == 0)
    #expect(
      try String(contentsOfFile: folder + "/record.jsonl", encoding: .utf8) == (lines + [foreign]).joined())
  }

  /// A line that follows from the last of `lines`.
  private func chained(_ who: String, _ rest: String, to lines: [String]) throws -> String {
    let last = try #require(lines.last)
    let at = try #require(JSON(parsing: last)["at"]?.string)
    let cmd = String(repeating: "0", count: 32)
    let body = #"{"seq":\#(lines.count),"at":"\#(at)",\#(who),"cmd":"\#(cmd)",\#(rest)"#
    let hash = SHA256.hash(data: Data((last.suffix(35).prefix(32) + body).utf8)).map { byte in
      String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }.joined().prefix(32)
    return body + #","h":"\#(hash)"}"# + "\n"
  }

  // MARK: A second implementation

  /// A reader that was written from docs/RECORD.md alone folds a record to the same state.
  @Test func aSecondReaderAgrees() throws {
    let place = try Place()
    let (folder, lines) = try held(place)
    let tests = Repository.path + "/Tests"
    func compare(_ record: String) throws {
      let state = try Program.run(
        [Program.beraad, "replay", record, "--state"], environment: place.environment)
      let expected = try place.write(state.output, to: "state.json")
      let ending = try Program.run(
        ["/usr/bin/env", "python3", tests + "/RecordTests/second_reader.py", record, expected],
        environment: place.environment)
      #expect(ending.status == 0, "\(record): \(ending.output.prefix(3000)) \(ending.errors)")
    }
    for version in ["0.1.0", "0.2.0"] { try compare(tests + "/ConferenceTests/Golden/\(version).jsonl") }
    try compare(folder + "/record.jsonl")
    for count in [180, 400, 650, 800] {
      let part = try place.write(lines[..<count].joined(), to: "part.jsonl")
      try compare(part)
    }
    // It can disagree.
    let state = try place.write(place.beraad("replay", folder, "--state").output, to: "state.json")
    let other = try Program.run(
      [
        "/usr/bin/env", "python3", tests + "/RecordTests/second_reader.py", place.path + "/part.jsonl", state,
      ],
      environment: place.environment)
    #expect(other.status == 1, "\(other.output.prefix(300))")
  }

  // MARK: Checking

  @Test func everyGoldenDamagedRecordIsJudgedAsEver() throws {
    let place = try Place()
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "RecordTests/Golden").path
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".jsonl") }
      .sorted()
    #expect(names.count >= 26)
    for name in names {
      let file = folder + "/" + name
      let ending = try place.beraad("check", file, "--json")
      let expected = folder + "/" + name.dropLast(6) + ".check.json"
      if ProcessInfo.processInfo.environment["BERAAD_UPDATE_SNAPSHOTS"] == "1",
        !FileManager.default.fileExists(atPath: expected)
      {
        try ending.output.write(toFile: expected, atomically: false, encoding: .utf8)
      }
      #expect(try ending.output == String(contentsOfFile: expected, encoding: .utf8), "\(name)")
      let report = try JSON(parsing: ending.output)
      #expect(ending.status == (report["good"] == true ? 0 : 1), "\(name)")
      #expect(ending.errors.isEmpty, "\(name): \(ending)")
    }
  }

  @Test func aTornEndWithWholeLinesBehindItIsNotSaidToBeUnconfirmed() throws {
    let golden = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "RecordTests/Golden").path
    let place = try Place()
    let hole = try place.beraad("check", golden + "/hole.jsonl")
    #expect(hole.status == 1 && hole.errors.contains("--from"), "\(hole)")
    #expect(!hole.errors.contains("bevestigd was, is er nog"))
    let torn = try place.beraad("check", golden + "/torn.jsonl")
    #expect(torn.status == 1 && torn.errors.contains("bevestigd was, is er nog"), "\(torn)")
  }

  @Test func aTornEndIsPutAsideAndNothingElseIs() throws {
    let place = try Place()
    let (folder, lines) = try held(place)
    let whole = lines.joined()
    try (whole + "{\"seq\":").write(toFile: folder + "/record.jsonl", atomically: false, encoding: .utf8)
    let torn = try place.beraad("check", folder)
    #expect(torn.status == 1 && torn.errors.contains("--repair"), "\(torn)")
    let ending = try place.beraad("check", folder, "--repair")
    #expect(ending.status == 0 && ending.errors.contains("7 bytes"), "\(ending)")
    let mended = try String(contentsOfFile: folder + "/record.jsonl", encoding: .utf8)
    #expect(mended.hasPrefix(whole) && mended.contains("record.recovered"))
    #expect(try String(contentsOfFile: folder + "/record.jsonl.torn", encoding: .utf8) == "{\"seq\":")
    // A second time there is nothing to do.
    #expect(try place.beraad("check", folder, "--repair").status == 0)
    #expect(try String(contentsOfFile: folder + "/record.jsonl", encoding: .utf8) == mended)
  }

  /// A record that was cut at the end of a line looks good; only a copy can tell, and bring back what is gone.
  @Test func copiesBringBackWhatIsMissing() throws {
    let place = try Place()
    let (folder, lines) = try held(place)
    let copy = try place.write(lines.joined(), to: "copy.jsonl")
    try write(Array(lines[..<50]), folder)
    #expect(try place.beraad("check", folder).status == 0)
    let ending = try place.beraad("check", folder, "--repair", "--from", copy)
    #expect(ending.status == 0 && ending.errors.contains("\(lines.count - 50) regels"), "\(ending)")
    #expect(try String(contentsOfFile: folder + "/record.jsonl", encoding: .utf8) == lines.joined())
    #expect(
      try String(contentsOfFile: folder + "/record.jsonl.damaged", encoding: .utf8) == lines[..<50].joined())

    // Two copies, each damaged itself: together they hold every line.
    let first = try place.write((lines[..<60] + lines[61...]).joined(), to: "first.jsonl")
    let second = try place.write(lines[..<80].joined() + "{\"se", to: "second.jsonl")
    try write(Array(lines[..<20] + lines[90...]), folder)
    let alone = try place.beraad("check", folder, "--repair", "--from", first)
    #expect(alone.status == 1 && alone.errors.contains("regel 61"), "\(alone)")
    let both = try place.beraad("check", folder, "--repair", "--from", first, "--from", second)
    #expect(both.status == 0, "\(both)")
    #expect(try String(contentsOfFile: folder + "/record.jsonl", encoding: .utf8) == lines.joined())
  }

  /// An empty record is none yet: the greeting says what `run` will do with it.
  @Test func anEmptyRecordIsAConferenceThatHasNotBegun() throws {
    let place = try Place()
    let folder = try place.rogplus()
    _ = try place.write("", to: "rogplus/record.jsonl")
    let check = try place.beraad("check", folder)
    #expect(check.status == 1 && check.errors.contains("beraad run"), "\(check)")
  }
}
