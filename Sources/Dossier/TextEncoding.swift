import Ground

/// Text as it was found in a file of bytes.
struct DecodedText {
  /// The text as UTF-8, without a byte order mark.
  var bytes: [UInt8]
  /// Whether the bytes were no UTF-8 and were read as Windows-1252, from which line on; else nil.
  var windows1252FromLine: Int?
}

/// What keeps bytes from being text.
enum EncodingMistake: Error {
  /// A spreadsheet's or another program's own file.
  case spreadsheet
  /// A NUL byte at this line: no text file, or UTF-16 without its mark.
  case binary(line: Int)
  /// UTF-16 that does not hold together.
  case utf16
}

extension DecodedText {
  /// Decodes UTF-8 with or without byte order mark, UTF-16 with one, or else Windows-1252, which Dutch
  /// spreadsheets write.
  init(_ source: [UInt8]) throws(EncodingMistake) {
    if source.starts(with: [0x50, 0x4B, 0x03, 0x04]) || source.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      throw .spreadsheet
    }
    if source.starts(with: [0xFF, 0xFE]) || source.starts(with: [0xFE, 0xFF]) {
      bytes = try DecodedText.utf8(fromUTF16: source)
    } else {
      bytes = Array(source.dropFirst(source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0))
    }
    if let nul = bytes.firstIndex(of: 0) { throw .binary(line: lineNumber(of: nul, in: bytes)) }
    if let wrong = firstInvalidUTF8(bytes) {
      windows1252FromLine = lineNumber(of: wrong, in: bytes)
      bytes = DecodedText.utf8(fromWindows1252: bytes)
    }
  }

  private static func utf8(fromUTF16 source: [UInt8]) throws(EncodingMistake) -> [UInt8] {
    guard source.count % 2 == 0 else { throw .utf16 }
    let high = source[0] == 0xFE ? 0 : 1
    let units = stride(from: 2, to: source.count, by: 2).map {
      UInt16(source[$0 + high]) << 8 | UInt16(source[$0 + 1 - high])
    }
    guard let text = String(validating: units, as: UTF16.self) else { throw .utf16 }
    return Array(text.utf8)
  }

  private static func utf8(fromWindows1252 source: [UInt8]) -> [UInt8] {
    var text = String.UnicodeScalarView()
    for byte in source {
      text.append((0x80...0x9F).contains(byte) ? windows1252[Int(byte) - 0x80] : Unicode.Scalar(byte))
    }
    return Array(String(text).utf8)
  }

  /// The bytes 80 to 9F of Windows-1252; the five that it leaves open are control characters.
  ///
  /// Source: encoding.spec.whatwg.org, index windows-1252.
  private static let windows1252: [Unicode.Scalar] = [
    "€", "\u{81}", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\u{8D}", "Ž", "\u{8F}",
    "\u{90}", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "\u{9D}", "ž", "Ÿ",
  ]
}

/// Returns the index at which the first character begins that is not UTF-8, or nil.
func firstInvalidUTF8(_ bytes: [UInt8]) -> Int? {
  var source = bytes.makeIterator()
  var parser = Unicode.UTF8.ForwardParser()
  var index = 0
  while true {
    switch parser.parseScalar(from: &source) {
    case .valid(let scalar): index += scalar.count
    case .error: return index
    case .emptyInput: return nil
    }
  }
}

/// Returns the number of the line, from 1, on which the byte at `index` stands; CRLF, LF and CR end lines.
func lineNumber(of index: Int, in bytes: [UInt8]) -> Int {
  var line = 1
  for place in 0..<index {
    let isEnd =
      bytes[place] == 0x0A || (bytes[place] == 0x0D && (place + 1 == bytes.count || bytes[place + 1] != 0x0A))
    if isEnd { line += 1 }
  }
  return line
}
