import Glibc
import Ground

/// A record's bytes taken apart: what holds together, and why the rest does not.
struct Scan {
  /// The lines that hold together, up to the first that has no single meaning.
  private(set) var lines: [Line] = []
  /// The offset behind each line that holds together, with its LF.
  private(set) var ends: [Int] = []
  /// The hash of the last line that holds together.
  private(set) var hash = ChainHash.zero
  /// Why the next bytes do not belong to the lines; nil where there are none.
  private(set) var damage: Damage?
  /// The lines that hold together but have no single meaning.
  private(set) var unreadable: [Damage] = []

  /// The longest line, with its LF.
  static let maxLine = 65_536
  /// The longest batch of lines, and so of what a crash can tear off.
  static let maxBatch = 262_144
  /// The longest time from the first to the last line of a batch, however slow the disk: 10 s.
  static let longestBatch = Interval.seconds(10)

  /// The bytes of the lines that hold together.
  var goodBytes: Int { ends.last ?? 0 }
  /// Whether all that is wrong is a batch that a crash tore off.
  var isTorn: Bool { damage?.reason == .torn }

  /// Whether these bytes are those of a file whose creation broke off; any other may be somebody's.
  func isStillborn(_ bytes: [UInt8]) -> Bool {
    guard damage?.reason == .empty else { return false }
    let begin = Array("{\"seq\":0,".utf8)
    let landed = bytes.prefix { $0 != 0 }
    return bytes.starts(with: begin)
      || begin.starts(with: landed) && bytes[landed.count...].allSatisfy { $0 == 0 }
  }

  /// Takes the bytes of a record apart; its lines share them.
  ///
  /// The outcome is the same for any number of `stretches`; without one, a large file has one for each processor.
  init(_ file: [UInt8], stretches: Int? = nil) {
    let (stretches, lines) = Stretch.all(of: file, count: stretches)
    self.lines = lines
    file.withUnsafeBytes { join(stretches, $0) }
  }

  private mutating func join(_ stretches: [Stretch], _ bytes: UnsafeRawBufferPointer) {
    var seals: [Seal] = []
    if stretches.count > 1 {
      ends.reserveCapacity(stretches.reduce(0) { $0 + $1.ends.count })
    }
    for stretch in stretches {
      ends += stretch.ends
      if !stretch.ends.isEmpty { hash = stretch.hash }
      unreadable += stretch.unreadable
      seals += stretch.seals
      if let flaw = stretch.flaw {
        let reason = tornOr(flaw, RawLine(bytes, from: goodBytes), bytes)
        damage = Damage(line: ends.count + 1, offset: goodBytes, reason: reason)
        break
      }
    }
    let bad = Seal.firstThatDoesNotFit(seals, ends: ends) { hasher, range in
      hasher.update(UnsafeRawBufferPointer(rebasing: bytes[range]))
    }
    if let bad { cut(at: bad, bytes) }
    if ends.isEmpty, damage == nil || isTorn { damage = Damage(line: 1, offset: 0, reason: .empty) }
  }

  /// Cuts the result back to the lines in front of `line` (from 0), whose seal does not fit.
  private mutating func cut(at line: Int, _ bytes: UnsafeRawBufferPointer) {
    ends.removeLast(ends.count - line)
    lines.removeLast(max(0, lines.count - line))
    unreadable.removeAll { $0.line > line }
    damage = Damage(line: line + 1, offset: goodBytes, reason: .seal)
    let good = UnsafeRawBufferPointer(rebasing: bytes[..<max(0, goodBytes - 1)])
    hash = Envelope.hash(atEndOf: good) ?? .zero
  }

  // MARK: Torn or gone bad

  /// Tells a batch that a crash tore off, which nobody was told of, from an old line that went bad.
  ///
  /// A torn batch is a line without an end, or (where the file grew before its bytes landed) one with NUL
  /// bytes in it. An old line in which one bit flipped can look the same; it gives itself away, since with
  /// that bit flipped back it chains. Such a line was acknowledged and is never cut.
  private func tornOr(_ reason: DamageReason, _ raw: RawLine, _ bytes: UnsafeRawBufferPointer) -> DamageReason
  {
    let holdsNul = raw.text.contains(0)
    if !raw.isWhole {
      return lastByteIsFlippedEnd(raw) ? .flippedBit : .torn
    }
    guard holdsNul else { return reason }
    if nulIsFlippedBit(raw) { return .flippedBit }
    return bytes.count - goodBytes <= Scan.maxBatch && isOneBatch(bytes, from: raw.end) ? .torn : .nul
  }

  /// Whether the lines from `start` on can have been written at once, by their times.
  ///
  /// Where they cannot, the first of them were confirmed before the last came.
  private func isOneBatch(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Bool {
    var times: [Moment] = []
    var start = start
    while start < bytes.count {
      let raw = RawLine(bytes, from: start)
      if let envelope = Envelope(raw.text),
        let at = Moment(rfc3339: UnsafeRawBufferPointer(rebasing: raw.text[envelope.at]))
      {
        times.append(at)
      }
      start = raw.end
    }
    guard let first = times.min(), let last = times.max() else { return true }
    return last - first <= Scan.longestBatch
  }

  private func lastByteIsFlippedEnd(_ raw: RawLine) -> Bool {
    guard let byte = raw.text.last, (byte ^ UInt8(ascii: "\n")).nonzeroBitCount == 1 else { return false }
    return chains(UnsafeRawBufferPointer(rebasing: raw.text.dropLast()))
  }

  private func nulIsFlippedBit(_ raw: RawLine) -> Bool {
    guard let place = raw.text.firstIndex(of: 0), raw.text[(place + 1)...].firstIndex(of: 0) == nil else {
      return false
    }
    var copy = Array(raw.text)
    return (0..<8).contains { bit in
      copy[place] = 1 << UInt8(bit)
      return copy.withUnsafeBytes { chains($0) }
    }
  }

  private func chains(_ text: UnsafeRawBufferPointer) -> Bool {
    guard let written = Envelope.hash(atEndOf: text) else { return false }
    return written == RawLine(text).hash(after: hash)
  }
}

/// A line of a file as it stands, good or not.
struct RawLine {
  /// The bytes without the LF.
  let text: UnsafeRawBufferPointer
  /// The offset of the first byte.
  let start: Int
  /// The offset behind the LF, or the end of the file.
  let end: Int
  /// Whether an LF ends the line.
  let isWhole: Bool

  init(_ bytes: UnsafeRawBufferPointer, from start: Int) {
    self.start = start
    let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
    guard let base = rest.baseAddress, let found = memchr(base, 0x0A, rest.count) else {
      text = rest
      end = bytes.count
      isWhole = false
      return
    }
    let count = UnsafeRawPointer(found) - base
    text = UnsafeRawBufferPointer(rebasing: rest[..<count])
    end = start + count + 1
    isWhole = true
  }

  /// The line that ends at `end`, where an LF stands in front of it; nil at the beginning of the bytes.
  init?(_ bytes: UnsafeRawBufferPointer, until end: Int) {
    guard end > 0 else { return nil }
    start = bytes[..<(end - 1)].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    text = UnsafeRawBufferPointer(rebasing: bytes[start..<end - 1])
    self.end = end
    isWhole = true
  }

  init(_ text: UnsafeRawBufferPointer) {
    self.text = text
    start = 0
    end = text.count
    isWhole = true
  }

  /// Computes the hash that the line should end with; it must be as long as its tail at least.
  func hash(after previous: ChainHash) -> ChainHash {
    ChainHash(after: previous, UnsafeRawBufferPointer(rebasing: text[..<(text.count - Envelope.tailCount)]))
  }
}

extension Envelope {
  /// Takes a single line apart, as the one below.
  init(checking raw: RawLine) throws(DamageReason) {
    var json = JSONCheck()
    try self.init(checking: raw, &json)
  }

  /// Takes a line apart and checks all that can be checked without the lines in front of it.
  init(checking raw: RawLine, _ json: inout JSONCheck) throws(DamageReason) {
    guard var envelope = Envelope(raw.text) else { throw raw.text.contains(0) ? .nul : .form }
    guard raw.text.count < Scan.maxLine else { throw .tooLong }
    guard
      envelope.isPlainBy
        || JSONScan.acceptsString(UnsafeRawBufferPointer(rebasing: raw.text[envelope.by]))
    else {
      throw raw.text.contains(0) ? .nul : .json
    }
    let data = UnsafeRawBufferPointer(rebasing: raw.text[envelope.data])
    do {
      try json.check(data)
    } catch {
      // Not what this program reads; yet the record holds together where the independent checker takes it.
      guard JSONScan.accepts(data) else { throw raw.text.contains(0) ? .nul : .json }
      envelope.flaw = error.reason
    }
    self = envelope
  }
}
