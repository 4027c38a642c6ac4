import Ground
import Record

// What the device itself has to say; what the host says comes from it in words.

extension Phrase {
  /// A command could not be kept on this device.
  static func notKept(_ error: RecordError) -> Phrase {
    switch error {
    case .lineTooLong:
      Phrase(
        nl: "De tekst is te lang en is niet bewaard. Maak hem korter of verdeel hem.",
        en: "The text is too long and was not kept. Shorten it or split it.")
    case .diskFull, .diskNearlyFull:
      Phrase(
        nl: "Niet bewaard: de schijf van deze laptop is vol. Maak ruimte vrij en start Beraad hier opnieuw.",
        en: "Not kept: this laptop’s disk is full. Free some space and start Beraad here again.")
    default:
      Phrase(
        nl: "Niet bewaard: schrijven op de schijf van deze laptop lukt niet (\(error.reason.nl)). "
          + "Start Beraad hier opnieuw, of neem een andere laptop.",
        en: "Not kept: writing to this laptop’s disk fails (\(error.reason.en)). "
          + "Start Beraad here again, or take another laptop.")
    }
  }

  /// The copy of the record on this device grows no more.
  static func copyStops(_ error: RecordError) -> Phrase {
    Phrase(
      nl: "De kopie van het naslagwerk op deze laptop groeit niet meer (\(error.reason.nl)). "
        + "Meekijken en typen gaan door; maak ruimte vrij en start Beraad hier opnieuw.",
      en: "The copy of the record on this laptop grows no more (\(error.reason.en)). "
        + "Looking on and typing go on; free some space and start Beraad here again.")
  }

  /// The copy or the outbox went bad on this device's disk.
  static func wasDamaged(keptAs path: String) -> Phrase {
    Phrase(
      nl: "Een bestand van Beraad op deze laptop was beschadigd. Het oude staat nog in \(path).",
      en: "A file of Beraad on this laptop was damaged. The old one still is in \(path).")
  }

  /// The host is not heard, and the command is one that cannot wait.
  static let noHostNow = Phrase(
    nl: "Er is nu geen verbinding met de host; er is niets gebeurd.",
    en: "There is no connection with the host now; nothing happened.")

  /// The host went away while a command that cannot wait was on its way.
  static let cutOff = Phrase(
    nl: "De verbinding viel weg. Kijk of het gebeurd is als de host er weer is.",
    en: "The connection was lost. See whether it happened when the host is there again.")

  /// A command that no device may give.
  static let onlyTheHost = Phrase(
    nl: "Dat kan alleen op de computer waarop de conferentie loopt.",
    en: "Only the computer that runs the conference can do that.")
}

extension RecordError {
  /// What is wrong with the disk, in a few words to put between brackets.
  fileprivate var reason: Phrase {
    switch self {
    case .diskFull, .diskNearlyFull: Phrase(nl: "de schijf is vol", en: "the disk is full")
    case .noPermission(let path): Phrase(nl: "\(path): geen rechten", en: "\(path): no permission")
    case .writeFailed(let reason), .poisoned(let reason), .readFailed(let reason): Phrase(same: reason)
    default: phrase
    }
  }
}
