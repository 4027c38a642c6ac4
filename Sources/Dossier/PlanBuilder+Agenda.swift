import Conference
import Ground
import Yams

/// An agenda item with the line on which it stands.
struct PlacedItem {
  var item: AgendaItem
  var line: Int
}

extension PlanBuilder {
  mutating func readAgenda(_ field: Field?) {
    let entries = list(field)
    guard !entries.isEmpty else {
      findings.error(
        field?.line, Phrase(nl: "de agenda is leeg", en: "the agenda is empty"),
        mend: Phrase(
          nl: "zet onder “agenda:” een regel “- fase: plenair” met daaronder “minuten: 10”",
          en: "put a line “- phase: plenary” under “agenda:” and “minutes: 10” below it"))
      phasesAreKnown = false
      return
    }
    var lineOfID: [String: Int] = [:]
    for entry in entries {
      let keys = fields(
        entry.value, ItemKey.self, place: Phrase(nl: "een agendaonderdeel", en: "an agenda item"))
      guard let phase = phase(keys[.phase], entry) else {
        phasesAreKnown = false
        continue
      }
      let id = id(keys[.id])
      if let id, let earlier = lineOfID.updateValue(entry.line, forKey: id) {
        findings.error(
          keys[.id]?.line,
          Phrase(
            nl: "het id \(quoted(id)) staat ook bij het onderdeel op regel \(earlier)",
            en: "the item on line \(earlier) has the id \(quoted(id)), too"),
          mend: Phrase(nl: "geef elk onderdeel een eigen id", en: "give each item an id of its own"))
      }
      if let changeover = keys[.changeover], let seconds = seconds(changeover), seconds > 0 {
        add(.changeover, id: id.map { "\($0)-changeover" }, line: changeover.line, seconds: seconds)
      }
      let slot = keys[.slot].flatMap { seconds($0, atLeast: 1) }
      var length = keys[.minutes].flatMap { seconds($0, atLeast: 1) }
      if keys[.minutes] == nil {
        if phase == .reportBack, let slot, tableCount > 0 { length = slot * tableCount }
        if length == nil {
          findings.error(
            entry.line, Phrase(nl: "bij dit onderdeel ontbreken de minuten", en: "this item has no minutes"),
            mend: Phrase(nl: "schrijf “minuten: 10”", en: "write “minutes: 10”"))
        }
      }
      if length == nil { lengthsAreKnown = false }
      add(phase, id: id, line: entry.line, seconds: length ?? 60)
      let place = items.count - 1
      items[place].item.title = text(keys[.title]) ?? phase.title[language]
      items[place].item.question = text(keys[.question], limit: 2_000, keepingLines: true)
      items[place].item.fixedStart = keys[.start].flatMap { localTime($0) }
      items[place].item.warnings = warnings(keys[.warnings])
      items[place].item.seating = word(keys[.seating], SeatingWord.self) == .keep ? .keep : .draw
      items[place].item.slotSeconds = slot
      items[place].item.speaker = text(keys[.speaker])
      for (key, allowed) in [(ItemKey.seating, Phase.breakout), (.slot, .reportBack)] where phase != allowed {
        guard let field = keys[key] else { continue }
        findings.error(
          field.line,
          Phrase(
            nl: "\(quoted(field.written)) hoort alleen bij een \(allowed.phrase.nl)",
            en: "\(quoted(field.written)) belongs to a \(allowed.phrase.en) only"),
          mend: Phrase(nl: "haal de regel weg", en: "remove the line"))
      }
    }
  }

  private mutating func add(_ phase: Phase, id: String?, line: Int, seconds: Int) {
    let item = AgendaItem(
      id: id ?? "item-\(items.count + 1)", phase: phase, title: phase.title[language],
      seconds: seconds)
    items.append(PlacedItem(item: item, line: line))
  }

  private mutating func phase(_ field: Field?, _ entry: Field) -> Phase? {
    if isLeftOut(field), case .mapping = entry.value {
      findings.error(
        entry.line, Phrase(nl: "bij dit onderdeel ontbreekt de fase", en: "this item has no phase"),
        mend: Phrase(nl: "schrijf “fase: plenair”", en: "write “phase: plenary”"))
    }
    return word(field, Phase.self)
  }

  /// Whether there is nothing behind the key, or no key: an item would be lost without a word.
  private func isLeftOut(_ field: Field?) -> Bool {
    guard let field, !isEmpty(field.value) else { return true }
    guard case .scalar(let scalar) = field.value else { return false }
    return cleaned(scalar.string, keepingLines: false).text.isEmpty
  }

  private mutating func id(_ field: Field?) -> String? {
    guard let field, let id = text(field) else { return nil }
    guard isID(id) else {
      findings.error(
        field.line, Phrase(nl: "\(quoted(id)) kan geen id zijn", en: "\(quoted(id)) cannot be an id"),
        mend: Phrase(
          nl: "gebruik kleine letters, cijfers en streepjes", en: "use lower-case letters, digits and hyphens"
        ))
      return nil
    }
    return id
  }

  /// Whether `text` can be an id in the record: lower-case letters, digits and hyphens, at most 40.
  func isID(_ text: String) -> Bool {
    (1...40).contains(text.utf8.count)
      && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
  }
}

extension Phase {
  /// The title of an item that has none of its own.
  var title: Phrase {
    switch self {
    case .arrival: Phrase(nl: "Inloop", en: "Arrival")
    case .plenary: Phrase(nl: "Plenair", en: "Plenary")
    case .breakout: Phrase(nl: "Werkronde", en: "Work round")
    case .reportBack: Phrase(nl: "Terugkoppeling", en: "Report-back")
    case .changeover: Phrase(nl: "Wisselen", en: "Changeover")
    case .pause: Phrase(nl: "Pauze", en: "Break")
    case .closing: Phrase(nl: "Afsluiting", en: "Closing")
    }
  }
}
