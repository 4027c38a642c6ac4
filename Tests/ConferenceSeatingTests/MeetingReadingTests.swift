import Ground
import Testing

@testable import Conference

/// Who meets whom in the whole series, and who never does (issue 4, point 7).
@Suite struct MeetingReadingTests {
  @Test func theRoomAndOnePerson() throws {
    let hall = try Hall.drawn()
    let reading = MeetingReading(hall.session)
    // Round 3 keeps the tables of round 2.
    #expect(reading.rounds == [1, 2, 3])
    #expect(reading.tables(of: "p4") == [1, 1, 1])
    #expect(reading.tables(of: "p8") == [2, 3, 3])
    // p1 sat with p4, p7 and then with p2, p4.
    let meetings = reading.meetings(of: "p1")
    #expect(meetings.met.isEmpty)
    #expect(
      meetings.toCome == [
        .init(person: "p2", rounds: [2, 3], earlier: 0, isAgain: false),
        .init(person: "p4", rounds: [1, 2, 3], earlier: 0, isAgain: true),
        .init(person: "p7", rounds: [1], earlier: 0, isAgain: false),
      ])
    #expect(meetings.never == ["p3", "p5", "p6", "p8", "p9"])
    #expect(reading.count(of: "p1") == 3)
    // p1 and p4, p3 and p9; nobody could meet more than two at each of two tables.
    #expect(reading.pairsAgain == 2)
    #expect((reading.fewest, reading.most, reading.possible) == (3, 4, 4))
  }

  @Test func whatIsOverWasMetAndTheRestIsToCome() throws {
    var hall = try Hall.drawn()
    try hall.send(.advance)
    let meetings = MeetingReading(hall.session).meetings(of: "p1")
    #expect(meetings.met.map(\.person) == ["p4", "p7"])
    #expect(meetings.toCome.map(\.person) == ["p2"])
  }

  @Test func earlierMeetingsOfTheSeriesCountAsMet() throws {
    let hall = try Hall.drawn()
    let earlier = [
      SeatingRequest.Met(a: "p5", b: "p1", times: 1), SeatingRequest.Met(a: "p1", b: "p2", times: 1),
      SeatingRequest.Met(a: "p1", b: "weg", times: 3),
    ]
    let reading = MeetingReading(hall.session, earlier: earlier)
    let meetings = reading.meetings(of: "p1")
    #expect(meetings.met.map(\.person) == ["p2", "p5"])
    #expect(meetings.met.map(\.isAgain) == [true, false])
    #expect(!meetings.never.contains("p5"))
    // p1 and p2 meet again now; p1 and p5 only met before.
    #expect(reading.pairsAgain == 3)
  }

  @Test func pairsThatMustSitTogetherAreNoFault() throws {
    let hall = try Hall.drawn(MixingRules(keepTogether: [["p1", "p4"]]))
    #expect(MeetingReading(hall.session).pairsAgain == 1)
  }

  /// Against a table of all pairs, in random tables.
  @Test(arguments: 0..<30 as Range<UInt64>) func itAgreesWithAllPairs(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let ids = (1...24).map { "q\($0)" }
    var hall = try Hall(
      Hall.plan(tables: (1...5).map { Table(number: $0, seats: 6) }),
      people: ids.map { Participant(id: $0, name: $0) })
    let rounds = (0..<2).map { _ in
      Dictionary(grouping: ids.shuffled(using: &random).dropLast(2).enumerated()) { $0.offset % 5 + 1 }
        .mapValues { $0.map(\.element) }
    }
    try hall.seat(rounds)
    let reading = MeetingReading(hall.session)
    var again = 0
    var counts: [Int] = []
    for one in ids {
      let others = ids.filter { other in
        other != one && rounds.contains { $0.values.contains { $0.contains(one) && $0.contains(other) } }
      }
      let twice = others.filter { other in
        rounds.allSatisfy { $0.values.contains { $0.contains(one) && $0.contains(other) } }
      }
      again += twice.count
      if rounds.contains(where: { $0.values.joined().contains(one) }) { counts.append(others.count) }
      let meetings = reading.meetings(of: one)
      #expect(meetings.toCome.map(\.person) == others)
      #expect(meetings.toCome.filter(\.isAgain).map(\.person) == twice)
      #expect(meetings.never == ids.filter { $0 != one && !others.contains($0) })
      #expect(reading.count(of: one) == others.count)
    }
    #expect(reading.pairsAgain == again / 2)
    #expect(reading.fewest == counts.min() && reading.most == counts.max())
    #expect(reading.meanTenths == (counts.reduce(0, +) * 10 + counts.count / 2) / counts.count)
    #expect(reading.most <= reading.possible)
  }

  @Test func nothingDrawnIsEmpty() throws {
    let reading = MeetingReading(try Hall().session)
    #expect(reading.rounds.isEmpty && reading.most == 0 && reading.pairsAgain == 0)
    #expect(reading.meetings(of: "p1").never.count == reading.people.count - 1)
    #expect(reading.meetings(of: "niemand") == .init())
  }
}
