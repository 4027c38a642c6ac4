/// How often any two people meet, over the history, the rounds held and the rounds under search.
///
/// In a small hall a table of all pairs is quickest. In a large one it would not fit in a processor's cache:
/// there each person's tables, round after round, stand in a few words, and two people have met as often as
/// their words have the same table in the same place.
final class Meetings {
  private let people: Int
  private let held: Int
  /// Pairs: [person][person], or nil where words are used.
  private let pairs: UnsafeMutablePointer<UInt8>?
  /// Words: [person][word], four rounds of 16 bits each.
  private let words: UnsafeMutablePointer<UInt64>
  private let wordsEach: Int
  /// Where words are used: earlier meetings as lists of others and times, and where each list begins.
  private let others: UnsafeMutablePointer<Int32>
  private let times: UnsafeMutablePointer<UInt8>
  private let start: UnsafeMutablePointer<Int>
  private let hasHistory: Bool

  /// Up to how many people all pairs are counted.
  static let mostPeopleInPairs = 600
  /// More meetings of one pair before this drawing weigh no more.
  private static let mostBefore = 100

  /// Takes in the history and the rounds held; nobody sits yet in the `free` rounds under search.
  init(_ problem: SeatingProblem, held: [[[Int]]], free: Int) {
    let people = problem.people
    self.people = people
    var before: [Pair: Int] = [:]
    for met in problem.history where met.a != met.b && met.times > 0 {
      before[Pair(met.a, met.b), default: 0] += min(Meetings.mostBefore, met.times)
    }
    // A place beyond the tables for each person who does not sit, so that two of them are never together.
    let usesPairs = people <= Meetings.mostPeopleInPairs || problem.tables.count + people >= 1 << 16
    self.held = usesPairs ? 0 : held.count
    wordsEach = usesPairs ? 0 : (held.count + free + 3) / 4
    words = .filled(people * wordsEach, 0)
    if usesPairs {
      let pairs = UnsafeMutablePointer<UInt8>.filled(people * people, 0)
      for table in held.joined() {
        for (place, a) in table.enumerated() {
          for b in table[(place + 1)...] where a != b { before[Pair(a, b), default: 0] += 1 }
        }
      }
      for (pair, times) in before {
        pairs[pair.a * people + pair.b] = UInt8(min(Meetings.mostBefore, times))
        pairs[pair.b * people + pair.a] = UInt8(min(Meetings.mostBefore, times))
      }
      self.pairs = pairs
      hasHistory = false
      others = .filled(0, 0)
      times = .filled(0, 0)
      start = .filled(people + 1, 0)
      return
    }
    pairs = nil
    hasHistory = !before.isEmpty
    var lists = [[(other: Int, times: Int)]](repeating: [], count: people)
    for (pair, times) in before {
      lists[pair.a].append((pair.b, times))
      lists[pair.b].append((pair.a, times))
    }
    for person in lists.indices { lists[person].sort { $0.other < $1.other } }
    others = .copied(lists.joined().map { Int32($0.other) })
    times = .copied(lists.joined().map { UInt8(min(Meetings.mostBefore, $0.times)) })
    start = .copied(lists.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) })
    for person in 0..<people {
      for lane in 0..<(wordsEach * 4) { setLane(lane, of: person, problem.tables.count + person) }
    }
    for (lane, round) in held.enumerated() {
      for (table, here) in round.enumerated() { for person in here { setLane(lane, of: person, table) } }
    }
    tables = problem.tables.count
  }
  private var tables = 0

  deinit {
    pairs?.deallocate()
    words.deallocate()
    others.deallocate()
    times.deallocate()
    start.deallocate()
  }

  @inline(__always)
  private func setLane(_ lane: Int, of person: Int, _ table: Int) {
    let place = person * wordsEach + lane >> 2
    let shift = UInt64(truncatingIfNeeded: (lane & 3) << 4)
    words[place] =
      words[place] & ~(0xFFFF << shift) | UInt64(truncatingIfNeeded: table) << shift
  }

  /// How often two different people meet.
  @inline(__always)
  func count(_ a: Int, _ b: Int) -> Int {
    if let pairs { return Int(pairs[a &* people &+ b]) }
    var sum = 0
    let (wordsA, wordsB) = (words + a &* wordsEach, words + b &* wordsEach)
    for word in 0..<wordsEach {
      let difference = wordsA[word] ^ wordsB[word]
      let low: UInt64 = 0x7FFF_7FFF_7FFF_7FFF
      // A lane of zeros keeps its high bit clear in all three; no carry leaves a lane.
      sum &+= (~(((difference & low) &+ low) | difference | low)).nonzeroBitCount
    }
    return hasHistory ? sum &+ before(a, b) : sum
  }

  /// Meetings before this drawing, where words are used.
  private func before(_ a: Int, _ b: Int) -> Int {
    var (low, high) = (start[a], start[a + 1])
    while low < high {
      let middle = (low + high) / 2
      if Int(others[middle]) < b { low = middle + 1 } else { high = middle }
    }
    return low < start[a + 1] && Int(others[low]) == b ? Int(times[low]) : 0
  }

  /// The sum of C2(m) over those `person` met before the rounds under search.
  func again(_ person: Int) -> Int {
    var sum = 0
    for other in 0..<people where other != person && (pairs != nil || hasHistory || held > 1) {
      let times = count(person, other)
      sum += times * (times - 1) / 2
    }
    return sum
  }

  /// Notes that `person` sits at `table`, or with -1 nowhere, in a round under search.
  @inline(__always)
  func sit(_ person: Int, at table: Int, in round: Int) {
    if pairs == nil { setLane(held &+ round, of: person, table < 0 ? tables &+ person : table) }
  }

  /// Counts one meeting more, or with -1 one fewer, where pairs are counted.
  @inline(__always)
  func add(_ step: Int, _ a: Int, _ b: Int) {
    guard let pairs else { return }
    let times = UInt8(truncatingIfNeeded: Int(pairs[a &* people &+ b]) &+ step)
    pairs[a &* people &+ b] = times
    pairs[b &* people &+ a] = times
  }

  /// Lets two people take over each other's meetings.
  func trade(_ a: Int, _ b: Int) {
    if let pairs {
      for other in 0..<people where other != a && other != b {
        let (first, second) = (pairs[a * people + other], pairs[b * people + other])
        pairs[a * people + other] = second
        pairs[other * people + a] = second
        pairs[b * people + other] = first
        pairs[other * people + b] = first
      }
    } else {
      for word in 0..<wordsEach {
        (words[a * wordsEach + word], words[b * wordsEach + word]) =
          (words[b * wordsEach + word], words[a * wordsEach + word])
      }
    }
  }
}
