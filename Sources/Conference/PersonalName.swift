/// A person's name as it is looked for in what people wrote.
struct PersonalName: Sendable {
  /// The ways in which the name is written, each as words in small letters.
  private(set) var forms: Set<[String]> = []
  /// Those of them that are surely this name: first name or initials with the surname.
  private(set) var sureForms: Set<[String]> = []
  /// The words of the surname that can be known inside an e-mail address, without accents.
  private(set) var surnameWords: [String] = []

  /// Takes a name apart; `Vries, Anna de` and `Anna de Vries` alike.
  init(_ name: String) {
    if let comma = name.firstIndex(of: ",") {
      let surname = TextWord.all(in: String(name[..<comma])).map(\.key)
      let first = TextWord.all(in: String(name[name.index(after: comma)...])).map(\.key)
      // The prefix may stand behind the first name: Vries, Anna de.
      let prefix = Array(first.reversed().prefix { OrdinaryWords.besideNames.contains($0) }.reversed())
      self.init(first: Array(first.dropLast(prefix.count)), surname: prefix + surname)
    } else {
      let words = TextWord.all(in: name).map(\.key)
      let untitled = Array(words.drop { OrdinaryWords.besideNames.contains($0) })
      let prefix = untitled.indices.dropFirst().first { OrdinaryWords.besideNames.contains(untitled[$0]) }
      let start = min(prefix ?? .max, max(0, untitled.count - 1))
      self.init(first: Array(untitled[..<start]), surname: Array(untitled[start...]))
      add(words, isSure: words.count { !OrdinaryWords.besideNames.contains($0) } > 1)
    }
  }

  private init(first: [String], surname: [String]) {
    let core = surname.filter { !OrdinaryWords.besideNames.contains($0) }
    if !first.isEmpty, !core.isEmpty {
      let initials = first.map { String($0.prefix(1)) }
      let fronts = [first, [first[0]], initials, [initials[0]], [initials.joined()]]
      for front in fronts {
        add(front + surname, isSure: true)
        add(front + core, isSure: true)
        add(surname + front, isSure: true)
      }
    }
    add(surname, isSure: false)
    for word in first + core where !OrdinaryWords.besideNames.contains(word) { add([word], isSure: false) }
    surnameWords = core.filter { $0.count > 3 && !OrdinaryWords.contain($0) }.map(folded)
  }

  /// Adds a way of writing the name; a word that is no name by itself is none.
  private mutating func add(_ words: [String], isSure: Bool) {
    let core = words.filter { !OrdinaryWords.besideNames.contains($0) }
    // A single letter or a number is everywhere.
    guard core.contains(where: { $0.count > 1 && $0.contains(where: \.isLetter) }) else { return }
    forms.insert(words)
    if isSure { sureForms.insert(words) }
  }
}

/// A word in a text: a run of letters and digits.
struct TextWord {
  /// Where it stands.
  let range: Range<String.Index>
  /// The word in small letters; accents count.
  let key: String
  /// Whether it begins with a capital.
  let isCapital: Bool

  /// The words of a text, in order.
  static func all(in text: String) -> [TextWord] {
    var words: [TextWord] = []
    var start: String.Index?
    func end(_ index: String.Index) {
      guard let from = start else { return }
      let word = text[from..<index]
      words.append(
        TextWord(
          range: from..<index, key: word.lowercased(), isCapital: word.first?.isUppercase ?? false))
      start = nil
    }
    for index in text.indices {
      if text[index].isLetter || text[index].isNumber {
        start = start ?? index
      } else {
        end(index)
      }
    }
    end(text.endIndex)
    return words
  }
}
