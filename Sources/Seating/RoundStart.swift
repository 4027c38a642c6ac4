import Ground

/// Seats one round so that every hard rule is met and the tables' sizes differ as little as they can.
///
/// Units that a rule touches are placed by backtracking, those with the fewest tables first; all others
/// fill the chairs that are left. The sizes are sought in a window that starts at the even size and grows
/// only when it must.
struct RoundStart {
  private let rules: RoundRules
  /// Each person's wished table, followed where the rules allow.
  private let wishes: [Int]
  /// The fewest people that must sit at each table: its own bound, and those who can sit nowhere else.
  private let lower: [Int]
  /// How often the search got stuck at each unit; units that stick are placed earlier in the next try.
  private var stuck: [Int]
  private var random: SplitMix64

  /// The most placements tried in one window; 8 people at 4 tables are searched to the end.
  private static let patience = 100_000

  init(_ rules: RoundRules, wishes: [Int], random: SplitMix64) {
    self.rules = rules
    self.wishes = wishes
    self.random = random
    var bound = [Int](repeating: 0, count: rules.tables.count)
    for (unit, people) in rules.units.enumerated() where rules.rowOf[unit] > 0 {
      if let table = rules.onlyTable(of: unit) { bound[table] += people.count }
    }
    lower = rules.tables.indices.map { max(rules.tables[$0].minimum, bound[$0]) }
    stuck = [Int](repeating: 0, count: rules.units.count)
  }

  /// Returns the people at each table, in rising order, or throws `notFound`.
  mutating func seat() throws(SeatingConflict) -> [[Int]] {
    let upper = rules.tables.map(\.maximum)
    let level = evenLevel(upper)
    var width = 0
    while true {
      let low = lower.indices.map { max(lower[$0], min(upper[$0], level - width)) }
      let high = lower.indices.map { min(upper[$0], max(lower[$0], level + 1 + width)) }
      // A second try in another order is cheap against wider tables.
      for _ in 0..<3 {
        switch place(low: low, high: high) {
        case .seated(let tables): return tables
        case .impossible: break
        case .outOfPatience: continue
        }
        break
      }
      if low == lower && high == upper { break }
      width = width == 0 ? 1 : width * 2
    }
    let worst = rules.units.indices.max { stuck[$0] < stuck[$1] } ?? 0
    let around = [worst] + rules.apart[worst]
    throw .notFound(round: rules.round, people: around.flatMap { rules.units[$0] }.sorted())
  }

  /// The size that every table has where its bounds allow, or one more.
  private func evenLevel(_ upper: [Int]) -> Int {
    var level = 0
    let most = upper.max() ?? 0
    while level < most {
      let next = upper.indices.reduce(0) { $0 + min(upper[$1], max(lower[$1], level + 1)) }
      if next > rules.present.count { break }
      level += 1
    }
    return level
  }

  private enum Outcome {
    case seated([[Int]])
    case impossible
    case outOfPatience
  }

  private mutating func place(low: [Int], high: [Int]) -> Outcome {
    var load = [Int](repeating: 0, count: low.count)
    var left = rules.present.count
    // Chairs that must still be filled.
    var deficit = low.reduce(0, +)
    if deficit > left || high.reduce(0, +) < left { return .impossible }
    var tableOf = [Int](repeating: -1, count: rules.units.count)
    let order = bound()
    var choices = [[Int]](repeating: [], count: order.count)
    var depth = 0
    var tries = 0
    var descending = true
    while depth < order.count {
      let unit = order[depth]
      let size = rules.units[unit].count
      if descending {
        choices[depth] = candidates(for: unit, load: load, low: low, high: high, deficit, left, tableOf)
        if choices[depth].isEmpty { stuck[unit] += 1 }
      } else {
        // Back from below: take the unit up again.
        let table = tableOf[unit]
        tableOf[unit] = -1
        load[table] -= size
        left += size
        deficit += min(size, max(0, low[table] - load[table]))
      }
      if let table = choices[depth].popLast() {
        tries += 1
        if tries > RoundStart.patience { return .outOfPatience }
        tableOf[unit] = table
        deficit -= min(size, max(0, low[table] - load[table]))
        load[table] += size
        left -= size
        depth += 1
        descending = true
      } else {
        if depth == 0 { return .impossible }
        depth -= 1
        descending = false
      }
    }
    return .seated(filled(tableOf, load: load, low: low, high: high, deficit, left))
  }

  /// The units that a rule touches, hardest first.
  private mutating func bound() -> [Int] {
    var order = rules.units.indices.filter {
      rules.units[$0].count > 1 || rules.rowOf[$0] > 0 || !rules.apart[$0].isEmpty
    }
    random.shuffle(&order)
    let choice = rules.rows.map { row in row.count { $0 } }
    let rank = order.enumerated().map { place, unit in
      (
        unit: unit,
        key: [
          -stuck[unit], choice[rules.rowOf[unit]], -rules.units[unit].count, -rules.apart[unit].count, place,
        ]
      )
    }
    return rank.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.unit)
  }

  /// The tables at which `unit` can sit now, the best one last.
  private mutating func candidates(
    for unit: Int, load: [Int], low: [Int], high: [Int], _ deficit: Int, _ left: Int, _ tableOf: [Int]
  ) -> [Int] {
    let size = rules.units[unit].count
    let wish = wishes[rules.units[unit][0]]
    var rank: [(table: Int, key: Int)] = []
    for table in load.indices where rules.allows(unit, at: table) && load[table] + size <= high[table] {
      let filled = min(size, max(0, low[table] - load[table]))
      if deficit - filled > left - size { continue }
      if rules.apart[unit].contains(where: { tableOf[$0] == table }) { continue }
      rank.append(
        (table, table == wish ? Int.max : (high[table] - load[table]) << 16 + random.below(1 << 16)))
    }
    return rank.sorted { ($0.key, $0.table) < ($1.key, $1.table) }.map(\.table)
  }

  /// Everybody whom no rule touches takes a chair: the wished one where it is free, else where most are.
  private func filled(
    _ tableOf: [Int], load: [Int], low: [Int], high: [Int], _ deficit: Int, _ left: Int
  ) -> [[Int]] {
    var tableOf = tableOf
    var load = load
    var deficit = deficit
    var left = left
    func take(_ unit: Int, _ table: Int) {
      if load[table] < low[table] { deficit -= 1 }
      tableOf[unit] = table
      load[table] += 1
      left -= 1
    }
    for unit in tableOf.indices where tableOf[unit] < 0 {
      let wish = wishes[rules.units[unit][0]]
      guard load.indices.contains(wish), load[wish] < high[wish] else { continue }
      if load[wish] < low[wish] || deficit < left { take(unit, wish) }
    }
    for unit in tableOf.indices where tableOf[unit] < 0 {
      let open = load.indices.filter { load[$0] < (deficit > 0 ? low[$0] : high[$0]) }
      if let table = open.min(by: { load[$0] < load[$1] }) { take(unit, table) }
    }
    var tables = [[Int]](repeating: [], count: load.count)
    for person in rules.present { tables[tableOf[rules.unitOf[person]]].append(person) }
    return tables
  }
}
