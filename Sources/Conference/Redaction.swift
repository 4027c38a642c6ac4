import Ground

/// A record with pseudonyms in place of people's names (AVG/GDPR).
///
/// Line by line the same: places, times, commands, ids and seating stay, so that undo, replay, search and the
/// check of drawings work as before. Seals are those of the original; who writes the lines makes them anew.
public struct Redaction: Sendable {
  /// The lines, as many as there were.
  public private(set) var lines: [Line] = []
  /// What was replaced or left out, in the order of the lines.
  public private(set) var replaced: [Replaced] = []
  /// What a person should look at, in the order of the lines.
  public private(set) var doubts: [Doubt] = []
  /// The number of people who have a pseudonym now.
  public let people: Int

  private let roll: Roll
  private let finder: NameFinder
  /// The new id by the old one, for those that tell who somebody is.
  private let newIDs: [String: String]

  /// Names that were replaced in one member of a line.
  public struct Replaced: Sendable, Equatable {
    /// The line's number, from 1.
    public var line: Int
    /// The member of the payload, such as `text` or `quote.role`; `by` is the line's own.
    public var member: String
    /// How many names, or members where it was left out.
    public var count: Int
    /// Whether it was left out whole.
    public var isLeftOut = false
  }

  /// A word that may be a name, or may be none.
  public struct Doubt: Sendable, Equatable {
    /// The line's number, from 1.
    public var line: Int
    /// The member of the payload.
    public var member: String
    /// The word as it was written.
    public var word: String
    /// Why it is doubtful.
    public var why: Why

    /// Why a word is doubtful, and what was done with it.
    public enum Why: String, Sendable, CaseIterable {
      /// It is an ordinary word, too, and was left.
      case ordinary
      /// It is like a name, but for an accent or an s, and was left.
      case likeAName = "like_a_name"
      /// It is an e-mail address in which no name was found, and was left.
      case address
      /// It was replaced, though it was written small.
      case small
      /// It was replaced, and several people have this name.
      case shared
    }
  }

  /// Why nothing can be redacted.
  public enum Refusal: Error, Sendable, Equatable {
    /// Nobody has this id.
    case unknownPerson(String)
    /// Nobody is on the list.
    case nobody
    /// A line is of a newer version, so that it is not known where names stand in it.
    case unknownType(String)
  }

  /// Redacts a record.
  ///
  /// `ids` are those whose names go, nil: all. `also` are further words that are names wherever they stand,
  /// such as a nickname, or a name that is an ordinary word. Throws `Refusal`.
  public init(_ lines: [Line], people ids: Set<String>?, also: [String] = []) throws(Refusal) {
    for line in lines where !line.isOfOthers && !line.isOfTheRecord {
      guard Event.knows(type: line.type, version: line.version) else {
        throw .unknownType("\(line.type) v\(line.version)")
      }
    }
    let roll = Roll(lines, ids)
    guard !roll.people.isEmpty else { throw .nobody }
    for id in (ids ?? []).sorted() where !roll.people.contains(where: { $0.id == id }) {
      throw .unknownPerson(id)
    }
    self.roll = roll
    people = roll.people.count(where: \.isChosen)
    var finder = NameFinder(wanted: also, towns: roll.towns, anybody: roll.anybody)
    for (owner, person) in roll.people.enumerated() {
      for name in person.names where !roll.isPseudonym(name) {
        finder.add(name, of: owner, pseudonym: person.isChosen ? roll.pseudonym(person) : nil)
      }
      for sign in person.isChosen ? person.signs : [] { finder.addSign(sign, of: owner) }
    }
    self.finder = finder
    newIDs = roll.newIDs
    for line in lines { self.lines.append(redacted(line)) }
  }
}

// MARK: - One line

extension Redaction {
  private mutating func redacted(_ line: Line) -> Line {
    let data: JSON =
      switch line.type {
      case "participant.registered": participant(line)
      case _ where line.isOfTheRecord && line.type != "record.opened": line.data
      default: value(line.data, of: line, PayloadMember(whole: line.type), "")
      }
    return Line(
      seq: line.seq, at: line.at, type: line.type, by: by(line), cmd: line.cmd, version: line.version,
      // Where nothing was replaced it stays to the byte: other programs may write JSON in their own way.
      payload: data == line.data ? line.payload : JSONText(data))
  }

  /// Who caused a line is a place, not a person; unless somebody gave a device their name.
  private mutating func by(_ line: Line) -> String {
    let usual = ["host", "facilitator"].contains(line.by) || line.by.hasPrefix("note-")
    guard !usual, let owner = finder.owner(named: line.by), roll.people[owner].isChosen else {
      return line.by
    }
    tell(line, "by", 1)
    return roll.newID(roll.people[owner])
  }

  private mutating func participant(_ line: Line) -> JSON {
    guard let id = line.data["id"]?.string, let name = line.data["name"]?.string,
      let person = roll.person(id: id, name: name)
    else { return line.data }
    var members: [JSON.Member] = []
    for member in line.data.object ?? [] {
      switch member.key {
      case "name" where person.isChosen:
        if name != roll.pseudonym(person) { tell(line, "name", 1) }
        members.append(.init("name", .string(roll.pseudonym(person))))
      case "name": members.append(member)
      case "attributes" where person.isChosen:
        let kept = keptAttributes(member.value.object ?? [], line)
        if !kept.isEmpty { members.append(.init("attributes", .object(kept))) }
      default:
        let role = PayloadMember(member.key, in: line.type, PayloadMember(whole: line.type))
        members.append(.init(member.key, value(member.value, of: line, role, member.key)))
      }
    }
    return .object(members)
  }

  /// Any further column can point to a person; only those that the mixing rules need stay.
  private mutating func keptAttributes(_ columns: [JSON.Member], _ line: Line) -> [JSON.Member] {
    var kept: [JSON.Member] = []
    for column in columns {
      let member = "attributes.\(column.key)"
      if roll.mixedColumns.contains(column.key) {
        kept.append(.init(column.key, value(column.value, of: line, .text, member)))
      } else {
        tell(line, member, 1, isLeftOut: true)
      }
    }
    return kept
  }

  private mutating func value(
    _ value: JSON, of line: Line, _ role: PayloadMember, _ path: String
  ) -> JSON {
    switch (value, role) {
    case (_, .structure), (.null, _), (.bool, _), (.int, _), (.number, _): return value
    case (.string(let text), .ids):
      guard let new = newIDs[text] else { return value }
      tell(line, path, 1)
      return .string(new)
    case (.string(let text), .foreign) where newIDs[text] != nil:
      tell(line, path, 1)
      return .string(newIDs[text] ?? text)
    case (.string(let text), _): return .string(replacing(text, line, path, namesPeople: role == .person))
    case (.array(let elements), _): return .array(elements.map { self.value($0, of: line, role, path) })
    case (.object(let members), .origin) where roll.isEverybodyChosen:
      if !members.isEmpty { tell(line, path, members.count, isLeftOut: true) }
      return .object([])
    case (.object(let members), _):
      var result: [JSON.Member] = []
      for member in members {
        let path = path.isEmpty ? member.key : "\(path).\(member.key)"
        var key = member.key
        if role == .foreign {
          key = replacing(key, line, path)
          while result.contains(where: { $0.key == key }) { key += "'" }
        }
        let inner = PayloadMember(member.key, in: line.type, role)
        result.append(.init(key, self.value(member.value, of: line, inner, path)))
      }
      return .object(result)
    }
  }

  private mutating func replacing(
    _ text: String, _ line: Line, _ path: String, namesPeople: Bool = false
  ) -> String {
    let found = finder.replacing(in: text, namesPeople: namesPeople)
    if found.count > 0 { tell(line, path, found.count) }
    doubts += found.doubts.map { Doubt(line: line.seq + 1, member: path, word: $0.word, why: $0.why) }
    return found.text
  }

  private mutating func tell(_ line: Line, _ member: String, _ count: Int, isLeftOut: Bool = false) {
    if let last = replaced.last, last.line == line.seq + 1, last.member == member {
      replaced[replaced.count - 1].count += count
    } else {
      replaced.append(Replaced(line: line.seq + 1, member: member, count: count, isLeftOut: isLeftOut))
    }
  }
}

/// What a member of a payload holds, as far as names may stand in it.
private enum PayloadMember {
  /// Numbers, times, references and words of the format: no names.
  case structure
  /// Ids of people.
  case ids
  /// A person, such as who does an action.
  case person
  /// What somebody wrote.
  case text
  /// Columns kept from a survey.
  case origin
  /// Anything, of another program.
  case foreign

  init(whole type: String) { self = type.hasPrefix("x.") ? .foreign : .text }

  /// What the member `key` of a member of an event holds; text where nothing else is known.
  init(_ key: String, in type: String, _ outer: PayloadMember) {
    switch key {
    case _ where outer == .foreign: self = .foreign
    case _ where outer == .origin: self = .text
    case "id": self = PayloadMember.idNamesPeople(in: type) ? .ids : .structure
    case "people", "keep_apart", "keep_together": self = .ids
    case "name" where ["rules.set", "seating.drawn"].contains(type): self = .structure
    case "owner", "speaker": self = .person
    case "origin": self = .origin
    default: self = PayloadMember.structures.contains(key) ? .structure : .text
    }
  }

  private static func idNamesPeople(in type: String) -> Bool {
    ["participant.", "person.", "seat.", "rules.", "seating."].contains { type.hasPrefix($0) }
  }

  private static let structures: Set<String> = [
    "after", "app", "before", "bound", "chain", "cmd", "date", "departure", "due", "end", "engine", "hash",
    "into", "item", "key", "kind", "ladder", "language", "meeting", "municipality", "option", "options",
    "parent", "phase",
    "score", "seating", "start", "theme", "zone", "zone_name",
  ]
}
