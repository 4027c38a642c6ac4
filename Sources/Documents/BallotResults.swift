import Conference
import Ground

// Votes in documents. Of an open one nothing of the counts is told, whoever asks (S3.6).

extension Session {
  /// The votes that were not withdrawn, with the results of those that are closed.
  ///
  /// Options outside `options` are left out and counted.
  func ballotsJSON(options isTold: (String) -> Bool) -> JSON {
    .array(
      ballots.filter { !$0.isWithdrawn }.map { ballot in
        let told = ballot.options.filter(isTold)
        let results = result(of: ballot)?.filter { isTold($0.option) }.map { result -> JSON in
          let groups = result.groups.map { group in
            json(group.tally, ballot.kind).adding([JSON.Member("group", .orNull(group.name))])
          }
          return json(result.total, ballot.kind).adding([
            JSON.Member("option", .string(result.option)), JSON.Member("groups", .array(groups)),
          ])
        }
        return [
          "id": .string(ballot.id), "kind": .string(ballot.kind.rawValue), "title": .string(ballot.title),
          "options": .strings(told), "held_back": .int(ballot.options.count - told.count),
          "dots": ballot.kind == .dots ? .int(ballot.dots) : .null, "may_stack": .bool(ballot.mayStack),
          "opened_at": .moment(ballot.openedAt), "closed_at": .moment(ballot.closedAt),
          "result": results.map { .array($0) } ?? .null,
        ]
      })
  }

  private func json(_ tally: Tally, _ kind: Ballot.Kind) -> JSON {
    switch kind {
    case .dots: ["dots": .int(tally.dots)]
    case .propositions:
      [
        "agree": .int(tally.agree), "disagree": .int(tally.disagree), "abstain": .int(tally.abstain),
      ]
    }
  }
}

extension Export {
  /// Whether an option of a vote may be told: a theme, or a contribution that is not held back.
  func isTold(_ option: String) -> Bool {
    session.contributionIndex(option) == nil || contributions.contains { $0.id == option }
  }

  /// Each closed vote with its result, in all and per group where that is known.
  var ballotsSection: [String] {
    let sections = session.ballots.flatMap { ballot -> [String] in
      guard let results = session.result(of: ballot) else { return [] }
      let told = results.filter { isTold($0.option) }
      let names =
        ballot.kind == .dots
        ? [say("Stippen", "Dots")]
        : [say("Eens", "Agree"), say("Oneens", "Disagree"), say("Onthouden", "Abstain")]
      let heading = [say("Waarover", "On")] + names + [say("Per groep", "Per group")]
      let rows = told.map { result in
        [text(ofOption: result.option)] + numbers(result.total, ballot.kind)
          + [result.groups.map { perGroup($0, ballot.kind) }.joined(separator: "; ")]
      }
      guard !rows.isEmpty else { return [] }
      return ["### \(ballot.title.markdown)", markdownTable(heading, rows)]
    }
    return sections.isEmpty ? [] : ["## " + say("Stemmingen", "Votes")] + sections
  }

  /// The last result on a proposition, in words: `eens 12, oneens 5, onthouden 2`.
  func votes(on contribution: Contribution) -> String? {
    let results = session.ballots.reversed().lazy
      .filter { $0.kind == .propositions }
      .compactMap { session.result(of: $0)?.first { $0.option == contribution.id } }
    return results.first.map { words($0.total) }
  }

  private func words(_ tally: Tally) -> String {
    say(
      "eens \(tally.agree), oneens \(tally.disagree), onthouden \(tally.abstain)",
      "agree \(tally.agree), disagree \(tally.disagree), abstain \(tally.abstain)")
  }

  private func numbers(_ tally: Tally, _ kind: Ballot.Kind) -> [String] {
    (kind == .dots ? [tally.dots] : [tally.agree, tally.disagree, tally.abstain]).map { String($0) }
  }

  private func perGroup(_ group: BallotResult.Group, _ kind: Ballot.Kind) -> String {
    let name = group.name?.markdown ?? say("overig", "other")
    return "\(name) \(numbers(group.tally, kind).joined(separator: "/"))"
  }

  private func text(ofOption id: String) -> String {
    if let index = session.contributionIndex(id) { return session.contributions[index].text.markdown }
    return session.themeIndex(id).map { session.themes[$0].title.markdown } ?? id.markdown
  }
}
