import Dossier
import Ground

/// The dossiers that come with the program and run as they are.
public enum Examples {
  /// The names of the examples.
  public static let names = ["rogplus"]

  /// Makes the folder `folder` with the dossier of the example `name`; nothing is overwritten.
  ///
  /// Throws `DossierError`.
  public static func write(_ name: String, to folder: String) throws(DossierError) {
    guard names.contains(name) else {
      throw DossierError(
        .unknownName,
        [
          Finding(
            file: name, line: nil,
            what: Phrase(nl: "dit voorbeeld is er niet", en: "there is no such example"),
            mend: Phrase(
              nl: "kies uit: \(names.joined(separator: ", "))",
              en: "choose from: \(names.joined(separator: ", "))"))
        ])
    }
    try DossierFolder.create(
      folder,
      files: [
        ("plan.yaml", PackageResources.plan_yaml), ("participants.csv", PackageResources.participants_csv),
        ("survey.csv", PackageResources.survey_csv), ("README.md", PackageResources.README_md),
      ])
  }
}
