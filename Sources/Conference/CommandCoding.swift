import Ground

// The commands as devices send them: every type's name and payload, written by hand. A released type never
// changes its meaning; members may be added.

/// The types of commands that a device can send, by their names on the wire.
public enum CommandType: String, Sendable, CaseIterable {
  case advance = "agenda.advance"
  case move = "agenda.move"
  case pause = "agenda.pause"
  case resume = "agenda.resume"
  case extend = "agenda.extend"
  case finishOnTime = "agenda.finish-on-time"
  case call = "slot.call"
  case endSlot = "slot.end"
  case close = "conference.close"
  case arrive = "participant.arrive"
  case leave = "participant.leave"
  case register = "participant.register"
  case swap = "seat.swap"
  case reseat = "seat.move"
  case mendTables = "seat.mend"
  case pin = "person.pin"
  case unpin = "person.unpin"
  case keepApart = "people.part"
  case allowTogether = "people.join"
  case askHelp = "help.ask"
  case answerHelp = "help.answer"
  case contribute = "contribution.add"
  case amend = "contribution.amend"
  case withdraw = "contribution.withdraw"
  case restore = "contribution.restore"
  case show = "contribution.show"
  case markSensitive = "contribution.mark"
  case quote = "contribution.quote"
  case link = "contribution.link"
  case merge = "contribution.merge"
  case label = "contribution.label"
  case attribute = "contribution.attribute"
  case reorder = "contribution.move"
  case top = "contribution.top"
  case assignAction = "action.assign"
  case assign = "contribution.theme"
  case assignNew = "contribution.theme-new"
  case addTheme = "theme.add"
  case withdrawTheme = "theme.withdraw"
  case amendTheme = "theme.amend"
  case openBallot = "ballot.open"
  case count = "ballot.count"
  case closeBallot = "ballot.close"
  case withdrawBallot = "ballot.withdraw"
  case message = "message.send"
  case mark = "marker.set"
  case undo = "action.undo"
  case redo = "action.redo"
}

extension Command {
  /// The command as a device sends it; nil for what only the host does: opening, and what its engine drew.
  public var wire: (type: CommandType, data: JSON)? {
    switch self {
    case .open, .seat: nil
    case .advance: (.advance, [:])
    case .move(let item, let deliberate):
      (.move, .members(["item": .string(item), "deliberate": .flag(deliberate)]))
    case .pause: (.pause, [:])
    case .resume: (.resume, [:])
    case .extend(let item, let seconds):
      (.extend, .members(["item": .text(item), "seconds": .int(seconds)]))
    case .finishOnTime: (.finishOnTime, [:])
    case .call(let table): (.call, .members(["table": .whole(table)]))
    case .endSlot: (.endSlot, [:])
    case .close(let deliberate): (.close, .members(["deliberate": .flag(deliberate)]))
    case .arrive(let id): (.arrive, ["id": .string(id)])
    case .leave(let id): (.leave, ["id": .string(id)])
    case .register(let name, let organisation, let group, let municipality):
      (
        .register,
        .members([
          "name": .string(name), "organisation": .text(organisation), "group": .text(group),
          "municipality": .text(municipality),
        ])
      )
    case .swap(let round, let a, let b, let deliberate):
      (
        .swap,
        .members([
          "round": .int(round), "a": .string(a), "b": .string(b), "deliberate": .flag(deliberate),
        ])
      )
    case .reseat(let person, let table, let round, let deliberate):
      (
        .reseat,
        .members([
          "id": .string(person), "table": .int(table), "round": .int(round), "deliberate": .flag(deliberate),
        ])
      )
    case .mendTables(let moves, let deliberate):
      (
        .mendTables,
        .members(["moves": .array(moves.map(\.json)), "deliberate": .flag(deliberate)])
      )
    case .pin(let person, let table, let deliberate):
      (
        .pin,
        .members(["id": .string(person), "table": .int(table), "deliberate": .flag(deliberate)])
      )
    case .unpin(let person): (.unpin, ["id": .string(person)])
    case .keepApart(let people): (.keepApart, ["people": .strings(people)])
    case .allowTogether(let people): (.allowTogether, ["people": .strings(people)])
    case .askHelp(let table): (.askHelp, ["table": .int(table)])
    case .answerHelp(let table): (.answerHelp, ["table": .int(table)])
    default: yieldWire
    }
  }

  /// The same for what the group produces, and for all else.
  private var yieldWire: (type: CommandType, data: JSON)? {
    switch self {
    case .contribute(let new): (.contribute, new.json)
    case .amend(let id, let text, let kind):
      (.amend, ["id": .string(id), "text": .string(text), "kind": .string(kind)])
    case .withdraw(let id): (.withdraw, ["id": .string(id)])
    case .restore(let id): (.restore, ["id": .string(id)])
    case .show(let id, let isShown): (.show, ["id": .string(id), "shown": .bool(isShown)])
    case .markSensitive(let id, let isSensitive):
      (.markSensitive, ["id": .string(id), "sensitive": .bool(isSensitive)])
    case .quote(let id, let quote): (.quote, .members(["id": .string(id), "quote": quote?.json]))
    case .link(let id, let parent): (.link, .members(["id": .string(id), "parent": .text(parent)]))
    case .merge(let id, let target): (.merge, .members(["id": .string(id), "into": .text(target)]))
    case .label(let id, let ladder, let rung):
      (.label, .members(["id": .string(id), "ladder": .string(ladder), "rung": .whole(rung)]))
    case .attribute(let id, let group):
      (.attribute, .members(["id": .string(id), "group": .text(group)]))
    case .reorder(let id, let before):
      (.reorder, .members(["id": .string(id), "before": .text(before)]))
    case .top(let id, let isTop): (.top, ["id": .string(id), "top": .bool(isTop)])
    case .assignAction(let id, let owner, let due):
      (
        .assignAction,
        .members(["id": .string(id), "owner": .text(owner), "due": .text(due?.text)])
      )
    case .assign(let id, let theme):
      (.assign, .members(["id": .string(id), "theme": .text(theme)]))
    case .assignNew(let id, let title, let body):
      (.assignNew, .members(["id": .string(id), "title": .string(title), "body": .text(body)]))
    case .addTheme(let title, let body):
      (.addTheme, .members(["title": .string(title), "body": .text(body)]))
    case .withdrawTheme(let id): (.withdrawTheme, ["id": .string(id)])
    case .amendTheme(let id, let title, let body):
      (.amendTheme, .members(["id": .string(id), "title": .string(title), "body": .text(body)]))
    case .openBallot(let ballot): (.openBallot, ballot.json)
    case .count(let ballot, let option, let group, let tally, let deliberate):
      (
        .count,
        .members([
          "id": .string(ballot), "option": .string(option), "group": .text(group), "tally": tally.json,
          "deliberate": .flag(deliberate),
        ])
      )
    case .closeBallot(let id): (.closeBallot, ["id": .string(id)])
    case .withdrawBallot(let id): (.withdrawBallot, ["id": .string(id)])
    case .message(let text, let tables): (.message, ["text": .string(text), "tables": .ints(tables)])
    case .mark(let text): (.mark, ["text": .string(text)])
    case .undo: (.undo, [:])
    case .redo: (.redo, [:])
    default: nil
    }
  }

  /// Reads a command of a device; nothing in it is believed before `decide` looked at it.
  ///
  /// Throws `EventError`.
  public init(_ type: CommandType, data: JSONText) throws(EventError) {
    let fields = Fields(type: type.rawValue, data: data)
    func id() throws(EventError) -> String { try fields.string("id") }
    let deliberate = try fields.valueIfAny("deliberate", \.bool) ?? false
    switch type {
    case .advance: self = .advance
    case .move: self = .move(to: try fields.string("item"), deliberate: deliberate)
    case .pause: self = .pause
    case .resume: self = .resume
    case .extend:
      self = .extend(
        item: try fields.stringIfAny("item"),
        seconds: try fields.int("seconds", in: -Flow.longest...Flow.longest))
    case .finishOnTime: self = .finishOnTime
    case .call: self = .call(table: try fields.intIfAny("table"))
    case .endSlot: self = .endSlot
    case .close: self = .close(deliberate: deliberate)
    case .arrive: self = .arrive(try id())
    case .leave: self = .leave(try id())
    case .register:
      self = .register(
        name: try fields.string("name"), organisation: try fields.stringIfAny("organisation"),
        group: try fields.stringIfAny("group"), municipality: try fields.stringIfAny("municipality"))
    case .swap:
      self = .swap(
        round: try fields.int("round"), a: try fields.string("a"), b: try fields.string("b"),
        deliberate: deliberate)
    case .reseat:
      self = .reseat(
        person: try id(), table: try fields.int("table"), round: try fields.int("round"),
        deliberate: deliberate)
    case .mendTables:
      self = .mendTables(
        try fields.objects("moves") { fields throws(EventError) in try SeatMove(fields) },
        deliberate: deliberate)
    case .pin: self = .pin(person: try id(), table: try fields.int("table"), deliberate: deliberate)
    case .unpin: self = .unpin(person: try id())
    case .keepApart: self = .keepApart(try fields.strings("people"))
    case .allowTogether: self = .allowTogether(try fields.strings("people"))
    case .askHelp: self = .askHelp(table: try fields.int("table"))
    case .answerHelp: self = .answerHelp(table: try fields.int("table"))
    case .contribute: self = .contribute(try NewContribution(fields))
    case .amend:
      self = .amend(id: try id(), text: try fields.string("text"), kind: try fields.string("kind"))
    case .withdraw: self = .withdraw(id: try id())
    case .restore: self = .restore(id: try id())
    case .show: self = .show(id: try id(), try fields.bool("shown"))
    case .markSensitive: self = .markSensitive(id: try id(), try fields.bool("sensitive"))
    case .quote: self = .quote(id: try id(), try Quote(fields.objectIfAny("quote")))
    case .link: self = .link(id: try id(), parent: try fields.stringIfAny("parent"))
    case .merge: self = .merge(id: try id(), into: try fields.stringIfAny("into"))
    case .label:
      self = .label(id: try id(), ladder: try fields.string("ladder"), rung: try fields.intIfAny("rung"))
    case .attribute: self = .attribute(id: try id(), group: try fields.stringIfAny("group"))
    case .reorder: self = .reorder(id: try id(), before: try fields.stringIfAny("before"))
    case .top: self = .top(id: try id(), try fields.bool("top"))
    case .assignAction:
      self = .assignAction(
        id: try id(), owner: try fields.stringIfAny("owner"), due: try fields.dateIfAny("due"))
    case .assign: self = .assign(id: try id(), theme: try fields.stringIfAny("theme"))
    case .assignNew:
      self = .assignNew(
        id: try id(), title: try fields.string("title"), body: try fields.stringIfAny("body"))
    case .addTheme:
      self = .addTheme(title: try fields.string("title"), body: try fields.stringIfAny("body"))
    case .withdrawTheme: self = .withdrawTheme(id: try id())
    case .amendTheme:
      self = .amendTheme(
        id: try id(), title: try fields.string("title"), body: try fields.stringIfAny("body"))
    case .openBallot: self = .openBallot(try NewBallot(fields))
    case .count:
      self = .count(
        ballot: try id(), option: try fields.string("option"), group: try fields.stringIfAny("group"),
        try Tally(fields.object("tally")), deliberate: deliberate)
    case .closeBallot: self = .closeBallot(id: try id())
    case .withdrawBallot: self = .withdrawBallot(id: try id())
    case .message: self = .message(try fields.string("text"), tables: try fields.ints("tables"))
    case .mark: self = .mark(try fields.string("text"))
    case .undo: self = .undo
    case .redo: self = .redo
    }
  }
}

extension JSON {
  /// True, or nothing where it is false, which is what absence means.
  fileprivate static func flag(_ isSet: Bool) -> JSON? { isSet ? .bool(true) : nil }
}

extension SeatMove {
  fileprivate var json: JSON {
    .members(["id": .string(person), "round": .int(round), "from": .whole(from), "to": .int(to)])
  }

  fileprivate init(_ fields: Fields) throws(EventError) {
    self.init(
      person: try fields.string("id"), round: try fields.int("round"), from: try fields.intIfAny("from"),
      to: try fields.int("to"))
  }
}

extension NewContribution {
  fileprivate var json: JSON {
    .members([
      "table": .whole(table), "kind": .string(kind), "text": .string(text), "parent": .text(parent),
      "group": .text(group), "owner": .text(owner), "due": .text(due?.text),
    ])
  }

  fileprivate init(_ fields: Fields) throws(EventError) {
    self.init(
      table: try fields.intIfAny("table"), kind: try fields.string("kind"), text: try fields.string("text"),
      parent: try fields.stringIfAny("parent"), group: try fields.stringIfAny("group"),
      owner: try fields.stringIfAny("owner"), due: try fields.dateIfAny("due"))
  }
}

extension NewBallot {
  fileprivate var json: JSON {
    .members([
      "kind": .string(kind.rawValue), "title": .string(title), "options": .strings(options),
      "dots": .int(dots), "stack": .flag(mayStack),
    ])
  }

  fileprivate init(_ fields: Fields) throws(EventError) {
    self.init(
      kind: try fields.choice("kind"), title: try fields.string("title"),
      options: try fields.strings("options"), dots: try fields.intIfAny("dots") ?? 0,
      mayStack: try fields.valueIfAny("stack", \.bool) ?? false)
  }
}
