import Conference
import Ground
import Seating
import Testing

/// Late arrivals and no-shows: a proposal that moves few, to accept or to refuse (S4.9).
@Suite struct ReseatProposalTests {
  /// Tables of two to four with a minimum, so that one leaver makes a table too small.
  private func hall() throws -> Hall {
    let tables = (1...3).map { Table(number: $0, minimumSeats: 2, seats: 4) }
    var hall = try Hall(Hall.plan(tables: tables))
    try hall.seat(Hall.seats, by: "host")
    return hall
  }

  @Test func aTableThatGotTooSmallIsFilled() throws {
    var hall = try hall()
    try hall.send(.leave("p5"))
    try hall.send(.leave("p6"))
    let proposal = try #require(try hall.session.reseatProposal())
    #expect(
      proposal.counts.contains {
        $0.word.nl == "tafels met te weinig mensen" && $0.before == 1 && $0.after == 0
      })
    let before = hall.session.seatings
    try hall.send(.mendTables(proposal.moves))
    for move in proposal.moves {
      #expect(hall.session.seatings[move.round]?.table(of: move.person) == move.to)
      #expect(before[move.round]?.table(of: move.person) == move.from)
    }
    for round in [1, 2] {
      #expect(hall.session.seatings[round]?.tables.values.allSatisfy { $0.count >= 2 } == true)
    }
    try hall.send(.undo)
    #expect(hall.session.seatings == before)
  }

  @Test func aBetterSecondRoundLeavesTheFirstAsItWas() throws {
    var hall = try hall()
    try hall.send(.advance)
    try hall.send(.leave("p9"))
    let toCome = try #require(try hall.session.reseatProposal())
    #expect(Set(toCome.moves.map(\.round)) == [2])
    #expect(toCome.after < toCome.before)
    let both = try #require(try hall.session.reseatProposal(.thisToo))
    #expect(both.after <= toCome.after)
  }

  @Test func nothingIsProposedWhereNothingGetsBetter() throws {
    var hall = try hall()
    #expect(!hall.session.seatsHaveChanged)
    let first = try #require(try hall.session.reseatProposal())
    try hall.send(.mendTables(first.moves))
    #expect(try hall.session.reseatProposal() == nil)
    #expect(try Session().reseatProposal() == nil)
    try hall.send(.leave("p9"))
    #expect(hall.session.seatsHaveChanged)
  }

  @Test func aProposalIsCheckedAgainWhenItIsAccepted() throws {
    var hall = try hall()
    try hall.send(.leave("p5"))
    try hall.send(.leave("p6"))
    let moves = try #require(try hall.session.reseatProposal()).moves
    let move = try #require(moves.first)
    let name = try #require(hall.session.participant(move.person)).name
    let elsewhere = try #require([1, 2, 3].first { $0 != move.from && $0 != move.to })
    try hall.send(.reseat(person: move.person, table: elsewhere, round: move.round, deliberate: true))
    #expect(throws: Refusal.movedSince(name, round: move.round)) { try hall.send(.mendTables(moves)) }
    #expect(throws: Refusal.nothingChanges) { try hall.send(.mendTables([])) }
    #expect(throws: Refusal.unknownPerson("zz")) {
      try hall.send(.mendTables([.init(person: "zz", round: 1, from: 1, to: 2)]))
    }
    #expect(throws: Refusal.unknownTable(9)) {
      try hall.send(.mendTables([.init(person: "p1", round: 1, from: 1, to: 9)]))
    }
    try hall.send(.advance)
    try hall.send(.move(to: "i2", deliberate: true))
    #expect(throws: Refusal.roundHeld(1)) {
      try hall.send(.mendTables([.init(person: "p1", round: 1, from: 1, to: 2)]))
    }
  }

  @Test func chairsAndRulesAreAskedForWhenItIsAccepted() throws {
    var hall = try Hall.drawn(MixingRules(keepApart: [["p1", "p8"]]))
    let many = ["p1", "p4"].map { SeatMove(person: $0, round: 1, from: 1, to: 2) }
    #expect(throws: Refusal.tooFewSeats(table: 2, people: 5, seats: 4)) { try hall.send(.mendTables(many)) }
    let apart = [SeatMove(person: "p1", round: 1, from: 1, to: 2)]
    #expect(
      throws: Refusal.breaksRules([
        Phrase(nl: "Mens 1 en Mens 8 zitten uit elkaar", en: "Mens 1 and Mens 8 are kept apart")
      ])
    ) {
      try hall.send(.mendTables(apart))
    }
    try hall.send(.mendTables(apart, deliberate: true))
    #expect(hall.session.seatings[1]?.table(of: "p1") == 2)
    // The broken rule is what the next proposal mends.
    let proposal = try #require(try hall.session.reseatProposal())
    #expect(proposal.counts.contains { $0.word.en == "rules broken" && $0.before == 1 && $0.after == 0 })
  }
}
