import Conference
import Ground

// The traject so far: the earlier meetings, and whom the chosen person met there (S0.4, S1.1).

extension Model {
  /// Why there are no earlier meetings to show, or nil.
  var whyNoEarlierMeetings: Phrase? {
    session.earlierMeetings.isEmpty ? EarlierWords.none : nil
  }

  /// Lists the meetings so far, and whom the chosen person met at each.
  mutating func showEarlierMeetings() {
    let today = session.participants.count
    let meetings = session.earlierMeetings
    var lines = meetings.map { "· " + EarlierWords.line($0, of: today)[language] }
    if meetings.count > 1 {
      let known = meetings.reduce(into: Set<String>()) { $0.formUnion($1.people) }.count
      lines += ["", EarlierWords.inAll(known, of: today)[language]]
    }
    lines.append("")
    if let person = chosenSeated {
      lines.append(EarlierWords.met(person.name)[language])
      for (index, label) in session.earlierLabels(language).enumerated() {
        let met = session.met(by: person.id, at: index).map { other, rounds in
          "\(session.participant(other)?.name ?? other) (\(EarlierWords.rounds(rounds)[language]))"
        }
        let nobody = meetings[index].people.contains(person.id) ? EarlierWords.nobody : EarlierWords.notThere
        lines.append("· \(label): \(met.isEmpty ? nobody[language] : met.joined(separator: ", "))")
      }
    } else {
      lines.append(EarlierWords.choose[language])
    }
    show(EarlierWords.title, lines)
  }
}

extension Session {
  /// The earlier meetings by their titles; those of the same title by their day or number as well.
  func earlierLabels(_ language: Language) -> [String] {
    earlierMeetings.enumerated().map { index, meeting in
      guard earlierMeetings.count(where: { $0.title == meeting.title }) > 1 else { return meeting.title }
      let days = earlierMeetings.count { $0.title == meeting.title && $0.date == meeting.date }
      let mark = days == 1 ? meeting.date?.phrase[language] : nil
      return "\(meeting.title), \(mark ?? "\(index + 1)")"
    }
  }
}

private enum EarlierWords {
  static let title = Phrase(nl: "Eerdere bijeenkomsten", en: "Earlier meetings")
  static let none = Phrase(
    nl: "Er zijn geen eerdere bijeenkomsten ingelezen; zet ze in het plan onder ‘traject’.",
    en: "No earlier meetings were read in; put them in the plan under ‘series’.")
  static let nobody = Phrase(nl: "niemand van vandaag", en: "nobody of today")
  static let notThere = Phrase(nl: "zat daar niet aan tafel", en: "sat at no table there")
  static let choose = Phrase(
    nl: "Kies bij de zitplaatsen een mens aan de tafel (→) om te lezen wie die eerder trof.",
    en: "Choose a person at the table on the seating page (→) to read whom they met before.")

  static func met(_ name: String) -> Phrase { Phrase(nl: "\(name) trof:", en: "\(name) met:") }

  static func rounds(_ rounds: [Int]) -> Phrase {
    let list = rounds.map(String.init).joined(separator: ", ")
    return Phrase(nl: "ronde \(list)", en: "round \(list)")
  }

  static func line(_ meeting: EarlierMeeting, of today: Int) -> Phrase {
    let (people, rounds) = (meeting.people.count, meeting.rounds.count)
    func text(_ day: String?, _ there: String, _ held: String) -> String {
      [meeting.title, day, there, held].compactMap { $0 }.joined(separator: " · ")
    }
    return Phrase(
      nl: text(
        meeting.date?.phrase.nl, "\(people) van \(today) \(people == 1 ? "zat" : "zaten") er aan tafel",
        rounds == 1 ? "1 ronde" : "\(rounds) rondes"),
      en: text(
        meeting.date?.phrase.en, "\(people) of \(today) sat at a table",
        rounds == 1 ? "1 round" : "\(rounds) rounds"))
  }

  static func inAll(_ people: Int, of today: Int) -> Phrase {
    Phrase(
      nl: "Van de \(today) mensen van vandaag \(people == 1 ? "was" : "waren") er \(people) eerder bij.",
      en: "Of the \(today) people of today \(people) \(people == 1 ? "was" : "were") there before.")
  }
}
