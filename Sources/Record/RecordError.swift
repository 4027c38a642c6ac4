import Glibc
import Ground

/// Why a record cannot be read, opened or written.
public enum RecordError: Error, Equatable {
  /// There is no file or folder of this name.
  case notFound(String)
  /// A file of this name stands there already.
  case exists(String)
  /// The user may not read or write here, or the disk is read-only.
  case noPermission(String)
  /// Another process, or this one, has the record open for writing; nil where the system does not say who.
  case heldBy(pid: Int?)
  /// The record does not hold together from this line (from 1) at this offset in bytes on.
  case damaged(line: Int, offset: Int, reason: DamageReason)
  /// The record holds something that this version of the program does not know; and the version of the program
  /// that made the record, where it says so.
  case needsNewerVersion(String, madeBy: String? = nil)
  /// A line would be longer than 64 KiB; its type and its length in bytes.
  case lineTooLong(type: String, bytes: Int)
  /// A draft cannot be a line of a record; its type and why.
  case invalidDraft(type: String, String)
  /// The disk is so full that only closing lines are still taken.
  case diskNearlyFull
  /// The disk is full, or the user's quota is.
  case diskFull
  /// Reading failed; the system's words.
  case readFailed(String)
  /// Opening, writing or syncing failed; the system's words.
  case writeFailed(String)
  /// An earlier write failed, so that nothing more is written to this file; the system's words.
  case poisoned(String)
  /// The writer was closed.
  case closed
  /// The copy that should mend a record does not agree with it, from this line (from 1) on.
  case copyDiffers(line: Int)
  /// The copy that should mend a record is damaged itself.
  case copyDamaged(line: Int)
  /// The copy that should mend a record ends before the place where the record is whole again; lines it has.
  case copyTooShort(lines: Int)

  init(errno number: Int, path: String) {
    switch Int32(truncatingIfNeeded: number) {
    case ENOENT, ENOTDIR: self = .notFound(path)
    case EEXIST: self = .exists(path)
    case EACCES, EPERM, EROFS: self = .noPermission(path)
    case ENOSPC, EDQUOT: self = .diskFull
    default: self = .writeFailed(errorText(number))
    }
  }
}

extension RecordError {
  /// What is wrong and what to do about it.
  public var phrase: Phrase {
    switch self {
    case .notFound(let path):
      Phrase(
        nl: "\(path) bestaat niet. Controleer de naam en de map.",
        en: "\(path) does not exist. Check the name and the folder.")
    case .exists(let path):
      Phrase(
        nl: "\(path) bestaat al en wordt niet overschreven. Kies een andere naam of zet het bestand weg.",
        en: "\(path) exists already and is not overwritten. Choose another name or move the file away.")
    case .noPermission(let path):
      Phrase(
        nl: "U mag \(path) niet lezen of schrijven. Kies een map waarin dat mag, of vraag om rechten.",
        en: "You may not read or write \(path). Choose a folder where you may, or ask for permission.")
    case .heldBy(let pid):
      Phrase(
        nl: "Het naslagwerk is al open in \(pid.map { "proces \($0)" } ?? "een ander programma"). "
          + "Sluit het daar, of bekijk het hier zonder te schrijven.",
        en: "The record is already open in \(pid.map { "process \($0)" } ?? "another program"). "
          + "Close it there, or read it here without writing.")
    case .damaged(let line, let offset, let reason):
      Phrase(
        nl:
          "Het naslagwerk is beschadigd vanaf regel \(line) (byte \(offset)): \(reason.phrase.nl). Er wordt niets "
          + "in geschreven. Herstel het met check --repair en een kopie van een ander apparaat.",
        en: "The record is damaged from line \(line) (byte \(offset)) on: \(reason.phrase.en). Nothing is "
          + "written to it. Mend it with check --repair and a copy from another device.")
    case .needsNewerVersion(let what, let app):
      Phrase(
        nl: "Dit naslagwerk bevat \(what). Deze versie kent dat niet. Lezen kan; "
          + "installeer een nieuwere versie van Beraad om ermee verder te gaan."
          + (app.map { " Het is gemaakt met versie \($0)." } ?? ""),
        en: "This record holds \(what), which this version does not know. It can be read; "
          + "install a newer version of Beraad to go on with it."
          + (app.map { " It was made with version \($0)." } ?? ""))
    case .lineTooLong(let type, let bytes):
      Phrase(
        nl: "Dit is te lang om op te slaan: \(type) heeft \(bytes) bytes en een regel mag er 65536 hebben. "
          + "Er is niets opgeslagen. Maak de tekst korter of verdeel hem.",
        en: "This is too long to keep: \(type) has \(bytes) bytes and a line may have 65536. "
          + "Nothing was kept. Shorten the text or split it.")
    case .invalidDraft(let type, let reason):
      Phrase(
        nl: "\(type) kan niet in het naslagwerk: \(reason). Dit is een fout in het programma; meld haar.",
        en: "\(type) cannot be in the record: \(reason). This is a fault of the program; report it.")
    default: diskPhrase
    }
  }

  private var diskPhrase: Phrase {
    switch self {
    case .diskNearlyFull:
      Phrase(
        nl: "De schijf is bijna vol. Alleen afsluiten kan nog. Maak ruimte vrij; daarna gaat alles verder.",
        en: "The disk is nearly full. Only closing is still possible. Free some space; then all goes on.")
    case .diskFull:
      Phrase(
        nl: "De schijf is vol. Wat bevestigd was, is bewaard. Ga verder op een andere schijf.",
        en: "The disk is full. What was confirmed is kept. Continue on another disk.")
    case .readFailed(let reason):
      Phrase(
        nl: "Het bestand kan niet gelezen worden: \(reason). Maak een kopie en controleer de schijf.",
        en: "The file cannot be read: \(reason). Make a copy and check the disk.")
    case .writeFailed(let reason):
      Phrase(
        nl: "Schrijven is mislukt: \(reason). Wat bevestigd was, is bewaard. Ga verder op een andere schijf.",
        en: "Writing failed: \(reason). What was confirmed is kept. Continue on another disk.")
    case .poisoned(let reason):
      Phrase(
        nl: "Er wordt niets meer geschreven sinds een fout van de schijf: \(reason). "
          + "Wat bevestigd was, is bewaard. Ga verder op een andere schijf.",
        en: "Nothing is written any more since a fault of the disk: \(reason). "
          + "What was confirmed is kept. Continue on another disk.")
    case .copyDiffers(let line):
      Phrase(
        nl:
          "De kopie verschilt vanaf regel \(line) van het naslagwerk. Gebruik een kopie van dezelfde conferentie.",
        en: "The copy differs from the record from line \(line) on. Use a copy of the same conference.")
    case .copyDamaged(let line):
      Phrase(
        nl: "De kopie is zelf beschadigd, bij regel \(line). Gebruik een andere kopie.",
        en: "The copy is damaged itself, at line \(line). Use another copy.")
    case .copyTooShort(let lines):
      Phrase(
        nl: "De kopie is te kort: na haar \(lines) regels ontbreekt er nog iets. Gebruik een langere kopie.",
        en: "The copy is too short: after its \(lines) lines something is still missing. Use a longer copy.")
    default:
      Phrase(
        nl: "Het naslagwerk is gesloten. Open het opnieuw om erin te schrijven.",
        en: "The record is closed. Open it again to write to it.")
    }
  }
}
