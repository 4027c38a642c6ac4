import Conference
import Ground

/// Times and lengths of time as people write them in a plan.
public enum TimeText {
  /// Returns the seconds that `text` means, or nil: `90`, `45m`, `45 min`, `1.30`, `1:30`, `1u30`, `1h30m`,
  /// `2 uur`, `30s`.
  ///
  /// A bare number is minutes. After a dot or colon two digits must stand, so that nobody's `1.5` is read as
  /// an hour and five minutes.
  static func seconds(_ text: String) -> Int? {
    let words = text.lowercased().split(whereSeparator: \.isWhitespace)
    // "5 5" is no 55.
    for (word, next) in zip(words, words.dropFirst())
    where word.last?.isNumber == true && next.first?.isNumber == true {
      return nil
    }
    var rest = words.joined()[...]
    guard let first = number(&rest) else { return nil }
    switch takeUnit(&rest) {
    case "": return rest.isEmpty ? first * 60 : nil
    case ".", ":":
      guard rest.count == 2, let minutes = number(&rest), minutes < 60 else { return nil }
      return first * 3600 + minutes * 60
    case "u", "uur", "h", "hour", "hours":
      if rest.isEmpty { return first * 3600 }
      guard let minutes = number(&rest), minutes < 60, isMinute(takeUnit(&rest)), rest.isEmpty else {
        return nil
      }
      return first * 3600 + minutes * 60
    case "s", "sec", "seconden", "seconds": return rest.isEmpty ? first : nil
    case let unit: return isMinute(unit) && rest.isEmpty ? first * 60 : nil
    }
  }

  /// Returns the time on the clock that `text` means, or nil: `9:00`, `12.30`, `12u30`, `dag 2 09:00`,
  /// `day 2 09:00`, `+1 09:00`.
  public static func local(_ text: String) -> LocalTime? {
    var rest = Substring(text.lowercased()).filter { !$0.isWhitespace }[...]
    var day = 0
    if rest.first == "+" || rest.hasPrefix("dag") || rest.hasPrefix("day") {
      // The number of the day and the hour need the space between them: "dag 2 09:00".
      let words = text.lowercased().split(whereSeparator: \.isWhitespace)
      guard let clock = words.last, words.count > 1 else { return nil }
      var dayText = words.dropLast().joined()[...]
      let isOffset = dayText.first == "+"
      dayText = dayText.dropFirst(isOffset ? 1 : 3)
      guard let number = number(&dayText), dayText.isEmpty, number <= 31, isOffset || number > 0 else {
        return nil
      }
      day = isOffset ? number : number - 1
      rest = clock
    }
    let hourDigits = rest.prefix { $0.isASCII && $0.isNumber }.count
    guard hourDigits <= 2, let hour = number(&rest), [".", ":", "u", "h"].contains(rest.popFirst()),
      rest.count == 2, let minute = number(&rest), rest.isEmpty, hour < 24, minute < 60
    else { return nil }
    return LocalTime(day: day, minute: hour * 60 + minute)
  }

  /// What a date reads as.
  public enum DateReading: Equatable, Sendable {
    /// A day of the calendar.
    case date(CalendarDate)
    /// The shape of a date, but the calendar has no such day.
    case noSuchDay
    /// No date at all.
    case notADate
  }

  /// Reads a date as `2026-03-12` or `12-3-2026`.
  public static func date(_ text: String) -> DateReading {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3,
      parts.allSatisfy({ (1...4).contains($0.count) && $0.allSatisfy { $0.isASCII && $0.isNumber } }),
      let a = Int(parts[0]), let b = Int(parts[1]), let c = Int(parts[2])
    else { return .notADate }
    let yearFirst = parts[0].count == 4
    guard yearFirst || parts[2].count == 4, parts[1].count <= 2, parts[yearFirst ? 2 : 0].count <= 2 else {
      return .notADate
    }
    return CalendarDate(year: yearFirst ? a : c, month: b, day: yearFirst ? c : a).map { .date($0) }
      ?? .noSuchDay
  }

  /// Returns a length of time for a message: `45 min`, `1 u 30`, `90 s` where it is no whole minutes.
  static func length(_ seconds: Int) -> Phrase {
    if seconds % 60 != 0 { return Phrase(same: "\(seconds) s") }
    let minutes = seconds / 60
    if minutes < 60 { return Phrase(same: "\(minutes) min") }
    return Phrase(
      nl: "\(minutes / 60) u \(padded(minutes % 60, 2))", en: "\(minutes / 60) h \(padded(minutes % 60, 2))")
  }

  /// Returns a time on the clock for a message: `12:30`, `dag 2 09:00`.
  static func clock(_ time: LocalTime) -> Phrase {
    let clock = clockText(minute: time.minute)
    return time.day == 0
      ? Phrase(same: clock) : Phrase(nl: "dag \(time.day + 1) \(clock)", en: "day \(time.day + 1) \(clock)")
  }

  private static func number(_ rest: inout Substring) -> Int? {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    guard (1...6).contains(digits.count) else { return nil }
    rest = rest.dropFirst(digits.count)
    return Int(digits)
  }

  private static func takeUnit(_ rest: inout Substring) -> String {
    let unit = rest.prefix { !$0.isNumber }
    rest = rest.dropFirst(unit.count)
    return String(unit)
  }

  private static func isMinute(_ unit: String) -> Bool {
    ["", "m", "min", "min.", "minuut", "minuten", "minute", "minutes"].contains(unit)
  }
}
