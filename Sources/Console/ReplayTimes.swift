import Conference
import Ground

extension Replay {
  /// Returns the moment that a text means in this record, or nil.
  ///
  /// `14:35` and `14:35:12`, `vr 14:35`, `14-06 9:00`, `2026-06-14 09:00`, and `50%` of the timeline. A time
  /// that fits on several days is the first one after `after`, or from the first item on; a minute means its
  /// last second, so that what happened within it is shown.
  public func moment(_ text: String, after: Moment? = nil) -> Moment? {
    var words = text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
    let whole = words.joined()
    if whole.hasSuffix("%") {
      guard let part = Int(whole.dropLast()), (0...100).contains(part) else { return nil }
      return index.moment(atPart: part, of: 100)
    }
    guard let (minute, seconds) = words.popLast().flatMap(Replay.time), words.count <= 1,
      let first = lines.first?.at, let last = lines.last?.at
    else { return nil }
    let days = words.first.map(dates) ?? index.dates
    let found = days.map { zone.moment(date: $0, minute: minute) + .seconds(seconds) }
      .filter { $0 >= first && $0 <= last + .seconds(59) }
    // A record may have been opened days before; the first day is the one on which it began.
    let firstDay = zone.moment(date: zone.local(index.begin).date, minute: 0)
    return (found.first { $0 > after ?? firstDay } ?? found.first { $0 > firstDay } ?? found.first)
      .map { min($0, last) }
  }

  /// The minute of the day and the second that `9:00` or `14:35:12` means.
  private static func time(_ text: String) -> (minute: Int, second: Int)? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.allSatisfy(\.isNumber) && $0.count <= 2 ? Int($0) : nil }
    guard numbers.count == parts.count, (2...3).contains(numbers.count), numbers[0] < 24,
      numbers.dropFirst().allSatisfy({ $0 < 60 })
    else { return nil }
    return (numbers[0] * 60 + numbers[1], numbers.count == 3 ? numbers[2] : 59)
  }

  /// The days of the record that `vr`, `friday`, `14-06` or `2026-06-14` means.
  private func dates(_ text: String) -> [CalendarDate] {
    if let date = CalendarDate(text) { return [date] }
    let numbers = text.split(whereSeparator: { "-/.".contains($0) }).map { Int($0) }
    return index.dates.filter { date in
      numbers == [date.day, date.month]
        || text.count >= 2
          && Language.allCases.contains { date.weekday[$0].lowercased().hasPrefix(text) }
    }
  }

  /// A moment as it is told: with the day where the record has several.
  func clock(_ moment: Moment, withSeconds: Bool = false, in language: Language) -> String {
    let (date, minute) = zone.local(moment)
    let time = clockText(minute: minute)
    let second = Int(
      moment.milliseconds.floorDivided(by: 1000) - moment.milliseconds.floorDivided(by: 60_000) * 60)
    let seconds = withSeconds ? ":\(padded(second, 2))" : ""
    return (index.dates.count > 1 ? date.short(in: language) + " " : "") + time + seconds
  }
}

extension CalendarDate {
  /// The day of the week; 1970-01-01 was a Thursday.
  var weekday: Phrase {
    let days: [Phrase] = [
      Phrase(nl: "maandag", en: "Monday"), Phrase(nl: "dinsdag", en: "Tuesday"),
      Phrase(nl: "woensdag", en: "Wednesday"), Phrase(nl: "donderdag", en: "Thursday"),
      Phrase(nl: "vrijdag", en: "Friday"), Phrase(nl: "zaterdag", en: "Saturday"),
      Phrase(nl: "zondag", en: "Sunday"),
    ]
    return days[((daysSince1970 + 3) % 7 + 7) % 7]
  }

  /// The day in short: `vr 12-06`, `Fri 12-06`.
  func short(in language: Language) -> String {
    let letters = Phrase(nl: String(weekday.nl.prefix(2)), en: String(weekday.en.prefix(3)))
    return "\(letters[language]) \(padded(day, 2))-\(padded(month, 2))"
  }
}
