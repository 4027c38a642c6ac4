import ArgumentParser
import Conference
import Dispatch
import Documents
import Ground
import Seating

/// `beraad seat`: tables from rules and a list of people, without a conference.
struct SeatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seat",
    abstract: say(nl: "Deel tafels in, zonder conferentie.", en: "Draw tables, without a conference."),
    discussion: example(
      "beraad seat --rules wmo-2026/plan.yaml",
      "beraad seat --rules case.json --people participants.csv --seconds 10 --json > answer.json",
      "beraad seat --rules wmo-2026/plan.yaml --explain --person P001 --person P014"))

  @Option(
    help: help(nl: "De regels: plan.yaml, of een case.json.", en: "The rules: plan.yaml, or a case.json."))
  var rules: String

  @Option(
    help: help(
      nl: "De deelnemers, als CSV (anders het bestand dat bij de regels hoort).",
      en: "The participants, as CSV (else the file that belongs to the rules)."))
  var people: String?

  @Option(help: help(nl: "Het aantal rondes.", en: "The number of rounds."))
  var rounds: Int?

  @Option(
    help: help(
      nl: "Hoeveel seconden het hele commando mag duren.", en: "How many seconds the whole command may take.")
  )
  var seconds: Double?

  @Option(
    help: help(
      nl: "Het aantal voorstellen: hetzelfde getal geeft overal dezelfde tafels.",
      en: "The number of proposals: the same one gives the same tables everywhere."))
  var count: Int?

  @Option(
    help: help(
      nl: "Breek af na zoveel voorstellen, zoals een eerder antwoord deed (stopped_at).",
      en: "Break off after so many proposals, as an earlier answer did (stopped_at)."))
  var stopAt: Int?

  @Option(
    help: help(
      nl: "Het startgetal: hetzelfde getal geeft dezelfde tafels.",
      en: "The seed: the same one gives the same tables."))
  var seed: Int?

  @Option(
    help: help(
      nl: "Een eerder antwoord: de bekendgemaakte tafels, waarvan weinig mensen verhuizen.",
      en: "An earlier answer: the tables as made known, from which few people move."))
  var previous: String?

  @Flag(help: help(nl: "Als JSON, in plaats van als tekst.", en: "As JSON, instead of as text."))
  var json = false

  @Flag(help: help(nl: "Als CSV: een regel per persoon.", en: "As CSV: a row for each person."))
  var csv = false

  @Flag(help: help(nl: "Met de namen (bij --csv).", en: "With the names (with --csv)."))
  var names = false

  @Flag(help: help(nl: "Als kaarten voor op tafel, met namen.", en: "As cards for the tables, with names."))
  var cards = false

  @Flag(help: help(nl: "Als HTML om af te drukken (bij --cards).", en: "As HTML, to print (with --cards)."))
  var html = false

  @Flag(
    help: help(
      nl: "Leg uit waarom elke tafel en elke persoon zo zit.", en: "Explain why each table and person is so.")
  )
  var explain = false

  @Option(
    help: help(
      nl: "Leg het voor deze persoon uit; voor twee: waarom zij elkaar niet treffen.",
      en: "Explain it for this person; for two: why they do not meet."))
  var person: [String] = []

  @OptionGroup var languageOption: LanguageOption

  func validate() throws {
    func refuse(_ nl: String, _ en: String) -> ValidationError { ValidationError(say(nl: nl, en: en)) }
    if [json, csv, cards, explain].count(where: { $0 }) > 1 {
      throw refuse(
        "Kies één van --json, --csv, --cards en --explain.",
        "Choose one of --json, --csv, --cards and --explain.")
    }
    if names && !csv { throw refuse("--names hoort bij --csv.", "--names goes with --csv.") }
    if html && !cards { throw refuse("--html hoort bij --cards.", "--html goes with --cards.") }
    if !person.isEmpty && !explain {
      throw refuse("--person hoort bij --explain.", "--person goes with --explain.")
    }
    if seconds != nil, count != nil || stopAt != nil {
      throw refuse(
        "Kies --seconds, of --count en --stop-at: een tijd of een aantal voorstellen.",
        "Choose --seconds, or --count and --stop-at: a time or a number of proposals.")
    }
    if let seconds, !(0.05...86_400).contains(seconds) {
      throw refuse("--seconds is een getal van 0.05 tot 86400.", "--seconds is a number from 0.05 to 86400.")
    }
    if [count, stopAt].contains(where: { $0.map { !(0...DrawingBudget.mostEffort).contains($0) } ?? false }) {
      throw refuse(
        "--count en --stop-at zijn getallen van 0 tot \(DrawingBudget.mostEffort).",
        "--count and --stop-at are numbers from 0 to \(DrawingBudget.mostEffort).")
    }
  }

  func run() throws {
    let start = ProcessClock.start()
    let input = try SeatInput(rules: rules, people: people, previous: previous, rounds: rounds)
    if let stranger = person.first(where: { id in !input.request.participants.contains { $0.id == id } }) {
      throw failure(
        .usage, nl: "\(stranger) staat niet op de lijst.", en: "\(stranger) is not on the list.")
    }
    let drawn = try refusing { try draw(input.request, since: start) }
    try write(drawn, input)
  }

  // MARK: Drawing

  /// The engine, and the effort that is enough where nobody asks for a time or a count.
  private var engine: any SeatingEngine { Annealer() }
  private func usualEffort(_ request: SeatingRequest) -> Int {
    Annealer.recommendedEffort(people: request.participants.count, rounds: request.rounds)
  }

  private func draw(_ request: SeatingRequest, since start: Int64) throws -> OrderedDrawing {
    let seed = UInt64(bitPattern: Int64(seed ?? request.rules.seed ?? 1))
    let workers = SeatingWorkers { DispatchQueue.concurrentPerform(iterations: $0, execute: $1) }
    // What comes after the drawing (the score, the text, writing it) takes the longer the more chairs there are.
    let reserve = 12_000_000 + Int64(request.participants.count * min(max(1, request.rounds), 100)) * 4_000
    let deadline = seconds.map { start + Int64($0 * 1e9) - reserve }
    let progress = SeatProgress(start: start, deadline: deadline)
    let breakOff = BreakOff()
    var isBrokenOff = false
    let report = { (soFar: SeatingDrawing) in
      progress.tell(soFar)
      isBrokenOff = isBrokenOff || breakOff.isAsked
      return !isBrokenOff
    }
    defer {
      progress.end()
      if isBrokenOff {
        complain(
          say(nl: "Afgebroken: dit is het beste tot nu toe.", en: "Broken off: this is the best so far."))
      }
    }
    if let deadline {
      let budget = DrawingBudget(deadline: deadline, now: ProcessClock.now)
      return try request.draw(with: engine, seed: seed, within: budget, on: workers, report: report)
    }
    var order = DrawingOrder(seed: seed, effort: count ?? usualEffort(request), brokenOffAt: stopAt)
    let drawing = try request.draw(with: engine, order, on: workers, report: report)
    if isBrokenOff, !drawing.isOptimal { order.brokenOffAt = drawing.proposals }
    return OrderedDrawing(drawing: drawing, order: order)
  }

  // MARK: Writing

  private func write(_ drawn: OrderedDrawing, _ input: SeatInput) throws {
    let request = input.request
    // People look for a table by its number; a case calls its tables by their ids.
    let sheet = SeatingSheet(
      request, drawn.drawing, language: language, usesTableIDs: input.plan == nil)
    if json {
      try output(request.answer(drawn.drawing, order: drawn.order, engine: engine.name).answerText)
    } else if csv {
      try output(sheet.csv(withNames: names))
    } else if cards {
      let breakouts = input.plan?.items.filter { $0.phase == .breakout } ?? []
      try output(sheet.cards(asHTML: html, title: input.title, items: breakouts))
    } else {
      let told = explain ? sheet.explanation(person) : sheet.text
      try output(told + (person.isEmpty ? "\n" + sheet.summary + how(drawn.order) + "\n" : ""))
      return
    }
    complain(sheet.verdict + " " + how(drawn.order))
  }

  /// What makes the drawing come out the same again.
  private func how(_ order: DrawingOrder) -> String {
    let stop =
      order.brokenOffAt.map { say(nl: ", afgebroken na \($0)", en: ", broken off after \($0)") } ?? ""
    let seed = Int64(bitPattern: order.seed)
    return say(
      nl: "Startgetal \(seed), \(order.effort) voorstellen\(stop), \(engine.name).",
      en: "Seed \(seed), \(order.effort) proposals\(stop), \(engine.name).")
  }
}
