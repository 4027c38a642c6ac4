import Ground

// People's text inside Markdown (CommonMark and GitHub's): it shows as it was written and is never
// structure, a link or HTML.

extension String {
  /// The text on one line of Markdown: in a heading, a table's cell, a sentence.
  var markdown: String { orDash(escapedLine(oneLine)) }

  /// The text as Markdown with its line breaks, later lines indented by `indent` spaces.
  func markdown(indent: Int) -> String {
    let lines = harmless.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      // Spaces at the start of a line would make it code, at its end a line break.
      escapedLine(line.split(separator: " ").joined(separator: " "))
    }
    let first = lines.firstIndex { !$0.isEmpty } ?? 0
    let last = lines.lastIndex { !$0.isEmpty } ?? 0
    // A line break that only a backslash marks shows in an editor, unlike two spaces.
    return orDash(lines[first...last].joined(separator: "\\\n" + String(repeating: " ", count: indent)))
  }
}

/// A dash for a text of which nothing shows: marks around nothing would be other marks (`****` is a rule).
private func orDash(_ text: String) -> String { text.isEmpty ? "–" : text }

private func escapedLine(_ line: String) -> String {
  var escaped = ""
  for character in line.unicodeScalars {
    switch character {
    // Entities rather than backslashes: harmless in every flavour of Markdown, and in HTML.
    case "&": escaped += "&amp;"
    case "<": escaped += "&lt;"
    case ">": escaped += "&gt;"
    case "\\", "`", "*", "_", "{", "}", "[", "]", "|", "~", "^", "$", "#":
      escaped += "\\"
      escaped.unicodeScalars.append(character)
    default: escaped.unicodeScalars.append(character)
    }
  }
  return withoutBlockStart(escaped)
}

/// A line that would begin a list, a rule or another block, with a backslash before that mark.
private func withoutBlockStart(_ line: String) -> String {
  // By scalar: to Swift a mark with an accent on it is another character, to Markdown it may not be.
  let digits = line.unicodeScalars.prefix { ("0"..."9").contains($0) }
  let rest = line.unicodeScalars[digits.endIndex...]
  let marks = digits.isEmpty ? "+-=:" : ".)"
  guard let mark = rest.first, marks.unicodeScalars.contains(mark) else { return line }
  return String(digits) + "\\" + String(rest)
}

/// A table in Markdown whose cells are Markdown already.
func markdownTable(_ heading: [String], _ rows: [[String]], numbersFrom: Int? = nil) -> String {
  let rule = heading.indices.map { column in numbersFrom.map { column >= $0 } == true ? "---:" : "---" }
  return ([heading, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
}
