import Examples
import Foundation
import Ground
import PTYKit
import Testing

/// A folder of its own for one journey: home, temporary files and dossiers; removed with all that is in it.
final class Place: Sendable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "beraad-journey-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path(percentEncoded: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  // MARK: Files

  /// Writes the example dossier and returns its folder.
  func rogplus() throws -> String {
    let folder = path + "/rogplus"
    try Examples.write("rogplus", to: folder)
    return folder
  }

  /// Writes a file and returns its name.
  func write(_ text: String, to name: String) throws -> String {
    let file = path + "/" + name
    try Data(text.utf8).write(to: URL(filePath: file))
    return file
  }

  /// Writes a dossier with this plan and one participant, and returns its folder.
  func dossier(_ plan: String) throws -> String {
    try FileManager.default.createDirectory(atPath: path + "/dossier", withIntermediateDirectories: true)
    _ = try write(plan, to: "dossier/plan.yaml")
    _ = try write("naam\nIemand Alleen\n", to: "dossier/participants.csv")
    return path + "/dossier"
  }

  // MARK: Programs

  /// The variables that decide where the program looks and what it speaks.
  var environment: [String: String] {
    [
      "HOME": path, "TMPDIR": path, "XDG_CONFIG_HOME": path + "/.config", "XDG_STATE_HOME": path + "/.state",
      "LANG": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no",
    ]
  }

  /// Starts the program on a terminal.
  func console(
    _ arguments: [String], rows: Int = 24, columns: Int = 80, environment: [String: String] = [:]
  ) throws -> PTY {
    try PTY(
      [Program.beraad] + arguments + ["--language", "nl"], rows: rows, columns: columns,
      environment: self.environment.merging(environment) { $1 })
  }

  /// Runs the program without a terminal, to its end.
  func beraad(_ arguments: String...) throws -> Program.Ending {
    try Program.run([Program.beraad] + arguments + ["--language", "nl"], environment: environment)
  }

  /// Returns the state of a conference as `replay --state` prints it.
  func state(_ folder: String, _ moment: String...) throws -> JSON {
    let ending = try Program.run(
      [Program.beraad, "replay", folder, "--state", "--language", "nl"] + moment, environment: environment)
    try #require(ending.status == 0, "\(ending)")
    return try JSON(parsing: ending.output)
  }

  /// Expects that `check` and the checker that knows nothing of the program both call a record good, with the
  /// same words.
  func expectGood(_ folder: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let ours = try beraad("check", folder)
    #expect(ours.status == 0, "\(ours)", sourceLocation: sourceLocation)
    let file = folder.hasSuffix(".jsonl") ? folder : folder + "/record.jsonl"
    let theirs = try Program.run(
      ["/usr/bin/env", "python3", Repository.path + "/Tests/RecordTests/verify-record", file],
      environment: environment)
    #expect(theirs.status == 0, "\(theirs)", sourceLocation: sourceLocation)
    // Of the first line: the next ones of ours, if any, tell the seal.
    let numbers = { (text: String) in
      text.split(separator: "\n").first?.split(separator: " ").filter { $0.contains(where: \.isNumber) }
    }
    #expect(numbers(ours.output) == numbers(theirs.output), sourceLocation: sourceLocation)
  }
}

/// The working copy that these tests were built from.
enum Repository {
  static let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path(percentEncoded: false)
}

/// A record's lines as they stand on disk.
struct Journal {
  let lines: [JSON]

  /// Reads a dossier's record, or the file of this name.
  init(_ path: String) throws {
    let file = path.hasSuffix(".jsonl") ? path : path + "/record.jsonl"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    lines = try text.split(separator: "\n").map { try JSON(parsing: String($0)) }
  }

  /// The payloads of all lines of a type.
  func all(_ type: String) -> [JSON] { lines.filter { $0["type"]?.string == type }.compactMap { $0["data"] } }
}
