import Ground

// Clock readings in words and digits, the same on every screen and in every document. Titles in them are
// people's text: who shows a phrase makes control characters harmless, as with any other text.

extension DayReading {
  /// How far the day is behind or ahead in words: `4 min achter op schema`, `op schema`.
  ///
  /// Whole minutes, rounded; less than half a minute is on schedule. After the closing it tells how the day
  /// ended.
  public func driftPhrase(in session: Session) -> Phrase {
    let isOver = session.flow.status == .closed
    guard isOffSchedule else {
      return isOver
        ? Phrase(nl: "op tijd klaar", en: "finished on time") : Phrase(nl: "op schema", en: "on schedule")
    }
    let length = lengthPhrase(drift)
    return switch (isOver, drift > 0) {
    case (false, true):
      Phrase(nl: "\(length.nl) achter op schema", en: "\(length.en) behind schedule")
    case (false, false):
      Phrase(nl: "\(length.nl) voor op schema", en: "\(length.en) ahead of schedule")
    case (true, true):
      Phrase(nl: "\(length.nl) later klaar dan gepland", en: "finished \(length.en) later than planned")
    case (true, false):
      Phrase(nl: "\(length.nl) eerder klaar dan gepland", en: "finished \(length.en) earlier than planned")
    }
  }

  /// What contributed most to being off schedule: `door ‘Opening’`; nil while on schedule.
  public func causePhrase(in session: Session) -> Phrase? {
    guard isOffSchedule else { return nil }
    switch cause {
    case nil: return nil
    case .start:
      return drift > 0
        ? Phrase(nl: "door de late start", en: "because of the late start")
        : Phrase(nl: "door de vroege start", en: "because of the early start")
    case .item(let index):
      guard session.items.indices.contains(index), items.indices.contains(index) else { return nil }
      let title = session.items[index].title
      if items[index].state == .skipped {
        return Phrase(nl: "door overslaan van ‘\(title)’", en: "because ‘\(title)’ was skipped")
      }
      return Phrase(nl: "door ‘\(title)’", en: "because of ‘\(title)’")
    }
  }

  /// Whether the drift is as much as words tell: half a minute or more.
  private var isOffSchedule: Bool { abs(drift) >= .seconds(30) }
}

extension WarningStage {
  /// The warning in words: `halverwege`, `nog 5 minuten`, `tijd is om`, `10 min over tijd`.
  public var phrase: Phrase {
    switch self {
    case .halfTime: return Phrase(nl: "halverwege", en: "halfway")
    case .end: return Phrase(nl: "tijd is om", en: "time is up")
    case .left(let seconds):
      let length = WarningStage.spelledOut(seconds)
      return Phrase(nl: "nog \(length.nl)", en: "\(length.en) left")
    case .over(let seconds):
      let length =
        seconds % 60 == 0
        ? lengthPhrase(.seconds(seconds)) : Phrase(same: minutesAndSeconds(.seconds(seconds)))
      return Phrase(nl: "\(length.nl) over tijd", en: "\(length.en) over time")
    }
  }

  /// Seconds as words with their plural: `1 minuut`, `2 minuten`, `30 seconden`, `1 minuut en 30 seconden`.
  private static func spelledOut(_ seconds: Int) -> Phrase {
    let (minutes, rest) = seconds.quotientAndRemainder(dividingBy: 60)
    let inMinutes = Phrase(
      nl: minutes == 1 ? "1 minuut" : "\(minutes) minuten",
      en: minutes == 1 ? "1 minute" : "\(minutes) minutes")
    let inSeconds = Phrase(
      nl: rest == 1 ? "1 seconde" : "\(rest) seconden", en: rest == 1 ? "1 second" : "\(rest) seconds")
    if rest == 0 { return inMinutes }
    if minutes == 0 { return inSeconds }
    return Phrase(nl: "\(inMinutes.nl) en \(inSeconds.nl)", en: "\(inMinutes.en) and \(inSeconds.en)")
  }
}

extension Interval {
  /// The length in whole minutes, rounded, half a minute away from zero.
  public var roundedMinutes: Int { Int((self + (self < 0 ? -30_000 : 30_000)) / 60_000) }
}

/// Returns how long `interval` is, its sign left out: `4 min`, `1 uur`, `1 uur 5 min`; minutes rounded.
public func lengthPhrase(_ interval: Interval) -> Phrase {
  let (hours, minutes) = abs(interval.roundedMinutes).quotientAndRemainder(dividingBy: 60)
  let inMinutes = "\(minutes) min"
  if hours == 0 { return Phrase(same: inMinutes) }
  let inHours = Phrase(nl: "\(hours) uur", en: hours == 1 ? "1 hour" : "\(hours) hours")
  if minutes == 0 { return inHours }
  return Phrase(nl: "\(inHours.nl) \(inMinutes)", en: "\(inHours.en) \(inMinutes)")
}

/// Returns a length as digits: `12:34`, `1:02:03`; negative: `-0:45`.
///
/// Whole seconds, what is begun left out.
public func minutesAndSeconds(_ length: Interval) -> String {
  let seconds = length / 1000
  return (seconds < 0 ? "-" : "") + digits(seconds: abs(seconds))
}

/// Returns a time left as digits, as a countdown shows it: `12:34`; so much over: `+3:10`.
///
/// A second that is begun counts whole, so that `0:00` shows when, and not before, the time is over.
public func minutesAndSeconds(left: Interval) -> String {
  let seconds = -(-left).floorDivided(by: 1000)
  return (seconds < 0 ? "+" : "") + digits(seconds: abs(seconds))
}

private func digits(seconds: Int64) -> String {
  let (minutes, rest) = seconds.quotientAndRemainder(dividingBy: 60)
  if minutes < 60 { return "\(minutes):\(padded(Int(rest), 2))" }
  return "\(minutes / 60):\(padded(Int(minutes % 60), 2)):\(padded(Int(rest), 2))"
}
