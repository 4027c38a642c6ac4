import Ground

// The record's vocabulary: every type's name and payload, written by hand and never derived from Swift's
// names. A released type never changes its meaning; a new shape is a new version with an upcaster.

/// The types of events, by their names in the record.
public enum EventType: String, Sendable, CaseIterable {
  case conferencePlanned = "conference.planned"
  case itemPlanned = "item.planned"
  case tablePlaced = "table.placed"
  case rulesSet = "rules.set"
  case participantRegistered = "participant.registered"
  case trajectTaken = "traject.taken"
  case trajectSeated = "traject.seated"
  case conferenceOpened = "conference.opened"
  case phaseStarted = "phase.started"
  case conferencePaused = "conference.paused"
  case conferenceResumed = "conference.resumed"
  case itemExtended = "item.extended"
  case slotStarted = "slot.started"
  case slotEnded = "slot.ended"
  case conferenceClosed = "conference.closed"
  case participantArrived = "participant.arrived"
  case participantLeft = "participant.left"
  case seatingDrawn = "seating.drawn"
  case tableSeated = "table.seated"
  case seatTaken = "seat.taken"
  case seatLeft = "seat.left"
  case personPinned = "person.pinned"
  case personUnpinned = "person.unpinned"
  case peopleParted = "people.parted"
  case peopleJoined = "people.joined"
  case ballotOpened = "ballot.opened"
  case ballotCounted = "ballot.counted"
  case ballotClosed = "ballot.closed"
  case ballotWithdrawn = "ballot.withdrawn"
  case helpAsked = "help.asked"
  case helpAnswered = "help.answered"
  case contributionAdded = "contribution.added"
  case contributionAmended = "contribution.amended"
  case contributionWithdrawn = "contribution.withdrawn"
  case contributionRestored = "contribution.restored"
  case contributionShown = "contribution.shown"
  case contributionMarked = "contribution.marked"
  case contributionQuoted = "contribution.quoted"
  case contributionLinked = "contribution.linked"
  case contributionMerged = "contribution.merged"
  case contributionLabelled = "contribution.labelled"
  case contributionAttributed = "contribution.attributed"
  case contributionMoved = "contribution.moved"
  case contributionTopped = "contribution.topped"
  case actionAssigned = "action.assigned"
  case contributionThemed = "contribution.themed"
  case themeAdded = "theme.added"
  case themeAmended = "theme.amended"
  case messageSent = "message.sent"
  case markerSet = "marker.set"
  case actionUndone = "action.undone"
  case actionRedone = "action.redone"

  /// The newest version of the payload's shape; all since it are read.
  public var version: Int { 1 }
}

extension Event {
  /// Whether this version understands lines of `type` in `version`.
  public static func knows(type: String, version: Int) -> Bool {
    EventVersions.released.knows(type: type, version: version)
  }

  /// The event as the record writes it.
  public var draft: Draft {
    func draft(_ type: EventType, _ data: JSON) -> Draft {
      Draft(type: type.rawValue, version: type.version, data: data)
    }
    return switch self {
    case .conferencePlanned(let outline): draft(.conferencePlanned, outline.json)
    case .itemPlanned(let item): draft(.itemPlanned, item.json)
    case .tablePlaced(let table): draft(.tablePlaced, table.json)
    case .rulesSet(let rules): draft(.rulesSet, rules.json)
    case .participantRegistered(let person): draft(.participantRegistered, person.json)
    case .trajectTaken(let meeting): draft(.trajectTaken, meeting.json)
    case .trajectSeated(let meeting, let round, let tables):
      draft(
        .trajectSeated,
        [
          "meeting": .string(meeting), "round": .int(round),
          "tables": .array(tables.map { ["table": .int($0.number), "people": .strings($0.people)] }),
        ])
    case .conferenceOpened(let items, let tables, let participants):
      draft(
        .conferenceOpened,
        ["items": .int(items), "tables": .int(tables), "participants": .int(participants)])
    case .phaseStarted(let item, let phase, let departure):
      draft(
        .phaseStarted,
        .members([
          "item": .string(item), "phase": .string(phase.rawValue),
          "departure": departure.map { .string($0.rawValue) },
        ]))
    case .conferencePaused: draft(.conferencePaused, [:])
    case .conferenceResumed: draft(.conferenceResumed, [:])
    case .itemExtended(let item, let seconds):
      draft(.itemExtended, ["item": .string(item), "seconds": .int(seconds)])
    case .slotStarted(let table): draft(.slotStarted, ["table": .int(table)])
    case .slotEnded(let table): draft(.slotEnded, ["table": .int(table)])
    case .conferenceClosed: draft(.conferenceClosed, [:])
    case .participantArrived(let id): draft(.participantArrived, ["id": .string(id)])
    case .participantLeft(let id): draft(.participantLeft, ["id": .string(id)])
    case .seatingDrawn(let round, let drawing): draft(.seatingDrawn, drawing.json(round: round))
    case .tableSeated(let round, let table, let people):
      draft(
        .tableSeated, ["round": .int(round), "table": .int(table), "people": .strings(people)])
    case .seatTaken(let round, let table, let person, let change):
      draft(
        .seatTaken,
        .members([
          "round": .int(round), "table": .int(table), "id": .string(person), "change": change?.json,
        ]))
    case .seatLeft(let round, let table, let person):
      draft(.seatLeft, ["round": .int(round), "table": .int(table), "id": .string(person)])
    case .personPinned(let id, let table):
      draft(.personPinned, ["id": .string(id), "table": .int(table)])
    case .personUnpinned(let id): draft(.personUnpinned, ["id": .string(id)])
    case .peopleParted(let people): draft(.peopleParted, ["people": .strings(people)])
    case .peopleJoined(let people): draft(.peopleJoined, ["people": .strings(people)])
    case .ballotOpened(let ballot): draft(.ballotOpened, ballot.json)
    case .ballotCounted(let id, let option, let group, let tally):
      draft(
        .ballotCounted,
        .members([
          "id": .string(id), "option": .string(option), "group": group.isEmpty ? nil : .string(group),
          "tally": tally.json,
        ]))
    case .ballotClosed(let id): draft(.ballotClosed, ["id": .string(id)])
    case .ballotWithdrawn(let id): draft(.ballotWithdrawn, ["id": .string(id)])
    case .helpAsked(let table): draft(.helpAsked, ["table": .int(table)])
    case .helpAnswered(let table): draft(.helpAnswered, ["table": .int(table)])
    case .contributionAdded(let contribution): draft(.contributionAdded, contribution.json)
    case .contributionAmended(let id, let text, let kind):
      draft(
        .contributionAmended, ["id": .string(id), "kind": .string(kind), "text": .string(text)])
    case .contributionWithdrawn(let id): draft(.contributionWithdrawn, ["id": .string(id)])
    case .contributionRestored(let id): draft(.contributionRestored, ["id": .string(id)])
    case .contributionShown(let id, let isShown):
      draft(.contributionShown, ["id": .string(id), "shown": .bool(isShown)])
    case .contributionMarked(let id, let isSensitive):
      draft(.contributionMarked, ["id": .string(id), "sensitive": .bool(isSensitive)])
    case .contributionQuoted(let id, let quote):
      draft(.contributionQuoted, ["id": .string(id), "quote": quote?.json ?? .null])
    case .contributionLinked(let id, let parent):
      draft(.contributionLinked, ["id": .string(id), "parent": .text(parent) ?? .null])
    case .contributionMerged(let id, let target):
      draft(.contributionMerged, ["id": .string(id), "into": .text(target) ?? .null])
    case .contributionLabelled(let id, let ladder, let rung):
      draft(
        .contributionLabelled,
        ["id": .string(id), "ladder": .string(ladder), "rung": .whole(rung) ?? .null])
    case .contributionAttributed(let id, let group):
      draft(.contributionAttributed, ["id": .string(id), "group": .text(group) ?? .null])
    case .contributionMoved(let id, let before):
      draft(.contributionMoved, ["id": .string(id), "before": .text(before) ?? .null])
    case .contributionTopped(let id, let isTop):
      draft(.contributionTopped, ["id": .string(id), "top": .bool(isTop)])
    case .actionAssigned(let id, let owner, let due):
      draft(
        .actionAssigned,
        ["id": .string(id), "owner": .text(owner) ?? .null, "due": .text(due?.text) ?? .null])
    case .contributionThemed(let id, let theme):
      draft(.contributionThemed, ["id": .string(id), "theme": .text(theme) ?? .null])
    case .themeAdded(let theme): draft(.themeAdded, theme.json)
    case .themeAmended(let theme): draft(.themeAmended, theme.json)
    case .messageSent(let text, let tables):
      draft(.messageSent, ["text": .string(text), "tables": .ints(tables)])
    case .markerSet(let text): draft(.markerSet, ["text": .string(text)])
    case .actionUndone(let cmd): draft(.actionUndone, ["cmd": .string(cmd.description)])
    case .actionRedone(let cmd): draft(.actionRedone, ["cmd": .string(cmd.description)])
    }
  }

  /// Reads the event that a line holds, older versions brought up to the newest of `versions`.
  ///
  /// Throws `EventError`.
  public init(_ line: Line, in versions: EventVersions = .released) throws(EventError) {
    guard let type = EventType(rawValue: line.type), versions.knows(type, version: line.version) else {
      throw .unknown(type: line.type, version: line.version)
    }
    let line = versions.lifted(line)
    let fields = Fields(type: line.type, data: line.payload)
    switch type {
    case .conferencePlanned: self = .conferencePlanned(try Outline(fields))
    case .itemPlanned: self = .itemPlanned(try AgendaItem(fields))
    case .tablePlaced: self = .tablePlaced(try Table(fields))
    case .rulesSet: self = .rulesSet(try MixingRules(fields))
    case .participantRegistered: self = .participantRegistered(try Participant(fields))
    case .trajectTaken: self = .trajectTaken(try EarlierMeeting(fields))
    case .trajectSeated:
      self = .trajectSeated(
        meeting: try fields.string("meeting"), round: try fields.int("round"),
        tables: try fields.objects("tables") { fields throws(EventError) in
          SeatedTable(number: try fields.int("table"), people: try fields.strings("people"))
        })
    case .conferenceOpened:
      self = .conferenceOpened(
        items: try fields.int("items"), tables: try fields.int("tables"),
        participants: try fields.int("participants"))
    case .phaseStarted:
      self = .phaseStarted(
        item: try fields.string("item"), phase: try fields.choice("phase"),
        departure: try fields.choiceIfAny("departure"))
    case .conferencePaused: self = .conferencePaused
    case .conferenceResumed: self = .conferenceResumed
    case .itemExtended:
      self = .itemExtended(
        item: try fields.string("item"), seconds: try fields.int("seconds", in: -Flow.longest...Flow.longest))
    case .slotStarted: self = .slotStarted(table: try fields.int("table"))
    case .slotEnded: self = .slotEnded(table: try fields.int("table"))
    case .conferenceClosed: self = .conferenceClosed
    case .participantArrived: self = .participantArrived(try fields.string("id"))
    case .participantLeft: self = .participantLeft(try fields.string("id"))
    case .seatingDrawn:
      self = .seatingDrawn(round: try fields.int("round"), try RoundSeating.Drawing(fields))
    case .tableSeated:
      self = .tableSeated(
        round: try fields.int("round"), table: try fields.int("table"),
        people: try fields.strings("people"))
    case .seatTaken:
      self = .seatTaken(
        round: try fields.int("round"), table: try fields.int("table"), person: try fields.string("id"),
        change: try SeatChange(fields.objectIfAny("change")))
    case .seatLeft:
      self = .seatLeft(
        round: try fields.int("round"), table: try fields.int("table"), person: try fields.string("id"))
    case .personPinned:
      self = .personPinned(try fields.string("id"), table: try fields.int("table"))
    case .personUnpinned: self = .personUnpinned(try fields.string("id"))
    case .peopleParted: self = .peopleParted(try fields.strings("people"))
    case .peopleJoined: self = .peopleJoined(try fields.strings("people"))
    case .ballotOpened: self = .ballotOpened(try Ballot(fields, at: line.at))
    case .ballotCounted:
      self = .ballotCounted(
        id: try fields.string("id"), option: try fields.string("option"),
        group: try fields.stringIfAny("group") ?? "", try Tally(fields.object("tally")))
    case .ballotClosed: self = .ballotClosed(id: try fields.string("id"))
    case .ballotWithdrawn: self = .ballotWithdrawn(id: try fields.string("id"))
    case .helpAsked: self = .helpAsked(table: try fields.int("table"))
    case .helpAnswered: self = .helpAnswered(table: try fields.int("table"))
    case .contributionAdded:
      self = .contributionAdded(try Contribution(fields, at: line.at, by: line.by))
    case .contributionAmended:
      self = .contributionAmended(
        id: try fields.string("id"), text: try fields.string("text"), kind: try fields.string("kind"))
    case .contributionWithdrawn: self = .contributionWithdrawn(id: try fields.string("id"))
    case .contributionRestored: self = .contributionRestored(id: try fields.string("id"))
    case .contributionShown:
      self = .contributionShown(id: try fields.string("id"), isShown: try fields.bool("shown"))
    case .contributionMarked:
      self = .contributionMarked(id: try fields.string("id"), isSensitive: try fields.bool("sensitive"))
    case .contributionQuoted:
      self = .contributionQuoted(id: try fields.string("id"), try Quote(fields.objectIfAny("quote")))
    case .contributionLinked:
      self = .contributionLinked(id: try fields.string("id"), parent: try fields.stringIfAny("parent"))
    case .contributionMerged:
      self = .contributionMerged(id: try fields.string("id"), into: try fields.stringIfAny("into"))
    case .contributionLabelled:
      self = .contributionLabelled(
        id: try fields.string("id"), ladder: try fields.string("ladder"), rung: try fields.intIfAny("rung"))
    case .contributionAttributed:
      self = .contributionAttributed(id: try fields.string("id"), group: try fields.stringIfAny("group"))
    case .contributionMoved:
      self = .contributionMoved(id: try fields.string("id"), before: try fields.stringIfAny("before"))
    case .contributionTopped:
      self = .contributionTopped(id: try fields.string("id"), isTop: try fields.bool("top"))
    case .actionAssigned:
      self = .actionAssigned(
        id: try fields.string("id"), owner: try fields.stringIfAny("owner"), due: try fields.dateIfAny("due"))
    case .contributionThemed:
      self = .contributionThemed(id: try fields.string("id"), theme: try fields.stringIfAny("theme"))
    case .themeAdded: self = .themeAdded(try Theme(fields))
    case .themeAmended: self = .themeAmended(try Theme(fields))
    case .messageSent:
      self = .messageSent(text: try fields.string("text"), tables: try fields.ints("tables"))
    case .markerSet: self = .markerSet(try fields.string("text"))
    case .actionUndone: self = .actionUndone(try fields.command("cmd"))
    case .actionRedone: self = .actionRedone(try fields.command("cmd"))
    }
  }
}
