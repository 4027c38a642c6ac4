import Conference
import Ground
import Screen

extension Model {
  /// Shows which groups and tables were heard; Enter lists the contributions of one (S4.10).
  mutating func openHearing() {
    let hearing = session.hearing()
    var entries: [Menu.Entry] = []
    var filters: [ContributionFilter] = []
    func add(_ cells: [(text: String, columns: Int)], detail: String, _ filter: ContributionFilter) {
      entries.append(
        Menu.Entry(
          id: "\(filters.count)",
          text: cells.dropLast().map {
            TextWidth.pad(TextWidth.clip($0.text, to: $0.columns - 1), to: $0.columns)
          }
          .joined() + (cells.last?.text ?? ""), detail: detail))
      filters.append(filter)
    }
    // Who was not heard yet comes first: that is what one looks for.
    for group in hearing.unheard + hearing.groups.filter(\.isHeard) {
      add(
        [
          ((group.isHeard ? "  " : "○ ") + group.name, 22),
          (
            group.isHeard ? Texts.contributionCount(group.contributions)[language] : Words.unheard[language],
            18
          ),
          (Words.present(group.present)[language], 13),
        ],
        detail: group.tables.prefix(7).map { "T\($0)" }.joined(separator: " ")
          + (group.tables.count > 7 ? " …" : ""),
        ContributionFilter(group: .named(group.name)))
    }
    if hearing.unattributed > 0 {
      add(
        [
          ("  " + Words.noGroup[language], 22),
          (Texts.contributionCount(hearing.unattributed)[language], 18),
        ], detail: "", ContributionFilter(group: ContributionFilter.Under.none, source: .room))
    }
    for table in hearing.tables {
      add(
        [
          ((table.inAll == 0 ? "○ " : "  ") + Texts.table(table.number)[language], 22),
          (table.inAll == 0 ? Words.unheard[language] : Texts.contributionCount(table.inAll)[language], 18),
          (Words.inRound(table.inRound)[language], 18),
        ], detail: "", ContributionFilter(place: .table(table.number)))
    }
    let choices = filters
    open(
      Menu(title: Words.title(hearing.unheard.count), entries: entries) { model, choice in
        guard case .entry(let entry) = choice, let index = Int(entry.id) else { return [] }
        model.contributions.filter = choices[index]
        model.focus = .contributions
        return []
      })
  }

  private enum Words {
    static let unheard = Phrase(nl: "nog niet gehoord", en: "not heard yet")
    static let noGroup = Phrase(nl: "groep onbekend", en: "group unknown")
    static func title(_ count: Int) -> Phrase {
      switch count {
      case 0: Phrase(nl: "Elke groep is gehoord", en: "Every group was heard")
      case 1: Phrase(nl: "Nog niet gehoord: 1 groep", en: "Not heard yet: 1 group")
      default: Phrase(nl: "Nog niet gehoord: \(count) groepen", en: "Not heard yet: \(count) groups")
      }
    }
    static func present(_ count: Int) -> Phrase {
      Phrase(nl: "\(count) aanwezig", en: "\(count) present")
    }
    static func inRound(_ count: Int) -> Phrase {
      Phrase(nl: "\(count) deze ronde", en: "\(count) this round")
    }
  }
}
