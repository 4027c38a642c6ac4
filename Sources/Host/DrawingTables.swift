import Conference
import Dispatch
import Ground
import Seating
import Synchronization

/// How far a drawing of tables has come.
public struct DrawingProgress: Sendable {
  /// The conference as it was when the drawing began.
  public let session: Session
  /// The best tables so far; nothing of them is in the record.
  public let best: DrawnTables
  /// How long it takes by now, in real time.
  public let elapsed: Interval
  /// Whether the search came to its end and waits to be taken.
  public let isDone: Bool
}

extension ConferenceHost {
  /// Draws the tables of the rounds to come; the search runs on threads of its own.
  ///
  /// Without `report` they are recorded when the search is done. With it nothing is recorded before
  /// `endDrawing(_:taking:)`: `report` gets the best so far some ten times a second, on the thread of the
  /// search, which waits for it, and once more when the search is done. What happens meanwhile stays.
  /// `completion` is called when the tables are in the record, or with the reason why they never will be; it is
  /// not called where they are given up.
  public func draw(
    by: String, cmd: CommandID, report: (@Sendable (DrawingProgress) -> Void)? = nil,
    completion: @escaping Completion
  ) {
    let (session, setbacks) = state.withLock { ($0.decided, $0.setbacks) }
    let search = TableSearch(isWatched: report != nil) { [self] drawn in
      let isLost = state.withLock { $0.setbacks != setbacks }
      // Lines that it was drawn from never came into the record: it stands, but cannot be drawn again.
      submit(
        .seat(isLost ? drawn.rounds.map(\.withoutStart) : drawn.rounds), by: by, cmd: cmd, mayDraw: false,
        completion: completion)
    } forget: { [self] in
      _ = state.withLock { $0.searches.removeValue(forKey: cmd) }
    }
    if report != nil { state.withLock { $0.searches[cmd] = search } }
    let seed = session.plan?.mixing.seed ?? Int(UInt32.random(in: 1 ... .max))
    let order = DrawingOrder(
      seed: UInt64(bitPattern: Int64(seed)),
      effort: Annealer.recommendedEffort(people: session.participants.count, rounds: session.rounds))
    // Below the writer's priority (nice 10 on Linux): a busy core makes every sync slow.
    DispatchQueue.global(qos: .background).async { [self] in
      let start = DispatchTime.now()
      func progress(_ best: DrawnTables, isDone: Bool) -> DrawingProgress {
        let elapsed = Interval((DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1_000_000)
        return DrawingProgress(session: session, best: best, elapsed: elapsed, isDone: isDone)
      }
      var due = start
      do throws(SeatingRefusal) {
        let drawn = try session.draw(with: engine, order, on: .allCores) { best in
          let now = DispatchTime.now()
          if let report, search.goesOn, now >= due {
            report(progress(best(), isDone: false))
            // Showing what is found never takes more than half of the time.
            let end = DispatchTime.now()
            let pause = max(100_000_000, end.uptimeNanoseconds - now.uptimeNanoseconds)
            due = DispatchTime(uptimeNanoseconds: end.uptimeNanoseconds + pause)
          }
          return search.goesOn
        }
        if search.goesOn { report?(progress(drawn, isDone: true)) }
        search.found(drawn)
      } catch {
        if search.fail() { completion(.failure(.noSeating(error))) }
      }
    }
  }

  /// Ends the drawing that `cmd` began: takes the best so far, or gives it up; the tables then stay as they were.
  ///
  /// Nothing happens where it ended before.
  public func endDrawing(_ cmd: CommandID, taking: Bool) {
    guard let search = state.withLock({ $0.searches[cmd] }) else { return }
    search.end(taking: taking)
  }

  /// The drawing that must be taken before `command` can be carried out, or nil.
  func searchBefore(_ command: Command) -> TableSearch? {
    state.withLock { state in
      guard !state.searches.isEmpty, state.decided.beginsRound(command) else { return nil }
      return state.searches.values.first
    }
  }
}

/// A drawing that goes on, and how it is to end.
final class TableSearch: Sendable {
  private enum Wish { case goOn, take, drop }

  private struct State {
    var wish = Wish.goOn
    /// What was found, while it waits to be taken.
    var found: DrawnTables?
    /// Whether it was taken, given up or failed.
    var isOver = false
    var afterwards: [@Sendable () -> Void] = []
  }

  private let isWatched: Bool
  private let take: @Sendable (DrawnTables) -> Void
  private let forget: @Sendable () -> Void
  private let state = Mutex(State())

  /// Creates a drawing.
  ///
  /// One that is not watched is taken when it is done. `take` and `forget` are called once at most.
  init(
    isWatched: Bool, take: @escaping @Sendable (DrawnTables) -> Void, forget: @escaping @Sendable () -> Void
  ) {
    self.isWatched = isWatched
    self.take = take
    self.forget = forget
  }

  /// Whether the search is to go on.
  var goesOn: Bool { state.withLock { $0.wish == .goOn } }

  /// Has `body` called once the drawing is taken, given up or failed.
  func afterwards(_ body: @escaping @Sendable () -> Void) {
    let isOver = state.withLock { state in
      if !state.isOver { state.afterwards.append(body) }
      return state.isOver
    }
    if isOver { body() }
  }

  /// Takes the best so far, as soon as there is any, or gives the drawing up.
  func end(taking: Bool) {
    let (isOver, found) = state.withLock { state -> (Bool, DrawnTables?) in
      guard !state.isOver, state.wish == .goOn else { return (false, nil) }
      state.wish = taking ? .take : .drop
      return (!taking || state.found != nil, taking ? state.found : nil)
    }
    if isOver { finish(found) }
  }

  /// The search came to its end.
  func found(_ tables: DrawnTables) {
    let isTaken = state.withLock { state in
      if state.wish == .goOn, isWatched { state.found = tables }
      return state.wish == .take || (state.wish == .goOn && !isWatched)
    }
    if isTaken { finish(tables) }
  }

  /// The search found nothing; returns whether anybody still waits for it.
  func fail() -> Bool {
    guard state.withLock({ $0.wish != .drop }) else { return false }
    finish(nil)
    return true
  }

  private func finish(_ tables: DrawnTables?) {
    if let tables { take(tables) }
    // Not before it is taken: whoever begins the round until then waits for it.
    forget()
    let waiting = state.withLock { state -> [@Sendable () -> Void] in
      state.isOver = true
      defer { state.afterwards = [] }
      return state.afterwards
    }
    for body in waiting { body() }
  }
}

extension DrawnRound {
  /// The round without the line from which it was drawn.
  fileprivate var withoutStart: DrawnRound {
    var round = self
    round.drawing.after = nil
    return round
  }
}
