import ArgumentParser
import Conference
import Documents
import Dossier
import Ground
import Record

/// `beraad check RECORD`: whether a record holds together.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: say(
      nl: "Controleer of een naslagwerk heel is.", en: "Check whether a record holds together."),
    discussion: example(
      "beraad check wmo-2026/record.jsonl", "beraad check record.jsonl --json",
      "beraad check record.jsonl --repair --from copy.jsonl", "beraad check wmo-2026 --redraw"))

  @Argument(help: help(nl: "Het naslagwerk, of de map ervan.", en: "The record, or its folder."))
  var record: String

  @Flag(
    help: help(
      nl: "Zet een onaf einde apart; met --from: haal ontbrekende regels uit kopieën.",
      en: "Put a torn end aside; with --from: fetch missing lines from copies."))
  var repair = false

  @Option(
    help: help(
      nl: "Een kopie, byte voor byte gelijk; mag vaker.",
      en: "A copy, identical byte by byte; may be repeated."))
  var from: [String] = []

  @Flag(help: help(nl: "Schrijf de uitkomst als JSON.", en: "Print the verdict as JSON."))
  var json = false

  @Flag(
    help: help(
      nl: "Deel alle tafels opnieuw in en vergelijk ze met het naslagwerk.",
      en: "Draw all tables once more and compare them with the record."))
  var redraw = false

  @OptionGroup var languageOption: LanguageOption

  func validate() throws {
    if !repair, !from.isEmpty {
      throw ValidationError(say(nl: "--from hoort bij --repair.", en: "--from goes with --repair."))
    }
    if json, redraw {
      throw ValidationError(say(nl: "Kies --json of --redraw.", en: "Choose --json or --redraw."))
    }
  }

  func run() throws {
    let path = recordPath(record)
    if !json, !exists(path), isFolder(record) { return try checkDossier() }
    do {
      if repair { try mend(path) }
      let report = try RecordCheck.check(path: path)
      let verdict = Verdict(report)
      try json ? output(verdict.json.printableText + "\n") : tell(verdict)
      guard report.isGood else { throw ExitCode(Ending.refused.rawValue) }
      guard !json else { return }
      let hasTraject = report.types.counts.keys.contains { $0.type == "traject.taken" }
      guard hasTraject || redraw else { return }
      let lines = try RecordReader.read(path: path).lines
      if hasTraject { try tellTraject(lines) }
      if redraw { try checkDrawings(lines) }
    } catch let error as RecordError {
      throw failure(error)
    }
  }

  // MARK: - Mending

  /// Does what can be done; the verdict that follows tells how the record is afterwards.
  private func mend(_ path: String) throws {
    if !from.isEmpty {
      guard let report = try RecordCheck.repair(path: path, from: from) else { return }
      return complain(
        say(
          nl:
            "\(report.fetched) regels zijn teruggehaald; het bestand zoals het was staat in \(report.damagedCopy).",
          en: "\(report.fetched) lines were fetched; the file as it was stands in \(report.damagedCopy)."))
    }
    // Without a copy only what nobody was told of may be taken out, as opening the record does.
    guard try RecordCheck.check(path: path).damage?.reason == .torn else { return }
    RecordWriter.ignoreWriteSignals()
    let (writer, report) = try RecordWriter.open(
      path: path, at: systemMoment(), knows: Event.knows(type:version:))
    writer.close()
    guard let recovered = report.recovered else { return }
    complain(
      say(
        nl: "Het onaffe einde (\(recovered.bytes) bytes) staat nu in \(recovered.path).",
        en: "The torn end (\(recovered.bytes) bytes) is now in \(recovered.path)."))
  }

  // MARK: - Telling

  private func tell(_ verdict: Verdict) throws {
    let report = verdict.report
    for notice in report.notices { complain(describe(notice)) }
    for (type, times) in verdict.types.unknown.sorted(by: { $0.key < $1.key }) {
      complain(
        say(
          nl: "\(type) (\(times) keer) is van een nieuwere versie; dit naslagwerk is hier alleen te lezen.",
          en: "\(type) (\(times) times) is of a newer version; this record can only be read here."))
    }
    guard let damage = report.damage else {
      return try output(
        say(
          nl: "\(report.lines) regels sluiten aan tot \(report.hash)\n",
          en: "\(report.lines) lines chain to \(report.hash)\n") + sealLines(report))
    }
    complain(describe(damage))
    for island in report.islands {
      complain(
        say(
          nl: "Vanaf regel \(island.firstLine) sluiten weer \(island.lines.count) regels op elkaar aan.",
          en: "From line \(island.firstLine) on \(island.lines.count) lines chain again."))
    }
    complain(remedy(damage, hasIslands: !report.islands.isEmpty)[language])
  }

  /// The last seal in digits and in words, to be held beside what people wrote down; nothing where there is none.
  private func sealLines(_ report: CheckReport) -> String {
    guard let upto = report.seals.upto, let sha256 = report.seals.sha256 else { return "" }
    let seal = ClosingSeal(upto: upto, sha256: sha256)
    let lines = upto + 1
    return say(
      nl: "Het zegel over regel 1 tot en met \(lines) klopt:\n",
      en: "The seal over lines 1 to \(lines) holds:\n")
      + "  \(seal.groups)\n  \(seal.words(in: language).joined(separator: " "))\n"
  }

  private func describe(_ damage: Damage) -> String {
    say(
      nl: "regel \(damage.line), byte \(damage.offset): \(damage.reason.phrase.nl)",
      en: "line \(damage.line), byte \(damage.offset): \(damage.reason.phrase.en)")
  }

  /// What can be done about it.
  private func remedy(_ damage: Damage, hasIslands: Bool) -> Phrase {
    let command = "beraad check \(quotedForShell(record)) --repair"
    return switch damage.reason {
    case .empty:
      Phrase(
        nl: "Er is niets te herstellen: beraad run begint het naslagwerk.",
        en: "There is nothing to mend: beraad run begins the record.")
    case .torn where hasIslands:
      Phrase(
        nl:
          "Of deze regels bevestigd waren, is niet te zien: een storing vlak voor het einde ziet er zo uit. "
          + "Heeft een kopie meer, gebruik dan eerst: \(command) --from KOPIE. "
          + "Anders zet beraad run het einde apart.",
        en:
          "Whether these lines were confirmed cannot be seen: a failure just before the end looks like this. "
          + "If a copy holds more, first use: \(command) --from COPY. "
          + "Otherwise beraad run puts the end aside.")
    case .torn:
      Phrase(
        nl:
          "Alles wat bevestigd was, is er nog. Het onaffe einde wordt apart gezet door beraad run, of door: "
          + command,
        en:
          "All that was confirmed is still there. The torn end is put aside by beraad run, or by: \(command)")
    default:
      Phrase(
        nl: "Er is niets veranderd. Herstel vraagt een kopie, zoals die van een notulist, met regel "
          + "\(damage.line) en wat erna ontbreekt: \(command) --from KOPIE. Terugspelen, zoeken en exporteren kan wel.",
        en:
          "Nothing was changed. Mending wants a copy, such as a note-taker’s, with line \(damage.line) and what "
          + "is missing behind it: \(command) --from COPY. Replay, search and export do work.")
    }
  }

  /// A conference that was not opened yet has no record, but its plan can be read, and the records that it
  /// names.
  private func checkDossier() throws {
    let (dossier, traject): (Dossier, Traject)
    do throws(DossierError) {
      dossier = try Dossier.read(folder: record)
      traject = try Traject(dossier.earlier, folder: record, ours: dossier.participants)
    } catch {
      throw failure(error)
    }
    for notice in dossier.notices { complain(notice.text(language)) }
    traject.tell()
    try output(
      say(
        nl: "Het dossier is goed; het is nog niet geopend.\n",
        en: "The dossier is good; it was not opened yet.\n"))
  }

  /// Tells the earlier meetings that stand in a record.
  private func tellTraject(_ lines: [Line]) throws {
    let session = RecordReading(lines: lines).session
    let meetings = session.earlierMeetings.map { $0.line(of: session.participants.count)[language] + "\n" }
    try output(say(nl: "Eerdere bijeenkomsten:\n", en: "Earlier meetings:\n") + meetings.joined())
  }
}

/// What is to be said of a record, in one word and with all that belongs to it.
private struct Verdict {
  let report: CheckReport
  let types: RecordTypes

  init(_ report: CheckReport) {
    self.report = report
    types = RecordTypes(report, knows: Event.knows(type:version:))
  }

  /// One of `good`, `newer`, `unreadable`, `torn`, `empty`, `damaged`; docs/RECORD.md tells what each means.
  private var word: String {
    switch report.damage?.reason {
    case .torn?: "torn"
    case .empty?: "empty"
    case _?: "damaged"
    case nil: !report.notices.isEmpty ? "unreadable" : types.isKnown ? "good" : "newer"
    }
  }

  /// The verdict for scripts; later versions only add members.
  var json: JSON {
    let first = report.first?.payload
    return [
      "document": "check", "version": 1, "verdict": .string(word), "good": .bool(report.isGood),
      "bytes": .int(report.size), "lines": .int(report.lines), "hash": .string(report.hash),
      "damage": report.damage.map(json) ?? .null, "torn_bytes": .int(report.tornBytes),
      "islands": .array(report.islands.map(json)), "unreadable": .array(report.notices.map(json)),
      "seals": [
        "count": .int(report.seals.count), "upto": report.seals.upto.map { .int($0) } ?? .null,
        "sha256": report.seals.sha256.map { .string($0) } ?? .null,
      ],
      "foreign": counts(types.foreign), "unknown": counts(types.unknown),
      "min_reader": first?["min_reader"]?.int.map { .int($0) } ?? .null,
      "session": first?["session"]?.string.map { .string($0) } ?? .null,
      "app": first?["app"]?.string.map { .string($0) } ?? .null,
    ]
  }

  private func json(_ damage: Damage) -> JSON {
    let words = damage.reason.phrase
    return [
      "line": .int(damage.line), "offset": .int(damage.offset), "reason": .string(damage.reason.code),
      "words": ["nl": .string(words.nl), "en": .string(words.en)],
    ]
  }

  private func json(_ island: Island) -> JSON {
    [
      "line": .int(island.firstLine), "lines": .int(island.lines.count),
      "first_seq": .int(island.lines.first?.seq ?? 0), "last_seq": .int(island.lines.last?.seq ?? 0),
      "proven": .bool(island.isHeadProven),
    ]
  }

  private func counts(_ counts: [String: Int]) -> JSON {
    .object(counts.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .int($0.value)) })
  }
}
