import ArgumentParser
import Conference
import Device
import Foundation
import Ground
import Host
import Wire

/// What this device keeps of a host that it was let in by: its pass, its copy of the record and what it still has
/// to send.
///
/// A folder for each conference and use, beside the drafts, and one for each host's pass; only their owner can read
/// them.
struct DeviceHome {
  let link: HostLink
  /// The conference.
  let conference: CommandID
  /// Where the copy of the record and what is to be sent stand.
  let folder: String

  /// Where the host is.
  let address: HostAddress
  private let role: DeviceRole
  /// What the host is known by.
  private let known: Fingerprint?
  /// Where the pass stands.
  private let home: String
  let kept: HostLink.Kept

  /// Opens what there is, or joins with a code, which is asked for where none is given.
  ///
  /// The host's fingerprint is kept the first time and told on stderr; `fingerprint` is what somebody typed of it.
  /// Throws the error that ends the program, after saying why.
  init(_ address: HostAddress, role: DeviceRole, code: String?, fingerprint: String? = nil) throws {
    guard let root = DraftStore.standardFolder("devices") else {
      throw failure(
        .cannotCreate, nl: "Er is geen map voor dit apparaat: zet HOME.",
        en: "There is no folder for this device: set HOME.")
    }
    (self.address, self.role) = (address, role)
    home = "\(root)/\(role.name)@\(address.description.replacing("/", with: "_"))"
    do {
      try FileManager.default.createDirectory(
        atPath: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw failure(
        .cannotCreate, nl: "De map \(home) kan niet worden gemaakt: \(error.localizedDescription)",
        en: "The folder \(home) cannot be made: \(error.localizedDescription)")
    }
    known = try Self.fingerprint(address, home, typed: fingerprint)
    let pass: Pass
    if code == nil, let old = Self.readPass(home) {
      pass = old
    } else {
      pass = try Self.join(address, known, role, code)
      try Self.write(pass, home)
    }
    conference = pass.conference
    // By conference and not by address: what waits here goes to the host wherever that moved, and the same host may
    // hold another conference tomorrow.
    folder = "\(root)/\(pass.conference)/\(role.name)"
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    do {
      (link, kept) = try HostLink.open(
        LinkPlan(
          addresses: [address], fingerprint: known, token: pass.token, conference: pass.conference,
          folder: folder))
    } catch {
      throw failure(error)
    }
  }

  /// Joins with another code, while the link goes on, and returns why that failed; waits for the host.
  func joinAgain(_ code: String) -> Phrase? {
    do throws(JoinFailure) {
      let (_, pass) = try HostAddress.join(
        JoinRequest(code: code, table: role.table), at: [address], expecting: known)
      guard pass.role == role else { throw .problem(.wrongCode) }
      guard pass.conference == conference else { throw .problem(.notHere) }
      link.use(token: pass.token)
      // What cannot be kept serves until the program ends.
      try? Self.write(pass, home)
      return nil
    } catch {
      return error.phrase
    }
  }

  private static func readPass(_ folder: String) -> Pass? {
    FileManager.default.contents(atPath: folder + "/pass.json")
      .flatMap { try? JSONText(parsing: Array($0)) }.flatMap { Pass($0) }
  }

  private static func write(_ pass: Pass, _ folder: String) throws {
    let isWritten = FileManager.default.createFile(
      atPath: folder + "/pass.json", contents: Data(pass.json.utf8), attributes: [.posixPermissions: 0o600])
    guard isWritten else {
      throw failure(
        .cannotWrite, nl: "De toegang kan niet worden bewaard in \(folder).",
        en: "The pass cannot be kept in \(folder).")
    }
  }

  /// What the host has to be known by: what is kept, or what it shows now and is kept from now on.
  ///
  /// Before anything else is said to it. What somebody typed takes the place of what is kept, once the host shows it.
  private static func fingerprint(
    _ address: HostAddress, _ folder: String, typed: String?
  ) throws -> Fingerprint? {
    guard address.scheme == .https else { return nil }
    let path = folder + "/fingerprint"
    let known = readText(path).flatMap { Fingerprint($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    if let known, typed.map({ known.isMeant(by: $0) }) ?? true { return known }
    let seen: Fingerprint?
    do throws(JoinFailure) {
      seen = try HostAddress.fingerprint(at: [address])
    } catch {
      throw failure(error)
    }
    guard let seen else { return nil }
    if let typed {
      guard seen.isMeant(by: typed) else { throw failure(JoinFailure.otherHost(seen)) }
    } else {
      complain(
        say(
          nl:
            "Woorden van deze host: \(seen.phrase.nl)\nVergelijk ze met die bij de host (F6), en typ de code "
            + "alleen als ze gelijk zijn.",
          en:
            "This host’s words: \(seen.phrase.en)\nCompare them with those at the host (F6), and type the code "
            + "only if they are the same."))
    }
    let isWritten = FileManager.default.createFile(
      atPath: path, contents: Data("\(seen)\n".utf8), attributes: [.posixPermissions: 0o600])
    guard isWritten else {
      throw failure(
        .cannotWrite, nl: "De woorden van de host kunnen niet worden bewaard in \(folder).",
        en: "The host’s words cannot be kept in \(folder).")
    }
    return seen
  }

  private static func join(
    _ address: HostAddress, _ known: Fingerprint?, _ role: DeviceRole, _ code: String?
  ) throws -> Pass {
    var code = code
    while true {
      let typed = try code ?? askCode()
      code = nil
      do throws(JoinFailure) {
        let (_, pass) = try HostAddress.join(
          JoinRequest(code: typed, table: role.table), at: [address], expecting: known)
        guard pass.role == role else {
          throw JoinFailure.problem(.wrongCode)
        }
        return pass
      } catch .problem(.wrongCode) {
        complain(WireProblem.wrongCode.phrase[language])
        guard isatty(STDIN_FILENO) == 1 else { throw failure(JoinFailure.problem(.wrongCode)) }
      } catch {
        throw failure(error)
      }
    }
  }

  private static func askCode() throws -> String {
    do {
      return try Dialogue.ask(
        Phrase(
          nl: "De code die de gespreksleider laat zien (F6)", en: "The code that the facilitator shows (F6)")
      ) { text in
        JoinCode(text) == nil
          ? .failure(
            Dialogue.Misunderstood(
              nl: "Een code heeft acht letters, zoals bado-kitu.",
              en: "A code has eight letters, such as bado-kitu."))
          : .success(text)
      }
    } catch is Dialogue.Left {
      throw failure(JoinFailure.problem(.wrongCode))
    }
  }
}

/// Says why a device could not join and returns the error that ends the program.
private func failure(_ error: JoinFailure) -> any Error {
  failure(.refused, nl: error.phrase.nl, en: error.phrase.en)
}

extension DeviceRole {
  /// The table whose notes are taken, for a note-taker.
  fileprivate var table: Int? { if case .noteTaker(let table) = self { table } else { nil } }
}

/// How a person says which host is meant.
struct FingerprintOption: ParsableArguments {
  @Option(
    help: help(
      nl: "De woorden van de host, zoals de gespreksleider ze toont (F6): vertrouw deze host van nu af.",
      en: "The host’s words, as the facilitator shows them (F6): trust this host from now on."))
  var fingerprint: String?
}

/// Reads the address of a host as somebody typed it.
///
/// Throws the error that ends the program, after saying why.
func hostAddress(_ text: String) throws -> HostAddress {
  guard let address = HostAddress(url: text) else {
    let sample = "https://192.168.1.10:\(Wire.defaultPort)"
    throw failure(
      .usage, nl: "‘\(text)’ is geen adres van een host. Zo ziet het eruit: \(sample)",
      en: "‘\(text)’ is no address of a host. It looks like this: \(sample)")
  }
  return address
}

extension HostAddress {
  /// Reads `https://host:port`, also without the scheme or the port, or gives nil.
  ///
  /// Only who writes `http://` goes without encryption.
  init?(url text: String) {
    var rest = Substring(text)
    var scheme = Scheme.https
    if let mark = rest.firstRange(of: "://") {
      guard let written = Scheme(rawValue: rest[..<mark.lowerBound].lowercased()) else { return nil }
      scheme = written
      rest = rest[mark.upperBound...]
    }
    if rest.last == "/" { rest.removeLast() }
    var host = rest
    var port: Int? = Wire.defaultPort
    if rest.first == "[", let end = rest.firstIndex(of: "]") {
      host = rest[rest.index(after: rest.startIndex)..<end]
      let behind = rest[rest.index(after: end)...]
      if !behind.isEmpty { port = behind.first == ":" ? Int(behind.dropFirst()) : nil }
    } else if let colon = rest.lastIndex(of: ":") {
      host = rest[..<colon]
      port = Int(rest[rest.index(after: colon)...])
    }
    guard !host.isEmpty, !host.contains(where: { " /@?#".contains($0) }), let port,
      (1...65_535).contains(port)
    else { return nil }
    self.init(host: String(host), port: port, scheme: scheme)
  }
}

extension LinkState {
  /// What a person should read at leisure, such as after the screen was left; nil: nothing.
  var advice: Phrase? {
    if case .otherHost(let seen) = self { JoinFailure.otherHost(seen).phrase } else { nil }
  }

  /// What a screen says while it does not hear the host, or nil where it does.
  var phrase: Phrase? {
    switch self {
    case .connecting: Phrase(nl: "Zoekt de host …", en: "Looking for the host …")
    case .connected: nil
    case .away:
      Phrase(
        nl: "Geen verbinding met de host; de klok loopt door en het gaat vanzelf verder.",
        en: "No connection with the host; the clock runs on and it goes on by itself.")
    case .notLetIn(let problem): problem.phrase
    case .otherHost:
      Phrase(
        nl: "Hier zit een andere host; er gaat niets heen. Wat te doen staat er na q.",
        en: "Another host is here; nothing goes to it. What to do is said after q.")
    case .diverged(let copy):
      Phrase(
        nl: "De host heeft een ander naslagwerk; de oude kopie staat in \(copy).",
        en: "The host has another record; the old copy is in \(copy).")
    }
  }
}
