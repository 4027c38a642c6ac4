import Conference
import Documents
import Ground
import Testing

/// Whatever people type, a document stays the document that it is.
@Suite struct NastyTextTests {
  static let pieces = [
    "<", ">", "&", "\"", "'", "`", "|", "#", "# ", "- ", "+ ", "=", "@", "*", "_", "[", "](", ")", "\\", "\n",
    "\r", "\r\n", "\t", "\u{1B}[31m", "\u{0}", "\u{7F}", "\u{9B}", "\u{202E}", "\u{2066}", "\u{301}", ";",
    ",",
    " ", "    ", "1. ", "2) ", "é", "中", "👍", "javascript:", "---", "===", "```", "~~~", "{", "}", "$", "^",
    "&lt;", "\u{FEFF}", "\u{2028}", "\u{85}", "＝", ":", "!", "a", "woord ", "<script>", "0",
  ]

  static func text(_ random: inout SplitMix64) -> String {
    let count = Int.random(in: 1...10, using: &random)
    let text = (0..<count).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }.joined()
    return text.allSatisfy(\.isWhitespace) ? "x" : text
  }

  /// A conference in which every text of people is `text()`.
  static func conference(_ text: () -> String) throws -> Run {
    var plan = Plan(
      title: text(), motto: text(), sessionType: text(), facts: [.init(name: text(), value: text())],
      items: [
        AgendaItem(id: "i1", phase: .plenary, title: text(), seconds: 600, speaker: text()),
        AgendaItem(id: "i2", phase: .breakout, title: text(), question: text(), seconds: 600),
        AgendaItem(id: "i3", phase: .closing, title: text(), seconds: 600),
      ],
      tables: [Table(number: 1, name: text(), seats: 4)], kinds: Kind.defaults)
    plan.kinds.append(Kind(id: "own", name: Phrase(same: text())))
    var run = Run(at: try #require(Moment(rfc3339: "2026-11-21T12:00:00.000Z")))
    // Numbered, so that no two groups or organisations are the same by chance.
    let people = (1...3).map {
      Participant(
        id: "p\($0)", name: text(), organisation: text() + "\($0)", group: text() + "\($0)",
        municipality: text(),
        attributes: [.init(name: text(), value: text())])
    }
    let survey = [
      SurveyAnswer(text: text(), kind: "idea", source: text(), origin: [.init(name: text(), value: text())])
    ]
    try run.send(.open(Opening(plan: plan, participants: people, survey: survey, zone: .utc)), by: "host")
    try run.seat(round: 1, [1: people.map(\.id)])
    try run.send(.advance)
    run.wait(14)
    try run.say(text(), kind: "quote")
    try run.send(.advance)
    for kind in ["idea", "proposition", "question", "action", "own"] {
      try run.say(text(), kind: kind, table: 1)
    }
    try run.send(.addTheme(title: text(), body: text()))
    try run.send(.assign(id: "c3", theme: "t1"))
    try run.send(.message(text(), tables: []))
    try run.send(.mark(text()))
    return run
  }

  @Test(arguments: [UInt64](1...150)) func neverBecomesStructure(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let nasty = try Self.conference { Self.text(&random) }.export(names: true, sensitive: true).text(.md)
    let plain = try Self.conference { "x" }.export(names: true, sensitive: true).text(.md)
    let (found, rogue) = blocks(markdown: nasty)
    #expect(rogue.isEmpty, "seed \(seed)")
    #expect(found == blocks(markdown: plain).blocks, "seed \(seed)\n\(nasty)")
    #expect(!nasty.unicodeScalars.contains("<"), "seed \(seed)")
    for mark in "[]`~${}^".unicodeScalars {
      #expect(unescaped(mark, in: nasty).isEmpty, "\(mark) with seed \(seed)\n\(nasty)")
    }
    #expect(controls(nasty, allowing: "\n").isEmpty, "seed \(seed)")
  }

  @Test(arguments: [UInt64](1...150)) func neverBecomesAFormula(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let run = try Self.conference { Self.text(&random) }
    for (language, separator) in [(Language.nl, ";"), (.en, ",")] as [(Language, Unicode.Scalar)] {
      let text = run.export(language, names: true, sensitive: true).text(.csv)
      let table = try rows(csv: text, separator: separator)
      #expect(table.count == run.session.contributions.count + 1, "seed \(seed)")
      for cell in table.joined() {
        let start = cell.unicodeScalars.first { !$0.properties.isWhitespace }
        #expect(!"=+-@＝".unicodeScalars.contains(start ?? "x"), "\(cell) with seed \(seed)")
      }
      #expect(controls(String(text.unicodeScalars.dropFirst()), allowing: "\r\n").isEmpty, "seed \(seed)")
    }
  }

  @Test(arguments: [UInt64](1...150)) func staysTheSameInJSON(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let run = try Self.conference { Self.text(&random) }
    let summary = Summary(session: run.session, reading: run.clock)
    for json in [run.export(names: true, sensitive: true).json, run.state, summary.json] {
      let text = json.printableText
      #expect(try JSON(parsing: text) == json, "seed \(seed)")
      #expect(controls(text, allowing: "\n").isEmpty, "seed \(seed)")
    }
    let texts = run.state["contributions"]?.array?.map { $0["text"]?.string }
    #expect(texts == run.session.contributions.map(\.text), "seed \(seed)")
    #expect(controls(summary.text(.nl), allowing: "\n").isEmpty, "seed \(seed)")
  }

  /// The characters that act instead of show, and are not `allowing`.
  private func controls(_ text: String, allowing allowed: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0x00...0x1F, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069:
        !allowed.unicodeScalars.contains(scalar)
      default: false
      }
    }
  }
}
