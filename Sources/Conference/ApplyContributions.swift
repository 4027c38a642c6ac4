// The fold of what the group produces: contributions, themes and votes.

extension Session {
  mutating func applyYield(_ event: Event, _ stamp: Stamp) {
    switch event {
    case .contributionAdded(let contribution): add(contribution, stamp)
    case .contributionAmended(let id, let text, let kind):
      change(id, stamp) {
        $0.text = text
        $0.kind = kind
        $0.amendments += 1
      }
    case .contributionWithdrawn(let id): change(id, stamp) { $0.isWithdrawn = true }
    case .contributionRestored(let id): change(id, stamp) { $0.isWithdrawn = false }
    case .contributionShown(let id, let isShown):
      if isShown, let index = contributionIndex(id) { contributions[index].wasShown = true }
      change(id, stamp) { $0.isShown = isShown }
    case .contributionMarked(let id, let mark): change(id, stamp) { $0.sensitiveMark = mark }
    case .contributionQuoted(let id, let quote): change(id, stamp) { $0.quote = quote }
    case .contributionLinked(let id, let parent): change(id, stamp) { $0.parent = parent }
    case .contributionMerged(let id, let target): change(id, stamp) { $0.mergedInto = target }
    case .contributionLabelled(let id, let ladder, let rung):
      change(id, stamp) { $0.rungs[ladder] = rung }
    case .contributionAttributed(let id, let group): change(id, stamp) { $0.group = group }
    case .contributionMoved(let id, let before): move(id, before: before, stamp)
    case .contributionTopped(let id, let isTop): change(id, stamp) { $0.isTop = isTop }
    case .actionAssigned(let id, let owner, let due):
      change(id, stamp) {
        $0.owner = owner
        $0.due = due
      }
    case .contributionThemed(let id, let theme): change(id, stamp) { $0.theme = theme }
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

  private mutating func change(
    _ id: String, _ stamp: Stamp, _ change: (inout Contribution) -> Void
  ) {
    guard let index = contributionIndex(id) else { return }
    let before = contributions[index]
    change(&contributions[index])
    guard history.asks(for: stamp.cmd) else {
      // Not by what a note holds: to make one costs more than the change itself.
      if stamp.by != "host", contributions[index] != before { history.count(cmd: stamp.cmd, by: stamp.by) }
      return
    }
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
