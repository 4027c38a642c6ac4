import Ground

/// A table read from a CSV file: a heading row and rows of as many cells.
struct CSV {
  /// The headings, without white space around them.
  var headings: [String]
  /// The line of the headings, from 1.
  var headingLine: Int
  /// The rows that have as many cells as there are headings; wholly empty ones are left out.
  var rows: [Row]

  /// A row of cells.
  struct Row {
    /// The line on which the row starts, from 1.
    var line: Int
    /// The cells as they were written.
    var cells: [String]
  }

  /// The largest file that is read, in bytes.
  static let byteLimit = 16 << 20
  /// The most rows that are read.
  static let rowLimit = 20_000

  /// Reads RFC 4180 with comma, semicolon or tab, whichever the heading row holds most; nil where there is no
  /// heading row to go by.
  init?(_ source: [UInt8], _ findings: inout Findings) {
    guard let bytes = CSV.decode(source, &findings) else { return nil }
    var reader = CSVRows(bytes: bytes)
    guard let first = reader.headingRow() else {
      findings.error(
        nil, Phrase(nl: "het bestand is leeg", en: "the file is empty"),
        mend: Phrase(
          nl: "zet op de eerste regel de namen van de kolommen en daaronder de rijen",
          en: "put the names of the columns on the first line and the rows below it"))
      return nil
    }
    headingLine = first.line
    headings = first.cells.map { cleaned($0, keepingLines: false).text }
    rows = []
    while let row = reader.next() {
      guard rows.count < CSV.rowLimit else {
        findings.error(
          row.line, Phrase(nl: "meer dan \(CSV.rowLimit) rijen", en: "more than \(CSV.rowLimit) rows"),
          mend: Phrase(nl: "splits het bestand", en: "split the file"))
        break
      }
      if let row = fitted(row, &findings) { rows.append(row) }
    }
    for line in reader.textAfterQuote {
      findings.error(
        line,
        Phrase(nl: "er staat tekst na het sluitende aanhalingsteken", en: "text follows the closing quote"),
        mend: Phrase(
          nl: "zet de hele cel tussen aanhalingstekens en verdubbel die binnenin (\"\")",
          en: "put the whole cell between quotes and double those inside it (\"\")"))
    }
    if let line = reader.openQuote {
      findings.error(
        line,
        Phrase(nl: "een aanhalingsteken wordt niet gesloten", en: "a quote is never closed"),
        mend: Phrase(nl: "zet het sluitende aanhalingsteken erbij", en: "add the closing quote"))
    }
    checkHeadings(&findings)
  }

  /// Returns `row` with as many cells as there are headings, or nil where it is empty or ragged.
  private func fitted(_ row: Row, _ findings: inout Findings) -> Row? {
    var row = row
    guard row.cells.contains(where: { !$0.allSatisfy(\.isWhitespace) }) else { return nil }
    // Spreadsheets write the separators of empty columns at the end, or leave them out.
    let named = (headings.lastIndex { !$0.isEmpty } ?? 0) + 1
    while row.cells.count < headings.count, row.cells.count >= named { row.cells.append("") }
    while row.cells.count > headings.count, row.cells.last?.allSatisfy(\.isWhitespace) == true {
      row.cells.removeLast()
    }
    guard row.cells.count == headings.count else {
      findings.error(
        row.line,
        Phrase(
          nl:
            "deze rij heeft \(row.cells.count) \(row.cells.count == 1 ? "cel" : "cellen"), de kopregel \(headings.count)",
          en:
            "this row has \(row.cells.count) \(row.cells.count == 1 ? "cell" : "cells"), the heading row \(headings.count)"
        ),
        mend: row.cells.count > headings.count
          ? Phrase(
            nl: "zet een cel waar het scheidingsteken in voorkomt tussen aanhalingstekens",
            en: "put a cell that holds the separator between quotes")
          : Phrase(
            nl: "vul de rij aan tot \(headings.count) cellen",
            en: "fill the row up to \(headings.count) cells"))
      return nil
    }
    return row
  }

  private func checkHeadings(_ findings: inout Findings) {
    var seen: Set<String> = []
    for (column, heading) in headings.enumerated() {
      if heading.isEmpty {
        guard rows.contains(where: { !$0.cells[column].trimmed.isEmpty }) else { continue }
        findings.error(
          headingLine,
          Phrase(nl: "kolom \(column + 1) heeft geen naam", en: "column \(column + 1) has no name"),
          mend: Phrase(nl: "zet een naam boven de kolom", en: "put a name above the column"))
      } else if !seen.insert(folded(heading)).inserted {
        findings.error(
          headingLine,
          Phrase(
            nl: "twee kolommen heten \(quoted(heading))", en: "two columns are called \(quoted(heading))"),
          mend: Phrase(nl: "geef elke kolom een eigen naam", en: "give each column a name of its own"))
      }
    }
  }

  private static func decode(_ source: [UInt8], _ findings: inout Findings) -> [UInt8]? {
    guard source.count <= byteLimit else {
      findings.error(
        nil, Phrase(nl: "het bestand is groter dan 16 MiB", en: "the file is larger than 16 MiB"),
        mend: Phrase(
          nl: "neem alleen de rijen en kolommen op die nodig zijn",
          en: "keep only the rows and columns needed"))
      return nil
    }
    let asCSV = Phrase(
      nl: "sla het blad in het rekenprogramma op als “CSV UTF-8”",
      en: "save the sheet as “CSV UTF-8” in the spreadsheet")
    do throws(EncodingMistake) {
      let text = try DecodedText(source)
      if let line = text.windows1252FromLine {
        findings.notice(
          line,
          Phrase(
            nl: "het bestand is geen UTF-8 en is gelezen als Windows-1252",
            en: "the file is not UTF-8 and was read as Windows-1252"),
          mend: Phrase(
            nl: "kijk of letters als é en ë goed staan; zo niet, \(asCSV.nl)",
            en: "see whether letters such as é and ë are right; if not, \(asCSV.en)"))
      }
      return text.bytes
    } catch {
      switch error {
      case .spreadsheet:
        findings.error(
          nil,
          Phrase(
            nl: "dit is een bestand van een rekenprogramma, geen CSV",
            en: "this is a spreadsheet's own file, not CSV"),
          mend: asCSV)
      case .binary(let line):
        findings.error(
          line, Phrase(nl: "hier staat een nulteken: dit is geen tekst", en: "a NUL byte: this is no text"),
          mend: asCSV)
      case .utf16:
        findings.error(
          nil, Phrase(nl: "de UTF-16-tekst is beschadigd", en: "the UTF-16 text is damaged"), mend: asCSV)
      }
      return nil
    }
  }
}

/// Splits the bytes of a CSV file into rows of cells.
private struct CSVRows {
  let bytes: [UInt8]
  var separator = UInt8(ascii: ",")
  var index = 0
  var line = 1
  /// The line of a quote that is never closed.
  var openQuote: Int?
  /// The lines on which text follows a closing quote.
  var textAfterQuote: [Int] = []

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Returns the first row that holds anything, and settles the separator by it.
  mutating func headingRow() -> CSV.Row? {
    while index < bytes.count, isLineEnd(bytes[index]) || bytes[index] == 0x20 { step() }
    // A first line that Excel reads: sep=;
    if bytes[index...].starts(with: Array("sep=".utf8)), index + 4 < bytes.count,
      [0x2C, 0x3B, 0x09, 0x7C].contains(bytes[index + 4])
    {
      separator = bytes[index + 4]
      while index < bytes.count, !isLineEnd(bytes[index]) { step() }
      while index < bytes.count, isLineEnd(bytes[index]) { step() }
      return next()
    }
    // A comma wins from as many semicolons or tabs.
    var counts: [(separator: UInt8, count: Int)] = [(0x2C, 0), (0x3B, 0), (0x09, 0)]
    var isQuoted = false
    for byte in bytes[index...] {
      if byte == 0x22 { isQuoted.toggle() }
      if isQuoted { continue }
      if isLineEnd(byte) { break }
      for place in counts.indices where counts[place].separator == byte { counts[place].count += 1 }
    }
    separator = counts.reduce(counts[0]) { $1.count > $0.count ? $1 : $0 }.separator
    return next()
  }

  mutating func next() -> CSV.Row? {
    guard index < bytes.count else { return nil }
    var row = CSV.Row(line: line, cells: [])
    while true {
      row.cells.append(cell())
      guard index < bytes.count, !isLineEnd(bytes[index]) else { break }
      step()  // the separator
    }
    if index < bytes.count { step() }  // the line's end
    return row
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// Moves on by one byte, or by two over a CRLF, and counts lines.
  private mutating func step() {
    let byte = bytes[index]
    index += 1
    guard isLineEnd(byte) else { return }
    line += 1
    if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
  }

  private mutating func cell() -> String {
    // White space before an opening quote is not part of the cell.
    let start = index
    while index < bytes.count, bytes[index] == 0x20 { index += 1 }
    guard index < bytes.count, bytes[index] == 0x22 else {
      index = start
      return plainText()
    }
    let quoteLine = line
    index += 1
    var text: [UInt8] = []
    while index < bytes.count {
      if bytes[index] != 0x22 {
        let before = index
        step()
        text += bytes[before] == 0x0D ? [0x0A] : [bytes[before]]
      } else if index + 1 < bytes.count, bytes[index + 1] == 0x22 {
        text.append(0x22)
        index += 2
      } else {
        index += 1
        let closingLine = line
        let tail = plainText()
        if !tail.allSatisfy(\.isWhitespace) { textAfterQuote.append(closingLine) }
        return String(decoding: text, as: UTF8.self)
      }
    }
    openQuote = quoteLine
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func plainText() -> String {
    let start = index
    while index < bytes.count, bytes[index] != separator, !isLineEnd(bytes[index]) { index += 1 }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }
}
