import Ground

/// A good plan to start from, dealt without looking at the rules: like dealt from like, then turned.
///
/// People in order of their values are cut into classes of as many as there are tables, and each class gives
/// one person to each table; so every table mirrors the room at once. In round r class c moves r * c tables
/// on: two people meet again only where (r - r')(c - c') is a multiple of the number of tables, so with a
/// prime number of tables, at least as many as chairs, nobody does. Class 0 never moves: the hosts.
enum Rotation {
  /// Returns the table wished for each person in each round; -1 where there are no chairs at all.
  static func wishes(_ problem: SeatingProblem, random: inout SplitMix64) -> [[Int]] {
    // Roomy tables first: they take those of a class that does not go round.
    let tables = problem.tables.indices.filter { problem.tables[$0].maximum > 0 }.sorted {
      let (a, b) = (problem.tables[$0], problem.tables[$1])
      return (b.minimum, b.maximum, $0) < (a.minimum, a.maximum, $1)
    }
    let count = tables.count
    var wishes = [[Int]](
      repeating: [Int](repeating: -1, count: problem.people), count: max(0, problem.rounds))
    guard count > 0 else { return wishes }

    // Class 0: hosts at their tables.
    var still = [Int](repeating: -1, count: count)
    var placed = [Bool](repeating: false, count: problem.people)
    for pin in problem.pins where pin.rounds == nil {
      if let index = tables.firstIndex(of: pin.table), still[index] < 0, !placed[pin.person] {
        still[index] = pin.person
        placed[pin.person] = true
      }
    }
    var waiting = ordered(problem, random: &random).filter { !placed[$0] }
    if still.contains(where: { $0 >= 0 }) {
      let free = still.indices.filter { still[$0] < 0 }
      for (index, person) in zip(free, waiting) { still[index] = person }
      waiting.removeFirst(min(free.count, waiting.count))
    } else {
      // Without hosts, those who do not fill a class stay where they are, so that sizes do not change.
      let rest = waiting.count % count
      for index in 0..<rest { still[index] = waiting[waiting.count - rest + index] }
      waiting.removeLast(rest)
    }
    // Where nobody stands still yet, the first class may.
    let first = still.contains { $0 >= 0 } ? 1 : 0
    let classes = waiting.count / count + (waiting.count % count > 0 ? 1 : 0)
    // After `count` rounds of a full square each class is a table of its own: the affine plane's last round.
    for round in wishes.indices {
      for (index, person) in still.enumerated() where person >= 0 { wishes[round][person] = tables[index] }
      for (place, person) in waiting.enumerated() {
        let own = first + place / count
        let index =
          round == count && first == 0 && classes == count ? own : (place % count + round * own) % count
        wishes[round][person] = tables[index]
      }
    }
    return wishes
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
