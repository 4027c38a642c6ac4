import Conference
import Ground

// What a facilitator's console on another laptop asks of the host beside commands.

/// The devices that were let in, and the codes with which others get in.
public struct DoorCard: Sendable, Equatable {
  /// A code, and what it is for: `noteTaker`, `screen`, `observer`, `facilitator`.
  public struct Code: Sendable, Equatable {
    /// The code as it is spoken.
    public var code: String
    /// What it is for.
    public var purpose: String

    /// Creates a code.
    public init(code: String, purpose: String) {
      self.code = code
      self.purpose = purpose
    }
  }

  /// A device that was let in.
  public struct Device: Sendable, Equatable {
    /// Counts the devices from 1, in the order in which they came.
    public var number: Int
    /// What it may do.
    public var role: DeviceRole
    /// The network address from which it came in.
    public var address: String
    /// When it came in.
    public var since: Moment
    /// Whether it hears the host now.
    public var isConnected: Bool

    /// Creates a device.
    public init(number: Int, role: DeviceRole, address: String, since: Moment, isConnected: Bool) {
      self.number = number
      self.role = role
      self.address = address
      self.since = since
      self.isConnected = isConnected
    }
  }

  /// The codes that are good now.
  public var codes: [Code]
  /// The devices, in the order in which they came.
  public var devices: [Device]

  /// Creates a card.
  public init(codes: [Code], devices: [Device]) {
    self.codes = codes
    self.devices = devices
  }

  /// The card as it is sent.
  public var json: JSON {
    [
      "codes": .array(codes.map { ["code": .string($0.code), "purpose": .string($0.purpose)] }),
      "devices": .array(
        devices.map {
          [
            "number": .int($0.number), "role": .string($0.role.name), "address": .string($0.address),
            "since": .string($0.since.rfc3339), "connected": .bool($0.isConnected),
          ]
        }),
    ]
  }

  /// Reads a card, or gives nil.
  public init?(_ json: JSONText) {
    guard let codes = json["codes"]?.array, let devices = json["devices"]?.array else { return nil }
    self.init(
      codes: codes.compactMap { code in
        guard let text = code["code"]?.string, let purpose = code["purpose"]?.string else { return nil }
        return Code(code: text, purpose: purpose)
      },
      devices: devices.compactMap { device in
        guard let number = device["number"]?.int,
          let role = device["role"]?.string.flatMap({ DeviceRole(name: $0) }),
          let address = device["address"]?.string,
          let since = device["since"]?.string.flatMap({ Moment(rfc3339: $0) }),
          let isConnected = device["connected"]?.bool
        else { return nil }
        return Device(number: number, role: role, address: address, since: since, isConnected: isConnected)
      })
  }
}

/// What is changed about who gets in.
public enum DoorChange: Sendable, Equatable {
  /// New codes; the old ones are good no more.
  case renew
  /// The pass of the device with this number is taken back.
  case revoke(Int)

  /// The change as it is sent.
  public var json: JSON {
    switch self {
    case .renew: ["renew": true]
    case .revoke(let number): ["revoke": .int(number)]
    }
  }

  /// Reads a change, or gives nil.
  public init?(_ json: JSONText) {
    if let number = json["revoke"]?.int {
      self = .revoke(number)
    } else if json["renew"]?.bool == true {
      self = .renew
    } else {
      return nil
    }
  }
}

/// What is asked of a drawing of tables; its key stands in the header `Idempotency-Key`.
public enum DrawingRequest: String, Sendable {
  /// Begin, or go on.
  case begin
  /// Take the best so far.
  case take
  /// Give it up.
  case drop

  /// The request as it is sent.
  public var json: JSON { ["ask": .string(rawValue)] }

  /// Reads a request, or gives nil.
  public init?(_ json: JSONText) {
    guard let request = json["ask"]?.string.flatMap({ DrawingRequest(rawValue: $0) }) else { return nil }
    self = request
  }
}

/// How far a drawing of tables is.
public enum DrawingCard: Sendable, Equatable {
  /// It began and has found nothing yet.
  case begun
  /// The best so far: by round, the participants' ids by table; how long it took, in milliseconds of real time.
  case found(rounds: [DrawnRound], cost: Int, bound: Int, isOptimal: Bool, elapsed: Interval, isDone: Bool)
  /// It is in the record.
  case taken
  /// There will be none, and why.
  case refused(Phrase)

  /// The card as it is sent.
  public var json: JSON {
    switch self {
    case .begun: ["state": "begun"]
    case .found(let rounds, let cost, let bound, let isOptimal, let elapsed, let isDone):
      [
        "state": isDone ? "done" : "searching", "cost": .int(cost), "bound": .int(bound),
        "optimal": .bool(isOptimal), "elapsed": .int(Int(elapsed)),
        "rounds": .array(
          rounds.map { round in
            [
              "round": .int(round.round),
              "tables": .array(
                round.tables.sorted { $0.key < $1.key }.map {
                  ["table": .int($0.key), "people": .strings($0.value)]
                }),
            ]
          }),
      ]
    case .taken: ["state": "taken"]
    case .refused(let why): ["state": "refused", "nl": .string(why.nl), "en": .string(why.en)]
    }
  }

  /// Reads a card, or gives nil; how the rounds were drawn stands in the record once they are taken.
  public init?(_ json: JSONText) {
    switch json["state"]?.string {
    case "begun": self = .begun
    case "taken": self = .taken
    case "refused":
      guard let nl = json["nl"]?.string, let en = json["en"]?.string else { return nil }
      self = .refused(Phrase(nl: nl, en: en))
    case "searching", "done":
      guard let rounds = json["rounds"]?.array, let cost = json["cost"]?.int, let bound = json["bound"]?.int,
        let isOptimal = json["optimal"]?.bool, let elapsed = json["elapsed"]?.int
      else { return nil }
      self = .found(
        rounds: rounds.compactMap(Self.round), cost: cost, bound: bound, isOptimal: isOptimal,
        elapsed: Interval(elapsed), isDone: json["state"]?.string == "done")
    default: return nil
    }
  }

  private static func round(_ json: JSONText) -> DrawnRound? {
    guard let number = json["round"]?.int, let tables = json["tables"]?.array else { return nil }
    var people: [Int: [String]] = [:]
    for table in tables {
      guard let number = table["table"]?.int, let ids = table["people"]?.array else { return nil }
      people[number] = ids.compactMap(\.string)
    }
    let drawing = RoundSeating.Drawing(engine: "", seed: 0, effort: 0, score: [], rules: MixingRules())
    return DrawnRound(round: number, drawing: drawing, tables: people)
  }
}
