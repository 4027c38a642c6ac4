import Conference
import Dispatch
import Ground
import Host
import Record
import Seating
import Synchronization
import Testing

/// Drawing tables while somebody looks on: what is best so far is taken, or given up, at any moment.
@Suite struct DrawingTests {
  /// A drawing on a host, and what was told of it.
  private final class Watched: Sendable {
    let id = CommandID.random()
    let looks = Mutex<[DrawingProgress]>([])
    let lines = Mutex<Result<[Line], HostError>?>(nil)
    private let answered = DispatchSemaphore(value: 0)
    private let looked = DispatchSemaphore(value: 0)

    func start(_ host: ConferenceHost) {
      host.draw(by: "facilitator", cmd: id) { [self] progress in
        looks.withLock { $0.append(progress) }
        looked.signal()
      } completion: { [self] result in
        lines.withLock { $0 = result }
        answered.signal()
      }
    }

    func waitForLook() { looked.wait() }
    func waitForAnswer() { answered.wait() }
    func waitUntilDone() { repeat { waitForLook() } while last?.isDone != true }
    var last: DrawingProgress? { looks.withLock { $0.last } }
  }

  @Test func nothingIsRecordedBeforeItIsTaken() throws {
    let stage = try Stage()
    let host = try stage.create(engine: PatientEngine())
    let drawing = Watched()
    drawing.start(host)
    drawing.waitForLook()
    #expect(host.session.seatings.isEmpty)
    // What happens meanwhile stays.
    let late = Command.register(name: "Laat", organisation: nil, group: "G1", municipality: nil)
    #expect(host.refusal(of: late) == nil)
    #expect(host.refusal(of: .leave("p1")) == nil)
    #expect(host.refusal(of: .mark("intussen")) == nil)
    host.endDrawing(drawing.id, taking: true)
    drawing.waitForAnswer()
    let session = host.session
    #expect(session.seatings.count == 2)
    #expect(session.seatings[1]?.table(of: "p1") == nil)
    #expect(session.seatings[1]?.table(of: session.participants.last?.id ?? "") != nil)
    #expect(session.markers.map(\.text) == ["intussen"])
    #expect(session.seatings[1]?.drawing.brokenOffAt != nil)
    host.close()
    let lines = try RecordReader.read(path: stage.path).lines
    #expect(DrawingCheck.all(in: lines, with: PatientEngine()).map(\.verdict) == [.same])
  }

  @Test func givenUpTheTablesStayAsTheyWere() throws {
    let stage = try Stage()
    let host = try stage.create(engine: PatientEngine())
    let drawing = Watched()
    drawing.start(host)
    drawing.waitForLook()
    let before = host.session
    host.endDrawing(drawing.id, taking: false)
    host.endDrawing(drawing.id, taking: true)
    #expect(host.session == before)
    // Nothing waits for it any more, and another one can begin.
    let other = Watched()
    other.start(host)
    other.waitForLook()
    host.endDrawing(other.id, taking: true)
    other.waitForAnswer()
    #expect(host.session.seatings.count == 2)
    #expect(drawing.lines.withLock { $0 == nil })
    host.close()
  }

  /// S0.6: the round begins with the best so far, never with the tables of before.
  @Test func whoBeginsTheRoundTakesTheBestSoFar() throws {
    let stage = try Stage()
    let host = try stage.create(engine: PatientEngine())
    #expect(host.refusal(of: .advance) == nil)
    let drawing = Watched()
    drawing.start(host)
    drawing.waitForLook()
    // Another item than a round leaves the drawing alone.
    #expect(host.refusal(of: .extend(item: nil, seconds: 60)) == nil)
    #expect(host.session.seatings.isEmpty)
    #expect(host.refusal(of: .advance) == nil)
    drawing.waitForAnswer()
    #expect(host.session.currentItem?.id == "b")
    #expect(host.session.seatings[1]?.drawing.engine == PatientEngine().name)
    #expect(host.session.seatings[1]?.tables.values.joined().count == 12)
    host.close()
  }

  @Test func aSearchThatIsDoneWaitsToBeTaken() throws {
    let stage = try Stage()
    let host = try stage.create()
    let drawing = Watched()
    drawing.start(host)
    drawing.waitUntilDone()
    let done = try #require(drawing.last)
    #expect(done.isDone && host.session.seatings.isEmpty)
    #expect(done.best.cost >= done.best.bound)
    host.endDrawing(drawing.id, taking: true)
    drawing.waitForAnswer()
    #expect(host.session.seatings[1]?.tables == done.session.trying(done.best.rounds).seatings[1]?.tables)
    #expect(host.session.seatings[1]?.drawing.brokenOffAt == nil)
    host.close()
  }

  @Test func rulesThatClashAreAnsweredAtOnce() throws {
    let stage = try Stage()
    var opening = Stage.opening
    opening.plan.mixing.pins = (1...6).map { .init(person: "p\($0)", table: 2) }
    let host = try stage.create(opening)
    let drawing = Watched()
    drawing.start(host)
    drawing.waitForAnswer()
    guard case .failure(.noSeating) = drawing.lines.withLock({ $0 }) else {
      Issue.record("no refusal")
      return
    }
    host.endDrawing(drawing.id, taking: true)
    host.close()
  }
}

/// Shows the start plan again and again until somebody takes it; broken off at 0 it gives the same.
private struct PatientEngine: SeatingEngine {
  let name = "patient/1"

  func draw(
    _ problem: SeatingProblem, _ order: DrawingOrder, on workers: SeatingWorkers,
    report: (SeatingDrawing) -> Bool
  ) throws(SeatingConflict) -> SeatingDrawing {
    var start = order
    start.effort = 0
    var drawing = try Annealer().draw(problem, start)
    drawing.effort = order.effort
    while order.brokenOffAt == nil, report(drawing) {}
    return drawing
  }
}
