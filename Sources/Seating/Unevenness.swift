/// Which tables are not as even as they can be: where a search near its end should look.
///
/// A table of s people is as even as it can be in a value that k of the n people in the room have when it has
/// s k / n of them, rounded down or up; of a value that is to be spread it should have k / tables, rounded
/// up, at most. Source: every room can be rounded so in one attribute (controlled rounding, Bacharach 1966).
final class Unevenness {
  private let tables: Int
  private let cells: Int
  private let present: [Int]
  private let isMirrored: UnsafeMutablePointer<Bool>
  /// The people in the room with a value: [round][cell].
  private let totals: UnsafeMutablePointer<Int>
  /// People too few or too many: [round][table].
  private let faults: UnsafeMutablePointer<Int32>
  /// The uneven places of a round, how many there are, and where each place stands among them, or -1.
  private let list: UnsafeMutablePointer<Int32>
  private let counts: UnsafeMutablePointer<Int>
  private let placeInList: UnsafeMutablePointer<Int32>

  init(tables: Int, present: [Int], totals: [[Int]], isMirrored: [Bool]) {
    self.tables = tables
    // At least one: where nobody is there, no table is uneven.
    self.present = present.map { max(1, $0) }
    cells = isMirrored.count
    self.isMirrored = .copied(isMirrored)
    self.totals = .copied(Array(totals.joined()))
    faults = .filled(present.count * tables, 0)
    list = .filled(present.count * tables, 0)
    counts = .filled(present.count, 0)
    placeInList = .filled(present.count * tables, -1)
  }

  deinit {
    isMirrored.deallocate()
    totals.deallocate()
    faults.deallocate()
    list.deallocate()
    counts.deallocate()
    placeInList.deallocate()
  }

  /// How many tables of a round are uneven.
  @inline(__always)
  func count(in round: Int) -> Int { counts[round] }

  /// The table of that number among a round's uneven ones.
  @inline(__always)
  func table(_ number: Int, in round: Int) -> Int { Int(list[round &* tables &+ number]) &- round &* tables }

  /// Notes that `step` people of a cell come to a place where `count` are.
  @inline(__always)
  func count(_ cell: Int, at place: Int, size: Int, _ count: Int, step: Int) {
    let round = place / tables
    let change =
      fault(cell, round, size: size, count &+ step) &- fault(cell, round, size: size, count)
    if change != 0 { set(place, Int(faults[place]) &+ change) }
  }

  /// Counts a place afresh.
  func judge(_ place: Int, size: Int, _ here: UnsafeMutablePointer<Int32>) {
    var sum = 0
    for cell in 0..<cells { sum += fault(cell, place / tables, size: size, Int(here[cell])) }
    set(place, sum)
  }

  @inline(__always)
  private func fault(_ cell: Int, _ round: Int, size: Int, _ count: Int) -> Int {
    let total = totals[round &* cells &+ cell]
    guard isMirrored[cell] else { return max(0, count &- (total &+ tables &- 1) / tables) }
    let (share, whole) = (size &* total, present[round])
    let low = share / whole
    if count < low { return low &- count }
    let high = low &* whole == share ? low : low &+ 1
    return max(0, count &- high)
  }

  private func set(_ place: Int, _ fault: Int) {
    faults[place] = Int32(truncatingIfNeeded: fault)
    let round = place / tables
    let first = round &* tables
    let at = Int(placeInList[place])
    if fault > 0 && at < 0 {
      placeInList[place] = Int32(truncatingIfNeeded: counts[round])
      list[first &+ counts[round]] = Int32(truncatingIfNeeded: place)
      counts[round] &+= 1
    } else if fault == 0 && at >= 0 {
      counts[round] &-= 1
      let last = list[first &+ counts[round]]
      list[first &+ at] = last
      placeInList[Int(last)] = Int32(truncatingIfNeeded: at)
      placeInList[place] = -1
    }
  }
}
