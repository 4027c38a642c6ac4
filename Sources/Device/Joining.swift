import Ground
import NIOCore
import NIOHTTP1
import NIOPosix
import Wire

/// Why a device could not join.
public enum JoinFailure: Error, Sendable, Equatable {
  /// No host answers at any of the addresses.
  case noHost
  /// The host does not let it in, and why.
  case problem(WireProblem)

  /// What is wrong and what to do about it.
  public var phrase: Phrase {
    switch self {
    case .noHost:
      Phrase(
        nl: "Op dit adres antwoordt geen Beraad. Controleer het adres en het netwerk.",
        en: "No Beraad answers at this address. Check the address and the network.")
    case .problem(let problem): problem.phrase
    }
  }
}

extension HostAddress {
  /// Joins the conference at the first of these addresses where a host answers, and waits for that.
  ///
  /// Gives the address with the pass. `patience` is in milliseconds for each address. Never call it from a thread
  /// that must not wait.
  public static func join(
    _ request: JoinRequest, at addresses: [HostAddress], patience: Interval = .seconds(5)
  ) throws(JoinFailure) -> (HostAddress, Pass) {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    defer { try? group.syncShutdownGracefully() }
    for address in addresses {
      let loop = group.next()
      let answer = try? loop.flatSubmit { () -> EventLoopFuture<Result<Pass, JoinFailure>> in
        let promise = loop.makePromise(of: Result<Pass, JoinFailure>.self)
        ask(request, at: address, on: loop, patience) { promise.succeed($0) }
        return promise.futureResult
      }.wait()
      switch answer {
      case .success(let pass): return (address, pass)
      case .failure(.problem(let problem)): throw .problem(problem)
      case .failure(.noHost), nil: continue
      }
    }
    throw .noHost
  }

  private static func ask(
    _ request: JoinRequest, at address: HostAddress, on loop: any EventLoop, _ patience: Interval,
    done: @escaping (Result<Pass, JoinFailure>) -> Void
  ) {
    HostConnection.connect(to: address, on: loop, patience: patience) { connection in
      guard let connection else { return done(.failure(.noHost)) }
      let limit = loop.assumeIsolated().scheduleTask(in: .milliseconds(patience)) { connection.close() }
      connection.ask(.POST, Wire.join, body: request.json.utf8) { answer in
        limit.cancel()
        connection.close()
        if let problem = answer?.problem { return done(.failure(.problem(problem))) }
        let pass = answer.flatMap { try? JSONText(parsing: $0.body) }.flatMap { Pass($0) }
        done(pass.map { .success($0) } ?? .failure(.noHost))
      }
    }
  }
}
