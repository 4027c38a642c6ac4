import Conference
import Ground
import Screen

/// A vote that is being made: what to vote on, and with how many dots.
struct BallotDraft: Sendable, Equatable {
  let kind: Ballot.Kind
  /// The title that is proposed.
  var title: String
  /// What can be voted on; nil: all propositions, also those still to come.
  private var list: [String]?
  /// What was chosen of it.
  private(set) var marked: Set<String>
  /// The chosen row.
  private(set) var selected = 0
  private var chosenDots: Int?
  var mayStack = false

  /// Creates a vote over propositions; those on which the room has not voted yet are chosen.
  init(propositionsOf session: Session, title: String) {
    kind = .propositions
    self.title = title
    let voted = session.ballots.filter { $0.kind == .propositions && !$0.isWithdrawn }.flatMap(\.options)
    marked = []
    marked = Set(candidates(in: session)).subtracting(voted)
  }

  /// Creates a dot vote over contributions or themes.
  init(dotsOver list: [String], marked: [String], title: String) {
    kind = .dots
    self.title = title
    self.list = list
    self.marked = Set(marked)
  }

  /// Returns what can be voted on now.
  func candidates(in session: Session) -> [String] {
    guard let list else { return session.standing.filter { $0.kind == "proposition" }.map(\.id) }
    return list.filter { session.canBeVotedOn($0) }
  }

  /// Returns what was chosen, in the order in which it is put to the vote.
  func options(in session: Session) -> [String] { candidates(in: session).filter(marked.contains) }

  /// Returns the chosen row's option, or nil.
  func option(in session: Session) -> String? {
    let candidates = candidates(in: session)
    return candidates.indices.contains(selected) ? candidates[selected] : nil
  }

  /// A third of the options, as is usual in the field.
  static func proposal(options: Int) -> Int { max(1, (options * 2 + 3) / 6) }

  /// The dots that each voter has.
  func dots(in session: Session) -> Int {
    chosenDots ?? BallotDraft.proposal(options: options(in: session).count)
  }

  // MARK: - Changing

  mutating func move(by step: Int, in session: Session) {
    selected = max(0, min(candidates(in: session).count - 1, selected + step))
  }

  mutating func toggle(in session: Session) {
    guard let option = option(in: session) else { return }
    if marked.remove(option) == nil { marked.insert(option) }
  }

  /// Chooses all, or where all are chosen none.
  mutating func toggleAll(in session: Session) {
    let all = Set(candidates(in: session))
    marked = all.isSubset(of: marked) ? [] : all
  }

  mutating func changeDots(by step: Int, in session: Session) {
    chosenDots = max(1, min(100, dots(in: session) + step))
  }

  /// Takes up the proposition that was just typed.
  mutating func takeUpNewest(in session: Session) {
    let candidates = candidates(in: session)
    guard
      let index = candidates.lastIndex(where: { id in
        session.contributionIndex(id).map { session.contributions[$0].by } == DeviceRole.facilitator.name
      })
    else { return }
    marked.insert(candidates[index])
    selected = index
  }

  // MARK: - Drawing

  func draw(on surface: inout Surface, in rect: Rect, _ scene: Model.Scene) {
    let session = scene.session
    let candidates = candidates(in: session)
    let options = options(in: session)
    surface.box(
      rect, title: scene.text(BallotTexts.draft(kind, options.count, of: candidates.count)),
      role: .borderFocus)
    let inner = rect.inset()
    surface.cursor = (inner.row, inner.column)
    guard !candidates.isEmpty else {
      surface.put(
        scene.text(BallotTexts.noPropositions), row: inner.row, column: inner.column, role: .dim,
        width: inner.columns)
      return
    }
    let foot = foot(columns: inner.columns, options.count, scene)
    let parts = inner.splitRows([nil, min(foot.count, inner.rows / 2)])
    let first = Scroll.first(selected: selected, count: candidates.count, rows: parts[0].rows)
    for offset in 0..<parts[0].rows where first + offset < candidates.count {
      let index = first + offset
      let row = Rect(row: inner.row + offset, column: inner.column, rows: 1, columns: inner.columns)
      let number = options.firstIndex(of: candidates[index]).map { "\($0 + 1)" } ?? ""
      let role: Role = index == selected ? .selected : number.isEmpty ? .dim : .text
      surface.fill(row, role: role)
      scene.mark(row, .row(.ballots, index))
      let text = session.optionText(candidates[index])
      // A sign beside the text: there is advice, shown in full for the chosen one.
      let advice = kind == .propositions && !PropositionAdvice.on(text).isEmpty ? "~" : " "
      surface.put(
        "\(index == selected ? "›" : " ")\(number.isEmpty ? "[ ]" : "[x]") \(TextWidth.pad(number, to: 2))\(advice) \(text)",
        row: row.row, column: row.column, role: role, width: row.columns)
      if index == selected { surface.cursor = (row.row, row.column) }
    }
    for (offset, line) in foot.prefix(parts[1].rows).enumerated() {
      surface.put(
        line.text, row: parts[1].row + offset, column: inner.column, role: line.role, width: inner.columns)
    }
  }

  /// The chosen option in full with advice on it, and the dots.
  private func foot(columns: Int, _ options: Int, _ scene: Model.Scene) -> [(text: String, role: Role)] {
    var lines: [(String, Role)] = []
    if let option = option(in: scene.session) {
      let text = scene.session.optionText(option)
      lines += TextWidth.wrap(text, columns: columns).map { ($0, .strong) }
      if kind == .propositions {
        for advice in PropositionAdvice.on(text) {
          lines += TextWidth.wrap("~ " + scene.text(BallotTexts.advice(advice)), columns: columns).map {
            ($0, .notice)
          }
        }
      }
    }
    if kind == .dots {
      let usual = BallotTexts.proposal(BallotDraft.proposal(options: options))
      lines.append(
        (
          scene.text(BallotTexts.dots(dots(in: scene.session), mayStack: mayStack))
            + " (\(scene.text(usual)))", .text
        ))
    }
    return lines
  }
}

extension Session {
  /// Whether an option can be put to the vote: a theme, or a contribution that stands.
  func canBeVotedOn(_ id: String) -> Bool {
    contributionIndex(id).map { contributions[$0].stands } ?? themeIndex(id).map { !themes[$0].isWithdrawn }
      ?? false
  }
}
