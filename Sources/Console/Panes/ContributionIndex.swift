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
      (words.isEmpty || texts[place].holds(words)) && filter.shows(session.contributions[place], in: session)
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
