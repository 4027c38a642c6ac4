import Conference
import Ground
import Screen

/// A drawing of tables that goes on.
extension ConsoleCommand {
  static let drawing: [ConsoleCommand] = [
    ConsoleCommand(
      .drawingTake, [.enter], in: .drawing, Phrase(nl: "neem deze", en: "take it"),
      Phrase(
        nl: "Goed genoeg: neem de beste indeling tot nu toe.", en: "Good enough: take the best tables so far."
      ),
      action: { $0.endDrawing(taking: true) }),
    ConsoleCommand(
      .drawingDrop, [.escape], in: .drawing, Phrase(nl: "stop", en: "stop"),
      Phrase(
        nl: "Stop met indelen; de tafels blijven zoals ze waren.",
        en: "Stop drawing; the tables stay as they were."),
      action: { $0.endDrawing(taking: false) }),
    ConsoleCommand(
      .drawingNextRound, [.right, .character("]")], in: .drawing,
      Phrase(nl: "ronde verder", en: "next round"),
      Phrase(nl: "Toon de volgende ronde.", en: "Show the next round."),
      action: { model in
        model.drawing?.moveRound(1)
        return []
      }),
    ConsoleCommand(
      .drawingBackRound, [.left, .character("[")], in: .drawing,
      Phrase(nl: "ronde terug", en: "round before"),
      Phrase(nl: "Toon de vorige ronde.", en: "Show the round before."),
      action: { model in
        model.drawing?.moveRound(-1)
        return []
      }),
  ]
}

extension Model {
  /// Begins to draw tables, or goes back to the drawing that goes on.
  mutating func openDrawing() -> [Effect] {
    if drawing == nil || drawing?.isEnding == true {
      let id = CommandID.random()
      drawing = DrawingPane(id: id, from: focus == .drawing ? .agenda : focus)
      focus = .drawing
      return [.draw(id)]
    }
    focus = .drawing
    return []
  }

  /// Takes the best so far, which the host then puts in the record, or gives it up.
  mutating func endDrawing(taking: Bool) -> [Effect] {
    guard let drawing, !drawing.isEnding else { return [] }
    if taking {
      self.drawing?.isEnding = true
    } else {
      say(
        Phrase(
          nl: "Niet ingedeeld: de tafels zijn zoals ze waren.", en: "Not drawn: the tables are as they were.")
      )
      leaveDrawing()
    }
    return [.endDrawing(drawing.id, taking: taking)]
  }

  private mutating func leaveDrawing() {
    if focus == .drawing { focus = drawing?.from ?? .agenda }
    drawing = nil
  }

  /// Takes a drawing that is done while the facilitator does something else: whoever left it to itself wants
  /// tables.
  mutating func takeDrawingLeft() -> [Effect] {
    guard focus != .drawing, let drawing, drawing.picture?.isDone == true else { return [] }
    return endDrawing(taking: true)
  }

  /// Leaves the page of a drawing that was answered; returns whether it was told why there is none.
  mutating func drawingEnded(_ id: CommandID, _ outcome: ConsoleLink.Outcome) -> Bool {
    guard drawing?.id == id else { return false }
    let wasInSight = focus == .drawing
    leaveDrawing()
    // Rules that clash take more than a line to tell.
    guard wasInSight, case .refused(let why, _) = outcome else { return false }
    show(Phrase(nl: "De tafels zijn niet ingedeeld", en: "The tables were not drawn"), [why[language]])
    return true
  }
}
