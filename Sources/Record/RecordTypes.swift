import Ground

/// The types in a record that are not this program's.
public struct RecordTypes: Sendable {
  /// How often each type of another program was met (`x.…`).
  public private(set) var foreign: [String: Int] = [:]
  /// How often each type was met, with its version, that only a newer version of the program knows.
  ///
  /// Such a record can be read and not written. A `min_reader` that is too high counts as one.
  public private(set) var unknown: [String: Int] = [:]

  /// Whether the program knows all that it has to know.
  public var isKnown: Bool { unknown.isEmpty }

  /// Counts the types of all lines; `knows` as for `RecordWriter.open`.
  public init(_ lines: [Line], knows: (String, Int) -> Bool) {
    if let wanted = lines.first?.payload["min_reader"]?.int, wanted > 1 {
      unknown["min_reader \(wanted)"] = 1
    }
    for line in lines {
      if RecordTypes.own.contains(line.type) {
        if line.version != 1 { unknown["\(line.type) v\(line.version)", default: 0] += 1 }
      } else if line.type.hasPrefix("x.") {
        foreign[line.type, default: 0] += 1
      } else if !knows(line.type, line.version) {
        unknown["\(line.type) v\(line.version)", default: 0] += 1
      }
    }
  }

  /// The types of the record itself, all in version 1.
  static let own: Set<String> = [
    "record.opened", "record.recovered", "record.sealed", "record.redacted", "clock.adjusted",
  ]
}
