import Ground

/// Why the host does not do what a device asked.
public enum WireProblem: Error, Sendable, Equatable {
  /// The request cannot be read; which part of it.
  case malformed(String)
  /// Without a token, or with one that is not valid (any more).
  case noPass
  /// The join code is wrong, or has expired.
  case wrongCode
  /// A device of this role may not ask that.
  case notAllowed
  /// This host holds another conference, or nothing stands under this path.
  case notHere
  /// The host's record does not hold the line that the device's copy ends with.
  case diverged
  /// The host has fewer lines than the device's copy, which it wants to have; its record ends with this mark.
  case behind(LineMark)
  /// Another laptop takes the conference over and is not that far yet; to be tried again.
  case notYet
  /// The conference refuses the command; `wantsYes`: given deliberately it would be carried out.
  case refused(Phrase, wantsYes: Bool)
  /// The same key came with another command.
  case otherCommand
  /// The request is too long.
  case tooLong
  /// Too much at once; to be tried again after so many seconds.
  case tooMany(after: Int)
  /// The record cannot be written at the moment; to be tried again.
  case disk(Phrase)

  /// The status of HTTP that goes with it, and its name on the wire.
  public var status: (number: Int, name: String) {
    switch self {
    case .malformed: (400, "malformed")
    case .noPass: (401, "no-pass")
    case .wrongCode: (403, "wrong-code")
    case .notAllowed: (403, "not-allowed")
    case .notHere: (404, "not-here")
    case .diverged: (409, "diverged")
    case .behind: (409, "behind")
    case .refused: (409, "refused")
    case .tooLong: (413, "too-long")
    case .otherCommand: (422, "other-command")
    case .tooMany: (429, "too-many")
    case .notYet: (503, "not-yet")
    case .disk: (503, "disk")
    }
  }

  /// After how many seconds it can be tried again; nil: that is of no use.
  public var retryAfter: Int? {
    switch self {
    case .tooMany(let seconds): seconds
    case .notYet: 2
    case .disk: 5
    default: nil
    }
  }

  /// The problem as it is sent.
  public var json: JSON {
    var part: JSON?
    if case .malformed(let name) = self { part = .string(name) }
    if case .behind(let mark) = self { part = .string("\(mark)") }
    var wantsYes: JSON?
    if case .refused(_, wantsYes: true) = self { wantsYes = true }
    return .members([
      "problem": .string(status.name), "nl": .string(phrase.nl), "en": .string(phrase.en), "part": part,
      "wants_yes": wantsYes,
    ])
  }

  /// Reads a problem, or gives nil; `after` is how long the host asks to wait.
  public init?(_ json: JSONText, after: Int?) {
    guard let nl = json["nl"]?.string, let en = json["en"]?.string else { return nil }
    let phrase = Phrase(nl: nl, en: en)
    switch json["problem"]?.string {
    case "malformed": self = .malformed(json["part"]?.string ?? "")
    case "no-pass": self = .noPass
    case "wrong-code": self = .wrongCode
    case "not-allowed": self = .notAllowed
    case "not-here": self = .notHere
    case "diverged": self = .diverged
    case "behind":
      guard let mark = json["part"]?.string.flatMap({ LineMark($0) }) else { return nil }
      self = .behind(mark)
    case "not-yet": self = .notYet
    case "refused": self = .refused(phrase, wantsYes: json["wants_yes"]?.bool ?? false)
    case "too-long": self = .tooLong
    case "other-command": self = .otherCommand
    case "too-many": self = .tooMany(after: after ?? 1)
    case "disk": self = .disk(phrase)
    default: return nil
    }
  }

  /// What is wrong and what to do about it.
  public var phrase: Phrase {
    switch self {
    case .malformed(let part):
      Phrase(
        nl: "De vraag is niet te lezen: \(part). Gebruik aan beide kanten dezelfde versie van Beraad.",
        en: "The request cannot be read: \(part). Use the same version of Beraad on both sides.")
    case .noPass:
      Phrase(
        nl: "Dit apparaat is niet (meer) toegelaten. Typ de code die de gespreksleider laat zien.",
        en: "This device is not let in (any more). Type the code that the facilitator shows.")
    case .wrongCode:
      Phrase(
        nl: "Deze code klopt niet of is verlopen. Kijk nog eens op het scherm van de gespreksleider.",
        en: "This code is wrong or has expired. Look at the facilitator’s screen again.")
    case .notAllowed:
      Phrase(
        nl: "Dat mag met dit apparaat niet; de gespreksleider kan het.",
        en: "This device may not do that; the facilitator can.")
    case .notHere: Phrase(nl: "Deze conferentie is hier niet.", en: "This conference is not here.")
    case .diverged:
      Phrase(
        nl: "Het naslagwerk van de host is een ander dan de kopie op dit apparaat.",
        en: "The host’s record is another than the copy on this device.")
    case .behind:
      Phrase(
        nl: "De host heeft minder regels dan dit apparaat, en krijgt die nu.",
        en: "The host has fewer lines than this device, and gets them now.")
    case .notYet:
      Phrase(
        nl: "Een andere laptop neemt de conferentie over. Het gaat vanzelf verder.",
        en: "Another laptop takes the conference over. It goes on by itself.")
    case .refused(let phrase, _): phrase
    case .otherCommand:
      Phrase(
        nl: "Onder dit nummer kwam eerder iets anders binnen.",
        en: "Something else came under this number before.")
    case .tooLong: Phrase(nl: "De tekst is te lang.", en: "The text is too long.")
    case .tooMany:
      Phrase(
        nl: "Te veel in korte tijd. Het gaat vanzelf verder.",
        en: "Too much in a short time. It goes on by itself.")
    case .disk(let phrase): phrase
    }
  }
}
