import ArgumentParser
import Glibc
import Ground
import Preferences
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

  /// Whether the mouse is the program's.
  var wantsMouse: Bool { !noMouse && settings.isOn(.mouse) ?? true }

  /// The options as they were given, to hand them on to another command.
  var arguments: [String] {
    (theme.map { ["--theme", $0] } ?? []) + (noMouse ? ["--no-mouse"] : [])
      + (languageOption.choice.map { ["--language", $0.rawValue] } ?? [])
  }

  /// The theme asked for, with what was wrong with it or with the settings.
  ///
  /// The same was told on the terminal, where it stands after the screen was left. A broken theme is reported and the usual one is used. So is an unknown one that the settings name; where
  /// the command names it, the program ends.
  func chosenTheme() throws -> (theme: Screen.Theme, trouble: Phrase?) {
    var troubles = settings.troubles.map { $0.phrase(in: lastPart(settingsPath)) }
    for trouble in settings.troubles { complain("beraad: " + trouble.phrase(in: settingsPath)[language]) }
    let usual = ThemeShelf.usual(onLightGround: isGroundLight)
    var chosen: Screen.Theme?
    do throws(ThemeTrouble) {
      chosen = try themeShelf.theme(theme ?? settings[.theme] ?? usual)
    } catch {
      if case .unknown = error, theme != nil {
        throw failure(.missing, nl: error.phrase.nl, en: error.phrase.en)
      }
      troubles.append(error.brief)
      complain("beraad: " + error.phrase[language])
      chosen = try? ThemeShelf(folders: []).theme(usual)
    }
    return (chosen ?? .fallback, Phrase(joining: troubles))
  }

  /// Whether the terminal says that its ground is light: `COLORFGBG=0;15`, as rxvt and Konsole set it.
  private var isGroundLight: Bool {
    let ground = environment("COLORFGBG")?.split(separator: ";").last
    return ground == "7" || ground == "15"
  }
}

/// Where a person's settings and themes are.
private let configFolder =
  (environment("XDG_CONFIG_HOME") ?? (environment("HOME") ?? "") + "/.config") + "/beraad"

/// The file of a person's settings.
let settingsPath = configFolder + "/settings"

/// The settings as they were at the start; options on the command line go before them.
let settings = Settings(path: settingsPath)

/// The themes within reach.
let themeShelf = ThemeShelf(folders: [configFolder + "/themes", "/usr/share/beraad/themes"])

extension Phrase {
  /// Joins phrases to one, or returns nil where there is none.
  init?(joining phrases: [Phrase?]) {
    let phrases = phrases.compactMap { $0 }
    guard !phrases.isEmpty else { return nil }
    self.init(
      nl: phrases.map(\.nl).joined(separator: " "), en: phrases.map(\.en).joined(separator: " "))
  }
}

/// Whether keyboard and screen are a terminal.
var hasTerminal: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

/// Refuses unless keyboard and screen are a terminal.
func requireTerminal(instead hint: Phrase) throws {
  guard hasTerminal else {
    throw failure(
      .usage,
      nl: "Hiervoor is een terminal nodig, en die is er niet. \(hint.nl)",
      en: "This needs a terminal, and there is none. \(hint.en)")
  }
}
