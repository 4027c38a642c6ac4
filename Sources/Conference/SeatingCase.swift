import Ground
import Seating

/// A seating case: rules as JSON beside a list of people, for drawing tables without a conference.
///
/// The format is that of docs/SEATING.md; people and tables are named by their ids there, rounds count
/// from 0.
public struct SeatingCase: Sendable, Equatable {
  /// What to draw; the tables are numbered from 1 in the case's order and named by their ids.
  public var request: SeatingRequest
  /// The file of people that the case names, or nil.
  public var participantsFile: String?
  /// The file with the answer of which rounds are held, or nil.
  public var previousFile: String?
  /// The number of rounds already held.
  public var held: Int

  /// Reads a case from its JSON and the rows of the list of people, each a cell by its column's heading.
  ///
  /// Throws all that is wrong, at once.
  public init(_ json: JSON, people rows: [[String: String]]) throws(SeatingRefusal) {
    var reader = CaseReader(json: json)
    request = reader.request(rows)
    participantsFile = json["participants"]?.string
    previousFile = json["previous"]?.string
    let fixed = (json["fixed_rounds"]?.array ?? []).compactMap(\.int)
    held = fixed.count
    if fixed.sorted() != Array(0..<fixed.count) || fixed.count > max(0, request.rounds) {
      reader.tell(
        nl: "fixed_rounds: alleen de eerste rondes kunnen al gehouden zijn; noem ze vanaf 0.",
        en: "fixed_rounds: only the first rounds can have been held; name them from 0.")
    }
    guard reader.reasons.isEmpty else { throw SeatingRefusal(reasons: reader.reasons) }
  }

  /// Takes the tables as they were made known, and the rounds already held, from an earlier answer.
  ///
  /// Returns the ids in it that are not on the list. Throws what is wrong with the answer.
  @discardableResult
  public mutating func hold(_ previous: JSON) throws(SeatingRefusal) -> [String] {
    try request.publish(previous, held: held)
  }

  /// Returns a plan as an answer: `{"rounds":[{"T1":["P001", …], …}, …]}`.
  public func answer(_ plan: SeatingPlan) -> JSON { request.answer(plan) }

  /// Reads an answer.
  ///
  /// Throws what is wrong with it: another shape, people or tables that the case does not have.
  public func plan(_ answer: JSON) throws(SeatingRefusal) -> SeatingPlan {
    let earlier = try request.seatings(answer)
    guard earlier.strangers.isEmpty else {
      throw SeatingRefusal(reasons: earlier.strangers.map(SeatingCase.unknownPerson))
    }
    let people = Dictionary(
      zip(request.participants.map(\.id), request.participants.indices), uniquingKeysWith: { a, _ in a })
    return SeatingPlan(
      rounds: earlier.rounds.map { round in
        request.tables.map { table in (round[table.number] ?? []).compactMap { people[$0] }.sorted() }
      })
  }

  static func unknownPerson(_ id: String) -> Phrase {
    Phrase(nl: "\(id) staat niet op de lijst van mensen.", en: "\(id) is not on the list of people.")
  }

  static func unknownTable(_ id: String) -> Phrase {
    Phrase(nl: "Tafel \(id) staat niet bij de tafels.", en: "Table \(id) is not among the tables.")
  }
}

/// Reads the members of a case and gathers what is wrong with them.
private struct CaseReader {
  let json: JSON
  var reasons: [Phrase] = []
  private var people: Set<String> = []
  private var tables: [String: Int] = [:]

  init(json: JSON) { self.json = json }

  mutating func tell(nl: String, en: String) { reasons.append(Phrase(nl: nl, en: en)) }

  mutating func request(_ rows: [[String: String]]) -> SeatingRequest {
    let tableList = readTables()
    let attributes = readAttributes()
    let participants = readPeople(rows, attributes: attributes.map(\.name))
    people = Set(participants.map(\.id))
    var rules = MixingRules(attributes: attributes)
    let constraints = json["constraints"] ?? [:]
    rules.keepApart = groups(constraints, "keep_apart")
    rules.keepTogether = groups(constraints, "keep_together")
    rules.pins = pins(constraints)
    for member in members(constraints, "needs") {
      let features = (member.value.array ?? []).compactMap(\.string)
      if let person = known(.string(member.key)) {
        rules.needs.append(.init(person: person, features: features))
      }
    }
    for member in members(constraints, "absent") {
      let rounds = (member.value.array ?? []).compactMap(\.int).filter { $0 >= 0 && $0 < Int.max }
      if let person = known(.string(member.key)) {
        rules.absences.append(.init(person: person, rounds: rounds.map { $0 + 1 }))
      }
    }
    // What is no whole number is told with the weights that are out of bounds.
    let weights = json["weights"] ?? [:]
    if let weight = weights["repeat"] { rules.repeatWeight = weight.int ?? -1 }
    if let weight = weights["move"] { rules.moveWeight = weight.int ?? -1 }
    if let weight = weights["alone"] { rules.aloneWeight = weight.int ?? -1 }
    rules.sameOrganisations = list(json, "same_organisation").map { group in
      (group.array ?? []).compactMap(\.string)
    }
    checkNeverAlone(attributes, participants)
    return SeatingRequest(
      participants: participants, tables: tableList, rules: rules, rounds: json["rounds"]?.int ?? 0,
      history: history())
  }

  private mutating func readTables() -> [Table] {
    let list = json["tables"]?.array ?? []
    return list.enumerated().map { place, table in
      let id = table["id"]?.string ?? ""
      let minimum = table["seats_min"].map { $0.int ?? -1 } ?? 0
      let maximum = table["seats_max"]?.int ?? -1
      if id.isEmpty || minimum < 0 || maximum < 0 || tables.updateValue(place + 1, forKey: id) != nil {
        tell(
          nl: "tables: tafel \(place + 1) heeft een eigen id nodig, en seats_min en seats_max van 0 of meer.",
          en: "tables: table \(place + 1) needs an id of its own, and seats_min and seats_max of 0 or more.")
      }
      return Table(
        number: place + 1, name: id, minimumSeats: max(0, minimum), seats: max(0, maximum),
        features: (table["features"]?.array ?? []).compactMap(\.string))
    }
  }

  private mutating func readAttributes() -> [MixingRules.Attribute] {
    (json["attributes"]?.array ?? []).compactMap { attribute in
      let word = attribute["kind"]?.string ?? ""
      // `isolate` alone neither mirrors nor spreads.
      let weight = word == "isolate" ? 0 : attribute["weight"]?.int
      guard let name = attribute["name"]?.string, let weight,
        let kind = word == "isolate" ? .mirror : MixingRules.Attribute.Kind(rawValue: word)
      else {
        tell(
          nl:
            "attributes: geef elk kenmerk een name, een kind (mirror of spread) en een geheel getal als weight.",
          en: "attributes: give each a name, a kind (mirror or spread) and a whole number as weight.")
        return nil
      }
      let isolated = members(attribute, "isolate")
      if isolated.contains(where: { $0.value.string != "never" }) || word == "isolate" && isolated.isEmpty {
        tell(
          nl:
            "attributes: schrijf bij \(name) wie nooit alleen zit als \"isolate\": {\"waarde\": \"never\"}.",
          en: "attributes: write for \(name) who never sits alone as \"isolate\": {\"value\": \"never\"}.")
      }
      return .init(name: name, kind: kind, weight: weight, neverAlone: isolated.map(\.key))
    }
  }

  private mutating func checkNeverAlone(_ attributes: [MixingRules.Attribute], _ people: [Participant]) {
    for attribute in attributes {
      let values = Set(people.compactMap { $0.value(of: attribute.name) })
      for value in attribute.neverAlone where !values.contains(value) {
        let known = values.sorted().prefix(10).joined(separator: ", ")
        tell(
          nl: "isolate: niemand heeft bij \(attribute.name) de waarde \(value); kies uit: \(known).",
          en: "isolate: nobody has the value \(value) for \(attribute.name); choose from: \(known).")
      }
    }
  }

  private mutating func readPeople(_ rows: [[String: String]], attributes: [String]) -> [Participant] {
    for name in ["id"] + attributes where rows.contains(where: { $0[name] == nil }) {
      tell(
        nl: "De lijst van mensen mist de kolom \(name).", en: "The list of people lacks the column \(name).")
    }
    return rows.map { row in
      let id = row["id"] ?? ""
      func cell(_ name: String) -> String? { row[name].flatMap { $0.isEmpty ? nil : $0 } }
      return Participant(
        id: id, name: cell("name") ?? cell("naam") ?? id, organisation: cell("organisation"),
        group: cell("group"),
        municipality: cell("municipality"),
        attributes: attributes.compactMap { name in cell(name).map { .init(name: name, value: $0) } })
    }
  }

  private mutating func pins(_ constraints: JSON) -> [MixingRules.Pin] {
    list(constraints, "pins").compactMap { pin in
      guard let person = known(pin["person"]) else { return nil }
      let id = pin["table"]?.string ?? ""
      guard let table = tables[id] else {
        reasons.append(SeatingCase.unknownTable(id))
        return nil
      }
      guard let rounds = pin["rounds"]?.array else { return .init(person: person, table: table) }
      let numbers = rounds.compactMap(\.int).filter { $0 >= 0 && $0 < Int.max }.map { $0 + 1 }
      // A pin for no round at all is no pin; without rounds ours would hold in every one.
      return numbers.isEmpty ? nil : .init(person: person, table: table, rounds: numbers)
    }
  }

  private mutating func groups(_ constraints: JSON, _ key: String) -> [[String]] {
    list(constraints, key).map { group in (group.array ?? []).compactMap { known($0) } }
  }

  private mutating func history() -> [SeatingRequest.Met] {
    list(json, "history").compactMap { entry in
      guard let parts = entry.array, parts.count == 3, let times = parts[2].int, times >= 0 else {
        tell(
          nl: "history: elke regel is [wie, met wie, hoe vaak].",
          en: "history: each entry is [who, with whom, how often].")
        return nil
      }
      guard let a = known(parts[0]), let b = known(parts[1]) else { return nil }
      return .init(a: a, b: b, times: times)
    }
  }

  /// The id in `value` when it is on the list; else tells that it is not.
  private mutating func known(_ value: JSON?) -> String? {
    guard let id = value?.string, people.contains(id) else {
      reasons.append(SeatingCase.unknownPerson(value?.string ?? value?.text ?? "?"))
      return nil
    }
    return id
  }

  private mutating func list(_ object: JSON, _ key: String) -> [JSON] {
    guard let value = object[key], value != .null else { return [] }
    if let list = value.array { return list }
    tell(nl: "\(key) moet een lijst zijn.", en: "\(key) must be a list.")
    return []
  }

  private mutating func members(_ object: JSON, _ key: String) -> [JSON.Member] {
    guard let value = object[key], value != .null else { return [] }
    if let members = value.object { return members }
    tell(nl: "\(key) moet een object zijn.", en: "\(key) must be an object.")
    return []
  }
}
