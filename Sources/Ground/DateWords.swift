extension CalendarDate {
  /// Reads a date as people type it: `12-12`, `12/12/26`, `12-12-2026`, `2026-12-12`, `12 december`,
  /// `December 12 2026`.
  ///
  /// Months in Dutch or English, three letters or more. Without a year it is the first such day on or after
  /// `day`. Returns nil where it is no date, or a day that the calendar does not have.
  public init?(typed text: String, onOrAfter day: CalendarDate) {
    if let exact = CalendarDate(text.trimmed) {
      self = exact
      return
    }
    let parts = text.lowercased().split { $0.isWhitespace || "-/.,".contains($0) }.map(String.init)
    guard (2...3).contains(parts.count) else { return nil }
    var (first, second) = (parts[0], parts[1])
    // English puts the month first, and only where it is a word can one tell.
    if monthNamed(first) != nil { swap(&first, &second) }
    guard let dayOfMonth = number(first, digits: 1...2),
      let month = monthNamed(second) ?? number(second, digits: 1...2)
    else { return nil }
    if parts.count == 3 {
      guard let year = number(parts[2], digits: 4...4) ?? number(parts[2], digits: 2...2).map({ 2000 + $0 })
      else { return nil }
      self.init(year: year, month: month, day: dayOfMonth)
      return
    }
    // A leap day may be eight years away: 2100 is no leap year.
    for year in day.year...(day.year + 8) {
      guard let date = CalendarDate(year: year, month: month, day: dayOfMonth), date >= day else { continue }
      self = date
      return
    }
    return nil
  }

  /// The date as people write it: `21 november 2026`, `21 November 2026`.
  public var phrase: Phrase {
    let name = months[month - 1]
    return Phrase(nl: "\(day) \(name.nl) \(year)", en: "\(day) \(name.en) \(year)")
  }
}

/// The months' names.
private let months = [
  Phrase(nl: "januari", en: "January"), Phrase(nl: "februari", en: "February"),
  Phrase(nl: "maart", en: "March"), Phrase(nl: "april", en: "April"), Phrase(nl: "mei", en: "May"),
  Phrase(nl: "juni", en: "June"), Phrase(nl: "juli", en: "July"),
  Phrase(nl: "augustus", en: "August"), Phrase(nl: "september", en: "September"),
  Phrase(nl: "oktober", en: "October"), Phrase(nl: "november", en: "November"),
  Phrase(nl: "december", en: "December"),
]

private func monthNamed(_ word: String) -> Int? {
  guard word.count >= 3 else { return nil }
  // People shorten March to mrt in Dutch.
  if word == "mrt" { return 3 }
  return months.firstIndex { month in
    [month.nl, month.en].contains { $0.lowercased().hasPrefix(word) }
  }.map { $0 + 1 }
}

private func number(_ text: String, digits: ClosedRange<Int>) -> Int? {
  guard digits.contains(text.count), text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
  return Int(text)
}
