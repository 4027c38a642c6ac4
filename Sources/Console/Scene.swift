import Conference
import Ground
import Screen

extension Model {
  /// What a view needs to draw: one reading of the clocks and of the tables serves all panes.
  struct Scene {
    let session: Session
    let clock: ClockReading
    let activity: TableActivity
    let language: Language
    let focus: Focus
    let replay: Replay?
    /// Notes what stands where, for the mouse; nil while nobody asks.
    let targets: Targets?
    /// What the console is for, and how it stands with a host elsewhere.
    var station = Station()
    /// How much is kept on this laptop and not in the record yet.
    var keptCount = 0

    /// The session with what is kept on this laptop and not in the record yet.
    var expected: Session { station.expected ?? session }

    func text(_ phrase: Phrase) -> String { phrase[language] }

    /// Notes that a part of the screen means something to the mouse.
    func mark(_ rect: Rect, _ target: Target) { targets?.all.append((rect, target)) }
  }

  func scene(targets: Targets? = nil) -> Scene {
    let clock = session.clock(at: now)
    return Scene(
      session: session, clock: clock, activity: TableActivity(session, tally, at: clock.now),
      language: language,
      focus: focus, replay: replay, targets: targets, station: station, keptCount: keptCount)
  }
}

/// Something that the mouse can press.
enum Target: Sendable, Equatable {
  /// A pane: it gets the keys.
  case pane(Model.Focus)
  /// A row of a pane, by its place in the list.
  case row(Model.Focus, Int)
  /// A vote, by its place in the session.
  case ballot(Int)
  /// A key's hint.
  case command(ConsoleCommand.ID)
  /// A row of the menu on top.
  case entry(Int)
  /// The field in which notes are typed.
  case noteField
  /// An answer to the question on top.
  case answer(Bool)
  /// What lies below a layer: nothing happens there.
  case layer
  /// The timeline of a replay, from its first to its last column.
  case timeline
}

/// Collects what stands where while a screen is drawn; what was drawn last lies on top.
///
/// A class, so that all panes of one drawing note in the same list.
final class Targets {
  var all: [(rect: Rect, target: Target)] = []
}

/// What the tables do in the breakout that runs.
struct TableActivity {
  /// What one table does.
  enum State: Equatable {
    /// It asks for help, so many whole minutes already.
    case asksHelp(minutes: Int)
    /// A contribution came in within the last minute.
    case writes
    /// Nothing came for so many whole minutes.
    case silent(minutes: Int)
    /// Nothing to tell.
    case calm
  }

  /// After how long without a contribution a table counts as silent.
  private static let patience: Interval = .minutes(5)

  private let session: Session
  private let now: Moment
  private let tally: TableCounts
  /// When the breakout that runs began; nil outside of one or while its clock stands still.
  private let start: Moment?

  init(_ session: Session, _ tally: TableCounts, at now: Moment) {
    self.session = session
    self.now = now
    self.tally = tally
    let isWorking = session.currentItem?.phase == .breakout && session.flow.pausedSince == nil
    start = isWorking ? session.flow.visits.last?.started : nil
  }

  /// How many contributions the room has brought in, withdrawn and merged ones left out.
  var fromRoom: Int { tally.fromRoom }

  /// Returns how many contributions a table has brought in, withdrawn and merged ones left out.
  func count(of table: Int) -> Int { tally.counts.indices.contains(table) ? tally.counts[table] : 0 }

  func state(of table: Int) -> State {
    if let since = session.help[table] { return .asksHelp(minutes: Int(max(0, now - since) / .minutes(1))) }
    guard let start, tally.last.indices.contains(table) else { return .calm }
    let last = tally.last[table]
    if let last, last >= start, now - last < .minutes(1) { return .writes }
    let silence = now - max(last ?? start, start)
    return silence >= Self.patience ? .silent(minutes: Int(silence / .minutes(1))) : .calm
  }
}

/// How much the tables have brought in, counted once for each event and not for each frame.
struct TableCounts: Sendable {
  /// The event up to which was counted.
  let seq: Int
  /// By table number: an array, since it is asked for every table of every frame.
  private(set) var counts: [Int]
  /// When a table brought in its last contribution.
  private(set) var last: [Moment?]
  /// How many contributions the room has brought in.
  private(set) var fromRoom = 0

  init(_ session: Session) {
    seq = session.lastSeq
    // No hall has more; a damaged record may name any number.
    let places = min(9_999, max(0, session.tables.map(\.number).max() ?? 0)) + 1
    counts = Array(repeating: 0, count: places)
    last = Array(repeating: nil, count: places)
    for contribution in session.contributions where contribution.source == nil {
      if contribution.stands { fromRoom += 1 }
      guard let table = contribution.table, counts.indices.contains(table) else { continue }
      last[table] = contribution.at
      if contribution.stands { counts[table] += 1 }
    }
  }
}

extension TableActivity.State {
  /// The state as a sign and a word.
  var phrase: Phrase {
    switch self {
    case .asksHelp(let minutes):
      minutes == 0
        ? Phrase(nl: "! HULP", en: "! HELP") : Phrase(nl: "! HULP \(minutes)′", en: "! HELP \(minutes)′")
    case .writes: Phrase(nl: "✎ schrijft", en: "✎ writing")
    case .silent(let minutes): Phrase(nl: "○ stil \(minutes)′", en: "○ silent \(minutes)′")
    case .calm: Phrase(same: "")
    }
  }

  var role: Role {
    switch self {
    case .asksHelp: .alarm
    case .writes: .ok
    case .silent: .warning
    case .calm: .dim
    }
  }
}
