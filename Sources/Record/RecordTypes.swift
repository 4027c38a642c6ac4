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

  /// Sorts out the types of a record; `knows` as for `RecordWriter.open`.
  public init(_ report: CheckReport, knows: (String, Int) -> Bool) {
    if let wanted = report.first?.payload["min_reader"]?.int, wanted > 1 {
      unknown["min_reader \(wanted)"] = 1
    }
    for (kind, count) in report.types.counts {
      if kind.type.hasPrefix("x.") {
        foreign[kind.type, default: 0] += count
      } else if RecordTypes.own.contains(kind.type) ? kind.version != 1 : !knows(kind.type, kind.version) {
        unknown["\(kind.type) v\(kind.version)"] = count
      }
    }
  }

  /// The types of the record itself, all in version 1.
  static let own: Set<String> = [
    "record.opened", "record.recovered", "record.sealed", "record.redacted", "clock.adjusted",
  ]
}
