import ArgumentParser
import Conference
import Ground
import Record

/// The good lines of a record, and whether there is damage behind them.
struct RecordReading {
  let lines: [Line]
  let isDamaged: Bool
  /// The fold over all lines.
  let session: Session

  init(lines: [Line], isDamaged: Bool) {
    self.lines = lines
    self.isDamaged = isDamaged
    session = RecordReading.fold(lines[...])
  }

  /// Folds the first `count` lines.
  func session(upTo count: Int) -> Session { RecordReading.fold(lines.prefix(count)) }

  private static func fold(_ lines: ArraySlice<Line>) -> Session {
    var session = Session()
    // Types that this version does not know are counted by the session and told when reading.
    for line in lines { try? session.apply(line) }
    return session
  }

  /// Ends the program as refused where what was shown is not all that was in the record.
  func endWhereDamaged() throws {
    if isDamaged { throw ExitCode(Ending.refused.rawValue) }
  }
}

/// Reads the good lines of a record and does not fold them; damage is told once.
///
/// Throws the error that ends the program where nothing can be read.
func readLines(_ path: String) throws -> (lines: [Line], isDamaged: Bool) {
  let contents: RecordContents
  do throws(RecordError) {
    contents = try RecordReader.read(path: path)
    guard !contents.lines.isEmpty else {
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
            + "Getoond wordt wat ervoor staat.",
          en: "the record is damaged from line \(damage.line) on: \(damage.reason.phrase.en). "
            + "What stands before it is shown."))
  }
  return (contents.lines, contents.damage != nil)
}

/// Reads a record; damage and types of a newer version are told once.
///
/// Throws the error that ends the program where nothing can be read.
func readRecord(_ path: String) throws -> RecordReading {
  let contents = try readLines(path)
  let reading = RecordReading(lines: contents.lines, isDamaged: contents.isDamaged)
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
