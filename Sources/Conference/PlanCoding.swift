import Ground

// How the plan, the people and what they produce stand in payloads. Members that are nil, empty or at
// their default are left out where that says the same.

extension JSON {
  static func attributes(_ attributes: [Participant.Attribute]) -> JSON? {
    attributes.isEmpty
      ? nil : .object(attributes.map { Member($0.name, .string($0.value)) })
  }
  static func text(_ text: String?) -> JSON? { text.map { .string($0) } }
  static func whole(_ number: Int?) -> JSON? { number.map { .int($0) } }
  static func some(_ values: [JSON]) -> JSON? { values.isEmpty ? nil : .array(values) }
}

extension Event.Outline {
  var json: JSON {
    .members([
      "title": .string(plan.title), "motto": .text(plan.motto), "session_type": .text(plan.sessionType),
      "language": .string(plan.language.rawValue),
      "facts": .some(plan.facts.map { ["name": .string($0.name), "value": .string($0.value)] }),
      "date": .text(plan.date?.text), "start": .whole(plan.startMinute), "end": plan.end?.json,
      "zone": zone.json, "zone_name": .string(plan.zoneName),
      "groups": plan.groups.isEmpty ? nil : .strings(plan.groups),
      "kinds": .array(plan.kinds.map(\.json)), "ladders": .some(plan.ladders.map(\.json)),
      "warnings": plan.warnings.json,
    ])
  }

  init(_ fields: Fields) throws(EventError) {
    var plan = Plan(title: try fields.string("title"), items: [])
    plan.motto = try fields.stringIfAny("motto")
    plan.sessionType = try fields.stringIfAny("session_type")
    plan.language = try fields.choice("language")
    plan.facts = try fields.objects("facts") { fields throws(EventError) in
      Plan.Fact(name: try fields.string("name"), value: try fields.string("value"))
    }
    plan.date = try fields.dateIfAny("date")
    plan.startMinute = try fields.intIfAny("start", in: 0...1439)
    plan.end = try LocalTime(fields.objectIfAny("end"))
    plan.zoneName = try fields.string("zone_name")
    plan.groups = try fields.strings("groups")
    plan.kinds = try fields.objects("kinds", Kind.init)
    plan.ladders = try fields.objects("ladders", Ladder.init)
    plan.warnings = try Warnings(fields.object("warnings"))
    self.init(plan: plan, zone: try Zone(fields.object("zone")))
  }
}

extension Zone {
  var json: JSON {
    [
      "name": .string(name), "offset": .int(offset),
      "changes": .array(changes.map { ["at": .string($0.at.rfc3339), "offset": .int($0.offset)] }),
    ]
  }

  init(_ fields: Fields) throws(EventError) {
    self.init(
      name: try fields.string("name"), offset: try fields.int("offset", in: -86_400...86_400),
      changes: try fields.objects("changes") { fields throws(EventError) in
        Change(
          at: try fields.value("at") { $0.string.flatMap { Moment(rfc3339: $0) } },
          offset: try fields.int("offset", in: -86_400...86_400))
      })
  }
}

extension LocalTime {
  var json: JSON { ["day": .int(day), "minute": .int(minute)] }

  init?(_ fields: Fields?) throws(EventError) {
    guard let fields else { return nil }
    self.init(day: try fields.int("day", in: 0...366), minute: try fields.int("minute", in: 0...1439))
  }
}

extension Warnings {
  var json: JSON {
    .members(["half_time": .bool(halfTime), "before": .ints(before), "over_every": .whole(overEvery)])
  }

  init(_ fields: Fields) throws(EventError) {
    self.init(
      halfTime: try fields.bool("half_time"),
      before: try fields.list("before") { $0.int.flatMap { (0...Flow.longest).contains($0) ? $0 : nil } },
      overEvery: try fields.intIfAny("over_every", in: 1...Flow.longest))
  }
}

extension Kind {
  var json: JSON {
    .members([
      "id": .string(id), "nl": .string(name.nl), "en": .string(name.en),
      "key": .text(key.map(String.init)), "sensitive": isSensitive ? true : nil,
    ])
  }

  init(_ fields: Fields) throws(EventError) {
    self.init(
      id: try fields.string("id"),
      name: Phrase(nl: try fields.string("nl"), en: try fields.string("en")),
      key: try fields.stringIfAny("key")?.first,
      isSensitive: try fields.valueIfAny("sensitive", \.bool) ?? false)
  }
}

extension Ladder {
  var json: JSON { ["id": .string(id), "name": .string(name), "rungs": .strings(rungs)] }

  init(_ fields: Fields) throws(EventError) {
    self.init(
      id: try fields.string("id"), name: try fields.string("name"), rungs: try fields.strings("rungs"))
  }
}

extension AgendaItem {
  var json: JSON {
    .members([
      "id": .string(id), "phase": .string(phase.rawValue), "title": .string(title),
      "question": .text(question), "seconds": .int(seconds), "fixed_start": fixedStart?.json,
      "warnings": warnings?.json, "seating": .string(seating.rawValue),
      "slot_seconds": .whole(slotSeconds), "speaker": .text(speaker),
    ])
  }

  init(_ fields: Fields) throws(EventError) {
    self.init(
      id: try fields.string("id"), phase: try fields.choice("phase"), title: try fields.string("title"),
      question: try fields.stringIfAny("question"), seconds: try fields.int("seconds", in: 0...Flow.longest),
      fixedStart: try LocalTime(fields.objectIfAny("fixed_start")),
      warnings: nil, seating: try fields.choice("seating"),
      slotSeconds: try fields.intIfAny("slot_seconds", in: 0...Flow.longest),
      speaker: try fields.stringIfAny("speaker"))
    if let own = try fields.objectIfAny("warnings") { warnings = try Warnings(own) }
  }
}

extension Table {
  var json: JSON {
    .members([
      "table": .int(number), "name": .text(name), "minimum_seats": .int(minimumSeats),
      "seats": .int(seats), "features": features.isEmpty ? nil : .strings(features),
    ])
  }

  init(_ fields: Fields) throws(EventError) {
    self.init(
      number: try fields.int("table"), name: try fields.stringIfAny("name"),
      minimumSeats: try fields.int("minimum_seats"), seats: try fields.int("seats"),
      features: try fields.strings("features"))
  }
}

extension MixingRules {
  var json: JSON {
    .members([
      "attributes": .array(
        attributes.map {
          .members([
            "name": .string($0.name), "kind": .string($0.kind.rawValue), "weight": .int($0.weight),
            "never_alone": $0.neverAlone.isEmpty ? nil : .strings($0.neverAlone),
          ])
        }),
      "keep_apart": .some(keepApart.map { .strings($0) }),
      "keep_together": .some(keepTogether.map { .strings($0) }),
      "pins": .some(
        pins.map {
          .members([
            "id": .string($0.person), "table": .int($0.table),
            "rounds": $0.rounds.isEmpty ? nil : .ints($0.rounds),
          ])
        }),
      "needs": .some(needs.map { ["id": .string($0.person), "features": .strings($0.features)] }),
      "absences": .some(absences.map { ["id": .string($0.person), "rounds": .ints($0.rounds)] }),
      "repeat_weight": .int(repeatWeight),
      "move_weight": moveWeight == MixingRules.usualMoveWeight ? nil : .int(moveWeight),
      "alone_weight": aloneWeight == MixingRules.usualAloneWeight ? nil : .int(aloneWeight),
      "same_organisations": .some(sameOrganisations.map { .strings($0) }), "seed": .whole(seed),
    ])
  }

  init(_ fields: Fields) throws(EventError) {
    func groups(_ key: String) throws(EventError) -> [[String]] {
      try fields.list(key) { group in
        group.array.flatMap { ids in
          let names = ids.compactMap(\.string)
          return names.count == ids.count ? names : nil
        }
      }
    }
    self.init(
      attributes: try fields.objects("attributes") { fields throws(EventError) in
        Attribute(
          name: try fields.string("name"), kind: try fields.choice("kind"),
          weight: try fields.int("weight"), neverAlone: try fields.strings("never_alone"))
      },
      keepApart: try groups("keep_apart"), keepTogether: try groups("keep_together"),
      pins: try fields.objects("pins") { fields throws(EventError) in
        Pin(
          person: try fields.string("id"), table: try fields.int("table"),
          rounds: try fields.ints("rounds"))
      },
      needs: try fields.objects("needs") { fields throws(EventError) in
        Need(person: try fields.string("id"), features: try fields.strings("features"))
      },
      absences: try fields.objects("absences") { fields throws(EventError) in
        Absence(person: try fields.string("id"), rounds: try fields.ints("rounds"))
      },
      repeatWeight: try fields.int("repeat_weight"), seed: try fields.intIfAny("seed"))
    moveWeight = try fields.intIfAny("move_weight") ?? MixingRules.usualMoveWeight
    aloneWeight = try fields.intIfAny("alone_weight") ?? MixingRules.usualAloneWeight
    sameOrganisations = try groups("same_organisations")
  }
}

extension Participant {
  var json: JSON {
    .members([
      "id": .string(id), "name": .string(name), "organisation": .text(organisation),
      "group": .text(group), "municipality": .text(municipality), "attributes": .attributes(attributes),
    ])
  }

  init(_ fields: Fields) throws(EventError) {
    self.init(
      id: try fields.string("id"), name: try fields.string("name"),
      organisation: try fields.stringIfAny("organisation"), group: try fields.stringIfAny("group"),
      municipality: try fields.stringIfAny("municipality"),
      attributes: try fields.attributes("attributes"))
  }
}

extension EarlierMeeting {
  /// The payload; the tables stand in lines of their own.
  var json: JSON {
    .members([
      "id": .string(id), "title": .string(title), "date": .text(date?.text), "lines": .int(lines),
      "hash": .string(hash), "rounds": rounds.isEmpty ? nil : .ints(rounds.map(\.number)),
    ])
  }

  init(_ fields: Fields) throws(EventError) {
    self.init(
      id: try fields.string("id"), title: try fields.string("title"), date: try fields.dateIfAny("date"),
      lines: try fields.int("lines"), hash: try fields.string("hash"),
      rounds: try fields.ints("rounds").map { Round(number: $0) })
  }
}

extension RoundSeating.Drawing {
  func json(round: Int) -> JSON {
    .members([
      "round": .int(round), "engine": .string(engine), "seed": .int(seed), "effort": .int(effort),
      "score": .attributes(score), "bound": .attributes(bound), "proposals": .whole(proposals),
      "broken_off_at": .whole(brokenOffAt), "optimal": isOptimal.map { .bool($0) }, "after": .whole(after),
      "rules": rules.json,
    ])
  }

  init(_ fields: Fields) throws(EventError) {
    self.init(
      engine: try fields.string("engine"), seed: try fields.int("seed"),
      effort: try fields.int("effort"), score: try fields.attributes("score"),
      rules: try MixingRules(fields.object("rules")))
    bound = try fields.attributes("bound")
    proposals = try fields.intIfAny("proposals")
    brokenOffAt = try fields.intIfAny("broken_off_at")
    isOptimal = try fields.valueIfAny("optimal", \.bool)
    after = try fields.intIfAny("after")
  }
}

extension SeatChange {
  var json: JSON {
    .members(["people": .strings(people), "before": .attributes(before), "after": .attributes(after)])
  }

  init?(_ fields: Fields?) throws(EventError) {
    guard let fields else { return nil }
    self.init(
      people: try fields.strings("people"), before: try fields.attributes("before"),
      after: try fields.attributes("after"))
  }
}

extension Contribution {
  /// The payload; when and by whom stand in the line itself.
  var json: JSON {
    .members([
      "id": .string(id), "table": .whole(table), "item": .text(item), "kind": .string(kind),
      "source": .text(source), "origin": .attributes(origin), "parent": .text(parent),
      "group": .text(group), "owner": .text(owner), "due": .text(due?.text), "text": .string(text),
    ])
  }

  init(_ fields: Fields, at: Moment, by: String) throws(EventError) {
    self.init(
      id: try fields.string("id"), table: try fields.intIfAny("table"),
      item: try fields.stringIfAny("item"), kind: try fields.string("kind"),
      text: try fields.string("text"), at: at, by: by, source: try fields.stringIfAny("source"),
      origin: try fields.attributes("origin"), parent: try fields.stringIfAny("parent"),
      group: try fields.stringIfAny("group"), owner: try fields.stringIfAny("owner"),
      due: try fields.dateIfAny("due"))
  }
}

extension Quote {
  var json: JSON { .members(["role": .string(role), "organisation": .text(organisation)]) }

  init?(_ fields: Fields?) throws(EventError) {
    guard let fields else { return nil }
    self.init(role: try fields.string("role"), organisation: try fields.stringIfAny("organisation"))
  }
}

extension Ballot {
  /// The payload; when it was opened stands in the line itself.
  var json: JSON {
    .members([
      "id": .string(id), "kind": .string(kind.rawValue), "title": .string(title),
      "options": .strings(options), "dots": dots == 0 ? nil : .int(dots), "may_stack": mayStack ? true : nil,
    ])
  }

  init(_ fields: Fields, at moment: Moment) throws(EventError) {
    let new = NewBallot(
      kind: try fields.choice("kind"), title: try fields.string("title"),
      options: try fields.strings("options"),
      dots: try fields.intIfAny("dots", in: 0...Session.voteLimit) ?? 0,
      mayStack: try fields.valueIfAny("may_stack", \.bool) ?? false)
    self.init(id: try fields.string("id"), new, at: moment)
  }
}

extension Tally {
  /// What is 0 is left out.
  var json: JSON {
    let parts = [("agree", agree), ("disagree", disagree), ("abstain", abstain), ("dots", dots)]
    return .object(parts.filter { $0.1 != 0 }.map { JSON.Member($0.0, .int($0.1)) })
  }

  init(_ fields: Fields) throws(EventError) {
    func count(_ key: String) throws(EventError) -> Int {
      try fields.intIfAny(key, in: 0...Session.voteLimit) ?? 0
    }
    self.init(
      agree: try count("agree"), disagree: try count("disagree"), abstain: try count("abstain"),
      dots: try count("dots"))
  }
}

extension Theme {
  var json: JSON {
    .members([
      "id": .string(id), "title": .string(title), "body": .text(body),
      "withdrawn": isWithdrawn ? true : nil,
    ])
  }

  init(_ fields: Fields) throws(EventError) {
    self.init(
      id: try fields.string("id"), title: try fields.string("title"),
      body: try fields.stringIfAny("body"))
    isWithdrawn = try fields.valueIfAny("withdrawn", \.bool) ?? false
  }
}
