// What changing seats would cost, and changing them.

extension SearchState {
  /// Puts a person who has no seat in the round at a table; returns what it costs.
  func sit(_ person: Int, at table: Int, in round: Int) -> Int {
    let seat = round * people + person
    let place = round * tables + table
    let size = sizes[place]
    let here = members + place * stride
    var repeats = 0
    for other in 0..<size {
      let mate = Int(here[other])
      let times = meetings.count(person, mate)
      repeats &+= times
      again[person] &+= times
      again[mate] &+= times
      meetings.add(1, person, mate)
    }
    meetings.sit(person, at: table, in: round)
    var cost = repeats &* repeatCost
    let count = counts + place * cells
    for attribute in 0..<attributes {
      let cell = Int(cellOf[person * attributes + attribute])
      guard cell >= 0 else { continue }
      let old = Int(count[cell])
      cost &+= square[attribute] &* (2 &* old &+ 1) &+ line[attribute]
      if hasNeverAlone && neverAlone[cell] { cost &+= aloneStep(old, 1) }
      count[cell] &+= 1
    }
    let old = slopes[place]
    slopes[place] = old &+ slope[seat]
    cost &+= (size &+ 1) &* slopes[place] &- size &* old &+ sizeCost[round] &* (2 &* size &+ 1)
    if hasKnown && isMoved(seat, at: table) { cost &+= moveCost }
    here[size] = Int32(truncatingIfNeeded: person)
    placeOf[seat] = Int32(truncatingIfNeeded: size)
    tableOf[seat] = Int32(truncatingIfNeeded: table)
    sizes[place] = size &+ 1
    return cost
  }

  /// Takes a person from their table in the round; returns what it costs, mostly less than nothing.
  func rise(_ person: Int, in round: Int) -> Int {
    let seat = round * people + person
    let table = Int(tableOf[seat])
    let place = round * tables + table
    let size = sizes[place]
    let here = members + place * stride
    var repeats = 0
    for other in 0..<size {
      let mate = Int(here[other])
      guard mate != person else { continue }
      let times = meetings.count(person, mate) &- 1
      repeats &+= times
      again[person] &-= times
      again[mate] &-= times
      meetings.add(-1, person, mate)
    }
    meetings.sit(person, at: -1, in: round)
    var cost = -repeats &* repeatCost
    let count = counts + place * cells
    for attribute in 0..<attributes {
      let cell = Int(cellOf[person * attributes + attribute])
      guard cell >= 0 else { continue }
      let old = Int(count[cell])
      cost &-= square[attribute] &* (2 &* old &- 1) &+ line[attribute]
      if hasNeverAlone && neverAlone[cell] { cost &+= aloneStep(old, -1) }
      count[cell] &-= 1
    }
    let old = slopes[place]
    slopes[place] = old &- slope[seat]
    cost &+= (size &- 1) &* slopes[place] &- size &* old &- sizeCost[round] &* (2 &* size &- 1)
    if hasKnown && isMoved(seat, at: table) { cost &-= moveCost }
    // The last one takes the empty place.
    let last = here[size - 1]
    here[Int(placeOf[seat])] = last
    placeOf[round * people + Int(last)] = placeOf[seat]
    tableOf[seat] = -1
    sizes[place] = size &- 1
    return cost
  }

  /// Whether sitting at `table` is a move from the table that was made known.
  @inline(__always)
  private func isMoved(_ seat: Int, at table: Int) -> Bool {
    let known = Int(known[seat])
    return known >= 0 && known != table
  }

  /// What it costs when those of one value at a table become `step` more.
  @inline(__always)
  private func aloneStep(_ count: Int, _ step: Int) -> Int {
    (count &+ step == 1 ? aloneCost : 0) &- (count == 1 ? aloneCost : 0)
  }

  /// Whether two people at different tables of a round may change seats as far as the hard rules go.
  @inline(__always)
  func maySwap(_ a: Int, at tableA: Int, _ b: Int, at tableB: Int, in round: Int) -> Bool {
    let first = round &* people
    if isFree[first &+ a] && isFree[first &+ b] { return true }
    return mayJoin(a, tableB, in: round, leaving: b) && mayJoin(b, tableA, in: round, leaving: a)
  }

  /// Whether `person` may sit at `table` once `leaving` has left it.
  @inline(__always)
  func mayJoin(_ person: Int, _ table: Int, in round: Int, leaving: Int) -> Bool {
    let seat = round * people + person
    guard allowed[Int(rowOf[seat]) * tables + table] else { return false }
    var next = apartStart[person]
    let end = apartStart[person + 1]
    while next < end {
      let other = Int(apart[next])
      if Int(tableOf[round * people + other]) == table && other != leaving { return false }
      next &+= 1
    }
    return true
  }

  /// What all but the meetings cost more when two people at different tables of a round change seats.
  @inline(__always)
  func mixDelta(_ a: Int, at tableA: Int, _ b: Int, at tableB: Int, in round: Int) -> Int {
    let (placeA, placeB) = (round &* tables &+ tableA, round &* tables &+ tableB)
    let (seatA, seatB) = (round &* people &+ a, round &* people &+ b)
    let countA = counts + placeA &* cells
    let countB = counts + placeB &* cells
    let (cellsA, cellsB) = (cellOf + a &* attributes, cellOf + b &* attributes)
    var delta = (sizes[placeA] &- sizes[placeB]) &* (slope[seatB] &- slope[seatA])
    var attribute = 0
    while attribute < attributes {
      let (cellA, cellB) = (Int(cellsA[attribute]), Int(cellsB[attribute]))
      if cellA != cellB {
        // Half of the change of the sum of squares; what is linear in the counts cancels.
        var change = 0
        if cellA >= 0 { change &+= Int(countB[cellA] &- countA[cellA]) &+ 1 }
        if cellB >= 0 { change &+= Int(countA[cellB] &- countB[cellB]) &+ 1 }
        delta &+= 2 &* square[attribute] &* change
        if hasNeverAlone { delta &+= aloneDelta(cellA, cellB, countA, countB) }
      }
      attribute &+= 1
    }
    if hasKnown {
      for (seat, from, to) in [(seatA, tableA, tableB), (seatB, tableB, tableA)] {
        if isMoved(seat, at: to) { delta &+= moveCost }
        if isMoved(seat, at: from) { delta &-= moveCost }
      }
    }
    return delta
  }

  private func aloneDelta(
    _ cellA: Int, _ cellB: Int, _ countA: UnsafeMutablePointer<Int32>, _ countB: UnsafeMutablePointer<Int32>
  ) -> Int {
    var delta = 0
    if cellA >= 0 && neverAlone[cellA] {
      delta &+= aloneStep(Int(countA[cellA]), -1) &+ aloneStep(Int(countB[cellA]), 1)
    }
    if cellB >= 0 && neverAlone[cellB] {
      delta &+= aloneStep(Int(countA[cellB]), 1) &+ aloneStep(Int(countB[cellB]), -1)
    }
    return delta
  }

  /// How many more meetings again there are when two people at different tables of a round change seats.
  @inline(__always)
  func repeatsDelta(_ a: Int, at tableA: Int, _ b: Int, at tableB: Int, in round: Int) -> Int {
    let (placeA, placeB) = (round &* tables &+ tableA, round &* tables &+ tableB)
    var delta = 0
    var here = members + placeA &* stride
    var end = here + sizes[placeA]
    while here < end {
      let mate = Int(here.pointee)
      // m of the newcomer, less m - 1 of the one who leaves.
      if mate != a { delta &+= meetings.count(b, mate) &- meetings.count(a, mate) &+ 1 }
      here += 1
    }
    here = members + placeB &* stride
    end = here + sizes[placeB]
    while here < end {
      let mate = Int(here.pointee)
      if mate != b { delta &+= meetings.count(a, mate) &- meetings.count(b, mate) &+ 1 }
      here += 1
    }
    return delta
  }

  /// Lets two people at different tables of a round change seats; `cost` is left to the caller.
  func swap(_ a: Int, at tableA: Int, _ b: Int, at tableB: Int, in round: Int) {
    meet(instead: a, b, at: round &* tables &+ tableA)
    meet(instead: b, a, at: round &* tables &+ tableB)
    exchange(a, at: tableA, b, at: tableB, in: round)
    meetings.sit(a, at: tableB, in: round)
    meetings.sit(b, at: tableA, in: round)
  }

  /// Those at `place` meet `newcomer` and no longer `leaver`.
  @inline(__always)
  private func meet(instead leaver: Int, _ newcomer: Int, at place: Int) {
    let here = members + place &* stride
    for other in 0..<sizes[place] {
      let mate = Int(here[other])
      if mate == leaver { continue }
      let (less, more) = (meetings.count(leaver, mate) &- 1, meetings.count(newcomer, mate))
      again[leaver] &-= less
      again[newcomer] &+= more
      again[mate] &+= more &- less
      meetings.add(-1, leaver, mate)
      meetings.add(1, newcomer, mate)
    }
  }

  /// Changes two people's chairs and what is counted there, but not whom they meet.
  private func exchange(_ a: Int, at tableA: Int, _ b: Int, at tableB: Int, in round: Int) {
    let (placeA, placeB) = (round &* tables &+ tableA, round &* tables &+ tableB)
    let (seatA, seatB) = (round &* people &+ a, round &* people &+ b)
    let (countA, countB) = (counts + placeA &* cells, counts + placeB &* cells)
    for attribute in 0..<attributes {
      let cellA = Int(cellOf[a &* attributes &+ attribute])
      let cellB = Int(cellOf[b &* attributes &+ attribute])
      if cellA == cellB { continue }
      if cellA >= 0 { pass(cellA, from: placeA, countA, to: placeB, countB) }
      if cellB >= 0 { pass(cellB, from: placeB, countB, to: placeA, countA) }
    }
    let change = slope[seatB] &- slope[seatA]
    slopes[placeA] &+= change
    slopes[placeB] &-= change
    members[placeA &* stride &+ Int(placeOf[seatA])] = Int32(truncatingIfNeeded: b)
    members[placeB &* stride &+ Int(placeOf[seatB])] = Int32(truncatingIfNeeded: a)
    (placeOf[seatA], placeOf[seatB]) = (placeOf[seatB], placeOf[seatA])
    (tableOf[seatA], tableOf[seatB]) = (tableOf[seatB], tableOf[seatA])
  }

  @inline(__always)
  private func pass(
    _ cell: Int, from placeA: Int, _ countA: UnsafeMutablePointer<Int32>, to placeB: Int,
    _ countB: UnsafeMutablePointer<Int32>
  ) {
    uneven.count(cell, at: placeA, size: sizes[placeA], Int(countA[cell]), step: -1)
    uneven.count(cell, at: placeB, size: sizes[placeB], Int(countB[cell]), step: 1)
    countA[cell] &-= 1
    countB[cell] &+= 1
  }

  /// Lets two people trade their seats in all rounds: nobody else meets more or fewer people twice.
  ///
  /// Only for two who are there in every round and met nobody before.
  func trade(_ a: Int, _ b: Int) {
    for round in rounds.indices {
      let (tableA, tableB) = (Int(tableOf[round * people + a]), Int(tableOf[round * people + b]))
      if tableA != tableB { exchange(a, at: tableA, b, at: tableB, in: round) }
    }
    meetings.trade(a, b)
    (again[a], again[b]) = (again[b], again[a])
  }
}
