import Conference
import Ground

// What the state and the export say in the same words. Members that have no value are null, never left out,
// so that a program finds the same members whatever happened.

extension JSON {
  static func orNull(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
  static func orNull(_ number: Int?) -> JSON { number.map { .int($0) } ?? .null }
  static func moment(_ moment: Moment?) -> JSON { moment.map { .string($0.rfc3339) } ?? .null }
  /// Whole seconds, what is begun left out.
  static func seconds(_ length: Interval) -> JSON { .int(Int(length.floorDivided(by: 1000))) }
  static func phrase(_ phrase: Phrase?) -> JSON {
    phrase.map { ["nl": .string($0.nl), "en": .string($0.en)] } ?? .null
  }
  static func attributes(_ attributes: [Participant.Attribute]) -> JSON {
    .array(attributes.map { ["name": .string($0.name), "value": .string($0.value)] })
  }

  func adding(_ members: [Member]) -> JSON { .object((object ?? []) + members) }
}

extension Session {
  /// The closing seal; left out until there is one.
  var sealJSON: [JSON.Member] {
    guard let seal = closingSeal else { return [] }
    return [JSON.Member("seal", ["upto": .int(seal.upto), "sha256": .string(seal.sha256)])]
  }

  /// The agenda's items, each as planned and as it went or is expected; a speaker goes where the names go.
  func agendaJSON(_ reading: ClockReading, withNames: Bool) -> JSON {
    .array(
      zip(items.indices, reading.day.items).map { index, forecast in
        let item = items[index]
        let actual = actual(index, at: reading.now)
        let isSkipped = forecast.state == .skipped
        return [
          "id": .string(item.id), "index": .int(index), "phase": .string(item.phase.rawValue),
          "title": .string(item.title), "question": .orNull(item.question),
          "speaker": .orNull(withNames ? item.speaker : nil),
          "round": .orNull(round(of: index)), "state": .string(forecast.state.rawValue),
          "planned_start": .moment(forecast.plannedStart), "planned_end": .moment(forecast.plannedEnd),
          "expected_start": .moment(isSkipped ? nil : forecast.start),
          "expected_end": .moment(isSkipped ? nil : forecast.end),
          "planned_seconds": .int(item.seconds), "extended_seconds": .int(flow.extensions[index] ?? 0),
          "actual_seconds": .seconds(actual.whole), "paused_seconds": .seconds(actual.paused),
        ]
      })
  }

  /// The day: when it ends, how far it is behind or ahead, and through what.
  func dayJSON(_ day: DayReading) -> JSON {
    let cause: JSON =
      switch day.cause {
      case nil: .null
      case .start: ["kind": "start", "item": .null]
      case .item(let index):
        ["kind": "item", "item": .orNull(items.indices.contains(index) ? items[index].id : nil)]
      }
    return [
      "planned_end": .moment(day.plannedEnd), "expected_end": .moment(day.expectedEnd),
      "drift_seconds": .int(Int(day.drift / 1000)), "drift": .phrase(day.driftPhrase(in: self)),
      "cause": cause, "cause_words": .phrase(day.causePhrase(in: self)),
    ]
  }

  /// A contribution; its origin and an action's owner can point to a person and go where the names go.
  func json(_ contribution: Contribution, withNames: Bool) -> JSON {
    let quote = contribution.quote.map { quote -> JSON in
      ["role": .string(quote.role), "organisation": .orNull(quote.organisation)]
    }
    let rungs = (plan?.ladders ?? []).compactMap { ladder in
      contribution.rungs[ladder.id].map { JSON.Member(ladder.id, .int($0)) }
    }
    return [
      "id": .string(contribution.id), "table": .orNull(contribution.table),
      "item": .orNull(contribution.item), "kind": .string(contribution.kind),
      "text": .string(contribution.text), "source": .orNull(contribution.source),
      "origin": withNames ? .attributes(contribution.origin) : .null,
      "group": .orNull(group(of: contribution)), "theme": .orNull(theme(of: contribution)?.id),
      "parent": .orNull(contribution.parent), "merged_into": .orNull(contribution.mergedInto),
      "sensitive": .bool(isSensitive(contribution)), "quote": quote ?? .null, "rungs": .object(rungs),
      "top": .bool(contribution.isTop), "owner": .orNull(withNames ? contribution.owner : nil),
      "due": .orNull(contribution.due?.text), "withdrawn": .bool(contribution.isWithdrawn),
      "shown": .bool(contribution.isShown), "was_shown": .bool(contribution.wasShown),
      "amendments": .int(contribution.amendments), "at": .moment(contribution.at),
      "by": .string(contribution.by),
    ]
  }

  func themesJSON(of contributions: [Contribution]) -> JSON {
    let byTheme = Dictionary(grouping: contributions.filter(\.stands)) { $0.theme }
    return .array(
      themes.map { theme in
        [
          "id": .string(theme.id), "title": .string(theme.title), "body": .orNull(theme.body),
          "withdrawn": .bool(theme.isWithdrawn),
          "contributions": .strings((byTheme[theme.id] ?? []).map(\.id)),
        ]
      })
  }

  /// Each ladder with how many contributions stand on each of its rungs (S1.8).
  var laddersJSON: JSON {
    .array(
      (plan?.ladders ?? []).map { ladder in
        let rungs = zip(ladder.rungs, rungCounts(of: ladder.id)).map { name, count -> JSON in
          ["name": .string(name), "contributions": .int(count)]
        }
        return ["id": .string(ladder.id), "name": .string(ladder.name), "rungs": .array(rungs)]
      })
  }

  /// Per stakeholder group how it takes part (S4.10).
  var hearingJSON: JSON {
    .array(
      hearing().groups.map { group in
        [
          "group": .string(group.name), "present": .int(group.present), "expected": .int(group.expected),
          "contributions": .int(group.contributions), "survey_answers": .int(group.answers),
          "tables": .ints(group.tables), "heard": .bool(group.isHeard),
        ]
      })
  }

  /// The contributions' ids by table in the table's own order, null for the plenary; `ids` are those told.
  func ordersJSON(of contributions: [Contribution]) -> JSON {
    let ids = Set(contributions.map(\.id))
    let places = [nil] + tables.map { Optional($0.number) }
    return .array(
      places.map { table in
        [
          "table": .orNull(table),
          "ids": .strings(self.contributions(ofTable: table).map(\.id).filter(ids.contains)),
        ]
      })
  }

  var messagesJSON: JSON {
    .array(
      messages.map {
        ["at": .moment($0.at), "tables": .ints($0.tables), "text": .string($0.text)]
      })
  }

  var markersJSON: JSON {
    .array(markers.map { ["at": .moment($0.at), "text": .string($0.text)] })
  }

  /// How many are expected, present and absent, in all and per group; people without a group count under null.
  var participantCountsJSON: JSON {
    func counts(_ people: [Participant]) -> JSON {
      func count(_ state: Presence) -> JSON { .int(people.count { presence(of: $0.id) == state }) }
      return [
        "total": .int(people.count), "expected": count(.expected), "present": count(.present),
        "absent": count(.absent),
      ]
    }
    let named = groupNames.map(Optional.some)
    let all = participants.contains { $0.group == nil } ? named + [nil] : named
    let perGroup = all.map { group in
      counts(participants.filter { $0.group == group }).adding([JSON.Member("group", .orNull(group))])
    }
    return counts(participants).adding([JSON.Member("groups", .array(perGroup))])
  }
}
