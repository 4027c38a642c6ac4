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
      say("ingetrokken", "withdrawn"),
    ] + (withNames ? [say("herkomst", "origin")] : [])
  }

  private func cells(_ contribution: Contribution) -> [String] {
    let item = contribution.item.flatMap(session.itemIndex).map { session.items[$0].title }
    let theme = contribution.theme.flatMap(session.themeIndex).map { session.themes[$0].title }
    let origin = contribution.origin.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
    return [
      contribution.id, session.zone.dateAndTime(contribution.at), item ?? "",
      contribution.table.map(String.init) ?? "", session.kind(of: contribution).name[language],
      contribution.text, theme ?? "", contribution.source ?? "", contribution.parent ?? "",
      contribution.isWithdrawn ? say("ja", "yes") : "",
    ] + (withNames ? [origin] : [])
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
