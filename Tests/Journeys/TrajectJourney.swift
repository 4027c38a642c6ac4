import Foundation
import Ground
import PTYKit
import Testing

/// A traject on disk: the records of earlier meetings are read once, at the opening (S0.4, S1.1).
@Suite struct TrajectJourney {
  private let place: Place
  private let first: String

  /// One meeting that was held, and a place for the next.
  init() throws {
    place = try Place()
    first = place.path + "/een"
    let held = try place.beraad("demo", "--headless", "--speed", "0", "--dir", first)
    try #require(held.status == 0, "\(held)")
  }

  /// Makes the next meeting's dossier, with the same people and these earlier meetings.
  private func next(_ name: String, earlier: String) throws -> String {
    let folder = place.path + "/" + name
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for file in ["plan.yaml", "participants.csv", "survey.csv"] {
      try FileManager.default.copyItem(atPath: "\(first)/\(file)", toPath: "\(folder)/\(file)")
    }
    let plan = try String(contentsOfFile: folder + "/plan.yaml", encoding: .utf8)
    _ = try place.write(plan + "\ntraject:\n  eerder: \(earlier)\n", to: name + "/plan.yaml")
    return folder
  }

  private func open(_ folder: String) throws -> Program.Ending {
    try place.beraad("run", folder, "--accessible")
  }

  @Test func theRecordAloneIsEnoughAfterwards() throws {
    let folder = try next("twee", earlier: "[../een]")
    let checked = try place.beraad("check", folder)
    #expect(checked.status == 0 && checked.errors.contains("47 van de 50 deelnemers, 2 rondes"), "\(checked)")
    #expect(!FileManager.default.fileExists(atPath: folder + "/record.jsonl"))
    let opened = try open(folder)
    #expect(opened.status == 0, "\(opened)")
    #expect(opened.errors.contains("47 van de 50 deelnemers waren er eerder bij"), "\(opened)")

    try FileManager.default.removeItem(atPath: first)
    let again = try open(folder)
    #expect(again.status == 0, "\(again)")
    #expect(again.errors.contains("de eerdere bijeenkomst ‘../een’ is er niet"), "\(again)")
    let record = try place.beraad("check", folder)
    #expect(record.status == 0 && record.output.contains("47 van de 50 deelnemers, 2 rondes"), "\(record)")
    let meetings = try place.state(folder)["earlier_meetings"]?.array
    #expect(meetings?.first?["participants"]?.int == 47)
    for format in ["json", "csv", "md"] {
      let export = try place.beraad("export", folder, "--format", format)
      #expect(export.status == 0)
      let names = try String(contentsOfFile: folder + "/participants.csv", encoding: .utf8)
        .split(separator: "\n").dropFirst().compactMap { $0.split(separator: ",").dropFirst().first }
      #expect(!names.isEmpty && names.allSatisfy { !export.output.contains($0) }, "\(format)")
    }
  }

  /// `seat` draws by the same plan, so it counts the same meetings.
  @Test func seatCountsThemToo() throws {
    let folder = try next("twee", earlier: "[../een]")
    func seat(_ folder: String) throws -> Program.Ending {
      let ending = try place.beraad(
        "seat", "--rules", folder + "/plan.yaml", "--people", folder + "/participants.csv", "--seed", "1")
      #expect(ending.status == 0, "\(ending)")
      return ending
    }
    let (alone, later) = (try seat(first), try seat(folder))
    #expect(later.errors.contains("47 van de 50 deelnemers waren er eerder bij"), "\(later)")
    #expect(alone.output != later.output)
    let missing = try next("drie", earlier: "[../weg]")
    let refused = try place.beraad(
      "seat", "--rules", missing + "/plan.yaml", "--people", missing + "/participants.csv")
    #expect(refused.status == 66 && refused.output.isEmpty, "\(refused)")
  }

  @Test func aMeetingThatIsNotThereStopsTheOpening() throws {
    let folder = try next("twee", earlier: "[../weg, ../een, ., ../een/record.jsonl, ../leeg]")
    try FileManager.default.createDirectory(
      atPath: place.path + "/leeg", withIntermediateDirectories: true)
    let opened = try open(folder)
    #expect(opened.status == 66 && opened.output.isEmpty, "\(opened)")
    for words in [
      "de eerdere bijeenkomst ‘../weg’ is er niet", "‘../een/record.jsonl’ is een bijeenkomst die al",
      "in ‘../leeg’ is geen naslagwerk", "haal de regel weg",
    ] { #expect(opened.errors.contains(words), "\(words): \(opened)") }
    #expect(!FileManager.default.fileExists(atPath: folder + "/record.jsonl"))
    #expect(try place.beraad("check", folder).status == 66)
  }

  @Test func damageInTheMiddleStopsTheOpeningAndDamageAtTheEndIsTold() throws {
    let folder = try next("twee", earlier: "[../een]")
    let record = first + "/record.jsonl"
    let whole = try Data(contentsOf: URL(filePath: record))
    let lines = whole.split(separator: UInt8(ascii: "\n"))

    func put(_ changed: [Data.SubSequence]) throws {
      try Data(changed.joined(separator: [UInt8(ascii: "\n")]) + [UInt8(ascii: "\n")]).write(
        to: URL(filePath: record))
    }
    try put(Array(lines[..<400]) + lines[401...])
    let refused = try open(folder)
    #expect(refused.status == 1 && refused.output.isEmpty, "\(refused)")
    #expect(refused.errors.contains("is beschadigd vanaf regel 401"), "\(refused)")
    #expect(refused.errors.contains("--repair --from"), "\(refused)")
    #expect(!FileManager.default.fileExists(atPath: folder + "/record.jsonl"))

    try put(Array(lines[..<(lines.count - 1)]) + ["{\"geen\":\"regel\"}".data(using: .utf8) ?? Data()])
    let opened = try open(folder)
    #expect(opened.status == 0, "\(opened)")
    #expect(opened.errors.contains("aan het eind beschadigd"), "\(opened)")
    #expect(opened.errors.contains("47 van de 50 deelnemers"), "\(opened)")
  }

  @Test func doubtfulNamesAreTold() throws {
    let folder = try next("twee", earlier: "[../een]")
    let list = folder + "/participants.csv"
    let rows = try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n")
    // Somebody works elsewhere now, and has another id.
    var cells = rows[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    cells[0] = "nieuw"
    cells[2] = "Een Heel Andere Organisatie"
    let changed = [String(rows[0])] + rows.dropFirst(2).map(String.init) + [cells.joined(separator: ",")]
    try changed.joined(separator: "\n").write(toFile: list, atomically: true, encoding: .utf8)
    let checked = try place.beraad("check", folder)
    #expect(checked.errors.contains("hadden een andere organisatie: \(cells[1])"), "\(checked)")
    #expect(checked.errors.contains("46 van de 50 deelnemers"), "\(checked)")
  }
}
