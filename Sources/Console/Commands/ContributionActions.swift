import Conference
import Ground
import Screen

/// What is done with contributions: with all that are marked, or with the chosen one.
extension ConsoleCommand {
  static let contributionActions: [ConsoleCommand] = [
    action(
      .theme, "#", Phrase(nl: "thema", en: "theme"),
      Phrase(
        nl: "Zet de gekozen of alle gemerkte bijdragen onder een thema.",
        en: "Put the chosen or all marked contributions under a theme.")
    ) { model, _ in
      model.chooseTheme()
      return []
    },
    ConsoleCommand(
      .markOne, [.character("v"), .insert], in: .contributions, Phrase(nl: "merk", en: "mark"),
      Phrase(
        nl: "Merk de bijdrage, om met meer tegelijk iets te doen, of laat haar los.",
        en: "Mark the contribution, to do something with several at once, or let it go."), onlyLooks: true,
      whyNot: whenChosen,
      action: { model in
        model.contributions.toggleMark(in: model.session)
        return []
      }),
    action(
      .merge, "M", Phrase(nl: "voeg samen", en: "merge"),
      Phrase(
        nl: "Ontdubbel: voeg de bijdrage samen met een andere, of alle gemerkte met de gekozen.",
        en: "Merge the contribution into another, or all marked ones into the chosen one."),
      whyNot: { $0.session.standing.count < 2 ? Words.nothingToMerge : nil }
    ) { model, chosen in
      model.merge(chosen)
      return []
    },
    action(
      .show, "z", Phrase(nl: "zaalscherm", en: "room screen"),
      Phrase(
        nl: "Toon de bijdrage op het zaalscherm, of verberg haar; een gevoelige vraagt eerst.",
        en: "Show the contribution on the room's screen, or hide it; a sensitive one asks first.")
    ) { model, chosen in
      let command = Command.show(id: chosen.id, !chosen.isShown)
      guard !chosen.isShown, model.session.isSensitive(chosen) else { return model.give(command) }
      model.confirm(Words.showSensitive, command)
      return []
    },
    ConsoleCommand(
      .edit, [.enter], in: .contributions, Phrase(nl: "wijzig", en: "change"),
      Phrase(nl: "Wijzig tekst of soort van de bijdrage.", en: "Change the contribution's text or kind."),
      whyNot: whenChosen, action: { $0.editContribution() }),
    action(
      .withdraw, "x", Phrase(nl: "trek in", en: "withdraw"),
      Phrase(
        nl: "Trek de bijdrage in, of neem haar weer op; zij blijft in het naslagwerk.",
        en: "Withdraw the contribution, or take it up again; it stays in the record.")
    ) { model, chosen in
      model.give(chosen.isWithdrawn ? .restore(id: chosen.id) : .withdraw(id: chosen.id))
    },
    ConsoleCommand(
      .themes, [.character("T")], in: .contributions, Phrase(nl: "thema’s", en: "themes"),
      Phrase(
        nl: "Toon de thema’s; schrijf bij elk een kop en een tekst.",
        en: "Show the themes; write a headline and a text for each."),
      action: { model in
        model.openThemes()
        return []
      }),
    action(
      .split, "D", Phrase(nl: "splits af", en: "split off"),
      Phrase(
        nl: "Splits een samengevoegde bijdrage weer af.", en: "Split a merged contribution off again."),
      whyNot: { model in
        guard let chosen = model.contributions.contribution(in: model.session) else { return nil }
        let isSplittable = chosen.mergedInto != nil || model.contributions.index.origins[chosen.id] != nil
        return isSplittable ? nil : Words.nothingMerged
      }
    ) { $0.split($1) },
    action(
      .parent, "P", Phrase(nl: "hoort bij", en: "elaborates"),
      Phrase(
        nl: "Zeg welke andere bijdrage hierin uitgewerkt is.",
        en: "Tell which other contribution this one elaborates.")
    ) { model, chosen in
      model.chooseParent(of: chosen)
      return []
    },
    action(
      .rung, "L", Phrase(nl: "ladder", en: "ladder"),
      Phrase(
        nl: "Zet de gekozen of alle gemerkte bijdragen op een trede van een ladder.",
        en: "Place the chosen or all marked contributions on a rung of a ladder."),
      whyNot: { $0.session.plan?.ladders.isEmpty == false ? nil : Words.noLadder }
    ) { model, _ in
      model.chooseLadder()
      return []
    },
    action(
      .sensitive, "!", Phrase(nl: "gevoelig", en: "sensitive"),
      Phrase(
        nl: "Merk de gekozen of alle gemerkte bijdragen als gevoelig, of als niet gevoelig.",
        en: "Mark the chosen or all marked contributions as sensitive, or as not.")
    ) { model, chosen in
      let isSensitive = !model.session.isSensitive(chosen)
      return model.giveAll(model.targets) { model, one in
        model.session.isSensitive(one) == isSensitive ? nil : .markSensitive(id: one.id, isSensitive)
      }
    },
    action(
      .group, "G", Phrase(nl: "groep", en: "group"),
      Phrase(
        nl: "Zeg welke groep de gekozen of alle gemerkte bijdragen inbracht.",
        en: "Tell which group brought the chosen or all marked contributions forward."),
      whyNot: {
        $0.session.groupNames.isEmpty ? Refusal.unknownGroup("", known: []).phrase : nil
      }
    ) { model, _ in
      model.chooseGroup()
      return []
    },
    action(
      .kind, "K", Phrase(nl: "soort", en: "kind"),
      Phrase(
        nl: "Geef de gekozen of alle gemerkte bijdragen een andere soort.",
        en: "Give the chosen or all marked contributions another kind.")
    ) { model, _ in
      model.chooseKind()
      return []
    },
    action(
      .quote, "\"", Phrase(nl: "citaat", en: "quote"),
      Phrase(
        nl: "Zeg wiens woorden dit zijn: rol en organisatie, nooit een naam.",
        en: "Tell whose words these are: role and organisation, never a name.")
    ) { model, chosen in
      model.askQuote(of: chosen)
      return []
    },
    action(
      .owner, "A", Phrase(nl: "wie en wanneer", en: "who and when"),
      Phrase(nl: "Zeg wie de actie doet, en wanneer.", en: "Tell who does the action, and by when.")
    ) { model, chosen in
      model.askOwner(of: chosen)
      return []
    },
    action(
      .top, "*", Phrase(nl: "top drie", en: "top three"),
      Phrase(
        nl: "Kies de bijdrage als een van de drie beste van haar tafel, of niet meer.",
        en: "Choose the contribution as one of its table's three best, or no longer."),
      whyNot: { model in
        guard let chosen = model.contributions.contribution(in: model.session) else { return nil }
        return chosen.source == nil ? nil : Refusal.ofNoTable(chosen.id).phrase
      }
    ) { $0.give(.top(id: $1.id, !$1.isTop)) },
    ConsoleCommand(
      .markAll, [.character("V")], in: .contributions, Phrase(nl: "merk alles", en: "mark all"),
      Phrase(
        nl: "Merk alles wat in de lijst staat, of laat alles los.",
        en: "Mark all that is listed, or let all go."), onlyLooks: true, whyNot: whenChosen,
      action: { model in
        model.contributions.toggleAllMarks(in: model.session)
        return []
      }),
  ]

  /// A command on a letter that wants a contribution to be chosen.
  private static func action(
    _ id: ID, _ key: Character, _ name: Phrase, _ help: Phrase,
    whyNot: @escaping @Sendable (Model) -> Phrase? = { _ in nil },
    _ action: @escaping @Sendable (inout Model, Contribution) -> [Effect]
  ) -> ConsoleCommand {
    ConsoleCommand(
      id, [.character(key)], in: .contributions, name, help, whyNot: { whenChosen($0) ?? whyNot($0) },
      action: { model in
        model.contributions.contribution(in: model.session).map { action(&model, $0) } ?? []
      })
  }

  private enum Words {
    static let nothingToMerge = Phrase(
      nl: "Er is geen andere bijdrage om mee samen te voegen.",
      en: "There is no other contribution to merge with.")
    static let nothingMerged = Phrase(
      nl: "Hiermee is niets samengevoegd.", en: "Nothing was merged into this one.")
    static let noLadder = Phrase(nl: "Het plan heeft geen ladder.", en: "The plan has no ladder.")
    static let showSensitive = Phrase(
      nl: "Deze bijdrage is gevoelig. Toch aan de hele zaal tonen?",
      en: "This contribution is sensitive. Show it to the whole room all the same?")
  }
}

extension Model {
  /// The ids of the contributions for which something is done now: the marked ones, or the chosen one.
  ///
  /// Who asks something first keeps them: what comes in meanwhile may move the choice.
  var targets: [String] { contributions.targets(in: session).map(\.id) }

  /// Gives a command for each of some contributions, where there is one to give; the marks go away.
  mutating func giveAll(_ ids: [String], _ command: (Model, Contribution) -> Command?) -> [Effect] {
    contributions.marked = []
    return ids.compactMap(session.contributionIndex).flatMap { place in
      command(self, session.contributions[place]).map { give($0) } ?? []
    }
  }
}
