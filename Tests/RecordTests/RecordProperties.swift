import Ground

@testable import Record

/// What must hold for any bytes that are taken for a record; the gate and the fuzzer ask the same.
enum RecordProperties {
  /// A property that does not hold.
  struct Broken: Error { let what: String }

  /// Returns what does not hold for these bytes, or nil.
  static func complaint(_ bytes: [UInt8]) -> String? {
    do throws(Broken) {
      try json(bytes)
      try scan(bytes)
      try open(bytes)
      // Hardly any chance change keeps a chain: the same lines, chained anew, get further.
      let record = chained(bytes)
      try scan(record)
      try open(record)
      try mend(bytes, with: record)
      try mendDamage(of: record, drawnFrom: bytes)
      return nil
    } catch {
      return error.what
    }
  }

  private static func require(_ holds: Bool, _ what: @autoclosure () -> String) throws(Broken) {
    if !holds { throw Broken(what: what()) }
  }

  /// Chains lines anew, whatever they ended with.
  static func chained(_ bytes: [UInt8]) -> [UInt8] {
    var record: [UInt8] = []
    var hash = ChainHash.zero
    for line in bytes.split(separator: 0x0A) {
      let hasTail = line.withUnsafeBytes { Envelope.hash(atEndOf: $0) } != nil
      let head = hasTail ? line.dropLast(Envelope.tailCount) : line
      hash = head.withUnsafeBytes { ChainHash(after: hash, $0) }
      record += head
      record += Array(",\"h\":\"".utf8) + hash.hex + Array("\"}\n".utf8)
    }
    return record
  }

  // MARK: JSON

  /// The three readers of JSON agree: the check, the one that builds values, and the one that walks over bytes.
  static func json(_ bytes: [UInt8]) throws(Broken) {
    let flaw = flaw(bytes)
    let value = try? JSON(parsing: bytes)
    // Integers with more digits than other readers take are only the check's to refuse.
    try require(
      value != nil ? flaw == nil || flaw == .number : flaw != nil,
      "check \(flaw as Any), read \(value as Any)")
    guard flaw == nil, let value else { return }
    let spaces: Set<UInt8> = [0x20, 0x0A, 0x0D, 0x09]
    let start = bytes.firstIndex { !spaces.contains($0) } ?? 0
    let end = (bytes.lastIndex { !spaces.contains($0) } ?? -1) + 1
    let isTaken = bytes.withUnsafeBytes {
      JSONScan.accepts(UnsafeRawBufferPointer(rebasing: $0[start..<end]))
    }
    try require(isTaken, "the independent checker refuses what the check takes")
    try require(isSame(JSONText(checked: bytes, start..<end), value), "the parts differ from the whole")
    try require((try? JSON(parsing: value.utf8)) == value, "written and read again it is another value")
  }

  private static func flaw(_ bytes: [UInt8]) -> JSONError.Reason? {
    do throws(JSONError) {
      _ = try JSONText(parsing: bytes)
      return nil
    } catch {
      return error.reason
    }
  }

  private static func isSame(_ text: JSONText, _ value: JSON) -> Bool {
    switch value {
    case .null: text.isNull
    case .bool(let bool): text.bool == bool
    case .int(let int): text.int == int
    case .number: text.int == nil && text.string == nil && text.bool == nil && !text.isNull
    case .string(let string): text.string == string
    case .array(let values):
      text.array?.count == values.count && zip(text.array ?? [], values).allSatisfy { isSame($0, $1) }
    case .object(let members):
      text.object?.all.map(\.key) == members.map(\.key)
        && members.allSatisfy { member in text[member.key].map { isSame($0, member.value) } ?? false }
    }
  }

  // MARK: Reading

  /// What a scan accepts is whole, chains, can be written again byte for byte and stays accepted by itself.
  ///
  /// `found` is the scan to judge where it is not that of the bytes.
  static func scan(_ bytes: [UInt8], found: Scan? = nil) throws(Broken) {
    let scan = found ?? Scan(bytes)
    try require(scan.goodBytes <= bytes.count, "more was found than there is")
    let good = Array(bytes[..<scan.goodBytes])
    try require(scan.damage != nil || good == bytes && !good.isEmpty, "bytes are left over without a reason")
    try require(!good.contains(0), "a NUL byte was accepted")
    try require(
      scan.damage.map { $0.offset == good.count && $0.line == scan.ends.count + 1 } ?? true, "wrong place")
    try require(
      scan.unreadable.isEmpty == (scan.lines.count == scan.ends.count), "lines without a meaning are read")
    if !good.isEmpty {
      let again = Scan(good)
      try require(
        again.damage == nil && again.ends == scan.ends && again.hash == scan.hash,
        "the good lines are not good by themselves: \(again.damage as Any)")
    }
    var hash = ChainHash.zero
    var start = 0
    for (index, end) in scan.ends.enumerated() {
      let line = Array(bytes[start..<end])
      start = end
      try require(line.last == 0x0A && !line.dropLast().contains(0x0A), "no whole line")
      guard index < scan.lines.count else { continue }
      let data = scan.lines[index].payload
      var payload: [UInt8] = []
      data.write(to: &payload)
      try json(payload)
      try require(flaw(payload) == nil, "a payload without a single meaning was read")
      var written: [UInt8] = []
      hash = scan.lines[index].write(to: &written, after: hash)
      // A version of 1 need not be written; where it is, it is left out when written again.
      let isSame = written == line || line.contains(version1)
      try require(isSame, "written again it is another line")
      if written != line { return }
    }
    try report(bytes, scan)
  }

  private static let version1 = Array("\"v\":1,".utf8)

  private static func report(_ bytes: [UInt8], _ scan: Scan) throws(Broken) {
    let report = CheckReport(bytes)
    try require(
      report.lines == scan.ends.count && report.isGood == (scan.damage == nil), "the check says otherwise")
    try islands(report.islands, from: scan.goodBytes, in: bytes)
    try skim(bytes, scan, report)
    let contents = RecordContents(bytes)
    try require(contents.lines == scan.lines && contents.size == bytes.count, "the reader says otherwise")
    try islands(contents.islands, from: contents.damage?.offset ?? 0, in: bytes)
  }

  /// Line by line, in pieces however small, the verdict is the same; only over what is whole there is one.
  private static func skim(_ bytes: [UInt8], _ scan: Scan, _ whole: CheckReport) throws(Broken) {
    let skim = Skim(bytes, pieceSize: Scan.maxLine)
    let isWhole = scan.damage == nil && scan.unreadable.isEmpty
    try require((skim != nil) == isWhole, "skimmed it is \(isWhole ? "not " : "")whole")
    for skim in [skim, Skim(bytes, pieceSize: 700)] {
      guard let skim else { continue }
      let report = CheckReport(skim)
      try require(
        isWhole && skim.ends == scan.ends && report.hash == whole.hash && report.size == whole.size
          && report.first == whole.first && report.types.counts == whole.types.counts
          && report.seals == whole.seals,
        "skimmed it says otherwise")
    }
  }

  /// Islands lie behind the damage, in order, apart from one another, and count without gaps.
  private static func islands(_ islands: [Island], from start: Int, in bytes: [UInt8]) throws(Broken) {
    var end = start
    let ranges = islands.isEmpty ? [] : lineRanges(bytes)
    for island in islands {
      try require(!island.lines.isEmpty, "an island without lines")
      for (index, range) in ranges.dropFirst(island.firstLine - 1).prefix(island.lines.count).enumerated() {
        try require(
          range.lowerBound >= end && range.upperBound <= bytes.count && bytes[range.upperBound - 1] == 0x0A,
          "islands overlap")
        try require(island.lines[index].seq == island.lines[0].seq + index, "an island with a gap")
        end = range.upperBound
      }
    }
  }

  /// Where the lines of a file stand, each with its LF.
  private static func lineRanges(_ bytes: [UInt8]) -> [Range<Int>] {
    let ends = bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
    return zip([0] + ends, ends).map { $0..<$1 }
  }

  // MARK: Opening and mending

  private static let path = "/a/record.jsonl"

  /// Opening keeps every good line and puts the rest aside, or changes nothing.
  static func open(_ bytes: [UInt8], spoil: (inout Disk) -> Void = { _ in }) throws(Broken) {
    let disk = SimulatedDisk(seed: 0)
    var calls = disk.disk
    spoil(&calls)
    disk.put(bytes, at: path)
    let scan = Scan(bytes)
    guard
      let (writer, report) = try? RecordWriter.open(
        path: path, at: Moment(milliseconds: 0), knows: { _, _ in true }, disk: calls)
    else {
      return try require(disk.bytes(of: path) == bytes && disk.paths == [path], "a refused file was changed")
    }
    try require(scan.unreadable.isEmpty && (scan.damage == nil || scan.isTorn), "a damaged record was opened")
    try require(report.lines.starts(with: scan.lines), "opening lost lines")
    let tail = Array(bytes[scan.goodBytes...])
    try require(
      (report.recovered.map { disk.bytes(of: $0.path) == tail } ?? tail.isEmpty), "a torn batch is lost")
    let cmd = CommandID(high: 0, low: 0)
    do throws(RecordError) {
      try writer.append([Draft(type: "x.on", data: [:])], at: Moment(milliseconds: 0), by: "a", cmd: cmd) {
        _ in
      }
    } catch {
      throw Broken(what: "an opened record takes no line: \(error)")
    }
    while disk.loop?.step() == true {}
    let after = disk.bytes(of: path) ?? []
    try require(after.starts(with: bytes[..<scan.goodBytes]), "going on changed the lines in front")
    try require(Scan(after).damage == nil, "an opened record is no record afterwards")
  }

  /// Mending keeps every line that is good in either file, or changes nothing.
  static func mend(
    _ damaged: [UInt8], with copy: [UInt8], spoil: (inout Disk) -> Void = { _ in }
  ) throws(Broken) {
    let disk = SimulatedDisk(seed: 0)
    var calls = disk.disk
    spoil(&calls)
    disk.put(damaged, at: path)
    disk.put(copy, at: "/copy")
    let ours = Scan(damaged)
    guard let report = try? RecordCheck.repair(path: path, from: ["/copy"], disk: calls) else {
      return try require(disk.bytes(of: path) == damaged, "a refused repair changed the file")
    }
    let mended = disk.bytes(of: path) ?? []
    let scan = Scan(mended)
    try require(disk.bytes(of: report.damagedCopy) == damaged, "the damaged file was not kept")
    try require(scan.damage == nil && scan.ends.count == report.lines, "the mended file is no record")
    try require(
      mended.starts(with: damaged[..<ours.goodBytes]), "mending dropped lines in front of the damage")
    guard let damage = ours.damage else { return }
    let ranges = lineRanges(damaged)
    for island in Islands(in: damaged, from: damage, after: ours.hash).all {
      for (index, line) in island.lines.enumerated() where index > 0 || island.isHeadProven {
        let start = line.seq == 0 ? 0 : scan.ends[line.seq - 1]
        try require(
          Array(mended[start..<scan.ends[line.seq]]) == Array(damaged[ranges[island.firstLine - 1 + index]]),
          "mending dropped a line")
      }
    }
  }

  /// A record that is damaged anywhere comes back whole from a copy of itself.
  private static func mendDamage(of record: [UInt8], drawnFrom bytes: [UInt8]) throws(Broken) {
    let whole = Scan(record)
    guard whole.damage == nil, whole.unreadable.isEmpty else { return }
    var random = SplitMix64(seed: bytes.reduce(UInt64(bytes.count)) { $0 &* 31 &+ UInt64($1) })
    var damaged = record
    let place = random.below(record.count)
    if random.below(2) == 0 {
      damaged[place] ^= 1 << UInt8(random.below(8))
    } else {
      for index in place..<min(record.count, place + 2 + random.below(200)) { damaged[index] = 0 }
    }
    let found = Scan(damaged)
    try require(found.damage != nil, "damage was accepted")
    try require(
      found.ends == Array(whole.ends.prefix { $0 <= place }), "good lines in front of damage are lost")
    try mend(damaged, with: record)
    let disk = SimulatedDisk(seed: 0)
    disk.put(damaged, at: path)
    disk.put(record, at: "/copy")
    do throws(RecordError) {
      _ = try RecordCheck.repair(path: path, from: ["/copy"], disk: disk.disk)
    } catch {
      throw Broken(what: "a copy of itself does not mend a record: \(error)")
    }
    try require(disk.bytes(of: path) == record, "mended, it is another record")
  }
}

extension Skim {
  /// Skims bytes as they would stand in a file.
  init?(_ bytes: [UInt8], pieceSize: Int) {
    self.init(pieceSize: pieceSize) { buffer, offset in
      let piece = bytes.dropFirst(offset).prefix(buffer.count)
      piece.withUnsafeBytes { buffer.copyMemory(from: $0) }
      return piece.count
    }
  }
}
