import Ground

/// Something the group brought forward (bijdrage), such as an idea, an opinion or a proposition.
public struct Contribution: Sendable, Equatable {
  /// Names the contribution in the record, `c1` for the first.
  public var id: String
  /// The table's number, or nil where it came from the plenary or from a survey.
  public var table: Int?
  /// The agenda item during which it came in, or nil before the start.
  public var item: String?
  /// The kind's id.
  public var kind: String
  /// The text in the speaker's own words.
  public var text: String
  /// When it came in.
  public var at: Moment
  /// Who entered it: `facilitator`, `note-4`.
  public var by: String
  /// Where it came from, if not from the room: `enquête`.
  public var source: String?
  /// What is known of its origin: the columns kept from the survey.
  public var origin: [Participant.Attribute] = []
  /// The contribution it elaborates (S4.6).
  public var parent: String?
  /// The theme it was put under.
  public var theme: String?
  /// Whether it was withdrawn; it stays in the record (S4.14).
  public var isWithdrawn = false
  /// Whether the room's screen shows it.
  public var isShown = false
  /// Whether the room's screen ever showed it; no undo takes back what the hall has seen.
  public var wasShown = false
  /// How often text or kind were changed.
  public var amendments = 0
  /// Whether it was marked as sensitive, or as not; nil: its kind tells.
  public var sensitiveMark: Bool?
  /// Whom it quotes, by role and never by name (S0.13).
  public var quote: Quote?
  /// The contribution that it was merged into; it stays readable with where it came from.
  public var mergedInto: String?
  /// Its rung, from 0, on each ladder on which it was placed (S1.8).
  public var rungs: [String: Int] = [:]
  /// The stakeholder group that brought it forward (S4.10).
  public var group: String?
  /// Whether it is one of its table's three best of its agenda item.
  public var isTop = false
  /// Who does it, for an action (S1.13).
  public var owner: String?
  /// The day by which it is done, for an action.
  public var due: CalendarDate?

  /// The number from 1 in an id, `c12` for the twelfth; nil for any other text.
  static func number(_ id: String) -> Int? {
    // By the bytes: most lines of a record name a contribution.
    let digits = id.utf8.dropFirst()
    guard id.utf8.first == UInt8(ascii: "c"), let first = digits.first, first != UInt8(ascii: "0"),
      digits.count < 16
    else { return nil }
    var number = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      number = number * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return number
  }

  /// Whether it is a contribution of its own in lists and counts: neither withdrawn nor merged.
  public var stands: Bool { !isWithdrawn && mergedInto == nil }

  /// Creates a contribution.
  public init(
    id: String, table: Int?, item: String?, kind: String, text: String, at: Moment, by: String,
    source: String? = nil, origin: [Participant.Attribute] = [], parent: String? = nil,
    group: String? = nil, owner: String? = nil, due: CalendarDate? = nil
  ) {
    self.id = id
    self.table = table
    self.item = item
    self.kind = kind
    self.text = text
    self.at = at
    self.by = by
    self.source = source
    self.origin = origin
    self.parent = parent
    self.group = group
    self.owner = owner
    self.due = due
  }
}

/// Whom a contribution quotes: `Beleidsmedewerker Welzijn, Gemeente Woudrichem` (S0.13).
public struct Quote: Sendable, Equatable {
  /// The person's role, never empty.
  public var role: String
  /// The organisation, or nil.
  public var organisation: String?

  /// Creates an attribution by role.
  public init(role: String, organisation: String? = nil) {
    self.role = role
    self.organisation = organisation
  }

  /// Role and organisation in one text.
  public var text: String { organisation.map { "\(role), \($0)" } ?? role }
}

/// A headline under which contributions are brought together (S2.6).
public struct Theme: Sendable, Equatable {
  /// Names the theme in the record, `t1` for the first.
  public var id: String
  /// The headline.
  public var title: String
  /// The text below the headline, or nil.
  public var body: String?
  /// Whether it was taken away again.
  public var isWithdrawn = false

  /// Creates a theme.
  public init(id: String, title: String, body: String? = nil) {
    self.id = id
    self.title = title
    self.body = body
  }
}

/// A message from the facilitator to tables.
public struct Message: Sendable, Equatable {
  /// The text.
  public var text: String
  /// The tables' numbers; empty: all.
  public var tables: [Int]
  /// When it was sent.
  public var at: Moment
}

/// A moment in the conference worth finding back.
public struct Marker: Sendable, Equatable {
  /// What happened.
  public var text: String
  /// When it was set.
  public var at: Moment
}

/// Whether somebody who was invited is here.
public enum Presence: String, Sendable { case expected, present, absent }

/// Who sits where in one round.
public struct RoundSeating: Sendable, Equatable {
  /// How the tables were drawn.
  public var drawing: Drawing
  /// The participants' ids by table number.
  public var tables: [Int: [String]]
  /// What was changed by hand since the drawing, in order; only what the record tells the cost of.
  public var changes: [SeatChange] = []

  /// Creates the seating of a round.
  public init(drawing: Drawing, tables: [Int: [String]] = [:]) {
    self.drawing = drawing
    self.tables = tables
  }

  /// What is needed to draw the same tables again.
  public struct Drawing: Sendable, Equatable {
    /// The engine's name and version.
    public var engine: String
    /// The seed.
    public var seed: Int
    /// The number of proposals of the search.
    public var effort: Int
    /// The cost by term, in thousandths of the weights' unit.
    public var score: [Participant.Attribute]
    /// The mixing rules as they were applied.
    public var rules: MixingRules
    /// What no tables of these sizes can cost less than, by term as the score; empty: not known.
    public var bound: [Participant.Attribute] = []
    /// The number of proposals that were weighed; nil: not known.
    public var proposals: Int?
    /// The number of proposals after which somebody took the best so far; nil: the search ran to its end.
    public var brokenOffAt: Int?
    /// Whether it is proven that no tables cost less; nil: not known.
    public var isOptimal: Bool?
    /// The place of the record's last line that the drawing knew of; nil: not known.
    public var after: Int?

    /// Creates the description of a drawing.
    public init(
      engine: String, seed: Int, effort: Int, score: [Participant.Attribute], rules: MixingRules
    ) {
      self.engine = engine
      self.seed = seed
      self.effort = effort
      self.score = score
      self.rules = rules
    }
  }

  /// Returns the table at which `person` sits, or nil.
  public func table(of person: String) -> Int? { tables.first { $0.value.contains(person) }?.key }
}
