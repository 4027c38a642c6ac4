import Ground
import Seating

// What the seating has to say to a facilitator: what clashes, why a table was chosen, what a table lacks.

extension SeatingConflict {
  /// Returns what clashes in words that a facilitator understands, with the way out.
  public func phrase(_ request: SeatingRequest) -> Phrase {
    switch self {
    case .noTables:
      Phrase(
        nl: "Er zijn geen tafels; voeg tafels toe aan het plan.",
        en: "There are no tables; add tables to the plan.")
    case .tableBounds(let table):
      Phrase(
        nl: "\(request.at(table).nl.capitalised) vraagt meer mensen dan er stoelen zijn; "
          + "verlaag het minimum of zet stoelen bij.",
        en: "\(request.at(table).en.capitalised) asks for more people than it has chairs; "
          + "lower the minimum or add chairs.")
    case .tooFewSeats(let round, let people, let seats):
      Phrase(
        nl: "In ronde \(round + 1) zijn er \(people) mensen en \(seats) stoelen; "
          + "zet \(people - seats) \(people - seats == 1 ? "stoel" : "stoelen") bij.",
        en: "In round \(round + 1) there are \(people) people and \(seats) chairs; "
          + "add \(people - seats) \(people - seats == 1 ? "chair" : "chairs").")
    case .tooFewPeople(let round, let people, let minimum):
      Phrase(
        nl:
          "In ronde \(round + 1) zijn er \(people) mensen, maar de tafels vragen er samen minstens \(minimum); "
          + "haal een tafel weg of verlaag een minimum.",
        en: "In round \(round + 1) there are \(people) people, but the tables ask for at least \(minimum) "
          + "together; remove a table or lower a minimum.")
    case .tooManyPins(let table, let round, let people, let seats):
      Phrase(
        nl:
          "\(request.at(table).nl.capitalised) heeft \(chairs(seats).nl), maar in ronde \(round + 1) moeten er "
          + "\(people.count) mensen zitten: \(request.all(people).nl)\(request.more(at: table, round, than: people).nl); "
          + "haal een regel weg of zet een stoel bij.",
        en: "\(request.at(table).en.capitalised) has \(chairs(seats).en), but in round \(round + 1) "
          + "\(people.count) people must sit there: \(request.all(people).en)\(request.more(at: table, round, than: people).en); "
          + "remove a rule or add a chair.")
    case .twoPins(let person, let round, let tables):
      Phrase(
        nl: "\(request.name(person)) is in ronde \(round + 1) vastgezet aan \(tables.count) tafels: "
          + "\(request.numbers(tables).nl); kies er een.",
        en: "\(request.name(person)) is pinned to \(tables.count) tables in round \(round + 1): "
          + "\(request.numbers(tables).en); choose one.")
    case .pinAgainstNeed(let person, let table):
      Phrase(
        nl:
          "\(request.name(person)) is vastgezet aan \(request.at(table).nl), maar die heeft niet wat nodig is"
          + "\(request.needs(of: person)); kies een andere tafel of pas de tafel aan.",
        en: "\(request.name(person)) is pinned to \(request.at(table).en), which lacks what they need"
          + "\(request.needs(of: person)); choose another table or change the table.")
    case .togetherAndApart(let people):
      Phrase(
        nl: "Volgens de regels moeten \(request.list(people).nl) bij elkaar zitten, maar ook uit elkaar; "
          + "haal een van die regels weg.",
        en: "By the rules \(request.list(people).en) must sit together and also apart; "
          + "remove one of those rules.")
    case .pinnedAndApart(let people, let table, let round):
      Phrase(
        nl:
          "\(request.list(people).nl) moeten in ronde \(round + 1) allemaal aan \(request.at(table).nl) zitten, "
          + "maar ook uit elkaar; haal een van die regels weg.",
        en: "\(request.list(people).en) must all sit at \(request.at(table).en) in round \(round + 1), "
          + "but also apart; remove one of those rules.")
    case .tooManyApart(let people, let tables):
      Phrase(
        nl: "\(people.count) mensen moeten allemaal uit elkaar, maar er zijn \(tables) tafels: "
          + "\(request.all(people).nl); haal een regel weg of zet een tafel bij.",
        en: "\(people.count) people must all be kept apart, but there are \(tables) tables: "
          + "\(request.all(people).en); remove a rule or add a table.")
    case .groupTooLarge(let people, let seats):
      Phrase(
        nl:
          "\(people.count) mensen moeten bij elkaar zitten, maar de grootste tafel heeft \(chairs(seats).nl): "
          + "\(request.list(people).nl); maak de groep kleiner of een tafel groter.",
        en: "\(people.count) people must sit together, but the largest table has \(chairs(seats).en): "
          + "\(request.list(people).en); make the group smaller or a table larger.")
    case .groupTornApart(let people):
      Phrase(
        nl: "\(request.list(people).nl) moeten bij elkaar zitten, maar geen tafel past bij hen allemaal: "
          + "ze zijn vastgezet aan, of hebben nodig, verschillende tafels; haal een van die regels weg.",
        en: "\(request.list(people).en) must sit together, but no table fits them all: "
          + "they are pinned to, or need, different tables; remove one of those rules.")
    case .needUnmet(let person):
      Phrase(
        nl: "Geen tafel heeft wat \(request.name(person)) nodig heeft\(request.needs(of: person)); "
          + "geef een tafel dat kenmerk.",
        en: "No table has what \(request.name(person)) needs\(request.needs(of: person)); "
          + "give a table that feature.")
    case .tooFewFittingSeats(let round, let people, let tables, let seats):
      Phrase(
        nl:
          "In ronde \(round + 1) kunnen \(people.count) mensen alleen aan tafel \(request.numbers(tables).nl) "
          + "zitten, met samen \(chairs(seats).nl): \(request.list(people).nl); "
          + "zet stoelen bij of haal een regel weg.",
        en:
          "In round \(round + 1) \(people.count) people can sit only at table \(request.numbers(tables).en), "
          + "with \(chairs(seats).en) together: \(request.list(people).en); add chairs or remove a rule.")
    case .tooFewFittingPeople(let round, let people, let tables, let minimum):
      Phrase(
        nl:
          "In ronde \(round + 1) vraagt tafel \(request.numbers(tables).nl) samen minstens \(minimum) mensen, "
          + "maar er kunnen er maar \(people.count) zitten; verlaag het minimum of haal een regel weg.",
        en: "In round \(round + 1) table \(request.numbers(tables).en) asks for at least \(minimum) people, "
          + "but only \(people.count) can sit there; lower the minimum or remove a rule.")
    case .rulesClash(let round, let rules):
      request.clashing(rules, round: round)
    case .unknown(let person, let table):
      Phrase(
        nl: "Een regel noemt \(person == nil ? "een tafel" : "iemand") die er niet is"
          + "\((person ?? table).map { " (nummer \($0 + 1))" } ?? ""); haal de regel weg.",
        en: "A rule names \(person == nil ? "a table" : "somebody") that does not exist"
          + "\((person ?? table).map { " (number \($0 + 1))" } ?? ""); remove the rule.")
    case .notFound(let round, let people):
      Phrase(
        nl:
          "Er is geen indeling van ronde \(round + 1) gevonden die aan alle regels voldoet; dat bewijst niet dat "
          + "het niet kan. Het liep vast bij \(request.list(people).nl); haal een regel over hen weg of zet een "
          + "stoel bij.",
        en:
          "No tables were found for round \(round + 1) that meet all rules; that does not prove that there are "
          + "none. It got stuck at \(request.list(people).en); remove a rule about them or add a chair.")
    }
  }
}

/// What a facilitator may want to know of a table: who is missing, who sits with a colleague.
public struct TableQuality: Sendable, Equatable {
  /// The table's number.
  public var number: Int
  /// The stakeholder groups nobody of whom sits here, though there are enough for every table.
  public var lacking: [String]
  /// The organisations of which two or more people sit here.
  public var colleagues: [String]

  /// Returns it in words; nil where nothing is amiss.
  public var phrase: Phrase? {
    var dutch: [String] = []
    var english: [String] = []
    if !lacking.isEmpty {
      dutch.append("niemand van \(joined(lacking, "of"))")
      english.append("nobody from \(joined(lacking, "or"))")
    }
    if !colleagues.isEmpty {
      dutch.append("meer dan één van \(joined(colleagues, "en"))")
      english.append("more than one from \(joined(colleagues, "and"))")
    }
    guard !dutch.isEmpty else { return nil }
    return Phrase(
      nl: "Tafel \(number): \(dutch.joined(separator: "; ")).",
      en: "Table \(number): \(english.joined(separator: "; ")).")
  }
}

extension SeatingRequest {
  /// Returns for each table with people what it lacks.
  ///
  /// A group is missed where there are at least as many of its people as tables in use.
  public func quality(of seated: [SeatedTable]) -> [TableQuality] {
    let byID = Dictionary(participants.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let used = seated.filter { !$0.people.isEmpty }
    let groups = used.map { table in Set(table.people.compactMap { byID[$0]?.group }) }
    let here = Set(used.flatMap(\.people))
    var total: [String: Int] = [:]
    // In the order of the list, so that the same groups are always named in the same order.
    var order: [String] = []
    for person in participants where here.contains(person.id) {
      guard let group = person.group, !group.isEmpty else { continue }
      if total.updateValue((total[group] ?? 0) + 1, forKey: group) == nil { order.append(group) }
    }
    return zip(used, groups).map { table, groups in
      var seen: Set<String> = []
      var colleagues: [String] = []
      for id in table.people {
        guard let own = byID[id].flatMap({ rules.value(of: $0, for: "organisation") }) else { continue }
        if !seen.insert(own).inserted && !colleagues.contains(own) { colleagues.append(own) }
      }
      return TableQuality(
        number: table.number,
        lacking: order.filter { (total[$0] ?? 0) >= used.count && !groups.contains($0) },
        colleagues: colleagues)
    }
  }

  func why(_ placement: SeatingPlacement, _ person: Int) -> Phrase {
    let who = name(person)
    let table = at(placement.table)
    return switch placement.reason {
    case .onlyTable:
      Phrase(
        nl: "\(who) gaat naar \(table.nl): de enige tafel die past.",
        en: "\(who) goes to \(table.en): the only table that fits.")
    case .withGroup(let people):
      Phrase(
        nl: "\(who) gaat naar \(table.nl), bij \(list(people).nl).",
        en: "\(who) goes to \(table.en), with \(list(people).en).")
    case .lacksGroup:
      if let group = participants[person].group, !group.isEmpty {
        Phrase(
          nl: "\(who) gaat naar \(table.nl): de kleinste tafel zonder iemand van \(group).",
          en: "\(who) goes to \(table.en): the smallest table without anyone from \(group).")
      } else {
        Phrase(
          nl: "\(who) gaat naar \(table.nl): de kleinste tafel.",
          en: "\(who) goes to \(table.en): the smallest table.")
      }
    case .smallest:
      Phrase(
        nl: "\(who) gaat naar \(table.nl): de kleinste tafel; de groep zit al aan elke tafel.",
        en: "\(who) goes to \(table.en): the smallest table; the group is at every table already.")
    }
  }

  static func notListed(_ id: String) -> Phrase {
    Phrase(
      nl: "\(id) staat niet op de lijst van deelnemers.", en: "\(id) is not on the list of participants.")
  }

  // MARK: - Names

  func name(_ person: Int) -> String {
    guard participants.indices.contains(person) else { return "?" }
    let participant = participants[person]
    return participant.name.isEmpty ? participant.id : participant.name
  }

  func name(_ id: String) -> String {
    participants.firstIndex { $0.id == id }.map(name) ?? id
  }

  /// Up to five names, and how many more.
  func list(_ people: [Int]) -> Phrase {
    let names = people.prefix(5).map(name)
    let more = people.count - names.count
    guard more > 0 else { return Phrase(nl: joined(names, "en"), en: joined(names, "and")) }
    let told = names.joined(separator: ", ")
    return Phrase(
      nl: "\(told) en \(more) \(more == 1 ? "ander" : "anderen")",
      en: "\(told) and \(more) \(more == 1 ? "other" : "others")")
  }

  func at(_ table: Int) -> Phrase {
    let number = tables.indices.contains(table) ? tables[table].number : table + 1
    return Phrase(nl: "tafel \(number)", en: "table \(number)")
  }

  func numbers(_ indices: [Int]) -> Phrase {
    let numbers = indices.map { tables.indices.contains($0) ? String(tables[$0].number) : String($0 + 1) }
    return Phrase(nl: joined(numbers, "en"), en: joined(numbers, "and"))
  }

  /// The features that a person needs, between brackets, after a space.
  func needs(of person: Int) -> String {
    let features = features(neededBy: person)
    return features.isEmpty ? "" : " (\(features.joined(separator: ", ")))"
  }
}

private func chairs(_ count: Int) -> Phrase {
  Phrase(nl: count == 1 ? "1 stoel" : "\(count) stoelen", en: count == 1 ? "1 chair" : "\(count) chairs")
}

func joined(_ words: [String], _ and: String) -> String {
  guard let last = words.last, words.count > 1 else { return words.first ?? "" }
  return "\(words.dropLast().joined(separator: ", ")) \(and) \(last)"
}

extension String {
  /// The text with its first letter as a capital.
  var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
