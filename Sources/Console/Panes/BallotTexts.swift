import Conference
import Ground

/// The words of the page of the votes.
enum BallotTexts {
  static func title(_ count: Int) -> Phrase {
    count == 0
      ? Phrase(nl: "Stemmingen", en: "Votes") : Phrase(nl: "Stemmingen · \(count)", en: "Votes · \(count)")
  }
  static let empty = Phrase(
    nl: """
      Nog geen stemmingen. De zaal stemt met handen, briefjes of stickers; één persoon typt hier de aantallen. \
      De uitslag blijft verborgen tot u de stemming sluit.
      """,
    en: """
      No votes yet. The room votes with hands, cards or stickers; one person types the numbers here. \
      The result stays hidden until you close the vote.
      """)
  static let emptyReplay = Phrase(
    nl: "Op dit moment was er nog geen stemming.", en: "There was no vote yet at this moment.")
  static func kind(_ kind: Ballot.Kind) -> Phrase {
    switch kind {
    case .propositions: Phrase(nl: "stellingen", en: "propositions")
    case .dots: Phrase(nl: "stippen", en: "dots")
    }
  }
  static func state(_ ballot: Ballot) -> Phrase {
    if ballot.isWithdrawn { return Phrase(nl: "× ingetrokken", en: "× withdrawn") }
    return ballot.isOpen ? Phrase(nl: "● open", en: "● open") : Phrase(nl: "✓ gesloten", en: "✓ closed")
  }
  static func dots(_ dots: Int, mayStack: Bool) -> Phrase {
    Phrase(
      nl: (dots == 1 ? "1 stip" : "\(dots) stippen") + " per persoon, stapelen mag"
        + (mayStack ? "" : " niet"),
      en: (dots == 1 ? "1 dot" : "\(dots) dots") + " each, " + (mayStack ? "stacking allowed" : "no stacking")
    )
  }
  static let withdrawn = Phrase(
    nl: "Deze stemming is ingetrokken; zij staat nog in het naslagwerk.",
    en: "This vote was withdrawn; it still stands in the record.")
  static let others = Phrase(nl: "niet per groep", en: "no group")
  static let all = Phrase(nl: "samen", en: "in all")

  // MARK: - While it is open

  static let hidden = Phrase(
    nl: "De uitslag is verborgen tot u sluit.", en: "The result is hidden until you close.")
  static let closeLine = Phrase(
    nl: "Sluit de stemming en toon de uitslag", en: "Close the vote and show the result")
  static func counted(_ count: Int, of all: Int) -> Phrase {
    Phrase(nl: "✓ bij \(count) van \(all) ingevoerd", en: "✓ entered for \(count) of \(all)")
  }
  static func groupsCounted(_ count: Int, of all: Int) -> Phrase {
    Phrase(nl: "✓ \(count)/\(all) groepen", en: "✓ \(count)/\(all) groups")
  }
  static func present(_ voters: Int?, group: String?, dots: Int?) -> Phrase {
    guard let voters else { return Phrase(nl: "nog niemand ingecheckt", en: "nobody checked in yet") }
    let who = group.map { " (\($0))" } ?? ""
    let most = dots.map { (nl: ", hoogstens \(voters * $0) stippen", en: ", at most \(voters * $0) dots") }
    return Phrase(
      nl: "\(voters) aanwezig\(who)\(most?.nl ?? "")", en: "\(voters) present\(who)\(most?.en ?? "")")
  }
  static func sum(_ sum: Int) -> Phrase { Phrase(nl: "samen \(sum)", en: "sum \(sum)") }
  static let notInRecord = Phrase(nl: "✎ nog niet in het naslagwerk", en: "✎ not in the record yet")
  static func closeQuestion(_ ballot: Ballot) -> Phrase {
    let missing = ballot.options.count - ballot.countedOptions
    return missing == 0
      ? Phrase(
        nl: "‘\(ballot.title)’ sluiten? De uitslag komt dan op het scherm.",
        en: "Close ‘\(ballot.title)’? Its result then comes on the screen.")
      : Phrase(
        nl:
          "‘\(ballot.title)’ sluiten? Bij \(missing) van \(ballot.options.count) is niets ingevoerd; dat telt als 0.",
        en:
          "Close ‘\(ballot.title)’? For \(missing) of \(ballot.options.count) nothing was entered; that counts as 0."
      )
  }
  static func withdrawQuestion(_ ballot: Ballot) -> Phrase {
    Phrase(
      nl: "‘\(ballot.title)’ intrekken, met alles wat geteld is? Met u komt zij terug.",
      en: "Withdraw ‘\(ballot.title)’, with all that was counted? u brings it back.")
  }

  // MARK: - Its result

  static func discussFirst(_ side: Side) -> Phrase {
    Phrase(nl: "» eerst aan het woord: \(side.name.nl)", en: "» hear first: \(side.name.en)")
  }
  static func noVotes(_ count: Int) -> Phrase {
    Phrase(
      nl: "\(count) zonder stippen: kijk daar ook naar.", en: "\(count) without dots: look at those too.")
  }

  // MARK: - Making one

  static func draft(_ kind: Ballot.Kind, _ count: Int, of all: Int) -> Phrase {
    switch kind {
    case .propositions:
      Phrase(
        nl: "Nieuwe stemming over stellingen · \(count) van \(all) gekozen",
        en: "New vote over propositions · \(count) of \(all) chosen")
    case .dots:
      Phrase(
        nl: "Nieuwe stippenstemming · \(count) van \(all) gekozen",
        en: "New dot vote · \(count) of \(all) chosen")
    }
  }
  static let noPropositions = Phrase(
    nl: "Er zijn nog geen stellingen. Met n typt u er een.",
    en: "There are no propositions yet. Press n to type one.")
  static func proposal(_ dots: Int) -> Phrase {
    Phrase(
      nl: "gebruikelijk: \(dots) of \(dots + 1), een derde van de keuzes",
      en: "usual: \(dots) or \(dots + 1), a third of the options")
  }
  static func advice(_ advice: PropositionAdvice) -> Phrase {
    Phrase(nl: "Advies: \(advice.phrase.nl)", en: "Advice: \(advice.phrase.en)")
  }
  static let propositionsTitle = Phrase(nl: "Stellingen", en: "Propositions")
  static let whatToVoteOn = Phrase(nl: "Stippen plakken: waarop?", en: "Dots: on what?")
  static let allThemes = Phrase(nl: "Thema’s", en: "Themes")
  static let topThree = Phrase(nl: "Top 3 van de tafels", en: "Top 3 of the tables")
  static let allContributions = Phrase(nl: "Alle bijdragen", en: "All contributions")
  static func again(_ title: String) -> Phrase { Phrase(nl: "\(title), opnieuw", en: "\(title), again") }
  static let titlePrompt = Phrase(nl: "Waarover gaat de stemming?", en: "What is the vote about?")
  static let newProposition = Phrase(
    nl: "Nieuwe stelling, in één hele zin", en: "New proposition, in one whole sentence")
  static let mendProposition = Phrase(nl: "Wijzig de stelling", en: "Change the proposition")

  // MARK: - Why not

  static let noBallot = Phrase(nl: "Er is nog geen stemming.", en: "There is no vote yet.")
  static let noOther = Phrase(nl: "Er is geen andere stemming.", en: "There is no other vote.")
  static let notOpen = Phrase(nl: "Deze stemming is niet open.", en: "This vote is not open.")
  static let noGroups = Phrase(nl: "Er zijn geen groepen bekend.", en: "No groups are known.")
  static let hasGroups = Phrase(
    nl: "Er zijn al stemmen per groep ingevoerd.", en: "Votes per group were entered already.")
  static let onlyClosedDots = Phrase(
    nl: "Opnieuw stemmen kan na een gesloten stippenstemming.",
    en: "Voting again comes after a closed dot vote.")
  static let nothingMarked = Phrase(
    nl: "Kies eerst waarover gestemd wordt.", en: "Choose first what to vote on.")
  static let onlyDots = Phrase(nl: "Dat geldt alleen voor stippen.", en: "That is for dots only.")
  static let noProposition = Phrase(nl: "Er is geen stelling gekozen.", en: "No proposition is chosen.")
}
