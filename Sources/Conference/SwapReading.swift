import Ground
import Seating

/// What would become of the tables when two people change seats in one round.
public struct SwapReading: Sendable, Equatable {
  /// The one person's id, and the table where they sit now.
  public var first: SeatedPerson
  /// The other's, who would take their seat.
  public var second: SeatedPerson
  /// The cost by term, in the order of the rules: meetings again, then each attribute to mix on.
  public var terms: [Term]
  /// The rules that hold now and that the swap would break, in words; empty: it may be done.
  public var violations: [Phrase]
  /// How many meetings again there would be more (or, negative, fewer).
  public var repeatMeetings: Int

  /// One term of the score (docs/SEATING.md), in thousandths of the unit of the weights; lower is better.
  public struct Term: Sendable, Equatable {
    /// `repeats`, or the attribute's name.
    public var name: String
    /// What it is about, as a word: `herhaalde ontmoetingen`, `groep`.
    public var word: Phrase
    /// What it costs now, in all rounds together.
    public var before: Int
    /// What it would cost.
    public var after: Int
    /// How the term would change in words: `groep beter gemengd`; nil where it would not.
    public var phrase: Phrase?
  }

  /// What all tables cost now.
  public var before: Int { terms.reduce(0) { $0 + $1.before } }
  /// What they would cost.
  public var after: Int { terms.reduce(0) { $0 + $1.after } }
  /// How much more they would cost; negative is better.
  public var change: Int { after - before }

  /// The difference in words: `beter: 2 herhaalde ontmoetingen minder, gemeente slechter gemengd`.
  public var phrase: Phrase {
    let verdict =
      change < 0
      ? Phrase(nl: "beter", en: "better")
      : change > 0 ? Phrase(nl: "slechter", en: "worse") : Phrase(nl: "even goed", en: "as good")
    let changes = terms.compactMap(\.phrase)
    guard !changes.isEmpty else { return verdict }
    return Phrase(
      nl: "\(verdict.nl): \(changes.map(\.nl).joined(separator: ", "))",
      en: "\(verdict.en): \(changes.map(\.en).joined(separator: ", "))")
  }
}

extension Session {
  /// Returns what would become of the tables when `a` and `b` change seats in `round`, from 1.
  ///
  /// The numbers are those of the engine's score over all drawn rounds. Nil unless both are expected or here
  /// and sit at different tables.
  public func swapCost(round: Int, a: String, b: String) -> SwapReading? {
    guard let board = SeatingBoard(self, round: round), let swaps = board.swaps,
      let first = board.indexOf[a], let second = board.indexOf[b],
      let change = swaps.change(first, second)
    else { return nil }
    return board.reading(first, second, change, swaps, now: board.problem.score(board.plan))
  }

  /// Returns the swaps that help most in `round`, from 1, for `person`: better than now, best first, no rule
  /// broken.
  ///
  /// Everyone at another table is weighed, each in time in the size of two tables.
  public func bestSwaps(for person: String, round: Int, limit: Int = 3) -> [SwapReading] {
    guard let board = SeatingBoard(self, round: round), let swaps = board.swaps,
      let one = board.indexOf[person]
    else { return [] }
    let best = board.best(of: board.request.participants.indices.map { (one, $0) }, swaps) { $0 < 0 }.prefix(
      max(0, limit))
    guard !best.isEmpty else { return [] }
    let now = board.problem.score(board.plan)
    return best.map { board.reading($0.a, $0.b, $0.change, swaps, now: now) }
  }
}

extension SeatingBoard {
  /// Returns those of `pairs` that break no rule and whose change in cost `isWanted`, the best first; among
  /// equals in the order of the list.
  func best(
    of pairs: [(a: Int, b: Int)], _ swaps: SeatSwaps, where isWanted: (Int) -> Bool = { _ in true }
  ) -> [(a: Int, b: Int, change: SeatingChange)] {
    let possible = pairs.compactMap { a, b -> (a: Int, b: Int, change: SeatingChange)? in
      guard let change = swaps.change(a, b), isWanted(change.total), swaps.broken(a, b).isEmpty else {
        return nil
      }
      return (a, b, change)
    }
    return possible.sorted { ($0.change.total, $0.a, $0.b) < ($1.change.total, $1.a, $1.b) }
  }

  /// The swap in words and numbers; `now` is the score of the tables as they stand.
  func reading(
    _ a: Int, _ b: Int, _ change: SeatingChange, _ swaps: SeatSwaps, now: SeatingScore
  ) -> SwapReading {
    func place(_ person: Int) -> SeatedPerson {
      SeatedPerson(
        person: request.participants[person].id,
        table: swaps.table(of: person).map { request.tables[$0].number } ?? 0)
    }
    var terms = [
      SwapReading.Term(
        name: "repeats", word: Phrase(nl: "herhaalde ontmoetingen", en: "repeated meetings"),
        before: now.repeats, after: now.repeats + change.repeats, phrase: repeatWords(change))
    ]
    for (number, rule) in request.rules.attributes.enumerated() {
      let more = change.attributes[number]
      terms.append(
        .init(
          name: rule.name, word: rule.word, before: now.attributes[number],
          after: now.attributes[number] + more, phrase: mixWords(rule, more)))
    }
    // Terms that most drawings do not have are told only where there is something to tell.
    for (name, word, cost, more) in [
      (
        "alone", Phrase(nl: "mensen alleen aan tafel", en: "people alone at a table"), now.alone, change.alone
      ),
      ("move", Phrase(nl: "verhuizingen", en: "moves"), now.moves, change.moves),
    ] where cost != 0 || more != 0 {
      let phrase =
        more < 0
        ? Phrase(nl: "minder \(word.nl)", en: "fewer \(word.en)")
        : Phrase(nl: "meer \(word.nl)", en: "more \(word.en)")
      terms.append(
        .init(name: name, word: word, before: cost, after: cost + more, phrase: more == 0 ? nil : phrase))
    }
    return SwapReading(
      first: place(a), second: place(b), terms: terms,
      violations: swaps.broken(a, b).compactMap { $0.swapPhrase(request) },
      repeatMeetings: change.repeatMeetings)
  }

  private func repeatWords(_ change: SeatingChange) -> Phrase? {
    guard change.repeats != 0 else { return nil }
    let count = abs(change.repeatMeetings)
    guard count > 0, (change.repeatMeetings > 0) == (change.repeats > 0) else {
      // As many meetings again, of pairs that met more often or less.
      return change.repeats < 0
        ? Phrase(nl: "herhaalde ontmoetingen beter verdeeld", en: "repeated meetings shared out better")
        : Phrase(nl: "herhaalde ontmoetingen slechter verdeeld", en: "repeated meetings shared out worse")
    }
    let (more, fewer) = (change.repeats > 0 ? "meer" : "minder", change.repeats > 0 ? "more" : "fewer")
    return Phrase(
      nl: count == 1 ? "1 herhaalde ontmoeting \(more)" : "\(count) herhaalde ontmoetingen \(more)",
      en: count == 1 ? "1 repeated meeting \(fewer)" : "\(count) repeated meetings \(fewer)")
  }

  private func mixWords(_ rule: MixingRules.Attribute, _ more: Int) -> Phrase? {
    guard more != 0 else { return nil }
    guard rule.kind == .spread else {
      return more < 0
        ? Phrase(nl: "\(rule.word.nl) beter gemengd", en: "\(rule.word.en) mixed better")
        : Phrase(nl: "\(rule.word.nl) slechter gemengd", en: "\(rule.word.en) mixed worse")
    }
    let pairs = abs(more) / max(1, rule.weight * 1000)
    return Phrase(
      nl: "\(pairs) paar van dezelfde \(rule.word.nl) \(more < 0 ? "minder" : "meer")",
      en:
        "\(pairs) \(pairs == 1 ? "pair" : "pairs") of the same \(rule.word.en) \(more < 0 ? "fewer" : "more")"
    )
  }
}

extension MixingRules.Attribute {
  /// What the attribute is called: `groep`, or the heading of the people's further column.
  public var word: Phrase {
    switch name {
    case "organisation": Phrase(nl: "organisatie", en: "organisation")
    case "group": Phrase(nl: "groep", en: "group")
    case "municipality": Phrase(nl: "gemeente", en: "municipality")
    default: Phrase(same: name)
    }
  }
}

extension SeatingViolation {
  /// The rule that a swap would break in words; nil for what no swap can break.
  fileprivate func swapPhrase(_ request: SeatingRequest) -> Phrase? {
    switch self {
    case .notAtPin(_, let person, let table):
      Phrase(
        nl: "\(request.name(person)) is vastgezet aan \(request.at(table).nl).",
        en: "\(request.name(person)) is pinned to \(request.at(table).en).")
    case .needUnmet(_, let person, let table):
      Phrase(
        nl: "\(request.at(table).nl.capitalised) heeft niet wat \(request.name(person)) nodig heeft"
          + "\(request.needs(of: person)).",
        en: "\(request.at(table).en.capitalised) lacks what \(request.name(person)) needs"
          + "\(request.needs(of: person)).")
    case .notApart(_, let table, let people):
      Phrase(
        nl: "\(request.list(people).nl) moeten uit elkaar, maar zitten dan beiden aan "
          + "\(request.at(table).nl).",
        en: "\(request.list(people).en) must be kept apart, but would both sit at \(request.at(table).en).")
    case .notTogether(_, let people):
      Phrase(
        nl: "\(request.list(people).nl) moeten bij elkaar zitten.",
        en: "\(request.list(people).en) must sit together.")
    default: nil
    }
  }
}
