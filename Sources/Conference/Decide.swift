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

    case .message(let text, let tables):
      for table in tables { try requireTable(table) }
      return [.messageSent(text: try checked(text), tables: tables)]
    case .mark(let text): return [.markerSet(try checked(text))]
    case .undo: return try undo(by: by)
    case .redo: return try redo(by: by)
    case .swap, .reseat, .mendTables, .pin, .unpin, .keepApart, .allowTogether:
      return try decideSeating(command)
    case .openBallot, .count, .closeBallot, .withdrawBallot: return try decideBallot(command, at: now)
    default: return try decideContribution(command, at: now, by: by)
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
    events += opening.earlier.flatMap(\.events)
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

  // MARK: - Undo

  private func undo(by: String) throws(Refusal) -> [Event] {
    guard let entry = history.lastDone(by: by) else { throw .nothingToUndo }
    guard isUnchanged(entry, since: \.after), fits(entry, \.before) else { throw .changedSince }
    return [.actionUndone(entry.cmd)]
  }

  private func redo(by: String) throws(Refusal) -> [Event] {
    guard let entry = history.lastUndone(by: by) else { throw .nothingToRedo }
    guard isUnchanged(entry, since: \.before), fits(entry, \.after) else { throw .changedSince }
    return [.actionRedone(entry.cmd)]
  }

  /// Whether the session is still sound with the entry's parts as they are on `side`.
  private func fits(_ entry: History.Entry, _ side: KeyPath<History.Part, History.Value>) -> Bool {
    var then = self
    for part in entry.parts { then.put(part[keyPath: side]) }
    // What another program wrote may not fit to begin with; that must not block every undo.
    return (then.contributionsFit || !contributionsFit) && then.ballots.count(where: \.isOpen) <= 1
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

  func checkedOrEmpty(_ text: String) throws(Refusal) -> String {
    let text = text.trimmed
    guard text.utf8.count <= Session.textLimit else { throw .textTooLong(limit: Session.textLimit) }
    return text
  }
}

extension Command {
  /// Whether it belongs to the day itself; notes and themes can still be mended after the closing.
  fileprivate var isOfTheDay: Bool {
    switch self {
    case .seat, .arrive, .leave, .register, .swap, .reseat, .mendTables, .pin, .unpin, .keepApart,
      .allowTogether, .askHelp, .answerHelp, .message:
      true
    default: false
    }
  }
}
