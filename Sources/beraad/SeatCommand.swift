import ArgumentParser
import Conference
import Dossier
import Ground
import Seating

/// `beraad seat`: tables from rules and a list of people, without a conference.
struct SeatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seat",
    abstract: say(nl: "Deel tafels in, zonder conferentie.", en: "Draw tables, without a conference."),
    discussion: example(
      "beraad seat --rules wmo-2026/plan.yaml --people wmo-2026/participants.csv",
      "beraad seat --rules case.json --people participants.csv --json > answer.json"))

  @Option(
    help: help(nl: "De regels: plan.yaml, of een case.json.", en: "The rules: plan.yaml, or a case.json."))
  var rules: String

  @Option(help: help(nl: "De deelnemers, als CSV.", en: "The participants, as CSV."))
  var people: String

  @Option(
    help: help(
      nl: "Het startgetal: hetzelfde getal geeft dezelfde tafels.",
      en: "The seed: the same one gives the same tables."))
  var seed: Int?

  @Option(help: help(nl: "Het aantal rondes.", en: "The number of rounds."))
  var rounds: Int?

  @Option(
    help: help(
      nl: "Een eerder antwoord, met rondes die al gehouden zijn.",
      en: "An earlier answer, with rounds already held."))
  var previous: String?

  @Flag(help: help(nl: "Als JSON, in plaats van als tekst.", en: "As JSON, instead of as text."))
  var json = false

  @OptionGroup var languageOption: LanguageOption

  func validate() throws {
    if previous != nil, !rules.hasSuffix(".json") {
      throw ValidationError(
        say(nl: "--previous hoort bij een case.json.", en: "--previous goes with a case.json."))
    }
  }

  func run() throws {
    var request = try rules.hasSuffix(".json") ? requestOfCase() : requestOfPlan()
    if let rounds { request.rounds = rounds }
    let seed = seed ?? request.rules.seed ?? 1
    let effort = Annealer.recommendedEffort(
      people: request.participants.count, rounds: request.rounds)
    let engine = Annealer()
    do {
      let order = DrawingOrder(seed: UInt64(bitPattern: Int64(seed)), effort: effort)
      let drawing = try request.draw(with: engine, order)
      let (plan, score) = (drawing.plan, drawing.score)
      let cost = "\(score.total / 1000).\(padded(score.total % 1000, 3))"
      complain(
        say(
          nl: "Kosten \(cost); mensen die vaker bij elkaar zitten: \(score.repeatedPairs) paar. "
            + "Startgetal \(seed), \(effort) voorstellen, \(engine.name).",
          en: "Cost \(cost); pairs that sit together more than once: \(score.repeatedPairs). "
            + "Seed \(seed), \(effort) proposals, \(engine.name)."))
      try output(json ? request.answer(plan).prettyText + "\n" : text(plan, request))
    } catch let error as SeatingRefusal {
      throw refusal(error)
    }
  }

  private func text(_ plan: SeatingPlan, _ request: SeatingRequest) -> String {
    plan.rounds.indices.map { round in
      let tables = request.tables(from: plan, round: round).map { table in
        let names = table.people.map { id in
          request.participants.first { $0.id == id }.map { "\(id) \($0.name)" } ?? id
        }
        return "  " + say(nl: "tafel", en: "table") + " \(table.number): " + names.joined(separator: ", ")
      }
      return say(nl: "Ronde", en: "Round") + " \(round + 1)\n" + tables.joined(separator: "\n") + "\n"
    }.joined(separator: "\n")
  }

  private func requestOfPlan() throws -> SeatingRequest {
    guard let planBytes = readBytes(rules), let peopleBytes = readBytes(people) else {
      throw unreadable(readBytes(rules) == nil ? rules : people)
    }
    let list = ParticipantsReader.read(bytes: peopleBytes, file: people)
    let reading = PlanReader.read(bytes: planBytes, file: rules, participants: list.participants)
    let findings = reading.findings + list.findings
    guard let plan = reading.plan, !findings.contains(where: \.isError) else {
      throw failure(DossierError(.invalid, findings))
    }
    return plan.seatingRequest(of: list.participants)
  }

  private func requestOfCase() throws -> SeatingRequest {
    guard let bytes = readBytes(rules) else { throw unreadable(rules) }
    do {
      var asked = try SeatingCase(JSON(parsing: bytes), people: RowsReader.read(path: people))
      if let previous {
        guard let bytes = readBytes(previous) else { throw unreadable(previous) }
        try asked.hold(JSON(parsing: bytes))
      }
      return asked.request
    } catch let error as JSONError {
      throw failure(
        .refused, nl: "\(rules): geen JSON vanaf byte \(error.offset).",
        en: "\(rules): no JSON from byte \(error.offset) on.")
    } catch let error as DossierError {
      throw failure(error)
    } catch let error as SeatingRefusal {
      throw refusal(error)
    }
  }

  private func refusal(_ error: SeatingRefusal) -> ExitCode {
    for reason in error.reasons { complain("beraad: " + reason[language]) }
    return ExitCode(Ending.refused.rawValue)
  }

  private func unreadable(_ path: String) -> ExitCode {
    failure(.missing, nl: "\(path) is niet te lezen.", en: "\(path) cannot be read.")
  }
}
