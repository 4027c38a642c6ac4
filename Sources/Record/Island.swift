import Ground

/// Lines behind a damaged place that chain among themselves.
public struct Island: Sendable {
  /// The lines, in order and without gaps.
  public internal(set) var lines: [Line]
  /// The number of the first line in the file, counted from 1.
  public let firstLine: Int
  /// Whether the first line is proven too: it follows from the hash written at the end of the damaged line.
  ///
  /// The others follow from the line in front of them.
  public let isHeadProven: Bool
  /// The bytes of each line in the file, with its LF.
  var ranges: [Range<Int>]

  /// Finds the islands from a damaged line on, which `good` is the hash in front of.
  static func find(in file: [UInt8], from damage: Damage, after good: ChainHash) -> [Island] {
    file.withUnsafeBytes { find(in: $0, of: file, from: damage, after: good) }
  }

  private static func find(
    in bytes: UnsafeRawBufferPointer, of file: [UInt8], from damage: Damage, after good: ChainHash
  ) -> [Island] {
    var names = Names()
    var islands: [Island] = []
    var open: Island?
    var hash: ChainHash? = good
    // The number that a line must have to stand right behind lines that are whole; nil behind others.
    var next: Int? = damage.line - 1
    var start = damage.offset
    var number = damage.line
    func close() {
      // A single line that follows from nothing is no island: nothing says that it is whole.
      if let island = open, island.isHeadProven || island.lines.count > 1 { islands.append(island) }
      open = nil
    }
    while start < bytes.count {
      let raw = RawLine(bytes, from: start)
      if raw.isWhole, let envelope = try? Envelope(checking: raw),
        let line = try? Line(envelope, of: raw.text, in: file, from: raw.start, names: &names)
      {
        let follows = hash.map { raw.hash(after: $0) == envelope.hash } ?? false
        if follows, open != nil, line.seq == next {
          open?.lines.append(line)
          open?.ranges.append(start..<raw.end)
          next = line.seq + 1
        } else if !follows, line.seq == next {
          // Nothing is missing in front of it, so that it is this line that went bad.
          close()
          next = nil
        } else {
          close()
          open = Island(lines: [line], firstLine: number, isHeadProven: follows, ranges: [start..<raw.end])
          next = line.seq + 1
        }
      } else {
        close()
        next = nil
      }
      hash = Envelope.hash(atEndOf: raw.text)
      start = raw.end
      number += 1
    }
    close()
    return islands
  }
}
