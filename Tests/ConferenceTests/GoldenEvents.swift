import Conference
import Ground
import Testing

/// Each type by value: what is written is what is read.
@Suite struct EventCodingTests {
  @Test(arguments: Event.samples) func comesBackFromItsText(event: Event) throws {
    let draft = event.draft
    #expect(draft.version == EventType(rawValue: draft.type)?.version)
    let data = try JSON(parsing: draft.data.utf8)
    #expect(data == draft.data)
    let line = Line(
      seq: 1, at: Event.sampleMoment, type: draft.type, by: "note-4", cmd: Event.sampleCommand,
      version: draft.version, data: data)
    #expect(try Event(line) == event)
  }

  @Test func theSamplesAreOfEveryType() {
    #expect(Set(Event.samples.map(\.draft.type)) == Set(EventType.allCases.map(\.rawValue)))
  }

  /// What a later version writes beside the known members does not hinder this one.
  @Test(arguments: Event.samples) func unknownMembersArePassedOver(event: Event) throws {
    let draft = event.draft
    let data = JSON.object((draft.data.object ?? []) + [.init("later", ["a", 1])])
    let line = Line(
      seq: 1, at: Event.sampleMoment, type: draft.type, by: "note-4", cmd: Event.sampleCommand, data: data)
    #expect(try Event(line) == event)
  }

  @Test func aVersionThatIsNotKnownIsRefused() {
    for type in ["marker.set", "marker.moved"] {
      let line = Line(
        seq: 1, at: Event.sampleMoment, type: type, by: "host", cmd: Event.sampleCommand, version: 99,
        data: ["text": "x"])
      #expect(throws: EventError.unknown(type: type, version: 99)) { try Event(line) }
    }
  }

  @Test func aMemberOfTheWrongKindIsNamed() {
    let line = Line(
      seq: 1, at: Event.sampleMoment, type: "slot.started", by: "host", cmd: Event.sampleCommand,
      data: ["table": "4"])
    #expect(throws: EventError.malformed(type: "slot.started", member: "table")) { try Event(line) }
  }
}

extension Event {
  static let sampleMoment = Moment(milliseconds: 1_795_262_400_123)
  static let sampleCommand = CommandID(high: 0x0123_4567_89AB_CDEF, low: 0xFEDC_BA98_7654_3210)

  /// Every type, those with members that may be left out both with and without them.
  static let samples: [Event] = opening + flow + people + yield + known + ballots

  private static let rules = MixingRules(
    attributes: [.init(name: "sector", kind: .spread, weight: 7)], keepApart: [["p1", "p2"]],
    keepTogether: [["p3", "p4"], ["p5", "p6"]],
    pins: [.init(person: "p1", table: 2), .init(person: "p2", table: 1, rounds: [1, 3])],
    needs: [.init(person: "p3", features: ["drempelvrij", "ringleiding"])],
    absences: [.init(person: "p4", rounds: [2])], repeatWeight: 0, seed: -5)

  /// Rules that came later than the first records.
  private static let rulesInWords = {
    var rules = MixingRules(
      attributes: [.init(name: "group", kind: .mirror, weight: 0, neverAlone: ["cliënt", ""])])
    rules.moveWeight = 0
    rules.aloneWeight = 1000
    rules.sameOrganisations = [["Gemeente Breda", "Gem. Breda"], []]
    return rules
  }()

  private static let fullPlan = Plan(
    title: "Wmo: \"beter\"", motto: "Samen", sessionType: "werkatelier", language: .en,
    facts: [.init(name: "Locatie", value: "Zaal 2\nboven"), .init(name: "", value: "")],
    date: CalendarDate(daysSince1970: 20_000), startMinute: 0, end: LocalTime(day: 1, minute: 1439),
    zoneName: "America/St_Johns", items: [],
    mixing: .init(),
    kinds: [
      Kind(id: "dream", name: Phrase(nl: "droom", en: "dream"), key: "é", isSensitive: true),
      Kind(id: "fact", name: Phrase(nl: "feit", en: "fact")),
    ], ladders: [Ladder(id: "piramide", name: "Piramide", rungs: ["eigen kracht", "hulp"])],
    groups: ["a", "b"], warnings: Warnings(halfTime: false, before: [], overEvery: nil))

  /// What an opening begins with; the outline of a plan is made nowhere else.
  private static func planned(_ plan: Plan, _ zone: Zone) -> [Event] {
    let opening = Opening(plan: plan, participants: [], survey: [], zone: zone)
    let events = try? Session().decide(.open(opening), at: sampleMoment, by: "host")
    return Array((events ?? []).prefix(1))
  }

  private static let outlines: [Event] =
    planned(
      fullPlan,
      Zone(name: "America/St_Johns", offset: -12_600, changes: [.init(at: sampleMoment, offset: -9000)]))
    + planned(Plan(title: "x", items: [], kinds: []), .utc)

  private static let opening: [Event] =
    outlines + [
      .itemPlanned(
        AgendaItem(
          id: "i1", phase: .reportBack, title: "Terug", question: "Wat?", seconds: 1,
          fixedStart: LocalTime(day: 1, minute: 0), warnings: Warnings(before: [30], overEvery: 60),
          seating: .keep, slotSeconds: 90, speaker: "W. de Wit"))
    ] + Phase.allCases.map { .itemPlanned(AgendaItem(id: "i", phase: $0, title: "t", seconds: 60)) } + [
      .tablePlaced(Table(number: 12, name: "Jeugd", minimumSeats: 2, seats: 8, features: ["drempelvrij"])),
      .tablePlaced(Table(number: 1, seats: 0)),
      .rulesSet(rules), .rulesSet(MixingRules(attributes: [])), .rulesSet(rulesInWords),
      .participantRegistered(
        Participant(
          id: "p1", name: "Zoë ’t Hart", organisation: "Org; \"x\"", group: "cliënt", municipality: "M",
          attributes: [.init(name: "e-mail", value: "z@example.org"), .init(name: "dieet", value: "")])),
      .participantRegistered(Participant(id: "W2", name: "n")),
      .trajectTaken(
        EarlierMeeting(
          id: sampleCommand.description, title: "Atelier \"1\"", date: CalendarDate(daysSince1970: 19_000),
          lines: 911, hash: "e7f13480cc46d0af45ff747f954e676b", rounds: [.init(number: 1), .init(number: 3)])),
      .trajectTaken(EarlierMeeting(id: "a", title: "", date: nil, lines: 1, hash: "b", rounds: [])),
      .trajectSeated(
        meeting: "a", round: 3,
        tables: [.init(number: 2, people: ["p1", "p\"2"]), .init(number: 7, people: ["p3"])]),
      .conferenceOpened(items: 13, tables: 7, participants: 51),
    ]

  private static let flow: [Event] = [
    .phaseStarted(item: "i3", phase: .breakout, departure: nil),
    .phaseStarted(item: "i3", phase: .pause, departure: .skip),
    .phaseStarted(item: "i1", phase: .arrival, departure: .back),
    .phaseStarted(item: "i9", phase: .closing, departure: .order),
    .conferencePaused, .conferenceResumed, .itemExtended(item: "i3", seconds: -300),
    .slotStarted(table: 7), .slotEnded(table: 7), .conferenceClosed,
  ]

  /// A drawing of which everything is known.
  private static let drawing: RoundSeating.Drawing = {
    var drawing = RoundSeating.Drawing(
      engine: "e/2", seed: 3, effort: 5000, score: [.init(name: "total", value: "2000")],
      rules: MixingRules(attributes: []))
    drawing.bound = [.init(name: "total", value: "1500"), .init(name: "repeats", value: "0")]
    (drawing.proposals, drawing.brokenOffAt, drawing.isOptimal, drawing.after) = (4000, 4000, false, 12)
    return drawing
  }()

  private static let people: [Event] = [
    .participantArrived("p1"), .participantLeft("p1"),
    .seatingDrawn(
      round: 2,
      .init(
        engine: "local-search-1", seed: 2015, effort: 60_000,
        score: [.init(name: "total", value: "81500"), .init(name: "repeats", value: "20000")], rules: rules)),
    .seatingDrawn(
      round: 1, .init(engine: "e", seed: 0, effort: 0, score: [], rules: MixingRules(attributes: []))),
    .seatingDrawn(round: 3, drawing),
    .tableSeated(round: 1, table: 3, people: ["p1", "p2"]), .tableSeated(round: 1, table: 4, people: []),
    .seatTaken(round: 1, table: 3, person: "W9"),
    .seatTaken(
      round: 1, table: 3, person: "p2",
      change: SeatChange(
        people: ["p1", "p2"], before: [.init(name: "total", value: "1500")],
        after: [.init(name: "total", value: "1000")])), .seatLeft(round: 2, table: 3, person: "p2"),
    .personPinned("p1", table: 3), .personUnpinned("p1"), .peopleParted(["p1", "p2", "p3"]),
    .peopleJoined(["p1", "p2"]), .helpAsked(table: 2), .helpAnswered(table: 2),
  ]

  private static let yield: [Event] = [
    .contributionAdded(
      Contribution(
        id: "c7", table: 4, item: "i3", kind: "idea", text: "Eén\n\t\u{1B}[31m \u{2028} 😀 \\ \"",
        at: sampleMoment,
        by: "note-4", source: "enquête", origin: [.init(name: "nummer", value: "17")], parent: "c1",
        group: "cliënt", owner: "Carla", due: CalendarDate("2026-12-12"))),
    .contributionAdded(
      Contribution(
        id: "c1", table: nil, item: nil, kind: "k", text: "t", at: sampleMoment, by: "note-4")),
    .contributionAmended(id: "c7", text: "Twee", kind: "opinion"), .contributionWithdrawn(id: "c7"),
    .contributionRestored(id: "c7"), .contributionShown(id: "c7", isShown: true),
    .contributionShown(id: "c7", isShown: false), .contributionThemed(id: "c7", theme: "t1"),
    .contributionThemed(id: "c7", theme: nil), .themeAdded(Theme(id: "t1", title: "Lokaal")),
    .themeAdded(Theme(id: "t2", title: "Samen", body: "Klein beginnen")),
    .themeAmended(withdrawnTheme), .messageSent(text: "Nog 5 minuten", tables: []),
    .messageSent(text: "Nog 5 minuten", tables: [2, 3]), .markerSet("Applaus"),
    .actionUndone(sampleCommand), .actionRedone(sampleCommand),
  ]

  private static let known: [Event] = [
    .contributionMarked(id: "c7", isSensitive: true), .contributionMarked(id: "c7", isSensitive: false),
    .contributionQuoted(id: "c7", Quote(role: "wethouder", organisation: "Gemeente Oostdorp")),
    .contributionQuoted(id: "c7", Quote(role: "cliënt")), .contributionQuoted(id: "c7", nil),
    .contributionLinked(id: "c7", parent: "c1"), .contributionLinked(id: "c7", parent: nil),
    .contributionMerged(id: "c7", into: "c1"), .contributionMerged(id: "c7", into: nil),
    .contributionLabelled(id: "c7", ladder: "piramide", rung: 0),
    .contributionLabelled(id: "c7", ladder: "piramide", rung: nil),
    .contributionAttributed(id: "c7", group: "cliënt"), .contributionAttributed(id: "c7", group: nil),
    .contributionMoved(id: "c7", before: "c1"), .contributionMoved(id: "c7", before: nil),
    .contributionTopped(id: "c7", isTop: true), .contributionTopped(id: "c7", isTop: false),
    .actionAssigned(id: "c7", owner: "Carla", due: CalendarDate("2026-12-12")),
    .actionAssigned(id: "c7", owner: nil, due: nil),
  ]

  /// A ballot is made nowhere else than where it is opened.
  private static func opened(_ new: NewBallot) -> [Event] {
    var session = Session()
    let stamp = Stamp(seq: 0, at: sampleMoment, by: "host", cmd: sampleCommand)
    session.apply(.conferenceOpened(items: 0, tables: 0, participants: 0), stamp)
    for id in ["c1", "c2"] {
      session.apply(
        .contributionAdded(
          Contribution(
            id: id, table: nil, item: nil, kind: "proposition", text: "t", at: sampleMoment, by: "host")),
        stamp)
    }
    return (try? session.decide(.openBallot(new), at: sampleMoment, by: "facilitator")) ?? []
  }

  private static let ballots: [Event] =
    opened(NewBallot(kind: .propositions, title: "Stellingen", options: ["c1", "c2"]))
    + opened(NewBallot(kind: .dots, title: "Stippen", options: ["c1"], dots: 3, mayStack: true)) + [
      .ballotCounted(
        id: "b1", option: "c1", group: "cliënt", Tally(agree: 4, disagree: 2, abstain: 1)),
      .ballotCounted(id: "b2", option: "c1", group: "", Tally(dots: 9)),
      .ballotClosed(id: "b1"), .ballotWithdrawn(id: "b2"),
    ]

  private static let withdrawnTheme: Theme = {
    var theme = Theme(id: "t1", title: "Lokaal", body: "Begin klein.\nGroei daarna.")
    theme.isWithdrawn = true
    return theme
  }()
}
