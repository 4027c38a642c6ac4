import Seating

/// A change of seats by hand, and what it did to the tables of all drawn rounds.
public struct SeatChange: Sendable, Equatable {
  /// The ids of those who changed seats.
  public var people: [String]
  /// What all tables cost before it, by term as a drawing's score: thousandths as texts.
  public var before: [Participant.Attribute]
  /// What they cost after it.
  public var after: [Participant.Attribute]

  /// Creates a change.
  public init(people: [String], before: [Participant.Attribute], after: [Participant.Attribute]) {
    self.people = people
    self.before = before
    self.after = after
  }

  /// By how much the tables cost more, in thousandths; negative is better; nil where the record does not tell.
  public var costs: Int? {
    guard let before = before.thousandths("total"), let after = after.thousandths("total") else { return nil }
    return after - before
  }
}

extension [Participant.Attribute] {
  /// The thousandths of a term of a score; nil where it is not among them.
  public func thousandths(_ term: String) -> Int? { first { $0.name == term }.flatMap { Int($0.value) } }
}

extension Session {
  /// What the tables cost before and after `people` go to the tables in `moved`; nil where it cannot be read.
  func change(round: Int, to moved: [String: Int], of people: [String]) -> SeatChange? {
    guard let board = SeatingBoard(self, round: round) else { return nil }
    var after = board.plan
    for id in people {
      guard let person = board.indexOf[id], let number = moved[id],
        let table = board.request.tables.firstIndex(where: { $0.number == number })
      else { return nil }
      for place in after.rounds[board.round].indices {
        after.rounds[board.round][place].removeAll { $0 == person }
      }
      after.rounds[board.round][table].append(person)
    }
    return SeatChange(
      people: people, before: board.request.terms(board.problem.score(board.plan)),
      after: board.request.terms(board.problem.score(after)))
  }
}
