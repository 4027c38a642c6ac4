import Glibc
import Ground

/// How often each type is in a record, by its version.
public struct TypeTally: Sendable {
  /// A type of one version.
  public struct Kind: Sendable, Hashable {
    /// The type, such as `contribution.added`.
    public let type: String
    /// Its version.
    public let version: Int
  }

  private var counted: [(type: [UInt8], version: Int, count: Int)] = []

  init() {}

  init(_ lines: [Line]) {
    for line in lines {
      var type = line.type
      type.withUTF8 { count(UnsafeRawBufferPointer($0), version: line.version) }
    }
  }

  /// The number of lines of each kind.
  public var counts: [Kind: Int] {
    let pairs = counted.map {
      (Kind(type: String(decoding: $0.type, as: UTF8.self), version: $0.version), $0.count)
    }
    return Dictionary(pairs) { $0 + $1 }
  }

  /// Counts a line with this type.
  ///
  /// There are few kinds, and most lines are of the commonest: those stand in front.
  mutating func count(_ type: UnsafeRawBufferPointer, version: Int) {
    let place = counted.firstIndex { kind in
      kind.version == version && kind.type.count == type.count
        && kind.type.withUnsafeBytes { one in
          guard let one = one.baseAddress, let other = type.baseAddress else { return true }
          return memcmp(one, other, type.count) == 0
        }
    }
    guard let place else { return counted.append((Array(type), version, 1)) }
    counted[place].count += 1
    if place > 0, counted[place].count > counted[place - 1].count { counted.swapAt(place, place - 1) }
  }
}
