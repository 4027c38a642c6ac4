/// A place in a record where lines are missing or cannot be read, with lines that can be read around it.
///
/// Only a damaged record has them: it can still be read, and everything that reads it shows where they are.
public struct Gap: Sendable, Equatable {
  /// How many of the lines that can be read stand in front of it.
  public let position: Int
  /// How many lines are missing, by the numbers of those around it; nil at the end, where nothing tells.
  public let missing: Int?
  /// The number, from 1, of the first line in the file that does not hold together.
  public let line: Int
  /// The offset of that line's first byte in the file.
  public let offset: Int
  /// What is wrong with it, as a word for programs.
  public let code: String
  /// What is wrong with it, to follow a colon.
  public let reason: Phrase
  /// The time of the line in front; nil where there is none.
  public let after: Moment?
  /// The time of the line behind; nil where there is none.
  public let before: Moment?

  /// Creates a gap.
  public init(
    position: Int, missing: Int?, line: Int, offset: Int, code: String, reason: Phrase, after: Moment?,
    before: Moment?
  ) {
    self.position = position
    self.missing = missing
    self.line = line
    self.offset = offset
    self.code = code
    self.reason = reason
    self.after = after
    self.before = before
  }

  /// What is missing, in a few words.
  public var brief: Phrase {
    switch missing {
    case 0?: Phrase(nl: "het naslagwerk klopt hier niet", en: "the record is wrong here")
    case 1?: Phrase(nl: "hier ontbreekt 1 regel", en: "1 line is missing here")
    case let count?: Phrase(nl: "hier ontbreken \(count) regels", en: "\(count) lines are missing here")
    case nil: Phrase(nl: "hier houdt het leesbare deel op", en: "what can be read ends here")
    }
  }

  /// What is missing, where in the file, and why.
  public var phrase: Phrase {
    Phrase(
      nl: "\(brief.nl) (regel \(line) van het bestand, byte \(offset): \(reason.nl))",
      en: "\(brief.en) (line \(line) of the file, byte \(offset): \(reason.en))")
  }
}
