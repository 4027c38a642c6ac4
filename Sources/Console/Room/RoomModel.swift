import Conference
import Ground
import Screen

/// Everything the room screen shows and remembers: the session, and what somebody at its keyboard does.
///
/// `update` takes in what happens and answers with effects; `view` draws. Neither looks at a clock, a file
/// or the network. It gives no commands: nothing that is typed here can reach the record.
public struct RoomModel: Sendable {
  /// The conference as the record has it.
  private(set) var session: Session
  /// The host's time.
  private(set) var now: Moment
  /// For how long the screen has been looked at, in milliseconds: pages turn by it, however fast a demo goes.
  private(set) var watched: Interval = 0
  private(set) var size: Size
  let language: Language
  /// Who sits where, where the hall needs it or somebody looks a name up.
  private(set) var seats: RoomSeats?
  /// The name that is typed; nil: nobody looks for one.
  private(set) var query: String?
  /// The page that was turned to by hand, and when.
  private var turned: (page: Int, at: Interval) = (0, 0)
  private(set) var isHelpShown = false
  private(set) var isLeaving = false
  private var touched: Interval = 0
  /// Why what is shown may not be the latest, or nil.
  private(set) var trouble: Phrase?

  /// So long a page stays, in milliseconds.
  static let pageTime = Interval.seconds(9)
  /// So long a page stays that was turned to by hand, a name that was typed, or the keys.
  static let touchTime = Interval.seconds(25)

  /// Creates the model of a room screen; an empty session is a conference that is not open yet.
  public init(session: Session = Session(), now: Moment, size: Size, language: Language) {
    self.session = session
    self.now = now
    self.size = size
    self.language = language
    readSeats()
  }

  /// The seconds of the host's time and of the time watched; most ticks change neither.
  var seconds: [Int64] { [now.milliseconds / 1000, watched / 1000] }

  /// What the hall may see now.
  var sight: RoomSight { RoomSight(session, at: now) }

  /// Returns the page that is shown of so many, from 0: they turn by themselves and begin again.
  func page(of count: Int) -> Int {
    let place = turnedOn % max(1, count)
    return place < 0 ? place + count : place
  }

  /// How many pages were turned, by hand or by themselves; back from the first one it is negative.
  private var turnedOn: Int { turned.page + Int(max(0, watched - turned.at) / RoomModel.pageTime) }
}

/// Something that reaches the room screen.
public enum RoomOccurrence: Sendable {
  /// Somebody used the keyboard, or the terminal changed.
  case input(InputEvent)
  /// Time passed: the host's time now, and the milliseconds for which the screen has been there.
  case tick(Moment, watched: Interval)
  /// Lines were added to the record.
  case lines([Line])
  /// The record was read anew, or another one is followed.
  case session(Session)
  /// Why what is shown may not be the latest; nil: it is.
  case trouble(Phrase?)
}

/// Something that the room screen wants done outside of it.
public enum RoomEffect: Sendable, Equatable {
  /// Hand the terminal back to the shell for a while.
  case suspend
  /// End the program.
  case quit
}

extension RoomModel {
  /// Takes in what happened and answers with what must be done outside.
  public mutating func update(_ occurrence: RoomOccurrence) -> [RoomEffect] {
    defer { readSeats() }
    switch occurrence {
    case .input(let event): return input(event)
    case .tick(let time, let watched):
      // It may go back: a screen can learn the host's time only from what comes in.
      now = max(session.lastAt, time)
      self.watched = max(self.watched, watched)
      // Whoever looked something up has walked on.
      if self.watched - touched > RoomModel.touchTime { forget() }
    case .lines(let lines):
      // A line that this version cannot read is counted by the session and changes nothing here.
      for line in lines { try? session.apply(line) }
      now = max(now, session.lastAt)
    case .session(let session):
      self.session = session
      // Another record may be of another day.
      now = session.lastAt
      forget()
    case .trouble(let phrase): trouble = phrase
    }
    return []
  }

  /// Reads who sits where as long as somebody needs it; thousands of names are not sorted for every line.
  private mutating func readSeats() {
    var round: Int?
    if case .seats(let shown) = session.roomPicture(at: max(now, session.lastAt)) {
      round = shown
    } else if query != nil {
      round = session.shownSeating?.round
    }
    guard let round else { return seats = nil }
    if seats?.hold(in: session, round: round) != true { seats = RoomSeats(session, round: round) }
  }

  private mutating func forget() {
    query = nil
    isHelpShown = false
    isLeaving = false
  }

  // MARK: - Keys

  private mutating func input(_ event: InputEvent) -> [RoomEffect] {
    switch event {
    case .key(let key): return press(key)
    case .paste(let text): type(text.filter { !$0.isNewline })
    case .resized(let size): self.size = size
    case .mouse, .resumed: break
    case .hangUp, .terminate, .endOfInput: return [.quit]
    }
    return []
  }

  private mutating func press(_ key: Key) -> [RoomEffect] {
    touched = watched
    switch key {
    case .control("c"): return [.quit]
    case .control("z"): return [.suspend]
    case .escape: forget()
    case .right, .pageDown, .down: turn(by: 1)
    case .left, .pageUp, .up: turn(by: -1)
    case .home: turned = (0, watched)
    case .backspace: query = query.flatMap { $0.isEmpty ? nil : String($0.dropLast()) }
    case .character(let character): return press(character)
    default: break
    }
    return []
  }

  private mutating func press(_ character: Character) -> [RoomEffect] {
    if isLeaving {
      if ["j", "y"].contains(character.lowercased()) { return [.quit] }
      isLeaving = false
      // Whoever types Quinten looks for a name.
      if character.lowercased() != "n" { type("q\(character)") }
      return []
    }
    let wasHelpShown = isHelpShown
    isHelpShown = false
    switch (character, query) {
    case ("q", nil): isLeaving = true
    case ("?", _): isHelpShown = !wasHelpShown
    case ("/", _): query = query ?? ""
    default: type(String(character))
    }
    return []
  }

  private mutating func type(_ text: String) {
    let typed = (query ?? "") + text
    // A name begins with something one sees; no name is longer.
    guard !typed.allSatisfy(\.isWhitespace), typed.count <= 60 else { return }
    query = typed
  }

  private mutating func turn(by step: Int) {
    // What was turned to by hand stays a while longer.
    turned = (turnedOn + step, watched + RoomModel.pageTime)
  }
}
