import Ground

/// The commands that can be undone and redone.
///
/// Each keeps the parts of the session that it changed, as they were before and as they are after it.
/// Undoing puts the earlier parts back, and only while nobody else has changed them since: a note that came
/// in meanwhile is never lost.
public struct History: Sendable, Equatable {
  /// A command with the parts of the session that it changed.
  public struct Entry: Sendable, Equatable {
    /// The command.
    public var cmd: CommandID
    /// Who gave it.
    public var by: String
    var parts: [Part]
  }

  /// Commands that can be undone, the latest last.
  public var done: ArraySlice<Entry> { kept[forgotten...] }

  /// The same behind older ones, which are sent off by hundreds: one at a time each would move all others.
  private var kept: [Entry] = []
  /// How many of `kept` are older than what is remembered.
  private var forgotten = 0
  /// Commands that were undone and can be redone, the latest last.
  public internal(set) var undone: [Entry] = []

  /// The commands of which it is kept what they changed; nil: all.
  ///
  /// Of the others no more than their place among the commands: whoever reads a whole record knows which
  /// of them an undo will ever ask for, and a million notes that nobody asks for take longer than all else.
  private var asked: Set<CommandID>?

  /// The tables as they were drawn, by round, the latest drawing last: before people came late or left.
  ///
  /// A drawing that was undone stays among them; which one holds is told by the seating's own drawing.
  var drawn: [Int: [Drawn]] = [:]

  /// A round's tables as they were drawn; `cmd` is nil where the host drew them.
  struct Drawn: Sendable, Equatable {
    var cmd: CommandID?
    var seating: RoundSeating
  }

  /// How many commands are remembered; older ones can no longer be undone.
  static let limit = 200

  /// A part of the session before and after a command.
  struct Part: Sendable, Equatable {
    var before: Value
    var after: Value
  }

  /// A part of the session that a command can change, with its value.
  enum Value: Sendable, Equatable {
    indirect case flow(Flow)
    case presence(String, Presence)
    indirect case seating(Int, RoundSeating?)
    indirect case contribution(Contribution)
    case order(Int?, [String]?)
    indirect case theme(Theme)
    indirect case ballot(Ballot)
    indirect case rules(MixingRules)
    case help(Int, Moment?)
    case marker([Marker])

    func isSamePart(as other: Value) -> Bool {
      switch (self, other) {
      case (.flow, .flow), (.marker, .marker), (.rules, .rules): true
      case (.ballot(let a), .ballot(let b)): a.id == b.id
      case (.presence(let a, _), .presence(let b, _)): a == b
      case (.seating(let a, _), .seating(let b, _)): a == b
      case (.contribution(let a), .contribution(let b)): a.id == b.id
      case (.order(let a, _), .order(let b, _)): a == b
      case (.theme(let a), .theme(let b)): a.id == b.id
      case (.help(let a, _), .help(let b, _)): a == b
      default: false
      }
    }
  }

  /// Creates the history before the first command; `asked` as the commands of which it is kept what they change.
  init(asked: Set<CommandID>? = nil) { self.asked = asked }

  /// The history before the first command, which keeps the same.
  var emptied: History { History(asked: asked) }

  /// Returns the command that `by` would undo next, or nil.
  public func lastDone(by: String) -> Entry? { done.last { $0.by == by } }

  /// Returns the command that `by` would redo next, or nil.
  public func lastUndone(by: String) -> Entry? { undone.last { $0.by == by } }

  /// Whether what `cmd` changes is kept.
  func asks(for cmd: CommandID) -> Bool { asked?.contains(cmd) ?? true }

  /// Keeps what every command changes from here on; false where a command that can be undone was not kept whole.
  mutating func askForAll() -> Bool {
    asked = nil
    return done.allSatisfy { !$0.parts.isEmpty }
  }

  /// Notes that `cmd` changed a part of the session from `before` to `after`.
  mutating func note(cmd: CommandID, by: String, before: Value, after: Value) {
    guard before != after else { return }
    if case .seating(let round, let old) = before, case .seating(_, let new?) = after {
      keepDrawn(round, cmd: cmd, old, new)
    }
    count(cmd: cmd, by: by)
    guard asks(for: cmd) else { return }
    let last = kept.count - 1
    if let index = kept[last].parts.firstIndex(where: { $0.before.isSamePart(as: before) }) {
      kept[last].parts[index].after = after
    } else {
      kept[last].parts.append(Part(before: before, after: after))
    }
  }

  /// Notes that `cmd` changed something, without what.
  mutating func count(cmd: CommandID, by: String) {
    if !undone.isEmpty { undone.removeAll { $0.by == by } }
    if kept.last?.cmd != cmd { keep(Entry(cmd: cmd, by: by, parts: [])) }
  }

  /// Adds a command that was done.
  mutating func keep(_ entry: Entry) {
    kept.append(entry)
    if done.count > History.limit { forgotten += 1 }
    if forgotten == History.limit {
      kept.removeFirst(forgotten)
      forgotten = 0
    }
  }

  /// Takes a command out of those that were done.
  mutating func removeDone(at index: Int) -> Entry { kept.remove(at: index) }

  /// Whether both remember the same; what was sent off is no part of it.
  public static func == (one: History, other: History) -> Bool {
    one.done == other.done && one.undone == other.undone && one.drawn == other.drawn
  }

  /// Keeps a round's tables as drawn; unlike what can be undone it is never forgotten.
  private mutating func keepDrawn(_ round: Int, cmd: CommandID, _ old: RoundSeating?, _ new: RoundSeating) {
    var drawings = drawn[round] ?? []
    // What the host drew is first seen when somebody changes it.
    if drawings.isEmpty, let old { drawings.append(Drawn(cmd: nil, seating: old)) }
    if new.tables.isEmpty {
      // A drawing begins without tables; they come one by one.
      drawings.append(Drawn(cmd: cmd, seating: new))
    } else if drawings.last?.cmd == cmd {
      drawings[drawings.count - 1].seating = new
    }
    drawn[round] = drawings
  }
}

extension Session {
  /// The item that would run again if `by` undid their last command; nil where that moves no agenda.
  public func itemAfterUndo(by: String) -> AgendaItem? {
    guard let entry = history.lastDone(by: by) else { return nil }
    for part in entry.parts {
      guard case .flow(let before) = part.before, case .flow(let after) = part.after else { continue }
      guard let item = before.current, item != after.current, items.indices.contains(item) else { return nil }
      return items[item]
    }
    return nil
  }

  /// The present value of the part of the session that `value` is of; nil where it does not exist.
  func present(_ value: History.Value) -> History.Value? {
    switch value {
    case .flow: .flow(flow)
    case .marker: .marker(markers)
    case .presence(let id, _): .presence(id, presence(of: id))
    case .seating(let round, _): .seating(round, seatings[round])
    case .contribution(let old):
      contributionIndex(old.id).map { .contribution(contributions[$0].with(wasShown: old.wasShown)) }
    case .order(let table, _): .order(table, arranged[table])
    case .theme(let old): themeIndex(old.id).map { .theme(themes[$0]) }
    case .ballot(let old): ballotIndex(old.id).map { .ballot(ballots[$0]) }
    case .rules: plan.map { .rules($0.mixing) }
    case .help(let table, _): .help(table, help[table])
    }
  }

  /// Whether all parts that `entry` changed are still as it left them (or, to redo, found them).
  func isUnchanged(_ entry: History.Entry, since side: KeyPath<History.Part, History.Value>) -> Bool {
    entry.parts.allSatisfy { present($0[keyPath: side]) == $0[keyPath: side] }
  }

  mutating func put(_ value: History.Value) {
    switch value {
    case .flow(let old): flow = old
    case .marker(let old): markers = old
    case .presence(let id, let old): presence[id] = old == .expected ? nil : old
    case .seating(let round, let old): seatings[round] = old
    case .contribution(let old):
      guard let index = contributionIndex(old.id) else { return }
      contributions[index] = old.with(wasShown: contributions[index].wasShown)
    case .order(let table, let old): arranged[table] = old
    case .theme(let old): if let index = themeIndex(old.id) { themes[index] = old }
    case .ballot(let old): if let index = ballotIndex(old.id) { ballots[index] = old }
    case .rules(let old): plan?.mixing = old
    case .help(let table, let old): help[table] = old
    }
  }

  mutating func undo(_ cmd: CommandID) {
    guard let index = history.done.lastIndex(where: { $0.cmd == cmd }) else { return }
    let entry = history.removeDone(at: index)
    for part in entry.parts { put(part.before) }
    history.undone.append(entry)
  }

  mutating func redo(_ cmd: CommandID) {
    guard let index = history.undone.lastIndex(where: { $0.cmd == cmd }) else { return }
    let entry = history.undone.remove(at: index)
    for part in entry.parts { put(part.after) }
    history.keep(entry)
  }
}

extension Contribution {
  /// What the hall has seen it has seen: that is no part of a command, and no undo takes it back.
  fileprivate func with(wasShown: Bool) -> Contribution {
    var copy = self
    copy.wasShown = wasShown
    return copy
  }
}
