import Ground

extension Redaction {
  /// All who were ever on the list, and how they are called now.
  struct Roll: Sendable {
    private(set) var people: [Person] = []
    /// The municipalities of all people.
    private(set) var towns: Set<String> = []
    /// The columns on which tables are mixed.
    private(set) var mixedColumns: Set<String> = []
    /// Whether all names go.
    private(set) var isEverybodyChosen = false
    private var language = Language.nl
    /// All ids that are taken.
    private var ids: Set<String> = []

    struct Person: Sendable {
      let id: String
      /// From 1, in the order of the list.
      let number: Int
      /// The names that stand for this person on any list.
      var names: [String]
      /// E-mail addresses and telephone numbers.
      var signs: [String]
      let isChosen: Bool
    }

    /// Reads the people from the openings; the last one counts, and those before it may name others.
    init(_ lines: [Line], _ chosen: Set<String>?) {
      var lists: [[Participant]] = [[]]
      for line in lines {
        guard let event = try? Event(line) else { continue }
        switch event {
        case .conferencePlanned(let outline):
          language = outline.plan.language
          lists.append([])
        case .participantRegistered(let person): lists[lists.count - 1].append(person)
        case .rulesSet(let rules): mixedColumns.formUnion(rules.attributes.map(\.name))
        case .seatingDrawn(_, let drawing): mixedColumns.formUnion(drawing.rules.attributes.map(\.name))
        default: break
        }
      }
      // The last list first: its people keep their numbers, whoever was on a list before it.
      for person in lists.removeLast() { add(person, as: people.firstIndex { $0.id == person.id }, chosen) }
      for person in lists.joined() { add(person, as: place(id: person.id, name: person.name), chosen) }
      isEverybodyChosen = chosen == nil
    }

    private mutating func add(_ participant: Participant, as place: Int?, _ chosen: Set<String>?) {
      ids.insert(participant.id)
      if let town = participant.municipality { towns.insert(town) }
      let signs = participant.attributes.map(\.value).filter {
        $0.contains("@") || $0.count(where: \.isNumber) >= 8
      }
      if let place {
        if !people[place].names.contains(participant.name) { people[place].names.append(participant.name) }
        people[place].signs += signs
      } else {
        people.append(
          Person(
            id: participant.id, number: people.count + 1, names: [participant.name], signs: signs,
            isChosen: chosen?.contains(participant.id) ?? true))
      }
    }

    /// The person whom a list names; by the name before the id, since ids may count the rows of a list.
    private func place(id: String, name: String) -> Int? {
      let named = people.indices.filter { people[$0].names.contains { $0.lowercased() == name.lowercased() } }
      return named.first { people[$0].id == id } ?? (named.count == 1 ? named[0] : nil)
        ?? people.firstIndex { $0.id == id }
    }

    /// The person on a line of the list, or nil where nobody is.
    func person(id: String, name: String) -> Person? { place(id: id, name: name).map { people[$0] } }

    // MARK: How they are called

    /// What stands for a person; the same number as on the list.
    func pseudonym(_ person: Person) -> String { "\(word) \(person.number)" }

    /// What stands for a name that several people have, or nobody on the list.
    var anybody: String { Phrase(nl: "[naam]", en: "[name]")[language] }

    private var word: String { Redaction.pseudonym[language] }

    /// Whether a name is one that a redaction gave before.
    func isPseudonym(_ name: String) -> Bool {
      Language.allCases.contains { language in
        let start = Redaction.pseudonym[language] + " "
        return name.hasPrefix(start) && !name.dropFirst(start.count).isEmpty
          && name.dropFirst(start.count).allSatisfy(\.isNumber)
      }
    }

    /// The new id of a person by the old one, for those ids that tell who somebody is.
    var newIDs: [String: String] {
      var new: [String: String] = [:]
      for person in people where person.isChosen && Roll.isNamed(person) { new[person.id] = newID(person) }
      return new
    }

    /// Whether somebody's id holds a word of their name, as `bos` and `abosveld` do, or is an address.
    private static func isNamed(_ person: Person) -> Bool {
      let words = Set(TextWord.all(in: person.id).map(\.key))
      let id = folded(person.id)
      return person.id.contains("@")
        || person.names.map { PersonalName($0) }.contains { name in
          name.forms.contains { $0.count == 1 && $0[0].count > 2 && words.contains($0[0]) }
            || name.surnameWords.contains { id.contains($0) }
        }
    }

    /// An id that tells nothing and that nobody else has.
    func newID(_ person: Person) -> String {
      var id = "\(word.lowercased())-\(person.number)"
      while ids.contains(id) { id += "x" }
      return id
    }
  }

  /// The word that stands for a person, with a number behind it.
  private static let pseudonym = Phrase(nl: "Deelnemer", en: "Participant")
}
