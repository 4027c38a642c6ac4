import Conference
import Ground

/// What the host tells everyone: which conference it holds, its time, and where else it can be found.
public struct HostCard: Sendable, Equatable {
  /// What names the conference for as long as it is kept.
  public var conference: CommandID
  /// The host's time.
  public var now: Moment
  /// The host's addresses on all of its networks: `https://192.168.1.10:7413`.
  public var addresses: [String]

  /// Creates a card.
  public init(conference: CommandID, now: Moment, addresses: [String] = []) {
    self.conference = conference
    self.now = now
    self.addresses = addresses
  }

  /// The card as it is sent.
  public var json: JSON {
    [
      "document": "beraad", "version": 1, "conference": .string(conference.description),
      "now": .string(now.rfc3339), "addresses": .strings(addresses),
    ]
  }

  /// Reads a card, or gives nil.
  public init?(_ json: JSONText) {
    guard json["document"]?.string == "beraad", json["version"]?.int == 1,
      let conference = json["conference"]?.string.flatMap({ CommandID($0) }),
      let now = json["now"]?.string.flatMap({ Moment(rfc3339: $0) })
    else { return nil }
    self.init(
      conference: conference, now: now, addresses: (json["addresses"]?.array ?? []).compactMap(\.string))
  }
}

/// What a device shows to be let in.
public struct JoinRequest: Sendable, Equatable {
  /// The join code as it was typed.
  public var code: String
  /// The table whose notes are taken, for a note-taker.
  public var table: Int?

  /// Creates a request.
  public init(code: String, table: Int? = nil) {
    self.code = code
    self.table = table
  }

  /// The request as it is sent.
  public var json: JSON { .members(["code": .string(code), "table": table.map { .int($0) }]) }

  /// Reads a request, or gives nil.
  public init?(_ json: JSONText) {
    guard let code = json["code"]?.string else { return nil }
    self.init(code: code, table: json["table"]?.int)
  }
}

/// What a device was let in with.
public struct Pass: Sendable, Equatable {
  /// What it shows with every request from then on.
  public var token: String
  /// What it is for.
  public var role: DeviceRole
  /// The conference.
  public var conference: CommandID

  /// Creates a pass.
  public init(token: String, role: DeviceRole, conference: CommandID) {
    self.token = token
    self.role = role
    self.conference = conference
  }

  /// The pass as it is sent.
  public var json: JSON {
    ["token": .string(token), "role": .string(role.name), "conference": .string(conference.description)]
  }

  /// Reads a pass, or gives nil.
  public init?(_ json: JSONText) {
    guard let token = json["token"]?.string,
      let role = json["role"]?.string.flatMap({ DeviceRole(name: $0) }),
      let conference = json["conference"]?.string.flatMap({ CommandID($0) })
    else { return nil }
    self.init(token: token, role: role, conference: conference)
  }
}

/// Where in the record a command ended: its last line.
public struct CommandAnswer: Sendable, Equatable {
  /// The last line's place.
  public var seq: Int
  /// Its hash, 32 hexadecimal digits.
  public var hash: String

  /// Creates an answer.
  public init(seq: Int, hash: String) {
    self.seq = seq
    self.hash = hash
  }

  /// The answer as it is sent.
  public var json: JSON { ["seq": .int(seq), "h": .string(hash)] }

  /// Reads an answer, or gives nil.
  public init?(_ json: JSONText) {
    guard let seq = json["seq"]?.int, let hash = json["h"]?.string else { return nil }
    self.init(seq: seq, hash: hash)
  }
}

/// A command as a device sends it; its key stands in the header `Idempotency-Key`.
public enum CommandBody {
  /// The command as it is sent, or nil for what no device may ask.
  public static func bytes(_ command: Command) -> [UInt8]? {
    command.wire.map { (["type": .string($0.type.rawValue), "data": $0.data] as JSON).utf8 }
  }

  /// Reads a command.
  ///
  /// Throws `WireProblem.malformed` for what is none.
  public static func command(_ bytes: [UInt8]) throws(WireProblem) -> Command {
    guard let json = try? JSONText(parsing: bytes), json.object != nil else { throw .malformed("json") }
    guard let type = json["type"]?.string.flatMap({ CommandType(rawValue: $0) }) else {
      throw .malformed("type")
    }
    guard let data = json["data"], data.object != nil else { throw .malformed("data") }
    do throws(EventError) { return try Command(type, data: data) } catch {
      guard case .malformed(_, let member) = error else { throw .malformed("data") }
      throw .malformed("data.\(member)")
    }
  }
}
