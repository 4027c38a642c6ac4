// The fold of what the group produces: contributions, themes and votes.

extension Session {
  mutating func applyYield(_ event: Event, _ stamp: Stamp) {
    switch event {
    case .contributionAdded(let contribution): add(contribution, stamp)
    case .contributionAmended(let id, let text, let kind):
      change(id, stamp, unless: { _ in false }) {
        $0.text = text
        $0.kind = kind
        $0.amendments += 1
      }
    case .contributionWithdrawn(let id): set(\.isWithdrawn, true, of: id, stamp)
    case .contributionRestored(let id): set(\.isWithdrawn, false, of: id, stamp)
    case .contributionShown(let id, let isShown):
      if isShown, let index = contributionIndex(id) { contributions[index].wasShown = true }
      set(\.isShown, isShown, of: id, stamp)
    case .contributionMarked(let id, let mark): set(\.sensitiveMark, mark, of: id, stamp)
    case .contributionQuoted(let id, let quote): set(\.quote, quote, of: id, stamp)
    case .contributionLinked(let id, let parent): set(\.parent, parent, of: id, stamp)
    case .contributionMerged(let id, let target): set(\.mergedInto, target, of: id, stamp)
    case .contributionLabelled(let id, let ladder, let rung):
      change(id, stamp, unless: { $0.rungs[ladder] == rung }) { $0.rungs[ladder] = rung }
    case .contributionAttributed(let id, let group): set(\.group, group, of: id, stamp)
    case .contributionMoved(let id, let before): move(id, before: before, stamp)
    case .contributionTopped(let id, let isTop): set(\.isTop, isTop, of: id, stamp)
    case .actionAssigned(let id, let owner, let due):
      change(id, stamp, unless: { $0.owner == owner && $0.due == due }) {
        $0.owner = owner
        $0.due = due
      }
    case .contributionThemed(let id, let theme): set(\.theme, theme, of: id, stamp)
    case .themeAdded(let theme): add(theme, stamp)
    case .themeAmended(let theme):
      guard let index = themeIndex(theme.id) else { return }
      let before = themes[index]
      themes[index] = theme
      note(stamp, .theme(before), .theme(theme))
    case .ballotOpened(let ballot): open(ballot, stamp)
    case .ballotCounted(let id, let option, let group, let tally):
      change(ballot: id, stamp) {
        $0.counts[option, default: [:]][group] = tally.total == 0 ? nil : tally
      }
    case .ballotClosed(let id): change(ballot: id, stamp) { $0.closedAt = $0.closedAt ?? stamp.at }
    case .ballotWithdrawn(let id): change(ballot: id, stamp) { $0.isWithdrawn = true }
    default: return
    }
  }

  private mutating func open(_ ballot: Ballot, _ stamp: Stamp) {
    guard ballotIndex(ballot.id) == nil else { return }
    ballots.append(ballot)
    var withdrawn = ballot
    withdrawn.isWithdrawn = true
    note(stamp, .ballot(withdrawn), .ballot(ballot))
  }

  private mutating func change(ballot id: String, _ stamp: Stamp, _ change: (inout Ballot) -> Void) {
    guard let index = ballotIndex(id) else { return }
    let before = ballots[index]
    change(&ballots[index])
    note(stamp, .ballot(before), .ballot(ballots[index]))
  }

  private mutating func add(_ contribution: Contribution, _ stamp: Stamp) {
    guard isNext(contribution.id) else { return }
    contributions.append(contribution)
    if stamp.by == "host" { return }
    guard history.asks(for: stamp.cmd) else { return history.count(cmd: stamp.cmd, by: stamp.by) }
    // To undo an addition is to withdraw it: nothing is ever taken out (S4.14).
    var withdrawn = contribution
    withdrawn.isWithdrawn = true
    note(stamp, .contribution(withdrawn), .contribution(contribution))
  }

  /// Whether a contribution of this id can come next: ids count on, but over what is missing in a gap.
  private func isNext(_ id: String) -> Bool {
    guard let number = Contribution.number(id) else { return false }
    guard !gaps.isEmpty else { return number == contributions.count + 1 }
    return number > contributions.last.flatMap { Contribution.number($0.id) } ?? 0
  }

  /// Sets one part of a contribution.
  @inline(__always)
  private mutating func set<Value: Equatable>(
    _ part: WritableKeyPath<Contribution, Value>, _ value: Value, of id: String, _ stamp: Stamp
  ) {
    change(id, stamp, unless: { $0[keyPath: part] == value }) { $0[keyPath: part] = value }
  }

  /// Changes a contribution, unless it is so already.
  ///
  /// What nobody asks for needs no copy of the contribution as it was, which most changes in a long record would make
  /// for nothing.
  @inline(__always)
  private mutating func change(
    _ id: String, _ stamp: Stamp, unless isSo: (Contribution) -> Bool, _ change: (inout Contribution) -> Void
  ) {
    guard let index = contributionIndex(id), !isSo(contributions[index]) else { return }
    guard history.asks(for: stamp.cmd) else {
      change(&contributions[index])
      if stamp.by != "host" { history.count(cmd: stamp.cmd, by: stamp.by) }
      return
    }
    let before = contributions[index]
    change(&contributions[index])
    note(stamp, .contribution(before), .contribution(contributions[index]))
  }

  private mutating func move(_ id: String, before: String?, _ stamp: Stamp) {
    guard let index = contributionIndex(id) else { return }
    let table = contributions[index].table
    let old = arranged[table]
    arranged[table] = Session.order(
      contributions(ofTable: table).map(\.id), moving: id, before: before)
    note(stamp, .order(table, old), .order(table, arranged[table]))
  }

  private mutating func add(_ theme: Theme, _ stamp: Stamp) {
    guard themeIndex(theme.id) == nil else { return }
    themes.append(theme)
    var withdrawn = theme
    withdrawn.isWithdrawn = true
    note(stamp, .theme(withdrawn), .theme(theme))
  }
}
