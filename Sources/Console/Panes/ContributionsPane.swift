import Conference
import Ground
import Screen

/// The page of all that was brought forward: what is filtered, the list, and the chosen one whole.
struct ContributionsPane: Sendable, Equatable {
  var filter = ContributionFilter()
  var order = Order.newest
  /// Whether what is typed goes to the search.
  var isSearching = false
  /// The ids of the contributions that are marked, for what goes for several at once.
  var marked: Set<String> = []
  /// What is looked up in all contributions.
  private(set) var index = ContributionIndex()
  /// The places of the listed contributions in the session, from the top; read anew by `refresh` alone, so
  /// that drawing never looks through all texts.
  private(set) var rows: [Int] = []
  /// The chosen row.
  private(set) var row = 0
  /// The chosen contribution's id: one that comes in later is never hit instead of it.
  var selected: String?
  private var read: Reading?

  /// In which order the contributions stand.
  enum Order: CaseIterable, Sendable {
    case newest, table, theme, merged
  }

  /// What the rows were read from.
  private struct Reading: Sendable, Equatable {
    var seq: Int
    var filter: ContributionFilter
    var order: Order
  }

  /// Returns the chosen contribution, or nil where none is listed.
  func contribution(in session: Session) -> Contribution? {
    guard rows.indices.contains(row), session.contributions.indices.contains(rows[row]) else { return nil }
    return session.contributions[rows[row]]
  }

  /// Returns the marked contributions, or where there are none the chosen one.
  func targets(in session: Session) -> [Contribution] {
    let marked = marked.compactMap(session.contributionIndex).sorted().map { session.contributions[$0] }
    return marked.isEmpty ? contribution(in: session).map { [$0] } ?? [] : marked
  }

  mutating func move(by step: Int, in session: Session) { select(row: row + step, in: session) }

  /// Chooses the row that stands so far from the top, or the nearest.
  mutating func select(row: Int, in session: Session) {
    self.row = max(0, min(rows.count - 1, row))
    selected = contribution(in: session)?.id
  }

  /// Takes a key as a part of what is searched for.
  mutating func type(_ key: Key) {
    guard isSearching else { return }
    switch key {
    case .character(let character): filter.search.append(character)
    case .backspace: _ = filter.search.popLast()
    default: break
    }
  }

  /// Lists one table only, or all again.
  mutating func toggle(table: Int) {
    filter.place = filter.place == .table(table) ? nil : .table(table)
  }

  mutating func toggleMark(in session: Session) {
    guard let id = contribution(in: session)?.id else { return }
    if marked.remove(id) == nil { marked.insert(id) }
    move(by: 1, in: session)
  }

  /// Marks all that is listed, or nothing any more.
  mutating func toggleAllMarks(in session: Session) {
    marked = marked.isEmpty ? Set(rows.map { session.contributions[$0].id }) : []
  }

  /// Takes away the search, the marks or the filters, whichever comes first, and returns whether there was
  /// one.
  mutating func clearOne() -> Bool {
    if !filter.search.isEmpty {
      filter.search = ""
    } else if !marked.isEmpty {
      marked = []
    } else if filter.isFiltering {
      filter = ContributionFilter()
    } else {
      return false
    }
    return true
  }

  /// Reads the rows anew where the record, the filter or the order changed.
  mutating func refresh(_ session: Session) {
    let reading = Reading(seq: session.lastSeq, filter: filter, order: order)
    guard reading != read else { return }
    // What leaves the list by itself leaves the choice in its place: the next one is at hand.
    let isOtherList = read?.filter != filter || read?.order != order
    read = reading
    index.follow(session)
    rows = sorted(index.places(filter, in: session).reversed(), in: session)
    let found = selected.flatMap(session.contributionIndex).flatMap(rows.firstIndex)
    select(row: found ?? (isOtherList ? 0 : row), in: session)
    if !marked.isEmpty { marked = marked.filter { session.contributionIndex($0) != nil } }
  }

  /// Returns what each value of one part of the filter would list, together with the other parts.
  mutating func counts<Value: Hashable>(
    without change: (inout ContributionFilter) -> Void, in session: Session,
    by value: (Contribution) -> Value?
  ) -> [Value: Int] {
    var filter = filter
    change(&filter)
    return index.places(filter, in: session).reduce(into: [:]) { counts, place in
      if let value = value(session.contributions[place]) { counts[value, default: 0] += 1 }
    }
  }

  /// Returns the places of all other contributions that stand, those with the most words in common first,
  /// and how much that is, from 0 to 100.
  mutating func alike(to id: String, in session: Session) -> [(place: Int, likeness: Int)] {
    guard let chosen = session.contributionIndex(id) else { return [] }
    let others = index.places(ContributionFilter(), in: session).filter { $0 != chosen }
    let likeness = index.likeness(of: others, to: chosen, in: session)
    return others.map { (place: $0, likeness: likeness[$0] ?? 0) }.sorted {
      ($0.likeness, $0.place) > ($1.likeness, $1.place)
    }
  }

  /// Returns places that stand from new to old in the order that was chosen.
  private func sorted(_ places: [Int], in session: Session) -> [Int] {
    let contributions = session.contributions
    let rank: (Int) -> Int
    switch order {
    case .newest: return places
    // The plenary after the tables, then the survey.
    case .table:
      rank = { contributions[$0].table ?? (contributions[$0].source == nil ? .max - 1 : .max) }
    case .theme: rank = { contributions[$0].theme.flatMap(session.themeIndex) ?? .max }
    case .merged: rank = { -(self.index.origins[contributions[$0].id]?.count ?? 0) }
    }
    return places.map { (rank: rank($0), place: $0) }.sorted {
      ($0.rank, -$0.place) < ($1.rank, -$1.place)
    }.map(\.place)
  }
}
