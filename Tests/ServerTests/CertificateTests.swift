import Foundation
import Glibc
import Ground
import Testing

@testable import Server

/// A laptop has one certificate, and keeps it.
@Suite struct CertificateTests {
  private final class Place {
    let folder: String

    init() {
      folder = FileManager.default.temporaryDirectory.appending(path: "beraad-cert-\(UUID().uuidString)")
        .path(percentEncoded: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var certificates: String { folder + "/state/certificate" }
    var file: String { certificates + "/host.pem" }
    var text: String? { try? String(contentsOfFile: file, encoding: .utf8) }
    func write(_ text: String) throws { try Data(text.utf8).write(to: URL(filePath: file)) }
  }

  private func mode(_ path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  @Test func isMadeOnceAndOnlyItsOwnerReadsIt() throws {
    let place = Place()
    let first = try HostCertificate.own(in: place.certificates)
    #expect(first.trouble == nil)
    #expect(mode(place.file) == 0o600 && mode(place.certificates) == 0o700)
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.certificates) == ["host.pem"])
    let text = place.text
    let second = try HostCertificate.own(in: place.certificates)
    #expect(second.certificate.fingerprint == first.certificate.fingerprint && second.trouble == nil)
    #expect(place.text == text)
    // Another laptop has another.
    #expect(
      try HostCertificate.own(in: Place().certificates).certificate.fingerprint
        != first.certificate.fingerprint)
  }

  @Test func isNeverReplacedWhereItCannotBeRead() throws {
    let place = Place()
    _ = try HostCertificate.own(in: place.certificates)
    let good = try #require(place.text)
    let key = try #require(good.firstRange(of: "-----BEGIN PRIVATE")).lowerBound
    let other = try HostCertificate().pem()
    let otherKey = try #require(other.firstRange(of: "-----BEGIN PRIVATE")).lowerBound
    for wrong in [
      "", "x", String(good[..<key]), String(good[key...]), String(good[..<key] + other[otherKey...]),
      good.replacing("A", with: "B"), String(good.dropLast(60)),
    ] as [String] {
      try place.write(wrong)
      let error = #expect(throws: CertificateTrouble.self) { try HostCertificate.own(in: place.certificates) }
      #expect(error?.phrase.nl.contains(place.file) == true && error?.phrase.en.contains(place.file) == true)
      #expect(place.text == wrong)
    }
    try place.write(good)
    #expect(throws: Never.self) { try HostCertificate.own(in: place.certificates) }
  }

  @Test func holdsForOneRunWhereItCannotBeKept() throws {
    let place = Place()
    try FileManager.default.createDirectory(atPath: place.folder, withIntermediateDirectories: true)
    // Where a file stands no folder can be made, not even by root.
    try Data().write(to: URL(filePath: place.folder + "/state"))
    for folder in [place.certificates, nil] {
      let first = try HostCertificate.own(in: folder)
      #expect(first.trouble?.nl.isEmpty == false)
      #expect(try HostCertificate.own(in: folder).certificate.fingerprint != first.certificate.fingerprint)
    }
  }

  /// A laptop's clock may be wrong by years, in either direction; nothing in it tells whose it is.
  @Test func saysNothingOfTimeOrPlace() throws {
    let pem = try HostCertificate().pem()
    let der = try #require(
      Data(
        base64Encoded: pem.split(separator: "\n").dropFirst()
          .prefix { !$0.hasPrefix("-") }.joined()))
    let text = String(decoding: der, as: UTF8.self)
    #expect(text.contains("700101000000Z") && text.contains("21000101000000Z"))
    // Issuer, dates and subject: what stands in front of and behind them is by lot, where any letters can turn up.
    let start = try #require(text.firstRange(of: "Beraad")).lowerBound
    let rest = text[text.index(start, offsetBy: 6)...]
    let end = try #require(rest.firstRange(of: "Beraad")).upperBound
    #expect(!text[start..<end].contains(ProcessInfo.processInfo.hostName))
    #expect(text[start..<end].count < 70)
  }
}
