import Conference
import Ground

/// What the simulated note-takers remember.
struct NoteTakers: Sendable {
  /// The note-taker of one table.
  struct Desk: Sendable {
    /// When the breakout started for which `due` holds.
    var breakout: Moment
    /// How far into the breakout this table writes next, in milliseconds without pauses.
    var due: Interval
    /// How often this table has acted in the whole conference.
    var acts = 0
    /// The last text that was written here.
    var text: String?
  }

  var desks: [Int: Desk] = [:]
  /// The time between two contributions by table, in hundredths of the usual one.
  var paces: [Int: Int] = [:]
  /// The table that needs most time.
  var slowest: Int?
}

extension Rehearsal {
  /// Returns what the note-takers do between two moments, in order of time.
  ///
  /// They write while a breakout runs and is not paused: each table at its own pace, now and then several
  /// in the same second (S4.8). Of a gap longer than ten minutes only the last ten count, so that nobody
  /// makes up for a night in which the laptop slept.
  public mutating func notes(_ session: Session, from: Moment, to: Moment) -> [Act] {
    guard let current = session.flow.current, session.currentItem?.phase == .breakout,
      session.flow.pausedSince == nil, let visit = session.flow.visits.last
    else { return [] }
    let planned = session.plannedLength(of: current)
    setPaces(session)
    let begin = visit.started + visit.paused
    let start = max(0, max(from, to + -.minutes(10)) - begin)
    let end = to - begin
    var acts: [(due: Interval, table: Int, act: Act)] = []
    for table in tablesInUse(session) {
      var desk =
        noteTakers.desks[table]
        ?? NoteTakers.Desk(breakout: visit.started, due: start + firstGap(table, 0, planned))
      if desk.breakout != visit.started {
        desk.breakout = visit.started
        desk.due = start + firstGap(table, desk.acts, planned)
      } else if desk.due < start {
        desk.due = start + gap(table, desk.acts, planned, isOver: start > planned)
      }
      while desk.due < end {
        if let command = next(table, &desk, session) {
          acts.append((desk.due, table, Act(by: "note-\(table)", command: command)))
        }
        desk.acts += 1
        desk.due += gap(table, desk.acts, planned, isOver: desk.due > planned)
        if chance.within(0...5, "same second", table, desk.acts) == 0 {
          desk.due += .seconds(30) - (begin + desk.due).milliseconds % .seconds(30)
        }
      }
      noteTakers.desks[table] = desk
    }
    return acts.sorted { ($0.due, $0.table) < ($1.due, $1.table) }.map(\.act)
  }

  // MARK: - Pace

  /// One table is slow, one writes a great deal, the others lie between.
  private mutating func setPaces(_ session: Session) {
    guard noteTakers.paces.isEmpty, !session.tables.isEmpty else { return }
    let order = chance.shuffled(session.tables.map(\.number), "pace")
    for table in order { noteTakers.paces[table] = chance.within(80...130, "pace", table) }
    if order.count > 1 { noteTakers.paces[order[1]] = 50 }
    noteTakers.paces[order[0]] = 220
    noteTakers.slowest = order[0]
  }

  /// The tables at which people sit; all of them where nobody was seated.
  private func tablesInUse(_ session: Session) -> [Int] {
    let numbers = session.tables.map(\.number)
    guard let seated = session.shownSeating?.seating.tables, seated.values.contains(where: { !$0.isEmpty })
    else { return numbers }
    return numbers.filter { !(seated[$0] ?? []).isEmpty }
  }

  /// About every two minutes, in a short round more often; when the time is over, far less.
  private func gap(_ table: Int, _ acts: Int, _ planned: Interval, isOver: Bool) -> Interval {
    let usual = max(.seconds(6), min(.seconds(110), planned / 12))
    let share = chance.within(45...155, "gap", table, acts)
    let pace = noteTakers.paces[table] ?? 100
    return usual * Interval(share * pace) / 10_000 * (isOver ? 4 : 1)
  }

  /// They read the question first.
  private func firstGap(_ table: Int, _ acts: Int, _ planned: Interval) -> Interval {
    min(.seconds(45), planned / 12) + gap(table, acts, planned, isOver: false)
  }

  // MARK: - What a table does next

  private mutating func next(_ table: Int, _ desk: inout NoteTakers.Desk, _ session: Session) -> Command? {
    let roll = chance.within(0...99, "next", table, desk.acts)
    // The slowest table is sure to ask, the others hardly ever.
    let needsHelp = table == noteTakers.slowest && desk.acts == 1 || roll == 99
    if needsHelp, session.help[table] == nil { return .askHelp(table: table) }
    let own = desk.text.flatMap { text in
      session.contributions.last { $0.table == table && $0.text == text && !$0.isWithdrawn }
    }
    switch roll {
    case 0..<8:
      guard let own, own.amendments < 2, let addition = voice.addition(kind: own.kind) else { break }
      let text = own.text + " " + addition
      desk.text = text
      return .amend(id: own.id, text: text, kind: own.kind)
    case 8..<10:
      guard let own else { break }
      desk.text = nil
      return .withdraw(id: own.id)
    case 10..<17:
      guard let parent = answer(table, desk.acts, session) ?? own, Phrasebook.isPlan(parent.kind)
      else { break }
      let text = voice.elaboration()
      desk.text = text
      return .contribute(
        NewContribution(table: table, kind: parent.kind, text: text, parent: parent.id))
    default: break
    }
    guard let kind = kind(session, table, desk.acts) else { return nil }
    let text = voice.contribution(kind: kind)
    desk.text = text
    return .contribute(NewContribution(table: table, kind: kind, text: text))
  }

  /// An answer to the survey that the table elaborates (S4.6).
  private func answer(_ table: Int, _ acts: Int, _ session: Session) -> Contribution? {
    guard !session.contributions.isEmpty else { return nil }
    let index = chance.within(0...(session.contributions.count - 1), "answer", table, acts)
    let found = session.contributions[index]
    return found.source != nil && !found.isWithdrawn ? found : nil
  }

  private func kind(_ session: Session, _ table: Int, _ acts: Int) -> String? {
    let kinds = session.plan?.kinds.map(\.id) ?? []
    let weights = kinds.map(Phrasebook.weight(kind:))
    guard let last = kinds.last else { return nil }
    var left = chance.within(0...(weights.reduce(0, +) - 1), "kind", table, acts)
    for (kind, weight) in zip(kinds, weights) {
      if left < weight { return kind }
      left -= weight
    }
    return last
  }
}
