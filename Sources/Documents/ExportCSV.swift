import Conference
import Ground

extension Export {
  /// One row for each contribution, for spreadsheets.
  ///
  /// RFC 4180 with CRLF, UTF-8 with a byte order mark (Excel takes it for Windows-1252 without), and the
  /// separator that Excel expects in the language: `;` in Dutch, `,` in English.
  var csv: String {
    let rows = [headings] + contributions.map(cells)
    let separator = language == .nl ? ";" : ","
    return "\u{FEFF}" + rows.map { $0.map(cell).joined(separator: separator) + "\r\n" }.joined()
  }

  private var headings: [String] {
    [
      "id", say("tijd", "time"), say("onderdeel", "item"), say("tafel", "table"), say("soort", "kind"),
      say("tekst", "text"), say("thema", "theme"), say("bron", "source"), say("uitwerking van", "elaborates"),
      say("ingetrokken", "withdrawn"), say("samengevoegd met", "merged into"), say("groep", "group"),
      say("top \(Session.topLimit)", "top \(Session.topLimit)"), say("citaat van", "quote from"),
      say("uiterlijk", "due"),
    ] + ladders.map(\.name)
      + (withNames ? [say("wie", "who"), say("herkomst", "origin")] : [])
  }

  private var ladders: [Ladder] { session.plan?.ladders ?? [] }

  private func cells(_ contribution: Contribution) -> [String] {
    let item = contribution.item.flatMap(session.itemIndex).map { session.items[$0].title }
    let theme = session.theme(of: contribution)?.title
    func answer(_ holds: Bool) -> String { holds ? say("ja", "yes") : "" }
    let rungs = ladders.map { ladder in
      contribution.rungs[ladder.id].flatMap { ladder.rungs.indices.contains($0) ? ladder.rungs[$0] : nil }
        ?? ""
    }
    let origin = contribution.origin.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
    return [
      contribution.id, session.zone.dateAndTime(contribution.at), item ?? "",
      contribution.table.map(String.init) ?? "", session.kind(of: contribution).name[language],
      contribution.text, theme ?? "", contribution.source ?? "", contribution.parent ?? "",
      answer(contribution.isWithdrawn), contribution.mergedInto ?? "", session.group(of: contribution) ?? "",
      answer(contribution.isTop), contribution.quote?.text ?? "", contribution.due?.text ?? "",
    ] + rungs + (withNames ? [contribution.owner ?? "", origin] : [])
  }

  /// A cell that a spreadsheet shows as text and never calculates.
  private func cell(_ text: String) -> String {
    var cell = text.harmless
    if startsFormula(text) || startsFormula(cell) { cell = "'" + cell }
    let marks = "\",;\n".unicodeScalars
    guard cell.unicodeScalars.contains(where: marks.contains) || cell.first == " " || cell.last == " "
    else { return cell }
    // By scalar: to Swift a quote with an accent on it is another character, to a spreadsheet it is a quote.
    let doubled = cell.unicodeScalars.reduce(into: "") { $0 += $1 == "\"" ? "\"\"" : String($1) }
    return "\"\(doubled)\""
  }

  /// Whether a spreadsheet may take the cell for a formula.
  ///
  /// Source: OWASP, "CSV Injection": = + - @, tab and return; their full-width forms count in Japanese Excel.
  /// White space before them is skipped, as some importers trim it.
  private func startsFormula(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    if first == "\t" || first == "\r" || first == "\n" { return true }
    let mark = text.unicodeScalars.first { !$0.properties.isWhitespace }
    return mark.map { "=+-@＝＋－＠".unicodeScalars.contains($0) } ?? false
  }
}
