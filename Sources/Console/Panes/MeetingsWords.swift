import Conference
import Ground

extension MeetingsPane {
  /// The words of the page of who meets whom.
  enum Words {
    static let title = Phrase(nl: "De hele reeks", en: "The whole series")
    static let name = Phrase(nl: "naam", en: "name")
    static let meets = Phrase(nl: "treft", en: "meets")
    static let readOn = Phrase(nl: "Enter leest alles", en: "Enter reads all")
    static let notDrawn = Phrase(
      nl: "Er is nog geen ronde ingedeeld. Druk op t om de tafels in te delen.",
      en: "No round has been drawn yet. Press t to draw the tables.")

    /// How many others people meet.
    static func room(_ reading: MeetingReading) -> Phrase {
      let (whole, tenth) = (reading.meanTenths / 10, reading.meanTenths % 10)
      return reading.fewest == reading.most
        ? Phrase(
          nl: "Ieder treft \(reading.most) anderen; hoogstens \(reading.possible) kan.",
          en: "All meet \(reading.most) others; at most \(reading.possible) is possible.")
        : Phrase(
          nl: "Ieder treft \(reading.fewest) tot \(reading.most) anderen, gemiddeld \(whole),\(tenth); "
            + "hoogstens \(reading.possible) kan.",
          en: "All meet \(reading.fewest) to \(reading.most) others, \(whole).\(tenth) on average; "
            + "at most \(reading.possible) is possible.")
    }

    /// How many pairs meet more than once.
    static func again(_ pairs: Int) -> Phrase {
      switch pairs {
      case 0: Phrase(nl: "Niemand treft iemand twee keer.", en: "Nobody meets anybody twice.")
      case 1:
        Phrase(nl: "1 paar treft elkaar vaker dan één keer.", en: "1 pair meets more than once.")
      default:
        Phrase(
          nl: "\(pairs) paren treffen elkaar vaker dan één keer.", en: "\(pairs) pairs meet more than once.")
      }
    }

    static func round(_ round: Int, table: Int, isHeld: Bool) -> Phrase {
      isHeld
        ? Phrase(nl: "Ronde \(round) (geweest), tafel \(table)", en: "Round \(round) (over), table \(table)")
        : Phrase(nl: "Ronde \(round), tafel \(table)", en: "Round \(round), table \(table)")
    }
    static let oncemore = Phrase(nl: "weer", en: "again")
    static let alone = Phrase(nl: "niemand", en: "nobody")
    static let earlier = Phrase(nl: "Eerdere bijeenkomsten", en: "Earlier meetings")
    static func never(_ count: Int) -> Phrase {
      count == 0
        ? Phrase(nl: "Treft iedereen.", en: "Meets everybody.")
        : Phrase(nl: "Treft \(count) anderen nooit:", en: "Never meets \(count) others:")
    }
    static let noGroup = Phrase(nl: "zonder groep", en: "without a group")
  }

  /// Whom somebody meets, round after round, and whom never, by group; a paragraph each.
  ///
  /// No more than `limit` of a group are named: nobody reads thousands of names, and no frame waits for them.
  func story(of id: String, in session: Session, limit: Int, _ language: Language) -> [String] {
    guard let reading else { return [] }
    func name(_ id: String) -> String { (session.participant(id)?.name ?? id).onOneLine }
    let meetings = reading.meetings(of: id)
    let all = meetings.met + meetings.toCome
    var lines: [String] = []
    let before = all.filter { $0.earlier > 0 }
    if !before.isEmpty {
      let names = before.map { $0.earlier > 1 ? "\(name($0.person)) (\($0.earlier)×)" : name($0.person) }
      lines.append("\(Words.earlier[language]): \(names.joined(separator: ", ")).")
    }
    let tables = reading.tables(of: id)
    for (place, round) in reading.rounds.enumerated() {
      guard let table = tables[place] else { continue }
      let others = all.filter { $0.rounds.contains(round) }.map { meeting -> String in
        let isAgain = meeting.isAgain && (meeting.earlier > 0 || meeting.rounds.first != round)
        return name(meeting.person) + (isAgain ? " (\(Words.oncemore[language]))" : "")
      }
      let heading = Words.round(round, table: table, isHeld: session.reachedRound >= round)[language]
      lines.append("\(heading): \(others.isEmpty ? Words.alone[language] : others.joined(separator: ", ")).")
    }
    lines.append(Words.never(meetings.never.count)[language])
    let byGroup = Dictionary(grouping: meetings.never) { session.participant($0)?.group }
    let groups = SeatGroup.all(of: session.participants).map { Optional($0.name) } + [nil]
    for group in groups {
      guard let people = byGroup[group] else { continue }
      let names = people.prefix(limit).map(name).joined(separator: ", ")
      lines.append(
        "· \(group ?? Words.noGroup[language]) (\(people.count)): \(names)"
          + (people.count > limit ? " …" : ""))
    }
    return lines
  }
}
