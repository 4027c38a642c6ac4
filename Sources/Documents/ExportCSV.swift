import Conference
import Ground

extension Export {
  /// One row for each contribution, for spreadsheets; one of its own where lines of the record are missing.
  var csv: String {
    var rows = [headings]
    var gaps = session.gaps[...]
    for (index, contribution) in session.contributions.enumerated() {
      while let gap = gaps.first, gap.contributions <= index { rows.append(row(of: gaps.removeFirst())) }
      if isReleased(contribution) { rows.append(cells(contribution)) }
    }
    return csvText(rows + gaps.map(row), language: language)
  }

  private func row(of met: MetGap) -> [String] {
    let item = met.item.flatMap(session.itemIndex).map { session.items[$0].title }
    let time = (met.gap.after ?? met.gap.before).map(session.zone.dateAndTime)
    let told = ["", time ?? "", item ?? "", "", say("GAT", "GAP"), met.phrase(in: session)[language]]
    return told + headings.dropFirst(told.count).map { _ in "" }
  }

  private var headings: [String] {
    [
      "id", say("tijd", "time"), say("onderdeel", "item"), say("tafel", "table"), say("soort", "kind"),
      say("tekst", "text"), say("thema", "theme"), say("bron", "source"), say("uitwerking van", "elaborates"),
      say("ingetrokken", "withdrawn"), say("samengevoegd met", "merged into"), say("groep", "group"),
      say("top \(Session.topLimit)", "top \(Session.topLimit)"), say("citaat van", "quote from"),
      say("uiterlijk", "due"),
    ] + ladders.map(\.name)
      + (withNames ? [say("wie", "who"), say("herkomst", "origin")] : [])
  }

  private var ladders: [Ladder] { session.plan?.ladders ?? [] }

  private func cells(_ contribution: Contribution) -> [String] {
    let item = contribution.item.flatMap(session.itemIndex).map { session.items[$0].title }
    let theme = session.theme(of: contribution)?.title
    func answer(_ holds: Bool) -> String { holds ? say("ja", "yes") : "" }
    let rungs = ladders.map { ladder in
      contribution.rungs[ladder.id].flatMap { ladder.rungs.indices.contains($0) ? ladder.rungs[$0] : nil }
        ?? ""
    }
    let origin = contribution.origin.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
    return [
      contribution.id, session.zone.dateAndTime(contribution.at), item ?? "",
      contribution.table.map(String.init) ?? "", session.kind(of: contribution).name[language],
      contribution.text, theme ?? "", contribution.source ?? "", contribution.parent ?? "",
      answer(contribution.isWithdrawn), contribution.mergedInto ?? "", session.group(of: contribution) ?? "",
      answer(contribution.isTop), contribution.quote?.text ?? "", contribution.due?.text ?? "",
    ] + rungs + (withNames ? [contribution.owner ?? "", origin] : [])
  }
}
