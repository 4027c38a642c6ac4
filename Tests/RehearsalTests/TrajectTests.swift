import Conference
import Ground
import Rehearsal
import Seating
import Testing

/// Three meetings of one traject, played one after the other (S0.4, S1.1).
@Suite struct TrajectTests {
  /// Plays three meetings and returns their halls; each counts those before it, or none does.
  private func play(counting: Bool) throws -> [Hall] {
    var halls: [Hall] = []
    for number in 1...3 {
      let ids = number == 2 ? "deelnemer-" : "p"
      let today = try Hall(.dagdeel, ids: ids).session.participants
      let earlier = halls.enumerated().map { index, hall in
        EarlierMeeting(
          hall.session, id: "m\(index)", lines: hall.lines.count, hash: "h",
          match: PeopleMatch(today: today, then: hall.session.participants))
      }
      var hall = try Hall(.dagdeel, earlier: counting ? earlier : [], ids: ids, seed: UInt64(number))
      hall.engine = Annealer()
      try hall.play()
      #expect(hall.session.flow.status == .closed)
      #expect(hall.session.heldRounds == [1, 2])
      halls.append(hall)
    }
    return halls
  }

  /// The names of those on the list; whoever walked in has no history.
  private func names(_ people: [String], _ hall: Hall) -> [String] {
    people.compactMap { hall.session.participant($0)?.name }.filter { $0.hasPrefix("Mens ") }
  }

  /// How often two people shared a table, by their names, over all meetings.
  private func times(_ halls: [Hall]) -> [Set<String>: Int] {
    var times: [Set<String>: Int] = [:]
    for hall in halls {
      for seating in hall.session.seatings.values {
        for table in seating.tables.values {
          let names = names(table, hall)
          for (place, a) in names.enumerated() {
            for b in names[(place + 1)...] { times[[a, b], default: 0] += 1 }
          }
        }
      }
    }
    return times
  }

  @Test func theThirdMeetingCountsTheFirstTwo() throws {
    let halls = try play(counting: true)
    let last = halls[2].session
    #expect(last.earlierMeetings.map { $0.rounds.count } == [2, 2])

    // What the program says of each pair at a table of the last round is what a count by name says.
    let before = times(Array(halls[..<2]))
    var told = 0
    for mix in last.mixes(round: 2) {
      for (place, a) in mix.people.enumerated() {
        for b in mix.people[(place + 1)...] {
          let names = Set(names([a, b], halls[2]))
          let meetings = mix.repeats.first { Set([$0.a, $0.b]) == [a, b] }?.meetings ?? []
          #expect(meetings.count == before[names] ?? 0, "\(names)")
          told += meetings.count
        }
      }
    }
    #expect(told > 0)

    // Counting helps: fewer pairs meet again than where each meeting is drawn for itself.
    func again(_ halls: [Hall]) -> Int { times(halls).values.count { $0 > 1 } }
    #expect(again(halls) < again(try play(counting: false)) / 2)
  }
}
