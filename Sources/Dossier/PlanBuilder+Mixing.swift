import Conference
import Ground
import Yams

/// A rule about one person with the line on which it stands.
private struct PersonRule {
  var person: String
  var line: Int
  var value: Field
  var rounds: [Int]
}

extension PlanBuilder {
  mutating func mixing(_ field: Field?, tables: [Table]) -> MixingRules {
    var rules = MixingRules()
    guard let field, !isEmpty(field.value) else { return rules }
    let keys = fields(field.value, MixingKey.self, place: Phrase(same: quoted(field.written)))
    if let attributes = keys[.attributes] { rules.attributes = list(attributes).compactMap { attribute($0) } }
    rules.seed = number(keys[.seed], 0...Int(Int32.max))
    if let repeats = keys[.repeats] {
      rules.repeatWeight = weight(repeats, much: 20, normal: 10, little: 5) ?? 10
    }
    if let moves = keys[.moves] {
      rules.moveWeight = weight(moves, much: 10, normal: 5, little: 2) ?? rules.moveWeight
    }
    if let alone = keys[.alone] {
      rules.aloneWeight = weight(alone, much: 200, normal: 100, little: 20) ?? rules.aloneWeight
    }
    rules.sameOrganisations = sameOrganisations(keys[.sameOrganisation])
    let apart = circles(keys[.apart])
    let together = circles(keys[.together])
    rules.keepApart = apart.map(\.people)
    rules.keepTogether = together.map(\.people)
    let pins = personRules(keys[.pins], valueKey: .table)
    let needs = personRules(keys[.needs], valueKey: .features)
    for rule in pins {
      guard let table = number(rule.value, 1...9_999) else { continue }
      rules.pins.append(.init(person: rule.person, table: table, rounds: rule.rounds))
      check(pin: rule, table: table, tables: tables)
    }
    for rule in needs {
      let features = list(rule.value).compactMap { text($0) }.map { feature in
        tables.flatMap(\.features).first { folded($0) == folded(feature) } ?? feature
      }
      rules.needs.append(.init(person: rule.person, features: features))
      check(need: rule, features: features, pins: rules.pins, tables: tables)
    }
    for rule in personRules(keys[.absences], valueKey: .rounds) {
      rules.absences.append(.init(person: rule.person, rounds: list(rule.value).compactMap { round($0) }))
    }
    check(pins: zip(pins, rules.pins).map { ($0.line, $1) }, tables: tables)
    check(apart: apart, together: together, pins: rules.pins, tables: tables)
    return rules
  }

  private mutating func attribute(_ field: Field) -> MixingRules.Attribute? {
    let keys = fields(
      field.value, AttributeKey.self, place: Phrase(nl: "een kolom om op te mengen", en: "a column to mix on")
    )
    guard let written = text(keys[.name]) else {
      findings.error(
        field.line, Phrase(nl: "de naam van de kolom ontbreekt", en: "the column's name is missing"),
        mend: Phrase(nl: "schrijf “kolom: organisatie”", en: "write “column: organisation”"))
      return nil
    }
    var name = PersonColumn(word: written)?.attribute ?? written
    if let participants, !participants.isEmpty, PersonColumn(word: written) == nil {
      let columns = Set(participants.flatMap { $0.attributes.map(\.name) })
      if let column = columns.first(where: { folded($0) == folded(written) }) {
        name = column
      } else {
        let known =
          [PersonColumn.organisation, .group, .municipality].map(\.phrase[language]) + columns.sorted()
        findings.error(
          keys[.name]?.line,
          Phrase(
            nl: "participants.csv heeft geen kolom \(quoted(written))",
            en: "participants.csv has no column \(quoted(written))"),
          mend: suggestion(for: written, among: known)
            ?? Phrase(
              nl: "kies uit: \(known.joined(separator: ", "))",
              en: "choose from: \(known.joined(separator: ", "))"))
      }
    }
    var attribute = MixingRules.Attribute.usual(for: name)
    attribute.neverAlone = neverAlone(keys, name: name)
    if let kind = word(keys[.kind], MixingWord.self) {
      attribute.kind = kind == .spread ? .spread : .mirror
      if kind == .isolate {
        attribute.weight = 0
        checkIsolate(keys, attribute)
        return attribute
      }
    }
    if let weight = keys[.weight].flatMap({ self.weight($0, much: 5, normal: 3, little: 1) }) {
      attribute.weight = weight
    }
    return attribute
  }

  mutating func weight(_ field: Field, much: Int, normal: Int, little: Int) -> Int? {
    guard let written = text(field) else { return nil }
    if Int(written) != nil { return number(field, 0...1000) }
    switch word(field, WeightWord.self) {
    case .much: return much
    case .normal: return normal
    case .little: return little
    case nil: return nil
    }
  }

  /// Reads lists of people: `[[A, B], [C, D]]`; one list alone may leave the outer brackets out.
  private mutating func circles(_ field: Field?) -> [(people: [String], line: Int)] {
    let entries = list(field)
    let isSingle = !entries.contains { if case .sequence = $0.value { true } else { false } }
    let circles = isSingle ? (entries.isEmpty ? [] : [entries]) : entries.map { list($0) }
    return circles.compactMap { circle in
      guard let line = circle.first?.line else { return nil }
      let people = circle.compactMap { person($0) }
      if circle.count < 2 {
        findings.error(
          line, Phrase(nl: "hier staat maar één persoon", en: "there is only one person here"),
          mend: Phrase(nl: "schrijf ten minste twee: [naam, naam]", en: "write at least two: [name, name]"))
      }
      return people.isEmpty ? nil : (people, line)
    }
  }

  /// Reads rules about people: `naam: waarde`, or a list of `{wie: naam, tafel: 1, rondes: [1]}`.
  private mutating func personRules(_ field: Field?, valueKey: PersonKey) -> [PersonRule] {
    guard let field, !isEmpty(field.value) else { return [] }
    var rules: [PersonRule] = []
    if case .mapping(let mapping) = field.value {
      for (key, value) in mapping {
        guard case .scalar(let scalar) = key else { continue }
        let written = PlanTree.written(scalar.string)
        let named = Field(written: field.written, line: line(key), value: Node(written))
        guard let person = person(named) else { continue }
        rules.append(
          PersonRule(
            person: person, line: line(key), value: Field(written: written, line: line(key), value: value),
            rounds: []))
      }
      return rules
    }
    for entry in list(field) {
      let keys = fields(entry.value, PersonKey.self, place: Phrase(same: quoted(field.written)))
      guard let who = keys[.person], let value = keys[valueKey] else {
        findings.error(
          entry.line,
          Phrase(
            nl: "hier ontbreekt wie, of \(valueKey.phrase.nl)",
            en: "the person or \(valueKey.phrase.en) is missing here"),
          mend: Phrase(
            nl: "schrijf {wie: naam, \(valueKey.phrase.nl): …}",
            en: "write {person: name, \(valueKey.phrase.en): …}"))
        continue
      }
      guard let person = person(who) else { continue }
      let rounds = valueKey == .rounds ? [] : list(keys[.rounds]).compactMap { round($0) }
      rules.append(PersonRule(person: person, line: entry.line, value: value, rounds: rounds))
    }
    return rules
  }

  private mutating func round(_ field: Field) -> Int? { number(field, 1...max(1, rounds)) }

  /// Returns the id of the participant that a value names by id or by name.
  private mutating func person(_ field: Field) -> String? {
    guard let written = text(field) else { return nil }
    guard let participants, !participants.isEmpty else { return written }
    if participants.contains(where: { $0.id == written }) { return written }
    let wanted = folded(written)
    let named = participants.filter { folded($0.name) == wanted || folded($0.id) == wanted }
    if named.count == 1 { return named[0].id }
    findings.error(
      field.line,
      named.isEmpty
        ? Phrase(
          nl: "\(quoted(written)) staat niet in participants.csv",
          en: "\(quoted(written)) is not in participants.csv")
        : Phrase(
          nl: "er zijn \(named.count) deelnemers die \(quoted(written)) heten",
          en: "\(named.count) participants are called \(quoted(written))"),
      mend: named.isEmpty
        ? suggestion(for: written, among: participants.flatMap { [$0.name, $0.id] })
          ?? Phrase(
            nl: "schrijf de naam of het id zoals het in de lijst staat",
            en: "write the name or id as the list has it")
        : Phrase(
          nl: "schrijf het id: \(named.map(\.id).joined(separator: " of "))",
          en: "write the id: \(named.map(\.id).joined(separator: " or "))"))
    return nil
  }

  // MARK: - Rules that cannot be met

  private mutating func check(pin: PersonRule, table: Int, tables: [Table]) {
    guard tablesAreKnown, !tables.contains(where: { $0.number == table }) else { return }
    findings.error(
      pin.line, Phrase(nl: "tafel \(table) bestaat niet", en: "there is no table \(table)"),
      mend: tables.isEmpty
        ? Phrase(nl: "schrijf bijvoorbeeld “tafels: 7”", en: "write for example “tables: 7”")
        : Phrase(
          nl:
            "kies een tafel van \(tables.map(\.number).min() ?? 1) tot en met \(tables.map(\.number).max() ?? 1)",
          en: "choose a table from \(tables.map(\.number).min() ?? 1) to \(tables.map(\.number).max() ?? 1)"))
  }

  private mutating func check(need: PersonRule, features: [String], pins: [MixingRules.Pin], tables: [Table])
  {
    guard tablesAreKnown, !tables.isEmpty else { return }
    let wanted = features.joined(separator: ", ")
    let fitting = tables.filter { table in features.allSatisfy(table.features.contains) }
    if fitting.isEmpty {
      findings.error(
        need.line,
        Phrase(nl: "geen enkele tafel heeft \(quoted(wanted))", en: "no table has \(quoted(wanted))"),
        mend: suggestion(for: wanted, among: tables.flatMap(\.features))
          ?? Phrase(nl: "zet het bij een tafel onder “kenmerken”", en: "add it to a table under “features”"))
    }
    for pin in pins where pin.person == need.person && !fitting.isEmpty {
      guard !fitting.contains(where: { $0.number == pin.table }) else { continue }
      findings.error(
        need.line,
        Phrase(
          nl: "\(quoted(need.person)) zit vast aan tafel \(pin.table), maar die heeft niet \(quoted(wanted))",
          en: "\(quoted(need.person)) is pinned to table \(pin.table), which lacks \(quoted(wanted))"),
        mend: Phrase(
          nl:
            "kies een tafel die het wel heeft: \(fitting.map { String($0.number) }.joined(separator: ", "))",
          en: "choose a table that has it: \(fitting.map { String($0.number) }.joined(separator: ", "))"))
    }
  }

  private mutating func check(pins: [(line: Int, pin: MixingRules.Pin)], tables: [Table]) {
    func overlap(_ a: MixingRules.Pin, _ b: MixingRules.Pin) -> Bool {
      a.rounds.isEmpty || b.rounds.isEmpty || !Set(a.rounds).isDisjoint(with: b.rounds)
    }
    for (place, (line, pin)) in pins.enumerated() {
      for (_, other) in pins[..<place]
      where other.person == pin.person && other.table != pin.table && overlap(pin, other) {
        findings.error(
          line,
          Phrase(
            nl: "\(quoted(pin.person)) zit vast aan tafel \(other.table) en aan tafel \(pin.table)",
            en: "\(quoted(pin.person)) is pinned to table \(other.table) and to table \(pin.table)"),
          mend: Phrase(nl: "kies een van de twee", en: "choose one of the two"))
      }
    }
    for table in tables where table.seats > 0 {
      let here = pins.filter { $0.pin.table == table.number }
      // The pin that is one too many in some round is the one to show.
      for round in 1...max(1, rounds) {
        let held = here.filter { $0.pin.rounds.isEmpty || $0.pin.rounds.contains(round) }
        guard Set(held.map(\.pin.person)).count > table.seats else { continue }
        findings.error(
          held[table.seats].line,
          Phrase(
            nl:
              "aan tafel \(table.number) zitten \(held.count) mensen vast, maar er zijn \(table.seats) stoelen",
            en: "\(held.count) people are pinned to table \(table.number), but it has \(table.seats) seats"),
          mend: Phrase(
            nl: "geef mensen een andere tafel of zet er stoelen bij",
            en: "give people another table or add seats"))
        break
      }
    }
  }

  private mutating func check(
    apart: [(people: [String], line: Int)], together: [(people: [String], line: Int)],
    pins: [MixingRules.Pin],
    tables: [Table]
  ) {
    for circle in together {
      for other in apart where Set(circle.people).intersection(other.people).count > 1 {
        findings.error(
          circle.line,
          Phrase(
            nl: "dezelfde mensen moeten bij elkaar en uit elkaar zitten (regel \(other.line))",
            en: "the same people must sit together and apart (line \(other.line))"),
          mend: Phrase(nl: "haal een van de twee regels weg", en: "remove one of the two rules"))
      }
    }
    guard tablesAreKnown, !tables.isEmpty else { return }
    let seats = tables.map(\.seats).max() ?? 0
    for circle in together {
      if circle.people.count > seats {
        findings.error(
          circle.line,
          Phrase(
            nl:
              "\(circle.people.count) mensen moeten bij elkaar zitten, maar de grootste tafel heeft \(seats) stoelen",
            en: "\(circle.people.count) people must sit together, but the largest table has \(seats) seats"),
          mend: Phrase(nl: "maak de groep kleiner", en: "make the group smaller"))
      }
      let pinned = pins.filter { circle.people.contains($0.person) && $0.rounds.isEmpty }
      if Set(pinned.map(\.table)).count > 1, Set(pinned.map(\.person)).count > 1 {
        findings.error(
          circle.line,
          Phrase(
            nl: "wie hier bij elkaar moet zitten, zit vast aan verschillende tafels",
            en: "those who must sit together here are pinned to different tables"),
          mend: Phrase(nl: "geef ze dezelfde vaste tafel", en: "give them the same fixed table"))
      }
    }
    for circle in apart {
      if circle.people.count > tables.count {
        findings.error(
          circle.line,
          Phrase(
            nl: "\(circle.people.count) mensen moeten uit elkaar zitten, maar er zijn \(tables.count) tafels",
            en: "\(circle.people.count) people must sit apart, but there are \(tables.count) tables"),
          mend: Phrase(nl: "haal mensen uit deze lijst", en: "take people out of this list"))
      }
      let pinned = pins.filter { circle.people.contains($0.person) && $0.rounds.isEmpty }
      if Dictionary(grouping: pinned, by: \.table).values.contains(where: { Set($0.map(\.person)).count > 1 })
      {
        findings.error(
          circle.line,
          Phrase(
            nl: "wie hier uit elkaar moet zitten, zit vast aan dezelfde tafel",
            en: "those who must sit apart here are pinned to the same table"),
          mend: Phrase(nl: "geef een van hen een andere tafel", en: "give one of them another table"))
      }
    }
  }
}
