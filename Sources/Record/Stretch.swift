import Glibc
import Ground

/// Whole lines of a record that follow each other, checked by themselves.
///
/// A line is tied to what stands at the end of the line in front of it, be that line good or bad. So the
/// stretches of a file can be checked at the same time, and each holds as far as those in front of it do.
struct Stretch: Sendable {
  /// How many lines hold together, up to the first that has no single meaning.
  private(set) var lineCount = 0
  /// The offset in the file behind each line that holds together, with its LF.
  private(set) var ends: [Int] = []
  /// The hash of the last line that holds together.
  private(set) var hash = ChainHash.zero
  /// Why the next line does not belong to them; nil where there is none.
  private(set) var flaw: DamageReason?
  /// The lines that hold together but have no single meaning.
  private(set) var unreadable: [Damage] = []
  /// The seals among the lines.
  private(set) var seals: [Seal] = []

  /// Below this size a file is one stretch.
  private static let minimum = 1 << 20

  /// Checks the file in `count` stretches of about the same size, as many at a time as there are processors.
  ///
  /// Gives with them the lines up to the first flaw or line without a single meaning.
  static func all(of file: [UInt8], count: Int?) -> ([Stretch], [Line]) {
    let wanted = count ?? min(processors, max(1, file.count / minimum))
    let ranges = file.withUnsafeBytes { divide($0, by: wanted) }
    let counts = atOnce(ranges.count) { index in file.withUnsafeBytes { countLines($0, ranges[index]) } }
    var stretches: [Stretch] = []
    // Each stretch writes where its lines will stay: to bring a million together afterwards takes as long as
    // half of the checking.
    let lines = [Line](unsafeUninitializedCapacity: counts.reduce(0, +)) { buffer, kept in
      nonisolated(unsafe) let places = buffer
      stretches = atOnce(ranges.count) { Stretch(file, ranges[$0], counts, $0, lines: places) }
      kept = keep(stretches, counts, places)
    }
    return (stretches, lines)
  }

  /// Drops the lines behind the first place where there is none, and gives the number in front of it.
  private static func keep(
    _ stretches: [Stretch], _ counts: [Int], _ places: UnsafeMutableBufferPointer<Line>
  ) -> Int {
    var (kept, before, isWhole) = (0, 0, true)
    for (stretch, count) in zip(stretches, counts) {
      if isWhole {
        kept += stretch.lineCount
      } else {
        places[before..<before + stretch.lineCount].deinitialize()
      }
      isWhole = isWhole && stretch.lineCount == count
      before += count
    }
    return kept
  }

  /// Ranges that begin at the beginning of a line and together are all bytes.
  private static func divide(_ bytes: UnsafeRawBufferPointer, by count: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    for number in 1..<max(2, count + 1) where start < bytes.count {
      let goal = max(start, bytes.count / max(1, count) * number)
      let end = number >= count || goal >= bytes.count ? bytes.count : RawLine(bytes, from: goal).end
      ranges.append(start..<end)
      start = end
    }
    return ranges
  }

  private static func countLines(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
    var (count, start) = (0, range.lowerBound)
    while start < range.upperBound {
      start = RawLine(bytes, from: start).end
      count += 1
    }
    return count
  }

  /// Checks the lines in `range`, the stretch at `index` of those with so many lines each, and puts them in their
  /// places among all `lines`.
  private init(
    _ file: [UInt8], _ range: Range<Int>, _ counts: [Int], _ index: Int,
    lines: UnsafeMutableBufferPointer<Line>
  ) {
    ends.reserveCapacity(counts[index])
    let before = counts[..<index].reduce(0, +)
    file.withUnsafeBytes { scan($0, range, before: before, of: file, lines) }
  }

  private mutating func scan(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, before: Int, of file: [UInt8],
    _ lines: UnsafeMutableBufferPointer<Line>
  ) {
    var names = Names()
    var json = JSONCheck()
    var last: UnsafeRawBufferPointer?
    // Where there is no line in front, or a bad one, these do not count whatever they follow from.
    if let front = RawLine(bytes, until: range.lowerBound), let envelope = Envelope(front.text) {
      hash = envelope.hash
      last = UnsafeRawBufferPointer(rebasing: front.text[envelope.at])
    }
    var start = range.lowerBound
    while start < range.upperBound {
      let raw = RawLine(bytes, from: start)
      let number = before + ends.count
      do {
        let envelope = try Self.check(raw, number, after: hash, last, &json)
        let seal = Seal(envelope, of: raw, line: number)
        if let seal { seals.append(seal) }
        let hasMeaning = number == 0 || seal != nil
        if let line = read(envelope, raw, number, file, &names, hasMeaning: hasMeaning), unreadable.isEmpty {
          lines.initializeElement(at: number, to: line)
          lineCount += 1
        }
        hash = envelope.hash
        last = UnsafeRawBufferPointer(rebasing: raw.text[envelope.at])
        ends.append(raw.end)
        start = raw.end
      } catch {
        flaw = error
        return
      }
    }
  }

  /// Takes a line apart that should have this number and follow on a line with this hash and time.
  static func check(
    _ raw: RawLine, _ number: Int, after hash: ChainHash, _ last: UnsafeRawBufferPointer?,
    _ json: inout JSONCheck
  ) throws(DamageReason) -> Envelope {
    guard raw.isWhole else { throw .form }
    let envelope = try Envelope(checking: raw, &json)
    guard envelope.seq == number else { throw .seq(expected: number) }
    // Times are of one length, so that their order is that of their bytes.
    if let last = last?.baseAddress, let at = raw.text.baseAddress,
      memcmp(at + envelope.at.lowerBound, last, envelope.at.count) < 0
    {
      throw .time
    }
    guard envelope.hash == raw.hash(after: hash) else { throw .chain }
    if number == 0, !Seal.isOpening(envelope, raw.text) { throw .notOpened }
    return envelope
  }

  /// Reads a line that holds together, or gives nil where it has no single meaning.
  ///
  /// `hasMeaning` where the record itself understands the payload.
  private mutating func read(
    _ envelope: Envelope, _ raw: RawLine, _ number: Int, _ file: [UInt8], _ names: inout Names,
    hasMeaning: Bool
  ) -> Line? {
    do {
      let line = try Line(envelope, of: raw.text, in: file, from: raw.start, names: &names)
      if hasMeaning { try Seal.checkMeaning(of: line) }
      return line
    } catch {
      unreadable.append(Damage(line: number + 1, offset: raw.start, reason: .unreadable(error.why)))
      return nil
    }
  }
}
