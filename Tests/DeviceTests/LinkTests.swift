import Conference
import Device
import Ground
import Record
import Synchronization
import Testing
import Wire

@Suite("A device's link with its host (S4.7, S4.8)", .serialized)
struct LinkTests {
  private let folder: Folder
  private let hall: Hall
  private let host: FakeHost

  init() throws {
    folder = try Folder()
    hall = try Hall(path: folder.file("host.jsonl"))
    host = try FakeHost(hall)
  }

  private func laptop(_ time: HostTime = HostTime()) throws -> Laptop {
    try Laptop(folder, ports: [host.port], time: time)
  }

  private func finish(_ laptop: Laptop) {
    #expect(laptop.hasAll(hall))
    #expect(laptop.close() == hall.bytes)
    #expect(laptop.heard.lines.map(\.seq) == Array(laptop.kept.lines.count..<hall.lineCount))
    // What is told as being in the record can be seen there.
    var seen = laptop.kept.lines.count
    for news in laptop.heard.all {
      if case .lines(let lines) = news { seen += lines.count }
      if case .command(_, .inRecord(let seq)) = news { #expect(seq < seen) }
    }
    host.stop()
  }

  @Test func followsTheRecordByteForByte() throws {
    for number in 1...30 { try hall.append("vooraf \(number)") }
    let laptop = try laptop()
    laptop.start()
    #expect(laptop.hasAll(hall))
    for number in 1...30 { try hall.append("live \(number) é\u{1F600}\"\\") }
    finish(laptop)
    #expect(laptop.heard.states.first == .connecting)
    #expect(laptop.heard.states[1] == .connected)
  }

  @Test func takesTheStreamUpAgainWhereverItIsCut() throws {
    // The longest that one event takes with what the stream begins with.
    var frame = EventStream.opening
    EventStream.append(lines: try #require(hall.state.withLock { $0.lines.first }), to: &frame)
    for number in 1...20 { try hall.append("regel \(number)") }
    hall.failStreams((0...frame.count + 1).map { .cut($0) })
    let laptop = try laptop()
    laptop.start()
    finish(laptop)
    #expect(hall.state.withLock { $0.streamFaults.isEmpty })
  }

  @Test func passesOverLinesItHas() throws {
    for number in 1...10 { try hall.append("regel \(number)") }
    hall.failStreams([.cut(2000), .repeating(100)])
    let laptop = try laptop()
    laptop.start()
    finish(laptop)
    // They are no reason to leave the host.
    #expect(laptop.heard.states.count { $0 == .connected } == 2)
  }

  @Test func writesNoLineThatDoesNotFollow() throws {
    for number in 1...3 { try hall.append("regel \(number)") }
    let lines = hall.state.withLock { $0.lines }
    // One letter changed; a line left out; a line of no record.
    let changed = Array(String(decoding: lines[0], as: UTF8.self).replacing("proef", with: "proes").utf8)
    let other = Array(String(decoding: lines[2], as: UTF8.self).replacing("regel", with: "riegel").utf8)
    hall.failStreams([
      .first([changed]), .first([lines[1]]), .first([lines[0], lines[2]]), .first([lines[1], other]),
    ])
    let laptop = try laptop()
    laptop.start()
    finish(laptop)
    #expect(hall.state.withLock { $0.streamFaults.isEmpty })
  }

  @Test func sendsEachCommandOnceAndInOrder() throws {
    let refusal = Phrase(nl: "Dat kan nu niet.", en: "Not now.")
    hall.fail(.dropBefore, .dropAfter, .problem(.disk(Phrase(same: "vol"))), .garbage)
    hall.fail(.problem(.tooMany(after: 1)), .dropAfter, .dropAfter)
    let laptop = try laptop()
    let keys = (1...12).map { laptop.link.submit(.mark("aantekening \($0)")) }
    laptop.start()
    #expect(laptop.heard.wait { heard in keys.allSatisfy { heard.states(of: $0).count >= 1 } })
    #expect(laptop.heard.wait { _ in hall.state.withLock { $0.answers.count } == 12 })
    hall.fail(.problem(.refused(refusal, wantsYes: true)))
    let ended = Mutex<[CommandState]>([])
    let refused = laptop.link.submit(.mark("niet")) { state in ended.withLock { $0.append(state) } }
    let last = laptop.link.submit(.mark("wel"))
    #expect(laptop.heard.wait { $0.states(of: last).count == 2 })

    #expect(laptop.heard.states(of: refused) == [.kept, .refused(refusal, wantsYes: true)])
    #expect(ended.withLock { $0 } == [.kept, .refused(refusal, wantsYes: true)])
    let all = keys + [last]
    finish(laptop)
    // As the record has them: each once, in the order in which they were given.
    #expect(laptop.heard.lines.filter { $0.type == "x.test" }.map(\.cmd) == all)
    for (key, line) in zip(all, laptop.heard.lines.filter { $0.type == "x.test" }) {
      #expect(laptop.heard.states(of: key) == [.kept, .inRecord(seq: line.seq)])
    }
    // Never a command in front of one that was not answered yet, whatever became of the connection.
    let order = hall.state.withLock { $0.received.map(\.key) }
    let places = order.map { (keys + [refused, last]).firstIndex(of: $0) ?? -1 }
    #expect(places == places.sorted())
    #expect(places.count == 14 + 7)
    #expect(laptop.link.outbox.entries.map(\.key) == [refused])
  }

  @Test func sendsWhatAnEarlierRunKept() throws {
    let before = try Laptop(folder, ports: [])
    before.start()
    let commands = (1...5).map { Command.mark("uit \($0) é\"\u{7}") }
    let keys = commands.map { before.link.submit($0) }
    #expect(before.heard.wait { heard in keys.allSatisfy { heard.states(of: $0) == [.kept] } })
    _ = before.close()

    let laptop = try laptop()
    laptop.start()
    #expect(laptop.heard.wait { $0.states(of: keys[4]) == [.inRecord(seq: 5)] })
    finish(laptop)
    #expect(hall.state.withLock { $0.received.map(\.key) } == keys)
    #expect(hall.state.withLock { $0.received.map(\.body) } == commands.compactMap(CommandBody.bytes))
  }

  @Test func goesOnFromTheCopyOfAnEarlierRun() throws {
    try hall.append("eerst")
    let before = try laptop()
    before.start()
    #expect(before.hasAll(hall))
    #expect(before.close() == hall.bytes)
    try hall.append("terwijl hij weg was")
    let laptop = try laptop()
    #expect(laptop.kept.lines.count == 2)
    laptop.start()
    finish(laptop)
  }

  @Test func findsAHostThatMoved() throws {
    let other = try FakeHost(hall)
    // The first address is nobody's any more.
    let gone = try FakeHost(hall)
    gone.stop()
    let laptop = try Laptop(folder, ports: [gone.port, host.port])
    laptop.start()
    #expect(laptop.heard.wait { $0.states.last == .connected })
    host.stop()
    #expect(
      laptop.heard.wait { heard in
        heard.states.contains { state in if case .away = state { true } else { false } }
      })
    let key = laptop.link.submit(.mark("onderweg"))
    laptop.link.use(
      addresses: [HostAddress(host: "127.0.0.1", port: other.port, scheme: .http)], fingerprint: nil,
      token: "good")
    #expect(laptop.heard.wait { $0.states(of: key) == [.kept, .inRecord(seq: 1)] })
    #expect(laptop.hasAll(hall))
    #expect(laptop.close() == hall.bytes)
    other.stop()
  }

  @Test func beginsAnewWhereTheHostsRecordIsAnother() throws {
    let elsewhere = try Folder()
    let otherHall = try Hall(path: elsewhere.file("host.jsonl"))
    let otherHost = try FakeHost(otherHall)
    try otherHall.append("anders")
    let before = try Laptop(folder, ports: [otherHost.port])
    before.start()
    let keys = (1...3).map { before.link.submit(.mark("van hier \($0)")) }
    #expect(before.heard.wait { heard in keys.allSatisfy { heard.states(of: $0).count == 2 } })
    _ = before.close()
    otherHost.stop()

    // This host has the first of them only: it lost the others, though the one before had them in its record.
    try hall.append("van hier 1", cmd: keys[0])
    let laptop = try laptop()
    laptop.start()
    let copy = folder.file("record.jsonl.old")
    #expect(laptop.heard.wait { heard in keys.allSatisfy { heard.states(of: $0).count == 1 } })
    #expect(laptop.hasAll(hall))
    #expect(laptop.heard.lines.filter { $0.type == "x.test" }.map(\.cmd) == keys)
    #expect(laptop.heard.states == [.connecting, .diverged(oldCopy: copy), .connected])
    #expect(laptop.close() == hall.bytes)
    #expect(laptop.heard.lines.map(\.seq) == Array(0..<hall.lineCount))
    #expect(folder.read("record.jsonl.old") == otherHall.bytes)
    host.stop()
  }

  @Test func saysWhenItIsNotLetIn() throws {
    let laptop = try Laptop(folder, ports: [host.port], token: "bad")
    laptop.start()
    let key = laptop.link.submit(.mark("toch bewaard"))
    #expect(laptop.heard.wait { $0.states.last == .notLetIn(.noPass) && $0.states(of: key) == [.kept] })
    let address = HostAddress(host: "127.0.0.1", port: host.port, scheme: .http)
    #expect(throws: JoinFailure.problem(.wrongCode)) {
      try HostAddress.join(JoinRequest(code: "zzzz-zzzz"), at: [address])
    }
    let (found, pass) = try HostAddress.join(JoinRequest(code: "bado-kitu", table: 4), at: [address])
    #expect(found == address && pass.role == .noteTaker(table: 4))
    laptop.link.use(addresses: [address], fingerprint: nil, token: pass.token)
    #expect(laptop.heard.wait { $0.states(of: key).last == .inRecord(seq: 1) })
    finish(laptop)
    #expect(throws: JoinFailure.noHost) { try HostAddress.join(JoinRequest(code: "x"), at: [address]) }
  }

  @Test func refusesWhatTheHostWillNeverTake() throws {
    let laptop = try laptop()
    laptop.start()
    let problems: [WireProblem] = [
      .notAllowed, .malformed("data"), .tooLong, .otherCommand, .noPass, .notHere,
    ]
    for problem in problems {
      hall.fail(.problem(problem))
      let key = laptop.link.submit(.mark("x"))
      #expect(laptop.heard.wait { $0.states(of: key) == [.kept, .refused(problem.phrase)] })
    }
    let tooLong = laptop.link.submit(.mark(String(repeating: "x", count: Wire.maxBody)))
    #expect(laptop.heard.wait { $0.states(of: tooLong) == [.refused(WireProblem.tooLong.phrase)] })
    #expect(laptop.heard.wait { $0.states.last == .connected })
    finish(laptop)
  }

  @Test func goesByTheHostsClock() throws {
    let wall = Mutex(Hall.noon + .minutes(60))
    let steady = Mutex(Interval(5_000))
    let time = HostTime(wall: { wall.withLock { $0 } }, steady: { steady.withLock { $0 } })
    #expect(time.ahead == nil && time.now == Hall.noon + .minutes(60))
    let laptop = try laptop(time)
    laptop.start()
    #expect(laptop.heard.wait { $0.states.last == .connected })
    #expect(time.now == Hall.noon)
    #expect(time.ahead == .minutes(60))
    // Somebody sets the laptop's time of day; real time passes.
    wall.withLock { $0 = Hall.noon }
    steady.withLock { $0 += 7 }
    #expect(laptop.link.now() == Hall.noon + 7)
    #expect(time.ahead == -7)
    finish(laptop)
  }

  @Test func leavesAHostThatIsSilent() throws {
    let steady = Mutex(Interval(0))
    hall.failStreams([.silent])
    let time = HostTime(wall: { Hall.noon }, steady: { steady.withLock { $0 } })
    let laptop = try Laptop(folder, ports: [host.port], silence: 50, time: time)
    laptop.start()
    #expect(laptop.heard.wait { $0.states.last == .connected })
    steady.withLock { $0 += 50 }
    #expect(
      laptop.heard.wait {
        $0.states.contains(.away(since: Hall.noon)) && $0.states.last == .connected
      })
    finish(laptop)
  }

  @Test func tellsWhatIsInTheRecordOnlyWithItsLines() throws {
    let steady = Mutex(Interval(0))
    hall.failStreams([.silent])
    let time = HostTime(wall: { Hall.noon }, steady: { steady.withLock { $0 } })
    let laptop = try Laptop(folder, ports: [host.port], silence: 50, time: time)
    laptop.start()
    // The host answers this command on another connection than the one that is silent.
    let key = laptop.link.submit(.mark("beantwoord, maar nog niet te zien"))
    #expect(
      laptop.heard.wait { _ in
        hall.state.withLock { $0.answers.count } == 1 && laptop.link.outbox.entries.isEmpty
      })
    #expect(laptop.heard.states(of: key) == [.kept])
    steady.withLock { $0 += 50 }
    #expect(laptop.heard.wait { $0.states(of: key).count == 2 })
    finish(laptop)
  }

  @Test func whatCannotWaitIsDoneNowOrNever() throws {
    let laptop = try laptop()
    let (early, now) = (CommandID.random(), CommandID.random())
    laptop.link.submitNow(.mark("te vroeg"), key: early)
    laptop.start()
    #expect(laptop.heard.wait { $0.states.last == .connected })
    #expect(laptop.heard.wait { $0.states(of: early).count == 1 })
    guard case .refused(let why, _)? = laptop.heard.states(of: early).first else {
      Issue.record("it was not refused")
      return
    }
    #expect(why.en.contains("nothing happened"))
    hall.fail(.dropAfter)
    laptop.link.submitNow(.mark("nu"), key: now)
    #expect(laptop.heard.wait { $0.states(of: now).count == 1 })
    #expect(laptop.heard.states(of: now) == [.inRecord(seq: hall.lineCount - 1)])
    #expect(laptop.link.outbox.entries.isEmpty)
    finish(laptop)
    #expect(hall.state.withLock { Set($0.answers.keys) } == [now])
  }

  @Test func whatCannotWaitIsToldWhenTheHostGoes() throws {
    let laptop = try laptop()
    laptop.start()
    #expect(laptop.heard.wait { $0.states.last == .connected })
    // Never answered: the host goes meanwhile.
    for _ in 0..<1000 { hall.fail(.problem(.tooMany(after: 60))) }
    let key = CommandID.random()
    laptop.link.submitNow(.mark("nooit"), key: key)
    #expect(laptop.heard.wait { _ in hall.state.withLock { !$0.received.isEmpty } })
    host.stop()
    #expect(laptop.heard.wait { $0.states(of: key).count == 1 })
    guard case .refused(let why, _)? = laptop.heard.states(of: key).first else {
      Issue.record("it was not refused")
      return
    }
    #expect(why.en.contains("See whether it happened"))
    _ = laptop.close()
    #expect(laptop.link.outbox.entries.isEmpty)
  }

  @Test func findsTheHostAtAnotherAddressThatItTold() throws {
    // Another scheme would be another way to speak; what is no address is passed over.
    let second = try FakeHost(hall)
    hall.state.withLock { state in
      state.addresses = [
        "https://127.0.0.1:\(second.port)", "nonsense:x", "http://127.0.0.1:\(second.port)",
      ]
    }
    let laptop = try laptop()
    laptop.start()
    #expect(laptop.hasAll(hall))
    host.stop()
    let key = laptop.link.submit(.mark("elders"))
    #expect(laptop.heard.wait { $0.states(of: key).count == 2 })
    finish(laptop)
    second.stop()
  }

  @Test func letsOnlyOneProgramKeepAFolder() throws {
    let first = try laptop()
    #expect(throws: RecordError.self) { try laptop() }
    _ = first.close()
    _ = try laptop().close()
    host.stop()
  }
}
