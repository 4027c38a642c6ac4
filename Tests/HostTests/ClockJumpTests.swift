import Conference
import Foundation
import Ground
import Host
import Record
import Seating
import Synchronization
import Testing

/// The machine's time of day is set in the middle of an item; the clocks of the hall must not notice.
@Suite struct ClockJumpTests {
  static let hour = Interval.minutes(60)
  static let jumps: [Interval] = [-hour, 24 * hour, -24 * 365 * 30 * hour]

  /// A machine whose time of day can be set while time passes.
  final class Machine: Sendable {
    private let times: Mutex<(wall: Moment, steady: Interval)>
    let stage: Stage

    init() throws {
      stage = try Stage()
      times = Mutex((stage.clock.withLock { $0 }, 77))
    }

    /// Lets time pass, asleep or awake: both clocks count it.
    func wait(minutes: Int) {
      times.withLock { $0 = ($0.wall + .minutes(minutes), $0.steady + .minutes(minutes)) }
    }

    func set(by interval: Interval) { times.withLock { $0.wall = $0.wall + interval } }

    var wall: @Sendable () -> Moment { { self.times.withLock { $0.wall } } }
    var steady: @Sendable () -> Interval { { self.times.withLock { $0.steady } } }

    func create() throws -> ConferenceHost {
      let writer = try RecordWriter.create(path: stage.path, session: "proef", app: "test", at: wall())
      let host = host(writer, [writer.firstLine])
      #expect(host.refusal(of: .open(Stage.opening), by: "host") == nil)
      #expect(host.refusal(of: .advance) == nil)
      return host
    }

    func reopen() throws -> ConferenceHost {
      let (writer, report) = try RecordWriter.open(
        path: stage.path, at: wall(), knows: Event.knows(type:version:))
      return host(writer, report.lines)
    }

    private func host(_ writer: RecordWriter, _ lines: [Line]) -> ConferenceHost {
      ConferenceHost(
        writer: writer, lines: lines, engine: Annealer(),
        clock: HostClock(after: lines, wall: wall, steady: steady))
    }

    func lines() throws -> [Line] { try RecordReader.read(path: stage.path).lines }

    func adjustments() throws -> [JSON] { try lines().filter { $0.type == "clock.adjusted" }.map(\.data) }
  }

  static func elapsed(_ host: ConferenceHost) -> Interval? {
    host.session.clock(at: host.now()).item?.elapsed
  }

  @Test(arguments: jumps) func theItemsClockGoesOn(jump: Interval) throws {
    let machine = try Machine()
    let host = try machine.create()
    machine.wait(minutes: 4)
    machine.set(by: jump)
    #expect(Self.elapsed(host) == .minutes(4))
    machine.wait(minutes: 1)
    #expect(host.refusal(of: .mark("daarna")) == nil)
    host.noticeClock()
    #expect(host.refusal(of: .mark("en nog eens")) == nil)
    #expect(Self.elapsed(host) == .minutes(5))
    host.close()
    // Told once, in front of what came after it; and no line has a time of the other clock.
    let told: JSON = ["back": .int(Int(-jump)), "ahead": .int(Int(jump))]
    #expect(try machine.adjustments() == [told])
    let lines = try machine.lines()
    #expect(lines.suffix(3).map(\.type) == ["clock.adjusted", "marker.set", "marker.set"])
    #expect(lines.last.map { $0.at - lines[0].at } == .minutes(5))

    // After a crash it goes on as well.
    machine.wait(minutes: 2)
    let again = try machine.reopen()
    #expect(Self.elapsed(again) == .minutes(7))
    again.noticeClock()
    again.close()
    #expect(try machine.adjustments() == [told])
    #expect(try RecordCheck.check(path: machine.stage.path).isGood)
  }

  /// Without the steady clock the same jumps do show: these tests can fail.
  @Test func aHostByTheTimeOfDayAloneNotices() throws {
    let machine = try Machine()
    let writer = try RecordWriter.create(path: machine.stage.path, session: "s", app: "0", at: machine.wall())
    let host = ConferenceHost(
      writer: writer, lines: [writer.firstLine], engine: Annealer(), now: machine.wall)
    #expect(host.refusal(of: .open(Stage.opening), by: "host") == nil)
    #expect(host.refusal(of: .advance) == nil)
    machine.wait(minutes: 4)
    machine.set(by: 24 * Self.hour)
    #expect(Self.elapsed(host) == 24 * Self.hour + .minutes(4))
    host.close()
  }

  @Test func aTornRecordIsRecoveredInTheTimeOfTheRecord() throws {
    let machine = try Machine()
    let host = try machine.create()
    machine.set(by: 24 * Self.hour)
    host.noticeClock()
    host.close()
    try append("{\"seq\":", to: machine.stage.path)
    machine.wait(minutes: 3)
    let again = try machine.reopen()
    #expect(Self.elapsed(again) == .minutes(3))
    again.close()
    let lines = try machine.lines()
    #expect(lines.last?.type == "record.recovered")
    #expect(lines.last.map { $0.at - lines[0].at } == .minutes(3))
  }

  @Test func aClockThatIsSetBackAgainIsToldTwice() throws {
    let machine = try Machine()
    let host = try machine.create()
    machine.set(by: Self.hour)
    host.noticeClock()
    machine.wait(minutes: 1)
    machine.set(by: -Self.hour)
    host.noticeClock()
    host.close()
    #expect(
      try machine.adjustments() == [
        ["back": -3_600_000, "ahead": 3_600_000], ["back": 3_600_000, "ahead": 0],
      ])
    #expect(Self.elapsed(try machine.reopen()) == .minutes(1))
  }

  /// What nobody could see: the clock was set while the program did not run.
  @Test func aClockSetBackWhileTheRecordWasClosed() throws {
    let machine = try Machine()
    let host = try machine.create()
    machine.wait(minutes: 4)
    #expect(host.refusal(of: .mark("voor")) == nil)
    host.close()
    machine.set(by: -Self.hour)
    machine.wait(minutes: 2)
    let again = try machine.reopen()
    // It does not stand still until the hour is over: it goes on where the record ended.
    machine.wait(minutes: 3)
    #expect(Self.elapsed(again) == .minutes(7))
    again.noticeClock()
    again.close()
    #expect(try machine.adjustments() == [["back": 3_480_000, "ahead": -3_480_000]])
  }

  @Test func sleepCountsAndIsNoJump() throws {
    let machine = try Machine()
    let host = try machine.create()
    machine.wait(minutes: 45)
    host.noticeClock()
    #expect(Self.elapsed(host) == .minutes(45))
    // A clock that is kept right by the network is no jump, until it adds up to one.
    machine.set(by: 1500)
    host.noticeClock()
    #expect(try machine.adjustments() == [])
    machine.set(by: 1500)
    host.noticeClock()
    host.close()
    #expect(try machine.adjustments() == [["back": -3000, "ahead": 3000]])
  }

  /// Nobody's numbers make the clock overflow or leave the years that the format has.
  @Test(arguments: ["9223372036854775807", "-9223372036854775808", "1e99", "\"x\"", "null"])
  func numbersThatNoClockTells(ahead: String) throws {
    let line = Line(
      seq: 1, at: Moment(milliseconds: 5), type: "clock.adjusted", by: "host", cmd: .random(), version: 1,
      payload: JSONText(try JSON(parsing: Array("{\"back\":1,\"ahead\":\(ahead)}".utf8))))
    #expect([line].clockAhead == 0)
  }

  private func append(_ text: String, to path: String) throws {
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Array(text.utf8))
    try file.close()
  }
}
