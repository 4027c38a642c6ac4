import ArgumentParser
import Console
import Dispatch
import Glibc
import Ground
import Host
import Screen
import Server
import Square
import Synchronization
import Wire

/// Where a host is to be found by the devices in the hall.
struct ServeOptions: ParsableArguments {
  @Option(
    help: help(
      nl: "Het netwerkadres waarop apparaten deze host vinden (gewoonlijk alle van deze laptop).",
      en: "The network address at which devices find this host (usually all of this laptop)."))
  var address = "0.0.0.0"

  @Option(help: help(nl: "De poort.", en: "The port."))
  var port = Wire.defaultPort

  @Flag(
    help: help(
      nl:
        "Zonder versleuteling: wie op hetzelfde netwerk zit, kan dan meelezen. Op 127.0.0.1 is dat altijd zo.",
      en: "Without encryption: whoever is on the same network can then read along. At 127.0.0.1 always so."))
  var plainHttp = false

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError(
        say(nl: "Een poort is een getal van 0 tot 65535.", en: "A port is a number from 0 to 65535."))
    }
  }

  /// Whether what is said never leaves this laptop.
  var isLoopback: Bool { isOnThisLaptop(address) }
}

/// Whether an address is this laptop's for itself alone.
private func isOnThisLaptop(_ address: String) -> Bool {
  address == "::1" || address == "localhost" || address.hasPrefix("127.")
}

/// Begins to serve a host, and tells where, or why it cannot; then it goes on until the program ends.
func serve(
  _ server: some DeviceServer, _ options: ServeOptions,
  _ tell: @escaping @Sendable (Result<ServedPlace, ServingTrouble>) -> Void
) {
  let (address, port) = (options.address, options.port)
  allowManyConnections()
  var certificate: HostCertificate?
  var notice: Phrase?
  if options.plainHttp {
    notice = options.isLoopback ? nil : ServedPlace.isPlain
  } else if !options.isLoopback {
    do {
      (certificate, notice) = try HostCertificate.own(in: DraftStore.standardFolder("certificate"))
    } catch {
      return tell(.failure(ServingTrouble(phrase: error.phrase)))
    }
  }
  Task.detached { [certificate, notice] in
    do {
      try await server.run(address: address, port: port, certificate: certificate) { port in
        let name = certificate?.fingerprint.phrase
        tell(.success(ServedPlace(address, port: port, name: name, notice: notice)))
      }
    } catch {
      tell(.failure(ServingTrouble(address: address, port: port, reason: "\(error)")))
    }
  }
}

/// Lets this program have as many connections as the system allows it: each device has one or two, and the usual limit
/// of 1,024 is less than a large hall.
private func allowManyConnections() {
  var limit = rlimit()
  guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
  limit.rlim_cur = limit.rlim_max
  _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}

/// Where devices find a host.
struct ServedPlace: Sendable {
  /// The addresses to give to a device, the likeliest first.
  let urls: [String]
  /// Those at which other laptops find the host, too.
  let elsewhere: [String]
  /// The words by which devices know its certificate; nil where it has none.
  let name: Phrase?
  /// What is to be known of how it is served.
  let notice: Phrase?
  /// The port, also where any would do.
  let port: Int

  /// `address` is where the host listens; where that is everywhere, each of this laptop's addresses is one.
  init(_ address: String, port: Int, name: Phrase?, notice: Phrase?) {
    let hosts = ["0.0.0.0", "::"].contains(address) ? ServedPlace.ownAddresses : [address]
    let scheme = name == nil ? "http" : "https"
    func url(_ host: String) -> String {
      "\(scheme)://" + (host.contains(":") ? "[\(host)]" : host) + ":\(port)"
    }
    urls = hosts.map(url)
    elsewhere = hosts.filter { !isOnThisLaptop($0) }.map(url)
    self.name = name
    self.notice = notice
    self.port = port
  }

  /// Where the host is, its words and the codes with which devices get in.
  func lines(_ door: Door, now: Moment) -> [String] {
    urls + (name.map { [say(nl: "Woorden van deze host: ", en: "This host’s words: ") + $0[language]] } ?? [])
      + door.codes(now: now).map { "  \($0.code)  \($0.use[language])" }
  }

  /// The first address as a QR code.
  var square: DotSquare? {
    urls.first.flatMap { QRCode.dots(of: $0 + "/") }.flatMap { DotSquare(dots: $0) }
  }

  fileprivate static let isPlain = Phrase(
    nl: "Niet versleuteld: wie op hetzelfde netwerk zit, kan meelezen.",
    en: "Not encrypted: whoever is on the same network can read along.")

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
  /// What is wrong and what to do about it.
  let phrase: Phrase
}

extension ServingTrouble {
  /// The network does not let it.
  fileprivate init(address: String, port: Int, reason: String) {
    self.init(
      phrase: Phrase(
        nl: "Apparaten kunnen deze host niet bereiken op \(address) poort \(port): \(reason). "
          + "Geef een andere met --port.",
        en: "Devices cannot reach this host at \(address) port \(port): \(reason). "
          + "Give another with --port."))
  }
}

extension ConferenceServer {
  /// The server of a host, which knows the devices that were let in before the program last ended.
  static func knowingItsDevices(_ host: ConferenceHost) -> ConferenceServer {
    let store = passes(of: host.id)
    return ConferenceServer(host, kept: store?.load() ?? [:]) { store?.save($0) }
  }
}

/// Where the passes of a conference's devices are kept; where they cannot be, devices type their code again.
func passes(of conference: CommandID) -> DraftStore? {
  DraftStore.standardFolder("passes").map { DraftStore(conference: conference, folder: $0) }
}

extension Door {
  /// The codes with which devices get in now, each with what it is for.
  func codes(now: Moment) -> [(use: Phrase, code: String)] {
    Purpose.allCases.compactMap { purpose in
      code(for: purpose, now: now).map { (purpose.phrase, $0.description) }
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
        server.announce(place.elsewhere)
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
      addresses: place.urls, name: place.name, notice: place.notice, square: place.square,
      codes: server.door.codes(now: host.now()).map { HallDevices.Served.Code(code: $0.code, use: $0.use) },
      devices: server.door.devices.map {
        HallDevices.Served.Device(
          number: $0.number, role: $0.role, address: $0.address, since: $0.since, isConnected: $0.streams > 0)
      })
  }
}
