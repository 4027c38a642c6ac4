import ArgumentParser
import Conference
import Documents
import Ground
import Record

/// `beraad redact RECORD --all-names -o NEW`: a record of its own without people's names.
struct RedactCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redact",
    abstract: say(
      nl: "Schrijf een naslagwerk zonder namen van deelnemers; het origineel blijft zoals het is.",
      en: "Write a record without participants' names; the original stays as it is."),
    discussion: example(
      "beraad redact wmo-2026 --all-names -o zonder-namen.jsonl",
      "beraad redact wmo-2026 --person P012 --also Annie -o zonder-P012.jsonl"))

  @Argument(help: help(nl: "Het naslagwerk, of de map ervan.", en: "The record, or its folder."))
  var record: String

  @Option(
    parsing: .upToNextOption,
    help: help(
      nl: "De deelnemers van wie de naam weg moet, met hun id.",
      en: "The participants whose names must go, by id."))
  var person: [String] = []

  @Flag(help: help(nl: "De namen van alle deelnemers.", en: "The names of all participants."))
  var allNames = false

  @Option(
    parsing: .upToNextOption,
    help: help(
      nl: "Meer woorden die overal een naam zijn, zoals een roepnaam.",
      en: "Further words that are names everywhere, such as a nickname."))
  var also: [String] = []

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: help(
      nl: "Het nieuwe bestand; het mag nog niet bestaan.", en: "The new file; it must not exist yet."))
  var new: String

  @Flag(
    help: help(
      nl: "Zonder de hash van het origineel, waaraan een geraden naam te toetsen is.",
      en: "Without the hash of the original, against which a guessed name can be checked."))
  var unlinked = false

  @Flag(help: help(nl: "Schrijf de lijst als JSON.", en: "Print the list as JSON."))
  var json = false

  @OptionGroup var languageOption: LanguageOption

  func validate() throws {
    if person.isEmpty != allNames {
      throw ValidationError(say(nl: "Kies --person of --all-names.", en: "Choose --person or --all-names."))
    }
  }

  func run() throws {
    do {
      // Working on it takes a while; the writer looks once more.
      guard !exists(new) else { throw RecordError.exists(new) }
      let source = try RecordSource(path: recordPath(record))
      let redaction = try Redaction(source.lines, people: allNames ? nil : Set(person), also: also)
      try RedactedRecord.write(
        redaction.lines, of: source, people: redaction.people, when: systemMoment(), isLinked: !unlinked,
        to: new)
      if source.tornBytes > 0 {
        complain(
          say(
            nl: "Aan het eind stonden \(source.tornBytes) bytes van een onaffe regel; die zijn weggelaten.",
            en: "At the end stood \(source.tornBytes) bytes of an unfinished line; they were left out."))
      }
      try output(json ? report(of: redaction).printableText + "\n" : words(of: redaction))
    } catch let error as RecordError {
      throw failure(error)
    } catch let refusal as Redaction.Refusal {
      throw ending(refusal)
    }
  }

  private func ending(_ refusal: Redaction.Refusal) -> ExitCode {
    switch refusal {
    case .unknownPerson(let id):
      failure(
        .usage,
        nl: "Er is geen deelnemer met het id ‘\(id)’. De ids staan in: beraad replay \(record) --state",
        en: "There is no participant with the id ‘\(id)’. The ids are in: beraad replay \(record) --state")
    case .nobody:
      failure(
        .refused, nl: "Er staan geen deelnemers in dit naslagwerk, dus er zijn geen namen te vervangen.",
        en: "There are no participants in this record, so there are no names to replace.")
    case .unknownType(let type): failure(RecordError.needsNewerVersion(type))
    }
  }

  // MARK: - What was done

  /// The list for scripts; later versions only add members.
  private func report(of redaction: Redaction) -> JSON {
    [
      "document": "redaction", "version": 1, "record": .string(new), "people": .int(redaction.people),
      "replaced": .array(
        redaction.replaced.map {
          [
            "line": .int($0.line), "member": .string($0.member), "count": .int($0.count),
            "left_out": .bool($0.isLeftOut),
          ]
        }),
      "doubts": .array(
        redaction.doubts.map {
          [
            "line": .int($0.line), "member": .string($0.member), "word": .string($0.word),
            "why": .string($0.why.rawValue), "replaced": .bool($0.why.isReplaced),
          ]
        }),
    ]
  }

  private func words(of redaction: Redaction) -> String {
    let names = redaction.replaced.filter { !$0.isLeftOut }.reduce(0) { $0 + $1.count }
    var lines = [
      say(
        nl: "\(new): \(names) keer een naam vervangen, van \(redaction.people) mensen.",
        en: "\(new): a name was replaced \(names) times, of \(redaction.people) people.")
    ]
    lines += places(of: redaction)
    for why in Redaction.Doubt.Why.allCases {
      let doubts = redaction.doubts.filter { $0.why == why }
      guard !doubts.isEmpty else { continue }
      lines += ["", why.heading[language]]
      let byWord = Dictionary(grouping: doubts) { $0.word.lowercased() }
      for (_, same) in byWord.sorted(by: { ($0.value[0].line, $0.key) < ($1.value[0].line, $1.key) }) {
        let places = same.prefix(10).map { "\($0.line) \($0.member)" }.joined(separator: ", ")
        let rest =
          same.count > 10 ? say(nl: " en \(same.count - 10) meer", en: " and \(same.count - 10) more") : ""
        lines.append("  \(same[0].word): \(say(nl: "regel", en: "line")) \(places)\(rest)")
      }
    }
    if redaction.doubts.contains(where: { !$0.why.isReplaced }) {
      lines += [
        "",
        say(
          nl: "Is een woord toch een naam, maak het bestand dan opnieuw met --also WOORD.",
          en: "If a word is a name after all, make the file once more with --also WORD."),
      ]
    }
    return lines.map { $0.visible + "\n" }.joined()
  }
}

/// Where what was replaced, lines that are alike taken together.
private func places(of redaction: Redaction) -> [String] {
  var runs: [(first: Redaction.Replaced, last: Int)] = []
  for one in redaction.replaced {
    if let run = runs.last, run.last + 1 == one.line, run.first.member == one.member,
      run.first.count == one.count, run.first.isLeftOut == one.isLeftOut
    {
      runs[runs.count - 1].last = one.line
    } else {
      runs.append((one, one.line))
    }
  }
  return runs.map { first, last in
    let lines =
      last == first.line
      ? say(nl: "regel \(last)", en: "line \(last)")
      : say(nl: "regels \(first.line) tot en met \(last), elk", en: "lines \(first.line) to \(last), each")
    let leftOut = first.isLeftOut ? say(nl: ", weggelaten", en: ", left out") : ""
    return "  \(lines)  \(first.member): \(first.count)\(leftOut)"
  }
}

extension Redaction.Doubt.Why {
  /// Whether the word was replaced.
  fileprivate var isReplaced: Bool {
    switch self {
    case .small, .shared: true
    case .ordinary, .likeAName, .address: false
    }
  }

  fileprivate var heading: Phrase {
    switch self {
    case .ordinary:
      Phrase(
        nl: "Blijven staan, want ook gewone woorden; kijk of er iemand mee bedoeld is:",
        en: "Left, since they are ordinary words, too; see whether somebody is meant:")
    case .likeAName:
      Phrase(
        nl: "Blijven staan, maar lijken op een naam; kijk of er iemand mee bedoeld is:",
        en: "Left, but like a name; see whether somebody is meant:")
    case .address:
      Phrase(
        nl: "Blijven staan: mailadressen zonder een bekende naam; kijk van wie ze zijn:",
        en: "Left: e-mail addresses without a known name; see whose they are:")
    case .small:
      Phrase(
        nl: "Vervangen, maar klein geschreven; misschien waren het gewone woorden:",
        en: "Replaced, though written small; they may have been ordinary words:")
    case .shared:
      Phrase(
        nl: "Vervangen zonder nummer, want meer mensen heten zo:",
        en: "Replaced without a number, since several people are called so:")
    }
  }
}
