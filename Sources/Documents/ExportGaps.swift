import Conference
import Ground

// A damaged record can still be exported; each form of export tells where something is missing.

extension Export {
  /// What is missing, in the front: nobody should take the document for all that was there.
  var gapsSection: [String] {
    guard !session.gaps.isEmpty else { return [] }
    let bullets = session.gaps.map { "- \($0.phrase(in: session)[language].markdown)" }
    return [
      "## " + say("Let op: het naslagwerk is beschadigd", "Note: the record is damaged"),
      say(
        "Dit verslag is niet volledig. Wat in de ontbrekende regels stond, is hier niet verwerkt: bijdragen, "
          + "wijzigingen, wat werd ingetrokken en wat als gevoelig werd gemerkt. Met een kopie van een ander "
          + "apparaat is het te herstellen: beraad check --repair --from KOPIE.",
        "This record of the day is not complete. What stood in the missing lines is not in it: contributions, "
          + "changes, what was withdrawn and what was marked as sensitive. A copy from another device can mend "
          + "it: beraad check --repair --from COPY."
      ).markdown,
      bullets.joined(separator: "\n"),
    ]
  }

  /// The gaps within an item, or outside of all.
  func gaps(in item: String?) -> [MetGap] { session.gaps.filter { $0.item == item } }

  /// The gaps within an item, each a paragraph that stands out.
  func notes(ofGapsIn item: String?) -> [String] {
    gaps(in: item).map { "> **\($0.phrase(in: session)[language].markdown)**" }
  }
}

extension Session {
  /// Where lines are missing, or nothing for a record that holds together.
  ///
  /// `contributions` counts those that came before the gap, `after` and `before` are the times around it.
  var gapsJSON: [JSON.Member] {
    guard !gaps.isEmpty else { return [] }
    let told = gaps.map { met -> JSON in
      [
        "missing": .orNull(met.gap.missing), "line": .int(met.gap.line), "offset": .int(met.gap.offset),
        "reason": .string(met.gap.code), "words": .phrase(met.gap.phrase), "after": .moment(met.gap.after),
        "before": .moment(met.gap.before), "item": .orNull(met.item),
        "contributions": .int(met.contributions),
      ]
    }
    return [JSON.Member("gaps", .array(told))]
  }
}
