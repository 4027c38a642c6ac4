import Dossier
import Ground

/// The text of a template's plan, in which single values are changed and every comment stays.
///
/// It knows the shape of the templates only: a line for each value, items that begin with `- `, whole minutes.
struct PlanText {
  private var lines: [String]
  private let language: Language

  init(_ text: String, language: Language) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    self.language = language
  }

  var text: String { lines.joined(separator: "\n") }

  /// Changes the plan, and the list of people with it; `usual` is what the template has by itself.
  mutating func change(to wishes: Wishes, from usual: Wishes, people: inout PeopleText) throws(DossierError) {
    if let title = wishes.title, !title.trimmed.isEmpty { set(Key.title, to: JSON.string(title).text) }
    if let date = wishes.date { set(Key.date, to: date.text) }
    if let question = wishes.question, !question.trimmed.isEmpty,
      let line = items.first(where: { Key.breakout.contains($0.phase) })?.line(Key.question)
    {
      set(line: line, to: JSON.string(question).text)
    }
    let start = wishes.startMinute ?? usual.startMinute ?? 0
    let minutes = wishes.minutes ?? usual.minutes ?? 240
    if start != usual.startMinute || minutes != usual.minutes {
      set(Key.start, to: JSON.string(clockText(minute: start)).text)
      set(Key.end, to: JSON.string(clock(start + minutes)).text)
    }
    let wanted = (wishes.people ?? usual.people ?? 1, wishes.perTable ?? usual.perTable ?? 1)
    let tablesChange = wanted != (usual.people ?? 1, usual.perTable ?? 1)
    let (count, seats) = Wishes.tables(people: wanted.0, perTable: wanted.1)
    if tablesChange {
      set(Key.count, to: "\(count)")
      set(Key.seats, to: "\(seats.lowerBound)-\(seats.upperBound)")
      people.make(wanted.0)
      seatHosts(people.names.prefix(count))
    }
    if tablesChange || minutes != usual.minutes { try fit(minutes, tables: count) }
  }

  /// The time on the clock so many minutes after the first day's midnight, as a plan has it.
  private func clock(_ minute: Int) -> String {
    let time = clockText(minute: minute % 1440)
    return minute < 1440 ? time : "\(language == .nl ? "dag" : "day") \(minute / 1440 + 1) \(time)"
  }

  // MARK: - The agenda's lengths

  /// The shortest that an item may become.
  private func least(_ item: Item) -> Int { Key.breakout.contains(item.phase) ? 10 : 5 }

  /// The least minutes for the agenda with so many tables: a minute each in the report-back.
  func shortest(tables: Int) -> Int {
    items.reduce(0) { sum, item in
      sum + (number(item, Key.changeover) ?? 0) + (number(item, Key.slot) == nil ? least(item) : tables)
    }
  }

  /// Makes the agenda last at most so many minutes.
  ///
  /// Changing places takes the time it takes, and every table its turn in the report-back; the other items
  /// grow and shrink alike, in steps of five minutes, and what is left goes to the breakouts.
  private mutating func fit(_ minutes: Int, tables: Int) throws(DossierError) {
    let items = items
    let reports = items.filter { number($0, Key.slot) != nil }
    let others = items.filter { number($0, Key.slot) == nil }
    let changeovers = items.reduce(0) { $0 + (number($1, Key.changeover) ?? 0) }
    let now = max(1, others.reduce(0) { $0 + (number($1, Key.minutes) ?? 0) })
    for slot in stride(from: reports.compactMap { number($0, Key.slot) }.max() ?? 1, to: 0, by: -1) {
      let room = minutes - changeovers - reports.count * tables * slot
      var lengths = others.map { max(least($0), (number($0, Key.minutes) ?? 0) * room / now / 5 * 5) }
      let left = room - lengths.reduce(0, +)
      guard left >= 0 else { continue }
      let rounds = others.indices.filter { Key.breakout.contains(others[$0].phase) }
      for round in rounds { lengths[round] += left / rounds.count / 5 * 5 }
      for (item, length) in zip(others, lengths) { set(line: item.line(Key.minutes), to: "\(length)") }
      for item in reports { set(item, slot: slot, tables: tables) }
      return
    }
    let enough = shortest(tables: tables)
    throw DossierError(
      .invalid,
      [
        Finding(
          file: Dossier.planFile, line: nil,
          what: Phrase(
            nl: "\(minutes) minuten is te kort voor dit programma met \(tables) tafels",
            en: "\(minutes) minutes are too short for this programme with \(tables) tables"),
          mend: Phrase(
            nl: "neem ten minste \(enough) minuten, of minder tafels",
            en: "take at least \(enough) minutes, or fewer tables"))
      ])
  }

  private mutating func set(_ item: Item, slot: Int, tables: Int) {
    set(line: item.line(Key.minutes), to: "\(tables * slot)")
    set(line: item.line(Key.slot), to: "\(slot)")
    guard let last = item.line(Key.minutes), let first = item.lines.values.min() else { return }
    for line in first..<last where lines[line].trimmed.prefix(3).last?.isNumber == true {
      lines[line] = "    # " + sum(tables, slot)
    }
  }

  private func sum(_ tables: Int, _ slot: Int) -> String {
    Phrase(
      nl: "\(tables) tafels × \(slot) min = \(tables * slot) minuten.",
      en: "\(tables) tables × \(slot) min = \(tables * slot) minutes.")[language]
  }

  // MARK: - Hosts

  /// Gives each table the host that the template gives it: the first ones of the list, in order.
  private mutating func seatHosts(_ names: ArraySlice<String>) {
    guard let head = lines.firstIndex(where: { ["  vaste tafel:", "  hosts:"].contains($0) }) else { return }
    let end = lines[(head + 1)...].firstIndex { !$0.hasPrefix("    ") } ?? lines.endIndex
    lines.replaceSubrange(
      (head + 1)..<end,
      with: zip(names, 1...).map { "    \($0): \($1)" })
  }

  // MARK: - Lines

  /// The keys in both languages.
  private enum Key {
    static let title = ["titel", "title"]
    static let date = ["# datum", "# date"]
    static let start = ["start"]
    static let end = ["einde", "end"]
    static let count = ["  aantal", "  count"]
    static let seats = ["  stoelen", "  seats"]
    static let question = ["vraag", "question"]
    static let minutes = ["minuten", "minutes"]
    static let changeover = ["wissel", "changeover"]
    static let slot = ["minuten per tafel", "slot"]
    static let breakout = ["werkronde", "breakout"]
  }

  /// An item of the agenda: its phase, and the line of each of its keys.
  private struct Item {
    var phase: String
    var lines: [String: Int]

    func line(_ keys: [String]) -> Int? { keys.lazy.compactMap { lines[$0] }.first }
  }

  private var items: [Item] {
    var items: [Item] = []
    guard let head = lines.firstIndex(of: "agenda:") else { return [] }
    for index in lines.indices.dropFirst(head + 1) {
      let line = lines[index]
      guard line.isEmpty || line.hasPrefix(" ") else { break }
      let isFirst = line.hasPrefix("  - ")
      let words = line.dropFirst(4).split(separator: ": ", maxSplits: 1)
      guard words.count == 2, !line.trimmed.hasPrefix("#") else { continue }
      if isFirst { items.append(Item(phase: String(words[1]), lines: [:])) }
      guard !items.isEmpty else { continue }
      items[items.count - 1].lines[String(words[0])] = index
    }
    return items
  }

  private func number(_ item: Item, _ keys: [String]) -> Int? {
    item.line(keys).flatMap { Int(lines[$0].split(separator: ":").last?.trimmed ?? "") }
  }

  private mutating func set(_ keys: [String], to value: String) {
    set(line: lines.firstIndex { line in keys.contains { line.hasPrefix($0 + ": ") } }, to: value)
  }

  /// Changes the value on a line; a value that was commented out counts from now on.
  private mutating func set(line: Int?, to value: String) {
    guard let line, let colon = lines[line].firstIndex(of: ":") else { return }
    let key = lines[line][..<colon]
    lines[line] = "\(key.hasPrefix("# ") ? key.dropFirst(2) : key): \(value)"
  }
}

/// The text of a template's list of people.
struct PeopleText {
  private let header: String
  private var rows: [[String]]
  private let separator: Character
  private let language: Language

  init(_ text: String, language: Language) {
    let lines = text.split(whereSeparator: \.isNewline)
    let first = lines.first ?? ""
    let separator: Character = first.contains(";") ? ";" : ","
    header = String(first)
    rows = lines.dropFirst().map {
      $0.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
    self.separator = separator
    self.language = language
  }

  var text: String {
    ([header] + rows.map { $0.joined(separator: String(separator)) }).joined(separator: "\n") + "\n"
  }

  /// The names, in order.
  var names: [String] { rows.compactMap(\.first) }

  /// Makes the list so long: the first ones of it, or more people that go by a number.
  mutating func make(_ count: Int) {
    let known = rows
    guard !known.isEmpty else { return }
    rows = (0..<count).map { index in
      guard index >= known.count else { return known[index] }
      let name = Phrase(nl: "Deelnemer", en: "Participant")[language]
      return ["\(name) \(index + 1)"] + known[index % known.count].dropFirst()
    }
  }
}
