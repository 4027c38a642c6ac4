import Conference
import Ground

/// Who sits where in one round, by name as in a list on paper.
struct RoomSeats: Sendable, Equatable {
  /// The round, from 1.
  let round: Int
  /// What it was read from: people by table, and who is not here.
  private let tables: [Int: [String]]
  private let presence: [String: Presence]
  /// One row for each person, sorted.
  let rows: [Row]

  /// A person and a table.
  struct Row: Sendable, Equatable {
    /// The name, surname first.
    var name: String
    /// The letter under which the name is filed.
    var heading: String
    var table: Int
    /// What a search looks in.
    var letters: SearchText
  }

  /// Reads the seats of a round; whoever is absent is left out.
  init?(_ session: Session, round: Int) {
    guard let seating = session.seating(round: round) else { return nil }
    self.round = round
    tables = seating.tables
    presence = session.presence
    var people: [(listed: ListedName, person: Participant, table: Int)] = []
    for (table, ids) in seating.tables {
      for id in ids where session.presence(of: id) != .absent {
        guard let person = session.participant(id) else { continue }
        people.append((ListedName(person.name), person, table))
      }
    }
    people.sort { ($0.listed, $0.table, $0.person.id) < ($1.listed, $1.table, $1.person.id) }
    let times = Dictionary(people.map { ($0.listed.text, 1) }, uniquingKeysWith: +)
    rows = people.map { one in
      // Two people of one name would both go to the first table they read.
      let isTwice = times[one.listed.text] ?? 0 > 1
      let name = one.listed.text + (isTwice ? one.person.organisation.map { " (\($0))" } ?? "" : "")
      return Row(
        name: name, heading: one.listed.heading, table: one.table,
        letters: SearchText(one.person.name + "\n" + name))
    }
  }

  /// Whether they still are those of the round.
  func hold(in session: Session, round: Int) -> Bool {
    self.round == round && presence == session.presence && session.seating(round: round)?.tables == tables
  }

  /// Returns the people whose names hold all words of what was typed.
  func find(_ query: String) -> [Row] {
    let words = SearchText.words(query)
    guard !words.isEmpty else { return [] }
    return rows.filter { $0.letters.holds(words) }
  }
}
