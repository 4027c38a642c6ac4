import Glibc
import Ground

@testable import Record

/// A record's life on a simulated disk, drawn from a seed: created, appended to, closed, killed, sealed, taken
/// elsewhere, damaged and mended, with calls that fail, until the power is cut; then it must still be whole.
///
/// One thread only; unchecked, since completions may be called on any thread.
final class RecordModel: @unchecked Sendable {
  private var random: SplitMix64
  private let disk: SimulatedDisk
  private let calls: Disk
  private let isLarge: Bool
  private var path = "/a/record.jsonl"
  private var writer: RecordWriter?
  /// The lines that somebody was told of, as bytes, and the hash of the last.
  private var told: [UInt8] = []
  private var hash = ChainHash.zero
  /// Files that were put aside, which must stay.
  private var kept: [String: [UInt8]] = [:]
  /// What stands in the record's place while it is being mended.
  private var damaged: [UInt8]?
  private var places = 0
  private var complaint: String?

  private static let copy = "/copy/record.jsonl"
  private static let letters = [UInt8](repeating: UInt8(ascii: "x"), count: 60_000)

  /// Lives the life of `seed`; returns what was wrong with it, or nil.
  ///
  /// `spoil` may make the disk worse than its calls say, which must be found out.
  static func run(seed: UInt64, spoil: (SimulatedDisk) -> Disk = { $0.disk }) -> String? {
    let model = RecordModel(seed: seed, spoil: spoil)
    model.live()
    return (model.complaint ?? model.disk.sins.first).map { "seed \(seed): \($0)" }
  }

  /// Tells the life of `seed`, call by call.
  static func story(seed: UInt64) -> String {
    let model = RecordModel(seed: seed) { $0.disk }
    model.disk.story = []
    model.live()
    return (model.disk.story ?? []).joined(separator: "\n")
  }

  private init(seed: UInt64, spoil: (SimulatedDisk) -> Disk) {
    random = SplitMix64(seed: seed)
    disk = SimulatedDisk(seed: seed ^ 0x5EED)
    calls = spoil(disk)
    // A command larger than a batch takes long, and few of them show what there is to see.
    isLarge = seed % 1000 == 100
  }

  private func live() {
    for _ in 0...random.below(3) where complaint == nil {
      if random.below(6) > 0 { disk.cut = 1 + random.below(30) }
      if random.below(3) == 0 { disk.fault = drawnFault() }
      begin()
      for _ in 0...random.below(8) where !disk.isOff && complaint == nil { step() }
      writer = nil
      disk.restart()
      judge()
    }
  }

  private func drawnFault() -> (at: Int, repeatedly: Bool, how: SimulatedDisk.Fault) {
    let at = 1 + random.below(30)
    let isRepeated = random.below(2) == 0
    switch random.below(4) {
    case 0: return (at, isRepeated, .error(EIO))
    case 1: return (at, isRepeated, .error(ENOSPC))
    // A call that is interrupted for ever is repeated for ever.
    case 2: return (at, false, .error(EINTR))
    default: return (at, isRepeated, .short)
    }
  }

  private func complain(_ text: String) {
    disk.note("! \(text)")
    if complaint == nil { complaint = text }
  }

  // MARK: Steps

  private func step() {
    guard let writer else { return begin() }
    let step = random.below(16)
    disk.note("step \(step)")
    switch step {
    case 0..<8: for _ in 0...random.below(4) { append(to: writer) }
    case 8: append(to: writer, [writer.sealDraft()])
    case 9:
      close(writer)
      begin()
    case 10:
      // The program is killed: whatever was queued was told to nobody.
      self.writer = nil
      disk.kill()
      begin()
    case 11: goElsewhere(writer)
    case 12, 13:
      // There is no thread here that would write what stands in front of it.
      drain()
      appendAndWait(to: writer)
    default: damageAndMend(writer)
    }
    if random.below(3) > 0 { drain() }
  }

  private func drain() { while disk.loop?.step() == true {} }

  private func append(to writer: RecordWriter, _ drafts: [Draft]? = nil) {
    let isPoisoned = writer.isPoisoned
    let drafts = drafts ?? drawnDrafts()
    do {
      let at = Moment(milliseconds: 1_795_262_400_000 + Int64(random.below(100)))
      try writer.append(
        drafts, at: at, by: "note-1", cmd: CommandID(high: 7, low: random.next()), closing: true
      ) { [self] result in
        guard case .success(let lines) = result else { return }
        if disk.hasFailed || disk.isOff { complain("a line was acknowledged after a failure") }
        tell(lines)
      }
      if isPoisoned { complain("a writer that failed takes more lines") }
    } catch {
      if !isPoisoned { complain("a line was refused: \(error)") }
    }
    if random.below(3) == 0 { _ = disk.loop?.step() }
  }

  private func appendAndWait(to writer: RecordWriter) {
    let isPoisoned = writer.isPoisoned
    let at = Moment(milliseconds: 1_795_262_400_000 + Int64(random.below(100)))
    do {
      let lines = try writer.appendAndWait(
        drawnDrafts(), at: at, by: "note-1", cmd: CommandID(high: 7, low: random.next()), closing: true)
      if isPoisoned || disk.hasFailed || disk.isOff { complain("a line was acknowledged after a failure") }
      tell(lines)
    } catch {
      if !isPoisoned && !disk.hasFailed && !disk.isOff { complain("a line was refused: \(error)") }
      if !writer.isPoisoned { complain("a writer that failed takes more lines") }
    }
  }

  private func drawnDrafts() -> [Draft] {
    let isLarge = isLarge && random.below(8) == 0
    return (0...random.below(3) + (isLarge ? 5 : 0)).map { _ in
      let length = isLarge ? 60_000 : random.below(6) == 0 ? random.below(2500) : random.below(90)
      return Draft(
        type: "contribution.added",
        data: ["id": "c1", "text": .string(String(decoding: Self.letters[..<length], as: UTF8.self))])
    }
  }

  /// Somebody was told of these lines: they must never be lost again.
  private func tell(_ lines: [Line]) {
    disk.note("lines up to \(lines.last?.seq ?? -1) are told")
    for line in lines { hash = line.write(to: &told, after: hash) }
  }

  private func begin() {
    drain()
    writer = nil
    // What a failed sync left in the system's memory looks as good as any; only starting the machine anew helps.
    if disk.isLying(path) { disk.restart() }
    do {
      disk.hasFailed = false
      if told.isEmpty {
        writer = try RecordWriter.create(
          path: path, session: "s", app: "0", at: Moment(milliseconds: 1_795_262_400_000), disk: calls)
        if let writer { tell([writer.firstLine]) }
      } else if damaged == nil {
        try open()
      }
    } catch .exists where told.isEmpty {
      // A cut during the creation left a whole first line, which nobody was told of.
      do { try open() } catch { complainUnlessFailed("a record that is there does not open: \(error)") }
    } catch {
      complainUnlessFailed("the record does not open: \(error)")
    }
  }

  private func complainUnlessFailed(_ text: String) { if !disk.hasFailed && !disk.isOff { complain(text) } }

  private func open() throws(RecordError) {
    let before = disk.bytes(of: path) ?? []
    if !before.holds(told) { complain("acknowledged lines are not in the file") }
    let (writer, report) = try RecordWriter.open(
      path: path, at: Moment(milliseconds: 1_795_262_400_000), knows: { _, _ in true }, disk: calls)
    self.writer = writer
    if let recovered = report.recovered { kept[recovered.path] = before.suffix(recovered.bytes) }
    // All lines that are there are shown from now on.
    (told, hash) = ([], .zero)
    tell(report.lines)
    if disk.bytes(of: path) != told { complain("the opened file is not what opening it said") }
  }

  private func close(_ writer: RecordWriter) {
    writer.state.access { $0.isClosing = true }
    drain()
    writer.close()
    self.writer = nil
  }

  private func goElsewhere(_ writer: RecordWriter) {
    close(writer)
    places += 1
    let other = "/\(places)/record.jsonl"
    // Another disk: its calls do not fail, but for those that are said to from now on.
    disk.hasFailed = false
    do {
      self.writer = try writer.continueElsewhere(path: other, disk: calls)
      path = other
      if disk.bytes(of: path) != told { complain("the file elsewhere lacks acknowledged lines") }
    } catch {
      complainUnlessFailed("the record cannot go on elsewhere: \(error)")
    }
  }

  // MARK: Mending

  private func damageAndMend(_ writer: RecordWriter) {
    close(writer)
    guard var bytes = disk.bytes(of: path), bytes == told, !disk.hasFailed else { return begin() }
    let place = random.below(bytes.count)
    if random.below(2) == 0 {
      bytes[place] ^= 1 << UInt8(random.below(8))
    } else {
      for index in place..<min(bytes.count, place + 600) { bytes[index] = 0 }
    }
    disk.put(told, at: Self.copy)
    disk.put(bytes, at: path)
    damaged = bytes
    mend()
    if damaged == nil { begin() }
  }

  private func mend() {
    guard let bytes = damaged else { return }
    do {
      let report = try RecordCheck.repair(path: path, from: [Self.copy], disk: calls)
      if let report {
        kept[report.damagedCopy] = bytes
      } else {
        complain("there is nothing to mend in a damaged record")
      }
      if disk.bytes(of: path) != told { complain("the mended record is not the one that was damaged") }
      damaged = nil
    } catch {
      complainUnlessFailed("the record cannot be mended: \(error)")
      if !disk.isOff { disk.kill() }
    }
  }

  // MARK: After the power came back

  private func judge() {
    for (path, bytes) in kept where disk.bytes(of: path) != bytes { complain("\(path) is lost") }
    if let bytes = damaged {
      if disk.bytes(of: path) == bytes {
        mend()
      } else if !disk.paths.contains(where: { $0.hasPrefix(path + ".damaged") && disk.bytes(of: $0) == bytes }
      ) {
        complain("the damaged file was not kept")
      }
      damaged = nil
    }
    if !told.isEmpty, disk.bytes(of: path)?.holds(told) != true {
      complain("acknowledged lines are lost")
    }
    begin()
    guard let writer, complaint == nil else { return complain("the record cannot be gone on with") }
    let before = told.count
    append(to: writer, [Draft(type: "marker.set", data: ["text": "on"])])
    close(writer)
    if told.count == before { complain("a line was not acknowledged though nothing failed") }
    let scan = Scan(disk.bytes(of: path) ?? [])
    if scan.damage != nil || !scan.unreadable.isEmpty {
      complain("the file is no record: \(scan.damage as Any)")
    }
    if disk.bytes(of: path) != told { complain("the file is not what was acknowledged") }
  }
}

extension [UInt8] {
  /// Whether these bytes begin with the others; many times as fast as `starts(with:)`.
  fileprivate func holds(_ others: [UInt8]) -> Bool {
    let othersCount = others.count
    return count >= othersCount
      && withUnsafeBytes { mine in
        others.withUnsafeBytes { others in
          guard let mine = mine.baseAddress, let others = others.baseAddress else { return true }
          return memcmp(mine, others, othersCount) == 0
        }
      }
  }
}
