import Ground

// Commands that move the agenda and its clocks.

extension Session {
  func advance() throws(Refusal) -> [Event] {
    guard flow.status != .closed else { throw .alreadyClosed }
    let next = (flow.current ?? -1) + 1
    guard items.indices.contains(next) else { throw .lastItem }
    return try move(to: items[next].id, deliberate: false)
  }

  func move(to id: String, deliberate: Bool) throws(Refusal) -> [Event] {
    guard flow.status != .closed else { throw .alreadyClosed }
    guard let target = itemIndex(id) else { throw .unknownItem(id) }
    let current = flow.current ?? -1
    guard target != current else { throw .alreadyRuns(items[target].title) }
    let departure = departure(from: current, to: target)
    if let departure, !deliberate {
      let skipped = target > current ? items[(current + 1)..<target].map(\.title) : []
      throw .departure(departure, to: items[target].title, skipped: skipped)
    }
    if let round = round(of: target), !tables.isEmpty, seating(round: round) == nil {
      throw .notDrawn(round: round)
    }
    return whenResumed + keptTables(target) + [
      .phaseStarted(item: id, phase: items[target].phase, departure: departure)
    ]
  }

  /// A round that keeps its tables gets a seating of its own when it begins, so that who comes or goes in it
  /// does not change the round before.
  private func keptTables(_ target: Int) -> [Event] {
    guard let round = round(of: target), seatings[round] == nil, let kept = seating(round: round) else {
      return []
    }
    let tables = settled(kept.tables, round: round, drawing: kept.drawing)
    return [.seatingDrawn(round: round, kept.drawing)]
      + tables.keys.sorted().map { .tableSeated(round: round, table: $0, people: tables[$0] ?? []) }
  }

  /// How moving to `target` leaves the agenda's order, or nil.
  private func departure(from current: Int, to target: Int) -> Event.Departure? {
    if target > current + 1 { return .skip }
    if target < current { return .back }
    let main = flow.visits.last { items[$0.item].phase.isMain }.map { items[$0.item].phase }
    return Phase.mayFollow(items[target].phase, after: main) ? nil : .order
  }

  func pause() throws(Refusal) -> [Event] {
    try requireRunning()
    guard flow.pausedSince == nil else { throw .alreadyPaused }
    return [.conferencePaused]
  }

  func resume() throws(Refusal) -> [Event] {
    try requireRunning()
    guard flow.pausedSince != nil else { throw .notPaused }
    return [.conferenceResumed]
  }

  func extend(_ id: String?, by seconds: Int) throws(Refusal) -> [Event] {
    guard flow.status != .closed else { throw .alreadyClosed }
    guard let index = try id.map(requireItem) ?? flow.current else { throw .notRunning }
    guard seconds != 0 else { throw .nothingChanges }
    guard (-86_400...86_400).contains(seconds) else { throw .wrongLength(minutes: seconds / 60) }
    let length = Int(plannedLength(of: index) / 1000) + seconds
    guard (0...86_400).contains(length) else { throw .wrongLength(minutes: length / 60) }
    return [.itemExtended(item: items[index].id, seconds: seconds)]
  }

  func call(_ table: Int?) throws(Refusal) -> [Event] {
    try requireRunning()
    guard currentItem?.phase == .reportBack else { throw .notReportBack }
    if let table {
      try requireTable(table)
      guard flow.slot?.table != table else { throw .nothingChanges }
    }
    guard let next = table ?? nextToReport else { throw .everyTableReported }
    return (flow.slot.map { [.slotEnded(table: $0.table)] } ?? []) + [.slotStarted(table: next)]
  }

  func close(deliberate: Bool) throws(Refusal) -> [Event] {
    guard flow.status != .closed else { throw .alreadyClosed }
    let ahead = items[((flow.current ?? -1) + 1)...]
    if !ahead.isEmpty, !deliberate { throw .closesEarly(remaining: ahead.map(\.title)) }
    return whenResumed + [.conferenceClosed]
  }

  // MARK: - Finishing on time

  /// Items ahead to shorten so that the day ends on time, each with the seconds to take off.
  ///
  /// Whole minutes are taken from the longest item first, never more than half of its planned length, and
  /// only where it brings the end nearer: what precedes the slack before a fixed item gains nothing.
  /// `missing` is the number of minutes that remain too much.
  public func proposalToFinishOnTime(
    at now: Moment
  ) -> (shorten: [(item: String, seconds: Int)], missing: Int) {
    let target = targetEnd(at: now)
    var taken: [Int: Int] = [:]
    var candidates = items.indices.filter { $0 > (flow.current ?? -1) && items[$0].phase.isMain }
    let ends = expectedEnds(at: now)
    var end = ends([:])
    while end > target {
      func length(_ index: Int) -> Interval { plannedLength(of: index) - .seconds(taken[index] ?? 0) }
      candidates.removeAll { length($0) - .minutes(1) < .seconds(items[$0].seconds) / 2 }
      // `max` takes the last of equals, so that the proposal is the same on every run.
      guard let longest = candidates.max(by: { length($0) < length($1) }) else { break }
      let shortened = ends(taken.merging([longest: 60], uniquingKeysWith: +))
      if shortened < end {
        end = shortened
        taken[longest, default: 0] += 60
      } else {
        candidates.removeAll { $0 == longest }
      }
    }
    let missing = max(0, Int((end - target + .minutes(1) - 1) / .minutes(1)))
    return (taken.keys.sorted().map { (items[$0].id, taken[$0] ?? 0) }, missing)
  }

  func finishOnTime(at now: Moment) throws(Refusal) -> [Event] {
    try requireRunning()
    let proposal = proposalToFinishOnTime(at: now)
    guard !proposal.shorten.isEmpty else {
      throw proposal.missing > 0 ? .cannotFinishOnTime(missing: proposal.missing) : .onTime
    }
    return proposal.shorten.map { .itemExtended(item: $0.item, seconds: -$0.seconds) }
  }

  // MARK: - Checks

  func requireRunning() throws(Refusal) {
    switch flow.status {
    case .prepared: throw .notRunning
    case .running: return
    case .closed: throw .alreadyClosed
    }
  }

  private func requireItem(_ id: String) throws(Refusal) -> Int {
    guard let index = itemIndex(id) else { throw .unknownItem(id) }
    return index
  }

  /// A pause ends before a phase does, and the record says so.
  private var whenResumed: [Event] { flow.pausedSince == nil ? [] : [.conferenceResumed] }
}
