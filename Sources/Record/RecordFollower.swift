import Glibc
import Ground

/// Follows a record that somebody else writes, without a lock: at first all of it, then what was added.
///
/// A line that is still being written waits until it is whole. Seals inside what was added are not computed
/// anew, since the chain already holds those lines together; a whole reading does it.
public struct RecordFollower: Sendable {
  /// What became of the record since the last look.
  public enum News: Sendable {
    /// These lines were added; they follow from those before.
    case added([Line])
    /// All lines: the first look, or the file was replaced, or cut back behind what was read.
    case whole([Line])
    /// The file does not hold together from this place on; what was told before still counts.
    case damaged(Damage)
    /// The file cannot be read, for one because it is not there.
    case unreachable(RecordError)
  }

  private let path: String
  private let disk: Disk
  /// What was read and holds together; nil before the first good look.
  private var good: Good?
  /// The file as it was at the last look.
  private var seen: FileState?
  /// Whether the last news was that it cannot be read.
  private var isUnreachable = false

  private struct Good {
    var device: UInt
    var inode: UInt
    /// The bytes up to and with the last line.
    var bytes: Int
    /// The last bytes of them, a line's tail with its LF: another file has others there.
    var tail: [UInt8]
    var hash: ChainHash
    var seq: Int
    var at: Moment
  }

  /// What tells that a file changed, without reading it.
  private struct FileState: Equatable {
    var device: UInt
    var inode: UInt
    var size: Int
    var seconds: Int
    var nanoseconds: Int
  }

  /// Follows the record at `path`, which need not be there yet.
  public init(path: String) { self.init(path: path, disk: .real) }

  init(path: String, disk: Disk) {
    self.path = path
    self.disk = disk
  }

  /// Looks what became of the record; nil: nothing new.
  public mutating func look() -> News? {
    do throws(RecordError) {
      let file = try disk.opening(path, O_RDONLY)
      defer { disk.close(file) }
      let news = try look(into: file)
      // The same file came back: whoever was told that it was gone is told what it holds.
      guard news == nil, isUnreachable else {
        isUnreachable = false
        return news
      }
      isUnreachable = false
      return .added([])
    } catch {
      seen = nil
      defer { isUnreachable = true }
      return isUnreachable ? nil : .unreachable(error)
    }
  }

  private mutating func look(into file: Int32) throws(RecordError) -> News? {
    let now = try state(of: file)
    guard now != seen else { return nil }
    if let good, good.device == now.device, good.inode == now.inode, now.size >= good.bytes {
      let bytes = try read(file, from: good.bytes - good.tail.count, to: now.size)
      if bytes.starts(with: good.tail) {
        seen = now
        return follow(bytes, good)
      }
    }
    let bytes = try disk.readAll(file, path: path)
    seen = now
    return begin(bytes, now)
  }

  /// Takes in a file whole.
  private mutating func begin(_ bytes: [UInt8], _ now: FileState) -> News? {
    let scan = Scan(bytes)
    let damage = scan.unreadable.first ?? (scan.isTorn ? nil : scan.damage)
    guard let last = scan.lines.last else {
      good = nil
      // A record that is being created has no whole line yet.
      return scan.isStillborn(bytes) || bytes.isEmpty ? nil : damage.map { .damaged($0) }
    }
    let end = scan.ends[scan.lines.count - 1]
    let tail = Array(bytes[max(0, end - Envelope.tailCount - 1)..<end])
    let hash = tail.dropLast().withUnsafeBytes { Envelope.hash(atEndOf: $0) }
    good = Good(
      device: now.device, inode: now.inode, bytes: end, tail: tail, hash: hash ?? .zero, seq: last.seq,
      at: last.at)
    // What holds together is told first; what does not, at the next look.
    if damage != nil { seen = nil }
    return .whole(scan.lines)
  }

  /// Takes in what stands behind the lines that are known; `bytes` begins with the tail of the last.
  private mutating func follow(_ bytes: [UInt8], _ known: Good) -> News? {
    var known = known
    var lines: [Line] = []
    var flaw: Damage?
    bytes.withUnsafeBytes { buffer in
      var names = Names()
      var start = known.tail.count
      while start < buffer.count {
        let raw = RawLine(buffer, from: start)
        guard raw.isWhole else { return }
        let place = known.bytes
        do throws(DamageReason) {
          let line = try check(raw, after: known, in: bytes, &names)
          known.hash = Envelope.hash(atEndOf: raw.text) ?? .zero
          known.seq = line.seq
          known.at = line.at
          known.bytes += raw.end - start
          lines.append(line)
          start = raw.end
        } catch {
          flaw = Damage(line: known.seq + 2, offset: place, reason: error)
          return
        }
      }
    }
    let used = known.tail.count + known.bytes - (good?.bytes ?? known.bytes)
    known.tail = Array(bytes[max(0, used - Envelope.tailCount - 1)..<used])
    good = known
    guard lines.isEmpty else {
      // Lines first, then the damage behind them, at the next look.
      if flaw != nil { seen = nil }
      return .added(lines)
    }
    return flaw.map { .damaged($0) }
  }

  private func check(
    _ raw: RawLine, after known: Good, in bytes: [UInt8], _ names: inout Names
  ) throws(DamageReason) -> Line {
    let envelope = try Envelope(checking: raw)
    guard envelope.seq == known.seq + 1 else { throw .seq(expected: known.seq + 1) }
    guard envelope.hash == raw.hash(after: known.hash) else { throw .chain }
    let line: Line
    do throws(Unreadable) {
      line = try Line(envelope, of: raw.text, in: bytes, from: raw.start, names: &names)
    } catch {
      throw .unreadable(error.why)
    }
    guard line.at >= known.at else { throw .time }
    return line
  }

  // MARK: - The file

  private func state(of file: Int32) throws(RecordError) -> FileState {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw RecordError(errno: Int(errno), path: path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notFound(path) }
    return FileState(
      device: UInt(status.st_dev), inode: UInt(status.st_ino), size: Int(status.st_size),
      seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
  }

  /// Reads a part of the file, or as much of it as there is.
  private func read(_ file: Int32, from start: Int, to end: Int) throws(RecordError) -> [UInt8] {
    var failure = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: max(0, end - start)) { buffer, count in
      while count < buffer.count {
        let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
        let got = disk.again { disk.read(file, rest, start + count) }
        if got < 0 { failure = -got }
        guard got > 0 else { return }
        count += got
      }
    }
    guard failure == 0 else { throw .readFailed(errorText(failure)) }
    return bytes
  }
}
