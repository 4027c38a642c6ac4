import Conference
import Ground
import Screen

/// What a table knew at a moment: who sat there, what was asked, what it was told, what it had brought in.
///
/// Everything is as it was then: what was changed later still has its old text.
public struct TableKnowledge {
  /// A paragraph of it.
  struct Paragraph {
    var text: String
    var role: Role
  }

  /// The table and the moment.
  let title: String
  let paragraphs: [Paragraph]

  /// Reads a session as it was at `moment` for the table with this number.
  public init(
    _ session: Session, table number: Int, at moment: Moment, in language: Language, withNames: Bool = true
  ) {
    let reader = Reader(
      session: session, number: number, moment: moment, language: language, withNames: withNames)
    title = reader.title
    paragraphs = reader.now + reader.people + reader.messages + reader.contributions + reader.roomScreen
  }

  /// All of it as lines of text; control characters are shown, never obeyed.
  public var text: String {
    ([title] + paragraphs.map(\.text)).map { line in
      TextWidth.cells(line).map(\.0).joined() + "\n"
    }.joined()
  }

  /// Reads the parts from a session.
  private struct Reader {
    let session: Session
    let number: Int
    let moment: Moment
    let language: Language
    let withNames: Bool

    var table: Table? { session.tables.first { $0.number == number } }

    var title: String {
      let (date, minute) = session.zone.local(moment)
      let name = table?.name.map { " · \($0)" } ?? ""
      return
        "\(Texts.table(number)[language])\(name) · \(date.short(in: language)) \(clockText(minute: minute))"
    }

    func heading(_ phrase: Phrase) -> [Paragraph] {
      [Paragraph(text: "", role: .text), Paragraph(text: phrase[language], role: .title)]
    }

    func body(_ lines: [Paragraph], ifNone: Phrase) -> [Paragraph] {
      lines.isEmpty ? [Paragraph(text: "  " + ifNone[language], role: .dim)] : lines
    }

    /// What ran, its question, and how this table was doing.
    var now: [Paragraph] {
      var lines: [Paragraph] = []
      if let item = session.currentItem, let reading = session.itemClock(at: moment) {
        let left = minutesAndSeconds(left: reading.remaining)
        let state = reading.isPaused ? Texts.paused[language] : Texts.remaining[language]
        lines.append(
          Paragraph(text: "\(item.title) · \(item.phase.name[language]) · \(left) \(state)", role: .strong))
        if let question = item.question { lines.append(Paragraph(text: question, role: .strong)) }
      } else {
        let status = session.flow.status == .closed ? Texts.closed : Texts.prepared
        lines.append(Paragraph(text: status[language], role: .strong))
      }
      if let since = session.help[number] {
        let text = Phrase(
          nl: "! vraagt hulp sinds \(session.zone.clock(since))",
          en: "! asks for help since \(session.zone.clock(since))")
        lines.append(Paragraph(text: text[language], role: .alarm))
      }
      if session.flow.slot?.table == number {
        lines.append(
          Paragraph(text: Phrase(nl: "is aan het woord", en: "has the floor")[language], role: .notice))
      }
      return lines
    }

    var people: [Paragraph] {
      let seated = session.shownSeating
      let ids = seated?.seating.tables[number] ?? []
      let lines = ids.compactMap { session.participant($0) }.map { person in
        let presence = session.presence(of: person.id)
        let words =
          [withNames ? person.name : person.id, person.group, person.organisation]
          .compactMap { $0 } + (presence == .present ? [] : [Texts.presence(presence)[language]])
        return Paragraph(
          text: "  " + words.joined(separator: " · "), role: presence == .absent ? .dim : .text)
      }
      let round = seated.map { " · " + Texts.round($0.round, of: session.rounds)[language] } ?? ""
      let title = Phrase(nl: "Wie er zat", en: "Who sat there")[language] + round
      return heading(Phrase(same: title))
        + body(lines, ifNone: seated == nil ? Texts.tablesNotDrawn : Phrase(nl: "niemand", en: "nobody"))
    }

    var messages: [Paragraph] {
      let lines = session.messages.filter { $0.tables.isEmpty || $0.tables.contains(number) }.map {
        Paragraph(text: "  \(session.zone.clock($0.at)) \(flat($0.text))", role: .text)
      }
      return heading(Phrase(nl: "Berichten aan deze tafel", en: "Messages to this table"))
        + body(lines, ifNone: Phrase(nl: "nog geen", en: "none yet"))
    }

    var contributions: [Paragraph] {
      let own = session.contributions.filter { $0.table == number }
      let count = own.count { !$0.isWithdrawn }
      let title = Phrase(nl: "Eigen bijdragen · \(count)", en: "Its contributions · \(count)")
      return heading(title) + body(own.map(line), ifNone: Phrase(nl: "nog geen", en: "none yet"))
    }

    var roomScreen: [Paragraph] {
      let shown = session.contributions.filter { $0.isShown && !$0.isWithdrawn }
      return heading(Phrase(nl: "Op het zaalscherm", en: "On the room's screen"))
        + body(
          shown.map { contribution in
            let place = contribution.table.map { "T\($0) " } ?? ""
            var paragraph = line(contribution)
            paragraph.text = "  " + place + paragraph.text.drop { $0 == " " }
            return paragraph
          }, ifNone: Phrase(nl: "niets", en: "nothing"))
    }

    /// A contribution as it was then, with a sign where it had been changed or withdrawn.
    func line(_ contribution: Contribution) -> Paragraph {
      let kind = session.kind(contribution.kind)?.name[language] ?? contribution.kind
      let signs = (contribution.isWithdrawn ? "× " : "") + (contribution.amendments > 0 ? "~ " : "")
      return Paragraph(
        text: "  \(session.zone.clock(contribution.at)) \(kind): \(signs)\(flat(contribution.text))",
        role: contribution.isWithdrawn ? .dim : .text)
    }

    /// A text of several lines in one.
    func flat(_ text: String) -> String { TextWidth.oneLine(text) }
  }
}
