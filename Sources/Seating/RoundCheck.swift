/// Whether one round can be seated under some of the rules: a search that is complete within its limit.
///
/// Only units that share a table or are kept apart are placed one by one, the one with the fewest tables
/// first, looking ahead; tables that are alike are tried once. People who are bound by pins and needs alone
/// are a flow, and those whom no rule touches only a number.
struct RoundCheck {
  enum Answer { case possible, impossible, unknown }

  private let tables: Int
  /// The chairs left, and how many people each table still asks for.
  private var room: [Int]
  private var lack: [Int]
  /// The sum of `lack`, and everybody who has no chair yet.
  private var deficit: Int
  private var left: Int
  /// People whom no rule binds to tables.
  private var free: Int

  /// The units to place one by one: their people's number, and whom they are kept apart from.
  private var sizes: [Int] = []
  private var apart: [[Int]] = []
  private var isPlaced: [Bool] = []
  /// The sizes above 1, falling, and how many units of each have no table yet.
  private var groupSizes: [Int] = []
  private var groups: [Int] = []
  /// Where each unit can still sit, unit by unit, and at how many tables.
  private var isOpen: [Bool] = []
  private var choices: [Int] = []
  /// What was taken from `isOpen`, to be put back.
  private var trail: [Int] = []

  /// The distinct sets of tables of people who are bound by pins and needs alone, and how many have each.
  private var looseRows: [[Bool]] = []
  private var looseCounts: [Int] = []

  private var steps = 0
  private var limit = 0
  /// Whether the rules contradict without any search.
  private var isContradiction = false

  /// The most work of one check, in units and tables looked at.
  private static let work = 1_500_000

  /// Answers for `rules` alone; `people` is everyone who is there.
  ///
  /// `work` is what all checks together may still look at; what this one does is taken from it.
  static func answer(
    _ problem: SeatingProblem, people: Int, rules: [SeatingRule], work: inout Int
  ) -> Answer {
    var check = RoundCheck(problem, people: people, rules: rules)
    let size = max(1, check.tables + check.sizes.count)
    check.limit = min(RoundCheck.work, work) / size
    // Setting up counts as well.
    defer { work -= min(work, (check.steps + 4) * size) }
    return check.answer()
  }

  private init(_ problem: SeatingProblem, people: Int, rules: [SeatingRule]) {
    tables = problem.tables.count
    room = problem.tables.map(\.maximum)
    lack = [Int](repeating: 0, count: tables)
    for case .minimum(let table) in rules { lack[table] = max(0, problem.tables[table].minimum) }
    deficit = lack.reduce(0, +)
    left = people

    var numbers: [Int: Int] = [:]
    for person in rules.flatMap(\.people) where numbers[person] == nil {
      numbers[person] = numbers.count
    }
    free = people - numbers.count
    var joined = Joined(numbers.count)
    func number(_ person: Int) -> Int { numbers[person] ?? 0 }
    for case .together(let group) in rules {
      for person in group.dropFirst() {
        joined.join(number(group[0]), number(person))
      }
    }
    // Units by their root: how many people, which tables, whom they are kept apart from.
    var counts = [Int](repeating: 0, count: numbers.count)
    for number in counts.indices { counts[joined.lowest(with: number)] += 1 }
    let open = room.map { $0 > 0 }
    var rows: [Int: [Bool]] = [:]
    for rule in rules {
      switch rule {
      case .pin(let person, let table):
        let unit = joined.lowest(with: number(person))
        let old = rows[unit] ?? open
        var row = [Bool](repeating: false, count: tables)
        row[table] = old[table]
        rows[unit] = row
      case .need(let person):
        let unit = joined.lowest(with: number(person))
        let fitting = problem.allowedTables[person] ?? []
        var row = rows[unit] ?? open
        for table in row.indices where row[table] { row[table] = fitting.contains(table) }
        rows[unit] = row
      case .together, .apart, .minimum: break
      }
    }
    var neighbours: [Int: Set<Int>] = [:]
    for case .apart(let one, let other) in rules {
      let (a, b) = (joined.lowest(with: number(one)), joined.lowest(with: number(other)))
      if a == b { isContradiction = true }
      neighbours[a, default: []].insert(b)
      neighbours[b, default: []].insert(a)
    }
    var unitOf: [Int: Int] = [:]
    var looseOf: [[Bool]: Int] = [:]
    let searched = counts.indices.filter {
      counts[$0] > 1 || counts[$0] == 1 && neighbours[$0] != nil
    }
    for (unit, root) in searched.enumerated() { unitOf[root] = unit }
    for root in searched {
      sizes.append(counts[root])
      apart.append((neighbours[root] ?? []).compactMap { unitOf[$0] }.sorted())
      let row = rows[root] ?? open
      let fits = row.indices.map { row[$0] && room[$0] >= counts[root] }
      choices.append(fits.count { $0 })
      isOpen += fits
    }
    isPlaced = [Bool](repeating: false, count: sizes.count)
    for root in counts.indices where counts[root] == 1 && neighbours[root] == nil {
      let row = rows[root] ?? open
      if let known = looseOf[row] {
        looseCounts[known] += 1
      } else {
        looseOf[row] = looseRows.count
        looseRows.append(row)
        looseCounts.append(1)
      }
    }
    groupSizes = Set(sizes.filter { $0 > 1 }).sorted(by: >)
    groups = groupSizes.map { size in sizes.count { $0 == size } }
  }

  private mutating func answer() -> Answer {
    if isContradiction || deficit > left || choices.contains(0) { return .impossible }
    guard settleLoose(), settleForced(), flows(), !holdsClique() else { return .impossible }
    return search()
  }

  // MARK: - Without a choice

  /// Gives those who can sit at one table only their chair.
  private mutating func settleLoose() -> Bool {
    for (place, row) in looseRows.enumerated() {
      let only = row.indices.filter { row[$0] }
      guard let table = only.first else { return false }
      guard only.count == 1 else { continue }
      let count = looseCounts[place]
      looseCounts[place] = 0
      guard seat(count, at: table) else { return false }
    }
    for unit in sizes.indices {
      for table in 0..<tables where room[table] < sizes[unit] && !close(unit, table) { return false }
    }
    // Closing for good: nothing of it is put back.
    trail.removeAll()
    return true
  }

  private mutating func settleForced() -> Bool {
    while let unit = sizes.indices.first(where: { !isPlaced[$0] && choices[$0] == 1 }) {
      guard let table = (0..<tables).first(where: { isOpen[unit * tables + $0] }), place(unit, table) else {
        return false
      }
    }
    trail.removeAll()
    return true
  }

  private mutating func mark(_ unit: Int, isPlaced: Bool) {
    self.isPlaced[unit] = isPlaced
    if let place = groupSizes.firstIndex(of: sizes[unit]) { groups[place] += isPlaced ? -1 : 1 }
  }

  /// Takes `count` chairs at `table`.
  private mutating func seat(_ count: Int, at table: Int) -> Bool {
    room[table] -= count
    left -= count
    let met = min(lack[table], count)
    lack[table] -= met
    deficit -= met
    return room[table] >= 0 && deficit <= left
  }

  /// Takes a table from where `unit` can sit; false where none is left.
  private mutating func close(_ unit: Int, _ table: Int) -> Bool {
    let cell = unit * tables + table
    guard isOpen[cell] else { return true }
    isOpen[cell] = false
    trail.append(cell)
    choices[unit] -= 1
    return choices[unit] > 0
  }

  /// Seats `unit` and looks ahead; false where somebody has no table left.
  private mutating func place(_ unit: Int, _ table: Int) -> Bool {
    mark(unit, isPlaced: true)
    guard seat(sizes[unit], at: table) else { return false }
    for other in apart[unit] where !isPlaced[other] && !close(other, table) { return false }
    for other in sizes.indices where !isPlaced[other] && sizes[other] > room[table] && !close(other, table) {
      return false
    }
    return true
  }

  // MARK: - Bounds

  /// Whether pins and needs leave seats for people and people for tables, as if groups could be split.
  ///
  /// For people who are bound by nothing else this is exact: where all can be seated, and all tables be
  /// filled, both can be done at once (Mendelsohn and Dulmage 1958).
  private func flows() -> Bool {
    var rows = looseRows
    var counts = looseCounts
    var known: [[Bool]: Int] = [:]
    // Who can sit wherever there is a chair is as good as free.
    let open = room.count { $0 > 0 }
    var anywhere = free
    for unit in sizes.indices where !isPlaced[unit] {
      if choices[unit] == open {
        anywhere += sizes[unit]
        continue
      }
      let row = Array(isOpen[(unit * tables)..<((unit + 1) * tables)])
      if let place = known[row] {
        counts[place] += sizes[unit]
      } else {
        known[row] = rows.count
        rows.append(row)
        counts.append(sizes[unit])
      }
    }
    let used = rows.indices.filter { counts[$0] > 0 }
    let supply = used.map { counts[$0] }
    if Transport.shortfall(supply: supply, capacity: room, fits: { rows[used[$0]][$1] }) != nil {
      return false
    }
    // Only what they cannot fill asks for others.
    guard deficit > anywhere else { return true }
    let asking = lack.indices.filter { lack[$0] > 0 }
    return Transport.shortfall(
      supply: asking.map { lack[$0] }, capacity: supply + [anywhere],
      fits: { $1 == used.count || rows[used[$1]][asking[$0]] }) == nil
  }

  /// Whether more units than there are tables must all be kept apart from one another.
  ///
  /// The largest such set is hard to find; growing one from each unit finds those that people write.
  private func holdsClique() -> Bool {
    for unit in sizes.indices where apart[unit].count > 1 {
      var all = [unit]
      for other in apart[unit].sorted(by: { (apart[$1].count, $0) < (apart[$0].count, $1) })
      where all.allSatisfy({ apart[other].contains($0) }) { all.append(other) }
      if all.count > tables { return true }
      let waiting = all.filter { !isPlaced[$0] }
      let fitting = (0..<tables).count { table in waiting.contains { isOpen[$0 * tables + table] } }
      if waiting.count > fitting { return true }
    }
    return false
  }

  /// Whether the groups of each size or more find enough room, table by table.
  private func packs() -> Bool {
    var atLeast = 0
    for (size, count) in zip(groupSizes, groups) where count > 0 {
      atLeast += count
      if room.reduce(0, { $0 + $1 / size }) < atLeast { return false }
    }
    return true
  }

  // MARK: - Search

  private mutating func search() -> Answer {
    steps += 1
    if steps > limit { return .unknown }
    guard packs() else { return .impossible }
    guard let unit = next() else {
      steps += 10
      return flows() ? .possible : .impossible
    }
    var tables = (0..<tables).filter { isOpen[unit * self.tables + $0] }
    var tried: [Int] = []
    // The fullest table first: groups pack best so.
    while let best = tables.indices.min(by: { room[tables[$0]] < room[tables[$1]] }) {
      let table = tables.remove(at: best)
      if tried.contains(where: { isAlike($0, table) }) { continue }
      tried.append(table)
      let saved = (room: room[table], lack: lack[table], deficit: deficit, left: left, trail: trail.count)
      if place(unit, table) {
        let answer = search()
        if answer != .impossible { return answer }
      }
      mark(unit, isPlaced: false)
      (room[table], lack[table], deficit, left) = (saved.room, saved.lack, saved.deficit, saved.left)
      for cell in trail[saved.trail...] {
        isOpen[cell] = true
        choices[cell / self.tables] += 1
      }
      trail.removeSubrange(saved.trail...)
    }
    return .impossible
  }

  /// The unit with the fewest tables; among equals the largest, then the one with the most to keep apart from.
  private func next() -> Int? {
    sizes.indices.lazy.filter { !isPlaced[$0] }.min { a, b in
      (choices[a], -sizes[a], -apart[a].count, a) < (choices[b], -sizes[b], -apart[b].count, b)
    }
  }

  /// Whether two tables are the same to everybody who has no chair yet.
  private func isAlike(_ a: Int, _ b: Int) -> Bool {
    room[a] == room[b] && lack[a] == lack[b] && looseRows.allSatisfy { $0[a] == $0[b] }
      && sizes.indices.allSatisfy { isPlaced[$0] || isOpen[$0 * tables + a] == isOpen[$0 * tables + b] }
  }
}
