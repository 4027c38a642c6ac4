import Conference
import Ground
import Testing

@testable import Dossier

/// The mixing rules in words: weights, who is never alone, and organisations that are the same.
@Suite struct MixingWordsTests {
  private func read(_ mixing: String) -> PlanReader.Reading {
    let plan = """
      titel: Proef
      tafels: 2
      agenda:
        - {fase: plenair, minuten: 10}
        - {fase: afsluiting, minuten: 10}
      mengen: {\(mixing)}
      """
    let people = zip(1...4, ["cliënt", "cliënt", "ambtenaar", "wethouder"]).map { number, group in
      Participant(
        id: "P\(number)", name: "Mens \(number)", organisation: number < 3 ? "Gem. Breda" : "Gemeente Breda",
        group: group, attributes: [.init(name: "taal", value: "nl")])
    }
    return PlanReader.read(text: plan, participants: people)
  }

  private func rules(_ mixing: String) -> MixingRules? {
    let reading = read(mixing)
    #expect(reading.findings.filter { $0.isError }.isEmpty, "\(reading.findings)")
    return reading.plan?.mixing
  }

  private func findings(_ mixing: String) -> [String] {
    read(mixing).findings.map { $0.text(.nl) }.filter { $0.contains("plan.yaml:6:") }
  }

  @Test func weightsInWordsAndNumbers() {
    let words = rules("verplaatsen: veel, alleen zitten: weinig, herhaling: gewoon")
    #expect(words?.moveWeight == 10 && words?.aloneWeight == 20 && words?.repeatWeight == 10)
    let numbers = rules("moves: 0, alone: 1000, repeats: 12")
    #expect(numbers?.moveWeight == 0 && numbers?.aloneWeight == 1000 && numbers?.repeatWeight == 12)
    #expect(
      rules("seed: 1")
        == {
          var usual = MixingRules(); usual.seed = 1; return usual
        }())
    #expect(MixingRules().moveWeight == 5 && MixingRules().aloneWeight == 100)
    #expect(findings("verplaatsen: 1001").count == 1)
  }

  @Test func aColumnAloneMeansTheUsual() {
    #expect(
      rules("kolommen: [{kolom: organisatie}, {kolom: groep}, {kolom: gemeente}, {kolom: taal}]")?.attributes
        == [
          .init(name: "organisation", kind: .spread, weight: 5),
          .init(name: "group", kind: .mirror, weight: 3),
          .init(name: "municipality", kind: .mirror, weight: 1),
          .init(name: "taal", kind: .mirror, weight: 1),
        ])
  }

  @Test(arguments: [
    "nooit alleen: [cliënt]", "never alone: client", "isolate: {cliënt: nooit}", "isolate: {CLIENT: never}",
  ]) func nobodyOfAValueAlone(words: String) {
    #expect(
      rules("kolommen: [{kolom: groep, \(words)}]")?.attributes
        == [.init(name: "group", kind: .mirror, weight: 3, neverAlone: ["cliënt"])])
    // It may be all that is asked of a column.
    for kind in ["nooit alleen", "isolate"] {
      #expect(
        rules("kolommen: [{kolom: groep, hoe: \(kind), \(words)}]")?.attributes
          == [.init(name: "group", kind: .mirror, weight: 0, neverAlone: ["cliënt"])])
    }
  }

  @Test func mistakesAboutWhoIsNeverAlone() {
    #expect(
      findings("kolommen: [{kolom: groep, nooit alleen: [clint]}]")
        == ["plan.yaml:6: niemand in participants.csv is “clint” — bedoelde u “cliënt”?"])
    #expect(
      findings("kolommen: [{kolom: groep, nooit alleen: [xyz]}]")
        == ["plan.yaml:6: niemand in participants.csv is “xyz” — kies uit: ambtenaar, cliënt, wethouder"])
    #expect(findings("kolommen: [{kolom: groep, hoe: isolate}]").count == 1)
    #expect(findings("kolommen: [{kolom: groep, isolate: {cliënt: soms}}]").count == 1)
    #expect(findings("kolommen: [{kolom: groep, isolate: cliënt}]").count == 1)
  }

  @Test func organisationsThatAreTheSame() {
    #expect(
      rules("zelfde organisatie: [[Gemeente Breda, Gem. Breda]]")?.sameOrganisations
        == [["Gemeente Breda", "Gem. Breda"]])
    #expect(
      rules("same organisation: [\"Breda, gemeente\", Gem. Breda, Gemeente Breda]")?.sameOrganisations
        == [["Breda, gemeente", "Gem. Breda", "Gemeente Breda"]])
    #expect(
      findings("zelfde organisatie: [[Breda, Gem. Breeda]]")
        == ["plan.yaml:6: niemand in participants.csv is van “Gem. Breeda” — bedoelde u “Gem. Breda”?"])
    #expect(findings("zelfde organisatie: [[Gem. Breda]]").count == 1)
    #expect(findings("zelfde organisatie: [[Gem. Breda, Gem. Breda]]").count == 1)
  }
}
