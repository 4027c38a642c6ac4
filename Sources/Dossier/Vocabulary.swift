import Conference
import Ground

/// A closed list of words that a dossier may use, each with its names in Dutch and English.
protocol Vocabulary: CaseIterable, Hashable, Sendable {
  /// The names, the one to show in Dutch first and the one to show in English second.
  var names: [String] { get }
}

extension Vocabulary {
  /// Finds the word that `text` names, whatever its case, accents, spaces and hyphens.
  init?(word text: String) {
    let wanted = folded(text)
    guard let word = Self.allCases.first(where: { $0.names.contains { folded($0) == wanted } }) else {
      return nil
    }
    self = word
  }

  /// The word as it is shown.
  var phrase: Phrase { Phrase(nl: names.first ?? "", en: names.dropFirst().first ?? names.first ?? "") }

  /// Returns how to mend `text`, which names no word: the nearest word, or all of them.
  static func mend(_ text: String) -> Phrase {
    suggestion(for: text, among: allCases.flatMap(\.names))
      ?? Phrase(
        nl: "kies uit: \(allCases.map(\.phrase.nl).joined(separator: ", "))",
        en: "choose from: \(allCases.map(\.phrase.en).joined(separator: ", "))")
  }
}

/// Returns `text` as words are compared: lower case, without accents, spaces and hyphens.
func folded(_ text: String) -> String {
  // Nearly all words are ASCII, and every name in a plan is compared with every participant.
  if text.utf8.allSatisfy({ $0 < 0x80 }) {
    let kept = text.utf8.compactMap { byte -> UInt8? in
      switch byte {
      case 0x09...0x0D, UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "_"): nil
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
      default: byte
      }
    }
    return String(decoding: kept, as: UTF8.self)
  }
  var result = ""
  for character in text.lowercased() where !(character.isWhitespace || character == "-" || character == "_") {
    switch character {
    case "é", "è", "ê", "ë": result += "e"
    case "á", "à", "â", "ä": result += "a"
    case "í", "ì", "î", "ï": result += "i"
    case "ó", "ò", "ô", "ö": result += "o"
    case "ú", "ù", "û", "ü": result += "u"
    default: result.append(character)
    }
  }
  return result
}

/// Returns the question whether the nearest of `words` was meant, or nil where none is near.
func suggestion(for text: String, among words: some Sequence<String>) -> Phrase? {
  let wanted = Array(folded(text).prefix(60))
  var best: (word: String, distance: Int)?
  for word in words {
    let distance = editDistance(wanted, Array(folded(word).prefix(60)))
    if distance < best?.distance ?? .max { best = (word, distance) }
  }
  guard let best, best.distance <= max(1, wanted.count / 3) else { return nil }
  return Phrase(nl: "bedoelde u \(quoted(best.word))?", en: "did you mean \(quoted(best.word))?")
}

/// Returns the least number of letters to add, drop, change or swap with their neighbour to get from `a` to `b`.
///
/// Source: the optimal string alignment distance, a restricted Damerau-Levenshtein distance.
func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var before: [Int] = []
  var last = Array(0...b.count)
  for (i, letter) in a.enumerated() {
    var row = [i + 1]
    for (j, other) in b.enumerated() {
      var least = min(last[j + 1] + 1, row[j] + 1, last[j] + (letter == other ? 0 : 1))
      if i > 0, j > 0, letter == b[j - 1], a[i - 1] == other { least = min(least, before[j - 1] + 1) }
      row.append(least)
    }
    (before, last) = (last, row)
  }
  return last[b.count]
}

// MARK: - The words of plan.yaml

/// The keys at the top of a plan.
enum PlanKey: Vocabulary {
  case title, motto, type, language, date, start, end, zone, facts, groups, tables, agenda, mixing, kinds
  case ladders, warnings, survey, traject

  var names: [String] {
    switch self {
    case .title: ["titel", "title"]
    case .motto: ["motto", "motto", "ondertitel", "subtitle"]
    case .type: ["soort", "type", "soort sessie", "session type"]
    case .language: ["taal", "language"]
    case .date: ["datum", "date"]
    case .start: ["start", "start", "begin", "starttijd"]
    case .end: ["einde", "end", "eindtijd"]
    case .zone: ["tijdzone", "zone", "time zone"]
    case .facts: ["feiten", "facts"]
    case .groups: ["groepen", "groups"]
    case .tables: ["tafels", "tables"]
    case .agenda: ["agenda", "agenda", "programma", "programme"]
    case .mixing: ["mengen", "mixing"]
    case .kinds: ["soorten bijdragen", "kinds", "soorten", "bijdragen"]
    case .ladders: ["ladders", "ladders", "ladder"]
    case .warnings: ["waarschuwingen", "warnings"]
    case .survey: ["enquête", "survey", "peiling"]
    case .traject: ["traject", "series", "reeks", "trajectory"]
    }
  }
}

/// The keys of the traject of which the conference is a part.
enum TrajectKey: Vocabulary {
  case earlier

  var names: [String] { ["eerder", "earlier", "eerdere bijeenkomsten", "earlier meetings"] }
}

/// The keys of an agenda item.
enum ItemKey: Vocabulary {
  case phase, title, question, minutes, start, changeover, seating, slot, speaker, warnings, id

  var names: [String] {
    switch self {
    case .phase: ["fase", "phase"]
    case .title: ["titel", "title"]
    case .question: ["vraag", "question"]
    case .minutes: ["minuten", "minutes", "duur", "duration"]
    case .start: ["start", "start", "begin", "starttijd"]
    case .changeover: ["wissel", "changeover", "wisseltijd", "wisselen"]
    case .seating: ["indeling", "seating", "tafelindeling"]
    case .slot: ["minuten per tafel", "slot", "per tafel", "slot minutes"]
    case .speaker: ["spreker", "speaker"]
    case .warnings: ["waarschuwingen", "warnings"]
    case .id: ["id", "id"]
    }
  }
}

/// The phases as a plan names them.
extension Phase: Vocabulary {
  var names: [String] {
    switch self {
    case .arrival: ["inloop", "arrival", "ontvangst", "aankomst"]
    case .plenary: ["plenair", "plenary", "plenair gedeelte", "plenaire sessie"]
    case .breakout: ["werkronde", "breakout", "uiteen", "ronde", "uiteen in groepen"]
    case .reportBack: ["terugkoppeling", "report-back"]
    case .changeover: ["wissel", "changeover", "wisselen", "wisseltijd"]
    case .pause: ["pauze", "break", "borrel", "lunch"]
    case .closing: ["afsluiting", "closing", "sluiting"]
    }
  }

}

/// The keys of a set of warnings.
enum WarningsKey: Vocabulary {
  case halfTime, before, overEvery

  var names: [String] {
    switch self {
    case .halfTime: ["halverwege", "half-time"]
    case .before: ["minuten voor het einde", "before", "voor einde", "voor het einde"]
    case .overEvery: ["daarna elke", "over-every"]
    }
  }
}

/// Whether a breakout draws tables.
enum SeatingWord: Vocabulary {
  case draw, keep

  var names: [String] {
    switch self {
    case .draw: ["opnieuw", "draw", "loten", "nieuw"]
    case .keep: ["blijven", "keep", "zelfde"]
    }
  }
}

/// The keys of the tables as a whole: so many of so many seats.
enum TablesKey: Vocabulary {
  case count, seats

  var names: [String] {
    switch self {
    case .count: ["aantal", "count"]
    case .seats: ["stoelen", "seats", "plaatsen"]
    }
  }
}

/// The keys of one table.
enum TableKey: Vocabulary {
  case number, name, seats, features

  var names: [String] {
    switch self {
    case .number: ["nummer", "number"]
    case .name: ["naam", "name", "thema", "theme"]
    case .seats: ["stoelen", "seats", "plaatsen"]
    case .features: ["kenmerken", "features"]
    }
  }
}

/// The keys of the mixing rules.
enum MixingKey: Vocabulary {
  case attributes, apart, together, pins, needs, absences, repeats, moves, alone, sameOrganisation, seed

  var names: [String] {
    switch self {
    case .attributes: ["kolommen", "attributes", "columns"]
    case .apart: ["uit elkaar", "apart"]
    case .together: ["bij elkaar", "together"]
    case .pins: ["vaste tafel", "pins", "tafelheren", "hosts"]
    case .needs: ["nodig", "needs"]
    case .absences: ["afwezig", "absences", "absent"]
    case .repeats: ["herhaling", "repeats"]
    case .moves: ["verplaatsen", "moves", "verplaatsing", "move"]
    case .alone: ["alleen zitten", "alone"]
    case .sameOrganisation: ["zelfde organisatie", "same organisation", "same organization"]
    case .seed: ["seed", "seed", "lotnummer"]
    }
  }
}

/// The keys of an attribute to mix on.
enum AttributeKey: Vocabulary {
  case name, kind, weight, neverAlone, isolate

  var names: [String] {
    switch self {
    case .name: ["kolom", "column", "naam", "name"]
    case .kind: ["hoe", "kind", "soort"]
    case .weight: ["gewicht", "weight"]
    case .neverAlone: ["nooit alleen", "never alone"]
    case .isolate: ["isolate", "isolate"]
    }
  }
}

/// How a value is kept from being alone, in the words of a case file: `isolate: {client: never}`.
enum IsolateWord: Vocabulary {
  case never

  var names: [String] { ["nooit", "never"] }
}

/// What mixing on an attribute means.
enum MixingWord: Vocabulary {
  case mirror, spread, isolate

  var names: [String] {
    switch self {
    case .mirror: ["spiegelen", "mirror"]
    case .spread: ["spreiden", "spread"]
    case .isolate: ["nooit alleen", "isolate", "never alone"]
    }
  }
}

/// The columns of a list of participants that the program knows.
enum PersonColumn: Vocabulary {
  case id, name, organisation, group, municipality

  var names: [String] {
    switch self {
    case .id: ["id", "id", "nummer", "number", "nr"]
    case .name: ["naam", "name", "deelnemer", "participant"]
    case .organisation: ["organisatie", "organisation", "organization"]
    case .group: ["groep", "group", "geleding", "doelgroep", "stakeholder"]
    case .municipality: ["gemeente", "municipality"]
    }
  }

  /// The name by which mixing rules know the column.
  var attribute: String { names[1] }
}

/// How much something counts.
enum WeightWord: Vocabulary {
  case much, normal, little

  var names: [String] {
    switch self {
    case .much: ["veel", "much", "high"]
    case .normal: ["gewoon", "normal"]
    case .little: ["weinig", "little", "low"]
    }
  }
}

/// The keys of a pin, a need or an absence written as an entry of a list.
enum PersonKey: Vocabulary {
  case person, table, features, rounds

  var names: [String] {
    switch self {
    case .person: ["wie", "person", "persoon"]
    case .table: ["tafel", "table"]
    case .features: ["kenmerken", "features"]
    case .rounds: ["rondes", "rounds"]
    }
  }
}

/// The keys of a kind of contribution of the plan's own.
enum KindKey: Vocabulary {
  case id, nl, en, key, sensitive

  var names: [String] {
    switch self {
    case .id: ["id", "id"]
    case .nl: ["nl", "nl", "naam", "name"]
    case .en: ["en", "en"]
    case .key: ["toets", "key"]
    case .sensitive: ["gevoelig", "sensitive"]
    }
  }
}

/// The keys of a ladder.
enum LadderKey: Vocabulary {
  case id, name, rungs

  var names: [String] {
    switch self {
    case .id: ["id", "id"]
    case .name: ["naam", "name"]
    case .rungs: ["treden", "rungs"]
    }
  }
}

/// The keys of the survey.
enum SurveyKey: Vocabulary {
  case file, text, kind, kindColumn, source, keep, only

  var names: [String] {
    switch self {
    case .file: ["bestand", "file"]
    case .text: ["tekst", "text", "tekstkolom"]
    case .kind: ["soort", "kind"]
    case .kindColumn: ["soortkolom", "kind column"]
    case .source: ["bron", "source"]
    case .keep: ["bewaren", "keep", "kolommen"]
    case .only: ["alleen", "where"]
    }
  }
}

/// The usual headings of the column that holds a survey's answers.
enum AnswerColumn: Vocabulary {
  case text

  var names: [String] {
    [
      "tekst", "text", "antwoord", "answer", "idee", "idea", "reactie", "comment", "comment-body",
      "opmerking",
    ]
  }
}

/// Yes and no.
enum YesNo: Vocabulary {
  case yes, no

  var names: [String] {
    switch self {
    case .yes: ["ja", "yes", "true", "aan", "on"]
    case .no: ["nee", "no", "false", "uit", "off"]
    }
  }
}

/// The languages of a plan.
enum LanguageWord: Vocabulary {
  case nl, en

  var names: [String] {
    switch self {
    case .nl: ["nl", "nl", "nederlands", "dutch"]
    case .en: ["en", "en", "engels", "english"]
    }
  }
}
