import Conference
import Ground

/// The forms in which a conference leaves the program.
public enum ExportFormat: String, Sendable, CaseIterable {
  /// The whole conference for other programs.
  case json
  /// One row for each contribution, for spreadsheets.
  case csv
  /// A record of the day for people, in Markdown.
  case md
}

/// A conference as it leaves the program, with no more of people in it than was asked for.
///
/// Without names it holds no names, a speaker's among them, no further columns of the participants' list and no columns kept from
/// a survey: any of them can point to a person (S0.14). What people wrote stands in it as they wrote it.
public struct Export: Sendable {
  let session: Session
  let reading: ClockReading
  let language: Language
  let withNames: Bool
  let withSensitive: Bool
  /// The lines of other programs, whose types start with `x.`.
  let foreign: [Line]
  /// The contributions that may be in it, withdrawn ones among them, in order.
  let contributions: [Contribution]

  /// Creates an export of `session` with its clocks as in `reading`.
  ///
  /// Contributions that are sensitive, by their mark or their kind, are left out and counted unless `withSensitive`.
  /// `foreign` are the lines of other programs; only the JSON tells of them.
  public init(
    session: Session, reading: ClockReading, language: Language, withNames: Bool, withSensitive: Bool,
    foreign: [Line] = []
  ) {
    self.foreign = foreign
    self.session = session
    self.reading = reading
    self.language = language
    self.withNames = withNames
    self.withSensitive = withSensitive
    contributions = session.contributions.filter { withSensitive || !session.isSensitive($0) }
  }

  /// Whether a contribution may be in it.
  func isReleased(_ contribution: Contribution) -> Bool {
    withSensitive || !session.isSensitive(contribution)
  }

  /// The number of sensitive contributions that are left out.
  public var heldBack: Int { session.contributions.count - contributions.count }

  /// Returns the export as text in `format`; the JSON is the same in every language.
  public func text(_ format: ExportFormat) -> String {
    switch format {
    case .json: json.printableText + "\n"
    case .csv: csv
    case .md: markdown
    }
  }

  /// The phrase in the export's language.
  func say(_ nl: String, _ en: String) -> String { Phrase(nl: nl, en: en)[language] }
}
