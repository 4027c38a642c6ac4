import Conference
import Ground
import Screen

extension Model {
  /// Takes in what happened and answers with what must be done outside.
  public mutating func update(_ occurrence: Occurrence) -> [Effect] {
    takeIn(occurrence) + takeDrawingLeft()
  }

  private mutating func takeIn(_ occurrence: Occurrence) -> [Effect] {
    defer {
      if tally.seq != session.lastSeq { tally = TableCounts(session) }
      if focus == .seating { seating.follow(session, table: tables.number(in: session)) }
      if focus == .meetings { meetings.follow(session) }
      followTour()
      followContributions()
      followStation()
    }
    switch occurrence {
    case .input(let event): return input(event)
    case .tick(let time): return tick(time)
    case .lines(let lines):
      for line in lines {
        // A line that this version cannot read is counted by the session and changes nothing here.
        try? session.apply(line)
        note.forget(line.cmd)
        settled(line.cmd)
        announce(line)
      }
      expect()
      now = max(now, session.lastAt)
      return warn()
    case .room(let isNearlyFull):
      isDiskNearlyFull = isNearlyFull
      return []
    case .notice(let phrase):
      say(phrase, .warning)
      return []
    case .edited(let text):
      guard let text else {
        say(Texts.noEditor, .warning)
        return []
      }
      note.replace(text, table: noteTable)
      return []
    case .papers(let outcome):
      papersWritten(outcome)
      return []
    case .devices(let devices):
      showDevices(devices)
      return []
    case .host(let sight):
      saw(sight)
      return []
    case .joined(let problem):
      _ = answerPrompt(problem)
      return []
    case .anew(let session):
      begin(session)
      return []
    case .drawing(let id, let picture):
      if drawing?.id == id { drawing?.show(picture) }
      return []
    case .answer(let id, let outcome):
      let isRefused = drawingEnded(id, outcome)
      return isRefused ? [] : answered(id, outcome)
    }
  }

  private mutating func tick(_ time: Moment) -> [Effect] {
    if replay != nil {
      tickReplay(time)
      return []
    }
    // The time of a host elsewhere is known once it was found: until then this laptop's may have been wrong.
    now = station.host == nil ? max(now, time) : time
    if let toast, now > toast.until || toast.until - now > .minutes(1) { self.toast = nil }
    mendHint.follow(session)
    return warn()
  }

  /// Rings and flashes once when the item that runs reaches a new stage of warning (wishes 5 and 6).
  private mutating func warn() -> [Effect] {
    let warning = session.itemClock(at: now)?.warning
    defer { lastWarning = warning }
    guard let warning, warning != lastWarning, replay == nil, !isSilent else { return [] }
    switch warning {
    case .halfTime: return []
    case .left: return [.bell]
    case .end, .over: return [.bell, .flash]
    }
  }

  // MARK: - Keys

  private mutating func input(_ event: InputEvent) -> [Effect] {
    switch event {
    case .key(let key): return press(key)
    case .paste(let text): paste(text)
    case .mouse(let mouse): return point(mouse)
    case .resized(let size): self.size = size
    case .resumed: replay?.forgetTick()
    case .hangUp, .terminate, .endOfInput: return [.quit]
    }
    return []
  }

  private mutating func press(_ key: Key) -> [Effect] {
    if !layers.isEmpty { return updateLayer(key) }
    toast = nil
    if let command = ConsoleCommand.find(key, in: self) {
      if command.id == .chooseTable, case .character(let digit) = key { return chooseTable(digit) }
      if command.id == .noteTable, case .alt(let digit) = key { return goToTable(digit) }
      return perform(command)
    }
    switch focus {
    case .note: typeNote(key)
    case .people: people.type(key, in: session)
    case .ballots: ballots.type(key, in: session)
    case .contributions: contributions.type(key)
    case .meetings: meetings.type(key, in: session)
    case .agenda, .tables, .seating, .drawing, .known: break
    }
    return []
  }

  /// What becomes of the keys that are typed now.
  var typing: Typing {
    switch focus {
    case .note: .text
    case .people, .meetings: .lookup
    case .ballots: replay == nil ? ballots.typing(in: session) : .nothing
    case .contributions: contributions.isSearching ? .lookup : .nothing
    case .agenda, .tables, .seating, .drawing, .known: .nothing
    }
  }

  /// Carries a command out, or says why it cannot be done now.
  mutating func perform(_ command: ConsoleCommand) -> [Effect] {
    if let why = command.whyNot(self) {
      say(why, .warning)
      return []
    }
    return command.action(&self)
  }

  private mutating func paste(_ text: String) {
    switch layers.last {
    case .prompt(var prompt):
      prompt.editor.insert(text)
      layers[layers.count - 1] = .prompt(prompt)
    case .menu(var menu):
      menu.query.insert(text)
      menu.queryChanged()
      layers[layers.count - 1] = .menu(menu)
    case nil where focus == .note: pasteNote(text)
    case nil where focus == .people:
      people.look(for: people.query + text.filter { !$0.isNewline }, in: session)
    case nil where focus == .contributions && contributions.isSearching:
      contributions.filter.search += text.filter { !$0.isNewline }
    default: break
    }
  }

  /// Chooses the table with this number; a second digit within two seconds makes it 10 or more.
  private mutating func chooseTable(_ digit: Character) -> [Effect] {
    func index(_ number: Int?) -> Int? { session.tables.firstIndex { $0.number == number } }
    var found = index(tables.type(digit, at: now))
    if found == nil {
      // No such table: the digit begins a number of its own.
      tables.forgetDigits()
      found = index(tables.type(digit, at: now))
    }
    guard let found else {
      say(Refusal.unknownTable(digit.wholeNumberValue ?? 0).phrase, .warning)
      return []
    }
    tables.selected = found
    isPlenaryNote = false
    if focus == .contributions { contributions.toggle(table: session.tables[found].number) }
    return []
  }

  mutating func moveSelection(_ step: Int) -> [Effect] {
    switch focus {
    case .agenda: agenda.move(by: step, in: session)
    case .tables: tables.move(by: step, in: session)
    case .contributions: contributions.move(by: step, in: session)
    case .people: people.move(by: step, in: session)
    case .known: tablePage.move(by: step)
    case .ballots: return keepCount { $0.move(by: step, in: $1) }
    case .seating: moveInSeating(step)
    case .drawing: drawing?.move(by: step)
    case .meetings: meetings.move(by: step)
    case .note: chooseLine(step)
    }
    return []
  }

  /// Moves the focus over the panes of the hall; a page is left by Esc.
  mutating func moveFocus(_ step: Int) -> [Effect] {
    if focus == .seating { seating.movePart(step) }
    let panes = Focus.hall
    guard let index = panes.firstIndex(of: focus) else { return [] }
    focus = panes[(index + step + panes.count) % panes.count]
    return []
  }

  /// Starts the item after the one on the screen, so that a key that bounces never starts two; after the
  /// last one it asks whether to close.
  mutating func startNext() -> [Effect] {
    let next = (session.flow.current ?? -1) + 1
    guard session.items.indices.contains(next) else {
      confirm(Texts.closeQuestion, .close(deliberate: true))
      return []
    }
    return give(.move(to: session.items[next].id, deliberate: false))
  }

  /// Undoes the last action, and asks first where that would send the whole hall back to another item.
  mutating func undo() -> [Effect] {
    guard let item = session.itemAfterUndo(by: role.name) else { return give(.undo) }
    confirm(Texts.undoQuestion(item.title), .undo)
    return []
  }

  /// Asks before leaving a conference that runs, or what was not kept: text, or tables.
  mutating func askToLeave() -> [Effect] {
    let drafts = note.unkept.map { $0.map(Texts.table) ?? Phase.plenary.name }
    let isDrawing = drawing?.isEnding == false
    guard replay == nil, session.flow.status == .running || !drafts.isEmpty || isDrawing || keptCount > 0
    else {
      return [.quit]
    }
    let text =
      if !drafts.isEmpty {
        Texts.leaveDrafts(drafts)
      } else if isDrawing {
        Texts.leaveDrawing
      } else {
        station.host == nil ? Texts.leaveQuestion : Texts.leaveDevice(of: station.table, kept: keptCount)
      }
    layers.append(.question(Question(text: text) { _ in [.quit] }))
    return []
  }

  mutating func proposeToFinishOnTime() -> [Effect] {
    let proposal = session.proposalToFinishOnTime(at: now)
    guard !proposal.shorten.isEmpty else {
      let refusal: Refusal =
        proposal.missing > 0 ? .cannotFinishOnTime(missing: proposal.missing) : .onTime
      say(refusal.phrase, .notice)
      return []
    }
    let list = proposal.shorten.map { change in
      (
        title: session.itemIndex(change.item).map { session.items[$0].title } ?? change.item,
        minutes: change.seconds / 60
      )
    }
    confirm(Texts.shorten(list, missing: proposal.missing), .finishOnTime)
    return []
  }

  // MARK: - Answers

  private mutating func answered(_ id: CommandID, _ outcome: ConsoleLink.Outcome) -> [Effect] {
    if case .kept = outcome {
      keptHere(id)
      return []
    }
    settled(id)
    let command = underway.removeValue(forKey: id)
    let count = ballots.underway.removeValue(forKey: id)
    let then = afterwards.removeValue(forKey: id)
    switch outcome {
    case .kept: return []
    case .inRecord:
      // What could be written shows that writing works.
      let isMended = trouble != nil && command == nil
      trouble = nil
      if isMended || asked == id { _ = answerPrompt(nil) }
      if isMended { say(Texts.mended(elsewhere), .ok) }
      if let command { kept(id, command) }
      return then?(&self) ?? []
    case .refused(let why, let wantsYes):
      if let command, command.isNote, asked != id, count == nil, !wantsYes {
        notKept(id, command, why)
        return []
      }
      if let count {
        notCounted(count, why, wantsYes: wantsYes)
      } else if wantsYes, let deliberate = command?.deliberately {
        confirm(why, deliberate)
      } else if asked != id && command != nil || !answerPrompt(why) {
        say(why, .warning)
      }
      return [.forget(id)]
    case .trouble(let why):
      trouble = why[language]
      if let command, command.isNote, asked != id { notKept(id, command, why) }
      if let count { ballots.giveBack(count, in: session) }
      if asked == id { _ = answerPrompt(why) }
      return [.bell]
    }
  }

  /// Tells in words what the record now says, for what is not seen at once.
  private mutating func announce(_ line: Line) {
    switch line.type {
    case "phase.started", "conference.closed":
      agenda.follow(session)
      if let item = session.currentItem { say(Texts.done(Phrase(same: item.title)), .ok) }
    case "ballot.opened", "ballot.closed": ballots.follow(session)
    case "message.sent":
      if let message = session.messages.last { say(Texts.message(message.text), .ok) }
    case "table.seated": say(Texts.drawn, .ok)
    case "action.undone": say(Texts.done(Phrase(nl: "ongedaan gemaakt", en: "undone")), .ok)
    case "action.redone": say(Texts.done(Phrase(nl: "opnieuw gedaan", en: "done again")), .ok)
    case "clock.adjusted": if let jump = Texts.clockJumped(line) { say(jump, .warning) }
    case "marker.set": say(Texts.done(Phrase(nl: "gemarkeerd", en: "marked")), .ok)
    default: break
    }
  }
}

extension Command {
  /// The same command, given deliberately.
  var deliberately: Command? {
    switch self {
    case .move(let id, _): .move(to: id, deliberate: true)
    case .close: .close(deliberate: true)
    case .swap(let round, let a, let b, _): .swap(round: round, a: a, b: b, deliberate: true)
    case .reseat(let person, let table, let round, _):
      .reseat(person: person, table: table, round: round, deliberate: true)
    case .mendTables(let moves, _): .mendTables(moves, deliberate: true)
    case .pin(let person, let table, _): .pin(person: person, table: table, deliberate: true)
    default: nil
    }
  }

  /// Whether it is a text that somebody typed.
  public var isNote: Bool {
    switch self {
    case .contribute, .amend: true
    default: false
    }
  }
}
