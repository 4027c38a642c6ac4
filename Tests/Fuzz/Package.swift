// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that the gate does not wait for it. scripts/fuzz builds it with testing enabled, and Fuzz
// with the compiler's coverage; what they ask of the readers lies beside the gate's tests (links).
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
  name: "fuzz",
  dependencies: [.package(name: "beraad", path: "../..")],
  targets: [
    .target(name: "CFuzzer"),
    .executableTarget(
      name: "Lives", dependencies: [.product(name: "RecordRooms", package: "beraad")], swiftSettings: settings
    ),
    .executableTarget(
      name: "Fuzz",
      dependencies: ["CFuzzer", .product(name: "Readers", package: "beraad")], swiftSettings: settings,
      // libFuzzer brings a main of its own; the first one counts, which is ours.
      linkerSettings: [.unsafeFlags(["-use-ld=lld", "-Xlinker", "--allow-multiple-definition"])]),
  ])
