import Conference
import Ground
import Screen

/// One contribution whole: its text, all that is known of it, and the others that it belongs to.
struct ContributionDetail {
  private let one: Contribution
  private let index: ContributionIndex
  private let session: Session
  private let language: Language

  init(_ contribution: Contribution, _ index: ContributionIndex, _ scene: Model.Scene) {
    self.init(contribution, index, scene.session, scene.language)
  }

  init(
    _ contribution: Contribution, _ index: ContributionIndex, _ session: Session, _ language: Language
  ) {
    one = contribution
    self.index = index
    self.session = session
    self.language = language
  }

  /// Its id, place, time, kind and, for what came from the room, who entered it.
  var heading: String {
    let item = one.item.flatMap(session.itemIndex).map { session.items[$0].title }
    let kind = session.usualKind(one.kind)?.name[language] ?? one.kind
    let parts = [
      one.id, place(of: one), item, session.zone.clock(one.at), kind, one.source == nil ? one.by : nil,
    ]
    return parts.compactMap(\.self).joined(separator: " · ")
  }

  /// All of it in paragraphs, to read on a card.
  var paragraphs: [String] {
    [heading, "", one.text, ""] + facts.map { "\($0.name[language]): \($0.value)" } + relations
  }

  /// Draws as much as there is room for; `isWide`: each fact in a row of its own.
  func draw(on surface: inout Surface, in rect: Rect, isWide: Bool) {
    guard rect.rows > 0 else { return }
    var lines: [(text: String, role: Role)] = []
    func add(_ text: String, _ role: Role) {
      lines += TextWidth.wrap(text, columns: max(1, rect.columns)).map { ($0, role) }
    }
    add(one.text, .strong)
    if isWide {
      lines.append(("", .text))
      for fact in facts { add(TextWidth.pad(fact.name[language], to: 13) + fact.value, .text) }
      if !relations.isEmpty { lines.append(("", .text)) }
    } else {
      add(facts.map { "\($0.name[language]): \($0.value)" }.joined(separator: " · "), .dim)
    }
    for relation in relations { add(relation, .text) }
    // A single row is better used for the text.
    let shown = lines.count <= rect.rows || rect.rows == 1 ? min(lines.count, rect.rows) : rect.rows - 1
    for (offset, line) in lines.prefix(shown).enumerated() {
      surface.put(
        line.text, row: rect.row + offset, column: rect.column, role: line.role, width: rect.columns)
    }
    guard shown < lines.count, shown < rect.rows else { return }
    surface.put(
      Words.more(lines.count - shown)[language], row: rect.row + shown, column: rect.column, role: .hint,
      width: rect.columns)
  }

  // MARK: - What is known of it

  private var facts: [(name: Phrase, value: String)] {
    var facts: [(Phrase, String)] = []
    func add(_ name: Phrase, _ value: String?) { if let value { facts.append((name, value)) } }
    add(Words.state, state)
    if session.isSensitive(one) { add(Words.sensitive, Words.notToTheRoom[language]) }
    add(Words.theme, session.theme(of: one)?.title ?? "–")
    add(Words.group, session.group(of: one))
    for ladder in session.plan?.ladders ?? [] {
      guard let rung = one.rungs[ladder.id], ladder.rungs.indices.contains(rung) else { continue }
      add(Phrase(same: ladder.name), "\(rung + 1) \(ladder.rungs[rung])")
    }
    add(Words.quote, one.quote?.text)
    add(Words.owner, one.owner)
    add(Words.due, one.due?.phrase[language])
    if one.isTop { add(Words.top, "★") }
    for column in one.origin { add(Phrase(same: column.name), column.value.isEmpty ? nil : column.value) }
    if one.amendments > 0 { add(Words.amended, "\(one.amendments)×") }
    return facts
  }

  private var state: String {
    if one.isWithdrawn { return ContributionFilter.Words.withdrawn[language] }
    if let target = one.mergedInto { return Words.mergedInto(session.mergeTarget(of: target))[language] }
    return (one.isShown ? Words.shown : one.wasShown ? Words.wasShown : ContributionFilter.Words.unshown)[
      language]
  }

  /// The parent, what elaborates it, and what was merged into it, each with where it came from.
  private var relations: [String] {
    var lines: [String] = []
    func add(_ name: Phrase, _ places: [Int]) {
      for other in places.map({ session.contributions[$0] }) {
        lines.append(
          "\(name[language]) \(place(of: other)) · \(session.zone.clock(other.at)) · \(other.text)")
      }
    }
    add(Words.parent, [one.parent.flatMap(session.contributionIndex)].compactMap { $0 })
    add(Words.child, index.children[one.id] ?? [])
    add(Words.origin, index.origins[one.id] ?? [])
    return lines
  }

  private func place(of other: Contribution) -> String {
    other.table.map { Texts.table($0)[language].lowercased() } ?? other.source
      ?? Phase.plenary.name[language]
  }

  private enum Words {
    static let state = Phrase(nl: "zaalscherm", en: "room screen")
    static let shown = Phrase(nl: "nu te zien", en: "shown now")
    static let wasShown = Phrase(nl: "was te zien", en: "was shown")
    static let sensitive = Phrase(nl: "gevoelig", en: "sensitive")
    static let notToTheRoom = Phrase(nl: "blijft buiten de export", en: "stays out of exports")
    static let theme = Phrase(nl: "thema", en: "theme")
    static let group = Phrase(nl: "groep", en: "group")
    static let quote = Phrase(nl: "citaat van", en: "quotes")
    static let owner = Phrase(nl: "wie", en: "who")
    static let due = Phrase(nl: "wanneer", en: "by")
    static let top = Phrase(nl: "top drie", en: "top three")
    static let amended = Phrase(nl: "gewijzigd", en: "changed")
    static let parent = Phrase(nl: "↑ werkt uit:", en: "↑ elaborates:")
    static let child = Phrase(nl: "↓ uitgewerkt in:", en: "↓ elaborated in:")
    static let origin = Phrase(nl: "+ samengevoegd:", en: "+ merged:")
    static func mergedInto(_ id: String) -> Phrase {
      Phrase(nl: "samengevoegd met \(id)", en: "merged into \(id)")
    }
    static func more(_ count: Int) -> Phrase {
      count == 1
        ? Phrase(nl: "… nog 1 regel (l)", en: "… 1 more line (l)")
        : Phrase(nl: "… nog \(count) regels (l)", en: "… \(count) more lines (l)")
    }
  }
}
