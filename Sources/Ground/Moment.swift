/// A point in time: milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
///
/// Foundation's `Date` truncates on its way to text and back (one millisecond a trip), so times in the
/// record never pass through it.
public struct Moment: Sendable, Hashable, Comparable {
  /// Milliseconds since 1970-01-01T00:00:00Z.
  public var milliseconds: Int64

  /// Creates a moment from milliseconds since 1970-01-01T00:00:00Z.
  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// Orders moments by time.
  public static func < (a: Moment, b: Moment) -> Bool { a.milliseconds < b.milliseconds }

  /// Returns the moment that lies `interval` milliseconds later.
  public static func + (moment: Moment, interval: Interval) -> Moment {
    Moment(milliseconds: moment.milliseconds + interval)
  }

  /// Returns the milliseconds from `earlier` to `later`.
  public static func - (later: Moment, earlier: Moment) -> Interval {
    later.milliseconds - earlier.milliseconds
  }
}

/// A length of time in milliseconds.
public typealias Interval = Int64

extension Interval {
  /// Returns the length of `count` seconds, in milliseconds.
  public static func seconds(_ count: Int) -> Interval { Interval(count) * 1000 }
  /// Returns the length of `count` minutes, in milliseconds.
  public static func minutes(_ count: Int) -> Interval { Interval(count) * 60_000 }
}

/// A date on the calendar, without a time zone.
public struct CalendarDate: Sendable, Hashable, Comparable {
  /// The year, such as 2026.
  public var year: Int
  /// The month, 1 to 12.
  public var month: Int
  /// The day of the month, 1 to 31.
  public var day: Int

  /// Creates a date, or nil where the calendar has no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (0...9999).contains(year), (1...12).contains(month),
      day >= 1, day <= CalendarDate.daysIn(month: month, year: year)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// Creates a date from `YYYY-MM-DD`, or nil where the text is not one.
  public init?(_ text: String) {
    guard text.utf8.count == 10 else { return nil }
    let date = Array(text.utf8).withUnsafeBytes { CalendarDate(at: 0, of: $0) }
    guard let date else { return nil }
    self = date
  }

  /// Creates a date from the ten bytes of `YYYY-MM-DD` that begin at `start`.
  fileprivate init?(at start: Int, of bytes: UnsafeRawBufferPointer) {
    guard bytes[start + 4] == UInt8(ascii: "-"), bytes[start + 7] == UInt8(ascii: "-"),
      let year = number(bytes, start, 4), let month = number(bytes, start + 5, 2),
      let day = number(bytes, start + 8, 2)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// Creates the date that lies `days` days after 1970-01-01.
  ///
  /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
  public init(daysSince1970 days: Int) {
    let z = days + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shifted + 2) / 5 + 1
    month = shifted < 10 ? shifted + 3 : shifted - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// The number of days from 1970-01-01 to this date (`days_from_civil` of the same source).
  public var daysSince1970: Int {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The date as `YYYY-MM-DD`.
  public var text: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }

  /// Orders dates by time.
  public static func < (a: CalendarDate, b: CalendarDate) -> Bool { a.daysSince1970 < b.daysSince1970 }

  private static func daysIn(month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension Moment {
  /// The moment as RFC 3339 text in UTC with milliseconds, always 24 characters for years 0 to 9999.
  public var rfc3339: String {
    let date = CalendarDate(daysSince1970: Int(milliseconds.floorDivided(by: 86_400_000)))
    let inDay = Int(milliseconds - Int64(date.daysSince1970) * 86_400_000)
    let time = "\(padded(inDay / 3_600_000, 2)):\(padded(inDay / 60_000 % 60, 2))"
    return "\(date.text)T\(time):\(padded(inDay / 1000 % 60, 2)).\(padded(inDay % 1000, 3))Z"
  }

  /// Creates a moment from exactly the form that `rfc3339` prints, or nil.
  public init?(rfc3339 text: String) {
    let moment = Array(text.utf8).withUnsafeBytes { Moment(rfc3339: $0) }
    guard let moment else { return nil }
    self = moment
  }

  /// Creates a moment from the bytes of exactly the form that `rfc3339` prints, or nil.
  ///
  /// The bytes begin at 0.
  public init?(rfc3339 b: UnsafeRawBufferPointer) {
    guard b.count == 24, b[10] == UInt8(ascii: "T"), b[13] == UInt8(ascii: ":"), b[16] == UInt8(ascii: ":"),
      b[19] == UInt8(ascii: "."), b[23] == UInt8(ascii: "Z"), let date = CalendarDate(at: 0, of: b),
      let hour = number(b, 11, 2), let minute = number(b, 14, 2), let second = number(b, 17, 2),
      let milli = number(b, 20, 3), hour < 24, minute < 60, second < 60
    else { return nil }
    let seconds = date.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second
    self.init(milliseconds: Int64(seconds) * 1000 + Int64(milli))
  }
}

/// The offsets from UTC that hold in one place around a conference.
///
/// They are kept in the record, so that a local time in it can be told years later, on a machine whose time
/// zone rules have changed since.
public struct Zone: Sendable, Equatable {
  /// The name of the zone in the tz database, such as `Europe/Amsterdam`.
  public var name: String
  /// Seconds to add to UTC before the first change.
  public var offset: Int
  /// Later changes in order of time: from `at` on, `offset` seconds are added.
  public var changes: [Change]

  /// A change of the offset, such as the start of summer time.
  public struct Change: Sendable, Equatable {
    /// The moment from which the offset holds.
    public var at: Moment
    /// Seconds to add to UTC.
    public var offset: Int
    /// Creates a change to `offset` seconds at the moment `at`.
    public init(at: Moment, offset: Int) {
      self.at = at
      self.offset = offset
    }
  }

  /// Creates a zone from its offsets, in seconds.
  public init(name: String, offset: Int, changes: [Change] = []) {
    self.name = name
    self.offset = offset
    self.changes = changes
  }

  /// UTC itself.
  public static let utc = Zone(name: "UTC", offset: 0)

  /// Returns the seconds to add to UTC at `moment`.
  public func offset(at moment: Moment) -> Int {
    changes.last { $0.at <= moment }?.offset ?? offset
  }

  /// Returns the local date and the minute of the day at `moment`.
  public func local(_ moment: Moment) -> (date: CalendarDate, minute: Int) {
    let shifted = moment + .seconds(offset(at: moment))
    let days = shifted.milliseconds.floorDivided(by: 86_400_000)
    return (
      CalendarDate(daysSince1970: Int(days)), Int((shifted.milliseconds - days * 86_400_000) / 60_000)
    )
  }

  /// Returns the moment at which clocks here show `minute` (of the day) on `date`.
  ///
  /// A time that summer time skips is read with the offset before the change; one that occurs twice is the
  /// first of the two.
  public func moment(date: CalendarDate, minute: Int) -> Moment {
    let naive = Moment(milliseconds: Int64(date.daysSince1970) * 86_400_000 + .minutes(minute))
    let candidates = ([offset] + changes.map(\.offset)).map { naive + .seconds(-$0) }
    // In the hour that summer time skips no candidate fits; the latest is the one with the offset before.
    return candidates.filter { self.offset(at: $0) == Int((naive - $0) / 1000) }.min()
      ?? candidates.max() ?? naive
  }

  /// Returns the wall-clock time at `moment` as `HH:MM`.
  public func clock(_ moment: Moment) -> String { clockText(minute: local(moment).minute) }
}

/// Returns a minute of the day as `HH:MM`.
public func clockText(minute: Int) -> String { "\(padded(minute / 60, 2)):\(padded(minute % 60, 2))" }

extension Int64 {
  /// Returns the quotient rounded down, also for negative numbers.
  public func floorDivided(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}

/// Returns `value` in decimal, with zeros in front up to `width` digits.
public func padded(_ value: Int, _ width: Int) -> String {
  let digits = String(value)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

/// The number that `count` digits from `start` on make.
@inline(__always)
private func number(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ count: Int) -> Int? {
  var number = 0
  for place in start..<start + count {
    guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) else { return nil }
    number = number * 10 + Int(bytes[place] - UInt8(ascii: "0"))
  }
  return number
}
