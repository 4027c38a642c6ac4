import Ground

/// How long to wait before the next try: not at all, then longer and longer, by lot.
///
/// By lot, so that the laptops of a hall do not all come back at the same moment.
struct Backoff {
  private let range: ClosedRange<Interval>
  private var random: SplitMix64
  private var tries = 0

  /// Creates a back-off whose waits lie in `range` of milliseconds, by this lot.
  init(_ range: ClosedRange<Interval>, random: SplitMix64) {
    self.range = range
    self.random = random
  }

  /// The next wait: 0 the first time, then up to twice, four times … the shortest, and never above the longest.
  mutating func next() -> Interval {
    defer { tries += 1 }
    guard tries > 0 else { return 0 }
    let longest = min(range.upperBound, range.lowerBound << Interval(min(tries, 20)))
    return range.lowerBound + Interval(random.below(Int(max(longest - range.lowerBound, 0)) + 1))
  }

  /// Begins again, since it worked.
  mutating func reset() { tries = 0 }
}
