import Conference
import Ground

extension Export {
  /// The whole conference as one object.
  ///
  /// The shape, version 1: `conference` (what was planned), `agenda`, `day`, `tables`, `participants`,
  /// `seatings` (by round from 1, tables with participants' ids), `contributions` (`held_back` counts those
  /// left out), `orders` (by table), `themes`, `ladders`, `ballots` (results of
  /// closed ones), `hearing` (by group), `messages`, `markers`, `counts`; of a closed conference also `seal`, of a
  /// damaged record `gaps`, and where other programs wrote in it `foreign`. Moments are RFC 3339 text in UTC, lengths whole
  /// seconds, ids those of the record. Later versions only add members; a member never changes its meaning.
  public var json: JSON {
    let whole: JSON = [
      "document": "export", "version": 1, "seq": .int(session.lastSeq), "at": .moment(reading.now),
      "status": .string(session.flow.status.rawValue), "with_names": .bool(withNames),
      "with_sensitive": .bool(withSensitive), "conference": conference,
      "agenda": session.agendaJSON(reading, withNames: withNames), "day": session.dayJSON(reading.day),
      "tables": .array(session.tables.map(table)),
      "participants": .array(session.participants.map(participant)), "seatings": .array(seatings),
      "held_back": .int(heldBack),
      "contributions": .array(contributions.map { session.json($0, withNames: withNames) }),
      "orders": session.ordersJSON(of: contributions), "themes": session.themesJSON(of: contributions),
      "ladders": session.laddersJSON, "ballots": session.ballotsJSON(options: isTold),
      "hearing": session.hearingJSON, "messages": session.messagesJSON,
      "markers": session.markersJSON, "counts": counts,
    ]
    return whole.adding(session.sealJSON + session.gapsJSON + foreignJSON)
  }

  /// The lines of other programs; their payloads, as text just as they were written, only where names and
  /// sensitivities are asked for: nobody here knows what is in them.
  private var foreignJSON: [JSON.Member] {
    guard !foreign.isEmpty else { return [] }
    let told = foreign.map { line -> JSON in
      [
        "seq": .int(line.seq), "at": .moment(line.at), "type": .string(line.type), "by": .string(line.by),
        "v": .int(line.version), "data": .orNull(withNames && withSensitive ? line.payload.text : nil),
      ]
    }
    return [JSON.Member("foreign", .array(told))]
  }

  private var conference: JSON {
    guard let plan = session.plan else { return .null }
    return [
      "title": .string(plan.title), "motto": .orNull(plan.motto), "session_type": .orNull(plan.sessionType),
      "language": .string(plan.language.rawValue), "date": .orNull(plan.date?.text),
      "zone": .string(plan.zoneName),
      "facts": .array(plan.facts.map { ["name": .string($0.name), "value": .string($0.value)] }),
      "groups": .strings(session.groupNames),
      "kinds": .array(
        session.kindsInUse.map {
          [
            "id": .string($0.id), "nl": .string($0.name.nl), "en": .string($0.name.en),
            "sensitive": .bool($0.isSensitive),
          ]
        }),
    ]
  }

  private func table(_ table: Table) -> JSON {
    [
      "number": .int(table.number), "name": .orNull(table.name), "seats": .int(table.seats),
      "features": .strings(table.features),
    ]
  }

  private func participant(_ person: Participant) -> JSON {
    [
      "id": .string(person.id), "name": .orNull(withNames ? person.name : nil),
      "group": .orNull(person.group), "organisation": .orNull(person.organisation),
      "municipality": .orNull(person.municipality),
      "presence": .string(session.presence(of: person.id).rawValue),
      "attributes": withNames ? .attributes(person.attributes) : .null,
    ]
  }

  private var seatings: [JSON] {
    (1...max(1, session.rounds)).compactMap { round in
      session.seating(round: round).map { seating in
        let tables = seating.tables.keys.sorted().map { number -> JSON in
          ["table": .int(number), "people": .strings(seating.tables[number] ?? [])]
        }
        return [
          "round": .int(round), "engine": .string(seating.drawing.engine), "seed": .int(seating.drawing.seed),
          "tables": .array(tables),
        ]
      }
    }
  }

  /// What came from the room and from surveys, those held back among them, withdrawn ones left out (S0.12).
  private var counts: JSON {
    let figures = Figures(session)
    func perKind(_ count: (String) -> Int) -> JSON {
      .object(session.kindsInUse.map { JSON.Member($0.id, .int(count($0.id))) })
    }
    return [
      "participants": session.participantCountsJSON, "contributions": .int(figures.room()),
      "survey_answers": .int(figures.surveys()), "withdrawn": .int(figures.withdrawn),
      "merged": .int(figures.merged), "per_kind": perKind { figures.room(kind: $0) },
      "per_table": .array(
        session.tables.map { table in
          [
            "table": .int(table.number), "contributions": .int(figures.count(.table(table.number))),
            "per_kind": perKind { figures.count(.table(table.number), kind: $0) },
          ]
        }),
      "groups_heard": .strings(session.groupNames.filter(figures.groupsHeard.contains)),
    ]
  }
}
