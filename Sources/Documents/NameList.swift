import Conference
import Ground
import Screen

// Everyone by surname, with their table in each round.

extension HallPapers {
  /// One person of the list.
  private struct Row {
    let name: ListedName
    /// What tells people of the same name apart, or nil.
    var note: String?
    /// The table by round, in the papers' order; nil: no chair.
    let tables: [Int?]

    var label: String { note.map { "\(name.text) (\($0))" } ?? name.text }
  }

  /// Everyone who is expected, here, or sat at a table, by surname.
  private var rows: [Row] {
    let tableOf = rounds.map { round -> [String: Int] in
      var tableOf: [String: Int] = [:]
      for (number, people) in session.seating(round: round)?.tables ?? [:] {
        for person in people { tableOf[person] = number }
      }
      return tableOf
    }
    let people = session.participants.filter { person in
      session.presence(of: person.id) != .absent || tableOf.contains { $0[person.id] != nil }
    }
    var namesakes: [String: Int] = [:]
    for person in people { namesakes[person.name.oneLine, default: 0] += 1 }
    return people.map { person in
      let isOneOfMany = (namesakes[person.name.oneLine] ?? 0) > 1
      return Row(
        name: ListedName(person.name.oneLine),
        note: isOneOfMany ? (person.organisation ?? person.group)?.oneLine : nil,
        tables: tableOf.map { $0[person.id] })
    }.sorted { ($0.name, $0.note ?? "") < ($1.name, $1.note ?? "") }
  }

  private var heading: String { say("Wie zit waar", "Who sits where") }

  private var nobodyListed: String {
    say("Er staat niemand op de lijst.", "There is nobody on the list.")
  }

  private var notDrawnYet: [String] {
    rounds.filter { session.seating(round: $0) == nil }.map(notDrawn)
  }

  private func cell(_ table: Int?) -> String { table.map(String.init) ?? "–" }

  // MARK: - Text

  /// The list; more rounds than fit beside the names come in a list of their own below it.
  var namesText: String {
    let title = TextWidth.clip(title.oneLine, to: HallPapers.columns)
    let head = [heading, title].filter { !$0.isEmpty } + notDrawnYet
    let rows = rows
    guard !rows.isEmpty else { return (head + ["", nobodyListed]).joined(separator: "\n") + "\n" }
    let heads = rounds.map { say("ronde \($0)", "round \($0)") }
    let width = rows.reduce(heads.reduce(0) { max($0, $1.count) }) { width, row in
      row.tables.reduce(width) { max($0, cell($1).count) }
    }
    let perList = max(1, (HallPapers.columns - 32) / (width + 2))
    let lists = stride(from: 0, to: max(1, rounds.count), by: perList).map { first in
      let shown = first..<min(rounds.count, first + perList)
      let names = HallPapers.columns - shown.count * (width + 2)
      func line(_ name: String, _ cells: [String]) -> String {
        TextWidth.pad(name, to: names) + cells.map { "  " + $0.filled(to: width, atStart: true) }.joined()
      }
      var lines = [line(say("naam", "name"), shown.map { heads[$0] })]
      var letter = ""
      for row in rows {
        if row.name.heading != letter {
          letter = row.name.heading
          lines += ["", letter]
        }
        lines.append(line("  " + row.label, shown.map { cell(row.tables[$0]) }))
      }
      return lines.map(\.trimmedAtEnd).joined(separator: "\n")
    }
    return ([head.joined(separator: "\n")] + lists).joined(separator: "\n\n") + "\n"
  }

  // MARK: - HTML

  var namesHTML: String {
    let notes = notDrawnYet.map { "<p>\($0.html)</p>\n" }.joined()
    let start = "<section class=\"names\">\n<h1>\(heading.html) – \(title.html)</h1>\n\(notes)"
    let rows = rows
    guard !rows.isEmpty else { return "\(start)<p>\(nobodyListed.html)</p>\n</section>" }
    let heads = rounds.map { "<th class=\"round\">\(roundName($0).html)</th>" }.joined()
    var lines: [String] = []
    var letter = ""
    for row in rows {
      if row.name.heading != letter {
        letter = row.name.heading
        lines.append("<tr class=\"letter\"><th colspan=\"\(rounds.count + 1)\">\(letter.html)</th></tr>")
      }
      let cells = row.tables.map { "<td class=\"round\">\(cell($0))</td>" }.joined()
      lines.append("<tr><td>\(row.label.html)</td>\(cells)</tr>")
    }
    return """
      \(start)<table>
      <thead><tr><th>\(say("Naam", "Name"))</th>\(heads)</tr></thead>
      <tbody>
      \(lines.joined(separator: "\n"))
      </tbody>
      </table>
      </section>
      """
  }
}
