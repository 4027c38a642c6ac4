import Conference
import Ground

// How the tables of a round were drawn, in words.

extension SeatingPane.Words {
  /// What the tables cost by the drawing, what is possible, and what was changed by hand; nil: not known.
  static func cost(_ seating: RoundSeating) -> Phrase? {
    guard let cost = seating.drawing.score.thousandths("total") else { return nil }
    let changes = seating.changes.compactMap(\.costs)
    func text(_ language: Language) -> String {
      let point = language == .nl ? "," : "."
      var parts = [Phrase(nl: "Kosten ", en: "Cost ")[language] + points(cost, point)]
      if seating.drawing.isOptimal == true {
        parts.append(cannotBeBetter[language])
      } else if let bound = seating.drawing.bound.thousandths("total") {
        parts.append(leastPossible(points(bound, point))[language])
      }
      if !changes.isEmpty {
        parts.append(byHand(changes.count, signed(changes.reduce(0, +), point))[language])
      }
      return parts.joined(separator: " · ")
    }
    return Phrase(nl: text(.nl), en: text(.en))
  }

  /// All that the record knows of a round's drawing and of what was changed by hand since.
  static func drawn(
    _ seating: RoundSeating, round: Int, in session: Session, _ language: Language
  ) -> [String] {
    let drawing = seating.drawing
    let point = language == .nl ? "," : "."
    func name(_ id: String) -> String { (session.participant(id)?.name ?? id).onOneLine }
    var lines = [
      Phrase(
        nl: "Ronde \(round) is ingedeeld door \(drawing.engine), met zaad \(drawing.seed) en "
          + "\(drawing.brokenOffAt ?? drawing.effort) voorstellen\(drawing.brokenOffAt == nil ? "" : " (eerder genomen)").",
        en: "Round \(round) was drawn by \(drawing.engine), with seed \(drawing.seed) and "
          + "\(drawing.brokenOffAt ?? drawing.effort) proposals\(drawing.brokenOffAt == nil ? "" : " (taken early)")."
      )[language]
    ]
    let terms = drawing.score.filter { $0.name != "total" }.compactMap { term -> String? in
      guard let cost = Int(term.value) else { return nil }
      let bound = drawing.bound.thousandths(term.name).map { " (≥ \(points($0, point)))" } ?? ""
      return "\(word(of: term.name)[language]) \(points(cost, point))\(bound)"
    }
    if let cost = self.cost(seating) {
      lines.append(([cost[language]] + terms).joined(separator: " · ").withFullStop)
    }
    for change in seating.changes {
      let names = change.people.map(name).joined(separator: " ↔ ")
      let cost = change.costs.map { ": \(signed($0, point))" } ?? ""
      lines.append(Phrase(nl: "Met de hand: \(names)\(cost).", en: "By hand: \(names)\(cost).")[language])
    }
    return lines
  }

  static let cannotBeBetter = Phrase(nl: "beter kan niet", en: "cannot be better")

  private static func leastPossible(_ bound: String) -> Phrase {
    Phrase(nl: "minder dan \(bound) kan niet", en: "less than \(bound) is not possible")
  }

  private static func byHand(_ count: Int, _ cost: String) -> Phrase {
    Phrase(
      nl: "\(count)× met de hand (\(cost))", en: "\(count)× by hand (\(cost))")
  }

  private static func signed(_ thousandths: Int, _ point: String) -> String {
    (thousandths > 0 ? "+" : "") + points(thousandths, point)
  }

  /// What a term of a score is about.
  private static func word(of term: String) -> Phrase {
    if let name = term.split(separator: ":", maxSplits: 1).last, term.hasPrefix("mix:") {
      return MixingRules.Attribute(name: String(name), kind: .mirror, weight: 0).word
    }
    switch term {
    case "repeats": return Phrase(nl: "elkaar vaker treffen", en: "meeting again")
    case "alone": return Phrase(nl: "alleen aan tafel", en: "alone at a table")
    case "moves": return Phrase(nl: "verplaatst", en: "moved")
    default: return Phrase(same: term)
    }
  }
}

extension String {
  /// The text with a full stop at its end.
  var withFullStop: String { self + "." }
}
