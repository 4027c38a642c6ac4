import Conference
import Ground
import Screen

/// The words that are commands in the plain console; both languages are always understood.
extension PlainConsole {
  /// The words for commands of the screen.
  static let words: [(words: [String], id: ConsoleCommand.ID)] = [
    (["volgende", "next"], .advance), (["pauze", "verder", "pause", "resume"], .pause),
    (["roep tafel", "roep", "call table", "call"], .callTable), (["einde beurt", "end turn"], .endSlot),
    (["deel in", "draw"], .draw), (["op tijd", "on time"], .finishOnTime),
    (["ongedaan", "undo"], .undo), (["opnieuw", "redo"], .redo), (["sluit af", "close"], .close),
    (["stop", "quit"], .leave),
  ]

  /// The words that take the best tables so far.
  static let enough = ["genoeg", "enough"]

  /// Carries out a line: a command, or else a contribution.
  mutating func carryOut(_ line: String) -> [Effect] {
    let word = line.lowercased()
    if let found = Self.words.first(where: { $0.words.contains(word) }),
      let command = ConsoleCommand.all.first(where: { $0.id == found.id })
    {
      return model.perform(command)
    }
    switch word {
    case "": now.forEach { say($0) }
    case "?", "opdrachten", "commands": PlainTexts.help.forEach { say($0) }
    case "tijd", "time": time.forEach { say($0) }
    case "agenda", "programma": agenda.forEach { say($0) }
    case "wie", "who": people.forEach { say($0) }
    case "lijst", "list": list.forEach { say($0) }
    case "soorten", "kinds": kinds.forEach { say($0) }
    case "plenair", "plenary":
      model.isPlenaryNote = true
      now.forEach { say($0) }
    case "hulp", "help": return callForHelp()
    case "stil", "quiet":
      isQuiet.toggle()
      say(isQuiet ? PlainTexts.quiet : PlainTexts.notQuiet)
    case "bewaar", "keep": return keepAll()
    case _ where Self.enough.contains(word):
      if model.drawing == nil { say(PlainTexts.noDrawing) }
      return model.endDrawing(taking: true)
    case "herstel tafels", "mend tables": mendTables(.toCome)
    case "herstel deze ronde", "mend this round": mendTables(.thisToo)
    default: return withNumber(word) ?? withText(line) ?? contribute(line)
    }
    return []
  }

  private mutating func contribute(_ line: String) -> [Effect] {
    guard !model.noteText(line, kind: model.note.kind).text.isEmpty else {
      say(Refusal.emptyText.phrase)
      return []
    }
    return model.offer(line, kind: model.note.kind, table: model.noteTable)
  }

  private mutating func callForHelp() -> [Effect] {
    guard let table = model.noteTable else {
      say(PlainTexts.noTable)
      return []
    }
    let isAsked = model.session.help[table] != nil
    model.confirm(
      isAsked ? PlainTexts.wasSomebodyHere(table) : PlainTexts.callForHelp(table),
      isAsked ? .answerHelp(table: table) : .askHelp(table: table))
    return []
  }

  /// Tells who would move and what that gains, and asks.
  private mutating func mendTables(_ reach: ReseatProposal.Reach) {
    if let why = model.whyNoMending { return say(why) }
    do {
      guard let proposal = try model.session.reseatProposal(reach) else {
        return say(MendWords.nothing(reach))
      }
      for line in model.mendLines(proposal) where !line.isEmpty { say(line) }
      say(MendWords.reach(reach, mayChoose: model.session.runningDrawnRound != nil))
      model.confirm(MendWords.question, .mendTables(proposal.moves))
    } catch {
      say(MendWords.cannot)
      error.reasons.forEach { say($0) }
    }
  }

  /// Offers all that was not kept once more.
  private mutating func keepAll() -> [Effect] {
    var effects = model.offerAgain()
    for (table, editor) in model.note.drafts.sorted(by: { ($0.key ?? 0) < ($1.key ?? 0) })
    where !editor.text.trimmed.isEmpty {
      model.note.drafts[table] = nil
      effects += model.offer(editor.text, kind: model.note.kind, table: table)
    }
    if effects.isEmpty { say(Texts.allKept) }
    return effects
  }

  /// `tafel 3`, `trek in 12`, `+5`; nil: the line is none of these.
  private mutating func withNumber(_ word: String) -> [Effect]? {
    if let sign = word.first, "+-".contains(sign), let minutes = Int(word), minutes != 0, abs(minutes) <= 1440
    {
      return model.give(.extend(item: nil, seconds: minutes * 60))
    }
    var parts = word.split(separator: " ")
    guard parts.count > 1, let last = parts.popLast() else { return nil }
    // Contributions are called c12; the number alone does as well.
    guard let number = Int(last.hasPrefix("c") ? last.dropFirst() : last) else { return nil }
    switch parts.joined(separator: " ") {
    case "tafel", "table":
      guard let index = model.session.tables.firstIndex(where: { $0.number == number }) else {
        say(Refusal.unknownTable(number).phrase)
        return []
      }
      (model.tables.selected, model.isPlenaryNote) = (index, false)
      now.forEach { say($0) }
      return []
    case "trek in", "withdraw": return model.give(.withdraw(id: "c\(number)"))
    case "herstel", "restore": return model.give(.restore(id: "c\(number)"))
    case "top": return model.give(.top(id: "c\(number)", true))
    case "uit top", "not top": return model.give(.top(id: "c\(number)", false))
    default: return nil
    }
  }

  /// `bericht: …`, `wijzig 12: …`, `soort mening`; nil: the line is none of these.
  private mutating func withText(_ line: String) -> [Effect]? {
    if let space = line.firstIndex(of: " "), ["soort", "kind"].contains(line[..<space].lowercased()) {
      let name = line[line.index(after: space)...]
      guard let kind = model.session.plan?.kinds.first(where: { $0.isNamed(name) }) else { return nil }
      model.note.kind = kind.id
      return []
    }
    if let space = line.firstIndex(of: " "), model.trouble != nil,
      ["elders", "elsewhere"].contains(line[..<space].lowercased())
    {
      model.elsewhere = String(line[space...]).trimmed
      return [.continueElsewhere(model.elsewhere)]
    }
    guard let colon = line.firstIndex(of: ":") else { return nil }
    let text = String(line[line.index(after: colon)...]).trimmed
    let head = line[..<colon].lowercased().split(separator: " ")
    if head == ["bericht"] || head == ["message"] { return model.give(.message(text, tables: [])) }
    guard head.count == 2, head[0] == "wijzig" || head[0] == "change",
      let number = Int(head[1].hasPrefix("c") ? head[1].dropFirst() : head[1]),
      let index = model.session.contributionIndex("c\(number)")
    else { return nil }
    return model.give(.amend(id: "c\(number)", text: text, kind: model.session.contributions[index].kind))
  }

  // MARK: - What is asked

  /// Where we are: the item, its question, and for whom is typed.
  var now: [String] {
    let question = model.session.currentItem?.question.map { [PlainTexts.question($0)[model.language]] } ?? []
    return time + question + [
      PlainTexts.youTypeFor(place(model.noteTable), kindName(model.note.kind))[model.language]
    ]
  }

  private var time: [String] {
    let clock = model.session.clock(at: model.now)
    guard let item = model.session.currentItem, let reading = clock.item else {
      let isClosed = model.session.flow.status == .closed
      return [(isClosed ? PlainTexts.closed : PlainTexts.prepared)[model.language]]
    }
    return [
      PlainTexts.timeLeft(item.title, reading.remaining, isPaused: reading.isPaused)[model.language],
      clock.day.driftPhrase(in: model.session)[model.language],
    ]
  }

  private var agenda: [String] {
    let days = model.session.clock(at: model.now).day.items
    return model.session.items.enumerated().map { index, item in
      let mark = index == model.session.flow.current ? PlainTexts.isRunning[model.language] + " " : ""
      let time = days.indices.contains(index) ? model.session.zone.clock(days[index].start) + " " : ""
      return mark + time + item.title
    }
  }

  private var people: [String] {
    guard let table = model.noteTable, let seated = model.session.shownSeating?.seating.tables[table] else {
      return [(model.noteTable == nil ? Texts.plenaryPlace : Texts.notSeated)[model.language]]
    }
    return seated.compactMap { id in
      guard let person = model.session.participant(id) else { return nil }
      let absent = model.session.presence(of: id) == .absent ? Texts.absent[model.language] : nil
      return [person.name, person.group, absent].compactMap { $0 }.joined(separator: ", ")
    }
  }

  private var list: [String] {
    let lines = model.session.contributions(ofTable: model.noteTable).map { one in
      let marks = [
        one.isWithdrawn ? Texts.withdrawn[model.language] : nil, one.isTop ? "top" : nil, one.owner,
        one.due?.phrase[model.language],
      ].compactMap { $0 }
      return "\(one.id), \(kindName(one.kind))\(marks.map { ", \($0)" }.joined()): \(one.text)"
    }
    return lines.isEmpty ? [PlainTexts.nothing(place(model.noteTable))[model.language]] : lines
  }

  private var kinds: [String] {
    (model.session.plan?.kinds ?? []).map { "\($0.key.map { "\($0): " } ?? "")\($0.name[model.language])" }
  }
}
