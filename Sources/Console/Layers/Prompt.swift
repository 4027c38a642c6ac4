import Conference
import Ground
import Screen

/// A field to fill in, and what comes of its text.
struct Prompt: Sendable {
  var title: Phrase
  var editor = TextEditor()
  /// How high the field is; one of more than two rows keeps line ends, which Ctrl-J begins.
  var rows = 2
  /// Why the text cannot be taken, or nil.
  var complaint: Phrase?
  /// Takes in the text.
  var take: @Sendable (inout Model, String) -> Outcome

  /// What comes of the text that was filled in.
  enum Outcome: Sendable {
    /// It cannot be taken: the prompt stays and says why.
    case refuse(Phrase)
    /// A command, which takes the prompt away when it is in the record: a refusal loses no text.
    case give(Command)
    /// Done; the prompt goes away.
    case done([Effect])
    /// Something outside of the console; its answer takes the prompt away.
    case wait([Effect])
  }
}

extension Model {
  /// Asks for a text.
  mutating func ask(
    _ title: Phrase, text: String = "", rows: Int = 2,
    _ take: @escaping @Sendable (inout Model, String) -> Prompt.Outcome
  ) {
    layers.append(.prompt(Prompt(title: title, editor: TextEditor(text), rows: rows, take: take)))
  }

  mutating func submit(_ prompt: Prompt) -> [Effect] {
    let text = prompt.rows > 2 ? prompt.editor.text : prompt.editor.text.filter { $0 != "\n" }
    switch prompt.take(&self, text) {
    case .refuse(let why):
      _ = answerPrompt(why)
      return []
    case .give(let command):
      let effects = give(command)
      if case .submit(let id, _) = effects.first { asked = id }
      return effects
    case .done(let effects):
      if let index = layers.lastIndex(where: { if case .prompt = $0 { true } else { false } }) {
        layers.remove(at: index)
      }
      return effects
    case .wait(let effects): return effects
    }
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
}
