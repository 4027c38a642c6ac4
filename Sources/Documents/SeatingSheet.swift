import Conference
import Ground
import Seating

/// A drawing without a conference, on paper: as text to read, as rows for a spreadsheet, as cards to cut.
public struct SeatingSheet: Sendable {
  let request: SeatingRequest
  let drawing: SeatingDrawing
  let language: Language
  /// Whether tables are called by their ids, as in a case; else by their numbers.
  let usesTableIDs: Bool

  /// Creates the sheet of a drawing of `request`.
  public init(
    _ request: SeatingRequest, _ drawing: SeatingDrawing, language: Language, usesTableIDs: Bool
  ) {
    self.request = request
    self.drawing = drawing
    self.language = language
    self.usesTableIDs = usesTableIDs
  }

  private func say(_ nl: String, _ en: String) -> String { Phrase(nl: nl, en: en)[language] }

  // MARK: Text

  /// Who sits where, round by round; safe to print on a terminal, as is all text here.
  public var text: String {
    let names = labels
    let rounds = drawing.plan.rounds.indices.map { round in
      let seated = zip(request.tables, request.tables(from: drawing.plan, round: round))
      return heading(round)
        + seated.filter { !$1.people.isEmpty }.map { table, seated in
          "  \(title(of: table)): \(seated.people.map { names[$0] ?? $0 }.joined(separator: ", "))\n"
        }.joined()
    }
    return rounds.joined(separator: "\n").harmless
  }

  /// The whole in sentences: who meets how many and who again, the worst tables, the cost by term.
  public var summary: String {
    request.summary(of: drawing).phrases { $0 }.map { $0[language] + "\n" }.joined().harmless
  }

  /// What it costs, and whether it can be better.
  public var verdict: String {
    let (cost, bound) = (drawing.score.total, drawing.bound.total)
    let told = costInWords(cost)
    return say("Kosten \(told.nl).", "Cost \(told.en).") + " "
      + SeatingSummary.verdict(cost: cost, bound: bound)[language]
  }

  /// Why each table and each person is where they are; of the people only `ids` where any are given.
  ///
  /// With two ids or more also, for each two of them, why they do not meet.
  public func explanation(_ ids: [String]) -> String {
    guard let reading = SeatingExplanation(request, drawing.plan) else { return "" }
    let names = labels
    func label(_ id: String) -> String { names[id] ?? id }
    var parts: [String] = []
    if ids.isEmpty {
      let titles = Dictionary(
        request.tables.map { ($0.number, title(of: $0)) }, uniquingKeysWith: { first, _ in first })
      for round in drawing.plan.rounds.indices {
        parts.append(
          heading(round)
            + reading.tables(round: round + 1).map { table in
              paragraph("  \(titles[table.table] ?? "")", table.phrases(label))
            }.joined())
      }
    }
    for id in ids.isEmpty ? request.participants.map(\.id) : ids {
      parts.append(paragraph(label(id), reading.person(id).map { $0.phrase(label) }))
    }
    for (place, one) in ids.enumerated() {
      for other in ids[(place + 1)...] {
        let title = say(
          "Waarom \(label(one)) niet bij \(label(other))", "Why not \(label(one)) with \(label(other))")
        parts.append(paragraph(title, reading.whyNot(one, other).map { $0.phrase(label) }))
      }
    }
    return parts.joined(separator: "\n").harmless
  }

  private func heading(_ round: Int) -> String { say("Ronde \(round + 1)", "Round \(round + 1)") + "\n" }

  private func title(of table: Table) -> String {
    let number = say("tafel", "table") + " \(table.number)"
    guard let name = table.name, !["\(table.number)", "T\(table.number)"].contains(name) else {
      return number
    }
    return "\(number) ‘\(name)’"
  }

  private func paragraph(_ title: String, _ phrases: [Phrase]) -> String {
    let indent = String(repeating: " ", count: title.prefix { $0 == " " }.count + 2)
    return title + "\n" + phrases.map { indent + $0[language] + "\n" }.joined()
  }

  /// What people are called: the id, with the name where there is one.
  private var labels: [String: String] {
    Dictionary(
      request.participants.map {
        ($0.id, $0.name.isEmpty || $0.name == $0.id ? $0.id : "\($0.id) \($0.name)")
      },
      uniquingKeysWith: { first, _ in first })
  }

  // MARK: Cards

  /// A card for each table and round with the names of who sits there: as text, or as a page to print.
  ///
  /// `items` are the breakouts of the agenda, with their questions.
  public func cards(asHTML: Bool, title: String, items: [AgendaItem]) -> String {
    var request = request
    for place in request.tables.indices where request.tables[place].name == "T\(request.tables[place].number)"
    {
      request.tables[place].name = nil
    }
    let session = Session(showing: drawing.plan, of: request, title: title, items: items)
    let papers = HallPapers(session: session, rounds: session.seatedRounds, language: language)
    return asHTML ? papers.html([.cards]) : papers.text([.cards])
  }

  // MARK: Rows

  /// One row for each person with their table in each round; names only where they are asked for.
  public func csv(withNames: Bool) -> String {
    let rounds = drawing.plan.rounds.indices
    let tables = rounds.map { round in
      zip(request.tables, request.tables(from: drawing.plan, round: round)).reduce(into: [String: String]()) {
        let name = usesTableIDs ? $1.0.name : nil
        for id in $1.1.people { $0[id] = name ?? String($1.0.number) }
      }
    }
    let headings =
      ["id"] + (withNames ? [say("naam", "name")] : []) + rounds.map { say("ronde", "round") + " \($0 + 1)" }
    let rows = request.participants.map { person in
      [person.id] + (withNames ? [person.name] : []) + tables.map { $0[person.id] ?? "" }
    }
    return csvText([headings] + rows, language: language)
  }
}
