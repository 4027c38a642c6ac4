/// A small, fast generator whose numbers depend on its seed alone, on every machine.
///
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014. The
/// system's generator would make a drawing, or a failed test, impossible to repeat. Inlinable, since the
/// search for tables asks for millions of numbers a second.
@frozen public struct SplitMix64: RandomNumberGenerator, Sendable {
  @usableFromInline var state: UInt64

  /// Creates a generator from its seed.
  @inlinable public init(seed: UInt64) { state = seed }

  /// Returns the next 64 random bits.
  @inlinable
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// Returns a number from 0 up to but not including `count`, which is at least 1.
  ///
  /// The high half of a product instead of a remainder: no division, and the bias is below 2^-32 for
  /// the counts used here.
  @inlinable
  public mutating func below(_ count: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(truncatingIfNeeded: count)).high)
  }

  /// Puts the elements in a random order; unlike the standard library's, in the same one on every version.
  @inlinable
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count > 1 else { return }
    for last in stride(from: elements.count - 1, to: 0, by: -1) { elements.swapAt(last, below(last + 1)) }
  }
}
