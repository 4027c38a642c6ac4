import Ground
import Screen

/// A list to choose from; what one types narrows it down.
struct Menu: Sendable {
  var title: Phrase
  var entries: [Entry] {
    didSet { found = nil }
  }
  var query = TextEditor() {
    didSet { if query.text != oldValue.text { found = search() } }
  }
  /// The chosen row among those that match.
  var selected = 0
  /// Whether what was typed can be chosen where no entry is meant: a new theme.
  var takesText = false
  /// What matches the text that was typed: searched once for each text; nil where it was not searched yet.
  var found: [Entry]?
  /// Carries out a choice; the menu is gone by then.
  var pick: @Sendable (inout Model, Choice) -> [Effect]
  /// Tries the chosen entry out while it is only looked at.
  var preview: @Sendable (inout Model, Entry) -> [Effect] = { _, _ in [] }
  /// What Del does with the chosen entry, and in words; the menu is gone by then.
  ///
  /// Nil: there is no such thing.
  var remove: (words: Phrase, act: @Sendable (inout Model, Entry) -> [Effect])?
  /// Sets right what was tried out, when the menu is left without a choice.
  var leave: @Sendable (inout Model) -> [Effect] = { _ in [] }
  /// Finds the entries for what was typed, the best first; nil: all entries are there from the start.
  var source: (@Sendable (String) -> [Entry])?

  /// Something to choose.
  struct Entry: Sendable, Equatable {
    var id: String
    var text: String
    /// What stands at the right: keys, a count.
    var detail = ""
    /// Why it cannot be chosen now, or nil.
    var whyNot: Phrase?
  }

  /// What was chosen.
  enum Choice: Sendable, Equatable {
    case entry(Entry)
    /// What was typed, where `takesText`.
    case text(String)
  }

  /// The entries that match what was typed, the best first; those that cannot be chosen come last.
  var matches: [Entry] { source == nil ? found ?? search() : entries }

  private func search() -> [Entry] {
    let wanted = query.text
    let scored = entries.enumerated().compactMap { offset, entry in
      Fuzzy.score(wanted, in: entry.text).map { (entry: entry, score: $0, offset: offset) }
    }
    return scored.sorted {
      let (one, other) = ($0.entry.whyNot == nil ? 0 : 1, $1.entry.whyNot == nil ? 0 : 1)
      return (one, $0.score, $0.offset) < (other, $1.score, $1.offset)
    }.map(\.entry)
  }

  /// The text that would be chosen as it was typed, or nil.
  var newText: String? {
    let text = query.text.filter { !$0.isNewline }
    guard takesText, text.contains(where: { !$0.isWhitespace }) else { return nil }
    return entries.contains { $0.text.lowercased() == text.lowercased() } ? nil : text
  }

  /// Begins anew with what is typed now.
  mutating func queryChanged() {
    if let source { entries = source(query.text) }
    selected = 0
  }

  /// The number of rows: the entries that match, and what was typed.
  var rowCount: Int { matches.count + (newText == nil ? 0 : 1) }
}

extension Model {
  /// Opens a list to choose from.
  mutating func open(_ menu: Menu) { layers.append(.menu(menu)) }

  mutating func update(_ menu: Menu, _ key: Key) -> [Effect] {
    var menu = menu
    switch key {
    case .enter: return pick(menu)
    case .up, .backTab: menu.selected -= 1
    case .down, .tab: menu.selected += 1
    case .pageUp: menu.selected -= 10
    case .pageDown: menu.selected += 10
    case .delete, .control("x"):
      guard let remove = menu.remove, menu.matches.indices.contains(menu.selected) else { return [] }
      layers.removeLast()
      return remove.act(&self, menu.matches[menu.selected])
    default:
      guard menu.query.apply(key) else { return [] }
      menu.queryChanged()
    }
    return choose(menu.selected, in: menu)
  }

  /// Chooses a row of the menu on top, as the mouse does too.
  mutating func choose(_ row: Int, in menu: Menu) -> [Effect] {
    var menu = menu
    menu.selected = max(0, min(menu.rowCount - 1, row))
    layers[layers.count - 1] = .menu(menu)
    let matches = menu.matches
    return matches.indices.contains(menu.selected) ? menu.preview(&self, matches[menu.selected]) : []
  }

  /// Carries out the chosen row; one that cannot be chosen says why, and the menu stays.
  mutating func pick(_ menu: Menu) -> [Effect] {
    let matches = menu.matches
    if matches.indices.contains(menu.selected) {
      let entry = matches[menu.selected]
      if let why = entry.whyNot {
        say(why, .warning)
        return []
      }
      layers.removeLast()
      return menu.pick(&self, .entry(entry))
    }
    guard let text = menu.newText else { return [] }
    layers.removeLast()
    return menu.pick(&self, .text(text))
  }
}
