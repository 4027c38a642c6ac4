import Conference
import Ground
import Screen

/// Something that lies over the panes; keys go to the last one, Esc takes it away.
enum Layer: Sendable {
  /// All commands of this moment, scrolled by so many rows.
  case help(scroll: Int)
  /// A text to read.
  case card(Card)
  /// A question that wants a yes.
  case question(Question)
  /// A field to fill in.
  case prompt(Prompt)
  /// A list to choose from.
  case menu(Menu)
}

/// A question, and what a yes does.
struct Question: Sendable {
  var text: Phrase
  var yes: @Sendable (inout Model) -> [Effect]
}

/// A text to read, until Esc or Enter.
struct Card: Sendable {
  var title: Phrase
  var paragraphs: [String]
  /// What stands above the text, in the middle; where there is no room the card says so.
  var square: DotSquare?
  /// The first row in sight.
  var scroll = 0
  /// What stands below it; nil: how to close it.
  var footer: Phrase?
  /// What a key does besides scrolling and closing; nil: nothing of its own.
  var act: (@Sendable (inout Model, Key) -> [Effect]?)?
}

extension Model {
  /// Asks before a command is given.
  mutating func confirm(_ text: Phrase, _ command: Command) {
    layers.append(.question(Question(text: text) { $0.give(command) }))
  }

  /// Shows a text to read.
  mutating func show(_ title: Phrase, _ paragraphs: [String]) {
    layers.append(.card(Card(title: title, paragraphs: paragraphs)))
  }

  /// Gives a key to the layer on top.
  mutating func updateLayer(_ key: Key) -> [Effect] {
    guard let layer = layers.last else { return [] }
    if key == .escape { return closeLayer() }
    switch layer {
    case .help(let scroll):
      guard let step = key.scrollStep else { return closeLayer() }
      layers[layers.count - 1] = .help(scroll: max(0, scroll + step))
    case .card(var card):
      if let effects = card.act?(&self, key) { return effects }
      guard let step = key.scrollStep else { return key == .enter ? closeLayer() : [] }
      card.scroll = max(0, card.scroll + step)
      layers[layers.count - 1] = .card(card)
    case .question(let question): return answer(question, key)
    case .prompt(var prompt):
      if key == .enter { return submit(prompt) }
      prompt.complaint = nil
      _ = prompt.editor.apply(key)
      layers[layers.count - 1] = .prompt(prompt)
    case .menu(let menu): return update(menu, key)
    }
    return []
  }

  /// Takes the layer on top away; what was only tried is as before.
  mutating func closeLayer() -> [Effect] {
    if case .menu(let menu) = layers.popLast() { return menu.leave(&self) }
    return []
  }

  /// A yes carries out, a no takes the question away, and any other key changes nothing: Enter too, since a
  /// second Enter is easily pressed before the question is read.
  private mutating func answer(_ question: Question, _ key: Key) -> [Effect] {
    switch key {
    case .character("j"), .character("J"), .character("y"), .character("Y"):
      layers.removeLast()
      return question.yes(&self)
    case .character("n"), .character("N"): return closeLayer()
    default: return []
    }
  }
}

extension Key {
  /// By how many rows a key scrolls a text, or nil.
  var scrollStep: Int? {
    switch self {
    case .up: -1
    case .down: 1
    case .pageUp: -10
    case .pageDown, .character(" "): 10
    case .home: -100_000
    default: nil
    }
  }
}
