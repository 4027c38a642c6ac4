import Glibc
import Ground
import Synchronization

/// The host's time as this device knows it, whatever the device's own time of day says.
///
/// It is measured each time the host is found and then counts what really passes, also while the device sleeps. Until
/// the first time it goes on from the device's time of day.
public final class HostTime: Sendable {
  private struct Reading {
    var host: Moment
    var steady: Interval
    var isMeasured: Bool
  }

  private let reading: Mutex<Reading>
  private let wall: @Sendable () -> Moment
  let steady: @Sendable () -> Interval

  /// Creates the time of a host that was not found yet.
  ///
  /// `wall` is the device's time of day; `steady` counts milliseconds from any moment on, never jumps, and goes on
  /// while the device sleeps.
  public init(
    wall: @escaping @Sendable () -> Moment = HostTime.timeOfDay,
    steady: @escaping @Sendable () -> Interval = HostTime.sinceBoot
  ) {
    self.wall = wall
    self.steady = steady
    reading = Mutex(Reading(host: wall(), steady: steady(), isMeasured: false))
  }

  /// The host's time now.
  public var now: Moment {
    let reading = reading.withLock { $0 }
    return reading.host + (steady() - reading.steady)
  }

  /// How far the device's time of day is ahead of the host's, in milliseconds; nil until it was measured.
  public var ahead: Interval? {
    reading.withLock { $0.isMeasured } ? wall() - now : nil
  }

  /// Takes over what the host's card says, asked for and received at these readings of the steady clock.
  ///
  /// The card was written somewhere between the two; the middle is wrong by half of the way there and back at most.
  func measured(_ host: Moment, asked: Interval, received: Interval) {
    reading.withLock {
      $0 = Reading(host: host, steady: asked + (received - asked) / 2, isMeasured: true)
    }
  }

  /// The machine's time of day.
  @Sendable public static func timeOfDay() -> Moment { Moment(milliseconds: read(CLOCK_REALTIME)) }

  /// Milliseconds since the machine was started, those in which it slept included.
  @Sendable public static func sinceBoot() -> Interval { read(CLOCK_BOOTTIME) }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
