import Ground
import Yams

/// Where the record of an earlier meeting of the traject lies, as the plan has it.
public struct EarlierRecord: Sendable, Equatable {
  /// The path of a dossier's folder or of a record, seen from the dossier's own folder.
  public var path: String
  /// The line of the plan.
  public var line: Int

  /// Creates a place.
  public init(path: String, line: Int) {
    self.path = path
    self.line = line
  }

  /// Returns the path as it is seen from where the program runs.
  public func path(from folder: String) -> String { path.hasPrefix("/") ? path : folder + "/" + path }
}

extension PlanBuilder {
  /// Reads where the earlier meetings of the traject are; their records are read when the conference opens.
  mutating func readTraject(_ field: Field?) {
    guard let field, !isEmpty(field.value) else { return }
    let keys = fields(field.value, TrajectKey.self, place: Phrase(same: quoted(field.written)))
    for element in list(keys[.earlier]) {
      guard let path = text(element) else { continue }
      if earlier.contains(where: { $0.path == path }) {
        repeated(Field(written: path, line: element.line, value: element.value), earlier: nil)
      }
      earlier.append(EarlierRecord(path: path, line: element.line))
    }
  }
}
