import Ground

/// A kind of contribution: idea, opinion, sensitivity … (S4.13), or one that the plan defines.
public struct Kind: Sendable, Equatable {
  /// Names the kind in the record: lower-case letters, digits and hyphens.
  public var id: String
  /// Its name on the screen.
  public var name: Phrase
  /// The letter that chooses it in the note pane, or nil.
  public var key: Character?
  /// Whether it stays out of what leaves the room unless released.
  public var isSensitive: Bool

  /// Creates a kind.
  public init(id: String, name: Phrase, key: Character? = nil, isSensitive: Bool = false) {
    self.id = id
    self.name = name
    self.key = key
    self.isSensitive = isSensitive
  }

  /// The kinds that a plan without its own has.
  public static let defaults: [Kind] = [
    Kind(id: "idea", name: Phrase(nl: "idee", en: "idea"), key: "i"),
    Kind(id: "opinion", name: Phrase(nl: "mening", en: "opinion"), key: "m"),
    Kind(id: "sensitivity", name: Phrase(nl: "gevoeligheid", en: "sensitivity"), key: "g", isSensitive: true),
    Kind(id: "proposition", name: Phrase(nl: "stelling", en: "proposition"), key: "s"),
    Kind(id: "question", name: Phrase(nl: "vraag", en: "question"), key: "v"),
    Kind(id: "action", name: Phrase(nl: "actie", en: "action"), key: "a"),
    Kind(id: "quote", name: Phrase(nl: "citaat", en: "quote"), key: "c"),
  ]

  /// Further kinds that the field names and a plan can ask for by id or name (S2.4 to S2.12, S0.9).
  public static let further: [Kind] = [
    Kind(id: "solution", name: Phrase(nl: "oplossing", en: "solution"), key: "o"),
    Kind(id: "insight", name: Phrase(nl: "inzicht", en: "insight"), key: "n"),
    Kind(id: "lead", name: Phrase(nl: "aanknopingspunt", en: "lead"), key: "k"),
    Kind(id: "attention", name: Phrase(nl: "aandachtspunt", en: "point of attention"), key: "t"),
    Kind(id: "example", name: Phrase(nl: "praktijkvoorbeeld", en: "practice example"), key: "p"),
    Kind(id: "initiative", name: Phrase(nl: "initiatief", en: "initiative"), key: "b"),
    Kind(id: "principle", name: Phrase(nl: "uitgangspunt", en: "principle"), key: "u"),
    Kind(id: "goal", name: Phrase(nl: "doelstelling", en: "goal"), key: "d"),
    Kind(id: "partnership", name: Phrase(nl: "samenwerkingsverband", en: "partnership"), key: "w"),
    Kind(id: "yield", name: Phrase(nl: "opbrengst", en: "yield"), key: "y"),
    Kind(id: "need", name: Phrase(nl: "behoefte", en: "need"), key: "h"),
    Kind(id: "agreement", name: Phrase(nl: "afspraak", en: "agreement"), key: "f"),
  ]
}

/// Ordered labels of the plan's own for contributions: own strength, informal support … (S1.8).
public struct Ladder: Sendable, Equatable {
  /// Names the ladder in the record: lower-case letters, digits and hyphens.
  public var id: String
  /// Its name on the screen.
  public var name: String
  /// The labels, the lowest rung first; at least two.
  public var rungs: [String]

  /// Creates a ladder.
  public init(id: String, name: String, rungs: [String]) {
    self.id = id
    self.name = name
    self.rungs = rungs
  }
}
