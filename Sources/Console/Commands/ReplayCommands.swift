import Conference
import Ground
import Screen

/// Moving through a record.
extension ConsoleCommand {
  static let replay: [ConsoleCommand] = playing + going + landmarks + record

  private static let playing: [ConsoleCommand] = [
    ConsoleCommand(
      .play, [.character(" ")], in: .replay, Phrase(nl: "speel", en: "play"),
      Phrase(
        nl: "Speel af, of sta stil; aan het einde: speel opnieuw.",
        en: "Play, or stand still; at the end: play again."),
      action: { $0.inReplay { $0.togglePlay() } }),
    ConsoleCommand(
      .forward, [.right, .character(".")], in: .replay, Phrase(nl: "vooruit", en: "forward"),
      Phrase(nl: "Een gebeurtenis verder.", en: "One event forward."),
      action: { model in model.jump { $0.go(to: $0.position + 1) } }),
    ConsoleCommand(
      .back, [.left, .character(",")], in: .replay, Phrase(nl: "achteruit", en: "back"),
      Phrase(nl: "Een gebeurtenis terug.", en: "One event back."),
      action: { model in model.jump { $0.go(to: $0.position - 1) } }),
    ConsoleCommand(
      .faster, [.character("+"), .character("="), .character(">")], in: .replay,
      Phrase(nl: "sneller", en: "faster"),
      Phrase(nl: "Speel sneller, tot 600×.", en: "Play faster, up to 600×."),
      action: { $0.inReplay { $0.changeSpeed(1) } }),
    ConsoleCommand(
      .slower, [.character("-"), .character("<")], in: .replay, Phrase(nl: "langzamer", en: "slower"),
      Phrase(nl: "Speel langzamer, tot 1×.", en: "Play slower, down to 1×."),
      action: { $0.inReplay { $0.changeSpeed(-1) } }),
    ConsoleCommand(
      .shortSilences, [.character("z")], in: .replay, Phrase(nl: "stiltes kort", en: "short silences"),
      Phrase(
        nl: "Speel lange stiltes verkort, of zo lang als ze waren; de klok blijft kloppen.",
        en: "Play long silences shortened, or as long as they were; the clock stays true."),
      action: { model in
        _ = model.inReplay { $0.toggleIdleLimit() }
        model.say(Words.silences(model.replay?.idleLimit))
        return []
      }),
  ]

  private static let going: [ConsoleCommand] = [
    ConsoleCommand(
      .first, [.home], in: .replay, Phrase(nl: "begin", en: "start"),
      Phrase(nl: "Naar het begin.", en: "To the start."),
      action: { model in model.jump { $0.goToStart() } }),
    ConsoleCommand(
      .last, [.end], in: .replay, Phrase(nl: "einde", en: "end"),
      Phrase(nl: "Naar het einde.", en: "To the end."),
      action: { model in model.jump { $0.go(to: $0.lines.count) } }),
    ConsoleCommand(
      .goToTime, [.character("g")], in: .replay, Phrase(nl: "ga naar", en: "go to"),
      Phrase(
        nl: "Naar een tijd, zo nodig met de dag, of een percentage.",
        en: "To a time, with the day where needed, or a percentage."),
      action: { model in
        model.ask(
          Phrase(
            nl: "Naar welk moment? (14:35, vr 14:35, 14-06 9:00 of 50%)",
            en: "To which moment? (14:35, fri 14:35, 14-06 9:00 or 50%)")
        ) { model, text in
          guard let moment = model.replay.flatMap({ $0.moment(text, after: $0.moment) }) else {
            return .refuse(
              Phrase(
                nl: "Typ een tijd binnen de conferentie, zoals 14:35, of 50%.",
                en: "Type a time within the conference, such as 14:35, or 50%."))
          }
          return .done(model.jump { $0.go(to: moment) })
        }
        return []
      }),
  ]

  private static let landmarks: [ConsoleCommand] = [
    landmark(
      .nextPhase, "]", 1, Phrase(nl: "volgende fase", en: "next phase"),
      Phrase(nl: "Naar het begin van het volgende onderdeel.", en: "To the start of the next item."),
      { model, _ in model.index.starts.map(\.position) }),
    landmark(
      .previousPhase, "[", -1, Phrase(nl: "vorige fase", en: "phase before"),
      Phrase(
        nl: "Naar het begin van dit onderdeel, of van het vorige.",
        en: "To the start of this item, or of the one before."),
      { replay, _ in replay.index.starts.map(\.position) }),
    landmark(
      .nextContribution, "c", 1, Phrase(nl: "bijdrage", en: "contribution"),
      Phrase(nl: "Naar de volgende bijdrage.", en: "To the next contribution."),
      { replay, _ in replay.index.contributions }),
    landmark(
      .previousContribution, "C", -1, Phrase(nl: "vorige bijdrage", en: "one before"),
      Phrase(nl: "Naar de vorige bijdrage.", en: "To the contribution before."),
      { replay, _ in replay.index.contributions }),
    landmark(
      .nextOfTable, "t", 1, Phrase(nl: "van tafel", en: "of table"),
      Phrase(
        nl: "Naar de volgende bijdrage van de gekozen tafel.",
        en: "To the next contribution of the chosen table."),
      { replay, table in table.flatMap { replay.index.contributionsOfTable[$0] } ?? [] }),
    landmark(
      .previousOfTable, "T", -1, Phrase(nl: "vorige tafel", en: "table's before"),
      Phrase(
        nl: "Naar de vorige bijdrage van de gekozen tafel.",
        en: "To the chosen table's contribution before."),
      { replay, table in table.flatMap { replay.index.contributionsOfTable[$0] } ?? [] }),
    landmark(
      .nextMarker, "}", 1, Phrase(nl: "markering", en: "marker"),
      Phrase(
        nl: "Naar de volgende markering, of het volgende gat in een beschadigd naslagwerk.",
        en: "To the next marker, or the next gap in a damaged record."),
      { replay, _ in replay.marks }),
    landmark(
      .previousMarker, "{", -1, Phrase(nl: "vorige markering", en: "marker before"),
      Phrase(
        nl: "Naar de vorige markering, of het vorige gat.", en: "To the marker or the gap before."),
      { replay, _ in replay.marks }),
  ]

  /// A command that goes to the next, or the one before, of some places; `places` gets the chosen table.
  private static func landmark(
    _ id: ID, _ key: Character, _ direction: Int, _ name: Phrase, _ help: Phrase,
    _ places: @escaping @Sendable (Replay, Int?) -> [Int]
  ) -> ConsoleCommand {
    ConsoleCommand(id, [.character(key)], in: .replay, name, help) { model in
      guard let replay = model.replay else { return [] }
      let places = places(replay, model.tables.number(in: model.session))
      var isThere = false
      let effects = model.jump { isThere = $0.go(direction, among: places) }
      if !isThere { model.say(direction > 0 ? Words.noneAfter : Words.noneBefore, .warning) }
      return effects
    }
  }

  /// What looks something up in the record; a page with a `/` of its own keeps it.
  private static let record: [ConsoleCommand] = [
    ConsoleCommand(
      .searchRecord, [.character("/"), .control("f")], in: .record, Phrase(nl: "zoek", en: "search"),
      Phrase(
        nl: "Zoek een bijdrage, bericht, markering, persoon of onderdeel in het hele naslagwerk.",
        en: "Search the whole record for a contribution, message, marker, person or item."),
      action: { model in
        model.openSearch()
        return []
      })
  ]

  private enum Words {
    static let noneAfter = Phrase(nl: "Hierna komt er geen meer.", en: "There is none after this.")
    static let noneBefore = Phrase(nl: "Hiervoor is er geen.", en: "There is none before this.")
    static func silences(_ limit: Interval?) -> Phrase {
      guard let limit else {
        return Phrase(
          nl: "Stiltes duren zo lang als ze waren.", en: "Silences last as long as they were.")
      }
      let seconds = limit % 1000 == 0 ? "\(limit / 1000)" : "\(Double(limit) / 1000)"
      return Phrase(
        nl: "Stiltes duren bij het kijken hoogstens \(seconds) s.",
        en: "Silences take the viewer \(seconds) s at most.")
    }
  }
}

/// What a table knows.
extension ConsoleCommand {
  static let tablePage: [ConsoleCommand] = [
    ConsoleCommand(
      .known, [.character("w")], in: .live, Phrase(nl: "wat weet tafel", en: "table knows"),
      Phrase(
        nl: "Toon wat de gekozen tafel op dit moment weet: wie, welke vraag, berichten, bijdragen.",
        en: "Show what the chosen table knows at this moment: who, which question, messages, contributions."),
      onlyLooks: true,
      whyNot: { $0.tables.number(in: $0.session) == nil ? Texts.noTables : nil },
      action: { model in
        model.tablePage.scroll = 0
        model.focus = .known
        return []
      }),
    ConsoleCommand(
      .knownLeave, [.escape], in: .known, Phrase(nl: "terug", en: "back"),
      Phrase(nl: "Ga terug naar de tafels.", en: "Go back to the tables."), onlyLooks: true,
      action: { model in
        model.focus = .tables
        return []
      }),
  ]
}
