/// Chains of moves: one unit takes a seat, another makes way for it, a third takes the chair left.
extension ReseatSearch {
  /// What a chain is for.
  enum Aim {
    /// Sizes nearer to their bounds, at the least cost.
    case mending
    /// A lower cost, with sizes as even as before.
    case gaining
  }

  /// Units that change tables in a round one after the other, and what it costs.
  struct Chain {
    var round: Int
    var moves: [(unit: Int, from: Int, to: Int)]
    var cost: Int
    /// How many more people sit where there are too many, or lack where there are too few.
    var lack = 0
    /// The tables that grow or shrink: their sizes before all moves and by how much.
    var sizes: [(table: Int, before: Int, net: Int)] = []
    /// The unit that must leave the last table, since the one that moved there is kept apart from it.
    var inTheWay: Int?
  }

  /// How many of the moves after the first are followed further.
  private static let breadth = 3

  /// The best chain of at most `depth` moves for the aim that leaves no rule broken, or nil.
  mutating func bestChain(in rounds: [Int], _ aim: Aim, depth: Int = 3) -> Chain? {
    var best: Chain?
    for round in rounds where aim == .gaining || lack(round) > 0 {
      let rules = tables.rounds[round].rules
      let wanted = aim == .gaining ? touched(round) : lacking(round)
      let isLarge = rules.present.count > Self.everyPair
      for unit in rules.units.indices where tables.rounds[round].mayMove(unit) {
        let from = tables.rounds[round].table(ofUnit: unit)
        for table in rules.tables.indices
        where from >= 0 && table != from && rules.allows(unit, at: table) && (wanted[from] || wanted[table]) {
          var chain = Chain(round: round, moves: [], cost: 0)
          let cost = tables.change(unit: unit, to: table, in: round)
          guard append(unit, table, cost: cost, to: &chain) else { continue }
          weigh(chain, aim, &best)
          // A gain of several moves has an order in which those before the last are a gain already, but for
          // what two at one table mean to each other, which is not worth the time.
          if aim == .gaining, isLarge || chain.cost >= 0 && rules.units[unit].count == 1 { continue }
          follow(chain, aim, depth: depth, &best)
        }
      }
    }
    return best
  }

  /// The tables with too many people or too few.
  private func lacking(_ round: Int) -> [Bool] {
    let counts = tables.rounds[round]
    return counts.seated.indices.map { counts.lack($0, counts.seated[$0].count) > 0 }
  }

  /// Adds a move to a chain, which costs `cost` with it, while all before it are carried out; false where two would stand in its way.
  private func append(_ unit: Int, _ table: Int, cost: Int, to chain: inout Chain) -> Bool {
    let inTheWay = tables.rounds[chain.round].apart(unit, at: table)
    guard inTheWay.count < 2 else { return false }
    chain.inTheWay = inTheWay.first
    let size = tables.rounds[chain.round].rules.units[unit].count
    let from = tables.rounds[chain.round].table(ofUnit: unit)
    for (place, step) in [(from, -size), (table, size)] {
      if let index = chain.sizes.firstIndex(where: { $0.table == place }) {
        chain.sizes[index].net += step
      } else {
        chain.sizes.append((place, tables.rounds[chain.round].seated[place].count, step))
      }
    }
    chain.cost = cost
    chain.moves.append((unit, from, table))
    return true
  }

  /// Takes a chain as the best where it is.
  private func weigh(_ chain: Chain, _ aim: Aim, _ best: inout Chain?) {
    guard chain.inTheWay == nil else { return }
    var (lack, unevenness) = (0, 0)
    for (table, before, net) in chain.sizes {
      lack +=
        tables.rounds[chain.round].lack(table, before + net) - tables.rounds[chain.round].lack(table, before)
      unevenness +=
        tables.rounds[chain.round].unevenness(table, before + net)
        - tables.rounds[chain.round].unevenness(table, before)
    }
    guard aim == .mending ? lack < 0 : lack <= 0 && unevenness <= 0 && chain.cost < 0 else { return }
    let rank = aim == .mending ? (lack, chain.cost) : (0, chain.cost)
    guard best.map({ rank < ($0.lack, $0.cost) }) ?? true else { return }
    best = chain
    best?.lack = rank.0
  }

  /// Weighs the chains that begin with `chain`.
  private mutating func follow(_ chain: Chain, _ aim: Aim, depth: Int, _ best: inout Chain?) {
    guard let last = chain.moves.last, chain.moves.count < depth else { return }
    tables.move(unit: last.unit, to: last.to, in: chain.round)
    defer { tables.move(unit: last.unit, to: last.from, in: chain.round) }
    let rules = tables.rounds[chain.round].rules
    var next: [(cost: Int, unit: Int, table: Int)] = []
    let isLast = chain.moves.count + 1 == depth
    for unit in rules.units.indices
    where chain.inTheWay.map({ $0 == unit }) ?? true && !chain.moves.contains(where: { $0.unit == unit }) {
      let from = tables.rounds[chain.round].table(ofUnit: unit)
      guard from >= 0, tables.rounds[chain.round].mayMove(unit) else { continue }
      // Only what makes good for the moves before: from a table that grew, or to one that shrank.
      let grew = chain.inTheWay == unit || chain.sizes.contains { $0.table == from && $0.net > 0 }
      for table in rules.tables.indices where table != from && rules.allows(unit, at: table) {
        guard grew || chain.sizes.contains(where: { $0.table == table && $0.net < 0 }) else { continue }
        let cost = chain.cost + tables.change(unit: unit, to: table, in: chain.round)
        if aim == .mending || cost < best?.cost ?? 0 {
          var longer = chain
          if append(unit, table, cost: cost, to: &longer) { weigh(longer, aim, &best) }
        }
        if isLast || aim == .gaining && cost >= 0 { continue }
        let place = next.firstIndex { cost < $0.cost } ?? next.count
        if place < Self.breadth {
          next.insert((cost, unit, table), at: place)
          if next.count > Self.breadth { next.removeLast() }
        }
      }
    }
    for (cost, unit, table) in next {
      var longer = chain
      if append(unit, table, cost: cost, to: &longer) { follow(longer, aim, depth: depth, &best) }
    }
  }
}
