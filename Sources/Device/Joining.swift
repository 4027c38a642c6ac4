import Ground
import NIOCore
import NIOHTTP1
import NIOPosix
import Wire

/// Why a device could not join.
public enum JoinFailure: Error, Sendable, Equatable {
  /// No host answers at any of the addresses.
  case noHost
  /// Somebody answers, but not over TLS.
  case notSecret
  /// The host shows this certificate, which is not the one that the device knows.
  case otherHost(Fingerprint)
  /// The host does not let it in, and why.
  case problem(WireProblem)

  /// What is wrong and what to do about it.
  public var phrase: Phrase {
    switch self {
    case .noHost:
      Phrase(
        nl: "Op dit adres antwoordt geen Beraad. Controleer het adres en het netwerk.",
        en: "No Beraad answers at this address. Check the address and the network.")
    case .notSecret:
      Phrase(
        nl: "Op dit adres is geen versleutelde verbinding te maken. Is de host met --plain-http begonnen, "
          + "typ dan http:// voor het adres.",
        en:
          "No encrypted connection can be made at this address. Where the host was begun with --plain-http, "
          + "type http:// in front of the address.")
    case .otherHost(let seen):
      Phrase(
        nl:
          "Dit is niet de host die dit apparaat kent; er is niets naartoe gestuurd. De woorden van deze host: "
          + "\(seen.phrase.nl). Toont de gespreksleider die ook (F6), begin hier dan opnieuw met "
          + "--fingerprint '\(seen.phrase.nl)'. Zo niet, dan doet iemand zich voor als de host.",
        en: "This is not the host that this device knows; nothing was sent to it. This host’s words: "
          + "\(seen.phrase.en). If the facilitator shows the same (F6), begin here again with "
          + "--fingerprint '\(seen.phrase.en)'. If not, somebody pretends to be the host.")
    case .problem(let problem): problem.phrase
    }
  }
}

extension HostAddress {
  /// Joins the conference at the first of these addresses where a host answers, and waits for that.
  ///
  /// Gives the address with the pass. Over TLS the code is only given to a host with the expected fingerprint, where
  /// one is. `patience` is in milliseconds for each address. Never call it from a thread that must not wait.
  public static func join(
    _ request: JoinRequest, at addresses: [HostAddress], expecting: Fingerprint? = nil,
    patience: Interval = .seconds(5)
  ) throws(JoinFailure) -> (HostAddress, Pass) {
    try visit(addresses, expecting: expecting, patience) { connection, done in
      connection.ask(.POST, Wire.join, body: request.json.utf8) { answer in
        if let problem = answer?.problem { return done(.failure(.problem(problem))) }
        let pass = answer.flatMap { try? JSONText(parsing: $0.body) }.flatMap { Pass($0) }
        done(pass.map { .success($0) } ?? .failure(.noHost))
      }
    }
  }

  /// Looks what the certificate of the host at the first of these addresses is known by, and asks it nothing.
  ///
  /// Gives nil where the host is not spoken to over TLS. Waits like `join`.
  public static func fingerprint(
    at addresses: [HostAddress], patience: Interval = .seconds(5)
  ) throws(JoinFailure) -> Fingerprint? {
    try visit(addresses, expecting: nil, patience) { connection, done in
      done(.success(connection.fingerprint))
    }.1
  }

  /// Does something with a connection to the first of these addresses where there is one.
  private static func visit<Value: Sendable>(
    _ addresses: [HostAddress], expecting: Fingerprint?, _ patience: Interval,
    _ body:
      @escaping @Sendable (HostConnection, @escaping (Result<Value, JoinFailure>) -> Void) -> Void
  ) throws(JoinFailure) -> (HostAddress, Value) {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    defer { try? group.syncShutdownGracefully() }
    // What a host said, even if only in its handshake, tells more than that another is not there.
    var failure = JoinFailure.noHost
    for address in addresses {
      let loop = group.next()
      let answer = try? loop.flatSubmit { () -> EventLoopFuture<Result<Value, JoinFailure>> in
        let promise = loop.makePromise(of: Result<Value, JoinFailure>.self)
        HostConnection.connect(to: address, expecting: expecting, on: loop, patience: patience) { outcome in
          switch outcome {
          case .failure(let failure): promise.succeed(.failure(JoinFailure(failure)))
          case .success(let connection):
            let limit = loop.assumeIsolated().scheduleTask(in: .milliseconds(patience)) { connection.close() }
            body(connection) { result in
              limit.cancel()
              connection.close()
              promise.succeed(result)
            }
          }
        }
        return promise.futureResult
      }.wait()
      switch answer {
      case .success(let value): return (address, value)
      case .failure(.problem(let problem)): throw .problem(problem)
      case .failure(.noHost), nil: continue
      case .failure(let other): failure = other
      }
    }
    throw failure
  }
}

extension JoinFailure {
  fileprivate init(_ failure: ConnectFailure) {
    switch failure {
    case .noHost: self = .noHost
    case .notSecret: self = .notSecret
    case .otherHost(let seen): self = .otherHost(seen)
    }
  }
}
