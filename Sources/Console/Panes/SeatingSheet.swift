import Conference
import Screen

/// How the tables of one round stand: read once, for as long as nothing changes that it is read from.
///
/// Weighing a round of 600 tables takes longer than drawing a screen, so no frame does it.
struct SeatingSheet: Sendable {
  let round: Int
  /// Each table's mix in the order of the plan; empty where the round was not drawn.
  let mixes: [TableMix]
  /// The chairs of each table, with those added where more people came than the plan has chairs for.
  let chairs: [Int]
  /// The stakeholder groups in the order of the list.
  let groups: [SeatGroup]
  /// Who came late, who stayed away, and who was not checked in yet, in that order.
  let attendance: [Attendance]
  /// The tables at which nothing is amiss.
  let wellMixed: Int

  private let source: Source
  /// The place of the record's line up to which it is known to hold.
  private var seq: Int
  private let groupOf: [String: Int]

  /// All that a sheet is read from.
  private struct Source: Sendable, Equatable {
    var round: Int
    var openRound: Int
    var seatings: [Int: RoundSeating]
    var presence: [String: Presence]
    var people: [Participant]
    var tables: [Table]
    var rules: MixingRules?

    init(_ session: Session, round: Int) {
      self.round = round
      openRound = session.openRound
      seatings = session.seatings
      presence = session.presence
      people = session.participants
      tables = session.tables
      rules = session.plan?.mixing
    }
  }

  /// Somebody who is not where the drawing expected them.
  struct Attendance: Sendable, Equatable {
    enum State: Sendable { case late, away, notCheckedIn }
    let place: SeatedPerson
    let state: State
  }

  init(_ session: Session, round: Int) {
    self.round = round
    source = Source(session, round: round)
    seq = session.lastSeq
    mixes = session.mixes(round: round)
    wellMixed = mixes.count { $0.isWellMixed && !$0.people.isEmpty }
    let inUse = session.seatingRequest.tables
    chairs = zip(mixes, inUse).map { max($0.people.count, $1.seats) }
    groups = SeatGroup.all(of: session.participants)
    groupOf = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($0.element.name, $0.offset) })
    attendance =
      session.lateArrivals(round: round).map { Attendance(place: $0, state: .late) }
      + session.noShows(round: round).map { Attendance(place: $0, state: .away) }
      + session.notCheckedIn(round: round).map { Attendance(place: $0, state: .notCheckedIn) }
  }

  /// Returns whether the sheet tells how `session` stands; what it is read from is compared only where lines
  /// were added.
  mutating func holds(for session: Session, round: Int) -> Bool {
    guard round == self.round else { return false }
    if seq == session.lastSeq { return true }
    // Unchanged parts of a session share their memory, so this costs nothing where only notes came in.
    guard source == Source(session, round: round) else { return false }
    seq = session.lastSeq
    return true
  }

  func group(of person: Participant?) -> SeatGroup? {
    person?.group.flatMap { groupOf[$0] }.map { groups[$0] }
  }

  /// The people of a table with their groups together.
  func sorted(_ people: [String], in session: Session) -> [String] {
    people.enumerated().map { offset, id in
      (id: id, group: session.participant(id)?.group.flatMap { groupOf[$0] } ?? groups.count, offset: offset)
    }.sorted { ($0.group, $0.offset) < ($1.group, $1.offset) }.map(\.id)
  }

  func count(_ state: Attendance.State) -> Int { attendance.count { $0.state == state } }
}

/// A stakeholder group with the letter and the colour that stand for it.
struct SeatGroup: Sendable, Equatable {
  let name: String
  /// Differs for each group, so that no colour is needed.
  let letter: String
  let role: Role

  private static let roles: [Role] = [
    .group1, .group2, .group3, .group4, .group5, .group6, .group7, .group8,
  ]

  /// The groups in the order of the list: the first letter of each that is still free.
  static func all(of people: [Participant]) -> [SeatGroup] {
    var taken: Set<Character> = []
    var seen: Set<String> = []
    return people.compactMap(\.group).filter { seen.insert($0).inserted }.enumerated().map { index, name in
      let letters = name.uppercased().filter(\.isLetter) + "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
      let letter = letters.first { !taken.contains($0) && TextWidth.width(String($0)) == 1 } ?? "?"
      taken.insert(letter)
      return SeatGroup(name: name, letter: String(letter), role: roles[index % roles.count])
    }
  }
}
