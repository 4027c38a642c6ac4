import Conference
import Ground
import Screen

/// Everything the console shows and remembers: the session, and what is only on this screen.
///
/// `update` takes in what happens and answers with effects; `view` draws. Neither looks at a clock, a file
/// or the environment.
public struct Model: Sendable {
  /// The conference as the record has it; nothing is shown before it is in the record.
  public internal(set) var session: Session
  /// The host's time, or in a replay the moment that is shown.
  public internal(set) var now: Moment
  /// The measure of the screen.
  public internal(set) var size: Size
  /// The language of the interface.
  public var language: Language

  var focus = Focus.agenda {
    didSet { followContributions() }
  }
  var agenda = AgendaPane()
  var tables = TablesPane()
  var contributions = ContributionsPane()
  var people = PeoplePane()
  var note = NotePane()
  var tablePage = TablePage()
  var ballots = BallotsPane()
  var seating = SeatingPane()
  /// The drawing of tables that goes on, or waits to be taken.
  var drawing: DrawingPane?
  var meetings = MeetingsPane()
  var mendHint = MendHint()
  /// Whether what is typed belongs to the plenary, not to the chosen table.
  var isPlenaryNote = false
  var replay: Replay?
  /// What this console is for, and how it stands with a host elsewhere.
  var station = Station()
  /// Whether the mouse was pressed on the timeline, and not let go since.
  var isTimelineHeld = false
  /// Where the field stands in which the mouse was pressed, while it is dragged.
  var heldField: Rect?
  /// What lies over the panes; keys go to the last one, Esc takes it away.
  var layers: [Layer] = []
  /// What happened last, in words.
  var toast: Toast?
  /// The command that the prompt on top has given.
  var asked: CommandID?
  /// Commands given that are not in the record yet.
  var underway: [CommandID: Command] = [:]
  /// What the tables have brought in.
  var tally: TableCounts
  /// What is to be done once a command is in the record.
  var afterwards: [CommandID: @Sendable (inout Model) -> [Effect]] = [:]
  /// Why nothing can be written any more, or nil.
  var trouble: String?
  /// The file in which the record goes on, or was last asked to.
  var elsewhere = ""
  /// Whether less than 64 MiB is free for the record.
  var isDiskNearlyFull = false
  var lastWarning: WarningStage?
  /// The guided tour, while it goes on.
  public var tour: Tour?
  /// The themes to choose from.
  public var themes: [String] = []
  /// The theme that was chosen.
  public var theme = ""
  /// Whether warnings come without bell and flash.
  public var isSilent = false
  /// Whether the mouse is ours, and not the terminal's for selecting text.
  public var isMouseOn = true

  /// Creates the model of a console over a session.
  ///
  /// `notice` is said at the start.
  public init(
    session: Session, now: Moment, size: Size, language: Language, notice: Phrase? = nil
  ) {
    self.session = session
    tally = TableCounts(session)
    self.now = now
    self.size = size
    self.language = language
    agenda.follow(session)
    note.kind = session.plan?.kinds.first?.id ?? ""
    lastWarning = session.itemClock(at: now)?.warning
    if let notice { say(notice) }
  }

  /// Creates the model of a replay over the lines of a record, standing at its end.
  public init(replaying lines: [Line], size: Size, language: Language) {
    self.init(replay: Replay(lines: lines), size: size, language: language)
  }

  /// Creates the model of a replay, where it stands; lines that cannot be read are told.
  public init(replay: Replay, size: Size, language: Language) {
    self.init(
      session: replay.session, now: replay.moment, size: size, language: language,
      notice: replay.unreadable == 0 ? nil : Texts.unreadable(replay.unreadable))
    self.replay = replay
  }

  /// What has the keys: a pane of the hall, or a page that fills the screen below the clock.
  enum Focus: CaseIterable, Sendable {
    case agenda, tables
    case contributions, people, note, ballots, seating
    case drawing, meetings
    case known

    /// The panes between which Tab goes.
    static let hall: [Focus] = [.agenda, .tables]

    /// Whether it fills the screen.
    var isPage: Bool { !Focus.hall.contains(self) }
  }

  /// A line of news at the bottom of the screen.
  struct Toast: Sendable, Equatable {
    var text: String
    var role: Role
    /// When it goes away by itself, so that the hints come back.
    var until: Moment
  }
}

/// Something that reaches the console.
public enum Occurrence: Sendable {
  /// Somebody used the keyboard, the mouse or the terminal.
  case input(InputEvent)
  /// Time passed: the host's time now.
  case tick(Moment)
  /// Lines were added to the record.
  case lines([Line])
  /// The host looked how much room there is for the record.
  case room(isNearlyFull: Bool)
  /// Something happened outside that people must know.
  case notice(Phrase)
  /// The text came back from a person's own editor; nil: it could not be had.
  case edited(String?)
  /// The papers for the hall were written, or not.
  case papers(ConsoleLink.Papers)
  /// A drawing of tables has come so far.
  case drawing(CommandID, DrawingPicture)
  /// How it is with the devices in the hall.
  case devices(HallDevices)
  /// How it stands with a host elsewhere.
  case host(HostSight)
  /// The host let this laptop in anew, or why not.
  case joined(Phrase?)
  /// A host elsewhere has another record than the copy here; this is its session so far.
  case anew(Session)
  /// The host answered a command.
  case answer(CommandID, ConsoleLink.Outcome)
}

/// Something that the console wants done outside of it.
public enum Effect: Sendable, Equatable {
  /// Give a command to the host.
  case submit(CommandID, Command)
  /// Draw the tables of the rounds that are still open.
  case draw(CommandID)
  /// Take the best that this drawing has found so far, or give it up.
  case endDrawing(CommandID, taking: Bool)
  /// Go on with the record in a new file, after its disk failed.
  case continueElsewhere(String)
  /// Ring the bell.
  case bell
  /// Flash the screen.
  case flash
  /// Ask for the mouse, or leave it to the terminal.
  case mouse(Bool)
  /// Show the screen in another theme.
  case theme(String)
  /// Give a text to a person's own editor.
  case edit(String)
  /// Keep a setting for the next time.
  case remember(String, String)
  /// Write table cards and the list of names for the hall.
  case writePapers
  /// Look at the devices in the hall, or change who is let in.
  case devices(DevicesRequest)
  /// Hand the terminal back to the shell for a while.
  case suspend
  /// Ask a host elsewhere to be let in anew, with this code.
  case join(String)
  /// Keep a command that was refused no longer: its text went somewhere else.
  case forget(CommandID)
  /// End the program.
  case quit
}

extension Model {
  /// The second of the time that is shown.
  var second: Int64 { now.milliseconds / 1000 }

  /// Whether a tick changed anything that one sees since this second was drawn; most ticks change nothing.
  func hasMoved(since second: Int64?) -> Bool { second != self.second || replay?.isPlaying == true }

  mutating func say(_ phrase: Phrase, _ role: Role = .notice) {
    // In a replay the time of the record may stand still, or run.
    let time = replay?.lastTick ?? now
    toast = Toast(text: phrase[language], role: role, until: time + .seconds(8))
  }

  /// Gives a command; what comes of it is told when the host has answered.
  mutating func give(_ command: Command) -> [Effect] {
    let id = CommandID.random()
    underway[id] = command
    return [.submit(id, command)]
  }

  /// Gives a command, and does something more once it is in the record; nothing where it is refused.
  mutating func give(
    _ command: Command, then: @escaping @Sendable (inout Model) -> [Effect]
  ) -> [Effect] {
    let effects = give(command)
    if case .submit(let id, _) = effects.first { afterwards[id] = then }
    return effects
  }
}
