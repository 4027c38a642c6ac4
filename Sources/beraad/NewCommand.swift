import ArgumentParser
import Conference
import Dossier
import Ground
import Templates

/// `beraad new [DIR] [--template NAME]`: a dossier that runs as it is.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: say(
      nl: "Maak een nieuwe conferentie uit een sjabloon.", en: "Make a new conference from a template."),
    discussion: example("beraad new", "beraad new wmo-2026 --template world-cafe")
      + "\n\n" + say(nl: "Sjablonen:", en: "Templates:") + "\n"
      + TemplateFolder.names.map { "  \($0.name): \($0.about[language])" }.joined(separator: "\n"))

  @Argument(
    help: help(
      nl: "De map die gemaakt wordt; zonder map wordt alles gevraagd.",
      en: "The folder to make; without one everything is asked."))
  var folder: String?

  @Option(help: help(nl: "Het sjabloon.", en: "The template."))
  var template: String?

  @Option(help: help(nl: "De titel van de conferentie.", en: "The conference's title."))
  var title: String?

  @OptionGroup var languageOption: LanguageOption

  func run() throws {
    guard let folder else {
      guard hasTerminal else {
        throw ValidationError(
          say(
            nl: "Welke map? Bijvoorbeeld: beraad new wmo-2026",
            en: "Which folder? For example: beraad new wmo-2026"))
      }
      do {
        try NewConference.make(template: template, title: title)
      } catch is Dialogue.Left {
        try Dialogue.tell(say(nl: "Er is niets gemaakt.", en: "Nothing was made."))
      }
      return
    }
    do throws(DossierError) {
      try TemplateFolder.create(
        template: template ?? TemplateFolder.names[0].name, language: language, at: folder,
        wishes: Wishes(title: title))
    } catch {
      throw failure(error)
    }
    complain(
      say(
        nl:
          "De map \(folder) staat klaar. Pas plan.yaml en participants.csv aan, en start met: beraad run \(folder)",
        en:
          "The folder \(folder) is ready. Edit plan.yaml and participants.csv, and start with: beraad run \(folder)"
      ))
  }
}
