import Conference
import Device
import Foundation
import Ground
import Host
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization
import Testing
import Wire

@testable import Server

/// What a device says goes to its own host only, and nobody else reads it (S4.7).
@Suite(.serialized) struct SecrecyTests {
  private func address(_ port: Int, _ scheme: HostAddress.Scheme = .https) -> HostAddress {
    HostAddress(host: "127.0.0.1", port: port, scheme: scheme)
  }

  /// The server shares its threads with all tests that run at the same time.
  private let patience = Interval.seconds(100)

  private func idea(_ text: String) -> Command {
    .contribute(NewContribution(table: 1, kind: "idea", text: text))
  }

  @Test func aDeviceFollowsTheHostOverTLS() async throws {
    let certificate = try HostCertificate()
    let hall = try await Hall(certificate: certificate)
    let address = address(hall.port)
    let seen = try await onThread { try HostAddress.fingerprint(at: [address]) }
    #expect(seen == certificate.fingerprint)
    let code = try #require(hall.server.door.code(for: .noteTaker, now: hall.now)).description
    let (_, pass) = try await onThread { [patience] in
      try HostAddress.join(
        JoinRequest(code: code, table: 1), at: [address], expecting: seen, patience: patience)
    }
    var plan = LinkPlan(
      addresses: [address], token: pass.token, conference: pass.conference, folder: hall.folder + "/device")
    let device = try Visitor(plan)
    for number in 0..<300 { #expect(await hall.give(idea("Idee \(number)")) == nil) }
    device.link.submit(idea("Van de laptop"))
    let news = try await device.hear { _ in
      hall.host.session.contributions.count == 301 && device.link.replica.mark?.seq == hall.host.count - 1
    }
    // Met before anything of it was believed.
    #expect(news.first { if case .state = $0 { false } else { true } } == .met(certificate.fingerprint))
    #expect(await device.close() == hall.record)
    // It knows the host from then on, also where that is now.
    plan.fingerprint = certificate.fingerprint
    plan.addresses = [self.address(try await hall.serve(certificate))]
    let again = try Visitor(plan)
    let known = try await again.hear { $0.contains(.state(.connected)) }
    #expect(!known.contains(.met(certificate.fingerprint)))
    #expect(await again.close() == hall.record)
  }

  @Test func anotherCertificateIsTheEndOfIt() async throws {
    let (own, other) = (try HostCertificate(), try HostCertificate())
    let hall = try await Hall(certificate: own)
    let impostor = try await hall.serve(other)
    let pass = Pass(token: "secret", role: .screen, conference: hall.host.id)
    var plan = LinkPlan(
      addresses: [address(impostor)], fingerprint: own.fingerprint, token: pass.token,
      conference: pass.conference, folder: hall.folder + "/device")
    plan.retry = 1...4
    let device = try Visitor(plan)
    let news = try await device.hear { $0.contains(.state(.otherHost(other.fingerprint))) }
    #expect(!news.contains(.state(.connected)))
    // At its own host it goes on by itself; that this one does not know the pass is another matter.
    device.link.use(addresses: [address(hall.port)], fingerprint: own.fingerprint, token: pass.token)
    let later = try await device.hear { $0.contains(.state(.notLetIn(.noPass))) }
    // The host that was not its own is told of once, not at every try.
    #expect(later.count { $0 == .state(.otherHost(other.fingerprint)) } == 1)
    _ = await device.close()
  }

  @Test func nothingIsSentToAnotherHost() async throws {
    let (own, other) = (try HostCertificate(), try HostCertificate())
    let folder = FileManager.default.temporaryDirectory.appending(path: "beraad-secret-\(UUID().uuidString)")
      .path(percentEncoded: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let listener = try await Listener.open(other)
    let address = address(listener.port)
    let failure = await #expect(throws: JoinFailure.self) {
      try await onThread {
        try HostAddress.join(JoinRequest(code: "bado-kitu"), at: [address], expecting: own.fingerprint)
      }
    }
    #expect(failure == .otherHost(other.fingerprint))
    #expect(failure?.phrase.nl.contains(other.fingerprint.phrase.nl) == true)
    var plan = LinkPlan(
      addresses: [address], fingerprint: own.fingerprint, token: "secret",
      conference: CommandID(high: 1, low: 1), folder: folder)
    plan.retry = 1...4
    let device = try Visitor(plan)
    device.link.submit(.mark("geheim"))
    _ = try await device.hear { _ in listener.connections >= 4 }
    _ = await device.close()
    #expect(listener.bytes == 0)
    // To the right one it does speak: here is somebody who hears it.
    await #expect(throws: JoinFailure.noHost) {
      try await onThread {
        try HostAddress.join(JoinRequest(code: "bado-kitu"), at: [address], expecting: other.fingerprint)
      }
    }
    #expect(listener.bytes > 0)
    await listener.close()
  }

  @Test func whoSpeaksInAnotherWayIsTold() async throws {
    let plain = try await Hall()
    let secret = try await Hall(certificate: HostCertificate())
    let request = JoinRequest(code: "bado-kitu")
    for (address, failure) in [
      (address(plain.port), JoinFailure.notSecret), (address(secret.port, .http), .noHost),
      (address(plain.port, .http), .problem(.wrongCode)), (address(secret.port), .problem(.wrongCode)),
    ] {
      await #expect(throws: failure) {
        try await onThread { try HostAddress.join(request, at: [address], patience: patience) }
      }
    }
    let seen = try await onThread { [address = address(plain.port, .http)] in
      try HostAddress.fingerprint(at: [address])
    }
    #expect(seen == nil)
  }

  @Test func theFrontPageSaysWhatToTypeAndNothingElse() async throws {
    let hall = try await Hall()
    for (host, shown) in [
      ("192.0.2.7:7413", "http://192.0.2.7:7413 "), ("[::1]:7413", "http://[::1]:7413 "),
      ("a b", "http://ADDRESS "), ("x\u{1B}[31m", "http://ADDRESS "), ("é", "http://ADDRESS "),
      (String(repeating: "x", count: 101), "http://ADDRESS "),
    ] {
      let reply = try await hall.exchange("GET / HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n")
      // What HTTP itself does not allow in a name may be refused before us.
      guard reply.status == 200 else { continue }
      let text = String(decoding: reply.body, as: UTF8.self)
      #expect(text.contains("beraad note \(shown)") && text.contains("beraad screen \(shown)"), "\(host)")
      #expect(!text.contains("Proef") && !text.contains(hall.host.id.description) && !text.contains("\u{1B}"))
      #expect(reply.head.lowercased().contains("text/plain; charset=utf-8"))
    }
  }
}

/// A device with what it heard.
private final class Visitor: Sendable {
  let link: HostLink
  private let folder: String
  private let news: Mutex<[LinkNews]>
  private let changed = NSCondition()

  init(_ plan: LinkPlan) throws {
    folder = plan.folder
    news = Mutex([])
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    (link, _) = try HostLink.open(plan)
    link.start { [weak self] piece in self?.take(piece) }
  }

  private func take(_ piece: LinkNews) {
    changed.lock()
    news.withLock { $0.append(piece) }
    changed.broadcast()
    changed.unlock()
  }

  /// Waits until it holds of all that was heard, and gives that; fails where that lasts beyond all reason.
  func hear(until holds: @escaping @Sendable ([LinkNews]) -> Bool) async throws -> [LinkNews] {
    try await onThread { [self] in
      let deadline = Date(timeIntervalSinceNow: 300)
      changed.lock()
      defer { changed.unlock() }
      while !holds(news.withLock { $0 }) {
        try #require(Date() < deadline)
        // Some conditions are about the host's side, of which nobody tells here.
        _ = changed.wait(until: Date(timeIntervalSinceNow: 0.02))
      }
      return news.withLock { $0 }
    }
  }

  /// Ends it, and gives the bytes of its copy.
  func close() async -> [UInt8] {
    try? await onThread { [link] in link.close() }
    return Array(FileManager.default.contents(atPath: folder + "/record.jsonl") ?? Data())
  }
}

/// Somebody with a certificate who listens, counts, and hangs up.
private final class Listener: Sendable {
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private let state = Mutex((connections: 0, bytes: 0))
  private let channel = Mutex<(any Channel)?>(nil)

  var connections: Int { state.withLock { $0.connections } }
  var bytes: Int { state.withLock { $0.bytes } }
  var port: Int { channel.withLock { $0?.localAddress?.port } ?? 0 }

  static func open(_ certificate: HostCertificate) async throws -> Listener {
    let listener = Listener()
    let context = try NIOSSLContext(configuration: certificate.configuration())
    let channel = try await ServerBootstrap(group: listener.group)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          listener.state.withLock { $0.connections += 1 }
          try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
          try channel.pipeline.syncOperations.addHandler(Counter(listener))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    listener.channel.withLock { $0 = channel }
    return listener
  }

  func close() async { try? await group.shutdownGracefully() }

  private final class Counter: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let listener: Listener

    init(_ listener: Listener) { self.listener = listener }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let count = unwrapInboundIn(data).readableBytes
      listener.state.withLock { $0.bytes += count }
      context.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
  }
}
