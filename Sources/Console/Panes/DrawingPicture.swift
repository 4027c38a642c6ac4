import Conference
import Ground

/// How far a drawing of tables has come, read once for the screen, on the thread of the search.
///
/// Reading how thousands of people are mixed takes longer than a frame: the screen never waits for it.
public struct DrawingPicture: Sendable {
  /// The conference as it would be with these tables.
  let session: Session
  /// How the tables of each round drawn stand, in order.
  let sheets: [SeatingSheet]
  /// Who meets whom.
  let meetings: MeetingReading
  /// The cost, and what no tables of these sizes can cost less than, in thousandths.
  let cost: Int
  let bound: Int
  /// Whether nothing can be better.
  let isOptimal: Bool
  /// How long it takes by now, in real time.
  let elapsed: Interval
  /// Whether the search came to its end.
  let isDone: Bool

  /// Reads the best tables so far, drawn from `session`.
  public init(session: Session, best: DrawnTables, elapsed: Interval, isDone: Bool) {
    let tried = session.trying(best.rounds)
    self.session = tried
    sheets = best.rounds.map { SeatingSheet(tried, round: $0.round) }
    meetings = MeetingReading(tried)
    (cost, bound, isOptimal) = (best.cost, best.bound, best.isOptimal)
    (self.elapsed, self.isDone) = (elapsed, isDone)
  }

  /// The tables at which nothing is amiss, and those at which somebody sits, in all rounds.
  var wellMixed: (count: Int, all: Int) {
    (
      sheets.reduce(0) { $0 + $1.wellMixed },
      sheets.reduce(0) { $0 + $1.mixes.count { !$0.people.isEmpty } }
    )
  }
}
