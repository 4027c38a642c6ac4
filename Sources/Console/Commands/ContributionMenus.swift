import Conference
import Ground
import Screen

// What is asked before something is done with contributions.

extension Model {
  /// How many contributions a list to choose from holds: more would not be fluent to search while one types.
  private static let listed = 200

  // MARK: - One of the others

  /// Asks with which other contribution the chosen one is merged, or whether all marked ones are merged into it.
  mutating func merge(_ chosen: Contribution) {
    let origins = contributions.targets(in: session).filter { $0.id != chosen.id && $0.stands }.map(\.id)
    guard !contributions.marked.isEmpty else {
      open(
        Menu(title: Words.mergeInto, entries: others(than: chosen)) { model, choice in
          guard case .entry(let entry) = choice else { return [] }
          return model.give(.merge(id: chosen.id, into: entry.id))
        })
      return
    }
    guard !origins.isEmpty else { return say(Words.markOthers, .warning) }
    let question = Question(text: Words.merge(origins.count, into: chosen.text)) { model in
      model.contributions.marked = []
      return origins.flatMap { model.give(.merge(id: $0, into: chosen.id)) }
    }
    layers.append(.question(question))
  }

  /// Splits the chosen one off, or asks which of those that were merged into it.
  mutating func split(_ chosen: Contribution) -> [Effect] {
    if chosen.mergedInto != nil { return give(.merge(id: chosen.id, into: nil)) }
    let origins = contributions.index.origins[chosen.id] ?? []
    open(
      Menu(title: Words.splitOff, entries: origins.map { entry(session.contributions[$0]) }) {
        model, choice in
        guard case .entry(let entry) = choice else { return [] }
        return model.give(.merge(id: entry.id, into: nil))
      })
    return []
  }

  mutating func chooseParent(of chosen: Contribution) {
    let none = chosen.parent == nil ? [] : [Menu.Entry(id: "", text: Words.none[language])]
    open(
      Menu(title: Words.parent, entries: none + others(than: chosen)) { model, choice in
        guard case .entry(let entry) = choice else { return [] }
        return model.give(.link(id: chosen.id, parent: entry.id.isEmpty ? nil : entry.id))
      })
  }

  /// The other contributions, those that say much the same first.
  private mutating func others(than chosen: Contribution) -> [Menu.Entry] {
    contributions.alike(to: chosen.id, in: session).prefix(Model.listed).map { place, likeness in
      var entry = entry(session.contributions[place])
      if likeness >= 25 { entry.detail = Words.alike(likeness)[language] }
      return entry
    }
  }

  private func entry(_ one: Contribution) -> Menu.Entry {
    let place = one.table.map { "T\($0)" } ?? one.source ?? Phase.plenary.name[language]
    return Menu.Entry(
      id: one.id, text: "\(place) · \(one.text.map { $0.isNewline ? " " : $0 }.map(String.init).joined())")
  }

  // MARK: - One of a few

  mutating func chooseLadder() {
    let ladders = session.plan?.ladders ?? []
    guard ladders.count != 1 else { return chooseRung(of: ladders[0]) }
    open(
      Menu(title: Words.ladder, entries: ladders.map { Menu.Entry(id: $0.id, text: $0.name) }) {
        model, choice in
        guard case .entry(let entry) = choice, let ladder = model.session.ladder(entry.id) else { return [] }
        model.chooseRung(of: ladder)
        return []
      })
  }

  private mutating func chooseRung(of ladder: Ladder) {
    let counts = session.rungCounts(of: ladder.id)
    var entries = ladder.rungs.enumerated().map { rung, name in
      Menu.Entry(id: "\(rung)", text: "\(rung + 1) \(name)", detail: "\(counts[rung])")
    }
    // The highest on top, as on a ladder.
    entries.reverse()
    entries.append(Menu.Entry(id: "", text: Words.none[language]))
    let id = ladder.id
    let ids = targets
    open(
      Menu(title: Phrase(same: ladder.name), entries: entries) { model, choice in
        guard case .entry(let entry) = choice else { return [] }
        let rung = Int(entry.id)
        return model.giveAll(ids) { $1.rungs[id] == rung ? nil : .label(id: $1.id, ladder: id, rung: rung) }
      })
  }

  mutating func chooseGroup() {
    let ids = targets
    let entries = session.groupNames.map { Menu.Entry(id: $0, text: $0) }
    open(
      Menu(title: Words.group, entries: entries + [Menu.Entry(id: "", text: Words.none[language])]) {
        model, choice in
        guard case .entry(let entry) = choice else { return [] }
        let group = entry.id.isEmpty ? nil : entry.id
        return model.giveAll(ids) { $1.group == group ? nil : .attribute(id: $1.id, group: group) }
      })
  }

  mutating func chooseKind() {
    let ids = targets
    let entries = (session.plan?.kinds ?? []).map { Menu.Entry(id: $0.id, text: $0.name[language]) }
    open(
      Menu(title: Words.kind, entries: entries) { model, choice in
        guard case .entry(let entry) = choice else { return [] }
        return model.giveAll(ids) {
          $1.kind == entry.id ? nil : .amend(id: $1.id, text: $1.text, kind: entry.id)
        }
      })
  }

  // MARK: - A field to fill in

  mutating func askQuote(of chosen: Contribution) {
    let now =
      chosen.quote.map { [$0.role, $0.organisation].compactMap(\.self).joined(separator: "; ") } ?? ""
    ask(Words.quote, text: now) { _, text in
      let (role, organisation) = Words.halves(text)
      return .give(.quote(id: chosen.id, role.map { Quote(role: $0, organisation: organisation) }))
    }
  }

  mutating func askOwner(of chosen: Contribution) {
    let due = chosen.due.map { $0.phrase[language] }
    let now =
      chosen.owner == nil && due == nil
      ? "" : [chosen.owner ?? "", due].compactMap(\.self).joined(separator: "; ")
    ask(Words.owner, text: now) { model, text in
      let (owner, day) = Words.halves(text)
      guard let day else { return .give(.assignAction(id: chosen.id, owner: owner, due: nil)) }
      let today = model.session.zone.local(model.now).date
      guard let due = CalendarDate(typed: day, onOrAfter: today) else { return .refuse(Words.noDate) }
      return .give(.assignAction(id: chosen.id, owner: owner, due: due))
    }
  }

  private enum Words {
    static let none = Phrase(nl: "(geen)", en: "(none)")
    static let mergeInto = Phrase(nl: "Samenvoegen met welke andere?", en: "Merge into which other one?")
    static let splitOff = Phrase(nl: "Welke wordt weer afgesplitst?", en: "Which one is split off again?")
    static let parent = Phrase(
      nl: "Welke bijdrage wordt hier uitgewerkt?", en: "Which contribution does this elaborate?")
    static let ladder = Phrase(nl: "Op welke ladder?", en: "On which ladder?")
    static let group = Phrase(nl: "Welke groep bracht dit in?", en: "Which group brought this forward?")
    static let kind = Phrase(nl: "Welke soort is het?", en: "Which kind is it?")
    static let quote = Phrase(
      nl: "Citaat van: rol; organisatie (leeg = geen citaat)",
      en: "Quotes: role; organisation (empty = no quote)")
    static let owner = Phrase(
      nl: "Wie doet het; wanneer (zoals: Wmo-raad; 12 december)",
      en: "Who does it; by when (such as: Wmo council; 12 December)")
    static let noDate = Phrase(
      nl: "Dat is geen dag. Typ bijvoorbeeld 12 december of 12-12-2026.",
      en: "That is no day. Type for instance 12 December or 2026-12-12.")
    static let markOthers = Phrase(
      nl: "Merk ook andere bijdragen, en kies die waarmee ze samengaan.",
      en: "Mark other contributions too, and choose the one that they go into.")

    static func merge(_ count: Int, into text: String) -> Phrase {
      let text = TextWidth.clip(text, to: 120)
      return count == 1
        ? Phrase(nl: "1 bijdrage samenvoegen met ‘\(text)’?", en: "Merge 1 contribution into ‘\(text)’?")
        : Phrase(
          nl: "\(count) bijdragen samenvoegen met ‘\(text)’?",
          en: "Merge \(count) contributions into ‘\(text)’?")
    }
    static func alike(_ likeness: Int) -> Phrase {
      Phrase(nl: "\(likeness)% gelijk", en: "\(likeness)% alike")
    }

    /// The parts before and behind the first semicolon; nil where there is nothing.
    static func halves(_ text: String) -> (String?, String?) {
      let parts = text.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false).map {
        String($0).trimmed
      }
      func part(_ index: Int) -> String? {
        parts.indices.contains(index) && !parts[index].isEmpty ? parts[index] : nil
      }
      return (part(0), part(1))
    }
  }
}
