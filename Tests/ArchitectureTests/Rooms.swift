/// One room of the house: a target of Package.swift, and all that its sources may import.
struct Room {
  let name: String
  /// Where its sources lie, seen from the root of the repository.
  let folder: String
  /// Pure: no clock, no chance, no file, no environment; the same input always gives the same output.
  let isPure: Bool
  let imports: Set<String>

  init(_ name: String, in folder: String? = nil, pure: Bool = false, imports: Set<String> = []) {
    self.name = name
    self.folder = folder ?? "Sources/\(name)"
    self.isPure = pure
    self.imports = imports
  }

  /// Who may import whom.
  ///
  /// `beraad` → `Console`, `Host`, `Documents` → `Conference`, `Record`, `Seating` → `Ground`; and
  /// `Console` → `Terminal` → `Screen` → `Ground`. A new room gets its line here first.
  static let all: [Room] = [
    Room("Ground", pure: true),
    Room("Seating", pure: true, imports: ["Ground"]),
    Room("Conference", pure: true, imports: ["Ground", "Seating"]),
    Room("Screen", pure: true, imports: ["Ground"]),
    Room("Rehearsal", pure: true, imports: ["Ground", "Conference"]),
    Room("Wire", pure: true, imports: ["Ground", "Conference"]),
    // The edges.
    Room("CNettle"),
    Room("Record", imports: ["Ground", "CNettle", "Glibc", "Dispatch", "Synchronization"]),
    Room("CCurses"),
    Room("CQREncode"),
    Room("Square", imports: ["CQREncode"]),
    Room("Terminal", imports: ["Ground", "Screen", "CCurses", "Glibc", "Dispatch", "Synchronization"]),
    // What is embedded in the program.
    Room("Themes", in: "themes", pure: true),
    Room("Templates", in: "templates", imports: ["Ground", "Conference", "Dossier"]),
    Room("Examples", in: "examples", imports: ["Ground", "Dossier"]),
    Room("Preferences", imports: ["Ground", "Screen", "Themes", "Glibc"]),
    Room(
      "Dossier",
      imports: ["Ground", "Conference", "Seating", "Yams", "Glibc", "Foundation"]),
    Room("Documents", imports: ["Ground", "Conference", "Record", "Seating", "Screen", "Glibc"]),
    Room(
      "Host",
      imports: ["Ground", "Conference", "Record", "Seating", "Glibc", "Dispatch", "Synchronization"]),
    Room(
      "Server",
      imports: [
        "Ground", "Conference", "Record", "Host", "Wire", "Crypto", "HTTPTypes", "Hummingbird",
        "HummingbirdCore",
        "HummingbirdTLS", "Logging", "NIOCore", "NIOHTTP1", "NIOSSL", "SwiftASN1", "X509", "Glibc",
        "Dispatch",
        "Foundation", "Synchronization",
      ]),
    Room(
      "Device",
      imports: [
        "Ground", "Conference", "Record", "Wire", "Crypto", "NIOCore", "NIOPosix", "NIOHTTP1", "NIOSSL",
        "NIOTLS", "Glibc", "Dispatch", "Synchronization",
      ]),
    Room(
      "Console",
      imports: [
        "Ground", "Conference", "Record", "Seating", "Screen", "Terminal", "Themes", "Glibc", "Dispatch",
        "Foundation",
      ]),
    Room(
      "beraad",
      imports: [
        "Ground", "Conference", "Seating", "Screen", "Record", "Terminal", "Dossier", "Documents", "Host",
        "Server", "Square", "Wire", "Device",
        "Console", "Preferences", "Rehearsal", "Themes", "Templates", "Examples", "ArgumentParser", "Glibc",
        "Dispatch",
        "Foundation",
        "Synchronization",
      ]),
    // What the journeys are made with; nothing of it is shipped.
    Room("CVTerm", in: "Tests/CVTerm"),
    Room("PTYKit", in: "Tests/PTYKit", imports: ["CVTerm", "Glibc"]),
    Room(
      "TerminalProbe", in: "Tests/TerminalProbe",
      imports: ["Ground", "Screen", "Terminal", "Themes", "Foundation"]),
    Room("RecordProbe", in: "Tests/RecordProbe", imports: ["Ground", "Record", "Glibc"]),
    Room(
      "HallProbe", in: "Tests/HallProbe",
      imports: [
        "Conference", "Ground", "Host", "Record", "Seating", "Server", "Wire", "Foundation",
        "Synchronization",
      ]),
  ]

  /// Modules that come with Swift or the system, which Package.swift therefore does not declare.
  static let system: Set<String> = ["Glibc", "Dispatch", "Foundation", "Synchronization"]

  var isShipped: Bool { !folder.hasPrefix("Tests/") }

  /// The room that a file is in.
  static func of(_ path: String) -> Room? { all.first { path.hasPrefix($0.folder + "/") } }
}
