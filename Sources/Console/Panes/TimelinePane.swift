import Ground
import Screen

/// Where a replay stands in the record.
enum TimelinePane {
  /// Returns the rows that it takes.
  static func rows(of size: Size) -> Int { size.rows < 20 ? 1 : 2 }

  static func draw(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    guard let replay = scene.replay, rect.rows > 0 else { return }
    scene.mark(rect, .timeline)
    surface.bar(
      Rect(row: rect.row, column: rect.column, rows: 1, columns: rect.columns), part: replay.position,
      of: replay.lines.count, role: .bar)
  }
}
