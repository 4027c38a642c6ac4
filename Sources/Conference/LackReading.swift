import Ground
import Seating

extension Session {
  /// Returns why nobody of the stakeholder group `group` sits at `table` in `round`, from 1, in sentences.
  ///
  /// First where those people are and what keeps them there, last the best swap that would bring one here.
  /// Empty where the round was not drawn; one sentence where somebody of the group does sit here.
  public func whyLacking(group: String, table: Int, round: Int) -> [Phrase] {
    guard let room = RoomReading(self, round: round), tables.contains(where: { $0.number == table }) else {
      return []
    }
    return LackReading(session: self, room: room, group: group, table: table, round: round).reasons
  }
}

/// Why a table lacks a group.
private struct LackReading {
  let session: Session
  let room: RoomReading
  let group: String
  let table: Int
  let round: Int

  private var here: [String] { room.seating.tables[table] ?? [] }

  /// Those of the group who sit in this round, in the order of the tables.
  private var members: [SeatedPerson] {
    session.tables.flatMap { table in
      (room.seating.tables[table.number] ?? []).filter(isOfGroup).map {
        SeatedPerson(person: $0, table: table.number)
      }
    }
  }

  private func isOfGroup(_ id: String) -> Bool { session.participant(id)?.group == group }

  var reasons: [Phrase] {
    let members = members
    let present = members.filter { $0.table == table }
    if !present.isEmpty {
      return [
        Phrase(
          nl: "Aan tafel \(table) zit al iemand van \(group): \(names(present.map(\.person)).nl).",
          en: "Somebody from \(group) does sit at table \(table): \(names(present.map(\.person)).en).")
      ]
    }
    if here.isEmpty {
      return [Phrase(nl: "Aan tafel \(table) zit niemand.", en: "Nobody sits at table \(table).")]
    }
    var reasons = stayedAway
    guard !members.isEmpty else {
      return reasons + [
        Phrase(
          nl: "In ronde \(round) zit er nergens iemand van \(group).",
          en: "In round \(round) nobody from \(group) sits anywhere.")
      ]
    }
    let isScarce = members.count < room.inUse
    if isScarce {
      reasons.append(
        Phrase(
          nl: "Er \(members.count == 1 ? "is 1 mens" : "zijn \(members.count) mensen") van \(group) "
            + "voor \(room.inUse) tafels.",
          en: "There \(members.count == 1 ? "is 1 person" : "are \(members.count) people") from \(group) "
            + "for \(room.inUse) tables."))
    }
    reasons.append(whereTheySit(members))
    let rules = pinned(members) + keptTogether(members) + inNeed(members) + keptApart(members)
    reasons += rules + tooSmall
    return reasons + remedy(members, isExplained: isScarce || !rules.isEmpty)
  }

  /// Those who were drawn here and are not there.
  private var stayedAway: [Phrase] {
    let away = session.noShows(round: round).filter { $0.table == table && isOfGroup($0.person) }
    guard !away.isEmpty else { return [] }
    let who = names(away.map(\.person))
    let isOne = away.count == 1
    return [
      Phrase(
        nl: "\(who.nl) \(isOne ? "was" : "waren") hier ingedeeld, maar \(isOne ? "is" : "zijn") er niet.",
        en: "\(who.en) \(isOne ? "was" : "were") drawn here, but \(isOne ? "is" : "are") not there.")
    ]
  }

  private func whereTheySit(_ members: [SeatedPerson]) -> Phrase {
    var counts: [Int: Int] = [:]
    for member in members { counts[member.table, default: 0] += 1 }
    let numbers = session.tables.map(\.number).filter { counts[$0] != nil }
    let places = numbers.prefix(8).map { number in
      (counts[number] ?? 0) > 1 ? "\(number) (\(counts[number] ?? 0))" : String(number)
    }
    let more = numbers.count - places.count
    let dutch = more > 0 ? "\(places.joined(separator: ", ")) en \(more) andere" : joined(places, "en")
    let english = more > 0 ? "\(places.joined(separator: ", ")) and \(more) others" : joined(places, "and")
    return Phrase(
      nl: "\(members.count == 1 ? "Die zit" : "Ze zitten") aan tafel \(dutch).",
      en: "\(members.count == 1 ? "That one sits" : "They sit") at table \(english).")
  }

  // MARK: - Rules that keep them where they are

  private var rules: MixingRules { session.plan?.mixing ?? MixingRules() }

  private func pinned(_ members: [SeatedPerson]) -> [Phrase] {
    let pinned = members.filter { member in
      rules.pins.contains {
        $0.person == member.person && $0.table == member.table
          && ($0.rounds.isEmpty || $0.rounds.contains(session.drawnRound(of: round) ?? round))
      }
    }
    guard !pinned.isEmpty else { return [] }
    let who = names(pinned.map(\.person))
    return [
      Phrase(
        nl: "\(who.nl) \(pinned.count == 1 ? "is" : "zijn") daar vastgezet.",
        en: "\(who.en) \(pinned.count == 1 ? "is" : "are") pinned there.")
    ]
  }

  private func keptTogether(_ members: [SeatedPerson]) -> [Phrase] {
    members.compactMap { member in
      let mates = Set(rules.keepTogether.filter { $0.contains(member.person) }.joined())
      let others = (room.seating.tables[member.table] ?? []).filter {
        $0 != member.person && mates.contains($0)
      }
      guard !others.isEmpty else { return nil }
      let with = names(others)
      return Phrase(
        nl: "\(names([member.person]).nl) moet bij \(with.nl) zitten.",
        en: "\(names([member.person]).en) must sit with \(with.en).")
    }
  }

  private func inNeed(_ members: [SeatedPerson]) -> [Phrase] {
    let features = session.tables.first { $0.number == table }?.features ?? []
    return members.compactMap { member in
      let lacking = rules.needs.filter { $0.person == member.person }.flatMap(\.features)
        .filter { !features.contains($0) }
      guard !lacking.isEmpty else { return nil }
      let who = names([member.person])
      return Phrase(
        nl: "\(who.nl) heeft \(joined(lacking, "en")) nodig, en dat heeft tafel \(table) niet.",
        en: "\(who.en) needs \(joined(lacking, "and")), which table \(table) lacks.")
    }
  }

  private func keptApart(_ members: [SeatedPerson]) -> [Phrase] {
    members.compactMap { member in
      let apart = Set(rules.keepApart.filter { $0.contains(member.person) }.joined())
      let others = here.filter { apart.contains($0) }
      guard !others.isEmpty else { return nil }
      return Phrase(
        nl: "\(names([member.person]).nl) mag niet bij \(names(others).nl) zitten.",
        en: "\(names([member.person]).en) must be kept apart from \(names(others).en).")
    }
  }

  private var tooSmall: [Phrase] {
    let seated = Set(room.seating.tables.values.joined())
    let groups = Set(session.participants.filter { seated.contains($0.id) }.compactMap(\.group)).count
    guard here.count < groups else { return [] }
    return [
      Phrase(
        nl: "Aan tafel \(table) \(here.count == 1 ? "zit 1 mens" : "zitten \(here.count) mensen"), "
          + "te weinig voor alle \(groups) groepen.",
        en: "\(here.count == 1 ? "1 person sits" : "\(here.count) people sit") at table \(table), "
          + "too few for all \(groups) groups.")
    ]
  }

  // MARK: - What would mend it

  /// The best swap that brings one of the group here and breaks no rule.
  private func remedy(_ members: [SeatedPerson], isExplained: Bool) -> [Phrase] {
    guard let board = SeatingBoard(session, round: round), let swaps = board.swaps else { return [] }
    let guests = here.compactMap { board.indexOf[$0] }
    let pairs = members.compactMap { board.indexOf[$0.person] }.flatMap { one in guests.map { (one, $0) } }
    guard let best = board.best(of: pairs, swaps).first else {
      return [
        Phrase(
          nl: "Geen ruil kan dit verhelpen zonder een regel te breken.",
          en: "No swap can mend this without breaking a rule.")
      ]
    }
    let reading = board.reading(best.a, best.b, best.change, swaps, now: board.problem.score(board.plan))
    let swap = Phrase(
      nl: "ruil \(names([reading.first.person]).nl) (tafel \(reading.first.table)) met "
        + "\(names([reading.second.person]).nl)",
      en: "swap \(names([reading.first.person]).en) (table \(reading.first.table)) with "
        + "\(names([reading.second.person]).en)")
    if reading.change > 0 {
      return [
        Phrase(
          nl: "Elke ruil maakt het geheel slechter. De minst slechte: \(swap.nl); \(reading.phrase.nl).",
          en: "Every swap makes the whole worse. The least bad: \(swap.en); \(reading.phrase.en).")
      ]
    }
    return [
      isExplained
        ? Phrase(
          nl: "Een ruil helpt wel: \(swap.nl); \(reading.phrase.nl).",
          en: "A swap does help: \(swap.en); \(reading.phrase.en).")
        : Phrase(
          nl: "Een regel is hier niet de reden. Een ruil verhelpt het: \(swap.nl); \(reading.phrase.nl).",
          en: "No rule is the reason. A swap would mend it: \(swap.en); \(reading.phrase.en).")
    ]
  }

  /// Up to five names, and how many more.
  private func names(_ ids: [String]) -> Phrase {
    let names = ids.prefix(5).map { session.participant($0)?.name ?? $0 }
    let more = ids.count - names.count
    guard more > 0 else { return Phrase(nl: joined(names, "en"), en: joined(names, "and")) }
    let told = names.joined(separator: ", ")
    return Phrase(
      nl: "\(told) en \(more) \(more == 1 ? "ander" : "anderen")",
      en: "\(told) and \(more) \(more == 1 ? "other" : "others")")
  }
}
