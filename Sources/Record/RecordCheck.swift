import Glibc
import Ground

/// The verdict over a record.
public struct CheckReport: Sendable {
  /// The number of lines that hold together.
  public let lines: Int
  /// The hash of the last of them, 32 hexadecimal digits.
  public let hash: String
  /// The first place where the record does not hold together; nil where it is good.
  public let damage: Damage?
  /// Lines that hold together but have no single meaning, so that this program reads no further.
  public let notices: [Damage]
  /// The lines behind the damage that chain among themselves.
  public let islands: [Island]
  /// Bytes torn off by a crash, which opening the record for writing puts aside.
  public let tornBytes: Int
  /// The file's size in bytes.
  public let size: Int
  /// The first line; nil where none can be read.
  public let first: Line?
  /// The types of the lines that were read: those that hold together, up to the first without a single meaning.
  public let types: TypeTally
  /// The seals among these, the last line that the last of them seals, and what it says of all lines up to that one:
  /// their SHA-256, 64 hexadecimal digits.
  public let seals: (count: Int, upto: Int?, sha256: String?)

  /// Whether the record is a good one; the same verdict as the independent checker's.
  public var isGood: Bool { damage == nil }

  init(_ bytes: [UInt8]) {
    let scan = Scan(bytes)
    lines = scan.ends.count
    hash = scan.hash.text
    damage = scan.damage
    notices = scan.unreadable
    tornBytes = scan.isTorn ? bytes.count - scan.goodBytes : 0
    islands = scan.damage.map { Islands(in: bytes, from: $0, after: scan.hash).all } ?? []
    size = bytes.count
    first = scan.lines.first
    types = TypeTally(scan.lines)
    let sealed = scan.lines.filter { $0.type == "record.sealed" }
    let last = sealed.last?.payload
    seals = (sealed.count, last?["upto"]?.int, last?["sha256"]?.string)
  }

  init(_ skim: Skim) {
    lines = skim.ends.count
    hash = skim.hash.text
    damage = nil
    notices = []
    islands = []
    tornBytes = 0
    size = skim.ends.last ?? 0
    first = skim.first
    types = skim.types
    let last = skim.seals.last
    seals = (skim.seals.count, last?.upto, last?.sha256)
  }
}

/// What a repair did.
public struct RepairReport: Sendable, Equatable {
  /// The lines that the mended record holds.
  public let lines: Int
  /// The lines of these that came from a copy.
  public let fetched: Int
  /// Where the file as it was is kept.
  public let damagedCopy: String
}

/// Checks records and mends them from copies.
public enum RecordCheck {
  /// Checks the record at `path`.
  public static func check(path: String) throws(RecordError) -> CheckReport {
    let disk = Disk.real
    let file = try disk.opening(path, O_RDONLY)
    defer { disk.close(file) }
    let skim = Skim { buffer, offset in disk.again { disk.read(file, buffer, offset) } }
    if let skim { return CheckReport(skim) }
    return CheckReport(try disk.readAll(file, path: path))
  }

  /// Mends the record at `path` with the lines of byte-identical copies, and keeps the file as it was beside it.
  ///
  /// Returns nil where there is nothing to mend and no copy holds more. A copy may be shorter than the record,
  /// torn or damaged itself, as long as all of them together bridge the damage. Throws `copyDiffers`,
  /// `copyDamaged` or `copyTooShort`, and then changes nothing.
  public static func repair(path: String, from copies: [String]) throws(RecordError) -> RepairReport? {
    try repair(path: path, from: copies, disk: .real)
  }

  static func repair(path: String, from copies: [String], disk: Disk) throws(RecordError) -> RepairReport? {
    let file = try disk.opening(path, O_RDWR)
    defer { disk.close(file) }
    try disk.locking(file, path: path)
    let found = try disk.readAll(file, path: path)
    var sources: [[UInt8]] = []
    for copy in copies { sources.append(try disk.contents(of: copy)) }
    guard let mended = try mend(found, with: sources) else { return nil }
    let kept = try disk.keepCopy(path + ".damaged", found)
    let new = try disk.keepCopy(path + ".mended", mended.bytes)
    let renamed = disk.rename(new, path)
    guard renamed >= 0 else { throw RecordError(errno: -renamed, path: path) }
    try disk.syncingFolder(of: path)
    return RepairReport(lines: mended.lines, fetched: mended.fetched, damagedCopy: kept)
  }

  private static func mend(_ found: [UInt8], with copies: [[UInt8]]) throws(RecordError) -> Mending? {
    let ours = Scan(found)
    let mended = try Mending(found, with: copies)
    if mended.lines <= ours.ends.count {
      // A torn end with nothing to fetch is put aside by opening the record; that is no repair.
      if ours.damage == nil || ours.isTorn { return nil }
      throw shortage(mended.lines, copies)
    }
    do throws(RecordError) {
      try mended.checkNothingIsLost()
    } catch .copyTooShort(let lines) {
      throw shortage(lines, copies)
    }
    // What chains may still be wrong, such as a seal that does not fit.
    if let flaw = Scan(mended.bytes).damage { throw .copyDamaged(line: flaw.line) }
    return mended
  }

  /// Why the copies do not reach far enough.
  private static func shortage(_ lines: Int, _ copies: [[UInt8]]) -> RecordError {
    for copy in copies {
      let scan = Scan(copy)
      if let flaw = scan.damage, !scan.isTorn { return .copyDamaged(line: flaw.line) }
    }
    return .copyTooShort(lines: lines)
  }
}
