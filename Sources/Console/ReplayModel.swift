import Conference
import Ground
import Screen

// What the console does with a replay: the session on the screen is that of the moment.
extension Model {
  /// Changes the replay, and shows the moment at which it then stands.
  mutating func inReplay(_ change: (inout Replay) -> Void) -> [Effect] {
    guard var moved = replay else { return [] }
    let running = session.flow.current
    // Held in one place only, the session's lists grow as it moves; else each move would copy them first.
    replay = nil
    session = Session()
    change(&moved)
    session = moved.session
    now = moved.moment
    replay = moved
    if session.flow.current != running { agenda.follow(session) }
    return []
  }

  /// Goes somewhere in the replay and says what is there.
  mutating func jump(_ change: (inout Replay) -> Void) -> [Effect] {
    let (position, moment) = (replay?.position, replay?.moment)
    let effects = inReplay(change)
    if replay?.position != position || replay?.moment != moment { sayWhere() }
    return effects
  }

  /// Says which moment is shown, and what happened there last.
  private mutating func sayWhere() {
    guard let replay else { return }
    let time = replay.clock(replay.moment, withSeconds: true, in: language)
    let what = replay.lastLine.map { replay.words(for: $0)[language] } ?? ""
    let flat = TextWidth.oneLine(what)
    let end = replay.isAtEnd ? Phrase(nl: "einde: ", en: "end: ")[language] : ""
    let gap = replay.gapHere.map { "✗ \($0.phrase[language]) · " } ?? ""
    say(Phrase(same: "\(time) · \(gap)\(end)\(flat)"), gap.isEmpty ? .ok : .warning)
    if focus == .contributions, let id = replay.lastLine?.payload["id"]?.string { choose(contribution: id) }
  }

  private mutating func choose(contribution id: String) {
    if session.contributionIndex(id) != nil { contributions.selected = id }
  }

  /// Time passed: plays on.
  mutating func tickReplay(_ time: Moment) {
    if let toast, replay?.lastTick != nil, time > toast.until { self.toast = nil }
    // What was said before there was a clock stays as long as anything else.
    if replay?.lastTick == nil { toast?.until = time + .seconds(8) }
    guard let replay, replay.isPlaying || replay.isOpening else {
      self.replay?.tick(time)
      return
    }
    _ = inReplay { $0.tick(time) }
  }

  // MARK: - The timeline

  /// Goes to the column of the timeline that the mouse is at.
  mutating func goOnTimeline(toColumn column: Int) -> [Effect] {
    let layout = Layout(size: size, focus: focus, isReplay: true, tables: session.tables.count)
    guard let replay, let rect = layout.timeline else { return [] }
    let track = TimelinePane.track(in: rect, replay, language)
    let moment = replay.index.moment(atPart: column - track.column, of: track.columns - 1)
    return moment.map { moment in jump { $0.go(to: moment) } } ?? []
  }

  // MARK: - Search

  /// Opens the list of what is found in the whole record.
  mutating func openSearch() {
    guard let replay else { return }
    let search = replay.search ?? ReplaySearch(replay, in: language)
    self.replay?.search = search
    open(
      Menu(
        title: Phrase(nl: "Zoek in het hele naslagwerk", en: "Search the whole record"),
        entries: search.results(""),
        pick: { model, choice in
          guard case .entry(let entry) = choice, let position = Int(entry.id) else { return [] }
          return model.show(position)
        }, source: { search.results($0) }))
  }

  /// Goes to a place that was found, and shows where it is on the screen.
  private mutating func show(_ position: Int) -> [Effect] {
    let effects = jump { $0.go(to: position) }
    guard let line = replay?.lastLine else { return effects }
    let id = line.payload["id"]?.string ?? ""
    switch line.type {
    case "contribution.added", "contribution.amended":
      focus = .contributions
      choose(contribution: id)
    case "participant.arrived", "participant.registered":
      if let table = session.shownSeating?.seating.table(of: id),
        let index = session.tables.firstIndex(where: { $0.number == table })
      {
        tables.selected = index
        focus = .tables
      }
    default: if focus.isPage { focus = .agenda }
    }
    return effects
  }
}
