import Conference
import Ground
import Host
import Hummingbird
import Synchronization
import Wire

/// What a facilitator's console on another laptop asks beside commands: who is let in, and drawings of tables.
extension ConferenceServer {
  func addFacilitatorRoutes(_ router: Router<DeviceContext>) {
    router.get("v1/conferences/:id/devices") { [self] request, context in
      await Self.respond { () async throws(WireProblem) in
        _ = try facilitator(request, context)
        return Self.json(doorCard.json)
      }
    }
    router.post("v1/conferences/:id/door") { [self] request, context in
      await Self.respond { () async throws(WireProblem) in
        _ = try facilitator(request, context)
        switch try await Self.message(request, { DoorChange($0) }) {
        case .renew: door.renew(now: host.now())
        case .revoke(let number): revoke(number)
        }
        return Self.json(doorCard.json)
      }
    }
    router.post("v1/conferences/:id/drawings") { [self] request, context in
      await Self.respond { () async throws(WireProblem) in
        let device = try facilitator(request, context)
        let key = try Self.key(request)
        switch try await Self.message(request, { DrawingRequest($0) }) {
        case .begin: drawings.begin(key, on: host, by: device.role.name)
        case .take: host.endDrawing(key, taking: true)
        case .drop: host.endDrawing(key, taking: false)
        }
        return Self.json((drawings[key] ?? .begun).json, .accepted)
      }
    }
    router.get("v1/conferences/:id/drawings/:key") { [self] request, context in
      await Self.respond { () async throws(WireProblem) in
        _ = try facilitator(request, context)
        guard let card = context.parameters.get("key").flatMap({ CommandID($0) }).flatMap({ drawings[$0] })
        else { throw .notHere }
        return Self.json(card.json)
      }
    }
  }

  private func facilitator(
    _ request: Request, _ context: DeviceContext
  ) throws(WireProblem) -> Door.Device {
    let device = try admitted(request, context).device
    guard device.role == .facilitator else { throw .notAllowed }
    return device
  }

  private var doorCard: DoorCard {
    let now = host.now()
    return DoorCard(
      codes: Door.Purpose.allCases.compactMap { purpose in
        door.code(for: purpose, now: now).map {
          DoorCard.Code(code: $0.description, purpose: purpose.rawValue)
        }
      },
      devices: door.devices.map {
        DoorCard.Device(
          number: $0.number, role: $0.role, address: $0.address, since: $0.since, isConnected: $0.streams > 0)
      })
  }
}

/// The drawings that consoles elsewhere look at.
final class WatchedDrawings: Sendable {
  /// By key, the latest last; who looks at one, looks at one of these.
  private let cards = Mutex<[(key: CommandID, card: DrawingCard)]>([])
  private static let limit = 4

  /// How far a drawing is, or nil where it is not known (any more).
  subscript(key: CommandID) -> DrawingCard? { cards.withLock { cards in cards.last { $0.key == key }?.card } }

  /// Begins a drawing, once.
  func begin(_ key: CommandID, on host: ConferenceHost, by name: String) {
    let isNew = cards.withLock { cards in
      guard !cards.contains(where: { $0.key == key }) else { return false }
      cards = cards.suffix(Self.limit - 1) + [(key, .begun)]
      return true
    }
    guard isNew else { return }
    host.draw(by: name, cmd: key) { [self] progress in
      let best = progress.best
      set(
        key,
        .found(
          rounds: best.rounds, cost: best.cost, bound: best.bound, isOptimal: best.isOptimal,
          elapsed: progress.elapsed, isDone: progress.isDone))
    } completion: { [self] result in
      switch result {
      case .success: set(key, .taken)
      case .failure(let error): set(key, .refused(error.phrase))
      }
    }
  }

  private func set(_ key: CommandID, _ card: DrawingCard) {
    cards.withLock { cards in
      if let index = cards.lastIndex(where: { $0.key == key }) { cards[index].card = card }
    }
  }
}
