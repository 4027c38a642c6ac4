import Conference
import Device
import Foundation
import Ground
import Host
import Testing
import Wire

/// A whole dagdeel of eight tables, with all that goes wrong in one (S4.7, S4.8, S4.10).
///
/// In the gate in miniature: the same three and a half hours in fewer turns. Whole with `make soak`, which sets
/// `BERAAD_SOAK` to its seed.
@Suite(.serialized) struct SoakTests {
  private static let soak = ProcessInfo.processInfo.environment["BERAAD_SOAK"].flatMap { UInt64($0) }

  @Test func aWholeDagdeel() async throws {
    var day = Day(seed: Self.soak ?? 1, turns: Self.soak == nil ? 40 : 630)
    try await day.live(telling: Self.soak != nil)
  }
}

/// A day by turns: in each some time passes, tables note something down, and something may go wrong.
private struct Day {
  private static let tables = 8
  private static let length = Interval.minutes(210)

  private let turns: Int
  private var random: SplitMix64
  private let folder: String
  private var laptops: [Laptop] = []
  private var proxies: [HostileProxy] = []
  /// Until which turn a table has no network.
  private var shut: [Int: Int] = [:]
  private var lives: [Life] = []

  /// A host from its start to its end.
  private struct Life {
    var turns: Int
    var memory: (start: Int, end: Int)
    var record: (start: Int, end: Int)
  }

  init(seed: UInt64, turns: Int) {
    self.turns = turns
    random = SplitMix64(seed: seed)
    folder =
      FileManager.default.temporaryDirectory.appending(path: "beraad-soak-\(UUID().uuidString)")
      .path(percentEncoded: false)
  }

  private var record: Data { FileManager.default.contents(atPath: folder + "/record.jsonl") ?? Data() }

  private mutating func chance(_ percent: Int) -> Bool { random.below(100) < percent }

  mutating func live(telling: Bool) async throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var host = try await HallProcess.start(folder, tables: Self.tables)
    let pass = try await host.join(table: nil)
    let chief = try Laptop(folder + "/chief", pass, ports: [host.port])
    for table in 1...Self.tables {
      let proxy = try await HostileProxy.open(to: host.port, seed: random.next(), .foul(20))
      let pass = try await host.join(table: table)
      laptops.append(
        try Laptop("\(folder)/\(table)", pass, ports: [proxy.port], seed: random.next()))
      proxies.append(proxy)
    }
    chief.give(.advance)
    try await begin(host)
    // The last host lives through the second half of the day.
    let kills = Set((1...3).map { $0 * turns / 8 + random.below(max(1, turns / 10)) })
    let death = turns / 2 + random.below(turns / 4)
    for turn in 0..<turns {
      try await host.wait(Self.length / Interval(turns))
      weather(turn)
      for table in 1...Self.tables where chance(60) {
        laptops[table - 1].note("tafel\(table) regel \(laptops[table - 1].given.count)", table: table)
      }
      if kills.contains(turn) {
        try await end(host, turn)
        try await host.kill()
        host = try await HallProcess.start(folder, tables: Self.tables)
        for proxy in proxies { proxy.aim(at: host.port) }
        chief.link.use(
          addresses: [HostAddress(host: "127.0.0.1", port: host.port, scheme: .http)], fingerprint: nil,
          token: pass.token)
        try await begin(host)
      }
      if turn == death { try await crash(random.below(Self.tables)) }
      // Whoever has a network is done before the others come back.
      if turn % 5 == 4 {
        for (table, laptop) in laptops.enumerated() where shut[table] == nil {
          try await laptop.wait("table \(table + 1), turn \(turn)") { $0.hasSettled }
        }
      }
    }
    try await close(host, chief)
    if telling { tell() }
  }

  /// The networks of the tables: some are cut, some go away for a while.
  private mutating func weather(_ turn: Int) {
    for (table, proxy) in proxies.enumerated() {
      if let end = shut[table] {
        guard turn >= end else { continue }
        shut[table] = nil
        proxy.become(.foul(20))
      } else if chance(4) {
        shut[table] = turn + 1 + random.below(max(2, turns / 20))
        proxy.cutAll()
        proxy.become(.shut)
      } else if chance(8) {
        proxy.cutAll()
      }
    }
  }

  /// A laptop dies, and comes back with what is on its disk.
  private mutating func crash(_ table: Int) async throws {
    let old = laptops[table]
    try await old.wait("kept") { $0.hasKept }
    // As the disk is at this moment, in the middle of what the laptop does.
    let copy = old.folder + "-crashed"
    try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
    for name in ["outbox.jsonl", "record.jsonl"] {
      try FileManager.default.copyItem(atPath: "\(old.folder)/\(name)", toPath: "\(copy)/\(name)")
    }
    _ = await old.close()
    laptops[table] = try Laptop(copy, old.pass, ports: [proxies[table].port], goingOn: old)
  }

  private mutating func begin(_ host: HallProcess) async throws {
    let memory = try await host.memory()
    lives.append(Life(turns: 0, memory: (memory, memory), record: (record.count, record.count)))
  }

  private mutating func end(_ host: HallProcess, _ turn: Int) async throws {
    lives[lives.count - 1].turns = turn
    lives[lives.count - 1].memory.end = try await host.memory()
    lives[lives.count - 1].record.end = record.count
  }

  /// The end of the day: all that was noted down is in the record, and every copy is the record.
  private mutating func close(_ host: HallProcess, _ chief: Laptop) async throws {
    for proxy in proxies { proxy.become(.foul(20)) }
    for (table, laptop) in laptops.enumerated() {
      try await laptop.wait("table \(table + 1), at the end") { $0.hasSettled }
    }
    for proxy in proxies {
      try await proxy.rest()
      proxy.become(.foul(0))
    }
    chief.give(.close(deliberate: true))
    let file = folder + "/record.jsonl"
    try await chief.wait("the closing seal") { laptop in
      let last = FileManager.default.contents(atPath: file)?.dropLast().split(separator: 0x0A).last ?? Data()
      return String(decoding: last, as: UTF8.self).contains("\"type\":\"record.sealed\"") && laptop.hasSettled
    }
    try await end(host, turns)
    let bytes = Array(record)
    let (last, notes) = (bytes.count { $0 == 0x0A } - 1, try Notes(file))
    #expect(notes.texts.count == laptops.reduce(0) { $0 + $1.given.count })
    for (number, laptop) in (laptops + [chief]).enumerated() {
      try await laptop.wait("copy \(number)") { $0.link.replica.mark?.seq == last }
      #expect(laptop.settled.values.allSatisfy { if case .inRecord = $0 { true } else { false } })
      if number < laptops.count { #expect(notes.of("tafel\(number + 1)") == laptop.given) }
      #expect(await laptop.close() == bytes)
    }
    for proxy in proxies { await proxy.close() }
    try await host.end()
    // The last life is the longest: what it holds more at its end is what came into the record, folded.
    let life = lives[lives.count - 1]
    let growth = (life.memory.end - life.memory.start) * 1024
    #expect(growth < 16 << 20 + 12 * (life.record.end - life.record.start), "\(life)")
  }

  private func tell() {
    var text = "\(turns) turns, \(laptops.reduce(0) { $0 + $1.given.count }) contributions\n"
    for (number, life) in lives.enumerated() {
      text +=
        "host \(number + 1), to turn \(life.turns): memory \(life.memory.start) to \(life.memory.end) KiB, "
        + "record \(life.record.start / 1024) to \(life.record.end / 1024) KiB\n"
    }
    FileHandle.standardError.write(Data(text.utf8))
  }
}
