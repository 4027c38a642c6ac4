import Conference
import Ground

// The record of the day: who sat where, in groups and organisations.

extension Export {
  /// The tables of every round held, and which organisations met there (S4.9, S4.12).
  var seatingSection: [String] {
    let rounds = session.heldRounds.filter { session.seating(round: $0) != nil }
    guard !rounds.isEmpty else { return [] }
    return ["## " + say("Tafels", "Tables")] + rounds.flatMap(tables) + meetings(rounds)
  }

  private func tables(of round: Int) -> [String] {
    let heading =
      [say("Tafel", "Table"), say("Groepen", "Groups"), say("Organisaties", "Organisations")]
      + (withNames ? [say("Namen", "Names")] : [])
    let rows = session.tables.compactMap { table -> [String]? in
      let people = session.people(at: table.number, round: round)
      guard !people.isEmpty else { return nil }
      let names = withNames ? [list(people.map(\.name))] : []
      return [name(of: table), tally(people.map(\.group)), tally(people.map(\.organisation))] + names
    }
    return ["### " + say("Ronde \(round)", "Round \(round)"), markdownTable(heading, rows)]
  }

  /// Each value with how often it occurs, in order of first occurrence: `cliënten (2), aanbieders`.
  private func tally(_ values: [String?]) -> String {
    var order: [String] = []
    var counts: [String: Int] = [:]
    for case let value? in values {
      if counts[value] == nil { order.append(value) }
      counts[value, default: 0] += 1
    }
    return order.map { value in
      let count = counts[value] ?? 0
      return value.markdown + (count > 1 ? " (\(count))" : "")
    }.joined(separator: ", ")
  }

  /// Per organisation those with which it shared a table.
  private func meetings(_ rounds: [Int]) -> [String] {
    var met: [String: Set<String>] = [:]
    for round in rounds {
      for table in session.tables {
        let organisations = Set(session.people(at: table.number, round: round).compactMap(\.organisation))
        for organisation in organisations {
          met[organisation, default: []].formUnion(organisations.subtracting([organisation]))
        }
      }
    }
    let lines = met.keys.sorted().compactMap { organisation -> String? in
      let others = (met[organisation] ?? []).sorted()
      return others.isEmpty ? nil : "- **\(organisation.markdown):** \(list(others))"
    }
    return section(
      say("Welke organisaties samen aan tafel zaten", "Which organisations shared a table"), lines, level: 3)
  }

  /// The table in words: `Tafel 3`, with its name where it has one.
  func name(of table: Table) -> String {
    say("Tafel \(table.number)", "Table \(table.number)") + (table.name.map { " ‘\($0.markdown)’" } ?? "")
  }
}
