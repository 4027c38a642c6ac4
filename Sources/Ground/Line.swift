/// One line of a record, less its hash: what happened, when, by whom and through which command.
///
/// Source: the record format, docs/RECORD.md.
public struct Line: Sendable, Equatable {
  /// The place in the record, from 0, without gaps.
  public var seq: Int
  /// The host's time.
  public var at: Moment
  /// The type's name, `noun.verbed`; names that start with `x.` are other programs'.
  public var type: String
  /// Who caused it: `host`, `facilitator`, `note-4`; letters, digits, dots and hyphens.
  public var by: String
  /// The command that caused it; the events of one command share it.
  public var cmd: CommandID
  /// The version of the payload's shape; 1 is not written.
  public var version: Int
  /// The payload as it is written, always an object.
  public var payload: JSONText
  /// The payload, read anew each time.
  public var data: JSON { payload.json }

  /// Whether the line tells of the record itself, and not of the conference.
  public var isOfTheRecord: Bool { type.hasPrefix("record.") || type == "clock.adjusted" }

  /// Whether the line is another program's.
  public var isOfOthers: Bool { type.hasPrefix("x.") }

  /// Creates a line from its members.
  public init(
    seq: Int, at: Moment, type: String, by: String, cmd: CommandID, version: Int = 1, data: JSON
  ) {
    self.init(seq: seq, at: at, type: type, by: by, cmd: cmd, version: version, payload: JSONText(data))
  }

  /// Creates a line from its members, with a payload as it is written.
  public init(
    seq: Int, at: Moment, type: String, by: String, cmd: CommandID, version: Int, payload: JSONText
  ) {
    self.seq = seq
    self.at = at
    self.type = type
    self.by = by
    self.cmd = cmd
    self.version = version
    self.payload = payload
  }
}

/// A happening that is not in the record yet: a type with its payload.
public struct Draft: Sendable, Equatable {
  /// The type's name, `noun.verbed`.
  public var type: String
  /// The version of the payload's shape.
  public var version: Int
  /// The payload, always an object.
  public var data: JSON

  /// Creates a draft from its members.
  public init(type: String, version: Int = 1, data: JSON) {
    self.type = type
    self.version = version
    self.data = data
  }
}

/// The idempotency key of a command: 128 bits, written as 32 hexadecimal digits.
public struct CommandID: Sendable, Hashable, CustomStringConvertible {
  private let digits: HexDigits

  /// Creates a key from its digits.
  public init(_ digits: HexDigits) { self.digits = digits }

  /// Creates a key from its two halves.
  public init(high: UInt64, low: UInt64) { self.init(HexDigits(high: high, low: low)) }

  /// Creates a key from 32 lower-case hexadecimal digits, or nil.
  public init?(_ text: String) {
    guard let digits = Array(text.utf8).withUnsafeBytes({ HexDigits($0) }) else { return nil }
    self.init(digits)
  }

  /// Creates a random key.
  public static func random() -> CommandID {
    CommandID(high: .random(in: .min ... .max), low: .random(in: .min ... .max))
  }

  /// The key as 32 lower-case hexadecimal digits.
  public var description: String { digits.description }
}
