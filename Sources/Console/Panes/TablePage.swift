import Conference
import Ground
import Screen

/// The page that shows what the chosen table knows, or in a replay knew.
struct TablePage: Sendable, Equatable {
  /// The first row in sight.
  var scroll = 0

  mutating func move(by step: Int) { scroll = max(0, scroll + step) }

  func draw(on surface: inout Surface, in rect: Rect, table: Int?, _ scene: Model.Scene) {
    guard let table else {
      surface.box(rect, title: "", role: .borderFocus)
      surface.put(scene.text(Texts.noTables), row: rect.row + 1, column: rect.column + 1, role: .dim)
      surface.cursor = (rect.row + 1, rect.column + 1)
      return
    }
    let knowledge = TableKnowledge(scene.session, table: table, at: scene.clock.now, in: scene.language)
    surface.box(rect, title: knowledge.title, role: .borderFocus, titleRole: .strong)
    let inner = rect.inset()
    let rows = knowledge.paragraphs.flatMap { paragraph -> [(String, Role)] in
      // What runs on stands a little further in than where it began.
      let indent = String(paragraph.text.prefix { $0 == " " })
      let lines = TextWidth.wrap(
        String(paragraph.text.dropFirst(indent.count)), columns: max(1, inner.columns - indent.count - 2))
      return lines.isEmpty
        ? [("", paragraph.role)]
        : lines.enumerated().map { (indent + ($0.offset == 0 ? "" : "  ") + $0.element, paragraph.role) }
    }
    let first = max(0, min(scroll, rows.count - inner.rows))
    for (offset, row) in rows.dropFirst(first).prefix(inner.rows).enumerated() {
      surface.put(row.0, row: inner.row + offset, column: inner.column, role: row.1, width: inner.columns)
    }
    let below = rows.count - first - inner.rows
    if below > 0 {
      let text = Phrase(
        nl: " ↓ nog \(below) \(below == 1 ? "regel" : "regels") ",
        en: " ↓ \(below) more \(below == 1 ? "line" : "lines") ")
      surface.put(
        scene.text(text), row: rect.row + rect.rows - 1, column: rect.column + 2, role: .hint,
        width: max(0, rect.columns - 4))
    }
    surface.cursor = (inner.row, inner.column)
  }
}
