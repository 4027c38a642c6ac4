import Conference
import Ground

/// Which contributions are listed; a new one lists all that stand.
struct ContributionFilter: Sendable, Hashable {
  var place: Place?
  /// The kind's id.
  var kind: String?
  var theme: Under?
  var group: Under?
  var source: Source?
  /// Only what the room has not seen yet.
  var isUnshown = false
  /// Only what is sensitive.
  var isSensitive = false
  var state = State.standing
  /// Words that must all be in the text, in any order; case and accents do not count.
  var search = ""

  /// Where a contribution was brought forward.
  enum Place: Sendable, Hashable {
    case table(Int)
    case plenary
  }

  /// A theme by its id or a group by its name, or none.
  enum Under: Sendable, Hashable {
    case none
    case named(String)
  }

  enum Source: Sendable, Hashable { case room, survey }

  /// What became of the contributions that are listed.
  enum State: Sendable, Hashable { case standing, withdrawn, merged }

  /// Whether something is filtered, the search left out.
  var isFiltering: Bool {
    var other = self
    other.search = ""
    return other != ContributionFilter()
  }

  /// Returns whether a contribution is listed, whatever is searched for.
  func shows(_ one: Contribution, in session: Session) -> Bool {
    switch state {
    case .standing: if !one.stands { return false }
    case .withdrawn: if !one.isWithdrawn { return false }
    case .merged: if one.mergedInto == nil || one.isWithdrawn { return false }
    }
    if isUnshown, one.wasShown || one.isShown { return false }
    if let kind, one.kind != kind { return false }
    if let place, place != Self.place(of: one) { return false }
    if let source, source != Self.source(of: one) { return false }
    if let theme, theme != Self.theme(of: one, in: session) { return false }
    if isSensitive, !session.isSensitive(one) { return false }
    // Last, since reading the group from a survey's columns takes longest.
    if let group, group != Self.group(of: one, in: session) { return false }
    return true
  }

  /// Returns nil for an answer to a survey, which has no place in the hall.
  static func place(of one: Contribution) -> Place? {
    if let table = one.table { return .table(table) }
    return one.source == nil ? .plenary : nil
  }

  static func source(of one: Contribution) -> Source { one.source == nil ? .room : .survey }

  static func theme(of one: Contribution, in session: Session) -> Under {
    session.theme(of: one).map { .named($0.id) } ?? .none
  }

  static func group(of one: Contribution, in session: Session) -> Under {
    session.group(of: one).map { .named($0) } ?? .none
  }
}

extension ContributionFilter {
  /// Returns the filter in words, a part for each thing that is filtered.
  func words(in session: Session, _ language: Language) -> [String] {
    var words: [Phrase] = []
    switch state {
    case .standing: break
    case .withdrawn: words.append(Words.withdrawn)
    case .merged: words.append(Words.merged)
    }
    if let place { words.append(Words.place(place)) }
    if let kind { words.append(session.usualKind(kind)?.name ?? Phrase(same: kind)) }
    if let theme { words.append(Words.theme(theme, in: session)) }
    if let group { words.append(Words.group(group)) }
    if let source { words.append(Words.source(source)) }
    if isUnshown { words.append(Words.unshown) }
    if isSensitive { words.append(Words.sensitive) }
    return words.map { $0[language] }
  }

  /// The words for each value of a filter.
  enum Words {
    static let withdrawn = Phrase(nl: "ingetrokken", en: "withdrawn")
    static let merged = Phrase(nl: "samengevoegd met een andere", en: "merged into another")
    static let unshown = Phrase(nl: "nog niet getoond", en: "not shown yet")
    static let sensitive = Phrase(nl: "gevoelig", en: "sensitive")

    static func place(_ place: Place) -> Phrase {
      switch place {
      case .table(let number): Phrase(nl: "tafel \(number)", en: "table \(number)")
      case .plenary: Phase.plenary.name
      }
    }
    static func theme(_ theme: Under, in session: Session) -> Phrase {
      guard case .named(let id) = theme else { return Phrase(nl: "zonder thema", en: "without theme") }
      let title = session.themeIndex(id).map { session.themes[$0].title } ?? id
      return Phrase(nl: "thema: \(title)", en: "theme: \(title)")
    }
    static func group(_ group: Under) -> Phrase {
      guard case .named(let name) = group else { return Phrase(nl: "groep onbekend", en: "group unknown") }
      return Phrase(nl: "groep: \(name)", en: "group: \(name)")
    }
    static func source(_ source: Source) -> Phrase {
      switch source {
      case .room: Phrase(nl: "uit de zaal", en: "from the room")
      case .survey: Phrase(nl: "uit de enquête", en: "from the survey")
      }
    }
  }
}
