import Foundation
import Ground
import PTYKit
import Testing

/// A host and the devices of a hall, as processes of their own on this machine (S4.7, S4.8).
@Suite struct HallJourneys {
  @Test func theScreenGoesOnWhenTheHostIsKilledAndComesBack() throws {
    let place = try Place()
    let folder = place.path + "/dag"
    #expect(try place.beraad("new", folder, "--template", "werkconferentie").status == 0)
    var host = try HostProcess(place, folder)
    let screen = try place.console(["screen", host.url, "--code", host.codes["scherm in de zaal"] ?? ""])
    try screen.waitFor("Welkom")
    host.kill()
    try screen.waitFor("Geen verbinding met de host")
    #expect(screen.text.contains("Welkom"))
    // The pass outlives the host: nobody types a code again.
    host = try HostProcess(place, folder, port: host.port)
    try screen.waitUntil("the screen hears the host again") { !screen.text.contains("Geen verbinding") }
    let storm = try host.storm(place, devices: 1, commands: 3)
    #expect(storm.last == "3 3", "\(storm)")
    try screen.waitUntil("the copy is the record byte by byte") {
      let record = FileManager.default.contents(atPath: folder + "/record.jsonl") ?? Data()
      return !record.isEmpty && (try? Self.copies(place)) == [record]
    }
    screen.send("qj")
    #expect(try screen.waitForExit() == 0)
    // Without a host at all it shows what it has.
    host.kill()
    let again = try place.console(["screen", host.url])
    try again.waitFor("Geen verbinding met de host")
    #expect(again.text.contains("Welkom"))
    again.send("qj")
    #expect(try again.waitForExit() == 0)
  }

  /// Killed in a storm of commands, three times: each command is in the record once, in the order of its device.
  @Test func aHostThatIsKilledInAStormLosesAndDoublesNothing() throws {
    let place = try Place()
    let folder = place.path + "/dag"
    #expect(try place.beraad("new", folder, "--template", "werkconferentie").status == 0)
    var host = try HostProcess(place, folder)
    let storm = try host.beginStorm(place, devices: 4, commands: 150)
    for _ in 0..<3 {
      try storm.waitForMore()
      host.kill()
      host = try HostProcess(place, folder, port: host.port)
    }
    let lines = try storm.lines()
    #expect(lines.last == "600 600", "\(lines)")
    host.end()
    #expect(try place.beraad("check", folder).status == 0)
    let texts = try String(contentsOfFile: folder + "/record.jsonl", encoding: .utf8)
      .split(separator: "\n").compactMap { line in
        line.contains("contribution.added") ? try JSON(parsing: String(line))["data"]?["text"]?.string : nil
      }
    for table in 1...4 {
      #expect(
        texts.filter { $0.hasPrefix("tafel \(table) ") } == (0..<150).map { "tafel \(table) nummer \($0)" })
    }
  }

  private static func copies(_ place: Place) throws -> [Data] {
    let root = URL(filePath: place.path)
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    return (files?.allObjects as? [URL] ?? []).filter {
      $0.lastPathComponent == "record.jsonl" && $0.path.contains("/devices/")
    }.compactMap { try? Data(contentsOf: $0) }
  }
}

/// `beraad host`, until it is killed or ended.
struct HostProcess {
  let url: String
  /// The codes by what they are for.
  let codes: [String: String]
  let folder: String
  private let process: Process

  var port: Int { url.split(separator: ":").last.flatMap { Int($0) } ?? 0 }

  init(_ place: Place, _ folder: String, port: Int = 0) throws {
    self.folder = folder
    process = Process()
    process.executableURL = URL(filePath: Program.beraad)
    process.arguments = ["host", folder, "--port", String(port), "--language", "nl"]
    process.environment = place.environment
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    var lines: [String] = []
    var text = ""
    while lines.last?.contains("Ctrl-C") != true {
      let data = output.fileHandleForReading.availableData
      try #require(!data.isEmpty, "the host ended: \(text)")
      text += String(decoding: data, as: UTF8.self)
      lines = text.split(separator: "\n").map(String.init)
    }
    url = try #require(lines.first)
    let pairs = lines.dropFirst().dropLast().map { $0.trimmingCharacters(in: .whitespaces) }
      .compactMap { line in line.firstRange(of: "  ").map { (line[$0.upperBound...], line[..<$0.lowerBound]) }
      }
    codes = Dictionary(pairs.map { (String($0), String($1)) }) { $1 }
  }

  func kill() {
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  func end() {
    process.terminate()
    process.waitUntilExit()
  }

  func storm(_ place: Place, devices: Int, commands: Int) throws -> [String] {
    try beginStorm(place, devices: devices, commands: commands).lines()
  }

  func beginStorm(_ place: Place, devices: Int, commands: Int) throws -> Storm {
    try Storm(place, url, codes["notulist van een tafel"] ?? "", devices, commands)
  }

  /// Devices that give commands.
  struct Storm {
    private let process = Process()
    private let output = Pipe()

    /// Waits until more of what they give was answered.
    func waitForMore() throws { try #require(!output.fileHandleForReading.availableData.isEmpty) }

    fileprivate init(_ place: Place, _ url: String, _ code: String, _ devices: Int, _ commands: Int) throws {
      let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "storm.py").path
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = ["python3", script, url, code, String(devices), String(commands)]
      process.environment = place.environment
      process.standardOutput = output
      try process.run()
    }

    /// Waits for the end, and gives what was printed.
    func lines() throws -> [String] {
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }
  }
}
