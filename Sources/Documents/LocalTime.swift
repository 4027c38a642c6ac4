import Conference
import Ground

extension Zone {
  /// Returns the local time at `moment` as RFC 3339 text with its offset, to the second.
  func rfc3339(_ moment: Moment) -> String {
    let offset = offset(at: moment)
    let shifted = (moment + .seconds(offset)).rfc3339.prefix(19)
    let minutes = abs(offset) / 60
    return shifted + (offset < 0 ? "-" : "+") + clockText(minute: minutes)
  }

  /// Returns the local date and time at `moment` as spreadsheets read it: `2026-11-21 13:04:05`.
  func dateAndTime(_ moment: Moment) -> String {
    let text = rfc3339(moment)
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8))"
  }

  /// Returns the wall-clock time at `moment`; on a later day than `first` with the days between: `00:15 (+1)`.
  func clock(_ moment: Moment, first: CalendarDate) -> String {
    let days = local(moment).date.daysSince1970 - first.daysSince1970
    return days == 0 ? clock(moment) : "\(clock(moment)) (\(days > 0 ? "+" : "")\(days))"
  }
}

/// Returns `count` with its word: `1 bijdrage`, `2 bijdragen`.
func counted(_ count: Int, one: Phrase, many: Phrase) -> Phrase {
  let word = count == 1 ? one : many
  return Phrase(nl: "\(count) \(word.nl)", en: "\(count) \(word.en)")
}
