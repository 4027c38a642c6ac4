import Conference
import Ground
import Screen

/// Who sits where: each table's mix, the chosen table in full, who came late and who stayed away.
///
/// The chosen table is that of the hall. All readings come from `sheet`, which `follow` keeps fresh.
struct SeatingPane: Sendable {
  /// What the arrows move through.
  enum Part: CaseIterable, Sendable { case tables, people, attendance }

  var part = Part.tables
  /// The round that was chosen; nil: the one that can still change, or the last.
  var chosenRound: Int?
  /// The chosen person at the table, by id; nil: the first.
  var person: String?
  /// The chosen row of those who came late or stayed away.
  var listed = 0
  /// Those marked, in the order of marking.
  var marked: [String] = []
  private(set) var sheet: SeatingSheet?
  /// Why the chosen table lacks what it lacks.
  private(set) var reasons: Reasons?

  /// Why a table lacks a group, in sentences by group.
  struct Reasons: Sendable {
    let table: Int
    let lines: [(group: String, why: [Phrase])]
  }

  /// Up to how many people no key waits for the reasons.
  private static let quickHall = 500

  // MARK: - Rounds

  /// The round that is shown, from 1.
  func round(in session: Session) -> Int {
    max(1, min(session.rounds, chosenRound ?? session.openRound))
  }

  /// The round whose own tables are shown: another one where the tables are kept.
  func drawnRound(in session: Session) -> Int? {
    (1...round(in: session)).last { session.seatings[$0] != nil }
  }

  mutating func moveRound(_ step: Int, in session: Session) {
    chosenRound = max(1, min(session.rounds, round(in: session) + step))
  }

  // MARK: - What is chosen

  /// Reads the round anew where something changed that the page shows.
  ///
  /// Why a table lacks a group takes a while to tell in a large hall: there it is told only where `explains`.
  mutating func follow(_ session: Session, table: Int?, explains: Bool = false) {
    let round = round(in: session)
    if sheet?.holds(for: session, round: round) != true {
      sheet = SeatingSheet(session, round: round)
      reasons = nil
    }
    listed = max(0, min((sheet?.attendance.count ?? 0) - 1, listed))
    guard reasons?.table != table, let table,
      explains || session.participants.count <= Self.quickHall
    else { return }
    let lacking = mix(of: table)?.shares.first { $0.name == "group" }?.lacking ?? []
    reasons = Reasons(
      table: table,
      lines: lacking.map { ($0, session.whyLacking(group: $0, table: table, round: round)) })
  }

  func mix(of table: Int?) -> TableMix? { sheet?.mixes.first { $0.table == table } }

  /// The ids of the rows of a table: who sits there by group, then who stayed away.
  func rows(of table: Int?, in session: Session) -> [String] {
    guard let sheet, let mix = mix(of: table) else { return [] }
    return sheet.sorted(mix.people, in: session) + mix.noShows
  }

  /// The place of the chosen person among the rows.
  func row(in rows: [String]) -> Int { person.flatMap { rows.firstIndex(of: $0) } ?? 0 }

  /// The id of the chosen person; nil while a table is chosen.
  func chosenPerson(at table: Int?, in session: Session) -> String? {
    switch part {
    case .tables: return nil
    case .people:
      let rows = rows(of: table, in: session)
      return rows.isEmpty ? nil : rows[row(in: rows)]
    case .attendance:
      guard let list = sheet?.attendance, list.indices.contains(listed) else { return nil }
      return list[listed].place.person
    }
  }

  /// Moves over the people of the table, or over those who came late or stayed away.
  mutating func move(by step: Int, table: Int?, in session: Session) {
    switch part {
    case .tables: break
    case .people: choose(row: row(in: rows(of: table, in: session)) + step, table: table, in: session)
    case .attendance: listed = max(0, min((sheet?.attendance.count ?? 0) - 1, listed + step))
    }
  }

  mutating func choose(row: Int, table: Int?, in session: Session) {
    let rows = rows(of: table, in: session)
    guard !rows.isEmpty else { return }
    person = rows[max(0, min(rows.count - 1, row))]
  }

  /// Goes on to the tables or to the people of the chosen one.
  mutating func movePart(_ step: Int) { part = part == .tables ? .people : .tables }

  /// Marks a person, or no longer.
  mutating func mark(_ person: String) {
    if let index = marked.firstIndex(of: person) { marked.remove(at: index) } else { marked.append(person) }
  }
}

extension MixingRules {
  /// The table to which a person is pinned, or nil.
  func pin(of person: String) -> Int? { pins.first { $0.person == person }?.table }

  /// Those who are kept apart from a person.
  func apart(from person: String) -> [String] {
    keepApart.filter { $0.contains(person) }.flatMap { $0 }.filter { $0 != person }
  }
}
