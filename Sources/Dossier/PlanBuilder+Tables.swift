import Conference
import Ground
import Yams

extension PlanBuilder {
  /// The most tables and the most seats at one.
  private static let limit = 1_000
  /// The seats of a table whose plan names none: 6 to 8 people talk best.
  private static let usualSeats = (minimum: 6, maximum: 8)

  /// Reads the tables: a number, a number with seats, or a list of tables.
  mutating func tables(_ field: Field?) -> [Table] {
    guard let field, !isEmpty(field.value) else { return [] }
    let before = findings.all.count
    defer { if findings.all[before...].contains(where: \.isError) { tablesAreKnown = false } }
    switch field.value {
    case .sequence: return listedTables(field)
    case .mapping:
      let keys = fields(field.value, TablesKey.self, place: Phrase(same: quoted(field.written)))
      if keys[.count] == nil {
        findings.error(
          field.line, Phrase(nl: "het aantal tafels ontbreekt", en: "the number of tables is missing"),
          mend: Phrase(nl: "schrijf “aantal: 7”", en: "write “count: 7”"))
      }
      let seats = keys[.seats].map { self.seats($0) } ?? Self.usualSeats
      return uniform(number(keys[.count], 0...Self.limit) ?? 0, seats)
    default: return uniform(number(field, 0...Self.limit) ?? 0, Self.usualSeats)
    }
  }

  private func uniform(_ count: Int, _ seats: (minimum: Int, maximum: Int)) -> [Table] {
    (0..<count).map { Table(number: $0 + 1, minimumSeats: seats.minimum, seats: seats.maximum) }
  }

  private mutating func listedTables(_ field: Field) -> [Table] {
    var tables: [Table] = []
    var lines: [Int: Int] = [:]
    for (place, entry) in list(field).enumerated() {
      let keys = fields(entry.value, TableKey.self, place: Phrase(nl: "een tafel", en: "a table"))
      let seats = keys[.seats].map { self.seats($0) } ?? Self.usualSeats
      let table = Table(
        number: keys[.number].flatMap { number($0, 1...9_999) } ?? place + 1, name: text(keys[.name]),
        minimumSeats: seats.minimum, seats: seats.maximum,
        features: list(keys[.features]).compactMap { text($0) })
      if let earlier = lines.updateValue(entry.line, forKey: table.number) {
        findings.error(
          entry.line,
          Phrase(
            nl: "tafel \(table.number) staat ook op regel \(earlier)",
            en: "table \(table.number) is on line \(earlier), too"),
          mend: Phrase(nl: "geef elke tafel een eigen nummer", en: "give each table a number of its own"))
      }
      tables.append(table)
    }
    if tables.count > Self.limit {
      findings.error(
        field.line, Phrase(nl: "meer dan \(Self.limit) tafels", en: "more than \(Self.limit) tables"),
        mend: Phrase(nl: "splits de bijeenkomst", en: "split the conference"))
    }
    return tables
  }

  /// Reads seats as `8` or `6-8`.
  private mutating func seats(_ field: Field) -> (minimum: Int, maximum: Int) {
    guard let written = text(field) else { return Self.usualSeats }
    let bounds = written.split { "-–—".contains($0) }.map { Int($0.trimmed) }
    guard let first = bounds.first ?? nil, let last = bounds.last ?? nil, bounds.count <= 2, first <= last,
      last <= Self.limit,
      !written.hasPrefix("-")
    else {
      findings.error(
        field.line,
        Phrase(
          nl: "\(quoted(written)) is geen aantal stoelen", en: "\(quoted(written)) is no number of seats"),
        mend: Phrase(
          nl: "schrijf 8, of 6-8 voor ten minste 6 en ten hoogste 8",
          en: "write 8, or 6-8 for at least 6 and at most 8"))
      return Self.usualSeats
    }
    if last < 1 {
      findings.error(
        field.line,
        Phrase(
          nl: "een tafel met 0 stoelen: er kan niemand zitten",
          en: "a table with 0 seats: nobody can sit there"),
        mend: Phrase(
          nl: "schrijf ten minste 1 stoel, of haal de tafel weg",
          en: "write at least 1 seat, or remove the table"))
    } else if last > 10 {
      findings.notice(
        field.line,
        Phrase(
          nl: "een tafel voor \(last) mensen is groot: boven 10 praten er maar een paar",
          en: "a table of \(last) is large: above 10 only a few talk"),
        mend: Phrase(nl: "neem liever meer tafels van 6 tot 8", en: "rather have more tables of 6 to 8"))
    }
    return (bounds.count == 2 ? first : 0, last)
  }

  /// Checks that the people fit on the seats.
  mutating func checkSeats(_ plan: Plan, tablesLine: Int?) {
    guard tablesAreKnown, rounds > 0 else { return }
    if plan.tables.isEmpty {
      let line = items.first { $0.item.phase == .breakout }?.line
      findings.error(
        line,
        Phrase(
          nl: "er is een werkronde, maar er zijn geen tafels",
          en: "there is a breakout, but there are no tables"),
        mend: Phrase(nl: "schrijf bijvoorbeeld “tafels: 7”", en: "write for example “tables: 7”"))
      return
    }
    guard let people = participants?.count, people > 0 else { return }
    let seats = plan.tables.reduce(0) { $0 + $1.seats }
    let minimum = plan.tables.reduce(0) { $0 + $1.minimumSeats }
    if people > seats {
      findings.error(
        tablesLine,
        Phrase(
          nl: "\(people) deelnemers, maar alle tafels samen hebben \(seats) stoelen",
          en: "\(people) participants, but all tables together have \(seats) seats"),
        mend: Phrase(
          nl: "zet er \(people - seats) stoelen bij of neem meer tafels",
          en: "add \(people - seats) seats or take more tables"))
    } else if people < minimum {
      findings.notice(
        tablesLine,
        Phrase(
          nl: "\(people) deelnemers, maar de tafels vragen er samen ten minste \(minimum)",
          en: "\(people) participants, but the tables together ask for at least \(minimum)"),
        mend: Phrase(
          nl: "neem minder tafels of een lager minimum", en: "take fewer tables or a lower minimum"))
    }
  }

  /// Checks the people's groups: whether there are enough of them to mix (S0.8).
  mutating func checkPeople(_ plan: Plan, groupsLine: Int?) {
    guard let participants, participants.count > 1, rounds > 0, !plan.tables.isEmpty else { return }
    var sizes: [String: Int] = [:]
    for person in participants { if let group = person.group { sizes[folded(group), default: 0] += 1 } }
    if sizes.count < 2 {
      findings.notice(
        groupsLine,
        Phrase(
          nl: "de deelnemers horen bij minder dan twee groepen",
          en: "the participants are of fewer than two groups"),
        mend: Phrase(
          nl: "vul in participants.csv de kolom “groep” in, dan worden de tafels gemengd",
          en: "fill in the column “group” in participants.csv, so that tables are mixed"))
      return
    }
    var told: Set<String> = []
    for person in participants {
      guard let group = person.group, sizes[folded(group)] == 1, told.insert(folded(group)).inserted else {
        continue
      }
      findings.notice(
        groupsLine,
        Phrase(
          nl: "de groep \(quoted(group)) heeft maar één deelnemer",
          en: "the group \(quoted(group)) has only one participant"),
        mend: Phrase(
          nl: "nodig er meer uit, of weet dat uitspraken van de groep herkenbaar zijn",
          en: "invite more of them, or know that what the group says can be traced"))
    }
    // Every table needs someone who is not of the largest group; others are needed for that.
    let largest = sizes.values.max() ?? 0
    let mixedTables = min(plan.tables.count, participants.count)
    if participants.count - largest < mixedTables {
      findings.notice(
        groupsLine,
        Phrase(
          nl:
            "ten minste \(mixedTables - (participants.count - largest)) van de \(plan.tables.count) tafels krijgt mensen uit één groep",
          en:
            "at least \(mixedTables - (participants.count - largest)) of the \(plan.tables.count) tables will be of one group"
        ),
        mend: Phrase(
          nl: "nodig meer mensen uit andere groepen uit of neem minder tafels",
          en: "invite more people of other groups or take fewer tables"))
    }
  }
}
