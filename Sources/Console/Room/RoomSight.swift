import Conference
import Ground
import Screen

/// What the hall may see at a moment: all that the room screen draws, and nothing else.
///
/// The screen never gets the session itself, so what is not released here cannot come on it: no contribution
/// that was not shown or put to the vote, no kind and no mark of one, no owner, no quoted role, no speaker, no
/// count of a vote that is open, no message to single tables. People's names are in the seats only.
struct RoomSight: Sendable, Equatable {
  /// What is shown.
  var picture: RoomPicture
  /// The conference's title; empty before the opening.
  var title = ""
  /// The time on the wall, `14:05`.
  var wall: String
  /// What runs, in words.
  var heading = ""
  /// The question on which the tables work, or the motto.
  var text: String?
  /// The clock of what runs, or of the table's turn.
  var clock: Clock?
  /// The table that has the floor.
  var table: Int?
  /// What comes next.
  var next: Phrase?
  /// The contributions that the facilitator shows.
  var shown: [Shown] = []
  /// The vote that has the screen.
  var vote: Vote?
  /// How it ended.
  var closing: Closing?
  /// A fresh message to all.
  var banner: String?

  /// A countdown, with its state in words.
  struct Clock: Sendable, Equatable {
    var left: String
    var state: Phrase
    var role: Role
  }

  /// A contribution that was released to the room.
  struct Shown: Sendable, Equatable {
    var text: String
    var table: Int?
  }

  /// A vote as the room may see it.
  struct Vote: Sendable, Equatable {
    var title: String
    var kind: Ballot.Kind
    var dots: Int
    var mayStack: Bool
    /// In the order in which they are shown; numbered as they were put to the vote.
    var options: [Option]
    var isOpen: Bool

    struct Option: Sendable, Equatable {
      var number: Int
      var text: String
      /// The votes of all together; nil while the vote is open.
      var tally: Tally?
    }
  }

  /// The end, in figures and with the seal.
  struct Closing: Sendable, Equatable {
    var contributions: Int
    var tables: Int
    var people: Int
    var seal: ClosingSeal?
  }
}

extension RoomSight {
  /// Reads what the hall may see of a session at a moment.
  init(_ session: Session, at time: Moment) {
    let now = max(time, session.lastAt)
    picture = session.roomPicture(at: now)
    wall = session.zone.clock(now)
    title = session.plan?.title ?? ""
    banner = session.messages.last { $0.tables.isEmpty }.flatMap { message in
      now - message.at < Session.roomMessageTime && picture != .closed ? message.text : nil
    }
    let reading = session.clock(at: now)
    if let item = session.currentItem, let clock = reading.item {
      read(item, clock, reading, session)
    } else if picture == .welcome || picture == .seats(round: 1), session.flow.status == .prepared {
      text = session.plan?.motto
      next = session.plan?.startMinute.map {
        Phrase(nl: "We beginnen om \(clockText(minute: $0))", en: "We begin at \(clockText(minute: $0))")
      }
    }
    shown = session.contributions.filter { $0.isShown && $0.stands }
      .map { Shown(text: $0.text, table: $0.table) }
    if case .ballot(let id) = picture {
      vote = session.ballots.first { $0.id == id }.map { Vote($0, session) }
    }
    if picture == .closed {
      closing = Closing(
        contributions: session.contributions.count { $0.stands && $0.source == nil },
        tables: session.tables.count,
        people: session.participants.count { session.presence(of: $0.id) == .present },
        seal: session.closingSeal)
    }
  }

  private mutating func read(
    _ item: AgendaItem, _ clock: ItemReading, _ reading: ClockReading, _ session: Session
  ) {
    heading = item.title
    if let slot = reading.slot {
      table = slot.table
      self.clock = Clock(slot, isPaused: clock.isPaused)
    } else {
      self.clock = Clock(clock)
    }
    if picture == .question { text = item.question }
    if picture == .report {
      next = session.nextToReport.map { table in
        Phrase(nl: "Hierna: tafel \(table)", en: "Next: table \(table)")
      }
    } else if session.items.indices.contains(clock.index + 1), item.phase != .breakout {
      let following = session.items[clock.index + 1].title
      let start = session.zone.clock(reading.day.items[clock.index + 1].start)
      next =
        item.phase == .pause
        ? Phrase(nl: "Verder om \(start): \(following)", en: "On at \(start): \(following)")
        : Phrase(nl: "Hierna: \(following)", en: "Next: \(following)")
    }
  }
}

extension RoomSight.Clock {
  init(_ reading: ItemReading) {
    left = minutesAndSeconds(left: reading.remaining)
    (state, role) =
      switch reading.warning {
      case _ where reading.isPaused: (Texts.paused, .paused)
      // How many minutes over is the facilitator's concern, and the digits tell it.
      case .end, .over: (RoomTexts.timeIsUp, .alarm)
      case .left(let seconds): (WarningStage.left(seconds).phrase, .warning)
      case .halfTime: (WarningStage.halfTime.phrase, .digits)
      case nil: (Texts.remaining, .digits)
      }
  }

  init(_ slot: SlotReading, isPaused: Bool) {
    left = minutesAndSeconds(left: slot.remaining)
    (state, role) =
      isPaused
      ? (Texts.paused, .paused)
      : slot.remaining < 0
        ? (RoomTexts.timeIsUp, .alarm)
        : (
          slot.remaining <= .seconds(30) ? RoomTexts.roundOff : Texts.remaining,
          slot.remaining <= .seconds(30) ? .warning : .digits
        )
  }

  /// The role of digits that are drawn of blocks.
  var digitRole: Role {
    switch role {
    case .alarm: .digitsAlarm
    case .warning: .digitsWarning
    case .paused: .digitsPaused
    default: .digits
    }
  }
}

extension RoomSight.Vote {
  fileprivate init(_ ballot: Ballot, _ session: Session) {
    title = ballot.title
    kind = ballot.kind
    dots = ballot.dots
    mayStack = ballot.mayStack
    isOpen = ballot.isOpen
    // While it is open there is no result to read, and the order is that of the ballot.
    let results = session.result(of: ballot)
    options = (results?.map(\.option) ?? ballot.options).map { id in
      Option(
        number: (ballot.options.firstIndex(of: id) ?? 0) + 1, text: session.optionText(id),
        tally: results?.first { $0.option == id }?.total)
    }
  }
}
