import Conference
import Ground
import Testing

/// Names leave a record, and nothing else does.
@Suite struct RedactionTests {
  // MARK: The whole record

  /// A record whose names were replaced is the record that people with such names would have made.
  @Test(arguments: 0..<12 as Range<UInt64>) func isTheRecordOfThePseudonyms(seed: UInt64) throws {
    let names = ["Anneke Spiegelaar", "Umut van der Leek", "Zoë Zandbergen", "Jan-Willem Ó Súilleabháin"]
    let pseudonyms = (1...4).map { "Deelnemer \($0)" }
    let redaction = try Redaction(Day.lines(names, seed: seed), people: nil)
    #expect(redaction.lines == (try Day.lines(pseudonyms, seed: seed)))
    #expect(redaction.people == 4)
    #expect(try Session(redaction.lines) == Session(Day.lines(pseudonyms, seed: seed)))
    // Once more changes nothing.
    #expect(try Redaction(redaction.lines, people: nil).lines == redaction.lines)
  }

  @Test(arguments: 0..<60 as Range<UInt64>) func noNameRemains(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let names = (0..<4).map { _ in Day.name(using: &random) }
    let lines = try Day.lines(names, seed: seed)
    let words = Set(names.flatMap { $0.split(separator: " ").map { $0.lowercased() } })
    let all = try Redaction(lines, people: nil)
    let remaining = Set(all.lines.flatMap { $0.words })
    #expect(remaining.isDisjoint(with: words), "seed \(seed): \(remaining.intersection(words))")

    // Only one: the names of the others stay as they are, unless one name is both's.
    let one = try Redaction(lines, people: ["p2"])
    let own = Set(names[1].split(separator: " ").map { $0.lowercased() })
    let others = Set((names[..<1] + names[2...]).flatMap { $0.split(separator: " ").map { $0.lowercased() } })
    let left = Set(one.lines.flatMap { $0.words })
    #expect(left.isDisjoint(with: own.subtracting(others)), "seed \(seed)")
    #expect(left.isSuperset(of: others.subtracting(own)), "seed \(seed)")
  }

  /// Places, times, commands and all that is no text stay, so that what refers to them still does.
  @Test func onlyTextsDiffer() throws {
    let lines = try Day.lines(
      ["Anneke Spiegelaar", "Karim Overbeek", "Els Achterberg", "Piet Jonkhart"], seed: 1)
    let new = try Redaction(lines, people: nil).lines
    #expect(new.count == lines.count)
    for (line, was) in zip(new, lines) {
      #expect(
        (line.seq, line.at, line.type, line.by) == (was.seq, was.at, was.type, was.by) && line.cmd == was.cmd)
      #expect(line.data.shape == was.data.shape, "line \(line.seq)")
    }
  }

  /// People who are called like words of the format take none of them along.
  @Test func wordsOfTheFormatStay() throws {
    let names = ["Idea Breakout", "Plenary Mirror", "Agree Propositions", "Europe Amsterdam"]
    let lines = try Day.lines(names, seed: 3)
    let (was, new) = (try Session(lines), try Session(Redaction(lines, people: nil).lines))
    #expect(new.items.map(\.phase) == was.items.map(\.phase) && new.zone == was.zone)
    #expect(
      new.plan?.zoneName == was.plan?.zoneName && new.plan?.kinds.map(\.id) == was.plan?.kinds.map(\.id))
    #expect(new.contributions.map(\.kind) == was.contributions.map(\.kind))
    #expect(new.ballots.map(\.kind) == was.ballots.map(\.kind) && new.flow == was.flow)
    #expect(new.participants.map(\.name) == (1...4).map { "Deelnemer \($0)" })
  }

  @Test func whoIsNotThereCannotBeRedacted() throws {
    let lines = try Day.lines(["Anna Bos", "Bram Kok", "Carla Vis", "Dirk Smit"], seed: 1)
    #expect(throws: Redaction.Refusal.unknownPerson("p9")) { try Redaction(lines, people: ["p1", "p9"]) }
    #expect(throws: Redaction.Refusal.nobody) { try Redaction(Array(lines.prefix(3)), people: nil) }
    var newer = lines
    newer.append(try #require(lines.last).with("hologram.shown", ["who": "Anna Bos"]))
    #expect(throws: Redaction.Refusal.unknownType("hologram.shown v1")) { try Redaction(newer, people: nil) }
  }

  // MARK: Texts

  @Test(arguments: [
    ("Anneke zei dat ANNEKE SPIEGELAAR en anneke het wil", "# zei dat # en # het wil"),
    ("volgens A. Spiegelaar, mevrouw Spiegelaar en Spiegelaar, Anneke", "volgens #, mevrouw # en #"),
    ("Anneke's idee; Annekes idee", "#'s idee; Annekes idee"),
    ("Vraag het anneke.spiegelaar@kompas.nl of aspiegelaar@kompas.nl", "Vraag het # of #"),
    ("Spiegelaarsdijk, Hanneke en Spiegel blijven", "Spiegelaarsdijk, Hanneke en Spiegel blijven"),
    ("bel 06-12345678 of 06 1234 5678 of 0612345678", "bel # of 06 1234 5678 of #"),
    ("(Anneke)\nSpiegelaar", "(#)\n#"), ("", ""), ("de van der Leek", "de van der Leek"),
  ]) func namesInTexts(text: String, expected: String) throws {
    let found = try Hall(texts: [text], chosen: ["p1"])
    #expect(found.texts == [expected.replacing("#", with: "Deelnemer 1")])
  }

  @Test(arguments: [
    // An ordinary word is a name beside a name, or with a capital where no sentence starts.
    ("Bram Bakker, B. Bakker en meneer Bakker", "Deelnemer 2, Deelnemer 2 en meneer Deelnemer 2", 0),
    ("Bakker is een vak. Bakker zijn ook: de bakker", "Bakker is een vak. Bakker zijn ook: de bakker", 3),
    ("Ruud de Boer; de Boer; de boer", "Deelnemer 3; Deelnemer 3; de boer", 1),
    ("Bram is er", "Deelnemer 2 is er", 0),
    // A name that two people have is nobody's.
    ("Carla Jonkhart en Carla Overbeek, niet Carla", "Deelnemer 4 en Deelnemer 5, niet [naam]", 1),
    // Like a name: by the accent, by the s.
    ("Ruúd en Ruuds plan", "Ruúd en Ruuds plan", 2),
    ("schrijf naar info@oeverkant.nl", "schrijf naar info@oeverkant.nl", 1),
    ("ruud vindt", "Deelnemer 3 vindt", 1),
  ]) func doubtfulNames(text: String, expected: String, doubts: Int) throws {
    let found = try Hall(texts: [text], chosen: nil)
    #expect(found.texts == [expected])
    #expect(found.redaction.doubts.count == doubts, "\(found.redaction.doubts)")
  }

  @Test func whatWasDoneIsTold() throws {
    let found = try Hall(texts: ["Carla en Bram, bram", "De bakker"], chosen: nil)
    let (first, second) = (found.firstLine, found.firstLine + 1)
    let replaced = found.redaction.replaced.filter { $0.line >= first }
    #expect(
      replaced.map { "\($0.line) \($0.member) \($0.count) \($0.isLeftOut)" } == ["\(first) text 3 false"])
    let doubts = found.redaction.doubts.filter { $0.line >= first }
    #expect(
      doubts.map { "\($0.line) \($0.member) \($0.word) \($0.why)" } == [
        "\(first) text Carla shared", "\(first) text bram small", "\(second) text bakker ordinary",
      ])
    #expect(
      found.redaction.replaced.filter { $0.line < first }.map(\.member)
        == ["name", "attributes.e-mail", "attributes.telefoon", "name", "name", "name", "name"])
  }

  @Test func whoStaysKeepsTheirName() throws {
    let found = try Hall(texts: ["Carla Overbeek zei dat Carla Jonkhart en Bram Bakker"], chosen: ["p4"])
    #expect(found.texts == ["Carla Overbeek zei dat Deelnemer 4 en Bram Bakker"])
    #expect(found.redaction.people == 1)
  }

  /// Who is called after a town is not meant wherever the town is.
  @Test func aTownIsNoPerson() throws {
    var run = try Run(people: [
      Participant(id: "p1", name: "Kees van Dordrecht", municipality: "Dordrecht"),
      Participant(id: "p2", name: "Anna van Oudewater", municipality: "Dordrecht"),
    ])
    try run.say("In Dordrecht zegt Kees van Dordrecht tegen Van Oudewater: ga naar Dordrecht")
    let redaction = try Redaction(run.lines, people: nil)
    let session = try Session(redaction.lines)
    #expect(session.participants.map(\.municipality) == ["Dordrecht", "Dordrecht"])
    #expect(
      session.contributions[0].text
        == "In Dordrecht zegt Deelnemer 1 tegen Deelnemer 2: ga naar Dordrecht")
    #expect(redaction.doubts.map(\.why) == [.ordinary, .ordinary])
  }

  @Test func furtherWordsAreNames() throws {
    let found = try Hall(
      texts: ["De bakker, Annie en buurvrouw Pietersen"], chosen: nil, also: ["bakker", "Annie", "pietersen"])
    #expect(found.texts == ["De Deelnemer 2, [naam] en buurvrouw [naam]"])
  }

  // MARK: Ids, columns, and other programs

  @Test func anIdThatIsANameIsReplacedWhereverItStands() throws {
    let people = [
      Participant(id: "anna.bosveld", name: "Anna Bosveld"),
      Participant(id: "kv@example.org", name: "Karel Visch"),
      Participant(id: "p3", name: "Zara Molenkamp"), Participant(id: "zmolenkamp", name: "Zeno Molenkamp"),
      Participant(id: "visser", name: "Vera Visser"),
    ]
    var run = try Run(people: people)
    try run.send(.arrive("anna.bosveld"))
    try run.send(.keepApart(["kv@example.org", "p3"]))
    try run.send(.pin(person: "anna.bosveld", table: 1))
    let new = try Redaction(run.lines, people: nil).lines
    #expect(!new.contains { $0.data.text.contains("bosveld") || $0.data.text.contains("@") })
    let ids = new.filter { $0.type == "participant.registered" }.compactMap { $0.data["id"]?.string }
    #expect(ids == ["deelnemer-1", "deelnemer-2", "p3", "deelnemer-4", "deelnemer-5"])
    let session = try Session(new)
    #expect(session.presence(of: "deelnemer-1") == .present)
    #expect(session.plan?.mixing.keepApart == [["deelnemer-2", "p3"]])
    #expect(session.plan?.mixing.pins == [.init(person: "deelnemer-1", table: 1)])
  }

  /// Further columns go, for any can point to a person; those stay on which tables are mixed.
  @Test func columnsThatMixStay() throws {
    var plan = Plan.sample
    plan.mixing.attributes = [.init(name: "wijk", kind: .spread, weight: 1)]
    let columns = [
      Participant.Attribute(name: "dieet", value: "geen noten"), .init(name: "wijk", value: "Oost"),
    ]
    let people = ["p1", "p2"].map { Participant(id: $0, name: "Zara M\($0)", attributes: columns) }
    let survey = [SurveyAnswer(text: "Meer", kind: "idea", source: "enquête", origin: columns)]
    let run = try Run(plan: plan, people: people, survey: survey)
    let one = try Session(Redaction(run.lines, people: ["p1"]).lines)
    #expect(one.participants.map { $0.attributes.map(\.name) } == [["wijk"], ["dieet", "wijk"]])
    #expect(one.contributions[0].origin == columns)
    let all = try Session(Redaction(run.lines, people: nil).lines)
    #expect(all.participants.map { $0.attributes.map(\.value) } == [["Oost"], ["Oost"]])
    #expect(all.contributions[0].origin.isEmpty)
  }

  @Test func linesOfOtherProgramsAreSearched() throws {
    var lines = try Day.lines(
      ["Anneke Spiegelaar", "Karim Overbeek", "Els Achterberg", "Piet Jonkhart"], seed: 1)
    lines.append(
      try #require(lines.last).with(
        "x.badge", ["Anneke": ["Els Achterberg", 3], "kind": "Piet", "id": "Karim"]))
    let last = try #require(Redaction(lines, people: nil).lines.last)
    #expect(
      last.data == [
        "Deelnemer 1": ["Deelnemer 3", 3], "kind": "Deelnemer 4", "id": "Deelnemer 2",
      ])
  }

  /// A list that was edited before anything happened stands in the record twice.
  ///
  /// A name that is gone is that of the same id, since it may have been a slip of the pen.
  @Test func namesOfAnEarlierOpeningGoToo() throws {
    var run = try Run(people: [
      Participant(id: "P001", name: "Zara Molenkamp"), Participant(id: "P002", name: "Anneke Spiegelaar"),
    ])
    let second = try Run(people: [
      Participant(id: "P001", name: "Anneke Spiegelaar"), Participant(id: "P002", name: "Els Achterberg"),
    ])
    run.lines += second.lines
    let all = try Redaction(run.lines, people: nil)
    #expect(Set(all.lines.flatMap(\.words)).isDisjoint(with: ["zara", "anneke", "els"]))
    let one = try Redaction(run.lines, people: ["P001"])
    let names = one.lines.filter { $0.type == "participant.registered" }.compactMap {
      $0.data["name"]?.string
    }
    #expect(names == ["Deelnemer 1", "Deelnemer 1", "Deelnemer 1", "Els Achterberg"])
  }
}

// MARK: - Records to redact

/// People of a hall, and texts that they wrote.
private struct Hall {
  let redaction: Redaction
  let texts: [String]
  /// The number of the first text's line.
  let firstLine: Int

  init(texts: [String], chosen: Set<String>?, also: [String] = []) throws {
    var run = try Run(people: [
      Participant(
        id: "p1", name: "Anneke Spiegelaar",
        attributes: [.init(name: "e-mail", value: "a@b.nl"), .init(name: "telefoon", value: "06-12345678")]),
      Participant(id: "p2", name: "Bram Bakker"), Participant(id: "p3", name: "Ruud de Boer"),
      Participant(id: "p4", name: "Carla Jonkhart"), Participant(id: "p5", name: "Overbeek, Carla"),
    ])
    firstLine = run.lines.count + 1
    // A text of nothing is no contribution.
    for text in texts where !text.isEmpty { try run.say(text) }
    redaction = try Redaction(run.lines, people: chosen, also: also)
    let said = redaction.lines.filter { $0.type == "contribution.added" }.compactMap {
      $0.data["text"]?.string
    }
    self.texts = texts.contains("") ? [""] : said
  }
}

/// A day on which names stand wherever people can write.
private enum Day {
  static func lines(_ names: [String], seed: UInt64) throws -> [Line] {
    var random = SplitMix64(seed: seed)
    var plan = Plan.sample
    plan.motto = "Welkom \(names[0])"
    plan.items[1].speaker = names[1]
    plan.groups = ["cliënt", "vrienden van \(names[2])"]
    plan.mixing.sameOrganisations = [["Praktijk \(names[3])", "Praktijk \(names[3]) bv"]]
    let people = zip(1..., names).map { number, name in
      Participant(
        id: "p\(number)", name: name, organisation: number == 1 ? "Praktijk \(names[3])" : nil,
        group: number == 2 ? "vrienden van \(names[2])" : nil)
    }
    var run = try Run(
      plan: plan, people: people,
      survey: [
        SurveyAnswer(text: "Vraag \(names[2])", kind: "idea", source: "lijst van \(names[0])")
      ])
    func name() -> String { names.randomElement(using: &random) ?? "" }
    for person in people { try run.send(.arrive(person.id)) }
    try run.send(.advance)
    for _ in 0..<6 { try run.say("We \(name()) en \(name()); (\(name())), maar \(name())!") }
    try run.send(.amend(id: "c2", text: "Toch \(name())", kind: "opinion"))
    try run.send(.quote(id: "c3", Quote(role: "buur van \(name())", organisation: "Praktijk \(names[3])")))
    try run.send(.assignAction(id: "c4", owner: name(), due: CalendarDate("2026-12-12")))
    try run.send(.addTheme(title: "Idee van \(name())", body: "Zie \(name())"))
    try run.send(
      .openBallot(NewBallot(kind: .propositions, title: "Krijgt \(name()) gelijk?", options: ["c2"])))
    try run.send(
      .count(ballot: "b1", option: "c2", group: "vrienden van \(names[2])", Tally(agree: 1), deliberate: true)
    )
    try run.send(.message("Wil \(name()) komen?", tables: []))
    try run.send(.mark("Toen \(name()) sprak"))
    try run.send(.undo)
    return run.lines
  }

  /// A name of two invented words.
  static func name(using random: inout SplitMix64) -> String {
    func word() -> String {
      let syllables = ["zor", "mi", "kel", "wu", "tra", "éno", "quu", "vex", "lo", "ñaf"]
      return (0..<Int.random(in: 2...3, using: &random)).map { _ in
        syllables.randomElement(using: &random) ?? ""
      }.joined()
    }
    return [word(), word()].map { ($0.first?.uppercased() ?? "") + $0.dropFirst() }.joined(separator: " ")
  }
}

extension Line {
  /// The words of the payload, in small letters.
  fileprivate var words: [String] {
    data.text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  fileprivate func with(_ type: String, _ data: JSON) -> Line {
    Line(seq: seq + 1, at: at, type: type, by: "x", cmd: cmd, data: data)
  }
}

extension JSON {
  /// The value with nothing in its texts.
  fileprivate var shape: JSON {
    switch self {
    case .string: ""
    case .array(let values): .array(values.map(\.shape))
    case .object(let members): .object(members.map { Member($0.key, $0.value.shape) })
    default: self
    }
  }
}

extension Session {
  fileprivate init(_ lines: [Line]) throws {
    self.init()
    for line in lines { try apply(line) }
  }
}
