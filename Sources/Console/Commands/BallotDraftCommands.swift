import Conference
import Ground
import Screen

/// Making a vote: choosing what it is about.
extension ConsoleCommand {
  static let ballotDraft: [ConsoleCommand] = [
    ConsoleCommand(
      .draftOpen, [.enter], in: .ballotDraft, Phrase(nl: "open", en: "open"),
      Phrase(
        nl: "Open de stemming over wat gekozen is; vraagt eerst de titel.",
        en: "Open the vote on what is chosen; asks for its title first."),
      whyNot: { model in
        model.ballots.draft?.options(in: model.session).isEmpty == false ? nil : BallotTexts.nothingMarked
      }, action: { $0.openDraft() }),
    ConsoleCommand(
      .draftMark, [.character(" ")], in: .ballotDraft, Phrase(nl: "kies", en: "choose"),
      Phrase(
        nl: "Neem de keuze op in de stemming, of laat haar eruit.", en: "Take the option in, or leave it out."
      ),
      action: { $0.inDraft { $0.toggle(in: $1) } }),
    ConsoleCommand(
      .draftAll, [.character("a")], in: .ballotDraft, Phrase(nl: "alle", en: "all"),
      Phrase(nl: "Neem alle keuzes op, of geen.", en: "Take all options in, or none."),
      action: { $0.inDraft { $0.toggleAll(in: $1) } }),
    ConsoleCommand(
      .draftAdd, [.character("n")], in: .ballotDraft, Phrase(nl: "nieuwe", en: "new"),
      Phrase(
        nl: "Typ een nieuwe stelling uit de zaal; zij gaat mee in de stemming.",
        en: "Type a new proposition from the room; it is taken into the vote."), whyNot: whenPropositions,
      action: { model in
        model.ask(BallotTexts.newProposition) { _, text in
          .give(.contribute(NewContribution(table: nil, kind: "proposition", text: text)))
        }
        return []
      }),
    ConsoleCommand(
      .draftAmend, [.character("w")], in: .ballotDraft, Phrase(nl: "wijzig", en: "change"),
      Phrase(nl: "Wijzig de tekst van de stelling.", en: "Change the text of the proposition."),
      whyNot: { model in
        whenPropositions(model) ?? (model.draftedProposition == nil ? BallotTexts.noProposition : nil)
      },
      action: { model in
        guard let proposition = model.draftedProposition else { return [] }
        model.ask(BallotTexts.mendProposition, text: proposition.text) { _, text in
          text == proposition.text
            ? .done([]) : .give(.amend(id: proposition.id, text: text, kind: proposition.kind))
        }
        return []
      }),
    ConsoleCommand(
      .draftMore, [.right, .character("+"), .character("=")], in: .ballotDraft,
      Phrase(nl: "meer stippen", en: "more dots"),
      Phrase(nl: "Geef elke persoon een stip meer.", en: "Give each person a dot more."),
      whyNot: whenDots, action: { $0.inDraft { $0.changeDots(by: 1, in: $1) } }),
    ConsoleCommand(
      .draftFewer, [.left, .character("-")], in: .ballotDraft, Phrase(nl: "minder", en: "fewer"),
      Phrase(nl: "Geef elke persoon een stip minder.", en: "Give each person a dot fewer."), whyNot: whenDots,
      action: { $0.inDraft { $0.changeDots(by: -1, in: $1) } }),
    ConsoleCommand(
      .draftStack, [.character("o")], in: .ballotDraft, Phrase(nl: "stapelen", en: "stacking"),
      Phrase(
        nl: "Sta meer stippen van één persoon op een keuze toe, of niet.",
        en: "Allow more than one dot of a person on an option, or not."), whyNot: whenDots,
      action: { $0.inDraft { draft, _ in draft.mayStack.toggle() } }),
    ConsoleCommand(
      .draftLeave, [.escape], in: .ballotDraft, Phrase(nl: "terug", en: "back"),
      Phrase(
        nl: "Laat deze stemming; stellingen die u typte blijven.",
        en: "Leave this vote; propositions that you typed stay."),
      action: { model in
        model.ballots.draft = nil
        return []
      }),
  ]

  private static func whenDots(_ model: Model) -> Phrase? {
    model.ballots.draft?.kind == .dots ? nil : BallotTexts.onlyDots
  }

  private static func whenPropositions(_ model: Model) -> Phrase? {
    guard model.ballots.draft?.kind == .propositions else { return BallotTexts.noProposition }
    return model.session.kind("proposition") == nil ? Refusal.unknownKind("proposition").phrase : nil
  }
}

extension Model {
  /// The proposition that is chosen while a vote is made, or nil.
  var draftedProposition: Contribution? {
    ballots.draft?.option(in: session).flatMap { session.contributionIndex($0) }.map {
      session.contributions[$0]
    }
  }

  mutating func inDraft(_ change: (inout BallotDraft, Session) -> Void) -> [Effect] {
    guard var draft = ballots.draft else { return [] }
    change(&draft, session)
    ballots.draft = draft
    return []
  }

  /// Asks for the title and opens the vote.
  mutating func openDraft() -> [Effect] {
    guard let draft = ballots.draft else { return [] }
    ask(BallotTexts.titlePrompt, text: draft.title) { model, title in
      .give(
        .openBallot(
          NewBallot(
            kind: draft.kind, title: title, options: draft.options(in: model.session),
            dots: draft.dots(in: model.session), mayStack: draft.mayStack)))
    }
    return []
  }
}
