import Ground

/// A gap in a damaged record, where the fold met it.
public struct MetGap: Sendable, Equatable {
  /// Where and why lines are missing.
  public let gap: Gap
  /// How many contributions came before it.
  public let contributions: Int
  /// The id of the item that ran; nil where none did.
  public let item: String?

  /// The gap with the times around it and the item in which it lies, for a document about `session`.
  public func phrase(in session: Session) -> Phrase {
    let times: Phrase? =
      switch (gap.after.map(session.zone.clock), gap.before.map(session.zone.clock)) {
      case (let after?, let before?):
        Phrase(nl: "tussen \(after) en \(before)", en: "between \(after) and \(before)")
      case (let after?, nil): Phrase(nl: "na \(after)", en: "after \(after)")
      case (nil, let before?): Phrase(nl: "voor \(before)", en: "before \(before)")
      case (nil, nil): nil
      }
    let title = item.flatMap(session.itemIndex).map { session.items[$0].title }
    let place = title.map { Phrase(nl: "bij ‘\($0)’", en: "in ‘\($0)’") }
    let parts = [times, place].compactMap(\.self)
    guard !parts.isEmpty else { return gap.phrase }
    return Phrase(
      nl: "\(parts.map(\.nl).joined(separator: ", ")): \(gap.phrase.nl)",
      en: "\(parts.map(\.en).joined(separator: ", ")): \(gap.phrase.en)")
  }
}

extension Session {
  /// Notes that lines are missing behind those folded in; what comes refers to things that may not be there.
  public mutating func meet(_ gap: Gap) {
    gaps.append(MetGap(gap: gap, contributions: contributions.count, item: currentItem?.id))
  }
}
