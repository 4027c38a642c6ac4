/// Text broken into the rows of a soft wrap; every character has its place in exactly one row.
struct TextLayout {
  struct Row: Equatable {
    /// The characters of the row, without the line feed that ends it.
    var range: Range<Int>
    /// Whether the paragraph goes on in the next row.
    var isBroken: Bool
  }

  private(set) var rows: [Row] = []

  init(_ characters: [Character], columns: Int) {
    let columns = max(1, columns)
    var start = 0
    while true {
      let end = characters[start...].firstIndex { $0.endsLine } ?? characters.count
      breakParagraph(characters, start..<end, columns)
      guard end < characters.count else { return }
      start = end + 1
    }
  }

  private mutating func breakParagraph(_ characters: [Character], _ range: Range<Int>, _ columns: Int) {
    var start = range.lowerBound
    var used = 0
    // Where the row may be broken, and the columns used by then.
    var chance: (index: Int, used: Int)?
    var index = start
    while index < range.upperBound {
      let character = characters[index]
      // Looking a character's properties up takes long, and most are ASCII.
      let byte = character.utf8.count == 1 ? character.utf8.first : nil
      let width = byte == nil ? TextWidth.width(String(character)) : 1
      let isSpace = byte.map { $0 == 0x20 || $0 == 0x09 } ?? (character.isWhitespace && width < 2)
      // Spaces may hang over the edge: they are not seen there.
      if used + width > columns, !isSpace, index > start {
        let end = chance?.index ?? index
        rows.append(Row(range: start..<end, isBroken: true))
        used -= chance?.used ?? used
        start = end
        chance = nil
        continue
      }
      used += width
      index += 1
      // Scripts without spaces (CJK) may be broken after any character.
      if isSpace || width == 2 { chance = (index, used) }
    }
    rows.append(Row(range: start..<range.upperBound, isBroken: false))
  }
}

extension Character {
  /// Whether it is a line end; asked of every character of every text, so ASCII is decided by its byte.
  fileprivate var endsLine: Bool {
    utf8.count == 1 ? utf8.first.map { (0x0A...0x0D).contains($0) } ?? false : isNewline
  }
}
