import Conference
import Ground
import Screen

/// The page of all that was brought forward: looking, filtering, searching, marking.
extension ConsoleCommand {
  /// Why nothing can be done with the chosen contribution, or nil.
  static func whenChosen(_ model: Model) -> Phrase? {
    model.contributions.contribution(in: model.session) == nil ? Texts.nothingYet : nil
  }

  static let contributions: [ConsoleCommand] = [
    ConsoleCommand(
      .contributions, [.character("b")], in: .live, Phrase(nl: "bijdragen", en: "contributions"),
      Phrase(nl: "Toon alle bijdragen.", en: "Show all contributions."), onlyLooks: true,
      action: { model in
        model.focus = .contributions
        return []
      }),
    ConsoleCommand(
      .hearing, [.character("N")], in: .live, Phrase(nl: "wie gehoord", en: "who was heard"),
      Phrase(
        nl: "Toon welke groepen nog niet gehoord zijn, en hoeveel elke tafel inbracht.",
        en: "Show which groups were not heard yet, and how much each table brought in."), onlyLooks: true,
      whyNot: { $0.session.isOpen ? nil : Refusal.notOpen.phrase },
      action: { model in
        model.openHearing()
        return []
      }),
    ConsoleCommand(
      .contributionsLeave, [.escape], in: .contributions, Phrase(nl: "terug", en: "back"),
      Phrase(
        nl: "Wis de zoekterm, de merktekens of de filters; is er niets te wissen, ga terug naar de zaal.",
        en: "Clear the search, the marks or the filters; with nothing to clear, go back to the hall."),
      onlyLooks: true,
      action: { model in
        if !model.contributions.clearOne() { model.focus = .agenda }
        return []
      }),
    ConsoleCommand(
      .search, [.character("/")], in: .contributions, Phrase(nl: "zoek", en: "find"),
      Phrase(
        nl: "Zoek terwijl u typt: woorden in elke volgorde, zonder accenten of hoofdletters.",
        en: "Search as you type: words in any order, without accents or capitals."), onlyLooks: true,
      action: { model in
        model.contributions.isSearching = true
        return []
      }),
    ConsoleCommand(
      .filter, [.character("f")], in: .contributions, Phrase(nl: "filter", en: "filter"),
      Phrase(
        nl: "Toon een deel: op tafel, soort, thema, groep of bron. Cijfers kiezen een tafel.",
        en: "Show a part: by table, kind, theme, group or source. Digits choose a table."), onlyLooks: true,
      action: { model in
        model.chooseFilter()
        return []
      }),
  ]

  /// Other ways to look at the page; after what is done with contributions, since the hints follow the table.
  static let contributionViews: [ConsoleCommand] = [
    ConsoleCommand(
      .filterUnthemed, [.character("w")], in: .contributions, Phrase(nl: "zonder thema", en: "no theme"),
      Phrase(
        nl: "Toon alleen wat nog geen thema heeft, of weer alles.",
        en: "Show only what has no theme yet, or all again."), onlyLooks: true,
      action: { model in
        model.contributions.filter.theme =
          model.contributions.filter.theme == nil ? ContributionFilter.Under.none : nil
        return []
      }),
    ConsoleCommand(
      .filterUnshown, [.character("Z")], in: .contributions, Phrase(nl: "niet getoond", en: "not shown"),
      Phrase(
        nl: "Toon alleen wat de zaal nog niet zag, of weer alles.",
        en: "Show only what the room has not seen yet, or all again."), onlyLooks: true,
      action: { model in
        model.contributions.filter.isUnshown.toggle()
        return []
      }),
    ConsoleCommand(
      .filterClear, [.backspace], in: .contributions, Phrase(nl: "alles", en: "all"),
      Phrase(nl: "Wis de zoekterm en alle filters.", en: "Clear the search and all filters."),
      onlyLooks: true,
      whyNot: {
        $0.contributions.filter == ContributionFilter()
          ? Phrase(nl: "Er is niets gefilterd.", en: "Nothing is filtered.") : nil
      },
      action: { model in
        model.contributions.filter = ContributionFilter()
        return []
      }),
    ConsoleCommand(
      .order, [.character("o")], in: .contributions, Phrase(nl: "volgorde", en: "order"),
      Phrase(
        nl: "Andere volgorde: nieuwste eerst, per tafel, per thema, meest samengevoegd.",
        en: "Another order: newest first, by table, by theme, most merged."), onlyLooks: true,
      action: { model in
        let all = ContributionsPane.Order.allCases
        let index = all.firstIndex(of: model.contributions.order) ?? 0
        model.contributions.order = all[(index + 1) % all.count]
        return []
      }),
    ConsoleCommand(
      .readWhole, [.character("l"), .right], in: .contributions, Phrase(nl: "lees", en: "read"),
      Phrase(
        nl: "Lees de bijdrage met alles wat ervan bekend is.",
        en: "Read the contribution with all that is known of it."), onlyLooks: true, whyNot: whenChosen,
      action: { model in
        guard let chosen = model.contributions.contribution(in: model.session) else { return [] }
        let detail = ContributionDetail(chosen, model.contributions.index, model.session, model.language)
        model.show(Phrase(nl: "Bijdrage", en: "Contribution"), detail.paragraphs)
        return []
      }),
    ConsoleCommand(
      .listFirst, [.home], in: .contributions, Phrase(nl: "bovenaan", en: "top"),
      Phrase(nl: "Kies de bovenste bijdrage.", en: "Choose the topmost contribution."), onlyLooks: true,
      action: { model in
        model.contributions.select(row: 0, in: model.session)
        return []
      }),
    ConsoleCommand(
      .listLast, [.end], in: .contributions, Phrase(nl: "onderaan", en: "bottom"),
      Phrase(nl: "Kies de onderste bijdrage.", en: "Choose the last contribution."), onlyLooks: true,
      action: { model in
        model.contributions.select(row: .max, in: model.session)
        return []
      }),
    ConsoleCommand(
      .searchKeep, [.enter], in: .search, Phrase(nl: "houd vast", en: "keep"),
      Phrase(
        nl: "Stop met typen; de zoekterm blijft als filter staan.",
        en: "Stop typing; the search stays as a filter."), onlyLooks: true,
      action: { model in
        model.contributions.isSearching = false
        return []
      }),
    ConsoleCommand(
      .searchClear, [.escape], in: .search, Phrase(nl: "wis", en: "clear"),
      Phrase(nl: "Stop met zoeken en wis de zoekterm.", en: "Stop searching and clear the search."),
      onlyLooks: true,
      action: { model in
        model.contributions.isSearching = false
        model.contributions.filter.search = ""
        return []
      }),
  ]
}

extension Model {
  /// Keeps the page of the contributions in step with the record and its filter.
  mutating func followContributions() {
    if focus == .contributions { contributions.refresh(session) }
  }

  /// Asks which part of the contributions is listed; choosing what is filtered already lets it go.
  mutating func chooseFilter() {
    var entries: [Menu.Entry] = []
    var choices: [ContributionFilter] = []
    let session = session
    func add(
      _ name: Phrase, _ count: Int, _ isOn: Bool, _ change: (inout ContributionFilter, Bool) -> Void
    ) {
      var filter = contributions.filter
      change(&filter, !isOn)
      entries.append(
        Menu.Entry(
          id: "\(choices.count)", text: (isOn ? "✓ " : "  ") + name[language],
          detail: isOn ? Words.letGo[language] : "\(count)"))
      choices.append(filter)
    }
    let now = contributions.filter
    typealias Filter = ContributionFilter
    let places = contributions.counts(without: { $0.place = nil }, in: session, by: Filter.place(of:))
    for table in session.tables {
      let place = Filter.Place.table(table.number)
      add(Filter.Words.place(place), places[place] ?? 0, now.place == place) { $0.place = $1 ? place : nil }
    }
    add(Filter.Words.place(.plenary), places[.plenary] ?? 0, now.place == .plenary) {
      $0.place = $1 ? .plenary : nil
    }
    let kinds = contributions.counts(without: { $0.kind = nil }, in: session) { $0.kind }
    for kind in session.plan?.kinds ?? [] {
      add(kind.name, kinds[kind.id] ?? 0, now.kind == kind.id) { $0.kind = $1 ? kind.id : nil }
    }
    let themes = contributions.counts(without: { $0.theme = nil }, in: session) {
      Filter.theme(of: $0, in: session)
    }
    let known = session.themes.filter { !$0.isWithdrawn }.map { Filter.Under.named($0.id) }
    for theme in [Filter.Under.none] + known {
      add(Filter.Words.theme(theme, in: session), themes[theme] ?? 0, now.theme == theme) {
        $0.theme = $1 ? theme : nil
      }
    }
    let groups = contributions.counts(without: { $0.group = nil }, in: session) {
      Filter.group(of: $0, in: session)
    }
    for group in session.groupNames.map({ Filter.Under.named($0) }) + [Filter.Under.none] {
      add(Filter.Words.group(group), groups[group] ?? 0, now.group == group) { $0.group = $1 ? group : nil }
    }
    let sources = contributions.counts(without: { $0.source = nil }, in: session, by: Filter.source(of:))
    for source in [Filter.Source.room, .survey] {
      add(Filter.Words.source(source), sources[source] ?? 0, now.source == source) {
        $0.source = $1 ? source : nil
      }
    }
    let unshown = contributions.counts(without: { $0.isUnshown = true }, in: session) { _ in true }
    add(Filter.Words.unshown, unshown[true] ?? 0, now.isUnshown) { $0.isUnshown = $1 }
    let sensitive = contributions.counts(without: { $0.isSensitive = true }, in: session) { _ in true }
    add(Filter.Words.sensitive, sensitive[true] ?? 0, now.isSensitive) { $0.isSensitive = $1 }
    for (state, name) in [
      (Filter.State.withdrawn, Filter.Words.withdrawn), (.merged, Filter.Words.merged),
    ] {
      let found = contributions.counts(without: { $0.state = state }, in: session) { _ in true }
      add(name, found[true] ?? 0, now.state == state) { $0.state = $1 ? state : .standing }
    }
    let filters = choices
    open(
      Menu(title: Words.filter, entries: entries) { model, choice in
        guard case .entry(let entry) = choice, let index = Int(entry.id) else { return [] }
        model.contributions.filter = filters[index]
        return []
      })
  }

  private enum Words {
    static let filter = Phrase(nl: "Toon alleen", en: "Show only")
    static let letGo = Phrase(nl: "laat los", en: "let go")
  }
}
