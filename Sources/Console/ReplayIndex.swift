import Conference
import Ground

/// What stands where in a record: found once, so that no jump has to look for it.
struct ReplayIndex: Sendable {
  /// The start of an item of the agenda.
  struct Start: Sendable, Equatable {
    /// The place behind its line.
    var position: Int
    /// The item's title.
    var title: String
  }

  /// The place at which the opening is complete; 0 where it never was.
  private(set) var opened = 0
  /// The starts of items, in order.
  private(set) var starts: [Start] = []
  /// The places behind the lines that set markers.
  private(set) var markers: [Int] = []
  /// The places behind the lines that add contributions from the room, in order.
  private(set) var contributions: [Int] = []
  /// The same by table.
  private(set) var contributionsOfTable: [Int: [Int]] = [:]
  /// The dates, where the conference is, on which something happened, in order.
  private(set) var dates: [CalendarDate] = []
  /// When the first item began, or the record where none did.
  let begin: Moment

  /// The moment of every line.
  private let moments: [Moment]
  /// How far along the timeline every line lies, in milliseconds.
  private let offsets: [Int64]

  /// The longest that a silence is on the timeline: a night between two days would fill it else.
  static let longestSilence: Interval = .minutes(30)

  /// Reads the lines of a record whose last state is `session`.
  init(_ lines: [Line], _ session: Session) {
    moments = lines.map(\.at)
    var offsets: [Int64] = []
    offsets.reserveCapacity(lines.count)
    for (index, moment) in moments.enumerated() {
      let silence = index == 0 ? 0 : min(moment - moments[index - 1], ReplayIndex.longestSilence)
      offsets.append((offsets.last ?? 0) + silence)
    }
    self.offsets = offsets
    let titles = Dictionary(session.items.map { ($0.id, $0.title) }) { first, _ in first }
    for (index, line) in lines.enumerated() {
      switch line.type {
      case "conference.opened": if opened == 0 { opened = index + 1 }
      case "phase.started":
        let id = line.payload["item"]?.string ?? ""
        starts.append(Start(position: index + 1, title: titles[id] ?? id))
      case "marker.set": markers.append(index + 1)
      case "contribution.added":
        // What the survey brought came in at the opening: nobody said it there and then.
        guard line.payload["source"]?.string == nil else { continue }
        contributions.append(index + 1)
        if let table = line.payload["table"]?.int {
          contributionsOfTable[table, default: []].append(index + 1)
        }
      default: break
      }
    }
    let firstStart = starts.first.map { lines[$0.position - 1].at }
    begin = firstStart ?? moments.first ?? Moment(milliseconds: 0)
    // From the first line of a day straight on to the first line of the next.
    var next = 0
    while next < moments.count {
      let date = session.zone.local(moments[next]).date
      dates.append(date)
      let midnight = session.zone.moment(
        date: CalendarDate(daysSince1970: date.daysSince1970 + 1), minute: 0)
      next = max(next + 1, place(of: midnight))
    }
  }

  /// The first place whose line is not before `moment`.
  private func place(of moment: Moment) -> Int { firstPlace(moments.count) { moments[$0] >= moment } }

  /// Returns how many lines there are up to and with `moment`.
  func position(at moment: Moment) -> Int { firstPlace(moments.count) { moments[$0] > moment } }

  // MARK: - The timeline

  /// The length of the timeline in milliseconds, in which long silences are short.
  var length: Int64 { offsets.last ?? 0 }

  /// Returns how far along the timeline a moment lies.
  func offset(of moment: Moment) -> Int64 {
    let before = position(at: moment) - 1
    guard before >= 0 else { return 0 }
    let end = before + 1 < offsets.count ? offsets[before + 1] : offsets[before]
    return min(end, offsets[before] + (moment - moments[before]))
  }

  /// Returns how far along the timeline the line before a place lies.
  func offset(ofPosition position: Int) -> Int64 { position > 0 ? offsets[position - 1] : 0 }

  /// Returns the moment that lies so far along the timeline.
  func moment(atOffset offset: Int64) -> Moment? {
    guard let last = moments.last else { return nil }
    let before = firstPlace(offsets.count) { offsets[$0] > offset } - 1
    guard before >= 0 else { return moments[0] }
    return min(last, moments[before] + (offset - offsets[before]))
  }

  /// Returns the moment at a part of the timeline.
  func moment(atPart part: Int, of whole: Int) -> Moment? {
    guard whole > 0 else { return moments.last }
    return moment(atOffset: length * Int64(max(0, min(whole, part))) / Int64(whole))
  }

  /// Counts the contributions in each of `columns` equal parts of the timeline.
  func activity(columns: Int) -> [Int] {
    var counts = Array(repeating: 0, count: max(0, columns))
    guard columns > 0 else { return counts }
    for position in contributions { counts[column(ofOffset: offset(ofPosition: position), of: columns)] += 1 }
    return counts
  }

  /// Returns the column, of so many, in which a place along the timeline lies.
  func column(ofOffset offset: Int64, of columns: Int) -> Int {
    guard length > 0, columns > 1 else { return 0 }
    return max(0, min(columns - 1, Int((offset * Int64(columns - 1) + length / 2) / length)))
  }
}
