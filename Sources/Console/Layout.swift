import Conference
import Screen

/// Where everything stands on a screen of some size: the clock over its whole width, below it the panes of
/// the hall or one page, and the edges.
struct Layout {
  /// The clock; one row only above a page on a low screen.
  var clock: Rect
  /// The panes, each in its place.
  var panes: [(Model.Focus, Rect)] = []
  /// What came in last; nil where there is no room for it.
  var news: Rect?
  /// The row that says what is being typed, in the hall.
  var noteStrip: Rect?
  /// The guided tour.
  var tour: Rect?
  /// The timeline of a replay.
  var timeline: Rect?

  /// Whether there is room for one pane only.
  static func isNarrow(_ size: Size) -> Bool { size.columns < 72 || size.rows < 20 }

  init(size: Size, focus: Model.Focus, isReplay: Bool, tables: Int, tourRows: Int = 0) {
    let isNarrow = Layout.isNarrow(size)
    let bottom = isReplay ? TimelinePane.rows(of: size) : focus.isPage || isNarrow ? 0 : 1
    let rows = Rect(row: 1, column: 0, rows: size.rows - 2, columns: size.columns).splitRows([
      ClockPane.wantedRows(size: size, isPage: focus.isPage), nil, size.rows < 20 ? 0 : tourRows, bottom,
    ])
    clock = rows[0]
    if tourRows > 0 { tour = rows[2] }
    if isReplay { timeline = rows[3] } else if bottom > 0 { noteStrip = rows[3] }
    let body = rows[1]
    if focus.isPage || isNarrow {
      panes = [(focus, body)]
      return
    }
    let columns = body.splitColumns([max(30, min(48, size.columns * 3 / 10)), nil])
    panes.append((.agenda, columns[0]))
    let right = columns[1]
    if right.columns >= 110 {
      let halves = right.splitColumns([nil, nil])
      panes.append((.tables, halves[0]))
      news = halves[1]
    } else {
      let halves = right.splitRows([TablesPane.wantedRows(tables: tables, in: right), nil])
      panes.append((.tables, halves[0]))
      news = halves[1]
    }
  }
}
