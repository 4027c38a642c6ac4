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

  /// As in a hall: over TLS, and the words of the host are kept and compared (S4.7).
  @Test func theScreenOnlyTrustsTheHostThatItKnows() throws {
    let place = try Place()
    let folder = place.path + "/dag"
    #expect(try place.beraad("new", folder, "--template", "werkconferentie").status == 0)
    var host = try HostProcess(place, folder, address: "0.0.0.0")
    let code = host.codes["scherm in de zaal"] ?? ""
    #expect(host.url.hasPrefix("https://"))
    let words = try #require(host.words)
    #expect(words.split(separator: " ").count == 8)
    // By plain HTTP nothing is to be had.
    let plain = try place.console(["screen", host.url.replacing("https", with: "http"), "--code", code])
    #expect(try plain.waitForExit() == 1)

    let screen = try place.console(["screen", host.url, "--code", code])
    try screen.waitFor("Welkom")
    #expect(String(decoding: screen.transcript, as: UTF8.self).contains("Woorden van deze host: \(words)"))
    // The certificate outlives the host.
    host.kill()
    try screen.waitFor("Geen verbinding met de host")
    host = try HostProcess(place, folder, port: host.port, address: "0.0.0.0")
    #expect(host.words == words)
    try screen.waitUntil("the screen hears the host again") { !screen.text.contains("Geen verbinding") }
    // Another certificate at the same address.
    host.kill()
    try FileManager.default.removeItem(atPath: place.path + "/.state/beraad/certificate")
    host = try HostProcess(place, folder, port: host.port, address: "0.0.0.0")
    let others = try #require(host.words)
    #expect(others != words)
    try screen.waitFor("Hier zit een andere host")
    #expect(screen.text.contains("Welkom"))
    screen.send("qj")
    #expect(try screen.waitForExit() == 0)
    #expect(screen.transcript.suffix(2000).firstRange(of: Array("--fingerprint '\(others)'".utf8)) != nil)

    for (typed, status) in [("aap noot mies", 1), (words, Int32?.none), (others, nil)] as [(String, Int32?)] {
      let screen = try place.console(["screen", host.url, "--fingerprint", typed])
      if let status {
        #expect(try screen.waitForExit() == status)
        #expect(
          String(decoding: screen.transcript, as: UTF8.self).contains("niet de host die dit apparaat kent"))
        continue
      }
      if typed == others {
        try screen.waitUntil("it hears the host") {
          screen.text.contains("Welkom") && !screen.text.contains("!!")
        }
      } else {
        try screen.waitFor("Hier zit een andere host")
      }
      screen.send("qj")
      #expect(try screen.waitForExit() == 0)
    }
    host.kill()
  }

  /// A system's usual limit is less than a large hall has devices (S4.7).
  @Test func itTakesMoreConnectionsThanAreUsuallyAllowed() throws {
    let place = try Place()
    let folder = place.path + "/dag"
    #expect(try place.beraad("new", folder, "--template", "werkconferentie").status == 0)
    let host = try HostProcess(place, folder, softFileLimit: 40)
    let held = (0..<60).map { _ in Self.connect(to: host.port) }
    defer { for file in held { close(file) } }
    #expect(held.allSatisfy { $0 >= 0 })
    let screen = try place.console(["screen", host.url, "--code", host.codes["scherm in de zaal"] ?? ""])
    try screen.waitFor("Welkom")
    screen.send("qj")
    #expect(try screen.waitForExit() == 0)
    host.kill()
  }

  /// A connection to this machine on which nothing is said, or a negative number.
  private static func connect(to port: Int) -> Int32 {
    let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    let failed = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Foundation.connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    return failed == 0 ? file : -1
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
  /// The words of its certificate, where it has one.
  let words: String?
  let folder: String
  private let process: Process

  var port: Int { url.split(separator: ":").last.flatMap { Int($0) } ?? 0 }

  /// At loopback it speaks plain HTTP, elsewhere TLS; `softFileLimit` is what the shell allows it at first.
  init(
    _ place: Place, _ folder: String, port: Int = 0, address: String = "127.0.0.1",
    softFileLimit: Int? = nil
  ) throws {
    self.folder = folder
    process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    let limit = softFileLimit.map { "ulimit -Sn \($0); " } ?? ""
    process.arguments = [
      "-c", limit + "exec \"$0\" \"$@\"", Program.beraad, "host", folder, "--address", address, "--port",
      String(port), "--language", "nl",
    ]
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
    let mark = "Woorden van deze host: "
    words = lines.first { $0.hasPrefix(mark) }.map { String($0.dropFirst(mark.count)) }
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
