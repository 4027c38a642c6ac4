/// One grapheme as curses can hold it: a base and at most four marks; empty in the right half of a wide one.
///
/// It is a plain value of two words, not a `String`: a surface has thousands of cells, and every frame fills,
/// compares and forgets all of them.
struct Glyph: Hashable, Sendable {
  // Scalars of 21 bits, the first in the lowest: three here, two in `high`. Zero is no scalar, since control
  // characters never get here.
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  static let space = Glyph(" ")

  init() {}

  init(_ scalar: Unicode.Scalar) { low = UInt64(scalar.value) }

  /// Creates a glyph of the first five scalars of a text.
  init(_ text: String) { for scalar in text.unicodeScalars { append(scalar) } }

  var isEmpty: Bool { low == 0 }

  /// How many scalars it has, 0 to 5.
  var count: Int {
    var count = 0
    while count < Glyph.limit, self[count] != 0 { count += 1 }
    return count
  }

  /// Adds a mark; one too many is left out.
  mutating func append(_ scalar: Unicode.Scalar) {
    let place = count
    guard place < Glyph.limit else { return }
    if place < 3 {
      low |= UInt64(scalar.value) << UInt64(place * 21)
    } else {
      high |= UInt64(scalar.value) << UInt64((place - 3) * 21)
    }
  }

  /// The value of the scalar at a place, 0 behind the last.
  subscript(place: Int) -> UInt32 {
    let word = place < 3 ? low >> UInt64(place * 21) : high >> UInt64((place - 3) * 21)
    return UInt32(truncatingIfNeeded: word) & 0x1F_FFFF
  }

  /// The scalars as text.
  var text: String {
    var scalars = String.UnicodeScalarView()
    for place in 0..<Glyph.limit {
      guard let scalar = Unicode.Scalar(self[place]), scalar.value != 0 else { break }
      scalars.append(scalar)
    }
    return String(scalars)
  }

  private static let limit = 5
}
