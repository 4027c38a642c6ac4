import Conference
import Ground
import Screen

/// How what is typed comes into the record, and what is done with a table's lines.
extension Model {
  /// The table for which is typed; nil: the plenary.
  var noteTable: Int? { station.table ?? (isPlenaryNote ? nil : tables.number(in: session)) }

  /// The day from which dates without a year count on.
  var today: CalendarDate { session.zone.local(now).date }

  private var kinds: [Kind] { session.plan?.kinds ?? [] }

  func noteText(_ typed: String, kind: String) -> NoteText {
    NoteText(typed, kind: kind, kinds: kinds, today: today)
  }

  mutating func typeNote(_ key: Key) {
    let editor = note.editor(table: noteTable)
    if key == .up, note.edit == nil, editor.cursor == 0, editor.selection == nil {
      chooseLine(-1)
      return
    }
    // Whoever types is back in the field.
    note.line = nil
    let columns = max(1, size.columns - 2)
    // With a selection the keys that copy and cut it go before the kinds' letters.
    if editor.selection != nil, note.apply(key, table: noteTable, columns: columns) { return }
    if case .alt(let letter) = key, note.chooseKind(letter, in: session) { return }
    _ = note.apply(key, table: noteTable, columns: columns)
  }

  /// Takes in a paste; one of many lines can become a contribution for each.
  mutating func pasteNote(_ text: String) {
    note.line = nil
    // As the field takes it: without control characters.
    let text = TextEditor(text).text
    let lines = PastedLines.split(text)
    // Before the plan came nothing can be given: then it waits in the field.
    guard lines.count > 1, note.edit == nil, session.plan != nil else {
      return note.insert(text, table: noteTable)
    }
    let (table, kind) = (noteTable, note.kind)
    var menu = Menu(
      title: Texts.pasted(lines.count),
      entries: [
        Menu.Entry(id: "each", text: Texts.keepEach(lines.count)[language]),
        Menu.Entry(id: "one", text: Texts.keepTogether[language]),
        Menu.Entry(id: "back", text: Texts.keepNothing[language]),
      ]
    ) { model, choice in
      switch choice {
      case .entry(let entry) where entry.id == "each":
        return lines.flatMap { model.offer($0, kind: kind, table: table) }
      case .entry(let entry) where entry.id == "one": model.note.insert(text, table: table)
      default: model.note.clipboard = text
      }
      return []
    }
    menu.leave = { model in
      model.note.clipboard = text
      return []
    }
    open(menu)
  }

  // MARK: - Keeping

  /// Gives what was typed; the field is free at once, and gets the text back if it is refused.
  mutating func keepNote() -> [Effect] {
    if let edit = note.edit {
      guard !edit.isUnderway else { return [] }
      note.edit?.isUnderway = true
      note.state = .underway
      return give(.amend(id: edit.id, text: edit.editor.text, kind: note.kind))
    }
    let typed = note.text(table: noteTable)
    // Without the plan nobody knows the kinds, and the host would refuse the line.
    guard session.plan != nil else {
      note.state = .refused(Texts.noPlanYet)
      return []
    }
    guard !noteText(typed, kind: note.kind).text.isEmpty else {
      note.state = .refused(Refusal.emptyText.phrase)
      return []
    }
    note.drafts[noteTable] = nil
    return offer(typed, kind: note.kind, table: noteTable)
  }

  /// Gives a line to the host, and shows it as being on its way.
  mutating func offer(_ typed: String, kind: String, table: Int?) -> [Effect] {
    let effects = give(.contribute(noteText(typed, kind: kind).contribution(table: table)))
    guard case .submit(let id, _) = effects.first else { return effects }
    note.sent.append(NotePane.Sent(id: id, typed: typed, kind: kind, table: table))
    note.state = .underway
    return effects
  }

  /// Gives all lines again that were refused.
  mutating func offerAgain() -> [Effect] {
    let failed = note.sent.filter { $0.failure != nil }
    note.sent.removeAll { $0.failure != nil }
    note.line = nil
    // Forgotten once it is given anew, so that at any moment it is kept somewhere.
    return failed.flatMap { sent in
      (sent.changes.map { give(.amend(id: $0, text: sent.typed, kind: sent.kind)) }
        ?? offer(sent.typed, kind: sent.kind, table: sent.table)) + [.forget(sent.id)]
    }
  }

  /// Takes in that a note's command is in the record.
  mutating func kept(_ id: CommandID, _ command: Command) {
    note.forget(id)
    switch command {
    case .contribute(let new):
      if focus == .ballots, new.kind == "proposition" { ballots.draft?.takeUpNewest(in: session) }
      // One that was refused is told until the next Enter, however many others came through.
      if case .refused = note.state { return }
      note.state = stateOfWaiting ?? .inRecord(table: new.table)
    case .amend(let id, _, _):
      note.state =
        stateOfWaiting
        ?? .inRecord(table: session.contributionIndex(id).flatMap { session.contributions[$0].table })
      if note.edit?.id == id, note.edit?.isUnderway == true { amended() }
    default:
      if station.host != nil, note.state == .kept {
        note.state = stateOfWaiting ?? .inRecord(table: noteTable)
      }
      seatsKept(command)
    }
  }

  /// What is told while something is not in the record yet.
  private var stateOfWaiting: NotePane.State? {
    note.sent.contains { $0.stage == .underway } ? .underway : keptCount > 0 ? .kept : nil
  }

  /// Ends a change that is safe.
  mutating func amended() {
    let page = note.edit?.page ?? .contributions
    note.endEdit()
    if focus == .note { focus = page }
  }

  /// Gives a text that was refused back to its field, or marks its line where the field is not free.
  ///
  /// Where the host is another laptop the answer may come an hour later, and the line stays where it is.
  mutating func notKept(_ id: CommandID, _ command: Command, _ why: Phrase) {
    note.state = .refused(why)
    if case .amend(let contribution, let text, let kind) = command {
      if note.edit?.id == contribution, note.edit?.isUnderway == true {
        note.edit?.isUnderway = false
      } else if station.host != nil {
        note.sent.append(changeRefused(id, of: contribution, text, kind, why))
      }
    }
    guard let index = note.sent.firstIndex(where: { $0.id == id }) else { return }
    note.sent[index].stage = .refused(why)
    let sent = note.sent[index]
    if station.host == nil, note.drafts[sent.table]?.isEmpty ?? true {
      note.forget(id)
      note.giveBack(sent, kinds: kinds)
    }
  }

  // MARK: - Going elsewhere

  mutating func noteTable(_ step: Int) -> [Effect] {
    guard note.edit == nil else { return [] }
    (isPlenaryNote, note.line) = (false, nil)
    tables.move(by: step, in: session)
    return []
  }

  /// Goes to the table with this number; 0 is the plenary.
  mutating func goToTable(_ digit: Character) -> [Effect] {
    guard note.edit == nil, let number = digit.wholeNumberValue else { return [] }
    guard number > 0 else {
      (isPlenaryNote, note.line) = (true, nil)
      return []
    }
    guard let index = session.tables.firstIndex(where: { $0.number == number }) else {
      say(Refusal.unknownTable(number).phrase, .warning)
      return []
    }
    (isPlenaryNote, note.line, tables.selected) = (false, nil, index)
    return []
  }

  mutating func leaveNote() -> [Effect] {
    if let edit = note.edit {
      note.endEdit()
      say(Texts.discardedText)
      focus = edit.page
      return []
    }
    (isPlenaryNote, note.line) = (false, nil)
    if station.table == nil { focus = .tables }
    return []
  }

  mutating func editContribution() -> [Effect] {
    guard let chosen = contributions.contribution(in: session) else { return [] }
    note.beginEdit(chosen)
    focus = .note
    return []
  }

  // MARK: - A line of the table

  /// The lines of the table for which is typed, the newest last.
  var noteLines: [NotePane.Line] {
    expected.contributions(ofTable: noteTable).map { .kept($0.id) }
      + note.sent.filter { $0.table == noteTable }.map { .sent($0.id) }
  }

  /// Chooses the line above or below; below the last one is the field.
  mutating func chooseLine(_ step: Int) {
    let lines = noteLines
    guard !lines.isEmpty, note.edit == nil else { return }
    let index = note.line.flatMap(lines.firstIndex) ?? lines.count
    let next = max(0, index + step)
    note.line = next < lines.count ? lines[next] : nil
  }

  /// The chosen line's contribution, or nil where it has none yet.
  var chosenNote: Contribution? {
    guard case .kept(let id) = note.line else { return nil }
    let expected = expected
    return expected.contributionIndex(id).map { expected.contributions[$0] }
  }

  /// Takes the chosen line into the field, to change it.
  mutating func editLine() -> [Effect] {
    if let chosen = chosenNote { note.beginEdit(chosen, from: .note) }
    if case .sent(let id) = note.line, let index = note.sent.firstIndex(where: { $0.id == id }) {
      guard note.sent[index].failure != nil else {
        say(Texts.notKeptYet, .warning)
        return []
      }
      let sent = note.sent.remove(at: index)
      if let id = sent.changes, let index = session.contributionIndex(id) {
        note.beginEdit(session.contributions[index], from: .note)
        note.edit?.editor = TextEditor(sent.typed)
      } else {
        note.giveBack(sent, kinds: kinds)
      }
      note.line = nil
      return [.forget(sent.id)]
    }
    note.line = nil
    return []
  }

  /// Moves the chosen line one place up or down among those of its table.
  mutating func moveLine(_ step: Int) -> [Effect] {
    guard let chosen = chosenNote else { return [] }
    let order = expected.contributions(ofTable: chosen.table).map(\.id)
    guard let index = order.firstIndex(of: chosen.id), order.indices.contains(index + step) else { return [] }
    let before = step < 0 ? index - 1 : index + 2
    return give(.reorder(id: chosen.id, before: order.indices.contains(before) ? order[before] : nil))
  }

  /// Asks who does an action and by when: of the chosen line, or of what is being typed.
  mutating func askOwner() -> [Effect] {
    let today = today
    if let chosen = chosenNote {
      let known = OwnerAndDate.suffix(chosen.owner, chosen.due).trimmed
      ask(Texts.askOwner, text: known) { _, typed in
        guard let read = OwnerAndDate(typed, today: today) else { return .refuse(Texts.noDate) }
        return .give(.assignAction(id: chosen.id, owner: read.owner, due: read.due))
      }
      return []
    }
    let table = noteTable
    ask(Texts.askOwner) { model, typed in
      guard let read = OwnerAndDate(typed, today: today) else { return .refuse(Texts.noDate) }
      let text = model.note.text(table: table)
      let suffix = OwnerAndDate.suffix(read.owner, read.due)
      model.note.setEditor(TextEditor(text + suffix), table: table)
      return .done([])
    }
    return []
  }
}
