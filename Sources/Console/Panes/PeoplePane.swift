import Conference
import Ground
import Screen

/// The list of people, to check them in.
struct PeoplePane: Sendable, Equatable {
  /// The chosen person's place in the list.
  var selected = 0
  /// The part of a name that was typed.
  var query = ""

  /// Returns the chosen person, or nil where the list is empty.
  func person(in session: Session) -> Participant? {
    session.participants.indices.contains(selected) ? session.participants[selected] : nil
  }

  mutating func move(by step: Int, in session: Session) {
    selected = max(0, min(session.participants.count - 1, selected + step))
  }

  /// Chooses the next person, or, after a name was typed, waits for the next name.
  mutating func next(in session: Session) {
    if query.isEmpty { move(by: 1, in: session) }
    query = ""
  }

  /// Takes a key as a part of the name that is looked for, and chooses the first person who has it.
  mutating func type(_ key: Key, in session: Session) {
    switch key {
    case .character(let character): query.append(character)
    case .backspace: _ = query.popLast()
    default: return
    }
    let wanted = query.lowercased()
    if let found = session.participants.firstIndex(where: { $0.name.lowercased().contains(wanted) }) {
      selected = found
    }
  }

  func draw(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    let session = scene.session
    let here = session.participants.count { session.presence(of: $0.id) == .present }
    let search = scene.text(query.isEmpty ? Texts.searchHint : Texts.search(query))
    surface.box(
      rect, title: "\(scene.text(Texts.people(here, of: session.participants.count))) · \(search)",
      role: .borderFocus)
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
      scene.mark(place, .row(.people, first + row))
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
