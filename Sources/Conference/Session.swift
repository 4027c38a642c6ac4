import Ground

/// The state of one conference: the fold over its events.
///
/// `decide` turns a command into events and changes nothing; `apply` folds an event in and never fails, so
/// that a record can be folded to any of its moments.
public struct Session: Sendable, Equatable {
  /// The plan; nil until the conference was opened.
  public internal(set) var plan: Plan?
  /// Whether the opening is complete: plan, people and survey are all in.
  public internal(set) var isOpen = false
  /// The offsets from UTC at the place of the conference.
  public internal(set) var zone = Zone.utc
  /// The people who were invited or walked in, in that order.
  public internal(set) var participants: [Participant] = []
  /// The place in `participants` by id.
  var places: [String: Int] = [:]
  /// Who is here; those not in it are expected.
  public internal(set) var presence: [String: Presence] = [:]
  /// How far the agenda is.
  public internal(set) var flow = Flow()
  /// Who sits where, by round from 1.
  public internal(set) var seatings: [Int: RoundSeating] = [:]
  /// The earlier meetings of the traject, in the order of the plan; empty: there were none.
  public internal(set) var earlierMeetings: [EarlierMeeting] = []
  /// Who met there; read from `earlierMeetings` once the opening is complete.
  var acquaintance = Acquaintance()
  /// Everything that was brought forward, in order; nothing is ever taken out.
  public internal(set) var contributions: [Contribution] = []
  /// The order of contributions by table, where it was changed; nil: the plenary.
  var arranged: [Int?: [String]] = [:]
  /// The themes, in order.
  public internal(set) var themes: [Theme] = []
  /// The votes by the whole room, in order; the counts of an open one are hidden.
  public internal(set) var ballots: [Ballot] = []
  /// The messages to tables, in order.
  public internal(set) var messages: [Message] = []
  /// The markers, in order.
  public internal(set) var markers: [Marker] = []
  /// The tables that ask for help, with the moment at which they did.
  public internal(set) var help: [Int: Moment] = [:]
  /// The commands that can be undone or redone.
  public internal(set) var history = History()
  /// The first seal behind the last closing.
  var sealBehindClosing: ClosingSeal?
  /// The place of the last event folded in; -1 before the first.
  public internal(set) var lastSeq = -1
  /// The moment of the last event folded in.
  public internal(set) var lastAt = Moment(milliseconds: 0)
  /// Where lines are missing in front of what was folded in; none but in a damaged record.
  public internal(set) var gaps: [MetGap] = []
  /// How often each type was met that this version does not know.
  public internal(set) var unknownTypes: [String: Int] = [:]

  /// Creates the state before the first event.
  public init() {}
}

extension Session {
  /// Whether nothing has happened since the opening; it can then be opened anew from a plan that was edited.
  public var isUntouched: Bool {
    flow == Flow() && presence.isEmpty && seatings.isEmpty && themes.isEmpty && arranged.isEmpty
      && ballots.isEmpty
      && messages.isEmpty
      && markers.isEmpty && help.isEmpty && history == History()
      && contributions.allSatisfy { $0.source != nil }
  }
}

// MARK: - Finding things

extension Session {
  /// The items of the agenda; empty before the opening.
  public var items: [AgendaItem] { plan?.items ?? [] }

  /// The tables in order; empty before the opening.
  public var tables: [Table] { plan?.tables ?? [] }

  /// The item that runs, or nil.
  public var currentItem: AgendaItem? {
    flow.current.flatMap { items.indices.contains($0) ? items[$0] : nil }
  }

  /// Returns the index of the item with `id`, or nil.
  public func itemIndex(_ id: String) -> Int? { items.firstIndex { $0.id == id } }

  /// Returns the round from 1 that the breakout at `index` is, or nil where it is no breakout.
  public func round(of index: Int) -> Int? {
    guard items.indices.contains(index), items[index].phase == .breakout else { return nil }
    return items[...index].count { $0.phase == .breakout }
  }

  /// The number of breakout rounds in the agenda.
  public var rounds: Int { items.count { $0.phase == .breakout } }

  /// The last round that was begun; 0 before the first.
  public var reachedRound: Int { heldRounds.last ?? 0 }

  /// The rounds in which people have sat, in order.
  public var heldRounds: [Int] { Set(flow.visits.compactMap { round(of: $0.item) }).sorted() }

  /// The first round whose tables can still change: the next one, or the one that runs.
  public var openRound: Int {
    guard let current = flow.current else { return reachedRound + 1 }
    return round(of: current) ?? reachedRound + 1
  }

  /// Returns the seating that holds in `round`: its own, or the one of the round whose tables are kept.
  public func seating(round: Int) -> RoundSeating? {
    if let seating = seatings[round] { return seating }
    let breakouts = items.filter { $0.phase == .breakout }
    guard round > 1, round <= breakouts.count, breakouts[round - 1].seating == .keep else { return nil }
    return seating(round: round - 1)
  }

  /// The seating of the round that runs, ran last, or comes first.
  public var shownSeating: (round: Int, seating: RoundSeating)? {
    let round = flow.current.flatMap(self.round(of:)) ?? max(1, reachedRound)
    return seating(round: round).map { (round, $0) }
  }

  /// Returns the participant with `id`, or nil.
  public func participant(_ id: String) -> Participant? { places[id].map { participants[$0] } }

  /// Returns whether the person with `id` is expected, present or absent.
  public func presence(of id: String) -> Presence { presence[id] ?? .expected }

  /// Returns the index of the contribution with `id`, or nil.
  public func contributionIndex(_ id: String) -> Int? {
    // Ids count from 1 in order, so the place follows from the id.
    guard let number = Contribution.number(id) else { return nil }
    guard gaps.isEmpty else { return indexBehindGaps(of: id, number) }
    return number <= contributions.count ? number - 1 : nil
  }

  /// Finds a contribution where others are missing in front of it; the numbers still go up.
  private func indexBehindGaps(of id: String, _ number: Int) -> Int? {
    let place = firstPlace(contributions.count) {
      Contribution.number(contributions[$0].id) ?? 0 >= number
    }
    return place < contributions.count && contributions[place].id == id ? place : nil
  }

  /// Returns the index of the theme with `id`, or nil.
  public func themeIndex(_ id: String) -> Int? { themes.firstIndex { $0.id == id } }

  /// Returns the kind with `id`, or nil.
  public func kind(_ id: String) -> Kind? { plan?.kinds.first { $0.id == id } }

  /// The tables in the order in which they report back in the item at `index`.
  ///
  /// The order moves on by one with every report-back, so that it is not always table 1 first.
  public func reportOrder(of index: Int) -> [Int] {
    let numbers = tables.map(\.number)
    guard !numbers.isEmpty, items.indices.contains(index) else { return [] }
    let turn = items[..<index].count { $0.phase == .reportBack } % numbers.count
    return Array(numbers[turn...] + numbers[..<turn])
  }

  /// The table whose turn comes next in the report-back that runs, or nil.
  public var nextToReport: Int? {
    guard let current = flow.current, items[current].phase == .reportBack else { return nil }
    let done = flow.reported[current] ?? []
    return reportOrder(of: current).first { !done.contains($0) && $0 != flow.slot?.table }
  }
}
