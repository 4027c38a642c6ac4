import Ground
import PTYKit
import Testing

/// The commands without a screen: their help, their refusals, and the demo that runs by itself.
@Suite struct CommandJourneys {
  static let commands = ["demo", "new", "run", "replay", "check", "seat", "tables", "export", "redact"]

  @Test(arguments: commands) func helpShowsAnExample(command: String) throws {
    let place = try Place()
    let ending = try place.beraad(command, "--help")
    #expect(ending.status == 0 && ending.errors.isEmpty, "\(ending)")
    #expect(ending.output.contains("Voorbeeld:\n  beraad \(command)"), "\(ending)")
  }

  @Test func theProgramNamesItsCommandsAndItsVersion() throws {
    let place = try Place()
    let help = try place.beraad("--help")
    #expect(help.status == 0 && help.output.contains("Voorbeeld:\n  beraad demo"), "\(help)")
    for command in Self.commands { #expect(help.output.contains("  \(command) ")) }
    let version = try Program.run([Program.beraad, "--version"], environment: place.environment)
    #expect(version.status == 0)
    #expect(version.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil, "\(version)")
  }

  @Test(arguments: [
    ["--nonsens"], ["bestaatniet"], ["run"], ["new"], ["export", "map"],
    ["export", "map", "--format", "pdf"],
    ["demo", "--speed", "0"], ["demo", "--headless", "--speed", "snel"],
    ["demo", "--headless", "--speed", "-1"],
    ["check", "map", "--from", "kopie"], ["check", "map", "--json", "--redraw"],
    ["replay", "map", "--seq", "1"], ["seat"],
    ["replay", "map", "--state", "--seq", "1", "--at", "12:00"], ["run", "map", "--language", "fr"],
    ["new", "map", "--template", "bestaatniet"], ["tables"], ["tables", "map", "--round", "een"],
  ]) func wrongArgumentsAreRefused(arguments: [String]) throws {
    let place = try Place()
    let ending = try Program.run([Program.beraad] + arguments, environment: place.environment)
    #expect(ending.status == 64 && ending.output.isEmpty && !ending.errors.isEmpty, "\(ending)")
  }

  @Test(arguments: [
    (["run", "map"], "--accessible"), (["demo"], "demo --headless"), (["replay", "map"], "--state"),
  ]) func withoutATerminalThereIsAHint(arguments: [String], hint: String) throws {
    let place = try Place()
    if arguments[0] != "demo" { _ = try place.beraad("new", place.path + "/map") }
    let full = arguments.map { $0 == "map" ? place.path + "/map" : $0 }
    let ending = try Program.run([Program.beraad] + full, environment: place.environment)
    #expect(ending.status == 64 && ending.output.isEmpty, "\(ending)")
    #expect(ending.errors.contains(hint), "\(ending)")
  }

  // MARK: The demo by itself

  @Test func theDemoRunsToItsEnd() throws {
    let place = try Place()
    let folders = ["een", "twee", "drie"].map { place.path + "/" + $0 }
    let runs = try zip(folders, ["0", "0", "1000000"]).map { folder, speed in
      try place.beraad("demo", "--headless", "--speed", speed, "--dir", folder)
    }
    for (folder, run) in zip(folders, runs) {
      #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
      #expect(run.output.hasPrefix("Naslagwerk: \(folder)/record.jsonl\n"), "\(run)")
      for word in ["gepland", "werkelijk", "Ronde 1", "Tafel 7", "idee", "Vooraf: enquête"] {
        #expect(run.output.contains(word), "\(word) in \(run)")
      }
      try place.expectGood(folder)
      #expect(try place.state(folder)["status"] == "closed")
    }
    #expect(try contributions(folders[0], place) == contributions(folders[1], place))
    #expect(try contributions(folders[0], place).count > 200)
  }

  // MARK: The papers for the hall

  @Test func theTablesOfADayArePrinted() throws {
    let place = try Place()
    let folder = place.path + "/map"
    _ = try place.beraad("demo", "--headless", "--speed", "0", "--dir", folder)
    let both = try place.beraad("tables", folder)
    #expect(both.status == 0 && both.errors.isEmpty, "\(both)")
    for words in ["TAFEL 7", "Ronde 2", "Wie zit waar", "  ten Grotenhuis, Rosa", "  El Amrani, Yara"] {
      #expect(both.output.contains(words), "\(words) in \(both)")
    }
    let one = try place.beraad("tables", folder, "--round", "1", "--cards", "--html")
    #expect(one.status == 0 && one.output.hasPrefix("<!DOCTYPE html>"), "\(one)")
    #expect(one.output.matches(of: /<section class="card">/).count == 7)
    #expect(!one.output.contains("Ronde 2") && !one.output.contains("Wie zit waar"))
    let unknown = try place.beraad("tables", folder, "--round", "3")
    #expect(unknown.status == 64 && unknown.errors.contains("1 tot en met 2"), "\(unknown)")
  }

  /// Without tables there is nothing to print, and it is told what to do.
  @Test func beforeTheOpeningThereAreNoTables() throws {
    let place = try Place()
    let folder = try place.rogplus()
    let ending = try place.beraad("tables", folder)
    #expect(ending.status == 66 && ending.output.isEmpty, "\(ending)")
    #expect(ending.errors.contains("beraad run \(folder)"), "\(ending)")
    let missing = try place.beraad("tables", place.path + "/bestaatniet")
    #expect(missing.status == 66 && missing.output.isEmpty, "\(missing)")
  }

  /// A folder that is in use is never written over.
  @Test func theDemoOverwritesNothing() throws {
    let place = try Place()
    let folder = try place.rogplus()
    let run = try place.beraad("demo", "--headless", "--speed", "0", "--dir", folder)
    #expect(run.status == 73 && run.errors.contains("rogplus"), "\(run)")
  }

  /// Where and what: the ids and times of another run differ.
  private func contributions(_ folder: String, _ place: Place) throws -> [[String]] {
    (try place.state(folder)["contributions"]?.array ?? []).map { note in
      [note["table"]?.int.map(String.init) ?? "", note["kind"]?.string ?? "", note["text"]?.string ?? ""]
    }
  }
}
