/// Finds people's names in texts and puts their pseudonyms in place of them.
struct NameFinder: Sendable {
  /// A person by a number of the finder's own.
  typealias Owner = Int

  /// Whose form it is, and whether it is a name whatever stands around it.
  private struct Form {
    var owners: Set<Owner> = []
    var isSure = false
  }

  private var forms: [[String]: Form] = [:]
  /// The number of words of the longest form by its first word.
  private var longest: [String: Int] = [:]
  private var pseudonyms: [Owner: String] = [:]
  /// Names of one word without accents, and with the s of the genitive: what is like a name.
  private var alike: Set<String> = []
  private var surnames: [(word: String, owner: Owner)] = []
  private let wanted: Set<String>
  /// Words that are a town here, so that a capital says nothing.
  private let towns: Set<String>
  /// What stands in place of a name that several people have, or of one that is nobody's on the list.
  private let anybody: String

  /// Creates a finder that knows nobody; `wanted` are words that are names wherever they stand, `towns` are
  /// places that somebody may be called after.
  init(wanted: [String], towns: Set<String>, anybody: String) {
    self.wanted = Set(wanted.flatMap { TextWord.all(in: $0).map(\.key) })
    self.towns = Set(towns.flatMap { TextWord.all(in: $0).map(\.key) }).subtracting(self.wanted)
    self.anybody = anybody
    for words in wanted { add(TextWord.all(in: words).map(\.key), of: [], isSure: true) }
  }

  /// Makes a person known; without a pseudonym the name stays, and is not taken for somebody else's.
  mutating func add(_ name: String, of owner: Owner, pseudonym: String?) {
    let name = PersonalName(name)
    for words in name.forms {
      let isKnown = words.contains {
        !OrdinaryWords.besideNames.contains($0) && !towns.contains($0)
          && (!OrdinaryWords.contain($0) || wanted.contains($0))
      }
      add(words, of: [owner], isSure: name.sureForms.contains(words) || isKnown)
    }
    guard let pseudonym else { return }
    pseudonyms[owner] = pseudonym
    surnames += name.surnameWords.map { ($0, owner) }
    for words in name.forms where words.count == 1 && !OrdinaryWords.contain(words[0]) {
      let plain = folded(words[0])
      alike.formUnion([plain, plain + "s"])
    }
  }

  /// Makes something else known by which only this person is meant, such as a telephone number.
  mutating func addSign(_ text: String, of owner: Owner) {
    let words = TextWord.all(in: text).map(\.key)
    add(words, of: [owner], isSure: true)
    if words.allSatisfy({ $0.allSatisfy(\.isNumber) }) { add([words.joined()], of: [owner], isSure: true) }
  }

  private mutating func add(_ words: [String], of owners: Set<Owner>, isSure: Bool) {
    guard let first = words.first else { return }
    forms[words, default: Form()].owners.formUnion(owners)
    if isSure { forms[words]?.isSure = true }
    longest[first] = max(longest[first] ?? 0, words.count)
  }
}

// MARK: - In a text

extension NameFinder {
  /// A text with its names replaced.
  struct Found {
    var text: String
    /// How many names were replaced.
    var count = 0
    /// What a person should look at.
    var doubts: [(word: String, why: Redaction.Doubt.Why)] = []
  }

  private struct Match {
    var range: Range<String.Index>
    var replacement: String
  }

  /// Replaces the names in a text; in one that `namesPeople` also those that are ordinary words.
  func replacing(in text: String, namesPeople: Bool = false) -> Found {
    guard !pseudonyms.isEmpty || !forms.isEmpty else { return Found(text: text) }
    let words = TextWord.all(in: text)
    let keys = words.map(\.key)
    var found = Found(text: text)
    var matches: [Match] = []
    var place = 0
    while place < words.count {
      guard let (count, form) = form(at: place, words, keys, text) else {
        if alike.contains(folded(keys[place])) {
          found.doubts.append((String(text[words[place].range]), .likeAName))
        }
        place += 1
        continue
      }
      let range = words[place].range.lowerBound..<words[place + count - 1].range.upperBound
      if let replacement = replacement(form.owners) {
        let core = words[place..<(place + count)].filter { !OrdinaryWords.besideNames.contains($0.key) }
        let isName =
          form.isSure || namesPeople
          || core.contains {
            $0.isCapital && !towns.contains($0.key) && !isAtStart($0.range.lowerBound, of: text)
          }
        let word = String(text[range])
        if isName {
          matches.append(Match(range: range, replacement: replacement))
          if form.owners.count > 1 {
            found.doubts.append((word, .shared))
          } else if count == 1, text[range].first?.isLowercase == true {
            found.doubts.append((word, .small))
          }
        } else {
          found.doubts.append((word, .ordinary))
        }
      }
      place += count
    }
    matches = withAddresses(matches, in: text, &found)
    replace(joined(matches, in: text), in: &found)
    return found
  }

  /// The longest form that begins at a word; its words may stand a few signs apart.
  private func form(
    at place: Int, _ words: [TextWord], _ keys: [String], _ text: String
  ) -> (count: Int, Form)? {
    guard let most = longest[keys[place]] else { return nil }
    var count = min(most, words.count - place)
    while count > 0 {
      if let form = forms[Array(keys[place..<(place + count)])],
        (place..<(place + count - 1)).allSatisfy({ index in
          isGap(text[words[index].range.upperBound..<words[index + 1].range.lowerBound])
        })
      {
        return (count, form)
      }
      count -= 1
    }
    return nil
  }

  /// Whether the words of one name may stand this far apart.
  private func isGap(_ text: Substring) -> Bool {
    text.count <= 3 && text.allSatisfy { $0.isWhitespace || ".,-–_'’".contains($0) }
  }

  /// The pseudonym of the one who is meant; nil: only those who keep their names.
  private func replacement(_ owners: Set<Owner>) -> String? {
    guard let owner = owners.first else { return anybody }
    if owners.count == 1 { return pseudonyms[owner] }
    return owners.contains { pseudonyms[$0] != nil } ? anybody : nil
  }

  /// Whether a sentence starts here, so that a capital says nothing.
  private func isAtStart(_ index: String.Index, of text: String) -> Bool {
    let before = text[..<index].last {
      $0.isNewline || !$0.isWhitespace && !"\"'“”‘’„«»()[]*-–—•".contains($0)
    }
    return before.map { $0.isNewline || ".!?…:".contains($0) } ?? true
  }

  /// A name twice in a row, such as first name and surname with something between, is one.
  private func joined(_ matches: [Match], in text: String) -> [Match] {
    var joined: [Match] = []
    for match in matches {
      if let last = joined.last, last.replacement == match.replacement, last.replacement != anybody,
        text[last.range.upperBound..<match.range.lowerBound].allSatisfy({ $0 == " " || $0 == "-" })
      {
        joined[joined.count - 1].range = last.range.lowerBound..<match.range.upperBound
      } else {
        joined.append(match)
      }
    }
    return joined
  }

  private func replace(_ matches: [Match], in found: inout Found) {
    guard !matches.isEmpty else { return }
    var result = ""
    var end = found.text.startIndex
    for match in matches {
      result += found.text[end..<match.range.lowerBound] + match.replacement
      end = match.range.upperBound
    }
    found.text = result + found.text[end...]
    found.count = matches.count
  }
}

// MARK: - E-mail addresses

extension NameFinder {
  /// An address in which somebody's name stands goes as a whole; of the others a person is told.
  private func withAddresses(_ matches: [Match], in text: String, _ found: inout Found) -> [Match] {
    var result = matches
    for address in addresses(in: text) {
      let within = result.filter { $0.range.overlaps(address) }
      if let first = within.first {
        result.removeAll { $0.range.overlaps(address) }
        result.append(Match(range: address, replacement: first.replacement))
      } else if let owner = owner(ofAddress: text[address]), let pseudonym = pseudonyms[owner] {
        result.append(Match(range: address, replacement: pseudonym))
      } else {
        found.doubts.append((String(text[address]), .address))
      }
    }
    return result.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private func addresses(in text: String) -> [Range<String.Index>] {
    guard text.utf8.contains(UInt8(ascii: "@")) else { return [] }
    func isPart(_ character: Character) -> Bool {
      character.isLetter || character.isNumber || "._%+-".contains(character)
    }
    return text.indices.filter { text[$0] == "@" }.compactMap { sign in
      let behind = text.index(after: sign)
      let count = text[..<sign].reversed().prefix(while: isPart).count
      let host = text[behind...].prefix(while: isPart)
      guard count > 0, !host.isEmpty else { return nil }
      return text.index(sign, offsetBy: -count)..<host.endIndex
    }
  }

  private func owner(ofAddress address: Substring) -> Owner? {
    let name = folded(String(address.prefix { $0 != "@" }))
    let owners = Set(surnames.filter { name.contains($0.word) }.map(\.owner))
    return owners.count == 1 ? owners.first : nil
  }

  /// The person whose name stands in what a device is called, such as `anna` or `laptop-bosveld`.
  func owner(named text: String) -> Owner? {
    for word in TextWord.all(in: text) {
      if let form = forms[[word.key]], form.isSure, form.owners.count == 1 { return form.owners.first }
    }
    return nil
  }
}
