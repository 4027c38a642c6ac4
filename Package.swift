// swift-tools-version: 6.1
import PackageDescription

// The gate (`make test`) builds with warnings as errors. A plain `swift build` does not, so that a newer
// compiler with a new warning never keeps anyone from running the program.
let strict = Context.environment["BERAAD_STRICT"] != nil
let settings: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
  ] + (strict ? [.unsafeFlags(["-warnings-as-errors"])] : [])

// gold needs 14 s to link the debug program where lld needs 5.
let lld: [LinkerSetting] = [.unsafeFlags(["-use-ld=lld"])]

func room(
  _ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil,
  resources: [Resource]? = nil
) -> Target {
  .target(name: name, dependencies: dependencies, path: path, resources: resources, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings, linkerSettings: lld)
}

let package = Package(
  name: "beraad",
  // For Benchmarks/ and Tests/Fuzz/, which are packages of their own.
  products: [
    .library(name: "Rooms", targets: ["Ground", "Conference", "Screen", "Console", "Record"]),
    .library(name: "RecordRooms", targets: ["Ground", "Record"]),
    .library(name: "Readers", targets: ["Ground", "Conference", "Record", "Dossier"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.5.1"),
    .package(url: "https://github.com/apple/swift-log", from: "1.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Pure: the standard library only.
    room("Ground"),
    room("Seating", ["Ground"]),
    room("Conference", ["Ground", "Seating"]),
    room("Rehearsal", ["Ground", "Conference"]),
    room("Screen", ["Ground"]),
    room(
      "Themes", path: "themes",
      resources: ["dark", "light", "projector", "colour-blind", "mono"].map { .embedInCode("\($0).theme") }),
    // Edges.
    room("Preferences", ["Ground", "Screen", "Themes"]),
    .systemLibrary(name: "CNettle", providers: [.apt(["nettle-dev"])]),
    room("Record", ["Ground", "CNettle"]),
    .target(name: "CCurses", linkerSettings: [.linkedLibrary("ncursesw")]),
    room("Terminal", ["Ground", "Screen", "CCurses"]),
    room("Dossier", ["Ground", "Conference", .product(name: "Yams", package: "Yams")]),
    room(
      "Templates", ["Ground", "Conference", "Dossier"], path: "templates",
      resources: ["werkconferentie", "world-cafe", "open-space", "waarderend-vernieuwen"].flatMap { name in
        ["\(name).yaml", "\(name).csv", "\(name).en.yaml", "\(name).en.csv"].map { .embedInCode($0) }
      }),
    // Embedded files are named by their last part alone: a second example needs a target of its own.
    room(
      "Examples", ["Ground", "Dossier"], path: "examples",
      resources: [
        .embedInCode("rogplus/plan.yaml"), .embedInCode("rogplus/participants.csv"),
        .embedInCode("rogplus/survey.csv"), .embedInCode("rogplus/README.md"),
      ]),
    room("Documents", ["Ground", "Conference", "Screen", "Seating"]),
    room("Host", ["Ground", "Conference", "Record", "Seating"]),
    // What is said between a host and its devices; shared by both, so pure.
    room("Wire", ["Ground", "Conference"]),
    room(
      "Server",
      [
        "Ground", "Conference", "Record", "Host", "Wire",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "X509", package: "swift-certificates"),
      ]),
    room(
      "Device",
      [
        "Ground", "Conference", "Record", "Wire", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "NIOTLS", package: "swift-nio"),
      ]),
    .systemLibrary(name: "CQREncode", providers: [.apt(["libqrencode-dev"])]),
    room("Square", ["CQREncode"]),
    room("Console", ["Ground", "Conference", "Screen", "Terminal"]),
    .executableTarget(
      name: "beraad",
      dependencies: [
        "Ground", "Conference", "Console", "Device", "Documents", "Dossier", "Examples", "Host",
        "Preferences",
        "Record", "Rehearsal", "Screen", "Seating", "Server", "Square", "Templates", "Terminal", "Themes",
        "Wire",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: settings, linkerSettings: lld),
    tests("GroundTests", ["Ground"]),
    tests(
      "ConferenceTests", ["Conference", "Documents", "Ground", "Record"], exclude: ["Golden"]),
    tests("ScreenTests", ["Ground", "Screen", "Themes"]),
    // The real program on a pseudo-terminal, looked at through libvterm.
    .systemLibrary(
      name: "CVTerm", path: "Tests/CVTerm", pkgConfig: "vterm", providers: [.apt(["libvterm-dev"])]),
    room("PTYKit", ["CVTerm"], path: "Tests/PTYKit"),
    .executableTarget(
      name: "TerminalProbe", dependencies: ["Ground", "Screen", "Terminal", "Themes"],
      path: "Tests/TerminalProbe", swiftSettings: settings, linkerSettings: lld),
    tests("TerminalTests", ["CCurses", "PTYKit", "Screen", "TerminalProbe"]),
    // The whole program on a pseudo-terminal, as people use it.
    tests(
      "Journeys",
      ["beraad", "Examples", "Ground", "PTYKit", .product(name: "Crypto", package: "swift-crypto")],
      exclude: ["storm.py"]),
    tests("ArchitectureTests", []),
    tests(
      "ConsoleTests", ["Console", "Conference", "Ground", "Rehearsal", "Screen"], exclude: ["Snapshots"]),
    tests("RehearsalTests", ["Conference", "Ground", "Rehearsal", "Seating"]),
    tests("HostTests", ["Conference", "Ground", "Host", "Record", "Seating"]),
    // Writes records and tells what was acknowledged, while `make test-faults` does to it what disks do.
    .executableTarget(
      name: "RecordProbe", dependencies: ["Ground", "Record"], path: "Tests/RecordProbe",
      swiftSettings: settings, linkerSettings: lld),
    tests(
      "RecordTests", ["Ground", "Record", .product(name: "Crypto", package: "swift-crypto")],
      exclude: ["Golden", "verify-record", "judge.py", "second_reader.py"]),
    tests("WireTests", ["Conference", "Ground", "Wire"]),
    // A small host of its own: what a device does must not depend on how the real one is made.
    tests(
      "DeviceTests",
      [
        "Conference", "Device", "Ground", "Record", "Wire", .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
      ]),
    // A host to be killed, whose clock goes when it is told to.
    .executableTarget(
      name: "HallProbe",
      dependencies: ["Conference", "Ground", "Host", "Record", "Seating", "Server", "Wire"],
      path: "Tests/HallProbe", swiftSettings: settings, linkerSettings: lld),
    tests(
      "ServerTests",
      [
        "Conference", "Device", "Ground", "HallProbe", "Host", "Record", "Seating", "Server", "Wire",
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"), .product(name: "Yams", package: "Yams"),
      ]),
    tests("SquareTests", ["Screen", "Square"]),
    tests("PreferencesTests", ["Ground", "Preferences", "Screen", "Themes"]),
    tests("SeatingTests", ["Conference", "Ground", "Seating"], exclude: ["Cases"]),
    tests("ConferenceSeatingTests", ["Conference", "Ground", "Seating"]),
    tests("DossierTests", ["Ground", "Conference", "Dossier", "Examples", "Templates"]),
    tests("DocumentsTests", ["Documents", "Conference", "Ground", "Screen"], exclude: ["Snapshots"]),
  ]
)
