import Conference
import Ground

/// A conference on half a page: phases with planned and actual minutes, and what came in where.
public struct Summary: Sendable {
  private let session: Session
  private let reading: ClockReading
  private let figures: Figures

  /// Creates the summary of `session` with its clocks as in `reading`.
  public init(session: Session, reading: ClockReading) {
    self.session = session
    self.reading = reading
    figures = Figures(session)
  }

  /// Returns the summary as plain text, safe to print on a terminal.
  public func text(_ language: Language) -> String {
    let title = (session.plan?.title ?? "").oneLine
    let parts = [title, agenda(language), day(language), table(language), totals(language)]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  /// The summary for programs; lengths in whole seconds, members without a value null.
  public var json: JSON {
    let rows = places.map { place -> JSON in
      let (name, number): (String, Int?) =
        switch place {
        case .table(let number): ("table", number)
        case .plenary: ("plenary", nil)
        case .source(let source): (source, nil)
        }
      return [
        "place": .string(name), "survey": .bool(!place.isInRoom), "table": .orNull(number),
        "contributions": .int(figures.count(place)),
        "per_kind": .object(kinds.map { JSON.Member($0.id, .int(figures.count(place, kind: $0.id))) }),
      ]
    }
    return [
      "document": "summary", "version": 1, "seq": .int(session.lastSeq), "at": .moment(reading.now),
      "title": .orNull(session.plan?.title), "status": .string(session.flow.status.rawValue),
      "agenda": session.agendaJSON(reading, withNames: false), "day": session.dayJSON(reading.day),
      "places": .array(rows), "contributions": .int(figures.room()),
      "survey_answers": .int(figures.surveys()), "withdrawn": .int(figures.withdrawn),
      "participants": session.participantCountsJSON,
    ]
  }

  // MARK: - The parts

  private func agenda(_ language: Language) -> String {
    guard !session.items.isEmpty else { return "" }
    let heading = [
      Phrase(nl: "Onderdeel", en: "Item"), Phrase(nl: "fase", en: "phase"),
      Phrase(nl: "gepland", en: "planned"), Phrase(nl: "werkelijk", en: "actual"),
      Phrase(nl: "verschil", en: "difference"),
    ].map { $0[language] }
    let rows = zip(session.items.indices, reading.day.items).map { index, forecast in
      let item = session.items[index]
      let planned = Interval.seconds(item.seconds).roundedMinutes
      let spent = session.actual(index, at: reading.now).whole.roundedMinutes
      let isOver = forecast.state == .done
      let hasBegun = isOver || forecast.state == .running
      return [
        item.title.oneLine.shortened(to: 40), item.phase.name[language], "\(planned) min",
        hasBegun ? "\(spent) min" : forecast.state == .skipped ? skipped[language] : "–",
        isOver ? signed(spent - planned) : "",
      ]
    }
    return aligned([heading] + rows, names: 2)
  }

  private var skipped: Phrase { Phrase(nl: "overgeslagen", en: "skipped") }

  private func day(_ language: Language) -> String {
    let day = reading.day
    let phrases = [day.driftPhrase(in: session), day.causePhrase(in: session)].compactMap {
      $0?[language].oneLine
    }
    let (planned, end) = (session.zone.clock(day.plannedEnd), session.zone.clock(day.expectedEnd))
    let isOver = session.flow.status == .closed
    let times =
      isOver
      ? Phrase(
        nl: "Gepland einde \(planned), werkelijk \(end)", en: "Planned end \(planned), actual \(end)")
      : Phrase(nl: "Gepland einde \(planned), verwacht \(end)", en: "Planned end \(planned), expected \(end)")
    return "\(times[language]): \(phrases.joined(separator: ", "))."
  }

  /// The tables, the plenary and the surveys: all places that can bring something forward.
  private var places: [Figures.Place] {
    session.tables.map { .table($0.number) } + [.plenary] + figures.sources.map { .source($0) }
  }

  /// The kinds of which there is at least one.
  private var kinds: [Kind] {
    session.kindsInUse.filter { figures.room(kind: $0.id) + figures.surveys(kind: $0.id) > 0 }
  }

  private func table(_ language: Language) -> String {
    let heading = [Phrase(nl: "Bijdragen", en: "Contributions")[language]]
    func row(_ name: String, _ count: (String?) -> Int) -> [String] {
      [name] + kinds.map { String(count($0.id)) } + [String(count(nil))]
    }
    let kindNames = kinds.map { $0.name[language].oneLine.shortened(to: 16) }
    let head = heading + kindNames + [Phrase(nl: "samen", en: "total")[language]]
    let room = places.filter(\.isInRoom).map { place in
      row(name(place, language)) { figures.count(place, kind: $0) }
    }
    let all = row(Phrase(nl: "Zaal samen", en: "Room total")[language]) { figures.room(kind: $0) }
    let surveys = figures.sources.map { source in
      row(name(.source(source), language)) { figures.count(.source(source), kind: $0) }
    }
    return aligned([head] + room + [all] + surveys)
  }

  private func name(_ place: Figures.Place, _ language: Language) -> String {
    switch place {
    case .table(let number): Phrase(nl: "Tafel \(number)", en: "Table \(number)")[language]
    case .plenary: Phrase(nl: "Plenair", en: "Plenary")[language]
    case .source(let source):
      Phrase(nl: "Vooraf: \(source)", en: "Beforehand: \(source)")[language].oneLine.shortened(to: 24)
    }
  }

  private func totals(_ language: Language) -> String {
    let present = session.participants.count { session.presence(of: $0.id) == .present }
    let room = counted(
      figures.room(), one: Phrase(nl: "bijdrage uit de zaal", en: "contribution from the room"),
      many: Phrase(nl: "bijdragen uit de zaal", en: "contributions from the room"))
    let surveys = counted(
      figures.surveys(), one: Phrase(nl: "antwoord vooraf", en: "answer beforehand"),
      many: Phrase(nl: "antwoorden vooraf", en: "answers beforehand"))
    let withdrawn = Phrase(nl: "\(figures.withdrawn) ingetrokken", en: "\(figures.withdrawn) withdrawn")
    let people = Phrase(
      nl: "\(present) van \(session.participants.count) deelnemers aanwezig",
      en: "\(present) of \(session.participants.count) participants present")
    let themes = session.themes.count { !$0.isWithdrawn }
    let themeCount = counted(
      themes, one: Phrase(nl: "thema", en: "theme"), many: Phrase(nl: "thema’s", en: "themes"))
    return [room, surveys, withdrawn, themeCount, people].map { $0[language] }.joined(separator: "; ") + "."
  }
}
