import Conference
import Documents
import Ground
import Testing

/// Whole documents of one scripted afternoon, to be read by people when they change.
@Suite struct SnapshotTests {
  @Test func state() throws {
    let run = try Run.untilRound1()
    try expectSnapshot(run.state.printableText + "\n", "state.json")
  }

  @Test func json() throws {
    let run = try Run.whole()
    try expectSnapshot(run.export().text(.json), "export.json")
    try expectSnapshot(run.export(names: true, sensitive: true).text(.json), "export-all.json")
    #expect(run.export(.nl).text(.json) == run.export(.en).text(.json))
  }

  @Test(arguments: Language.allCases) func csv(language: Language) throws {
    let run = try Run.whole()
    try expectSnapshot(run.export(language).text(.csv), "export.\(language).csv")
    try expectSnapshot(
      run.export(language, names: true, sensitive: true).text(.csv), "export-all.\(language).csv")
  }

  @Test(arguments: Language.allCases) func markdown(language: Language) throws {
    let run = try Run.whole()
    try expectSnapshot(run.export(language).text(.md), "record.\(language).md")
    try expectSnapshot(
      run.export(language, names: true, sensitive: true).text(.md), "record-all.\(language).md")
    try expectSnapshot(try Run.untilRound1().export(language).text(.md), "record-midway.\(language).md")
  }

  @Test(arguments: Language.allCases) func summary(language: Language) throws {
    let run = try Run.whole()
    let summary = Summary(session: run.session, reading: run.clock)
    try expectSnapshot(summary.text(language), "summary.\(language).txt")
  }
}
