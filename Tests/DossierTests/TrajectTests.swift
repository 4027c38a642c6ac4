import Conference
import Dossier
import Ground
import Testing

/// Where the earlier meetings of a traject are, as a plan says it (S0.4).
@Suite struct TrajectTests {
  private static let start =
    "titel: T\nagenda: [{fase: plenair, minuten: 5}, {fase: afsluiting, minuten: 5}]\n"

  @Test(arguments: [
    "traject: {eerder: [../a, /b/record.jsonl]}", "series:\n  earlier:\n    - ../a\n    - /b/record.jsonl\n",
    "Reeks: {Eerdere bijeenkomsten: [../a, /b/record.jsonl]}",
  ]) func pathsInBothLanguages(text: String) {
    let reading = PlanReader.read(text: Self.start + text)
    #expect(reading.findings == [])
    #expect(reading.earlier.map(\.path) == ["../a", "/b/record.jsonl"])
    #expect(reading.earlier.allSatisfy { $0.line >= 3 })
    #expect(reading.earlier.map { $0.path(from: "map/c") } == ["map/c/../a", "/b/record.jsonl"])
  }

  @Test func oneMeetingNeedsNoList() {
    #expect(PlanReader.read(text: Self.start + "traject: {eerder: ../a}").earlier.map(\.path) == ["../a"])
  }

  /// Plans from before there were trajects stay as they were.
  @Test(arguments: ["", "traject:\n", "traject: {eerder: }\n", "traject: {eerder: []}\n"])
  func aPlanWithoutEarlierMeetings(text: String) {
    let reading = PlanReader.read(text: Self.start + text)
    #expect(reading.findings == [] && reading.earlier == [])
    #expect(reading.plan?.title == "T")
  }

  @Test(arguments: [
    ("traject: {eerder: [../a, ../a]}", "staat er twee keer"), ("traject: [../a]", "sleutel: waarde"),
    ("traject: {later: ../a}", "kent “later” niet"), ("traject: {eerder: [{map: a}]}", "is niet goed"),
  ]) func mistakesAreTold(text: String, words: String) {
    let findings = PlanReader.read(text: Self.start + text).findings
    #expect(findings.count == 1 && findings[0].isError && findings[0].line == 3, "\(findings)")
    #expect(findings.first?.text(.nl).contains(words) == true, "\(findings)")
  }
}
