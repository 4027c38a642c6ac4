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
  /// The cost of a pair that meets again, per C2(m) of its number of meetings m, 0 to 1000.
  public var repeatWeight: Int
  /// The cost of each person who is alone at a table with a value of `neverAlone`, 0 to 1000.
  public var aloneWeight = 100
  /// The tables as they were made known, by round; empty: none were.
  ///
  /// People who come or go may be missing.
  public var published: [[[Int]]] = []
  /// The cost of each person who sits at another table than the one made known, 0 to 1000.
  public var moveWeight = 5

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
    /// Its weight against the others, 0 to 1000.
    public var weight: Int
    /// Each person's value as a number from 0, or -1 where it is empty.
    ///
    /// For `spread` an empty value is nobody's and never counts; for `mirror` it is a value like another,
    /// so that those without one are spread as well.
    public var values: [Int]
    /// The values of which nobody sits alone at a table: none, or at least two.
    public var neverAlone: Set<Int> = []
    /// Creates an attribute.
    public init(kind: Kind, weight: Int, values: [Int], neverAlone: Set<Int> = []) {
      self.kind = kind
      self.weight = weight
      self.values = values
      self.neverAlone = neverAlone
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

extension SeatingProblem {
  /// Everyone, by index.
  var everyone: Range<Int> { 0..<max(0, people) }

  /// Whether `person` is known to miss `round`.
  func misses(_ person: Int, round: Int) -> Bool { absent[person]?.contains(round) ?? false }

  /// The number of the value that `person` has for the attribute, or -1.
  func value(_ attribute: Attribute, of person: Int) -> Int {
    attribute.values.indices.contains(person) ? max(-1, attribute.values[person]) : -1
  }

  /// The pairs that must sit together, each with the lower number first; meeting again is no fault of theirs.
  var pairsTogether: Set<Pair> {
    var pairs: Set<Pair> = []
    for group in keepTogether {
      for (place, a) in group.enumerated() {
        for b in group[(place + 1)...] where a != b { pairs.insert(Pair(a, b)) }
      }
    }
    return pairs
  }
}

/// Two people, whichever is named first.
struct Pair: Hashable {
  let a: Int
  let b: Int
  init(_ one: Int, _ other: Int) {
    a = min(one, other)
    b = max(one, other)
  }
}
