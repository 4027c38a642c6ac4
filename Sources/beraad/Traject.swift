import Conference
import Dossier
import Glibc
import Ground
import Record

/// The earlier meetings of a traject as they were read from their records.
struct Traject {
  /// The meetings in the order of the plan, with the ids of today's people.
  var meetings: [EarlierMeeting] = []
  /// What is worth a look, though the conference can run.
  var notices: [Finding] = []
  private let today: Int

  /// Reads the records of the earlier meetings that a plan names.
  ///
  /// `folder` is that of the plan; `file` is what the plan is called in findings; `ours` is the list of today.
  /// Throws `DossierError` with every record that cannot be used: a meeting is never passed over in silence.
  init(
    _ earlier: [EarlierRecord], folder: String, file: String = Dossier.planFile, ours: [Participant]
  ) throws(DossierError) {
    today = ours.count
    var mistakes: [Finding] = []
    var isMissing = false
    var counted: [(meeting: String, title: String, line: Int)] = []
    for record in earlier {
      func finding(_ what: Phrase, mend: Phrase, isError: Bool) -> Finding {
        Finding(file: file, line: record.line, isError: isError, what: what, mend: mend)
      }
      do throws(Mistake) {
        let path = recordPath(record.path(from: folder))
        let source = try EarlierSource(path, written: record.path, own: recordPath(folder))
        guard !meetings.contains(where: { $0.id == source.id }) else { throw .twice(record.path) }
        let match = PeopleMatch(today: ours, then: source.session.participants)
        let meeting = EarlierMeeting(
          source.session, id: source.id, lines: source.lines, hash: source.hash, match: match)
        meetings.append(meeting)
        for doubt in source.doubts + Traject.doubts(match, in: meeting) {
          notices.append(finding(doubt.what, mend: doubt.mend, isError: false))
        }
        counted += source.session.earlierMeetings.map { ($0.id, $0.title, record.line) }
      } catch {
        mistakes.append(finding(error.what, mend: error.mend, isError: true))
        isMissing = isMissing || error.isMissing
      }
    }
    guard mistakes.isEmpty else { throw DossierError(isMissing ? .missing : .invalid, mistakes) }
    let known = Set(meetings.map(\.id))
    for one in counted where !known.contains(one.meeting) {
      notices.append(
        Finding(
          file: file, line: one.line, isError: false,
          what: Phrase(
            nl: "deze bijeenkomst rekende zelf met ‘\(one.title)’, en die staat niet in de lijst",
            en: "this meeting itself counted ‘\(one.title)’, which is not in the list"),
          mend: Phrase(nl: "zet die er ook bij als hij meetelt", en: "add it, too, if it counts")))
    }
  }

  /// How many of today's people sat at a table earlier: `12 van de 50 deelnemers waren er eerder bij`; nil
  /// where there were no earlier meetings.
  var phrase: Phrase? {
    guard !meetings.isEmpty else { return nil }
    let known = meetings.reduce(into: Set<String>()) { $0.formUnion($1.people) }.count
    return Phrase(
      nl: "Traject: \(meetings.count) eerdere \(meetings.count == 1 ? "bijeenkomst" : "bijeenkomsten"); "
        + "\(known) van de \(today) deelnemers \(known == 1 ? "was" : "waren") er eerder bij.",
      en: "Series: \(meetings.count) earlier \(meetings.count == 1 ? "meeting" : "meetings"); "
        + "\(known) of the \(today) participants \(known == 1 ? "was" : "were") there before.")
  }

  /// Tells on stderr what is worth a look, and each meeting with how many were there.
  func tell() {
    for notice in notices { complain(notice.text(language)) }
    for line in meetings.map({ $0.line(of: today) }) + [phrase].compactMap({ $0 }) {
      complain(line[language])
    }
  }

  /// So many names are told; the rest is a number.
  private static let limit = 5

  private static func doubts(_ match: PeopleMatch, in meeting: EarlierMeeting) -> [Doubt] {
    func list(_ names: [String]) -> Phrase {
      let some = names.prefix(limit).joined(separator: ", ")
      let rest = names.count - limit
      guard rest > 0 else { return Phrase(same: some) }
      return Phrase(nl: "\(some) en \(rest) meer", en: "\(some) and \(rest) more")
    }
    var doubts: [Doubt] = []
    if meeting.rounds.isEmpty {
      doubts.append(
        Doubt(
          what: Phrase(
            nl: "bij ‘\(meeting.title)’ is geen werkronde gehouden, dus niemand trof daar iemand",
            en: "no breakout was held at ‘\(meeting.title)’, so nobody met anybody there"),
          mend: Phrase(nl: "kijk of dit het goede naslagwerk is", en: "see whether this is the right record"))
      )
    }
    if !match.ambiguous.isEmpty {
      let names = list(match.ambiguous)
      doubts.append(
        Doubt(
          what: Phrase(
            nl: "in ‘\(meeting.title)’ past meer dan één mens bij: \(names.nl); die tellen niet mee",
            en: "in ‘\(meeting.title)’ more than one person fits: \(names.en); they do not count"),
          mend: Phrase(
            nl: "geef hen op beide lijsten hetzelfde id", en: "give them the same id on both lists")))
    }
    if !match.elsewhere.isEmpty {
      let names = list(match.elsewhere)
      doubts.append(
        Doubt(
          what: Phrase(
            nl: "in ‘\(meeting.title)’ hadden een andere organisatie: \(names.nl); die tellen niet mee",
            en: "in ‘\(meeting.title)’ these had another organisation: \(names.en); they do not count"),
          mend: Phrase(
            nl: "zijn het dezelfde mensen, geef hen dan op beide lijsten hetzelfde id",
            en: "if they are the same people, give them the same id on both lists")))
    }
    return doubts
  }

  /// Something that is worth a look.
  struct Doubt {
    var what: Phrase
    var mend: Phrase
  }

  /// Why a record cannot be used.
  struct Mistake: Error {
    var what: Phrase
    var mend: Phrase
    var isMissing = false

    static func twice(_ path: String) -> Mistake {
      Mistake(
        what: Phrase(
          nl: "‘\(path)’ is een bijeenkomst die al in de lijst staat",
          en: "‘\(path)’ is a meeting that is in the list already"),
        mend: Phrase(nl: "haal er een weg", en: "remove one"))
    }
  }
}

/// Returns the tables of the earlier meetings that the plan at `path` names, for a drawing without a conference,
/// and tells of them on stderr.
///
/// Throws the error that ends the program where one of them cannot be used.
func earlierTables(_ earlier: [EarlierRecord], plan path: String, of people: [Participant]) throws
  -> [[String]]
{
  let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  do throws(DossierError) {
    let traject = try Traject(earlier, folder: folder, file: path, ours: people)
    traject.tell()
    return traject.meetings.tables
  } catch {
    throw failure(error)
  }
}

extension EarlierMeeting {
  /// The meeting in a line: title, day, how many of today's `count` people sat there, rounds.
  func line(of count: Int) -> Phrase {
    let day = date.map { Phrase(nl: " (\($0.phrase.nl))", en: " (\($0.phrase.en))") } ?? Phrase(same: "")
    let held = Phrase(
      nl: rounds.count == 1 ? "1 ronde" : "\(rounds.count) rondes",
      en: rounds.count == 1 ? "1 round" : "\(rounds.count) rounds")
    return Phrase(
      nl: "  \(title)\(day.nl): \(people.count) van de \(count) deelnemers, \(held.nl)",
      en: "  \(title)\(day.en): \(people.count) of the \(count) participants, \(held.en)")
  }
}

/// The record of an earlier meeting, read as far as it holds together.
private struct EarlierSource {
  let session: Session
  let id: String
  let lines: Int
  let hash: String
  let doubts: [Traject.Doubt]

  /// `written` is the path as the plan has it, `own` the record of the conference that is opened.
  init(_ path: String, written: String, own: String) throws(Traject.Mistake) {
    guard EarlierSource.resolved(path) != EarlierSource.resolved(own) else {
      throw Traject.Mistake(
        what: Phrase(
          nl: "‘\(written)’ is deze bijeenkomst zelf, geen eerdere",
          en: "‘\(written)’ is this meeting itself, no earlier one"),
        mend: EarlierSource.drop)
    }
    let contents: RecordContents
    do throws(RecordError) {
      contents = try RecordReader.read(path: path)
    } catch .notFound {
      throw EarlierSource.missing(path, written)
    } catch {
      throw Traject.Mistake(
        what: Phrase(
          nl: "het naslagwerk ‘\(written)’ is niet te lezen: \(error.phrase.nl)",
          en: "the record ‘\(written)’ cannot be read: \(error.phrase.en)"),
        mend: EarlierSource.drop)
    }
    let reading = RecordReading(lines: contents.lines)
    // Lines behind the damage hold tables that would be missed; where nothing follows only the end is gone.
    if let damage = contents.damage, !contents.islands.isEmpty || !reading.session.isOpen {
      throw Traject.Mistake(
        what: Phrase(
          nl:
            "het naslagwerk ‘\(written)’ is beschadigd vanaf regel \(damage.line): \(damage.reason.phrase.nl)",
          en: "the record ‘\(written)’ is damaged from line \(damage.line) on: \(damage.reason.phrase.en)"),
        mend: Phrase(
          nl:
            "herstel het met “beraad check \(quotedForShell(path)) --repair --from KOPIE”, of \(EarlierSource.drop.nl)",
          en:
            "mend it with “beraad check \(quotedForShell(path)) --repair --from COPY”, or \(EarlierSource.drop.en)"
        ))
    }
    guard let first = contents.lines.first, reading.session.isOpen else {
      throw Traject.Mistake(
        what: Phrase(
          nl: "de bijeenkomst ‘\(written)’ is nooit geopend", en: "the meeting ‘\(written)’ was never opened"),
        mend: EarlierSource.drop)
    }
    session = reading.session
    id = first.cmd.description
    lines = contents.lines.count
    hash = contents.hash
    doubts = EarlierSource.doubts(contents, reading.session, written)
  }

  private static func doubts(
    _ contents: RecordContents, _ session: Session, _ written: String
  ) -> [Traject.Doubt] {
    var doubts: [Traject.Doubt] = []
    if let damage = contents.damage {
      doubts.append(
        .init(
          what: Phrase(
            nl:
              "het naslagwerk ‘\(written)’ is aan het eind beschadigd, vanaf regel \(damage.line); wat ervoor "
              + "staat telt mee",
            en:
              "the record ‘\(written)’ is damaged at its end, from line \(damage.line) on; what stands before "
              + "it counts"),
          mend: Phrase(
            nl: "is er een kopie, gebruik die", en: "if there is a copy, use that")))
    }
    if session.unknownTypes.contains(where: { !$0.key.hasPrefix("x.") }) {
      doubts.append(
        .init(
          what: Phrase(
            nl:
              "het naslagwerk ‘\(written)’ is van een nieuwere versie; wat deze versie niet kent telt niet mee",
            en:
              "the record ‘\(written)’ is of a newer version; what this version does not know does not count"),
          mend: Phrase(nl: "gebruik de nieuwste versie", en: "use the newest version")))
    }
    if session.flow.status != .closed {
      doubts.append(
        .init(
          what: Phrase(
            nl: "de bijeenkomst ‘\(written)’ is nog niet afgesloten; wat daar nog gebeurt telt hier niet mee",
            en: "the meeting ‘\(written)’ is not closed yet; what still happens there does not count here"),
          mend: Phrase(nl: "sluit die bijeenkomst eerst af", en: "close that meeting first")))
    }
    return doubts
  }

  private static func missing(_ path: String, _ written: String) -> Traject.Mistake {
    let folder = String(path.dropLast(Dossier.recordFile.count))
    let isDossier = path.hasSuffix("/" + Dossier.recordFile) && isFolder(folder)
    return Traject.Mistake(
      what: isDossier
        ? Phrase(
          nl: "in ‘\(written)’ is geen naslagwerk: die bijeenkomst is nog niet geopend",
          en: "there is no record in ‘\(written)’: that meeting was not opened yet")
        : Phrase(
          nl: "de eerdere bijeenkomst ‘\(written)’ is er niet",
          en: "the earlier meeting ‘\(written)’ is not there"),
      mend: Phrase(
        nl: "kijk naar het pad, gezien vanuit de map van dit plan, of \(drop.nl)",
        en: "check the path, seen from this plan's folder, or \(drop.en)"),
      isMissing: true)
  }

  private static let drop = Phrase(
    nl: "haal de regel weg; die bijeenkomst telt dan niet mee",
    en: "remove the line; that meeting does not count then")

  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }
}
