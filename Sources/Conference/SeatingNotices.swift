import Ground

/// Something worth a look before tables are drawn, and what can be done about it.
public struct SeatingNotice: Sendable, Equatable {
  /// What was seen, without a full stop.
  public var what: Phrase
  /// The way out, without a capital and a full stop.
  public var mend: Phrase
  /// Both as one sentence.
  public var phrase: Phrase { Phrase(nl: "\(what.nl); \(mend.nl).", en: "\(what.en); \(mend.en).") }
}

extension SeatingRequest {
  /// What is worth a look: organisations that are probably the same, and people who will sit alone though
  /// they should not.
  public var notices: [SeatingNotice] { loners + sameNames }

  /// The most pairs of names that merely look alike that are told.
  private static let doubtful = 10

  private var loners: [SeatingNotice] {
    rules.attributes.flatMap { attribute in
      Set(rules.neverAlone(attribute)).sorted().compactMap { value -> SeatingNotice? in
        let people = participants.filter { rules.value(of: $0, for: attribute.name) == value }
        guard let person = people.first, people.count == 1 else { return nil }
        let who = name(person.id)
        return SeatingNotice(
          what: Phrase(
            nl: "Er is maar één \(value): die zit alleen (\(who))",
            en: "There is only one \(value), who will sit alone (\(who))"),
          mend: Phrase(
            nl: "nodig er nog een uit, of haal \(value) weg bij “nooit alleen”",
            en: "invite another, or remove \(value) from “never alone”"))
      }
    }
  }

  private var sameNames: [SeatingNotice] {
    guard rules.attributes.contains(where: { $0.name == "organisation" }) else { return [] }
    let all = OrganisationNames.alike(participants, rules: rules)
    return (all.filter(\.isSure) + all.filter { !$0.isSure }.prefix(SeatingRequest.doubtful)).map(\.notice)
  }
}

extension OrganisationNames {
  /// The offer to merge the names, in words.
  fileprivate var notice: SeatingNotice {
    let told = names.map { "“\($0.name)” (\($0.people))" }
    return isSure
      ? SeatingNotice(
        what: Phrase(
          nl: "\(joined(told, "en")) zijn zo te zien dezelfde organisatie, maar tellen als verschillende",
          en: "\(joined(told, "and")) seem to be the same organisation, but count as different ones"),
        mend: Phrase(
          nl: "zet ze in het plan onder “zelfde organisatie”, of maak de namen in de lijst gelijk",
          en: "put them in the plan under “same organisation”, or make the names in the list equal"))
      : SeatingNotice(
        what: Phrase(
          nl: "\(joined(told, "en")) lijken op elkaar, misschien zijn ze dezelfde organisatie",
          en: "\(joined(told, "and")) look alike and may be the same organisation"),
        mend: Phrase(
          nl: "is dat zo, zet ze dan in het plan onder “zelfde organisatie”",
          en: "if so, put them in the plan under “same organisation”"))
  }
}
