/// All rounds of a plan while they are mended: moves keep the counts of every round true.
struct ReseatTables {
  let problem: SeatingProblem
  private(set) var rounds: [ReseatRound]
  /// Whom each person met at earlier meetings, and how often.
  private let history: [[(other: Int, times: Int)]]
  /// With whom each person must sit: that they meet again is no fault.
  private let together: [[Int]]

  /// Creates tables at which those of the rounds held sit and nobody else yet.
  init(_ problem: SeatingProblem, _ freedom: [Reseating.Freedom]) {
    self.problem = problem
    var history = [[(other: Int, times: Int)]](repeating: [], count: problem.everyone.count)
    for met in problem.history
    where met.a != met.b && problem.everyone.contains(met.a) && problem.everyone.contains(met.b) {
      history[met.a].append((met.b, max(0, met.times)))
      history[met.b].append((met.a, max(0, met.times)))
    }
    self.history = history
    var together = [[Int]](repeating: [], count: problem.everyone.count)
    for pair in problem.pairsTogether
    where problem.everyone.contains(pair.a) && problem.everyone.contains(pair.b) {
      together[pair.a].append(pair.b)
      together[pair.b].append(pair.a)
    }
    self.together = together
    rounds = (0..<max(0, problem.rounds)).map { round in
      ReseatRound(problem, round: round, freedom.indices.contains(round) ? freedom[round] : .held)
    }
    for round in rounds.indices where rounds[round].freedom == .held {
      for person in problem.everyone where rounds[round].known[person] >= 0 {
        move(person, to: rounds[round].known[person], in: round)
      }
    }
  }

  /// The plan as it stands.
  var plan: SeatingPlan { SeatingPlan(rounds: rounds.map { round in round.seated.map { $0.sorted() } }) }

  /// How often two people met in the history and share a table in rounds other than `round`.
  func meetings(_ a: Int, _ b: Int, besides round: Int) -> Int {
    if together[a].contains(b) { return 0 }
    var times = history[a].reduce(0) { $0 + ($1.other == b ? $1.times : 0) }
    for other in rounds.indices where other != round {
      let table = rounds[other].tableOf[a]
      if table >= 0, table == rounds[other].tableOf[b] { times += 1 }
    }
    return times
  }

  /// Seats a person at a table, or, at -1, at none.
  mutating func move(_ person: Int, to table: Int, in round: Int) {
    let old = rounds[round].tableOf[person]
    if old == table { return }
    for (place, step) in [(old, Int32(-1)), (table, 1)] where place >= 0 {
      meet(person, at: place, step, in: round)
    }
    let sizes = (
      old < 0 ? 0 : rounds[round].seated[old].count, table < 0 ? 0 : rounds[round].seated[table].count
    )
    for mix in rounds[round].mixes.indices {
      rounds[round].mixes[mix].move(person, from: old, sizes.0, to: table, sizes.1)
    }
    if old >= 0 { rounds[round].seated[old].removeAll { $0 == person } }
    if table >= 0 { rounds[round].seated[table].append(person) }
    rounds[round].tableOf[person] = table
  }

  /// Counts that `person` comes to (or, with -1, goes from) a table among the others there.
  private mutating func meet(_ person: Int, at table: Int, _ step: Int32, in round: Int) {
    let count = problem.tables.count
    let excepted = together[person]
    // Those whom the person knows from elsewhere know one more, or fewer, at this table.
    if rounds[round].freedom != .held {
      for met in history[person] where !excepted.contains(met.other) {
        rounds[round].met[met.other * count + table] += step * Int32(met.times)
      }
      for other in rounds.indices where other != round {
        let there = rounds[other].tableOf[person]
        guard there >= 0 else { continue }
        for mate in rounds[other].seated[there] where mate != person && !excepted.contains(mate) {
          rounds[round].met[mate * count + table] += step
        }
      }
    }
    // In other rounds those at this table are met once more, or less.
    for other in rounds.indices where other != round && rounds[other].freedom != .held {
      let there = rounds[other].tableOf[person]
      for mate in rounds[round].seated[table] where mate != person && !excepted.contains(mate) {
        if there >= 0 { rounds[other].met[mate * count + there] += step }
        let place = rounds[other].tableOf[mate]
        if place >= 0 { rounds[other].met[person * count + place] += step }
      }
    }
  }

  /// Seats a unit at a table, or at none, and returns how much more that costs.
  @discardableResult
  mutating func move(unit: Int, to table: Int, in round: Int) -> Int {
    rounds[round].rules.units[unit].reduce(0) { sum, person in
      if rounds[round].tableOf[person] == table { return sum }
      let more = rounds[round].change(person, to: table, problem)
      move(person, to: table, in: round)
      return sum + more
    }
  }

  /// How much more it costs when a unit moves to a table.
  mutating func change(unit: Int, to table: Int, in round: Int) -> Int {
    let people = rounds[round].rules.units[unit]
    if people.count == 1 { return rounds[round].change(people[0], to: table, problem) }
    let old = rounds[round].tableOf[people[0]]
    let more = move(unit: unit, to: table, in: round)
    move(unit: unit, to: old, in: round)
    return more
  }
}
