import Ground

/// A person's name as it stands in a list sorted by surname, in the Dutch way: `de Vries, Anna` under V.
///
/// A prefix written small (van der, ten, 't) stands before the surname and does not count for its place. One
/// written with a capital does: that is how Flemish names are filed (Van den Berg under V). A name with a comma
/// is taken as surname first; of any other the last word is the surname, with the prefixes before it.
public struct ListedName: Sendable, Comparable {
  /// The name, surname first: `de Vries, Anna`.
  public let text: String
  /// What it is sorted by: small letters without marks.
  let key: String

  /// Reads a name as people write it; white space of any kind counts as one space.
  public init(_ name: String) {
    let words = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if let comma = words.firstIndex(of: ",") {
      self.init(surname: words[..<comma].trimmed, first: words[words.index(after: comma)...].trimmed)
      return
    }
    let parts = words.split(separator: " ").map(String.init)
    let start = ListedName.surnameStart(parts)
    self.init(
      surname: parts[start...].joined(separator: " "), first: parts[..<start].joined(separator: " "))
  }

  private init(surname: String, first: String) {
    text = first.isEmpty ? surname : surname.isEmpty ? first : "\(surname), \(first)"
    var counted = surname.split(separator: " ")[...]
    while counted.count > 1, let prefix = counted.first, ListedName.isSmallPrefix(prefix) {
      counted = counted.dropFirst()
    }
    var filed = counted.joined(separator: " ")
    // d'Ancona under A, 's-Gravesande under G.
    for joint in ["d'", "d’", "l'", "l’", "'s-", "’s-"] where filed.hasPrefix(joint) {
      filed.removeFirst(joint.count)
    }
    key = "\(filed.filedLetters)\u{0}\(first.filedLetters)\u{0}\(surname.filedLetters)"
  }

  /// The capital under which the name is filed, or # where that is no letter.
  public var heading: String {
    guard let first = key.first, first.isLetter else { return "#" }
    return first.uppercased()
  }

  /// Orders names as a list on paper has them.
  public static func < (one: ListedName, other: ListedName) -> Bool {
    // By scalars: every letter of the keys is plain, and so is their order.
    (one.key, one.text) < (other.key, other.text)
  }

  /// The place at which the surname begins among the words of a name.
  private static func surnameStart(_ words: [String]) -> Int {
    guard words.count > 1 else { return 0 }
    // The first half of a double name ends in a prefix: Jansen-de Vries.
    let double = words.dropLast().firstIndex { word in
      word.lastIndex(of: "-").map { isSmallPrefix(word[word.index(after: $0)...]) } ?? false
    }
    let prefix = words.dropLast().indices.first { index in
      isSmallPrefix(words[index][...]) || (index > 0 && isSmallPrefix(words[index].lowercased()[...]))
    }
    return min(double ?? .max, prefix ?? words.count - 1)
  }

  private static func isSmallPrefix(_ word: Substring) -> Bool {
    prefixes.contains(word.hasPrefix("’") ? "'" + word.dropFirst() : String(word))
  }

  /// The prefixes of names in the Netherlands that occur often; source: table 36 (voorvoegsels) of the
  /// Dutch population register.
  private static let prefixes: Set<String> = [
    "'t", "aan", "af", "al", "bij", "da", "dal", "de", "del", "della", "den", "der", "des", "di", "do", "dos",
    "du", "el", "het", "in", "la", "las", "le", "les", "lo", "los", "onder", "op", "over", "te", "ten", "ter",
    "thoe", "toe", "tot", "uit", "uyt", "van", "vander", "vanden", "ver", "vom", "von", "voor", "zu", "zum",
    "zur",
  ]
}

extension String {
  /// The text in small letters without marks, apostrophes left out, all else that is no letter a space.
  fileprivate var filedLetters: String {
    var letters = ""
    for scalar in unicodeScalars {
      if scalar.properties.generalCategory == .nonspacingMark || scalar == "'" || scalar == "’" { continue }
      if !scalar.properties.isAlphabetic && scalar.properties.numericType == nil {
        letters += " "
      } else {
        letters += scalar.plainLetter ?? scalar.properties.lowercaseMapping
      }
    }
    return letters.split(separator: " ").joined(separator: " ")
  }
}

extension Unicode.Scalar {
  /// The letter below the marks of a Latin one: e for É, o for Ø, ae for Æ; nil for all others.
  fileprivate var plainLetter: String? {
    guard value > 0x7F, let name = properties.name, name.hasPrefix("LATIN ") else { return nil }
    // The standard library takes no letter apart, but knows its name: LATIN SMALL LETTER E WITH ACUTE.
    let words = name.split(separator: " ")
    guard let kind = words.firstIndex(where: { $0 == "LETTER" || $0 == "LIGATURE" }),
      words.indices.contains(kind + 1)
    else { return nil }
    let letter = words[kind + 1]
    return letter == "SHARP" ? "ss" : letter.count <= 2 ? letter.lowercased() : nil
  }
}
