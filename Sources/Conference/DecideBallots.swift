import Ground

// Commands about votes by the whole room.

extension Session {
  /// The most votes or dots that one entry can hold; more is a slip of the fingers.
  static let voteLimit = 1_000_000

  func decideBallot(_ command: Command, at now: Moment) throws(Refusal) -> [Event] {
    switch command {
    case .openBallot(let new): return try openBallot(new, at: now)
    case .count(let id, let option, let group, let tally, let deliberate):
      return try count(id, option, group ?? "", tally, deliberate: deliberate)
    case .closeBallot(let id):
      guard try ballot(id).isOpen else { throw .ballotClosed(id) }
      return [.ballotClosed(id: id)]
    case .withdrawBallot(let id):
      _ = try ballot(id)
      return [.ballotWithdrawn(id: id)]
    default: throw .nothingChanges
    }
  }

  private func openBallot(_ new: NewBallot, at now: Moment) throws(Refusal) -> [Event] {
    if let open = openBallot { throw .ballotOpen(open.title) }
    var new = new
    new.title = try checked(new.title)
    guard !new.options.isEmpty else { throw .noOptions }
    for (place, option) in new.options.enumerated() {
      if new.options[..<place].contains(option) { throw .optionTwice(option) }
      if new.kind == .dots, themeIndex(option) != nil {
        _ = try theme(option)
        continue
      }
      let contribution = try contribution(option)
      if contribution.isWithdrawn { throw .isWithdrawn(option) }
      if contribution.mergedInto != nil { throw .isMerged(option, into: mergeTarget(of: option)) }
    }
    if new.kind == .propositions {
      new.dots = 0
      new.mayStack = false
    } else {
      guard (1...100).contains(new.dots) else { throw .wrongDots }
    }
    return [.ballotOpened(Ballot(id: "b\(ballots.count + 1)", new, at: now))]
  }

  private func count(
    _ id: String, _ option: String, _ group: String, _ tally: Tally, deliberate: Bool
  ) throws(Refusal) -> [Event] {
    var ballot = try ballot(id)
    guard ballot.isOpen else { throw .ballotClosed(id) }
    guard ballot.options.contains(option) else { throw .unknownOption(option) }
    guard group.isEmpty || groupNames.contains(group) else { throw .unknownGroup(group, known: groupNames) }
    let parts = [tally.agree, tally.disagree, tally.abstain, tally.dots]
    guard parts.allSatisfy({ (0...Session.voteLimit).contains($0) }) else { throw .wrongVotes }
    guard ballot.kind == .dots ? tally.total == tally.dots : tally.dots == 0 else { throw .wrongVotes }
    guard ballot.counts[option]?[group] ?? Tally() != tally else { throw .nothingChanges }
    ballot.counts[option, default: [:]][group] = tally
    if !deliberate { try requireEnoughVoters(ballot, option, group) }
    return [.ballotCounted(id: id, option: option, group: group, tally)]
  }

  /// Asks where there are more votes than the people present can give, of the group or of all.
  private func requireEnoughVoters(
    _ ballot: Ballot, _ option: String, _ group: String
  ) throws(Refusal) {
    for whole in Set([group, ""]) {
      guard let voters = voters(group: whole) else { continue }
      func votes(_ option: String) -> Int {
        (ballot.counts[option] ?? [:]).reduce(0) {
          $0 + (whole.isEmpty || $1.key == whole ? $1.value.total : 0)
        }
      }
      let here = votes(option)
      if ballot.kind == .propositions || !ballot.mayStack, here > voters {
        throw .tooManyVotes(votes: here, allowed: voters, voters: voters)
      }
      guard ballot.kind == .dots else { continue }
      let all = ballot.options.reduce(0) { $0 + votes($1) }
      if all > voters * ballot.dots {
        throw .tooManyVotes(votes: all, allowed: voters * ballot.dots, voters: voters)
      }
    }
  }

  private func ballot(_ id: String) throws(Refusal) -> Ballot {
    guard let index = ballotIndex(id), !ballots[index].isWithdrawn else { throw .unknownBallot(id) }
    return ballots[index]
  }
}
