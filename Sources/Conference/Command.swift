import Ground

/// Something that a person, or the host, wants to happen; `Session.decide` turns it into events.
public enum Command: Sendable, Equatable {
  /// Open the conference with its plan, people and survey.
  case open(Opening)

  /// Start the next item of the agenda, or the first.
  case advance
  /// Start the item with this id; out of order only if `deliberate`.
  case move(to: String, deliberate: Bool)
  /// Let the item's clock stand still, or go on.
  case pause, resume
  /// Extend (or, negative, shorten) an item by seconds; nil: the one that runs.
  case extend(item: String?, seconds: Int)
  /// Shorten the items ahead so that the day ends on time.
  case finishOnTime
  /// Give a table its turn in the report-back; nil: the next one.
  case call(table: Int?)
  /// End the turn of the table that reports back.
  case endSlot
  /// End the conference; before the end of the agenda only if `deliberate`.
  case close(deliberate: Bool)

  /// Record tables that the seating engine drew, round by round.
  case seat([DrawnRound])
  /// Check a person in.
  case arrive(String)
  /// Note that a person is not here or has left.
  case leave(String)
  /// Add a person who was not on the list and check them in.
  case register(name: String, organisation: String?, group: String?, municipality: String?)
  /// Let two people change places in a round that is not over; against the rules only if `deliberate`.
  case swap(round: Int, a: String, b: String, deliberate: Bool = false)
  /// Seat a person at another table in a round that is not over; against the rules only if `deliberate`.
  case reseat(person: String, table: Int, round: Int, deliberate: Bool = false)
  /// Seat people at other tables in rounds that are not over, as proposed; against the rules only if
  /// `deliberate`.
  case mendTables([SeatMove], deliberate: Bool = false)
  /// Pin a person to a table in all drawings to come; against other rules only if `deliberate`.
  case pin(person: String, table: Int, deliberate: Bool = false)
  /// Pin a person to no table any more.
  case unpin(person: String)
  /// Keep people apart in all drawings to come, or no longer.
  case keepApart([String]), allowTogether([String])
  /// Ask the facilitator to come to a table, or say that somebody came.
  case askHelp(table: Int), answerHelp(table: Int)

  /// Keep a contribution.
  case contribute(NewContribution)
  /// Change text and kind of a contribution.
  case amend(id: String, text: String, kind: String)
  /// Withdraw a contribution, or take it up again.
  case withdraw(id: String), restore(id: String)
  /// Show a contribution on the room's screen, or hide it.
  case show(id: String, Bool)
  /// Mark a contribution as sensitive, or as not, whatever its kind says.
  case markSensitive(id: String, Bool)
  /// Tell whom a contribution quotes, by role; nil: it quotes nobody.
  case quote(id: String, Quote?)
  /// Tell which contribution it elaborates; nil: none.
  case link(id: String, parent: String?)
  /// Merge a contribution into another; nil: split it off again.
  case merge(id: String, into: String?)
  /// Place a contribution on a rung (from 0) of a ladder; nil: on none.
  case label(id: String, ladder: String, rung: Int?)
  /// Tell which stakeholder group brought a contribution forward; nil: not known.
  case attribute(id: String, group: String?)
  /// Move a contribution in front of another of its own table; nil: to the end.
  case reorder(id: String, before: String?)
  /// Choose a contribution as one of its table's top three, or not.
  case top(id: String, Bool)
  /// Tell who does an action, and by which day.
  case assignAction(id: String, owner: String?, due: CalendarDate?)
  /// Put a contribution under a theme, or under none.
  case assign(id: String, theme: String?)
  /// Put a contribution under a new theme.
  case assignNew(id: String, title: String, body: String?)
  /// Add a theme.
  case addTheme(title: String, body: String?)
  /// Take a theme away; what stood under it stands under none.
  case withdrawTheme(id: String)
  /// Change a theme's headline and text.
  case amendTheme(id: String, title: String, body: String?)

  /// Open a vote by the whole room.
  case openBallot(NewBallot)
  /// Set the votes on an option, of one group or of all; more than people can give only if `deliberate`.
  case count(ballot: String, option: String, group: String?, Tally, deliberate: Bool = false)
  /// Close a vote, which shows its result.
  case closeBallot(id: String)
  /// Take a vote away, with its result.
  case withdrawBallot(id: String)

  /// Send a message to tables; none named: to all.
  case message(String, tables: [Int])
  /// Set a marker to find this moment back.
  case mark(String)
  /// Undo one's own last command, or redo the last one undone.
  case undo, redo
}

/// What a conference opens with.
public struct Opening: Sendable, Equatable {
  /// The plan.
  public var plan: Plan
  /// The people on the list.
  public var participants: [Participant]
  /// The answers to the survey held beforehand.
  public var survey: [SurveyAnswer]
  /// The earlier meetings of the traject, with the ids of today's people.
  public var earlier: [EarlierMeeting]
  /// The offsets from UTC at the place of the conference.
  public var zone: Zone

  /// Creates an opening.
  public init(
    plan: Plan, participants: [Participant], survey: [SurveyAnswer], earlier: [EarlierMeeting] = [],
    zone: Zone
  ) {
    self.plan = plan
    self.participants = participants
    self.survey = survey
    self.earlier = earlier
    self.zone = zone
  }
}

/// The tables of one round as they were drawn.
public struct DrawnRound: Sendable, Equatable {
  /// The round from 1.
  public var round: Int
  /// How they were drawn.
  public var drawing: RoundSeating.Drawing
  /// The participants' ids by table number.
  public var tables: [Int: [String]]

  /// Creates a drawn round.
  public init(round: Int, drawing: RoundSeating.Drawing, tables: [Int: [String]]) {
    self.round = round
    self.drawing = drawing
    self.tables = tables
  }
}

/// A contribution as it is entered.
public struct NewContribution: Sendable, Equatable {
  /// The table's number, or nil in plenary.
  public var table: Int?
  /// The kind's id.
  public var kind: String
  /// The text.
  public var text: String
  /// The contribution it elaborates.
  public var parent: String?
  /// The stakeholder group that brings it forward.
  public var group: String?
  /// Who does it, for an action.
  public var owner: String?
  /// The day by which it is done, for an action.
  public var due: CalendarDate?

  /// Creates a contribution to enter.
  public init(
    table: Int?, kind: String, text: String, parent: String? = nil, group: String? = nil,
    owner: String? = nil, due: CalendarDate? = nil
  ) {
    self.table = table
    self.kind = kind
    self.text = text
    self.parent = parent
    self.group = group
    self.owner = owner
    self.due = due
  }
}
