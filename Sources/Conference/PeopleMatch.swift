/// Who of an earlier meeting is who on today's list.
public struct PeopleMatch: Sendable, Equatable {
  /// Today's id by the id that the person had then.
  public private(set) var idOf: [String: String] = [:]
  /// Names that several people share, on either list, and that were therefore not matched.
  public private(set) var ambiguous: [String] = []
  /// Names that are on both lists with another organisation, and were therefore not matched.
  public private(set) var elsewhere: [String] = []

  /// Matches two lists.
  ///
  /// Somebody is the same by id where the name agrees, else by name and organisation; case, accents, spaces
  /// and other signs do not count. A doubtful name is nobody: a meeting that is not counted costs less than
  /// one that never was.
  public init(today: [Participant], then: [Participant]) {
    let ours = Dictionary(today.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var taken: Set<String> = []
    for person in then {
      guard let same = ours[person.id], folded(same.name) == folded(person.name) else { continue }
      idOf[person.id] = same.id
      taken.insert(same.id)
    }
    let left = Dictionary(grouping: today.filter { !taken.contains($0.id) }, by: Key.init)
    let guests = Dictionary(grouping: then.filter { idOf[$0.id] == nil }, by: Key.init)
    let names = Set(left.keys.map(\.name))
    var told: Set<String> = []
    for person in then where idOf[person.id] == nil {
      let key = Key(person)
      let same = left[key] ?? []
      if same.isEmpty {
        if names.contains(key.name), told.insert(key.name).inserted { elsewhere.append(person.name) }
      } else if same.count > 1 || (guests[key]?.count ?? 0) > 1 {
        if told.insert(key.name).inserted { ambiguous.append(person.name) }
      } else {
        idOf[person.id] = same[0].id
      }
    }
  }

  private struct Key: Hashable {
    let name: String
    let organisation: String

    init(_ person: Participant) {
      name = folded(person.name)
      organisation = folded(person.organisation ?? "")
    }
  }
}

/// The text as names are compared: small letters and digits without marks; as it is where it has none.
func folded(_ text: String) -> String {
  var result = ""
  for character in text.lowercased() where character.isLetter || character.isNumber {
    result.append(unmarked[character] ?? character)
  }
  return result.isEmpty ? text : result
}

/// The letters with marks of the languages that people in the hall write.
private let unmarked: [Character: Character] = {
  let rows: [(Character, String)] = [
    ("a", "àáâãäåāăą"), ("c", "çćč"), ("d", "ďđ"), ("e", "èéêëēėęě"), ("g", "ğģ"), ("i", "ìíîïīįı"),
    ("l", "ł"),
    ("n", "ñńňņ"), ("o", "òóôõöøōő"), ("r", "řŕ"), ("s", "şśšș"), ("t", "ţťț"), ("u", "ùúûüūůűų"),
    ("y", "ýÿ"),
    ("z", "źżž"),
  ]
  var table: [Character: Character] = [:]
  for (base, letters) in rows { for letter in letters { table[letter] = base } }
  return table
}()
