import ArgumentParser
import Conference
import Dossier
import Foundation
import Ground
import Templates

/// A new conference by question and answer; nothing is made before the last one.
struct NewConference {
  private let template: String
  private let usual: Wishes
  private var wishes: Wishes

  /// Asks what is needed, makes the dossier, and opens it if wanted.
  ///
  /// Throws `Dialogue.Left` where the answers end before it is made: then nothing was made.
  static func make(template: String? = nil, title: String? = nil, options: ScreenOptions? = nil) throws {
    try Dialogue.tell(
      "",
      say(
        nl: "Een paar vragen. Enter neemt wat tussen [ ] staat; Ctrl-D stopt, en dan is er niets gemaakt.",
        en: "A few questions. Enter takes what stands between [ ]; Ctrl-D stops, and then nothing was made."))
    let title = try title ?? askTitle()
    var conference = try NewConference(template: template ?? askTemplate(), title: title)
    try conference.askDay()
    try conference.askPeople()
    try conference.askLength()
    try conference.askQuestion()
    let folder = try conference.askFolderAndCreate()
    try conference.tellNext(folder)
    do {
      guard try Dialogue.isYes(Phrase(nl: "Nu openen", en: "Open it now")) else { return }
    } catch is Dialogue.Left { return }
    try RunCommand.parse([folder] + (options?.arguments ?? [])).run()
  }

  private init(template: String, title: String) throws {
    self.template = template
    do throws(DossierError) {
      usual = try TemplateFolder.usual(template: template, language: language)
    } catch {
      throw failure(error)
    }
    wishes = usual
    wishes.title = title
  }

  // MARK: - The questions

  private static func askTitle() throws -> String {
    try Dialogue.ask(
      Phrase(nl: "De titel van de conferentie", en: "The conference's title"),
      usual: say(nl: "Mijn werkconferentie", en: "My working conference")
    ) { .success($0) }
  }

  private static func askTemplate() throws -> String {
    try Dialogue.tell("", say(nl: "Wat voor bijeenkomst wordt het?", en: "What kind of session will it be?"))
    for (place, template) in TemplateFolder.names.enumerated() {
      try Dialogue.tell("  \(place + 1)  \(template.about[language])")
    }
    let place = try Dialogue.number(
      Phrase(nl: "Soort", en: "Kind"), usual: 1, in: 1...TemplateFolder.names.count)
    return TemplateFolder.names[place - 1].name
  }

  private mutating func askDay() throws {
    wishes.date = try Dialogue.ask(
      Phrase(
        nl: "De datum: vandaag, of dag-maand-jaar (leeg: de dag waarop u begint)",
        en: "The date: today, or day-month-year (empty: the day on which you begin)"),
      Self.date)
    wishes.startMinute = try Dialogue.ask(
      Phrase(nl: "Hoe laat begint het", en: "When does it start"),
      usual: clockText(minute: usual.startMinute ?? 13 * 60)
    ) { typed in
      // A bare hour is what many type.
      let time = TimeText.local(typed) ?? (typed.count <= 2 ? TimeText.local(typed + ":00") : nil)
      guard let time, time.day == 0 else {
        return .failure(.init(nl: "Typ een tijd, zoals 13:30.", en: "Type a time, such as 13:30."))
      }
      return .success(time.minute)
    }
  }

  private static func date(_ typed: String) -> Dialogue.Answer<CalendarDate?> {
    let now = systemMoment()
    let today = (Zone(named: "Europe/Amsterdam", around: now) ?? .utc).local(now).date
    switch typed.lowercased() {
    case "": return .success(nil)
    case "vandaag", "today": return .success(today)
    case "morgen", "tomorrow": return .success(CalendarDate(daysSince1970: today.daysSince1970 + 1))
    default: break
    }
    switch TimeText.date(typed.replacing(/[\/. ]/, with: "-")) {
    case .date(let date) where date < today:
      return .failure(
        .init(
          nl: "Die dag is al voorbij: vandaag is \(today.text).", en: "That day is past: it is \(today.text)."
        ))
    case .date(let date): return .success(date)
    case .noSuchDay: return .failure(.init(nl: "Die dag bestaat niet.", en: "There is no such day."))
    case .notADate:
      return .failure(
        .init(
          nl: "Typ een datum zoals 12-3-2027, of niets.", en: "Type a date such as 12-3-2027, or nothing."))
    }
  }

  private mutating func askPeople() throws {
    wishes.people = try Dialogue.number(
      Phrase(nl: "Hoeveel mensen verwacht u", en: "How many people do you expect"),
      usual: usual.people ?? 50, in: 2...500)
    wishes.perTable = try Dialogue.number(
      Phrase(nl: "Hoeveel mensen aan een tafel", en: "How many people at a table"),
      usual: usual.perTable ?? 7, in: 2...12)
    let (count, seats) = tables
    try Dialogue.tell(
      say(
        nl:
          "  Dat worden \(count) \(count == 1 ? "tafel" : "tafels") van \(seats.lowerBound) tot \(seats.upperBound) mensen.",
        en:
          "  That makes \(count) \(count == 1 ? "table" : "tables") of \(seats.lowerBound) to \(seats.upperBound) people."
      ))
  }

  private var tables: (count: Int, seats: ClosedRange<Int>) {
    Wishes.tables(people: wishes.people ?? 1, perTable: wishes.perTable ?? 1)
  }

  private mutating func askLength() throws {
    let shortest: Int
    do throws(DossierError) {
      shortest = try TemplateFolder.shortest(template: template, language: language, tables: tables.count)
    } catch {
      throw failure(error)
    }
    wishes.minutes = try Dialogue.ask(
      Phrase(nl: "Hoeveel uur duurt het", en: "How many hours does it last"),
      usual: Self.hours(max(usual.minutes ?? 240, shortest))
    ) { typed in
      guard let minutes = Self.minutes(typed) else {
        return .failure(
          .init(nl: "Typ uren, zoals 4 of 3:30.", en: "Type hours, such as 4 or 3:30."))
      }
      guard minutes >= shortest else {
        return .failure(
          .init(
            nl: "Dat is te kort: dit programma duurt ten minste \(Self.hours(shortest)) uur.",
            en: "That is too short: this programme lasts at least \(Self.hours(shortest)) hours."))
      }
      guard minutes <= 12 * 60 else {
        return .failure(.init(nl: "Neem ten hoogste 12 uur.", en: "Take 12 hours at most."))
      }
      return .success(minutes)
    }
  }

  /// `4`, `3,5`, `3:30` or `3u30` as minutes.
  private static func minutes(_ typed: String) -> Int? {
    let parts = typed.lowercased().replacing(/\s*(uur|u|hours|hour|h)\s*/, with: ":")
      .split(separator: ":").map(String.init)
    if parts.count == 1, let hours = Double(parts[0].replacing(",", with: ".")), (0...100).contains(hours) {
      return Int((hours * 60).rounded())
    }
    guard parts.count == 2, let hours = Int(parts[0]), let minutes = Int(parts[1]),
      (0...100).contains(hours), (0..<60).contains(minutes)
    else { return nil }
    return hours * 60 + minutes
  }

  private static func hours(_ minutes: Int) -> String {
    minutes % 60 == 0 ? "\(minutes / 60)" : clockText(minute: minutes).trimmedOfZero
  }

  private mutating func askQuestion() throws {
    wishes.question = try Dialogue.ask(
      Phrase(nl: "De vraag voor de eerste ronde", en: "The question for the first round"),
      usual: usual.question ?? ""
    ) { .success($0) }
  }

  // MARK: - The folder

  private func askFolderAndCreate() throws -> String {
    try Dialogue.ask(
      Phrase(nl: "De map ervoor", en: "The folder for it"), usual: Self.freeName(for: wishes.title ?? "")
    ) { typed in
      // The shell does this for others; here nobody has done it yet.
      let folder = typed.hasPrefix("~/") ? (environment("HOME") ?? "~") + typed.dropFirst() : typed
      do throws(DossierError) {
        try TemplateFolder.create(template: template, language: language, at: folder, wishes: wishes)
        return .success(folder)
      } catch {
        let findings = error.findings.filter(\.isError)
        return .failure(
          .init(
            nl: findings.map { $0.text(.nl) }.joined(separator: "\n  "),
            en: findings.map { $0.text(.en) }.joined(separator: "\n  ")))
      }
    }
  }

  /// Returns a folder's name made from a title, of which there is none yet.
  private static func freeName(for title: String) -> String {
    let letters = title.decomposedStringWithCanonicalMapping.lowercased().unicodeScalars
    var words: [String] = []
    var isNew = true
    for scalar in letters where scalar.properties.generalCategory != .nonspacingMark {
      let isPart = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      if isPart, isNew { words.append("") }
      if isPart { words[words.count - 1].unicodeScalars.append(scalar) }
      isNew = !isPart
    }
    var name = words.prefix(6).joined(separator: "-")
    if name.isEmpty { name = say(nl: "conferentie", en: "conference") }
    let names = [name] + (2...99).map { "\(name)-\($0)" }
    return names.first { !exists($0) } ?? name
  }

  private func tellNext(_ folder: String) throws {
    let here = FileManager.default.currentDirectoryPath
    let path = folder.hasPrefix("/") ? folder : here + "/" + folder
    let name = quotedForShell(folder)
    let (people, count) = (wishes.people ?? 0, tables.count)
    try Dialogue.tell(
      "",
      say(
        nl:
          "Gemaakt: \(path), met een plan voor \(count) \(count == 1 ? "tafel" : "tafels") en \(people) verzonnen deelnemers.",
        en:
          "Made: \(path), with a plan for \(count) \(count == 1 ? "table" : "tables") and \(people) made-up participants."
      ),
      say(nl: "Wat nu?", en: "What next?"),
      say(
        nl: "  1. Zet uw eigen mensen in participants.csv.",
        en: "  1. Put your own people in participants.csv.")
        + say(nl: " In plan.yaml staat de agenda.", en: " The agenda is in plan.yaml."),
      say(nl: "  2. Bekijk hoe de tafels worden:", en: "  2. Look at what the tables will be:"),
      "     beraad seat --rules \(name)/plan.yaml --people \(name)/participants.csv",
      say(
        nl: "  3. Begin, of oefen in een kopie van de map:",
        en: "  3. Begin, or rehearse in a copy of the folder:"),
      "     beraad run \(name)",
      "")
  }
}

extension String {
  /// The time without the zero before a single hour.
  fileprivate var trimmedOfZero: String { hasPrefix("0") ? String(dropFirst()) : self }
}

/// Returns a word as a shell takes it whole.
func quotedForShell(_ word: String) -> String {
  let plain = word.allSatisfy { $0.isLetter || $0.isNumber || "-_./~+,".contains($0) }
  return plain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
}
