import Ground
import Seating

/// What a drawing starts from: who is there, the tables, the rules and the rounds already held.
///
/// The seating problem knows people and tables by index only; this type is the way there and back.
public struct SeatingRequest: Sendable, Equatable {
  /// The people to seat, in the order of the list; those who did not come are left out.
  public var participants: [Participant]
  /// The tables, in order.
  public var tables: [Table]
  /// The mixing rules; what they say of people who are not there is passed over.
  public var rules: MixingRules
  /// The number of rounds, those already held included.
  public var rounds: Int
  /// For each round already held: who sat at which table number.
  public var heldRounds: [[Int: [String]]]
  /// Who met before at other meetings of the series.
  public var history: [Met]
  /// For each round that was made known: who was to sit at which table number; whoever moves costs.
  public var published: [[Int: [String]]]
  /// The tables of earlier meetings of the series, each as the ids of those who sat there; counted besides
  /// `history`.
  public var earlierTables: [[String]] = []

  /// How often two people met before.
  public struct Met: Sendable, Equatable {
    /// One participant's id.
    public var a: String
    /// The other's.
    public var b: String
    /// The number of meetings, 0 or more.
    public var times: Int
    /// Creates a count of meetings.
    public init(a: String, b: String, times: Int) {
      self.a = a
      self.b = b
      self.times = times
    }
  }

  /// Creates a request.
  public init(
    participants: [Participant], tables: [Table], rules: MixingRules = .init(), rounds: Int,
    heldRounds: [[Int: [String]]] = [], history: [Met] = [], published: [[Int: [String]]] = []
  ) {
    self.participants = participants
    self.tables = tables
    self.rules = rules
    self.rounds = rounds
    self.heldRounds = heldRounds
    self.history = history
    self.published = published
  }
}

/// Why no tables can be drawn: one sentence for each reason, with the way out.
public struct SeatingRefusal: Error, Sendable, Equatable {
  /// The reasons, at least one.
  public var reasons: [Phrase]
  /// Creates a refusal.
  public init(reasons: [Phrase]) { self.reasons = reasons }
}

/// The people at one table in one round.
public struct SeatedTable: Sendable, Equatable {
  /// The table's number.
  public var number: Int
  /// The participants' ids, in the order of the list.
  public var people: [String]
  /// Creates a seated table.
  public init(number: Int, people: [String]) {
    self.number = number
    self.people = people
  }
}

extension SeatingRequest {
  /// Returns the problem by index: participants and tables in their order here.
  ///
  /// Throws the reasons why there is none, all at once: what the request itself lacks, or, where it lacks
  /// nothing, the rules that contradict one another.
  public func problem() throws(SeatingRefusal) -> SeatingProblem {
    let slips = slips
    guard slips.isEmpty else { throw SeatingRefusal(reasons: slips) }
    let problem = translated
    let clashes = problem.clashes(from: heldRounds.count)
    guard clashes.isEmpty else { throw SeatingRefusal(reasons: clashes.map { $0.phrase(self) }) }
    return problem
  }

  /// The problem for reading tables that stand, whose rules may contradict; nil where no problem can be made.
  var problemToRead: SeatingProblem? { slips.isEmpty ? translated : nil }

  /// The rounds already held, by index: what an engine takes as `fixed`.
  ///
  /// People who have left are not in them.
  public var fixed: [[[Int]]] { byIndex(heldRounds) }

  /// Draws tables with `engine`; the rounds already held stay as they were.
  ///
  /// `order` says how; its `fixed` is filled in here. For `workers` and `report` see `SeatingEngine`. Throws
  /// the reasons why the rules cannot be met.
  public func draw(
    with engine: any SeatingEngine, _ order: DrawingOrder, on workers: SeatingWorkers = .oneByOne,
    report: (SeatingDrawing) -> Bool = { _ in true }
  ) throws(SeatingRefusal) -> SeatingDrawing {
    let problem = try problem()
    var order = order
    order.fixed = fixed
    do {
      return try engine.draw(problem, order, on: workers, report: report)
    } catch {
      throw SeatingRefusal(reasons: [error.phrase(self)])
    }
  }

  /// Returns who sits where in `round`, from 0; tables where nobody sits are among them.
  public func tables(from plan: SeatingPlan, round: Int) -> [SeatedTable] {
    guard plan.rounds.indices.contains(round) else { return [] }
    return zip(tables, plan.rounds[round]).map { table, people in
      SeatedTable(
        number: table.number,
        people: people.filter(participants.indices.contains).map { participants[$0].id })
    }
  }

  /// Returns the table for somebody who comes late, and why; nobody else moves.
  ///
  /// `person` is among the participants; `seated` is how all others sit now in `round`, from 0.
  public func place(
    _ person: String, in seated: [Int: [String]], round: Int
  ) throws(SeatingRefusal) -> (table: Int, why: Phrase) {
    let index = indexOf
    guard let late = index[person] else {
      throw SeatingRefusal(reasons: [SeatingRequest.notListed(person)])
    }
    guard slips.isEmpty else { throw SeatingRefusal(reasons: slips) }
    // Rules may contradict for the room as a whole: somebody who stands at the door still needs a chair.
    let problem = translated
    let now = tables.map { table in
      (seated[table.number] ?? []).compactMap { index[$0] }.filter { $0 != late }
    }
    do {
      let placement = try SeatingPlacement.place(
        person: late, in: now, of: problem, round: round,
        group: rules.attributes.firstIndex { $0.name == "group" }, earlier: fixed)
      return (tables[placement.table].number, why(placement, late))
    } catch {
      throw SeatingRefusal(reasons: [error.phrase(self)])
    }
  }
}

// MARK: - By index

extension SeatingRequest {
  private var indexOf: [String: Int] {
    Dictionary(zip(participants.map(\.id), participants.indices), uniquingKeysWith: { first, _ in first })
  }

  /// Who sat where in rounds of before; people and tables that are not here any more are left out.
  private func byIndex(_ rounds: [[Int: [String]]]) -> [[[Int]]] {
    let index = indexOf
    return rounds.map { round in
      tables.map { table in (round[table.number] ?? []).compactMap { index[$0] }.sorted() }
    }
  }

  /// The problem, whether or not its rules contradict one another.
  private var translated: SeatingProblem {
    let index = indexOf
    let tableIndex = Dictionary(
      zip(tables.map(\.number), tables.indices), uniquingKeysWith: { first, _ in first })
    var problem = SeatingProblem(
      people: participants.count, rounds: max(0, rounds),
      tables: tables.map { .init(minimum: $0.minimumSeats, maximum: $0.seats) },
      attributes: rules.attributes.map(attribute), repeatWeight: rules.repeatWeight)
    problem.moveWeight = rules.moveWeight
    problem.aloneWeight = rules.aloneWeight
    problem.keepApart = rules.keepApart.map { $0.compactMap { index[$0] } }.flatMap(pairs)
    problem.keepTogether = rules.keepTogether.map { $0.compactMap { index[$0] } }.filter { $0.count > 1 }
    for pin in rules.pins {
      guard let table = tableIndex[pin.table], let person = index[pin.person] else { continue }
      let rounds = pin.rounds.isEmpty ? nil : Set(pin.rounds.map { $0 &- 1 })
      problem.pins.append(.init(person: person, table: table, rounds: rounds))
    }
    for need in rules.needs {
      guard let person = index[need.person] else { continue }
      let wanted = Set(need.features)
      let fitting = Set(tables.indices.filter { wanted.isSubset(of: tables[$0].features) })
      problem.allowedTables[person] = problem.allowedTables[person]?.intersection(fitting) ?? fitting
    }
    for absence in rules.absences {
      guard let person = index[absence.person] else { continue }
      problem.absent[person, default: []].formUnion(absence.rounds.map { $0 &- 1 })
    }
    for met in history {
      guard let a = index[met.a], let b = index[met.b] else { continue }
      problem.history.append(.init(a: a, b: b, times: met.times))
    }
    problem.published = byIndex(published)
    problem.history += metEarlier(index)
    // Tables that are gone are in no round of the plan; who met there still met.
    for round in heldRounds {
      for (number, people) in round.sorted(by: { $0.key < $1.key }) where tableIndex[number] == nil {
        problem.history += pairs(people.compactMap { index[$0] }).map { .init(a: $0[0], b: $0[1], times: 1) }
      }
    }
    return problem
  }

  /// How often people met at the earlier tables, each pair once, in the order of the list.
  private func metEarlier(_ index: [String: Int]) -> [SeatingProblem.Met] {
    let count = participants.count
    var pairs: [Int] = []
    for table in earlierTables {
      let people = table.compactMap { index[$0] }.sorted()
      for (place, a) in people.enumerated() {
        for b in people[(place + 1)...] where a != b { pairs.append(a * count + b) }
      }
    }
    // A traject of thousands has a million meetings: sorted numbers are counted several times as fast as in a
    // dictionary, and their order is the same on every machine.
    pairs.sort()
    var met: [SeatingProblem.Met] = []
    for pair in pairs {
      let (a, b) = pair.quotientAndRemainder(dividingBy: count)
      if let last = met.last, last.a == a, last.b == b {
        met[met.count - 1].times += 1
      } else {
        met.append(.init(a: a, b: b, times: 1))
      }
    }
    return met
  }

  private func attribute(_ rule: MixingRules.Attribute) -> SeatingProblem.Attribute {
    var numbers: [String: Int] = [:]
    let values = participants.map { person in
      guard let value = rules.value(of: person, for: rule.name) else { return -1 }
      let number = numbers[value] ?? numbers.count
      numbers[value] = number
      return number
    }
    return .init(
      kind: rule.kind == .mirror ? .mirror : .spread, weight: rule.weight, values: values,
      neverAlone: Set(rules.neverAlone(rule).compactMap { numbers[$0] }))
  }

  private func pairs(_ group: [Int]) -> [[Int]] {
    group.indices.flatMap { place in group[(place + 1)...].map { [group[place], $0] } }
  }

  /// What is wrong with the request before any rule is weighed.
  private var slips: [Phrase] {
    var found: [Phrase] = []
    if rounds < 1 || rounds > 100 {
      found.append(
        Phrase(
          nl: "Er zijn \(rounds) rondes gevraagd; kies een aantal van 1 tot 100.",
          en: "\(rounds) rounds were asked for; choose a number from 1 to 100."))
    }
    // Bounds that no hall comes near: beyond them counts would overflow and memory would run out.
    if participants.count > 10_000 {
      found.append(
        Phrase(
          nl: "Er staan \(participants.count) mensen op de lijst; een indeling kan er hoogstens 10000 aan.",
          en: "There are \(participants.count) people on the list; tables can be drawn for at most 10000."))
    }
    for table in tables
    where !(0...10_000).contains(table.seats) || !(0...10_000).contains(table.minimumSeats) {
      found.append(
        Phrase(
          nl: "Tafel \(table.number) heeft \(table.seats) stoelen en een minimum van \(table.minimumSeats); "
            + "kies getallen van 0 tot 10000.",
          en: "Table \(table.number) has \(table.seats) chairs and a minimum of \(table.minimumSeats); "
            + "choose numbers from 0 to 10000."))
    }
    for met in history where !(0...1000).contains(met.times) {
      found.append(
        Phrase(
          nl:
            "\(name(met.a)) en \(name(met.b)) zijn \(met.times) keer samen geteld; kies een aantal van 0 tot 1000.",
          en: "\(name(met.a)) and \(name(met.b)) are counted together \(met.times) times; "
            + "choose a number from 0 to 1000."))
    }
    for id in repeated(participants.map(\.id)) {
      found.append(
        Phrase(
          nl: "Deelnemer \(id) staat twee keer op de lijst; haal er een weg.",
          en: "Participant \(id) is on the list twice; remove one."))
    }
    for number in repeated(tables.map(\.number)) {
      found.append(
        Phrase(
          nl: "Er zijn twee tafels met nummer \(number); geef er een een ander nummer.",
          en: "Two tables have number \(number); give one another number."))
    }
    let here = Set(participants.map(\.id))
    for pin in rules.pins
    where here.contains(pin.person) && !tables.contains(where: { $0.number == pin.table }) {
      found.append(
        Phrase(
          nl: "\(name(pin.person)) is vastgezet aan tafel \(pin.table), maar die tafel is er niet; "
            + "haal de regel weg of voeg de tafel toe.",
          en: "\(name(pin.person)) is pinned to table \(pin.table), but there is no such table; "
            + "remove the rule or add the table."))
    }
    let weights = [
      ("repeat", rules.repeatWeight), ("move", rules.moveWeight), ("alone", rules.aloneWeight),
    ]
    for (name, weight) in rules.attributes.map({ ($0.name, $0.weight) }) + weights
    where !(0...1000).contains(weight) {
      found.append(
        Phrase(
          nl: "Het gewicht van \(name) is \(weight); kies een heel getal van 0 tot 1000.",
          en: "The weight of \(name) is \(weight); choose a whole number from 0 to 1000."))
    }
    return found
  }
}

/// The elements that come more than once, each once, in the order in which they come again.
private func repeated<Element: Hashable>(_ elements: [Element]) -> [Element] {
  var seen: Set<Element> = []
  var told: Set<Element> = []
  return elements.filter { !seen.insert($0).inserted && told.insert($0).inserted }
}
