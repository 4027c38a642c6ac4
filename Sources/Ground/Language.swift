/// A language of the user interface.
public enum Language: String, Sendable, CaseIterable, Codable {
  case nl, en

  /// Returns the language that a POSIX locale such as `nl_NL.UTF-8` names, or English.
  public init(locale: String) {
    self = locale.lowercased().hasPrefix("nl") ? .nl : .en
  }
}

/// A sentence or a word in every language of the program; the compiler sees that none is missing.
public struct Phrase: Sendable, Hashable {
  /// The Dutch text.
  public let nl: String
  /// The English text.
  public let en: String

  /// Creates a phrase from its Dutch and its English text.
  public init(nl: String, en: String) {
    self.nl = nl
    self.en = en
  }

  /// Creates a phrase that reads the same in every language: a name, a number, a path.
  public init(same text: String) {
    nl = text
    en = text
  }

  /// Returns the text in `language`.
  public subscript(language: Language) -> String {
    switch language {
    case .nl: nl
    case .en: en
    }
  }
}
