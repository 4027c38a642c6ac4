import Ground
import Record

/// The time of a conference: it goes on from the record and then counts what really passes.
///
/// Somebody may set the time of day of the machine, or the network may, in the middle of an item. The clocks of
/// the hall must not notice: they go by a steady clock, which also counts while the machine sleeps.
public final class HostClock: Sendable {
  private let start: Moment
  private let steadyStart: Interval
  private let wall: @Sendable () -> Moment
  private let steady: @Sendable () -> Interval

  /// Creates the clock of a record with these lines.
  ///
  /// `wall` is the machine's time of day; `steady` counts milliseconds from any moment on, never jumps, and goes
  /// on while the machine sleeps.
  public init(
    after lines: [Line], wall: @escaping @Sendable () -> Moment, steady: @escaping @Sendable () -> Interval
  ) {
    self.wall = wall
    self.steady = steady
    steadyStart = steady()
    // Where the clock was set back while the record was closed, its time goes on where it ended.
    let known = wall() + -lines.clockAhead
    start = lines.last.map { max($0.at, known) } ?? known
  }

  /// The moment it shows; never before an earlier one.
  public var now: Moment { start + (steady() - steadyStart) }

  /// How far the machine's time of day is ahead of this clock, in milliseconds.
  public var ahead: Interval { wall() - now }
}
