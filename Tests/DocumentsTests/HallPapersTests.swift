import Conference
import Documents
import Ground
import Screen
import Testing

/// The papers for the hall (S0.5): table cards, and the list of who sits where.
@Suite struct HallPapersTests {
  private func papers(_ run: Run, rounds: [Int] = [1, 2], _ language: Language = .nl) -> HallPapers {
    HallPapers(session: run.session, rounds: rounds, language: language)
  }

  @Test(arguments: Language.allCases) func theyAreAsTheyWere(language: Language) throws {
    let papers = try papers(Run.untilRound1(), language)
    try expectSnapshot(papers.text(), "hall.\(language).txt")
    try expectSnapshot(papers.html(), "hall.\(language).html")
  }

  @Test func onlyWhatIsAskedForIsInThem() throws {
    let papers = try papers(Run.untilRound1(), rounds: [1])
    #expect(papers.text([.cards]).contains("TAFEL 1") && !papers.text([.cards]).contains("Wie zit waar"))
    #expect(papers.text([.names]).contains("Wie zit waar") && !papers.text([.names]).contains("TAFEL"))
    #expect(!papers.html([.names]).contains("class=\"card\""))
    #expect(!papers.html([.cards]).contains("Wie zit waar") && !papers.html([.cards]).contains("Ronde 2"))
  }

  @Test func whatIsNotDrawnIsToldSo() throws {
    let run = try Run()
    #expect(run.session.seatedRounds == [])
    let text = papers(run).text()
    #expect(
      text.contains("Ronde 1 is nog niet ingedeeld.") && text.contains("Ronde 2 is nog niet ingedeeld."))
    #expect(papers(run, .en).html().contains("<p>The tables of round 2 have not been drawn yet.</p>"))
    #expect(try Run.untilRound1().session.seatedRounds == [1, 2])
    #expect(Session().seatedRounds == [])
    let none = HallPapers(session: Session(), rounds: [], language: .nl)
    #expect(none.text().contains("Er staat niemand op de lijst.") && none.html().contains("<h1>"))
  }

  @Test func anEmptyTableHasACardThatSaysSo() throws {
    var run = try Run()
    try run.seat(round: 1, [1: ["p1"], 2: []])
    #expect(papers(run, rounds: [1]).text([.cards]).contains("Aan deze tafel zit in deze ronde niemand."))
    #expect(
      papers(run, rounds: [1]).html([.cards]).contains("<p>Aan deze tafel zit in deze ronde niemand.</p>"))
  }

  @Test func namesakesAreToldApart() throws {
    var run = try Run()
    try run.send(
      .register(name: "Anna Bos", organisation: "Minters", group: nil, municipality: nil))
    try run.seat(round: 1, [1: ["p1", "p2"], 2: ["W6"]])
    let lines = papers(run, rounds: [1]).text([.names]).split(separator: "\n").map(String.init)
    let annas = lines.filter { $0.contains("Bos, Anna") }
    #expect(annas.count == 2 && annas[0].contains("(Aafje)") && annas[1].contains("(Minters)"))
    #expect(annas[0].hasSuffix(" 1") && annas[1].hasSuffix(" 2"))
  }

  /// Whatever people type, text stays within 80 columns without control characters, and HTML stays the same
  /// elements.
  @Test(arguments: [UInt64](1...60)) func nastyTextsStayText(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let nasty = try NastyTextTests.conference { NastyTextTests.text(&random) }
    let plain = try NastyTextTests.conference { "x" }
    let text = papers(nasty, rounds: [1]).text()
    for line in text.split(separator: "\n") {
      #expect(TextWidth.width(line) <= 80, "seed \(seed): \(line)")
    }
    let acting = text.unicodeScalars.filter {
      $0.value < 0x20 && $0 != "\n" || (0x7F...0x9F).contains($0.value)
    }
    #expect(acting.isEmpty, "seed \(seed)")
    let html = papers(nasty, rounds: [1]).html([.cards])
    #expect(elements(html) == elements(papers(plain, rounds: [1]).html([.cards])), "seed \(seed)\n\(html)")
    #expect(!html.contains("<script") && !html.contains("\u{1B}"))
  }

  @Test func longNamesEmojiAndManyRoundsFit() throws {
    let names = [
      String(repeating: "Lang", count: 15), "👩‍👩‍👧‍👦 Familie 👍", "中村 太郎", "<b>Vet</b>", "\u{1B}[31mRood",
      "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301} Accenten",
    ]
    var plan = Plan.sample
    plan.items =
      (1...30).map { AgendaItem(id: "r\($0)", phase: .breakout, title: "R", seconds: 60, seating: .keep) }
    var run = Run(at: try #require(Moment(rfc3339: "2026-11-21T12:00:00.000Z")))
    let people = names.enumerated().map { Participant(id: "p\($0)", name: $1, group: $1, municipality: nil) }
    try run.send(.open(Opening(plan: plan, participants: people, survey: [], zone: .utc)), by: "host")
    try run.seat(round: 1, [1: people.prefix(3).map(\.id), 2: people.suffix(3).map(\.id)])
    let papers = papers(run, rounds: run.session.seatedRounds)
    #expect(run.session.seatedRounds.count == 30)
    for line in papers.text().split(separator: "\n") { #expect(TextWidth.width(line) <= 80, "\(line)") }
    let heads = papers.text([.names]).split(separator: "\n").filter { $0.hasPrefix("naam") }
    #expect(heads.joined().matches(of: /ronde \d+/).count == 30 && heads.count > 1)
    #expect(papers.html().contains("&lt;b&gt;Vet&lt;/b&gt;"))
  }

  /// All that stands between < and >, in order; by scalars, as a browser reads.
  private func elements(_ html: String) -> [String] {
    html.unicodeScalars.split(separator: "<").dropFirst().map { String($0.prefix { $0 != ">" }) }
  }
}

/// Dutch names in the order in which Dutch people look for them.
@Suite struct ListedNameTests {
  private func list(_ names: [String]) throws -> [String] {
    var run = Run(at: try #require(Moment(rfc3339: "2026-11-21T12:00:00.000Z")))
    let people = names.enumerated().map { Participant(id: "p\($0)", name: $1) }
    try run.send(.open(Opening(plan: .sample, participants: people, survey: [], zone: .utc)), by: "host")
    let text = HallPapers(session: run.session, rounds: [], language: .nl).text([.names])
    return text.split(separator: "\n").map(String.init).drop { !$0.hasPrefix("naam") }.dropFirst()
      .map { $0.trimmed }
  }

  @Test func prefixesDoNotCount() throws {
    #expect(
      try list([
        "Anna de Vries", "Bram Vos", "Rosa ten Grotenhuis", "Jan van der Berg", "Eva in ’t Veld",
        "Piet d'Ancona",
        "Vries, Zoë de", "Yara El Amrani", "Luc Van den Berg", "Mia Jansen-de Vries", "Kees",
        "Anna van 's-Gravesande",
      ]) == [
        "A", "d'Ancona, Piet", "B", "van der Berg, Jan", "E", "El Amrani, Yara", "G",
        "van 's-Gravesande, Anna",
        "ten Grotenhuis, Rosa", "J", "Jansen-de Vries, Mia", "K", "Kees", "V", "Van den Berg, Luc",
        "in ’t Veld, Eva", "Vos, Bram", "de Vries, Anna", "Vries, Zoë de",
      ])
  }

  @Test func marksAndCapitalsDoNotCount() throws {
    #expect(
      try list([
        "Bo Ödegaard", "Al Oever", "Cy ODA", "Di Éclair", "Ed Østby", "Fa Ĳsel", "Gé Strauß", "中村", "👍",
      ])
        == [
          "#", "👍", "E", "Éclair, Di", "I", "Ĳsel, Fa", "O", "ODA, Cy", "Ödegaard, Bo", "Oever, Al",
          "Østby, Ed", "S", "Strauß, Gé", "中", "中村",
        ])
  }
}
