import Seating

/// The tables of all drawn rounds as they stand, by index: what the score and the swaps are read from.
///
/// It holds what a drawing would start from now: everyone but the absent, and the rules as they are.
struct SeatingBoard {
  let request: SeatingRequest
  var problem: SeatingProblem
  let plan: SeatingPlan
  /// The place of `round` among the plan's rounds.
  let round: Int
  let indexOf: [String: Int]

  /// Creates the board for `round`, from 1; nil where it was not drawn or its rules cannot be read.
  init?(_ session: Session, round: Int) {
    guard let source = session.drawnRound(of: round), let drawn = session.plan?.drawnRounds,
      let place = drawn.firstIndex(of: source)
    else { return nil }
    var request = session.seatingRequest
    // All rounds, so that `fixed` is the whole plan, and meetings at tables since removed count as well.
    request.heldRounds = drawn.map { session.seatings[$0]?.tables ?? [:] }
    guard let problem = request.problemToRead else { return nil }
    self.request = request
    self.problem = problem
    plan = SeatingPlan(rounds: request.fixed)
    self.round = place
    indexOf = Dictionary(
      zip(request.participants.map(\.id), request.participants.indices),
      uniquingKeysWith: { first, _ in first })
  }

  /// Creates the board for a round of a plan, from 0.
  init(_ request: SeatingRequest, _ problem: SeatingProblem, _ plan: SeatingPlan, round: Int) {
    self.request = request
    self.problem = problem
    self.plan = plan
    self.round = round
    indexOf = Dictionary(
      zip(request.participants.map(\.id), request.participants.indices),
      uniquingKeysWith: { first, _ in first })
  }

  var swaps: SeatSwaps? { SeatSwaps(problem, plan: plan, round: round) }
}
