import Ground

/// The keys of the console as a page of documentation, made from the one table of commands.
public enum KeysDocument {
  /// The page in both languages, as it stands in docs/KEYS.md.
  public static var markdown: String {
    var lines = [
      "# Keys", "",
      "Made from the table of commands (Sources/Console/Commands); do not edit it by hand:",
      "`BERAAD_UPDATE_SNAPSHOTS=1 swift test --filter keysDocumentIsFresh` writes it anew.", "",
      "While text is typed no letter is a command. Esc always goes back. `?` in the program shows the keys of",
      "the moment, with the reason where something cannot be done now.",
    ]
    for language in Language.allCases {
      lines += ["", language == .nl ? "## Nederlands" : "## English"]
      for place in ConsoleCommand.Place.allCases {
        let commands = ConsoleCommand.all.filter { $0.place == place }
        guard !commands.isEmpty else { continue }
        lines += ["", "### \(place.title[language])", "", "| | |", "| --- | --- |"]
        for command in commands {
          lines.append("| \(keyNames(of: command, in: language)) | \(command.help[language]) |")
        }
      }
      lines += ["", "### \(RoomTexts.keys[language])", "", "| | |", "| --- | --- |"]
      for key in RoomKey.all { lines.append("| \(key.keys[language]) | \(key.help[language]) |") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func keyNames(of command: ConsoleCommand, in language: Language) -> String {
    if command.id == .chooseTable { return "`1`–`9`" }
    if command.id == .noteTable { return "`Alt-0`–`Alt-9`" }
    return command.keys.map { "`\($0.name(in: language))`" }.joined(separator: " ")
  }
}
