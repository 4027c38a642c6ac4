import Ground
import Seating

// Commands about who is here and who sits where.

extension Session {
  func arrive(_ id: String) throws(Refusal) -> [Event] {
    guard let person = participant(id) else { throw .unknownPerson(id) }
    guard presence(of: id) != .present else { throw .isPresent(person.name) }
    return [.participantArrived(id)] + seatsForLate(person)
  }

  func leave(_ id: String) throws(Refusal) -> [Event] {
    guard let person = participant(id) else { throw .unknownPerson(id) }
    guard presence(of: id) != .absent else { throw .isAbsent(person.name) }
    // A no-show moves nobody: the chair stays empty, from the round that runs on.
    let seats = seatings.keys.sorted().filter { $0 >= openRound }.compactMap { round in
      seatings[round]?.table(of: id).map { Event.seatLeft(round: round, table: $0, person: id) }
    }
    return [.participantLeft(id)] + seats
  }

  func register(
    name: String, organisation: String?, group: String?, municipality: String?
  ) throws(Refusal) -> [Event] {
    func cell(_ text: String?) throws(Refusal) -> String? {
      guard let text = text?.trimmed, !text.isEmpty else { return nil }
      return try checked(text)
    }
    let person = Participant(
      id: newParticipantID, name: try checked(name), organisation: try cell(organisation),
      group: try cell(group), municipality: try cell(municipality))
    let isKnown = participants.contains {
      $0.name == person.name && $0.organisation == person.organisation
    }
    if isKnown { throw .nameExists(person.name) }
    return [.participantRegistered(person), .participantArrived(person.id)] + seatsForLate(person)
  }

  private var newParticipantID: String {
    var number = participants.count + 1
    while participant("W\(number)") != nil { number += 1 }
    return "W\(number)"
  }

  /// A late arrival's chairs in every drawn round that is not over: the smallest table that lacks their
  /// group.
  private func seatsForLate(_ person: Participant) -> [Event] {
    seatings.keys.sorted().filter { $0 >= openRound }.compactMap { round in
      guard let seating = seatings[round], seating.table(of: person.id) == nil else { return nil }
      return placement(of: person, in: seating, round: round).map {
        .seatTaken(round: round, table: $0, person: person.id)
      }
    }
  }

  func seat(_ rounds: [DrawnRound]) throws(Refusal) -> [Event] {
    var events: [Event] = []
    for drawn in rounds {
      guard (1...max(1, self.rounds)).contains(drawn.round) else { throw .unknownRound(drawn.round) }
      guard drawn.round > reachedRound else { throw .roundHeld(drawn.round) }
      let tables = tablesInUse(for: drawn.tables.values.reduce(0) { $0 + $1.count })
      var seated: Set<String> = []
      for (number, people) in drawn.tables {
        guard let table = tables.first(where: { $0.number == number }) else {
          throw .unknownTable(number)
        }
        guard people.count <= table.seats else {
          throw .tooFewSeats(table: number, people: people.count, seats: table.seats)
        }
        for id in people {
          guard let person = participant(id) else { throw .unknownPerson(id) }
          guard seated.insert(id).inserted else { throw .seatedTwice(person.name) }
        }
      }
      let now = settled(drawn.tables, round: drawn.round, drawing: drawn.drawing)
      events.append(.seatingDrawn(round: drawn.round, drawn.drawing))
      events += now.keys.sorted().map {
        .tableSeated(round: drawn.round, table: $0, people: now[$0] ?? [])
      }
    }
    guard !events.isEmpty else { throw .nothingChanges }
    return events
  }
}
