import ArgumentParser
import Conference
import Dossier
import Ground

/// What `beraad seat` draws from: a plan or a case, and the people.
struct SeatInput {
  var request: SeatingRequest
  /// The plan, or nil where a case was given.
  var plan: Plan?
  /// What the papers are called.
  var title: String

  /// Reads the rules, the people and an earlier answer; nil for those that the rules name themselves.
  ///
  /// Throws the error that ends the program.
  init(rules: String, people: String?, previous: String?, rounds: Int?) throws {
    if rules.hasSuffix(".json") {
      try self.init(case: rules, people: people, previous: previous, rounds: rounds)
    } else {
      try self.init(plan: rules, people: people ?? besides(rules, Dossier.participantsFile))
      if let rounds { request.rounds = rounds }
      if let previous {
        try tell(strangers: refusing { try request.publish(json(previous)) }, in: previous)
      }
    }
    guard !request.participants.isEmpty else {
      throw failure(
        .refused, nl: "Er staat niemand op de lijst; er is niets in te delen.",
        en: "There is nobody on the list; there is nothing to draw.")
    }
    for notice in request.notices { complain("beraad: " + notice.phrase[language]) }
  }

  private init(plan path: String, people: String) throws {
    guard let planBytes = readBytes(path) else { throw unreadable(path) }
    guard let peopleBytes = readBytes(people) else { throw unreadable(people) }
    let list = ParticipantsReader.read(bytes: peopleBytes, file: people)
    let reading = PlanReader.read(bytes: planBytes, file: path, participants: list.participants)
    let findings = reading.findings + list.findings
    guard let plan = reading.plan, !findings.contains(where: \.isError) else {
      throw failure(DossierError(.invalid, findings))
    }
    request = plan.seatingRequest(of: list.participants)
    request.earlierTables = try earlierTables(reading.earlier, plan: path, of: list.participants)
    self.plan = plan
    title = plan.title
  }

  private init(case path: String, people: String?, previous: String?, rounds: Int?) throws {
    let rules = try json(path)
    guard let people = people ?? rules["participants"]?.string.map({ besides(path, $0) }) else {
      throw failure(
        .usage, nl: "\(path) noemt geen lijst van mensen; geef die met --people.",
        en: "\(path) names no list of people; give one with --people.")
    }
    let rows: [[String: String]]
    do {
      rows = try RowsReader.read(path: people)
    } catch {
      throw failure(error)
    }
    var asked = try refusing { try SeatingCase(rules, people: rows) }
    if let rounds { asked.request.rounds = rounds }
    if let previous = previous ?? asked.previousFile.map({ besides(path, $0) }) {
      try tell(strangers: refusing { try asked.hold(json(previous)) }, in: previous)
    } else if asked.held > 0 {
      throw failure(
        .refused, nl: "\(path): fixed_rounds vraagt om het eerdere antwoord; geef het met --previous.",
        en: "\(path): fixed_rounds asks for the earlier answer; give it with --previous.")
    }
    request = asked.request
    plan = nil
    title = rules["title"]?.string ?? ""
  }
}

/// Ends the program with the reasons of a refusal.
func refusing<Value>(_ work: () throws -> Value) throws -> Value {
  do {
    return try work()
  } catch let error as SeatingRefusal {
    for reason in error.reasons { complain("beraad: " + reason[language]) }
    throw ExitCode(Ending.refused.rawValue)
  }
}

/// The file `name` beside another, unless it is a path of its own.
private func besides(_ path: String, _ name: String) -> String {
  guard !name.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return name }
  return path[...slash] + name
}

private func json(_ path: String) throws -> JSON {
  guard let bytes = readBytes(path) else { throw unreadable(path) }
  do {
    return try JSON(parsing: bytes)
  } catch {
    throw failure(
      .refused, nl: "\(path): geen JSON vanaf byte \(error.offset).",
      en: "\(path): no JSON from byte \(error.offset) on.")
  }
}

private func unreadable(_ path: String) -> ExitCode {
  failure(.missing, nl: "\(path) is niet te lezen.", en: "\(path) cannot be read.")
}

private func tell(strangers: [String], in path: String) {
  guard !strangers.isEmpty else { return }
  let told = strangers.prefix(5).joined(separator: ", ") + (strangers.count > 5 ? ", …" : "")
  complain(
    say(
      nl: "\(path): niet meer op de lijst, en overgeslagen: \(told).",
      en: "\(path): no longer on the list, and passed over: \(told)."))
}
