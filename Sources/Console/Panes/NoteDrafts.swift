import Conference
import Ground
import Screen

/// What is typed and not in the record: it outlives a crash.
extension Model {
  /// What is half typed, by place: `plenary`, `table-3`, or `edit-c12` for a contribution that is changed;
  /// `sent 0002 table-3 idea` for the second line of those that were given and are not in the record.
  public var drafts: [String: String] {
    var drafts: [String: String] = [:]
    for (table, editor) in note.drafts where !editor.isEmpty { drafts[Self.place(table)] = editor.text }
    if let edit = note.edit { drafts["edit-\(edit.id)"] = edit.editor.text }
    // What is kept on this laptop is safe already.
    let onlyHere = note.sent.filter { station.host == nil || $0.stage == .underway }
    for (index, sent) in onlyHere.enumerated() {
      let number = String(10_000 + index).dropFirst()
      drafts["sent \(number) \(Self.place(sent.table)) \(sent.kind)"] = sent.typed
    }
    return drafts
  }

  /// Puts back what was half typed when the program ended without keeping it.
  ///
  /// The program may have ended when a line was in the record already and its draft not yet gone: such a
  /// line does not come back.
  public mutating func restore(drafts: [String: String]) {
    for (place, text) in drafts.sorted(by: { $0.key < $1.key }) {
      let words = place.split(separator: " ", maxSplits: 3)
      if words.count == 4, words[0] == "sent", let table = Self.table(words[2]) {
        restore(text, kind: String(words[3]), table: table)
      } else if place.hasPrefix("edit-"), let index = session.contributionIndex(String(place.dropFirst(5))) {
        guard session.contributions[index].text != text else { continue }
        note.beginEdit(session.contributions[index])
        note.edit?.editor = TextEditor(text)
      } else if let table = Self.table(place[...]) {
        let last = session.contributions.last { $0.table == table && $0.by == role.name }
        guard last.map({ !isKept(text, as: $0) }) ?? true else { continue }
        note.drafts[table] = TextEditor(text)
      }
    }
    guard !note.unkept.isEmpty || note.edit != nil else { return }
    say(Phrase(nl: "Wat half getypt was staat er weer.", en: "What was half typed is back."))
  }

  /// A line that was on its way is offered for a second look: nobody knows how it ended.
  private mutating func restore(_ typed: String, kind: String, table: Int?) {
    let isSafe =
      session.contributions.contains { $0.table == table && isKept(typed, as: $0) }
      || note.sent.contains {
        $0.table == table && noteText($0.typed, kind: $0.kind) == noteText(typed, kind: kind)
      }
    guard !isSafe else { return }
    note.sent.append(
      NotePane.Sent(id: .random(), typed: typed, kind: kind, table: table, stage: .refused(Texts.cutShort)))
  }

  private func isKept(_ typed: String, as contribution: Contribution) -> Bool {
    noteText(typed, kind: contribution.kind).text == contribution.text
  }

  private static func place(_ table: Int?) -> String { table.map { "table-\($0)" } ?? "plenary" }

  /// The table that a place names, nil inside for the plenary; nil: it names none.
  private static func table(_ place: Substring) -> Int?? {
    if place == "plenary" { return .some(nil) }
    guard place.hasPrefix("table-"), let number = Int(place.dropFirst(6)) else { return nil }
    return .some(number)
  }
}
