import Ground

/// A vote by the whole room, entered by one operator: propositions or dots (S3.6).
public struct Ballot: Sendable, Equatable {
  /// Names the ballot in the record, `b1` for the first.
  public var id: String
  /// What people vote with.
  public var kind: Kind
  /// What the vote is about.
  public var title: String
  /// The ids of contributions, or for dots also of themes, in the order in which they are put to the vote.
  public var options: [String]
  /// How many dots each voter has; 0 for propositions.
  public var dots: Int
  /// Whether a voter may put more than one dot on an option.
  public var mayStack: Bool
  /// When it was opened.
  public var openedAt: Moment
  /// When it was closed, or nil.
  public var closedAt: Moment?
  /// Whether it was taken away again; it stays in the record.
  public var isWithdrawn = false
  /// The votes by option and then by stakeholder group; an empty group: not told apart.
  ///
  /// Only who enters them looks here. What people see comes from `Session.result(of:)`.
  public internal(set) var counts: [String: [String: Tally]] = [:]

  /// What people vote with: agree, disagree and abstain for each proposition, or dots to divide.
  public enum Kind: String, Sendable { case propositions, dots }

  /// Whether votes can be entered.
  public var isOpen: Bool { closedAt == nil && !isWithdrawn }

  init(id: String, _ new: NewBallot, at now: Moment) {
    self.id = id
    kind = new.kind
    title = new.title
    options = new.options
    dots = new.dots
    mayStack = new.mayStack
    openedAt = now
  }
}

/// A ballot as it is opened.
public struct NewBallot: Sendable, Equatable {
  /// What people vote with.
  public var kind: Ballot.Kind
  /// What the vote is about.
  public var title: String
  /// The ids of contributions, or for dots also of themes.
  public var options: [String]
  /// How many dots each voter has; without meaning for propositions.
  public var dots: Int
  /// Whether a voter may put more than one dot on an option.
  public var mayStack: Bool

  /// Creates a ballot to open.
  public init(
    kind: Ballot.Kind, title: String, options: [String], dots: Int = 0, mayStack: Bool = false
  ) {
    self.kind = kind
    self.title = title
    self.options = options
    self.dots = dots
    self.mayStack = mayStack
  }
}

/// Votes on one option, none negative.
public struct Tally: Sendable, Equatable {
  /// Who agree (eens).
  public var agree: Int
  /// Who disagree (oneens).
  public var disagree: Int
  /// Who abstain (onthouden).
  public var abstain: Int
  /// The dots.
  public var dots: Int

  /// Creates a tally.
  public init(agree: Int = 0, disagree: Int = 0, abstain: Int = 0, dots: Int = 0) {
    self.agree = agree
    self.disagree = disagree
    self.abstain = abstain
    self.dots = dots
  }

  /// All votes together.
  public var total: Int { agree + disagree + abstain + dots }

  /// Returns two tallies added up.
  public static func + (a: Tally, b: Tally) -> Tally {
    Tally(
      agree: a.agree + b.agree, disagree: a.disagree + b.disagree, abstain: a.abstain + b.abstain,
      dots: a.dots + b.dots)
  }
}

/// How the room voted on one option.
public struct BallotResult: Sendable, Equatable {
  /// The contribution's or theme's id.
  public var option: String
  /// The votes of all together.
  public var total: Tally
  /// The votes per group, in the groups' order; last, under nil, those not told apart.
  public var groups: [Group]

  /// The votes of one stakeholder group.
  public struct Group: Sendable, Equatable {
    /// The group, or nil where the votes were not told apart.
    public var name: String?
    /// Its votes.
    public var tally: Tally
  }
}

extension Session {
  /// The ballot that is open, or nil.
  public var openBallot: Ballot? { ballots.first(where: \.isOpen) }

  /// Returns how the room voted; nil while the ballot is open, since votes attract votes, and where it was
  /// withdrawn.
  ///
  /// Propositions stand in the order in which they were put; for dots the most come first, and options
  /// without any stay in it.
  public func result(of ballot: Ballot) -> [BallotResult]? {
    guard ballot.closedAt != nil, !ballot.isWithdrawn else { return nil }
    let results = ballot.options.map { option in
      let counts = ballot.counts[option] ?? [:]
      let known = groupNames.filter { counts[$0] != nil }
      let others = counts.keys.filter { !$0.isEmpty && !known.contains($0) }.sorted()
      var groups = (known + others).map { BallotResult.Group(name: $0, tally: counts[$0] ?? Tally()) }
      if let rest = counts[""] { groups.append(.init(name: nil, tally: rest)) }
      return BallotResult(
        option: option, total: groups.reduce(Tally()) { $0 + $1.tally }, groups: groups)
    }
    guard ballot.kind == .dots else { return results }
    return results.enumerated()
      .sorted { ($1.element.total.dots, $0.offset) < ($0.element.total.dots, $1.offset) }
      .map(\.element)
  }

  func ballotIndex(_ id: String) -> Int? { ballots.firstIndex { $0.id == id } }

  /// Returns how many people are present, of one group or (empty) of all; nil while nobody was checked in.
  public func voters(group: String) -> Int? {
    let present = participants.filter { presence(of: $0.id) == .present }
    guard !present.isEmpty else { return nil }
    return group.isEmpty ? present.count : present.count { $0.group == group }
  }
}

/// What could make a proposition hard to vote on; advice, never a refusal.
public enum PropositionAdvice: Sendable, Equatable, CaseIterable {
  /// It asks instead of stating.
  case question
  /// It denies something, so that agreeing means no.
  case negation
  /// It seems to say two things at once.
  case twoSubjects

  /// Returns what could be better about `text`.
  public static func on(_ text: String) -> [PropositionAdvice] {
    let words = text.lowercased().split { !($0.isLetter || $0 == "'" || $0 == "’") }
    var found: [PropositionAdvice] = []
    if text.contains("?") { found.append(.question) }
    if words.contains(where: { negations.contains(String($0)) || $0.hasSuffix("n't") || $0.hasSuffix("n’t") })
    {
      found.append(.negation)
    }
    if words.contains("en") || words.contains("and") { found.append(.twoSubjects) }
    return found
  }

  /// The advice in words.
  public var phrase: Phrase {
    switch self {
    case .question:
      Phrase(
        nl: "Dit is een vraag; schrijf wat u vindt dat waar is.",
        en: "This is a question; write what you hold to be true.")
    case .negation:
      Phrase(
        nl: "Hier staat een ontkenning; zeg liever wat wél moet.",
        en: "This denies something; rather say what should be.")
    case .twoSubjects:
      Phrase(
        nl: "Hier lijken twee onderwerpen te staan; maak er liever twee stellingen van.",
        en: "This seems to hold two subjects; rather make two propositions of it.")
    }
  }

  private static let negations: Set<String> = [
    "niet", "geen", "nooit", "niemand", "nergens", "noch", "not", "no", "never", "nobody", "none", "cannot",
  ]
}
