import Conference
import Ground

/// A record that is played back: the same fold, over a part of the lines.
public struct Replay: Sendable {
  /// All lines of the record, in the newest shapes of their types.
  let lines: [Line]
  /// Where lines are missing; none but in a damaged record.
  let gaps: [Gap]
  private let versions: EventVersions
  /// What stands where in them.
  let index: ReplayIndex
  /// The zone of the place; at the very start of the record the session does not know it yet.
  let zone: Zone
  /// How many lines this version cannot read, as far as the record was read; those of other programs (`x.…`)
  /// are not meant to be read.
  private(set) var unreadable = 0
  /// How many lines are folded in.
  private(set) var position: Int
  /// The state at that place.
  private(set) var session: Session
  /// The moment that is shown.
  private(set) var moment: Moment
  var isPlaying = false
  /// How many times faster than real.
  var speed: Int64
  /// The longest that a silence is played, in time of the viewer; nil: as long as it was.
  var idleLimit: Interval?
  /// The limit that comes back when silences are shortened again.
  let chosenIdleLimit: Interval
  /// What can be searched; made when it is first asked for.
  var search: ReplaySearch?
  /// When time was last told; nil before the first time.
  private(set) var lastTick: Moment?
  /// The state before every `step`th line as far as the record was read, so that going somewhere needs no
  /// fold from the start.
  private var snapshots: [Session] = []
  private let step: Int
  /// The furthest place that was reached.
  private var furthest = 0
  /// Whether it is still on its way to the end, where it opens.
  private(set) var isOpening = false

  /// The speeds that there are.
  public static let speeds: [Int64] = [1, 2, 5, 10, 30, 60, 120, 300, 600]
  /// The speed unless another is chosen.
  public static let usualSpeed: Int64 = 60
  /// The longest that a silence is played unless another limit is chosen.
  public static let usualIdleLimit: Interval = .seconds(5)

  /// How many states are kept: each copies the list of contributions, the rest is shared.
  private static let snapshotCount = 16
  /// So many lines are folded in no time anyhow.
  private static let smallestStep = 500
  /// So many lines are read before the first screen is shown, and with every tick after it.
  static let linesAtOnce = 20_000

  /// Takes in the lines of a record that can be read, with the gaps between them, and stands at their end.
  ///
  /// `speed` is how many times faster than real it plays; `idleLimit` the longest that a silence takes the
  /// viewer, 0 for as long as it was.
  public init(
    lines: [Line], gaps: [Gap] = [], speed: Int64 = usualSpeed, idleLimit: Interval = usualIdleLimit,
    versions: EventVersions = .released
  ) {
    let lines = versions.lifted(lines)
    self.lines = lines
    self.gaps = gaps
    self.versions = versions
    self.speed = speed
    chosenIdleLimit = idleLimit > 0 ? idleLimit : Replay.usualIdleLimit
    self.idleLimit = idleLimit > 0 ? idleLimit : nil
    step = max(Replay.smallestStep, lines.count / Replay.snapshotCount)
    // The opening, which tells the zone and the agenda, stands in front.
    var opening = Session()
    for line in lines.prefix(while: { $0.type != "phase.started" }).prefix(Replay.linesAtOnce) {
      try? opening.apply(line, in: versions)
    }
    zone = opening.zone
    index = ReplayIndex(lines, opening)
    position = 0
    session = Session()
    moment = lines.first?.at ?? Moment(milliseconds: 0)
    go(to: min(lines.count, Replay.linesAtOnce))
    isOpening = !isAtEnd
  }

  /// Reads on towards the end, where a replay opens; a long record takes some ticks.
  private mutating func readOn() {
    go(to: position + Replay.linesAtOnce)
    isOpening = !isAtEnd
  }

  /// Whether all of the record is shown.
  var isAtEnd: Bool { position == lines.count }

  /// The line folded in last, or nil at the very start.
  var lastLine: Line? { position > 0 ? lines[position - 1] : nil }

  // MARK: - Going somewhere

  /// Goes to where the first `target` lines are folded in, clamped to the record.
  public mutating func go(to target: Int) {
    let target = max(0, min(lines.count, target))
    isOpening = false
    let snapshot = min(target / step, snapshots.count - 1)
    // Forwards too: from the snapshot it may be nearer than from here.
    if snapshot >= 0, target < position || snapshot * step > position {
      session = snapshots[snapshot]
      position = snapshot * step
    }
    for index in position..<target {
      if index == snapshots.count * step { snapshots.append(session) }
      for gap in gaps(at: index) { session.meet(gap) }
      do {
        try session.apply(lines[index], in: versions)
      } catch {
        if index >= furthest { unreadable += 1 }
      }
    }
    if target == lines.count, session.gaps.count < gaps.count {
      for gap in gaps(at: target) { session.meet(gap) }
    }
    position = target
    furthest = max(furthest, position)
    moment = target > 0 ? lines[target - 1].at : lines.first?.at ?? moment
  }

  /// The gaps in front of the line at `position`, or behind the last.
  private func gaps(at position: Int) -> [Gap] {
    gaps.isEmpty ? [] : gaps.filter { $0.position == position }
  }

  /// The gap in front of the line that was folded in last, or that ends the record.
  var gapHere: Gap? {
    gaps.last { $0.position == position - 1 || isAtEnd && $0.position == position }
  }

  /// The places at which one sees what stands behind each gap.
  var gapPlaces: [Int] { gaps.map { min($0.position + 1, lines.count) } }

  /// The places of markers and gaps, in order.
  var marks: [Int] { (index.markers + gapPlaces).sorted() }

  /// Goes to a moment; all that happened until then is folded in.
  public mutating func go(to time: Moment) {
    go(to: index.position(at: time))
    moment = max(moment, min(time, lines.last?.at ?? time))
  }

  /// Goes to where the conference had just been opened.
  mutating func goToStart() { go(to: index.opened) }

  /// Goes to the next of some places, or with `direction` -1 to the one before; returns whether there is one.
  mutating func go(_ direction: Int, among places: [Int]) -> Bool {
    let target = direction > 0 ? places.first { $0 > position } : places.last { $0 < position }
    guard let target else { return false }
    go(to: target)
    return true
  }

  // MARK: - Playing

  mutating func togglePlay() {
    // At the end there is nothing left to play: it plays again.
    if !isPlaying, isAtEnd { goToStart() }
    isPlaying.toggle()
  }

  mutating func changeSpeed(_ direction: Int) {
    let next =
      direction > 0
      ? Replay.speeds.first { $0 > speed } : Replay.speeds.last { $0 < speed }
    speed = next ?? speed
  }

  mutating func toggleIdleLimit() { idleLimit = idleLimit == nil ? chosenIdleLimit : nil }

  /// Forgets when time was last told, so that the time in which the program stood still is not played.
  mutating func forgetTick() { lastTick = nil }

  /// Plays on by the time that passed since the last tick.
  mutating func tick(_ time: Moment) {
    defer { lastTick = time }
    if isOpening { return readOn() }
    guard isPlaying, let lastTick else { return }
    go(to: momentReached(after: max(0, time - lastTick)))
    if isAtEnd { isPlaying = false }
  }

  /// How it moves, as a sign.
  var sign: String { isOpening ? "…" : !isPlaying ? "‖" : isHurrying ? "▶▶" : "▶" }

  /// Whether the silence that is shown is played faster than the rest.
  var isHurrying: Bool {
    guard isPlaying, let silence = silence(before: position) else { return false }
    return pace(of: silence).isHurried
  }

  /// Returns the moment that is shown when the viewer has watched for so long.
  private func momentReached(after watched: Interval) -> Moment {
    // Not in whole milliseconds: at 600 times real each of them would be more than half a second.
    var left = Double(watched)
    var reached = moment
    var next = position
    while left > 0, next < lines.count {
      let pace = pace(of: silence(before: next) ?? 0)
      let gap = max(0, lines[next].at - reached)
      let factor = Double(pace.record) / Double(pace.viewer)
      let taken = Double(gap) / factor
      guard taken <= left else { return reached + Interval((left * factor).rounded()) }
      left -= taken
      reached = lines[next].at
      next += 1
    }
    return reached
  }

  /// How long nothing happened before a line; nil behind the last.
  private func silence(before next: Int) -> Interval? {
    guard next > 0, next < lines.count else { return nil }
    return lines[next].at - lines[next - 1].at
  }

  /// How much of the record passes in how much of the viewer's time, within a silence.
  ///
  /// A silence that would take longer than the limit is run through faster, from its start to its end: the
  /// clock that is shown is true all the time, and never leaps.
  private func pace(of silence: Interval) -> (record: Int64, viewer: Int64, isHurried: Bool) {
    guard let idleLimit, silence > idleLimit * speed else { return (speed, 1, false) }
    return (silence, idleLimit, true)
  }
}
