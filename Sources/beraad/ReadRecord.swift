import ArgumentParser
import Conference
import Ground
import Record

/// The lines of a record that can be read, and where others are missing.
struct RecordReading {
  /// The lines, in the newest shapes of their types.
  let lines: [Line]
  let gaps: [Gap]
  /// The fold over all lines.
  let session: Session

  init(lines: [Line], gaps: [Gap] = []) {
    self.lines = EventVersions.released.lifted(lines)
    self.gaps = gaps
    // Types that this version does not know are counted by the session and told when reading.
    session = Session(folding: self.lines[...], gaps: gaps)
  }

  /// Folds the first `count` lines.
  func session(upTo count: Int) -> Session { Session(folding: lines.prefix(count), gaps: gaps) }

  /// Ends the program as refused where what was shown is not all that was in the record.
  func endWhereDamaged() throws {
    if !gaps.isEmpty { throw ExitCode(Ending.refused.rawValue) }
  }
}

/// Reads the lines of a record, those behind damage too, and does not fold them; damage is told once.
///
/// Throws the error that ends the program where nothing can be read.
func readLines(_ path: String) throws -> Salvage {
  let contents: RecordContents
  let salvage: Salvage
  do throws(RecordError) {
    contents = try RecordReader.read(path: path)
    salvage = contents.salvage
    guard !salvage.lines.isEmpty else {
      throw .damaged(
        line: contents.damage?.line ?? 1, offset: contents.damage?.offset ?? 0,
        reason: contents.damage?.reason ?? .empty)
    }
  } catch {
    throw failure(error)
  }
  if let damage = contents.damage {
    complain(
      "beraad: "
        + say(
          nl: "het naslagwerk is beschadigd vanaf regel \(damage.line): \(damage.reason.phrase.nl). "
            + "Alles wat nog te lezen is, telt mee.",
          en: "the record is damaged from line \(damage.line) on: \(damage.reason.phrase.en). "
            + "All that can still be read counts."))
    tell(salvage.gaps)
  }
  return salvage
}

/// Tells where lines are missing.
private func tell(_ gaps: [Gap]) {
  // Whoever has more of them wants `check --json`.
  let most = 20
  for gap in gaps.prefix(most) { complain("  " + gap.phrase[language]) }
  if gaps.count > most {
    complain(
      say(nl: "  … en nog \(gaps.count - most) plaatsen.", en: "  … and \(gaps.count - most) more places."))
  }
}

/// Reads a record; damage and types of a newer version are told once.
///
/// Throws the error that ends the program where nothing can be read.
func readRecord(_ path: String) throws -> RecordReading {
  let contents = try readLines(path)
  let reading = RecordReading(lines: contents.lines, gaps: contents.gaps)
  let unknown = reading.session.unknownTypes.filter { !$0.key.hasPrefix("x.") }
  for (type, times) in unknown.sorted(by: { $0.key < $1.key }) {
    complain(
      "beraad: "
        + say(
          nl: "\(times) regels van het soort ‘\(type)’ zijn van een nieuwere versie en zijn overgeslagen.",
          en: "\(times) lines of the type ‘\(type)’ are of a newer version and were passed over."))
  }
  return reading
}
