import Ground

/// A good plan to start from, dealt without a search: like dealt from like, over the points of a design.
///
/// People in order of their values are cut into classes of as many as there are tables, and each class gives
/// one person to each table; so every table mirrors the room at once. Hosts and those who can sit at few
/// tables take the class that never moves.
enum Starts {
  /// Returns the table wished for each person in each round; -1 where there is none to wish for.
  static func wishes(_ problem: SeatingProblem, random: inout SplitMix64) -> [[Int]] {
    if !problem.published.isEmpty { return published(problem) }
    // Roomy tables first: they take those of a class that does not go round.
    let tables = problem.tables.indices.filter { problem.tables[$0].maximum > 0 }.sorted {
      let (a, b) = (problem.tables[$0], problem.tables[$1])
      return (b.minimum, b.maximum, $0) < (a.minimum, a.maximum, $1)
    }
    let count = tables.count
    var wishes = [[Int]](
      repeating: [Int](repeating: -1, count: problem.people), count: max(0, problem.rounds))
    guard count > 0 else { return wishes }
    let design = Design.best(
      tables: count, size: max(1, (problem.people + count - 1) / count), rounds: problem.rounds,
      random: &random)

    var pointOf = [Int](repeating: -1, count: problem.people)
    var isTaken = [Bool](repeating: false, count: design.classes * count)
    func take(_ point: Int, _ person: Int) {
      pointOf[person] = point
      isTaken[point] = true
    }
    if design.hasStillClass {
      for pin in problem.pins where pin.rounds == nil && pointOf[pin.person] < 0 {
        if let place = tables.firstIndex(of: pin.table), !isTaken[place] { take(place, pin.person) }
      }
      let choosy = problem.allowedTables.sorted { ($0.value.count, $0.key) < ($1.value.count, $1.key) }
      for (person, fitting) in choosy where pointOf[person] < 0 {
        let place = tables.indices.first { !isTaken[$0] && fitting.contains(tables[$0]) }
        if let place { take(place, person) }
      }
    }
    // The points that are left empty are of the still class, so that sizes do not change from round to round.
    let waiting = ordered(problem, random: &random).filter { pointOf[$0] < 0 }
    let free = isTaken.indices.filter { !isTaken[$0] }
    let surplus = free.count - waiting.count
    let still = free.prefix { $0 < count }
    let points =
      design.hasStillClass
      ? still.prefix(max(0, still.count - surplus)) + free.dropFirst(max(still.count, 0)) : free[...]
    for (person, point) in zip(waiting, points.count >= waiting.count ? points : free[...]) {
      take(point, person)
    }
    for round in wishes.indices {
      for person in problem.everyone where pointOf[person] >= 0 {
        wishes[round][person] = tables[design.tableOf[round][pointOf[person]]]
      }
    }
    mend(&wishes, problem, random: &random)
    return wishes
  }

  /// Lets people take over each other's tables where that breaks fewer rules: whom they meet stays as designed.
  private static func mend(_ wishes: inout [[Int]], _ problem: SeatingProblem, random: inout SplitMix64) {
    var apart = [[Int]](repeating: [], count: problem.people)
    for group in problem.keepApart {
      for a in group { apart[a] += group.filter { $0 != a } }
    }
    var pinned: [Int: [SeatingProblem.Pin]] = [:]
    for pin in problem.pins { pinned[pin.person, default: []].append(pin) }
    /// How many rules `person` would break with the tables of `like`.
    func broken(_ person: Int, like: Int) -> Int {
      wishes.indices.reduce(0) { sum, round in
        let table = wishes[round][like]
        if problem.misses(person, round: round) { return sum }
        var sum = sum + apart[person].count { $0 != like && wishes[round][$0] == table }
        if let fitting = problem.allowedTables[person], !fitting.contains(table) { sum += 1 }
        sum += (pinned[person] ?? []).count { $0.table != table && $0.rounds?.contains(round) ?? true }
        return sum
      }
    }
    var others = Array(problem.everyone)
    random.shuffle(&others)
    for person in problem.everyone
    where !apart[person].isEmpty || problem.allowedTables[person] != nil || pinned[person] != nil {
      let own = broken(person, like: person)
      if own == 0 { continue }
      var best = (saved: 0, other: person)
      // Two who are kept apart sit as close as before when they trade.
      for other in others where other != person && !apart[person].contains(other) {
        let saved =
          own + broken(other, like: other) - broken(person, like: other) - broken(other, like: person)
        if saved > best.saved { best = (saved, other) }
        if best.saved == own { break }
      }
      if best.saved > 0 {
        for round in wishes.indices {
          (wishes[round][person], wishes[round][best.other]) = (
            wishes[round][best.other], wishes[round][person]
          )
        }
      }
    }
  }

  /// The tables that were made known; -1 for those who have none.
  private static func published(_ problem: SeatingProblem) -> [[Int]] {
    (0..<max(0, problem.rounds)).map { round in
      var wishes = [Int](repeating: -1, count: problem.people)
      guard problem.published.indices.contains(round) else { return wishes }
      for (table, people) in problem.published[round].enumerated() {
        for person in people where problem.everyone.contains(person) { wishes[person] = table }
      }
      return wishes
    }
  }

  /// Everybody in order of their values, those with the same in random order.
  ///
  /// What must mirror the room comes first, by weight; then what must be spread: colleagues stand side by
  /// side, so that they are in one class and never meet.
  private static func ordered(_ problem: SeatingProblem, random: inout SplitMix64) -> [Int] {
    let attributes = problem.attributes.enumerated().sorted { a, b in
      let mirrors = (a.element.kind == .mirror, b.element.kind == .mirror)
      if mirrors.0 != mirrors.1 { return mirrors.0 }
      return (b.element.weight, a.offset) < (a.element.weight, b.offset)
    }.map(\.element)
    var people = Array(problem.everyone)
    random.shuffle(&people)
    let keys = people.enumerated().map { place, person in
      (person: person, key: attributes.map { problem.value($0, of: person) } + [place])
    }
    return keys.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.person)
  }
}
