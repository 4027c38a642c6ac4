import Ground
import Seating

// From the session to the seating rules and back.

extension Plan {
  /// The rounds from 1 whose tables are drawn; in the others people stay where they sat.
  public var drawnRounds: [Int] {
    // Before the first round nobody sits anywhere, so it is drawn whatever the plan says.
    items.filter { $0.phase == .breakout }.enumerated()
      .filter { $0.offset == 0 || $0.element.seating == .draw }.map { $0.offset + 1 }
  }

  /// What a drawing of `people` by this plan starts from; `held` are the drawn rounds already held.
  public func seatingRequest(of people: [Participant], held: [[Int: [String]]] = []) -> SeatingRequest {
    SeatingRequest(
      participants: people, tables: tables, rules: mixing.numbered(by: drawnRounds),
      rounds: drawnRounds.count, heldRounds: held)
  }
}

extension Session {
  /// Everyone on the list but the absent.
  private var expectedPeople: [Participant] {
    participants.filter { presence(of: $0.id) != .absent }
  }

  /// The tables as they are used in the hall, for `people` in all.
  ///
  /// The plan was checked against its own list. On the day more or fewer people come, and a conference does
  /// not stop for that: where chairs lack, every table gets as many more, and where people lack, no table
  /// insists on its least number.
  func tablesInUse(for people: Int) -> [Table] {
    let lacking = max(0, people - tables.reduce(0) { $0 + $1.seats })
    let extra = tables.isEmpty ? 0 : (lacking + tables.count - 1) / tables.count
    let isShort = people < tables.reduce(0) { $0 + $1.minimumSeats }
    return tables.map { table in
      var table = table
      table.seats += extra
      if isShort { table.minimumSeats = 0 }
      return table
    }
  }

  /// What a drawing starts from: everyone but the absent, and the rounds already held.
  public var seatingRequest: SeatingRequest {
    let plan = plan ?? Plan(title: "", items: [])
    let held = plan.drawnRounds.filter { $0 <= reachedRound }.map { seatings[$0]?.tables ?? [:] }
    var request = plan.seatingRequest(of: expectedPeople, held: held)
    request.tables = tablesInUse(for: request.participants.count)
    request.earlierTables = earlierMeetings.tables
    return request
  }

  /// Draws the tables of all rounds that are still to come.
  ///
  /// It may take a while, so it is not done where keys are read. `report` is called now and then with the way
  /// to the best so far, and where it answers false that is the outcome. Throws the reasons why there is none.
  public func draw(
    with engine: any SeatingEngine, _ order: DrawingOrder, on workers: SeatingWorkers = .oneByOne,
    report: (_ best: () -> DrawnTables) -> Bool = { _ in true }
  ) throws(SeatingRefusal) -> DrawnTables {
    let request = seatingRequest
    func tables(_ drawing: SeatingDrawing, brokenOffAt: Int?) -> DrawnTables {
      drawn(drawing, request, engine: engine.name, order, brokenOffAt: brokenOffAt)
    }
    var wasBrokenOff = false
    let drawing = try request.draw(with: engine, order, on: workers) { best in
      let goesOn = report { tables(best, brokenOffAt: best.proposals) }
      if !goesOn { wasBrokenOff = true }
      return goesOn
    }
    return tables(drawing, brokenOffAt: wasBrokenOff ? drawing.proposals : order.brokenOffAt)
  }

  /// The rounds still to come as they were drawn, with what makes them come out the same again.
  private func drawn(
    _ drawing: SeatingDrawing, _ request: SeatingRequest, engine: String, _ order: DrawingOrder,
    brokenOffAt: Int?
  ) -> DrawnTables {
    let rounds = plan?.drawnRounds ?? []
    var description = RoundSeating.Drawing(
      engine: engine, seed: Int(truncatingIfNeeded: order.seed), effort: drawing.effort,
      score: request.terms(drawing.score), rules: plan?.mixing ?? MixingRules())
    description.bound = request.terms(drawing.bound)
    description.proposals = drawing.proposals
    description.brokenOffAt = brokenOffAt
    description.isOptimal = drawing.isOptimal
    description.after = lastSeq
    return DrawnTables(
      rounds: rounds.indices.filter { rounds[$0] > reachedRound }.map { index in
        let seated = request.tables(from: drawing.plan, round: index)
        return DrawnRound(
          round: rounds[index], drawing: description,
          tables: Dictionary(uniqueKeysWithValues: seated.map { ($0.number, $0.people) }))
      }, cost: drawing.score.total, bound: drawing.bound.total, isOptimal: drawing.isOptimal)
  }

  /// Returns the session as it would be with these tables: nothing but the tables of their rounds differs.
  ///
  /// Whoever left since they were drawn has no chair, and who came has one.
  public func trying(_ rounds: [DrawnRound]) -> Session {
    var session = self
    for drawn in rounds {
      session.seatings[drawn.round] = RoundSeating(
        drawing: drawn.drawing,
        tables: settled(drawn.tables, round: drawn.round, drawing: drawn.drawing))
    }
    return session
  }

  /// Returns whether `command` begins a round whose tables can still be drawn.
  public func beginsRound(_ command: Command) -> Bool {
    let item: Int? =
      switch command {
      case .advance: (flow.current ?? -1) + 1
      case .move(let id, _): itemIndex(id)
      default: nil
      }
    return item.flatMap(round(of:)).map { $0 > reachedRound } ?? false
  }

  /// The people of `tables` as they are now: without the absent, and with a chair for whoever is here but
  /// was not seated, such as somebody who came in while the tables were drawn.
  func settled(_ tables: [Int: [String]], round: Int, drawing: RoundSeating.Drawing) -> [Int: [String]] {
    var seating = RoundSeating(
      drawing: drawing, tables: tables.mapValues { $0.filter { presence(of: $0) != .absent } })
    let seated = Set(seating.tables.values.joined())
    let away = (plan?.mixing.absences ?? []).filter { $0.rounds.contains(round) }.map(\.person)
    for person in participants
    where presence(of: person.id) == .present && !seated.contains(person.id) && !away.contains(person.id) {
      guard let table = placement(of: person, in: seating, round: round) else { continue }
      seating.tables[table, default: []].append(person.id)
    }
    return seating.tables
  }

  /// The table for a late arrival: the smallest that lacks their group; nil where the rules leave none.
  func placement(of person: Participant, in seating: RoundSeating, round: Int) -> Int? {
    // A round that keeps its tables goes by the rules of the one whose tables it keeps.
    guard let index = plan?.drawnRounds.lastIndex(where: { $0 <= round }) else { return nil }
    var request = seatingRequest
    if !request.participants.contains(where: { $0.id == person.id }) {
      request.participants.append(person)
    }
    request.rounds = max(request.rounds, index + 1)
    // Somebody who stands in the hall gets a chair, if need be one more than the plan has.
    let seated = seating.tables.values.reduce(1) { $0 + $1.count }
    request.tables = tablesInUse(for: max(seated, request.participants.count))
    return try? request.place(person.id, in: seating.tables, round: index).table
  }
}

extension Session {
  /// Creates a session that holds nothing but a plan, for the papers of a drawing without a conference.
  ///
  /// `items` are the breakouts of the agenda; where they are not as many as the plan has rounds, each round
  /// stands for itself.
  public init(showing plan: SeatingPlan, of request: SeatingRequest, title: String, items: [AgendaItem]) {
    self.init()
    var outline = Plan(title: title, items: items, tables: request.tables, mixing: request.rules)
    if outline.drawnRounds.count != plan.rounds.count {
      outline.items = plan.rounds.indices.map {
        AgendaItem(id: "i\($0 + 1)", phase: .breakout, title: "", seconds: 1)
      }
    }
    participants = request.participants
    places = Dictionary(
      zip(participants.map(\.id), participants.indices), uniquingKeysWith: { first, _ in first })
    let drawing = RoundSeating.Drawing(engine: "", seed: 0, effort: 0, score: [], rules: request.rules)
    for (place, round) in outline.drawnRounds.enumerated() {
      let seated = request.tables(from: plan, round: place).map { ($0.number, $0.people) }
      seatings[round] = RoundSeating(
        drawing: drawing, tables: Dictionary(seated, uniquingKeysWith: { $0 + $1 }))
    }
    self.plan = outline
  }
}

/// All rounds still to come as they were drawn, or as far as the drawing has come.
public struct DrawnTables: Sendable, Equatable {
  /// The rounds, each with how it was drawn.
  public var rounds: [DrawnRound]
  /// What they cost together with the rounds held, in thousandths of the unit of the weights.
  public var cost: Int
  /// What no tables of these sizes can cost less than.
  public var bound: Int
  /// Whether it is proven that no tables cost less.
  public var isOptimal: Bool

  /// Creates drawn tables.
  public init(rounds: [DrawnRound], cost: Int, bound: Int, isOptimal: Bool) {
    self.rounds = rounds
    self.cost = cost
    self.bound = bound
    self.isOptimal = isOptimal
  }
}

extension SeatingRequest {
  /// A score by term, as the record writes it: thousandths as texts.
  func terms(_ score: SeatingScore) -> [Participant.Attribute] {
    let others = [("alone", score.alone), ("moves", score.moves)].filter { $0.1 != 0 }
    return terms(total: score.total, repeats: score.repeats, score.attributes)
      + others.map { Participant.Attribute(name: $0.0, value: String($0.1)) }
  }

  fileprivate func terms(_ bound: SeatingBound) -> [Participant.Attribute] {
    terms(total: bound.total, repeats: bound.repeats, bound.attributes)
  }

  private func terms(total: Int, repeats: Int, _ attributes: [Int]) -> [Participant.Attribute] {
    [
      Participant.Attribute(name: "total", value: String(total)),
      Participant.Attribute(name: "repeats", value: String(repeats)),
    ]
      + zip(rules.attributes, attributes).map {
        Participant.Attribute(name: "mix:\($0.name)", value: String($1))
      }
  }
}

extension MixingRules {
  /// The rules with rounds counted among `drawn` only: rounds that keep their tables are not drawn.
  fileprivate func numbered(by drawn: [Int]) -> MixingRules {
    func renumber(_ rounds: [Int]) -> [Int] {
      rounds.compactMap { round in drawn.firstIndex(of: round).map { $0 + 1 } }
    }
    var rules = self
    rules.pins = pins.compactMap { pin in
      guard !pin.rounds.isEmpty else { return pin }
      let rounds = renumber(pin.rounds)
      // A pin for rounds that keep their tables asks for nothing.
      return rounds.isEmpty ? nil : Pin(person: pin.person, table: pin.table, rounds: rounds)
    }
    rules.absences = absences.map { Absence(person: $0.person, rounds: renumber($0.rounds)) }
    return rules
  }
}
