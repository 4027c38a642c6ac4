import Conference
import Ground
import Screen

/// Where a replay stands in the record: the items, how busy it was, the markers and the times.
///
/// On a low screen only how busy it was, with the times beside it.
enum TimelinePane {
  /// Returns the rows that it takes.
  static func rows(of size: Size) -> Int { size.rows < 20 ? 1 : size.rows < 30 ? 2 : 3 }

  /// Returns the part of the timeline's place in which its columns lie, the times left out.
  static func track(in rect: Rect, _ replay: Replay, _ language: Language) -> Rect {
    guard rect.rows < 3 else { return rect }
    let (first, last) = ends(replay, language, columns: rect.columns)
    let (left, right) = (TextWidth.width(first) + 1, TextWidth.width(last) + 1)
    return Rect(
      row: rect.row, column: rect.column + left, rows: rect.rows, columns: max(1, rect.columns - left - right)
    )
  }

  /// The times at both ends; on a narrow screen without their days.
  private static func ends(_ replay: Replay, _ language: Language, columns: Int) -> (String, String) {
    func text(_ line: Line?) -> String {
      guard let line else { return "" }
      return columns < 60 ? replay.zone.clock(line.at) : replay.clock(line.at, in: language)
    }
    return (text(replay.lines.first), text(replay.lines.last))
  }

  static func draw(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    guard let replay = scene.replay, rect.rows > 0 else { return }
    scene.mark(rect, .timeline)
    let track = track(in: rect, replay, scene.language)
    let timeline = Timeline(replay, track)
    let busy = Rect(
      row: rect.row + min(1, rect.rows - 1), column: track.column, rows: 1, columns: track.columns)
    if rect.rows > 1 { timeline.drawItems(on: &surface, row: rect.row) }
    timeline.drawActivity(on: &surface, row: busy.row)
    timeline.drawMarkers(on: &surface, row: rect.row + rect.rows - 1)
    let (first, last) = ends(replay, scene.language, columns: rect.columns)
    let timesRow = rect.row + rect.rows - 1
    surface.put(first, row: timesRow, column: rect.column, role: .dim)
    surface.put(last, row: timesRow, column: rect.column + rect.columns - TextWidth.width(last), role: .dim)
    if rect.rows == 3 {
      let from = TextWidth.width(first) + 1
      let free = from..<max(from, rect.columns - TextWidth.width(last) - 1)
      timeline.drawTime(on: &surface, row: timesRow, free: free, scene.language)
    } else {
      timeline.drawCursor("┃", on: &surface, row: timesRow)
    }
  }
}

/// The columns of a timeline, and what lies in them.
private struct Timeline {
  let replay: Replay
  let track: Rect
  /// The column in which the moment lies that is shown.
  let cursor: Int

  private static let heights = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  init(_ replay: Replay, _ track: Rect) {
    self.replay = replay
    self.track = track
    cursor = replay.index.column(ofOffset: replay.index.offset(of: replay.moment), of: track.columns)
  }

  private func column(ofPosition position: Int) -> Int {
    replay.index.column(ofOffset: replay.index.offset(ofPosition: position), of: track.columns)
  }

  /// The items as stretches, each as long as it took, with as much of its title as fits.
  func drawItems(on surface: inout Surface, row: Int) {
    let starts = replay.index.starts
    let columns = starts.map { column(ofPosition: $0.position) }
    for (index, start) in starts.enumerated() {
      let end = index + 1 < starts.count ? columns[index + 1] : track.columns
      let length = end - columns[index]
      // A start on the same column as the next one has no room at all.
      guard length > 0 else { continue }
      let next = index + 1 < starts.count ? starts[index + 1].position : Int.max
      let isCurrent = replay.position >= start.position && replay.position < next
      let role: Role = isCurrent ? .strong : .dim
      surface.put("│", row: row, column: track.column + columns[index], role: .border)
      // One or two letters say nothing.
      if length > 4 {
        surface.put(
          start.title, row: row, column: track.column + columns[index] + 1, role: role, width: length - 1)
      }
    }
  }

  /// How many contributions came in, by column: what is past stands out.
  func drawActivity(on surface: inout Surface, row: Int) {
    let counts = replay.index.activity(columns: track.columns)
    let most = max(1, counts.max() ?? 0)
    for (column, count) in counts.enumerated() {
      // What there is, is never invisible.
      let height = count == 0 ? 0 : max(1, count * 8 / most)
      let glyph = count == 0 ? "·" : Timeline.heights[height]
      let role: Role = column == cursor ? .selected : column < cursor && count > 0 ? .bar : .dim
      surface.put(glyph, row: row, column: track.column + column, role: role)
    }
  }

  func drawMarkers(on surface: inout Surface, row: Int) {
    for position in replay.index.markers {
      surface.put("◆", row: row, column: track.column + column(ofPosition: position), role: .notice)
    }
    for place in replay.gapPlaces {
      surface.put("✗", row: row, column: track.column + column(ofPosition: place), role: .alarm)
    }
  }

  func drawCursor(_ glyph: String, on surface: inout Surface, row: Int) {
    surface.put(glyph, row: row, column: track.column + cursor, role: .selected)
  }

  /// The cursor with its time beside it, where that leaves the times at the ends and all markers in sight.
  func drawTime(on surface: inout Surface, row: Int, free: Range<Int>, _ language: Language) {
    let time = replay.clock(replay.moment, withSeconds: true, in: language)
    let width = TextWidth.width(time)
    let markers = Set(replay.marks.map { column(ofPosition: $0) })
    let places = [cursor + 2, cursor - 1 - width].map { $0..<($0 + width) }
    if let place = places.first(where: { place in
      place.lowerBound >= free.lowerBound && place.upperBound <= free.upperBound
        && !place.contains(where: markers.contains)
    }) {
      surface.put(time, row: row, column: track.column + place.lowerBound, role: .strong)
    }
    drawCursor("▲", on: &surface, row: row)
  }
}
