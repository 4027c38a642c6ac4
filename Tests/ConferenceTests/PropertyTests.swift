import Conference
import Ground
import Testing

/// Any sequence of commands leaves a legal state, and the record folds to the live state.
@Suite struct PropertyTests {
  @Test(arguments: 0..<80 as Range<UInt64>)
  func anySequenceOfCommands(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var run = try Run()
    var lastEnd: Moment?
    for step in 0..<120 {
      run.now = run.now + Interval.random(in: 0...600_000, using: &random)
      let command = Self.command(run.session, using: &random)
      let by = ["facilitator", "note-1", "note-2"].randomElement(using: &random) ?? "facilitator"
      let before = run.clock
      let events: [Event]
      do {
        if case .seat = command { try run.draw(round: Int.random(in: 1...2, using: &random)) }
        events = try run.send(command, by: by)
      } catch let refusal as Refusal {
        #expect(!refusal.phrase.nl.isEmpty && !refusal.phrase.en.isEmpty)
        continue
      }
      #expect(!events.isEmpty, "seed \(seed) step \(step) \(command)")
      try expectLegal(run, "seed \(seed) step \(step) \(command)")
      // Without undo, no clock of an item ever runs back.
      if ![.undo, .redo].contains(command) {
        for index in run.session.items.indices {
          let reading = run.session.flow.elapsed(index, at: run.now)
          #expect(reading >= 0)
          if before.item?.index == index { #expect(reading >= before.item?.elapsed ?? 0) }
        }
      }
      // As time passes without commands, remaining time and the expected end only move one way.
      let later = run.session.clock(at: run.now + 1234)
      #expect(later.day.expectedEnd >= run.clock.day.expectedEnd)
      if let item = later.item, let now = run.clock.item { #expect(item.remaining <= now.remaining) }
      lastEnd = later.day.expectedEnd
    }
    #expect(lastEnd != nil)
    var folded = Session()
    for line in run.lines { try folded.apply(line) }
    #expect(folded == run.session, "seed \(seed)")
  }

  private func expectLegal(_ run: Run, _ comment: Comment) throws {
    let session = run.session
    let flow = session.flow
    #expect(flow.visits.allSatisfy { session.items.indices.contains($0.item) }, comment)
    #expect(flow.visits.dropLast().allSatisfy { $0.ended != nil }, comment)
    for (visit, next) in zip(flow.visits, flow.visits.dropFirst()) {
      #expect(visit.ended.map { $0 <= next.started } == true, comment)
    }
    switch flow.status {
    case .prepared: #expect(flow.visits.isEmpty && flow.pausedSince == nil, comment)
    case .running: #expect(flow.visits.last?.ended == nil && flow.closedAt == nil, comment)
    case .closed:
      #expect(flow.pausedSince == nil && flow.slot == nil && flow.closedAt != nil, comment)
    }
    if flow.slot != nil { #expect(session.currentItem?.phase == .reportBack, comment) }
    for seating in session.seatings.values {
      let seated = seating.tables.values.flatMap { $0 }
      #expect(Set(seated).count == seated.count, comment)
      #expect(Set(seated).isSubset(of: Set(session.participants.map(\.id))), comment)
    }
    #expect(session.ballots.count(where: \.isOpen) <= 1, comment)
    for contribution in session.contributions where contribution.mergedInto != nil {
      #expect(session.mergeTarget(of: contribution.id) != contribution.id, comment)
    }
    for table in [nil, 1, 2, 3] {
      let ordered = session.contributions(ofTable: table)
      #expect(
        Set(ordered.map(\.id)) == Set(session.contributions.filter { $0.table == table }.map(\.id)), comment)
      let tops = Dictionary(grouping: ordered.filter { $0.isTop && $0.stands }, by: \.item)
      #expect(tops.values.allSatisfy { $0.count <= Session.topLimit }, comment)
    }
    #expect(session.contributions.map(\.id) == (0..<session.contributions.count).map { "c\($0 + 1)" })
  }

  static func command(
    _ session: Session, using random: inout SplitMix64
  ) -> Command {
    let item = session.items.randomElement(using: &random)?.id ?? "i1"
    let person = session.participants.randomElement(using: &random)?.id ?? "p1"
    let contribution = "c\(Int.random(in: 1...(session.contributions.count + 1), using: &random))"
    let table = Int.random(in: 1...4, using: &random)
    let yes = Bool.random(using: &random)
    switch Int.random(in: 0..<43, using: &random) {
    case 0...3: return .advance
    case 4: return .move(to: item, deliberate: yes)
    case 5: return .pause
    case 6: return .resume
    case 7: return .extend(item: yes ? item : nil, seconds: .random(in: -1200...1200, using: &random))
    case 8: return .finishOnTime
    case 9: return .call(table: yes ? table : nil)
    case 10: return .endSlot
    case 11: return Int.random(in: 0..<8, using: &random) == 0 ? .close(deliberate: yes) : .mark("x")
    case 12: return .seat([])
    case 13: return .arrive(person)
    case 14: return .leave(person)
    case 15:
      return .register(name: "Nieuw \(table)", organisation: nil, group: "G1", municipality: nil)
    case 16: return .askHelp(table: table)
    case 17: return .answerHelp(table: table)
    case 18, 19:
      return .contribute(
        NewContribution(table: table, kind: "idea", text: "Tekst é \u{1B}[31m", parent: nil))
    case 20: return .amend(id: contribution, text: "Anders \(table)", kind: "opinion")
    case 21: return yes ? .withdraw(id: contribution) : .restore(id: contribution)
    case 22: return .show(id: contribution, yes)
    case 23: return .addTheme(title: "Thema", body: yes ? "Uitleg" : nil)
    case 24: return .assign(id: contribution, theme: yes ? "t1" : nil)
    case 25: return .undo
    case 26...41: return furtherCommand(session, contribution, table, yes, using: &random)
    default: return yes ? .redo : .message("Nog even", tables: yes ? [] : [table])
    }
  }
  /// Commands about contributions, votes and seats.
  private static func furtherCommand(
    _ session: Session, _ contribution: String, _ table: Int, _ yes: Bool, using random: inout SplitMix64
  ) -> Command {
    let other = "c\(Int.random(in: 1...(session.contributions.count + 1), using: &random))"
    let people = (0..<2).map { _ in "p\(Int.random(in: 1...10, using: &random))" }
    let ballot = "b\(max(1, session.ballots.count))"
    let round = Int.random(in: 1...2, using: &random)
    switch Int.random(in: 0..<21, using: &random) {
    case 0: return .markSensitive(id: contribution, yes)
    case 1: return .quote(id: contribution, yes ? Quote(role: "wethouder", organisation: " ") : nil)
    case 2: return .link(id: contribution, parent: yes ? other : nil)
    case 3, 4: return .merge(id: contribution, into: yes ? other : nil)
    case 5: return .label(id: contribution, ladder: "l", rung: table - 2)
    case 6: return .attribute(id: contribution, group: yes ? "G\(table)" : nil)
    case 7, 8: return .reorder(id: contribution, before: yes ? other : nil)
    case 9: return .top(id: contribution, yes)
    case 10: return .assignAction(id: contribution, owner: "Jan", due: CalendarDate("2026-12-12"))
    case 11: return .assignNew(id: contribution, title: "Nieuw", body: nil)
    case 12: return .withdrawTheme(id: "t\(table)")
    case 13: return .swap(round: round, a: people[0], b: people[1], deliberate: yes)
    case 14: return .reseat(person: people[0], table: table, round: round, deliberate: yes)
    case 15: return yes ? .pin(person: people[0], table: table) : .unpin(person: people[0])
    case 16: return yes ? .keepApart(people) : .allowTogether(people)
    case 17:
      return .openBallot(
        NewBallot(kind: yes ? .dots : .propositions, title: "Stem", options: [contribution], dots: 2))
    case 18:
      let option = session.ballots.last?.options.first ?? "c1"
      return .count(ballot: ballot, option: option, group: nil, Tally(agree: table), deliberate: yes)
    case 19:
      let from = session.seatings[round]?.table(of: people[0])
      return .mendTables(
        [SeatMove(person: people[0], round: round, from: from, to: table)], deliberate: yes)
    default: return yes ? .closeBallot(id: ballot) : .withdrawBallot(id: ballot)
    }
  }
}
