import Conference
import Dossier
import Foundation
import Glibc
import Ground
import Templates
import Testing

/// A folder of its own for one test, removed with it.
final class Scratch {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "beraad-dossier-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  func write(_ name: String, _ text: String) throws {
    try text.write(toFile: path + "/" + name, atomically: false, encoding: .utf8)
  }

  deinit {
    do { try FileManager.default.removeItem(atPath: path) } catch { print("left behind: \(path)") }
  }
}

private let plan = "titel: T\nagenda: [{fase: plenair, minuten: 5}, {fase: afsluiting, minuten: 5}]\n"
private let people = "naam;groep\nJan;x\nPiet;y\n"

@Suite struct FolderTests {
  /// Writes files, reads the folder and returns what was wrong.
  private func mistakes(_ files: [String: String]) throws -> (reason: DossierError.Reason?, texts: [String]) {
    let scratch = try Scratch()
    for (name, text) in files { try scratch.write(name, text) }
    do throws(DossierError) {
      _ = try Dossier.read(folder: scratch.path)
      return (nil, [])
    } catch {
      return (error.reason, error.findings.map { $0.text(.nl) })
    }
  }

  @Test func aSoundFolderReads() throws {
    let scratch = try Scratch()
    try scratch.write("plan.yaml", "\u{FEFF}" + plan.replacing("\n", with: "\r\n"))
    try scratch.write("participants.csv", people)
    try scratch.write("survey.csv", "antwoord\nMeer\n")
    let dossier = try Dossier.read(folder: scratch.path)
    #expect(dossier.plan.title == "T")
    #expect(dossier.participants.map(\.name) == ["Jan", "Piet"])
    #expect(dossier.survey.map(\.text) == ["Meer"])
    #expect(dossier.notices == [])
    try scratch.write("plan.yaml", plan + "enquête: nee")
    #expect(try Dossier.read(folder: scratch.path).survey == [])
  }

  @Test func missingAndEmptyFilesAreToldTogether() throws {
    let missing = try mistakes([:])
    #expect(missing.reason == .missing)
    #expect(
      missing.texts == [
        "plan.yaml: dit bestand is er niet — maak een dossier met alle bestanden met “beraad new”",
        "participants.csv: dit bestand is er niet — maak een dossier met alle bestanden met “beraad new”",
      ])
    let empty = try mistakes(["plan.yaml": "", "participants.csv": ""])
    #expect(empty.reason == .invalid)
    #expect(
      empty.texts.map { $0.prefix(30) } == [
        "plan.yaml: het plan is leeg — ", "participants.csv: het bestand ",
      ])
    #expect(throws: DossierError.self) { try Dossier.read(folder: "/nowhere/at/all") }
  }

  @Test func mistakesOfAllFilesAreToldTogether() throws {
    let found = try mistakes([
      "plan.yaml": plan + "motta: x\ngroepen: [x]\nenquête: {tekst: antwoord}", "participants.csv": people,
      "survey.csv": "idee\nMeer\n",
    ])
    #expect(
      found.texts == [
        "plan.yaml:3: het plan kent “motta” niet — bedoelde u “motto”?",
        "participants.csv:3: de groep “y” staat niet in plan.yaml — bedoelde u “x”?",
        "survey.csv:1: de kolom “antwoord” is er niet — noem in plan.yaml een van: idee",
      ])
  }

  @Test func aSurveyThatIsNotThereIsToldInThePlan() throws {
    let found = try mistakes(["plan.yaml": plan + "enquête: vooraf.csv", "participants.csv": people])
    #expect(
      found.texts.first?.hasPrefix("plan.yaml:3: het bestand “vooraf.csv” van de enquête is er niet") == true)
  }

  @Test func aFolderInPlaceOfAFileAndWrongBytes() throws {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(
      atPath: scratch.path + "/plan.yaml", withIntermediateDirectories: false)
    try scratch.write("participants.csv", people)
    let error = #expect(throws: DossierError.self) { try Dossier.read(folder: scratch.path) }
    #expect(
      error?.findings.first?.text(.nl).hasPrefix("plan.yaml: dit is geen bestand maar iets anders") == true)
    try FileManager.default.removeItem(atPath: scratch.path + "/plan.yaml")
    try Data([0x61, 0x0A, 0xE9, 0x0A]).write(to: URL(fileURLWithPath: scratch.path + "/plan.yaml"))
    let wrong = #expect(throws: DossierError.self) { try Dossier.read(folder: scratch.path) }
    #expect(
      wrong?.findings.first?.text(.nl).hasPrefix("plan.yaml:2: het plan is geen UTF-8 — sla het") == true)
  }

  @Test func withoutPermissionNothingIsReadOrMade() throws {
    let scratch = try Scratch()
    try scratch.write("plan.yaml", plan)
    try scratch.write("participants.csv", people)
    #expect(chmod(scratch.path + "/participants.csv", 0) == 0)
    #expect(chmod(scratch.path, 0o755) == 0)
    try asNobody {
      let error = #expect(throws: DossierError.self) { try Dossier.read(folder: scratch.path) }
      #expect(
        error?.findings.map { $0.text(.nl) }.first?.hasPrefix(
          "participants.csv: u mag dit bestand niet lezen") == true)
      let refusal = #expect(throws: DossierError.self) {
        try TemplateFolder.create(template: "open-space", at: scratch.path + "/new")
      }
      #expect(refusal?.reason == .cannotCreate)
      #expect(
        refusal?.findings.first?.text(.nl)
          == "\(scratch.path)/new: u mag hier niets maken — kies een map waarin u mag schrijven")
    }
  }

  @Test func nothingIsEverOverwritten() throws {
    let scratch = try Scratch()
    try scratch.write("notes.txt", "x")
    func refusal(_ path: String) -> String? {
      let error = #expect(throws: DossierError.self) {
        try TemplateFolder.create(template: "open-space", at: path)
      }
      #expect(error?.reason == .cannotCreate)
      return error?.findings.first?.text(.nl)
    }
    #expect(
      refusal(scratch.path)?.hasSuffix("deze map bestaat al en is niet leeg — kies een andere naam") == true)
    #expect(refusal(scratch.path + "/notes.txt")?.contains("hier staat een bestand, geen map") == true)
    #expect(refusal(scratch.path + "/a/b")?.contains("de map waarin dit moet komen bestaat niet") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["notes.txt"])
    // An empty folder is as good as none.
    try FileManager.default.removeItem(atPath: scratch.path + "/notes.txt")
    try TemplateFolder.create(template: "open-space", at: scratch.path)
    #expect(try Dossier.read(folder: scratch.path).plan.tables.count == 5)
  }
}

/// Runs `body` with the rights on files of a user who owns nothing, also where the tests run as root.
///
/// `setfsuid` counts for this thread alone, so tests that run beside it keep their rights.
private func asNobody(_ body: () throws -> Void) throws {
  typealias SetFSUID = @convention(c) (uid_t) -> Int32
  guard geteuid() == 0 else { return try body() }
  let symbol = try #require(dlsym(nil, "setfsuid"))
  let setfsuid = unsafeBitCast(symbol, to: SetFSUID.self)
  _ = setfsuid(65_534)
  defer { _ = setfsuid(0) }
  try body()
}
