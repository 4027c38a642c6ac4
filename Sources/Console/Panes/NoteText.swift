import Conference
import Ground

/// What a typed line means: its kind, its text, and for an action who does it and by when.
///
/// `a: Jan belt de gemeente @Jan >12-12` is an action of Jan's for 12 December. What is not understood stays
/// text: nothing that was typed is ever left out.
struct NoteText: Equatable {
  /// The text that is kept.
  var text: String
  /// The kind's id.
  var kind: String
  /// Who does it (S1.13).
  var owner: String?
  /// The day by which it is done.
  var due: CalendarDate?
  /// Whether the kind was typed before the text.
  var namesKind = false
  /// What stands behind a last `>` and is no date.
  var strangeDate: String?

  /// Reads a line; `kind` is the one that was chosen by key, `today` the day from which dates count on.
  init(_ typed: String, kind: String, kinds: [Kind], today: CalendarDate) {
    text = typed.trimmed
    self.kind = kind
    if let colon = text.firstIndex(of: ":"), let named = kinds.first(where: { $0.isNamed(text[..<colon]) }),
      // Of `a://…` and `i::` nobody meant a kind.
      ![":", "/"].contains(text[text.index(after: colon)...].first)
    {
      self.kind = named.id
      text = String(text[text.index(after: colon)...]).trimmed
      namesKind = true
    }
    if Self.takesOwner(self.kind) { readOwner(today) }
  }

  /// Whether somebody does what a kind names, by some day.
  static func takesOwner(_ kind: String) -> Bool { ["action", "agreement", "initiative"].contains(kind) }

  /// A contribution as somebody may have typed it.
  static func typed(_ new: NewContribution) -> String {
    takesOwner(new.kind) ? new.text + OwnerAndDate.suffix(new.owner, new.due) : new.text
  }

  /// What is given to the host.
  func contribution(table: Int?) -> NewContribution {
    NewContribution(table: table, kind: kind, text: text, owner: owner, due: due)
  }

  private mutating func readOwner(_ today: CalendarDate) {
    var head = text
    if let (before, date) = Self.cut(head, at: ">") {
      guard let read = CalendarDate(typed: date, onOrAfter: today) else {
        strangeDate = date
        return
      }
      due = read
      head = before
    }
    if let (before, name) = Self.cut(head, at: "@"), !before.isEmpty {
      owner = name
      head = before
    }
    // An owner alone is no action: then all of it is text.
    guard !head.isEmpty else { return (owner, due) = (nil, nil) }
    text = head
  }

  /// Splits a text at the last such sign that begins a word, where a word stands behind it.
  private static func cut(_ text: String, at sign: Character) -> (before: String, after: String)? {
    guard let place = text.lastIndex(of: sign),
      place == text.startIndex || text[text.index(before: place)].isWhitespace
    else { return nil }
    let after = String(text[text.index(after: place)...]).trimmed
    return after.isEmpty || after.contains(where: \.isNewline) ? nil : (String(text[..<place]).trimmed, after)
  }
}

/// Reads `Jan > 12 december`, `@Jan >12-12`, `Jan` or `> 12-12`.
struct OwnerAndDate: Equatable {
  var owner: String?
  var due: CalendarDate?

  /// Returns nil where the date is none.
  init?(_ typed: String, today: CalendarDate) {
    let parts = typed.split(separator: ">", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0]).trimmed
    owner = name.hasPrefix("@") ? String(name.dropFirst()).trimmed : name
    if owner?.isEmpty == true { owner = nil }
    guard parts.count == 2, !String(parts[1]).trimmed.isEmpty else { return }
    due = CalendarDate(typed: String(parts[1]), onOrAfter: today)
    if due == nil { return nil }
  }

  /// The same behind a text, as `NoteText` reads it.
  static func suffix(_ owner: String?, _ due: CalendarDate?) -> String {
    (owner.map { " @\($0)" } ?? "") + (due.map { " >\($0.text)" } ?? "")
  }
}

extension Kind {
  /// Whether a word means this kind: its letter, its name in either language, or its id.
  func isNamed(_ word: Substring) -> Bool {
    let word = word.lowercased()
    return !word.isEmpty
      && ([name.nl, name.en].contains { $0.lowercased() == word } || id == word
        || key.map { String($0).lowercased() == word } ?? false)
  }
}

/// The lines of a paste.
enum PastedLines {
  /// Returns the lines that hold something, without the bullets and numbers of a list.
  static func split(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map { bare(String($0).trimmed) }.filter { !$0.isEmpty }
  }

  private static let bullets: Set<Character> = ["-", "*", "•", "·", "–", "—", "▪", "◦", "‣"]

  private static func bare(_ line: String) -> String {
    guard let space = line.firstIndex(where: \.isWhitespace) else {
      // A bullet alone is an empty line.
      return line.count == 1 && bullets.contains(line.first ?? " ") ? "" : line
    }
    let head = line[..<space]
    let isBullet = head.count == 1 && head.first.map(bullets.contains) ?? false
    let number = head.dropLast()
    let isNumber =
      (1...3).contains(number.count) && number.allSatisfy { $0.isASCII && $0.isNumber }
      && (head.last == "." || head.last == ")")
    return isBullet || isNumber ? String(line[space...]).trimmed : line
  }
}
