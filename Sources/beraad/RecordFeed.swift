import Conference
import Console
import Dispatch
import Ground
import Record
import Synchronization

/// Follows the record of a conference that runs on this machine, for a room screen.
///
/// It looks four times a second on a queue of its own: a look at a file that did not change opens it and asks
/// for its size. Watching it would tell sooner, but nothing of a file that is not there yet, or was replaced.
final class RecordFeed: Sendable {
  private let queue = DispatchQueue(label: "record.feed", qos: .userInitiated)
  private let clock = FeedClock()
  private let follower: Mutex<RecordFollower>
  /// Kept for as long as the feed is.
  @MainActor private var timer: (any DispatchSourceTimer)?

  init(path: String) { follower = Mutex(RecordFollower(path: path)) }

  /// The host's time, as far as the record tells it.
  var now: Moment { clock.now }

  /// Begins to follow; `tell` is called on the main thread.
  @MainActor func start(_ tell: @escaping @MainActor @Sendable (RoomOccurrence) -> Void) {
    let timer = DispatchSource.makeTimerSource(queue: queue)
    timer.schedule(deadline: .now(), repeating: .milliseconds(250), leeway: .milliseconds(50))
    // Without @Sendable it would be taken for work of the main thread.
    timer.setEventHandler { @Sendable [weak self] in self?.look(tell) }
    timer.resume()
    self.timer = timer
  }

  private func look(_ tell: @escaping @MainActor @Sendable (RoomOccurrence) -> Void) {
    guard let news = follower.withLock({ $0.look() }) else { return }
    let occurrences: [RoomOccurrence]
    switch news {
    case .added(let lines):
      clock.take(lines, isLive: true)
      occurrences = [.lines(EventVersions.released.lifted(lines)), .trouble(nil)]
    case .whole(let lines):
      clock.take(lines, isLive: false)
      occurrences = [.session(Session(folding: EventVersions.released.lifted(lines)[...])), .trouble(nil)]
    case .damaged(let damage): occurrences = [.trouble(Self.damaged(damage))]
    case .unreachable(.notFound): occurrences = [.trouble(clock.hasBegun ? Self.gone : nil)]
    case .unreachable(let error): occurrences = [.trouble(error.phrase)]
    }
    DispatchQueue.main.async {
      MainActor.assumeIsolated { for occurrence in occurrences { tell(occurrence) } }
    }
  }

  private static let gone = Phrase(
    nl: "Het naslagwerk is weg. Dit scherm wacht tot het er weer is.",
    en: "The record is gone. This screen waits until it is there again.")

  private static func damaged(_ damage: Damage) -> Phrase {
    Phrase(
      nl:
        "Het naslagwerk is beschadigd vanaf regel \(damage.line). Dit scherm blijft bij wat daarvoor stond.",
      en: "The record is damaged from line \(damage.line) on. This screen stays with what stood before it.")
  }
}

/// The time of a host that is known by its record only.
///
/// A host's time is the machine's less what the record tells of its clock. A demo's is not: it runs faster, or
/// yesterday. So a line that was just written and is seconds from that time tells what time it is there.
private final class FeedClock: Sendable {
  private struct State {
    /// What to add to the machine's time of day; nil before the first line.
    var offset: Interval?
    var last = Moment(milliseconds: .min)
  }

  private let state = Mutex(State())

  /// Further than this from the machine's time no host of this machine can be.
  private static let patience = Interval.seconds(3)

  var hasBegun: Bool { state.withLock { $0.offset != nil } }

  var now: Moment { state.withLock { max(systemMoment() + ($0.offset ?? 0), $0.last) } }

  func take(_ lines: [Line], isLive: Bool) {
    guard let last = lines.last else { return }
    state.withLock { state in
      if !isLive { state.offset = -lines.clockAhead }
      if let told = lines.last(where: { $0.type == "clock.adjusted" }) {
        state.offset = -[told].clockAhead
      }
      let distance = last.at - (systemMoment() + (state.offset ?? 0))
      if isLive, abs(distance) > Self.patience { state.offset = (state.offset ?? 0) + distance }
      state.last = last.at
    }
  }
}
