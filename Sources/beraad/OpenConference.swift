import ArgumentParser
import Conference
import Dispatch
import Dossier
import Ground
import Host
import Record
import Seating

/// Opens the record of a dossier, or creates it, and returns its host with the conference open.
///
/// `folder` is the dossier, or a record that went on elsewhere.
///
/// Throws the error that ends the program, after saying why.
///
/// The notice says what the facilitator should know when the screen is there.
func openConference(
  folder: String, now: @escaping @Sendable () -> Moment
) throws -> (host: ConferenceHost, notice: Phrase?) {
  RecordWriter.ignoreWriteSignals()
  // A record that went on in another file is named itself; its dossier need not be beside it.
  let path = exists(folder) && !isFolder(folder) ? folder : folder + "/" + Dossier.recordFile
  do {
    if exists(path) {
      let (writer, report) = try RecordWriter.open(
        path: path, at: now(), knows: Event.knows(type:version:))
      for warning in report.warnings { complain("beraad: " + warning[language]) }
      if let recovered = report.recovered {
        complain(
          "beraad: "
            + say(
              nl: "Het naslagwerk eindigde midden in een regel (\(recovered.bytes) bytes); die staan nu in "
                + "\(recovered.path). Alles daarvoor is er nog.",
              en: "The record ended in the middle of a line (\(recovered.bytes) bytes); they are now in "
                + "\(recovered.path). Everything before is still there."))
      }
      let host = ConferenceHost(writer: writer, lines: report.lines, engine: Annealer(), now: now)
      return (host, try catchUp(host, folder))
    }
  } catch let error as RecordError {
    throw failure(error)
  }
  let dossier = try readDossier(folder)
  do {
    let writer = try RecordWriter.create(
      path: path, session: lastPart(folder), app: Beraad.version, at: now())
    let host = ConferenceHost(writer: writer, lines: [writer.firstLine], engine: Annealer(), now: now)
    try openAnew(host, dossier)
    return (host, nil)
  } catch let error as RecordError {
    throw failure(error)
  }
}

/// Opens anew where the opening was cut short, or where the dossier was edited before anything happened;
/// afterwards the record holds.
private func catchUp(_ host: ConferenceHost, _ folder: String) throws -> Phrase? {
  let session = host.session
  if !session.isOpen {
    try openAnew(host, try readDossier(folder))
    return nil
  }
  guard session.isUntouched, let dossier = changedDossier(folder, session) else { return nil }
  try openAnew(host, dossier)
  return Phrase(nl: "Het veranderde plan is ingelezen.", en: "The changed plan has been read in.")
}

/// Returns what the facilitator should know where a conference that is under way goes by another plan than its
/// dossier, or nil.
///
/// Reading a dossier takes longer than opening a record: the screen need not wait for it.
func noticeOfChange(_ host: ConferenceHost, folder: String) -> Phrase? {
  let session = host.session
  guard !session.isUntouched, changedDossier(folder, session) != nil else { return nil }
  return Phrase(
    nl: "Het dossier is veranderd sinds de opening; het naslagwerk houdt het plan van toen.",
    en: "The dossier has changed since the opening; the record keeps the plan of then.")
}

/// Returns the dossier where it differs from what the record holds, or nil.
///
/// The record alone is enough: a dossier that is gone or cannot be read is no reason to stop.
private func changedDossier(_ folder: String, _ session: Session) -> Dossier? {
  guard let dossier = try? Dossier.read(folder: folder) else { return nil }
  let answers = session.contributions.filter { $0.source != nil }.map(\.text)
  let isSame =
    dossier.plan == session.plan && answers == dossier.survey.map(\.text)
    && session.participants.starts(with: dossier.participants)
  return isSame ? nil : dossier
}

/// Reads a dossier and tells of what is worth a look; mistakes end the program.
private func readDossier(_ folder: String) throws -> Dossier {
  do throws(DossierError) {
    let dossier = try Dossier.read(folder: folder)
    for notice in dossier.notices { complain(notice.text(language)) }
    return dossier
  } catch {
    throw failure(error)
  }
}

private func openAnew(_ host: ConferenceHost, _ dossier: Dossier) throws {
  let plan = dossier.plan
  guard let zone = Zone(named: plan.zoneName, around: host.now()) else {
    throw failure(
      .refused, nl: "De tijdzone ‘\(plan.zoneName)’ is onbekend.",
      en: "The time zone ‘\(plan.zoneName)’ is unknown.")
  }
  let opening = Opening(
    plan: plan, participants: dossier.participants, survey: dossier.survey, zone: zone)
  try host.carryOut(.open(opening), by: "host")
}

extension ConferenceHost {
  /// Gives a command and waits until it is in the record; for what runs without a console.
  ///
  /// Throws the error that ends the program.
  func carryOut(_ command: Command, by: String) throws {
    if let error = outcome(of: command, by: by) { throw failure(error) }
  }

  /// Gives a command, waits until it is in the record, and returns why it was not carried out, or nil.
  func outcome(of command: Command, by: String) -> HostError? {
    let box = Box()
    let done = DispatchSemaphore(value: 0)
    submit(command, by: by) { result in
      if case .failure(let error) = result { box.error = error }
      done.signal()
    }
    done.wait()
    return box.error
  }

  /// Written before the semaphore is signalled and read after it was waited for.
  private final class Box: @unchecked Sendable { var error: HostError? }
}
