import Ground

/// The bytes of all lines that are safely on disk, kept for when the disk fails.
struct Acknowledged {
  /// The hash of the last line.
  private(set) var hash: ChainHash
  /// The number and time of the last line.
  private(set) var seq: Int
  private(set) var at: Moment
  /// The number of bytes.
  private(set) var count = 0
  // In pieces: one array would be copied whole now and then while everybody waits.
  fileprivate var pieces: [[UInt8]] = []
  /// The offset at which each piece begins; a line lies in one piece whole.
  private var starts: [Int] = []
  /// The offset behind each line, with its LF.
  private var ends: [Int] = []

  private static let pieceSize = 1 << 20

  /// Takes the lines of a file over; `ends` are the offsets behind each, where they are known.
  init(_ bytes: [UInt8], ends: [Int]? = nil, hash: ChainHash, seq: Int, at: Moment) {
    self.hash = hash
    self.seq = seq
    self.at = at
    pieces = [bytes]
    starts = [0]
    count = bytes.count
    self.ends = ends ?? Self.ends(of: bytes, from: 0)
  }

  /// The offsets behind the lines in `bytes`, which begin at `start`.
  private static func ends(of bytes: [UInt8], from start: Int) -> [Int] {
    bytes.withUnsafeBytes { raw in
      var ends: [Int] = []
      var end = 0
      while end < raw.count {
        end = RawLine(raw, from: end).end
        ends.append(start + end)
      }
      return ends
    }
  }

  /// Adds lines that have become safe: their bytes, and the last of them.
  mutating func append(_ bytes: [UInt8], hash: ChainHash, last: Line) {
    self.hash = hash
    seq = last.seq
    at = last.at
    ends += Self.ends(of: bytes, from: count)
    let open = pieces.count - 1
    if open >= 0, pieces[open].count + bytes.count <= Self.pieceSize {
      pieces[open] += bytes
    } else {
      var piece: [UInt8] = []
      // At once, since growing would copy it again and again while the writer waits.
      piece.reserveCapacity(max(Self.pieceSize, bytes.count))
      piece += bytes
      pieces.append(piece)
      starts.append(count)
    }
    count += bytes.count
  }

  /// The bytes of the lines from `seq` on, at most so many but at least one line; empty where there are none.
  func lines(from seq: Int, atMost limit: Int) -> ArraySlice<UInt8> {
    guard seq >= 0, seq < ends.count else { return [] }
    let start = seq == 0 ? 0 : ends[seq - 1]
    let piece = firstPlace(starts.count) { starts[$0] > start } - 1
    let pieceEnd = starts[piece] + pieces[piece].count
    // The lines of the next piece come with the next question.
    let last = firstPlace(ends.count) { ends[$0] > min(pieceEnd, start + limit) }
    let end = max(ends[seq], last == 0 ? 0 : ends[last - 1])
    return pieces[piece][(start - starts[piece])..<(end - starts[piece])]
  }

  /// All bytes, in order.
  var bytes: [UInt8] { Array(pieces.joined()) }
}

/// The SHA-256 of all acknowledged bytes; each time only what came since the last time is read.
struct SealHash {
  private var hasher = SHA256Hasher()
  private var pieces = 0
  private var bytesInPiece = 0

  /// Goes on to the end of `acknowledged`, which holds all that was there the last time; 64 hexadecimal digits.
  mutating func text(of acknowledged: Acknowledged) -> String {
    for piece in acknowledged.pieces[pieces...] {
      piece.withUnsafeBytes {
        hasher.update(UnsafeRawBufferPointer(rebasing: $0[bytesInPiece...]))
      }
      bytesInPiece = 0
    }
    pieces = max(0, acknowledged.pieces.count - 1)
    bytesInPiece = acknowledged.pieces.last?.count ?? 0
    return hasher.text
  }
}
