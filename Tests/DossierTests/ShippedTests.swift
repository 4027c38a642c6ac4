import Conference
import Dossier
import Examples
import Foundation
import Ground
import Templates
import Testing

@Suite struct TemplateTests {
  @Test(arguments: TemplateFolder.names.map(\.name), Language.allCases)
  func everyTemplateRunsAsItIs(name: String, language: Language) throws {
    let scratch = try Scratch()
    try TemplateFolder.create(template: name, language: language, at: scratch.path + "/d")
    let dossier = try Dossier.read(folder: scratch.path + "/d")
    #expect(dossier.plan.language == language)
    #expect(dossier.notices.map { $0.text(.nl) } == [])
    #expect(dossier.participants.count >= 20)
    #expect(dossier.plan.items.contains { $0.phase == .breakout })
    let files = try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/d")
    #expect(files.sorted() == ["participants.csv", "plan.yaml"])
    for file in files {
      let attributes = try FileManager.default.attributesOfItem(atPath: scratch.path + "/d/" + file)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  /// What a template offers behind a # must be as good as what it has.
  @Test(arguments: TemplateFolder.names.map(\.name), Language.allCases)
  func whatIsCommentedOutIsKnown(name: String, language: Language) throws {
    let scratch = try Scratch()
    try TemplateFolder.create(template: name, language: language, at: scratch.path + "/d")
    let path = scratch.path + "/d/plan.yaml"
    let plan = try String(contentsOfFile: path, encoding: .utf8)
    let offered =
      ["datum: ", "uit elkaar: ", "bij elkaar: ", "nodig: ", "afwezig: "]
      + ["date: ", "apart: ", "together: ", "needs: ", "absent: "]
    let lines = plan.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let text = line.drop { $0 == " " || $0 == "#" }
      return offered.contains { text.hasPrefix($0) } ? String(line.replacing("# ", with: "")) : String(line)
    }
    try scratch.write("d/plan.yaml", lines.joined(separator: "\n"))
    // No table of a template has the feature that the example of a need asks for.
    let error = #expect(throws: DossierError.self) { try Dossier.read(folder: scratch.path + "/d") }
    #expect(
      error?.findings.filter(\.isError).map(\.what.nl) == [
        "geen enkele tafel heeft “\(language == .nl ? "drempelvrij" : "step-free")”"
      ])
  }

  @Test func theTitleIsTakenWhateverItHolds() throws {
    for title in ["Wmo: hoe \"nu\" verder? # {x} \\ 'y'", "é😀", "nee"] {
      let scratch = try Scratch()
      try TemplateFolder.create(template: "world-cafe", at: scratch.path + "/d", wishes: Wishes(title: title))
      #expect(try Dossier.read(folder: scratch.path + "/d").plan.title == title)
    }
  }

  @Test func unknownNamesAreToldWithTheList() throws {
    let error = #expect(throws: DossierError.self) {
      try TemplateFolder.create(template: "x", at: "/nowhere")
    }
    #expect(error?.reason == .unknownName)
    #expect(
      error?.findings.first?.text(.nl)
        == "x: dit sjabloon is er niet — kies uit: werkconferentie, world-cafe, open-space, waarderend-vernieuwen"
    )
    #expect(throws: DossierError.self) { try Examples.write("x", to: "/nowhere") }
  }
}

@Suite struct RogplusTests {
  @Test func theExampleIsTheCase() throws {
    let scratch = try Scratch()
    try Examples.write("rogplus", to: scratch.path + "/d")
    let dossier = try Dossier.read(folder: scratch.path + "/d")
    #expect(dossier.notices.map { $0.text(.nl) } == [])
    // S4.15
    #expect(
      dossier.plan.facts.map(\.name) == [
        "Opdrachtgever", "Toepassing", "Aantal deelnemers enquête", "Duur enquête",
        "Aantal deelnemers sessie",
        "Duur sessie", "Opstelling", "Locatie", "Doel",
      ])
    #expect(dossier.plan.facts[3].value == "1½ week")
    #expect(dossier.participants.count == 50)
    #expect(Set(dossier.participants.map(\.name)).count == 50)
    #expect(Set(dossier.participants.compactMap(\.municipality)) == ["Maassluis", "Vlaardingen", "Schiedam"])
    #expect(Set(dossier.participants.compactMap(\.group)) == Set(dossier.plan.groups))
    #expect(
      Set(dossier.participants.filter { $0.group == "zorgaanbieder" }.compactMap(\.organisation)).count == 12)
    #expect(dossier.plan.tables.map(\.seats) == [8, 7, 7, 7, 7, 7, 7])
    #expect(
      dossier.plan.mixing.pins.map(\.person) == ["P004", "P011", "P015", "P017", "P003", "P005", "P006"])
    #expect(dossier.plan.mixing.keepApart.count == 4)
    #expect(dossier.plan.mixing.keepTogether == [["P002", "P001"]])
    #expect(dossier.plan.mixing.needs.map(\.person) == ["P008", "P007"])
    // The dagdeel: 13:00 to 17:00, with the five minutes before the fixed break.
    #expect(dossier.plan.items.reduce(0) { $0 + $1.seconds } == 235 * 60)
    #expect(dossier.plan.items.count { $0.phase == .breakout } == 2)
  }

  /// S4.1, S4.3: all the answers, as they were written, with where they came from.
  @Test func theSurveyIsBroughtInWhole() throws {
    let scratch = try Scratch()
    try Examples.write("rogplus", to: scratch.path + "/d")
    let survey = try Dossier.read(folder: scratch.path + "/d").survey
    #expect(survey.count == 165)
    #expect(Set(survey.map(\.source)) == ["enquête"])
    #expect(Set(survey.map(\.kind)) == ["idea"])
    let first = try #require(survey.first)
    #expect(first.text.hasPrefix("In Taupo Penny Homes can make homes which sell for under $400,000.  Get"))
    #expect(
      first.origin == [
        .init(name: "comment-id", value: "163"), .init(name: "author-id", value: "359"),
        .init(name: "agrees", value: "7"), .init(name: "disagrees", value: "2"),
        .init(name: "moderated", value: "1"),
      ])
    #expect(Set(survey.map { $0.origin.first?.value }).count == 165)
    #expect(
      Set(survey.compactMap { answer in answer.origin.first { $0.name == "author-id" }?.value }).count == 57)
  }
}
