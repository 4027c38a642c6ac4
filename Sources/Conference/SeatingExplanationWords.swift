import Ground

// The explanation in sentences. Each takes what people are to be called by their id.

extension SeatingExplanation.PersonRound {
  /// `Ronde 2: tafel 4, vastgezet aan deze tafel. Nieuw: …; eerder ontmoet: …`.
  public func phrase(_ label: (String) -> String) -> Phrase {
    guard let table else {
      return Phrase(nl: "Ronde \(round): niet aanwezig.", en: "Round \(round): not there.")
    }
    let why =
      rules.isEmpty
      ? Phrase(nl: "geen regel, gekozen voor het geheel", en: "no rule, chosen for the whole")
      : Phrase(nl: joined(rules.map(\.nl), "en"), en: joined(rules.map(\.en), "and"))
    func people(_ ids: [String], _ nobody: String) -> String {
      ids.isEmpty ? nobody : ids.map(label).joined(separator: ", ")
    }
    return Phrase(
      nl: "Ronde \(round): tafel \(table); \(why.nl). Ontmoet voor het eerst: \(people(first, "niemand"))"
        + (again.isEmpty ? "." : "; opnieuw: \(people(again, ""))."),
      en: "Round \(round): table \(table); \(why.en). Meets for the first time: \(people(first, "nobody"))"
        + (again.isEmpty ? "." : "; again: \(people(again, ""))."))
  }
}

extension SeatingExplanation.Meeting {
  /// `Ronde 2: P001 ruilen met P017 (tafel 4) kost 12 meer: …`.
  public func phrase(_ label: (String) -> String) -> Phrase {
    let told: Phrase =
      switch reason {
      case .together(let table): Phrase(nl: "samen aan tafel \(table)", en: "together at table \(table)")
      case .missing(let id): Phrase(nl: "\(label(id)) is er niet", en: "\(label(id)) is not there")
      case .held: Phrase(nl: "de ronde is al gehouden", en: "the round has been held already")
      case .apart: Phrase(nl: "een regel houdt hen uit elkaar", en: "a rule keeps them apart")
      case .noSwap: Phrase(nl: "geen ruil brengt hen bij elkaar", en: "no swap brings them together")
      case .swap(let swap): swap.told(label)
      }
    return Phrase(nl: "Ronde \(round): \(told.nl).", en: "Round \(round): \(told.en).")
  }
}

extension SwapReading {
  /// The swap with what it costs, or with the rules that forbid it.
  fileprivate func told(_ label: (String) -> String) -> Phrase {
    let (one, other) = (label(first.person), label(second.person))
    let swap = Phrase(
      nl: "\(one) (tafel \(first.table)) ruilen met \(other) (tafel \(second.table))",
      en: "swapping \(one) (table \(first.table)) with \(other) (table \(second.table))")
    guard violations.isEmpty else {
      // Sentences of their own, without the full stop of the last.
      let rules = Phrase(joining: violations)
      return Phrase(
        nl: "geen ruil mag; \(swap.nl) breekt een regel: \(rules.nl.dropLast())",
        en: "no swap may be done; \(swap.en) breaks a rule: \(rules.en.dropLast())")
    }
    let cost = costInWords(abs(change))
    return Phrase(
      nl: change == 0
        ? "\(swap.nl) kost niets" : "\(swap.nl) kost \(cost.nl) \(change < 0 ? "minder" : "meer")",
      en: change == 0
        ? "\(swap.en) costs nothing" : "\(swap.en) costs \(cost.en) \(change < 0 ? "less" : "more")"
    )
    .with(terms.compactMap(\.phrase))
  }
}

extension Phrase {
  fileprivate init(joining phrases: [Phrase]) {
    self.init(
      nl: phrases.map(\.nl).joined(separator: " "), en: phrases.map(\.en).joined(separator: " "))
  }

  /// The phrase, with what follows a colon.
  fileprivate func with(_ parts: [Phrase]) -> Phrase {
    guard !parts.isEmpty else { return self }
    return Phrase(
      nl: nl + ": " + parts.map(\.nl).joined(separator: ", "),
      en: en + ": " + parts.map(\.en).joined(separator: ", "))
  }
}

extension SeatingExplanation.TableRound {
  /// The table in sentences: its mix, who is alike, who meets again, and what one swap could do.
  public func phrases(_ label: (String) -> String) -> [Phrase] {
    var phrases = shares.map { share in
      func values(_ without: String, _ tenths: (Int) -> String) -> String {
        share.values.map { "\($0.here) \($0.value ?? without) (\(tenths($0.fairTenths)))" }
          .joined(separator: ", ")
      }
      return Phrase(
        nl: "\(share.word.nl), met het eerlijke deel: \(values("zonder") { inDutch($0, places: 1) }).",
        en: "\(share.word.en), with the fair share: \(values("without") { decimal($0, places: 1) }).")
    }
    phrases += alike.map { same in
      let people = same.people.map(label)
      return Phrase(
        nl: "\(joined(people, "en")) zijn van dezelfde \(same.word.nl): \(same.value).",
        en: "\(joined(people, "and")) share their \(same.word.en): \(same.value).")
    }
    phrases += repeats.map { pair in
      let rounds = pair.rounds.map(String.init)
      return Phrase(
        nl: "\(label(pair.a)) en \(label(pair.b)) zaten al samen"
          + (rounds.isEmpty ? ", op een eerdere bijeenkomst." : " in ronde \(joined(rounds, "en"))."),
        en: "\(label(pair.a)) and \(label(pair.b)) sat together before"
          + (rounds.isEmpty ? ", at an earlier meeting." : " in round \(joined(rounds, "and"))."))
    }
    switch improvement {
    case .swap(let swap):
      let told = swap.told(label)
      phrases.append(Phrase(nl: "Het kan beter: \(told.nl).", en: "It can be better: \(told.en)."))
    case .none:
      phrases.append(
        Phrase(
          nl: "Geen enkele ruil van twee mensen maakt het geheel beter.",
          en: "No single swap of two people makes the whole better."))
    case .notSought: break
    }
    return phrases
  }
}
