import Ground

// What follows from contributions: which count, what was merged, in which order a table keeps them.

extension Session {
  /// Returns whether `contribution` is sensitive: its own mark, else that of its kind.
  public func isSensitive(_ contribution: Contribution) -> Bool {
    contribution.sensitiveMark ?? (usualKind(contribution.kind)?.isSensitive ?? false)
  }

  /// The kind with `id`, from the plan or, where the plan lacks it, from those that the field knows.
  public func usualKind(_ id: String) -> Kind? {
    kind(id) ?? (Kind.defaults + Kind.further).first { $0.id == id }
  }

  /// The contributions that count: neither withdrawn nor merged into another.
  public var standing: [Contribution] { contributions.filter(\.stands) }

  /// Returns the contribution into which the one with `id` was merged in the end; `id` where it was not.
  public func mergeTarget(of id: String) -> String {
    lineage(of: id, \.mergedInto).last ?? id
  }

  /// Returns the contributions that were merged into the one with `id`, directly or by way of others, in
  /// order; withdrawn ones are left out.
  public func merged(into id: String) -> [Contribution] {
    contributions.filter { one in
      one.mergedInto != nil && one.id != id && !one.isWithdrawn
        && lineage(of: one.id, \.mergedInto).contains(id)
    }
  }

  /// The ids that one reaches from `id` by `next`, itself left out; it ends before an id comes again.
  func lineage(of id: String, _ next: KeyPath<Contribution, String?>) -> [String] {
    var found: [String] = []
    var current = id
    while let index = contributionIndex(current), let following = contributions[index][keyPath: next],
      following != id, !found.contains(following)
    {
      found.append(following)
      current = following
    }
    return found
  }

  /// Returns the theme under which `contribution` stands; nil where it was withdrawn.
  public func theme(of contribution: Contribution) -> Theme? {
    contribution.theme.flatMap(themeIndex).map { themes[$0] }.flatMap { $0.isWithdrawn ? nil : $0 }
  }

  /// Returns a table's contributions in its own order; nil: those of the plenary.
  ///
  /// New ones come last. Withdrawn and merged ones keep their places; answers to a survey are of no table.
  public func contributions(ofTable table: Int?) -> [Contribution] {
    let own = contributions.filter { $0.table == table && $0.source == nil }
    guard let order = arranged[table] else { return own }
    let places = Dictionary(zip(order, order.indices), uniquingKeysWith: { first, _ in first })
    let placed = own.filter { places[$0.id] != nil }
      .sorted { (places[$0.id] ?? 0, $0.at) < (places[$1.id] ?? 0, $1.at) }
    return placed + own.filter { places[$0.id] == nil }
  }

  /// Returns the best of the table and the agenda item of `contribution`, in the table's order.
  public func top(with contribution: Contribution) -> [Contribution] {
    contributions(ofTable: contribution.table).filter {
      $0.isTop && $0.stands && $0.item == contribution.item
    }
  }

  /// Returns the ladder with `id`, or nil.
  public func ladder(_ id: String) -> Ladder? { plan?.ladders.first { $0.id == id } }

  /// Returns how many contributions stand on each rung of a ladder, the lowest first (S1.8).
  public func rungCounts(of ladder: String) -> [Int] {
    guard let ladder = self.ladder(ladder) else { return [] }
    var counts = [Int](repeating: 0, count: ladder.rungs.count)
    for contribution in standing {
      if let rung = contribution.rungs[ladder.id], counts.indices.contains(rung) { counts[rung] += 1 }
    }
    return counts
  }

  /// The stakeholder groups: those of the plan, followed by those that only people name (S1.7).
  public var groupNames: [String] {
    var names = plan?.groups ?? []
    for case let group? in participants.map(\.group) where !names.contains(group) { names.append(group) }
    return names
  }

  /// Returns the group that brought `contribution` forward: the one noted, else the one in a survey's column,
  /// where that is one of the session's.
  public func group(of contribution: Contribution) -> String? {
    if let group = contribution.group { return group }
    let column = contribution.origin.first { groupColumns.contains($0.name.lowercased()) }
    guard let value = column?.value.trimmed, !value.isEmpty else { return nil }
    // A column can hold anything, also what points to a person: only a group's own name goes on.
    return groupNames.first { $0.lowercased() == value.lowercased() }
  }

  /// Returns the round from 1 to which a contribution belongs: the one that ran, or ran last before it.
  public func round(of contribution: Contribution) -> Int {
    guard let index = contribution.item.flatMap(itemIndex) else { return 1 }
    return max(1, items[...index].count { $0.phase == .breakout })
  }

  /// Whether what several people did to contributions still fits together.
  ///
  /// Commands see to it one by one; an undo of one could undo what a later one relied on.
  var contributionsFit: Bool {
    var tops: [[String?]: Int] = [:]
    for one in contributions {
      for path in [\Contribution.mergedInto, \Contribution.parent] {
        if let last = lineage(of: one.id, path).last, let index = contributionIndex(last),
          contributions[index][keyPath: path] != nil
        {
          return false
        }
      }
      if one.mergedInto != nil, !one.isWithdrawn, let index = contributionIndex(mergeTarget(of: one.id)),
        contributions[index].isWithdrawn
      {
        return false
      }
      if one.isTop, one.stands {
        tops[[one.table.map { String($0) }, one.item], default: 0] += 1
      }
    }
    return tops.values.allSatisfy { $0 <= Session.topLimit }
  }
}

/// What the column with the stakeholder group is called in a survey.
private let groupColumns: Set<String> = ["groep", "group", "geleding", "doelgroep", "stakeholder"]
