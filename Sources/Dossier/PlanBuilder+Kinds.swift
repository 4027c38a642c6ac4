import Conference
import Ground
import Yams

extension PlanBuilder {
  /// Reads the kinds of contribution: names of known ones, the word `standaard` for all usual ones, or own ones.
  mutating func kinds(_ field: Field?) -> [Kind] {
    let entries = list(field)
    guard !entries.isEmpty else { return Kind.defaults }
    var kinds: [Kind] = []
    for entry in entries {
      let found: [Kind]
      if case .mapping = entry.value {
        found = ownKind(entry).map { [$0] } ?? []
      } else {
        found = knownKinds(entry)
      }
      for kind in found {
        if kinds.contains(where: { $0.id == kind.id }) {
          repeated(Field(written: kind.name[language], line: entry.line, value: entry.value), earlier: nil)
        } else if let key = kind.key, let other = kinds.first(where: { $0.key == key }) {
          findings.error(
            entry.line,
            Phrase(
              nl: "\(quoted(kind.name.nl)) en \(quoted(other.name.nl)) hebben allebei toets \(key)",
              en: "\(quoted(kind.name.en)) and \(quoted(other.name.en)) both have the key \(key)"),
            mend: Phrase(nl: "kies een andere letter bij “toets”", en: "choose another letter for “key”"))
        } else {
          kinds.append(kind)
        }
      }
    }
    return kinds
  }

  private mutating func knownKinds(_ entry: Field) -> [Kind] {
    guard let name = text(entry) else { return [] }
    if ["standaard", "defaults"].contains(folded(name)) { return Kind.defaults }
    let known = Kind.defaults + Kind.further
    if let kind = known.first(named: name) { return [kind] }
    findings.error(
      entry.line,
      Phrase(nl: "de soort \(quoted(name)) is niet bekend", en: "the kind \(quoted(name)) is not known"),
      mend: suggestion(for: name, among: known.flatMap(\.names))
        ?? Phrase(
          nl: "maak een eigen soort: {naam: \(name), toets: x}",
          en: "make a kind of your own: {name: \(name), key: x}"))
    return []
  }

  private mutating func ownKind(_ entry: Field) -> Kind? {
    let keys = fields(entry.value, KindKey.self, place: Phrase(nl: "een soort bijdrage", en: "a kind"))
    let nl = text(keys[.nl], limit: 40)
    guard let name = nl ?? text(keys[.en], limit: 40) else {
      findings.error(
        entry.line, Phrase(nl: "deze soort heeft geen naam", en: "this kind has no name"),
        mend: Phrase(nl: "schrijf “naam: …”", en: "write “name: …”"))
      return nil
    }
    let phrase = Phrase(nl: name, en: text(keys[.en], limit: 40) ?? name)
    guard let id = id(keys[.id], from: phrase.en, line: entry.line) else { return nil }
    var key: Character?
    if let written = text(keys[.key]) {
      key = written.count == 1 ? written.lowercased().first { $0.isLetter || $0.isNumber } : nil
      if key == nil {
        findings.error(
          keys[.key]?.line,
          Phrase(nl: "\(quoted(written)) is geen toets", en: "\(quoted(written)) is no key"),
          mend: Phrase(nl: "schrijf één letter of cijfer", en: "write one letter or digit"))
      }
    }
    return Kind(id: id, name: phrase, key: key, isSensitive: word(keys[.sensitive], YesNo.self) == .yes)
  }

  /// Returns the id that was written, else one made from a name.
  mutating func id(_ field: Field?, from name: String, line: Int) -> String? {
    let id =
      text(field)
      ?? String(
        folded(name).unicodeScalars.filter {
          $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0)
        }.prefix(40).map(Character.init))
    guard !isID(id) else { return id }
    findings.error(
      field?.line ?? line,
      Phrase(nl: "\(quoted(id)) kan geen id zijn", en: "\(quoted(id)) cannot be an id"),
      mend: Phrase(
        nl: "schrijf “id: …” met kleine letters, cijfers en streepjes",
        en: "write “id: …” in lower-case letters, digits and hyphens"))
    return nil
  }

  /// Reads how the survey's answers stand in its file.
  mutating func readSurvey(_ field: Field?, kinds: [Kind]) {
    guard let field, !isEmpty(field.value) else { return }
    surveyLine = field.line
    var spec = SurveySpec(kind: kinds.first { $0.id == "idea" }?.id ?? kinds.first?.id ?? "idea")
    defer { if !refusesSurvey { survey = spec } }
    if case .scalar = field.value {
      let name = text(field) ?? ""
      refusesSurvey = YesNo(word: name) == .no
      if YesNo(word: name) == nil { spec.file = fileName(field) ?? spec.file }
      return
    }
    let keys = fields(field.value, SurveyKey.self, place: Phrase(nl: "de enquête", en: "the survey"))
    spec.file = keys[.file].flatMap { fileName($0) } ?? spec.file
    spec.textColumn = text(keys[.text])
    spec.kindColumn = text(keys[.kindColumn])
    spec.source = text(keys[.source]) ?? spec.source
    spec.keep = keys[.keep].map { list($0).compactMap { text($0) } }
    if let name = text(keys[.kind]) {
      if let kind = kinds.first(named: name) {
        spec.kind = kind.id
      } else {
        findings.error(
          keys[.kind]?.line,
          Phrase(nl: "de soort \(quoted(name)) is niet bekend", en: "the kind \(quoted(name)) is not known"),
          mend: suggestion(for: name, among: kinds.flatMap(\.names))
            ?? Phrase(
              nl: "kies uit: \(kinds.map(\.name.nl).joined(separator: ", "))",
              en: "choose from: \(kinds.map(\.name.en).joined(separator: ", "))"))
      }
    }
    if let only = keys[.only] {
      if case .mapping(let conditions) = only.value {
        for (key, value) in conditions {
          guard case .scalar(let heading) = key else { continue }
          let condition = Field(written: PlanTree.written(heading.string), line: line(key), value: value)
          spec.only.append(.init(column: condition.written, values: list(condition).compactMap { text($0) }))
        }
      } else {
        wrongType(only, Phrase(nl: "“kolom: [waarde, waarde]”", en: "“column: [value, value]”"))
      }
    }
  }

  /// Returns the name of a file within the dossier.
  private mutating func fileName(_ field: Field) -> String? {
    guard let name = text(field) else { return nil }
    guard !name.contains("/"), !name.hasPrefix(".") else {
      findings.error(
        field.line,
        Phrase(
          nl: "\(quoted(name)) ligt niet in het dossier", en: "\(quoted(name)) is not within the dossier"),
        mend: Phrase(
          nl: "zet het bestand in de map van het dossier en schrijf alleen de naam",
          en: "put the file in the dossier's folder and write only its name"))
      return nil
    }
    return name
  }
}
