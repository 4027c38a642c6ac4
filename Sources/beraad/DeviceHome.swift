import ArgumentParser
import Conference
import Device
import Foundation
import Ground
import Host
import Synchronization
import Wire

/// What this device keeps of a host that it was let in by: its copy of the record, what it still has to send, and how
/// it gets in.
///
/// A folder for each conference and use, beside the drafts, and a `Doorstep` for each address; only their owner can
/// read them.
final class DeviceHome: Sendable {
  let link: HostLink
  /// What was kept when the link was opened.
  let kept: HostLink.Kept
  /// The conference.
  let conference: CommandID
  /// Where the copy of the record and what is to be sent stand.
  let folder: String

  private let role: DeviceRole
  private let root: String
  private let state: Mutex<State>

  private struct State {
    /// Where the host is.
    var address: HostAddress
    /// What it is known by.
    var known: Fingerprint?
    /// What another host showed, of which somebody was asked whether it is the right one.
    var unsure: Fingerprint?
  }

  /// Where the host is.
  var address: HostAddress { state.withLock { $0.address } }
  /// What the host is known by; nil without encryption.
  var known: Fingerprint? { state.withLock { $0.known } }

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
    let doorstep = Doorstep(address, role, in: root)
    try doorstep.make()
    let known = try doorstep.meet(typed: fingerprint)
    let pass: Pass
    if code == nil, let old = doorstep.pass {
      pass = old
    } else {
      pass = try doorstep.join(expecting: known, code)
      try doorstep.keep(pass)
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
    (self.role, self.root) = (role, root)
    state = Mutex(State(address: address, known: known))
  }

  /// Joins with what somebody typed while the link goes on: a code, or another address and a code.
  ///
  /// Returns what is to be told, or nil where it was let in. Where the host there is another laptop than before its
  /// words are told first, and it is taken for the right one when the same is typed again. Waits for the host.
  func joinAgain(_ typed: String) -> Phrase? {
    let words = typed.split(whereSeparator: \.isWhitespace).map(String.init)
    let before = state.withLock { $0 }
    guard let code = words.last, words.count <= 2,
      let address = words.count == 2 ? HostAddress(url: words[0]) : before.address
    else { return JoinWords.notUnderstood }
    let doorstep = Doorstep(address, role, in: root)
    do throws(JoinFailure) {
      let seen = address.scheme == .https ? try HostAddress.fingerprint(at: [address]) : nil
      if let seen, seen != doorstep.fingerprint ?? before.known, seen != before.unsure {
        state.withLock { $0.unsure = seen }
        return JoinWords.otherLaptop(seen)
      }
      let (_, pass) = try HostAddress.join(
        JoinRequest(code: code, table: role.table), at: [address], expecting: seen)
      guard pass.role == role else { throw .problem(.wrongCode) }
      guard pass.conference == conference else { throw .problem(.notHere) }
      // What cannot be kept serves until the program ends.
      try? doorstep.make()
      if let seen { doorstep.keep(seen) }
      try? doorstep.keep(pass)
      state.withLock { $0 = State(address: address, known: seen) }
      link.use(
        addresses: seen == before.known && address != before.address ? [address, before.address] : [address],
        fingerprint: seen, token: pass.token)
      return nil
    } catch {
      return error.phrase
    }
  }
}

/// What a device keeps of a host by its address: what the host is known by, and the pass with which it lets in.
private struct Doorstep {
  private let address: HostAddress
  private let role: DeviceRole
  private let folder: String

  init(_ address: HostAddress, _ role: DeviceRole, in root: String) {
    (self.address, self.role) = (address, role)
    folder = "\(root)/\(role.name)@\(address.description.replacing("/", with: "_"))"
  }

  /// Makes the folder.
  ///
  /// Throws the error that ends the program, after saying why.
  func make() throws { try makePrivateFolder(folder) }

  // MARK: - The pass

  var pass: Pass? {
    FileManager.default.contents(atPath: folder + "/pass.json")
      .flatMap { try? JSONText(parsing: Array($0)) }.flatMap { Pass($0) }
  }

  func keep(_ pass: Pass) throws {
    guard write("pass.json", pass.json.utf8) else {
      throw failure(
        .cannotWrite, nl: "De toegang kan niet worden bewaard in \(folder).",
        en: "The pass cannot be kept in \(folder).")
    }
  }

  private func write(_ name: String, _ bytes: some Sequence<UInt8>) -> Bool {
    FileManager.default.createFile(
      atPath: "\(folder)/\(name)", contents: Data(bytes), attributes: [.posixPermissions: 0o600])
  }

  // MARK: - The host

  /// What the host is known by, where it was met before.
  var fingerprint: Fingerprint? {
    readText(folder + "/fingerprint").flatMap {
      Fingerprint($0.trimmingCharacters(in: .whitespacesAndNewlines))
    }
  }

  @discardableResult
  func keep(_ fingerprint: Fingerprint) -> Bool { write("fingerprint", "\(fingerprint)\n".utf8) }

  /// What the host has to be known by: what is kept, or what it shows now and is kept from now on.
  ///
  /// Before anything else is said to it. What somebody typed takes the place of what is kept, once the host shows it.
  func meet(typed: String?) throws -> Fingerprint? {
    guard address.scheme == .https else { return nil }
    if let known = fingerprint, typed.map({ known.isMeant(by: $0) }) ?? true { return known }
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
    guard keep(seen) else {
      throw failure(
        .cannotWrite, nl: "De woorden van de host kunnen niet worden bewaard in \(folder).",
        en: "The host’s words cannot be kept in \(folder).")
    }
    return seen
  }

  /// Joins with a code, which is asked for where none is given.
  func join(expecting known: Fingerprint?, _ code: String?) throws -> Pass {
    var code = code
    while true {
      let typed = try code ?? Self.askCode()
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

/// What is told to somebody who types a code while the program runs.
private enum JoinWords {
  static let notUnderstood = Phrase(
    nl: "Typ de code, of het adres van de host, een spatie en de code.",
    en: "Type the code, or the address of the host, a space and the code.")

  static func otherLaptop(_ seen: Fingerprint) -> Phrase {
    Phrase(
      nl:
        "Dit is een andere laptop dan eerst. Staan daar deze woorden op het scherm? Druk dan nog eens op Enter: "
        + seen.phrase.nl,
      en: "This is another laptop than before. Are these words on its screen? Then press Enter once more: "
        + seen.phrase.en)
  }
}

/// Makes a folder that only its owner can read, where it is not there.
///
/// Throws the error that ends the program, after saying why.
func makePrivateFolder(_ folder: String) throws {
  do {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  } catch {
    throw failure(
      .cannotCreate, nl: "De map \(folder) kan niet worden gemaakt: \(error.localizedDescription)",
      en: "The folder \(folder) cannot be made: \(error.localizedDescription)")
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
