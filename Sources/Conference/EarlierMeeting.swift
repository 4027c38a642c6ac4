import Ground

/// A meeting of the same traject that was held before this one, as far as it concerns today's people (S1.1).
///
/// It stands in this conference's record, so nothing outside is needed to draw the tables again.
public struct EarlierMeeting: Sendable, Equatable {
  /// Names the meeting: the command that opened its record, 32 hexadecimal digits.
  public var id: String
  /// Its title.
  public var title: String
  /// The local day on which it was held, or nil where its record does not tell.
  public var date: CalendarDate?
  /// The lines of its record that were read.
  public var lines: Int
  /// The hash of the last of them, 32 hexadecimal digits.
  public var hash: String
  /// The drawn rounds that were held there, in order.
  public var rounds: [Round]

  /// A round of an earlier meeting.
  public struct Round: Sendable, Equatable {
    /// Its number there, from 1.
    public var number: Int
    /// Who of today's list sat at which table, by table number; tables where none of them sat are left out.
    public var tables: [SeatedTable]
    /// Creates a round.
    public init(number: Int, tables: [SeatedTable] = []) {
      self.number = number
      self.tables = tables
    }
  }

  /// Creates an earlier meeting.
  public init(id: String, title: String, date: CalendarDate?, lines: Int, hash: String, rounds: [Round]) {
    self.id = id
    self.title = title
    self.date = date
    self.lines = lines
    self.hash = hash
    self.rounds = rounds
  }

  /// The ids of those of today's list who sat at a table there.
  public var people: Set<String> { Set(rounds.flatMap { $0.tables.flatMap(\.people) }) }
}

extension EarlierMeeting {
  /// Takes from an earlier meeting what concerns today's people.
  ///
  /// `session` is the fold over its record. The tables are those that stood at the end of each round held:
  /// after swaps and late arrivals, without those who left. A round that kept its tables is no new meeting;
  /// whoever joined in it is counted with the round before.
  public init(_ session: Session, id: String, lines: Int, hash: String, match: PeopleMatch) {
    let first = session.flow.visits.first?.started
    self.init(
      id: id, title: session.plan?.title ?? "",
      date: session.plan?.date ?? first.map { session.zone.local($0).date }, lines: lines, hash: hash,
      rounds: [])
    let drawn = session.plan?.drawnRounds ?? []
    var tables: [Int: [String]] = [:]
    for held in session.heldRounds {
      let stood = session.seating(round: held)?.tables ?? [:]
      if let last = rounds.last, !drawn.contains(where: { $0 > last.number && $0 <= held }) {
        let seated = Set(tables.values.joined())
        for (number, people) in stood {
          tables[number, default: []] += people.filter { !seated.contains($0) }
        }
        rounds[rounds.count - 1].tables = EarlierMeeting.ours(tables, match)
      } else {
        tables = stood
        rounds.append(Round(number: held, tables: EarlierMeeting.ours(tables, match)))
      }
    }
  }

  private static func ours(_ tables: [Int: [String]], _ match: PeopleMatch) -> [SeatedTable] {
    tables.sorted { $0.key < $1.key }.compactMap { number, people in
      let ours = people.compactMap { match.idOf[$0] }
      return ours.isEmpty ? nil : SeatedTable(number: number, people: ours)
    }
  }

  /// The lines that write the meeting: itself, then its tables, so that none exceeds the record's limit.
  var events: [Event] {
    var outline = self
    outline.rounds = rounds.map { Round(number: $0.number) }
    return [.trajectTaken(outline)]
      + rounds.flatMap { round in
        EarlierMeeting.batches(of: round.tables).map {
          .trajectSeated(meeting: id, round: round.number, tables: $0)
        }
      }
  }

  /// So many bytes of tables stand on one line at most, well below the limit of 64 KiB.
  private static let lineLimit = 48 << 10

  /// Tables in parts that fit a line each; a table that fits none goes on in the next part.
  private static func batches(of tables: [SeatedTable]) -> [[SeatedTable]] {
    var batches: [[SeatedTable]] = []
    var used = lineLimit
    for table in tables {
      // The brackets and names around the people, with any number.
      let frame = 48
      if used + frame > lineLimit {
        batches.append([])
        used = 0
      }
      used += frame
      var people: [String] = []
      func keep() {
        if !people.isEmpty { batches[batches.count - 1].append(.init(number: table.number, people: people)) }
      }
      for person in table.people {
        // As the record writes it: an id may hold anything, and some characters take six bytes.
        let bytes = JSON.string(person).text.utf8.count + 1
        if used + bytes > lineLimit {
          keep()
          batches.append([])
          people = []
          used = frame
        }
        people.append(person)
        used += bytes
      }
      keep()
    }
    return batches.filter { !$0.isEmpty }
  }
}

extension Sequence<EarlierMeeting> {
  /// All tables, each as those of today's list who sat there: what `SeatingRequest.earlierTables` takes.
  public var tables: [[String]] { flatMap { $0.rounds.flatMap { $0.tables.map(\.people) } } }
}

// MARK: - In the session

extension Session {
  /// Only the opening takes meetings: what is read from them is worked out once, at its end.
  mutating func take(_ meeting: EarlierMeeting) {
    guard !isOpen, !earlierMeetings.contains(where: { $0.id == meeting.id }) else { return }
    earlierMeetings.append(meeting)
  }

  /// People of a table that stands there already join it: a large table takes several lines.
  mutating func take(_ tables: [SeatedTable], meeting id: String, round number: Int) {
    guard !isOpen, let meeting = earlierMeetings.firstIndex(where: { $0.id == id }),
      let round = earlierMeetings[meeting].rounds.firstIndex(where: { $0.number == number })
    else { return }
    for table in tables {
      // The lines follow one another, so only the last table can go on.
      let last = earlierMeetings[meeting].rounds[round].tables.indices.last
      if let last, earlierMeetings[meeting].rounds[round].tables[last].number == table.number {
        earlierMeetings[meeting].rounds[round].tables[last].people += table.people
      } else {
        earlierMeetings[meeting].rounds[round].tables.append(table)
      }
    }
  }

  /// Returns the places in `earlierMeetings` at which two people shared a table, one for each time.
  public func earlierMeetings(of a: String, and b: String) -> [Int] { acquaintance.meetings(of: a, and: b) }

  /// Returns whom somebody met at the earlier meeting at `index`: ids in the order of the list, each with
  /// the rounds there.
  public func met(by person: String, at index: Int) -> [(person: String, rounds: [Int])] {
    guard earlierMeetings.indices.contains(index) else { return [] }
    var rounds: [String: [Int]] = [:]
    for round in earlierMeetings[index].rounds {
      for table in round.tables where table.people.contains(person) {
        for other in table.people where other != person { rounds[other, default: []].append(round.number) }
      }
    }
    return rounds.map { (person: $0.key, rounds: $0.value) }
      .sorted { (places[$0.person] ?? .max, $0.person) < (places[$1.person] ?? .max, $1.person) }
  }
}

/// Who sat at which tables of earlier meetings, for finding out quickly whether two people met.
struct Acquaintance: Sendable, Equatable {
  /// The tables at which each person sat, by a number that counts all tables of all meetings, in order.
  private var tablesOf: [String: [Int]] = [:]
  /// The meeting of each table.
  private var meetingOf: [Int] = []

  init(_ meetings: [EarlierMeeting] = []) {
    for (index, meeting) in meetings.enumerated() {
      for table in meeting.rounds.flatMap(\.tables) {
        for person in table.people { tablesOf[person, default: []].append(meetingOf.count) }
        meetingOf.append(index)
      }
    }
  }

  /// The meetings at which two people shared a table, one for each time, in order.
  func meetings(of a: String, and b: String) -> [Int] {
    guard a != b, let one = tablesOf[a], let other = tablesOf[b] else { return [] }
    var (i, j) = (0, 0)
    var found: [Int] = []
    while i < one.count, j < other.count {
      if one[i] == other[j] { found.append(meetingOf[one[i]]) }
      if one[i] <= other[j] { i += 1 } else { j += 1 }
    }
    return found
  }
}
