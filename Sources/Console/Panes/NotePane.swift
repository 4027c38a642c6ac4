import Conference
import Ground
import Screen

/// One line to type in for any table; Enter keeps it.
struct NotePane: Sendable, Equatable {
  /// The kind of the next contribution.
  var kind = ""
  /// What is being typed, for each table and for the plenary (nil): switching tables loses nothing.
  var drafts: [Int?: TextEditor] = [:]
  /// The contribution that is being changed, or nil.
  var editing: String?
  /// The state of the line kept last.
  var state: State?

  enum State: Sendable, Equatable {
    case underway
    case inRecord(table: Int?)
    case refused(Phrase)
  }

  /// Chooses the next kind, or the one before.
  mutating func nextKind(_ step: Int, in session: Session) {
    let kinds = session.plan?.kinds ?? []
    guard !kinds.isEmpty else { return }
    let index = kinds.firstIndex { $0.id == kind } ?? 0
    kind = kinds[(index + step + kinds.count) % kinds.count].id
  }

  /// Chooses the kind with this letter, and returns whether there is one.
  mutating func chooseKind(_ letter: Character, in session: Session) -> Bool {
    guard let found = session.plan?.kinds.first(where: { $0.key == letter }) else { return false }
    kind = found.id
    return true
  }

  func draw(on surface: inout Surface, in rect: Rect, table: Int?, _ scene: Model.Scene) {
    let isFocused = scene.focus == .note
    let name = scene.session.kind(kind).map { scene.text($0.name) } ?? kind
    let place = table.map { scene.text(Texts.table($0)) } ?? scene.text(Phase.plenary.name)
    let title =
      editing.map { scene.text(Texts.changing($0)) + " · \(name)" } ?? "\(place) · \(name)"
    surface.box(rect, title: title, role: isFocused ? .borderFocus : .border, titleRole: .strong)
    let inner = rect.inset()
    if let (text, role) = stateText(scene) {
      surface.put(
        " \(text) ", row: rect.row + rect.rows - 1, column: rect.column + 2, role: role,
        width: max(0, rect.columns - 4))
    }
    guard isFocused else {
      surface.put(
        scene.text(Texts.noteHint), row: inner.row, column: inner.column, role: .dim,
        width: inner.columns)
      return
    }
    (drafts[table] ?? TextEditor()).draw(on: &surface, in: inner)
  }

  private func stateText(_ scene: Model.Scene) -> (String, Role)? {
    switch state {
    case nil: nil
    case .underway: (scene.text(Texts.underway), .notice)
    case .inRecord(let table): (scene.text(Texts.inRecord(table)), .ok)
    case .refused(let phrase): (scene.text(Texts.refused(phrase)), .alarm)
    }
  }
}
