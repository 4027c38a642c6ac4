/// Who must be seated where, round after round: people, tables and rules by index.
///
/// The same problem as the cases of the seating rules format: `mirror` makes every table mirror the room,
/// `spread` avoids two with the same value at one table; all other rules are hard.
public struct SeatingProblem: Sendable, Equatable {
  /// The number of people; they are 0 ..< people.
  public var people: Int
  /// The number of rounds, at least 1.
  public var rounds: Int
  /// The tables; they are named by index.
  public var tables: [Table]
  /// The attributes to mix on.
  public var attributes: [Attribute]
  /// Pairs who never share a table.
  public var keepApart: [[Int]]
  /// Groups who share a table in every round in which they are present.
  public var keepTogether: [[Int]]
  /// People who sit at a given table.
  public var pins: [Pin]
  /// For each person with needs: the tables at which they can sit.
  public var allowedTables: [Int: Set<Int>]
  /// For each person who misses rounds: the rounds missed, from 0.
  public var absent: [Int: Set<Int>]
  /// Earlier meetings: pairs and how often they met.
  public var history: [Met]
  /// The cost of a pair that meets again, per C2(m) of its number of meetings m.
  public var repeatWeight: Int

  /// A table with the bounds on how many sit there.
  public struct Table: Sendable, Equatable {
    /// The fewest people in a round.
    public var minimum: Int
    /// The most people in a round.
    public var maximum: Int
    /// Creates a table.
    public init(minimum: Int, maximum: Int) {
      self.minimum = minimum
      self.maximum = maximum
    }
  }

  /// An attribute to mix on.
  public struct Attribute: Sendable, Equatable {
    /// Whether tables mirror the room or equal values are kept apart.
    public enum Kind: Sendable { case mirror, spread }
    /// What mixing on it means.
    public var kind: Kind
    /// Its weight against the others.
    public var weight: Int
    /// Each person's value as a number from 0, or -1 where it is empty; an empty value is nobody's.
    public var values: [Int]
    /// Creates an attribute.
    public init(kind: Kind, weight: Int, values: [Int]) {
      self.kind = kind
      self.weight = weight
      self.values = values
    }
  }

  /// A person who sits at a given table.
  public struct Pin: Sendable, Equatable {
    /// The person.
    public var person: Int
    /// The table.
    public var table: Int
    /// The rounds from 0 in which it holds; nil: all.
    public var rounds: Set<Int>?
    /// Creates a pin.
    public init(person: Int, table: Int, rounds: Set<Int>? = nil) {
      self.person = person
      self.table = table
      self.rounds = rounds
    }
  }

  /// How often two people met before.
  public struct Met: Sendable, Equatable {
    /// One of the two.
    public var a: Int
    /// The other.
    public var b: Int
    /// The number of earlier meetings.
    public var times: Int
    /// Creates a count of meetings.
    public init(a: Int, b: Int, times: Int) {
      self.a = a
      self.b = b
      self.times = times
    }
  }

  /// Creates a problem; all rules are empty unless given.
  public init(
    people: Int, rounds: Int, tables: [Table], attributes: [Attribute] = [], keepApart: [[Int]] = [],
    keepTogether: [[Int]] = [], pins: [Pin] = [], allowedTables: [Int: Set<Int>] = [:],
    absent: [Int: Set<Int>] = [:], history: [Met] = [], repeatWeight: Int = 10
  ) {
    self.people = people
    self.rounds = rounds
    self.tables = tables
    self.attributes = attributes
    self.keepApart = keepApart
    self.keepTogether = keepTogether
    self.pins = pins
    self.allowedTables = allowedTables
    self.absent = absent
    self.history = history
    self.repeatWeight = repeatWeight
  }
}

/// Tables for every round: `rounds[r][t]` holds the people at table t, in rising order.
public struct SeatingPlan: Sendable, Equatable {
  /// The people per round and table.
  public var rounds: [[[Int]]]
  /// Creates a plan.
  public init(rounds: [[[Int]]]) { self.rounds = rounds }
}

/// What a plan costs, by term, in thousandths of the unit of the weights: integers, so that they are the
/// same on every machine.
public struct SeatingScore: Sendable, Equatable {
  /// The cost of pairs that meet again.
  public var repeats: Int
  /// The cost of each attribute, in the problem's order.
  public var attributes: [Int]
  /// Pairs that sit together more than once, history counted.
  public var repeatedPairs: Int
  /// The sum of all terms.
  public var total: Int { attributes.reduce(repeats, +) }
  /// Creates a score.
  public init(repeats: Int, attributes: [Int], repeatedPairs: Int) {
    self.repeats = repeats
    self.attributes = attributes
    self.repeatedPairs = repeatedPairs
  }
}

/// Rules that cannot be met together, or a plan that breaks one.
public enum SeatingConflict: Error, Sendable, Equatable {
  /// There are no tables.
  case noTables
  /// `people` must sit in `round`, but all tables together have only `seats` chairs.
  case tooFewSeats(round: Int, people: Int, seats: Int)
  /// The tables ask for at least `minimum` people in `round`; only `people` are there.
  case tooFewPeople(round: Int, people: Int, minimum: Int)
  /// More people are pinned to `table` in `round` than it has chairs.
  case tooManyPins(table: Int, round: Int, people: [Int], seats: Int)
  /// `person` is pinned to two tables in `round`.
  case twoPins(person: Int, round: Int, tables: [Int])
  /// The people must sit both together and apart.
  case togetherAndApart([Int])
  /// A group that must sit together is larger than any table.
  case groupTooLarge([Int], seats: Int)
  /// The people who must sit together are pinned to, or need, different tables.
  case groupTornApart([Int])
  /// No table fits what `person` needs.
  case needUnmet(person: Int)
  /// A rule names a person or a table that does not exist.
  case unknown(person: Int?, table: Int?)
  /// The rules pass every single check, yet no plan that meets them all was found.
  case notFound(round: Int, people: [Int])
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
