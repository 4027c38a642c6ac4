import Dossier
import Foundation
import Ground
import Testing

/// Mixing rules that cannot be met are told before the day.
@Suite struct SeatingRulesTests {
  private func errors(mixing: String, tables: String = "aantal: 2\n  stoelen: 4") throws -> [Finding] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "beraad-seat-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let plan = """
      titel: Proef
      tafels:
        \(tables)
      agenda:
        - {fase: plenair, titel: Begin, minuten: 10}
        - {fase: uiteen, titel: Ronde, minuten: 30}
        - {fase: terugkoppeling, titel: Terug, minuten: 10}
        - {fase: afsluiting, titel: Slot, minuten: 10}
      \(mixing)
      """
    let people = "id,naam,groep\n" + (1...6).map { "P\($0),Mens \($0),G\($0 % 2)" }.joined(separator: "\n")
    try Data(plan.utf8).write(to: folder.appending(path: "plan.yaml"))
    try Data(people.utf8).write(to: folder.appending(path: "participants.csv"))
    do {
      _ = try Dossier.read(folder: folder.path(percentEncoded: false))
      return []
    } catch {
      return error.findings.filter(\.isError)
    }
  }

  @Test func morePinsThanSeats() throws {
    let pins = (1...5).map { "    P\($0): 1" }.joined(separator: "\n")
    let found = try errors(mixing: "mengen:\n  vaste tafel:\n\(pins)")
    #expect(found.count == 1)
    #expect(found.first?.what.nl.contains("afel 1") == true, "\(found)")
  }

  @Test func tooFewPeopleForTheLeastNumbersIsNoMistake() throws {
    #expect(try errors(mixing: "", tables: "aantal: 2\n  stoelen: 4-6").isEmpty)
  }
}
