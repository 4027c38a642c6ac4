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
      let end = characters[start...].firstIndex(where: \.isNewline) ?? characters.count
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
      let width = TextWidth.width(String(character))
      let isSpace = character.isWhitespace && width < 2
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
