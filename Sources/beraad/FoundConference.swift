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
    let contents = exists(record) ? try? RecordReader.read(path: record) : nil
    // One whose creation broke off is no record yet; opening the conference begins it.
    hasRecord = exists(record) && contents?.isStillborn != true
    if hasRecord {
      guard let salvage = contents?.salvage, !salvage.lines.isEmpty else {
        (title, state) = ("", Phrase(nl: "het naslagwerk is niet te lezen", en: "the record cannot be read"))
        return
      }
      let session = RecordReading(lines: salvage.lines, gaps: salvage.gaps).session
      title = session.plan?.title ?? ""
      state =
        salvage.gaps.isEmpty
        ? Self.state(of: session)
        : Phrase(nl: "het naslagwerk is beschadigd", en: "the record is damaged")
    } else if exists(planFile) {
      (title, state) = Self.planned(in: planFile)
    } else {
      return nil
    }
  }

  private static func planned(in file: String) -> (title: String, state: Phrase) {
    guard let plan = readBytes(file).flatMap({ PlanReader.read(bytes: $0).plan }) else {
      return ("", Phrase(nl: "het plan is niet te lezen", en: "the plan cannot be read"))
    }
    return (plan.title, Phrase(nl: "nog niet begonnen", en: "not begun yet"))
  }

  private static func state(of session: Session) -> Phrase {
    switch session.flow.status {
    case .prepared: Phrase(nl: "nog niet begonnen", en: "not begun yet")
    case .closed: Phrase(nl: "afgesloten", en: "closed")
    case .running:
      session.currentItem.map { Phrase(nl: "bezig: \($0.title)", en: "under way: \($0.title)") }
        ?? Phrase(nl: "bezig", en: "under way")
    }
  }

  /// Its title, folder and state, on one line.
  var description: String {
    let name = lastPart(folder)
    return [title, title == name ? "" : name, state[language]].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
