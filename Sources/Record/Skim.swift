import Ground

/// A record that is whole, checked line by line without keeping any: to check it takes no more memory than a piece of it.
///
/// The verdict is that of `Scan`; where a record is not whole, it is `Scan` that says why.
struct Skim {
  /// The offset behind each line, with its LF.
  private(set) var ends: [Int] = []
  /// The hash of the last line.
  private(set) var hash = ChainHash.zero
  /// The first line.
  private(set) var first: Line?
  /// The seals among the lines.
  private(set) var seals: [Seal] = []
  /// The types of the lines.
  private(set) var types = TypeTally()

  private var lastAt = Moment(milliseconds: .min)
  private var names = Names()
  private var json = JSONCheck()

  /// Reads so many bytes of a file from an offset on into a buffer; 0 at its end, below 0 where that fails.
  typealias Read = (_ buffer: UnsafeMutableRawBufferPointer, _ offset: Int) -> Int

  /// Checks a record, a piece of at most `pieceSize` bytes at a time; nil where it is not whole, or cannot be read.
  ///
  /// A line that is longer than a piece counts as not whole.
  init?(pieceSize: Int = 1 << 18, read: Read) {
    var buffer = [UInt8](repeating: 0, count: pieceSize)
    let isWhole = buffer.withUnsafeMutableBytes { piece in
      take(in: piece, read) && !ends.isEmpty && sealsFit(piece, read)
    }
    guard isWhole else { return nil }
  }

  private mutating func take(in piece: UnsafeMutableRawBufferPointer, _ read: Read) -> Bool {
    // Where the piece begins in the file, and how much of it there is.
    var (offset, filled) = (0, 0)
    while true {
      let got = read(UnsafeMutableRawBufferPointer(rebasing: piece[filled...]), offset + filled)
      guard got > 0 else { return got == 0 && filled == 0 }
      filled += got
      let bytes = UnsafeRawBufferPointer(rebasing: piece[..<filled])
      var start = 0
      while start < filled {
        let raw = RawLine(bytes, from: start)
        guard raw.isWhole else { break }
        guard take(raw) else { return false }
        start = raw.end
        ends.append(offset + start)
      }
      guard start > 0 || filled < piece.count else { return false }
      piece.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[start...]))
      offset += start
      filled -= start
    }
  }

  private mutating func take(_ raw: RawLine) -> Bool {
    let number = ends.count
    guard let envelope = try? Stretch.check(raw, number, after: hash, nil, &json),
      let (_, at, version) = try? envelope.meaning(in: raw.text), at >= lastAt
    else { return false }
    let seal = Seal(envelope, of: raw, line: number)
    if number == 0 || seal != nil {
      // What the record itself understands must have its plain shape; it outlives the piece.
      let line = try? Line(envelope, of: raw.text, in: Array(raw.text), from: 0, names: &names)
      guard let line, (try? Seal.checkMeaning(of: line)) != nil else { return false }
      if number == 0 { first = line }
      if let seal { seals.append(seal) }
    }
    types.count(UnsafeRawBufferPointer(rebasing: raw.text[envelope.type]), version: version)
    hash = envelope.hash
    lastAt = at
    return true
  }

  /// Whether each seal holds; what they seal is read once more.
  private func sealsFit(_ piece: UnsafeMutableRawBufferPointer, _ read: Read) -> Bool {
    var isRead = true
    let bad = Seal.firstThatDoesNotFit(seals, ends: ends) { hasher, range in
      var offset = range.lowerBound
      while isRead, offset < range.upperBound {
        let got = read(
          UnsafeMutableRawBufferPointer(rebasing: piece[..<min(piece.count, range.upperBound - offset)]),
          offset)
        isRead = got > 0
        guard isRead else { return }
        hasher.update(UnsafeRawBufferPointer(rebasing: piece[..<got]))
        offset += got
      }
    }
    return isRead && bad == nil
  }
}
