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
  private var pieces: [[UInt8]] = []
  private var hasher = SHA256()
  private var hashedPieces = 0
  private var hashedInPiece = 0

  private static let pieceSize = 1 << 20

  init(_ bytes: [UInt8], hash: ChainHash, seq: Int, at: Moment) {
    self.hash = hash
    self.seq = seq
    self.at = at
    pieces = [bytes]
    count = bytes.count
  }

  /// Adds lines that have become safe, and their bytes.
  mutating func append(_ bytes: [UInt8], hash: ChainHash, lines: [Line]) {
    guard let last = lines.last else { return }
    self.hash = hash
    seq = last.seq
    at = last.at
    count += bytes.count
    let open = pieces.count - 1
    if open >= 0, pieces[open].count + bytes.count <= Self.pieceSize {
      pieces[open] += bytes
    } else {
      pieces.append(bytes)
    }
  }

  /// All bytes, in order.
  var bytes: [UInt8] { Array(pieces.joined()) }

  /// The SHA-256 of all bytes, 64 hexadecimal digits; only what came since the last time is read.
  mutating func sha256() -> String {
    for index in hashedPieces..<pieces.count {
      pieces[index].withUnsafeBytes {
        hasher.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[hashedInPiece...]))
      }
      hashedInPiece = 0
    }
    hashedPieces = max(0, pieces.count - 1)
    hashedInPiece = pieces.last?.count ?? 0
    return hexText(hasher.finalize())
  }
}
