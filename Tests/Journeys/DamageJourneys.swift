import Crypto
import Foundation
import Ground
import PTYKit
import Testing

/// Dossiers and records that cannot be run, each refused in words and with its own exit code.
@Suite struct DamageJourneys {
  /// Starts the program on a terminal and expects that it ends by itself; returns what it said.
  private func refusal(
    _ place: Place, _ arguments: [String], status: Int32, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let console = try place.console(arguments, rows: 40, columns: 400)
    #expect(try console.waitForExit() == status, "\(console.report)", sourceLocation: sourceLocation)
    #expect(console.modes == console.modesAtStart, sourceLocation: sourceLocation)
    return console.text
  }

  @Test func aFolderThatIsNotThere() throws {
    let place = try Place()
    let said = try refusal(place, ["run", place.path + "/nergens"], status: 66)
    #expect(said.contains("nergens"))
    #expect(!FileManager.default.fileExists(atPath: place.path + "/nergens"))
    for command in [["check"], ["replay", "--state"], ["export", "--format", "md"]] {
      let ending = try Program.run(
        [Program.beraad] + command + [place.path + "/nergens"], environment: place.environment)
      #expect(ending.status == 66 && ending.output.isEmpty, "\(command): \(ending)")
      #expect(ending.errors.contains("nergens"), "\(command): \(ending)")
    }
  }

  /// A path below a file: nobody can make anything there, not even root.
  @Test func aFolderInWhichNothingCanBeMade() throws {
    let place = try Place()
    let file = try place.write("een bestand", to: "bestand")
    let ending = try place.beraad("new", file + "/dossier")
    #expect(ending.status == 73 && ending.errors.contains("bestand/dossier"), "\(ending)")
    let demo = try place.beraad("demo", "--headless", "--speed", "0", "--dir", file + "/demo")
    #expect(demo.status == 73 && demo.errors.contains("bestand/demo"), "\(demo)")
    let said = try refusal(place, ["run", file + "/dossier"], status: 66)
    #expect(said.contains("bestand/dossier"))
  }

  @Test func aFolderWithoutAPlan() throws {
    let place = try Place()
    let said = try refusal(place, ["run", place.path], status: 66)
    #expect(said.contains("plan.yaml"))
    #expect(!FileManager.default.fileExists(atPath: place.path + "/record.jsonl"))
  }

  @Test func aPlanWithMistakes() throws {
    let place = try Place()
    let folder = try place.dossier(
      """
      titel: Proef
      start: kwart voor negen
      agenda:
        - fase: feest
          titel: Opening
          minuten: 10
        - fase: plenair
          titel: Uitleg
          minuten: tien
      tafels:
        - {nummer: 1, stoelen: 0}
      """)
    let said = try refusal(place, ["run", folder], status: 1)
    for (line, word) in [(2, "kwart voor negen"), (4, "feest"), (9, "tien"), (11, "0")] {
      let found = said.split(separator: "\n").contains {
        $0.contains("plan.yaml:\(line):") && $0.contains(word)
      }
      #expect(found, "line \(line), \(word) in:\n\(said)")
    }
    #expect(!FileManager.default.fileExists(atPath: folder + "/record.jsonl"))
  }

  // MARK: Records

  /// Runs the example conference into its first item and returns its folder.
  private func begun(_ place: Place) throws -> String {
    let folder = try place.rogplus()
    let console = try place.console(["run", folder])
    try console.waitFor("Nog niet begonnen")
    try console.advance(to: "Inloop met koffie")
    try console.leave()
    return folder
  }

  @Test func aRecordOfANewerVersion() throws {
    let place = try Place()
    let folder = try begun(place)
    let file = folder + "/record.jsonl"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let last = try #require(text.split(separator: "\n").last)
    let (before, number) = (last.suffix(34).prefix(32), try Journal(folder).lines.count)
    let at = try #require(try Journal(folder).lines.last?["at"]?.string)
    let cmd = String(repeating: "0", count: 32)
    let body =
      #"{"seq":\#(number),"at":"\#(at)","type":"hologram.shown","by":"host","cmd":"\#(cmd)","data":{}"#
    let hash = SHA256.hash(data: Data((before + body).utf8)).map { byte in
      String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }.joined().prefix(32)
    let newer = text + body + #","h":"\#(hash)"}"# + "\n"
    try newer.write(toFile: file, atomically: false, encoding: .utf8)
    try place.expectGood(folder)

    let said = try refusal(place, ["run", folder], status: 1)
    #expect(said.contains("hologram.shown") && said.contains("nieuwere versie"), "\(said)")
    #expect(said.contains("gemaakt met versie 0.1.0"), "\(said)")
    let check = try place.beraad("check", folder, "--json")
    #expect(check.status == 0, "\(check)")
    #expect(try JSON(parsing: check.output)["verdict"] == "newer")
    #expect(try JSON(parsing: check.output)["unknown"] == ["hologram.shown v1": 1])
    let read = try place.beraad("replay", folder, "--state")
    #expect(read.status == 0 && read.errors.contains("hologram.shown"), "\(read)")
    #expect(try JSON(parsing: read.output)["item"]?["title"] == "Inloop met koffie")
    #expect(try String(contentsOfFile: file, encoding: .utf8) == newer)
  }

  @Test func aDamagedRecord() throws {
    let place = try Place()
    let folder = try begun(place)
    let file = folder + "/record.jsonl"
    let good = try String(contentsOfFile: file, encoding: .utf8)
    var lines = good.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines[29] = lines[29].replacingOccurrences(of: "\"id\"", with: "\"di\"")
    let damaged = lines.joined(separator: "\n")
    try #require(damaged != good)
    try damaged.write(toFile: file, atomically: false, encoding: .utf8)

    let check = try place.beraad("check", folder)
    #expect(check.status == 1 && check.errors.contains("regel 30, "), "\(check)")
    #expect(check.output.isEmpty)
    let said = try refusal(place, ["run", folder], status: 1)
    #expect(said.contains("beschadigd vanaf regel 30 "), "\(said)")
    let read = try place.beraad("replay", folder, "--state")
    #expect(read.status == 1 && read.errors.contains("beschadigd vanaf regel 30"), "\(read)")
    let gaps = try JSON(parsing: read.output)["gaps"]?.array
    #expect(gaps?.count == 1 && gaps?.first?["line"] == 30 && gaps?.first?["missing"] == 1, "\(read)")
    // What stands behind the damage is there.
    #expect(try JSON(parsing: read.output)["seq"]?.int == lines.count - 2)
    let alone = try place.beraad("check", folder, "--repair")
    #expect(alone.status == 1 && alone.errors.contains("--repair --from KOPIE"), "\(alone)")
    #expect(try String(contentsOfFile: file, encoding: .utf8) == damaged)

    // The way out that the message names.
    let copy = try place.write(good, to: "copy.jsonl")
    let mended = try place.beraad("check", folder, "--repair", "--from", copy)
    #expect(mended.status == 0, "\(mended)")
    #expect(try String(contentsOfFile: file, encoding: .utf8) == good)
  }
}
