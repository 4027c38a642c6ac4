import Ground

/// All clocks of a conference at one moment: a pure reading of moments in the session.
public struct ClockReading: Sendable, Equatable {
  /// The moment for which it was read.
  public var now: Moment
  /// The item that runs, or nil before the start and after the end.
  public var item: ItemReading?
  /// The table's turn in a report-back, or nil.
  public var slot: SlotReading?
  /// The day.
  public var day: DayReading
}

/// The clock of the item that runs.
public struct ItemReading: Sendable, Equatable {
  /// The item's index in the agenda.
  public var index: Int
  /// The planned length with extensions, in milliseconds.
  public var planned: Interval
  /// The time it has run, pauses left out, in milliseconds.
  public var elapsed: Interval
  /// The time left in milliseconds; negative: so much over.
  public var remaining: Interval { planned - elapsed }
  /// The latest warning, or nil.
  public var warning: WarningStage?
  /// Whether it stands still.
  public var isPaused: Bool
}

/// How far a time is spent: the stages of warning.
public enum WarningStage: Sendable, Equatable {
  /// Half of the time has passed.
  case halfTime
  /// So many seconds or less are left.
  case left(Int)
  /// The time is over.
  case end
  /// So many seconds or more over.
  case over(Int)
}

/// The clock of a table that reports back.
public struct SlotReading: Sendable, Equatable {
  /// The table's number.
  public var table: Int
  /// The slot's length in milliseconds.
  public var planned: Interval
  /// The time it has run in milliseconds.
  public var elapsed: Interval
  /// The time left in milliseconds; negative: so much over.
  public var remaining: Interval { planned - elapsed }
}

/// The clock of the day.
public struct DayReading: Sendable, Equatable {
  /// Per item: when it was planned and when it was or is expected.
  public var items: [Forecast]
  /// Milliseconds by which the running item is expected to end late; negative: early.
  public var drift: Interval
  /// What contributed most to the drift, or nil where there is none.
  public var cause: Cause?
  /// When the day was planned to end.
  public var plannedEnd: Moment
  /// When the day is expected to end; slack before fixed items absorbs delay.
  public var expectedEnd: Moment

  /// What makes a day run late or early.
  public enum Cause: Sendable, Equatable {
    /// It started late or early.
    case start
    /// The item at this index took longer or shorter than planned.
    case item(Int)
  }

  /// When one item was planned and is expected.
  public struct Forecast: Sendable, Equatable {
    /// The planned start.
    public var plannedStart: Moment
    /// The planned end.
    public var plannedEnd: Moment
    /// The real or expected start.
    public var start: Moment
    /// The real or expected end.
    public var end: Moment
    /// Whether it is over, runs, is still to come, or was passed over.
    public var state: State
    /// Where an item stands.
    public enum State: String, Sendable { case done, running, ahead, skipped }
  }
}

extension Session {
  /// Reads every clock at `now`; a `now` before the last event counts as that event's moment.
  public func clock(at time: Moment) -> ClockReading {
    let now = flow.closedAt ?? max(time, lastAt)
    let slot = flow.slot.flatMap { slot in
      flow.current.map {
        SlotReading(
          table: slot.table, planned: slotLength(of: $0), elapsed: flow.elapsed(slot, at: now))
      }
    }
    return ClockReading(now: now, item: itemClock(at: now), slot: slot, day: dayReading(at: now))
  }

  /// Reads the clock of the item that runs, without the day's; nil where none runs.
  public func itemClock(at time: Moment) -> ItemReading? {
    flow.current.map { itemReading($0, at: max(time, lastAt)) }
  }

  /// Returns the length of the item at `index` with its extensions, in milliseconds, never below zero.
  public func plannedLength(of index: Int) -> Interval {
    .seconds(max(0, items[index].seconds + (flow.extensions[index] ?? 0)))
  }

  /// Returns the length of one table's turn in the item at `index`, in milliseconds.
  public func slotLength(of index: Int) -> Interval {
    if let seconds = items[index].slotSeconds { return .seconds(seconds) }
    return plannedLength(of: index) / Interval(max(1, tables.count))
  }

  private func itemReading(_ index: Int, at now: Moment) -> ItemReading {
    let planned = plannedLength(of: index)
    let elapsed = flow.elapsed(index, at: now)
    let warnings = items[index].warnings ?? plan?.warnings ?? .standard
    return ItemReading(
      index: index, planned: planned, elapsed: elapsed,
      warning: warnings.stage(planned: planned, elapsed: elapsed), isPaused: flow.pausedSince != nil)
  }

  // MARK: - The day

  private func dayReading(at now: Moment) -> DayReading {
    guard !items.isEmpty else {
      return DayReading(items: [], drift: 0, cause: nil, plannedEnd: now, expectedEnd: now)
    }
    let fixed = fixedStarts(at: now)
    var forecasts = plannedForecasts(fixed: fixed, at: now)
    let dayStart = forecasts[0].plannedStart
    expect(&forecasts, fixed: fixed, at: now)
    let last = lastOfDay
    let expectedEnd =
      forecasts[last].state == .skipped ? flow.closedAt ?? forecasts[last].end : forecasts[last].end
    let plannedEnd = forecasts[last].plannedEnd
    let drift: Interval =
      if let current = flow.current {
        forecasts[current].end - forecasts[current].plannedEnd
      } else if flow.status == .closed {
        expectedEnd - plannedEnd
      } else {
        forecasts[0].start - dayStart
      }
    return DayReading(
      items: forecasts, drift: drift, cause: cause(of: drift, forecasts), plannedEnd: plannedEnd,
      expectedEnd: expectedEnd)
  }

  /// The index of the item with which the day ends: drinks after the closing do not count.
  private var lastOfDay: Int { items.lastIndex { $0.phase.isMain } ?? items.count - 1 }

  /// The moments of the fixed starts, by item index.
  private func fixedStarts(at now: Moment) -> [Int: Moment] {
    let firstDay = firstDay(at: now)
    return Dictionary(
      uniqueKeysWithValues: items.indices.compactMap { index in
        items[index].fixedStart.map { (index, moment($0, firstDay: firstDay)) }
      })
  }

  /// The conference's first day: the plan's, else the one on which it started, else the day of `now`.
  private func firstDay(at now: Moment) -> CalendarDate {
    plan?.date ?? zone.local(flow.visits.first?.started ?? now).date
  }

  private func moment(_ time: LocalTime, firstDay: CalendarDate) -> Moment {
    let moment = zone.moment(
      date: CalendarDate(daysSince1970: firstDay.daysSince1970 + time.day), minute: time.minute)
    return moment + shift(firstDay: firstDay)
  }

  /// By how much the plan's times on the wall clock move, in milliseconds.
  ///
  /// A plan without a date that starts hours away from its time is rehearsed, or held at another part of the
  /// day: its times then count from the real start. An ordinary late start is a delay, and shown as one.
  private func shift(firstDay: CalendarDate) -> Interval {
    guard let plan, plan.date == nil, let minute = plan.startMinute, let first = flow.visits.first else {
      return 0
    }
    let late = first.started - zone.moment(date: firstDay, minute: minute)
    return abs(late) > .minutes(120) ? late : 0
  }

  /// The moment by which the plan wants it to be over, or the planned end of the last item.
  public func targetEnd(at now: Moment) -> Moment {
    plan?.end.map { moment($0, firstDay: firstDay(at: now)) } ?? clock(at: now).day.plannedEnd
  }

  /// The agenda as planned: each item after the one before, or at its fixed start.
  private func plannedForecasts(fixed: [Int: Moment], at now: Moment) -> [DayReading.Forecast] {
    var time =
      plan?.startMinute.map { moment(LocalTime(minute: $0), firstDay: firstDay(at: now)) }
      ?? flow.visits.first?.started ?? now
    return items.indices.map { index in
      if let start = fixed[index] { time = max(time, start) }
      let start = time
      time = time + .seconds(items[index].seconds)
      return DayReading.Forecast(
        plannedStart: start, plannedEnd: time, start: start, end: time, state: .ahead)
    }
  }

  /// Fills in what really happened and, from the running item on, what is to be expected.
  private func expect(_ forecasts: inout [DayReading.Forecast], fixed: [Int: Moment], at now: Moment) {
    for index in items.indices where flow.status != .prepared { forecasts[index].state = .skipped }
    for visit in flow.visits {
      let end = visit.ended ?? now
      if forecasts[visit.item].state == .skipped { forecasts[visit.item].start = visit.started }
      forecasts[visit.item].end = end
      forecasts[visit.item].state = .done
    }
    guard flow.status != .closed else { return }
    var time = flow.status == .prepared ? max(now, forecasts[0].plannedStart) : now
    let current = flow.current ?? -1
    if current >= 0 {
      forecasts[current].state = .running
      time = now + max(0, plannedLength(of: current) - flow.elapsed(current, at: now))
      forecasts[current].end = time
    }
    for index in items.indices where index > current {
      if let start = fixed[index] { time = max(time, start) }
      // An item that was begun before (one went back) needs only what is left of it.
      let left = max(0, plannedLength(of: index) - flow.elapsed(index, at: now))
      if forecasts[index].state != .done {
        forecasts[index].start = time
        forecasts[index].end = time + left
        forecasts[index].state = .ahead
      }
      time = time + left
    }
  }

  /// The start or the item that pushed most in the direction of `drift`.
  ///
  /// What slack absorbed no longer counts: it is taken from the pushes, the oldest first.
  private func cause(of drift: Interval, _ forecasts: [DayReading.Forecast]) -> DayReading.Cause? {
    var pushes: [(cause: DayReading.Cause, by: Interval)] = []
    var reached: Interval = 0
    for index in items.indices where forecasts[index].state != .ahead {
      let forecast = forecasts[index]
      if forecast.state == .skipped {
        pushes.append((.item(index), forecast.plannedStart - forecast.plannedEnd))
        reached += forecast.plannedStart - forecast.plannedEnd
        continue
      }
      let atStart = forecast.start - forecast.plannedStart
      if pushes.isEmpty {
        pushes.append((.start, atStart))
      } else {
        absorb(reached - atStart, from: &pushes)
      }
      let atEnd = forecast.end - forecast.plannedEnd
      pushes.append((.item(index), atEnd - atStart))
      reached = atEnd
    }
    let most = pushes.max { $0.by * drift.signum() < $1.by * drift.signum() }
    return most.flatMap { $0.by * drift.signum() > 0 ? $0.cause : nil }
  }

  private func absorb(
    _ amount: Interval, from pushes: inout [(cause: DayReading.Cause, by: Interval)]
  ) {
    var left = amount
    for index in pushes.indices where left != 0 && pushes[index].by.signum() == left.signum() {
      let taken = min(abs(left), abs(pushes[index].by)) * left.signum()
      pushes[index].by -= taken
      left -= taken
    }
  }

  /// Returns a function that tells when the day is expected to end where items are so many seconds shorter.
  func expectedEnds(at time: Moment) -> ([Int: Int]) -> Moment {
    let now = max(time, lastAt)
    let fixed = fixedStarts(at: now)
    let day = dayReading(at: now)
    let last = lastOfDay
    guard !items.isEmpty, let current = flow.current, current < last else { return { _ in day.expectedEnd } }
    let left = items.indices.map { max(0, plannedLength(of: $0) - flow.elapsed($0, at: now)) }
    return { taken in
      (current + 1...last).reduce(day.items[current].end) { end, index in
        let start = fixed[index].map { max(end, $0) } ?? end
        return start + max(0, left[index] - .seconds(taken[index] ?? 0))
      }
    }
  }
}

extension Warnings {
  /// Returns the latest warning that is due, or nil; lengths in milliseconds.
  ///
  /// In an item under 15 minutes a warning that would come before half-time is left out, so that a short
  /// block does not open with "5 minutes left".
  public func stage(planned: Interval, elapsed: Interval) -> WarningStage? {
    let remaining = planned - elapsed
    if remaining <= 0 {
      if let every = overEvery, every > 0 {
        let times = Int(-remaining / .seconds(every))
        if times > 0 { return .over(times * every) }
      }
      if before.contains(0) { return .end }
    }
    let isShort = planned < .minutes(15)
    let due = before.filter { seconds in
      seconds > 0 && remaining <= .seconds(seconds) && .seconds(seconds) < planned
        && !(isShort && .seconds(seconds) * 2 > planned)
    }
    if let seconds = due.min() { return .left(seconds) }
    return halfTime && planned > 0 && elapsed * 2 >= planned ? .halfTime : nil
  }
}
