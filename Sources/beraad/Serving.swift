import ArgumentParser
import Console
import Dispatch
import Glibc
import Ground
import Host
import Server
import Synchronization
import Wire

/// Where a host is to be found by the devices in the hall.
struct ServeOptions: ParsableArguments {
  @Option(
    help: help(
      nl: "Het netwerkadres waarop apparaten deze host vinden (gewoonlijk alleen deze laptop).",
      en: "The network address at which devices find this host (usually this laptop alone)."))
  var address = "127.0.0.1"

  @Option(help: help(nl: "De poort.", en: "The port."))
  var port = Wire.defaultPort

  @Flag(
    help: help(
      nl: "Ook zonder versleuteling buiten deze laptop: wie op hetzelfde netwerk zit, kan dan meelezen.",
      en: "Also without encryption beyond this laptop: whoever is on the same network can then read along."))
  var plainHttp = false

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError(
        say(nl: "Een poort is een getal van 0 tot 65535.", en: "A port is a number from 0 to 65535."))
    }
    guard plainHttp || isLoopback else {
      throw ValidationError(
        say(
          nl:
            "Buiten deze laptop gaat alles nog onversleuteld over het netwerk. Wil je dat, geef dan --plain-http.",
          en: "Beyond this laptop everything still goes over the network without encryption. "
            + "If you want that, give --plain-http."))
    }
  }

  private var isLoopback: Bool { address == "::1" || address == "localhost" || address.hasPrefix("127.") }
}

/// Begins to serve a host, and tells where, or why it cannot; then it goes on until the program ends.
func serve(
  _ server: ConferenceServer, _ options: ServeOptions,
  _ tell: @escaping @Sendable (Result<ServedPlace, ServingTrouble>) -> Void
) {
  let (address, port) = (options.address, options.port)
  Task.detached {
    do {
      try await server.run(address: address, port: port) { tell(.success(ServedPlace(address, port: $0))) }
    } catch {
      tell(.failure(ServingTrouble(address: address, port: port, reason: "\(error)")))
    }
  }
}

/// Where devices find a host.
struct ServedPlace: Sendable {
  /// The addresses to give to a device, the likeliest first.
  let urls: [String]

  /// `address` is where the host listens; where that is everywhere, each of this laptop's addresses is one.
  init(_ address: String, port: Int) {
    let hosts = ["0.0.0.0", "::"].contains(address) ? ServedPlace.ownAddresses : [address]
    urls = hosts.map { "http://" + ($0.contains(":") ? "[\($0)]" : $0) + ":\(port)" }
  }

  /// The IPv4 addresses of this laptop on its networks; its own loopback where there is no network.
  private static var ownAddresses: [String] {
    var first: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&first) == 0 else { return ["127.0.0.1"] }
    defer { freeifaddrs(first) }
    var found: [String] = []
    for entry in sequence(first: first, next: { $0?.pointee.ifa_next }) {
      guard let address = entry?.pointee.ifa_addr, Int32(address.pointee.sa_family) == AF_INET else {
        continue
      }
      var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      let size = socklen_t(MemoryLayout<sockaddr_in>.size)
      guard getnameinfo(address, size, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0 else {
        continue
      }
      found.append(String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
    }
    let networks = found.filter { !$0.hasPrefix("127.") }
    return networks.isEmpty ? ["127.0.0.1"] : networks
  }
}

/// Why a host cannot be served.
struct ServingTrouble: Error {
  let address: String
  let port: Int
  let reason: String

  /// What is wrong and what to do about it.
  var phrase: Phrase {
    Phrase(
      nl:
        "Apparaten kunnen deze host niet bereiken op \(address) poort \(port): \(reason). Geef een andere met --port.",
      en: "Devices cannot reach this host at \(address) port \(port): \(reason). Give another with --port.")
  }
}

extension ConferenceServer {
  /// The server of a host, which knows the devices that were let in before the program last ended.
  static func knowingItsDevices(_ host: ConferenceHost) -> ConferenceServer {
    // Where nothing can be kept, devices type their code again.
    let store = DraftStore.standardFolder("passes").map { DraftStore(conference: host.id, folder: $0) }
    return ConferenceServer(host, kept: store?.load() ?? [:]) { store?.save($0) }
  }

  /// The codes with which devices get in now, each with what it is for.
  func codes(now: Moment) -> [(use: Phrase, code: String)] {
    Door.Purpose.allCases.compactMap { purpose in
      door.code(for: purpose, now: now).map { (purpose.phrase, $0.description) }
    }
  }
}

extension Door.Purpose {
  /// What a code is for, in words.
  var phrase: Phrase {
    switch self {
    case .noteTaker: Phrase(nl: "notulist van een tafel", en: "note-taker of a table")
    case .screen: Phrase(nl: "scherm in de zaal", en: "screen in the room")
    case .observer: Phrase(nl: "meekijken", en: "looking on")
    case .facilitator: Phrase(nl: "gespreksleider", en: "facilitator")
    }
  }
}

/// The devices of a host whose console is here: served once that is asked for, and then until the program ends.
final class Serving: Sendable {
  private enum State: Sendable { case off, beginning, on(ConferenceServer, ServedPlace) }

  private let host: ConferenceHost
  private let options: ServeOptions
  private let state = Mutex(State.off)

  init(_ host: ConferenceHost, _ options: ServeOptions) {
    self.host = host
    self.options = options
  }

  /// Does what the facilitator wants, and tells how it is with the devices then.
  func handle(_ request: DevicesRequest, _ tell: @escaping @Sendable (HallDevices) -> Void) {
    switch (state.withLock { $0 }, request) {
    case (.off, .open): open(tell)
    case (.off, _): tell(.off)
    case (.beginning, _): return
    case (.on(let server, let place), _):
      switch request {
      case .look, .open: break
      case .renew: server.door.renew(now: host.now())
      case .revoke(let number): server.revoke(number)
      }
      tell(.on(picture(server, place)))
    }
  }

  private func open(_ tell: @escaping @Sendable (HallDevices) -> Void) {
    state.withLock { $0 = .beginning }
    let server = ConferenceServer.knowingItsDevices(host)
    serve(server, options) { [self] outcome in
      switch outcome {
      case .success(let place):
        state.withLock { $0 = .on(server, place) }
        tell(.on(picture(server, place)))
      case .failure(let trouble):
        state.withLock { $0 = .off }
        tell(.trouble(trouble.phrase))
      }
    }
  }

  private func picture(_ server: ConferenceServer, _ place: ServedPlace) -> HallDevices.Served {
    HallDevices.Served(
      addresses: place.urls,
      codes: server.codes(now: host.now()).map { HallDevices.Served.Code(code: $0.code, use: $0.use) },
      devices: server.door.devices.map {
        HallDevices.Served.Device(
          number: $0.number, role: $0.role, address: $0.address, since: $0.since, isConnected: $0.streams > 0)
      })
  }
}
