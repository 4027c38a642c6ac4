import Ground

/// The first place where a record does not hold together.
public struct Damage: Sendable, Equatable {
  /// The line's number, from 1.
  public var line: Int
  /// The offset of the line's first byte in the file.
  public var offset: Int
  /// What is wrong with the line.
  public var reason: DamageReason

  var error: RecordError { .damaged(line: line, offset: offset, reason: reason) }
}

/// What is wrong with a line of a record.
public enum DamageReason: Error, Equatable {
  /// The file holds no line at all, or never got beyond its first.
  case empty
  /// The last lines were being written when the program or the machine stopped; nobody was told of them.
  case torn
  /// The members, their order or the spacing are not those of format 1.
  case form
  /// The line's number is not the expected one.
  case seq(expected: Int)
  /// The time lies before that of the line in front.
  case time
  /// The line is longer than 64 KiB.
  case tooLong
  /// The line holds a NUL byte.
  case nul
  /// The line is not JSON in UTF-8.
  case json
  /// The line's hash does not follow from the line and the one in front.
  case chain
  /// The first line is no `record.opened` of format 1.
  case notOpened
  /// The seal does not fit the lines it seals.
  case seal
  /// The line is whole but for one bit, so that it was written and has gone bad since.
  case flippedBit
  /// The line keeps the format's letter but cannot be read with one meaning; why.
  case unreadable(String)

  /// The reason as a word for programs; it never changes its meaning.
  public var code: String {
    switch self {
    case .empty: "empty"
    case .torn: "torn"
    case .form: "form"
    case .seq: "seq"
    case .time: "time"
    case .tooLong: "too_long"
    case .nul: "nul"
    case .json: "json"
    case .chain: "chain"
    case .notOpened: "not_opened"
    case .seal: "seal"
    case .flippedBit: "flipped_bit"
    case .unreadable: "unreadable"
    }
  }

  /// The reason in words, to follow a colon.
  public var phrase: Phrase {
    switch self {
    case .empty: Phrase(nl: "er staat nog niets in", en: "nothing was recorded in it yet")
    case .torn: Phrase(nl: "de laatste regel is niet afgeschreven", en: "the last line was not written whole")
    case .form:
      Phrase(
        nl: "de onderdelen van de regel kloppen niet", en: "members, order or spacing are not of format 1")
    case .seq(let expected): Phrase(nl: "regelnummer \(expected) ontbreekt", en: "seq \(expected) is missing")
    case .time: Phrase(nl: "de tijd loopt terug", en: "the time goes backwards")
    case .tooLong: Phrase(nl: "de regel is langer dan 64 KiB", en: "the line is longer than 64 KiB")
    case .nul: Phrase(nl: "er staan lege bytes (NUL) in", en: "it holds a NUL byte")
    case .json: Phrase(nl: "de regel is geen JSON in UTF-8", en: "the line is not JSON in UTF-8")
    case .chain: Phrase(nl: "de controlecode past niet bij de regel", en: "the hash does not chain")
    case .notOpened:
      Phrase(nl: "dit is geen naslagwerk van formaat 1", en: "this is no record of format 1")
    case .seal: Phrase(nl: "het zegel past niet bij de regels", en: "the seal does not fit the lines")
    case .flippedBit:
      Phrase(nl: "één bit van de regel is veranderd", en: "one bit of the line has changed")
    case .unreadable(let why):
      Phrase(
        nl: "de regel is niet eenduidig te lezen (\(why))", en: "the line has no single meaning (\(why))")
    }
  }
}
