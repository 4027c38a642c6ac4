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
    "table.seated": 1, "seat.taken": 1, "seat.left": 1, "help.asked": 1, "help.answered": 1,
    "contribution.added": 1, "contribution.amended": 1, "contribution.withdrawn": 1,
    "contribution.restored": 1, "contribution.shown": 1, "contribution.themed": 1, "theme.added": 1,
    "theme.amended": 1, "message.sent": 1, "marker.set": 1, "action.undone": 1, "action.redone": 1,
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
    case .seatTaken(let round, let table, let person):
      draft("seat.taken", ["round": .int(round), "table": .int(table), "id": .string(person)])
    case .seatLeft(let round, let table, let person):
      draft("seat.left", ["round": .int(round), "table": .int(table), "id": .string(person)])
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
    case .contributionThemed(let id, let theme):
      draft("contribution.themed", ["id": .string(id), "theme": theme.map { .string($0) } ?? .null])
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
    let fields = Fields(type: line.type, data: line.data)
    switch line.type {
    case "conference.planned": self = .conferencePlanned(try Outline(fields))
    case "item.planned": self = .itemPlanned(try AgendaItem(fields))
    case "table.placed": self = .tablePlaced(try Table(fields))
    case "rules.set": self = .rulesSet(try MixingRules(fields))
    case "participant.registered": self = .participantRegistered(try Participant(fields))
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
        round: try fields.int("round"), table: try fields.int("table"), person: try fields.string("id"))
    case "seat.left":
      self = .seatLeft(
        round: try fields.int("round"), table: try fields.int("table"), person: try fields.string("id"))
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

/// A payload whose members are read by name and kind.
struct Fields {
  let type: String
  let data: JSON

  func wrong(_ member: String) -> EventError { .malformed(type: type, member: member) }

  func value<Value>(_ key: String, _ read: (JSON) -> Value?) throws(EventError) -> Value {
    guard let value = data[key].flatMap(read) else { throw wrong(key) }
    return value
  }

  /// Absent and null are nil; a value of the wrong kind is an error.
  func valueIfAny<Value>(_ key: String, _ read: (JSON) -> Value?) throws(EventError) -> Value? {
    guard let value = data[key], value != .null else { return nil }
    guard let value = read(value) else { throw wrong(key) }
    return value
  }

  func string(_ key: String) throws(EventError) -> String { try value(key, \.string) }
  func stringIfAny(_ key: String) throws(EventError) -> String? { try valueIfAny(key, \.string) }
  func int(_ key: String) throws(EventError) -> Int { try value(key, \.int) }
  /// A whole number that must lie in `range`: a record may say anything, and clocks must be able to count it.
  func int(_ key: String, in range: ClosedRange<Int>) throws(EventError) -> Int {
    try value(key) { $0.int.flatMap { range.contains($0) ? $0 : nil } }
  }
  func intIfAny(_ key: String, in range: ClosedRange<Int>) throws(EventError) -> Int? {
    try valueIfAny(key) { $0.int.flatMap { range.contains($0) ? $0 : nil } }
  }
  func intIfAny(_ key: String) throws(EventError) -> Int? { try valueIfAny(key, \.int) }
  func bool(_ key: String) throws(EventError) -> Bool { try value(key, \.bool) }

  func choice<Choice: RawRepresentable<String>>(_ key: String) throws(EventError) -> Choice {
    try value(key) { $0.string.flatMap(Choice.init(rawValue:)) }
  }
  func choiceIfAny<Choice: RawRepresentable<String>>(_ key: String) throws(EventError) -> Choice? {
    try valueIfAny(key) { $0.string.flatMap(Choice.init(rawValue:)) }
  }
  func command(_ key: String) throws(EventError) -> CommandID {
    try value(key) { $0.string.flatMap { CommandID($0) } }
  }

  /// An array in which every element can be read; absent is empty.
  func list<Element>(_ key: String, _ read: (JSON) -> Element?) throws(EventError) -> [Element] {
    guard let value = data[key], value != .null else { return [] }
    guard let array = value.array else { throw wrong(key) }
    let elements = array.compactMap(read)
    guard elements.count == array.count else { throw wrong(key) }
    return elements
  }
  func strings(_ key: String) throws(EventError) -> [String] { try list(key, \.string) }
  func ints(_ key: String) throws(EventError) -> [Int] { try list(key, \.int) }

  /// An array of objects, each read by its members; absent is empty.
  func objects<Element>(
    _ key: String, _ read: (Fields) throws(EventError) -> Element
  ) throws(EventError) -> [Element] {
    var elements: [Element] = []
    for data in try list(key, { $0.object == nil ? nil : $0 }) {
      elements.append(try read(Fields(type: type, data: data)))
    }
    return elements
  }

  func object(_ key: String) throws(EventError) -> Fields {
    Fields(type: type, data: try value(key) { $0.object == nil ? nil : $0 })
  }
  func objectIfAny(_ key: String) throws(EventError) -> Fields? {
    try valueIfAny(key) { $0.object == nil ? nil : $0 }.map { Fields(type: type, data: $0) }
  }

  /// An object whose members are all strings, in their order; absent is empty.
  func attributes(_ key: String) throws(EventError) -> [Participant.Attribute] {
    guard let value = data[key], value != .null else { return [] }
    guard let members = value.object else { throw wrong(key) }
    var attributes: [Participant.Attribute] = []
    for member in members {
      guard let text = member.value.string else { throw wrong("\(key).\(member.key)") }
      attributes.append(Participant.Attribute(name: member.key, value: text))
    }
    return attributes
  }
}
