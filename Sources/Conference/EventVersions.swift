import Ground

/// The types that a program reads, each with its newest version, and how payloads of older ones are lifted.
///
/// A released type never changes its meaning: a new shape is a new version, with a pure function that turns
/// the payload of the version before it into the new one. The record is never rewritten.
public struct EventVersions: Sendable {
  /// Turns a payload of one version into that of the next.
  public typealias Lift = @Sendable (JSON) -> JSON

  /// A version of a type, from which there is a next one.
  public struct Shape: Hashable, Sendable {
    /// The type.
    public var type: EventType
    /// The older version.
    public var version: Int
    /// Creates a shape.
    public init(_ type: EventType, _ version: Int) {
      self.type = type
      self.version = version
    }
  }

  /// The newest versions of the types that have more than one.
  private let newest: [EventType: Int]
  private let lifts: [Shape: Lift]

  /// Creates a set of versions from the newest of each type, 1 where it is left out; `lifts` holds a function
  /// for every version of a type before its newest.
  public init(newest: [EventType: Int], lifts: [Shape: Lift]) {
    self.newest = newest
    self.lifts = lifts
  }

  /// What this version of the program reads.
  public static let released = EventVersions(
    newest: Dictionary(EventType.allCases.filter { $0.version > 1 }.map { ($0, $0.version) }) { $1 },
    lifts: [:])

  /// Whether lines of `type` in `version` can be read.
  func knows(_ type: EventType, version: Int) -> Bool { version >= 1 && version <= newest[type] ?? 1 }

  /// Whether lines of the type of this name in `version` can be read.
  public func knows(type: String, version: Int) -> Bool {
    EventType(rawValue: type).map { knows($0, version: version) } ?? false
  }

  /// Whether every version before the newest has its function.
  public var isComplete: Bool {
    newest.allSatisfy { type, newest in (1..<newest).allSatisfy { lifts[Shape(type, $0)] != nil } }
  }

  /// Returns the lines with their payloads in the newest shapes.
  public func lifted(_ lines: [Line]) -> [Line] { lifts.isEmpty ? lines : lines.map(lifted) }

  /// Returns a line with its payload in the newest shape of its type; one that is in it, or of a type that is
  /// not known, as it is.
  public func lifted(_ line: Line) -> Line {
    guard !lifts.isEmpty, let type = EventType(rawValue: line.type), let newest = newest[type] else {
      return line
    }
    var line = line
    while line.version < newest, let lift = lifts[Shape(type, line.version)] {
      line.payload = JSONText(lift(line.data))
      line.version += 1
    }
    return line
  }
}
