import Conference
import Ground

extension Replay {
  /// What a line of the record tells, in words; people and items by the names they have here.
  func words(for line: Line) -> Phrase {
    if line.type == "record.sealed" {
      return Phrase(nl: "het naslagwerk is verzegeld", en: "the record was sealed")
    }
    guard let event = try? Event(line) else { return Phrase(same: line.type) }
    return words(for: event)
  }

  private func words(for event: Event) -> Phrase {
    switch event {
    case .conferencePlanned, .itemPlanned, .tablePlaced, .rulesSet:
      Phrase(nl: "voorbereiding", en: "preparation")
    case .participantRegistered(let person): Phrase(same: person.name)
    case .conferenceOpened: Phrase(nl: "de conferentie staat klaar", en: "the conference is ready")
    case .conferencePaused: Phrase(nl: "de klok staat stil", en: "the clock stands still")
    case .conferenceResumed: Phrase(nl: "de klok loopt weer", en: "the clock runs again")
    case .conferenceClosed: Texts.closed
    case .phaseStarted(let item, let phase, _):
      Phrase(nl: "\(title(of: item)) · \(phase.name.nl)", en: "\(title(of: item)) · \(phase.name.en)")
    case .itemExtended(let item, let seconds):
      Phrase(same: "\(title(of: item)) \(seconds < 0 ? "−" : "+")\(lengthOf(seconds))")
    case .slotStarted(let table): at(table, Phrase(nl: "aan het woord", en: "has the floor"))
    case .slotEnded(let table): at(table, Phrase(nl: "uitgesproken", en: "has spoken"))
    case .helpAsked(let table): at(table, Phrase(nl: "vraagt hulp", en: "asks for help"))
    case .helpAnswered(let table): at(table, Phrase(nl: "is geholpen", en: "was helped"))
    case .participantArrived(let id): of(id, Texts.presence(.present))
    case .participantLeft(let id): of(id, Texts.presence(.absent))
    case .seatingDrawn(let round, _):
      Phrase(nl: "tafels ingedeeld voor ronde \(round)", en: "tables drawn for round \(round)")
    case .tableSeated(let round, let table, _), .seatTaken(let round, let table, _, _),
      .seatLeft(let round, let table, _):
      at(table, Phrase(nl: "plaatsen in ronde \(round)", en: "seats in round \(round)"))
    case .messageSent(let text, _): Texts.message(text)
    case .markerSet(let text): Phrase(same: "◆ \(text)")
    case .themeAdded(let theme), .themeAmended(let theme):
      Phrase(nl: "thema: \(theme.title)", en: "theme: \(theme.title)")
    case .actionUndone: Phrase(nl: "ongedaan gemaakt", en: "undone")
    case .actionRedone: Phrase(nl: "opnieuw gedaan", en: "done again")
    default: words(forContribution: event)
    }
  }

  private func words(forContribution event: Event) -> Phrase {
    switch event {
    case .contributionAdded(let new): of(new)
    case .contributionAmended(let id, let text, _):
      Phrase(nl: "\(id) gewijzigd: \(text)", en: "\(id) changed: \(text)")
    case .contributionWithdrawn(let id): told(id, Phrase(nl: "ingetrokken", en: "withdrawn"))
    case .contributionRestored(let id): told(id, Phrase(nl: "weer opgenomen", en: "taken up again"))
    case .contributionShown(let id, let isShown):
      told(
        id,
        isShown
          ? Phrase(nl: "op het zaalscherm", en: "on the room's screen")
          : Phrase(nl: "van het zaalscherm", en: "off the room's screen"))
    case .contributionThemed(let id, _): told(id, Phrase(nl: "onder een thema", en: "under a theme"))
    default: Phrase(same: "")
    }
  }

  private func title(of item: String) -> String {
    session.itemIndex(item).map { session.items[$0].title } ?? item
  }

  private func lengthOf(_ seconds: Int) -> String { minutesAndSeconds(.seconds(abs(seconds))) }

  private func at(_ table: Int, _ words: Phrase) -> Phrase {
    let place = Texts.table(table)
    return Phrase(nl: "\(place.nl.lowercased()) · \(words.nl)", en: "\(place.en.lowercased()) · \(words.en)")
  }

  private func of(_ person: String, _ words: Phrase) -> Phrase {
    let name = session.participant(person)?.name ?? person
    return Phrase(nl: "\(name) · \(words.nl)", en: "\(name) · \(words.en)")
  }

  private func of(_ contribution: Contribution) -> Phrase {
    let place = contribution.table.map { Texts.table($0) } ?? Phase.plenary.name
    let kind = session.kind(contribution.kind)?.name ?? Phrase(same: contribution.kind)
    return Phrase(
      nl: "\(contribution.source ?? place.nl.lowercased()) · \(kind.nl): \(contribution.text)",
      en: "\(contribution.source ?? place.en.lowercased()) · \(kind.en): \(contribution.text)")
  }

  private func told(_ id: String, _ words: Phrase) -> Phrase {
    let text = session.contributionIndex(id).map { session.contributions[$0].text } ?? ""
    return Phrase(nl: "\(id) \(words.nl): \(text)", en: "\(id) \(words.en): \(text)")
  }
}
