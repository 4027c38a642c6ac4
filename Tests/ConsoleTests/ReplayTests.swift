import Conference
import Ground
import Screen
import Testing

@testable import Console

@Suite struct ReplayTests {
  private func replaying(
    _ lines: [Line], size: Size = Size(rows: 36, columns: 120), language: Language = .nl
  ) -> Model { Model(replaying: lines, size: size, language: language) }

  private func day() throws -> Rig {
    var rig = try Rig()
    try rig.draw()
    rig.press(.character(" "))
    rig.wait(minutes: 10)
    rig.press(.character(" "))
    rig.wait(minutes: 10)
    rig.press(.character(" "))
    return rig
  }

  // MARK: - Going somewhere

  @Test func anyPlaceIsTheFoldUpToIt() throws {
    let lines = try GeneratedRecord(lines: 2_000, days: 2).lines
    var replay = Replay(lines: lines)
    var folds: [Int: Session] = [:]
    var generator = SplitMix64(seed: 14)
    var targets = [0, 1, 499, 500, 501, 3, lines.count, 250, lines.count + 9, -4]
    targets += (0..<40).map { _ in Int.random(in: 0...lines.count, using: &generator) }
    var fold = Session()
    for (index, line) in lines.enumerated() {
      if targets.contains(index) { folds[index] = fold }
      try? fold.apply(line)
    }
    folds[lines.count] = fold
    for target in targets {
      replay.go(to: target)
      let place = max(0, min(lines.count, target))
      #expect(replay.session == folds[place], "\(target)")
      #expect(replay.position == place)
    }
  }

  /// A record with gaps is the fold over what is left, wherever one jumps, and each gap is met once.
  @Test func gapsAreMetWhereTheyAre() throws {
    let whole = try GeneratedRecord(lines: 2_000, days: 2).lines
    let cuts = [40..<43, 700..<701, 1990..<2000]
    let lines = whole.indices.filter { line in !cuts.contains { $0.contains(line) } }.map { whole[$0] }
    var gone = 0
    let gaps = cuts.map { cut in
      let position = cut.lowerBound - gone
      gone += cut.count
      let isEnd = position == lines.count
      return Gap(
        position: position, missing: isEnd ? nil : cut.count, line: position + 1, offset: 0, code: "seq",
        reason: Phrase(nl: "weg", en: "gone"), after: lines[position - 1].at,
        before: isEnd ? nil : lines[position].at)
    }
    var replay = Replay(lines: lines, gaps: gaps)
    #expect(replay.session.gaps.map(\.gap) == gaps)
    for target in [lines.count, 0, 40, 41, 39, 700, 696, 698, 1500, lines.count, 3, lines.count - 1] {
      replay.go(to: target)
      var fold = Session()
      for (index, line) in lines.prefix(target).enumerated() {
        for gap in gaps where gap.position == index { fold.meet(gap) }
        try? fold.apply(line)
      }
      if target == lines.count, let last = gaps.last { fold.meet(last) }
      #expect(replay.session == fold, "\(target)")
    }
    replay.go(to: 41)
    #expect(replay.gapHere == gaps[0])
    #expect(replay.marks.contains(41))
    let found = ReplaySearch(Replay(lines: lines, gaps: gaps), in: .nl).results("ontbreken")
    #expect(found.first?.text.contains("hier ontbreken 3 regels") == true)
    let late = try #require(lines.last { $0.type == "contribution.added" }?.payload["text"]?.string)
    #expect(!ReplaySearch(replay, in: .nl).results(late).isEmpty)
    // The head tells of them on every size, and the timeline has a mark, where the cursor does not stand on it.
    for size in [Size(rows: 24, columns: 80), Size(rows: 36, columns: 120)] {
      let picture = Model(replay: Replay(lines: lines, gaps: gaps), size: size, language: .nl).view()
        .plainText
      #expect(picture.contains("✗ 4 regels ontbreken"))
      #expect(picture.filter { $0 == "✗" }.count >= 2)
    }
  }

  @Test func aMomentShowsAllThatHappenedUntilThen() throws {
    let lines = try GeneratedRecord(lines: 900).lines
    var replay = Replay(lines: lines)
    for line in [lines[300], lines[700], lines[150]] {
      replay.go(to: line.at + 1)
      #expect(replay.position == lines.count { $0.at <= line.at + 1 })
      #expect(replay.moment == line.at + 1)
    }
    replay.go(to: GeneratedRecord.begin + .minutes(-60))
    #expect(replay.position == 0)
  }

  /// A record that is too long for one go is read on with every tick; going somewhere waits for nothing.
  @Test func aVeryLongRecordOpensWhileItIsRead() throws {
    var lines = try GeneratedRecord(lines: 600).lines
    let last = try #require(lines.last)
    while lines.count < Replay.linesAtOnce + 100 {
      lines.append(
        Line(
          seq: lines.count, at: last.at + Interval(lines.count), type: "x.sensor.read", by: "host",
          cmd: CommandID(high: 3, low: 3), data: [:]))
    }
    var model = replaying(lines)
    #expect(model.replay?.isAtEnd == false)
    #expect(model.view().plainText.contains("TERUGSPELEN …"))
    _ = model.update(.tick(last.at))
    #expect(model.replay?.isAtEnd == true)
    #expect(model.view().plainText.contains("TERUGSPELEN ‖"))
    // Lines of other programs are none that should have been known.
    #expect(model.replay?.unreadable == 0)
  }

  @Test func keysGoThroughTheRecord() throws {
    let rig = try day()
    var model = replaying(rig.lines)
    #expect(model.session.currentItem?.id == "i3")
    func press(_ keys: Key...) { for key in keys { _ = model.update(.input(.key(key))) } }
    press(.character("["))
    #expect(model.session.currentItem?.id == "i2")
    #expect(model.view().plainText.contains("13:10:00 · Opening en resultaten van de enquête · plenair"))
    press(.home)
    #expect(model.session.currentItem == nil)
    press(.character("["))
    #expect(model.view().plainText.contains("Hiervoor is er geen."))
    press(.character("g"))
    for character in "13:05" { press(.character(character)) }
    press(.enter)
    #expect(model.session.currentItem?.id == "i1")
    #expect(model.session.clock(at: model.now).item?.elapsed == .seconds(359))
    press(.end)
    #expect(model.session == rig.host)
    #expect(model.view().plainText.contains("einde:"))
    press(.left, .character(","), .right, .character("."))
    #expect(model.session == rig.host)
  }

  @Test func landmarksAreVisitedOneByOne() throws {
    let lines = try GeneratedRecord(lines: 800).lines
    let keys: [(Character, Character, String, Int?)] = [
      ("}", "{", "marker.set", nil), ("c", "C", "contribution.added", nil),
      ("t", "T", "contribution.added", 4), ("]", "[", "phase.started", nil),
    ]
    for (next, previous, type, table) in keys {
      let places = lines.indices.filter {
        lines[$0].type == type && (table == nil || lines[$0].data["table"]?.int == table)
      }.map { $0 + 1 }
      var model = replaying(lines)
      func press(_ key: Key) { _ = model.update(.input(.key(key))) }
      press(.home)
      press(.character("4"))
      for place in places {
        press(.character(next))
        #expect(model.replay?.position == place)
      }
      press(.character(next))
      #expect(model.view().plainText.contains("Hierna komt er geen meer."))
      for place in places.dropLast().reversed() {
        press(.character(previous))
        #expect(model.replay?.position == place)
      }
    }
  }

  // MARK: - Playing

  @Test func playingFollowsTheClock() throws {
    let rig = try day()
    var replay = Replay(lines: rig.lines, idleLimit: 0)
    replay.go(to: try #require(replay.moment("13:05")))
    replay.togglePlay()
    replay.tick(rig.now)
    replay.tick(rig.now + .seconds(5))
    // Five seconds at 60 times real are five minutes: 13:10:59, in the second item.
    #expect(replay.session.currentItem?.id == "i2")
    #expect(replay.session.clock(at: replay.moment).item?.elapsed == .seconds(59))
    // The time in which the program stood still is not played.
    replay.forgetTick()
    let before = replay.moment
    replay.tick(rig.now + .minutes(90))
    #expect(replay.moment == before)
    replay.tick(rig.now + .minutes(99))
    #expect(replay.isAtEnd && !replay.isPlaying)
    #expect(replay.session == rig.host)
    replay.togglePlay()
    #expect(replay.isPlaying && replay.session.flow.visits.isEmpty)
  }

  /// Wish 14: the idle limit shortens a silence for the viewer, and leaves the times as they are.
  @Test func aLongSilenceTakesNoLongerThanTheLimit() throws {
    let rig = try day()
    var replay = Replay(lines: rig.lines, speed: 1, idleLimit: .seconds(4))
    replay.go(to: try #require(replay.index.starts.first).position)
    replay.togglePlay()
    replay.tick(rig.now)
    // Ten minutes are played in four seconds, and half of them in two.
    replay.tick(rig.now + .seconds(2))
    #expect(replay.session.clock(at: replay.moment).item?.elapsed == .minutes(5))
    #expect(replay.sign == "▶▶")
    replay.tick(rig.now + .seconds(4))
    #expect(replay.session.currentItem?.id == "i2")
    #expect(replay.session.clock(at: replay.moment).item?.elapsed == 0)
    replay.toggleIdleLimit()
    replay.tick(rig.now + .seconds(6))
    #expect(replay.session.clock(at: replay.moment).item?.elapsed == .seconds(2))
  }

  @Test func speedsAreALadder() {
    var replay = Replay(lines: [])
    #expect(replay.speed == 60)
    for _ in 0..<9 { replay.changeSpeed(1) }
    #expect(replay.speed == 600)
    var speeds = [replay.speed]
    for _ in 0..<9 {
      replay.changeSpeed(-1)
      speeds.append(replay.speed)
    }
    #expect(speeds == [600, 300, 120, 60, 30, 10, 5, 2, 1, 1])
  }

  @Test func aReplayGivesNoCommands() throws {
    var rig = try Rig()
    rig.press(.character(" "))
    for focus in Model.Focus.allCases where focus != .note {
      var model = replaying(rig.lines, size: Size(rows: 24, columns: 80))
      for byte in UInt8(32)...126 {
        model.focus = focus
        let effects = model.update(.input(.key(.character(Character(UnicodeScalar(byte))))))
        #expect(effects.allSatisfy { $0 == .quit })
        _ = model.update(.input(.key(.escape)))
      }
    }
  }

  @Test(arguments: Language.allCases)
  func linesThatNobodyKnowsAreCounted(language: Language) throws {
    var lines = try day().lines
    for type in ["hologram.shown", "phase.started", "x.own"] {
      lines.append(
        Line(
          seq: lines.count, at: try #require(lines.last?.at), type: type, by: "host",
          cmd: CommandID(high: 3, low: 3), data: [:]))
    }
    let model = replaying(lines, language: language)
    let words = Phrase(nl: "2 regels onbekend", en: "2 lines unknown")[language]
    #expect(model.view().plainText.components(of: words) == 2)
  }

  /// A seal is nobody's deed and changes nothing on the screen; who steps through the record reads what it is.
  @Test(arguments: Language.allCases)
  func aSealIsTold(language: Language) throws {
    var lines = try day().lines
    let sealed = Line(
      seq: lines.count, at: try #require(lines.last?.at), type: "record.sealed", by: "host",
      cmd: CommandID(high: 3, low: 3), data: ["upto": .int(lines.count - 1), "sha256": ""])
    lines.append(sealed)
    let replay = Replay(lines: lines)
    let words = Phrase(nl: "het naslagwerk is verzegeld", en: "the record was sealed")[language]
    #expect(replay.words(for: sealed)[language] == words)
    #expect(replay.unreadable == 0)
  }

  // MARK: - Times

  @Test(arguments: [
    ("13:00", true), ("50%", true), ("101%", false), ("24:00", false), ("12:30", false), ("1", false),
    ("", false), ("13:0x", false), ("13:00:01", true), ("za 13:10", true), ("sat 13:10", true),
    ("zo 13:10", false), ("21-11 13:10", true), ("2026-11-21 13:10", true), ("22-11 13:10", false),
    ("morgen om 13:10", false), ("13:61", false),
  ])
  func momentsAsPeopleTypeThem(text: String, isOne: Bool) throws {
    var rig = try Rig()
    rig.wait(minutes: 30)
    rig.press(.character(" "))
    #expect((Replay(lines: rig.lines).moment(text) != nil) == isOne)
  }

  @Test func aTimeOfTwoDaysIsTheNextOne() throws {
    let replay = Replay(lines: try GeneratedRecord(lines: 600, days: 2).lines)
    let first = try #require(replay.moment("14:30"))
    #expect(replay.clock(first, withSeconds: true, in: .nl) == "do 12-11 14:30:59")
    let second = try #require(replay.moment("14:30", after: first))
    #expect(replay.clock(second, in: .en) == "Fri 13-11 14:30")
    #expect(replay.moment("14:30", after: second) == first)
    #expect(replay.moment("vr 14:30") == second)
    #expect(replay.moment("13-11 14:30") == second)
    // A night takes no room: half of the timeline is not three o'clock in the morning.
    let half = try #require(replay.moment("50%"))
    #expect((8 * 60..<20 * 60).contains(replay.zone.local(half).minute))
  }

  // MARK: - The timeline

  @Test(arguments: SnapshotTests.sizes + [Size(rows: 12, columns: 40)], Language.allCases)
  func theTimeline(size: Size, language: Language) throws {
    var model = replaying(try GeneratedRecord(lines: 700, days: 2).lines, size: size, language: language)
    _ = model.update(.input(.key(.character("g"))))
    for character in "40%" { _ = model.update(.input(.key(.character(character)))) }
    _ = model.update(.input(.key(.enter)))
    try expectSnapshot(
      model.view().plainText, "replay.\(language).\(size.columns)x\(size.rows)")
  }

  @Test(arguments: SnapshotTests.sizes + [Size(rows: 12, columns: 40)])
  func theMouseGoesWhereItPoints(size: Size) throws {
    var model = replaying(try GeneratedRecord(lines: 700, days: 2).lines, size: size)
    let rect = try #require(
      Layout(size: size, focus: .agenda, isReplay: true, tables: model.session.tables.count).timeline)
    func mouse(_ kind: Mouse.Kind, _ column: Int, row: Int) {
      _ = model.update(.input(.mouse(Mouse(row: row, column: column, kind: kind))))
    }
    let replay = try #require(model.replay)
    let track = TimelinePane.track(in: rect, replay, .nl)
    for column in [0, 7, track.columns / 2, track.columns - 1] {
      mouse(.press, track.column + column, row: rect.row)
      let replay = try #require(model.replay)
      #expect(
        replay.index.column(ofOffset: replay.index.offset(of: replay.moment), of: track.columns) == column)
    }
    // A drag goes on where the mouse leaves the timeline, and ends when it is let go.
    mouse(.drag, track.column, row: 3)
    #expect(model.replay?.moment == replay.lines.first?.at)
    mouse(.release, track.column, row: 3)
    mouse(.drag, track.column + 9, row: 3)
    #expect(model.replay?.moment == replay.lines.first?.at)
  }

  @Test func onlyTheLastOfManyDragsCounts() {
    func mouse(_ column: Int, _ kind: Mouse.Kind) -> InputEvent {
      .mouse(Mouse(row: 1, column: column, kind: kind))
    }
    let events = [mouse(1, .press), mouse(2, .drag), mouse(3, .drag), mouse(3, .release), mouse(4, .drag)]
    #expect(
      events.withoutPassedDrags == [mouse(1, .press), mouse(3, .drag), mouse(3, .release), mouse(4, .drag)])
  }

  // MARK: - Search

  @Test func searchGoesToWhatWasSaidLater() throws {
    var rig = try Rig()
    try rig.draw()
    rig.press(.character(" "))
    rig.wait(minutes: 3)
    try rig.give(.contribute(NewContribution(table: 4, kind: "idea", text: "Eén loket voor cliënten")))
    try rig.give(.contribute(NewContribution(table: 2, kind: "idea", text: "De buurtbus rijdt door")))
    rig.wait(minutes: 3)
    try rig.give(.message("Nog vijf minuten", tables: []))
    try rig.give(.mark("Ruzie over het loket"))
    try rig.give(.arrive("P7"))
    let search = ReplaySearch(Replay(lines: rig.lines), in: .nl)
    func found(_ query: String) -> [String] { search.results(query).map(\.text) }
    #expect(found("LOKET VOOR cliËnten") == ["13:03 T4 idee: Eén loket voor cliënten"])
    #expect(found("een").first == "13:03 T4 idee: Eén loket voor cliënten")
    #expect(found("loket") == ["13:03 T4 idee: Eén loket voor cliënten", "13:06 ◆ Ruzie over het loket"])
    #expect(found("rijdt buurtbus") == ["13:03 T2 idee: De buurtbus rijdt door"])
    #expect(found("buurtbs").first == "13:03 T2 idee: De buurtbus rijdt door")
    #expect(found("vijf").first?.hasSuffix("Nog vijf minuten") == true)
    #expect(found("Nummer7").first == "13:06 deelnemer: Mens Nummer7, Organisatie 7")
    #expect(search.results("Terugkoppeling").first?.whyNot?.nl == "is niet gehouden")
    #expect(found("xyzxyz").isEmpty)

    var model = replaying(rig.lines)
    _ = model.update(.input(.key(.home)))
    _ = model.update(.input(.key(.character("/"))))
    for character in "loket voor" { _ = model.update(.input(.key(.character(character)))) }
    _ = model.update(.input(.key(.enter)))
    #expect(model.layers.isEmpty)
    #expect(model.session.contributions.count == 1)
    #expect(model.focus == .contributions && model.contributions.selected == "c1")
    #expect(model.view().plainText.contains("13:03:00 · tafel 4 · idee: Eén loket voor cliënten"))
  }

  @Test func foldingIsThatOfTheMenus() {
    for text in ["ÀÉÎÕÜ ÇÑ Øÿ", "“ideeën” — zó", "e\u{301}\u{308}", "日本 Été", "a.b", "ŁÓDŹ"] {
      #expect(String(decoding: Fuzzy.bytes(text), as: UTF8.self) == String(Fuzzy.folded(text)))
    }
  }

  // MARK: - What a table knew

  @Test func aTableKnewWhatWasThere() throws {
    var rig = try Rig()
    try rig.draw()
    try rig.give(.move(to: "i3", deliberate: true))
    rig.wait(minutes: 3)
    try rig.give(.contribute(NewContribution(table: 4, kind: "idea", text: "De eerste tekst")), by: "note-4")
    try rig.give(.message("Alleen voor tafel 2", tables: [2]))
    try rig.give(.message("Voor iedereen", tables: []))
    try rig.give(.show(id: "c1", true))
    let then = rig.now
    rig.wait(minutes: 3)
    try rig.give(.amend(id: "c1", text: "De latere tekst", kind: "idea"), by: "note-4")
    try rig.give(.message("Veel later", tables: [4]))

    var replay = Replay(lines: rig.lines)
    replay.go(to: then)
    let text = TableKnowledge(replay.session, table: 4, at: then, in: .nl).text
    for words in [
      "Tafel 4 · za 21-11 13:03", "Ronde 1 · uiteen in groepen", "Hoe bieden we passende", "Mens Nummer4 ·",
      "13:03 Voor iedereen", "13:03 idee: De eerste tekst", "Op het zaalscherm\n  T4 13:03 idee",
    ] { #expect(text.contains(words), "\(words) in \(text)") }
    for words in ["latere", "later", "tafel 2", "Mens Nummer5 "] {
      #expect(!text.contains(words), "\(words)")
    }
    let now = TableKnowledge(rig.host, table: 4, at: rig.now, in: .en, withNames: false).text
    #expect(now.contains("13:03 idea: ~ De latere tekst") && now.contains("13:06 Veel later"))
    #expect(!now.contains("Mens Nummer"))
  }

  @Test func controlCharactersOfPeopleAreShown() throws {
    var rig = try Rig()
    try rig.give(.contribute(NewContribution(table: 4, kind: "idea", text: "a\u{1B}[2Jb\u{9B}31m\nc")))
    let text = TableKnowledge(rig.host, table: 4, at: rig.now, in: .nl).text
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
    #expect(text.contains("⏎ c"))
  }

  @Test(arguments: SnapshotTests.sizes, Language.allCases)
  func thePageOfATable(size: Size, language: Language) throws {
    var model = replaying(try GeneratedRecord(lines: 400).lines, size: size, language: language)
    for key in [Key.character("4"), .character("T"), .character("w"), .pageDown] {
      _ = model.update(.input(.key(key)))
    }
    #expect(model.focus == .known)
    try expectSnapshot(model.view().plainText, "table.\(language).\(size.columns)x\(size.rows)")
    _ = model.update(.input(.key(.escape)))
    #expect(model.focus == .tables)
  }
}

extension String {
  /// How often a text stands in it.
  fileprivate func components(of text: String) -> Int {
    var rest = self[...]
    var count = 0
    while let range = rest.firstRange(of: text) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
