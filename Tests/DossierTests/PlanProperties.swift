import Conference
import Ground

@testable import Dossier

/// What must hold for any bytes that are taken for a dossier; the gate and the fuzzer ask the same.
enum PlanProperties {
  /// A property that does not hold.
  struct Broken: Error { let what: String }

  /// Stands between the plan, the list of people and the survey.
  static let separator: UInt8 = 0x1E

  /// Returns what does not hold for these bytes, or nil.
  ///
  /// Without separators they are taken for each of the three files.
  static func complaint(_ bytes: [UInt8]) -> String? {
    let parts = bytes.split(separator: separator, maxSplits: 2, omittingEmptySubsequences: false).map {
      Array($0)
    }
    func part(_ number: Int) -> [UInt8] { parts.count > number ? parts[number] : parts[0] }
    do throws(Broken) {
      try check(plan: part(0), people: part(1), survey: part(2))
      return nil
    } catch {
      return error.what
    }
  }

  private static func require(_ holds: Bool, _ what: @autoclosure () -> String) throws(Broken) {
    if !holds { throw Broken(what: what()) }
  }

  private static func check(plan: [UInt8], people: [UInt8], survey: [UInt8]) throws(Broken) {
    var list = ParticipantsReader.read(bytes: people)
    let reading = PlanReader.read(bytes: plan, participants: list.participants)
    let kinds = reading.plan?.kinds ?? Kind.defaults
    let answers = SurveyReader.read(bytes: survey, spec: reading.survey ?? SurveySpec(), kinds: kinds)
    try require(list.participants.count == list.lines.count, "people without a line")
    try require(!list.participants.isEmpty || !list.findings.isEmpty, "neither people nor a finding")
    try require(reading.plan != nil || !reading.findings.isEmpty, "neither a plan nor a finding")
    try check(list.findings, in: people)
    try check(reading.findings, in: plan)
    try check(answers.findings, in: survey)
    guard let sound = reading.plan, !reading.findings.contains(where: \.isError) else { return }
    try check(sound)
    ParticipantsReader.checkGroups(&list, against: sound.groups, file: "participants.csv")
    guard !list.findings.contains(where: \.isError), !answers.findings.contains(where: \.isError) else {
      return
    }
    try open(Opening(plan: sound, participants: list.participants, survey: answers.answers, zone: .utc))
  }

  /// Findings say something, and name lines that are there.
  private static func check(_ findings: [Finding], in bytes: [UInt8]) throws(Broken) {
    let lines = bytes.count { $0 == 0x0A || $0 == 0x0D } + 1
    // YAML also ends lines at U+0085, U+2028 and U+2029.
    let most = lines + bytes.count { $0 == 0x85 || $0 == 0xA8 || $0 == 0xA9 }
    for finding in findings {
      try require(finding.line.map { (1...most).contains($0) } ?? true, "no such line: \(finding.text(.nl))")
      try require(!finding.text(.en).isEmpty && !finding.text(.nl).isEmpty, "a finding says nothing")
    }
  }

  /// What reads without an error is a plan that the rest of the program may rely on.
  private static func check(_ plan: Plan) throws(Broken) {
    try require(!plan.title.isEmpty && plan.items.contains { $0.phase == .closing }, "no title or no closing")
    try require(plan.items.allSatisfy { (1...86_400).contains($0.seconds) }, "an item of an odd length")
    try require(Set(plan.items.map(\.id)).count == plan.items.count, "an item twice")
    try require(Set(plan.tables.map(\.number)).count == plan.tables.count, "a table twice")
    try require(plan.tables.allSatisfy { $0.seats > 0 }, "a table without seats")
  }

  /// A dossier without mistakes opens a conference, and the record gives the same one back.
  private static func open(_ opening: Opening) throws(Broken) {
    let noon = Moment(milliseconds: 1_795_262_400_000)
    var session = Session()
    let events: [Event]
    do throws(Refusal) {
      events = try session.decide(.open(opening), at: noon, by: "host")
    } catch {
      throw Broken(what: "a dossier without mistakes does not open: \(error.phrase.en)")
    }
    for (seq, event) in events.enumerated() {
      let draft = event.draft
      let line = Line(
        seq: seq, at: noon, type: draft.type, by: "host", cmd: CommandID(high: 0, low: 0),
        version: draft.version,
        data: draft.data)
      do throws(EventError) { try session.apply(line) } catch { throw Broken(what: "unread: \(error)") }
    }
    try require(session.isOpen && session.plan == opening.plan, "the record gives another plan back")
    try require(session.participants == opening.participants, "the record gives other people back")
    try require(session.contributions.map(\.text) == opening.survey.map(\.text), "the record loses answers")
  }
}
