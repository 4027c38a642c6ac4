import Glibc
import Ground

/// What a record says, read without a lock, as far as it holds together.
public struct RecordContents: Sendable {
  /// The lines in front of the damage, or all.
  public let lines: [Line]
  /// The hash of the last of them, 32 hexadecimal digits.
  public var hash: String { lastHash.text }
  let lastHash: ChainHash
  /// Where the record stops holding together; nil where it does not.
  public let damage: Damage?
  /// The lines behind the damage that chain among themselves.
  public var islands: [Island] { behind?.all ?? [] }
  /// Bytes at the end that belong to no whole line: a batch being written, or torn off by a crash.
  public let tornBytes: Int
  /// The file's size in bytes.
  public let size: Int
  private let behind: Islands?
  /// Whether its creation broke off before the first line was whole, so that nobody was told of anything in it
  /// and creating takes the file over.
  public let isStillborn: Bool

  /// All lines that can be read, those behind the damage too, with the gaps between them.
  public var salvage: Salvage { Salvage(lines, behind) }

  init(_ bytes: [UInt8]) {
    let scan = Scan(bytes)
    size = bytes.count
    lines = scan.lines
    isStillborn = scan.isStillborn(bytes)
    tornBytes = scan.isTorn ? bytes.count - scan.goodBytes : 0
    damage = scan.unreadable.first ?? (scan.isTorn ? nil : scan.damage)
    var last = ChainHash.zero
    if let end = scan.lines.isEmpty ? nil : scan.ends[scan.lines.count - 1] {
      last =
        bytes.withUnsafeBytes { Envelope.hash(atEndOf: UnsafeRawBufferPointer(rebasing: $0[..<(end - 1)])) }
        ?? .zero
    }
    lastHash = last
    behind = damage.map { Islands(in: bytes, from: $0, after: last) }
  }
}

/// Reads records without writing to them and without a lock.
public enum RecordReader {
  /// Reads the record at `path`, which may be growing at this moment.
  public static func read(path: String) throws(RecordError) -> RecordContents {
    try read(path: path, disk: .real)
  }

  /// Reads the bytes of a record as they are.
  ///
  /// Throws as `read`.
  public static func bytes(path: String) throws(RecordError) -> [UInt8] { try Disk.real.contents(of: path) }

  static func read(path: String, disk: Disk) throws(RecordError) -> RecordContents {
    RecordContents(try disk.contents(of: path))
  }
}
