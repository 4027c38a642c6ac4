import Conference
import Ground
import Screen

/// The list of people, to check them in.
struct PeoplePane: Sendable, Equatable {
  /// The chosen person's place in the list.
  var selected = 0

  /// Returns the chosen person, or nil where the list is empty.
  func person(in session: Session) -> Participant? {
    session.participants.indices.contains(selected) ? session.participants[selected] : nil
  }

  mutating func move(by step: Int, in session: Session) {
    selected = max(0, min(session.participants.count - 1, selected + step))
  }

  /// Chooses the next person whose name has a part that begins with `letter`.
  mutating func jump(to letter: Character, in session: Session) {
    let wanted = letter.lowercased()
    let order =
      Array(session.participants.indices.dropFirst(selected + 1))
      + Array(session.participants.indices.prefix(selected + 1))
    if let found = order.first(where: { index in
      session.participants[index].name.lowercased().split(separator: " ").contains {
        $0.hasPrefix(wanted)
      }
    }) {
      selected = found
    }
  }

  func draw(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    let session = scene.session
    let here = session.participants.count { session.presence(of: $0.id) == .present }
    surface.box(
      rect, title: scene.text(Texts.people(here, of: session.participants.count)), role: .borderFocus)
    let inner = rect.inset()
    guard !session.participants.isEmpty else {
      surface.put(
        scene.text(Texts.noPeople), row: inner.row, column: inner.column, role: .dim,
        width: inner.columns)
      surface.cursor = (inner.row, inner.column)
      return
    }
    let first = Scroll.first(selected: selected, count: session.participants.count, rows: inner.rows)
    for row in 0..<inner.rows where session.participants.indices.contains(first + row) {
      let person = session.participants[first + row]
      let place = Rect(row: inner.row + row, column: inner.column, rows: 1, columns: inner.columns)
      let (glyph, role): (String, Role) =
        switch session.presence(of: person.id) {
        case .expected: ("·", .text)
        case .present: ("✓", .ok)
        case .absent: ("×", .dim)
        }
      let isSelected = first + row == selected
      surface.fill(place, role: isSelected ? .selected : .text)
      let table = session.shownSeating?.seating.table(of: person.id).map { "T\($0)" } ?? "–"
      let state = scene.text(Texts.presence(session.presence(of: person.id)))
      let text =
        "\(glyph) \(TextWidth.pad(state, to: 10)) \(TextWidth.pad(table, to: 4)) \(person.name)"
        + [person.organisation, person.group, person.municipality].compactMap { $0 }.map { " · \($0)" }
        .joined()
      surface.put(
        text, row: place.row, column: place.column, role: isSelected ? .selected : role,
        width: place.columns)
    }
    surface.cursor = (inner.row + selected - first, inner.column)
  }
}
