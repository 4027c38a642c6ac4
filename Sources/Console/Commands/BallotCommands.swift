import Conference
import Ground
import Screen

/// Votes by the whole room, entered by one operator (S3.6, wish 13).
extension ConsoleCommand {
  static let ballots: [ConsoleCommand] = [
    ConsoleCommand(
      .ballots, [.character("v")], in: .live, Phrase(nl: "stemmen", en: "votes"),
      Phrase(
        nl: "Toon de stemmingen: tel stemmen en stippen, of begin een stemming.",
        en: "Show the votes: enter counts and dots, or begin a vote."), onlyLooks: true,
      action: { model in
        model.focus = .ballots
        return []
      }),
    ConsoleCommand(
      .ballotNext, [.enter, .tab, .right], in: .ballots, Phrase(nl: "volgend veld", en: "next field"),
      Phrase(
        nl: "Bewaar het getypte aantal en ga naar het volgende veld; na het laatste sluit Enter de stemming.",
        en: "Keep the number typed and go to the next field; after the last one Enter closes the vote."),
      whyNot: whenOpen,
      action: { model in
        model.isOnCloseLine ? model.askToCloseBallot() : model.keepCount { $0.moveField(by: 1, in: $1) }
      }),
    ConsoleCommand(
      .ballotClose, [.character("a")], in: .ballots, Phrase(nl: "sluit en toon", en: "close and show"),
      Phrase(
        nl: "Sluit de stemming; dan verschijnt de uitslag.", en: "Close the vote, which shows its result."),
      whyNot: whenOpen, action: { $0.askToCloseBallot() }),
    ConsoleCommand(
      .ballotBack, [.backTab, .left], in: .ballots, Phrase(nl: "vorig veld", en: "field before"),
      Phrase(
        nl: "Bewaar het getypte aantal en ga naar het vorige veld.",
        en: "Keep the number typed and go to the field before."), whyNot: whenOpen,
      action: { $0.keepCount { $0.moveField(by: -1, in: $1) } }),
    ConsoleCommand(
      .ballotPropositions, [.character("s")], in: .ballots, Phrase(nl: "stellingen", en: "propositions"),
      Phrase(
        nl: "Begin een stemming over stellingen: eens, oneens, onthouden.",
        en: "Begin a vote over propositions: agree, disagree, abstain."), whyNot: whenNoneIsOpen,
      action: { model in
        model.ballots.draft = BallotDraft(
          propositionsOf: model.session, title: BallotTexts.propositionsTitle[model.language])
        return []
      }),
    ConsoleCommand(
      .ballotDots, [.character("d")], in: .ballots, Phrase(nl: "stippen", en: "dots"),
      Phrase(
        nl: "Begin een stippenstemming over thema’s of bijdragen.",
        en: "Begin a dot vote over themes or contributions."), whyNot: whenNoneIsOpen,
      action: { model in
        model.chooseWhatToDot()
        return []
      }),
    ConsoleCommand(
      .ballotAgain, [.character("r")], in: .ballots, Phrase(nl: "opnieuw", en: "again"),
      Phrase(
        nl: "Stem opnieuw over de bovenste helft, als er geen duidelijke grens is.",
        en: "Vote again on the top half, where there is no clear break."), whyNot: whenClosedDots,
      action: { model in
        model.voteAgain()
        return []
      }),
    ConsoleCommand(
      .ballotGroups, [.character("o")], in: .ballots, Phrase(nl: "per groep", en: "per group"),
      Phrase(
        nl: "Voer stemmen per groep in of in totaal, en toon ze zo.",
        en: "Enter votes per group or in all, and show them so."), onlyLooks: true, whyNot: whenGroups,
      action: { model in
        model.ballots.split(in: model.session)
        return []
      }),
    ConsoleCommand(
      .ballotWithdraw, [.character("x")], in: .ballots, Phrase(nl: "trek in", en: "withdraw"),
      Phrase(
        nl: "Trek de stemming in, met haar uitslag; zij blijft in het naslagwerk.",
        en: "Withdraw the vote, with its result; it stays in the record."), whyNot: whenBallotChosen,
      action: { model in
        guard let ballot = model.ballots.ballot(in: model.session) else { return [] }
        model.confirm(BallotTexts.withdrawQuestion(ballot), .withdrawBallot(id: ballot.id))
        return []
      }),
    ConsoleCommand(
      .ballotNewer, [.pageUp], in: .ballots, Phrase(nl: "nieuwere", en: "newer"),
      Phrase(nl: "Toon de stemming erna.", en: "Show the vote after this one."), onlyLooks: true,
      whyNot: whenSeveral, action: { $0.keepCount { $0.moveBallot(by: 1, in: $1) } }),
    ConsoleCommand(
      .ballotOlder, [.pageDown], in: .ballots, Phrase(nl: "oudere", en: "older"),
      Phrase(nl: "Toon de stemming ervoor.", en: "Show the vote before this one."), onlyLooks: true,
      whyNot: whenSeveral, action: { $0.keepCount { $0.moveBallot(by: -1, in: $1) } }),
    ConsoleCommand(
      .ballotsLeave, [.escape], in: .ballots, Phrase(nl: "terug", en: "back"),
      Phrase(
        nl: "Wis het getypte aantal, of ga terug naar de zaal.",
        en: "Clear the number typed, or go back to the hall."), onlyLooks: true,
      action: { model in
        if let field = model.ballots.field(in: model.session), model.ballots.typed[field] != nil {
          model.ballots.typed[field] = nil
        } else {
          model.focus = .agenda
        }
        return []
      }),
  ]

  private static func whenBallotChosen(_ model: Model) -> Phrase? {
    guard let ballot = model.ballots.ballot(in: model.session) else { return BallotTexts.noBallot }
    return ballot.isWithdrawn ? BallotTexts.withdrawn : nil
  }

  private static func whenSeveral(_ model: Model) -> Phrase? {
    model.session.ballots.count > 1 ? nil : BallotTexts.noOther
  }

  private static func whenOpen(_ model: Model) -> Phrase? {
    guard let ballot = model.ballots.ballot(in: model.session) else { return BallotTexts.noBallot }
    return ballot.isOpen ? nil : BallotTexts.notOpen
  }

  private static func whenNoneIsOpen(_ model: Model) -> Phrase? {
    model.session.openBallot.map { Refusal.ballotOpen($0.title).phrase }
  }

  private static func whenClosedDots(_ model: Model) -> Phrase? {
    guard let ballot = model.ballots.ballot(in: model.session), ballot.kind == .dots, !ballot.isWithdrawn,
      !ballot.isOpen, ballot.options.count > 1
    else { return BallotTexts.onlyClosedDots }
    return whenNoneIsOpen(model)
  }

  private static func whenGroups(_ model: Model) -> Phrase? {
    guard let ballot = model.ballots.ballot(in: model.session) else { return BallotTexts.noBallot }
    if model.session.groupNames.isEmpty { return BallotTexts.noGroups }
    // In totals what was entered per group could only be counted a second time.
    return ballot.isOpen && ballot.hasGroups ? BallotTexts.hasGroups : nil
  }
}

extension Model {
  /// Whether the line that closes the open vote is chosen.
  var isOnCloseLine: Bool {
    ballots.ballot(in: session)?.isOpen == true && ballots.field(in: session) == nil
  }

  /// Gives the number typed in the chosen field, if any, and moves on at once.
  mutating func keepCount(_ move: (inout BallotsPane, Session) -> Void) -> [Effect] {
    let field = ballots.field(in: session)
    move(&ballots, session)
    return field.map { giveCount($0) } ?? []
  }

  /// Gives the number typed in a field; what is refused comes back into it.
  mutating func giveCount(_ field: BallotsPane.Field, deliberate: Bool = false) -> [Effect] {
    guard let text = ballots.typed.removeValue(forKey: field), let votes = Int(text) else { return [] }
    var tally = ballots.tally(of: field, in: session)
    guard tally[field.side] != votes else { return [] }
    tally[field.side] = votes
    let effects = give(
      .count(ballot: field.ballot, option: field.option, group: field.group, tally, deliberate: deliberate))
    if case .submit(let id, _) = effects.first {
      ballots.underway[id] = BallotsPane.Entry(field: field, text: text)
    }
    return effects
  }

  /// Puts a number that was refused back, and asks where it is only more than the people present can give.
  mutating func notCounted(_ entry: BallotsPane.Entry, _ why: Phrase, wantsYes: Bool) {
    ballots.giveBack(entry, in: session)
    guard wantsYes else { return say(why, .warning) }
    let field = entry.field
    layers.append(
      .question(
        Question(text: why) { model in
          model.ballots.moveField(by: 1, in: model.session)
          return model.giveCount(field, deliberate: true)
        }))
  }

  mutating func askToCloseBallot() -> [Effect] {
    guard let ballot = ballots.ballot(in: session) else { return [] }
    confirm(BallotTexts.closeQuestion(ballot), .closeBallot(id: ballot.id))
    return []
  }

  /// Asks over what dots are divided.
  mutating func chooseWhatToDot() {
    let session = session
    let standing = session.standing
    func entry(_ id: String, _ text: String, _ count: Int) -> Menu.Entry {
      Menu.Entry(id: id, text: text, detail: "\(count)", whyNot: count > 0 ? nil : Refusal.noOptions.phrase)
    }
    let themes = session.themes.filter { !$0.isWithdrawn }
    let tops = standing.filter(\.isTop)
    var sources: [String: [String]] = [
      "themes": themes.map(\.id), "top": tops.map(\.id), "all": standing.map(\.id),
    ]
    for theme in themes { sources[theme.id] = standing.filter { $0.theme == theme.id }.map(\.id) }
    let entries =
      [
        entry("themes", BallotTexts.allThemes[language], themes.count),
        entry("top", BallotTexts.topThree[language], tops.count),
      ] + themes.map { entry($0.id, "# \($0.title)", sources[$0.id]?.count ?? 0) } + [
        entry("all", BallotTexts.allContributions[language], standing.count)
      ]
    let lists = sources
    open(
      Menu(title: BallotTexts.whatToVoteOn, entries: entries) { model, choice in
        guard case .entry(let entry) = choice, let list = lists[entry.id] else { return [] }
        let title =
          entry.id == "all" || entry.id == "top" || entry.id == "themes"
          ? entry.text : String(entry.text.dropFirst(2))
        model.ballots.draft = BallotDraft(dotsOver: list, marked: list, title: title)
        return []
      })
  }

  /// Makes a vote on the better half of the one that is shown; what came out level with its last one is in it too.
  mutating func voteAgain() {
    guard let ballot = ballots.ballot(in: session), let results = session.result(of: ballot) else { return }
    let list = results.filter { session.canBeVotedOn($0.option) }
    guard !list.isEmpty else { return say(Refusal.noOptions.phrase, .warning) }
    let least = list[(list.count + 1) / 2 - 1].total.dots
    var draft = BallotDraft(
      dotsOver: list.map(\.option), marked: list.filter { $0.total.dots >= least }.map(\.option),
      title: BallotTexts.again(ballot.title)[language])
    draft.mayStack = ballot.mayStack
    ballots.draft = draft
  }
}
