import Ground

// Commands about contributions and themes.

extension Session {
  /// How many contributions a table can choose as its best in one agenda item.
  public static let topLimit = 3

  func decideContribution(
    _ command: Command, at now: Moment, by: String
  ) throws(Refusal) -> [Event] {
    switch command {
    case .contribute(let new): return try contribute(new, at: now, by: by)
    case .amend(let id, let text, let kind): return try amend(id, text: text, kind: kind)
    case .withdraw(let id): return try withdraw(id)
    case .restore(let id):
      let old = try contribution(id)
      guard old.isWithdrawn else { throw .nothingChanges }
      return [.contributionRestored(id: id)] + lessTop(old)
    case .show(let id, let isShown):
      guard try contribution(id).isShown != isShown else { throw .nothingChanges }
      return [.contributionShown(id: id, isShown: isShown)]
    case .markSensitive(let id, let mark):
      guard isSensitive(try contribution(id)) != mark else { throw .nothingChanges }
      return [.contributionMarked(id: id, isSensitive: mark)]
    case .quote(let id, let quote): return try self.quote(id, quote)
    case .link(let id, let parent): return try link(id, parent: parent)
    case .merge(let id, let target): return try merge(id, into: target)
    case .label(let id, let ladder, let rung): return try label(id, ladder: ladder, rung: rung)
    case .attribute(let id, let group):
      if let group { try requireGroup(group) }
      guard try contribution(id).group != group else { throw .nothingChanges }
      return [.contributionAttributed(id: id, group: group)]
    case .reorder(let id, let before): return try reorder(id, before: before)
    case .top(let id, let isTop): return try choose(id, isTop: isTop)
    case .assignAction(let id, let owner, let due):
      let old = try contribution(id)
      let owner = try textIfAny(owner)
      guard old.owner != owner || old.due != due else { throw .nothingChanges }
      return [.actionAssigned(id: id, owner: owner, due: due)]
    default: return try decideTheme(command)
    }
  }

  private func decideTheme(_ command: Command) throws(Refusal) -> [Event] {
    switch command {
    case .assign(let id, let theme):
      if let theme { _ = try self.theme(theme) }
      guard try contribution(id).theme != theme else { throw .nothingChanges }
      return [.contributionThemed(id: id, theme: theme)]
    case .assignNew(let id, let title, let body):
      _ = try contribution(id)
      let theme = try newTheme(title, body)
      return [.themeAdded(theme), .contributionThemed(id: id, theme: theme.id)]
    case .addTheme(let title, let body): return [.themeAdded(try newTheme(title, body))]
    case .amendTheme(let id, let title, let body):
      let old = try self.theme(id)
      var theme = old
      theme.title = try checked(title)
      theme.body = try body.map(checkedOrEmpty)
      guard theme != old else { throw .nothingChanges }
      return [.themeAmended(theme)]
    case .withdrawTheme(let id):
      var theme = try self.theme(id)
      theme.isWithdrawn = true
      return [.themeAmended(theme)]
    default: throw .nothingChanges
    }
  }

  private func newTheme(_ title: String, _ body: String?) throws(Refusal) -> Theme {
    Theme(id: "t\(themes.count + 1)", title: try checked(title), body: try body.map(checkedOrEmpty))
  }

  // MARK: - The text

  private func contribute(
    _ new: NewContribution, at now: Moment, by: String
  ) throws(Refusal) -> [Event] {
    if let table = new.table { try requireTable(table) }
    guard kind(new.kind) != nil else { throw .unknownKind(new.kind) }
    if let parent = new.parent { _ = try contribution(parent) }
    if let group = new.group { try requireGroup(group) }
    return [
      .contributionAdded(
        Contribution(
          id: "c\(contributions.count + 1)", table: new.table, item: currentItem?.id, kind: new.kind,
          text: try checked(new.text), at: now, by: by,
          // It may have been merged while somebody wrote; no line is lost over that.
          parent: new.parent.map(mergeTarget), group: new.group, owner: try textIfAny(new.owner),
          due: new.due))
    ]
  }

  private func amend(_ id: String, text: String, kind: String) throws(Refusal) -> [Event] {
    let old = try contribution(id)
    guard let new = self.kind(kind) else { throw .unknownKind(kind) }
    let text = try checked(text)
    guard old.text != text || old.kind != kind else { throw .nothingChanges }
    // Whoever calls it sensitive now is not held to a mark from when it was something else.
    let marks = new.isSensitive && old.kind != kind && old.sensitiveMark == false
    return [.contributionAmended(id: id, text: text, kind: kind)]
      + (marks ? [.contributionMarked(id: id, isSensitive: true)] : [])
  }

  private func withdraw(_ id: String) throws(Refusal) -> [Event] {
    guard !(try contribution(id)).isWithdrawn else { throw .nothingChanges }
    let origins = merged(into: id).map(\.id)
    guard origins.isEmpty else { throw .holdsMerged(id, origins: origins) }
    return [.contributionWithdrawn(id: id)]
  }

  // MARK: - What is known of it

  private func quote(_ id: String, _ quote: Quote?) throws(Refusal) -> [Event] {
    let old = try contribution(id)
    var new = quote
    if let quote {
      new = Quote(role: try checked(quote.role), organisation: try textIfAny(quote.organisation))
    }
    guard old.quote != new else { throw .nothingChanges }
    return [.contributionQuoted(id: id, new)]
  }

  private func link(_ id: String, parent: String?) throws(Refusal) -> [Event] {
    let old = try contribution(id)
    if let parent {
      let above = try contribution(parent)
      guard parent != id else { throw .ownParent(id) }
      if above.mergedInto != nil { throw .isMerged(parent, into: mergeTarget(of: parent)) }
      if lineage(of: parent, \.parent).contains(id) { throw .parentInCircle(id, parent: parent) }
    }
    guard old.parent != parent else { throw .nothingChanges }
    return [.contributionLinked(id: id, parent: parent)]
  }

  private func merge(_ id: String, into target: String?) throws(Refusal) -> [Event] {
    let old = try contribution(id)
    guard let target else {
      guard old.mergedInto != nil else { throw .nothingChanges }
      return [.contributionMerged(id: id, into: nil)] + lessTop(old)
    }
    _ = try contribution(target)
    let final = mergeTarget(of: target)
    guard final != id else { throw .mergedIntoItself(id) }
    guard !(try contribution(final)).isWithdrawn else { throw .isWithdrawn(final) }
    if old.isWithdrawn { throw .isWithdrawn(id) }
    guard old.mergedInto != final else { throw .nothingChanges }
    return [.contributionMerged(id: id, into: final)]
  }

  private func label(_ id: String, ladder: String, rung: Int?) throws(Refusal) -> [Event] {
    let old = try contribution(id)
    guard let known = self.ladder(ladder) else { throw .unknownLadder(ladder) }
    if let rung, !known.rungs.indices.contains(rung) {
      throw .unknownRung(rung, ladder: known.name, rungs: known.rungs.count)
    }
    guard old.rungs[ladder] != rung else { throw .nothingChanges }
    return [.contributionLabelled(id: id, ladder: ladder, rung: rung)]
  }

  // MARK: - At its table

  private func reorder(_ id: String, before: String?) throws(Refusal) -> [Event] {
    let moved = try contribution(id)
    guard moved.source == nil else { throw .ofNoTable(id) }
    let order = contributions(ofTable: moved.table).map(\.id)
    if let before {
      _ = try contribution(before)
      guard order.contains(before) else { throw .otherTable(id, before) }
    }
    guard before != id, Session.order(order, moving: id, before: before) != order else {
      throw .nothingChanges
    }
    return [.contributionMoved(id: id, before: before)]
  }

  /// Returns `order` with `id` in front of `before`; at the end where that is nil or not there.
  static func order(_ order: [String], moving id: String, before: String?) -> [String] {
    var order = order.filter { $0 != id }
    order.insert(id, at: before.flatMap(order.firstIndex) ?? order.count)
    return order
  }

  private func choose(_ id: String, isTop: Bool) throws(Refusal) -> [Event] {
    let old = try contribution(id)
    guard old.isTop != isTop else { throw .nothingChanges }
    if isTop {
      guard old.source == nil else { throw .ofNoTable(id) }
      if old.isWithdrawn { throw .isWithdrawn(id) }
      if old.mergedInto != nil { throw .isMerged(id, into: mergeTarget(of: id)) }
      let top = top(with: old)
      guard top.count < Session.topLimit else { throw .topIsFull(top) }
    }
    return [.contributionTopped(id: id, isTop: isTop)]
  }

  /// What comes back among contributions gives up its place in the top where that was taken meanwhile.
  private func lessTop(_ contribution: Contribution) -> [Event] {
    contribution.isTop && top(with: contribution).count >= Session.topLimit
      ? [.contributionTopped(id: contribution.id, isTop: false)] : []
  }

  // MARK: - Checks

  func contribution(_ id: String) throws(Refusal) -> Contribution {
    guard let index = contributionIndex(id) else { throw .unknownContribution(id) }
    return contributions[index]
  }

  func theme(_ id: String) throws(Refusal) -> Theme {
    guard let index = themeIndex(id), !themes[index].isWithdrawn else { throw .unknownTheme(id) }
    return themes[index]
  }

  private func requireGroup(_ group: String) throws(Refusal) {
    guard groupNames.contains(group) else { throw .unknownGroup(group, known: groupNames) }
  }

  private func textIfAny(_ text: String?) throws(Refusal) -> String? {
    guard let text else { return nil }
    let checked = try checkedOrEmpty(text)
    return checked.isEmpty ? nil : checked
  }
}
