import Conference
import Ground

/// The folder of one conference: its plan, its people and the survey held before it.
public struct Dossier: Sendable, Equatable {
  /// The plan.
  public var plan: Plan
  /// The people who were invited, in the order of the list.
  public var participants: [Participant]
  /// The answers of the survey held beforehand; empty: there was none.
  public var survey: [SurveyAnswer]
  /// The records of the earlier meetings of the traject, in the order of the plan.
  public var earlier: [EarlierRecord]
  /// What is worth a look though the conference can run.
  public var notices: [Finding]

  /// Creates a dossier.
  public init(
    plan: Plan, participants: [Participant], survey: [SurveyAnswer] = [], earlier: [EarlierRecord] = [],
    notices: [Finding] = []
  ) {
    self.plan = plan
    self.participants = participants
    self.survey = survey
    self.earlier = earlier
    self.notices = notices
  }

  /// The name of the file that holds the plan.
  public static let planFile = "plan.yaml"
  /// The name of the file that holds the participants.
  public static let participantsFile = "participants.csv"
  /// The name of the file that holds the record.
  public static let recordFile = "record.jsonl"

  /// Reads the dossier in `folder`: `plan.yaml`, `participants.csv` and the survey, where there is one.
  ///
  /// Every mistake in every file is collected before it throws. Throws `DossierError`.
  public static func read(folder: String) throws(DossierError) -> Dossier {
    guard Folder.exists(folder) else {
      throw DossierError(
        .missing,
        [
          Finding(
            file: folder, line: nil, what: Phrase(nl: "deze map is er niet", en: "there is no such folder"),
            mend: Phrase(
              nl: "kijk naar de naam, of maak er een met “beraad new”",
              en: "check the name, or make one with “beraad new”"))
        ])
    }
    var findings: [Finding] = []
    var isMissing = false

    var people = ParticipantsReader.Reading()
    switch load(participantsFile, in: folder, limit: CSV.byteLimit) {
    case .success(let bytes): people = ParticipantsReader.read(bytes: bytes, file: participantsFile)
    case .failure(let failure):
      people.findings = [failure.finding]
      isMissing = true
    }

    var planReading = PlanReader.Reading()
    switch load(planFile, in: folder, limit: PlanTree.byteLimit) {
    case .success(let bytes):
      planReading = PlanReader.read(bytes: bytes, file: planFile, participants: people.participants)
    case .failure(let failure):
      planReading.findings = [failure.finding]
      isMissing = true
    }
    if let plan = planReading.plan {
      ParticipantsReader.checkGroups(&people, against: plan.groups, file: participantsFile)
    }

    findings += planReading.findings
    findings += people.findings
    let survey = readSurvey(planReading, folder: folder, &findings)
    if let plan = planReading.plan, !findings.contains(where: \.isError) {
      findings += seatingFindings(plan, people.participants)
    }
    guard let plan = planReading.plan, !findings.contains(where: \.isError) else {
      throw DossierError(isMissing ? .missing : .invalid, findings)
    }
    return Dossier(
      plan: plan, participants: people.participants, survey: survey, earlier: planReading.earlier,
      notices: findings)
  }

  /// Mixing rules that contradict one another are told now, not when the tables are drawn in the hall.
  private static func seatingFindings(_ plan: Plan, _ people: [Participant]) -> [Finding] {
    guard !plan.tables.isEmpty, !plan.drawnRounds.isEmpty else { return [] }
    var request = plan.seatingRequest(of: people)
    // Too few people for the tables' least numbers is a notice: on the day no table insists on them.
    for index in request.tables.indices { request.tables[index].minimumSeats = 0 }
    do throws(SeatingRefusal) {
      _ = try request.problem()
      return request.notices.map {
        Finding(file: planFile, line: nil, isError: false, what: $0.what, mend: $0.mend)
      }
    } catch {
      return error.reasons.map { reason in
        Finding(
          file: planFile, line: nil, what: reason,
          mend: Phrase(
            nl: "pas de tafels of het mengen aan", en: "change the tables or the mixing"))
      }
    }
  }

  private static func readSurvey(
    _ plan: PlanReader.Reading, folder: String, _ findings: inout [Finding]
  ) -> [SurveyAnswer] {
    guard !plan.refusesSurvey else { return [] }
    let kinds = plan.plan?.kinds ?? Kind.defaults
    let spec =
      plan.survey ?? SurveySpec(kind: kinds.first { $0.id == "idea" }?.id ?? kinds.first?.id ?? "idea")
    switch load(spec.file, in: folder, limit: CSV.byteLimit) {
    case .success(let bytes):
      let reading = SurveyReader.read(bytes: bytes, file: spec.file, spec: spec, kinds: kinds)
      findings += reading.findings
      return reading.answers
    case .failure(let failure):
      // A plan that does not speak of a survey has none where there is no file.
      if plan.survey == nil, failure.isMissing { return [] }
      var finding = failure.finding
      if failure.isMissing {
        finding.file = planFile
        finding.line = plan.surveyLine
        finding.what = Phrase(
          nl: "het bestand \(quoted(spec.file)) van de enquête is er niet",
          en: "the survey's file \(quoted(spec.file)) is not there")
        finding.mend = Phrase(
          nl: "zet het in de map van het dossier, of schrijf “enquête: nee”",
          en: "put it in the dossier's folder, or write “survey: no”")
      }
      findings.append(finding)
      return []
    }
  }

  private struct LoadFailure: Error {
    var finding: Finding
    var isMissing: Bool
  }

  private static func load(_ name: String, in folder: String, limit: Int) -> Result<[UInt8], LoadFailure> {
    do throws(Folder.ReadFailure) {
      return .success(try Folder.bytes(of: folder + "/" + name, limit: limit))
    } catch {
      switch error {
      case .missing:
        return .failure(
          LoadFailure(
            finding: Finding(
              file: name, line: nil, what: Phrase(nl: "dit bestand is er niet", en: "this file is not there"),
              mend: Phrase(
                nl: "maak een dossier met alle bestanden met “beraad new”",
                en: "make a dossier with all files with “beraad new”")),
            isMissing: true))
      case .other(let what, let mend):
        return .failure(
          LoadFailure(finding: Finding(file: name, line: nil, what: what, mend: mend), isMissing: false))
      }
    }
  }
}
