import Conference
import Console
import Dispatch
import Foundation
import Glibc
import Ground
import Host
import Record
import Server
import Synchronization

/// `beraad run --take-over DIR`: goes on as the host with the copy on this laptop, after the host died.
///
/// First the lines are gathered that devices have beyond that copy, until somebody presses Enter; then the program
/// begins anew as any host does, with nothing but what is on disk.
struct TakeOver {
  /// Where the conference goes on.
  let folder: String
  let serving: ServeOptions
  /// What the program is begun anew with, behind the folder.
  let arguments: [String]

  private var record: String { folder + "/record.jsonl" }

  /// Never returns where it goes well; throws the error that ends the program, after saying why.
  func run() throws {
    RecordWriter.ignoreWriteSignals()
    if !exists(record) { try place(Self.longestCopy()) }
    let served = DispatchSemaphore(value: 0)
    let outcome = Mutex<Result<ServedPlace, ServingTrouble>?>(nil)
    let gathering = try gather()
    serve(gathering, serving) { place in
      outcome.withLock { $0 = place }
      served.signal()
    }
    served.wait()
    let place: ServedPlace
    switch outcome.withLock({ $0 }) {
    case .success(let served)?: place = served
    case .failure(let trouble)?: throw failure(.refused, nl: trouble.phrase.nl, en: trouble.phrase.en)
    case nil: return
    }
    if let notice = place.notice { complain(notice[language]) }
    try tell(gathering, place)
    // The end of the answers is no Enter: then nothing was taken over.
    guard readLine() != nil else {
      _ = gathering.close()
      throw failure(
        .refused, nl: "Niet overgenomen; wat er was staat er nog.",
        en: "Not taken over; what was there still is.")
    }
    try mark(gathering.close())
    try beginAnew(port: place.port)
  }

  // MARK: - The copy

  /// The copy on this laptop with the latest line.
  private static func longestCopy() throws -> String {
    let root = URL(filePath: DraftStore.standardFolder("devices") ?? "/nonexistent")
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    let copies = (files?.allObjects as? [URL] ?? []).filter { $0.lastPathComponent == "record.jsonl" }
      .map { $0.path(percentEncoded: false) }
    let ends = copies.compactMap { path in
      (try? RecordReader.read(path: path))?.lines.last.map { (path: path, at: $0.at, seq: $0.seq) }
    }
    guard let latest = ends.max(by: { ($0.at, $0.seq) < ($1.at, $1.seq) }) else {
      throw failure(
        .missing,
        nl: "Op deze laptop staat geen kopie van een conferentie. Neem over op een laptop die erbij was "
          + "(beraad note of beraad screen), of geef een map met een naslagwerk.",
        en: "There is no copy of a conference on this laptop. Take over on a laptop that was there "
          + "(beraad note or beraad screen), or give a folder with a record.")
    }
    return latest.path
  }

  /// Puts a copy into the folder, which is made.
  private func place(_ copy: String) throws {
    let temporary = record + ".new"
    try makePrivateFolder(folder)
    do throws(RecordError) {
      let bytes = try RecordReader.bytes(path: copy)
      try AppendFile.remove(temporary)
      let file = try AppendFile(path: temporary)
      try file.append(bytes)
      try file.sync()
      try AppendFile.rename(temporary, to: record)
    } catch {
      throw failure(error)
    }
  }

  // MARK: - Gathering

  private func gather() throws -> Gathering {
    do throws(RecordError) {
      let contents = try RecordReader.read(path: record)
      let store = contents.lines.first.flatMap { passes(of: $0.cmd) }
      return try Gathering(
        path: record, kept: store?.load() ?? [:], keep: { store?.save($0) }, now: systemMoment
      ) { heard, total in
        let who = heard.role.phrase
        let line =
          heard.lines == 0
          ? say(nl: "  \(who.nl): had niets meer", en: "  \(who.en): had nothing more")
          : say(
            nl: "  \(who.nl): \(heard.lines) regels erbij, nu \(total)",
            en: "  \(who.en): \(heard.lines) lines more, now \(total)")
        try? output(line + "\n")
      }
    } catch {
      throw failure(error)
    }
  }

  private func tell(_ gathering: Gathering, _ place: ServedPlace) throws {
    let intro = say(
      nl:
        "Deze laptop wordt de host, met \(gathering.count) regels van het naslagwerk. Start de oude niet meer.",
      en:
        "This laptop becomes the host, with \(gathering.count) lines of the record. Never start the old one again."
    )
    let what = say(
      nl:
        "Laat op elke laptop F12 drukken en dit adres typen, een spatie en de code; wat zij meer hebben komt "
        + "hierheen.\nZijn allen er, of duurt het te lang: druk op Enter. Dan gaat de conferentie verder.",
      en:
        "Have F12 pressed on each laptop, and this address typed, a space and the code; what they have more comes "
        + "here.\nWhen all are there, or it takes too long: press Enter. Then the conference goes on.")
    let lines = [intro, ""] + place.lines(gathering.door, now: systemMoment()) + ["", what]
    try output(lines.joined(separator: "\n") + "\n")
  }

  // MARK: - Going on

  /// Says in the record what happened.
  private func mark(_ heard: [Gathering.Heard]) throws {
    let host = try openConference(folder: folder).host
    let words = host.session.plan?.language ?? language
    let given = heard.filter { $0.lines > 0 }.map { "\($0.role.phrase[words]): \($0.lines)" }
    let text =
      Phrase(
        nl: "Een andere laptop werd de host" + (given.isEmpty ? "" : "; regels van "),
        en: "Another laptop became the host" + (given.isEmpty ? "" : "; lines of "))[words]
      + given.joined(separator: ", ")
    try host.carryOut(.mark(text), by: "host")
    host.close()
  }

  private func beginAnew(port: Int) throws {
    // Nothing of the gathering is to live on in the program that takes its place, its port least of all.
    for file in 3..<Int32(max(3, min(sysconf(Int32(_SC_OPEN_MAX)), 65_536))) {
      _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    }
    let words =
      ["beraad", "run", folder, "--serve", "--address", serving.address, "--port", String(port)]
      + (serving.plainHttp ? ["--plain-http"] : []) + arguments
    var pointers = words.map { strdup($0) } + [nil]
    execv("/proc/self/exe", &pointers)
    let reason = String(cString: strerror(errno))
    throw failure(
      .refused,
      nl:
        "Overgenomen, maar Beraad begint niet (\(reason)). Geef: beraad run \(quotedForShell(folder)) --serve",
      en:
        "Taken over, but Beraad does not begin (\(reason)). Give: beraad run \(quotedForShell(folder)) --serve"
    )
  }
}
