import Ground

/// Returns rows as CSV for spreadsheets, the headings first.
///
/// RFC 4180 with CRLF, UTF-8 with a byte order mark (Excel takes it for Windows-1252 without), and the
/// separator that Excel expects in the language: `;` in Dutch, `,` in English.
func csvText(_ rows: [[String]], language: Language) -> String {
  let separator = language == .nl ? ";" : ","
  return "\u{FEFF}" + rows.map { $0.map(cell).joined(separator: separator) + "\r\n" }.joined()
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
