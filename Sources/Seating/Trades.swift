import Ground

/// A search in which people trade all their seats: whom a seat meets stays as it is, only who has it changes.
///
/// A person's tables in all rounds together are a place, and a place has the same neighbours whoever has it.
/// So what a trade costs need not be counted round by round: with, for each place, how often each value sits
/// around it in all rounds, it is four looks per attribute. From the squares of the tables' counts,
///
///     c(B, v) - c(A, v) + 1  in each round where the tables A and B differ, 0 where they do not,
///
/// added over the rounds is around(b, v) - around(a, v) + differing(a, b).
///
/// Where some tables have a chair free in every round, such a chair is a place as well: whoever takes it leaves
/// their own place free. Tables then change names, so that each keeps its size.
final class Trades {
  private let state: SearchState
  private let attributes: Int
  private let cells: Int
  private let rounds: Int
  /// Those who may trade: people, and free chairs, which are numbered on from the people.
  private let traders: UnsafeMutablePointer<Int32>
  private let traderCount: Int
  private let people: Int
  private let chairCount: Int
  /// The number of people at a table without a free chair.
  private let full: Int
  /// Each place's table per round: [place][round].
  private let tables: UnsafeMutablePointer<Int32>
  /// Those who sit at a place's tables in all rounds, itself included: a list after another, where each begins.
  private let neighbours: UnsafeMutablePointer<Int32>
  private let start: UnsafeMutablePointer<Int>
  /// How often each value sits at a place's tables: [place][cell].
  private let around: UnsafeMutablePointer<Int32>
  /// The sizes of a place's tables added: [place].
  private let room: UnsafeMutablePointer<Int>
  /// Whether nobody sits at a place's tables in two rounds.
  private let isClean: UnsafeMutablePointer<Bool>
  /// The place of each person and free chair.
  private let placeOf: UnsafeMutablePointer<Int32>
  /// Whether no rule says where a person sits, nor beside whom, in any round.
  private let isFree: UnsafeMutablePointer<Bool>
  /// What the plan costs.
  private(set) var cost: Int
  /// What the best plan so far costs, and each person's place in it.
  private(set) var bestCost: Int
  private let bestPlaceOf: UnsafeMutablePointer<Int32>

  /// Takes the plan as it is; nil where the rounds differ in who is there, or a trade costs more than the mix.
  init?(_ state: SearchState, traders: [Int32]) {
    let (people, rounds) = (state.people, state.rounds.count)
    guard !state.hasKnown, !state.hasNeverAlone,
      state.rounds.allSatisfy({ $0.present.count == people })
    else { return nil }
    self.state = state
    self.people = people
    self.rounds = rounds
    attributes = state.attributes
    cells = state.cells
    cost = state.cost
    bestCost = state.cost
    full = (0..<state.tables).reduce(0) { max($0, state.sizes[$1]) }
    let chairs = Trades.freeChairs(state, full: full)
    chairCount = chairs.count
    let places = people + chairs.count
    let all = traders + chairs.indices.map { Int32(people + $0) }
    traderCount = all.count
    self.traders = .copied(all)
    tables = .filled(places * rounds, 0)
    around = .filled(places * cells, 0)
    room = .filled(places, 0)
    isClean = .filled(places, true)
    placeOf = .copied((0..<places).map { Int32($0) })
    bestPlaceOf = .copied((0..<places).map { Int32($0) })
    isFree = .filled(people, true)
    var neighbours: [Int32] = []
    var start = [0]
    for place in 0..<places {
      for round in 0..<rounds {
        let table = place < people ? Int(state.tableOf[round * people + place]) : chairs[place - people]
        tables[place * rounds + round] = Int32(table)
        let here = state.members + (round * state.tables + table) * state.stride
        let size = state.sizes[round * state.tables + table]
        room[place] += size
        for member in 0..<size { neighbours.append(here[member]) }
        if let chair = chairs.firstIndex(of: table) { neighbours.append(Int32(people + chair)) }
        if place < people, !state.isFree[round * people + place] { isFree[place] = false }
      }
      let own = neighbours[start[place]...]
      isClean[place] = Set(own).count == own.count - (rounds - 1)
      start.append(neighbours.count)
      for other in own where other < people {
        for attribute in 0..<attributes {
          let cell = Int(state.cellOf[Int(other) * attributes + attribute])
          if cell >= 0 { around[place * cells + cell] += 1 }
        }
      }
    }
    self.neighbours = .copied(neighbours)
    self.start = .copied(start)
  }

  /// The tables that have one chair free in every round, where all others have none and any may be any.
  private static func freeChairs(_ state: SearchState, full: Int) -> [Int] {
    guard state.rounds.allSatisfy({ $0.rowOf.allSatisfy { $0 == 0 } }) else { return [] }
    for place in 0..<(state.rounds.count * state.tables) {
      guard state.sizes[place] == state.sizes[place % state.tables], state.sizes[place] >= full - 1 else {
        return []
      }
    }
    return (0..<state.tables).filter { state.sizes[$0] < full }
  }

  deinit {
    traders.deallocate()
    tables.deallocate()
    neighbours.deallocate()
    start.deallocate()
    around.deallocate()
    room.deallocate()
    isClean.deallocate()
    placeOf.deallocate()
    bestPlaceOf.deallocate()
    isFree.deallocate()
  }

  /// Each person's table as it is: [round][person].
  var seats: [Int32] { seats(placeOf) }

  /// Each person's table in the best plan so far: [round][person].
  var best: [Int32] { seats(bestPlaceOf) }

  private func seats(_ placeOf: UnsafeMutablePointer<Int32>) -> [Int32] {
    var seats = [Int32](repeating: -1, count: rounds * people)
    for round in 0..<rounds {
      // The free chairs go back to the tables that had them first: those change names with those that have them.
      var name = (0..<state.tables).map { Int32($0) }
      let chairs = people..<(people + chairCount)
      let now = chairs.map { Int(tables[Int(placeOf[$0]) * rounds + round]) }
      let first = chairs.map { Int(tables[$0 * rounds + round]) }
      for (one, other) in zip(now.filter { !first.contains($0) }, first.filter { !now.contains($0) }) {
        name.swapAt(one, other)
      }
      for person in 0..<people {
        seats[round * people + person] = name[Int(tables[Int(placeOf[person]) * rounds + round])]
      }
    }
    return seats
  }

  /// Weighs one trade of two drawn at random, and makes it where it costs no more than `threshold`.
  @inline(__always)
  func propose(_ draw: UInt64, _ threshold: Int) {
    let mask = 0xFF_FFFF
    let a = Int(traders[((Int(truncatingIfNeeded: draw) & mask) &* traderCount) >> 24])
    let b = Int(traders[((Int(truncatingIfNeeded: draw >> 24) & mask) &* traderCount) >> 24])
    if a != b { consider(a, b, threshold) }
  }

  /// Tries all trades in turn and makes each that saves, until none does or `limit` were weighed.
  func descend(limit: Int) {
    var left = limit
    var before = cost + 1
    while cost < before && left > 0 {
      before = cost
      for first in 0..<traderCount {
        left -= traderCount - first
        if left <= 0 { break }
        for second in (first + 1)..<max(first + 1, traderCount) {
          consider(Int(traders[first]), Int(traders[second]), -1)
        }
      }
    }
  }

  @inline(__always)
  private func consider(_ a: Int, _ b: Int, _ threshold: Int) {
    if a >= people || b >= people {
      if a < people { move(a, to: b, threshold) } else if b < people { move(b, to: a, threshold) }
      return
    }
    let (placeA, placeB) = (Int(placeOf[a]), Int(placeOf[b]))
    let delta = delta(a, at: placeA, b, at: placeB)
    if delta > threshold { return }
    if !(isFree[a] && isFree[b]), !(mayTake(placeB, a, leaving: b) && mayTake(placeA, b, leaving: a)) {
      return
    }
    trade(a, at: placeA, b, at: placeB)
    cost &+= delta
    keepBest()
  }

  @inline(__always)
  private func keepBest() {
    guard cost < bestCost else { return }
    bestCost = cost
    bestPlaceOf.update(from: placeOf, count: people + chairCount)
  }

  /// Lets a person take a free chair in all rounds, where no chair is free at their own tables.
  @inline(never)
  private func move(_ person: Int, to chair: Int, _ threshold: Int) {
    let (from, to) = (Int(placeOf[person]), Int(placeOf[chair]))
    guard room[from] == rounds * full, isClean[from], isClean[to] else { return }
    // Tables of s and of s - 1 people change roles: size times slope, added over both.
    var delta = pull(to) &- pull(from) &+ rounds &* state.slope[person]
    for attribute in 0..<attributes {
      let cell = Int(state.cellOf[person &* attributes &+ attribute])
      if cell < 0 { continue }
      let change = Int(around[to &* cells &+ cell] &- around[from &* cells &+ cell]) &+ rounds
      delta &+= 2 &* state.square[attribute] &* change
    }
    guard delta <= threshold, isFree[person] || mayTake(to, person, leaving: -1) else { return }
    for attribute in 0..<attributes {
      pass(Int(state.cellOf[person &* attributes &+ attribute]), from: from, to: to)
    }
    for next in start[from]..<start[from &+ 1] { room[Int(neighbours[next])] &-= 1 }
    for next in start[to]..<start[to &+ 1] { room[Int(neighbours[next])] &+= 1 }
    (placeOf[person], placeOf[chair]) = (Int32(to), Int32(from))
    cost &+= delta
    keepBest()
  }

  /// The slopes of a place's tables added.
  private func pull(_ place: Int) -> Int {
    let own = around + place &* cells
    var sum = 0
    for cell in 0..<cells { sum &+= Int(own[cell]) &* state.cellSlope[cell] }
    return sum
  }

  @inline(__always)
  private func delta(_ a: Int, at placeA: Int, _ b: Int, at placeB: Int) -> Int {
    let differing = Int32(truncatingIfNeeded: rounds &- shared(placeA, placeB))
    let (aroundA, aroundB) = (around + placeA &* cells, around + placeB &* cells)
    let (cellsA, cellsB) = (state.cellOf + a &* attributes, state.cellOf + b &* attributes)
    var delta = (room[placeA] &- room[placeB]) &* (state.slope[b] &- state.slope[a])
    for attribute in 0..<attributes {
      let (cellA, cellB) = (Int(cellsA[attribute]), Int(cellsB[attribute]))
      if cellA == cellB { continue }
      var change: Int32 = 0
      if cellA >= 0 { change &+= aroundB[cellA] &- aroundA[cellA] &+ differing }
      if cellB >= 0 { change &+= aroundA[cellB] &- aroundB[cellB] &+ differing }
      delta &+= 2 &* state.square[attribute] &* Int(change)
    }
    return delta
  }

  /// In how many rounds two places have the same table.
  @inline(__always)
  private func shared(_ placeA: Int, _ placeB: Int) -> Int {
    // The state stands still meanwhile: there, each person has the place of the same number.
    if placeA < people && placeB < people { return state.meetings.count(placeA, placeB) }
    let (tablesA, tablesB) = (tables + placeA &* rounds, tables + placeB &* rounds)
    var shared = 0
    for round in 0..<rounds where tablesA[round] == tablesB[round] { shared &+= 1 }
    return shared
  }

  /// Whether `person` may have all seats of a place once `leaving` has left it.
  private func mayTake(_ place: Int, _ person: Int, leaving: Int) -> Bool {
    let own = tables + place * rounds
    for round in 0..<rounds {
      let row = Int(state.rowOf[round * state.people + person])
      guard state.allowed[row * state.tables + Int(own[round])] else { return false }
    }
    for next in state.apartStart[person]..<state.apartStart[person + 1] {
      let other = Int(state.apart[next])
      if other == leaving { continue }
      let theirs = tables + Int(placeOf[other]) * rounds
      for round in 0..<rounds where own[round] == theirs[round] { return false }
    }
    return true
  }

  private func trade(_ a: Int, at placeA: Int, _ b: Int, at placeB: Int) {
    for attribute in 0..<attributes {
      let cellA = Int(state.cellOf[a &* attributes &+ attribute])
      let cellB = Int(state.cellOf[b &* attributes &+ attribute])
      if cellA == cellB { continue }
      pass(cellA, from: placeA, to: placeB)
      pass(cellB, from: placeB, to: placeA)
    }
    (placeOf[a], placeOf[b]) = (Int32(placeB), Int32(placeA))
  }

  @inline(__always)
  private func pass(_ cell: Int, from: Int, to: Int) {
    if cell < 0 { return }
    let column = around + cell
    for next in start[from]..<start[from &+ 1] { column[Int(neighbours[next]) &* cells] &-= 1 }
    for next in start[to]..<start[to &+ 1] { column[Int(neighbours[next]) &* cells] &+= 1 }
  }
}
