import Ground
import Screen

extension Model {
  /// Opens the list of themes; the one that is looked at shows at once, and Esc brings the old one back.
  mutating func chooseColours() {
    let before = theme
    var menu = Menu(
      title: Phrase(nl: "Kleuren", en: "Colours"),
      entries: themes.map { Menu.Entry(id: $0, text: $0, detail: $0 == before ? "✓" : "") }
    ) { model, choice in
      guard case .entry(let entry) = choice else { return [] }
      model.theme = entry.id
      return [.theme(entry.id), .remember("theme", entry.id)]
    }
    menu.preview = { _, entry in [.theme(entry.id)] }
    menu.leave = { _ in [.theme(before)] }
    menu.selected = themes.firstIndex(of: before) ?? 0
    open(menu)
  }
}
