import ArgumentParser
import Ground
import Preferences

/// The program: arguments, wiring and exit codes, and nothing else.
@main struct Beraad: ParsableCommand {
  /// The version of the program, as it stands in every record.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "beraad",
    abstract: say(
      nl: "Leidt een werkconferentie vanuit de terminal en bewaart alles in één naslagwerk.",
      en: "Runs a working conference from the terminal and keeps everything in one record."),
    discussion: example("beraad demo"),
    version: version,
    subcommands: [
      DemoCommand.self, NewCommand.self, RunCommand.self, HostCommand.self, NoteCommand.self,
      ScreenCommand.self,
      ReplayCommand.self, CheckCommand.self, SeatCommand.self, TablesCommand.self, ExportCommand.self,
      RedactCommand.self, StartCommand.self,
    ],
    // The parser would give the help of the default command instead of the program's own.
    defaultSubcommand: ["-h", "--help"].contains(CommandLine.arguments.dropFirst().first)
      ? nil : StartCommand.self)
}

/// The language of the program's own words: `--language`, else that of the settings, else the locale's.
let language: Language = {
  let arguments = CommandLine.arguments
  for (index, argument) in arguments.enumerated() {
    if argument.hasPrefix("--language=") {
      return Language(rawValue: String(argument.dropFirst(11))) ?? .en
    }
    if argument == "--language", arguments.indices.contains(index + 1) {
      return Language(rawValue: arguments[index + 1]) ?? .en
    }
  }
  if let chosen = settings.language { return chosen }
  let names = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap(environment)
  return Language(locale: names.first ?? "")
}()

/// Returns the text in the language of the program.
func say(nl: String, en: String) -> String { Phrase(nl: nl, en: en)[language] }

/// Returns the help of an option or argument in the language of the program.
func help(nl: String, en: String) -> ArgumentHelp { ArgumentHelp(say(nl: nl, en: en)) }

/// Returns an example for the end of a command's help.
func example(_ lines: String...) -> String {
  say(nl: "Voorbeeld:", en: "Example:") + "\n" + lines.map { "  " + $0 }.joined(separator: "\n")
}
