import Conference
import Ground
import Screen

// Themes: a headline and a text, and what stands under them (S2.6).

extension Model {
  private func themeEntries(_ text: (Conference.Theme) -> String) -> [Menu.Entry] {
    var counts: [String: Int] = [:]
    for theme in session.contributions.lazy.filter(\.stands).compactMap(\.theme) {
      counts[theme, default: 0] += 1
    }
    return session.themes.filter { !$0.isWithdrawn }.map {
      Menu.Entry(id: $0.id, text: text($0), detail: "\(counts[$0.id] ?? 0)")
    }
  }

  /// Asks under which theme the marked contributions go, or the chosen one; a headline that does not exist
  /// yet is a new theme.
  mutating func chooseTheme() {
    let chosen = contributions.targets(in: session)
    let ids = chosen.map(\.id)
    var entries = themeEntries(\.title)
    if chosen.contains(where: { $0.theme != nil }) {
      entries.append(Menu.Entry(id: "", text: Words.none[language]))
    }
    open(
      Menu(title: Words.under(ids.count), entries: entries, takesText: true) { model, choice in
        switch choice {
        case .entry(let entry):
          let theme = entry.id.isEmpty ? nil : entry.id
          return model.giveAll(ids) { $1.theme == theme ? nil : .assign(id: $1.id, theme: theme) }
        case .text(let title): return model.put(ids, underNewTheme: title)
        }
      })
  }

  /// Makes a theme with the first contribution; the others follow when the record has told its id.
  private mutating func put(_ ids: [String], underNewTheme title: String) -> [Effect] {
    contributions.marked = []
    guard let first = ids.first else { return [] }
    return give(.assignNew(id: first, title: title, body: nil)) { model in
      guard let place = model.session.contributionIndex(first),
        let theme = model.session.contributions[place].theme
      else { return [] }
      return ids.dropFirst().flatMap { model.give(.assign(id: $0, theme: theme)) }
    }
  }

  /// Shows all themes, to write on one of them or begin a new one.
  mutating func openThemes() {
    let entries = themeEntries { theme in
      guard let body = theme.body, !body.isEmpty else { return theme.title }
      return "\(theme.title) — \(body.split(whereSeparator: \.isNewline).joined(separator: " "))"
    }
    open(
      Menu(title: Words.themes, entries: entries, takesText: true) { model, choice in
        switch choice {
        case .entry(let entry):
          model.openTheme(entry.id)
          return []
        case .text(let title):
          return model.give(.addTheme(title: title, body: nil)) { model in
            model.openThemes()
            return []
          }
        }
      })
  }

  private mutating func openTheme(_ id: String) {
    guard let place = session.themeIndex(id) else { return }
    let theme = session.themes[place]
    let entries = [
      Menu.Entry(id: "list", text: Words.list[language]),
      Menu.Entry(id: "title", text: Words.changeTitle[language]),
      Menu.Entry(id: "body", text: Words.changeBody[language]),
      Menu.Entry(id: "withdraw", text: Words.withdraw[language]),
    ]
    open(
      Menu(title: Phrase(same: theme.title), entries: entries) { model, choice in
        guard case .entry(let entry) = choice else { return [] }
        switch entry.id {
        case "list":
          model.contributions.filter = ContributionFilter(theme: .named(id))
        case "title":
          model.ask(Words.changeTitle, text: theme.title) { _, text in
            .give(.amendTheme(id: id, title: text, body: theme.body))
          }
        case "body":
          model.ask(Words.body(theme.title), text: theme.body ?? "", rows: 8) { _, text in
            .give(.amendTheme(id: id, title: theme.title, body: text.trimmed.isEmpty ? nil : text))
          }
        default: model.confirm(Words.withdrawQuestion(theme.title), .withdrawTheme(id: id))
        }
        return []
      })
  }

  private enum Words {
    static let none = Phrase(nl: "(geen thema)", en: "(no theme)")
    static let themes = Phrase(
      nl: "Thema’s: kies er een, of typ een nieuwe kop", en: "Themes: choose one, or type a new headline")
    static let list = Phrase(nl: "Toon de bijdragen eronder", en: "Show the contributions under it")
    static let changeTitle = Phrase(nl: "Wijzig de kop", en: "Change the headline")
    static let changeBody = Phrase(
      nl: "Schrijf de tekst onder de kop", en: "Write the text below the headline")
    static let withdraw = Phrase(nl: "Trek het thema in", en: "Withdraw the theme")
    static func under(_ count: Int) -> Phrase {
      count == 1
        ? Phrase(
          nl: "Onder welk thema? Typ een nieuw, of kies", en: "Under which theme? Type a new one, or choose")
        : Phrase(
          nl: "\(count) bijdragen: onder welk thema? Typ een nieuw, of kies",
          en: "\(count) contributions: under which theme? Type a new one, or choose")
    }
    static func body(_ title: String) -> Phrase {
      Phrase(nl: "De tekst onder ‘\(title)’", en: "The text below ‘\(title)’")
    }
    static func withdrawQuestion(_ title: String) -> Phrase {
      Phrase(
        nl: "Thema ‘\(title)’ intrekken? Wat eronder stond heeft dan geen thema.",
        en: "Withdraw theme ‘\(title)’? What stood under it has no theme then.")
    }
  }
}
