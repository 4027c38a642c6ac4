import Conference
import Dossier
import Foundation
import Ground
import Templates
import Testing

/// A template changed to somebody's wishes is still a dossier that runs.
@Suite struct WishesTests {
  static let names = TemplateFolder.names.map(\.name)

  private func dossier(_ name: String, _ language: Language, _ wishes: Wishes) throws -> (Dossier, String) {
    let scratch = try Scratch()
    try TemplateFolder.create(template: name, language: language, at: scratch.path + "/d", wishes: wishes)
    return (
      try Dossier.read(folder: scratch.path + "/d"),
      try String(contentsOfFile: scratch.path + "/d/plan.yaml", encoding: .utf8)
    )
  }

  /// Whoever takes every default gets the template as it is.
  @Test(arguments: names, Language.allCases) func theUsualChangesNothing(name: String, language: Language)
    throws
  {
    let usual = try TemplateFolder.usual(template: name, language: language)
    #expect(usual.people ?? 0 >= 20 && usual.perTable ?? 0 >= 4 && usual.minutes ?? 0 >= 120)
    var wishes = usual
    // A title and a question that were asked for stand between quotation marks.
    (wishes.title, wishes.question) = (nil, nil)
    #expect(try dossier(name, language, wishes).1 == dossier(name, language, Wishes()).1)
    let (same, _) = try dossier(name, language, usual)
    #expect(same == (try dossier(name, language, Wishes()).0))
  }

  @Test(arguments: names, Language.allCases) func everyWishIsInThePlan(name: String, language: Language)
    throws
  {
    let wishes = Wishes(
      title: "Een: \"titel\" # en meer", date: CalendarDate(year: 2027, month: 3, day: 12), startMinute: 1320,
      minutes: 300, people: 61, perTable: 6, question: "Wat: nu, {dan}?")
    let (dossier, text) = try dossier(name, language, wishes)
    let plan = dossier.plan
    #expect(plan.title == wishes.title && plan.date == wishes.date && plan.startMinute == 1320)
    #expect(plan.end == LocalTime(day: 1, minute: 180))
    #expect(dossier.participants.count == 61 && plan.tables.count == 10)
    #expect(plan.tables.allSatisfy { $0.minimumSeats == 5 && $0.seats == 7 })
    #expect(plan.items.first { $0.phase == .breakout }?.question == "Wat: nu, {dan}?")
    let template = try self.dossier(name, language, Wishes())
    #expect(plan.items.map(\.title) == template.0.plan.items.map(\.title))
    #expect(plan.mixing.pins.count == (name == "world-cafe" ? 10 : 0))
    // Comments stay, but for the sum that no longer holds.
    let comments = { (text: String) in
      text.split(separator: "\n").filter { $0.trimmed.hasPrefix("#") && !$0.contains("minu") }.dropFirst()
        .filter { !$0.contains("2026-03-12") }
    }
    #expect(comments(text) == comments(template.1))
  }

  /// Every size of hall, table and half a day is either a plan without a mistake, or refused with what would do.
  @Test(arguments: names, Language.allCases) func everySizeRunsOrIsRefused(name: String, language: Language)
    throws
  {
    for people in [3, 24, 120] {
      for perTable in [4, 7] {
        let (count, seats) = Wishes.tables(people: people, perTable: perTable)
        #expect(count * seats.upperBound >= people && count * seats.lowerBound <= people)
        let shortest = try TemplateFolder.shortest(template: name, language: language, tables: count)
        for minutes in [shortest, 600] {
          let (dossier, _) = try dossier(
            name, language, Wishes(minutes: minutes, people: people, perTable: perTable))
          #expect(dossier.participants.count == people)
          #expect(dossier.plan.items.reduce(0) { $0 + $1.seconds } <= max(minutes, shortest) * 60)
        }
        let error = #expect(throws: DossierError.self) {
          try TemplateFolder.create(
            template: name, language: language, at: "/nowhere/d",
            wishes: Wishes(minutes: shortest - 1, people: people, perTable: perTable))
        }
        #expect(error?.reason == .invalid)
        #expect(error?.findings.first?.mend.nl.contains("\(shortest) minuten") == true)
      }
    }
  }
}
