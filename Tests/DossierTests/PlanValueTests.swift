import Conference
import Ground
import Testing

@testable import Dossier

@Suite struct PlanValueTests {
  static let dutch = """
    titel: Samen vormgeven
    motto: Concrete stappen
    soort: Ontwerpatelier
    taal: nl
    datum: 12-3-2026
    start: "13:00"
    einde: 17.00
    tijdzone: Europe/Brussels
    feiten:
      Opdrachtgever: ROGPlus
      Locatie: Maassluis
    groepen: [cliënt, wethouder]
    tafels:
      - {nummer: 3, naam: Vervoer, stoelen: 6-8, kenmerken: [drempelvrij]}
      - {stoelen: 7}
    agenda:
      - {fase: inloop, minuten: 30}
      - {fase: plenair, titel: Opening, minuten: 10, spreker: Jan}
      - {fase: uiteen, titel: Ronde, vraag: Wat?, minuten: 1u00, wissel: 5, waarschuwingen: nee}
      - {fase: pauze, minuten: 15, start: "15:00"}
      - {fase: ronde, minuten: 45m, indeling: blijven}
      - {fase: terugkoppeling, minuten per tafel: 3, minuten: 10, id: oogst}
      - {fase: afsluiting, minuten: 10}
      - {fase: borrel, minuten: 30}
    mengen:
      kolommen: [{kolom: groep, hoe: spiegelen, gewicht: veel}, {kolom: organisatie, hoe: spreiden}]
      uit elkaar: [[A, B]]
      bij elkaar: [[C, D]]
      vaste tafel: {A: 3}
      nodig: [{wie: C, kenmerken: Drempelvrij}]
      afwezig: {D: [2]}
      herhaling: veel
      seed: 42
    soorten bijdragen: [idee, oplossing, {naam: droom, en: dream, toets: r, gevoelig: ja}]
    ladders: [{naam: Piramide, treden: [eigen kracht, informele steun]}]
    waarschuwingen: {halverwege: nee, minuten voor het einde: [1, 10], daarna elke: nee}
    enquête: {tekst: antwoord, soort: oplossing, bewaren: nr, alleen: {ok: [1, ja]}}
    """

  static let english = """
    title: Samen vormgeven
    motto: Concrete stappen
    type: Ontwerpatelier
    language: nl
    date: 2026-03-12
    start: 13:00
    end: 17:00
    zone: Europe/Brussels
    facts: {Opdrachtgever: ROGPlus, Locatie: Maassluis}
    groups: [cliënt, wethouder]
    tables:
      - {number: 3, name: Vervoer, seats: 6 - 8, features: drempelvrij}
      - {number: 2, seats: "7"}
    programme:
      - {phase: arrival, minutes: 30m}
      - {phase: plenary, title: Opening, minutes: 10, speaker: Jan}
      - {phase: breakout, title: Ronde, question: Wat?, minutes: "1:00", changeover: 5, warnings: no}
      - {phase: break, minutes: 15 min, start: 15:00}
      - {phase: breakout, minutes: 45, seating: keep}
      - {phase: report-back, slot: 3, minutes: 10, id: oogst}
      - {phase: closing, minutes: 10}
      - {phase: break, minutes: 30}
    mixing:
      attributes: [{column: group, kind: mirror, weight: 5}, {column: Organisation, kind: spread, weight: much}]
      apart: [A, B]
      together: [[C, D]]
      pins: [{person: A, table: 3}]
      needs: {C: [drempelvrij]}
      absences: [{person: D, rounds: 2}]
      repeats: 20
      seed: 42
    kinds: [idea, solution, {nl: droom, en: dream, key: R, sensitive: yes}]
    ladders: [{name: Piramide, rungs: [eigen kracht, informele steun]}]
    warnings: {half-time: off, before: [10m, 1m], over-every: off}
    survey: {text: antwoord, kind: solution, keep: [nr], where: {ok: ["1", ja]}}
    """

  @Test func dutchAndEnglishKeysMeanTheSame() throws {
    let dutch = PlanReader.read(text: Self.dutch)
    let english = PlanReader.read(text: Self.english)
    #expect(dutch.findings == [])
    #expect(english.findings == [])
    var plan = try #require(dutch.plan)
    let other = try #require(english.plan)
    #expect(plan == other)
    #expect(dutch.survey == english.survey)
    #expect(plan.title == "Samen vormgeven")
    #expect(plan.motto == "Concrete stappen")
    #expect(plan.sessionType == "Ontwerpatelier")
    #expect(plan.date == CalendarDate("2026-03-12"))
    #expect(plan.startMinute == 780)
    #expect(plan.end == LocalTime(minute: 1020))
    #expect(plan.zoneName == "Europe/Brussels")
    #expect(
      plan.facts == [
        .init(name: "Opdrachtgever", value: "ROGPlus"), .init(name: "Locatie", value: "Maassluis"),
      ])
    #expect(
      plan.tables == [
        Table(number: 3, name: "Vervoer", minimumSeats: 6, seats: 8, features: ["drempelvrij"]),
        Table(number: 2, seats: 7),
      ])
    #expect(
      plan.mixing
        == MixingRules(
          attributes: [
            .init(name: "group", kind: .mirror, weight: 5),
            .init(name: "organisation", kind: .spread, weight: 5),
          ], keepApart: [["A", "B"]], keepTogether: [["C", "D"]], pins: [.init(person: "A", table: 3)],
          needs: [.init(person: "C", features: ["drempelvrij"])], absences: [.init(person: "D", rounds: [2])],
          repeatWeight: 20, seed: 42))
    #expect(plan.kinds.map(\.id) == ["idea", "solution", "dream"])
    #expect(
      plan.kinds.last
        == Kind(id: "dream", name: Phrase(nl: "droom", en: "dream"), key: "r", isSensitive: true))
    #expect(
      plan.ladders == [
        Ladder(id: "piramide", name: "Piramide", rungs: ["eigen kracht", "informele steun"])
      ])
    #expect(plan.warnings == Warnings(halfTime: false, before: [600, 60], overEvery: nil))
    #expect(
      dutch.survey
        == SurveySpec(
          textColumn: "antwoord", kind: "solution", keep: ["nr"],
          only: [.init(column: "ok", values: ["1", "ja"])]))
    plan.items.removeFirst(2)
    #expect(
      plan.items == [
        AgendaItem(id: "item-3", phase: .changeover, title: "Wisselen", seconds: 300),
        AgendaItem(
          id: "item-4", phase: .breakout, title: "Ronde", question: "Wat?", seconds: 3600,
          warnings: Warnings(halfTime: false, before: [], overEvery: nil)),
        AgendaItem(
          id: "item-5", phase: .pause, title: "Pauze", seconds: 900, fixedStart: LocalTime(minute: 900)),
        AgendaItem(id: "item-6", phase: .breakout, title: "Werkronde", seconds: 2700, seating: .keep),
        AgendaItem(id: "oogst", phase: .reportBack, title: "Terugkoppeling", seconds: 600, slotSeconds: 180),
        AgendaItem(id: "item-8", phase: .closing, title: "Afsluiting", seconds: 600),
        AgendaItem(id: "item-9", phase: .pause, title: "Pauze", seconds: 1800),
      ])
  }

  @Test func anOmittedReportBackLengthIsTheSumOfItsSlots() throws {
    let reading = PlanReader.read(
      text: """
        titel: T
        tafels: 7
        agenda:
          - {fase: ronde, minuten: 40}
          - {fase: terugkoppeling, minuten per tafel: 3}
          - {fase: afsluiting, minuten: 10}
        """)
    #expect(reading.findings == [])
    #expect(reading.plan?.items[1].seconds == 7 * 180)
    #expect(reading.plan?.tables.map(\.seats) == Array(repeating: 8, count: 7))
    #expect(reading.plan?.kinds == Kind.defaults)
    #expect(reading.plan?.mixing == MixingRules())
    #expect(reading.survey == nil)
  }

  @Test func peopleAreFoundByNameOrID() {
    let people = ["Anna", "Bart", "Carla", "Daan"].enumerated().map {
      Participant(id: "P00\($0.offset + 1)", name: $0.element, group: $0.offset < 2 ? "x" : "y")
    }
    let reading = PlanReader.read(
      text: """
        titel: T
        tafels: {aantal: 2, stoelen: 2}
        agenda: [{fase: ronde, minuten: 40}, {fase: terugkoppeling, minuten: 10}, {fase: afsluiting, minuten: 10}]
        mengen: {vaste tafel: {anna: 1, P003: 2}, uit elkaar: [[Bart, p004]]}
        """, participants: people)
    #expect(reading.findings == [])
    #expect(reading.plan?.mixing.pins == [.init(person: "P001", table: 1), .init(person: "P003", table: 2)])
    #expect(reading.plan?.mixing.keepApart == [["P002", "P004"]])
  }

  @Test(arguments: [
    ("90", 5400), ("10", 600), ("1.30", 5400), ("1:30", 5400), ("0.45", 2700), ("1h30m", 5400),
    ("1u30", 5400),
    ("1 u 30", 5400), ("2 uur", 7200), ("45m", 2700), ("45 min", 2700), ("45 minuten", 2700), ("30s", 30),
    ("1h", 3600),
    ("1U05", 3900), ("007", 420), ("24u", 86_400),
  ]) func lengths(text: String, seconds: Int) { #expect(TimeText.seconds(text) == seconds) }

  @Test(arguments: [
    "", "x", "1.5", "1.60", "1u60", "-5", "1e3", "1,5", "5 5", "10 dagen", "9999999", "1h30x", "m", "½",
    "1::3", "٣",
  ]) func noLengths(text: String) { #expect(TimeText.seconds(text) == nil) }

  @Test(arguments: [
    ("12:30", 0, 750), ("9:00", 0, 540), ("09.05", 0, 545), ("12u30", 0, 750), ("dag 2 09:00", 1, 540),
    ("Day 1 23:59", 0, 1439), ("+1 09:00", 1, 540), ("+0 0:00", 0, 0), ("dag2 09:00", 1, 540),
  ]) func times(text: String, day: Int, minute: Int) {
    #expect(TimeText.local(text) == LocalTime(day: day, minute: minute))
  }

  @Test(arguments: [
    "", "24:00", "12:60", "12", "1230", "dag 0 09:00", "dag 09:00", "+ 09:00", "12:3", "12:30:00",
    "dag 32 01:00",
  ])
  func noTimes(text: String) { #expect(TimeText.local(text) == nil) }

  @Test(arguments: [
    ("2026-02-29", TimeText.DateReading.noSuchDay), ("30-2-2026", .noSuchDay), ("2026-13-01", .noSuchDay),
    ("morgen", .notADate), ("12-3-26", .notADate), ("2026-3", .notADate), ("+026-01-01", .notADate),
  ]) func noDates(text: String, reading: TimeText.DateReading) { #expect(TimeText.date(text) == reading) }

  @Test(arguments: [
    ("titel", "titl", 1), ("agenda", "agneda", 1), ("", "abc", 3), ("a", "b", 1), ("tafels", "tabels", 1),
    ("ca", "abc", 3),
  ])
  func distances(a: String, b: String, distance: Int) {
    #expect(editDistance(Array(a), Array(b)) == distance)
    #expect(editDistance(Array(b), Array(a)) == distance)
  }

  /// Two words of one vocabulary that look alike would make the second unreachable.
  @Test func noWordNamesTwoThings() {
    func check<Word: Vocabulary>(_: Word.Type) {
      var owner: [String: Word] = [:]
      for word in Word.allCases {
        for name in Set(word.names.map(folded)) {
          #expect(owner.updateValue(word, forKey: name) == nil, "\(name)")
        }
      }
    }
    check(PlanKey.self)
    check(ItemKey.self)
    check(Phase.self)
    check(WarningsKey.self)
    check(SeatingWord.self)
    check(TablesKey.self)
    check(TableKey.self)
    check(MixingKey.self)
    check(AttributeKey.self)
    check(MixingWord.self)
    check(PersonColumn.self)
    check(WeightWord.self)
    check(PersonKey.self)
    check(KindKey.self)
    check(SurveyKey.self)
    check(TrajectKey.self)
    check(YesNo.self)
    check(LanguageWord.self)
  }
}

@Suite struct ZoneNamedTests {
  @Test func amsterdamChangesTwiceAYear() throws {
    let moment = try #require(Moment(rfc3339: "2026-06-01T00:00:00.000Z"))
    let zone = try #require(Zone(named: "Europe/Amsterdam", around: moment))
    #expect(zone.name == "Europe/Amsterdam")
    #expect(zone.offset == 7200)
    #expect(
      zone.changes.map(\.at.rfc3339) == [
        "2025-10-26T01:00:00.000Z", "2026-03-29T01:00:00.000Z", "2026-10-25T01:00:00.000Z",
        "2027-03-28T01:00:00.000Z",
      ])
    #expect(zone.changes.map(\.offset) == [3600, 7200, 3600, 7200])
  }

  @Test func aZoneWithoutSummerTimeAndNone() {
    #expect(Zone(named: "Asia/Tokyo", around: Moment(milliseconds: 0))?.changes == [])
    #expect(Zone(named: "Asia/Tokyo", around: Moment(milliseconds: 0))?.offset == 32_400)
    #expect(Zone(named: "Mars/Olympus", around: Moment(milliseconds: 0)) == nil)
  }
}
