import Ground

/// Something that happened in a conference: a fact in the record, folded in by `Session.apply`.
///
/// What is large stands apart (`indirect`), so that the others, most of a record, are quick to hand on.
public enum Event: Sendable, Equatable {
  // Opening: the plan and the people as they were, so that the record alone is enough.
  indirect case conferencePlanned(Outline)
  indirect case itemPlanned(AgendaItem)
  indirect case tablePlaced(Table)
  indirect case rulesSet(MixingRules)
  indirect case participantRegistered(Participant)
  /// An earlier meeting of the traject; its tables follow, and its rounds are empty here.
  indirect case trajectTaken(EarlierMeeting)
  case trajectSeated(meeting: String, round: Int, tables: [SeatedTable])
  case conferenceOpened(items: Int, tables: Int, participants: Int)

  // The agenda.
  case phaseStarted(item: String, phase: Phase, departure: Departure?)
  case conferencePaused
  case conferenceResumed
  case itemExtended(item: String, seconds: Int)
  case slotStarted(table: Int)
  case slotEnded(table: Int)
  case conferenceClosed

  // People and tables.
  case participantArrived(String)
  case participantLeft(String)
  indirect case seatingDrawn(round: Int, RoundSeating.Drawing)
  case tableSeated(round: Int, table: Int, people: [String])
  indirect case seatTaken(round: Int, table: Int, person: String, change: SeatChange? = nil)
  case seatLeft(round: Int, table: Int, person: String)
  case personPinned(String, table: Int)
  case personUnpinned(String)
  case peopleParted([String])
  case peopleJoined([String])
  case helpAsked(table: Int)
  case helpAnswered(table: Int)

  // What the group produces.
  indirect case contributionAdded(Contribution)
  case contributionAmended(id: String, text: String, kind: String)
  case contributionWithdrawn(id: String)
  case contributionRestored(id: String)
  case contributionShown(id: String, isShown: Bool)
  case contributionMarked(id: String, isSensitive: Bool)
  case contributionQuoted(id: String, Quote?)
  case contributionLinked(id: String, parent: String?)
  case contributionMerged(id: String, into: String?)
  case contributionLabelled(id: String, ladder: String, rung: Int?)
  case contributionAttributed(id: String, group: String?)
  case contributionMoved(id: String, before: String?)
  case contributionTopped(id: String, isTop: Bool)
  indirect case actionAssigned(id: String, owner: String?, due: CalendarDate?)
  case contributionThemed(id: String, theme: String?)
  indirect case themeAdded(Theme)
  indirect case themeAmended(Theme)

  indirect case ballotOpened(Ballot)
  indirect case ballotCounted(id: String, option: String, group: String, Tally)
  case ballotClosed(id: String)
  case ballotWithdrawn(id: String)

  // The room and the record.
  case messageSent(text: String, tables: [Int])
  case markerSet(String)
  case actionUndone(CommandID)
  case actionRedone(CommandID)

  /// The plan less its lists, which have lines of their own: a plan of 500 items fits no single line.
  public struct Outline: Sendable, Equatable {
    /// The plan without items, tables and mixing rules.
    public var plan: Plan
    /// The offsets from UTC at the place of the conference.
    public var zone: Zone
  }

  /// Why a phase started out of the agenda's order.
  public enum Departure: String, Sendable {
    /// Items were passed over.
    case skip
    /// An earlier item was taken up again.
    case back
    /// The phases do not usually follow one another.
    case order
  }
}

/// Why a line is no event that this version can read.
public enum EventError: Error, Sendable, Equatable {
  /// The type or its version is unknown.
  case unknown(type: String, version: Int)
  /// A member of the payload is missing or of the wrong kind.
  case malformed(type: String, member: String)
}
