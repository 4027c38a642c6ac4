import Conference
import Ground
import Screen

// What the keys of the seating page do.

extension Model {
  private typealias Words = SeatingPane.Words

  /// The round that the page shows, from 1.
  var seatingRound: Int { seating.round(in: session) }

  /// The person on whom the page's keys work, or nil.
  var chosenSeated: Participant? {
    seating.chosenPerson(at: tables.number(in: session), in: session).flatMap(session.participant)
  }

  /// Those marked, in the order of marking, with the chosen person where that makes a pair.
  var pickedPeople: [String] {
    guard seating.marked.count == 1, let chosen = chosenSeated?.id, chosen != seating.marked[0] else {
      return seating.marked
    }
    return seating.marked + [chosen]
  }

  // MARK: - Why not

  var whyNobodyChosen: Phrase? { chosenSeated == nil ? Words.choosePerson : nil }

  /// Two people may be marked while a table is chosen.
  var whyNobodyToSwap: Phrase? { pickedPeople.count > 1 ? nil : whyNobodyChosen }

  /// Why rules for the next drawing cannot change, or nil.
  var whyNoRuleChange: Phrase? {
    session.flow.status == .closed ? Refusal.alreadyClosed.phrase : nil
  }

  /// Why nobody can change places in the round that is shown, or nil.
  var whyNoSeatChange: Phrase? {
    if let why = whyNoRuleChange { return why }
    guard session.rounds > 0, let drawn = seating.drawnRound(in: session),
      session.seating(round: seatingRound) != nil
    else { return Refusal.notDrawn(round: seatingRound).phrase }
    return drawn < session.openRound ? Refusal.roundHeld(drawn).phrase : nil
  }

  // MARK: - Looking

  mutating func openSeating() -> [Effect] {
    focus = .seating
    seating.part = .tables
    seating.chosenRound = nil
    return []
  }

  mutating func leaveSeating() -> [Effect] {
    if seating.part == .attendance {
      seating.part = .people
    } else if !seating.marked.isEmpty {
      seating.marked = []
    } else {
      focus = .agenda
    }
    return []
  }

  mutating func moveSeatingRound(_ step: Int) -> [Effect] {
    seating.moveRound(step, in: session)
    return []
  }

  mutating func moveInSeating(_ step: Int) {
    if seating.part == .tables {
      tables.move(by: step, in: session)
    } else {
      seating.move(by: step, table: tables.number(in: session), in: session)
    }
  }

  /// Chooses a row that was pressed: the tables come first, then the people or those late and away.
  mutating func selectInSeating(_ index: Int) {
    let row = index - session.tables.count
    if row < 0 {
      tables.selected = index
      seating.part = .tables
    } else if seating.part == .attendance {
      seating.listed = row
    } else {
      seating.part = .people
      seating.choose(row: row, table: tables.number(in: session), in: session)
    }
  }

  /// Goes to a person's table in the round that is shown; those without a chair have none.
  mutating func showSeated(_ id: String) {
    guard let table = seating.sheet?.mixes.firstIndex(where: { ($0.people + $0.noShows).contains(id) })
    else { return }
    tables.selected = table
    seating.part = .people
    seating.person = id
  }

  mutating func markSeated() -> [Effect] {
    switch seating.part {
    case .tables: seating.part = .people
    case .people:
      if let id = chosenSeated?.id { seating.mark(id) }
    case .attendance:
      if let id = chosenSeated?.id { showSeated(id) }
    }
    return []
  }

  /// Lists all people; the page goes along to the table of whom one looks at, and back where one leaves.
  mutating func findSeated() -> [Effect] {
    var tableOf: [String: Int] = [:]
    for mix in seating.sheet?.mixes ?? [] {
      for id in mix.people + mix.noShows { tableOf[id] = mix.table }
    }
    let entries = session.participants.map { person in
      Menu.Entry(
        id: person.id, text: person.name.onOneLine,
        detail: tableOf[person.id].map { Texts.table($0)[language] } ?? Words.noChair[language])
    }
    let before = (tables.selected, seating.part, seating.person)
    open(
      Menu(title: Words.find, entries: entries) { model, choice in
        if case .entry(let entry) = choice { model.showSeated(entry.id) }
        return []
      } preview: { model, entry in
        model.showSeated(entry.id)
        return []
      } leave: { model in
        (model.tables.selected, model.seating.part, model.seating.person) = before
        return []
      })
    return []
  }

  /// Shows all that there is to say of the chosen table, for where it does not fit beside its people.
  mutating func explainTable() -> [Effect] {
    let table = tables.number(in: session)
    seating.follow(session, table: table, explains: true)
    guard let mix = seating.mix(of: table) else { return [] }
    let remarks = seating.remarks(mix, person: chosenSeated?.id, scene()).map(\.text)
    let drawn = seating.drawnRound(in: session).flatMap { round in
      session.seatings[round].map { SeatingPane.Words.drawn($0, round: round, in: session, language) }
    }
    show(Texts.table(mix.table), Array((remarks + (drawn ?? [])).map { [$0] }.joined(separator: [""])))
    return []
  }

  // MARK: - Changing seats

  mutating func swapSeats() -> [Effect] {
    let people = pickedPeople
    switch people.count {
    case 2: askToSwap(people[0], people[1])
    case 3...: say(Words.twoOnly, .warning)
    default:
      guard let chosen = chosenSeated, let round = seating.drawnRound(in: session) else { return [] }
      offerSwaps(for: chosen, round: round)
    }
    return []
  }

  private mutating func offerSwaps(for person: Participant, round: Int) {
    let swaps = session.bestSwaps(for: person.id, round: round, limit: 9)
    guard !swaps.isEmpty else { return say(Words.noBetterSwap(person.name.onOneLine)) }
    let point = language == .nl ? "," : "."
    let entries = swaps.map { swap in
      Menu.Entry(
        id: swap.second.person,
        text: "\(name(swap.second.person)) · \(Texts.table(swap.second.table)[language]) · "
          + swap.phrase[language],
        detail: Words.points(swap.change, point))
    }
    open(
      Menu(title: Words.swapTitle(person.name.onOneLine), entries: entries) { model, choice in
        if case .entry(let entry) = choice { model.askToSwap(person.id, entry.id) }
        return []
      })
  }

  /// Shows what a swap would do and the rules that it breaks, and asks.
  private mutating func askToSwap(_ a: String, _ b: String) {
    guard let round = seating.drawnRound(in: session) else { return }
    guard let swap = session.swapCost(round: round, a: a, b: b) else {
      let tables = session.seatings[round]?.tables ?? [:]
      let homeless = [a, b].first { id in !tables.contains { $0.value.contains(id) } }
      say(homeless.map { Refusal.notSeated(name($0), round: round).phrase } ?? Words.sameTable, .warning)
      return
    }
    confirm(
      Words.swapQuestion(swap, (name(a), name(b)), round: round),
      .swap(round: round, a: a, b: b, deliberate: !swap.violations.isEmpty))
  }

  mutating func moveSeat() -> [Effect] {
    guard let person = chosenSeated, let sheet = seating.sheet, let round = seating.drawnRound(in: session)
    else { return [] }
    let entries = zip(sheet.mixes, sheet.chairs).filter { !$0.0.people.contains(person.id) }.map {
      mix, chairs in
      let free = chairs - mix.people.count
      return Menu.Entry(
        id: String(mix.table), text: "\(Texts.table(mix.table)[language]) · \(mix.phrase[language])",
        detail: free > 0 ? Words.free(free)[language] : "", whyNot: free > 0 ? nil : Words.noFreeChair)
    }
    open(
      Menu(title: Words.moveTitle(person.name.onOneLine), entries: entries) { model, choice in
        guard case .entry(let entry) = choice, let table = Int(entry.id) else { return [] }
        return model.give(.reseat(person: person.id, table: table, round: round))
      })
    return []
  }

  // MARK: - Rules for the next drawing

  mutating func pinSeated() -> [Effect] {
    guard let person = chosenSeated else { return [] }
    if session.plan?.mixing.pin(of: person.id) != nil { return give(.unpin(person: person.id)) }
    let table = seating.sheet?.mixes.first { $0.people.contains(person.id) }?.table
    guard let table else {
      say(Refusal.notSeated(person.name, round: seatingRound).phrase, .warning)
      return []
    }
    return give(.pin(person: person.id, table: table))
  }

  mutating func keepSeatedApart() -> [Effect] {
    let people = pickedPeople
    let isApart = session.plan?.mixing.keepApart.contains { Set(people).isSubset(of: $0) } ?? false
    return give(isApart ? .allowTogether(people) : .keepApart(people))
  }

  // MARK: - What came of it

  /// Tells what the record now says, and follows who moved.
  mutating func seatsKept(_ command: Command) {
    switch command {
    case .swap(_, let a, let b, _):
      seating.marked = []
      say(
        Phrase(
          nl: "✓ \(name(a)) en \(name(b)) zijn geruild; u maakt ongedaan.",
          en: "✓ \(name(a)) and \(name(b)) changed places; u undoes it."),
        .ok)
    case .reseat(let person, let table, _, _):
      seating.marked = []
      say(
        Phrase(
          nl: "✓ \(name(person)) zit nu aan tafel \(table).",
          en: "✓ \(name(person)) now sits at table \(table)."), .ok)
    case .mendTables(let moves, _): say(MendWords.mended(Set(moves.map(\.person)).count), .ok)
    case .pin(let person, let table, _):
      say(
        Phrase(
          nl: "✓ \(name(person)) staat vast aan tafel \(table), vanaf de volgende indeling (t).",
          en: "✓ \(name(person)) is pinned to table \(table), from the next drawing on (t)."), .ok)
    case .unpin(let person):
      say(
        Phrase(nl: "✓ \(name(person)) staat niet meer vast.", en: "✓ \(name(person)) is pinned no more."), .ok
      )
    case .keepApart(let people):
      seating.marked = []
      let names = people.map(name).joined(separator: ", ")
      say(
        Phrase(
          nl: "✓ Uit elkaar vanaf de volgende indeling (t): \(names).",
          en: "✓ Apart from the next drawing on (t): \(names)."), .ok)
    case .allowTogether(let people):
      seating.marked = []
      let names = people.map(name).joined(separator: ", ")
      say(Phrase(nl: "✓ Mogen weer bij elkaar: \(names).", en: "✓ May sit together again: \(names)."), .ok)
    case .arrive(let person) where focus == .seating:
      let table = session.seating(round: seatingRound)?.table(of: person)
      say(
        table.map {
          Phrase(nl: "✓ \(name(person)) is er: tafel \($0).", en: "✓ \(name(person)) is here: table \($0).")
        }
          ?? Phrase(nl: "✓ \(name(person)) is er.", en: "✓ \(name(person)) is here."), .ok)
    case .leave(let person) where focus == .seating:
      say(
        Phrase(
          nl: "✓ \(name(person)) is er niet; de stoel blijft leeg en niemand verschuift.",
          en: "✓ \(name(person)) is not here; the chair stays empty and nobody moves."), .ok)
    default: break
    }
  }

  /// Tells which papers were written and where, or why they were not.
  mutating func papersWritten(_ outcome: ConsoleLink.Papers) {
    switch outcome {
    case .written(let folder, let files):
      show(
        Phrase(nl: "Tafelkaarten en namenlijst geschreven", en: "Table cards and list of names written"),
        [Phrase(nl: "In de map \(folder):", en: "In the folder \(folder):")[language], ""]
          + files.map { "· \($0.name): \($0.what[language])" })
    case .failed(let why):
      show(Phrase(nl: "Niet geschreven", en: "Not written"), [why[language]])
    }
  }

  private func name(_ id: String) -> String { (session.participant(id)?.name ?? id).onOneLine }
}
