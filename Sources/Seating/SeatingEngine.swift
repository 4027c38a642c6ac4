/// Tables for every round: `rounds[r][t]` holds the people at table t, in rising order.
public struct SeatingPlan: Sendable, Equatable {
  /// The people per round and table.
  public var rounds: [[[Int]]]
  /// Creates a plan.
  public init(rounds: [[[Int]]]) { self.rounds = rounds }
}

/// How to draw: what makes a drawing come out the same again.
public struct DrawingOrder: Sendable, Equatable {
  /// The seed: another one gives another plan that is about as good.
  public var seed: UInt64
  /// The number of proposals of the search, by which it cools.
  ///
  /// 0 gives the start plan.
  public var effort: Int
  /// The number of proposals after which the search was broken off; nil: it ran to its end.
  public var brokenOffAt: Int?
  /// Rounds already held, which are kept as they are and count as met.
  public var fixed: [[[Int]]]
  /// Creates an order.
  public init(seed: UInt64, effort: Int, brokenOffAt: Int? = nil, fixed: [[[Int]]] = []) {
    self.seed = seed
    self.effort = effort
    self.brokenOffAt = brokenOffAt
    self.fixed = fixed
  }
}

/// A drawing as far as it has come: the best plan so far is legal at any moment.
public struct SeatingDrawing: Sendable, Equatable {
  /// The best plan.
  public var plan: SeatingPlan
  /// What it costs, by term.
  public var score: SeatingScore
  /// What no plan with tables of these sizes can cost less than, by term.
  public var bound: SeatingBound
  /// The number of proposals weighed.
  public var proposals: Int
  /// How many there were to be.
  public var effort: Int
  /// Whether it is proven that no plan is better.
  public var isOptimal: Bool { score.total <= bound.total }

  /// Creates a drawing.
  public init(plan: SeatingPlan, score: SeatingScore, bound: SeatingBound, proposals: Int, effort: Int) {
    self.plan = plan
    self.score = score
    self.bound = bound
    self.proposals = proposals
    self.effort = effort
  }
}

/// How parts of a search that do not depend on one another are run: it decides the time, never the outcome.
public struct SeatingWorkers: Sendable {
  /// Runs `part` for 0 ..< count, in any order or at once, and returns when all are done.
  public let perform: @Sendable (_ count: Int, _ part: @Sendable (Int) -> Void) -> Void
  /// Creates workers.
  public init(perform: @escaping @Sendable (Int, @Sendable (Int) -> Void) -> Void) { self.perform = perform }
  /// One part after another, on the caller's thread.
  public static let oneByOne = SeatingWorkers { count, part in for number in 0..<count { part(number) } }
}

/// The one way to an engine that seats people.
public protocol SeatingEngine: Sendable {
  /// The engine's name and version, kept with every drawing so that it can be drawn again.
  var name: String { get }
  /// Draws tables that meet every hard rule at a low cost.
  ///
  /// The same problem and order give the same plan on every machine, whatever the workers. `report` is
  /// called now and then, and when something better was found, with the best so far; where it answers false
  /// the search is broken off and the best so far is the outcome. A search stops by itself where nothing can
  /// be better. Throws `SeatingConflict` where the rules cannot be met.
  func draw(
    _ problem: SeatingProblem, _ order: DrawingOrder, on workers: SeatingWorkers,
    report: (SeatingDrawing) -> Bool
  ) throws(SeatingConflict) -> SeatingDrawing
}

extension SeatingEngine {
  /// Draws on one core, without reports.
  public func draw(
    _ problem: SeatingProblem, _ order: DrawingOrder
  ) throws(SeatingConflict) -> SeatingDrawing {
    try draw(problem, order, on: .oneByOne) { _ in true }
  }
}
