import Ground

/// How far the agenda is: what runs, since when, with which extensions and pauses.
///
/// It holds moments only; every clock is computed from them (`Session.clock`).
public struct Flow: Sendable, Equatable {
  /// Whether the conference still has to start, runs or is over.
  public enum Status: String, Sendable { case prepared, running, closed }

  /// The conference's status.
  public var status = Status.prepared
  /// The stays at items, in order of time; the last one is running unless the conference is closed.
  public var visits: [Visit] = []
  /// Seconds by which items were extended (or, negative, shortened), by item index.
  public var extensions: [Int: Int] = [:]
  /// Since when the item's clock stands still, or nil.
  public var pausedSince: Moment?
  /// The table that reports back now.
  public var slot: Slot?
  /// The tables that have reported back, by item index, in order.
  public var reported: [Int: [Int]] = [:]
  /// When the conference was closed.
  public var closedAt: Moment?

  /// A stay at an item of the agenda.
  public struct Visit: Sendable, Equatable {
    /// The item's index in the agenda.
    public var item: Int
    /// When it started.
    public var started: Moment
    /// When it ended, or nil while it runs.
    public var ended: Moment?
    /// Milliseconds during which it was paused.
    public var paused: Interval = 0
  }

  /// A table's turn in a report-back.
  public struct Slot: Sendable, Equatable {
    /// The table's number.
    public var table: Int
    /// When the turn began.
    public var started: Moment
    /// Milliseconds during which it was paused.
    public var paused: Interval = 0
  }

  /// The index of the item that runs, or nil before the start and after the end.
  public var current: Int? { status == .running ? visits.last?.item : nil }

  /// Returns how long the item at `index` has run until `now`, pauses left out, in milliseconds.
  public func elapsed(_ index: Int, at now: Moment) -> Interval {
    visits.lazy.filter { $0.item == index }.reduce(0) { $0 + length(of: $1, at: now) }
  }

  /// Returns how long `slot` has run until `now`, pauses left out, in milliseconds.
  public func elapsed(_ slot: Slot, at now: Moment) -> Interval {
    max(0, min(now, pausedSince ?? now) - slot.started - slot.paused)
  }

  private func length(of visit: Visit, at now: Moment) -> Interval {
    let end = visit.ended ?? min(now, pausedSince ?? now)
    return max(0, end - visit.started - visit.paused)
  }

  // MARK: - Changes, each made by one event

  mutating func start(_ index: Int, at moment: Moment) {
    endVisit(at: moment)
    status = .running
    visits.append(Visit(item: index, started: moment))
  }

  mutating func close(at moment: Moment) {
    endVisit(at: moment)
    status = .closed
    closedAt = moment
  }

  mutating func extend(_ index: Int, by seconds: Int) {
    // A record may say anything: what no item can last stays within what can be counted.
    let sum = (extensions[index] ?? 0) + max(-Flow.longest, min(Flow.longest, seconds))
    extensions[index] = max(-Flow.longest, min(Flow.longest, sum))
  }

  /// The longest that an item can be extended or shortened by: a year, in seconds.
  static let longest = 366 * 86_400

  mutating func pause(at moment: Moment) { pausedSince = moment }

  mutating func resume(at moment: Moment) {
    guard let since = pausedSince else { return }
    let pause = max(0, moment - since)
    if !visits.isEmpty { visits[visits.count - 1].paused += pause }
    if let slot { self.slot?.paused += max(0, moment - max(since, slot.started)) }
    pausedSince = nil
  }

  mutating func call(_ table: Int, at moment: Moment) {
    endSlot()
    slot = Slot(table: table, started: moment)
  }

  mutating func endSlot() {
    guard let slot, let item = visits.last?.item else { return }
    reported[item, default: []].append(slot.table)
    self.slot = nil
  }

  private mutating func endVisit(at moment: Moment) {
    resume(at: moment)
    endSlot()
    if !visits.isEmpty, visits[visits.count - 1].ended == nil { visits[visits.count - 1].ended = moment }
  }
}
