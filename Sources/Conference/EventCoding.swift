import Ground

// The record's vocabulary: every type's name and payload, written by hand and never derived from Swift's
// names. A released type never changes its meaning; a new shape is a new version with an upcaster.

extension Event {
  /// The type names that this version reads, each with its newest version.
  public static let versions: [String: Int] = [
    "conference.planned": 1, "item.planned": 1, "table.placed": 1, "rules.set": 1,
    "participant.registered": 1, "conference.opened": 1, "phase.started": 1, "conference.paused": 1,
    "conference.resumed": 1, "item.extended": 1, "slot.started": 1, "slot.ended": 1,
    "conference.closed": 1, "participant.arrived": 1, "participant.left": 1, "seating.drawn": 1,
    "table.seated": 1, "seat.taken": 1, "seat.left": 1, "person.pinned": 1,
    "person.unpinned": 1, "people.parted": 1, "people.joined": 1, "ballot.opened": 1,
    "ballot.counted": 1, "ballot.closed": 1, "ballot.withdrawn": 1, "help.asked": 1, "help.answered": 1,
    "contribution.added": 1, "contribution.amended": 1, "contribution.withdrawn": 1,
    "contribution.restored": 1, "contribution.shown": 1, "contribution.marked": 1,
    "contribution.quoted": 1, "contribution.linked": 1, "contribution.merged": 1,
    "contribution.labelled": 1, "contribution.attributed": 1, "contribution.moved": 1,
    "contribution.topped": 1, "action.assigned": 1, "contribution.themed": 1, "theme.added": 1,
    "theme.amended": 1, "message.sent": 1, "marker.set": 1, "action.undone": 1, "action.redone": 1,
    "traject.taken": 1, "traject.seated": 1,
  ]

  /// Whether this version understands lines of `type` in `version`.
  public static func knows(type: String, version: Int) -> Bool {
    guard let newest = versions[type] else { return false }
    return (1...newest).contains(version)
  }

  /// The event as the record writes it.
  public var draft: Draft {
    func draft(_ type: String, _ data: JSON) -> Draft {
      Draft(type: type, version: Event.versions[type] ?? 1, data: data)
    }
    return switch self {
    case .conferencePlanned(let outline): draft("conference.planned", outline.json)
    case .itemPlanned(let item): draft("item.planned", item.json)
    case .tablePlaced(let table): draft("table.placed", table.json)
    case .rulesSet(let rules): draft("rules.set", rules.json)
    case .participantRegistered(let person): draft("participant.registered", person.json)
    case .trajectTaken(let meeting): draft("traject.taken", meeting.json)
    case .trajectSeated(let meeting, let round, let tables):
      draft(
        "traject.seated",
        [
          "meeting": .string(meeting), "round": .int(round),
          "tables": .array(tables.map { ["table": .int($0.number), "people": .strings($0.people)] }),
        ])
    case .conferenceOpened(let items, let tables, let participants):
      draft(
        "conference.opened",
        ["items": .int(items), "tables": .int(tables), "participants": .int(participants)])
    case .phaseStarted(let item, let phase, let departure):
      draft(
        "phase.started",
        .members([
          "item": .string(item), "phase": .string(phase.rawValue),
          "departure": departure.map { .string($0.rawValue) },
        ]))
    case .conferencePaused: draft("conference.paused", [:])
    case .conferenceResumed: draft("conference.resumed", [:])
    case .itemExtended(let item, let seconds):
      draft("item.extended", ["item": .string(item), "seconds": .int(seconds)])
    case .slotStarted(let table): draft("slot.started", ["table": .int(table)])
    case .slotEnded(let table): draft("slot.ended", ["table": .int(table)])
    case .conferenceClosed: draft("conference.closed", [:])
    case .participantArrived(let id): draft("participant.arrived", ["id": .string(id)])
    case .participantLeft(let id): draft("participant.left", ["id": .string(id)])
    case .seatingDrawn(let round, let drawing): draft("seating.drawn", drawing.json(round: round))
    case .tableSeated(let round, let table, let people):
      draft(
        "table.seated", ["round": .int(round), "table": .int(table), "people": .strings(people)])
    case .seatTaken(let round, let table, let person, let change):
      draft(
        "seat.taken",
        .members([
          "round": .int(round), "table": .int(table), "id": .string(person), "change": change?.json,
        ]))
    case .seatLeft(let round, let table, let person):
      draft("seat.left", ["round": .int(round), "table": .int(table), "id": .string(person)])
    case .personPinned(let id, let table):
      draft("person.pinned", ["id": .string(id), "table": .int(table)])
    case .personUnpinned(let id): draft("person.unpinned", ["id": .string(id)])
    case .peopleParted(let people): draft("people.parted", ["people": .strings(people)])
    case .peopleJoined(let people): draft("people.joined", ["people": .strings(people)])
    case .ballotOpened(let ballot): draft("ballot.opened", ballot.json)
    case .ballotCounted(let id, let option, let group, let tally):
      draft(
        "ballot.counted",
        .members([
          "id": .string(id), "option": .string(option), "group": group.isEmpty ? nil : .string(group),
          "tally": tally.json,
        ]))
    case .ballotClosed(let id): draft("ballot.closed", ["id": .string(id)])
    case .ballotWithdrawn(let id): draft("ballot.withdrawn", ["id": .string(id)])
    case .helpAsked(let table): draft("help.asked", ["table": .int(table)])
    case .helpAnswered(let table): draft("help.answered", ["table": .int(table)])
    case .contributionAdded(let contribution): draft("contribution.added", contribution.json)
    case .contributionAmended(let id, let text, let kind):
      draft(
        "contribution.amended", ["id": .string(id), "kind": .string(kind), "text": .string(text)])
    case .contributionWithdrawn(let id): draft("contribution.withdrawn", ["id": .string(id)])
    case .contributionRestored(let id): draft("contribution.restored", ["id": .string(id)])
    case .contributionShown(let id, let isShown):
      draft("contribution.shown", ["id": .string(id), "shown": .bool(isShown)])
    case .contributionMarked(let id, let isSensitive):
      draft("contribution.marked", ["id": .string(id), "sensitive": .bool(isSensitive)])
    case .contributionQuoted(let id, let quote):
      draft("contribution.quoted", ["id": .string(id), "quote": quote?.json ?? .null])
    case .contributionLinked(let id, let parent):
      draft("contribution.linked", ["id": .string(id), "parent": .text(parent) ?? .null])
    case .contributionMerged(let id, let target):
      draft("contribution.merged", ["id": .string(id), "into": .text(target) ?? .null])
    case .contributionLabelled(let id, let ladder, let rung):
      draft(
        "contribution.labelled",
        ["id": .string(id), "ladder": .string(ladder), "rung": .whole(rung) ?? .null])
    case .contributionAttributed(let id, let group):
      draft("contribution.attributed", ["id": .string(id), "group": .text(group) ?? .null])
    case .contributionMoved(let id, let before):
      draft("contribution.moved", ["id": .string(id), "before": .text(before) ?? .null])
    case .contributionTopped(let id, let isTop):
      draft("contribution.topped", ["id": .string(id), "top": .bool(isTop)])
    case .actionAssigned(let id, let owner, let due):
      draft(
        "action.assigned",
        ["id": .string(id), "owner": .text(owner) ?? .null, "due": .text(due?.text) ?? .null])
    case .contributionThemed(let id, let theme):
      draft("contribution.themed", ["id": .string(id), "theme": .text(theme) ?? .null])
    case .themeAdded(let theme): draft("theme.added", theme.json)
    case .themeAmended(let theme): draft("theme.amended", theme.json)
    case .messageSent(let text, let tables):
      draft("message.sent", ["text": .string(text), "tables": .ints(tables)])
    case .markerSet(let text): draft("marker.set", ["text": .string(text)])
    case .actionUndone(let cmd): draft("action.undone", ["cmd": .string(cmd.description)])
    case .actionRedone(let cmd): draft("action.redone", ["cmd": .string(cmd.description)])
    }
  }

  /// Reads the event that a line holds, older versions brought up to the newest.
  ///
  /// Throws `EventError`.
  public init(_ line: Line) throws(EventError) {
    guard Event.knows(type: line.type, version: line.version) else {
      throw .unknown(type: line.type, version: line.version)
    }
    let fields = Fields(type: line.type, data: line.payload)
    switch line.type {
    case "conference.planned": self = .conferencePlanned(try Outline(fields))
    case "item.planned": self = .itemPlanned(try AgendaItem(fields))
    case "table.placed": self = .tablePlaced(try Table(fields))
    case "rules.set": self = .rulesSet(try MixingRules(fields))
    case "participant.registered": self = .participantRegistered(try Participant(fields))
    case "traject.taken": self = .trajectTaken(try EarlierMeeting(fields))
    case "traject.seated":
      self = .trajectSeated(
        meeting: try fields.string("meeting"), round: try fields.int("round"),
        tables: try fields.objects("tables") { fields throws(EventError) in
          SeatedTable(number: try fields.int("table"), people: try fields.strings("people"))
        })
    case "conference.opened":
      self = .conferenceOpened(
        items: try fields.int("items"), tables: try fields.int("tables"),
        participants: try fields.int("participants"))
    case "phase.started":
      self = .phaseStarted(
        item: try fields.string("item"), phase: try fields.choice("phase"),
        departure: try fields.choiceIfAny("departure"))
    case "conference.paused": self = .conferencePaused
    case "conference.resumed": self = .conferenceResumed
    case "item.extended":
      self = .itemExtended(
        item: try fields.string("item"), seconds: try fields.int("seconds", in: -Flow.longest...Flow.longest))
    case "slot.started": self = .slotStarted(table: try fields.int("table"))
    case "slot.ended": self = .slotEnded(table: try fields.int("table"))
    case "conference.closed": self = .conferenceClosed
    case "participant.arrived": self = .participantArrived(try fields.string("id"))
    case "participant.left": self = .participantLeft(try fields.string("id"))
    case "seating.drawn":
      self = .seatingDrawn(round: try fields.int("round"), try RoundSeating.Drawing(fields))
    case "table.seated":
      self = .tableSeated(
        round: try fields.int("round"), table: try fields.int("table"),
        people: try fields.strings("people"))
    case "seat.taken":
      self = .seatTaken(
        round: try fields.int("round"), table: try fields.int("table"), person: try fields.string("id"),
        change: try SeatChange(fields.objectIfAny("change")))
    case "seat.left":
      self = .seatLeft(
        round: try fields.int("round"), table: try fields.int("table"), person: try fields.string("id"))
    case "person.pinned":
      self = .personPinned(try fields.string("id"), table: try fields.int("table"))
    case "person.unpinned": self = .personUnpinned(try fields.string("id"))
    case "people.parted": self = .peopleParted(try fields.strings("people"))
    case "people.joined": self = .peopleJoined(try fields.strings("people"))
    case "ballot.opened": self = .ballotOpened(try Ballot(fields, at: line.at))
    case "ballot.counted":
      self = .ballotCounted(
        id: try fields.string("id"), option: try fields.string("option"),
        group: try fields.stringIfAny("group") ?? "", try Tally(fields.object("tally")))
    case "ballot.closed": self = .ballotClosed(id: try fields.string("id"))
    case "ballot.withdrawn": self = .ballotWithdrawn(id: try fields.string("id"))
    case "help.asked": self = .helpAsked(table: try fields.int("table"))
    case "help.answered": self = .helpAnswered(table: try fields.int("table"))
    case "contribution.added":
      self = .contributionAdded(try Contribution(fields, at: line.at, by: line.by))
    case "contribution.amended":
      self = .contributionAmended(
        id: try fields.string("id"), text: try fields.string("text"), kind: try fields.string("kind"))
    case "contribution.withdrawn": self = .contributionWithdrawn(id: try fields.string("id"))
    case "contribution.restored": self = .contributionRestored(id: try fields.string("id"))
    case "contribution.shown":
      self = .contributionShown(id: try fields.string("id"), isShown: try fields.bool("shown"))
    case "contribution.marked":
      self = .contributionMarked(id: try fields.string("id"), isSensitive: try fields.bool("sensitive"))
    case "contribution.quoted":
      self = .contributionQuoted(id: try fields.string("id"), try Quote(fields.objectIfAny("quote")))
    case "contribution.linked":
      self = .contributionLinked(id: try fields.string("id"), parent: try fields.stringIfAny("parent"))
    case "contribution.merged":
      self = .contributionMerged(id: try fields.string("id"), into: try fields.stringIfAny("into"))
    case "contribution.labelled":
      self = .contributionLabelled(
        id: try fields.string("id"), ladder: try fields.string("ladder"), rung: try fields.intIfAny("rung"))
    case "contribution.attributed":
      self = .contributionAttributed(id: try fields.string("id"), group: try fields.stringIfAny("group"))
    case "contribution.moved":
      self = .contributionMoved(id: try fields.string("id"), before: try fields.stringIfAny("before"))
    case "contribution.topped":
      self = .contributionTopped(id: try fields.string("id"), isTop: try fields.bool("top"))
    case "action.assigned":
      self = .actionAssigned(
        id: try fields.string("id"), owner: try fields.stringIfAny("owner"), due: try fields.dateIfAny("due"))
    case "contribution.themed":
      self = .contributionThemed(id: try fields.string("id"), theme: try fields.stringIfAny("theme"))
    case "theme.added": self = .themeAdded(try Theme(fields))
    case "theme.amended": self = .themeAmended(try Theme(fields))
    case "message.sent":
      self = .messageSent(text: try fields.string("text"), tables: try fields.ints("tables"))
    case "marker.set": self = .markerSet(try fields.string("text"))
    case "action.undone": self = .actionUndone(try fields.command("cmd"))
    case "action.redone": self = .actionRedone(try fields.command("cmd"))
    default: throw .unknown(type: line.type, version: line.version)
    }
  }
}
