import ArgumentParser
import Conference
import Ground
import Record
import Seating

/// Draws all tables of a record once more and tells for each drawing what came of it.
///
/// Throws the error that ends the program where a drawing gives other tables than the record has.
func checkDrawings(_ lines: [Line]) throws {
  let checks = DrawingCheck.all(in: lines, with: Annealer())
  if checks.isEmpty {
    return try output(say(nl: "Er zijn geen tafels ingedeeld.\n", en: "No tables have been drawn.\n"))
  }
  for check in checks { try output(check.words.visible + "\n") }
  guard checks.allSatisfy(\.isSound) else { throw ExitCode(Ending.refused.rawValue) }
}

extension DrawingCheck {
  /// Whether nothing speaks against the drawing.
  fileprivate var isSound: Bool {
    switch verdict {
    case .same, .otherEngine, .unknownStart: true
    case .differs, .refused: false
    }
  }

  /// What came of the drawing, in one line.
  fileprivate var words: String {
    let numbers = rounds.map(String.init).joined(separator: ", ")
    let many = rounds.count > 1
    let place = say(
      nl: "\(many ? "Rondes" : "Ronde") \(numbers) (regel \(seq)): ",
      en: "\(many ? "Rounds" : "Round") \(numbers) (line \(seq)): ")
    return place + outcome[language]
  }

  private var outcome: Phrase {
    switch verdict {
    case .same: Phrase(nl: "opnieuw ingedeeld, dezelfde tafels", en: "drawn again, the same tables")
    case .differs(let rounds):
      Phrase(
        nl: "ANDERE tafels in ronde \(rounds.map(String.init).joined(separator: ", "))",
        en: "OTHER tables in round \(rounds.map(String.init).joined(separator: ", "))")
    case .otherEngine:
      Phrase(
        nl: "ingedeeld door \(drawing.engine), dit programma heeft \(Annealer().name): niet vergeleken",
        en: "drawn by \(drawing.engine), this program has \(Annealer().name): not compared")
    case .unknownStart:
      Phrase(
        nl: "het naslagwerk zegt niet vanaf welke regel is ingedeeld: niet te vergelijken",
        en: "the record does not say from which line it was drawn: cannot be compared")
    case .refused(let refusal):
      Phrase(
        nl: "niet opnieuw in te delen: \(refusal.reasons.map(\.nl).joined(separator: " "))",
        en: "cannot be drawn again: \(refusal.reasons.map(\.en).joined(separator: " "))")
    }
  }
}
