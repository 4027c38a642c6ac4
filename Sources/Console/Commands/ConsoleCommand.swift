import Conference
import Ground
import Screen

/// Something that a key does on the console.
///
/// The table below is the only place that knows keys: what they do, the hints, the help and docs/KEYS.md all
/// come from it.
struct ConsoleCommand: Sendable {
  let id: ID
  var keys: [Key]
  /// One or two words for the hint at the bottom.
  let name: Phrase
  /// One sentence for the help.
  let help: Phrase
  /// Where it works.
  let place: Place
  /// Whether it only looks, so that it works in a replay too.
  let onlyLooks: Bool
  /// Why it cannot be done now, or nil.
  let whyNot: @Sendable (Model) -> Phrase?
  let action: @Sendable (inout Model) -> [Effect]

  enum ID: String, Sendable, CaseIterable {
    case advance, goTo, pause, extend, shorten, extendBy, finishOnTime, callTable, endSlot, close
    case draw, answerHelp, message, mark, elsewhere
    case people, checkIn, checkOut, walkIn, peopleLeave
    case chooseTable, note, plenary, noteKeep, noteNextTable, noteBackTable, noteNextKind, noteBackKind
    case noteEditor, noteLeave, noteNewLine, noteTable, noteHelp, noteOwner, noteAgain, noteLines
    case lineBack, lineOn, lineEdit, lineWithdraw, lineTop, lineUp, lineDown, lineLeave
    case seating, seatingMark, seatingSwap, seatingMove, seatingPin, seatingApart, seatingArrive, seatingAway
    case seatingAttendance, seatingFind, seatingNextRound, seatingBackRound, seatingPapers, seatingPeople
    case seatingTables, seatingWhy, seatingSeries, seatingEarlier, seatingLeave, mendTables
    case drawingTake, drawingNextRound, drawingBackRound, drawingDrop
    case meetingsRead, meetingsSortOn, meetingsSortBack, meetingsLeave
    case contributions, edit, withdraw, show, theme, contributionsLeave
    case ballots, ballotNext, ballotBack, ballotClose, ballotPropositions, ballotDots, ballotAgain,
      ballotGroups
    case ballotNewer, ballotOlder, ballotWithdraw, ballotsLeave
    case draftOpen, draftMark, draftAll, draftAdd, draftAmend, draftMore, draftFewer, draftStack, draftLeave
    case search, searchKeep, searchClear, filter, filterClear, filterUnthemed, filterUnshown, order
    case readWhole, listFirst, listLast, markOne, markAll, themes, hearing
    case merge, split, parent, rung, sensitive, quote, group, kind, owner, top
    case play, forward, back, nextPhase, previousPhase, faster, slower, first, last, goToTime
    case nextContribution, previousContribution, nextOfTable, previousOfTable, nextMarker, previousMarker
    case shortSilences, searchRecord, known, knownLeave
    case undo, redo, focusNext, focusBack, up, down, pageUp, pageDown, help, palette, bell, mouse, colours,
      tourOn, tourLeave
    case devices, join, suspend, leave
  }

  /// Where a command works.
  enum Place: Sendable, CaseIterable {
    /// Wherever no text is typed.
    case live
    /// With the agenda in focus.
    case agenda
    /// On the page of the contributions.
    case contributions
    /// On the page of the votes.
    case ballots
    /// While a vote is made.
    case ballotDraft
    /// While typing what to search for there.
    case search
    /// In the list of people.
    case people
    /// On the page of who sits where.
    case seating
    /// While tables are drawn.
    case drawing
    /// On the page of who meets whom.
    case meetings
    /// While typing a contribution.
    case note
    /// On the page of what a table knows.
    case known
    /// With a line of the table chosen, while typing.
    case noteLine
    /// In a replay.
    case replay
    /// In a replay, where the page in sight has no such key.
    case record
    /// Everywhere, also in a replay.
    case everywhere

    var title: Phrase {
      switch self {
      case .live: Phrase(nl: "De conferentie leiden", en: "Running the conference")
      case .agenda: Phrase(nl: "In het programma", en: "In the agenda")
      case .contributions: Phrase(nl: "Bij de bijdragen", en: "With the contributions")
      case .ballots: Phrase(nl: "Bij de stemmingen", en: "With the votes")
      case .ballotDraft: Phrase(nl: "Bij een nieuwe stemming", en: "Making a vote")
      case .search: Phrase(nl: "Tijdens het zoeken", en: "While searching")
      case .people: Phrase(nl: "Bij de deelnemers", en: "With the participants")
      case .seating: Phrase(nl: "Bij de zitplaatsen", en: "With the seating")
      case .drawing: Phrase(nl: "Tijdens het indelen", en: "While tables are drawn")
      case .meetings: Phrase(nl: "Bij wie wie treft", en: "With who meets whom")
      case .note: Phrase(nl: "Tijdens het noteren", en: "While taking notes")
      case .known: Phrase(nl: "Bij wat een tafel weet", en: "With what a table knows")
      case .noteLine: Phrase(nl: "Bij een regel van de tafel", en: "With a line of the table")
      case .replay: Phrase(nl: "Bij het terugspelen", en: "In a replay")
      case .record: Phrase(nl: "Bij het terugspelen, in het naslagwerk", en: "In a replay, in the record")
      case .everywhere: Phrase(nl: "Overal", en: "Everywhere")
      }
    }
  }

  init(
    _ id: ID, _ keys: [Key], in place: Place, _ name: Phrase, _ help: Phrase,
    onlyLooks: Bool = false, whyNot: @escaping @Sendable (Model) -> Phrase? = { _ in nil },
    action: @escaping @Sendable (inout Model) -> [Effect]
  ) {
    self.id = id
    self.keys = keys
    self.place = place
    self.name = name
    self.help = help
    self.onlyLooks = onlyLooks || [.replay, .record, .everywhere].contains(place)
    self.whyNot = whyNot
    self.action = action
  }
}

extension ConsoleCommand {
  /// The one table of commands.
  static let all: [ConsoleCommand] =
    flow + people + seating + drawing + meetings + notes + noteLines + contributions + contributionActions
    + contributionViews
    + ballots + ballotDraft + tablePage + replay + everywhere

  private static let byPlace = Dictionary(grouping: all, by: \.place)

  /// Returns the command that `key` gives in this state of the console, or nil.
  static func find(_ key: Key, in model: Model) -> ConsoleCommand? {
    // No command fires while one types, whatever else the key may mean.
    let typing = model.typing
    guard typing.leaves(key) else {
      guard typing == .text else { return nil }
      return pagePlaces(in: model).lazy.flatMap { byPlace[$0] ?? [] }.first {
        $0.keys.contains(key) && $0.isPossible(in: model)
      }
    }
    return places(in: model).lazy.flatMap { byPlace[$0] ?? [] }.first {
      $0.keys.contains(key) && $0.isPossible(in: model)
    }
  }

  /// Returns the commands that have meaning now, the most particular first, each with the keys left to it.
  static func available(in model: Model) -> [ConsoleCommand] {
    var taken: Set<Key> = []
    let typing = model.typing
    return places(in: model).flatMap { byPlace[$0] ?? [] }.compactMap { command in
      guard command.isPossible(in: model) else { return nil }
      var command = command
      command.keys.removeAll {
        taken.contains($0) || (![.note, .noteLine].contains(command.place) && !typing.leaves($0))
      }
      taken.formUnion(command.keys)
      return command.keys.isEmpty ? nil : command
    }
  }

  private func isPossible(in model: Model) -> Bool {
    if id == (model.station.host == nil ? .join : .elsewhere) { return false }
    return (model.replay == nil || onlyLooks) && (model.station.table == nil || isOfATable)
  }

  /// Whether a note-taker's console has it, which keeps to the notes of the own table.
  var isOfATable: Bool {
    switch id {
    case .note, .plenary, .noteNextTable, .noteBackTable, .noteTable: false
    case .undo, .redo: true
    default: [.note, .noteLine, .everywhere].contains(place)
    }
  }

  private static func places(in model: Model) -> [Place] {
    let ofPage = pagePlaces(in: model)
    guard model.replay != nil else { return ofPage + [.everywhere, .live] }
    return [.replay] + ofPage + [.record, .everywhere, .live]
  }

  /// The places of the pane or page that has the keys, the most particular first.
  private static func pagePlaces(in model: Model) -> [Place] {
    switch model.focus {
    case .agenda: [.agenda]
    case .tables: []
    case .contributions: model.contributions.isSearching ? [.search] : [.contributions]
    case .people: [.people]
    case .ballots: model.ballots.draft == nil ? [.ballots] : [.ballotDraft]
    case .seating: [.seating]
    case .drawing: [.drawing]
    case .meetings: [.meetings]
    case .note: model.note.line == nil ? [.note] : [.noteLine, .note]
    case .known: [.known]
    }
  }
}

/// What becomes of the keys that are typed.
enum Typing: Sendable {
  /// They are commands.
  case nothing
  /// Digits fill a field; other keys are commands.
  case digits
  /// Characters look something up; other keys are commands.
  case lookup
  /// All keys write text, but the few that no text needs.
  case text

  /// Whether a key is left to the commands.
  func leaves(_ key: Key) -> Bool {
    switch self {
    case .nothing: true
    case .digits: !key.isDigit && key != .backspace
    case .lookup: !key.isText && key != .backspace
    case .text:
      switch key {
      case .function, .control("z"), .control("c"): true
      default: false
      }
    }
  }
}
