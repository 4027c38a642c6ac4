import Conference
import Ground

// The record of the day: what the group brought forward.

extension Export {
  /// What is shown: released, and neither withdrawn nor merged into another.
  private var shown: [Contribution] { contributions.filter(\.stands) }

  /// The contributions from the room per item, per table and per kind.
  var yield: [String] {
    let byItem = Dictionary(grouping: shown.filter { $0.source == nil }) { $0.item }
    let before = byItem[nil].map { items(say("Voor de start", "Before the start"), nil, nil, $0) } ?? []
    // Where lines are missing there can be items that nothing is known of.
    let unknown = byItem.keys.compactMap(\.self).filter { session.itemIndex($0) == nil }.sorted()
    let sections =
      before
      + session.items.flatMap { item in
        byItem[item.id].map { items(item.title.markdown, item.question, item.id, $0) } ?? []
      } + unknown.flatMap { items(say("Onderdeel \($0)", "Item \($0)").markdown, nil, $0, byItem[$0] ?? []) }
    return sections.isEmpty ? [] : ["## " + say("Opbrengst", "Yield")] + sections
  }

  private func items(
    _ title: String, _ question: String?, _ item: String?, _ contributions: [Contribution]
  ) -> [String] {
    let byTable = Dictionary(grouping: contributions) { $0.table }
    let plenary = byTable[nil].map { perKind(say("Plenair", "Plenary"), $0) } ?? []
    let tables = session.tables
    let known = Set(tables.map(\.number))
    let unknown = byTable.keys.compactMap(\.self).filter { !known.contains($0) }.sorted()
    return ["### " + title] + (question.map { ["*\($0.markdown)*"] } ?? []) + notes(ofGapsIn: item) + plenary
      + (tables + unknown.map { Table(number: $0, seats: 0) }).flatMap { table in
        byTable[table.number].map { perKind(name(of: table), $0) } ?? []
      }
  }

  private func perKind(_ title: String, _ contributions: [Contribution]) -> [String] {
    ["#### " + title] + lists(contributions)
  }

  /// A list for each kind, in the plan's order.
  private func lists(_ contributions: [Contribution]) -> [String] {
    let byKind = Dictionary(grouping: contributions) { $0.kind }
    return session.kindsInUse.flatMap { kind in
      byKind[kind.id].map { ["**\(kind.name[language].markdown)**", bullets($0)] } ?? []
    }
  }

  private func bullets(_ contributions: [Contribution]) -> String {
    contributions.map { "- \($0.text.markdown(indent: 2)) (\(reference($0)))" + origins($0) }
      .joined(separator: "\n")
  }

  /// The contribution's id, and what is known of it: whom it quotes (S0.13), who does it and when (S1.13),
  /// which one it elaborates (S4.6), whether it is one of its table's best, and how the room voted on it (S3.6).
  private func reference(_ contribution: Contribution) -> String {
    ([contribution.id.markdown] + remarks(contribution)).joined(separator: ", ")
  }

  private func remarks(_ contribution: Contribution) -> [String] {
    let top = say("top \(Session.topLimit) van de tafel", "top \(Session.topLimit) of the table")
    return [
      contribution.quote?.text.markdown,
      withNames ? contribution.owner.map { say("door \($0.markdown)", "by \($0.markdown)") } : nil,
      contribution.due.map {
        say("uiterlijk \($0.phrase.nl.markdown)", "by \($0.phrase.en.markdown)")
      },
      contribution.parent.map { say("bij \($0.markdown)", "on \($0.markdown)") },
      contribution.isTop ? top : nil, votes(on: contribution),
    ].compactMap(\.self)
  }

  /// What was merged into a contribution, a line for each with where and when it came in.
  private func origins(_ contribution: Contribution) -> String {
    let released = Set(contributions.map(\.id))
    return session.merged(into: contribution.id).filter { released.contains($0.id) }.map { origin in
      "\n  - \(origin.text.markdown(indent: 4)) "
        + "(\(place(origin)), \(clock(origin.at)), \(origin.id.markdown))"
    }.joined()
  }

  /// What came in beforehand, apart from what the room brought forward (S4.1, S4.14).
  var surveySection: [String] {
    let bySource = Dictionary(grouping: shown.filter { $0.source != nil }) { $0.source ?? "" }
    return Figures(session).sources.flatMap { source -> [String] in
      guard let answers = bySource[source] else { return [] }
      let title = say("Vooraf ingebracht: \(source.markdown)", "Brought in beforehand: \(source.markdown)")
      return ["## " + title] + lists(answers)
    }
  }

  /// Each theme: headline, text and what supports it (S2.6).
  var themesSection: [String] {
    let byTheme = Dictionary(grouping: shown) { session.theme(of: $0)?.id }
    let sections = session.themes.filter { !$0.isWithdrawn }.flatMap { theme -> [String] in
      let body = theme.body.flatMap { $0.isEmpty ? nil : $0.markdown(indent: 0) }
      let support = byTheme[theme.id].map { $0.map(supporting).joined(separator: "\n") }
      return ["### " + theme.title.markdown] + [body, support].compactMap(\.self)
    }
    return sections.isEmpty ? [] : ["## " + say("Thema’s", "Themes")] + sections
  }

  private func supporting(_ contribution: Contribution) -> String {
    let kind = session.kind(of: contribution).name[language].markdown
    return
      "- \(contribution.text.markdown(indent: 2)) (\(kind), \(place(contribution)), \(contribution.id.markdown))"
      + origins(contribution)
  }

  /// How many contributions stand on each rung of each ladder (S1.8).
  var laddersSection: [String] {
    let sections = (session.plan?.ladders ?? []).flatMap { ladder -> [String] in
      let counts = session.rungCounts(of: ladder.id)
      guard counts.contains(where: { $0 > 0 }) else { return [] }
      let lines = zip(ladder.rungs, counts).enumerated().map { place, rung in
        "\(place + 1). \(rung.0.markdown): \(rung.1)"
      }
      return section(ladder.name.markdown, lines, level: 3)
    }
    return sections.isEmpty ? [] : ["## " + say("Ladders", "Ladders")] + sections
  }

  /// How many contributions each group brought forward, where that was noted (S4.10).
  var hearingSection: [String] {
    let groups = session.hearing().groups
    guard groups.contains(where: { $0.contributions + $0.answers > 0 }) else { return [] }
    let heading = [
      say("Groep", "Group"), say("Bijdragen uit de zaal", "From the room"), say("Vooraf", "Beforehand"),
    ]
    let rows = groups.map { [$0.name.markdown, String($0.contributions), String($0.answers)] }
    return ["## " + say("Per groep", "Per group"), markdownTable(heading, rows, numbersFrom: 1)]
  }

  /// Where the contribution came from, in words.
  private func place(_ contribution: Contribution) -> String {
    switch Figures.Place(contribution) {
    case .source(let name): name.markdown
    case .plenary: say("plenair", "plenary")
    case .table(let number): say("tafel \(number)", "table \(number)")
    }
  }

  /// What is wanted on its own: propositions verbatim and in order (S3.6), principles and goals (S1.10),
  /// actions, open questions (S2.11).
  var kindSections: [String] {
    let wanted: [(title: String, kinds: Set<String>)] = [
      (say("Stellingen", "Propositions"), ["proposition"]),
      (say("Uitgangspunten en doelen", "Principles and goals"), ["principle", "goal"]),
      (say("Acties en afspraken", "Actions and agreements"), ["action", "agreement"]),
      (say("Open vragen", "Open questions"), ["question"]),
    ]
    return wanted.flatMap { title, kinds in
      let lines = shown.filter { kinds.contains($0.kind) }.enumerated().map { number, contribution in
        // Later lines stand below the text, so that they stay part of their number.
        let mark = "\(number + 1). "
        return mark + contribution.text.markdown(indent: mark.count)
          + " (\(place(contribution)), \(reference(contribution)))" + origins(contribution)
      }
      return section(title, lines)
    }
  }
}
