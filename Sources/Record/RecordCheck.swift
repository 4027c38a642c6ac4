import Glibc
import Ground

/// The verdict over a record.
public struct CheckReport: Sendable {
  /// The lines that hold together.
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

  /// Whether the record is a good one; the same verdict as the independent checker's.
  public var isGood: Bool { damage == nil }

  init(_ bytes: [UInt8]) {
    let scan = Scan(bytes)
    lines = scan.ends.count
    hash = scan.hash.text
    damage = scan.damage
    notices = scan.unreadable
    tornBytes = scan.isTorn ? bytes.count - scan.goodBytes : 0
    islands = scan.damage.map { Island.find(in: bytes, from: $0, after: scan.hash) } ?? []
  }
}

/// What a repair did.
public struct RepairReport: Sendable, Equatable {
  /// The lines that the mended record holds.
  public let lines: Int
  /// The lines of these that came from the copy.
  public let fetched: Int
  /// Where the damaged file was kept.
  public let damagedCopy: String
}

/// Checks records and mends them from a copy.
public enum RecordCheck {
  /// Checks the record at `path`.
  public static func check(path: String) throws(RecordError) -> CheckReport {
    CheckReport(try Disk.real.contents(of: path))
  }

  /// Mends the record at `path` with the lines of a byte-identical copy, and keeps the damaged file beside it.
  ///
  /// Returns nil where there is nothing to mend. The copy may be shorter than the record, as long as it
  /// bridges the damage. Throws `copyDiffers`, `copyDamaged` or `copyTooShort`, and then changes nothing.
  public static func repair(path: String, from copy: String) throws(RecordError) -> RepairReport? {
    try repair(path: path, from: copy, disk: .real)
  }

  static func repair(path: String, from copy: String, disk: Disk) throws(RecordError) -> RepairReport? {
    let file = try disk.opening(path, O_RDWR)
    defer { disk.close(file) }
    try disk.locking(file, path: path)
    let damaged = try disk.readAll(file, path: path)
    let whole = try disk.contents(of: copy)
    guard let mended = try mend(damaged, with: whole) else { return nil }
    let kept = try disk.keepCopy(path + ".damaged", damaged)
    let new = try disk.keepCopy(path + ".mended", mended.bytes)
    let renamed = disk.rename(new, path)
    guard renamed >= 0 else { throw RecordError(errno: -renamed, path: path) }
    try disk.syncingFolder(of: path)
    return RepairReport(lines: mended.lines, fetched: mended.fetched, damagedCopy: kept)
  }

  private struct Mended {
    var bytes: [UInt8]
    var lines: Int
    var fetched: Int
  }

  private static func mend(_ damaged: [UInt8], with copy: [UInt8]) throws(RecordError) -> Mended? {
    let (ours, theirs) = (Scan(damaged), Scan(copy))
    guard let damage = ours.damage else { return nil }
    let islands = Island.find(in: damaged, from: damage, after: ours.hash)
    let result: Result<Mended?, RecordError> = damaged.withUnsafeBytes { damaged in
      copy.withUnsafeBytes { copy in
        Result { () throws(RecordError) in try mend(damaged, ours, islands, with: copy, theirs) }
      }
    }
    return try result.get()
  }

  private static func mend(
    _ damaged: UnsafeRawBufferPointer, _ ours: Scan, _ islands: [Island],
    with copy: UnsafeRawBufferPointer, _ theirs: Scan
  ) throws(RecordError) -> Mended? {
    if let flaw = theirs.damage, !theirs.isTorn { throw .copyDamaged(line: flaw.line) }
    let shared = min(ours.ends.count, theirs.ends.count)
    for line in 0..<shared {
      let start = line == 0 ? 0 : ours.ends[line - 1]
      guard ours.ends[line] == theirs.ends[line],
        damaged[start..<ours.ends[line]].elementsEqual(copy[start..<ours.ends[line]])
      else { throw .copyDiffers(line: line + 1) }
    }
    // A torn end with nothing to fetch is put aside by opening the record; that is no repair.
    if ours.isTorn, theirs.ends.count <= ours.ends.count { return nil }
    guard theirs.ends.count > ours.ends.count else { throw .copyTooShort(lines: theirs.ends.count) }

    var bytes = Array(copy[..<theirs.goodBytes])
    var lines = theirs.ends.count
    var hash = theirs.hash
    for island in islands {
      for (index, line) in island.lines.enumerated() {
        let range = island.ranges[index]
        if line.seq < theirs.ends.count {
          let start = line.seq == 0 ? 0 : theirs.ends[line.seq - 1]
          guard
            index == 0 && !island.isHeadProven
              || damaged[range].elementsEqual(copy[start..<theirs.ends[line.seq]])
          else { throw .copyDiffers(line: line.seq + 1) }
          continue
        }
        // What the copy lacks must follow from its end: a gap would drop lines that were acknowledged.
        let raw = RawLine(damaged, from: range.lowerBound)
        guard line.seq == lines, let written = Envelope.hash(atEndOf: raw.text),
          written == raw.hash(after: hash)
        else { throw .copyTooShort(lines: lines) }
        bytes += damaged[range]
        lines += 1
        hash = written
      }
    }
    return Mended(bytes: bytes, lines: lines, fetched: theirs.ends.count - ours.ends.count)
  }
}
