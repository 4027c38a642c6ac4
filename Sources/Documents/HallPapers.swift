import Conference
import Ground

/// The papers for the hall: cards for the tables, and the list of who sits where.
///
/// They hold names on purpose: people look for their own. As text for a terminal of 80 columns, and as one
/// HTML file to print.
public struct HallPapers: Sendable {
  /// A kind of paper.
  public enum Part: Sendable, CaseIterable {
    /// A card for each table and round, to stand on the table.
    case cards
    /// The people by surname with their table in each round, to hang at the door.
    case names
  }

  let session: Session
  let rounds: [Int]
  let language: Language

  /// Creates the papers of `rounds`, from 1; a round that is not drawn yet is told to be so.
  public init(session: Session, rounds: [Int], language: Language) {
    self.session = session
    self.rounds = rounds
    self.language = language
  }

  /// Returns the papers as plain text, at most 80 columns wide and safe to print on a terminal.
  public func text(_ parts: [Part] = Part.allCases) -> String {
    parts.map { part in
      switch part {
      case .cards: cardsText
      case .names: namesText
      }
    }.joined(separator: "\n")
  }

  /// Returns the papers as one HTML page without scripts, in which nothing is fetched from elsewhere.
  public func html(_ parts: [Part] = Part.allCases) -> String {
    let body = parts.map { part in
      switch part {
      case .cards: cardsHTML
      case .names: namesHTML
      }
    }.joined(separator: "\n")
    return htmlPage(title: title, style: HallPapers.style, body: body, language: language)
  }

  /// The conference's title.
  var title: String { session.plan?.title ?? "" }

  /// The width of text in columns.
  static let columns = 80

  /// The phrase in the papers' language.
  func say(_ nl: String, _ en: String) -> String { Phrase(nl: nl, en: en)[language] }

  func roundName(_ round: Int) -> String { say("Ronde \(round)", "Round \(round)") }

  func notDrawn(_ round: Int) -> String {
    say("Ronde \(round) is nog niet ingedeeld.", "The tables of round \(round) have not been drawn yet.")
  }

  /// The breakout that round `round` is, or nil.
  func item(of round: Int) -> AgendaItem? {
    let breakouts = session.items.filter { $0.phase == .breakout }
    return breakouts.indices.contains(round - 1) ? breakouts[round - 1] : nil
  }

  private static let style = """
    body { font-family: sans-serif; margin: 1.5rem; color: #000; background: #fff; }
    .card { border: 1px solid #000; padding: 1rem 1.5rem; margin: 0 auto 1.5rem; max-width: 19cm; }
    .card header { display: flex; justify-content: space-between; gap: 1rem; }
    .number { font-size: 9cm; line-height: 1; font-weight: bold; text-align: center; margin: 0; }
    .number.long { font-size: 4.5cm; }
    .card h2 { font-size: 1.8rem; text-align: center; margin: 0 0 .5rem; overflow-wrap: anywhere; }
    .question { font-size: 1.5rem; text-align: center; overflow-wrap: anywhere; }
    .people { columns: 2; padding: 0; list-style: none; }
    .people li { break-inside: avoid; margin-bottom: .4rem; overflow-wrap: anywhere; }
    .people b { display: block; }
    table { border-collapse: collapse; width: 100%; max-width: 19cm; margin: 0 auto; }
    th, td { text-align: left; padding: .15rem .5rem; border-bottom: 1px solid #bbb; overflow-wrap: anywhere; }
    th.round, td.round { text-align: right; white-space: nowrap; }
    tr.letter th { font-size: 1.3rem; padding-top: .6rem; break-after: avoid; }
    .names h1, .names p { max-width: 19cm; margin: 0 auto 1rem; }
    @page { size: A4; margin: 1.2cm; }
    @media print {
      body { margin: 0; }
      .card { border: 0; margin: 0 auto; padding: 0; break-after: page; break-inside: avoid; }
      .card:last-child { break-after: auto; }
      thead { display: table-header-group; }
      tr { break-inside: avoid; }
    }
    """
}

extension Session {
  /// The rounds, from 1, in which people have tables: drawn ones, and those that keep the tables of such a one.
  public var seatedRounds: [Int] { (1...max(1, rounds)).filter { seating(round: $0) != nil } }
}
