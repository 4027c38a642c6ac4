import Crypto
import Conference
import Ground
import Synchronization
import Wire

/// The commands that came since the server began, to tell a repeat from another one.
final class SeenCommands: Sendable {
  private struct Seen {
    var digest: [UInt8]
    /// Why it was refused.
    var refusal: WireProblem?
  }

  private struct State {
    var seen: [CommandID: Seen] = [:]
    /// The keys of those that were refused, the latest last.
    var refused: [CommandID] = []
  }

  private let state = Mutex(State())

  /// So many refusals are known at least, and twice as many at most: far more than can be on their way.
  private static let refusals = 1000

  /// Takes note of a command that comes.
  ///
  /// Throws `otherCommand` where another one came under its key, and the refusal where it was refused before: a network
  /// may bring it again much later, when the session would no longer refuse what the device was told will not happen.
  func see(_ key: CommandID, _ body: [UInt8]) throws(WireProblem) {
    let digest = Array(SHA256.hash(data: body))
    let known = state.withLock { state -> Seen? in
      let known = state.seen[key]
      if known == nil { state.seen[key] = Seen(digest: digest) }
      return known
    }
    guard let known else { return }
    guard known.digest == digest else { throw .otherCommand }
    if let refusal = known.refusal { throw refusal }
  }

  /// Takes note of why a command is not carried out; where that may be otherwise the next time, it is decided anew.
  func refuse(_ key: CommandID, _ problem: WireProblem) {
    state.withLock { state in
      guard case .refused = problem else { return state.seen[key] = nil }
      state.seen[key]?.refusal = problem
      state.refused.append(key)
      guard state.refused.count > 2 * Self.refusals else { return }
      for old in state.refused.dropLast(Self.refusals) { state.seen[old] = nil }
      state.refused.removeFirst(state.refused.count - Self.refusals)
    }
  }
}
