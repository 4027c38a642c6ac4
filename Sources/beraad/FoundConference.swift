import Conference
import Dossier
import Foundation
import Ground
import Record

/// A conference in the current folder, or in a folder of it.
struct FoundConference {
  /// The folder, absolute.
  let folder: String
  let hasRecord: Bool
  private let title: String
  private let state: Phrase

  /// So many are told; whoever has more knows their names.
  private static let limit = 50

  /// Returns the conferences here, by the names of their folders.
  static func here() -> [FoundConference] {
    let here = FileManager.default.currentDirectoryPath
    let names = (try? FileManager.default.contentsOfDirectory(atPath: here)) ?? []
    let folders = [here] + names.filter { !$0.hasPrefix(".") }.sorted().map { here + "/" + $0 }
    return Array(folders.lazy.compactMap { FoundConference(folder: $0) }.prefix(limit))
  }

  private init?(folder: String) {
    let record = folder + "/" + Dossier.recordFile
    let planFile = folder + "/" + Dossier.planFile
    self.folder = folder
    let found = exists(record) ? Self.recorded(in: record) : nil
    hasRecord = found != nil
    if let found {
      (title, state) = found
    } else if exists(planFile) {
      (title, state) = Self.planned(in: planFile)
    } else {
      return nil
    }
  }

  /// Reads a record, or what was kept of it the last time; nil where its creation broke off, since such a file is
  /// no record yet, and opening the conference begins it.
  private static func recorded(in file: String) -> (title: String, state: Phrase)? {
    if let kept = RecordSummary.read(file).flatMap({ Summary($0) }) { return (kept.title, kept.state) }
    let unreadable = ("", Phrase(nl: "het naslagwerk is niet te lezen", en: "the record cannot be read"))
    guard let contents = try? RecordReader.read(path: file) else { return unreadable }
    if contents.isStillborn { return nil }
    let salvage = contents.salvage
    guard !salvage.lines.isEmpty else { return unreadable }
    let summary = Summary(RecordReading(lines: salvage.lines, gaps: salvage.gaps).session)
    guard salvage.gaps.isEmpty else {
      return (summary.title, Phrase(nl: "het naslagwerk is beschadigd", en: "the record is damaged"))
    }
    RecordSummary.write(summary.json, of: file, contents)
    return (summary.title, summary.state)
  }

  private static func planned(in file: String) -> (title: String, state: Phrase) {
    guard let plan = readBytes(file).flatMap({ PlanReader.read(bytes: $0).plan }) else {
      return ("", Phrase(nl: "het plan is niet te lezen", en: "the plan cannot be read"))
    }
    return (plan.title, Phrase(nl: "nog niet begonnen", en: "not begun yet"))
  }

  /// Its title, folder and state, on one line.
  var description: String {
    let name = lastPart(folder)
    return [title, title == name ? "" : name, state[language]].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}

/// What the list tells of a conference with a record.
private struct Summary {
  let title: String
  private let status: Flow.Status
  /// The title of the item that runs.
  private let item: String?

  init(_ session: Session) {
    title = session.plan?.title ?? ""
    status = session.flow.status
    item = session.currentItem?.title
  }

  /// Reads what another start kept; nil where a version of the program did that may have meant something else.
  init?(_ kept: JSONText) {
    guard kept["app"]?.string == Beraad.version, let title = kept["title"]?.string,
      let status = kept["status"]?.string.flatMap({ Flow.Status(rawValue: $0) })
    else { return nil }
    self.title = title
    self.status = status
    item = kept["item"]?.string
  }

  var json: JSON {
    .members([
      "app": .string(Beraad.version), "title": .string(title), "status": .string(status.rawValue),
      "item": item.map { .string($0) },
    ])
  }

  var state: Phrase {
    switch status {
    case .prepared: Phrase(nl: "nog niet begonnen", en: "not begun yet")
    case .closed: Phrase(nl: "afgesloten", en: "closed")
    case .running:
      item.map { Phrase(nl: "bezig: \($0)", en: "under way: \($0)") } ?? Phrase(nl: "bezig", en: "under way")
    }
  }
}
