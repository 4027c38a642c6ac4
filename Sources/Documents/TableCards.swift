import Conference
import Ground
import Screen

// A card for each table and round: number and name, the question, and who sits there.

extension HallPapers {
  var cardsText: String {
    let line = String(repeating: "=", count: HallPapers.columns)
    return rounds.map { round in
      guard session.seating(round: round) != nil else { return "\(notDrawn(round))\n" }
      return session.tables.map { table in
        ([line] + heading(table, round) + [""] + people(table, round)).joined(separator: "\n") + "\n"
      }.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private func heading(_ table: Table, _ round: Int) -> [String] {
    let right = roundName(round)
    let left =
      say("TAFEL \(table.number)", "TABLE \(table.number)") + (table.name.map { " ‘\($0.oneLine)’" } ?? "")
    let room = HallPapers.columns - TextWidth.width(right) - 2
    return [TextWidth.pad(left, to: room) + "  " + right]
      + [item(of: round)?.question].compactMap { $0?.oneLine }.filter { !$0.isEmpty }
      .flatMap { TextWidth.wrap($0, columns: HallPapers.columns) }
  }

  private func people(_ table: Table, _ round: Int) -> [String] {
    let people = seated(at: table, round)
    guard !people.isEmpty else { return ["  " + nobody] }
    return people.map { person in
      let cells = [(person.name, 30), (person.group ?? "", 20), (person.organisation ?? "", 24)].map {
        TextWidth.pad($0.oneLine, to: $1)
      }
      return ("  " + cells.joined(separator: "  ")).trimmedAtEnd
    }
  }

  var cardsHTML: String {
    rounds.map { round in
      guard session.seating(round: round) != nil else { return "<p>\(notDrawn(round).html)</p>" }
      return session.tables.map { card($0, round) }.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private func card(_ table: Table, _ round: Int) -> String {
    let people = seated(at: table, round).map { person in
      let more = [person.group, person.organisation].compactMap { $0?.html }.filter { !$0.isEmpty }
      return "<li><b>\(person.name.html)</b>\(more.joined(separator: ", "))</li>"
    }
    let number = String(table.number)
    var parts = ["<header><span>\(title.html)</span><span>\(roundName(round).html)</span></header>"]
    // Two digits of 9 cm fill the width of a page.
    parts.append("<p class=\"number\(number.count > 2 ? " long" : "")\">\(number)</p>")
    parts += table.name.map { ["<h2>\($0.html)</h2>"] } ?? []
    parts += item(of: round)?.question.map { ["<p class=\"question\">\($0.html)</p>"] } ?? []
    parts.append(
      people.isEmpty
        ? "<p>\(nobody.html)</p>" : "<ul class=\"people\">\n\(people.joined(separator: "\n"))\n</ul>")
    return "<section class=\"card\">\n\(parts.joined(separator: "\n"))\n</section>"
  }

  private var nobody: String {
    say("Aan deze tafel zit in deze ronde niemand.", "Nobody sits at this table in this round.")
  }

  /// Those who sit at `table` in `round`, by surname.
  private func seated(at table: Table, _ round: Int) -> [Participant] {
    session.people(at: table.number, round: round).map { (ListedName($0.name.oneLine), $0) }
      .sorted { $0.0 < $1.0 }.map(\.1)
  }
}

extension String {
  /// The text without spaces at its end.
  var trimmedAtEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
