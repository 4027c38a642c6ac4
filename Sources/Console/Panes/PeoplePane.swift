import Conference
import Ground
import Screen

/// The list of people, to check them in.
struct PeoplePane: Sendable, Equatable {
  /// The chosen person's place in the list.
  private(set) var selected = 0
  /// The part of a name that was typed.
  private(set) var query = ""
  /// How many people had it when it was typed: to look through thousands of names again for each frame is too much.
  private var found = 0

  /// Returns the chosen person; nil where the list is empty, or where nobody has the name that was typed.
  func person(in session: Session) -> Participant? {
    guard session.participants.indices.contains(selected) else { return nil }
    let person = session.participants[selected]
    return Self.matches(person, SearchText.words(query)) ? person : nil
  }

  /// Chooses another person: of those who have the name that was typed, where one was.
  mutating func move(by step: Int, in session: Session) {
    let places = places(in: session)
    guard !places.isEmpty else { return }
    let place = places.firstIndex { $0 >= selected } ?? places.count - 1
    selected = places[max(0, min(places.count - 1, place + step))]
  }

  /// Chooses a place in the list, whatever name was typed.
  mutating func choose(row: Int) {
    selected = row
    query = ""
  }

  /// Forgets the name that was typed.
  mutating func clear() { query = "" }

  /// Chooses the next person, or, after a name was typed, waits for the next name.
  mutating func next(in session: Session) {
    if query.isEmpty { move(by: 1, in: session) }
    query = ""
  }

  /// Takes a key as a part of the name that is looked for.
  mutating func type(_ key: Key, in session: Session) {
    switch key {
    case .character(let character): look(for: query + String(character), in: session)
    case .backspace: look(for: String(query.dropLast()), in: session)
    default: break
    }
  }

  /// Chooses the first person who has a part of a name, best one whose first name, or another word, begins so.
  ///
  /// The words may stand in any order; case and accents do not count.
  mutating func look(for query: String, in session: Session) {
    self.query = query
    let places = places(in: session)
    found = places.count
    let words = SearchText.words(query)
    let first = places.first { place in
      let parts = SearchText.words(session.participants[place].name)
      return words.allSatisfy { word in parts.contains { $0.starts(with: word) } }
    }
    if let place = first ?? places.first { selected = place }
  }

  private func places(in session: Session) -> [Int] {
    let words = SearchText.words(query)
    return session.participants.indices.filter { Self.matches(session.participants[$0], words) }
  }

  private static func matches(_ person: Participant, _ words: [[UInt8]]) -> Bool {
    words.isEmpty || SearchText(person.name).holds(words)
  }

  func draw(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    let session = scene.session
    let here = session.participants.count { session.presence(of: $0.id) == .present }
    let search = scene.text(query.isEmpty ? Texts.searchHint : Texts.search(query, found: found))
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
    let words = SearchText.words(query)
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
      let isFound = Self.matches(person, words)
      let isSelected = first + row == selected && isFound
      surface.fill(place, role: isSelected ? .selected : .text)
      let table = session.shownSeating?.seating.table(of: person.id).map { "T\($0)" } ?? "–"
      let state = scene.text(Texts.presence(session.presence(of: person.id)))
      let text =
        "\(glyph) \(TextWidth.pad(state, to: 10)) \(TextWidth.pad(table, to: 4)) \(person.name)"
        + [person.organisation, person.group, person.municipality].compactMap { $0 }.map { " · \($0)" }
        .joined()
      surface.put(
        text, row: place.row, column: place.column, role: isSelected ? .selected : isFound ? role : .dim,
        width: place.columns)
    }
    surface.cursor = (inner.row + selected - first, inner.column)
  }
}
