extension TextEditor {
  /// Does what a key asks and returns whether the key had a meaning here.
  ///
  /// - Moving: the arrows, with Ctrl by words, Home and End (Ctrl-A, Ctrl-E) in the line, Ctrl-Home and
  ///   Ctrl-End in the text. With Shift they select; Alt-A selects all.
  /// - Erasing: Backspace, Delete; Ctrl-W a word, Ctrl-U and Ctrl-K a line's part before and behind the
  ///   cursor, which Ctrl-V puts back. With a selection each of them takes that. Alt-W copies it.
  /// - Undo is Ctrl-Y, Ctrl-_ or Alt-U, redo Ctrl-R.
  ///
  /// Enter and Ctrl-J begin a new line: a caller for whom Enter means "done" keeps it to itself.
  public mutating func apply(_ key: Key) -> Bool {
    let last = streak
    streak = nil
    switch key {
    case .character(let character): type(character, after: last)
    case .enter, .control("j"): insert("\n")
    case .backspace, .control("h"): erase(back: min(cursor, 1), after: last)
    case .delete, .control("d"): erase(forth: min(after.count, 1))
    case .control("w"), .alt("\u{7F}"): cut(back: cursor - wordStart, after: last)
    case .alt("d"): cut(forth: wordEnd - cursor, after: last)
    case .control("u"): cut(back: cursor - lineStart, after: last)
    case .control("k"):
      // At the end of a line it takes the line feed.
      cut(forth: lineEnd == cursor ? min(after.count, 1) : lineEnd - cursor, after: last)
    case .control("v"): insert(clipboard)
    case .alt("w"): if selection != nil { clipboard = selectedText }
    case .alt("a"): selectAll()
    case .control("y"), .control("_"), .alt("u"): undo()
    case .control("r"): redo()
    // Without Shift the arrows first let the selection go, at the side that they point to.
    case .left, .control("b"): move(to: selection?.lowerBound ?? cursor - 1)
    case .right, .control("f"): move(to: selection?.upperBound ?? cursor + 1)
    case .shift(let key):
      guard let target = target(of: key, after: last) else { return false }
      move(to: target, selecting: true)
    default:
      guard let target = target(of: key, after: last) else { return false }
      move(to: target)
    }
    return true
  }

  /// Where a key takes the cursor, or nil when it does not move it.
  private mutating func target(of key: Key, after last: Streak?) -> Int? {
    switch key {
    case .left: return cursor - 1
    case .right: return cursor + 1
    case .wordLeft, .alt("b"): return wordStart
    case .wordRight, .alt("f"): return wordEnd
    case .home, .control("a"): return lineStart
    case .end, .control("e"): return lineEnd
    case .controlHome: return 0
    case .controlEnd: return characters.count
    case .up, .control("p"): return rowTarget(-1, after: last)
    case .down, .control("n"): return rowTarget(1, after: last)
    default: return nil
    }
  }

  private mutating func rowTarget(_ step: Int, after last: Streak?) -> Int {
    let all = characters
    let columns = wrapColumns ?? .max
    let layout = TextLayout(all, columns: columns)
    let place = place(in: layout, all, columns: columns)
    var column = place.column
    if case .rows(let wanted) = last { column = wanted }
    streak = .rows(column: column)
    let row = place.row + step
    guard layout.rows.indices.contains(row) else { return step < 0 ? 0 : all.count }
    return index(inRow: layout.rows[row], column: column, all)
  }

  // MARK: Words and lines

  private var lineStart: Int { before.lastIndex(of: "\n").map { $0 + 1 } ?? 0 }

  private var lineEnd: Int { cursor + (after.firstIndex(of: "\n") ?? after.count) }

  /// The start of the word that the cursor stands in or behind.
  private var wordStart: Int {
    guard let end = before.lastIndex(where: { $0.script != nil }) else { return 0 }
    return before[..<end].lastIndex { $0.script != before[end].script }.map { $0 + 1 } ?? 0
  }

  /// The end of the word that the cursor stands in or before.
  private var wordEnd: Int {
    guard let start = after.firstIndex(where: { $0.script != nil }) else { return cursor + after.count }
    return cursor + (after[start...].firstIndex { $0.script != after[start].script } ?? after.count)
  }
}

/// What a word is made of; where it changes another word begins.
private enum Script { case letters, han, hiragana, katakana, emoji }

extension Character {
  /// Nil for what stands between words.
  ///
  /// Chinese and Japanese have no spaces: without a dictionary a change of script is as near as one gets.
  fileprivate var script: Script? {
    guard let scalar = unicodeScalars.first else { return nil }
    switch scalar.value {
    case 0x3041...0x309F: return .hiragana
    case 0x30A0...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: return .katakana
    default: break
    }
    let properties = scalar.properties
    if properties.isIdeographic { return .han }
    if isLetter || isNumber || self == "_" || self == "'" || self == "’" { return .letters }
    // Digits and signs such as © are emoji only with a selector behind them.
    let isEmoji =
      properties.isEmojiPresentation || (properties.isEmoji && unicodeScalars.contains("\u{FE0F}"))
    return isEmoji ? .emoji : nil
  }
}
