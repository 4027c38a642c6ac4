import Ground

// People's text on its way out: into terminals, spreadsheets and browsers.

extension String {
  /// The text without characters that act instead of show.
  ///
  /// Every kind of line break becomes a line feed and a tab a space. Other control characters become their
  /// pictures (␛); what reorders text (the "Trojan source" characters) becomes �.
  var harmless: String {
    var scalars = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x0A where afterReturn: break
      case 0x0A...0x0D, 0x85, 0x2028, 0x2029: scalars.append("\n")
      case 0x09: scalars.append(" ")
      case 0x00...0x1F: scalars.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
      case 0x7F: scalars.append("\u{2421}")
      case 0x80...0x9F, 0x202A...0x202E, 0x2066...0x2069: scalars.append("\u{FFFD}")
      case 0xFEFF: break
      default: scalars.append(scalar)
      }
      afterReturn = scalar == "\r"
    }
    return String(scalars)
  }

  /// The text on one line, without characters that act instead of show.
  var oneLine: String {
    harmless.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The text with spaces after it, or before it, up to `width` characters.
  func filled(to width: Int, atStart: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - count))
    return atStart ? space + self : self + space
  }

  /// The text, or its beginning with an ellipsis where it has more than `width` characters.
  func shortened(to width: Int) -> String { count <= width ? self : prefix(width - 1) + "…" }
}

extension JSON {
  /// The value over several lines, safe to send to a terminal.
  ///
  /// Control characters above ASCII (which terminals obey, too) and those that reorder text stand in it as
  /// escapes; a JSON reader gets the same value.
  public var printableText: String {
    var text = ""
    for scalar in prettyText.unicodeScalars {
      switch scalar.value {
      case 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069:
        let hex = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

/// Lays out rows as columns of plain text: the first `names` columns start, the others end, in line.
func aligned(_ rows: [[String]], names: Int = 1) -> String {
  let columns = rows.map(\.count).max() ?? 0
  let widths = (0..<columns).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
  }
  return rows.map { row in
    row.indices.map { row[$0].filled(to: widths[$0], atStart: $0 >= names) }.joined(separator: "  ")
  }.joined(separator: "\n")
}
