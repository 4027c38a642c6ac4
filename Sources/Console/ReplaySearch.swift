import Conference
import Ground

/// Everything in a record that can be searched: contributions, messages, markers, people, items.
struct ReplaySearch: Sendable {
  /// Something in the record, with the place to which it leads.
  private struct Source: Sendable {
    /// Where its line stands.
    var line: Int
    /// Where it leads: the place behind its line, or where a person came in; nil: it never happened.
    var position: Int?
    /// What is missing in front of its line; then it is this that is found.
    var gap: Gap?
    /// The text without case and accents, as bytes.
    var folded: [UInt8]
  }

  private var sources: [Source] = []
  private let lines: [Line]
  private let session: Session
  private let clock: @Sendable (Moment) -> String
  private let language: Language
  /// So many results are shown; whoever wants another one types on.
  private static let limit = 100

  init(_ replay: Replay, in language: Language) {
    self.language = language
    lines = replay.lines
    session = replay.session
    clock = { replay.clock($0, in: language) }
    var arrivals: [String: Int] = [:]
    var held: Set<String> = []
    for (index, line) in lines.enumerated() {
      switch line.type {
      case "participant.arrived":
        if let id = line.payload["id"]?.string, arrivals[id] == nil { arrivals[id] = index + 1 }
      case "phase.started": if let id = line.payload["item"]?.string { held.insert(id) }
      default: break
      }
    }
    for (index, line) in lines.enumerated() {
      for gap in replay.gaps where gap.position == index { add(gap, in: language) }
      guard Self.types.contains(line.type) else { continue }
      var position: Int? = index + 1
      let id = line.payload["id"]?.string ?? ""
      // A person is found where they came in; who never came, where they were put on the list. An item that
      // was held is found where it began.
      if line.type == "participant.registered" { position = arrivals[id] ?? position }
      if line.type == "item.planned" {
        if held.contains(id) { continue }
        position = nil
      }
      sources.append(Source(line: index, position: position, folded: Fuzzy.bytes(text(of: line))))
    }
    for gap in replay.gaps where gap.position == lines.count { add(gap, in: language) }
  }

  private mutating func add(_ gap: Gap, in language: Language) {
    guard !lines.isEmpty else { return }
    sources.append(
      Source(
        line: min(gap.position, lines.count - 1), position: min(gap.position + 1, lines.count), gap: gap,
        folded: Fuzzy.bytes(gap.phrase[language])))
  }

  /// What of a record can be found.
  private static let types: Set<String> = [
    "contribution.added", "contribution.amended", "message.sent", "marker.set", "participant.registered",
    "phase.started", "item.planned",
  ]

  /// The text of a line by which it is found.
  private func text(of line: Line) -> String {
    switch line.type {
    case "participant.registered":
      [line.payload["name"]?.string, line.payload["organisation"]?.string].compactMap { $0 }.joined(
        separator: ", ")
    case "item.planned": line.payload["title"]?.string ?? ""
    case "phase.started":
      line.payload["item"]?.string.map { id in session.itemIndex(id).map { session.items[$0].title } ?? id }
        ?? ""
    default: line.payload["text"]?.string ?? ""
    }
  }

  /// What stands in front of a text: the table and the kind, or a sign.
  private func head(of line: Line) -> String {
    switch line.type {
    case "contribution.added":
      let place =
        line.payload["table"]?.int.map { "T\($0)" } ?? line.payload["source"]?.string
        ?? Phase.plenary.name[language]
      let kind = line.payload["kind"]?.string ?? ""
      return "\(place) \(session.kind(kind)?.name[language] ?? kind):"
    case "contribution.amended": return "~ \(line.payload["id"]?.string ?? ""):"
    case "message.sent": return Texts.message("")[language].filter { $0 != " " }
    case "marker.set": return "◆"
    case "participant.registered": return Phrase(nl: "deelnemer", en: "participant")[language] + ":"
    default: return "▶"
    }
  }

  // MARK: - Finding

  /// Returns what fits best with what was typed; with nothing typed, the starts of items and the markers.
  ///
  /// First comes what holds the text as it was typed, then what holds all its words, then what holds its
  /// letters close together; within each in the order of the record. Case and accents do not count.
  func results(_ query: String) -> [Menu.Entry] {
    let wanted = Fuzzy.bytes(query)
    let words = wanted.split(separator: UInt8(ascii: " ")).map(Array.init)
    guard !words.isEmpty else {
      return entries(
        sources.indices.filter {
          sources[$0].gap != nil || ["phase.started", "marker.set"].contains(lines[sources[$0].line].type)
        })
    }
    let trimmed = Array(words.joined(separator: [UInt8(ascii: " ")]))
    var (exact, all, close): ([Int], [Int], [Int]) = ([], [], [])
    for (index, source) in sources.enumerated() {
      if source.folded.firstPlace(of: trimmed) != nil {
        exact.append(index)
      } else if words.count > 1, words.allSatisfy({ source.folded.firstPlace(of: $0) != nil }) {
        all.append(index)
      } else if words.count == 1, source.folded.holdsClosely(trimmed) {
        close.append(index)
      }
    }
    return entries(exact + all + close)
  }

  private func entries(_ found: [Int]) -> [Menu.Entry] {
    var entries = found.prefix(ReplaySearch.limit).map { index in
      let source = sources[index]
      let line = lines[source.line]
      let time = source.position.map { clock(lines[$0 - 1].at) + " " } ?? ""
      let text = text(of: line).map { $0.isNewline ? " " : String($0) }.joined()
      let told = source.gap.map { "✗ \($0.phrase[language])" } ?? "\(head(of: line)) \(text)"
      return Menu.Entry(
        id: source.position.map(String.init) ?? "", text: "\(time)\(told)",
        whyNot: source.position == nil ? Phrase(nl: "is niet gehouden", en: "was not held") : nil)
    }
    let more = found.count - entries.count
    if more > 0 {
      let text = Phrase(nl: "… en nog \(more)", en: "… and \(more) more")
      entries.append(
        Menu.Entry(id: "", text: text[language], whyNot: Phrase(nl: "typ verder", en: "type on")))
    }
    return entries
  }
}

extension [UInt8] {
  /// Whether the letters of `wanted`, at least three, stand in order within twice its length: a slip of the
  /// finger still finds, and not every long text fits.
  fileprivate func holdsClosely(_ wanted: [UInt8]) -> Bool {
    guard wanted.count >= 3 else { return false }
    return withUnsafeBufferPointer { text in
      text.indices.contains { start in
        guard text[start] == wanted[0] else { return false }
        let end = Swift.min(text.count, start + 2 * wanted.count)
        var next = 1
        for place in (start + 1)..<Swift.max(start + 1, end) where next < wanted.count {
          if text[place] == wanted[next] { next += 1 }
        }
        return next == wanted.count
      }
    }
  }
}
