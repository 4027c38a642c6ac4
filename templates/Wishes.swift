import Ground

/// What somebody wants a new conference to be; nil: as the template has it.
public struct Wishes: Sendable, Equatable {
  /// The conference's title.
  public var title: String?
  /// The day on which it is held.
  public var date: CalendarDate?
  /// The minute of the day at which it starts.
  public var startMinute: Int?
  /// The minutes from the start to the end.
  public var minutes: Int?
  /// How many people are expected.
  public var people: Int?
  /// How many people sit at a table.
  public var perTable: Int?
  /// The question of the first round.
  public var question: String?

  /// Creates wishes; without arguments there are none.
  public init(
    title: String? = nil, date: CalendarDate? = nil, startMinute: Int? = nil, minutes: Int? = nil,
    people: Int? = nil, perTable: Int? = nil, question: String? = nil
  ) {
    self.title = title
    self.date = date
    self.startMinute = startMinute
    self.minutes = minutes
    self.people = people
    self.perTable = perTable
    self.question = question
  }

  /// Returns how many tables so many people need, and how few and how many people may sit at one.
  ///
  /// A chair more than asked for is kept free for whoever comes late, up to the ten with whom one can talk.
  public static func tables(people: Int, perTable: Int) -> (count: Int, seats: ClosedRange<Int>) {
    let most = max(perTable, min(perTable + 1, 10))
    let near = (people + perTable / 2) / max(1, perTable)
    let count = max(1, near, (people + most - 1) / max(1, most))
    let least = max(1, min(perTable - 1, people / count))
    return (count, least...most)
  }
}
