import Glibc
import Ground

/// Why devices cannot be served with the certificate of this laptop.
public struct CertificateTrouble: Error {
  /// What is wrong and what to do about it.
  public let phrase: Phrase
}

extension HostCertificate {
  /// The certificate of this laptop: that of the folder, or a new one that is kept there from now on.
  ///
  /// `trouble` says that a new one could not be kept, so that it is good for this run only. Throws where there is
  /// one that cannot be read: another in its place would have every device refuse this host, so a person decides.
  public static func own(
    in folder: String?
  ) throws(CertificateTrouble) -> (certificate: HostCertificate, trouble: Phrase?) {
    guard let folder else { return (try new(), .certificateNotKept("HOME?")) }
    let file = CertificateFile(folder: folder)
    if let known = try file.read() { return (known, nil) }
    let new = try new()
    switch file.write(new) {
    case .written: return (new, nil)
    case .failed(let reason): return (new, .certificateNotKept("\(file.path): \(reason)"))
    // Another host of this laptop began at the same moment, and was first.
    case .alreadyThere: return (try file.read() ?? new, nil)
    }
  }

  private static func new() throws(CertificateTrouble) -> HostCertificate {
    do { return try HostCertificate() } catch {
      throw CertificateTrouble(
        phrase: Phrase(
          nl: "Er kan geen certificaat worden gemaakt: \(error).", en: "No certificate can be made: \(error)."
        ))
    }
  }
}

/// The file of a laptop's certificate and key, which only its owner can read.
private struct CertificateFile {
  let folder: String
  var path: String { folder + "/host.pem" }

  enum Writing {
    case written, alreadyThere
    case failed(String)
  }

  /// Reads it; nil where there is none.
  func read() throws(CertificateTrouble) -> HostCertificate? {
    guard let file = fopen(path, "rb") else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .unreadable(path, Self.reason)
    }
    defer { fclose(file) }
    // A certificate with its key is less than 2 KB.
    var bytes = [UInt8](repeating: 0, count: 16_384)
    let count = fread(&bytes, 1, bytes.count, file)
    guard ferror(file) == 0 else { throw .unreadable(path, Self.reason) }
    do {
      return try HostCertificate(pem: String(decoding: bytes[..<count], as: UTF8.self))
    } catch {
      throw .unreadable(path, "\(error)")
    }
  }

  /// Writes a new one, whole or not at all, and never over another.
  func write(_ certificate: HostCertificate) -> Writing {
    makeFolder()
    let temporary = path + ".\(getpid())"
    unlink(temporary)
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { return .failed(Self.reason) }
    defer { unlink(temporary) }
    guard let pem = try? certificate.pem() else { return .failed("PEM") }
    let bytes = Array(pem.utf8)
    let isWritten = Glibc.write(file, bytes, bytes.count) == bytes.count && fsync(file) == 0
    let reason = Self.reason
    close(file)
    guard isWritten else { return .failed(reason) }
    // Unlike a renaming, a link takes nothing's place.
    if link(temporary, path) == 0 { return .written }
    return errno == EEXIST ? .alreadyThere : .failed(Self.reason)
  }

  private func makeFolder() {
    var part = ""
    for name in folder.split(separator: "/") {
      part += (part.isEmpty && !folder.hasPrefix("/") ? "" : "/") + name
      mkdir(part, 0o700)
    }
  }

  private static var reason: String { String(cString: strerror(errno)) }
}

extension CertificateTrouble {
  fileprivate static func unreadable(_ path: String, _ reason: String) -> CertificateTrouble {
    CertificateTrouble(
      phrase: Phrase(
        nl:
          "Het certificaat van deze laptop kan niet worden gelezen: \(path) (\(reason)). Zet er een kopie van "
          + "terug. Is die er niet, haal het bestand dan weg: dan komt er een nieuw, met nieuwe woorden, die elk "
          + "apparaat opnieuw moet krijgen (--fingerprint).",
        en:
          "This laptop’s certificate cannot be read: \(path) (\(reason)). Put a copy of it back. Where there is "
          + "none, take the file away: then a new one is made, with new words, which every device has to be given "
          + "anew (--fingerprint)."))
  }
}

extension Phrase {
  fileprivate static func certificateNotKept(_ reason: String) -> Phrase {
    Phrase(
      nl: "Het certificaat kan niet worden bewaard (\(reason)). De woorden gelden tot dit programma stopt; "
        + "daarna moet elk apparaat de nieuwe krijgen.",
      en: "The certificate cannot be kept (\(reason)). The words hold until this program ends; "
        + "after that every device has to be given the new ones.")
  }
}
