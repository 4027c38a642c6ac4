import Conference
import Ground
import Host
import Testing
import Wire

@testable import Server

/// Whoever connects and asks nothing, or half a thing, keeps no room from the others (S4.7).
@Suite(.serialized) struct SilenceTests {
  /// What somebody says who then says no more.
  private static let beginnings = [
    "", "GET /v1 HTTP/1.1\r\nHost: lo", "POST /v1/join HTTP/1.1\r\nContent-Length: 9\r\n\r\n{",
  ]

  @Test(arguments: beginnings) func isCutOff(beginning: String) async throws {
    let hall = try await Hall(patience: 200)
    try await expectEnd(at: hall.port, after: beginning)
  }

  @Test(arguments: ["", "\u{16}\u{3}\u{1}"]) func isCutOffBeforeTheHandshakeIsOver(beginning: String)
    async throws
  {
    let hall = try await Hall(certificate: try HostCertificate(), patience: 200)
    try await expectEnd(at: hall.port, after: beginning)
  }

  @Test func whoListensStaysIn() async throws {
    let hall = try await Hall(patience: 200)
    let pass = try await hall.join(.screen)
    let before = hall.host.count
    async let heard = hall.follow(token: pass.token, count: before + 1)
    // A connection that was made later ends first: the time is over for the stream, too.
    try await expectEnd(at: hall.port, after: "")
    #expect(await hall.give(.mark("na de stilte")) == nil)
    #expect(try await heard == hall.record)
  }

  /// Expects that the server ends a connection; the socket itself waits for 20 s.
  private func expectEnd(at port: Int, after beginning: String) async throws {
    let socket = try await Socket.connect(port)
    defer { socket.close() }
    await socket.send(Array(beginning.utf8))
    let clock = ContinuousClock()
    let took = await clock.measure { _ = await socket.read { _ in false } }
    #expect(took < .seconds(15))
  }
}
