import Ground

// People's text inside Markdown (CommonMark and GitHub's): it shows as it was written and is never
// structure, a link or HTML.

extension String {
  /// The text on one line of Markdown: in a heading, a table's cell, a sentence.
  var markdown: String { escapedLine(oneLine) }

  /// The text as Markdown with its line breaks, later lines indented by `indent` spaces.
  func markdown(indent: Int) -> String {
    let lines = harmless.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      // Spaces at the start of a line would make it code, at its end a line break.
      escapedLine(line.split(separator: " ").joined(separator: " "))
    }
    // A line break that only a backslash marks shows in an editor, unlike two spaces.
    return lines.joined(separator: "\\\n" + String(repeating: " ", count: indent))
  }
}

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
  let digits = line.prefix { $0.isASCII && $0.isNumber }
  let mark = line[digits.endIndex...]
  if digits.isEmpty {
    return mark.first.map { "+-=:".contains($0) } == true ? "\\" + line : line
  }
  return mark.first.map { ".)".contains($0) } == true ? digits + "\\" + mark : line
}

/// A table in Markdown whose cells are Markdown already.
func markdownTable(_ heading: [String], _ rows: [[String]], numbersFrom: Int? = nil) -> String {
  let rule = heading.indices.map { column in numbersFrom.map { column >= $0 } == true ? "---:" : "---" }
  return ([heading, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
}
