import Conference
import Ground
import Screen

/// Something that lies over the panes: a question, a field to fill in, the help.
enum Layer: Sendable, Equatable {
  /// All commands of this moment, scrolled by so many rows.
  case help(scroll: Int)
  /// A question that a yes answers with a command.
  case confirm(Phrase, Command)
  /// A question about leaving the program.
  case leave(Phrase)
  /// A field to fill in.
  case prompt(Prompt)
}

/// A field to fill in, and what comes of its text.
struct Prompt: Sendable, Equatable {
  var purpose: Purpose
  var editor = TextEditor()
  /// Why the text cannot be taken, or nil.
  var complaint: Phrase?

  enum Purpose: Sendable, Equatable {
    case extend
    case message
    case marker
    case walkIn
    case theme(contribution: String)
    case goToTime
    case elsewhere
  }

  var title: Phrase {
    switch purpose {
    case .extend:
      Phrase(nl: "Hoeveel minuten erbij? (-5 kort in)", en: "How many minutes more? (-5 shortens)")
    case .message: Phrase(nl: "Bericht aan alle tafels", en: "Message to all tables")
    case .marker: Phrase(nl: "Markeer dit moment", en: "Mark this moment")
    case .walkIn:
      Phrase(
        nl: "Nieuwe deelnemer: naam; organisatie; groep; gemeente",
        en: "New participant: name; organisation; group; municipality")
    case .theme: Phrase(nl: "Onder welk thema? (leeg: geen)", en: "Under which theme? (empty: none)")
    case .elsewhere:
      Phrase(
        nl: "Verder in een nieuw bestand (op een andere schijf)",
        en: "Go on in a new file (on another disk)")
    case .goToTime: Phrase(nl: "Naar welk moment? (14:35 of 50%)", en: "To which moment? (14:35 or 50%)")
    }
  }
}

extension Model {
  mutating func open(_ purpose: Prompt.Purpose, text: String = "") {
    layers.append(.prompt(Prompt(purpose: purpose, editor: TextEditor(text))))
  }

  /// Gives a key to the layer on top.
  mutating func updateLayer(_ key: Key) -> [Effect] {
    guard let layer = layers.last else { return [] }
    if key == .escape {
      layers.removeLast()
      return []
    }
    switch layer {
    case .help(let scroll):
      switch key {
      case .up: layers[layers.count - 1] = .help(scroll: max(0, scroll - 1))
      case .down: layers[layers.count - 1] = .help(scroll: scroll + 1)
      case .pageUp: layers[layers.count - 1] = .help(scroll: max(0, scroll - 10))
      case .pageDown: layers[layers.count - 1] = .help(scroll: scroll + 10)
      default: layers.removeLast()
      }
      return []
    case .confirm(_, let command):
      return answer(key) { $0.give(command) }
    case .leave:
      return answer(key) { _ in [.quit] }
    case .prompt(var prompt):
      if key == .enter { return submit(prompt) }
      prompt.complaint = nil
      _ = prompt.editor.apply(key)
      layers[layers.count - 1] = .prompt(prompt)
      return []
    }
  }

  /// A yes carries out, a no takes the question away, and any other key changes nothing: Enter too, since a
  /// second Enter is easily pressed before the question is read.
  private mutating func answer(_ key: Key, yes: (inout Model) -> [Effect]) -> [Effect] {
    switch key {
    case .character("j"), .character("J"), .character("y"), .character("Y"):
      layers.removeLast()
      return yes(&self)
    case .character("n"), .character("N"):
      layers.removeLast()
      return []
    default:
      return []
    }
  }

  private mutating func submit(_ prompt: Prompt) -> [Effect] {
    let text = prompt.editor.text.filter { $0 != "\n" }
    func refuse(_ model: inout Model, _ phrase: Phrase) -> [Effect] {
      _ = model.answerPrompt(phrase)
      return []
    }
    switch prompt.purpose {
    case .extend:
      guard let minutes = Int(text.filter { $0 != " " && $0 != "+" }), minutes != 0, abs(minutes) <= 1440
      else {
        return refuse(
          &self, Phrase(nl: "Typ een getal, zoals 5 of -5.", en: "Type a number, such as 5 or -5."))
      }
      return ask(.extend(item: nil, seconds: minutes * 60))
    case .message:
      return ask(.message(text, tables: []))
    case .marker:
      return ask(.mark(text))
    case .walkIn:
      let cells = text.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
      guard let name = cells.first, name.contains(where: \.isLetter) else {
        return refuse(&self, Phrase(nl: "Typ minstens een naam.", en: "Type a name at least."))
      }
      func cell(_ index: Int) -> String? { cells.indices.contains(index) ? cells[index] : nil }
      return ask(
        .register(name: name, organisation: cell(1), group: cell(2), municipality: cell(3)))
    case .theme(let id):
      layers.removeLast()
      return assign(id, toThemeNamed: text)
    case .elsewhere:
      guard text.contains(where: { !$0.isWhitespace }) else {
        return refuse(&self, Phrase(nl: "Typ de naam van een bestand.", en: "Type the name of a file."))
      }
      elsewhere = text
      return [.continueElsewhere(text)]
    case .goToTime:
      guard replay?.go(toText: text) == true else {
        return refuse(
          &self,
          Phrase(
            nl: "Typ een tijd binnen de conferentie, zoals 14:35, of 50%.",
            en: "Type a time within the conference, such as 14:35, or 50%."))
      }
      layers.removeLast()
      followReplay()
      return []
    }
  }

  /// Gives the command of the prompt on top, which goes away when the command is in the record: what was
  /// typed is not lost by a refusal.
  private mutating func ask(_ command: Command) -> [Effect] {
    let effects = give(command)
    if case .submit(let id, _) = effects.first { asked = id }
    return effects
  }

  /// Takes the prompt on top away, or says in it why its text was not taken; returns whether there was one.
  mutating func answerPrompt(_ why: Phrase?) -> Bool {
    guard case .prompt(var prompt) = layers.last else { return false }
    if let why {
      prompt.complaint = why
      layers[layers.count - 1] = .prompt(prompt)
    } else {
      layers.removeLast()
    }
    return true
  }

  /// Puts a contribution under the theme with this headline; a new headline is a new theme.
  private mutating func assign(_ id: String, toThemeNamed title: String) -> [Effect] {
    let title = title.filter { !$0.isNewline }
    guard title.contains(where: { !$0.isWhitespace }) else { return give(.assign(id: id, theme: nil)) }
    if let theme = session.themes.first(where: {
      !$0.isWithdrawn && $0.title.lowercased() == title.lowercased()
    }) {
      return give(.assign(id: id, theme: theme.id))
    }
    let newID = "t\(session.themes.count + 1)"
    return give(.addTheme(title: title, body: nil)) + give(.assign(id: id, theme: newID))
  }
}
