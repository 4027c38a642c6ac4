import Conference
import Ground

/// A record that is played back: the same fold, over a part of the lines.
public struct Replay: Sendable {
  /// All lines of the record.
  let lines: [Line]
  /// The zone of the place; at the very start of the record the session does not know it yet.
  let zone: Zone
  /// How many lines are folded in.
  private(set) var position: Int
  /// The state at that place.
  private(set) var session: Session
  /// The moment that is shown.
  private(set) var moment: Moment
  var isPlaying = false
  /// How many times faster than real.
  var speed: Int64 = 60
  private var lastTick: Moment?
  /// The state before every `step`th line, so that going back needs no fold from the start.
  private var snapshots: [Session] = []
  private let step: Int

  init(lines: [Line]) {
    self.lines = lines
    // A snapshot keeps what changed after it a second time, so there are few, however long the record.
    step = max(500, lines.count / 16)
    var session = Session()
    for (index, line) in lines.enumerated() {
      if index % step == 0 { snapshots.append(session) }
      // Lines that this version cannot read are counted by the session.
      try? session.apply(line)
    }
    self.session = session
    zone = session.zone
    position = lines.count
    moment = lines.last?.at ?? Moment(milliseconds: 0)
  }

  mutating func go(to target: Int) {
    let target = max(0, min(lines.count, target))
    if target < position {
      let snapshot = min(target / step, max(0, snapshots.count - 1))
      session = snapshots.isEmpty ? Session() : snapshots[snapshot]
      position = snapshots.isEmpty ? 0 : snapshot * step
    }
    for line in lines[position..<target] { try? session.apply(line) }
    position = target
    moment = target > 0 ? lines[target - 1].at : lines.first?.at ?? moment
  }

  mutating func go(to time: Moment) {
    // `at` never goes backwards in a record, so the place can be found by halving.
    var (low, high) = (0, lines.count)
    while low < high {
      let middle = (low + high) / 2
      if lines[middle].at <= time { low = middle + 1 } else { high = middle }
    }
    go(to: low)
    moment = max(moment, min(time, lines.last?.at ?? time))
  }

  /// Goes to a part of the record's time, as a place on the timeline means it.
  mutating func go(toPart part: Int, of whole: Int) {
    guard let first = lines.first?.at, let last = lines.last?.at, whole > 0 else { return }
    go(to: first + (last - first) * Int64(max(0, min(whole, part))) / Int64(whole))
  }

  /// Goes to where the conference had just been opened.
  mutating func goToStart() {
    go(to: (lines.firstIndex { $0.type == "conference.opened" } ?? -1) + 1)
  }

  mutating func step(_ count: Int) { go(to: position + count) }

  mutating func stepPhase(_ direction: Int) {
    let starts = lines.indices.filter { lines[$0].type == "phase.started" }.map { $0 + 1 }
    if direction > 0 {
      go(to: starts.first { $0 > position } ?? lines.count)
    } else {
      go(to: starts.last { $0 < position } ?? 0)
    }
  }

  mutating func go(toText text: String) -> Bool {
    guard let moment = Replay.moment(text, in: lines, zone: zone) else { return false }
    go(to: moment)
    return true
  }

  /// Returns the moment that a time such as `14:35` (on the first day on which it fits) or a part such as
  /// `50%` means in a record, or nil.
  public static func moment(_ text: String, in lines: [Line], zone: Zone) -> Moment? {
    guard let first = lines.first?.at, let last = lines.last?.at else { return nil }
    let text = text.filter { !$0.isWhitespace }
    if text.hasSuffix("%"), let part = Int64(text.dropLast()), (0...100).contains(part) {
      return first + (last - first) * part / 100
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0..<24).contains(hour),
      (0..<60).contains(minute)
    else { return nil }
    // A record may have been opened days before; the first day is the one on which it began.
    let begin = lines.first { $0.type == "phase.started" }?.at ?? first
    let firstDay = zone.local(begin).date
    for day in 0...31 {
      let date = CalendarDate(daysSince1970: firstDay.daysSince1970 + day)
      // The last second of that minute, so that what happened within it is shown.
      let moment = zone.moment(date: date, minute: hour * 60 + minute) + .seconds(59)
      if moment >= first { return moment <= last + .seconds(59) ? min(moment, last) : nil }
    }
    return nil
  }

  /// Plays on by the time that passed since the last tick.
  mutating func tick(_ time: Moment) {
    defer { lastTick = time }
    guard isPlaying, let lastTick else { return }
    let target = moment + max(0, time - lastTick) * speed
    go(to: target)
    if position == lines.count { isPlaying = false }
  }
}
