import Conference
import Ground

/// Reads the list of participants.
public enum ParticipantsReader {
  /// The participants that were read, with what was found.
  public struct Reading: Sendable, Equatable {
    /// The participants in the order of the list.
    public var participants: [Participant] = []
    /// The line of each participant.
    public var lines: [Int] = []
    /// The mistakes and notices by line.
    public var findings: [Finding] = []
  }

  /// The longest name, organisation or other cell, in characters.
  static let cellLimit = 200

  /// Reads a CSV file with at least a column of names; columns may stand in any order.
  ///
  /// Headings are Dutch or English: naam, organisatie, groep, gemeente, id. Further columns become attributes.
  /// Without a column of ids the people are P001, P002 and so on. Rows with a mistake are left out.
  public static func read(bytes: [UInt8], file: String = "participants.csv") -> Reading {
    var work = ParticipantsWork(findings: Findings(file: file))
    work.read(bytes)
    return Reading(participants: work.participants, lines: work.lines, findings: work.findings.sorted)
  }

  /// Checks the people's groups against those of the plan and gives them the plan's spelling.
  ///
  /// A plan without groups takes those that the people name.
  static func checkGroups(_ reading: inout Reading, against groups: [String], file: String) {
    guard !groups.isEmpty else { return }
    let known = Dictionary(groups.map { (folded($0), $0) }, uniquingKeysWith: { first, _ in first })
    for (place, person) in reading.participants.enumerated() {
      guard let group = person.group else { continue }
      if let spelling = known[folded(group)] {
        reading.participants[place].group = spelling
      } else {
        reading.findings.append(
          Finding(
            file: file, line: reading.lines[place],
            what: Phrase(
              nl: "de groep \(quoted(group)) staat niet in plan.yaml",
              en: "the group \(quoted(group)) is not in plan.yaml"),
            mend: suggestion(for: group, among: groups)
              ?? Phrase(
                nl: "kies uit: \(groups.joined(separator: ", ")), of zet de groep erbij onder “groepen”",
                en: "choose from: \(groups.joined(separator: ", ")), or add the group under “groups”")))
      }
    }
  }
}

private struct ParticipantsWork {
  var findings: Findings
  var participants: [Participant] = []
  var lines: [Int] = []

  mutating func read(_ bytes: [UInt8]) {
    guard let csv = CSV(bytes, &findings) else { return }
    var columns: [PersonColumn: Int] = [:]
    var further: [(name: String, column: Int)] = []
    for (column, heading) in csv.headings.enumerated() where !heading.isEmpty {
      if let word = PersonColumn(word: heading), columns[word] == nil {
        columns[word] = column
      } else {
        further.append((heading, column))
      }
    }
    guard let nameColumn = columns[.name] else {
      findings.error(
        csv.headingLine, Phrase(nl: "er is geen kolom met namen", en: "there is no column of names"),
        mend: csv.headings.lazy.compactMap { suggestion(for: $0, among: PersonColumn.name.names) }.first
          ?? Phrase(nl: "noem een kolom “naam”", en: "call a column “name”"))
      return
    }
    let width = max(3, String(csv.rows.count).count)
    for row in csv.rows {
      var cells = row.cells
      guard clean(&cells, of: csv, line: row.line) else { continue }
      guard !cells[nameColumn].isEmpty else {
        findings.error(
          row.line, Phrase(nl: "de naam ontbreekt", en: "the name is missing"),
          mend: Phrase(nl: "vul de naam in of haal de rij weg", en: "fill in the name or remove the row"))
        continue
      }
      func cell(_ word: PersonColumn) -> String? {
        columns[word].flatMap { cells[$0].isEmpty ? nil : cells[$0] }
      }
      var person = Participant(
        id: "P" + padded(participants.count + 1, width), name: cells[nameColumn],
        organisation: cell(.organisation), group: cell(.group), municipality: cell(.municipality),
        attributes: further.filter { !cells[$0.column].isEmpty }.map {
          .init(name: $0.name, value: cells[$0.column])
        })
      if columns[.id] != nil {
        guard let id = cell(.id) else {
          findings.error(
            row.line,
            Phrase(
              nl: "het id van \(quoted(person.name)) ontbreekt",
              en: "the id of \(quoted(person.name)) is missing"),
            mend: Phrase(
              nl: "vul het id in, of haal de hele kolom weg", en: "fill in the id, or remove the whole column"
            ))
          continue
        }
        person.id = id
      }
      participants.append(person)
      lines.append(row.line)
    }
    findDuplicates(hasIDs: columns[.id] != nil)
    count()
  }

  /// Cleans the cells; false where one of them is too long.
  private mutating func clean(_ cells: inout [String], of csv: CSV, line: Int) -> Bool {
    var isFit = true
    for place in cells.indices {
      let (text, hadControls) = cleaned(cells[place], keepingLines: false)
      cells[place] = text
      if hadControls {
        findings.notice(
          line,
          Phrase(
            nl: "in \(quoted(csv.headings[place])) stonden onzichtbare stuurtekens; die zijn weggelaten",
            en: "\(quoted(csv.headings[place])) held invisible control characters; they were left out"),
          mend: Phrase(nl: "kijk of \(quoted(text)) klopt", en: "see whether \(quoted(text)) is right"))
      }
      if text.count > ParticipantsReader.cellLimit {
        findings.error(
          line,
          Phrase(
            nl:
              "\(quoted(csv.headings[place])) is \(text.count) tekens lang; het mogen er \(ParticipantsReader.cellLimit) zijn",
            en:
              "\(quoted(csv.headings[place])) is \(text.count) characters long; \(ParticipantsReader.cellLimit) are allowed"
          ),
          mend: Phrase(nl: "maak de tekst korter", en: "shorten the text"))
        isFit = false
      }
    }
    return isFit
  }

  private mutating func findDuplicates(hasIDs: Bool) {
    var lineOfID: [String: Int] = [:]
    var lineOfPerson: [[String]: Int] = [:]
    for (person, line) in zip(participants, lines) {
      if let earlier = lineOfID[person.id] {
        findings.error(
          line,
          Phrase(
            nl: "het id \(quoted(person.id)) staat ook op regel \(earlier)",
            en: "the id \(quoted(person.id)) is on line \(earlier), too"),
          mend: Phrase(nl: "geef ieder een eigen id", en: "give everyone an id of their own"))
        continue
      }
      lineOfID[person.id] = line
      let identity = [folded(person.name), folded(person.organisation ?? "")]
      if let earlier = lineOfPerson[identity] {
        let what = Phrase(
          nl: "\(quoted(person.name)) staat met dezelfde organisatie ook op regel \(earlier)",
          en: "\(quoted(person.name)) with the same organisation is on line \(earlier), too")
        if hasIDs {
          findings.notice(
            line, what,
            mend: Phrase(nl: "haal er een weg als het dezelfde is", en: "remove one if they are the same"))
        } else {
          findings.error(
            line, what,
            mend: Phrase(
              nl: "haal er een weg; zijn het er twee, voeg dan een kolom “id” toe",
              en: "remove one; if they are two, add a column “id”"))
        }
      } else {
        lineOfPerson[identity] = line
      }
    }
  }

  private mutating func count() {
    switch participants.count {
    case 0 where !findings.all.contains(where: \.isError):
      findings.error(
        nil, Phrase(nl: "er staat geen enkele deelnemer in", en: "there is no participant in it"),
        mend: Phrase(
          nl: "zet onder de kopregel een rij per deelnemer",
          en: "put a row for each participant below the headings"))
    case 1:
      findings.notice(
        lines[0], Phrase(nl: "er is maar één deelnemer", en: "there is only one participant"),
        mend: Phrase(nl: "kijk of de lijst volledig is", en: "see whether the list is complete"))
    default: break
    }
  }
}
