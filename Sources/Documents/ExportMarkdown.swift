import Conference
import Ground

// The record of the day for people (verslag), in Markdown. This file has its order and its first, general
// part; the sections on tables and contributions have files of their own.

extension Export {
  /// A readable record of the day.
  ///
  /// What people wrote is escaped: it never becomes structure, a link or HTML. Withdrawn contributions are
  /// counted, not shown. A section without content is left out.
  var markdown: String {
    let sections: [[String]] = [
      heading, gapsSection, facts, numbers, questions, agenda, seatingSection, yield, surveySection,
      themesSection,
      kindSections, ballotsSection, laddersSection, hearingSection, messagesSection, markersSection, seal,
      colophon,
    ]
    return sections.flatMap(\.self).joined(separator: "\n\n") + "\n"
  }

  /// The day on which the conference began, else the one for which it is planned.
  var firstDay: CalendarDate {
    session.flow.visits.first.map { session.zone.local($0.started).date } ?? session.plan?.date
      ?? session.zone.local(reading.now).date
  }

  private var heading: [String] {
    let title = "# " + (session.plan?.title ?? say("Conferentie", "Conference")).markdown
    let motto = session.plan?.motto.map { "*\($0.markdown)*" }
    let type = (session.plan?.sessionType ?? say("werkconferentie", "working conference")).markdown
    let day = firstDay.phrase[language]
    let intro: String =
      switch session.flow.status {
      case .prepared:
        say("Verslag van de \(type), nog niet begonnen.", "Record of the \(type), not begun yet.")
      case .running:
        say(
          "Voorlopig verslag van de \(type) van \(day), stand van \(clock(reading.now)).",
          "Provisional record of the \(type) of \(day), as it stood at \(clock(reading.now)).")
      case .closed: say("Verslag van de \(type) van \(day).", "Record of the \(type) of \(day).")
      }
    return [title, motto, intro].compactMap(\.self)
  }

  /// The fact sheet (S4.15).
  private var facts: [String] {
    let facts = session.plan?.facts ?? []
    return section(
      say("Gegevens", "Facts"), facts.map { "- **\($0.name.markdown):** \($0.value.markdown(indent: 2))" })
  }

  /// How much dialogue there was (S0.12) and who was heard (S4.10).
  private var numbers: [String] {
    let figures = Figures(session)
    let present = session.participants.count { session.presence(of: $0.id) == .present }
    let heard = session.groupNames.filter(figures.groupsHeard.contains)
    let unheard = session.groupNames.filter { !figures.groupsHeard.contains($0) }
    let silent = session.tables.filter { !figures.active.contains(.table($0.number)) }
    let tables = session.tables.count
    var lines = [
      say(
        "- Deelnemers: \(session.participants.count) op de lijst, \(present) aanwezig",
        "- Participants: \(session.participants.count) on the list, \(present) present"),
      say("- Bijdragen uit de zaal: \(figures.room())", "- Contributions from the room: \(figures.room())"),
    ]
    lines += figures.sources.map { source in
      let count = figures.count(.source(source))
      return say("- Vooraf (\(source.markdown)): \(count)", "- Beforehand (\(source.markdown)): \(count)")
    }
    if tables > 0 {
      lines.append(
        say(
          "- Tafels met inbreng: \(tables - silent.count) van \(tables)",
          "- Tables that contributed: \(tables - silent.count) of \(tables)"))
    }
    if !session.groupNames.isEmpty {
      lines.append(
        say(
          "- Groepen aan een tafel met inbreng: \(heard.count) van \(session.groupNames.count)",
          "- Groups at a table that contributed: \(heard.count) of \(session.groupNames.count)"))
    }
    if !unheard.isEmpty, session.flow.status != .prepared {
      let names = list(unheard)
      lines.append(
        session.flow.status == .closed
          ? say("- Niet aan een tafel met inbreng: \(names)", "- At no table that contributed: \(names)")
          : say("- Nog niet gehoord: \(names)", "- Not heard yet: \(names)"))
    }
    return section(say("In cijfers", "In numbers"), lines)
  }

  private var questions: [String] {
    let asked = session.items.compactMap { item in
      item.question.map { "- **\(item.title.markdown):** \($0.markdown(indent: 2))" }
    }
    return section(say("Wat er is gevraagd", "What was asked"), asked)
  }

  // MARK: - The agenda

  private var agenda: [String] {
    let heading = [
      say("Onderdeel", "Item"), say("Fase", "Phase"), say("Gepland", "Planned"), say("Werkelijk", "Actual"),
      say("Min gepland", "Min planned"), say("Min werkelijk", "Min actual"), say("Verschil", "Difference"),
    ]
    let rows = zip(session.items.indices, reading.day.items).map(agendaRow)
    guard !rows.isEmpty else { return [] }
    let day = reading.day
    let drift = [day.driftPhrase(in: session), day.causePhrase(in: session)].compactMap {
      $0?[language].markdown
    }
    let planned = clock(day.plannedEnd)
    let end = clock(day.expectedEnd)
    let isOver = session.flow.status == .closed
    let summary =
      isOver
      ? say("Gepland einde \(planned), werkelijk einde \(end)", "Planned end \(planned), actual end \(end)")
      : say("Gepland einde \(planned), verwacht einde \(end)", "Planned end \(planned), expected end \(end)")
    return [
      "## " + say("Programma", "Agenda"), markdownTable(heading, rows, numbersFrom: 4),
      "\(summary): \(drift.joined(separator: ", ")).",
    ]
  }

  private func agendaRow(_ index: Int, _ forecast: DayReading.Forecast) -> [String] {
    let item = session.items[index]
    let title = ([item.title] + [withNames ? item.speaker : nil].compactMap(\.self)).map(\.markdown).joined(
      separator: ", ")
    let gaps = gaps(in: item.id).map { " (\($0.gap.brief[language].markdown))" }.joined()
    let planned = "\(clock(forecast.plannedStart))–\(clock(forecast.plannedEnd))"
    let times = "\(clock(forecast.start))–\(clock(forecast.end))"
    let plannedMinutes = Interval.seconds(item.seconds).roundedMinutes
    let spent = session.actual(index, at: reading.now).whole.roundedMinutes
    let (time, minutes, difference): (String, String, String) =
      switch forecast.state {
      case .done:
        (times, String(spent), signed(spent - plannedMinutes))
      case .running:
        (say("sinds \(clock(forecast.start))", "since \(clock(forecast.start))"), String(spent), "")
      case .ahead: (say("verwacht \(times)", "expected \(times)"), "", "")
      case .skipped: (say("overgeslagen", "skipped"), "", "")
      }
    return [
      title + gaps, item.phase.name[language], planned, time, String(plannedMinutes), minutes, difference,
    ]
  }

  // MARK: - The end

  private var messagesSection: [String] {
    let messages = session.messages.map { message in
      let tables = message.tables.map(String.init).joined(separator: ", ")
      let to =
        tables.isEmpty
        ? say("aan alle tafels", "to all tables") : say("aan tafel \(tables)", "to table \(tables)")
      return "- \(clock(message.at)) \(to): \(message.text.markdown(indent: 2))"
    }
    return section(say("Berichten", "Messages"), messages)
  }

  private var markersSection: [String] {
    section(
      say("Momenten", "Moments"),
      session.markers.map { "- \(clock($0.at)) \($0.text.markdown(indent: 2))" })
  }

  /// The seal, once the conference was closed, and how to check it.
  private var seal: [String] {
    guard let seal = session.closingSeal else { return [] }
    return section(
      say("Zegel van het naslagwerk", "Seal of the record"),
      [
        "- SHA-256: `\(seal.sha256)`", "- " + say("Nagaan: ", "Check: ") + "`\(seal.command)`",
        "- \(ClosingSeal.purpose[language])",
      ])
  }

  /// What was left out and from which part of the record it was made.
  private var colophon: [String] {
    let withdrawn = contributions.count(where: \.isWithdrawn)
    var lines: [String] = []
    if heldBack > 0 {
      let count = counted(
        heldBack, one: Phrase(nl: "gevoelige bijdrage is", en: "sensitive contribution is"),
        many: Phrase(nl: "gevoelige bijdragen zijn", en: "sensitive contributions are"))[language]
      lines.append(say("\(count) weggelaten.", "\(count) left out."))
    }
    if withdrawn > 0 {
      let count = counted(
        withdrawn, one: Phrase(nl: "bijdrage is", en: "contribution was"),
        many: Phrase(nl: "bijdragen zijn", en: "contributions were"))[language]
      lines.append(
        say("\(count) ingetrokken en hier niet getoond.", "\(count) withdrawn and not shown here."))
    }
    let merged = contributions.count { $0.mergedInto != nil && !$0.isWithdrawn }
    if merged > 0 {
      let count = counted(
        merged, one: Phrase(nl: "bijdrage is", en: "contribution was"),
        many: Phrase(nl: "bijdragen zijn", en: "contributions were"))[language]
      lines.append(
        say(
          "\(count) samengevoegd met een andere en staat daaronder.",
          "\(count) merged into another and stands below it."))
    }
    if !withNames {
      lines.append(say("Namen van deelnemers zijn weggelaten.", "Participants’ names are left out."))
    }
    let at = session.zone.dateAndTime(session.lastAt)
    lines.append(
      say(
        "Gemaakt met Beraad uit het logboek tot en met regel \(session.lastSeq) (\(at)).",
        "Made with Beraad from the record up to line \(session.lastSeq) (\(at))."))
    return ["---", lines.joined(separator: "\n")]
  }

  // MARK: - Pieces

  /// A heading with one block of lines below it, or nothing where there are no lines.
  func section(_ title: String, _ lines: [String], level: Int = 2) -> [String] {
    guard !lines.isEmpty else { return [] }
    return [String(repeating: "#", count: level) + " " + title, lines.joined(separator: "\n")]
  }

  /// The wall-clock time at `moment`, with the number of days since the first where it is another day (S3.1).
  func clock(_ moment: Moment) -> String { session.zone.clock(moment, first: firstDay) }

  /// Names separated by commas, safe in Markdown.
  func list(_ names: [String]) -> String { names.map(\.markdown).joined(separator: ", ") }
}

/// Returns a number with its sign: `+4`, `-3`, `0`.
func signed(_ number: Int) -> String { number > 0 ? "+\(number)" : String(number) }
