/// Names of organisations that probably mean the same one: to be offered for merging, never merged by itself.
public struct OrganisationNames: Sendable, Equatable {
  /// The names as they are written, the most frequent first, with the number of people of each.
  public var names: [(name: String, people: Int)]
  /// Whether they differ in spelling only; else they merely look alike.
  public var isSure: Bool

  /// Whether the names, their numbers and how sure it is are the same.
  public static func == (one: OrganisationNames, other: OrganisationNames) -> Bool {
    one.isSure == other.isSure && one.names.elementsEqual(other.names) { $0 == $1 }
  }

  /// Returns the names among `participants` that are alike, in the order of the list.
  ///
  /// Sure: they differ in case, accents, spaces, punctuation, a legal form such as B.V., or a usual
  /// abbreviation such as "Gem.". Less sure: they differ in one letter of six or more, or in being called a
  /// foundation. What `rules` merge already counts as one name.
  public static func alike(_ participants: [Participant], rules: MixingRules) -> [OrganisationNames] {
    var order: [String] = []
    var counts: [String: Int] = [:]
    for person in participants {
      guard let name = rules.value(of: person, for: "organisation") else { continue }
      if counts[name] == nil { order.append(name) }
      counts[name, default: 0] += 1
    }
    var keys: [String] = []
    var spellings: [String: [String]] = [:]
    for name in order {
      let key = words(name).joined()
      guard !key.isEmpty else { continue }
      if spellings[key] == nil { keys.append(key) }
      spellings[key, default: []].append(name)
    }
    func group(_ names: [String], isSure: Bool) -> OrganisationNames {
      let known = names.map { (name: $0, people: counts[$0] ?? 0) }
      // In order of the list among equals: the sort is stable.
      return OrganisationNames(names: known.sorted { $0.people > $1.people }, isSure: isSure)
    }
    var found = keys.compactMap { key in
      (spellings[key] ?? []).count > 1 ? group(spellings[key] ?? [], isSure: true) : nil
    }
    let letters = keys.map { Array($0) }
    let loose = keys.map { key in
      words(spellings[key]?.first ?? "").filter { $0 != "stichting" && $0 != "sint" }.joined()
    }
    for (place, one) in letters.enumerated() {
      for other in letters.indices.dropFirst(place + 1)
      where loose[place] == loose[other] && !loose[place].isEmpty || isOneLetterOff(one, letters[other]) {
        let names = [place, other].compactMap { spellings[keys[$0]]?.first }
        found.append(group(names, isSure: false))
      }
    }
    return found
  }

  /// The words of a name as names are compared.
  private static func words(_ name: String) -> [String] {
    var words: [String] = []
    var word = ""
    func end() {
      if !word.isEmpty { words.append(word) }
      word = ""
    }
    for character in name.lowercased() {
      switch character {
      case "&", "+":
        end()
        words.append("en")
      case ".", "'", "’", "`": continue
      default:
        if character.isLetter || character.isNumber { word += plain(character) } else { end() }
      }
    }
    end()
    words = words.map { abbreviations[$0] ?? $0 }
    // "B V" is B.V. with spaces.
    if words.count > 2, legalForms.contains(words.suffix(2).joined()),
      words.suffix(2).allSatisfy({ $0.count == 1 })
    {
      words.removeLast(2)
    }
    while words.count > 1, let last = words.last, legalForms.contains(last) { words.removeLast() }
    return words
  }

  private static let abbreviations = [
    "gem": "gemeente", "gemeenten": "gemeente", "st": "stichting", "stg": "stichting", "sticht": "stichting",
    "ver": "vereniging", "prov": "provincie", "min": "ministerie", "and": "en", "univ": "universiteit",
  ]
  private static let legalForms: Set<String> = [
    "bv", "nv", "vof", "cv", "ua", "coop", "inc", "ltd", "llc", "gmbh", "plc",
  ]

  /// The letter without its accent.
  private static func plain(_ character: Character) -> String {
    switch character {
    case "á", "à", "â", "ä", "ã", "å": "a"
    case "é", "è", "ê", "ë": "e"
    case "í", "ì", "î", "ï": "i"
    case "ó", "ò", "ô", "ö", "õ", "ø": "o"
    case "ú", "ù", "û", "ü": "u"
    case "ç": "c"
    case "ñ": "n"
    default: String(character)
    }
  }

  /// Whether one letter was added, dropped, changed, or swapped with its neighbour.
  ///
  /// Not a digit: "team 1" and "team 2" are two teams. Short names differ in one letter too easily.
  private static func isOneLetterOff(_ one: [Character], _ other: [Character]) -> Bool {
    guard min(one.count, other.count) >= 6, abs(one.count - other.count) <= 1 else { return false }
    let start = zip(one, other).prefix { $0 == $1 }.count
    let end = zip(one.dropFirst(start).reversed(), other.dropFirst(start).reversed()).prefix { $0 == $1 }
      .count
    let (a, b) = (one[start..<(one.count - end)], other[start..<(other.count - end)])
    if (a + b).contains(where: \.isNumber) { return false }
    return a.count <= 1 && b.count <= 1 || a.count == 2 && b.count == 2 && a.elementsEqual(b.reversed())
  }
}

extension MixingRules {
  /// Returns the value on which the attribute `name` mixes, or nil where it is empty.
  ///
  /// Organisations that are the same have the name that stands first.
  public func value(of person: Participant, for name: String) -> String? {
    guard let value = person.value(of: name), !value.isEmpty else { return nil }
    return name == "organisation" ? merged(value) : value
  }

  /// The values of which nobody sits alone, as they are after merging.
  func neverAlone(_ attribute: Attribute) -> [String] {
    attribute.name == "organisation" ? attribute.neverAlone.map(merged) : attribute.neverAlone
  }

  private func merged(_ organisation: String) -> String {
    sameOrganisations.first { $0.contains(organisation) }?.first ?? organisation
  }
}
