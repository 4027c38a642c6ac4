import Testing

/// Why a text is not the CSV that the export promises.
struct CSVError: Error { var row: Int, reason: String }

/// Reads CSV strictly (RFC 4180): a byte order mark, rows that end in CRLF, quotes only around a whole cell,
/// as many cells in every row.
func rows(csv text: String, separator: Unicode.Scalar) throws -> [[String]] {
  var scalars = Array(text.unicodeScalars)[...]
  guard scalars.popFirst() == "\u{FEFF}" else { throw CSVError(row: 0, reason: "no byte order mark") }
  var rows: [[String]] = []
  while !scalars.isEmpty {
    var row: [String] = []
    var isEnd = false
    while !isEnd {
      row.append(try cell(&scalars, separator, row: rows.count))
      let next = scalars.popFirst()
      if next == "\r", scalars.popFirst() == "\n" {
        isEnd = true
      } else if next != separator {
        throw CSVError(row: rows.count, reason: "\(next.map(String.init(describing:)) ?? "end") after a cell")
      }
    }
    rows.append(row)
    guard row.count == rows[0].count else {
      throw CSVError(row: rows.count - 1, reason: "\(row.count) cells")
    }
  }
  return rows
}

private func cell(
  _ scalars: inout ArraySlice<Unicode.Scalar>, _ separator: Unicode.Scalar, row: Int
) throws -> String {
  var cell = String.UnicodeScalarView()
  guard scalars.first == "\"" else {
    while let next = scalars.first, next != separator, next != "\r" {
      guard next != "\"", next != "\n" else { throw CSVError(row: row, reason: "\(next) in a bare cell") }
      cell.append(scalars.removeFirst())
    }
    return String(cell)
  }
  scalars.removeFirst()
  while let next = scalars.popFirst() {
    if next != "\"" {
      cell.append(next)
    } else if scalars.first == "\"" {
      cell.append(scalars.removeFirst())
    } else {
      return String(cell)
    }
  }
  throw CSVError(row: row, reason: "a quote without an end")
}
