import Conference
import Ground
import Screen

/// Moving through a record.
extension ConsoleCommand {
  static let replay: [ConsoleCommand] = [
    ConsoleCommand(
      .play, [.character(" ")], in: .replay, Phrase(nl: "speel", en: "play"),
      Phrase(nl: "Speel af, of sta stil.", en: "Play, or stand still."),
      action: { $0.inReplay { $0.isPlaying.toggle() } }),
    ConsoleCommand(
      .forward, [.right, .character(".")], in: .replay, Phrase(nl: "vooruit", en: "forward"),
      Phrase(nl: "Een gebeurtenis verder.", en: "One event forward."),
      action: { $0.inReplay { $0.step(1) } }),
    ConsoleCommand(
      .back, [.left, .character(",")], in: .replay, Phrase(nl: "achteruit", en: "back"),
      Phrase(nl: "Een gebeurtenis terug.", en: "One event back."),
      action: { $0.inReplay { $0.step(-1) } }),
    ConsoleCommand(
      .nextPhase, [.character("]")], in: .replay, Phrase(nl: "volgende fase", en: "next phase"),
      Phrase(nl: "Naar het begin van het volgende onderdeel.", en: "To the start of the next item."),
      action: { $0.inReplay { $0.stepPhase(1) } }),
    ConsoleCommand(
      .previousPhase, [.character("[")], in: .replay, Phrase(nl: "vorige fase", en: "phase before"),
      Phrase(nl: "Naar het begin van het vorige onderdeel.", en: "To the start of the item before."),
      action: { $0.inReplay { $0.stepPhase(-1) } }),
    ConsoleCommand(
      .faster, [.character("+"), .character("="), .character(">")], in: .replay,
      Phrase(nl: "sneller", en: "faster"),
      Phrase(nl: "Speel tweemaal zo snel, tot 600×.", en: "Play twice as fast, up to 600×."),
      action: { $0.inReplay { $0.speed = min(600, $0.speed * 2) } }),
    ConsoleCommand(
      .slower, [.character("-"), .character("<")], in: .replay, Phrase(nl: "langzamer", en: "slower"),
      Phrase(nl: "Speel half zo snel, tot 1×.", en: "Play half as fast, down to 1×."),
      action: { $0.inReplay { $0.speed = max(1, $0.speed / 2) } }),
    ConsoleCommand(
      .first, [.home], in: .replay, Phrase(nl: "begin", en: "start"),
      Phrase(nl: "Naar het begin.", en: "To the start."), action: { $0.inReplay { $0.goToStart() } }),
    ConsoleCommand(
      .last, [.end], in: .replay, Phrase(nl: "einde", en: "end"),
      Phrase(nl: "Naar het einde.", en: "To the end."),
      action: { $0.inReplay { $0.go(to: $0.lines.count) } }),
    ConsoleCommand(
      .goToTime, [.character("g")], in: .replay, Phrase(nl: "ga naar", en: "go to"),
      Phrase(nl: "Naar een tijd of een percentage.", en: "To a time or a percentage."),
      action: { model in
        model.ask(
          Phrase(nl: "Naar welk moment? (14:35 of 50%)", en: "To which moment? (14:35 or 50%)")
        ) { model, text in
          guard model.replay?.go(toText: text) == true else {
            return .refuse(
              Phrase(
                nl: "Typ een tijd binnen de conferentie, zoals 14:35, of 50%.",
                en: "Type a time within the conference, such as 14:35, or 50%."))
          }
          model.followReplay()
          return .done([])
        }
        return []
      }),
  ]
}
