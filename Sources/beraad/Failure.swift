import ArgumentParser
import Conference
import Dossier
import Glibc
import Ground
import Host
import Record

/// How the program ends when it cannot do what was asked; the numbers are those of sysexits.h.
enum Ending: Int32 {
  /// Refused by the rules, or damaged.
  case refused = 1
  /// Called in a way that cannot be (EX_USAGE).
  case usage = 64
  /// A file or folder is not there or cannot be read (EX_NOINPUT).
  case missing = 66
  /// A file cannot be made (EX_CANTCREAT).
  case cannotCreate = 73
  /// Reading or writing failed (EX_IOERR).
  case cannotWrite = 74
}

/// Writes a line for people to stderr; its control characters are shown, never obeyed.
func complain(_ text: String) {
  // Where not even this can be written there is nobody left to tell.
  _ = writeAll(text.visible + "\n", to: STDERR_FILENO)
}

extension String {
  /// The text with its control characters shown, but line feeds.
  var visible: String {
    unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control && scalar != "\n" ? "�" : String(scalar)
    }.joined()
  }
}

/// Says what is wrong and returns the error that ends the program.
func failure(_ ending: Ending, nl: String, en: String) -> ExitCode {
  complain("beraad: " + say(nl: nl, en: en))
  return ExitCode(ending.rawValue)
}

/// Says what is wrong with a record and returns the error that ends the program.
func failure(_ error: RecordError) -> ExitCode {
  complain("beraad: " + error.phrase[language])
  let ending: Ending =
    switch error {
    case .notFound: .missing
    case .noPermission, .exists: .cannotCreate
    case .diskFull, .diskNearlyFull, .readFailed, .writeFailed, .poisoned, .closed: .cannotWrite
    default: .refused
    }
  return ExitCode(ending.rawValue)
}

/// Lists every mistake in a dossier and returns the error that ends the program.
func failure(_ error: DossierError) -> ExitCode {
  for finding in error.findings { complain(finding.text(language)) }
  let ending: Ending =
    switch error.reason {
    case .missing: .missing
    case .invalid: .refused
    case .cannotCreate: .cannotCreate
    case .unknownName: .usage
    }
  return ExitCode(ending.rawValue)
}

/// Says why the host refused and returns the error that ends the program.
func failure(_ error: HostError) -> ExitCode {
  if case .record(let error) = error { return failure(error) }
  complain("beraad: " + error.phrase[language])
  return ExitCode(Ending.refused.rawValue)
}
