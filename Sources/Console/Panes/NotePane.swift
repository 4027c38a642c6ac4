import Conference
import Ground
import Screen

/// What is typed for the tables, and what became of it.
struct NotePane: Sendable, Equatable {
  /// The kind of the next contribution.
  var kind = ""
  /// What is being typed, for each table and for the plenary (nil): switching tables loses nothing.
  var drafts: [Int?: TextEditor] = [:]
  /// The contribution that is being changed, or nil.
  var edit: Edit?
  /// What was given to the host and is not in the record, the oldest first.
  var sent: [Sent] = []
  /// The line of the table that is chosen; nil while the field has the keys.
  var line: Line?
  /// The state of the line kept last.
  var state: State?
  /// What was cut or copied last, for all fields.
  var clipboard = ""

  /// A contribution that is being changed, in a field of its own: what is typed for the tables stays.
  struct Edit: Sendable, Equatable {
    let id: String
    var editor: TextEditor
    /// The kind to go back to when the change is done.
    let kindBefore: String
    /// Where it began, and ends.
    var page = Model.Focus.contributions
    var isUnderway = false
  }

  /// A line on its way to the record, or one that was refused.
  struct Sent: Sendable, Equatable {
    let id: CommandID
    /// As it was typed, so that it can come back as it was.
    let typed: String
    /// The kind that was chosen then.
    let kind: String
    let table: Int?
    /// The contribution whose new text this is; nil: it is a new contribution.
    var changes: String?
    var stage = Stage.underway

    /// Why it was refused, or nil.
    var failure: Phrase? { if case .refused(let why) = stage { why } else { nil } }
  }

  /// How far a line is that is not in the record.
  enum Stage: Sendable, Equatable {
    /// It was given and nobody knows yet.
    case underway
    /// It is safe on this laptop, and goes to the host as soon as it can.
    case kept
    /// It will not be in the record, and why.
    case refused(Phrase)
  }

  /// Names a line of a table's list.
  enum Line: Sendable, Equatable {
    case kept(String)
    case sent(CommandID)
  }

  enum State: Sendable, Equatable {
    case underway
    case kept
    case inRecord(table: Int?)
    case refused(Phrase)
  }

  /// The places for which something was typed that was not kept, in order; nil is the plenary.
  var unkept: [Int?] {
    let typed = drafts.filter { $0.value.text.contains { !$0.isWhitespace } }.keys
    return Set(typed + sent.filter { $0.failure != nil }.map(\.table)).sorted { ($0 ?? 0) < ($1 ?? 0) }
  }

  /// Takes a line out of those on their way.
  mutating func forget(_ id: CommandID) {
    sent.removeAll { $0.id == id }
    if line == .sent(id) { line = nil }
  }

  /// The field for a table, or that of the contribution that is being changed.
  func editor(table: Int?) -> TextEditor { edit?.editor ?? drafts[table] ?? TextEditor() }

  mutating func setEditor(_ editor: TextEditor, table: Int?) {
    if edit == nil { drafts[table] = editor } else { edit?.editor = editor }
  }

  /// What is being typed for a table, or in the contribution that is being changed.
  func text(table: Int?) -> String { editor(table: table).text }

  /// Gives a key to the field, drawn at so many columns; returns whether it meant something.
  mutating func apply(_ key: Key, table: Int?, columns: Int? = nil) -> Bool {
    var editor = editor(table: table)
    editor.wrapColumns = columns
    editor.clipboard = clipboard
    defer {
      clipboard = editor.clipboard
      setEditor(editor, table: table)
    }
    // Enter keeps, so a new line has keys of its own.
    return editor.apply(key == .alt("\r") ? .control("j") : key)
  }

  mutating func insert(_ text: String, table: Int?) {
    var editor = editor(table: table)
    editor.insert(text)
    setEditor(editor, table: table)
  }

  /// Puts another text in the place of what was typed.
  mutating func replace(_ text: String, table: Int?) {
    var text = text
    // Editors end a file with a line feed.
    if text.last?.isNewline == true { text.removeLast() }
    setEditor(TextEditor(text), table: table)
  }

  /// Puts a text that was not kept back into its field, before what was typed since.
  mutating func giveBack(_ sent: Sent, kinds: [Kind]) {
    let since = drafts[sent.table]?.text ?? ""
    let text = typed(sent, kinds)
    drafts[sent.table] = TextEditor(since.isEmpty ? text : text + "\n" + since)
  }

  /// A line as it was typed, with its kind's name before it where another kind is chosen now.
  private func typed(_ sent: Sent, _ kinds: [Kind]) -> String {
    guard sent.kind != kind, let kind = kinds.first(where: { $0.id == sent.kind }) else { return sent.typed }
    let namesKind = kinds.contains { $0.isNamed(sent.typed.trimmed.prefix { $0 != ":" }) }
    return namesKind ? sent.typed : "\(kind.name.nl): \(sent.typed)"
  }

  mutating func beginEdit(_ contribution: Contribution, from page: Model.Focus = .contributions) {
    edit = Edit(
      id: contribution.id, editor: TextEditor(contribution.text), kindBefore: edit?.kindBefore ?? kind,
      page: page)
    kind = contribution.kind
    line = nil
  }

  /// Ends a change; its text stays on the clipboard, so that a wrong key loses nothing.
  mutating func endEdit() {
    if let edit { (kind, clipboard) = (edit.kindBefore, edit.editor.text) }
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
}
