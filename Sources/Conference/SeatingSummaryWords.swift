import Ground

// The summary of a drawing in sentences.

extension SeatingSummary {
  /// Returns the summary in sentences; people are called what `label` makes of their id.
  public func phrases(_ label: (String) -> String) -> [Phrase] {
    [meetingsPhrase, againPhrase(label)] + alike.map(\.phrase) + lopsided.map(\.phrase) + [costPhrase]
  }

  private var meetingsPhrase: Phrase {
    let range = { (to: String) in
      fewestMet == mostMet ? "\(fewestMet)" : "\(fewestMet) \(to) \(mostMet)"
    }
    return Phrase(
      nl: "Iedereen ontmoet \(range("tot")) anderen, gemiddeld \(inDutch(meanMetTenths, places: 1)); "
        + "meer dan \(mostPossible) kan niet.",
      en: "Everyone meets \(range("to")) others, \(decimal(meanMetTenths, places: 1)) on average; "
        + "more than \(mostPossible) is not possible.")
  }

  private func againPhrase(_ label: (String) -> String) -> Phrase {
    guard !again.isEmpty else {
      return Phrase(
        nl: "Niemand zit twee keer met dezelfde aan tafel.", en: "Nobody sits with the same person twice.")
    }
    let told = again.prefix(10)
    let more = again.count - told.count
    func pairs(_ and: String, _ times: String) -> [String] {
      told.map { "\(label($0.a)) \(and) \(label($0.b))\($0.times > 2 ? " (\($0.times) \(times))" : "")" }
    }
    let dutch = pairs("en", "keer") + (more > 0 ? ["en nog \(more)"] : [])
    let english = pairs("and", "times") + (more > 0 ? ["and \(more) more"] : [])
    return Phrase(
      nl: "\(again.count) paar ontmoet elkaar vaker dan één keer: \(dutch.joined(separator: ", ")).",
      en: "\(again.count) \(again.count == 1 ? "pair meets" : "pairs meet") more than once: "
        + "\(english.joined(separator: ", ")).")
  }

  private var costPhrase: Phrase {
    let (cost, bound) = (terms.reduce(0) { $0 + $1.cost }, terms.reduce(0) { $0 + ($1.bound ?? 0) })
    func each(_ bound: String, _ number: (Int) -> String, _ language: Language) -> String {
      terms.map { term in
        "\(term.word[language]) \(number(term.cost))"
          + (term.bound.map { $0 == term.cost ? "" : " (\(bound) \(number($0)))" } ?? "")
      }.joined(separator: ", ")
    }
    let verdict = SeatingSummary.verdict(cost: cost, bound: bound)
    return Phrase(
      nl: "Kosten \(costInDutch(cost)): \(each("minstens", costInDutch, .nl)). \(verdict.nl)",
      en: "Cost \(costInEnglish(cost)): \(each("at least", costInEnglish, .en)). \(verdict.en)")
  }

  /// How a cost compares to its bound: `Ondergrens 149,6; dit is 0,5 % erboven`.
  ///
  /// Both are in thousandths.
  public static func verdict(cost: Int, bound: Int) -> Phrase {
    guard cost > bound else { return Phrase(nl: "Beter kan niet.", en: "It cannot be better.") }
    let above = SeatingSummary.above(cost: cost, bound: bound)
    return Phrase(
      nl: "Ondergrens \(costInDutch(bound))\(above.map { "; dit is \($0.nl) erboven" } ?? "").",
      en: "Bound \(costInEnglish(bound))\(above.map { "; this is \($0.en) above it" } ?? "").")
  }

  /// How far a cost is above its bound, both in thousandths, as `0,5 %`; nil where the bound is 0.
  public static func above(cost: Int, bound: Int) -> Phrase? {
    guard bound > 0 else { return nil }
    // In tenths of a per cent, upwards: what is not reached is never told as 0 %.
    let tenths = ((cost - bound) * 1000 + bound - 1) / bound
    return Phrase(nl: inDutch(tenths, places: 1) + " %", en: decimal(tenths, places: 1) + "%")
  }
}

/// Thousandths in words of a language, with two decimals at most.
public func costInWords(_ thousandths: Int) -> Phrase {
  Phrase(nl: costInDutch(thousandths), en: costInEnglish(thousandths))
}

private func costInDutch(_ thousandths: Int) -> String { inDutch(hundredthsRounded(thousandths), places: 2) }
private func costInEnglish(_ thousandths: Int) -> String {
  decimal(hundredthsRounded(thousandths), places: 2)
}

/// Half a hundredth goes up.
func hundredthsRounded(_ thousandths: Int) -> Int {
  (abs(thousandths) + 5) / 10 * thousandths.signum()
}

func inDutch(_ units: Int, places: Int) -> String { decimal(units, places: places, mark: ",") }

extension SeatingSummary.Lopsided {
  /// `groep: tafel 4 in ronde 2 is het scheefst: 3 van de 8 ambtenaar, in de zaal 18 %`.
  public var phrase: Phrase {
    let share = (room * 100 + people / 2) / max(1, people)
    return Phrase(
      nl: "\(word.nl): het scheefst is tafel \(table) in ronde \(round): \(here) van \(size) "
        + "\(value ?? "zonder"), in de zaal \(share) %.",
      en: "\(word.en): the most uneven is table \(table) in round \(round): \(here) of \(size) "
        + "\(value ?? "without"), in the room \(share)%.")
  }
}

extension SeatingSummary.Alike {
  /// `organisatie: 4 paar van dezelfde aan één tafel; de meeste aan tafel 3 in ronde 1: 3 van Prov1`.
  public var phrase: Phrase {
    Phrase(
      nl: "\(word.nl): \(pairs) paar van dezelfde aan één tafel; de meeste aan tafel \(table) in ronde "
        + "\(round): \(people) van \(value).",
      en: "\(word.en): \(pairs) \(pairs == 1 ? "pair" : "pairs") of the same at one table; most at table "
        + "\(table) in round \(round): \(people) of \(value).")
  }
}
