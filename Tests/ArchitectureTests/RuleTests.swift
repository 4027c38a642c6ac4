import Testing

/// Each rule can fail, and fails at the right line: small made-up sources.
@Suite struct RuleTests {
  /// A rule, a file, and whether the file breaks it.
  struct Example: CustomTestStringConvertible, Sendable {
    let rule: Rule
    let path: String
    let line: String
    let isFault: Bool

    init(_ rule: @escaping Rule, _ path: String, _ line: String, fault: Bool) {
      (self.rule, self.path, self.line, self.isFault) = (rule, path, line, fault)
    }

    var testDescription: String { "\(path): \(line)" }
  }

  @Test(arguments: [
    Example(importRule, "Sources/Ground/A.swift", "import Foundation", fault: true),
    Example(importRule, "Sources/Seating/A.swift", "import Ground", fault: false),
    Example(importRule, "Sources/Seating/A.swift", "import Glibc", fault: true),
    Example(importRule, "Sources/Conference/A.swift", "import Dispatch", fault: true),
    Example(importRule, "Sources/Screen/A.swift", "  import struct Foundation.Date", fault: true),
    Example(importRule, "Sources/Screen/A.swift", "@preconcurrency public import Conference", fault: true),
    Example(importRule, "Sources/Screen/A.swift", "// import Foundation", fault: false),
    Example(importRule, "Sources/Terminal/A.swift", "internal import CCurses", fault: false),
    Example(importRule, "Sources/Console/A.swift", "import CCurses", fault: true),
    Example(importRule, "Sources/Documents/A.swift", "@testable import Console", fault: true),
    Example(importRule, "Sources/beraad/A.swift", "import Console", fault: false),
    Example(importRule, "Sources/Record/A.swift", "import Yams", fault: true),
    Example(importRule, "Sources/Cellar/A.swift", "let a = 1", fault: true),
    Example(importRule, "examples/Examples.swift", "import Foundation", fault: true),
    Example(importRule, "Tests/PTYKit/A.swift", "import Terminal", fault: true),
    Example(cursesRule, "Sources/CCurses/include/CCurses.h", "#include <curses.h>", fault: false),
    Example(cursesRule, "Sources/CPty/CPty.c", "#include <curses.h>", fault: true),
    Example(cursesRule, "Sources/CPty/CPty.c", "# include <ncursesw/ncurses.h>", fault: true),
    Example(cursesRule, "Sources/CPty/CPty.c", "#include <termios.h>", fault: false),
    Example(purityRule, "Sources/Conference/A.swift", "let now = Date()", fault: true),
    Example(purityRule, "Sources/Conference/A.swift", "let now = Date.now", fault: true),
    Example(purityRule, "Sources/Conference/A.swift", "clock_gettime(CLOCK_REALTIME, &time)", fault: true),
    Example(purityRule, "Sources/Conference/A.swift", "let date = CalendarDate()", fault: false),
    Example(purityRule, "Sources/Record/A.swift", "clock_gettime(CLOCK_REALTIME, &time)", fault: false),
    Example(purityRule, "Sources/Ground/A.swift", "let now = ContinuousClock.now", fault: true),
    Example(purityRule, "Sources/Seating/A.swift", "people.shuffled()", fault: true),
    Example(purityRule, "Sources/Seating/A.swift", "people.shuffled(using: &generator)", fault: false),
    Example(purityRule, "Sources/Seating/A.swift", "Int.random(in: 0..<9)", fault: true),
    Example(purityRule, "Sources/Seating/A.swift", "Int.random(in: 0..<f(9), using: &g)", fault: false),
    Example(purityRule, "Sources/Conference/A.swift", "CommandID.random()", fault: true),
    Example(purityRule, "Sources/Ground/A.swift", "UInt64.random(in: 0...9)", fault: false),
    Example(purityRule, "Sources/Screen/A.swift", "CommandLine.arguments", fault: true),
    Example(bundleRule, "Sources/Console/A.swift", "Bundle.module.url", fault: true),
    Example(bundleRule, "Sources/Console/A.swift", "// Bundle.module", fault: false),
    Example(bundleRule, "Sources/Console/A.swift", "\"https://a\" + Bundle.module", fault: true),
    Example(bundleRule, "Sources/Console/A.swift", "let module = 1  // not Bundle.module", fault: false),
    Example(printRule, "Sources/Console/A.swift", "  print(\"a\")", fault: true),
    Example(printRule, "Sources/Host/A.swift", "if a { debugPrint(a) }", fault: true),
    Example(printRule, "Sources/Host/A.swift", "paper.print(a); blueprint(a)", fault: false),
    Example(printRule, "Sources/beraad/A.swift", "print(a)", fault: false),
    Example(sleepRule, "Tests/Journeys/A.swift", "usleep(10)", fault: true),
    Example(sleepRule, "Tests/Journeys/A.swift", "try await Task.sleep(for: .seconds(1))", fault: true),
    Example(sleepRule, "Tests/Journeys/A.swift", "let asleep = sleeper(10)", fault: false),
  ]) func findsFaultsAndOnlyFaults(example: Example) {
    let file = SourceFile(path: example.path, text: "// A line before.\n\(example.line)\n")
    let faults = example.rule(file)
    #expect(faults.isEmpty == !example.isFault, "\(faults)")
  }

  @Test func namesFileLineAndWhatIsAllowed() {
    let file = SourceFile(path: "Sources/Seating/A.swift", text: "import Ground\n\nimport Glibc\n")
    #expect(importRule(file) == ["Sources/Seating/A.swift:3: imports Glibc; Seating may import Ground"])
  }

  @Test(arguments: [(600, 0), (601, 1)]) func filesStayShort(lines: Int, faults: Int) {
    let file = SourceFile(path: "Sources/Ground/A.swift", text: String(repeating: "\n", count: lines))
    #expect(lengthRule(file).count == faults)
  }

  let manifest = Manifest(
    """
    func room() -> Target { .target(name: name, dependencies: dependencies) }
    let package = Package(
      name: "beraad",
      targets: [
        room("Ground", ["Screen"]),
        room(
          "Device", ["Ground", .product(name: "Crypto", package: "swift-crypto")]),
        room("Examples", path: "examples", resources: [.embedInCode("Yams")]),
        room("Cellar"),
        .target(name: "CCurses", linkerSettings: [.linkedLibrary("ncursesw")]),
        .executableTarget(
          name: "beraad", dependencies: ["Console"]),
        tests("GroundTests", ["Console"]),
      ]
    )
    """)

  @Test func readsThePackage() {
    #expect(
      manifest.dependencies == [
        "Ground": ["Screen"], "Device": ["Ground", "Crypto"], "Examples": [], "Cellar": [], "CCurses": [],
        "beraad": ["Console"],
      ])
  }

  @Test func findsFaultsInThePackage() {
    #expect(
      manifest.faults == [
        "Package.swift: Cellar is in no line of Tests/ArchitectureTests/Rooms.swift",
        "Package.swift: Ground may not depend on Screen",
      ])
  }

  @Test(arguments: [("Crypto", 0), ("Glibc", 0), ("Yams", 1)])
  func findsUndeclaredImports(module: String, faults: Int) {
    let file = SourceFile(path: "Sources/Device/A.swift", text: "import \(module)\n")
    #expect(manifest.undeclaredImports(file).count == faults)
  }
}
