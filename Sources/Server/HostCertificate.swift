import Crypto
import Foundation
import Ground
import NIOSSL
import SwiftASN1
import Wire
import X509

/// The certificate by which devices know this laptop, with its key.
///
/// It is made once and signed by itself: devices know it by its fingerprint, and look at no name and no date in it.
public struct HostCertificate: Sendable {
  /// What devices and people know it by.
  public let fingerprint: Fingerprint

  private let certificate: Certificate
  private let key: P256.Signing.PrivateKey

  /// Makes a new one.
  ///
  /// Throws what the library throws; nothing of it depends on this machine.
  init() throws {
    let key = P256.Signing.PrivateKey()
    // No name: it would tell the whole network whose laptop this is.
    let name = try DistinguishedName { CommonName("Beraad") }
    let certificate = try Certificate(
      version: .v3, serialNumber: .init(), publicKey: .init(key.publicKey),
      // A clock that is wrong must not keep anybody out: from 1970 to 2100.
      notValidBefore: Date(timeIntervalSince1970: 0),
      notValidAfter: Date(timeIntervalSince1970: 4_102_444_800),
      issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
      extensions: Certificate.Extensions { Critical(BasicConstraints.notCertificateAuthority) },
      issuerPrivateKey: .init(key))
    try self.init(certificate, key)
  }

  /// Reads what `pem` wrote.
  ///
  /// Throws where a part is not there, is broken, or does not go with the other.
  init(pem: String) throws {
    let parts = try PEMDocument.parseMultiple(pemString: pem)
    guard let certificate = parts.first(where: { $0.discriminator == "CERTIFICATE" }),
      let key = parts.first(where: { $0.discriminator == "PRIVATE KEY" })
    else { throw NotAPair() }
    try self.init(
      Certificate(pemDocument: certificate), P256.Signing.PrivateKey(derRepresentation: key.derBytes))
  }

  private init(_ certificate: Certificate, _ key: P256.Signing.PrivateKey) throws {
    var der = DER.Serializer()
    try certificate.serialize(into: &der)
    guard certificate.publicKey == Certificate.PublicKey(key.publicKey),
      let fingerprint = Fingerprint(bytes: SHA256.hash(data: der.serializedBytes))
    else { throw NotAPair() }
    self.fingerprint = fingerprint
    self.certificate = certificate
    self.key = key
  }

  private struct NotAPair: Error, CustomStringConvertible {
    var description: String { "certificate + key?" }
  }

  /// The certificate and its key as they are kept, in one text so that they can never be of two makings.
  func pem() throws -> String {
    try certificate.serializeAsPEM().pemString + "\n" + key.pemRepresentation + "\n"
  }

  /// How the server shows it.
  func configuration() throws -> TLSConfiguration {
    let chain = try NIOSSLCertificate.fromPEMBytes(Array(certificate.serializeAsPEM().pemString.utf8))
    let key = try NIOSSLPrivateKey(bytes: Array(key.pemRepresentation.utf8), format: .pem)
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    configuration.minimumTLSVersion = .tlsv12
    return configuration
  }
}
