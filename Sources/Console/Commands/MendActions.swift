import Conference
import Ground
import Screen

// Mending the tables when people came late or stayed away: before and after are read first, and nobody moves
// without a yes.

extension Model {
  /// Why no tables can be mended, or nil.
  var whyNoMending: Phrase? {
    if session.flow.status == .closed { return Refusal.alreadyClosed.phrase }
    if session.seatings.isEmpty { return Refusal.notDrawn(round: max(1, session.openRound)).phrase }
    return session.seatings.keys.contains { $0 >= session.openRound } ? nil : MendWords.allHeld
  }

  /// Shows what would mend the tables, for a yes or a no.
  mutating func openMending(_ reach: ReseatProposal.Reach = .toCome) -> [Effect] {
    let mayChoose = session.runningDrawnRound != nil
    var proposal: ReseatProposal?
    var lines: [String]
    do {
      proposal = try session.reseatProposal(reach)
      lines = proposal.map(mendLines) ?? [MendWords.nothing(reach)[language]]
    } catch {
      lines = [MendWords.cannot[language]] + error.reasons.map { "· \($0[language])" }
    }
    lines.append("")
    lines.append(MendWords.reach(reach, mayChoose: mayChoose)[language])
    let moves = proposal?.moves ?? []
    var card = Card(title: MendWords.title, paragraphs: lines)
    card.footer = MendWords.footer(canAccept: !moves.isEmpty, mayChoose: mayChoose, reach)
    card.act = { model, key in
      switch key {
      case .enter where !moves.isEmpty, .character("j") where !moves.isEmpty,
        .character("y") where !moves.isEmpty:
        model.layers.removeLast()
        return model.give(.mendTables(moves))
      case .character("n"): return model.closeLayer()
      case .character("r") where mayChoose:
        model.layers.removeLast()
        return model.openMending(reach == .toCome ? .thisToo : .toCome)
      default: return nil
      }
    }
    layers.append(.card(card))
    return []
  }

  /// A proposal in lines: who would move, then what that gains.
  func mendLines(_ proposal: ReseatProposal) -> [String] {
    // Who makes the same move in several rounds is named once.
    var rounds: [SeatMove: [Int]] = [:]
    var order: [SeatMove] = []
    for move in proposal.moves {
      let key = SeatMove(person: move.person, round: 0, from: move.from, to: move.to)
      if rounds[key] == nil { order.append(key) }
      rounds[key, default: []].append(move.round)
    }
    let people = order.map { move in
      "· "
        + MendWords.move(
          (session.participant(move.person)?.name ?? move.person).onOneLine, from: move.from, to: move.to,
          rounds: rounds[move] ?? [])[language]
    }
    let point = language == .nl ? "," : "."
    let gains =
      proposal.counts.map { "· \($0.word[language]): \($0.before) → \($0.after)" } + [
        "· "
          + MendWords.score(
            SeatingPane.Words.points(proposal.before, point), SeatingPane.Words.points(proposal.after, point))[
            language]
      ]
    let count = Set(proposal.moves.map(\.person)).count
    return [MendWords.movers(count)[language]] + people + ["", MendWords.gains[language]] + gains
  }
}

/// The words about mending tables.
enum MendWords {
  static let title = Phrase(nl: "Herstel de tafels: voorstel", en: "Mend the tables: proposal")
  static let gains = Phrase(nl: "Nu → daarna:", en: "Now → then:")
  static let question = Phrase(nl: "De tafels zo herstellen?", en: "Mend the tables like this?")
  static let cannot = Phrase(
    nl: "Er is geen voorstel, want niet alle regels kunnen samen:",
    en: "There is no proposal, since not all rules can be met together:")
  static let allHeld = Phrase(
    nl: "Alle ingedeelde rondes zijn gehouden; die tafels blijven zoals ze waren.",
    en: "All rounds that were drawn have been held; their tables stay as they were.")

  static func movers(_ count: Int) -> Phrase {
    Phrase(
      nl: count == 1 ? "1 mens verandert van tafel:" : "\(count) mensen veranderen van tafel:",
      en: count == 1 ? "1 person changes tables:" : "\(count) people change tables:")
  }

  static func nothing(_ reach: ReseatProposal.Reach) -> Phrase {
    reach == .toCome
      ? Phrase(
        nl: "De tafels van de rondes die komen zijn goed zo: verhuizen maakt ze niet beter.",
        en: "The tables of the rounds to come are fine: moving people makes them no better.")
      : Phrase(
        nl: "Ook met deze ronde erbij zijn de tafels goed zo: verhuizen maakt ze niet beter.",
        en: "With this round as well the tables are fine: moving people makes them no better.")
  }

  static func reach(_ reach: ReseatProposal.Reach, mayChoose: Bool) -> Phrase {
    switch reach {
    case .thisToo:
      Phrase(
        nl: "Dit is met de ronde die nu loopt; gehouden rondes veranderen nooit.",
        en: "This is with the round that runs now; rounds held never change.")
    case .toCome where mayChoose:
      Phrase(
        nl: "Dit is alleen voor de rondes die komen; wie nu zit, blijft nu zitten.",
        en: "This is for the rounds to come only; who sits now keeps their chair now.")
    case .toCome:
      Phrase(nl: "Gehouden rondes veranderen nooit.", en: "Rounds held never change.")
    }
  }

  static func footer(canAccept: Bool, mayChoose: Bool, _ reach: ReseatProposal.Reach) -> Phrase {
    let accept =
      canAccept
      ? Phrase(nl: "Enter ja · Esc nee, alles blijft", en: "Enter yes · Esc no, all stays")
      : Phrase(nl: "Esc sluit", en: "Esc closes")
    guard mayChoose else { return accept }
    let other =
      reach == .toCome
      ? Phrase(nl: "r deze ronde ook", en: "r this round too")
      : Phrase(nl: "r alleen wat komt", en: "r only what comes")
    return Phrase(nl: "\(accept.nl) · \(other.nl)", en: "\(accept.en) · \(other.en)")
  }

  static func move(_ name: String, from: Int?, to: Int, rounds: [Int]) -> Phrase {
    func list(_ and: String) -> String {
      let numbers = rounds.map(String.init)
      guard let last = numbers.last, numbers.count > 1 else { return numbers.joined() }
      return numbers.dropLast().joined(separator: ", ") + " \(and) \(last)"
    }
    let old = from.map(String.init)
    return Phrase(
      nl: "\(name): \(old.map { "tafel \($0)" } ?? "nog geen stoel") → \(old == nil ? "tafel " : "")\(to), "
        + "ronde \(list("en"))",
      en: "\(name): \(old.map { "table \($0)" } ?? "no chair yet") → \(old == nil ? "table " : "")\(to), "
        + "\(rounds.count == 1 ? "round" : "rounds") \(list("and"))")
  }

  static func score(_ before: String, _ after: String) -> Phrase {
    Phrase(
      nl: "score, lager is beter: \(before) → \(after)", en: "score, lower is better: \(before) → \(after)")
  }

  static func mended(_ people: Int) -> Phrase {
    Phrase(
      nl: people == 1
        ? "✓ De tafels zijn hersteld: 1 mens verhuist; u maakt ongedaan."
        : "✓ De tafels zijn hersteld: \(people) mensen verhuizen; u maakt ongedaan.",
      en: people == 1
        ? "✓ The tables are mended: 1 person moves; u undoes it."
        : "✓ The tables are mended: \(people) people move; u undoes it.")
  }
}
