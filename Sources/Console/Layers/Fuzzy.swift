/// Finds what was meant by a few letters of it.
enum Fuzzy {
  /// Returns how far a text is from what was typed, 0 for nothing typed; nil where letters are missing.
  ///
  /// All letters must come in order. Least costs a word that begins with what was typed, then what is found
  /// whole, then letters with gaps between them. Case and accents do not count.
  static func score(_ query: String, in text: String) -> Int? {
    let wanted = folded(query).filter { $0 != " " }
    guard !wanted.isEmpty else { return 0 }
    let letters = folded(text)
    var best: Int?
    for start in letters.indices where letters[start] == wanted[0] {
      guard let cost = cost(of: wanted, in: letters, from: start) else { break }
      best = min(best ?? .max, cost)
    }
    return best
  }

  private static func cost(of wanted: [Character], in letters: [Character], from start: Int) -> Int? {
    var place = start
    var cost = start == 0 ? 0 : letters[start - 1].isLetter ? 40 : 10
    // A find further on in the text is a little less likely meant.
    cost += min(start, 9)
    for letter in wanted.dropFirst() {
      guard let next = letters[(place + 1)...].firstIndex(of: letter) else { return nil }
      if next > place + 1 { cost += letters[next - 1].isLetter ? 30 : 5 }
      place = next
    }
    return cost
  }

  /// The letters in lower case without their marks, so that "ideeen" finds "ideeën".
  static func folded(_ text: String) -> [Character] {
    text.lowercased().map { character in
      // Most letters: without looking them up, since halls have thousands of names.
      if character.isASCII { return character }
      guard let base = character.decomposedBase, base.isASCII else { return character }
      return Character(base)
    }
  }

  /// The same as bytes, since thousands of texts are looked through for each letter that one types.
  static func bytes(_ text: String) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    var isLatin1 = false
    for byte in text.utf8 {
      if isLatin1 {
        // The letters of Latin 1 are two bytes, of which the first is C3.
        let plain = Self.latin1[Int(byte & 0x3F)]
        if plain != UInt8(ascii: ".") {
          result[result.count - 1] = plain
        } else {
          // Æ, Ð and Þ have no mark to lose, but a small letter.
          result.append([0x86, 0x90, 0x9E].contains(byte) ? byte | 0x20 : byte)
        }
        isLatin1 = false
      } else if byte < 0x80 {
        result.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
      } else if byte == 0xC3 || byte >= 0xE2 || byte < 0xC0 {
        isLatin1 = byte == 0xC3
        result.append(byte)
      } else {
        // Other letters and marks are rare; they take the long way.
        return Array(String(folded(text)).utf8)
      }
    }
    return result
  }

  /// U+00C0 to U+00FF without their marks; a dot where there is no such letter.
  private static let latin1 = Array("aaaaaa.ceeeeiiii.nooooo.ouuuuy..aaaaaa.ceeeeiiii.nooooo.ouuuuy.y".utf8)
}

extension Character {
  /// The letter without its marks; nil where it is no letter with one.
  fileprivate var decomposedBase: Unicode.Scalar? {
    if let plain = Self.plain[self] { return plain }
    let scalars = unicodeScalars
    return scalars.count > 1 ? scalars.first : nil
  }

  /// The letters with marks of the languages that people in the hall write.
  private static let plain: [Character: Unicode.Scalar] = {
    let rows: [(Unicode.Scalar, String)] = [
      ("a", "àáâãäå"), ("c", "ç"), ("e", "èéêë"), ("i", "ìíîï"), ("n", "ñ"), ("o", "òóôõöø"), ("u", "ùúûü"),
      ("y", "ýÿ"),
    ]
    var table: [Character: Unicode.Scalar] = [:]
    for (base, letters) in rows { for letter in letters { table[letter] = base } }
    return table
  }()
}
