import Conference
import Ground
import Seating
import Testing

@Suite struct TableMixTests {
  @Test func everyTableIsComparedWithTheRoom() throws {
    let mixes = try Hall.drawn().session.mixes(round: 2)
    #expect(mixes.map(\.table) == [1, 2, 3])
    let groups = mixes.map { mix in mix.shares.first { $0.name == "group" }?.values ?? [] }
    #expect(groups.allSatisfy { $0.map(\.value) == ["cliënt", "ambtenaar"] })
    #expect(groups.map { $0.map(\.here) } == [[2, 1], [0, 3], [1, 2]])
    #expect(groups.map { $0.map(\.room) } == [[3, 6], [3, 6], [3, 6]])
    #expect(groups[0].map(\.fair) == [1...1, 2...2])
    #expect(groups.map { $0.map(\.balance) } == [[.over, .few], [.lacking, .over], [.fair, .fair]])
    #expect(mixes[0].alike.map(\.value) == ["Org A"])
    #expect(mixes[0].alike.first?.people == ["p1", "p4"])
    let repeats = mixes.map { mix in mix.repeats.map { "\($0.a) \($0.b) \($0.rounds)" } }
    #expect(repeats == [["p1 p4 [1]"], [], ["p3 p9 [1]"]])
    #expect(
      mixes.map { $0.phrase[.nl] } == [
        "2 van dezelfde organisatie", "alleen ambtenaar", "1 herhaalde ontmoeting",
      ])
    #expect(mixes[1].flaws.map { $0[.en] } == ["only ambtenaar", "lacks cliënt", "many ambtenaar"])
    #expect(mixes.allSatisfy { !$0.isWellMixed })
  }

  @Test func aTableThatIsWellMixedIsCalledSo() throws {
    let mix = try #require(try Hall.drawn().session.mix(table: 3, round: 1))
    #expect(mix.isWellMixed && mix.phrase[.nl] == "goed gemengd" && mix.phrase[.en] == "well mixed")
  }

  /// Five people of a group at seven tables: a table without one is no fault of the tables.
  @Test func aGroupTooSmallForAllTablesIsNotMissed() throws {
    let people = (1...14).map {
      Participant(id: "p\($0)", name: "M\($0)", group: $0 <= 5 ? "cliënt" : "ambtenaar")
    }
    var hall = try Hall(
      Hall.plan(tables: (1...7).map { Table(number: $0, seats: 2) }), people: people)
    let tables = (1...7).map { ($0, ["p\($0)", "p\($0 + 7)"]) }
    try hall.seat([Dictionary(uniqueKeysWithValues: tables)])
    let mixes = hall.session.mixes(round: 1)
    // 2 chairs of 14, 5 cliënten: 0.71 of them.
    #expect(mixes[6].shares.first?.values.first?.fair == 0...1)
    #expect(mixes[6].shares.first?.lacking == [])
    #expect(mixes[0].isWellMixed)
  }

  @Test func aRoundThatKeepsItsTablesReadsAsTheOneBefore() throws {
    let session = try Hall.drawn().session
    #expect(session.mixes(round: 3) == session.mixes(round: 2))
    #expect(session.mix(table: 9, round: 1) == nil)
    #expect(session.mixes(round: 4) == [] && session.mixes(round: 0) == [] && session.mixes(round: -1) == [])
    #expect(try Hall().session.mixes(round: 1) == [])
    #expect(Session().mixes(round: 1) == [])
  }

  @Test func anEmptyTableIsCalledEmpty() throws {
    var hall = try Hall()
    try hall.seat([[1: ["p1", "p5"], 2: ["p2", "p6"]]])
    let mix = try #require(hall.session.mix(table: 3, round: 1))
    #expect(mix.phrase[.nl] == "leeg" && mix.people == [] && mix.shares.allSatisfy { $0.lacking.isEmpty })
  }

  /// Pairs that must sit together meet again by rule.
  @Test func whoMustSitTogetherIsNoRepeat() throws {
    let mix = try Hall.drawn(MixingRules(keepTogether: [["p1", "p4"]])).session.mix(table: 1, round: 2)
    #expect(mix?.repeats == [])
  }
}

@Suite struct AttendanceTests {
  @Test func whoCameLateAndWhoStayedAway() throws {
    var hall = try Hall.drawn()
    #expect(hall.session.notCheckedIn(round: 1) == [])
    for number in 1...7 { try hall.send(.arrive("p\(number)")) }
    try hall.send(.leave("p9"))
    try hall.send(.register(name: "Inloper", organisation: nil, group: "cliënt", municipality: nil))
    let session = hall.session
    #expect(session.noShows(round: 1) == [.init(person: "p9", table: 3)])
    #expect(session.noShows(round: 2) == [.init(person: "p9", table: 3)])
    #expect(session.notCheckedIn(round: 1) == [.init(person: "p8", table: 2)])
    #expect(session.notCheckedIn(round: 3) == [.init(person: "p8", table: 3)])
    let walkIn = try #require(session.participants.last)
    #expect(session.lateArrivals(round: 1).map(\.person) == [walkIn.id])
    // Round 2: table 2 is the one without a cliënt, but table 3 is the smaller since p9 left.
    let place = try #require(session.lateArrivals(round: 2).first)
    #expect(session.seatings[2]?.table(of: walkIn.id) == place.table)
    #expect(session.mix(table: 3, round: 1)?.noShows == ["p9"])
    #expect(session.mix(table: 2, round: 1)?.notCheckedIn == ["p8"])
    #expect(session.mix(table: place.table, round: 2)?.lateArrivals == [walkIn.id])
  }

  /// Undo forgets after 200 commands; who came late is still known.
  @Test func itIsNeverForgotten() throws {
    var hall = try Hall.drawn()
    try hall.send(.leave("p9"))
    for number in 0..<250 { try hall.send(.mark("moment \(number)")) }
    #expect(hall.session.noShows(round: 1) == [.init(person: "p9", table: 3)])
    try hall.send(.arrive("p9"))
    #expect(hall.session.noShows(round: 1) == [] && hall.session.lateArrivals(round: 1) == [])
  }

  @Test func aNewDrawingCountsFromItself() throws {
    var hall = try Hall.drawn()
    try hall.send(.register(name: "Inloper", organisation: nil, group: nil, municipality: nil))
    let id = try #require(hall.session.participants.last?.id)
    #expect(hall.session.lateArrivals(round: 1).map(\.person) == [id])
    var tables = Hall.seats[0]
    tables[1]?.append(id)
    try hall.seat([tables], seed: 2)
    #expect(hall.session.lateArrivals(round: 1) == [])
    #expect(hall.session.lateArrivals(round: 2).map(\.person) == [id])
    try hall.send(.undo)
    #expect(hall.session.lateArrivals(round: 1).map(\.person) == [id])
  }
}

@Suite struct LackTests {
  private func why(_ mixing: MixingRules = MixingRules(), table: Int = 2) throws -> [String] {
    try Hall.drawn(mixing).session.whyLacking(group: "cliënt", table: table, round: 2).map { $0[.nl] }
  }

  @Test func whereNoRuleIsTheReasonASwapIsOffered() throws {
    #expect(
      try why() == [
        "Ze zitten aan tafel 1 (2) en 3.",
        "Een regel is hier niet de reden. Een ruil verhelpt het: ruil Mens 1 (tafel 1) met Mens 6; "
          + "beter: 1 paar van dezelfde organisatie minder, groep beter gemengd.",
      ])
    #expect(try why(table: 3) == ["Aan tafel 3 zit al iemand van cliënt: Mens 3."])
  }

  @Test func whatKeepsPeopleElsewhereIsTold() throws {
    let mixing = MixingRules(
      keepApart: [["p3", "p5"]], keepTogether: [["p2", "p4"]], pins: [.init(person: "p1", table: 1)],
      needs: [.init(person: "p3", features: ["lus"])])
    #expect(
      try why(mixing) == [
        "Ze zitten aan tafel 1 (2) en 3.", "Mens 1 is daar vastgezet.", "Mens 2 moet bij Mens 4 zitten.",
        "Mens 3 heeft lus nodig, en dat heeft tafel 2 niet.", "Mens 3 mag niet bij Mens 5 zitten.",
        "Elke ruil maakt het geheel slechter. De minst slechte: ruil Mens 3 (tafel 3) met Mens 5; "
          + "slechter: 1 herhaalde ontmoeting meer, 1 paar van dezelfde organisatie meer.",
      ])
    let pinned = MixingRules(pins: [("p1", 1), ("p2", 1), ("p3", 3)].map { .init(person: $0, table: $1) })
    #expect(
      try why(pinned) == [
        "Ze zitten aan tafel 1 (2) en 3.", "Mens 1, Mens 2 en Mens 3 zijn daar vastgezet.",
        "Geen ruil kan dit verhelpen zonder een regel te breken.",
      ])
  }

  @Test func tooFewPeopleNoShowsAndEmptyTables() throws {
    var hall = try Hall()
    try hall.seat([[1: ["p1", "p4", "p5"], 2: ["p2", "p6"], 3: ["p3"]]], by: "host")
    try hall.send(.leave("p2"))
    let told = hall.session.whyLacking(group: "cliënt", table: 2, round: 1).map { $0[.en] }
    #expect(
      told.prefix(4) == [
        "Mens 2 was drawn here, but is not there.", "There are 2 people from cliënt for 3 tables.",
        "They sit at table 1 and 3.", "1 person sits at table 2, too few for all 2 groups.",
      ])
    #expect(told.count == 5 && told[4].contains("swap Mens"))
    try hall.send(.leave("p3"))
    #expect(
      hall.session.whyLacking(group: "cliënt", table: 3, round: 1).map { $0[.nl] } == [
        "Aan tafel 3 zit niemand."
      ])
    #expect(
      hall.session.whyLacking(group: "niemand", table: 1, round: 1).map { $0[.nl] } == [
        "In ronde 1 zit er nergens iemand van niemand."
      ])
    #expect(hall.session.whyLacking(group: "cliënt", table: 1, round: 2) == [])
    #expect(hall.session.whyLacking(group: "cliënt", table: 7, round: 1) == [])
  }
}
