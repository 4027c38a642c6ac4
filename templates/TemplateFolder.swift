import Dossier
import Ground

/// Makes new dossiers from the templates inside the program.
public enum TemplateFolder {
  /// The names of the templates with what each is for, the usual one first.
  public static let names: [(name: String, about: Phrase)] = templates.map { ($0.name, $0.about) }

  private struct Template: Sendable {
    let name: String
    let about: Phrase
    let plan: [UInt8]
    let participants: [UInt8]
  }

  private static let templates = [
    Template(
      name: "werkconferentie",
      about: Phrase(
        nl: "een dagdeel: plenair, twee rondes aan tafels, terugkoppeling, afsluiting",
        en: "half a day: plenary, two rounds at tables, report-back, closing"),
      plan: PackageResources.werkconferentie_yaml, participants: PackageResources.werkconferentie_csv),
    Template(
      name: "world-cafe",
      about: Phrase(
        nl: "World Café: drie korte rondes, de tafelheren en tafeldames blijven",
        en: "World Café: three short rounds, the hosts stay"),
      plan: PackageResources.world_cafe_yaml, participants: PackageResources.world_cafe_csv),
    Template(
      name: "open-space",
      about: Phrase(
        nl: "Open Space: de deelnemers maken zelf de agenda",
        en: "Open Space: the participants make the agenda"),
      plan: PackageResources.open_space_yaml, participants: PackageResources.open_space_csv),
    Template(
      name: "waarderend-vernieuwen",
      about: Phrase(
        nl: "waarderend vernieuwen: verkennen, verbeelden, vormgeven, verwezenlijken",
        en: "Appreciative Inquiry: discover, dream, design, destiny"),
      plan: PackageResources.waarderend_vernieuwen_yaml,
      participants: PackageResources.waarderend_vernieuwen_csv),
  ]

  /// Makes the folder `folder` with the dossier of a template, with `title` as its title where it is given.
  ///
  /// An empty folder is taken, too; nothing is overwritten. Throws `DossierError`.
  public static func create(template name: String, at folder: String, title: String? = nil)
    throws(DossierError)
  {
    guard let template = templates.first(where: { $0.name == name }) else {
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
    try DossierFolder.create(
      folder,
      files: [
        (Dossier.planFile, Array(plan(template, title: title).utf8)),
        (Dossier.participantsFile, template.participants),
      ])
  }

  /// Returns the template's plan with its title replaced; a JSON string is a YAML one, whatever it holds.
  private static func plan(_ template: Template, title: String?) -> String {
    let plan = String(decoding: template.plan, as: UTF8.self)
    guard let title, !title.allSatisfy(\.isWhitespace) else { return plan }
    return plan.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("titel: ") ? "titel: \(JSON.string(title).text)" : String(line)
    }.joined(separator: "\n")
  }
}
