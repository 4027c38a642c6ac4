import Ground
import Seating

// The rules that clash, in words: one short line for each.

extension SeatingClash {
  /// Returns what clashes in words that a facilitator understands, with the rules and the way out.
  public func phrase(_ request: SeatingRequest) -> Phrase {
    let told = conflict.phrase(request)
    if isToldByItself { return told }
    let lines = request.lines(rules)
    return Phrase(
      nl: "\(told.nl) De regels: \(lines.map(\.nl).joined(separator: "; ")).",
      en: "\(told.en) The rules: \(lines.map(\.en).joined(separator: "; ")).")
  }

  /// Whether the sentence about the conflict names all its rules.
  private var isToldByItself: Bool {
    switch conflict {
    case .twoPins, .pinAgainstNeed, .needUnmet, .tooManyApart, .rulesClash: true
    case .tooManyPins: rules.allSatisfy { if case .pin = $0 { true } else { false } }
    default: rules.count < 2
    }
  }
}

extension SeatingRequest {
  /// The most rules that are written out.
  private static let lineLimit = 12

  /// Returns the rules, one short line each without a full stop; what was written as one rule is one line.
  public func lines(_ rules: [SeatingRule]) -> [Phrase] {
    var lines: [Phrase] = []
    var apart: Set<[Int]> = []
    var minima: [Int] = []
    for rule in rules {
      switch rule {
      case .pin(let person, let table):
        lines.append(
          Phrase(
            nl: "\(name(person)) zit vast aan \(at(table).nl)",
            en: "\(name(person)) is pinned to \(at(table).en)"))
      case .need(let person):
        let features = features(neededBy: person).joined(separator: ", ")
        lines.append(
          Phrase(nl: "\(name(person)) heeft \(features) nodig", en: "\(name(person)) needs \(features)"))
      case .together(let people):
        lines.append(Phrase(nl: "\(all(people).nl) bij elkaar", en: "\(all(people).en) together"))
      case .apart(let a, let b): apart.insert([a, b])
      case .minimum(let table): minima.append(table)
      }
    }
    for people in circles(apart) {
      lines.append(Phrase(nl: "\(all(people).nl) uit elkaar", en: "\(all(people).en) apart"))
    }
    // Tables that ask for the same number stand in one line.
    let numbers = Dictionary(grouping: minima) { tables.indices.contains($0) ? tables[$0].minimumSeats : 0 }
    for (minimum, own) in numbers.sorted(by: { $0.key < $1.key }) {
      lines.append(
        Phrase(
          nl: "minstens \(minimum) mensen aan tafel \(self.numbers(own).nl)",
          en: "at least \(minimum) people at table \(self.numbers(own).en)"))
    }
    let more = lines.count - SeatingRequest.lineLimit
    guard more > 1 else { return lines }
    return lines.dropLast(more) + [Phrase(nl: "en nog \(more) regels", en: "and \(more) more rules")]
  }

  /// Pairs to keep apart as they were written: a group all of whose pairs are among them is one.
  private func circles(_ pairs: Set<[Int]>) -> [[Int]] {
    let index = Dictionary(
      zip(participants.map(\.id), participants.indices), uniquingKeysWith: { first, _ in first })
    var left = pairs
    var circles: [[Int]] = []
    for group in rules.keepApart {
      let people = Set(group.compactMap { index[$0] })
      let own = left.filter { people.isSuperset(of: $0) }
      let named = Set(own.joined()).sorted()
      guard own.count > 1, own.count == named.count * (named.count - 1) / 2 else { continue }
      circles.append(named)
      left.subtract(own)
    }
    return circles + left.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Everybody by name.
  func all(_ people: [Int]) -> Phrase {
    Phrase(nl: joined(people.map(name), "en"), en: joined(people.map(name), "and"))
  }

  func features(neededBy person: Int) -> [String] {
    guard participants.indices.contains(person) else { return [] }
    return rules.needs.filter { $0.person == participants[person].id }.flatMap(\.features)
  }

  /// Says that rules cannot be met together where there is no plainer way, and lists them.
  func clashing(_ rules: [SeatingRule], round: Int) -> Phrase {
    let lines = lines(rules)
    let asksForPeople = rules.contains { if case .minimum = $0 { true } else { false } }
    return Phrase(
      nl: "In ronde \(round + 1) kunnen deze regels niet samen: \(lines.map(\.nl).joined(separator: "; ")). "
        + (asksForPeople
          ? "Verlaag een minimum of haal een regel weg." : "Haal er een weg of zet een stoel of tafel bij."),
      en:
        "In round \(round + 1) these rules cannot be met together: \(lines.map(\.en).joined(separator: "; ")). "
        + (asksForPeople
          ? "Lower a minimum or remove a rule." : "Remove one of them, or add a chair or a table."))
  }

  /// How many more than `people` are pinned to `table` in `round`, between brackets, after a space.
  func more(at table: Int, _ round: Int, than people: [Int]) -> Phrase {
    guard tables.indices.contains(table) else { return Phrase(same: "") }
    let told = Set(people.filter(participants.indices.contains).map { participants[$0].id })
    let here = Set(participants.map(\.id))
    let pinned = rules.pins.filter {
      $0.table == tables[table].number && ($0.rounds.isEmpty || $0.rounds.contains(round + 1))
        && here.contains($0.person) && !told.contains($0.person)
    }
    let more = Set(pinned.map(\.person)).count
    if more == 0 { return Phrase(same: "") }
    return Phrase(nl: " (en nog \(more))", en: " (and \(more) more)")
  }
}
