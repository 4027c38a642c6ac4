import Conference
import Ground
import Screen

/// What the group produced.
extension ConsoleCommand {
  fileprivate static func whenChosen(_ model: Model) -> Phrase? {
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
      .contributionsLeave, [.escape], in: .contributions, Phrase(nl: "terug", en: "back"),
      Phrase(nl: "Ga terug naar de zaal.", en: "Go back to the hall."), onlyLooks: true,
      action: { model in
        model.focus = .agenda
        return []
      }),
    ConsoleCommand(
      .edit, [.enter], in: .contributions, Phrase(nl: "wijzig", en: "change"),
      Phrase(nl: "Wijzig tekst of soort van de bijdrage.", en: "Change the contribution's text or kind."),
      whyNot: whenChosen, action: { $0.editContribution() }),
    ConsoleCommand(
      .withdraw, [.character("x")], in: .contributions, Phrase(nl: "trek in", en: "withdraw"),
      Phrase(
        nl: "Trek de bijdrage in, of neem haar weer op; zij blijft in het naslagwerk.",
        en: "Withdraw the contribution, or take it up again; it stays in the record."),
      whyNot: whenChosen,
      action: { model in
        guard let chosen = model.contributions.contribution(in: model.session) else { return [] }
        return model.give(chosen.isWithdrawn ? .restore(id: chosen.id) : .withdraw(id: chosen.id))
      }),
    ConsoleCommand(
      .show, [.character("z")], in: .contributions, Phrase(nl: "zaalscherm", en: "room screen"),
      Phrase(
        nl: "Toon de bijdrage op het zaalscherm, of verberg haar.",
        en: "Show the contribution on the room's screen, or hide it."),
      whyNot: whenChosen,
      action: { model in
        guard let chosen = model.contributions.contribution(in: model.session) else { return [] }
        return model.give(.show(id: chosen.id, !chosen.isShown))
      }),
    ConsoleCommand(
      .theme, [.character("#")], in: .contributions, Phrase(nl: "thema", en: "theme"),
      Phrase(nl: "Zet de bijdrage onder een thema.", en: "Put the contribution under a theme."),
      whyNot: whenChosen,
      action: { model in
        guard let chosen = model.contributions.contribution(in: model.session) else { return [] }
        model.chooseTheme(for: chosen)
        return []
      }),
  ]
}

extension Model {
  /// Asks under which theme a contribution goes; a headline that does not exist yet is a new theme.
  mutating func chooseTheme(for contribution: Contribution) {
    let id = contribution.id
    let counts = Dictionary(grouping: session.contributions.compactMap(\.theme), by: { $0 })
    var entries = session.themes.filter { !$0.isWithdrawn }.map {
      Menu.Entry(id: $0.id, text: $0.title, detail: "\(counts[$0.id]?.count ?? 0)")
    }
    if contribution.theme != nil {
      entries.append(Menu.Entry(id: "", text: Phrase(nl: "(geen thema)", en: "(no theme)")[language]))
    }
    open(
      Menu(
        title: Phrase(
          nl: "Onder welk thema? Typ een nieuw, of kies", en: "Under which theme? Type a new one, or choose"),
        entries: entries, takesText: true
      ) { model, choice in
        switch choice {
        case .entry(let entry): model.give(.assign(id: id, theme: entry.id.isEmpty ? nil : entry.id))
        case .text(let title):
          model.give(.addTheme(title: title, body: nil))
            + model.give(.assign(id: id, theme: "t\(model.session.themes.count + 1)"))
        }
      })
  }
}
