import Ground

/// The seal behind the closing of a conference: it stands for all lines of the record up to one.
///
/// Once it has left the machine, whoever holds it can tell whether any of them was changed.
public struct ClosingSeal: Sendable, Equatable {
  /// The place of the last line that it stands for.
  public var upto: Int
  /// The SHA-256 of all bytes up to and with that line, 64 hexadecimal digits.
  public var sha256: String

  /// Creates a seal.
  public init(upto: Int, sha256: String) {
    self.upto = upto
    self.sha256 = sha256
  }

  /// Reads the payload of a `record.sealed`, or gives nil.
  init?(_ payload: JSONText) {
    guard let upto = payload["upto"]?.int, let sha256 = payload["sha256"]?.string, sha256.utf8.count == 64
    else { return nil }
    self.upto = upto
    self.sha256 = sha256
  }

  /// The digits in groups of eight, as people read them to one another: eight groups with spaces between.
  public var groups: String {
    let digits = Array(sha256.utf8)
    return stride(from: 0, to: digits.count, by: 8)
      .map { String(decoding: digits[$0..<min($0 + 8, digits.count)], as: UTF8.self) }
      .joined(separator: " ")
  }

  /// The seal in words, for the hall.
  public var phrase: Phrase {
    Phrase(nl: "Zegel van het naslagwerk: \(groups)", en: "Seal of the record: \(groups)")
  }

  /// What it is for.
  public static let purpose = Phrase(
    nl: "Wie het zegel noteert, kan later nagaan of er niets aan veranderd is.",
    en: "Whoever writes the seal down can check later that nothing in it was changed.")

  /// How it is checked, as a command.
  public var command: String { "head -n \(upto + 1) record.jsonl | sha256sum" }
}

extension Session {
  /// The seal of a conference that was closed; nil until it is in the record.
  public var closingSeal: ClosingSeal? { flow.status == .closed ? sealBehindClosing : nil }

  /// Notes the first seal behind the last closing.
  mutating func note(sealIn line: Line) {
    guard line.type == "record.sealed", flow.status == .closed, sealBehindClosing == nil else { return }
    sealBehindClosing = ClosingSeal(line.payload)
  }
}
