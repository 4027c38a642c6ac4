import Conference
import Ground
import Screen

/// Find your name: who sits where, in columns from A to Z, on pages that turn by themselves.
enum RoomSeatsPane {
  /// The columns that a name and its table take at least; the more letters, the fewer names.
  private static let wanted = 38

  static func draw(
    _ seats: RoomSeats, on surface: inout Surface, in rect: Rect, _ model: RoomModel,
    _ scene: RoomModel.Scene
  ) {
    let parts = rect.splitRows([1, 1, nil, rect.rows >= 16 ? 1 : 0, 1])
    let across = max(1, rect.columns / wanted)
    let list = parts[2]
    let each = max(1, list.rows * across)
    let pages = max(1, (seats.rows.count + each - 1) / each)
    let page = model.page(of: pages)
    // The last page is as full as the others: names then stand in the same columns.
    let rows = Array(seats.rows.dropFirst(page * each).prefix(each))
    drawHead(seats, on: &surface, in: parts[0], scene)
    guard !rows.isEmpty else {
      surface.put(scene.text(RoomTexts.noSeats), row: list.row, column: list.column, role: .strong)
      return
    }
    let places = list.splitColumns(Array(repeating: nil, count: across), gap: 2)
    // A short list stands in even columns, not in one, with air between its rows where there is room.
    let deep = min(list.rows, max(min(8, rows.count), (rows.count + across - 1) / across))
    let step = deep * 2 - 1 <= list.rows ? 2 : 1
    for (index, row) in rows.enumerated() where index / deep < across {
      let place = places[index / deep]
      draw(
        row, on: &surface,
        in: Rect(row: list.row + index % deep * step, column: place.column, rows: 1, columns: place.columns),
        scene)
    }
    drawFoot(rows, page, pages, on: &surface, in: parts[4], scene)
  }

  static func draw(
    _ row: RoomSeats.Row, on surface: inout Surface, in place: Rect, _ scene: RoomModel.Scene
  ) {
    // The number first, so that it stands right beside the name, however long that is.
    let number = "\(row.table)"
    let column = place.column + max(0, 4 - number.count)
    surface.put(number, row: place.row, column: column, role: .title)
    surface.put(row.name, row: place.row, column: place.column + 6, role: .strong, width: place.columns - 6)
  }

  private static func drawHead(
    _ seats: RoomSeats, on surface: inout Surface, in rect: Rect, _ scene: RoomModel.Scene
  ) {
    let clock = scene.sight.clock
    let title = "\(scene.text(RoomTexts.findName)) · \(scene.text(RoomTexts.seats(round: seats.round)))"
    let right =
      clock.map { "\($0.role == .digits ? "" : scene.text($0.state) + " ")\($0.left)" }
      ?? scene.sight.next.map(scene.text) ?? ""
    let width = TextWidth.width(right)
    let column = rect.column + rect.columns - width
    surface.put(title, row: rect.row, column: rect.column, role: .title, width: rect.columns - width - 2)
    let role = clock.map { $0.role == .digits ? .strong : $0.role } ?? .text
    surface.put(right, row: rect.row, column: column, role: role)
  }

  private static func drawFoot(
    _ rows: [RoomSeats.Row], _ page: Int, _ pages: Int, on surface: inout Surface, in rect: Rect,
    _ scene: RoomModel.Scene
  ) {
    let hint = scene.text(RoomTexts.searchHint)
    guard pages > 1, let first = rows.first, let last = rows.last else {
      surface.put(hint, row: rect.row, column: rect.column, role: .dim, width: rect.columns)
      return
    }
    let letters = first.heading == last.heading ? first.heading : "\(first.heading) – \(last.heading)"
    let text = "\(letters) · \(scene.text(RoomTexts.page(page + 1, of: pages)))"
    let used = surface.put(text, row: rect.row, column: rect.column, role: .strong, width: rect.columns)
    surface.put(
      " · " + hint, row: rect.row, column: rect.column + used, role: .dim, width: rect.columns - used)
  }
}

/// What comes of a name that somebody types: its table, large.
enum RoomSearchPane {
  static func draw(
    _ query: String, _ seats: RoomSeats?, on surface: inout Surface, in rect: Rect, _ scene: RoomModel.Scene
  ) {
    let parts = rect.splitRows([1, 1, nil])
    let label = scene.text(RoomTexts.search) + " "
    let used = surface.put(label, row: rect.row, column: rect.column, role: .title, width: rect.columns)
    let field = Rect(
      row: rect.row, column: rect.column + used, rows: 1, columns: min(40, rect.columns - used))
    surface.fill(field, role: .input)
    // The end of a long name is what is typed now.
    let typed = String(query.suffix(max(0, field.columns - 2)))
    let end = surface.put(typed, row: field.row, column: field.column, role: .input, width: field.columns - 1)
    surface.cursor = (field.row, field.column + end)
    let found = seats?.find(query) ?? []
    if let only = found.first, found.count == 1 { return draw(only, on: &surface, in: parts[2], scene) }
    if found.isEmpty {
      let words =
        seats?.rows.isEmpty == false
        ? (query.isEmpty ? RoomTexts.searchHint : RoomTexts.notFound) : RoomTexts.noSeats
      surface.put(
        scene.text(words), row: parts[2].row, column: rect.column, role: .strong, width: rect.columns)
      return
    }
    let isMore = found.count > parts[2].rows
    let rows = found.prefix(isMore ? parts[2].rows - 1 : found.count)
    for (offset, row) in rows.enumerated() {
      let place = Rect(
        row: parts[2].row + offset, column: parts[2].column, rows: 1, columns: parts[2].columns)
      RoomSeatsPane.draw(row, on: &surface, in: place, scene)
    }
    if isMore {
      surface.put(
        scene.text(RoomTexts.more(found.count - rows.count)), row: parts[2].row + rows.count,
        column: rect.column, role: .text, width: rect.columns)
    }
  }

  private static func draw(
    _ row: RoomSeats.Row, on surface: inout Surface, in rect: Rect, _ scene: RoomModel.Scene
  ) {
    var stack = RoomStack()
    stack.add(row.name, .strong, rows: 2)
    stack.air()
    stack.add(digits: "\(row.table)", .digits)
    stack.air()
    stack.add(scene.text(RoomTexts.table(row.table)), .title)
    stack.draw(on: &surface, in: rect)
  }
}
