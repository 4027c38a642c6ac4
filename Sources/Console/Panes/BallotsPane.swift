import Conference
import Ground
import Screen

/// The page of the votes: which there were, and the chosen one in full.
///
/// One person types the counts for the whole room. What an open vote holds is seen only in the field in which
/// that person is (S3.6).
struct BallotsPane: Sendable, Equatable {
  /// The chosen vote's id; nil: the latest.
  private(set) var chosen: String?
  /// The chosen row: of an open vote a row of fields, of any other an option.
  ///
  /// Behind the last row of fields stands the line that closes the vote.
  private(set) var row = 0
  /// The chosen field of the row.
  private(set) var column = 0
  /// Whether votes are entered and shown per stakeholder group.
  var isSplit = false
  /// What was typed in a field and was not given yet, or was refused.
  var typed: [Field: String] = [:]
  /// The counts given that are not in the record yet.
  var underway: [CommandID: Entry] = [:]
  /// The vote that is being made, or nil.
  var draft: BallotDraft?

  /// A place for one number.
  struct Field: Hashable, Sendable {
    let ballot: String
    let option: String
    /// The stakeholder group, or nil for those not told apart.
    let group: String?
    let side: Side
  }

  /// A number on its way to the record.
  struct Entry: Sendable, Equatable {
    let field: Field
    let text: String
  }

  // MARK: - What is chosen

  /// Returns the chosen vote, or nil where there is none.
  func ballot(in session: Session) -> Ballot? {
    session.ballots.first { $0.id == chosen } ?? session.ballots.last
  }

  /// Returns the groups in which the fields of `ballot` are split; nil stands for those not told apart.
  func groups(of ballot: Ballot, in session: Session) -> [String?] {
    isSplit || ballot.hasGroups ? session.groupNames.map { $0 } + [nil] : [nil]
  }

  /// Returns the number of rows that can be chosen.
  func rows(of ballot: Ballot, in session: Session) -> Int {
    ballot.isOpen ? ballot.options.count * groups(of: ballot, in: session).count + 1 : ballot.options.count
  }

  /// Returns the place of the chosen option; nil on the line that closes the vote.
  func option(of ballot: Ballot, in session: Session) -> Int? {
    let option = ballot.isOpen ? row / groups(of: ballot, in: session).count : row
    return ballot.options.indices.contains(option) ? option : nil
  }

  /// Returns the field in which is typed now, or nil.
  func field(in session: Session) -> Field? {
    guard let ballot = ballot(in: session), ballot.isOpen, let option = option(of: ballot, in: session) else {
      return nil
    }
    let groups = groups(of: ballot, in: session)
    return Field(
      ballot: ballot.id, option: ballot.options[option], group: groups[row % groups.count],
      side: ballot.sides[min(column, ballot.sides.count - 1)])
  }

  /// What becomes of the keys: digits fill fields, and while a number stands there no letter is a command.
  func typing(in session: Session) -> Typing {
    guard draft == nil, let field = field(in: session), typed[field] != nil else { return .digits }
    return .lookup
  }

  // MARK: - Moving

  /// Moves by rows.
  mutating func move(by step: Int, in session: Session) {
    if draft != nil {
      draft?.move(by: step, in: session)
    } else if let ballot = ballot(in: session) {
      row = max(0, min(rows(of: ballot, in: session) - 1, row + step))
    }
  }

  /// Moves by fields, from row to row.
  mutating func moveField(by step: Int, in session: Session) {
    guard let ballot = ballot(in: session), ballot.isOpen else { return move(by: step, in: session) }
    let sides = ballot.sides.count
    let last = (rows(of: ballot, in: session) - 1) * sides
    let place = max(0, min(last, row * sides + column + step))
    (row, column) = (place / sides, place % sides)
  }

  /// Chooses a newer vote, or with a negative step an older one.
  mutating func moveBallot(by step: Int, in session: Session) {
    guard let index = session.ballots.firstIndex(where: { $0.id == ballot(in: session)?.id }) else { return }
    choose(ballot: max(0, min(session.ballots.count - 1, index + step)), in: session)
  }

  /// Chooses the vote at a place in the session.
  mutating func choose(ballot index: Int, in session: Session) {
    guard session.ballots.indices.contains(index) else { return }
    (chosen, row, column) = (session.ballots[index].id, 0, 0)
  }

  /// Shows the vote that was just opened or closed from its first row on.
  mutating func follow(_ session: Session) {
    draft = nil
    typed = [:]
    let changed = session.openBallot ?? session.ballots.last { $0.closedAt == session.lastAt }
    if let index = session.ballots.firstIndex(where: { $0.id == changed?.id }) {
      choose(ballot: index, in: session)
    }
  }

  /// Chooses a row, as the mouse does.
  mutating func choose(row: Int, in session: Session) {
    move(by: row - (draft?.selected ?? self.row), in: session)
  }

  /// Chooses a field.
  mutating func choose(_ field: Field, in session: Session) {
    guard let index = session.ballots.firstIndex(where: { $0.id == field.ballot }) else { return }
    let ballot = session.ballots[index]
    let groups = groups(of: ballot, in: session)
    guard ballot.isOpen, let option = ballot.options.firstIndex(of: field.option) else { return }
    chosen = ballot.id
    row = option * groups.count + (groups.firstIndex(of: field.group) ?? 0)
    column = ballot.sides.firstIndex(of: field.side) ?? 0
  }

  /// Shows the votes per group or in all; the same option stays chosen.
  mutating func split(in session: Session) {
    let option = ballot(in: session).flatMap { self.option(of: $0, in: session) } ?? 0
    isSplit.toggle()
    guard let ballot = ballot(in: session), ballot.isOpen else { return }
    row = option * groups(of: ballot, in: session).count
  }

  // MARK: - Numbers

  /// Takes a key as a digit of the number in the chosen field.
  mutating func type(_ key: Key, in session: Session) {
    guard draft == nil, let field = field(in: session) else { return }
    var text = typed[field] ?? ""
    switch key {
    case .character(let digit) where "0"..."9" ~= digit:
      // More than six digits is a slip of the fingers.
      if text.count < 6 { text.append(digit) }
    case .backspace: _ = text.popLast()
    default: return
    }
    typed[field] = text.isEmpty ? nil : text
  }

  /// Returns the votes of the row of `field`: those in the record, and those on their way to it.
  func tally(of field: Field, in session: Session) -> Tally {
    let ballot = session.ballots.first { $0.id == field.ballot }
    var tally = ballot?.counts[field.option]?[field.group ?? ""] ?? Tally()
    for entry in underway.values {
      let other = entry.field
      guard (other.ballot, other.option, other.group) == (field.ballot, field.option, field.group) else {
        continue
      }
      tally[other.side] = Int(entry.text) ?? tally[other.side]
    }
    return tally
  }

  /// Puts a number that was not kept back into its field.
  mutating func giveBack(_ entry: Entry, in session: Session) {
    typed[entry.field] = entry.text
    choose(entry.field, in: session)
  }
}

/// What one can vote with a number.
enum Side: Hashable, Sendable {
  case agree, disagree, abstain
  case dots

  var name: Phrase {
    switch self {
    case .agree: Phrase(nl: "eens", en: "agree")
    case .disagree: Phrase(nl: "oneens", en: "disagree")
    case .abstain: Phrase(nl: "onthouden", en: "abstain")
    case .dots: Phrase(nl: "stippen", en: "dots")
    }
  }
}

extension Tally {
  subscript(side: Side) -> Int {
    get {
      switch side {
      case .agree: agree
      case .disagree: disagree
      case .abstain: abstain
      case .dots: dots
      }
    }
    set {
      switch side {
      case .agree: agree = newValue
      case .disagree: disagree = newValue
      case .abstain: abstain = newValue
      case .dots: dots = newValue
      }
    }
  }

  /// The side with the fewest votes, whose reasons are heard first; nil where both have as many, or one has none.
  var smallerSide: Side? {
    agree == disagree || min(agree, disagree) == 0 ? nil : agree < disagree ? .agree : .disagree
  }
}

extension Ballot {
  /// The numbers that each option has.
  var sides: [Side] { kind == .dots ? [.dots] : [.agree, .disagree, .abstain] }

  /// Whether votes were entered per stakeholder group.
  var hasGroups: Bool { counts.values.contains { $0.keys.contains { !$0.isEmpty } } }

  /// How many options have counts.
  var countedOptions: Int { options.count { counts[$0]?.isEmpty == false } }
}

extension Session {
  /// Returns what an option of a vote says, in one line.
  func optionText(_ id: String) -> String {
    let text =
      contributionIndex(id).map { contributions[$0].text } ?? themeIndex(id).map { themes[$0].title } ?? id
    return text.map { $0.isNewline ? " " : String($0) }.joined()
  }
}
