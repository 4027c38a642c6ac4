import Glibc
import Ground

/// What opening a record found.
public struct OpenReport: Sendable {
  /// All lines, `record.recovered` included where one was added.
  public let lines: [Line]
  /// The batch that a crash tore off and that was put aside; nil where the record was whole.
  public let recovered: Recovered?
  /// The number of lines of other programs, whose types start with `x.`.
  public let foreignLines: Int
  /// What the user should know, such as a disk on another machine.
  public let warnings: [Phrase]

  /// A torn batch that was put aside.
  public struct Recovered: Sendable, Equatable {
    /// Its bytes.
    public let bytes: Int
    /// Where they are kept.
    public let path: String
  }
}

extension RecordWriter {
  /// Creates a record, with its first line safely on disk.
  ///
  /// A file whose creation a crash cut short, so that it has no whole line, is taken over. Throws `exists`,
  /// `heldBy`, `notFound`, `noPermission`, `diskFull`, `lineTooLong`, `writeFailed`.
  public static func create(
    path: String, session: String, app: String, at: Moment
  ) throws(RecordError) -> RecordWriter {
    try create(path: path, session: session, app: app, at: at, disk: .real)
  }

  /// Opens a record for writing: takes the lock, verifies all lines and puts a torn batch aside.
  ///
  /// `at` is the machine's time of day.
  /// `knows` tells whether the program understands a type in a version; the record's own types and those that
  /// start with `x.` are not asked for. Throws `heldBy`, `damaged`, `needsNewerVersion` and the errors of the
  /// disk; a record that cannot be opened can still be read with `RecordReader`.
  public static func open(
    path: String, at: Moment, knows: (String, Int) -> Bool
  ) throws(RecordError) -> (RecordWriter, OpenReport) {
    try open(path: path, at: at, knows: knows, disk: .real)
  }

  /// Goes on in a new file, on a disk that works, with all acknowledged lines; this writer is closed.
  ///
  /// Throws the errors of `create`; then nothing is lost and another path can be tried.
  public func continueElsewhere(path: String) throws(RecordError) -> RecordWriter {
    try continueElsewhere(path: path, disk: loop.disk)
  }

  // MARK: On a given disk

  static func create(
    path: String, session: String, app: String, at: Moment, disk: Disk
  ) throws(RecordError) -> RecordWriter {
    let line = Line(
      seq: 0, at: at, type: "record.opened", by: "host", cmd: .random(),
      data: [
        "format": 1, "min_reader": 1, "session": .string(session), "app": .string(app), "chain": "sha256/128",
      ])
    var bytes: [UInt8] = []
    let hash = line.write(to: &bytes, after: .zero)
    guard bytes.count <= Scan.maxLine else { throw .lineTooLong(type: line.type, bytes: bytes.count) }
    return try create(
      path: path, firstLine: line, Acknowledged(bytes, hash: hash, seq: 0, at: at), disk: disk)
  }

  private static func create(
    path: String, firstLine: Line, _ acknowledged: Acknowledged, disk: Disk
  ) throws(RecordError) -> RecordWriter {
    let file: Int32
    do {
      file = try disk.opening(path, O_RDWR | O_APPEND | O_CREAT | O_EXCL)
    } catch .exists {
      file = try stillborn(path, disk)
    }
    do {
      try disk.locking(file, path: path)
      try disk.writeAll(file, acknowledged.bytes, path: path)
      try disk.syncingFileAndFolder(file, path: path)
    } catch {
      // The name is free again: nobody was told of this file.
      _ = disk.remove(path)
      disk.close(file)
      throw error
    }
    return RecordWriter(file: file, path: path, firstLine: firstLine, acknowledged: acknowledged, disk: disk)
  }

  /// Takes over a file whose creation a crash cut short; throws `exists` for any other.
  ///
  /// It holds no whole line, so that nobody was told of anything in it; what it does hold is put aside.
  private static func stillborn(_ path: String, _ disk: Disk) throws(RecordError) -> Int32 {
    let file = try disk.opening(path, O_RDWR | O_APPEND)
    do throws(RecordError) {
      try disk.locking(file, path: path)
      let bytes = try disk.readAll(file, path: path)
      guard Scan(bytes).isStillborn(bytes) else {
        throw RecordError.exists(path)
      }
      if !bytes.isEmpty { _ = try disk.keepCopy(path + ".torn", bytes) }
      try disk.cutting(file, to: 0, path: path)
      return file
    } catch {
      disk.close(file)
      throw error
    }
  }

  static func open(
    path: String, at: Moment, knows: (String, Int) -> Bool, disk: Disk
  ) throws(RecordError) -> (RecordWriter, OpenReport) {
    let file = try disk.opening(path, O_RDWR | O_APPEND)
    do {
      try disk.locking(file, path: path)
      return try open(file, path: path, at: at, knows: knows, disk: disk)
    } catch {
      disk.close(file)
      throw error
    }
  }

  private static func open(
    _ file: Int32, path: String, at: Moment, knows: (String, Int) -> Bool, disk: Disk
  ) throws(RecordError) -> (RecordWriter, OpenReport) {
    let bytes = try disk.readAll(file, path: path)
    let scan = Scan(bytes)
    if let flaw = scan.unreadable.first { throw flaw.error }
    if let damage = scan.damage, !scan.isTorn { throw damage.error }
    guard let first = scan.lines.first, let last = scan.lines.last else {
      throw .damaged(line: 1, offset: 0, reason: .empty)
    }
    try checkVersion(first, scan.lines, knows)

    var good = Acknowledged(
      scan.isTorn ? Array(bytes[..<scan.goodBytes]) : bytes, ends: scan.ends, hash: scan.hash, seq: last.seq,
      at: last.at)
    var lines = scan.lines
    var recovered: OpenReport.Recovered?
    if scan.isTorn {
      let torn = bytes[scan.goodBytes...]
      let copy = try disk.keepCopy(path + ".torn", torn)
      let line = Line(
        seq: last.seq + 1, at: max(at + -scan.lines.clockAhead, last.at), type: "record.recovered",
        by: "host", cmd: .random(),
        data: ["bytes": .int(torn.count)])
      try cut(file, path: path, &good, line, disk)
      lines.append(line)
      recovered = .init(bytes: torn.count, path: copy)
    } else {
      // A program that was killed may have written lines that it never synced; from now on they are shown.
      try disk.syncingData(file, path: path)
    }
    let report = OpenReport(
      lines: lines, recovered: recovered, foreignLines: lines.count { $0.isOfOthers },
      warnings: disk.isRemote(file) ? [remoteWarning] : [])
    return (RecordWriter(file: file, path: path, firstLine: first, acknowledged: good, disk: disk), report)
  }

  /// Cuts a torn batch off and says so in the record.
  private static func cut(
    _ file: Int32, path: String, _ good: inout Acknowledged, _ line: Line, _ disk: Disk
  ) throws(RecordError) {
    let size = good.count
    try disk.cutting(file, to: size, path: path)
    try disk.syncingData(file, path: path)
    var bytes: [UInt8] = []
    let hash = line.write(to: &bytes, after: good.hash)
    do {
      try disk.writeAll(file, bytes, path: path)
      try disk.syncingData(file, path: path)
    } catch {
      _ = disk.truncate(file, size)
      throw error
    }
    good.append(bytes, hash: hash, last: line)
  }

  private static func checkVersion(
    _ first: Line, _ lines: [Line], _ knows: (String, Int) -> Bool
  ) throws(RecordError) {
    if let wanted = first.payload["min_reader"]?.int, wanted > 1 {
      throw .needsNewerVersion("min_reader \(wanted)", madeBy: first.payload["app"]?.string)
    }
    for line in lines where !line.isOfOthers {
      let isKnown = RecordTypes.own.contains(line.type) ? line.version == 1 : knows(line.type, line.version)
      guard isKnown else {
        throw .needsNewerVersion("\(line.type) v\(line.version)", madeBy: first.payload["app"]?.string)
      }
    }
  }

  private static let remoteWarning = Phrase(
    nl:
      "Het naslagwerk staat op een netwerkschijf. Daar is niet zeker dat bevestigde regels bewaard blijven. "
      + "Zet de map op een schijf van dit apparaat.",
    en: "The record lies on a network disk, where confirmed lines are not certain to be kept. "
      + "Put the folder on a disk of this device.")

  func continueElsewhere(path: String, disk: Disk) throws(RecordError) -> RecordWriter {
    close()
    return try Self.create(
      path: path, firstLine: firstLine, state.quietly { $0.acknowledged }, disk: disk)
  }
}
