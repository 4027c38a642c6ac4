import Ground

extension Session {
  /// The longest text of a contribution, a theme or a message, in bytes of UTF-8.
  ///
  /// However it is escaped, it fits the record's limit of 64 KiB for a line.
  public static let textLimit = 10_000

  /// Decides what a command brings about, and changes nothing.
  ///
  /// `now` is the host's time and `by` who gives the command. Throws `Refusal` with a reason that a person
  /// understands.
  public func decide(_ command: Command, at now: Moment, by: String) throws(Refusal) -> [Event] {
    if case .open(let opening) = command { return try open(opening, at: now) }
    guard isOpen else { throw .notOpen }
    if flow.status == .closed, command.isOfTheDay { throw .alreadyClosed }
    switch command {
    case .open: throw .alreadyOpen
    case .advance: return try advance()
    case .move(let id, let deliberate): return try move(to: id, deliberate: deliberate)
    case .pause: return try pause()
    case .resume: return try resume()
    case .extend(let id, let seconds): return try extend(id, by: seconds)
    case .finishOnTime: return try finishOnTime(at: now)
    case .call(let table): return try call(table)
    case .endSlot:
      guard let slot = flow.slot else { throw .notReportBack }
      return [.slotEnded(table: slot.table)]
    case .close(let deliberate): return try close(deliberate: deliberate)

    case .seat(let rounds): return try seat(rounds)
    case .arrive(let id): return try arrive(id)
    case .leave(let id): return try leave(id)
    case .register(let name, let organisation, let group, let municipality):
      return try register(
        name: name, organisation: organisation, group: group, municipality: municipality)
    case .askHelp(let table):
      try requireTable(table)
      guard help[table] == nil else { throw .helpAlreadyAsked(table) }
      return [.helpAsked(table: table)]
    case .answerHelp(let table):
      try requireTable(table)
      guard help[table] != nil else { throw .noHelpAsked(table) }
      return [.helpAnswered(table: table)]

    case .contribute(let new): return try contribute(new, at: now, by: by)
    case .amend(let id, let text, let kind): return try amend(id, text: text, kind: kind)
    case .withdraw(let id):
      guard !(try contribution(id)).isWithdrawn else { throw .nothingChanges }
      return [.contributionWithdrawn(id: id)]
    case .restore(let id):
      guard try contribution(id).isWithdrawn else { throw .nothingChanges }
      return [.contributionRestored(id: id)]
    case .show(let id, let isShown):
      guard try contribution(id).isShown != isShown else { throw .nothingChanges }
      return [.contributionShown(id: id, isShown: isShown)]
    case .assign(let id, let theme):
      if let theme { _ = try self.theme(theme) }
      guard try contribution(id).theme != theme else { throw .nothingChanges }
      return [.contributionThemed(id: id, theme: theme)]
    case .addTheme(let title, let body):
      return [
        .themeAdded(
          Theme(
            id: "t\(themes.count + 1)", title: try checked(title), body: try body.map(checkedOrEmpty)))
      ]
    case .amendTheme(let id, let title, let body):
      let old = try self.theme(id)
      var theme = old
      theme.title = try checked(title)
      theme.body = try body.map(checkedOrEmpty)
      guard theme != old else { throw .nothingChanges }
      return [.themeAmended(theme)]

    case .message(let text, let tables):
      for table in tables { try requireTable(table) }
      return [.messageSent(text: try checked(text), tables: tables)]
    case .mark(let text): return [.markerSet(try checked(text))]
    case .undo: return try undo(by: by)
    case .redo: return try redo(by: by)
    }
  }

  // MARK: - Opening

  private func open(_ opening: Opening, at now: Moment) throws(Refusal) -> [Event] {
    guard !isOpen || isUntouched else { throw .alreadyOpen }
    var outline = opening.plan
    outline.items = []
    outline.tables = []
    outline.mixing = MixingRules()
    var events: [Event] = [.conferencePlanned(.init(plan: outline, zone: opening.zone))]
    events += opening.plan.items.map { .itemPlanned($0) }
    events += opening.plan.tables.map { .tablePlaced($0) }
    events.append(.rulesSet(opening.plan.mixing))
    events += opening.participants.map { .participantRegistered($0) }
    for (index, answer) in opening.survey.enumerated() {
      events.append(
        .contributionAdded(
          Contribution(
            id: "c\(index + 1)", table: nil, item: nil, kind: answer.kind, text: try checked(answer.text),
            at: now, by: "host", source: answer.source, origin: answer.origin)))
    }
    // Last, so that an opening which was cut short is seen to be one.
    events.append(
      .conferenceOpened(
        items: opening.plan.items.count, tables: opening.plan.tables.count,
        participants: opening.participants.count))
    return events
  }

  // MARK: - Contributions

  private func contribute(
    _ new: NewContribution, at now: Moment, by: String
  ) throws(Refusal) -> [Event] {
    if let table = new.table { try requireTable(table) }
    guard kind(new.kind) != nil else { throw .unknownKind(new.kind) }
    if let parent = new.parent { _ = try contribution(parent) }
    return [
      .contributionAdded(
        Contribution(
          id: "c\(contributions.count + 1)", table: new.table, item: currentItem?.id, kind: new.kind,
          text: try checked(new.text), at: now, by: by, parent: new.parent))
    ]
  }

  private func amend(_ id: String, text: String, kind: String) throws(Refusal) -> [Event] {
    let old = try contribution(id)
    guard self.kind(kind) != nil else { throw .unknownKind(kind) }
    let text = try checked(text)
    guard old.text != text || old.kind != kind else { throw .nothingChanges }
    return [.contributionAmended(id: id, text: text, kind: kind)]
  }

  private func contribution(_ id: String) throws(Refusal) -> Contribution {
    guard let index = contributionIndex(id) else { throw .unknownContribution(id) }
    return contributions[index]
  }

  private func theme(_ id: String) throws(Refusal) -> Theme {
    guard let index = themeIndex(id), !themes[index].isWithdrawn else { throw .unknownTheme(id) }
    return themes[index]
  }

  // MARK: - Undo

  private func undo(by: String) throws(Refusal) -> [Event] {
    guard let entry = history.lastDone(by: by) else { throw .nothingToUndo }
    guard isUnchanged(entry, since: \.after) else { throw .changedSince }
    return [.actionUndone(entry.cmd)]
  }

  private func redo(by: String) throws(Refusal) -> [Event] {
    guard let entry = history.lastUndone(by: by) else { throw .nothingToRedo }
    guard isUnchanged(entry, since: \.before) else { throw .changedSince }
    return [.actionRedone(entry.cmd)]
  }

  // MARK: - Checks that several commands share

  func requireTable(_ number: Int) throws(Refusal) {
    guard tables.contains(where: { $0.number == number }) else { throw .unknownTable(number) }
  }

  /// The text without white space around it, refused where it is empty or too long.
  func checked(_ text: String) throws(Refusal) -> String {
    let text = try checkedOrEmpty(text)
    guard !text.isEmpty else { throw .emptyText }
    return text
  }

  private func checkedOrEmpty(_ text: String) throws(Refusal) -> String {
    let text = text.trimmed
    guard text.utf8.count <= Session.textLimit else { throw .textTooLong(limit: Session.textLimit) }
    return text
  }
}

extension Command {
  /// Whether it belongs to the day itself; notes and themes can still be mended after the closing.
  fileprivate var isOfTheDay: Bool {
    switch self {
    case .seat, .arrive, .leave, .register, .askHelp, .answerHelp, .message: true
    default: false
    }
  }
}
