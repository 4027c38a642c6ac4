public import Ground

/// Why a terminal cannot be used.
public enum TerminalError: Error, Hashable, Sendable {
  /// The keyboard or the screen is a file or a pipe.
  case notATerminal
  /// The terminal that TERM names is unknown or cannot place text on a screen.
  case unusable(String)

  /// What it says to a person.
  public var phrase: Phrase {
    switch self {
    case .notATerminal:
      Phrase(
        nl: "Dit programma werkt in een terminal; het toetsenbord of het scherm is nu iets anders.",
        en: "This program works in a terminal; the keyboard or the screen is something else now.")
    case .unusable(let name):
      Phrase(
        nl:
          "Deze terminal (TERM=\(name)) kan geen schermen tonen. Probeer TERM=xterm-256color, of run --accessible.",
        en: "This terminal (TERM=\(name)) cannot show screens. Try TERM=xterm-256color, or run --accessible.")
    }
  }
}
