import PTYKit
import Testing

// What somebody who runs a conference does with the keyboard, each with the wait for what must come of it.
extension PTY {
  /// Presses keys and waits for what they must show.
  func press(_ keys: String, shows text: String) throws {
    send(keys)
    try waitFor(text)
  }

  /// Presses a key and waits for what it must show.
  func press(_ key: Keystroke, shows text: String) throws { try press(key.rawValue, shows: text) }

  /// Presses keys and waits until a text is gone.
  func press(_ keys: String, hides text: String) throws {
    send(keys)
    try waitUntil("\"\(text)\" is gone") { !self.text.contains(text) }
  }

  /// Presses a key and waits until a text is gone.
  func press(_ key: Keystroke, hides text: String) throws { try press(key.rawValue, hides: text) }

  /// The number that now stands behind words on the screen, such as `Bijdragen · 12`, or nil.
  func shownNumber(after words: String) -> Int? {
    guard let row = screen.first(where: { $0.contains(words) }), let place = row.firstRange(of: words) else {
      return nil
    }
    return Int(row[place.upperBound...].prefix(while: \.isNumber))
  }

  /// The number behind words on the screen, once the screen is whole.
  func number(after words: String) throws -> Int {
    try waitFor(words)
    try waitForIdle()
    return try #require(shownNumber(after: words), "no number after \(words) in\n\(text)")
  }

  /// Goes on to an item of the agenda with the space bar.
  func advance(to title: String) throws { try press(" ", shows: "✓ \(title)") }

  /// Goes on with the space bar until this item runs.
  func advance(until title: String, over agenda: [String]) throws {
    let last = try #require(agenda.firstIndex(of: title), "no \(title) in \(agenda)")
    for item in agenda[...last] { try advance(to: item) }
  }

  /// Leaves note-taking; an Escape with the next key right behind it would be an Alt.
  func leaveNotes() throws { try press(.escape, shows: "? hulp") }

  /// Leaves the program in order; the terminal must be as it was before.
  func leave(sourceLocation: SourceLocation = #_sourceLocation) throws {
    send("q")
    // Only the end: this is asked again and again, and what was written is long.
    let leaving = Array("\u{1B}[?1049l".utf8)
    try waitUntil("it asks, or gives the terminal back") {
      text.contains("Stoppen?") || transcript.suffix(200).firstRange(of: leaving) != nil
    }
    if text.contains("Stoppen?") { send("j") }
    #expect(try waitForExit() == 0, sourceLocation: sourceLocation)
    #expect(modes == modesAtStart && !isOnAlternateScreen, sourceLocation: sourceLocation)
  }

  /// Pastes text as a terminal does that was asked to tell pastes from keys.
  func paste(_ text: String) {
    send(
      "\u{1B}[200~" + text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r"))
    send("\u{1B}[201~")
  }
}
