import Conference
import Dossier
import Ground

/// Makes new dossiers from the templates inside the program.
public enum TemplateFolder {
  /// The names of the templates with what each is for, the usual one first.
  public static let names: [(name: String, about: Phrase)] = templates.map { ($0.name, $0.about) }

  private struct Template: Sendable {
    let name: String
    let about: Phrase
    let dutch: Files
    let english: Files

    func files(_ language: Language) -> Files { language == .nl ? dutch : english }
  }

  private struct Files: Sendable {
    let plan: [UInt8]
    let participants: [UInt8]
  }

  private static let templates = [
    Template(
      name: "werkconferentie",
      about: Phrase(
        nl: "werkconferentie van een dagdeel: plenair, twee rondes aan tafels, terugkoppeling, afsluiting",
        en: "working conference of half a day: plenary, two rounds at tables, report-back, closing"),
      dutch: Files(
        plan: PackageResources.werkconferentie_yaml, participants: PackageResources.werkconferentie_csv),
      english: Files(
        plan: PackageResources.werkconferentie_en_yaml, participants: PackageResources.werkconferentie_en_csv)
    ),
    Template(
      name: "world-cafe",
      about: Phrase(
        nl: "World Café: drie korte rondes, de tafelheren en tafeldames blijven",
        en: "World Café: three short rounds, the hosts stay"),
      dutch: Files(plan: PackageResources.world_cafe_yaml, participants: PackageResources.world_cafe_csv),
      english: Files(
        plan: PackageResources.world_cafe_en_yaml, participants: PackageResources.world_cafe_en_csv)),
    Template(
      name: "open-space",
      about: Phrase(
        nl: "Open Space: de deelnemers maken zelf de agenda",
        en: "Open Space: the participants make the agenda"),
      dutch: Files(plan: PackageResources.open_space_yaml, participants: PackageResources.open_space_csv),
      english: Files(
        plan: PackageResources.open_space_en_yaml, participants: PackageResources.open_space_en_csv)),
    Template(
      name: "waarderend-vernieuwen",
      about: Phrase(
        nl: "waarderend vernieuwen: verkennen, verbeelden, vormgeven, verwezenlijken",
        en: "Appreciative Inquiry: discover, dream, design, destiny"),
      dutch: Files(
        plan: PackageResources.waarderend_vernieuwen_yaml,
        participants: PackageResources.waarderend_vernieuwen_csv),
      english: Files(
        plan: PackageResources.waarderend_vernieuwen_en_yaml,
        participants: PackageResources.waarderend_vernieuwen_en_csv)),
  ]

  /// Makes the folder `folder` with the dossier of a template in a language, changed to somebody's wishes.
  ///
  /// An empty folder is taken, too; nothing is overwritten, and nothing is made of a plan with mistakes.
  /// Throws `DossierError`.
  public static func create(
    template name: String, language: Language = .nl, at folder: String, wishes: Wishes = Wishes()
  ) throws(DossierError) {
    let files = try template(name).files(language)
    var plan = PlanText(String(decoding: files.plan, as: UTF8.self), language: language)
    var people = PeopleText(String(decoding: files.participants, as: UTF8.self), language: language)
    try plan.change(to: wishes, from: usual(template: name, language: language), people: &people)
    let (planBytes, peopleBytes) = (Array(plan.text.utf8), Array(people.text.utf8))
    let list = ParticipantsReader.read(bytes: peopleBytes, file: Dossier.participantsFile)
    let reading = PlanReader.read(
      bytes: planBytes, file: Dossier.planFile, participants: list.participants)
    let findings = reading.findings + list.findings
    guard !findings.contains(where: \.isError) else { throw DossierError(.invalid, findings) }
    try DossierFolder.create(
      folder, files: [(Dossier.planFile, planBytes), (Dossier.participantsFile, peopleBytes)])
  }

  /// Returns what a template has by itself, with every wish filled in but the date.
  public static func usual(template name: String, language: Language) throws(DossierError) -> Wishes {
    let files = try template(name).files(language)
    let people = ParticipantsReader.read(bytes: files.participants, file: Dossier.participantsFile)
      .participants
    guard let plan = PlanReader.read(bytes: files.plan, participants: people).plan else { return Wishes() }
    let minutes = plan.end.map { $0.day * 1440 + $0.minute - (plan.startMinute ?? 0) }
    let tables = max(1, plan.tables.count)
    return Wishes(
      title: plan.title, startMinute: plan.startMinute, minutes: minutes, people: people.count,
      perTable: (people.count + tables / 2) / tables,
      question: plan.items.first { $0.phase == .breakout }?.question)
  }

  /// Returns the least minutes in which a template can be held with so many tables.
  public static func shortest(template name: String, language: Language, tables: Int)
    throws(DossierError) -> Int
  {
    let files = try template(name).files(language)
    return PlanText(String(decoding: files.plan, as: UTF8.self), language: language).shortest(tables: tables)
  }

  private static func template(_ name: String) throws(DossierError) -> Template {
    if let template = templates.first(where: { $0.name == name }) { return template }
    let list = templates.map(\.name).joined(separator: ", ")
    throw DossierError(
      .unknownName,
      [
        Finding(
          file: name, line: nil,
          what: Phrase(nl: "dit sjabloon is er niet", en: "there is no such template"),
          mend: Phrase(nl: "kies uit: \(list)", en: "choose from: \(list)"))
      ])
  }
}
