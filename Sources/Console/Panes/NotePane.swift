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
  var edit: Edit?
  /// The state of the line kept last.
  var state: State?

  /// A contribution that is being changed, in a field of its own: what is typed for the tables stays.
  struct Edit: Sendable, Equatable {
    let id: String
    var editor: TextEditor
    /// The kind to go back to when the change is done.
    let kindBefore: String
    var isUnderway = false
  }

  enum State: Sendable, Equatable {
    case underway
    case inRecord(table: Int?)
    case refused(Phrase)
  }

  /// The places for which something was typed that was not kept, in order; nil is the plenary.
  var unkept: [Int?] {
    drafts.filter { $0.value.text.contains { !$0.isWhitespace } }.keys.sorted { ($0 ?? 0) < ($1 ?? 0) }
  }

  mutating func apply(_ key: Key, table: Int?) -> Bool {
    edit == nil ? drafts[table, default: TextEditor()].apply(key) : edit?.editor.apply(key) ?? false
  }

  /// What is being typed for a table, or in the contribution that is being changed.
  func text(table: Int?) -> String { (edit?.editor ?? drafts[table])?.text ?? "" }

  mutating func insert(_ text: String, table: Int?) {
    if edit == nil { drafts[table, default: TextEditor()].insert(text) } else { edit?.editor.insert(text) }
  }

  /// Puts another text in the place of what was typed.
  mutating func replace(_ text: String, table: Int?) {
    var text = text
    // Editors end a file with a line feed.
    if text.last?.isNewline == true { text.removeLast() }
    if edit == nil { drafts[table] = TextEditor(text) } else { edit?.editor = TextEditor(text) }
  }

  /// Takes what was typed for a table out of its field; nil where there is nothing but white space.
  mutating func take(table: Int?) -> String? {
    guard let text = drafts[table]?.text, text.contains(where: { !$0.isWhitespace }) else { return nil }
    drafts[table] = nil
    return text
  }

  /// Puts a text that was refused back, before what was typed since.
  mutating func giveBack(_ text: String, table: Int?) {
    let since = drafts[table]?.text ?? ""
    drafts[table] = TextEditor(since.isEmpty ? text : text + "\n" + since)
  }

  mutating func beginEdit(_ contribution: Contribution) {
    edit = Edit(
      id: contribution.id, editor: TextEditor(contribution.text), kindBefore: edit?.kindBefore ?? kind)
    kind = contribution.kind
  }

  mutating func endEdit() {
    if let edit { kind = edit.kindBefore }
    edit = nil
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

  /// Draws the row of the hall that says for whom is typed, what was typed and what became of it.
  func drawStrip(on surface: inout Surface, in rect: Rect, table: Int?, _ scene: Model.Scene) {
    scene.mark(rect, .command(.note))
    let editor = edit?.editor ?? drafts[table] ?? TextEditor()
    var column = rect.column
    column += surface.put(
      " \(title(table, scene)) ", row: rect.row, column: column, role: .strong, width: rect.columns)
    // What was typed stays in sight, so that nobody forgets it.
    let text = editor.isEmpty ? scene.text(Texts.noteHint) : editor.text.filter { !$0.isNewline }
    let state = stateText(scene)
    let room = max(0, rect.column + rect.columns - column - (state.map { TextWidth.width($0.0) + 2 } ?? 0))
    column += surface.put(
      text, row: rect.row, column: column, role: editor.isEmpty ? .dim : .input, width: room)
    if let (text, role) = state { surface.put(" \(text) ", row: rect.row, column: column + 1, role: role) }
  }

  private func title(_ table: Int?, _ scene: Model.Scene) -> String {
    let name = scene.session.kind(kind).map { scene.text($0.name) } ?? kind
    let place = table.map { scene.text(Texts.table($0)) } ?? scene.text(Phase.plenary.name)
    return edit.map { scene.text(Texts.changing($0.id)) + " · \(name)" } ?? "\(place) · \(name)"
  }

  func draw(on surface: inout Surface, in rect: Rect, table: Int?, _ scene: Model.Scene) {
    surface.box(rect, title: title(table, scene), role: .borderFocus, titleRole: .strong)
    if let (text, role) = stateText(scene) {
      surface.put(
        " \(text) ", row: rect.row + rect.rows - 1, column: rect.column + 2, role: role,
        width: max(0, rect.columns - 4))
    }
    (edit?.editor ?? drafts[table] ?? TextEditor()).draw(on: &surface, in: rect.inset())
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

extension Model {
  /// What is half typed, by place: `plenary`, `table-3`, or `edit-c12` for a contribution that is changed.
  var drafts: [String: String] {
    var drafts: [String: String] = [:]
    for (table, editor) in note.drafts where !editor.isEmpty {
      drafts[table.map { "table-\($0)" } ?? "plenary"] = editor.text
    }
    if let edit = note.edit { drafts["edit-\(edit.id)"] = edit.editor.text }
    return drafts
  }

  /// Puts back what was half typed when the program ended without keeping it.
  public mutating func restore(drafts: [String: String]) {
    for (place, text) in drafts {
      if place == "plenary" {
        note.drafts[nil] = TextEditor(text)
      } else if place.hasPrefix("table-"), let table = Int(place.dropFirst(6)) {
        note.drafts[table] = TextEditor(text)
      } else if place.hasPrefix("edit-"), let index = session.contributionIndex(String(place.dropFirst(5))),
        session.contributions[index].text != text
      {
        note.beginEdit(session.contributions[index])
        note.edit?.editor = TextEditor(text)
      }
    }
    guard !note.unkept.isEmpty || note.edit != nil else { return }
    say(Phrase(nl: "Wat half getypt was staat er weer.", en: "What was half typed is back."))
  }
}
