import ArgumentParser
import Glibc
import Ground
import Screen
import Themes

/// The options that every command takes.
struct LanguageOption: ParsableArguments {
  @Option(
    name: .customLong("language"),
    help: help(
      nl: "De taal: nl of en (anders die van het systeem).", en: "The language: nl or en (else the locale's)."
    ))
  var choice: Language?
}

extension Language: ExpressibleByArgument {}

/// The options of commands with a screen.
struct ScreenOptions: ParsableArguments {
  @OptionGroup var languageOption: LanguageOption

  @Option(
    help: help(
      nl: "Het kleurenthema: \(Themes.names.joined(separator: ", ")), of een bestand.",
      en: "The colour theme: \(Themes.names.joined(separator: ", ")), or a file."))
  var theme: String?

  @Flag(
    help: help(
      nl: "Laat de muis aan de terminal, om tekst te selecteren.",
      en: "Leave the mouse to the terminal, to select text."))
  var noMouse = false

  /// The theme asked for; a broken one is reported and the default is used.
  func chosenTheme() throws -> Screen.Theme {
    let name = theme ?? Themes.names[0]
    let text: String
    if let built = Themes.text(name) {
      text = built
    } else {
      let folder = environment("XDG_CONFIG_HOME") ?? (environment("HOME") ?? "") + "/.config"
      let places = [name, "\(folder)/beraad/themes/\(name).theme"]
      guard let found = places.lazy.compactMap(readText).first else {
        throw failure(
          .missing, nl: "Er is geen thema ‘\(name)’. Kies uit: \(Themes.names.joined(separator: ", ")).",
          en: "There is no theme ‘\(name)’. Choose from: \(Themes.names.joined(separator: ", ")).")
      }
      text = found
    }
    do throws(ThemeError) {
      return try Screen.Theme.parse(text, name: name)
    } catch {
      complain("\(name):\(error.line): \(error.phrase[language])")
      return .fallback
    }
  }
}

/// Refuses unless keyboard and screen are a terminal.
func requireTerminal(instead hint: Phrase) throws {
  guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
    throw failure(
      .usage,
      nl: "Hiervoor is een terminal nodig, en die is er niet. \(hint.nl)",
      en: "This needs a terminal, and there is none. \(hint.en)")
  }
}
