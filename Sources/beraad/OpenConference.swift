import ArgumentParser
import Conference
import Dispatch
import Dossier
import Ground
import Host
import Record
import Seating

/// Throws the error that ends the program, after saying why, where there is nothing under this name.
func requireConference(_ folder: String) throws {
  guard exists(folder) else {
    throw failure(
      .missing,
      nl: "Er is geen map ‘\(folder)’. Maak er een met: beraad new \(quotedForShell(folder))",
      en: "There is no folder ‘\(folder)’. Make one with: beraad new \(quotedForShell(folder))")
  }
}

/// Opens the record of a dossier, or creates it, and returns its host with the conference open.
///
/// `folder` is the dossier, or a record that went on elsewhere.
///
/// Throws the error that ends the program, after saying why.
///
/// The notice says what the facilitator should know when the screen is there. `clock` makes the time where it is
/// not the real one.
func openConference(
  folder: String, clock: DemoClock? = nil
) throws -> (host: ConferenceHost, notice: Phrase?) {
  RecordWriter.ignoreWriteSignals()
  // A record that went on in another file is named itself; its dossier need not be beside it.
  let path = exists(folder) && !isFolder(folder) ? folder : folder + "/" + Dossier.recordFile
  do {
    if let (writer, report) = try openRecord(path, of: folder, at: clock?.now ?? systemMoment()) {
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
      let host = makeHost(writer, report.lines, clock)
      return (host, try catchUp(host, folder))
    }
  } catch let error as RecordError {
    throw failure(error)
  }
  let dossier = try readDossier(folder)
  // Before there is a record: a meeting that cannot be read leaves nothing behind.
  let traject = try readTraject(dossier, folder)
  do {
    let writer = try RecordWriter.create(
      path: path, session: lastPart(folder), app: Beraad.version, at: clock?.now ?? systemMoment())
    let host = makeHost(writer, [writer.firstLine], clock)
    return (host, try openAnew(host, dossier, traject))
  } catch let error as RecordError {
    throw failure(error)
  }
}

private func makeHost(_ writer: RecordWriter, _ lines: [Line], _ clock: DemoClock?) -> ConferenceHost {
  if let clock {
    return ConferenceHost(writer: writer, lines: lines, engine: Annealer(), now: { clock.now })
  }
  let clock = HostClock(after: lines, wall: systemMoment) { ProcessClock.now() / 1_000_000 }
  return ConferenceHost(writer: writer, lines: lines, engine: Annealer(), clock: clock)
}

/// Opens a record for writing; nil where there is none, or none yet since a crash cut its creation short.
private func openRecord(
  _ path: String, of folder: String, at moment: Moment
) throws(RecordError) -> (RecordWriter, OpenReport)? {
  guard exists(path) else { return nil }
  do {
    return try RecordWriter.open(path: path, at: moment, knows: Event.knows(type:version:))
  } catch .damaged(_, _, .empty) where path != folder {
    return nil
  }
}

/// Opens anew where the opening was cut short, or where the dossier was edited before anything happened;
/// afterwards the record holds.
private func catchUp(_ host: ConferenceHost, _ folder: String) throws -> Phrase? {
  let session = host.session
  if !session.isOpen {
    let dossier = try readDossier(folder)
    return try openAnew(host, dossier, readTraject(dossier, folder))
  }
  guard session.isUntouched, let dossier = try? Dossier.read(folder: folder) else { return nil }
  let traject: Traject
  do throws(DossierError) {
    traject = try Traject(dossier.earlier, folder: folder, ours: dossier.participants)
  } catch {
    // The record alone is enough, but a meeting that was added to the plan must not be missed.
    for finding in error.findings { complain(finding.text(language)) }
    return Phrase(
      nl:
        "De eerdere bijeenkomsten in het plan zijn niet te lezen; wat bij de opening is ingelezen blijft gelden.",
      en: "The earlier meetings in the plan cannot be read; what was read in at the opening still holds.")
  }
  guard !isSame(dossier, session) || traject.meetings != session.earlierMeetings else { return nil }
  return Phrase(joining: [
    Phrase(nl: "Het veranderde plan is ingelezen.", en: "The changed plan has been read in."),
    try openAnew(host, dossier, traject),
  ])
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
  // The records of the earlier meetings are not read for this: that would take too long while the hall waits.
  let isUnchanged = isSame(dossier, session) && dossier.earlier.count == session.earlierMeetings.count
  return isUnchanged ? nil : dossier
}

/// Whether the record holds what is in the dossier; the earlier meetings are not looked at.
private func isSame(_ dossier: Dossier, _ session: Session) -> Bool {
  let answers = session.contributions.filter { $0.source != nil }.map(\.text)
  return dossier.plan == session.plan && answers == dossier.survey.map(\.text)
    && session.participants.starts(with: dossier.participants)
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

/// Reads the earlier meetings of a dossier's traject; one that cannot be read ends the program.
private func readTraject(_ dossier: Dossier, _ folder: String) throws -> Traject {
  do throws(DossierError) {
    return try Traject(dossier.earlier, folder: folder, ours: dossier.participants)
  } catch {
    throw failure(error)
  }
}

/// Opens the conference, and returns how many were at earlier meetings, where there were any.
private func openAnew(_ host: ConferenceHost, _ dossier: Dossier, _ traject: Traject) throws -> Phrase? {
  traject.tell()
  let plan = dossier.plan
  guard let zone = Zone(named: plan.zoneName, around: host.now()) else {
    throw failure(
      .refused, nl: "De tijdzone ‘\(plan.zoneName)’ is onbekend.",
      en: "The time zone ‘\(plan.zoneName)’ is unknown.")
  }
  let opening = Opening(
    plan: plan, participants: dossier.participants, survey: dossier.survey, earlier: traject.meetings,
    zone: zone)
  try host.carryOut(.open(opening), by: "host")
  return traject.phrase
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
