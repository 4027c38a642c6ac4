// What changing seats would cost, and changing them.

extension SearchState {
  /// Puts a person who has no seat in the round at a table; returns what it costs.
  @discardableResult
  func sit(_ person: Int, at table: Int, in round: Int) -> Int {
    let seat = round * people + person
    let place = round * tables + table
    let size = sizes[place]
    let here = members + place * stride
    let row = met + person * people
    var repeats = 0
    for other in 0..<size {
      let mate = Int(here[other])
      let times = Int(row[mate])
      repeats &+= times
      again[person] &+= times
      again[mate] &+= times
      row[mate] &+= 1
      met[mate * people + person] &+= 1
    }
    var cost = repeats &* repeatCost
    let count = counts + place * cells
    for attribute in 0..<attributes {
      let cell = Int(cellOf[person * attributes + attribute])
      guard cell >= 0 else { continue }
      let old = Int(count[cell])
      cost &+= square[attribute] &* (2 &* old &+ 1) &+ line[attribute]
      count[cell] &+= 1
    }
    let old = slopes[place]
    slopes[place] = old &+ slope[seat]
    cost &+= (size &+ 1) &* slopes[place] &- size &* old &+ sizeCost[round] &* (2 &* size &+ 1)
    here[size] = Int32(truncatingIfNeeded: person)
    placeOf[seat] = Int32(truncatingIfNeeded: size)
    tableOf[seat] = Int32(truncatingIfNeeded: table)
    sizes[place] = size &+ 1
    return cost
  }

  /// Takes a person from their table in the round; returns what it costs, mostly less than nothing.
  @discardableResult
  func rise(_ person: Int, in round: Int) -> Int {
    let seat = round * people + person
    let place = round * tables + Int(tableOf[seat])
    let size = sizes[place]
    let here = members + place * stride
    let row = met + person * people
    var repeats = 0
    for other in 0..<size {
      let mate = Int(here[other])
      guard mate != person else { continue }
      let times = Int(row[mate]) &- 1
      repeats &+= times
      again[person] &-= times
      again[mate] &-= times
      row[mate] &-= 1
      met[mate * people + person] &-= 1
    }
    var cost = -repeats &* repeatCost
    let count = counts + place * cells
    for attribute in 0..<attributes {
      let cell = Int(cellOf[person * attributes + attribute])
      guard cell >= 0 else { continue }
      let old = Int(count[cell])
      cost &-= square[attribute] &* (2 &* old &- 1) &+ line[attribute]
      count[cell] &-= 1
    }
    let old = slopes[place]
    slopes[place] = old &- slope[seat]
    cost &+= (size &- 1) &* slopes[place] &- size &* old &- sizeCost[round] &* (2 &* size &- 1)
    // The last one takes the empty place.
    let last = here[size - 1]
    here[Int(placeOf[seat])] = last
    placeOf[round * people + Int(last)] = placeOf[seat]
    tableOf[seat] = -1
    sizes[place] = size &- 1
    return cost
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

  /// What the attributes cost more when two people at different tables of a round change seats.
  @inline(__always)
  func mixDelta(_ a: Int, _ b: Int, in round: Int) -> Int {
    let (seatA, seatB) = (round * people + a, round * people + b)
    let (placeA, placeB) = (round * tables + Int(tableOf[seatA]), round * tables + Int(tableOf[seatB]))
    let countA = counts + placeA * cells
    let countB = counts + placeB * cells
    var delta = (sizes[placeA] &- sizes[placeB]) &* (slope[seatB] &- slope[seatA])
    for attribute in 0..<attributes {
      let cellA = Int(cellOf[a * attributes + attribute])
      let cellB = Int(cellOf[b * attributes + attribute])
      if cellA == cellB { continue }
      // Half of the change of the sum of squares; what is linear in the counts cancels.
      var change = 0
      if cellA >= 0 { change &+= Int(countB[cellA]) &- Int(countA[cellA]) &+ 1 }
      if cellB >= 0 { change &+= Int(countA[cellB]) &- Int(countB[cellB]) &+ 1 }
      delta &+= 2 &* square[attribute] &* change
    }
    return delta
  }

  /// How many more meetings again there are when two people at different tables of a round change seats.
  @inline(__always)
  func repeatsDelta(_ a: Int, _ b: Int, in round: Int) -> Int {
    let placeA = round * tables + Int(tableOf[round * people + a])
    let placeB = round * tables + Int(tableOf[round * people + b])
    let (rowA, rowB) = (met + a * people, met + b * people)
    var delta = 0
    var here = members + placeA * stride
    var end = here + sizes[placeA]
    while here < end {
      let mate = Int(here.pointee)
      // m of the newcomer, less m - 1 of the one who leaves; the one who leaves is put right below.
      delta &+= Int(rowB[mate]) &- Int(rowA[mate]) &+ 1
      here += 1
    }
    here = members + placeB * stride
    end = here + sizes[placeB]
    while here < end {
      let mate = Int(here.pointee)
      delta &+= Int(rowA[mate]) &- Int(rowB[mate]) &+ 1
      here += 1
    }
    // Both lists hold the leaver: m(a, a) is 0, so each gave m(a, b) + 1 too much.
    return delta &- 2 &* (Int(rowA[b]) &+ 1)
  }

  /// Lets two people at different tables of a round change seats.
  func swap(_ a: Int, _ b: Int, in round: Int) {
    let tableA = Int(tableOf[round * people + a])
    let tableB = Int(tableOf[round * people + b])
    rise(a, in: round)
    rise(b, in: round)
    sit(a, at: tableB, in: round)
    sit(b, at: tableA, in: round)
  }

  /// What the plan under search costs, counted afresh; the terms of meetings before are left in.
  ///
  /// For tests: the search itself only adds up differences.
  var fullCost: Int {
    var cost = 0
    for a in 0..<people {
      for b in 0..<a {
        let times = Int(met[a * people + b])
        cost += repeatCost * (times * (times - 1) / 2)
      }
    }
    for round in rounds.indices {
      for table in 0..<tables {
        let place = round * tables + table
        cost += sizes[place] * slopes[place] + sizes[place] * sizes[place] * sizeCost[round]
        for person in rounds[round].present where Int(tableOf[round * people + person]) == table {
          for attribute in 0..<attributes {
            let cell = Int(cellOf[person * attributes + attribute])
            // A square is the sum of its counts over its people.
            if cell >= 0 { cost += square[attribute] * Int(counts[place * cells + cell]) + line[attribute] }
          }
        }
      }
    }
    return cost
  }
}
