/// Rules that cannot be met together; rounds, people and tables count from 0.
public enum SeatingConflict: Error, Sendable, Equatable {
  /// There are no tables.
  case noTables
  /// A table asks for more people than it has chairs, or has less than none.
  case tableBounds(table: Int)
  /// `people` must sit in `round`, but all tables together have only `seats` chairs.
  case tooFewSeats(round: Int, people: Int, seats: Int)
  /// The tables ask for at least `minimum` people in `round`; only `people` are there.
  case tooFewPeople(round: Int, people: Int, minimum: Int)
  /// More people are pinned to `table` in `round` than it has chairs.
  case tooManyPins(table: Int, round: Int, people: [Int], seats: Int)
  /// `person` is pinned to two tables in `round`.
  case twoPins(person: Int, round: Int, tables: [Int])
  /// `person` is pinned to `table`, which does not fit what they need.
  case pinAgainstNeed(person: Int, table: Int)
  /// The people must sit both together and apart.
  case togetherAndApart([Int])
  /// The people are pinned to `table` in `round` and must be kept apart.
  case pinnedAndApart([Int], table: Int, round: Int)
  /// More people must all be kept apart from one another than there are tables.
  case tooManyApart([Int], tables: Int)
  /// A group that must sit together is larger than any table.
  case groupTooLarge([Int], seats: Int)
  /// The people who must sit together are pinned to, or need, different tables.
  case groupTornApart([Int])
  /// No table fits what `person` needs.
  case needUnmet(person: Int)
  /// Pins and needs leave `people` only `tables` in `round`, which have too few chairs together.
  case tooFewFittingSeats(round: Int, people: [Int], tables: [Int], seats: Int)
  /// Pins and needs leave `tables` only `people` in `round`, fewer than the `minimum` they ask together.
  case tooFewFittingPeople(round: Int, people: [Int], tables: [Int], minimum: Int)
  /// The rules cannot be met together in `round`, and there is no plainer way to say why.
  case rulesClash(round: Int, rules: [SeatingRule])
  /// A rule names a person or a table that does not exist.
  case unknown(person: Int?, table: Int?)
  /// No seating of `round` was found, which does not prove that there is none; the `people` are where it stuck.
  case notFound(round: Int, people: [Int])
}

/// The elements without those that came before, in their order.
func distinct(_ elements: [Int]) -> [Int] {
  var seen: Set<Int> = []
  return elements.filter { seen.insert($0).inserted }
}
