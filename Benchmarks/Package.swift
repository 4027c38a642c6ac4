// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that the program's builds do not wait for it.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
  name: "benchmarks",
  dependencies: [.package(name: "beraad", path: "..")],
  targets: [
    .executableTarget(
      name: "InProcess", dependencies: [.product(name: "Rooms", package: "beraad")], swiftSettings: settings),
    .executableTarget(
      name: "Reading", dependencies: [.product(name: "Rooms", package: "beraad")], swiftSettings: settings),
    .systemLibrary(name: "CSQLite", path: "Sources/CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .executableTarget(
      name: "Writing", dependencies: ["CSQLite", .product(name: "RecordRooms", package: "beraad")],
      swiftSettings: settings),
  ])
