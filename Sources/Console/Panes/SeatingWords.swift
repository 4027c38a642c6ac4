import Conference
import Ground

extension SeatingPane {
  /// The words of the seating page.
  enum Words {
    static let away = Phrase(nl: "niet gekomen", en: "did not come")
    static let free = Phrase(nl: "vrij", en: "free")
    static let late = Phrase(nl: "kwam later", en: "came late")
    static let chairEmpty = Phrase(nl: "stoel leeg", en: "chair empty")
    static let nobody = Phrase(nl: "Hier zit niemand.", en: "Nobody sits here.")
    static let noRounds = Phrase(
      nl: "De agenda heeft geen werkronde, dus er zijn geen tafels in te delen.",
      en: "The agenda has no breakout, so there are no tables to draw.")
    static let allWhereDrawn = Phrase(
      nl: "Niemand kwam te laat of bleef weg: ieder zit waar is ingedeeld. Esc gaat terug naar de tafel.",
      en: "Nobody came late or stayed away: all sit where they were drawn. Esc goes back to the table.")
    static let holdsForNext = Phrase(
      nl: "Vastzetten (*) en uit elkaar (≠) gelden vanaf de volgende indeling (t).",
      en: "Pins (*) and keeping apart (≠) hold from the next drawing on (t).")
    static let choosePerson = Phrase(
      nl: "Kies eerst een mens aan de tafel, met →.", en: "Choose a person at the table first, with →.")
    static let markTwo = Phrase(
      nl: "Markeer eerst twee of meer mensen, met Enter.", en: "Mark two or more people first, with Enter.")
    static let twoOnly = Phrase(
      nl: "Ruilen gaat met twee mensen; er zijn er meer gemarkeerd. Esc wist de markering.",
      en: "A swap is between two people; more are marked. Esc clears the marks.")
    static let sameTable = Phrase(
      nl: "Die twee zitten al aan dezelfde tafel.", en: "These two sit at the same table already.")
    static let noFreeChair = Phrase(nl: "vol", en: "full")

    static func title(_ round: Int, of rounds: Int) -> Phrase {
      Phrase(nl: "Ronde \(round) van \(max(1, rounds))", en: "Round \(round) of \(max(1, rounds))")
    }
    static func notDrawn(_ round: Int) -> Phrase {
      Phrase(
        nl: "Ronde \(round) is nog niet ingedeeld. Druk op t om de tafels in te delen.",
        en: "The tables of round \(round) have not been drawn yet. Press t to draw them.")
    }
    static func wellMixed(_ count: Int, of all: Int) -> Phrase {
      Phrase(nl: "\(count) van \(all) goed gemengd", en: "\(count) of \(all) well mixed")
    }
    static func chairs(_ people: Int, of chairs: Int) -> Phrase {
      Phrase(
        nl: "\(people) op \(chairs) \(chairs == 1 ? "stoel" : "stoelen")",
        en: "\(people) on \(chairs) \(chairs == 1 ? "chair" : "chairs")")
    }
    static func marked(_ count: Int) -> Phrase {
      Phrase(nl: "\(count) gemarkeerd (+)", en: "\(count) marked (+)")
    }
    static func metCount(_ count: Int) -> Phrase {
      Phrase(nl: "trof er \(count)", en: "met \(count)")
    }
    /// Those met before, the ones of the same rounds and earlier meetings together.
    static func met(_ people: [(name: String, rounds: [Int], meetings: [String])]) -> Phrase {
      func list(_ word: String) -> String {
        var places: [String] = []
        var names: [String: [String]] = [:]
        for person in people.sorted(by: { $0.rounds.lexicographicallyPrecedes($1.rounds) }) {
          let rounds = person.rounds.map(String.init).joined(separator: ", ")
          let place = ((rounds.isEmpty ? [] : ["\(word) \(rounds)"]) + person.meetings).joined(
            separator: "; ")
          if names[place] == nil { places.append(place) }
          names[place, default: []].append(person.name)
        }
        return places.map { "\((names[$0] ?? []).joined(separator: ", ")) (\($0))" }.joined(separator: ", ")
      }
      return Phrase(nl: "trof eerder \(list("ronde"))", en: "met before: \(list("round"))")
    }
    static func pinned(_ table: Int) -> Phrase {
      Phrase(nl: "vastgezet aan tafel \(table)", en: "pinned to table \(table)")
    }
    static func apartFrom(_ names: [String]) -> Phrase {
      let list = names.joined(separator: ", ")
      return Phrase(nl: "niet bij \(list)", en: "apart from \(list)")
    }
    static let whyOnKey = Phrase(nl: "o legt uit waarom.", en: "o explains why.")
    static func why(_ group: String) -> Phrase {
      Phrase(nl: "Waarom niemand van ‘\(group)’?", en: "Why nobody of ‘\(group)’?")
    }
    static func attendance(late: Int, away: Int, waiting: Int) -> Phrase {
      Phrase(
        nl: "Laat \(late) · niet gekomen \(away) · nog niet ingecheckt \(waiting)",
        en: "Late \(late) · did not come \(away) · not checked in yet \(waiting)")
    }
    static func attendance(_ state: SeatingSheet.Attendance.State, table: Int) -> Phrase {
      switch state {
      case .late: Phrase(nl: "kwam later: kreeg tafel \(table)", en: "came late: got table \(table)")
      case .away:
        Phrase(
          nl: "niet gekomen: stoel aan tafel \(table) leeg", en: "did not come: chair at table \(table) empty"
        )
      case .notCheckedIn:
        Phrase(nl: "nog niet ingecheckt: tafel \(table)", en: "not checked in yet: table \(table)")
      }
    }
    static func noBetterSwap(_ name: String) -> Phrase {
      Phrase(
        nl: "Geen ruil met \(name) maakt het beter. Enter markeert wie ruilt.",
        en: "No swap with \(name) makes it better. Enter marks who swaps.")
    }
    static func swapTitle(_ name: String) -> Phrase {
      Phrase(nl: "Met wie ruilt \(name)? De beste eerst", en: "With whom does \(name) swap? The best first")
    }
    static func moveTitle(_ name: String) -> Phrase {
      Phrase(nl: "Naar welke tafel gaat \(name)?", en: "To which table does \(name) go?")
    }
    static func free(_ count: Int) -> Phrase { Phrase(nl: "\(count) vrij", en: "\(count) free") }
    static let find = Phrase(nl: "Wie zoekt u? De tafel ziet u meteen", en: "Whom? You see the table at once")
    static let noChair = Phrase(nl: "geen stoel", en: "no chair")

    /// The question before a swap: what becomes better or worse, by term, and the rules that it would break.
    static func swapQuestion(_ swap: SwapReading, _ names: (String, String), round: Int) -> Phrase {
      func text(_ language: Language, _ phrase: (Phrase) -> String) -> String {
        let point = language == .nl ? "," : "."
        let terms = swap.terms.filter { $0.before != $0.after }.map { term in
          "· \(phrase(term.word)): \(points(term.before, point)) → \(points(term.after, point))"
        }
        let rules = swap.violations.map { "! \(phrase($0))" }
        return (terms + (rules.isEmpty ? [] : [""] + rules)).joined(separator: "\n")
      }
      let (a, b) = (swap.first.table, swap.second.table)
      let scale =
        swap.terms.contains { $0.before != $0.after }
        ? Phrase(nl: "De score, lager is beter:\n", en: "The score, lower is better:\n")
        : Phrase(nl: "De score blijft gelijk.\n", en: "The score stays the same.\n")
      let against =
        swap.violations.isEmpty
        ? Phrase(nl: "Doen?", en: "Do it?")
        : Phrase(
          nl: "Dat is tegen de regels. Toch doen?", en: "That is against the rules. Do it all the same?")
      return Phrase(
        nl:
          "Ronde \(round): \(names.0) (tafel \(a)) ruilt met \(names.1) (tafel \(b)).\n\(swap.phrase.nl.sentence)\n\n"
          + scale.nl + text(.nl) { $0.nl } + "\n\n" + against.nl,
        en:
          "Round \(round): \(names.0) (table \(a)) swaps with \(names.1) (table \(b)).\n\(swap.phrase.en.sentence)\n\n"
          + scale.en + text(.en) { $0.en } + "\n\n" + against.en)
    }

    /// Thousandths as points with one decimal.
    static func points(_ thousandths: Int, _ point: String) -> String {
      let tenths = (abs(thousandths) + 50) / 100
      return (thousandths < 0 ? "−" : "") + "\(tenths / 10)\(point)\(tenths % 10)"
    }
  }
}

extension String {
  /// The text with a capital at its start and a full stop at its end.
  var sentence: String { prefix(1).uppercased() + dropFirst() + "." }

  /// The text on one line, so that a name cannot add lines to a question.
  var onOneLine: String { String(map { $0.isNewline ? " " : $0 }) }
}
