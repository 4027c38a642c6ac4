import Ground
import Seating

// An answer: a drawing as JSON, for programs and for drawing again. The way out, and the way back in.

extension SeatingRequest {
  /// Returns a plan as an answer: `{"rounds":[{"T1":["P001", …], …}, …]}`.
  ///
  /// A table without a name is called by its number, `T1` for the first.
  public func answer(_ plan: SeatingPlan) -> JSON {
    let rounds = plan.rounds.indices.map { round in
      JSON.object(
        zip(tables, tables(from: plan, round: round)).map { table, seated in
          .init(answerName(of: table), .strings(seated.people))
        })
    }
    return ["rounds": .array(rounds)]
  }

  /// Returns a drawing as an answer: the plan, what it costs by term, and what makes it come out again.
  ///
  /// Costs are numbers in the unit of the weights, written from whole thousandths: the same drawing is always
  /// the same bytes. The shape is told in docs/SEATING.md.
  public func answer(_ drawing: SeatingDrawing, order: DrawingOrder, engine: String) -> JSON {
    let (score, bound) = (drawing.score, drawing.bound)
    let more: JSON = .members([
      "cost": .number(hundredths(score.total)),
      "terms": terms(score.repeats, score.attributes, alone: score.alone, move: score.moves),
      "bound": .number(hundredths(bound.total)),
      "bounds": terms(bound.repeats, bound.attributes, alone: 0, move: 0),
      "optimal": .bool(drawing.isOptimal), "repeats": .int(score.repeatedPairs), "engine": .string(engine),
      "seed": .int(Int(truncatingIfNeeded: order.seed)), "count": .int(order.effort),
      "stopped_at": order.brokenOffAt.map { .int($0) },
    ])
    return .object((answer(drawing.plan).object ?? []) + (more.object ?? []))
  }

  /// The costs by term; terms of the same name are added up.
  private func terms(_ repeats: Int, _ attributes: [Int], alone: Int, move: Int) -> JSON {
    var terms: [(name: String, cost: Int)] = [("repeat", repeats)]
    for (rule, cost) in zip(rules.attributes, attributes) {
      let name = ["repeat", "alone", "move"].contains(rule.name) ? "mix:\(rule.name)" : rule.name
      if let place = terms.firstIndex(where: { $0.name == name }) {
        terms[place].cost += cost
      } else {
        terms.append((name, cost))
      }
    }
    terms += [("alone", alone), ("move", move)]
    return .object(terms.map { .init($0.name, .number(decimal($0.cost, places: 3))) })
  }

  func answerName(of table: Table) -> String { table.name ?? "T\(table.number)" }
}

/// Thousandths as a number with two decimals at most: 221604 is `221.6`.
private func hundredths(_ thousandths: Int) -> String { decimal(hundredthsRounded(thousandths), places: 2) }

/// A whole number of units of 10 to the power of -`places` in decimals, without noughts at its end.
func decimal(_ units: Int, places: Int, mark: String = ".") -> String {
  let one = (0..<places).reduce(1) { product, _ in product * 10 }
  let (whole, rest) = units.magnitude.quotientAndRemainder(dividingBy: UInt(one))
  let digits = String(rest)
  var decimals = String(repeating: "0", count: places - min(places, digits.count)) + digits
  while decimals.last == "0" { decimals.removeLast() }
  return (units < 0 ? "-" : "") + String(whole) + (decimals.isEmpty || places == 0 ? "" : mark + decimals)
}

extension JSON {
  /// An answer as text: a line for each round and for each member.
  public var answerText: String {
    let lines = (object ?? []).map { member in
      let rounds = member.key == "rounds" ? member.value.array : nil
      let value = rounds.map { "[\n" + $0.map(\.text).joined(separator: ",\n") + "\n]" } ?? member.value.text
      return JSON.string(member.key).text + ":" + value
    }
    return "{" + lines.joined(separator: ",\n") + "}\n"
  }
}

// MARK: - Reading

extension SeatingRequest {
  /// Reads an answer: who sat at which table number in each round, and the ids that are not on the list.
  ///
  /// Throws what is wrong with it: another shape, or tables that are not here.
  func seatings(
    _ answer: JSON
  ) throws(SeatingRefusal) -> (rounds: [[Int: [String]]], strangers: [String]) {
    var reasons: [Phrase] = []
    let people = Set(participants.map(\.id))
    let numbers = Dictionary(
      tables.map { (answerName(of: $0), $0.number) }, uniquingKeysWith: { first, _ in first })
    var strangers: [String] = []
    var told: Set<String> = []
    var rounds: [[Int: [String]]] = []
    for round in answer["rounds"]?.array ?? [] {
      var seated: [Int: [String]] = [:]
      for member in round.object ?? [] {
        guard let table = numbers[member.key] else {
          if told.insert("table " + member.key).inserted {
            reasons.append(SeatingCase.unknownTable(member.key))
          }
          continue
        }
        for id in member.value.array ?? [] {
          let id = id.string ?? id.text
          if people.contains(id) {
            seated[table, default: []].append(id)
          } else if told.insert(id).inserted {
            strangers.append(id)
          }
        }
      }
      rounds.append(seated)
    }
    if rounds.isEmpty {
      reasons.append(
        Phrase(nl: "Het antwoord heeft geen rondes (rounds).", en: "The answer has no rounds."))
    }
    guard reasons.isEmpty else { throw SeatingRefusal(reasons: reasons) }
    return (rounds, strangers)
  }

  /// Takes the tables as they were made known from an earlier answer; its first `held` rounds were held.
  ///
  /// Whoever has left since is passed over: returns the ids that are not on the list. Throws what is wrong
  /// with the answer; where nobody in it is on the list it is the wrong one.
  @discardableResult
  public mutating func publish(_ answer: JSON, held: Int = 0) throws(SeatingRefusal) -> [String] {
    let (rounds, strangers) = try seatings(answer)
    guard rounds.count >= held else {
      throw SeatingRefusal(
        reasons: [
          Phrase(
            nl: "Het eerdere antwoord heeft \(rounds.count) rondes, maar er zijn er \(held) gehouden.",
            en: "The earlier answer has \(rounds.count) rounds, but \(held) have been held.")
        ])
    }
    guard strangers.isEmpty || rounds.contains(where: { !$0.isEmpty }) else {
      throw SeatingRefusal(reasons: strangers.prefix(5).map(SeatingCase.unknownPerson))
    }
    heldRounds = Array(rounds.prefix(held))
    published = rounds
    return strangers
  }
}
