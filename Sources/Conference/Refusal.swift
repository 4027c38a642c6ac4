import Ground

/// Why a command is refused, in words that say what to do instead.
public enum Refusal: Error, Sendable, Equatable {
  case notOpen, alreadyOpen
  case notRunning, alreadyClosed
  case lastItem
  case alreadyPaused, notPaused
  case notReportBack, everyTableReported
  case unknownItem(String), unknownTable(Int), unknownPerson(String), unknownContribution(String)
  case unknownTheme(String), unknownKind(String), unknownRound(Int)
  case alreadyRuns(String)
  /// Leaving the agenda's order wants a yes; `skipped` are the titles passed over.
  case departure(Event.Departure, to: String, skipped: [String])
  /// Closing before the end of the agenda wants a yes.
  case closesEarly(remaining: [String])
  /// The breakout's tables have not been drawn yet.
  case notDrawn(round: Int)
  case roundHeld(Int)
  case tooFewSeats(table: Int, people: Int, seats: Int)
  case seatedTwice(String)
  case emptyText
  case textTooLong(limit: Int)
  case wrongLength(minutes: Int)
  case onTime
  case cannotFinishOnTime(missing: Int)
  case isPresent(String), isAbsent(String)
  case nameExists(String)
  case noHelpAsked(Int), helpAlreadyAsked(Int)
  case unknownGroup(String, known: [String])
  case unknownLadder(String)
  case unknownRung(Int, ladder: String, rungs: Int)
  case isWithdrawn(String)
  case isMerged(String, into: String)
  /// What others were merged into cannot be withdrawn under them.
  case holdsMerged(String, origins: [String])
  case mergedIntoItself(String)
  case ownParent(String)
  case parentInCircle(String, parent: String)
  /// An answer to a survey has no place at a table.
  case ofNoTable(String)
  case otherTable(String, String)
  /// The table has chosen its best already: these.
  case topIsFull([Contribution])
  case notSeated(String, round: Int)
  /// A proposal does not hold any more: this person came, left or moved after it was made.
  case movedSince(String, round: Int)
  /// The move or pin breaks these rules; it wants a yes.
  case breaksRules([Phrase])
  case mustSitTogether([String])
  case unknownBallot(String), ballotClosed(String)
  /// The vote with this title has to be closed first.
  case ballotOpen(String)
  case noOptions, optionTwice(String), unknownOption(String)
  case wrongDots, wrongVotes
  /// More votes than people present can give want a yes.
  case tooManyVotes(votes: Int, allowed: Int, voters: Int)
  case nothingToUndo, nothingToRedo, changedSince
  case nothingChanges

  /// The refusal in words.
  public var phrase: Phrase {
    switch self {
    case .notOpen:
      Phrase(nl: "De conferentie is nog niet geopend.", en: "The conference is not open yet.")
    case .alreadyOpen: Phrase(nl: "De conferentie is al open.", en: "The conference is open already.")
    case .notRunning:
      Phrase(
        nl: "Er loopt nog geen onderdeel; start eerst het programma.",
        en: "No item is running yet; start the agenda first.")
    case .alreadyClosed: Phrase(nl: "De conferentie is afgesloten.", en: "The conference is closed.")
    case .lastItem:
      Phrase(
        nl: "Dit is het laatste onderdeel; sluit de conferentie af.",
        en: "This is the last item; close the conference.")
    case .alreadyPaused: Phrase(nl: "De klok staat al stil.", en: "The clock stands still already.")
    case .notPaused: Phrase(nl: "De klok loopt al.", en: "The clock is running already.")
    case .notReportBack:
      Phrase(
        nl: "Tafels komen pas aan het woord in de terugkoppeling.",
        en: "Tables get their turn in the report-back.")
    case .everyTableReported:
      Phrase(nl: "Alle tafels zijn aan het woord geweest.", en: "Every table has had its turn.")
    case .unknownItem(let id):
      Phrase(nl: "Er is geen onderdeel \(id).", en: "There is no item \(id).")
    case .unknownTable(let number):
      Phrase(nl: "Er is geen tafel \(number).", en: "There is no table \(number).")
    case .unknownPerson(let id):
      Phrase(nl: "Er is geen deelnemer \(id).", en: "There is no participant \(id).")
    case .unknownContribution(let id):
      Phrase(nl: "Er is geen bijdrage \(id).", en: "There is no contribution \(id).")
    case .unknownTheme(let id): Phrase(nl: "Er is geen thema \(id).", en: "There is no theme \(id).")
    case .unknownKind(let id):
      Phrase(
        nl: "Het soort bijdrage ‘\(id)’ staat niet in het plan.",
        en: "The kind of contribution ‘\(id)’ is not in the plan.")
    case .unknownRound(let round): Phrase(nl: "Er is geen ronde \(round).", en: "There is no round \(round).")
    case .alreadyRuns(let title): Phrase(nl: "‘\(title)’ loopt al.", en: "‘\(title)’ is running already.")
    case .departure(let departure, let title, let skipped): departure.question(title, skipped)
    case .closesEarly(let titles):
      Phrase(
        nl: "Afsluiten, terwijl nog komt: \(few(titles).nl)?",
        en: "Close, while these are still to come: \(few(titles).en)?")
    case .notDrawn(let round):
      Phrase(
        nl: "De tafels voor ronde \(round) zijn nog niet ingedeeld.",
        en: "The tables for round \(round) have not been drawn yet.")
    case .roundHeld(let round):
      Phrase(
        nl: "Ronde \(round) is al gehouden; die tafels blijven zoals ze waren.",
        en: "Round \(round) has been held; its tables stay as they were.")
    case .tooFewSeats(let table, let people, let seats):
      Phrase(
        nl: "Tafel \(table) heeft \(seats) stoelen, maar er zouden \(people) mensen zitten.",
        en: "Table \(table) has \(seats) chairs, but \(people) people would sit there.")
    case .seatedTwice(let name):
      Phrase(
        nl: "\(name) zou aan twee tafels tegelijk zitten.",
        en: "\(name) would sit at two tables at once.")
    case .emptyText: Phrase(nl: "Er staat nog geen tekst.", en: "There is no text yet.")
    case .textTooLong(let limit):
      Phrase(
        nl: "De tekst is te lang (meer dan \(limit) bytes); verdeel hem over meer bijdragen.",
        en: "The text is too long (over \(limit) bytes); split it into more contributions.")
    case .wrongLength(let minutes):
      Phrase(
        nl: "\(minutes) minuten kan niet; een onderdeel duurt 0 tot 24 uur.",
        en: "\(minutes) minutes cannot be; an item takes 0 to 24 hours.")
    case .onTime:
      Phrase(
        nl: "Het programma eindigt al op tijd.", en: "The agenda ends on time as it is.")
    case .cannotFinishOnTime(let minutes):
      Phrase(
        nl: "Op tijd eindigen lukt niet door inkorten: er blijft \(minutes) min te veel. Sla iets over.",
        en: "Shortening is not enough to end on time: \(minutes) min too much remain. Skip something.")
    case .isPresent(let name): Phrase(nl: "\(name) is al aanwezig.", en: "\(name) is present already.")
    case .isAbsent(let name): Phrase(nl: "\(name) is al afwezig.", en: "\(name) is absent already.")
    case .nameExists(let name):
      Phrase(
        nl: "\(name) staat al op de lijst; zet die persoon op aanwezig.",
        en: "\(name) is on the list already; check that person in.")
    case .noHelpAsked(let table):
      Phrase(nl: "Tafel \(table) vroeg geen hulp.", en: "Table \(table) did not ask for help.")
    case .helpAlreadyAsked(let table):
      Phrase(nl: "Tafel \(table) vroeg al om hulp.", en: "Table \(table) has asked for help already.")
    case .unknownGroup(let group, let known):
      known.isEmpty
        ? Phrase(nl: "Er zijn geen groepen in deze conferentie.", en: "This conference has no groups.")
        : Phrase(
          nl: "Er is geen groep ‘\(group)’; kies uit: \(known.joined(separator: ", ")).",
          en: "There is no group ‘\(group)’; choose from: \(known.joined(separator: ", ")).")
    case .unknownLadder(let id): Phrase(nl: "Er is geen ladder \(id).", en: "There is no ladder \(id).")
    case .unknownRung(_, let ladder, let rungs):
      Phrase(
        nl: "De ladder ‘\(ladder)’ heeft \(rungs) treden.", en: "The ladder ‘\(ladder)’ has \(rungs) rungs.")
    case .isWithdrawn(let id):
      Phrase(
        nl: "Bijdrage \(id) is ingetrokken; haal die eerst terug.",
        en: "Contribution \(id) was withdrawn; take it up again first.")
    case .isMerged(let id, let target):
      Phrase(
        nl: "Bijdrage \(id) is samengevoegd met \(target); kies \(target).",
        en: "Contribution \(id) was merged into \(target); choose \(target).")
    case .holdsMerged(let id, let origins):
      Phrase(
        nl: "In \(id) zit samengevoegd: \(few(origins).nl); splits dat eerst af.",
        en: "\(id) holds what was merged into it: \(few(origins).en); split that off first.")
    case .mergedIntoItself(let id):
      Phrase(
        nl: "Bijdrage \(id) kan niet met zichzelf worden samengevoegd.",
        en: "Contribution \(id) cannot be merged into itself.")
    case .ownParent(let id):
      Phrase(
        nl: "Bijdrage \(id) kan geen uitwerking van zichzelf zijn.",
        en: "Contribution \(id) cannot elaborate itself.")
    case .parentInCircle(let id, let parent):
      Phrase(
        nl: "\(parent) is zelf een uitwerking van \(id).", en: "\(parent) itself elaborates \(id).")
    case .ofNoTable(let id):
      Phrase(
        nl: "Bijdrage \(id) komt uit een enquête en hoort bij geen tafel.",
        en: "Contribution \(id) comes from a survey and belongs to no table.")
    case .otherTable(let id, let before):
      Phrase(
        nl: "\(id) en \(before) zijn niet van dezelfde tafel.",
        en: "\(id) and \(before) are not of the same table.")
    case .topIsFull(let top): fullTop(top)
    case .notSeated(let name, let round):
      Phrase(
        nl: "\(name) heeft in ronde \(round) geen stoel.", en: "\(name) has no chair in round \(round).")
    case .movedSince(let name, let round):
      Phrase(
        nl:
          "\(name) zit in ronde \(round) niet meer waar het voorstel van uitging; bekijk het voorstel opnieuw.",
        en:
          "\(name) no longer sits where the proposal found them in round \(round); look at the proposal anew."
      )
    case .breaksRules(let rules):
      Phrase(
        nl: "Tegen de regels: \(few(rules.map(\.nl)).nl). Toch doen?",
        en: "Against the rules: \(few(rules.map(\.en)).en). Do it all the same?")
    case .mustSitTogether(let names):
      Phrase(
        nl: "Volgens het plan zitten bij elkaar: \(few(names).nl).",
        en: "By the plan these sit together: \(few(names).en).")
    case .unknownBallot(let id): Phrase(nl: "Er is geen stemming \(id).", en: "There is no vote \(id).")
    case .ballotClosed:
      Phrase(
        nl: "Deze stemming is gesloten; open een nieuwe.", en: "This vote is closed; open a new one.")
    case .ballotOpen(let title):
      Phrase(
        nl: "De stemming ‘\(title)’ is nog open; sluit die eerst.",
        en: "The vote ‘\(title)’ is still open; close it first.")
    case .noOptions:
      Phrase(
        nl: "Er is nog niets om over te stemmen; kies bijdragen.",
        en: "There is nothing to vote on yet; choose contributions.")
    case .optionTwice(let id):
      Phrase(nl: "\(id) staat er twee keer; haal er een weg.", en: "\(id) is there twice; take one out.")
    case .unknownOption(let id):
      Phrase(nl: "Over \(id) gaat deze stemming niet.", en: "This vote is not about \(id).")
    case .wrongDots:
      Phrase(nl: "Geef elke stemmer 1 tot 100 stippen.", en: "Give each voter 1 to 100 dots.")
    case .wrongVotes:
      Phrase(
        nl: "Dit aantal kan niet; vul bij stellingen eens, oneens en onthouden in, en anders stippen.",
        en: "That number cannot be; enter agree, disagree and abstain for propositions, and else dots.")
    case .tooManyVotes(let votes, let allowed, let voters):
      Phrase(
        nl: "Dat zijn \(votes) stemmen; met \(voters) aanwezigen zijn het er hoogstens \(allowed). Toch zo?",
        en: "That makes \(votes) votes; with \(voters) present there are at most \(allowed). Keep it?")
    case .nothingToUndo:
      Phrase(nl: "Er is niets om ongedaan te maken.", en: "There is nothing to undo.")
    case .nothingToRedo: Phrase(nl: "Er is niets om opnieuw te doen.", en: "There is nothing to redo.")
    case .changedSince:
      Phrase(
        nl: "Dit kan niet meer ongedaan: iemand heeft het daarna veranderd.",
        en: "This can no longer be undone: somebody has changed it since.")
    case .nothingChanges: Phrase(nl: "Er verandert niets.", en: "Nothing changes.")
    }
  }

  /// Whether the same command, given deliberately, would be carried out.
  public var wantsYes: Bool {
    switch self {
    case .departure, .closesEarly, .breaksRules, .tooManyVotes: true
    default: false
    }
  }
}

extension Event.Departure {
  fileprivate func question(_ title: String, _ skipped: [String]) -> Phrase {
    switch self {
    case .skip:
      Phrase(
        nl: "Naar ‘\(title)’ en overslaan: \(few(skipped).nl)?",
        en: "Go to ‘\(title)’ and skip: \(few(skipped).en)?")
    case .back: Phrase(nl: "Terug naar ‘\(title)’?", en: "Go back to ‘\(title)’?")
    case .order:
      Phrase(
        nl: "‘\(title)’ volgt hier gewoonlijk niet op. Toch starten?",
        en: "‘\(title)’ does not usually follow here. Start it all the same?")
    }
  }
}

/// Names the best that a table has chosen, each with the beginning of its text.
private func fullTop(_ top: [Contribution]) -> Phrase {
  let named = top.map { one in
    let line = one.text.split(whereSeparator: \.isNewline).first ?? ""
    return "\(one.id) ‘\(line.count > 24 ? line.prefix(23).trimmed + "…" : String(line))’"
  }
  return Phrase(
    nl: "De top \(Session.topLimit) is vol: \(named.joined(separator: ", ")); haal er eerst een uit.",
    en: "The top \(Session.topLimit) is full: \(named.joined(separator: ", ")); take one out first.")
}

/// The first few of a list of titles, and how many more there are: a question must fit the screen.
private func few(_ titles: [String]) -> Phrase {
  let shown = titles.prefix(4).joined(separator: ", ")
  let more = titles.count - 4
  return more <= 0
    ? Phrase(same: shown) : Phrase(nl: "\(shown) en nog \(more)", en: "\(shown) and \(more) more")
}
