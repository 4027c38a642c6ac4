/// What a device at the conference is for, and so what may be asked of the host through it.
public enum DeviceRole: Sendable, Hashable {
  /// A console of the facilitator: everything.
  case facilitator
  /// The laptop of a table's note-taker: what that table brings forward, and help for it.
  case noteTaker(table: Int)
  /// The screen in the room: nothing, it only shows.
  case screen
  /// Somebody who looks on: nothing.
  case observer

  /// Whose name stands in the record behind what the device asks: `facilitator`, `note-4`.
  public var name: String {
    switch self {
    case .facilitator: "facilitator"
    case .noteTaker(let table): "note-\(table)"
    case .screen: "screen"
    case .observer: "observer"
    }
  }

  /// Reads a role from its name, or gives nil.
  public init?(name: String) {
    switch name {
    case "facilitator": self = .facilitator
    case "screen": self = .screen
    case "observer": self = .observer
    default:
      guard name.hasPrefix("note-"), let table = Int(name.dropFirst(5)), table > 0, name == "note-\(table)"
      else {
        return nil
      }
      self = .noteTaker(table: table)
    }
  }

  /// Whether a device of this role may give a command in `session`.
  ///
  /// A note-taker works at the own table's contributions only, and nobody's device opens a conference or
  /// brings tables that were drawn elsewhere.
  public func mayGive(_ command: Command, in session: Session) -> Bool {
    if command.wire == nil { return false }
    switch self {
    case .facilitator: return true
    case .screen, .observer: return false
    case .noteTaker(let table):
      func owns(_ id: String) -> Bool {
        // What is not there yet is told by `decide`, in words.
        session.contributionIndex(id).map { session.contributions[$0].table == table } ?? true
      }
      switch command {
      case .contribute(let new): return new.table == table
      case .askHelp(let asking), .answerHelp(let asking): return asking == table
      case .amend(let id, _, _), .withdraw(let id), .restore(let id), .markSensitive(let id, _),
        .quote(let id, _), .link(let id, _), .label(let id, _, _), .attribute(let id, _),
        .reorder(let id, _), .top(let id, _), .assignAction(let id, _, _):
        return owns(id)
      case .undo, .redo: return true
      default: return false
      }
    }
  }
}
