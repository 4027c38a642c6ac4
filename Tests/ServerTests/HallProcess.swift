import Device
import Foundation
import Ground
import Testing
import Wire

/// A host in a process of its own (Tests/HallProbe), whose clock goes when it is told to.
final class HallProcess: Sendable {
  let port: Int
  private let codes: [String]
  private let process: Process
  private let input = Pipe()
  private let output = Pipe()

  /// The program lies beside the test bundle.
  private static let program =
    (CommandLine.arguments.first ?? "").split(separator: "/", omittingEmptySubsequences: false).dropLast()
    .joined(separator: "/") + "/HallProbe"

  /// Begins, or goes on with, the record in a folder.
  static func start(_ folder: String, tables: Int) async throws -> HallProcess {
    try await onThread { try HallProcess(folder, tables) }
  }

  private init(_ folder: String, _ tables: Int) throws {
    process = Process()
    process.executableURL = URL(filePath: Self.program)
    process.arguments = [folder, String(tables)]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let words = Self.line(of: output).split(separator: " ").map(String.init)
    port = try #require(words.first.flatMap { Int($0) })
    codes = Array(words.dropFirst())
  }

  /// Lets a note-taker of a table in, or the facilitator.
  func join(table: Int?) async throws -> Pass {
    try await onThread { [self] in
      let request = JoinRequest(code: codes[table == nil ? 1 : 0], table: table)
      let address = HostAddress(host: "127.0.0.1", port: port, scheme: .http)
      return try HostAddress.join(request, at: [address], expecting: nil, patience: .seconds(100)).1
    }
  }

  /// So much time passes at the host.
  func wait(_ time: Interval) async throws { _ = try await ask("+\(time)") }

  /// What it holds of memory, in KiB.
  func memory() async throws -> Int { try #require(Int(try await ask("memory"))) }

  private func ask(_ line: String) async throws -> String {
    try await onThread { [self] in
      try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
      return Self.line(of: output)
    }
  }

  /// Ends it in the middle of whatever it does.
  func kill() async throws {
    try await onThread { [process] in
      Foundation.kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
  }

  /// Ends it in good order.
  func end() async throws {
    try await onThread { [process, input] in
      try input.fileHandleForWriting.close()
      process.waitUntilExit()
    }
  }

  private static func line(of pipe: Pipe) -> String {
    var bytes: [UInt8] = []
    while let byte = try? pipe.fileHandleForReading.read(upToCount: 1)?.first, byte != 0x0A {
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
