import Conference
import Ground
import Yams

/// Reads a plan.
public enum PlanReader {
  /// The plan that was read, with what was found.
  public struct Reading: Sendable, Equatable {
    /// The plan as far as it could be read; nil: nothing could.
    ///
    /// It is good to use only where no finding is an error.
    public var plan: Plan?
    /// How to read the survey; nil: the plan does not speak of one.
    public var survey: SurveySpec?
    /// Whether the plan says that there is no survey.
    public var refusesSurvey = false
    /// The line of the plan that speaks of the survey.
    public var surveyLine: Int?
    /// The earlier meetings of the traject, in the order written.
    public var earlier: [EarlierRecord] = []
    /// The mistakes and notices by line.
    public var findings: [Finding] = []
  }

  /// Reads a plan in YAML with Dutch or English keys and checks that its agenda can be held.
  ///
  /// With `participants` the people in the mixing rules are found by id or name, and seats and groups are
  /// checked against them; without, people stay as they were written.
  public static func read(text: String, file: String = "plan.yaml", participants: [Participant]? = nil)
    -> Reading
  {
    var builder = PlanBuilder(findings: Findings(file: file), participants: participants)
    guard let root = PlanTree.compose(text, &builder.findings) else {
      return Reading(findings: builder.findings.sorted)
    }
    let plan = builder.build(root)
    return Reading(
      plan: plan, survey: builder.survey, refusesSurvey: builder.refusesSurvey,
      surveyLine: builder.surveyLine, earlier: builder.earlier,
      findings: builder.findings.sorted)
  }

  /// Reads a plan from the bytes of its file.
  ///
  /// They must be UTF-8, with or without byte order mark.
  public static func read(bytes: [UInt8], file: String = "plan.yaml", participants: [Participant]? = nil)
    -> Reading
  {
    let bytes = Array(bytes.dropFirst(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0))
    guard let text = String(validating: bytes, as: UTF8.self) else {
      var findings = Findings(file: file)
      findings.error(
        firstInvalidUTF8(bytes).map { lineNumber(of: $0, in: bytes) },
        Phrase(nl: "het plan is geen UTF-8", en: "the plan is not UTF-8"),
        mend: Phrase(nl: "sla het in uw tekstprogramma op als UTF-8", en: "save it as UTF-8 in your editor"))
      return Reading(findings: findings.all)
    }
    return read(text: text, file: file, participants: participants)
  }
}

/// Builds a plan from its tree and collects what is wrong; the parts of the plan are in extensions.
struct PlanBuilder {
  var findings: Findings
  let participants: [Participant]?
  var language = Language.nl
  var survey: SurveySpec?
  var refusesSurvey = false
  var surveyLine: Int?
  var earlier: [EarlierRecord] = []
  /// The agenda's items with the lines on which they stand.
  var items: [PlacedItem] = []
  /// Whether every item's phase, or length, could be read; else checks that need them are left out.
  var phasesAreKnown = true
  var lengthsAreKnown = true
  var tablesAreKnown = true
  var tableCount = 0
  /// How many rounds of breakout the agenda has.
  var rounds: Int { items.count { $0.item.phase == .breakout } }

  init(findings: Findings, participants: [Participant]?) {
    self.findings = findings
    self.participants = participants
  }

  mutating func build(_ root: Node) -> Plan {
    let fields = fields(root, PlanKey.self, place: Phrase(nl: "het plan", en: "the plan"))
    language = word(fields[.language], LanguageWord.self) == .en ? .en : .nl
    var plan = Plan(title: text(fields[.title]) ?? "", language: language, items: [])
    if plan.title.isEmpty {
      findings.error(
        fields[.title]?.line, Phrase(nl: "de titel ontbreekt", en: "the title is missing"),
        mend: Phrase(
          nl: "schrijf “titel: …” bovenaan het plan", en: "write “title: …” at the top of the plan"))
    }
    plan.motto = text(fields[.motto])
    plan.sessionType = text(fields[.type])
    plan.facts = facts(fields[.facts])
    plan.date = date(fields[.date])
    plan.zoneName = zoneName(fields[.zone])
    plan.startMinute = startMinute(fields[.start])
    plan.end = fields[.end].flatMap { localTime($0) }
    plan.warnings = warnings(fields[.warnings]) ?? .standard
    plan.kinds = kinds(fields[.kinds])
    plan.ladders = ladders(fields[.ladders])
    plan.groups = groups(fields[.groups])
    plan.tables = tables(fields[.tables])
    tableCount = plan.tables.count
    readAgenda(fields[.agenda])
    plan.items = items.map(\.item)
    plan.mixing = mixing(fields[.mixing], tables: plan.tables)
    readSurvey(fields[.survey], kinds: plan.kinds)
    readTraject(fields[.traject])
    checkAgenda(plan, agendaLine: fields[.agenda]?.line, endLine: fields[.end]?.line)
    checkSeats(plan, tablesLine: fields[.tables]?.line)
    checkPeople(plan, groupsLine: fields[.groups]?.line)
    return plan
  }

  private mutating func facts(_ field: Field?) -> [Plan.Fact] {
    guard let field, !isEmpty(field.value) else { return [] }
    guard case .mapping(let mapping) = field.value else {
      wrongType(field, Phrase(nl: "een lijst van regels “naam: waarde”", en: "lines of “name: value”"))
      return []
    }
    var facts: [Plan.Fact] = []
    for (key, value) in mapping {
      guard case .scalar(let name) = key else { continue }
      let fact = Field(written: PlanTree.written(name.string), line: line(key), value: value)
      if facts.contains(where: { $0.name == fact.written }) { repeated(fact, earlier: nil) }
      if let text = text(fact) {
        facts.append(.init(name: cleaned(fact.written, keepingLines: false).text, value: text))
      }
    }
    return facts
  }

  private mutating func date(_ field: Field?) -> CalendarDate? {
    guard let field, let written = text(field) else { return nil }
    switch TimeText.date(written) {
    case .date(let date): return date
    case .noSuchDay:
      findings.error(
        field.line,
        Phrase(
          nl: "de datum \(quoted(written)) bestaat niet", en: "the date \(quoted(written)) does not exist"),
        mend: Phrase(nl: "kijk op de kalender", en: "look at the calendar"))
    case .notADate:
      findings.error(
        field.line, Phrase(nl: "\(quoted(written)) is geen datum", en: "\(quoted(written)) is no date"),
        mend: Phrase(nl: "schrijf 2026-03-12 of 12-3-2026", en: "write 2026-03-12 or 12-3-2026"))
    }
    return nil
  }

  private mutating func zoneName(_ field: Field?) -> String {
    guard let field, let name = text(field) else { return "Europe/Amsterdam" }
    if !Zone.exists(named: name) {
      findings.error(
        field.line,
        Phrase(nl: "de tijdzone \(quoted(name)) bestaat niet", en: "there is no time zone \(quoted(name))"),
        mend: suggestion(for: name, among: ["Europe/Amsterdam", "Europe/Brussels", "Europe/London", "UTC"])
          ?? Phrase(nl: "schrijf bijvoorbeeld Europe/Amsterdam", en: "write for example Europe/Amsterdam"))
      return "Europe/Amsterdam"
    }
    return name
  }

  private mutating func startMinute(_ field: Field?) -> Int? {
    guard let field, let time = localTime(field) else { return nil }
    if time.day != 0 {
      findings.error(
        field.line,
        Phrase(nl: "de bijeenkomst begint op de eerste dag", en: "the conference starts on the first day"),
        mend: Phrase(
          nl: "schrijf alleen de tijd: \(clockText(minute: time.minute))",
          en: "write only the time: \(clockText(minute: time.minute))"))
    }
    return time.minute
  }

  private mutating func groups(_ field: Field?) -> [String] {
    var groups: [String] = []
    for element in list(field) {
      guard let name = text(element) else { continue }
      if groups.contains(where: { folded($0) == folded(name) }) {
        repeated(Field(written: name, line: element.line, value: element.value), earlier: nil)
      }
      groups.append(name)
    }
    return groups
  }

  mutating func warnings(_ field: Field?) -> Warnings? {
    guard let field, !isEmpty(field.value) else { return nil }
    if case .scalar = field.value {
      guard let answer = word(field, YesNo.self) else { return nil }
      return answer == .yes ? .standard : Warnings(halfTime: false, before: [], overEvery: nil)
    }
    let keys = fields(field.value, WarningsKey.self, place: Phrase(same: quoted(field.written)))
    var warnings = Warnings.standard
    if let half = keys[.halfTime] { warnings.halfTime = word(half, YesNo.self) != .no }
    if let before = keys[.before] {
      warnings.before = Set(list(before).compactMap { seconds($0) }).sorted(by: >)
    }
    if let over = keys[.overEvery] {
      let isOff = text(over).flatMap { YesNo(word: $0) } == .no
      warnings.overEvery = isOff ? nil : seconds(over, atLeast: 1)
    }
    return warnings
  }
}
