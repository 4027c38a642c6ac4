/// Numbers joined into sets, each named by its lowest.
struct Joined {
  private var above: [Int]

  /// Creates a set for each of 0 ..< count.
  init(_ count: Int) { above = Array(0..<max(0, count)) }

  /// The lowest number of the set of `number`.
  func lowest(with number: Int) -> Int {
    var number = number
    while above[number] != number { number = above[number] }
    return number
  }

  /// Makes one set of those of both numbers.
  mutating func join(_ one: Int, _ other: Int) {
    let (a, b) = (lowest(with: one), lowest(with: other))
    above[max(a, b)] = min(a, b)
  }
}
