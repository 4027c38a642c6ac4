import Ground
import Screen

extension Model {
  /// Opens the list of all commands of this moment; those that cannot be done now say why.
  mutating func openPalette() {
    let commands = ConsoleCommand.available(in: self).filter { $0.isInPalette }
    let entries = commands.map { command in
      Menu.Entry(
        id: command.id.rawValue, text: command.help[language],
        detail: command.keyNames(in: language), whyNot: command.whyNot(self))
    }
    open(
      Menu(title: Phrase(nl: "Opdrachten", en: "Commands"), entries: entries) { model, choice in
        guard case .entry(let entry) = choice,
          let command = commands.first(where: { $0.id.rawValue == entry.id })
        else { return [] }
        return model.perform(command)
      })
  }
}

extension ConsoleCommand {
  /// Whether it is worth a line in the list of commands: what moves the choice there is not.
  fileprivate var isInPalette: Bool {
    switch id {
    case .up, .down, .pageUp, .pageDown, .focusNext, .focusBack, .palette, .chooseTable: false
    default: true
    }
  }
}
