import Conference
import Ground

/// What the simulated facilitator remembers.
struct Lead: Sendable {
  /// A stay at an item, or the time before the first.
  struct Stage: Sendable {
    /// The number of stays so far.
    var visits: Int
    var beats: [Script.Beat]
    /// Until when to wait before the next item, once this one has had its time.
    var waitsUntil: Moment?
    /// How often and when last the next item was tried.
    var tries = 0
    var lastTry: Moment?
    /// How often and when last a table was called.
    var calls = 0
    var lastCall: Moment?
  }

  var script: Script?
  /// The first moment seen.
  var began: Moment?
  var stage: Stage?
  /// When the next item was started too early, and how many stays there were before it.
  var slip: (at: Moment, visits: Int)?
  var lastResume: Moment?
  /// The calls for help that were answered: per table the moment at which it asked.
  var answered: [Int: Moment] = [:]
  /// The contribution on the room's screen.
  var shown: String?
  /// How many propositions and quotes were noted in plenary.
  var brought = 0
  var themesAdded = 0
  /// The index of the next contribution to put under a theme, and when.
  var toTheme = 0
  var nextTheming: Moment?
  /// How often closing was tried.
  var closings = 0
}

extension Rehearsal {
  /// Returns what the facilitator does at `now`, or nil when there is nothing left to do.
  ///
  /// That is so when the conference is closed, is not open, or has refused for half an hour to be closed.
  /// `now` may move on by any step; a few seconds look most natural.
  public mutating func facilitator(_ session: Session, at now: Moment) -> [Act]? {
    guard session.isOpen, session.flow.status != .closed, lead.closings < 30 else { return nil }
    return commands(session, now).map { Act(by: "facilitator", command: $0) }
  }

  private mutating func commands(_ session: Session, _ now: Moment) -> [Command] {
    if let slip = lead.slip {
      guard now - slip.at >= .seconds(20) else { return [] }
      lead.slip = nil
      return session.flow.visits.count == slip.visits + 1 ? [.undo] : []
    }
    if let since = session.flow.pausedSince {
      guard now - since >= .minutes(2), isTime(&lead.lastResume, .minutes(1), now) else { return [] }
      return [.resume]
    }
    let began = lead.began ?? now
    lead.began = began
    var script = lead.script ?? Script(session, chance)
    var commands = door(session, &script, began, now)
    let visits = session.flow.visits.count
    var stage =
      lead.stage.flatMap { $0.visits == visits ? $0 : nil }
      ?? Lead.Stage(
        visits: visits, beats: session.flow.current.flatMap { script.beats.removeValue(forKey: $0) } ?? [])
    lead.script = script
    defer { lead.stage = stage }
    guard let current = session.flow.current else {
      if now >= start(session, began) { commands += proceed(session, &stage, now) }
      return commands
    }
    let passed = share(of: current, session, now)
    while let beat = stage.beats.first, passed >= beat.share {
      stage.beats.removeFirst()
      commands += perform(beat.deed, session, current, now)
      // To be undone, the slip must be the last command.
      if lead.slip != nil || commands.last == .pause { return commands }
    }
    commands += help(session, now) + theming(session, now) + reportBack(session, &stage, current, now)
    if hasHadItsTime(session, &stage, current, now) { commands += proceed(session, &stage, now) }
    return commands
  }

  // MARK: - The door

  /// People are checked in as they come, and those who stay away marked absent.
  private func door(
    _ session: Session, _ script: inout Script, _ began: Moment, _ now: Moment
  ) -> [Command] {
    guard !script.people.isEmpty else { return [] }
    let visits = session.flow.visits.count
    let arrival: Int
    if session.items.first?.phase == .arrival {
      arrival = visits > 1 ? 100 : visits == 1 ? share(of: 0, session, now) : -1
    } else {
      arrival = visits > 0 ? 100 : Int((now - began) * 100 / .minutes(4))
    }
    let firstRound = session.items.firstIndex { $0.phase == .breakout }
    let round: Int
    if let firstRound, session.reachedRound <= 1 {
      round =
        session.reachedRound == 0
        ? -1 : session.flow.current == firstRound ? share(of: firstRound, session, now) : 100
    } else {
      round = arrival >= 95 ? 100 : -1
    }
    var commands: [Command] = []
    script.people.removeAll { id, fate in
      let isDue: Bool
      switch fate {
      case .inTime(let share): isDue = arrival >= share
      case .late(let share): isDue = round >= share
      case .never: isDue = arrival >= 95
      }
      guard isDue else { return false }
      if session.presence(of: id) == .expected {
        if case .never = fate { commands.append(.leave(id)) } else { commands.append(.arrive(id)) }
      }
      return true
    }
    return commands
  }

  // MARK: - The agenda

  /// When the first item starts: as planned if that is near, and not before people could come in.
  private func start(_ session: Session, _ began: Moment) -> Moment {
    let planned = session.clock(at: began).day.items.first?.plannedStart ?? began
    let ready = session.items.first?.phase == .arrival ? began : began + .minutes(5)
    return planned - began <= .minutes(30) ? max(planned, ready) : ready
  }

  /// The part of an item's time that has passed, in hundredths.
  private func share(of index: Int, _ session: Session, _ now: Moment) -> Int {
    let planned = session.plannedLength(of: index)
    return planned > 0 ? Int(session.flow.elapsed(index, at: now) * 100 / planned) : 100
  }

  /// Whether the item that runs can make way for the next.
  private func hasHadItsTime(
    _ session: Session, _ stage: inout Lead.Stage, _ current: Int, _ now: Moment
  ) -> Bool {
    if let moment = stage.waitsUntil { return now >= moment }
    let elapsed = session.flow.elapsed(current, at: now)
    let planned = session.plannedLength(of: current)
    if session.items[current].phase == .reportBack, !session.tables.isEmpty {
      let isDone = session.flow.slot == nil && session.nextToReport == nil
      guard isDone || elapsed >= planned * 3 / 2 + .minutes(2) else { return false }
    } else {
      guard elapsed >= planned + overrun(of: current, planned) else { return false }
    }
    stage.waitsUntil = fixedStart(after: current, session, now) ?? now
    return stage.waitsUntil == now
  }

  /// By how much an item runs over or, negative, stops early.
  private func overrun(of index: Int, _ planned: Interval) -> Interval {
    let seconds: Int
    switch chance.within(0...99, "overrun", index) {
    case 0..<35: seconds = chance.within(-30...30, "about", index)
    case 35..<70: seconds = chance.within(60...240, "over", index)
    default: seconds = -chance.within(30...150, "under", index)
    }
    return max(-planned / 5, min(planned / 5, .seconds(seconds)))
  }

  /// The fixed start of the item after `current`, if it is worth waiting for.
  ///
  /// No longer than the plan's own slack and half an hour: when the day is another one than the plan says,
  /// nobody sits waiting.
  private func fixedStart(after current: Int, _ session: Session, _ now: Moment) -> Moment? {
    let next = current + 1
    guard next < session.items.count, session.items[next].fixedStart != nil else { return nil }
    let planned = session.clock(at: now).day.items
    let start = planned[next].plannedStart
    let slack = start - planned[current].plannedEnd
    return start > now && start - now <= slack + .minutes(30) ? start : nil
  }

  /// The next item or the close; what was refused is tried a minute later, deliberately, and then passed
  /// over.
  private mutating func proceed(
    _ session: Session, _ stage: inout Lead.Stage, _ now: Moment
  ) -> [Command] {
    guard isTime(&stage.lastTry, .minutes(1), now) else { return [] }
    defer { stage.tries += 1 }
    let target = (session.flow.current ?? -1) + max(1, stage.tries)
    if target < session.items.count {
      return stage.tries == 0 ? [.advance] : [.move(to: session.items[target].id, deliberate: true)]
    }
    lead.closings += 1
    return [.close(deliberate: stage.tries > 0)]
  }

  /// The tables come one after the other, some shorter and some longer than their slot.
  private func reportBack(
    _ session: Session, _ stage: inout Lead.Stage, _ current: Int, _ now: Moment
  ) -> [Command] {
    guard session.items[current].phase == .reportBack, stage.calls < 2 * session.tables.count + 10
    else { return [] }
    if let slot = session.flow.slot {
      let share = chance.within(60...135, "slot", current, slot.table)
      let length = session.slotLength(of: current) * Interval(share) / 100
      guard session.flow.elapsed(slot, at: now) >= length else { return [] }
    } else if session.nextToReport == nil || session.flow.elapsed(current, at: now) < .seconds(20) {
      return []
    }
    guard isTime(&stage.lastCall, .seconds(20), now) else { return [] }
    stage.calls += 1
    return session.nextToReport == nil ? [.endSlot] : [.call(table: nil)]
  }

  // MARK: - What happens once

  private mutating func perform(
    _ deed: Script.Deed, _ session: Session, _ current: Int, _ now: Moment
  ) -> [Command] {
    switch deed {
    case .extend: return [.extend(item: nil, seconds: 300)] + message(Phrasebook.extended, session)
    case .pause: return [.pause]
    case .slip:
      lead.slip = (now, session.flow.visits.count)
      return [.advance]
    case .finishOnTime:
      let late = session.clock(at: now).day.expectedEnd - session.targetEnd(at: now)
      return late > .minutes(1) && late <= .minutes(60) ? [.finishOnTime] : []
    case .mark: return [.mark(Phrasebook.marker[voice.language])]
    case .show: return hide(session) + show(session)
    case .hide: return hide(session)
    case .bring: return bring(session)
    case .welcome: return message(Phrasebook.welcome, session)
    case .encourage: return encourage(session)
    case .walkIn: return walkIn(session)
    }
  }

  private func message(_ phrase: Phrase, _ session: Session) -> [Command] {
    session.tables.isEmpty ? [] : [.message(phrase[voice.language], tables: [])]
  }

  /// A word to the table that has written least in this round.
  private func encourage(_ session: Session) -> [Command] {
    var counts: [Int: Int] = [:]
    for contribution in session.contributions where contribution.item == session.currentItem?.id {
      if let table = contribution.table { counts[table, default: 0] += 1 }
    }
    // A table with nobody at it writes nothing at all.
    guard let quiet = counts.min(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key else { return [] }
    return [.message(Phrasebook.encouragement[voice.language], tables: [quiet])]
  }

  /// A recent contribution that may leave its table.
  private mutating func show(_ session: Session) -> [Command] {
    let candidates = session.contributions.suffix(40).filter {
      !$0.isWithdrawn && !$0.isShown && !session.isSensitive($0)
    }
    guard !candidates.isEmpty else { return [] }
    let chosen = chance.within(0...(candidates.count - 1), "show", session.lastSeq)
    lead.shown = candidates[chosen].id
    return [.show(id: candidates[chosen].id, true)]
  }

  private mutating func hide(_ session: Session) -> [Command] {
    guard let id = lead.shown else { return [] }
    lead.shown = nil
    let isShown = session.contributionIndex(id).map { session.contributions[$0].isShown } ?? false
    return isShown ? [.show(id: id, false)] : []
  }

  /// A proposition or a quote from the plenary, in turn, where the plan has these kinds.
  private mutating func bring(_ session: Session) -> [Command] {
    let kinds = ["proposition", "quote"].filter { session.kind($0) != nil }
    guard !kinds.isEmpty else { return [] }
    let kind = kinds[lead.brought % kinds.count]
    lead.brought += 1
    return [.contribute(NewContribution(table: nil, kind: kind, text: voice.contribution(kind: kind)))]
  }

  private func walkIn(_ session: Session) -> [Command] {
    let someone = chance.shuffled(session.participants, "walk-in").first
    return [
      .register(
        name: Phrasebook.walkIn.name, organisation: Phrasebook.walkIn.organisation[voice.language],
        group: someone?.group, municipality: someone?.municipality)
    ]
  }

  // MARK: - What goes on meanwhile

  /// Somebody who asked for help waits some minutes; after the round nobody waits any longer.
  private mutating func help(_ session: Session, _ now: Moment) -> [Command] {
    session.help.sorted { $0.key < $1.key }.compactMap { table, asked in
      let patience = chance.within(90...270, "help", table, Int(truncatingIfNeeded: asked.milliseconds))
      let isRound = session.currentItem?.phase == .breakout
      guard lead.answered[table] != asked, !isRound || now - asked >= .seconds(patience) else { return nil }
      lead.answered[table] = asked
      return .answerHelp(table: table)
    }
  }

  /// Themes are named as the contributions come in, and these put under them one by one.
  private mutating func theming(_ session: Session, _ now: Moment) -> [Command] {
    guard now >= lead.nextTheming ?? now, isTableTalkBegun(session) else { return [] }
    lead.nextTheming = now + .seconds(chance.within(8...25, "theming", session.lastSeq))
    let themes = Phrasebook.themes
    if lead.themesAdded < themes.count {
      guard session.contributions.count >= 5 * (lead.themesAdded + 1) else { return [] }
      let theme = themes[lead.themesAdded]
      lead.themesAdded += 1
      return [.addTheme(title: theme.title[voice.language], body: theme.body[voice.language])]
    }
    // Only a look at the next few: with thousands of contributions a moment must stay short.
    let end = min(session.contributions.count, lead.toTheme + 20)
    while lead.toTheme < end {
      let contribution = session.contributions[lead.toTheme]
      lead.toTheme += 1
      guard contribution.theme == nil, !contribution.isWithdrawn, let theme = theme(of: contribution, session)
      else { continue }
      return [.assign(id: contribution.id, theme: theme)]
    }
    return []
  }

  /// Whether the first round has begun; without rounds, at once.
  private func isTableTalkBegun(_ session: Session) -> Bool {
    func isRound(_ index: Int) -> Bool { session.items[index].phase == .breakout }
    return session.flow.visits.contains { isRound($0.item) }
      || !session.items.indices.contains(where: isRound)
  }

  /// The theme with most of its words in the text, or nil where no word is found.
  private func theme(of contribution: Contribution, _ session: Session) -> String? {
    let text = contribution.text.lowercased()
    var best: (count: Int, theme: String?) = (0, nil)
    for theme in Phrasebook.themes {
      let count = theme.words.count { text.contains($0[voice.language]) }
      guard count > best.count else { continue }
      best = (count, session.themes.first { $0.title == theme.title[voice.language] }?.id)
    }
    return best.theme
  }
}

/// Returns whether `interval` has passed since `last`, and if so makes `now` the last.
private func isTime(_ last: inout Moment?, _ interval: Interval, _ now: Moment) -> Bool {
  if let last, now - last < interval { return false }
  last = now
  return true
}
