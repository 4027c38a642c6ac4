import Ground

/// Where an event stands in the record.
public struct Stamp: Sendable, Equatable {
  /// The line's place.
  public var seq: Int
  /// The host's time.
  public var at: Moment
  /// Who caused it.
  public var by: String
  /// The command that caused it.
  public var cmd: CommandID
  /// Creates a stamp.
  public init(seq: Int, at: Moment, by: String, cmd: CommandID) {
    self.seq = seq
    self.at = at
    self.by = by
    self.cmd = cmd
  }
}

extension Session {
  /// Folds one line of the record in.
  ///
  /// Lines of the record itself (`record.…`, `clock.adjusted`) and of other programs (`x.…`) only count; but the
  /// closing seal is kept.
  /// Throws `EventError` where the line cannot be read; the session has then only moved on its place.
  public mutating func apply(_ line: Line, in versions: EventVersions = .released) throws(EventError) {
    let stamp = Stamp(seq: line.seq, at: line.at, by: line.by, cmd: line.cmd)
    do throws(EventError) {
      apply(try Event(line, in: versions), stamp)
    } catch {
      move(to: stamp)
      if line.isOfTheRecord { return note(sealIn: line) }
      if case .unknown = error { unknownTypes[line.type, default: 0] += 1 }
      if !line.isOfOthers { throw error }
    }
  }

  /// Folds one event in; an event that refers to something unknown changes nothing.
  public mutating func apply(_ event: Event, _ stamp: Stamp) {
    move(to: stamp)
    switch event {
    case .conferencePlanned(let outline): begin(outline)
    case .itemPlanned(let item): plan?.items.append(item)
    case .tablePlaced(let table): plan?.tables.append(table)
    case .rulesSet(let rules): plan?.mixing = rules
    case .participantRegistered(let person): register(person)
    case .trajectTaken(let meeting): take(meeting)
    case .trajectSeated(let meeting, let round, let tables): take(tables, meeting: meeting, round: round)
    case .conferenceOpened:
      isOpen = true
      acquaintance = Acquaintance(earlierMeetings)
    case .messageSent(let text, let tables):
      messages.append(Message(text: text, tables: tables, at: stamp.at))
    case .actionUndone(let cmd): undo(cmd)
    case .actionRedone(let cmd): redo(cmd)
    default: applyUndoable(event, stamp)
    }
  }

  private mutating func register(_ person: Participant) {
    guard places[person.id] == nil else { return }
    places[person.id] = participants.count
    participants.append(person)
    // Who walks in is checked in by the next event; where that is undone nobody waits for them.
    if isOpen { presence[person.id] = .absent }
  }

  private mutating func move(to stamp: Stamp) {
    lastSeq = stamp.seq
    lastAt = max(lastAt, stamp.at)
  }

  /// A record whose opening was cut short opens anew: what came before counts for nothing.
  private mutating func begin(_ outline: Event.Outline) {
    var fresh = Session()
    fresh.plan = outline.plan
    fresh.zone = outline.zone
    fresh.lastSeq = lastSeq
    fresh.lastAt = lastAt
    fresh.unknownTypes = unknownTypes
    fresh.history = history.emptied
    // With their room, where it is known how many will come.
    contributions.removeAll(keepingCapacity: true)
    fresh.contributions = contributions
    fresh.gaps = gaps.map { MetGap(gap: $0.gap, contributions: 0, item: nil) }
    self = fresh
  }

  private mutating func applyUndoable(_ event: Event, _ stamp: Stamp) {
    switch event {
    case .phaseStarted(let id, _, _):
      guard let index = itemIndex(id) else { return }
      changeFlow(stamp) { $0.start(index, at: stamp.at) }
    case .conferencePaused: changeFlow(stamp) { $0.pause(at: stamp.at) }
    case .conferenceResumed: changeFlow(stamp) { $0.resume(at: stamp.at) }
    case .itemExtended(let id, let seconds):
      guard let index = itemIndex(id) else { return }
      changeFlow(stamp) { $0.extend(index, by: seconds) }
    case .slotStarted(let table): changeFlow(stamp) { $0.call(table, at: stamp.at) }
    case .slotEnded: changeFlow(stamp) { $0.endSlot() }
    case .conferenceClosed:
      sealBehindClosing = nil
      changeFlow(stamp) { $0.close(at: stamp.at) }

    case .participantArrived(let id): setPresence(.present, of: id, stamp)
    case .participantLeft(let id): setPresence(.absent, of: id, stamp)
    case .seatingDrawn(let round, let drawing):
      changeSeating(round, stamp) { $0 = RoundSeating(drawing: drawing) }
    case .tableSeated(let round, let table, let people):
      changeSeating(round, stamp) { $0?.tables[table] = people }
    case .seatTaken(let round, let table, let person, let change):
      changeSeating(round, stamp) {
        $0?.tables[table, default: []].append(person)
        if let change { $0?.changes.append(change) }
      }
    case .seatLeft(let round, let table, let person):
      changeSeating(round, stamp) { $0?.tables[table]?.removeAll { $0 == person } }
    case .personPinned(let id, let table): changeRules(stamp) { $0 = $0.pinning(id, to: table) }
    case .personUnpinned(let id): changeRules(stamp) { $0 = $0.unpinning(id) }
    case .peopleParted(let people): changeRules(stamp) { $0.keepApart.append(people) }
    case .peopleJoined(let people): changeRules(stamp) { $0 = $0.allowingTogether(people) }
    case .helpAsked(let table): setHelp(table, since: stamp.at, stamp)
    case .helpAnswered(let table): setHelp(table, since: nil, stamp)
    case .markerSet(let text):
      let before = markers
      markers.append(Marker(text: text, at: stamp.at))
      note(stamp, .marker(before), .marker(markers))
    default: applyYield(event, stamp)
    }
  }

  // MARK: - One change each, noted for undo

  /// Notes a change for undo; what the host does by itself (the survey, the drawing of all rounds at the
  /// opening) is nobody's to undo.
  mutating func note(
    _ stamp: Stamp, _ before: History.Value, _ after: History.Value
  ) {
    guard stamp.by != "host" else { return }
    history.note(
      cmd: stamp.cmd, by: stamp.by, before: before, after: after)
  }

  private mutating func changeFlow(_ stamp: Stamp, _ change: (inout Flow) -> Void) {
    let before = flow
    change(&flow)
    note(stamp, .flow(before), .flow(flow))
  }

  private mutating func changeSeating(
    _ round: Int, _ stamp: Stamp, _ change: (inout RoundSeating?) -> Void
  ) {
    let before = seatings[round]
    change(&seatings[round])
    note(stamp, .seating(round, before), .seating(round, seatings[round]))
  }

  private mutating func changeRules(_ stamp: Stamp, _ change: (inout MixingRules) -> Void) {
    guard var rules = plan?.mixing else { return }
    let before = rules
    change(&rules)
    plan?.mixing = rules
    note(stamp, .rules(before), .rules(rules))
  }

  private mutating func setPresence(
    _ new: Presence, of id: String, _ stamp: Stamp
  ) {
    let before = presence(of: id)
    presence[id] = new
    note(stamp, .presence(id, before), .presence(id, new))
  }

  private mutating func setHelp(
    _ table: Int, since moment: Moment?, _ stamp: Stamp
  ) {
    let before = help[table]
    help[table] = moment
    note(stamp, .help(table, before), .help(table, moment))
  }
}
