import Conference
import Ground
import Screen

/// Who meets whom in the whole series.
extension ConsoleCommand {
  static let meetings: [ConsoleCommand] = [
    ConsoleCommand(
      .meetingsRead, [.enter], in: .meetings, Phrase(nl: "lees", en: "read"),
      Phrase(
        nl: "Lees wie de gekozen persoon trof, nog treft en nooit treft.",
        en: "Read whom the chosen person met, will meet and never meets."), onlyLooks: true,
      whyNot: { $0.meetings.chosen == nil ? Texts.noMatch : nil }, action: { $0.readMeetings() }),
    ConsoleCommand(
      .meetingsSortOn, [.right], in: .meetings, Phrase(nl: "sorteer verder", en: "sort on"),
      Phrase(
        nl: "Sorteer op de volgende kolom: de lijst, de tafel per ronde, hoeveel anderen iemand treft.",
        en: "Sort by the next column: the list, the table in each round, how many others somebody meets."),
      onlyLooks: true,
      action: { model in
        model.meetings.moveColumn(1, in: model.session)
        return []
      }),
    ConsoleCommand(
      .meetingsSortBack, [.left], in: .meetings, Phrase(nl: "sorteer terug", en: "sort back"),
      Phrase(nl: "Sorteer op de vorige kolom.", en: "Sort by the column before."), onlyLooks: true,
      action: { model in
        model.meetings.moveColumn(-1, in: model.session)
        return []
      }),
    ConsoleCommand(
      .meetingsLeave, [.escape], in: .meetings, Phrase(nl: "terug", en: "back"),
      Phrase(
        nl: "Wis wat getypt is, of ga terug naar de zitplaatsen.",
        en: "Clear what is typed, or go back to the seating."), onlyLooks: true,
      action: { model in
        if model.meetings.query.isEmpty {
          model.focus = .seating
        } else {
          model.meetings.clear(in: model.session)
        }
        return []
      }),
  ]
}

extension Model {
  /// Why there is no series to look through, or nil.
  var whyNoSeries: Phrase? {
    (1...max(1, session.rounds)).contains { session.seating(round: $0) != nil }
      ? nil : MeetingsPane.Words.notDrawn
  }

  mutating func openMeetings() -> [Effect] {
    focus = .meetings
    return []
  }

  mutating func readMeetings() -> [Effect] {
    guard let id = meetings.chosen else { return [] }
    let story = meetings.story(of: id, in: session, limit: 300, language)
    let name = session.participant(id)?.name.onOneLine ?? id
    show(Phrase(same: name), Array(story.map { [$0] }.joined(separator: [""])))
    return []
  }
}
