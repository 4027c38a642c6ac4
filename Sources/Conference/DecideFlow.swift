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
    return whenResumed + [
      .phaseStarted(item: id, phase: items[target].phase, departure: departure)
    ]
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
    let length = plannedLength(of: index) / 1000 + Interval(clamping: seconds)
    guard abs(seconds) <= 86_400, (0...86_400).contains(length) else {
      throw .wrongLength(minutes: Int(length / 60))
    }
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
    var trial = self
    var taken: [Int: Int] = [:]
    var candidates = Set(items.indices.filter { $0 > (flow.current ?? -1) && items[$0].phase.isMain })
    var end = trial.clock(at: now).day.expectedEnd
    while end > target {
      candidates = candidates.filter { index in
        trial.plannedLength(of: index) - .minutes(1) >= .seconds(items[index].seconds) / 2
      }
      // The first of the longest, so that the proposal is the same on every run.
      guard
        let longest = candidates.sorted().max(by: {
          trial.plannedLength(of: $0) < trial.plannedLength(of: $1)
        })
      else { break }
      trial.flow.extensions[longest, default: 0] -= 60
      let shortened = trial.clock(at: now).day.expectedEnd
      if shortened < end {
        end = shortened
        taken[longest, default: 0] += 60
      } else {
        trial.flow.extensions[longest, default: 0] += 60
        candidates.remove(longest)
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
