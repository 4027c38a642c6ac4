import Foundation
import Glibc
import Synchronization

/// The wifi between a laptop and the host: passes all on, is silent as a network out of reach, or refuses.
final class Relay: Sendable {
  enum Way: Sendable {
    /// What comes in goes on.
    case open
    /// Nothing comes through, and whoever is connected does not notice; what is sent is lost, so it ends with `shut`.
    case silent
    /// Who is connected is cut off, and so is who comes.
    case shut
  }

  private struct State: Sendable {
    var way = Way.open
    /// Both ends of every connection; they stay open until the tests end, so that no number is used twice.
    var ends: [Int32] = []
  }

  /// Where laptops find the host through this relay.
  let port: Int
  private let listener: Int32
  private let host: Int
  private let state = Mutex(State())

  /// Listens on loopback, and passes on to this port.
  init(to host: Int) throws {
    self.host = host
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard listener >= 0, Self.withLoopback(port: 0, { bind(listener, $0, $1) }) == 0,
      listen(listener, 64) == 0
    else { throw RelayError(number: errno) }
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let named = withUnsafeMutableBytes(of: &address) { bytes in
      bytes.baseAddress.map { getsockname(listener, $0.assumingMemoryBound(to: sockaddr.self), &size) }
    }
    guard named == 0 else { throw RelayError(number: errno) }
    port = Int(UInt16(bigEndian: address.sin_port))
    self.listener = listener
    Self.thread { [weak self] in
      while true {
        let laptop = accept(listener, nil, nil)
        guard laptop >= 0 else { return }
        guard let self else {
          close(laptop)
          return
        }
        take(laptop)
      }
    }
  }

  deinit {
    // Wakes the threads that read; each ends.
    shutdown(listener, Int32(SHUT_RDWR))
    for end in state.withLock({ $0.ends }) { shutdown(end, Int32(SHUT_RDWR)) }
  }

  /// How the wifi is from now on.
  func be(_ way: Way) {
    let ends = state.withLock { state in
      state.way = way
      return way == .shut ? state.ends : []
    }
    for end in ends { shutdown(end, Int32(SHUT_RDWR)) }
  }

  private func take(_ laptop: Int32) {
    guard state.withLock({ $0.way }) != .shut else {
      close(laptop)
      return
    }
    let host = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard Self.withLoopback(port: self.host, { connect(host, $0, $1) }) == 0 else {
      close(laptop)
      close(host)
      return
    }
    state.withLock { $0.ends += [laptop, host] }
    for (from, to) in [(laptop, host), (host, laptop)] {
      Self.thread { [weak self] in
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        while true {
          let count = read(from, &buffer, buffer.count)
          guard count > 0, let self else { break }
          guard state.withLock({ $0.way }) == .open else { continue }
          guard Glibc.send(to, buffer, count, Int32(MSG_NOSIGNAL)) == count else { break }
        }
        shutdown(to, Int32(SHUT_RDWR))
      }
    }
  }

  /// A thread of its own: it waits for bytes most of the time.
  private static func thread(_ work: @escaping @Sendable () -> Void) {
    Thread.detachNewThread(work)
  }

  private static func withLoopback(
    port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}

/// A network that cannot be made.
struct RelayError: Error { let number: Int32 }
