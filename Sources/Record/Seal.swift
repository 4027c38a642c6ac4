import Ground

/// What a `record.sealed` says about the lines in front of it.
struct Seal: Sendable {
  let line: Int
  /// The last line sealed, where it names one in front of it.
  let upto: Int?
  private let payload: [UInt8]

  /// Reads the seal in a line, from 0, or gives nil where it is none.
  init?(_ envelope: Envelope, of raw: RawLine, line: Int) {
    guard envelope.type.count == 13, raw.text[envelope.type].elementsEqual("record.sealed".utf8) else {
      return nil
    }
    self.line = line
    payload = Array(raw.text[envelope.data])
    let scan = JSONScan(membersOf: UnsafeRawBufferPointer(rebasing: raw.text[envelope.data]))
    let named = scan.value(of: "upto").flatMap { scan.integer($0) }
    upto = named.flatMap { (0..<line).contains($0) ? $0 : nil }
  }

  /// What it says of these lines, as its payload has it; nil where that is no text.
  var sha256: String? { JSONText(checked: payload, payload.indices)["sha256"]?.string }

  /// Tells whether the seal holds for the hash of the lines that it names, nil where it names none.
  ///
  /// As the independent checker does it: a seal that names no line in front of it claims nothing, and holds
  /// where it gives no hash either.
  private func fits(_ sha256: String?) -> Bool {
    payload.withUnsafeBytes { bytes in
      let scan = JSONScan(membersOf: bytes)
      if let upto = scan.value(of: "upto"), scan.isContainer(upto) { return false }
      let claimed = scan.value(of: "sha256")
      guard let sha256 else { return claimed.map { scan.isNull($0) } ?? true }
      return claimed.map { scan.isString($0, sha256) } ?? false
    }
  }

  /// Gives the line (from 0) of the first seal that does not fit, in one pass over the bytes.
  ///
  /// `hash` goes on with a hasher over a range of the bytes; the ranges follow each other.
  static func firstThatDoesNotFit(
    _ seals: [Seal], ends: [Int], hash: (inout SHA256Hasher, Range<Int>) -> Void
  ) -> Int? {
    guard !seals.isEmpty else { return nil }
    var bad: [Int] = seals.filter { $0.upto == nil && !$0.fits(nil) }.map(\.line)
    var hasher = SHA256Hasher()
    var hashed = 0
    for seal in seals.sorted(by: { ($0.upto ?? -1) < ($1.upto ?? -1) }) {
      guard let upto = seal.upto else { continue }
      hash(&hasher, hashed..<ends[upto])
      hashed = ends[upto]
      if !seal.fits(hasher.text) { bad.append(seal.line) }
    }
    return bad.min()
  }

  /// Tells whether a line is a `record.opened` of format 1.
  static func isOpening(_ envelope: Envelope, _ text: UnsafeRawBufferPointer) -> Bool {
    guard text[envelope.type].elementsEqual("record.opened".utf8) else { return false }
    let scan = JSONScan(membersOf: UnsafeRawBufferPointer(rebasing: text[envelope.data]))
    return scan.value(of: "format").flatMap { scan.integer($0) } == 1
  }

  /// Throws where the payload of a line that the record itself understands has not its plain shape.
  static func checkMeaning(of line: Line) throws(Unreadable) {
    switch line.type {
    case "record.opened" where line.seq == 0:
      guard line.payload["format"]?.int == 1 else { throw Unreadable("format") }
    case "record.sealed":
      guard let upto = line.payload["upto"]?.int, (0..<line.seq).contains(upto),
        line.payload["sha256"]?.string != nil
      else { throw Unreadable("upto") }
    default: break
    }
  }
}
