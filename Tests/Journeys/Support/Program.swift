import Foundation
import Glibc

/// Programs that are run to their end, without a terminal.
enum Program {
  /// The program under test lies beside the test bundle.
  static let beraad =
    (CommandLine.arguments.first ?? "").split(separator: "/", omittingEmptySubsequences: false).dropLast()
    .joined(separator: "/") + "/beraad"

  /// What a program left behind.
  struct Ending: CustomStringConvertible {
    var status: Int32
    var output: String
    var errors: String

    var description: String { "status \(status)\n--- stdout\n\(output)\n--- stderr\n\(errors)" }
  }

  /// Runs a program with nothing to read and waits for its end; `argv[0]` is its path.
  static func run(_ argv: [String], environment: [String: String]) throws -> Ending {
    // Files, not pipes: a program that writes much never waits for us.
    let folder = FileManager.default.temporaryDirectory.appending(path: "beraad-run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let names = ["out", "err"].map { folder.appending(path: $0).path(percentEncoded: false) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for (descriptor, name) in zip([STDOUT_FILENO, STDERR_FILENO], names) {
      posix_spawn_file_actions_addopen(&actions, descriptor, name, O_WRONLY | O_CREAT, 0o600)
    }
    let arguments = argv.map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var pid: pid_t = 0
    let failure = posix_spawn(&pid, argv[0], &actions, nil, arguments, variables)
    guard failure == 0 else { throw CannotStart(program: argv[0], error: failure) }
    var raw: Int32 = 0
    while waitpid(pid, &raw, 0) < 0, errno == EINTR {}
    let texts = try names.map { try String(contentsOfFile: $0, encoding: .utf8) }
    return Ending(
      status: raw & 0x7F == 0 ? raw >> 8 & 0xFF : 128 + raw & 0x7F, output: texts[0], errors: texts[1])
  }

  struct CannotStart: Error {
    let program: String
    let error: Int32
  }
}
