import Ground

/// A schedule in which people meet as many others as they can, made by algebra and not by search.
///
/// Its points are filled with people. Points come in classes of as many as there are tables, one for each
/// table in every round; class 0 stays where it is in a rotation, so that hosts can be put there.
struct Design {
  let tables: Int
  let classes: Int
  /// Each point's table per round: [round][class * tables + place].
  let tableOf: [[Int]]
  /// Whether class 0 sits at the same tables in every round.
  let hasStillClass: Bool

  /// Returns the best design known for tables of up to `size`, over `rounds`.
  static func best(tables: Int, size: Int, rounds: Int, random: inout SplitMix64) -> Design {
    let plain = rotation(tables: tables, classes: size, rounds: rounds) { $0 * $1 % tables }
    if rounds < 2 || tables < 2 { return plain }
    if size <= tables, rounds <= tables + (size == tables ? 1 : 0), let field = Field(order: tables) {
      return rotation(tables: tables, classes: size, rounds: rounds) {
        field.product($0 % tables, $1)
      } add: {
        field.sum($0, $1)
      }
    }
    // With r and c below the number of tables, (r - r')(c - c') is no multiple of it.
    if (rounds - 1) * (size - 1) < tables { return plain }
    if let known = known(tables: tables, size: size, rounds: rounds) { return known }
    // Beyond a few dozen tables or with fewer tables than chairs the plain rotation is as good as any.
    if tables > 64 || size > 2 * tables || rounds > 2 * tables { return plain }
    let offsets = Offsets.least(tables: tables, classes: size, rounds: rounds, random: &random)
    return rotation(tables: tables, classes: size, rounds: rounds) { offsets[$0][$1] }
  }

  /// In each round every class moves on by an offset of its own: two people of one class never meet, two of
  /// different classes where the difference of their offsets is that of their places.
  ///
  /// In the last round of a full square each class is a table of its own: the affine plane.
  private static func rotation(
    tables: Int, classes: Int, rounds: Int, offset: (_ round: Int, _ own: Int) -> Int,
    add: ((Int, Int) -> Int)? = nil
  ) -> Design {
    let tableOf = (0..<max(0, rounds)).map { round in
      (0..<classes * tables).map { point in
        let (own, place) = (point / tables, point % tables)
        if round == tables && classes == tables { return own }
        let step = offset(round, own)
        return add.map { $0(place, step) } ?? (place + step) % tables
      }
    }
    return Design(
      tables: tables, classes: classes, tableOf: tableOf,
      hasStillClass: !(rounds > tables && classes == tables))
  }

  // MARK: - Known schedules

  /// Schedules that no rotation gives: everybody meets everybody once, or nearly.
  private static func known(tables: Int, size: Int, rounds: Int) -> Design? {
    let schedule: [[[Int]]]
    switch (tables, size) {
    case (_, 2) where rounds < 2 * tables: schedule = roundRobin(tables)
    case (5, 3) where rounds <= 7: schedule = kirkman
    case (8, 4) where rounds <= 10: schedule = golfers
    default: return nil
    }
    let points = tables * size
    return Design(
      tables: tables, classes: size,
      tableOf: schedule.prefix(rounds).map { round in
        var tableOf = [Int](repeating: 0, count: points)
        for (table, people) in round.enumerated() { for point in people { tableOf[point] = table } }
        return tableOf
      }, hasStillClass: false)
  }

  /// Everybody meets everybody, two by two: one stays, the others go round.
  ///
  /// Source: Kirkman 1847.
  private static func roundRobin(_ tables: Int) -> [[[Int]]] {
    let others = 2 * tables - 1
    return (0..<others).map { round in
      [[others, round]]
        + (1..<tables).map { step in [(round + step) % others, (round + others - step) % others] }
    }
  }

  /// Fifteen young ladies in threes for seven days.
  ///
  /// Source: Kirkman 1850, in the cyclic form over Z7.
  private static let kirkman: [[[Int]]] = (0..<7).map { day in
    // Points 0-6, their doubles 7-13, and 14 for the one who does not turn.
    func turned(_ point: Int) -> Int { point == 14 ? 14 : point / 7 * 7 + (point % 7 + day) % 7 }
    return [[0, 1, 3], [2, 7, 9], [4, 12, 13], [5, 8, 11], [6, 10, 14]].map { $0.map(turned) }
  }

  /// 32 people at 8 tables of 4, ten rounds: nobody meets anybody twice, and no eleventh round can be.
  ///
  /// Source: the social golfer schedule of A. Aguado (2004), as listed in fpvandoorn/Dagstuhl-tables
  /// (literature.md, commit 5b7b244, Unlicense).
  private static let golfers: [[[Int]]] = [
    [
      [0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11], [12, 13, 14, 15], [16, 17, 18, 19], [20, 21, 22, 23],
      [24, 25, 26, 27], [28, 29, 30, 31],
    ],
    [
      [0, 4, 8, 28], [1, 18, 22, 7], [3, 5, 10, 31], [19, 21, 26, 15], [16, 20, 24, 12], [17, 2, 6, 23],
      [25, 11, 13, 30], [9, 27, 29, 14],
    ],
    [
      [0, 21, 27, 30], [1, 23, 26, 28], [3, 6, 24, 13], [16, 5, 11, 14], [17, 7, 10, 12], [2, 20, 9, 15],
      [18, 4, 25, 31], [19, 22, 8, 29],
    ],
    [
      [0, 18, 24, 11], [1, 19, 25, 10], [17, 3, 9, 26], [5, 22, 30, 15], [21, 6, 14, 31], [16, 2, 8, 27],
      [4, 23, 12, 29], [20, 7, 28, 13],
    ],
    [
      [0, 22, 10, 13], [1, 4, 27, 15], [3, 7, 8, 30], [19, 23, 24, 14], [17, 20, 11, 31], [2, 21, 25, 28],
      [18, 5, 9, 12], [16, 6, 26, 29],
    ],
    [
      [0, 23, 9, 31], [1, 5, 24, 29], [18, 3, 28, 14], [17, 21, 8, 13], [20, 6, 10, 27], [2, 19, 12, 30],
      [4, 22, 26, 11], [16, 7, 25, 15],
    ],
    [
      [0, 19, 20, 5], [1, 6, 9, 30], [16, 3, 4, 21], [18, 23, 27, 13], [24, 10, 28, 15], [2, 7, 11, 29],
      [17, 22, 25, 14], [8, 26, 12, 31],
    ],
    [
      [0, 17, 29, 15], [16, 1, 13, 31], [3, 22, 27, 12], [18, 20, 26, 30], [21, 7, 24, 9], [2, 4, 10, 14],
      [5, 23, 8, 25], [19, 6, 11, 28],
    ],
    [
      [0, 6, 25, 12], [1, 20, 8, 14], [3, 23, 11, 15], [16, 22, 9, 28], [18, 21, 10, 29], [2, 5, 26, 13],
      [17, 4, 24, 30], [19, 7, 27, 31],
    ],
    [
      [0, 7, 26, 14], [1, 21, 11, 12], [3, 20, 25, 29], [17, 5, 27, 28], [18, 6, 8, 15], [2, 22, 24, 31],
      [19, 4, 9, 13], [16, 23, 10, 30],
    ],
  ]
}

/// The field of a prime power's order: sums and products of 0 ..< order.
struct Field {
  private let order: Int
  private let prime: Int
  private let products: [Int]

  /// Creates the field of `order`; nil where the order is no prime power, or above 128.
  init?(order: Int) {
    guard (2...128).contains(order), let prime = (2...order).first(where: { order % $0 == 0 }) else {
      return nil
    }
    var degree = 0
    var rest = order
    while rest % prime == 0 {
      rest /= prime
      degree += 1
    }
    guard rest == 1 else { return nil }
    self.order = order
    self.prime = prime
    // A polynomial without divisors makes every product of two numbers but 0 another number but 0.
    for lower in 0..<order {
      let products = Field.products(order, prime, degree, lower)
      if (1..<order).allSatisfy({ a in !products[(a * order + 1)..<((a + 1) * order)].contains(0) }) {
        self.products = products
        return
      }
    }
    return nil
  }

  /// The sum: of the digits to the base of the prime, each for itself.
  func sum(_ a: Int, _ b: Int) -> Int { Field.sum(a, b, prime) }

  /// The product.
  func product(_ a: Int, _ b: Int) -> Int { products[a % order * order + b % order] }

  private static func sum(_ a: Int, _ b: Int, _ prime: Int) -> Int {
    var (a, b, weight, sum) = (a, b, 1, 0)
    while a > 0 || b > 0 {
      sum += (a % prime + b % prime) % prime * weight
      (a, b, weight) = (a / prime, b / prime, weight * prime)
    }
    return sum
  }

  /// All products modulo x^degree + `lower`, whose digits are the lower coefficients.
  private static func products(_ order: Int, _ prime: Int, _ degree: Int, _ lower: Int) -> [Int] {
    let high = order / prime
    // x^degree is the negative of the lower part.
    var negative = 0
    for _ in 0..<(prime - 1) { negative = sum(negative, lower, prime) }
    func times(_ a: Int, _ digit: Int) -> Int { (0..<digit).reduce(0) { sum, _ in Field.sum(sum, a, prime) } }
    func timesX(_ a: Int) -> Int { Field.sum(a % high * prime, times(negative, a / high), prime) }
    var products = [Int](repeating: 0, count: order * order)
    for a in 0..<order {
      // a * x^0, a * x^1, …
      var shifted = [a % order]
      for _ in 1..<max(1, degree) { shifted.append(timesX(shifted[shifted.count - 1])) }
      for b in 0..<order {
        var (rest, product) = (b, 0)
        for power in shifted {
          product = sum(product, times(power, rest % prime), prime)
          rest /= prime
        }
        products[a * order + b] = product
      }
    }
    return products
  }
}

/// Offsets for a rotation where no algebra gives them: as few pairs of classes as can be found that meet
/// again.
private enum Offsets {
  /// Returns an offset for each round and class; round 0 and class 0 have 0.
  ///
  /// Two classes meet again in two rounds where the differences of their offsets are equal. Each step moves
  /// the offset that saves most, among equals by chance (min-conflicts: Minton and others 1992).
  static func least(tables: Int, classes: Int, rounds: Int, random: inout SplitMix64) -> [[Int]] {
    var offsets = (0..<rounds).map { round in (0..<classes).map { round * $0 % tables } }
    // How often a difference between two rounds comes up: [round][round][difference].
    var times = [Int](repeating: 0, count: rounds * rounds * tables)
    func at(_ one: Int, _ other: Int, _ a: Int, _ b: Int) -> Int {
      (one * rounds + other) * tables + (a - b + tables) % tables
    }
    var again = 0
    for one in 0..<rounds {
      for other in 0..<rounds where other != one {
        for own in 0..<classes {
          let place = at(one, other, offsets[one][own], offsets[other][own])
          again += times[place]
          times[place] += 1
        }
      }
    }
    var (best, least) = (offsets, again)
    var left = min(50 * rounds * classes, 400_000 / max(1, tables * rounds))
    while left > 0 && least > 0 && rounds > 1 && classes > 1 {
      left -= 1
      let (round, own) = (1 + random.below(rounds - 1), 1 + random.below(classes - 1))
      let old = offsets[round][own]
      for other in 0..<rounds where other != round {
        times[at(round, other, old, offsets[other][own])] -= 1
        times[at(other, round, offsets[other][own], old)] -= 1
      }
      func cost(_ offset: Int) -> Int {
        (0..<rounds).reduce(0) {
          $0 + ($1 == round ? 0 : 2 * times[at(round, $1, offset, offsets[$1][own])])
        }
      }
      let costs = (0..<tables).map(cost)
      let lowest = costs.min() ?? 0
      var choices = costs.indices.filter { costs[$0] == lowest }
      // Now and then a step that does not save, or the search would stand still.
      if random.below(20) == 0 { choices = Array(costs.indices.filter { costs[$0] <= lowest + 2 }) }
      let new = choices[random.below(choices.count)]
      again += costs[new] - costs[old]
      offsets[round][own] = new
      for other in 0..<rounds where other != round {
        times[at(round, other, new, offsets[other][own])] += 1
        times[at(other, round, offsets[other][own], new)] += 1
      }
      if again < least { (best, least) = (offsets, again) }
    }
    return best
  }
}
