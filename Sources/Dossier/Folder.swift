import Glibc
import Ground

/// Reads and makes the files of a dossier, with errors that a person understands.
enum Folder {
  /// Why a file could not be read.
  enum ReadFailure: Error, Equatable { case missing, other(Phrase, mend: Phrase) }

  /// Returns the bytes of a file of at most `limit` bytes.
  static func bytes(of path: String, limit: Int) throws(ReadFailure) -> [UInt8] {
    // O_NONBLOCK: opening a named pipe must not wait for ever.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw failure(errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw failure(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .other(
        Phrase(
          nl: "dit is geen bestand maar iets anders, zoals een map",
          en: "this is no file but something else, such as a folder"),
        mend: Phrase(nl: "zet hier een gewoon bestand neer", en: "put an ordinary file here"))
    }
    guard status.st_size <= limit else {
      throw .other(
        Phrase(
          nl: "het bestand is groter dan \(limit >> 20) MiB", en: "the file is larger than \(limit >> 20) MiB"
        ),
        mend: Phrase(nl: "haal weg wat niet nodig is", en: "remove what is not needed"))
    }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var count = 0
    while count < bytes.count {
      let got = bytes[count...].withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw failure(errno) }
      if got == 0 { break }
      count += got
    }
    return Array(bytes.prefix(count))
  }

  private static func failure(_ code: Int32) -> ReadFailure {
    if code == ENOENT { return .missing }
    if code == EACCES || code == EPERM {
      return .other(
        Phrase(nl: "u mag dit bestand niet lezen", en: "you may not read this file"),
        mend: Phrase(
          nl: "geef uzelf leesrecht, of vraag het de beheerder",
          en: "give yourself permission to read it, or ask the administrator"))
    }
    return .other(
      Phrase(
        nl: "dit kan niet worden gelezen (\(reason(code)))", en: "this cannot be read (\(reason(code)))"),
      mend: Phrase(nl: "kijk of de schijf er nog is", en: "see whether the disk is still there"))
  }

  static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }

  /// Whether there is a folder at `path`.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}

/// Makes the folder of a new dossier.
public enum DossierFolder {
  /// Makes `folder` and writes `files` into it, readable by its owner only.
  ///
  /// An empty folder is taken, too; nothing is ever overwritten. Throws `DossierError`.
  public static func create(_ folder: String, files: [(name: String, bytes: [UInt8])]) throws(DossierError) {
    if mkdir(folder, 0o700) != 0 {
      guard errno == EEXIST else { throw refusal(folder, errno) }
      try requireEmpty(folder)
    }
    for file in files { try write(file.bytes, to: folder + "/" + file.name) }
  }

  private static func requireEmpty(_ folder: String) throws(DossierError) {
    guard let entries = opendir(folder) else { throw refusal(folder, errno) }
    defer { closedir(entries) }
    var count = 0
    while readdir(entries) != nil { count += 1 }
    // Every folder holds . and ..
    guard count <= 2 else {
      throw error(
        folder, Phrase(nl: "deze map bestaat al en is niet leeg", en: "this folder exists and is not empty"),
        mend: Phrase(nl: "kies een andere naam", en: "choose another name"))
    }
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(DossierError) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw refusal(path, errno) }
    var count = 0
    while count < bytes.count {
      let put = bytes[count...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if put < 0 && errno == EINTR { continue }
      guard put >= 0 else {
        let code = errno
        close(file)
        throw refusal(path, code)
      }
      count += put
    }
    guard close(file) == 0 else { throw refusal(path, errno) }
  }

  private static func refusal(_ path: String, _ code: Int32) -> DossierError {
    switch code {
    case EACCES, EPERM, EROFS:
      error(
        path, Phrase(nl: "u mag hier niets maken", en: "you may not make anything here"),
        mend: Phrase(nl: "kies een map waarin u mag schrijven", en: "choose a folder in which you may write"))
    case ENOENT:
      error(
        path,
        Phrase(
          nl: "de map waarin dit moet komen bestaat niet",
          en: "the folder in which this is to be does not exist"),
        mend: Phrase(nl: "maak die map eerst", en: "make that folder first"))
    case ENOTDIR:
      error(
        path, Phrase(nl: "hier staat een bestand, geen map", en: "there is a file here, no folder"),
        mend: Phrase(nl: "kies een andere naam", en: "choose another name"))
    case ENOSPC, EDQUOT:
      error(
        path, Phrase(nl: "de schijf is vol", en: "the disk is full"),
        mend: Phrase(
          nl: "maak ruimte vrij of kies een andere schijf", en: "free some space or choose another disk"))
    default:
      error(
        path,
        Phrase(
          nl: "dit kan niet worden gemaakt (\(Folder.reason(code)))",
          en: "this cannot be made (\(Folder.reason(code)))"),
        mend: Phrase(nl: "kies een andere plaats", en: "choose another place"))
    }
  }

  private static func error(_ path: String, _ what: Phrase, mend: Phrase) -> DossierError {
    DossierError(.cannotCreate, [Finding(file: path, line: nil, what: what, mend: mend)])
  }
}
