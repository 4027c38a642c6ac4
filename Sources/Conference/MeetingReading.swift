/// Who met whom at the tables of the whole series, and who never does.
///
/// A round that keeps its tables goes on with the meetings of the round before: it is no second meeting. Time
/// and memory grow with the seats and the tables' sizes, never with the square of the people.
public struct MeetingReading: Sendable {
  /// The rounds with tables, from 1.
  public let rounds: [Int]
  /// The ids of all who sit somewhere or are still expected, in the order of the list.
  public let people: [String]
  /// The fewest others that somebody who sits anywhere meets.
  public let fewest: Int
  /// The most others that somebody meets.
  public let most: Int
  /// The mean number of others that those who sit anywhere meet, in tenths.
  public let meanTenths: Int
  /// The most others that anybody could meet at tables of these sizes, nobody twice.
  public let possible: Int
  /// The pairs who meet more than once, earlier meetings counted; those who must sit together left out.
  public let pairsAgain: Int

  /// The number of others that each of `people` meets in these rounds.
  private let counts: [Int]
  private let indexOf: [String: Int]
  /// Each one's table by round and person; nil: none.
  private let tableOf: [[Int?]]
  /// The people by round and table.
  private let seated: [[Int: [Int]]]
  /// The place of the round whose tables hold in each round.
  private let sources: [Int]
  private let held: Set<Int>
  /// Those met at earlier meetings of the series, with how often.
  private let earlier: [Int: [Int: Int]]

  /// What one person's meetings are.
  public struct Meetings: Sendable, Equatable {
    /// Those met in rounds that were held, or at earlier meetings of the series, in the order of the list.
    public var met: [Meeting] = []
    /// Those to be met in rounds to come, and not met before.
    public var toCome: [Meeting] = []
    /// The ids of those who are never met.
    public var never: [String] = []
  }

  /// Two people at one table.
  public struct Meeting: Sendable, Equatable {
    /// The other's id.
    public var person: String
    /// The rounds in which they share a table, from 1.
    public var rounds: [Int]
    /// How often they met at earlier meetings of the series.
    public var earlier: Int
    /// Whether they meet more than once; a round that keeps its tables is no second time.
    public var isAgain: Bool
  }

  /// Reads the tables as they stand; `earlier` tells who met at earlier meetings of the series.
  public init(_ session: Session, earlier: [SeatingRequest.Met] = []) {
    let rounds = (1...max(1, session.rounds)).filter { session.seating(round: $0) != nil }
    let seatings = rounds.map { session.seating(round: $0)?.tables ?? [:] }
    let somewhere = Set(seatings.flatMap { $0.values.joined() })
    let people = session.participants.map(\.id).filter {
      somewhere.contains($0) || session.presence(of: $0) != .absent
    }
    let indexOf = Dictionary(uniqueKeysWithValues: people.enumerated().map { ($1, $0) })
    let seated = seatings.map { $0.mapValues { $0.compactMap { indexOf[$0] } } }
    tableOf = seated.map { tables in
      var own = [Int?](repeating: nil, count: people.count)
      for (number, here) in tables { for person in here { own[person] = number } }
      return own
    }
    var met: [Int: [Int: Int]] = [:]
    for one in earlier {
      guard let a = indexOf[one.a], let b = indexOf[one.b], a != b, one.times > 0 else { continue }
      met[a, default: [:]][b, default: 0] += one.times
      met[b, default: [:]][a, default: 0] += one.times
    }
    let drawn = session.plan?.drawnRounds ?? []
    sources = rounds.map { round in drawn.last { $0 <= round } ?? round }
    held = Set(session.heldRounds)
    (self.rounds, self.people, self.indexOf, self.seated, self.earlier) = (
      rounds, people, indexOf, seated, met
    )

    var together: [Int: Set<Int>] = [:]
    for group in session.plan?.mixing.keepTogether ?? [] {
      let places = group.compactMap { indexOf[$0] }
      for person in places { together[person, default: []].formUnion(places) }
    }
    var counts = [Int](repeating: 0, count: people.count)
    var again = 0
    var possible = 0
    // Of each other: who looked last, and from which round's tables they met; no table of all pairs is kept.
    var seenBy = [Int](repeating: -1, count: people.count)
    var source = [Int](repeating: -1, count: people.count)
    var isAgain = [Bool](repeating: false, count: people.count)
    for person in people.indices {
      var chairs: [Int: Int] = [:]
      for place in rounds.indices {
        guard let table = tableOf[place][person], let here = seated[place][table] else { continue }
        chairs[sources[place]] = max(chairs[sources[place]] ?? 0, here.count - 1)
        for other in here where other != person {
          if seenBy[other] != person {
            seenBy[other] = person
            source[other] = sources[place]
            isAgain[other] = false
            counts[person] += 1
            if met[person]?[other] == nil { continue }
          } else if source[other] == sources[place] {
            continue
          }
          // Each pair once, from its first person, and once however often they meet.
          if person < other, !isAgain[other], together[person]?.contains(other) != true { again += 1 }
          isAgain[other] = true
        }
      }
      possible = max(possible, min(people.count - 1, chairs.values.reduce(0, +)))
    }
    let sitting = people.indices.filter { somewhere.contains(people[$0]) }.map { counts[$0] }
    fewest = sitting.min() ?? 0
    most = sitting.max() ?? 0
    meanTenths = sitting.isEmpty ? 0 : (sitting.reduce(0, +) * 10 + sitting.count / 2) / sitting.count
    pairsAgain = again
    (self.counts, self.possible) = (counts, possible)
  }

  /// Returns the table of `person` in each of `rounds`; nil: none.
  public func tables(of person: String) -> [Int?] {
    guard let index = indexOf[person] else { return rounds.map { _ in nil } }
    return tableOf.map { $0[index] }
  }

  /// Returns how many others `person` meets in all rounds together; earlier meetings do not count.
  public func count(of person: String) -> Int { indexOf[person].map { counts[$0] } ?? 0 }

  /// Returns whom `person` has met, will meet and never meets; all are empty for somebody who is not there.
  public func meetings(of person: String) -> Meetings {
    guard let index = indexOf[person] else { return Meetings() }
    var found: [Int: [Int]] = [:]
    for place in rounds.indices {
      guard let table = tableOf[place][index] else { continue }
      for other in seated[place][table] ?? [] where other != index { found[other, default: []].append(place) }
    }
    let before = earlier[index] ?? [:]
    var meetings = Meetings()
    for other in people.indices where other != index {
      let places = found[other] ?? []
      let times = before[other] ?? 0
      guard !places.isEmpty || times > 0 else {
        meetings.never.append(people[other])
        continue
      }
      let meeting = Meeting(
        person: people[other], rounds: places.map { rounds[$0] }, earlier: times,
        isAgain: times + Set(places.map { sources[$0] }).count > 1)
      if times > 0 || meeting.rounds.contains(where: held.contains) {
        meetings.met.append(meeting)
      } else {
        meetings.toCome.append(meeting)
      }
    }
    return meetings
  }
}
