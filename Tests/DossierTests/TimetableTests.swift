import Conference
import Ground
import Testing

@testable import Dossier

@Suite struct PhaseOrderTests {
  /// The table of the architecture, with arrival, break and changeover spelled out.
  @Test func theTableHolds() {
    let main: [Phase?: Set<Phase>] = [
      nil: [.arrival, .plenary, .breakout], .arrival: [.plenary, .breakout],
      .plenary: [.plenary, .breakout, .closing], .breakout: [.breakout, .reportBack],
      .reportBack: [.plenary, .breakout, .closing], .closing: [],
    ]
    for (before, after) in main {
      for phase in Phase.allCases {
        let between: Set<Phase> =
          switch before {
          case nil: []
          case .closing: [.pause]
          default: [.pause, .changeover]
          }
        #expect(
          Phase.mayFollow(phase, after: before) == after.union(between).contains(phase),
          "\(String(describing: before)) → \(phase)")
      }
    }
  }
}

@Suite struct TimetableTests {
  private func read(_ head: String, _ agenda: String) -> [String] {
    PlanReader.read(text: "titel: T\n\(head)\nagenda:\n\(agenda)").findings.filter(\.isError).map {
      $0.text(.nl)
    }
  }

  @Test func dagdeelOfPracticeFits() {
    // 221 minutes of 240, as practice has it.
    let lengths = [
      ("plenair", 30), ("plenair", 10), ("plenair", 20), ("plenair", 10), ("wissel", 5), ("ronde", 40),
      ("pauze", 15), ("ronde", 40), ("wissel", 5), ("terugkoppeling", 21), ("plenair", 10),
      ("afsluiting", 15),
    ]
    let agenda = lengths.map { "  - {fase: \($0.0), minuten: \($0.1)}" }.joined(separator: "\n")
    #expect(read("start: \"13:00\"\neinde: \"16:41\"\ntafels: 7", agenda) == [])
    #expect(read("start: \"13:00\"\neinde: \"16:40\"\ntafels: 7", agenda).count == 1)
  }

  /// S3.1: two calendar days, over midnight.
  @Test func crossesMidnight() {
    let agenda = """
        - {fase: plenair, minuten: 8u, start: "16:00"}
        - {fase: pauze, minuten: 8u}
        - {fase: plenair, minuten: 3u, start: dag 2 09:00}
        - {fase: afsluiting, minuten: 60}
      """
    #expect(read("einde: +1 13:00", agenda) == [])
    #expect(
      read("einde: +1 12:59", agenda).first?.contains("duurt tot dag 2 13:00, maar het einde is dag 2 12:59")
        == true)
  }

  /// The night of 28 to 29 March 2026 is an hour shorter, that of 24 to 25 October an hour longer.
  @Test(arguments: [
    ("2026-03-28", 660, true), ("2026-03-28", 661, false), ("2026-10-24", 780, true),
    ("2026-10-24", 781, false),
  ])
  func countsSummerTime(date: String, minutes: Int, fits: Bool) {
    let agenda = """
        - {fase: plenair, minuten: \(minutes)}
        - {fase: plenair, start: dag 2 09:00, minuten: 10}
        - {fase: afsluiting, minuten: 10}
      """
    #expect(read("datum: \(date)\nstart: \"21:00\"", agenda).isEmpty == fits)
  }

  @Test func drinksMayRunPastTheEnd() {
    #expect(
      read(
        "start: \"13:00\"\neinde: \"13:10\"",
        "  - {fase: plenair, minuten: 5}\n  - {fase: afsluiting, minuten: 5}\n  - {fase: borrel, minuten: 60}"
      ) == [])
  }

  @Test func fiveHundredItemsAreRead() {
    let agenda = (0..<499).map { "  - {fase: plenair, titel: Onderdeel, minuten: 5, wissel: \($0 % 2)}" }
      .joined(separator: "\n")
    let reading = PlanReader.read(text: "titel: T\nagenda:\n\(agenda)\n  - {fase: afsluiting, minuten: 5}")
    // The first changeover is of 0 minutes, so none.
    #expect(reading.findings.filter(\.isError) == [])
    #expect(reading.plan?.items.count == 500 + 249)
    #expect(Set(reading.plan?.items.map(\.id) ?? []).count == 749)
  }
}
