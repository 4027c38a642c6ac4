import Conference
import Ground
import Testing

@testable import Dossier

/// A plan with one mistake, where it is told and with which words.
struct BadPlan: Sendable, CustomTestStringConvertible {
  var what: String
  var plan: String
  var line: Int?
  var says: String
  var people = 0
  var isError = true
  var testDescription: String { what }
}

/// A plan whose lines 1 to 4 are `head`, followed by the agenda from line 5.
private func plan(_ head: String = "", agenda: String = sound) -> String {
  let lines = head.split(separator: "\n").map(String.init)
  let padded = lines + Array(repeating: "#", count: max(0, 3 - lines.count))
  return (["titel: T"] + padded + ["agenda:"] + [agenda]).joined(separator: "\n")
}

private let sound = """
    - {fase: plenair, minuten: 10}
    - {fase: afsluiting, minuten: 10}
  """

private let round = """
    - {fase: ronde, minuten: 40}
    - {fase: terugkoppeling, minuten: 20}
    - {fase: afsluiting, minuten: 10}
  """

@Suite struct BadPlanTests {
  static let mistakes: [BadPlan] = [
    BadPlan(
      what: "ladder without rungs", plan: plan("ladders: [{naam: Piramide}]"), line: 2,
      says: "heeft geen twee treden"),
    BadPlan(
      what: "ladder without name", plan: plan("ladders: [{treden: [a, b]}]"), line: 2,
      says: "deze ladder heeft geen naam"),
    BadPlan(
      what: "ladder twice",
      plan: plan("ladders:\n  - {naam: P, treden: [a, b]}\n  - {naam: p, treden: [a, b]}"),
      line: 4, says: "staat er twee keer"),
    BadPlan(
      what: "rung twice", plan: plan("ladders: [{naam: P, treden: [a, b, A]}]"), line: 2,
      says: "staat er twee keer"),
    // The file as YAML.
    BadPlan(what: "empty", plan: "", line: nil, says: "het plan is leeg"),
    BadPlan(what: "comments only", plan: "# niets\n", line: nil, says: "het plan is leeg"),
    BadPlan(
      what: "a list", plan: "- a\n- b", line: 1, says: "het plan moet uit regels “sleutel: waarde” bestaan"),
    BadPlan(what: "a text", plan: "hallo", line: 1, says: "het plan moet uit regels"),
    BadPlan(what: "open quote", plan: plan("motto: \"oeps"), line: 7, says: "niet gesloten"),
    BadPlan(what: "open bracket", plan: plan("groepen: [a, b"), line: 5, says: "haakje"),
    BadPlan(
      what: "colon in a text", plan: plan("motto: Wmo: hoe verder"), line: 2, says: "geen dubbele punt"),
    BadPlan(what: "indentation", plan: "titel: T\n  motto: x", line: 2, says: "geen dubbele punt"),
    BadPlan(what: "a tab", plan: "titel: T\nfeiten:\n\ta: b\n\tc: d", line: 4, says: "begint met een tab"),
    BadPlan(
      what: "a tab behind a form feed", plan: "titel: T\u{C}\u{B}\nfeiten:\n  a: b\n\tc: d", line: 4,
      says: "begint met een tab"),
    BadPlan(what: "two documents", plan: "titel: T\n---\ntitel: U", line: 2, says: "één document"),
    BadPlan(what: "control character", plan: "titel: T\nmotto: a\u{7}b", line: 2, says: "stuurteken"),
    BadPlan(what: "undefined alias", plan: plan("motto: *x"), line: 2, says: "verwijzing"),
    BadPlan(
      what: "alias bomb",
      plan: "a: &a [x,x,x]\n" + (0..<30).map { "b\($0): [*a, *a, *a]" }.joined(separator: "\n"), line: 31,
      says: "verwijst te vaak naar zichzelf"),
    BadPlan(
      what: "too deep",
      plan: "titel: " + String(repeating: "[", count: 80) + String(repeating: "]", count: 80), line: 1,
      says: "64 niveaus"),
    BadPlan(
      what: "far too deep", plan: "titel: " + String(repeating: "[", count: 100_000), line: 1,
      says: "geen geldige YAML"),
    BadPlan(
      what: "too large", plan: "# " + String(repeating: "x", count: 1 << 20), line: nil,
      says: "groter dan 1 MiB"),
    // Keys and types.
    BadPlan(what: "no title", plan: "agenda:\n" + sound, line: nil, says: "de titel ontbreekt"),
    BadPlan(
      what: "unknown key", plan: plan("tietel: x"), line: 2, says: "kent “tietel” niet — bedoelde u “titel”?"),
    BadPlan(what: "very unknown key", plan: plan("qqqqqq: x"), line: 2, says: "kies uit: titel, motto"),
    BadPlan(what: "key twice", plan: plan("motto: a\nmotto: b"), line: 3, says: "“motto” staat er twee keer"),
    BadPlan(
      what: "key thrice", plan: plan("motto: a\nmotto: b\nmotto: c"), line: 4,
      says: "“motto” staat er twee keer"),
    BadPlan(
      what: "key in two languages", plan: plan("title: b"), line: 2, says: "“title” en “titel” zijn hetzelfde"
    ),
    BadPlan(what: "list for text", plan: plan("motto: [a]"), line: 2, says: "schrijf één tekst"),
    BadPlan(what: "list as key", plan: plan("[a, b]: c"), line: 2, says: "een sleutel moet een woord zijn"),
    BadPlan(what: "facts as text", plan: plan("feiten: hallo"), line: 2, says: "“feiten”"),
    BadPlan(
      what: "fact twice", plan: plan("feiten: {Doel: a, Doel: b}"), line: 2, says: "“Doel” staat er twee keer"
    ),
    BadPlan(what: "group twice", plan: plan("groepen: [a, b, A]"), line: 2, says: "“A” staat er twee keer"),
    BadPlan(what: "language", plan: plan("taal: fr"), line: 2, says: "“taal” kan niet “fr” zijn"),
    BadPlan(
      what: "long motto", plan: plan("motto: " + String(repeating: "x", count: 501)), line: 2,
      says: "501 tekens lang"),
    // Dates, times and zones.
    BadPlan(
      what: "no such date", plan: plan("datum: 2026-02-30"), line: 2, says: "“2026-02-30” bestaat niet"),
    BadPlan(what: "no date", plan: plan("datum: morgen"), line: 2, says: "schrijf 2026-03-12"),
    BadPlan(what: "no time", plan: plan("start: \"25:00\""), line: 2, says: "“25:00” is geen tijd"),
    BadPlan(what: "start on day 2", plan: plan("start: dag 2 09:00"), line: 2, says: "eerste dag"),
    BadPlan(
      what: "zone", plan: plan("tijdzone: Europe/Amsterdm"), line: 2, says: "bedoelde u “Europe/Amsterdam”?"),
    // The agenda.
    BadPlan(what: "no agenda", plan: "titel: T", line: nil, says: "de agenda is leeg"),
    BadPlan(what: "0 items", plan: "titel: T\nagenda: []", line: 2, says: "de agenda is leeg"),
    BadPlan(
      what: "item as text", plan: plan(agenda: "  - pauze\n" + sound), line: 6,
      says: "een agendaonderdeel moet uit regels"),
    BadPlan(
      what: "no phase", plan: plan(agenda: "  - {minuten: 5}\n" + sound), line: 6, says: "ontbreekt de fase"),
    BadPlan(
      what: "empty phase", plan: plan(agenda: "  - {fase: , minuten: 5}\n" + sound), line: 6,
      says: "ontbreekt de fase"),
    BadPlan(
      what: "blank phase", plan: plan(agenda: "  - {fase: \" \", minuten: 5}\n" + sound), line: 6,
      says: "ontbreekt de fase"),
    BadPlan(
      what: "unknown phase", plan: plan(agenda: "  - {fase: plenaur, minuten: 5}\n" + sound), line: 6,
      says: "bedoelde u “plenair”?"),
    BadPlan(
      what: "no minutes", plan: plan(agenda: "  - {fase: plenair}\n" + sound), line: 6,
      says: "ontbreken de minuten"),
    BadPlan(
      what: "0 minutes", plan: plan(agenda: "  - {fase: plenair, minuten: 0}\n" + sound), line: 6,
      says: "“minuten” is 0"),
    BadPlan(
      what: "25 hours", plan: plan(agenda: "  - {fase: plenair, minuten: 25u}\n" + sound), line: 6,
      says: "meer dan 24 uur"),
    BadPlan(
      what: "odd minutes", plan: plan(agenda: "  - {fase: plenair, minuten: 1.5}\n" + sound), line: 6,
      says: "“1.5” is geen duur"),
    BadPlan(
      what: "id", plan: plan(agenda: "  - {fase: plenair, minuten: 5, id: Één}\n" + sound), line: 6,
      says: "kan geen id zijn"),
    BadPlan(
      what: "id twice",
      plan: plan(
        agenda: "  - {fase: plenair, minuten: 5, id: a}\n  - {fase: plenair, minuten: 5, id: a}\n" + sound),
      line: 7,
      says: "het id “a” staat ook bij het onderdeel op regel 6"),
    BadPlan(
      what: "slot outside report-back",
      plan: plan(agenda: "  - {fase: plenair, minuten: 5, per tafel: 3}\n" + sound), line: 6,
      says: "hoort alleen bij een terugkoppeling"),
    BadPlan(
      what: "no closing", plan: plan(agenda: "  - {fase: plenair, minuten: 5}"), line: 6,
      says: "geen afsluiting"),
    BadPlan(
      what: "starts with closing", plan: plan(agenda: "  - {fase: afsluiting, minuten: 5}"), line: 6,
      says: "kan niet beginnen met afsluiting"),
    BadPlan(
      what: "late arrival",
      plan: plan(agenda: "  - {fase: plenair, minuten: 5}\n  - {fase: inloop, minuten: 5}\n" + sound),
      line: 7,
      says: "na plenair kan geen inloop komen"),
    BadPlan(
      what: "no report-back",
      plan: plan(
        "tafels: 2", agenda: "  - {fase: ronde, minuten: 40}\n  - {fase: pauze, minuten: 5}\n" + sound),
      line: 8,
      says: "na werkronde kan geen plenair komen — hier kan: werkronde, terugkoppeling, wissel, pauze"),
    BadPlan(
      what: "after closing", plan: plan(agenda: sound + "\n  - {fase: plenair, minuten: 5}"), line: 8,
      says: "na afsluiting kan geen plenair komen — hier kan: pauze"),
    BadPlan(
      what: "fixed start too early",
      plan: plan(
        "start: \"13:00\"",
        agenda: "  - {fase: plenair, minuten: 45}\n  - {fase: pauze, start: \"13:30\", minuten: 10}\n" + sound
      ),
      line: 7,
      says:
        "begint om 13:30, maar wat ervoor komt duurt tot 13:45 — maak de onderdelen ervoor samen 15 min korter"
    ),
    BadPlan(
      what: "fixed times backwards",
      plan: plan(
        agenda:
          "  - {fase: plenair, start: \"22:00\", minuten: 45}\n  - {fase: plenair, start: \"09:00\", minuten: 10}\n"
          + sound),
      line: 7, says: "schrijf dan “dag 2 09:00”"),
    BadPlan(
      what: "past the end", plan: plan("start: \"13:00\"\neinde: \"13:15\""), line: 3,
      says: "de agenda duurt tot 13:20, maar het einde is 13:15 — maak de onderdelen samen 5 min korter"),
    BadPlan(
      what: "slack counts to the end",
      plan: plan(
        "start: \"13:00\"\neinde: \"14:00\"",
        agenda: "  - {fase: plenair, minuten: 5, start: \"13:50\"}\n" + sound), line: 3,
      says: "duurt tot 14:15"),
    BadPlan(
      what: "end before start", plan: plan("start: \"13:00\"\neinde: \"01:00\""), line: 3,
      says: "schrijf dan “dag 2 01:00”"),
    BadPlan(
      what: "report-back too short",
      plan: plan(
        "tafels: 7",
        agenda:
          "  - {fase: ronde, minuten: 40}\n  - {fase: terugkoppeling, minuten: 15, per tafel: 3}\n  - {fase: afsluiting, minuten: 5}"
      ),
      line: 7, says: "7 tafels × 3 min = 21 min, meer dan de 15 min van dit onderdeel"),
    BadPlan(what: "breakout without tables", plan: plan(agenda: round), line: 6, says: "er zijn geen tafels"),
    BadPlan(
      what: "short block", plan: plan(agenda: "  - {fase: plenair, minuten: 4}\n" + sound), line: 6,
      says: "duurt maar 4 min", isError: false),
    // Tables.
    BadPlan(what: "0 seats", plan: plan("tafels: [{stoelen: 0}]", agenda: round), line: 2, says: "0 stoelen"),
    BadPlan(
      what: "odd seats", plan: plan("tafels: {aantal: 2, stoelen: 8-6}", agenda: round), line: 2,
      says: "“8-6” is geen aantal stoelen"),
    BadPlan(
      what: "negative seats", plan: plan("tafels: {aantal: 2, stoelen: -6}", agenda: round), line: 2,
      says: "geen aantal stoelen"),
    BadPlan(
      what: "no count", plan: plan("tafels: {stoelen: 6}", agenda: round), line: 2,
      says: "aantal tafels ontbreekt"),
    BadPlan(
      what: "tables as word", plan: plan("tafels: zeven", agenda: round), line: 2,
      says: "“tafels” kan niet “zeven” zijn"),
    BadPlan(
      what: "table twice", plan: plan("tafels:\n  - {nummer: 1}\n  - {nummer: 1}", agenda: round), line: 4,
      says: "tafel 1 staat ook op regel 3"),
    BadPlan(
      what: "large table", plan: plan("tafels: {aantal: 2, stoelen: 12}", agenda: round), line: 2,
      says: "boven 10 praten er maar een paar", isError: false),
    BadPlan(
      what: "too few seats", plan: plan("tafels: {aantal: 2, stoelen: 4}", agenda: round), line: 2,
      says: "9 deelnemers, maar alle tafels samen hebben 8 stoelen", people: 9),
    BadPlan(
      what: "too few people", plan: plan("tafels: {aantal: 2, stoelen: 6-8}", agenda: round), line: 2,
      says: "vragen er samen ten minste 12", people: 9, isError: false),
    // Mixing.
    BadPlan(
      what: "unknown person", plan: plan("tafels: 2\nmengen: {vaste tafel: {Persoon9: 1}}", agenda: round),
      line: 3, says: "“Persoon9” staat niet in participants.csv",
      people: 6),
    BadPlan(
      what: "ambiguous person", plan: plan("tafels: 2\nmengen: {vaste tafel: {Dubbel: 1}}", agenda: round),
      line: 3, says: "schrijf het id: P001 of P002", people: 12),
    BadPlan(
      what: "no such table", plan: plan("tafels: 2\nmengen: {vaste tafel: {P003: 5}}", agenda: round),
      line: 3, says: "tafel 5 bestaat niet — kies een tafel van 1 tot en met 2", people: 12),
    BadPlan(
      what: "more pins than seats",
      plan: plan("tafels: {aantal: 2, stoelen: 1}\nmengen: {vaste tafel: {A: 1, B: 1}}", agenda: round),
      line: 3, says: "aan tafel 1 zitten 2 mensen vast, maar er zijn 1 stoelen"),
    BadPlan(
      what: "pinned twice",
      plan: plan(
        "tafels: 2\nmengen: {vaste tafel: [{wie: A, tafel: 1}, {wie: A, tafel: 2, rondes: 1}]}", agenda: round
      ),
      line: 3, says: "vast aan tafel 1 en aan tafel 2"),
    BadPlan(
      what: "need unmet", plan: plan("tafels: 2\nmengen: {nodig: {A: [tolk]}}", agenda: round), line: 3,
      says: "geen enkele tafel heeft “tolk”"),
    BadPlan(
      what: "pin and need",
      plan: plan(
        "tafels: [{stoelen: 8}, {stoelen: 8, kenmerken: tolk}]\nmengen: {nodig: {A: tolk}, vaste tafel: {A: 1}}",
        agenda: round),
      line: 3, says: "kies een tafel die het wel heeft: 2"),
    BadPlan(
      what: "together and apart",
      plan: plan("tafels: 2\nmengen: {bij elkaar: [[A, B, C]], uit elkaar: [[B, C]]}", agenda: round),
      line: 3, says: "bij elkaar en uit elkaar"),
    BadPlan(
      what: "too many apart", plan: plan("tafels: 2\nmengen: {uit elkaar: [[A, B, C]]}", agenda: round),
      line: 3, says: "3 mensen moeten uit elkaar zitten, maar er zijn 2 tafels"),
    BadPlan(
      what: "too many together",
      plan: plan("tafels: {aantal: 2, stoelen: 2}\nmengen: {bij elkaar: [[A, B, C]]}", agenda: round),
      line: 3, says: "de grootste tafel heeft 2 stoelen"),
    BadPlan(
      what: "together, pinned apart",
      plan: plan("tafels: 2\nmengen: {bij elkaar: [[A, B]], vaste tafel: {A: 1, B: 2}}", agenda: round),
      line: 3, says: "verschillende tafels"),
    BadPlan(
      what: "apart, pinned together",
      plan: plan("tafels: 2\nmengen: {uit elkaar: [[A, B]], vaste tafel: {A: 1, B: 1}}", agenda: round),
      line: 3, says: "dezelfde tafel"),
    BadPlan(
      what: "one apart", plan: plan("tafels: 2\nmengen: {uit elkaar: [[A]]}", agenda: round), line: 3,
      says: "maar één persoon"),
    BadPlan(
      what: "round that is not", plan: plan("tafels: 2\nmengen: {afwezig: {A: 2}}", agenda: round), line: 3,
      says: "van 1 tot en met 1"),
    BadPlan(
      what: "weight", plan: plan("mengen: {kolommen: [{kolom: groep, gewicht: zwaar}]}"), line: 2,
      says: "“gewicht” kan niet “zwaar” zijn"),
    BadPlan(
      what: "column", plan: plan("mengen: {kolommen: [{kolom: wijkk}]}"), line: 2,
      says: "geen kolom “wijkk” — bedoelde u “wijk”?", people: 6),
    // Kinds and survey.
    BadPlan(what: "kind", plan: plan("soorten: [idee, stellig]"), line: 2, says: "bedoelde u “stelling”?"),
    BadPlan(
      what: "kind twice", plan: plan("soorten: [idee, idea]"), line: 2, says: "“idee” staat er twee keer"),
    BadPlan(
      what: "key of two kinds", plan: plan("soorten: [idee, {naam: ijs, toets: i}]"), line: 2,
      says: "allebei toets i"),
    BadPlan(what: "survey kind", plan: plan("enquête: {soort: ide}"), line: 2, says: "bedoelde u “idee”?"),
    BadPlan(
      what: "survey outside", plan: plan("enquête: ../../etc/passwd"), line: 2,
      says: "ligt niet in het dossier"),
  ]

  static func people(_ count: Int) -> [Participant]? {
    guard count > 0 else { return nil }
    return (1...count).map {
      Participant(
        id: "P00\($0)", name: count == 12 && $0 < 3 ? "Dubbel" : "Persoon \($0)",
        group: $0 % 2 == 0 ? "x" : "y",
        attributes: [.init(name: "wijk", value: "Noord")])
    }
  }

  @Test(arguments: mistakes) func isToldWhereItIs(_ bad: BadPlan) throws {
    let reading = PlanReader.read(text: bad.plan, participants: Self.people(bad.people))
    let all = reading.findings.map { $0.text(.nl) }.joined(separator: "\n")
    let finding = try #require(
      reading.findings.first { $0.text(.nl).contains(bad.says) && $0.line == bad.line }, "found only:\n\(all)"
    )
    #expect(finding.isError == bad.isError)
    #expect(finding.file == "plan.yaml")
    // One mistake is one error: nothing is reported that only follows from it.
    let others = reading.findings.filter { $0.isError && $0 != finding }
    #expect(
      others.isEmpty
        || ["a list", "a text", "a tab", "alias bomb", "key thrice", "list as key"].contains(bad.what),
      "\(all)")
    for finding in reading.findings {
      #expect(!finding.what.en.isEmpty && !finding.mend.en.isEmpty && !finding.mend.nl.isEmpty)
      #expect(!finding.text(.nl).contains { $0.isNewline })
    }
  }

  @Test func everyMistakeIsToldAtOnce() {
    let reading = PlanReader.read(
      text: """
        tietel: T
        motto: a
        motto: b
        datum: 2026-02-30
        tafels: {aantal: 2, stoelen: 0}
        agenda:
          - {fase: plenaur, minuten: 10}
          - {fase: plenair, minuten: tien}
        mengen:
          seed: x
          seed: y
        soorten: [idde]
        """)
    #expect(reading.findings.filter(\.isError).map(\.line) == [1, 3, 4, 5, 7, 8, 10, 11, 12, nil])
  }

  @Test func findingsReadAsOneLine() {
    let finding = PlanReader.read(text: plan("motta: x")).findings.first
    #expect(finding?.text(.nl) == "plan.yaml:2: het plan kent “motta” niet — bedoelde u “motto”?")
    #expect(finding?.text(.en) == "plan.yaml:2: the plan knows no “motta” — did you mean “motto”?")
  }

  @Test func groupsThatCannotBeMixedAreANotice() {
    func notices(_ groups: [String]) -> [String] {
      let people = groups.enumerated().map {
        Participant(id: "P\($0.offset)", name: "N\($0.offset)", group: $0.element)
      }
      let reading = PlanReader.read(
        text: plan("tafels: {aantal: 4, stoelen: 8}", agenda: round), participants: people)
      #expect(reading.findings.filter(\.isError) == [])
      return reading.findings.map(\.what.nl)
    }
    #expect(notices(["a", "a", "a"]).first?.contains("minder dan twee groepen") == true)
    #expect(notices(["a", "a", "b"]).contains("de groep “b” heeft maar één deelnemer"))
    // S0.8: four tables, two people who are not of the largest group: two tables of one group.
    #expect(
      notices(["a", "a", "a", "a", "a", "b", "b"]) == [
        "ten minste 2 van de 4 tafels krijgt mensen uit één groep"
      ])
    #expect(notices(["a", "a", "a", "a", "b", "b", "c", "c"]) == [])
  }
}
