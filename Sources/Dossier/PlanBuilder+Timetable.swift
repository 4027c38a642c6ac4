import Conference
import Ground

/// Checks that the agenda can be held: its order, its lengths and its fixed times.
extension PlanBuilder {
  mutating func checkAgenda(_ plan: Plan, agendaLine: Int?, endLine: Int?) {
    checkLengths()
    if lengthsAreKnown, tablesAreKnown { checkReportBack(tables: plan.tables.count) }
    guard phasesAreKnown else { return }
    checkOrder(agendaLine: agendaLine)
    if lengthsAreKnown { checkTimetable(plan, endLine: endLine) }
  }

  private mutating func checkLengths() {
    for (item, line) in items.map({ ($0.item, $0.line) })
    where item.phase != .changeover && item.seconds < 300 {
      guard lengthsAreKnown else { return }
      findings.notice(
        line,
        Phrase(
          nl: "\(quoted(item.title)) duurt maar \(TimeText.length(item.seconds).nl)",
          en: "\(quoted(item.title)) lasts only \(TimeText.length(item.seconds).en)"),
        mend: Phrase(nl: "reken ten minste 5 minuten", en: "allow at least 5 minutes"))
    }
  }

  private mutating func checkReportBack(tables: Int) {
    for (item, line) in items.map({ ($0.item, $0.line) }) where item.phase == .reportBack {
      guard let slot = item.slotSeconds, slot * tables > item.seconds else { continue }
      let (one, sum, planned) = (
        TimeText.length(slot), TimeText.length(slot * tables), TimeText.length(item.seconds)
      )
      findings.error(
        line,
        Phrase(
          nl: "\(tables) tafels × \(one.nl) = \(sum.nl), meer dan de \(planned.nl) van dit onderdeel",
          en: "\(tables) tables × \(one.en) = \(sum.en), more than the \(planned.en) of this item"),
        mend: Phrase(
          nl: "maak het onderdeel \(sum.nl) of geef elke tafel minder tijd",
          en: "make the item \(sum.en) or give each table less time"))
    }
  }

  private mutating func checkOrder(agendaLine: Int?) {
    var main: Phase?
    for (item, line) in items.map({ ($0.item, $0.line) }) {
      let word = item.phase.phrase
      if !Phase.mayFollow(item.phase, after: main) {
        let possible = Phase.allCases.filter { Phase.mayFollow($0, after: main) }
        let before = main.map(\.phrase)
        findings.error(
          line,
          Phrase(
            nl: before.map { "na \($0.nl) kan geen \(word.nl) komen" }
              ?? "de agenda kan niet beginnen met \(word.nl)",
            en: before.map { "no \(word.en) can come after \($0.en)" }
              ?? "the agenda cannot start with \(word.en)"),
          mend: Phrase(
            nl: "hier kan: \(possible.map(\.phrase.nl).joined(separator: ", "))",
            en: "what can stand here: \(possible.map(\.phrase.en).joined(separator: ", "))"))
      }
      if item.phase.isMain { main = item.phase }
    }
    if !items.contains(where: { $0.item.phase == .closing }) {
      findings.error(
        items.last?.line ?? agendaLine,
        Phrase(nl: "de agenda heeft geen afsluiting", en: "the agenda has no closing"),
        mend: Phrase(
          nl: "zet aan het eind een onderdeel “fase: afsluiting”",
          en: "put an item “phase: closing” at the end"))
    }
  }

  private mutating func checkTimetable(_ plan: Plan, endLine: Int?) {
    let day = Day(plan)
    // Seconds after the first day's midnight; nil until a start or a fixed time is known.
    var now = plan.startMinute.map { day.seconds(LocalTime(minute: $0)) }
    var lastFixed: LocalTime? = plan.startMinute.map { LocalTime(minute: $0) }
    var closed: Int?
    for (item, line) in items.map({ ($0.item, $0.line) }) {
      if let fixed = item.fixedStart {
        let start = day.seconds(fixed)
        if let earlier = lastFixed, start < day.seconds(earlier) {
          let (a, b) = (TimeText.clock(fixed), TimeText.clock(earlier))
          findings.error(
            line,
            Phrase(
              nl: "\(quoted(item.title)) begint om \(a.nl), maar daarvóór staat al \(b.nl)",
              en: "\(quoted(item.title)) starts at \(a.en), but \(b.en) comes before it"),
            mend: Phrase(
              nl:
                "zet de onderdelen op volgorde; is het de volgende dag, schrijf dan “dag \(earlier.day + 2) \(clockText(minute: fixed.minute))”",
              en:
                "put the items in order; if it is the next day, write “day \(earlier.day + 2) \(clockText(minute: fixed.minute))”"
            ))
        } else if let now, start < now {
          let (a, b, over) = (
            TimeText.clock(fixed), TimeText.clock(day.local(now)), TimeText.length(now - start)
          )
          findings.error(
            line,
            Phrase(
              nl: "\(quoted(item.title)) begint om \(a.nl), maar wat ervoor komt duurt tot \(b.nl)",
              en: "\(quoted(item.title)) starts at \(a.en), but what comes before lasts until \(b.en)"),
            mend: Phrase(
              nl: "maak de onderdelen ervoor samen \(over.nl) korter of laat dit later beginnen",
              en: "make the items before it \(over.en) shorter together or start this one later"))
        }
        lastFixed = fixed
        now = max(start, now ?? start)
      }
      now = now.map { $0 + item.seconds }
      // Drinks after the closing may run on past the end.
      if item.phase == .closing { closed = now }
    }
    guard let end = plan.end, let over = closed ?? now else { return }
    let limit = day.seconds(end)
    if let start = plan.startMinute, limit <= day.seconds(LocalTime(minute: start)) {
      findings.error(
        endLine, Phrase(nl: "het einde ligt niet na het begin", en: "the end is not after the start"),
        mend: Phrase(
          nl: "loopt het door na middernacht, schrijf dan “dag 2 \(clockText(minute: end.minute))”",
          en: "if it runs past midnight, write “day 2 \(clockText(minute: end.minute))”"))
    } else if over > limit {
      let (a, b, length) = (
        TimeText.clock(day.local(over)), TimeText.clock(end), TimeText.length(over - limit)
      )
      findings.error(
        endLine,
        Phrase(
          nl: "de agenda duurt tot \(a.nl), maar het einde is \(b.nl)",
          en: "the agenda lasts until \(a.en), but the end is \(b.en)"),
        mend: Phrase(
          nl: "maak de onderdelen samen \(length.nl) korter",
          en: "make the items \(length.en) shorter together"))
    }
  }
}

/// Counts time from the first day's midnight, over a change to or from summer time where the date is known.
private struct Day {
  let date: CalendarDate
  let zone: Zone
  let midnight: Moment

  init(_ plan: Plan) {
    let none = CalendarDate(daysSince1970: 0)
    date = plan.date ?? none
    let noon = Moment(milliseconds: Int64(date.daysSince1970) * 86_400_000 + .minutes(720))
    zone = plan.date == nil ? .utc : Zone(named: plan.zoneName, around: noon) ?? .utc
    midnight = zone.moment(date: date, minute: 0)
  }

  func seconds(_ time: LocalTime) -> Int {
    Int(
      (zone.moment(date: CalendarDate(daysSince1970: date.daysSince1970 + time.day), minute: time.minute)
        - midnight) / 1000)
  }

  func local(_ seconds: Int) -> LocalTime {
    let (day, minute) = zone.local(midnight + .seconds(seconds))
    return LocalTime(day: day.daysSince1970 - date.daysSince1970, minute: minute)
  }
}
