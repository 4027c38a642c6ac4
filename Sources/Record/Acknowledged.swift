import Crypto
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

  private static let pieceSize = 1 << 20

  init(_ bytes: [UInt8], hash: ChainHash, seq: Int, at: Moment) {
    self.hash = hash
    self.seq = seq
    self.at = at
    pieces = [bytes]
    count = bytes.count
  }

  /// Adds lines that have become safe: their bytes, and the last of them.
  mutating func append(_ bytes: [UInt8], hash: ChainHash, last: Line) {
    self.hash = hash
    seq = last.seq
    at = last.at
    count += bytes.count
    let open = pieces.count - 1
    if open >= 0, pieces[open].count + bytes.count <= Self.pieceSize {
      pieces[open] += bytes
    } else {
      var piece: [UInt8] = []
      // At once, since growing would copy it again and again while the writer waits.
      piece.reserveCapacity(max(Self.pieceSize, bytes.count))
      piece += bytes
      pieces.append(piece)
    }
  }

  /// All bytes, in order.
  var bytes: [UInt8] { Array(pieces.joined()) }
}

/// The SHA-256 of all acknowledged bytes; each time only what came since the last time is read.
struct SealHash {
  private var hasher = SHA256()
  private var pieces = 0
  private var bytesInPiece = 0

  /// Goes on to the end of `acknowledged`, which holds all that was there the last time; 64 hexadecimal digits.
  mutating func text(of acknowledged: Acknowledged) -> String {
    for piece in acknowledged.pieces[pieces...] {
      piece.withUnsafeBytes {
        hasher.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[bytesInPiece...]))
      }
      bytesInPiece = 0
    }
    pieces = max(0, acknowledged.pieces.count - 1)
    bytesInPiece = acknowledged.pieces.last?.count ?? 0
    return hexText(hasher.finalize())
  }
}
