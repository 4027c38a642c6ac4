import Conference
import Dispatch
import Glibc
import Ground
import Host
import Seating
import Synchronization
import Testing

@testable import Record

/// Who may wait for the disk, and who goes first.
@Suite struct WaitingTests {
  /// A disk whose syncs wait until the gate is opened.
  private final class Gate: Sendable {
    private let open = DispatchSemaphore(value: 0)
    private let reached = DispatchSemaphore(value: 0)
    let syncs = Atomic(0)

    var disk: Disk {
      var disk = Disk.real
      let syncData = disk.syncData
      disk.syncData = { [self] file in
        syncs.add(1, ordering: .relaxed)
        reached.signal()
        open.wait()
        open.signal()
        return syncData(file)
      }
      return disk
    }

    func waitUntilReached() { reached.wait() }
    func release() { open.signal() }
  }

  /// All that a console asks of a host while it draws its screen comes back while a sync stands still.
  @Test func nothingThatTheConsoleAsksWaitsForTheDisk() throws {
    let stage = try Stage()
    let gate = Gate()
    let writer = try RecordWriter.create(
      path: stage.path, session: "proef", app: "test", at: stage.now(), disk: gate.disk)
    let host = ConferenceHost(
      writer: writer, lines: [writer.firstLine], engine: Annealer(), now: stage.now)
    let answers = Atomic(0)
    let lines = Mutex(0)
    let answered = DispatchGroup()
    host.listen { new in lines.withLock { $0 += new.count } }
    @Sendable func give(_ command: Command) {
      answered.enter()
      host.submit(command, by: "facilitator") { _ in
        answers.add(1, ordering: .relaxed)
        answered.leave()
      }
    }
    give(.open(Stage.opening))
    gate.waitUntilReached()

    let asked = DispatchSemaphore(value: 0)
    DispatchQueue.global().async {
      give(.contribute(.init(table: 2, kind: "idea", text: "Eén")))
      give(.advance)
      _ = (host.session, host.id, host.path, host.recordError, host.isDiskNearlyFull)
      stage.wait(minutes: 20)
      host.sealWhenDue()
      let drawing = CommandID.random()
      host.draw(by: "facilitator", cmd: drawing, report: { _ in }) { _ in }
      host.endDrawing(drawing, taking: false)
      give(.mark("nog een"))
      asked.signal()
    }
    // Only where something waits does this take any time at all.
    let isBack = asked.wait(timeout: .now() + .seconds(60)) == .success
    #expect(isBack, "something waits for the disk")
    // And nobody was told of anything: all of it waits for one sync.
    #expect(answers.load(ordering: .relaxed) == 0 && lines.withLock { $0 } == 0)
    #expect(gate.syncs.load(ordering: .relaxed) == 1)
    #expect(!host.session.isOpen)
    gate.release()
    answered.wait()
    #expect(host.session.markers.map(\.text) == ["nog een"] && host.session.contributions.count == 2)
    host.close()
  }

  /// Every thread of a search gives way to the thread that writes the record.
  @Test func drawingTablesGivesWayToTheWriter() throws {
    let stage = try Stage()
    let engine = NiceEngine()
    let host = try stage.create(engine: engine)
    let writer = Mutex<Int32?>(nil)
    host.listen { _ in writer.withLock { $0 = niceness() } }
    let done = DispatchSemaphore(value: 0)
    host.draw(by: "host", cmd: .random()) { _ in done.signal() }
    done.wait()
    let seen = engine.seen.withLock { $0 }
    let own = try #require(writer.withLock { $0 })
    #expect(seen.count == 1 + 2)
    #expect(seen.allSatisfy { $0 >= min(19, own + 10) }, "the search runs at \(seen), the writer at \(own)")
    host.close()
  }
}

/// How nice the calling thread is: on Linux each thread has a priority of its own.
private func niceness() -> Int32 { getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0) }

/// Notes at which priority each of its threads runs.
private final class NiceEngine: SeatingEngine {
  let name = "nice/1"
  let seen = Mutex<[Int32]>([])

  func draw(
    _ problem: SeatingProblem, _ order: DrawingOrder, on workers: SeatingWorkers,
    report: (SeatingDrawing) -> Bool
  ) throws(SeatingConflict) -> SeatingDrawing {
    seen.withLock { $0.append(niceness()) }
    let started = Atomic(0)
    let threads = min(2, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    workers.perform(2) { _ in
      // Neither thread does both parts.
      started.add(1, ordering: .relaxed)
      while started.load(ordering: .relaxed) < threads { sched_yield() }
      self.seen.withLock { $0.append(niceness()) }
    }
    var start = order
    start.effort = 0
    return try Annealer().draw(problem, start)
  }
}
