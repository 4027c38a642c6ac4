import Conference
import Ground

/// How the answers of a survey stand in its file.
public struct SurveySpec: Sendable, Equatable {
  /// The file's name within the dossier.
  public var file: String
  /// The heading of the column of answers; nil: the only column, or one with a usual heading such as tekst.
  public var textColumn: String?
  /// The id of the kind that answers get.
  public var kind: String
  /// The heading of a column that holds each answer's kind by id or name; nil: all are of `kind`.
  public var kindColumn: String?
  /// The survey's name, kept with each answer.
  public var source: String
  /// The headings of the columns to keep with each answer; nil: all others.
  public var keep: [String]?
  /// Which rows to take: those of which each of these columns holds one of the values.
  public var only: [Condition]

  /// A column and the values that a row may have in it.
  public struct Condition: Sendable, Equatable {
    /// The column's heading.
    public var column: String
    /// The values that are taken.
    public var values: [String]
    /// Creates a condition.
    public init(column: String, values: [String]) {
      self.column = column
      self.values = values
    }
  }

  /// Creates a specification; without arguments it fits a plan that says nothing about its survey.
  public init(
    file: String = "survey.csv", textColumn: String? = nil, kind: String = "idea", kindColumn: String? = nil,
    source: String = "enquête", keep: [String]? = nil, only: [Condition] = []
  ) {
    self.file = file
    self.textColumn = textColumn
    self.kind = kind
    self.kindColumn = kindColumn
    self.source = source
    self.keep = keep
    self.only = only
  }
}

/// Reads the answers of a survey held beforehand (S4.1).
public enum SurveyReader {
  /// The answers that were read, with what was found.
  public struct Reading: Sendable, Equatable {
    /// The answers in the order of the file.
    public var answers: [SurveyAnswer] = []
    /// The mistakes and notices by line.
    public var findings: [Finding] = []
  }

  /// The longest answer, in characters.
  static let answerLimit = 8_000

  /// Reads a CSV file as `spec` says; `kinds` are those that a column of kinds can name.
  public static func read(
    bytes: [UInt8], file: String = "survey.csv", spec: SurveySpec = SurveySpec(),
    kinds: [Kind] = Kind.defaults
  ) -> Reading {
    var findings = Findings(file: file)
    let answers = CSV(bytes, &findings).map { self.answers(in: $0, spec, kinds, &findings) } ?? []
    return Reading(answers: answers, findings: findings.sorted)
  }

  private static func answers(
    in csv: CSV, _ spec: SurveySpec, _ kinds: [Kind], _ findings: inout Findings
  ) -> [SurveyAnswer] {
    func column(_ heading: String, _ findings: inout Findings) -> Int? {
      if let place = csv.headings.firstIndex(where: { folded($0) == folded(heading) }) { return place }
      findings.error(
        csv.headingLine,
        Phrase(nl: "de kolom \(quoted(heading)) is er niet", en: "there is no column \(quoted(heading))"),
        mend: suggestion(for: heading, among: csv.headings)
          ?? Phrase(
            nl: "noem in plan.yaml een van: \(csv.headings.joined(separator: ", "))",
            en: "name one of these in plan.yaml: \(csv.headings.joined(separator: ", "))"))
      return nil
    }
    let usual = csv.headings.count == 1 ? 0 : csv.headings.firstIndex { AnswerColumn(word: $0) != nil }
    let textColumn = spec.textColumn.map { column($0, &findings) } ?? usual
    if spec.textColumn == nil, usual == nil {
      findings.error(
        csv.headingLine,
        Phrase(
          nl: "het is niet duidelijk in welke kolom de antwoorden staan",
          en: "it is not clear which column holds the answers"),
        mend: Phrase(
          nl: "zet in plan.yaml onder “enquête” de regel “tekst: …”",
          en: "add “text: …” under “survey” in plan.yaml"))
    }
    let kindColumn = spec.kindColumn.flatMap { column($0, &findings) }
    let conditions = spec.only.map {
      (column: column($0.column, &findings), values: Set($0.values.map(folded)))
    }
    let kept =
      spec.keep.map { $0.compactMap { column($0, &findings) } }
      ?? csv.headings.indices.filter { $0 != textColumn && $0 != kindColumn && !csv.headings[$0].isEmpty }
    guard let textColumn else { return [] }

    var answers: [SurveyAnswer] = []
    var empty = 0
    var cleanedCount = 0
    for row in csv.rows {
      let isWanted = conditions.allSatisfy { condition in
        condition.column.map { condition.values.contains(folded(row.cells[$0])) } ?? true
      }
      guard isWanted else { continue }
      let (text, hadControls) = cleaned(row.cells[textColumn], keepingLines: true)
      if hadControls { cleanedCount += 1 }
      guard !text.isEmpty else {
        empty += 1
        continue
      }
      guard text.count <= answerLimit else {
        findings.error(
          row.line,
          Phrase(
            nl: "het antwoord is \(text.count) tekens lang; het mogen er \(answerLimit) zijn",
            en: "the answer is \(text.count) characters long; \(answerLimit) are allowed"),
          mend: Phrase(nl: "maak het antwoord korter of splits het", en: "shorten or split the answer"))
        continue
      }
      var kind = spec.kind
      if let kindColumn, case let word = row.cells[kindColumn].trimmed, !word.isEmpty {
        guard let found = kinds.first(named: word) else {
          findings.error(
            row.line,
            Phrase(
              nl: "de soort \(quoted(word)) is niet bekend", en: "the kind \(quoted(word)) is not known"),
            mend: suggestion(for: word, among: kinds.flatMap(\.names))
              ?? Phrase(
                nl: "zet de soort in plan.yaml onder “soorten bijdragen”",
                en: "add the kind to plan.yaml under “kinds”"))
          continue
        }
        kind = found.id
      }
      answers.append(
        SurveyAnswer(
          text: text, kind: kind, source: spec.source,
          origin: kept.compactMap { place in
            let value = cleaned(row.cells[place], keepingLines: false).text
            return value.isEmpty ? nil : .init(name: csv.headings[place], value: value)
          }))
    }
    report(empty: empty, cleaned: cleanedCount, taken: answers.count, &findings)
    return answers
  }

  private static func report(empty: Int, cleaned: Int, taken: Int, _ findings: inout Findings) {
    if empty > 0 {
      findings.notice(
        nil,
        Phrase(
          nl: empty == 1 ? "1 leeg antwoord is overgeslagen" : "\(empty) lege antwoorden zijn overgeslagen",
          en: empty == 1 ? "1 empty answer was skipped" : "\(empty) empty answers were skipped"),
        mend: Phrase(nl: "u hoeft niets te doen", en: "nothing needs to be done"))
    }
    if cleaned > 0 {
      findings.notice(
        nil,
        Phrase(
          nl:
            "uit \(cleaned) \(cleaned == 1 ? "antwoord" : "antwoorden") zijn onzichtbare stuurtekens weggelaten",
          en:
            "invisible control characters were left out of \(cleaned) \(cleaned == 1 ? "answer" : "answers")"),
        mend: Phrase(nl: "u hoeft niets te doen", en: "nothing needs to be done"))
    }
    if taken == 0, !findings.all.contains(where: \.isError) {
      findings.notice(
        nil, Phrase(nl: "er is geen enkel antwoord ingelezen", en: "no answer was read"),
        mend: Phrase(
          nl: "kijk of het bestand rijen heeft en wat er onder “alleen” staat",
          en: "see whether the file has rows and what “where” says"))
    }
  }
}

extension Kind {
  /// The words by which files name the kind.
  var names: [String] { [name.nl, name.en, id] }
}

extension Sequence where Element == Kind {
  /// Returns the kind whose id or name is `word`, whatever its case and accents.
  func first(named word: String) -> Kind? {
    first { $0.names.contains { folded($0) == folded(word) } }
  }
}
