import ArgumentParser
import Conference
import Documents
import Dossier
import Ground

/// `beraad tables DIR`: cards for the tables and the list of who sits where, for the hall.
struct TablesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tables",
    abstract: say(
      nl: "Schrijf tafelkaarten en de lijst van wie waar zit.",
      en: "Write table cards and the list of who sits where."),
    discussion: example("beraad tables wmo-2026", "beraad tables wmo-2026 --html --cards > kaarten.html"))

  @Argument(help: help(nl: "Het naslagwerk, of de map ervan.", en: "The record, or its folder."))
  var record: String

  @Option(help: help(nl: "Alleen deze ronde; anders alle.", en: "Only this round; else all."))
  var round: Int?

  @Flag(help: help(nl: "Als HTML om af te drukken.", en: "As HTML, to print."))
  var html = false

  @Flag(help: help(nl: "Alleen de namenlijst.", en: "Only the list of names."))
  var names = false

  @Flag(help: help(nl: "Alleen de tafelkaarten.", en: "Only the table cards."))
  var cards = false

  @OptionGroup var languageOption: LanguageOption

  func run() throws {
    let path = recordPath(record)
    guard exists(path) || !exists(record + "/" + Dossier.planFile) else {
      throw failure(
        .missing,
        nl: "Er zijn nog geen tafels ingedeeld: deze conferentie is nog niet geopend. "
          + "Dat gebeurt met: beraad run \(record)",
        en: "No tables have been drawn yet: this conference was not opened. Do so with: beraad run \(record)")
    }
    let reading = try readRecord(path)
    let session = reading.session
    let papers = HallPapers(session: session, rounds: try rounds(session), language: language)
    // Neither flag asks for both, as do both flags.
    let parts = HallPapers.Part.allCases.filter { names == cards || (names ? $0 == .names : $0 == .cards) }
    try output(html ? papers.html(parts) : papers.text(parts))
    try reading.endWhereDamaged()
  }

  private func rounds(_ session: Session) throws -> [Int] {
    guard session.rounds > 0 else {
      throw failure(
        .refused, nl: "De agenda heeft geen werkronde, dus er zijn geen tafels in te delen.",
        en: "The agenda has no breakout, so there are no tables to draw.")
    }
    if let round, !(1...session.rounds).contains(round) {
      throw failure(
        .usage, nl: "Er is geen ronde \(round); de agenda heeft 1 tot en met \(session.rounds).",
        en: "There is no round \(round); the agenda has 1 to \(session.rounds).")
    }
    let drawn = session.seatedRounds.filter { round == nil || $0 == round }
    guard !drawn.isEmpty else {
      let which = round.map { Phrase(nl: " voor ronde \($0)", en: " for round \($0)") } ?? Phrase(same: "")
      throw failure(
        .refused,
        nl: "Er zijn\(which.nl) nog geen tafels ingedeeld. Start beraad run \(record) en druk op t.",
        en: "No tables\(which.en) have been drawn yet. Start beraad run \(record) and press t.")
    }
    return drawn
  }
}
