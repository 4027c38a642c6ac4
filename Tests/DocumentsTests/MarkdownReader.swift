/// What a line of Markdown is, as far as the structure of a document goes.
enum Block: Equatable {
  case heading(Int), bullet, number, row(cells: Int), rule, text, empty
}

/// The blocks of a document, line by line; a line that goes on after a hard break is no block of its own.
///
/// Its own reading of CommonMark, far from complete but with every way in which a line of text can begin a
/// block; `rogue` lists lines that go on yet would begin one.
func blocks(markdown text: String) -> (blocks: [Block], rogue: [String]) {
  var blocks: [Block] = []
  var rogue: [String] = []
  var goesOn = false
  for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
    let block = block(line)
    if !goesOn {
      blocks.append(block)
    } else if block != .text && block != .empty && line != "\\" {
      rogue.append(line)
    }
    goesOn = line.reversed().prefix { $0 == "\\" }.count % 2 == 1
  }
  return (blocks, rogue)
}

private func block(_ line: String) -> Block {
  let scalars = Array(line.unicodeScalars.drop { $0 == " " })
  guard let first = scalars.first else { return .empty }
  let second = scalars.count > 1 ? scalars[1] : " "
  if first == "#" {
    let level = scalars.prefix { $0 == "#" }.count
    if level <= 6, scalars.count == level || scalars[level] == " " { return .heading(level) }
  }
  if scalars.count >= 3, "-=*_".unicodeScalars.contains(first),
    scalars.allSatisfy({ $0 == first || $0 == " " })
  {
    return .rule
  }
  if "-+*".unicodeScalars.contains(first), second == " " { return .bullet }
  let digits = scalars.prefix { ("0"..."9").contains($0) }.count
  if digits > 0, digits < scalars.count, ".)".unicodeScalars.contains(scalars[digits]),
    digits + 1 == scalars.count || scalars[digits + 1] == " "
  {
    return .number
  }
  if first == ">" || first == "=" { return .rule }
  if first == "|" { return .row(cells: unescaped("|", in: line).count - 1) }
  return .text
}

/// Where `mark` stands without a backslash that takes away its meaning, by offset.
func unescaped(_ mark: Unicode.Scalar, in text: String) -> [Int] {
  var offsets: [Int] = []
  var backslashes = 0
  for (offset, scalar) in text.unicodeScalars.enumerated() {
    if scalar == mark, backslashes % 2 == 0 { offsets.append(offset) }
    backslashes = scalar == "\\" ? backslashes + 1 : 0
  }
  return offsets
}
