import Conference
import Ground
import Yams

// Rules about the values of a column: who is never alone, and which organisations are the same.

extension PlanBuilder {
  /// Reads `nooit alleen: [cliënt]`, or as in a case file `isolate: {cliënt: nooit}`.
  mutating func neverAlone(_ keys: [AttributeKey: Field], name: String) -> [String] {
    var values = list(keys[.neverAlone])
    if let isolate = keys[.isolate], !isEmpty(isolate.value) {
      guard case .mapping(let mapping) = isolate.value else {
        wrongType(isolate, Phrase(nl: "{waarde: nooit}", en: "{value: never}"))
        return []
      }
      for (key, value) in mapping {
        guard case .scalar(let scalar) = key else { continue }
        let written = PlanTree.written(scalar.string)
        let field = Field(written: written, line: line(key), value: value)
        if word(field, IsolateWord.self) != nil {
          values.append(Field(written: isolate.written, line: line(key), value: Node(written)))
        }
      }
    }
    var found: [String] = []
    for field in values {
      guard let written = text(field) else { continue }
      for value in known(written, as: name, field) where !found.contains(value) { found.append(value) }
    }
    return found
  }

  /// The spellings of a value in the list of participants; one that nobody has is a mistake.
  private mutating func known(_ written: String, as name: String, _ field: Field) -> [String] {
    guard let participants, !participants.isEmpty else { return [written] }
    let values = Set(participants.compactMap { $0.value(of: name) })
    if values.contains(written) { return [written] }
    let alike = values.filter { folded($0) == folded(written) }.sorted()
    if alike.isEmpty {
      findings.error(
        field.line,
        Phrase(
          nl: "niemand in participants.csv is \(quoted(written))",
          en: "nobody in participants.csv is \(quoted(written))"),
        mend: suggestion(for: written, among: values.sorted()) ?? choice(of: values.sorted()))
    }
    return alike
  }

  private func choice(of values: [String]) -> Phrase {
    let told = values.prefix(12).joined(separator: ", ")
    return Phrase(nl: "kies uit: \(told)", en: "choose from: \(told)")
  }

  /// A column that is there only for those who are never alone must say who they are.
  mutating func checkIsolate(_ keys: [AttributeKey: Field], _ attribute: MixingRules.Attribute) {
    if attribute.neverAlone.isEmpty, keys[.neverAlone] == nil, keys[.isolate] == nil {
      findings.error(
        keys[.kind]?.line,
        Phrase(nl: "hier staat niet wie nooit alleen zit", en: "who never sits alone is missing here"),
        mend: Phrase(nl: "schrijf “nooit alleen: [cliënt]”", en: "write “never alone: [client]”"))
    }
    if let weight = keys[.weight] {
      findings.notice(
        weight.line,
        Phrase(
          nl: "dit gewicht telt niet: de kolom wordt niet gemengd",
          en: "this weight does not count: the column is not mixed"),
        mend: Phrase(
          nl: "zet het gewicht onder mengen bij “alleen zitten”", en: "put the weight under mixing at “alone”"
        ))
    }
  }

  /// Reads names that mean one organisation: `[[Gem. Breda, Gemeente Breda]]`; one list alone may stand bare.
  mutating func sameOrganisations(_ field: Field?) -> [[String]] {
    let entries = list(field)
    let isSingle = !entries.contains { if case .sequence = $0.value { true } else { false } }
    let circles = isSingle ? (entries.isEmpty ? [] : [entries]) : entries.map { list($0) }
    let names = Set((participants ?? []).compactMap(\.organisation))
    var taken: Set<String> = []
    var found: [[String]] = []
    for circle in circles {
      var group: [String] = []
      for entry in circle {
        guard let written = text(entry) else { continue }
        if !taken.insert(written).inserted {
          findings.error(
            entry.line,
            Phrase(
              nl: "\(quoted(written)) staat er twee keer", en: "\(quoted(written)) occurs twice"),
            mend: Phrase(nl: "haal er een weg", en: "remove one"))
        }
        // The first may be a new name, under which the others go.
        if !names.isEmpty, !group.isEmpty, !names.contains(written) {
          findings.notice(
            entry.line,
            Phrase(
              nl: "niemand in participants.csv is van \(quoted(written))",
              en: "nobody in participants.csv is from \(quoted(written))"),
            mend: suggestion(for: written, among: names.sorted())
              ?? Phrase(
                nl: "schrijf de naam zoals hij in de lijst staat", en: "write the name as the list has it"))
        }
        group.append(written)
      }
      if group.count > 1 {
        found.append(group)
      } else if let line = circle.first?.line {
        findings.error(
          line, Phrase(nl: "hier staat maar één naam", en: "there is only one name here"),
          mend: Phrase(nl: "schrijf ten minste twee: [naam, naam]", en: "write at least two: [name, name]"))
      }
    }
    return found
  }
}
