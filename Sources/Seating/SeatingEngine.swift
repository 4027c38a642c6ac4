/// Tables for every round: `rounds[r][t]` holds the people at table t, in rising order.
public struct SeatingPlan: Sendable, Equatable {
  /// The people per round and table.
  public var rounds: [[[Int]]]
  /// Creates a plan.
  public init(rounds: [[[Int]]]) { self.rounds = rounds }
}

/// The one way to an engine that seats people.
public protocol SeatingEngine: Sendable {
  /// The engine's name and version, kept with every drawing so that it can be drawn again.
  var name: String { get }
  /// Draws tables that meet every hard rule at a low cost.
  ///
  /// The same problem, seed and effort give the same plan on every machine. `effort` is the number of
  /// proposals of the search. `fixed` holds rounds already held, which are kept as they are and count as
  /// met. Throws `SeatingConflict` where the rules cannot be met.
  func draw(
    _ problem: SeatingProblem, seed: UInt64, effort: Int, fixed: [[[Int]]]
  ) throws(SeatingConflict) -> SeatingPlan
}
