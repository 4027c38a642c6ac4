import Ground

/// Reads any table of people as rows of cells by heading, for seating without a dossier.
public enum RowsReader {
  /// Reads a CSV file's rows; a heading that occurs twice counts once.
  ///
  /// Throws `DossierError` with every mistake.
  public static func read(path: String) throws(DossierError) -> [[String: String]] {
    var findings = Findings(file: path)
    let bytes: [UInt8]
    do {
      bytes = try Folder.bytes(of: path, limit: CSV.byteLimit)
    } catch {
      switch error {
      case .missing:
        findings.error(
          nil, Phrase(nl: "dit bestand is er niet", en: "this file is not there"),
          mend: Phrase(nl: "kijk naar de naam", en: "check the name"))
        throw DossierError(.missing, findings.all)
      case .other(let what, let mend):
        findings.error(nil, what, mend: mend)
        throw DossierError(.missing, findings.all)
      }
    }
    guard let table = CSV(bytes, &findings), !findings.all.contains(where: \.isError) else {
      throw DossierError(.invalid, findings.all)
    }
    return table.rows.map { row in
      Dictionary(zip(table.headings, row.cells), uniquingKeysWith: { first, _ in first })
    }
  }
}
