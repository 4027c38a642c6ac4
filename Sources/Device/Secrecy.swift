import Crypto
import NIOCore
import NIOSSL
import Synchronization
import Wire

/// Makes a connection secret, and looks whose it is.
///
/// Of the host's certificate only the fingerprint counts: no authority signed it, and a name or a date in it says
/// nothing where laptops have wrong clocks and other addresses every day. That the host has the key that goes with
/// it is part of every handshake.
enum Secrecy {
  /// Which certificate a host showed.
  final class Shown: Sendable {
    private let state = Mutex<Fingerprint?>(nil)

    var fingerprint: Fingerprint? {
      get { state.withLock { $0 } }
      set { state.withLock { $0 = newValue } }
    }
  }

  /// The handler that goes in front of all others.
  ///
  /// It ends the connection in the middle of the handshake, and so before anything was asked, where the host shows
  /// another certificate than the expected one.
  static func handler(expecting: Fingerprint?, _ shown: Shown) throws -> NIOSSLClientHandler {
    try NIOSSLClientHandler(context: context.get(), serverHostname: nil) { certificates, verdict in
      let der = try? certificates.first?.toDERBytes()
      let fingerprint = der.flatMap { Fingerprint(bytes: SHA256.hash(data: $0)) }
      shown.fingerprint = fingerprint
      let isGood = fingerprint != nil && (expecting == nil || fingerprint == expecting)
      verdict.succeed(isGood ? .certificateVerified : .failed)
    }
  }

  private static let context = Result {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv13
    // The verdict above takes the place of all else, but for the name, which is checked behind it.
    configuration.certificateVerification = .noHostnameVerification
    // Those of the system would be read for nothing.
    configuration.trustRoots = .certificates([])
    // A host that is gone does not say goodbye; nobody should wait for that.
    configuration.shutdownTimeout = .milliseconds(500)
    return try NIOSSLContext(configuration: configuration)
  }
}
