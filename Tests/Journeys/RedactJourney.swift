import Foundation
import Ground
import PTYKit
import Testing

/// The demo's record without its people's names, as somebody gives it away.
@Suite struct RedactJourney {
  @Test func theWholeDemoWithoutNames() throws {
    let place = try Place()
    let (folder, new) = (place.path + "/demo", place.path + "/zonder.jsonl")
    _ = try place.beraad("demo", "--headless", "--speed", "0", "--dir", folder)
    let original = try Data(contentsOf: URL(filePath: folder + "/record.jsonl"))
    let run = try place.beraad("redact", folder, "--all-names", "-o", new)
    #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
    #expect(run.output.contains("van 51 mensen") && run.output.contains("elk  name: 1\n"), "\(run.output)")

    // No name is left, the original is as it was, and the new file is its owner's alone.
    let text = try String(contentsOfFile: new, encoding: .utf8)
    let names = try Journal(folder).all("participant.registered").compactMap { $0["name"]?.string }
    #expect(names.count == 51)
    for name in names { #expect(!text.localizedCaseInsensitiveContains(name), "\(name)") }
    #expect(try Data(contentsOf: URL(filePath: folder + "/record.jsonl")) == original)
    let mode = try FileManager.default.attributesOfItem(atPath: new)[.posixPermissions] as? Int
    #expect(mode == 0o600)

    // It is a good record, and says where it came from.
    try place.expectGood(new)
    let last = try #require(try Journal(new).all("record.redacted").last)
    let sum = try Program.run(
      ["/usr/bin/env", "sha256sum", folder + "/record.jsonl"], environment: place.environment)
    #expect(sum.output.hasPrefix(last["source"]?.string ?? "–"))
    #expect(last["lines"]?.int == (try Journal(folder).lines.count) && last["people"] == 51)
    #expect(last["sealed"] == (try Journal(folder).all("record.sealed").last))
    #expect(try Journal(new).all("record.sealed").last != last["sealed"])

    // Replay, export and drawing give what they gave, but for the names.
    let redraw = try place.beraad("check", new, "--redraw")
    #expect(redraw.status == 0 && redraw.output.contains("dezelfde tafels"), "\(redraw)")
    for format in ["csv", "md"] {
      let outputs = try [folder, new].map { try place.beraad("export", $0, "--format", format).output }
      // The last line of the report says how many lines the record has; other bytes have another seal.
      let told = outputs.map {
        $0.split(whereSeparator: \.isNewline).filter { !$0.contains("Beraad") && !$0.hasPrefix("- SHA-256") }
      }
      #expect(told[0] == told[1] && told[0].count > 50)
    }
    #expect(try place.state(new)["tables"]?.array?.count == 7)
    #expect(try place.beraad("tables", new).output.contains("Deelnemer"))
  }

  @Test func onePersonAsksToBeForgotten() throws {
    let place = try Place()
    let (folder, new) = (place.path + "/demo", place.path + "/zonder.jsonl")
    _ = try place.beraad("demo", "--headless", "--speed", "0", "--dir", folder)
    let run = try place.beraad("redact", folder, "--json", "--person", "P018", "-o", new)
    #expect(run.status == 0, "\(run)")
    let list = try JSON(parsing: run.output)
    #expect(list["people"] == 1 && list["replaced"]?.array?.first?["member"] == "name")
    let names = try Journal(new).all("participant.registered").compactMap { $0["name"]?.string }
    #expect(names[17] == "Deelnemer 18" && names.count { $0.hasPrefix("Deelnemer ") } == 1)
    try place.expectGood(new)
    // The other one, in the new record; then there are two lines that tell.
    let twice = try place.beraad("redact", new, "--person", "P019", "-o", place.path + "/twee.jsonl")
    #expect(twice.status == 0, "\(twice)")
    #expect(try Journal(place.path + "/twee.jsonl").all("record.redacted").count == 2)
    try place.expectGood(place.path + "/twee.jsonl")
  }

  @Test func whatCannotBeRedactedIsRefused() throws {
    let place = try Place()
    let (folder, new) = (place.path + "/demo", place.path + "/zonder.jsonl")
    _ = try place.beraad("demo", "--headless", "--speed", "0", "--dir", folder)
    func refusal(_ arguments: [String], status: Int32, _ words: String) throws {
      let ending = try Program.run(
        [Program.beraad, "redact"] + arguments + ["--language", "nl"], environment: place.environment)
      #expect(ending.status == status && ending.output.isEmpty, "\(ending)")
      #expect(ending.errors.contains(words), "\(ending)")
      #expect(!FileManager.default.fileExists(atPath: new))
    }
    try refusal([folder, "-o", new], status: 64, "--all-names")
    try refusal([folder, "--all-names", "--person", "P001", "-o", new], status: 64, "--all-names")
    try refusal([folder, "--person", "P999", "-o", new], status: 64, "P999")
    try refusal([folder, "--all-names", "-o", new + "/nergens"], status: 66, "nergens")
    try refusal([folder, "--all-names", "-o", folder + "/record.jsonl"], status: 73, "bestaat al")

    let file = folder + "/record.jsonl"
    let damaged = try String(contentsOfFile: file, encoding: .utf8).replacingOccurrences(
      of: "\"P018\"", with: "\"P081\"")
    try damaged.write(toFile: file, atomically: false, encoding: .utf8)
    try refusal([folder, "--all-names", "-o", new], status: 1, "check --repair")
    #expect(try String(contentsOfFile: file, encoding: .utf8) == damaged)
  }
}
