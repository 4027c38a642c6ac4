import Ground
import PTYKit
import Testing

/// The commands without a screen: their help, their refusals, and the demo that runs by itself.
@Suite struct CommandJourneys {
  static let commands = ["demo", "new", "run", "replay", "check", "seat", "export"]

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
    ["check", "map", "--repair"], ["replay", "map", "--seq", "1"], ["seat"],
    ["replay", "map", "--state", "--seq", "1", "--at", "12:00"], ["run", "map", "--language", "fr"],
    ["new", "map", "--template", "bestaatniet"],
  ]) func wrongArgumentsAreRefused(arguments: [String]) throws {
    let place = try Place()
    let ending = try Program.run([Program.beraad] + arguments, environment: place.environment)
    #expect(ending.status == 64 && ending.output.isEmpty && !ending.errors.isEmpty, "\(ending)")
  }

  @Test(arguments: [
    (["run", "map"], "demo --headless"), (["demo"], "demo --headless"), (["replay", "map"], "--state"),
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
