import Ground

/// What was prepared for a conference: its title, agenda, tables, mixing rules and kinds of contribution.
///
/// It stands in the record as it was when the conference opened.
public struct Plan: Sendable, Equatable {
  /// The title, never empty.
  public var title: String
  /// The motto below the title (S0.3).
  public var motto: String?
  /// The session type as people call it: werkconferentie, Open Space, Ontwerpatelier (S0.2).
  public var sessionType: String?
  /// The language of the plan's own words.
  public var language: Language
  /// The fact sheet in the order written: opdrachtgever, locatie, doel, opstelling … (S4.15).
  public var facts: [Fact]
  /// The local day on which it starts; nil: the day on which it is opened.
  public var date: CalendarDate?
  /// The minute of the day at which it starts; nil: when the facilitator starts it.
  public var startMinute: Int?
  /// The local time by which it must be over.
  public var end: LocalTime?
  /// The time zone's name in the tz database.
  public var zoneName: String
  /// The agenda, in order; at least one item.
  public var items: [AgendaItem]
  /// The tables, in order, with distinct numbers.
  public var tables: [Table]
  /// How people are mixed over the tables.
  public var mixing: MixingRules
  /// The kinds of contribution, in the order in which they are offered.
  public var kinds: [Kind]
  /// The ladders on which contributions can be placed, in order (S1.8).
  public var ladders: [Ladder]
  /// The stakeholder groups; empty: those that the participants name (S1.7).
  public var groups: [String]
  /// The warnings of an item that has none of its own.
  public var warnings: Warnings

  /// Creates a plan with the defaults for all that is not given.
  public init(
    title: String, motto: String? = nil, sessionType: String? = nil, language: Language = .nl,
    facts: [Fact] = [], date: CalendarDate? = nil, startMinute: Int? = nil, end: LocalTime? = nil,
    zoneName: String = "Europe/Amsterdam", items: [AgendaItem], tables: [Table] = [],
    mixing: MixingRules = .init(), kinds: [Kind] = Kind.defaults, ladders: [Ladder] = [],
    groups: [String] = [], warnings: Warnings = .standard
  ) {
    self.title = title
    self.motto = motto
    self.sessionType = sessionType
    self.language = language
    self.facts = facts
    self.date = date
    self.startMinute = startMinute
    self.end = end
    self.zoneName = zoneName
    self.items = items
    self.tables = tables
    self.mixing = mixing
    self.kinds = kinds
    self.ladders = ladders
    self.groups = groups
    self.warnings = warnings
  }

  /// A line of the fact sheet.
  public struct Fact: Sendable, Equatable {
    /// What is told: `opdrachtgever`.
    public var name: String
    /// The fact itself.
    public var value: String
    /// Creates a fact.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }
}

/// A time on the wall clock, some days after the conference's first day.
public struct LocalTime: Sendable, Equatable {
  /// Days after the first day; 0 is the first day itself.
  public var day: Int
  /// The minute of that day, 0 to 1439.
  public var minute: Int
  /// Creates a local time.
  public init(day: Int = 0, minute: Int) {
    self.day = day
    self.minute = minute
  }
}

/// The phase that an agenda item is: what the people in the hall do in it.
public enum Phase: String, Sendable, CaseIterable {
  case arrival, plenary, breakout, reportBack, changeover, pause = "break", closing
}

/// One item (onderdeel) of the agenda.
public struct AgendaItem: Sendable, Equatable {
  /// Names the item in the record; distinct within a plan.
  public var id: String
  /// What the people do in it.
  public var phase: Phase
  /// The title on the agenda.
  public var title: String
  /// The question on which the tables work.
  public var question: String?
  /// The planned length in seconds, more than 0.
  public var seconds: Int
  /// The wall-clock time before which it does not start (lunch, a speaker); nil: it follows the item before.
  public var fixedStart: LocalTime?
  /// The warnings, where they differ from the plan's.
  public var warnings: Warnings?
  /// For a breakout: whether people are drawn anew or stay where they sat.
  public var seating: SeatingMode
  /// For a report-back: the length of one table's slot in seconds.
  public var slotSeconds: Int?
  /// Who speaks (S3.4), as name, function and organisation in one text.
  public var speaker: String?

  /// Whether a breakout draws new tables.
  public enum SeatingMode: String, Sendable { case draw, keep }

  /// Creates an agenda item.
  public init(
    id: String, phase: Phase, title: String, question: String? = nil, seconds: Int,
    fixedStart: LocalTime? = nil, warnings: Warnings? = nil, seating: SeatingMode = .draw,
    slotSeconds: Int? = nil, speaker: String? = nil
  ) {
    self.id = id
    self.phase = phase
    self.title = title
    self.question = question
    self.seconds = seconds
    self.fixedStart = fixedStart
    self.warnings = warnings
    self.seating = seating
    self.slotSeconds = slotSeconds
    self.speaker = speaker
  }
}

/// When an item warns that its time runs out.
public struct Warnings: Sendable, Equatable {
  /// Whether to warn when half of the time has passed.
  public var halfTime: Bool
  /// Seconds before the end at which to warn, largest first; 0 is the end itself.
  public var before: [Int]
  /// After the end: every so many seconds again; nil: no more.
  public var overEvery: Int?

  /// Creates a set of warnings; times in seconds.
  public init(halfTime: Bool = true, before: [Int] = [300, 60, 0], overEvery: Int? = 300) {
    self.halfTime = halfTime
    self.before = before
    self.overEvery = overEvery
  }

  /// Half-time, 5 minutes, 1 minute, the end, and every 5 minutes over.
  public static let standard = Warnings()
}

/// A table at which people sit in a breakout.
public struct Table: Sendable, Equatable {
  /// The number on the table, from 1.
  public var number: Int
  /// A name besides the number, such as a theme.
  public var name: String?
  /// The fewest people that may be drawn here.
  public var minimumSeats: Int
  /// The number of chairs.
  public var seats: Int
  /// What the place offers: step-free, hearing loop, interpreter.
  public var features: [String]

  /// Creates a table.
  public init(
    number: Int, name: String? = nil, minimumSeats: Int = 0, seats: Int, features: [String] = []
  ) {
    self.number = number
    self.name = name
    self.minimumSeats = minimumSeats
    self.seats = seats
    self.features = features
  }
}

/// How people are mixed over the tables; people are named by their participant id.
public struct MixingRules: Sendable, Equatable {
  /// The attributes to mix on, most important first.
  public var attributes: [Attribute]
  /// Groups of people of whom no two share a table.
  public var keepApart: [[String]]
  /// Groups of people who share a table in every round.
  public var keepTogether: [[String]]
  /// People who sit at a given table: hosts stay.
  public var pins: [Pin]
  /// People who need a feature of the table.
  public var needs: [Need]
  /// Rounds that people are known to miss.
  public var absences: [Absence]
  /// The cost of a pair that meets again.
  public var repeatWeight: Int
  /// The cost of somebody who sits at another table than was made known.
  public var moveWeight = MixingRules.usualMoveWeight
  /// The cost of somebody who is the only one with a value of `neverAlone` at a table.
  public var aloneWeight = MixingRules.usualAloneWeight
  /// Names of organisations that mean the same one, each list with the name to show first.
  public var sameOrganisations: [[String]] = []
  /// The seed of the drawing, for the same tables from the same plan; nil: chosen at the drawing.
  public var seed: Int?

  /// The weight of a move where the plan says nothing.
  public static let usualMoveWeight = 5
  /// The weight of being alone where the plan says nothing.
  public static let usualAloneWeight = 100

  /// An attribute to mix on.
  public struct Attribute: Sendable, Equatable {
    /// The participants' column: `organisation`, `group`, `municipality`, or one of their further columns.
    public var name: String
    /// What mixing on it means.
    public var kind: Kind
    /// Its weight against the others.
    public var weight: Int
    /// The values of which nobody sits alone at a table: none, or at least two.
    ///
    /// With `mirror` and a weight of 0 this is all that the attribute asks.
    public var neverAlone: [String]
    /// Whether tables mirror the room or two with the same value are kept apart.
    public enum Kind: String, Sendable { case mirror, spread }
    /// Creates an attribute to mix on.
    public init(name: String, kind: Kind, weight: Int, neverAlone: [String] = []) {
      self.name = name
      self.kind = kind
      self.weight = weight
      self.neverAlone = neverAlone
    }

    /// What an attribute means and weighs where the plan names the column only.
    public static func usual(for name: String) -> Attribute {
      switch name.lowercased() {
      case "organisation": Attribute(name: name, kind: .spread, weight: 5)
      case "group", "rol", "role": Attribute(name: name, kind: .mirror, weight: 3)
      default: Attribute(name: name, kind: .mirror, weight: 1)
      }
    }
  }

  /// A person who sits at a given table.
  public struct Pin: Sendable, Equatable {
    /// The participant's id.
    public var person: String
    /// The table's number.
    public var table: Int
    /// The rounds from 1 in which it holds; empty: all.
    public var rounds: [Int]
    /// Creates a pin.
    public init(person: String, table: Int, rounds: [Int] = []) {
      self.person = person
      self.table = table
      self.rounds = rounds
    }
  }

  /// A person who needs features of the table.
  public struct Need: Sendable, Equatable {
    /// The participant's id.
    public var person: String
    /// The features that the table must have.
    public var features: [String]
    /// Creates a need.
    public init(person: String, features: [String]) {
      self.person = person
      self.features = features
    }
  }

  /// A person who is known to miss rounds.
  public struct Absence: Sendable, Equatable {
    /// The participant's id.
    public var person: String
    /// The rounds from 1 that the person misses.
    public var rounds: [Int]
    /// Creates an absence.
    public init(person: String, rounds: [Int]) {
      self.person = person
      self.rounds = rounds
    }
  }

  /// Creates mixing rules; the default weights are those of docs/SEATING.md.
  public init(
    attributes: [Attribute] = ["organisation", "group", "municipality"].map(Attribute.usual),
    keepApart: [[String]] = [], keepTogether: [[String]] = [], pins: [Pin] = [], needs: [Need] = [],
    absences: [Absence] = [], repeatWeight: Int = 10, seed: Int? = nil
  ) {
    self.attributes = attributes
    self.keepApart = keepApart
    self.keepTogether = keepTogether
    self.pins = pins
    self.needs = needs
    self.absences = absences
    self.repeatWeight = repeatWeight
    self.seed = seed
  }
}
