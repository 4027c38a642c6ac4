import Conference
import Ground

/// What is looked up in all contributions at once, read from the session once for each change of the record.
struct ContributionIndex: Sendable, Equatable {
  /// How many contributions stand.
  private(set) var standing = 0
  /// The places of the contributions that were merged into one, by its id.
  private(set) var origins: [String: [Int]] = [:]
  /// The places of the contributions that elaborate one, by its id.
  private(set) var children: [String: [Int]] = [:]
  private var texts: [SearchText] = []

  /// The place of the last event that was read.
  private var seq = -2

  /// Reads a session anew, if its record went on.
  mutating func follow(_ session: Session) {
    guard seq != session.lastSeq else { return }
    seq = session.lastSeq
    standing = 0
    origins = [:]
    children = [:]
    for (place, one) in session.contributions.enumerated() {
      if one.stands { standing += 1 }
      guard !one.isWithdrawn else { continue }
      if one.mergedInto != nil { origins[session.mergeTarget(of: one.id), default: []].append(place) }
      if let parent = one.parent { children[session.mergeTarget(of: parent), default: []].append(place) }
    }
  }

  /// Returns the places of the contributions that a filter lists, the oldest first.
  mutating func places(_ filter: ContributionFilter, in session: Session) -> [Int] {
    let words = SearchText.words(filter.search)
    if !words.isEmpty { foldTexts(of: session) }
    return session.contributions.indices.filter { place in
      words.allSatisfy { texts[place].contains($0) }
        && filter.shows(session.contributions[place], in: session)
    }
  }

  /// Returns how much the texts of two contributions have in common, from 0 to 100.
  mutating func likeness(of places: [Int], to chosen: Int, in session: Session) -> [Int: Int] {
    foldTexts(of: session)
    guard texts.indices.contains(chosen) else { return [:] }
    let wanted = Set(texts[chosen].longWords)
    var result: [Int: Int] = [:]
    for place in places where texts.indices.contains(place) {
      let words = Set(texts[place].longWords)
      let total = wanted.count + words.count
      result[place] = total == 0 ? 0 : 200 * wanted.intersection(words).count / total
    }
    return result
  }

  /// Folds what was not folded yet: texts seldom change.
  private mutating func foldTexts(of session: Session) {
    texts.removeLast(max(0, texts.count - session.contributions.count))
    for (place, one) in session.contributions.enumerated() {
      if place == texts.count {
        texts.append(SearchText(one.text))
      } else if texts[place].source != one.text {
        texts[place] = SearchText(one.text)
      }
    }
  }
}

/// A text as it is searched: in lower case, without marks.
///
/// As bytes, since thousands of texts are looked through for each letter that one types.
struct SearchText: Sendable, Equatable {
  let source: String
  private let bytes: [UInt8]

  init(_ text: String) {
    source = text
    bytes = Fuzzy.bytes(text)
  }

  /// Returns the words of a search.
  static func words(_ search: String) -> [[UInt8]] {
    Fuzzy.bytes(search).split { $0 == 0x20 || $0 == 0x0A }.map(Array.init)
  }

  /// The words that say something about a text: those of four letters and more.
  var longWords: [ArraySlice<UInt8>] {
    bytes.split { !Self.isOfWord($0) }.filter { $0.count >= 4 }
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
  }

  func contains(_ word: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { text in
      word.withUnsafeBufferPointer { word in
        guard let first = word.first, text.count >= word.count else { return word.isEmpty }
        for start in 0...(text.count - word.count) where text[start] == first {
          var length = 1
          while length < word.count, text[start + length] == word[length] { length += 1 }
          if length == word.count { return true }
        }
        return false
      }
    }
  }
}
