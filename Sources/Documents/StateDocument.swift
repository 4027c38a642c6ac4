import Conference
import Ground

/// The state of a conference at one moment, for programs and for the operator's own eyes.
///
/// Sensitive contributions are in it: it is a view of the record, not a document to give away.
public enum StateDocument {
  /// Returns the state of `session` as one JSON object.
  ///
  /// `moment` is the moment at which the clocks are read; one before the last event counts as that event's.
  /// Moments are RFC 3339 text in UTC, lengths whole seconds; members without a value are null. Print it
  /// with `printableText`.
  public static func json(_ session: Session, at moment: Moment, withNames: Bool) -> JSON {
    let reading = session.clock(at: moment)
    let phase = session.currentItem?.phase
    let seated = session.shownSeating?.round
    let state: JSON = [
      "document": "state", "version": 1, "seq": .int(session.lastSeq), "at": .moment(moment),
      "local_time": .string(session.zone.rfc3339(moment)), "zone": .string(session.zone.name),
      "status": .string(session.flow.status.rawValue), "title": .orNull(session.plan?.title),
      "phase": .orNull(phase?.rawValue), "item": item(session), "clock": clock(session, reading),
      "agenda": session.agendaJSON(reading, withNames: withNames), "seated_round": .orNull(seated),
      "tables": .array(tables(session, round: seated, withNames: withNames)),
      "contributions": .array(session.contributions.map { session.json($0, withNames: withNames) }),
      "orders": session.ordersJSON(of: session.contributions),
      "themes": session.themesJSON(of: session.contributions), "ladders": session.laddersJSON,
      "ballots": session.ballotsJSON { _ in true },
      "hearing": session.hearingJSON, "messages": session.messagesJSON,
      "markers": session.markersJSON, "participants": session.participantCountsJSON,
    ]
    return state.adding(earlierMeetings(session) + session.gapsJSON + session.sealJSON)
  }

  /// The earlier meetings of the traject, by numbers alone; left out where there were none.
  private static func earlierMeetings(_ session: Session) -> [JSON.Member] {
    guard !session.earlierMeetings.isEmpty else { return [] }
    let meetings = session.earlierMeetings.map { meeting -> JSON in
      [
        "id": .string(meeting.id), "title": .string(meeting.title), "date": .orNull(meeting.date?.text),
        "participants": .int(meeting.people.count), "rounds": .int(meeting.rounds.count),
      ]
    }
    return [JSON.Member("earlier_meetings", .array(meetings))]
  }

  private static func item(_ session: Session) -> JSON {
    guard let index = session.flow.current, let item = session.currentItem else { return .null }
    return [
      "id": .string(item.id), "index": .int(index), "title": .string(item.title),
      "question": .orNull(item.question), "round": .orNull(session.round(of: index)),
    ]
  }

  /// The clocks; those of the item are null where none runs.
  private static func clock(_ session: Session, _ reading: ClockReading) -> JSON {
    let item = reading.item
    let digits = item.map { lengths(planned: $0.planned, elapsed: $0.elapsed) } ?? lengthsOfNothing
    let slot = reading.slot.map { slot in
      JSON.object(
        [JSON.Member("table", .int(slot.table))] + lengths(planned: slot.planned, elapsed: slot.elapsed))
    }
    return .object(digits).adding([
      JSON.Member("paused", .bool(item?.isPaused ?? false)),
      JSON.Member("warning", warning(item?.warning)), JSON.Member("slot", slot ?? .null),
      JSON.Member("day", session.dayJSON(reading.day)),
    ])
  }

  /// A length with what has run of it; the parts add up to the whole also after rounding to seconds.
  private static func lengths(planned: Interval, elapsed: Interval) -> [JSON.Member] {
    let whole = Int(planned.floorDivided(by: 1000))
    let spent = Int(elapsed.floorDivided(by: 1000))
    return [
      JSON.Member("planned_seconds", .int(whole)), JSON.Member("elapsed_seconds", .int(spent)),
      JSON.Member("remaining_seconds", .int(whole - spent)), JSON.Member("over", .bool(spent > whole)),
    ]
  }

  private static let lengthsOfNothing = [
    JSON.Member("planned_seconds", .null), JSON.Member("elapsed_seconds", .null),
    JSON.Member("remaining_seconds", .null), JSON.Member("over", false),
  ]

  private static func warning(_ stage: WarningStage?) -> JSON {
    guard let stage else { return .null }
    let (name, seconds): (String, Int?) =
      switch stage {
      case .halfTime: ("half_time", nil)
      case .left(let seconds): ("left", seconds)
      case .end: ("end", nil)
      case .over(let seconds): ("over", seconds)
      }
    return ["stage": .string(name), "seconds": .orNull(seconds), "words": .phrase(stage.phrase)]
  }

  private static func tables(_ session: Session, round: Int?, withNames: Bool) -> [JSON] {
    let figures = Figures(session)
    let groups = session.groupNames
    return session.tables.map { table in
      let people = round.map { session.people(at: table.number, round: $0) } ?? []
      let present = Set(people.compactMap(\.group))
      return [
        "number": .int(table.number), "name": .orNull(table.name), "seats": .int(table.seats),
        "members": .array(people.map { member($0, session, withNames: withNames) }),
        // A table at which nobody sits lacks no group: it is not in use.
        "missing_groups": .strings(people.isEmpty ? [] : groups.filter { !present.contains($0) }),
        "contributions": .int(figures.count(.table(table.number))),
        "help_asked_at": .moment(session.help[table.number]),
      ]
    }
  }

  private static func member(_ person: Participant, _ session: Session, withNames: Bool) -> JSON {
    [
      "id": .string(person.id), "name": .orNull(withNames ? person.name : nil),
      "group": .orNull(person.group), "organisation": .orNull(person.organisation),
      "presence": .string(session.presence(of: person.id).rawValue),
    ]
  }
}
